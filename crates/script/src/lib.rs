//! `.wast` text → commands, test identities, features. No engine, no I/O.
//!
//! [`lower()`] splits the text into its top-level forms, parses each alone, encodes
//! modules and infers features; what comes out is a [`Script`] of plain commands.
#![forbid(unsafe_code)]

mod command;
mod convert;
mod extra;
pub mod features;
mod functions;
mod grammar;
mod head;
pub mod identity;
mod infer;
mod lower;
mod split;
mod text;

pub use command::*;
pub use features::{Feature, FeatureSet};
pub use identity::{Kind, TestKey, test_keys};
pub use infer::{Inference, made_use_of};
pub use lower::{lower, lower_with};
pub use split::LowerError;
pub use text::{TextError, parse_quote};
