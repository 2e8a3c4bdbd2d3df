//! The harness: `.wast` scripts in, one verdict per directive out.
//!
//! [`index`] knows the scripts, [`select`] turns a selection into a plan, [`drive`] runs it
//! with [`run`] against an [`engine`] and tells [`report`]ers an [`outcome`] at a time.
#![forbid(unsafe_code)]

pub mod drive;
pub mod engine;
pub mod index;
pub mod outcome;
pub mod report;
pub mod run;
pub mod select;
pub mod spectest;
