//! The harness, which takes `.wast` scripts and gives one verdict per directive.
//!
//! An engine is judged in process, if it implements the two traits of [`engine`], or through an adapter in
//! another process ([`engine::remote`]). Under `cargo test` that takes a few lines ([`conformance`]):
//!
//! ```no_run
//! use std::process::ExitCode;
//! use touchstone::conformance::Conformance;
//!
//! fn main() -> ExitCode {
//!     // An engine that runs in this process is given to `Conformance::new`.
//!     Conformance::command("target/release/my-adapter --flag")
//!         .suites(["wasm-1.0", "wasm-2.0"])
//!         .ignore_list("tests/spec-ignore.toml")
//!         .run()
//! }
//! ```
//!
//! What that is made of can be used for runs of other kinds: [`index`] knows the scripts, [`select`] turns a
//! selection into a plan, and [`drive`] runs the plan with [`run`] against an [`engine`] and tells
//! [`report`]ers one [`outcome`] at a time.
//!
//! ```no_run
//! use touchstone::engine::remote::{Limits, RemoteEngine};
//! use touchstone::{drive, index, report, select};
//!
//! let command = vec!["target/release/my-adapter".to_owned()];
//! let engine = RemoteEngine::connect(command, Limits { time: None, memory: None })?;
//! let selection = index::Selection { suites: vec!["wasm-1.0".to_owned()], ..Default::default() };
//! let plan = select::Plan::of_index(index::embedded(), &selection);
//! let mut reporters: Vec<Box<dyn report::Reporter>> =
//!     vec![Box::new(report::json::JsonReporter::new(std::io::stdout()))];
//! let totals = drive::run(&engine, &plan, 2, &mut reporters)?;
//! println!("{} tests failed", totals.all.red());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Features
//!
//! `engine` is this project's own engine, and `cli` the command line with what it needs; both are on by
//! default. `history` is a store of runs, which `cli` has. Whoever judges another engine does without both, and compiles neither Cranelift nor the command
//! line: `default-features = false`.
#![forbid(unsafe_code)]

pub mod audit;
pub mod baseline;
pub mod causes;
pub mod change;
pub mod compare;
pub mod conformance;
#[cfg(feature = "cli")]
pub mod corpus;
mod dates;
pub mod dialects;
pub mod diff;
pub mod drive;
pub mod engine;
pub mod fingerprint;
pub mod forms;
#[cfg(feature = "fuzz")]
pub mod fuzz;
pub mod harness;
#[cfg(feature = "history")]
pub mod history;
pub mod index;
pub mod merge;
mod numbers;
pub mod outcome;
#[cfg(feature = "cli")]
pub mod page;
#[cfg(feature = "cli")]
pub mod reduce;
pub mod relay;
pub mod repeats;
pub mod report;
pub mod run;
pub mod scope;
pub mod select;
pub mod serve;
pub mod serve_files;
pub mod shard;
pub mod signature;
pub mod triage;
