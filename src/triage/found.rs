//! What a triage finds.
//!
//! In: nothing. Out: the types that the other modules of this folder speak of.

use crate::report::json::Report;
use serde::Serialize;

/// What was found in a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Triage {
    /// The engine of the run.
    pub engine: String,
    /// Its version.
    pub version: String,
    /// When the run began, as in RFC 3339.
    pub started: String,
    /// Why the run does not speak of all tests that were selected, if it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial: Option<String>,
    /// Entries for failures that no entry covers.
    pub proposals: Vec<Proposal>,
    /// Entries that do not cover what they are about.
    pub stale: Vec<Stale>,
    /// Failures that no entry can cover.
    pub uncoverable: Vec<Uncoverable>,
    /// How many entries are for other engines.
    pub for_other_engines: u64,
    /// How many entries are about tests that the run did not select.
    pub not_selected: u64,
}

impl Triage {
    /// Nothing about a run.
    pub(super) fn of(report: &Report) -> Triage {
        let header = &report.header;
        Triage {
            engine: header.engine.name.clone(),
            version: header.engine.version.clone(),
            started: header.started.clone(),
            partial: report.closing.as_ref().err().map(ToString::to_string),
            proposals: Vec::new(),
            stale: Vec::new(),
            uncoverable: Vec::new(),
            for_other_engines: 0,
            not_selected: 0,
        }
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.proposals.is_empty() && self.stale.is_empty() && self.uncoverable.is_empty()
    }
}

/// An entry that lacks only its reason, and what is to be done about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// Names of tests, and patterns for names, which together are about all `tests` and no other test.
    pub test: Vec<String>,
    /// `fail`, or `skip` for what must not run.
    pub expect: &'static str,
    /// The class of the failure, with `fail`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// The fingerprint of the failure, with `fail`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// The engine.
    pub engine: String,
    /// Its versions; none where the version of the run is not in the shape of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub versions: Option<String>,
    /// The tests that it is about.
    pub tests: Vec<String>,
    /// How they ended, in the word of reports.
    pub outcome: String,
    /// What the first of them says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// How many tests are blocked by them.
    pub blocks: u64,
}

/// Why an entry is stale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Vain {
    /// No test has that name.
    NoTest,
    /// The tests pass.
    Passes,
    /// The version of the engine is not among those of the entry.
    OtherVersion,
    /// The tests fail, but otherwise than listed.
    FailsOtherwise,
    /// The tests fail as listed, and block others, which the entry does not cover.
    Blocks,
    /// The tests are unsupported, so that nothing can fail.
    Unsupported,
}

/// An entry that does not cover what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stale {
    /// The list that it is in.
    pub list: String,
    /// Its line there.
    pub line: u32,
    /// The test that it is about, or a pattern.
    pub test: String,
    /// Why it is stale.
    pub why: Vain,
    /// The tests of the run that say so.
    pub tests: Vec<String>,
    /// What to do.
    pub remedy: String,
}

/// A failure that no entry can cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Uncoverable {
    /// The test.
    pub test: String,
    /// How it ended, in the word of reports.
    pub outcome: String,
    /// Why no entry can cover it, and what to do.
    pub why: String,
}
