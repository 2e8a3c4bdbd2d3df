//! Turns `.wast` text into commands, test identities and features. There is no engine and no I/O here.
//!
//! [`lower()`] splits the text into its top-level forms, parses each of them separately, encodes modules and
//! infers features; the result is a [`Script`] of plain commands.
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
pub use identity::{Kind, TestKey, test_keys, write_key};
pub use infer::{Inference, made_use_of};
pub use lower::{lower, lower_with};
pub use split::LowerError;
pub use text::{TextError, parse_quote};
