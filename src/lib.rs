//! The harness, which takes `.wast` scripts and gives one verdict per directive.
//!
//! [`index`] knows the scripts, [`select`] turns a selection into a plan, and [`drive`] runs the plan with
//! [`run`] against an [`engine`] and tells [`report`]ers one [`outcome`] at a time.
#![forbid(unsafe_code)]

pub mod compare;
pub mod drive;
pub mod engine;
#[cfg(feature = "fuzz")]
pub mod fuzz;
pub mod index;
pub mod outcome;
pub mod report;
pub mod run;
pub mod select;
pub mod serve;
pub mod signature;
pub mod spectest;
