//! The harness, which takes `.wast` scripts and gives one verdict per directive.
//!
//! [`index`] knows the scripts, [`select`] turns a selection into a plan, and [`drive`] runs the plan with
//! [`run`] against an [`engine`] and tells [`report`]ers one [`outcome`] at a time.
#![forbid(unsafe_code)]

pub mod audit;
pub mod baseline;
pub mod causes;
pub mod change;
pub mod compare;
pub mod diff;
pub mod drive;
pub mod engine;
pub mod fingerprint;
pub mod forms;
#[cfg(feature = "fuzz")]
pub mod fuzz;
pub mod index;
pub mod outcome;
pub mod report;
pub mod run;
pub mod scope;
pub mod select;
pub mod serve;
pub mod signature;
pub mod spectest;
pub mod triage;
