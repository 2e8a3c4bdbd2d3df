//! `.wast` text → commands, test identities, features. No engine, no I/O.
#![forbid(unsafe_code)]

mod command;
pub mod features;

pub use command::*;
pub use features::{Feature, FeatureSet};
