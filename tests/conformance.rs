//! `cargo test`: one trial per directive of every suite, for the engine of this project.
#![forbid(unsafe_code)]

use std::process::ExitCode;
use touchstone::conformance::Conformance;
use touchstone::engine::touchstone::TouchstoneEngine;

fn main() -> ExitCode {
    Conformance::new(TouchstoneEngine::cached()).run()
}
