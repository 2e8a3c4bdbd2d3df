//! The harness: `.wast` scripts in, one verdict per directive out.
#![forbid(unsafe_code)]

pub mod engine;
pub mod outcome;
pub mod run;
