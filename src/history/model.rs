//! What a history tells: runs, and what became of tests.
//!
//! In: nothing. Out: types. Nothing here knows how they are found or shown.

use crate::diff::{Diff, Kind, Mover, State};
use crate::harness::Harness;
use crate::report::json::{EngineInfo, SuiteInfo};
use crate::report::totals::Tally;
use crate::scope::Scope;
use serde::Serialize;
use std::collections::BTreeSet;

/// The number of a run in a history.
pub type RunId = i64;

/// What kind of run is compared with what: those of one engine, on one kind of machine, of one corpus.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Series {
    /// The name of the engine.
    pub engine: String,
    /// Instruction set and operating system.
    pub host: String,
    /// The scripts: `embedded`, or as they were named on the command line.
    pub corpus: String,
}

/// A run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Run {
    /// Its number.
    pub id: RunId,
    /// What it is compared with.
    #[serde(flatten)]
    pub series: Series,
    /// When it began, as in RFC 3339.
    pub started: String,
    /// The night that it belongs to, such as `2026-01-31`.
    pub night: String,
    /// The engine, in its version.
    #[serde(skip)]
    pub info: EngineInfo,
    /// Version of the engine.
    pub version: String,
    /// How the engine was started; none in runs of older versions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flags: Option<String>,
    /// The harness that judged it; none in runs of older versions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub harness: Option<Harness>,
    /// What tells its exception lists from others; none in runs of older versions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exception_lists: Option<String>,
    /// The suites with their revisions.
    pub suites: Vec<SuiteInfo>,
    /// What was selected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selection: Option<Scope>,
    /// How many tests have a verdict.
    pub tests: u64,
    /// Why it is partial, where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial: Option<String>,
    /// The totals, without times.
    pub totals: Tally,
    /// Wall-clock time, of a run that is not partial.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ns: Option<u64>,
}

impl Run {
    /// The revisions of its suites, each once.
    pub fn revisions(&self) -> String {
        let all = self.suites.iter().map(|suite| suite.revision.as_str());
        let all: BTreeSet<&str> = all.filter(|revision| !revision.is_empty()).collect();
        all.into_iter().collect::<Vec<_>>().join(", ")
    }
}

/// What was made of a run that was to be added.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Added {
    /// The run, as it is in the history.
    pub run: Run,
    /// Whether it was there already, so that nothing was done.
    pub was_there: bool,
    /// The number of a partial run that began at the same time, of which this one took the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaced: Option<RunId>,
    /// How many later runs of the same engine were there already, before which it was put.
    pub later: usize,
    /// How many tests have another verdict than before; none where it is the first run.
    pub changed: Option<u64>,
}

/// A run in a few words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunRef {
    /// Its number.
    pub run: RunId,
    /// Its night.
    pub night: String,
    /// When it began.
    pub started: String,
    /// Version of the engine.
    pub version: String,
    /// Revision of the suite that this is about.
    pub revision: String,
}

/// A night: what changed in the runs that belong to it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Night {
    /// The night.
    pub night: String,
    /// Its runs.
    pub runs: Vec<NightRun>,
    /// Engines that have no run in this night and had one before.
    pub absent: Vec<Absent>,
}

/// A run of a night.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NightRun {
    /// The run.
    pub run: Run,
    /// The one before; none where it is the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<RunId>,
    /// How many nights the engine was absent before.
    pub missed: usize,
    /// What changed; none where it is the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diff: Option<Diff>,
    /// Names of tests among what changed that change although nothing else does.
    pub flaky: BTreeSet<String>,
}

/// An engine that has no run in a night.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Absent {
    /// What runs are missing.
    #[serde(flatten)]
    pub series: Series,
    /// The last run before.
    pub last: RunRef,
    /// How many nights there were since, with this one.
    pub nights: usize,
}

/// What became of a test in the runs of an engine.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Timeline {
    /// The runs.
    #[serde(flatten)]
    pub series: Series,
    /// The name of the test, as it is now, or was last.
    pub id: String,
    /// Whether it is there.
    pub is_there: bool,
    /// The first run that is kept in which it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<RunRef>,
    /// The last run in which it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<RunRef>,
    /// In how many runs it was.
    pub runs: usize,
    /// What becomes of it now, or became of it last.
    pub now: State,
    /// The fingerprint of that, where it is a failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// Since when it fails, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failing: Option<Failing>,
    /// What changed, the oldest first.
    pub steps: Vec<Step>,
    /// How often its verdict changed although nothing else did.
    pub flips: usize,
}

/// Since when a test fails.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Failing {
    /// The first run in which it failed, and has not passed since.
    pub first_bad: RunRef,
    /// The last run before in which it passed; none where no run is kept in which it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_good: Option<RunRef>,
    /// What changed between; none where there is no run in which it passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mover: Option<Mover>,
}

/// A change of a test.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// The run that was the first with what is new.
    pub at: RunRef,
    /// The last run before in which the test was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<RunRef>,
    /// The kind of change; none where only names or places changed, or what makes no difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// What changed beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mover: Option<Mover>,
    /// The name that it had, where that is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// Whether its content changed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub edited: bool,
    /// What became of it before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<State>,
    /// What becomes of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<State>,
    /// The fingerprint of its failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
}

/// A test of which the verdict changed although nothing else did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flaky {
    /// The runs.
    #[serde(flatten)]
    pub series: Series,
    /// The name of the test, as it was when it changed last.
    pub id: String,
    /// How often it changed.
    pub flips: usize,
    /// The night of the first change.
    pub first: String,
    /// The night of the last change.
    pub last: String,
    /// The verdicts that it had.
    pub verdicts: Vec<State>,
}

/// Numbers of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Counted {
    /// The number of the run.
    pub run: RunId,
    /// The runs that it belongs to.
    #[serde(flatten)]
    pub series: Series,
    /// Its night.
    pub night: String,
    /// When it began.
    pub started: String,
    /// Version of the engine.
    pub version: String,
    /// Whether it is partial.
    pub partial: bool,
    /// The numbers, without times.
    pub tally: Tally,
}

/// Which tests are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About<'a> {
    /// All of them.
    All,
    /// Those of a suite.
    Suite(&'a str),
    /// Those that need a proposal.
    Proposal(&'a str),
}

/// Which runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Which {
    /// Of this engine.
    pub engine: Option<String>,
    /// Of this corpus.
    pub corpus: Option<String>,
    /// Not before this night.
    pub from: Option<String>,
    /// Not after this night.
    pub to: Option<String>,
}

impl Which {
    /// Whether it asks for runs of this kind.
    pub fn has_series(&self, series: &Series) -> bool {
        let is = |wanted: &Option<String>, name: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted == name)
        };
        is(&self.engine, &series.engine) && is(&self.corpus, &series.corpus)
    }

    /// Whether it asks for runs of a night.
    pub fn has_night(&self, night: &str) -> bool {
        self.from.as_deref().is_none_or(|from| from <= night)
            && self.to.as_deref().is_none_or(|to| night <= to)
    }
}

/// What was removed from a history, or would be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pruned {
    /// How many runs.
    pub runs: usize,
    /// How many changes.
    pub changes: u64,
    /// The size of the file before, in bytes.
    pub before: u64,
    /// The size of the file now, in bytes.
    pub after: u64,
}
