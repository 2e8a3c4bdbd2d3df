//! What is to be made smaller, and why that cannot be.
//!
//! In: nothing. Out: the types that a caller speaks of. Nothing here does anything.

use super::symptom::Likeness;
use crate::engine::{Description, Engine};
use crate::index::IndexedFile;
use std::time::Duration;

/// The name of the suite that has the features of all suites.
pub(super) const OPEN: &str = "reduced";

/// Opens an engine, which gives up what takes longer than the time.
pub type Opener<'a> = &'a (dyn Fn(Option<Duration>) -> Result<Box<dyn Engine>, String> + Sync);

/// What is to be made smaller.
pub struct Task<'a> {
    /// The file of the test.
    pub file: &'a IndexedFile,
    /// The position of the test in it; that behind all others is the end of the file.
    pub position: usize,
    /// The engine that fails.
    pub engine: Opener<'a>,
    /// Engines that have to pass.
    pub passing: Vec<Opener<'a>>,
    /// Engines that follow the specification as far as is known. Those that do not pass are not asked. The first
    /// engine that passes says what is to be expected.
    pub trusted: Vec<Opener<'a>>,
    /// What has to stay of the failure.
    pub likeness: Likeness,
    /// How long it may take.
    pub time: Duration,
}

/// Why nothing was made smaller.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum ReduceError {
    #[error("cannot read the script: {0}")]
    Source(#[from] crate::index::SourceError),
    #[error("`{0}` cannot be taken apart: a parenthesis, string or comment in it is not closed")]
    NoTree(String),
    #[error("{engine} does not fail it: {outcome}; there is nothing to reduce")]
    Passes { engine: String, outcome: String },
    #[error("{engine} does not run it, since `{by}` did not pass; reduce that")]
    Blocked { engine: String, by: String },
    #[error("{engine} was to pass it, and does not: {outcome}")]
    NotPassing { engine: String, outcome: String },
    #[error(
        "the failure of {0} is not the same each time; run the test a few times with `touchstone explain`"
    )]
    Flaky(String),
    #[error("{0} was not seen to fail it before the reduction was stopped")]
    Stopped(String),
    #[error("{0}")]
    Engine(String),
}

/// An engine by name and version.
pub(super) fn named(engine: &Description) -> String {
    format!("{} {}", engine.name, engine.version)
}
