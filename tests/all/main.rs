//! All tests of the harness but the conformance tests themselves.
#![forbid(unsafe_code)]

mod audit;
mod built;
mod cli;
mod compiled_once;
mod conformance;
mod dependencies;
mod export;
#[cfg(feature = "fuzz")]
mod fuzz;
mod history;
mod kept;
mod layers;
mod remote;
mod repeat;
mod slow;
