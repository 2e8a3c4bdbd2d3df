//! What became of a directive, and the stream of events that tells it.
//!
//! In: nothing. Out: the closed set of outcomes, the verdict that carries one, and
//! the events from runner to reporters. Nothing here knows how a directive is
//! executed, nor how a report looks.

use crate::change::Changes;
use crate::harness::Harness;
use crate::repeats::Repeats;
use crate::scope::{Part, Scope};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;
use touchstone_script::{ContentHash, FeatureSet};

/// How a directive ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It did what the script asks for.
    Pass,
    /// It did something else.
    Fail,
    /// It failed as the exception list says it does.
    ExpectedFailure,
    /// It passed although the exception list says that it fails: an error.
    UnexpectedPass,
    /// It could not be judged because another directive did not pass.
    Blocked {
        /// Identity of the directive at fault.
        by: String,
    },
    /// The engine lacks a feature that it needs.
    Unsupported {
        /// The proposal, by name.
        feature: String,
    },
    /// The exception list says not to run it.
    Skip {
        /// Why, in the words of the list.
        reason: String,
    },
    /// The engine panicked.
    Crash,
    /// The time limit ran out.
    Timeout,
    /// The script or the text parser of the harness is wrong, not the engine.
    Error,
}

impl Outcome {
    /// Every word that [`Outcome::word`] gives.
    pub const WORDS: [&'static str; 10] = [
        "pass",
        "fail",
        "xfail",
        "xpass",
        "blocked",
        "unsupported",
        "skip",
        "crash",
        "timeout",
        "error",
    ];

    /// The word for it in machine-readable reports.
    pub fn word(&self) -> &'static str {
        match self {
            Outcome::Pass => "pass",
            Outcome::Fail => "fail",
            Outcome::ExpectedFailure => "xfail",
            Outcome::UnexpectedPass => "xpass",
            Outcome::Blocked { .. } => "blocked",
            Outcome::Unsupported { .. } => "unsupported",
            Outcome::Skip { .. } => "skip",
            Outcome::Crash => "crash",
            Outcome::Timeout => "timeout",
            Outcome::Error => "error",
        }
    }

    /// Whether a run that contains this outcome is not a success. What is unsupported or skipped is neither
    /// red nor passed.
    pub fn is_red(&self) -> bool {
        match self {
            Outcome::Fail
            | Outcome::UnexpectedPass
            | Outcome::Blocked { .. }
            | Outcome::Crash
            | Outcome::Timeout
            | Outcome::Error => true,
            Outcome::Pass
            | Outcome::ExpectedFailure
            | Outcome::Unsupported { .. }
            | Outcome::Skip { .. } => false,
        }
    }
}

/// What an engine did where the script asked for something else. The exception list names these classes as
/// `class`. A crash, a timeout and a script error are outcomes of their own and never count as expected.
pub use crate::index::FailureClass;

/// An outcome with what a reader needs to understand it.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// How it ended.
    pub outcome: Outcome,
    /// How it failed, where it did.
    pub class: Option<FailureClass>,
    /// Whether the text parser of the harness decided it, so that the engine saw nothing of it.
    pub text_parser: bool,
    /// How long it took.
    pub duration: Duration,
    /// What else there is to say, if anything: apart, as most verdicts say nothing, and all are handed on many times. A
    /// verdict can be asked for its fields as for its own.
    pub told: Option<Box<Told>>,
}

/// What a verdict says beyond how a directive ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// One line that says what is wrong.
    pub message: Option<String>,
    /// What the script asks for.
    pub expected: Option<String>,
    /// What the engine gave.
    pub actual: Option<String>,
    /// It passed by a comparison that was weakened, because the adapter of the engine cannot tell what this
    /// names.
    pub weakened: Option<&'static str>,
    /// The standard that revoked what the script asks for, where the exception list names one.
    pub revoked_by: Option<String>,
}

impl std::ops::Deref for Verdict {
    type Target = Told;
    fn deref(&self) -> &Told {
        static NOTHING: Told =
            Told { message: None, expected: None, actual: None, weakened: None, revoked_by: None };
        self.told.as_deref().unwrap_or(&NOTHING)
    }
}

impl Verdict {
    /// A verdict that says no more than its outcome.
    pub fn of(outcome: Outcome) -> Self {
        Verdict { outcome, class: None, text_parser: false, duration: Duration::ZERO, told: None }
    }

    /// The same verdict, which says this instead of what it said.
    #[must_use]
    pub fn telling(self, told: Told) -> Self {
        // One that says nothing equals any other that says nothing.
        Verdict { told: (told != Told::default()).then(|| Box::new(told)), ..self }
    }

    /// The same verdict, after `change` to what it says.
    fn telling_also(mut self, change: impl FnOnce(&mut Told)) -> Self {
        let mut told = self.told.take().map(|told| *told).unwrap_or_default();
        change(&mut told);
        self.telling(told)
    }

    /// The verdict of a directive that passed.
    pub fn pass() -> Self {
        Verdict::of(Outcome::Pass)
    }

    /// Whether it says no more than that the directive passed, and how long that took.
    pub fn is_plain_pass(&self) -> bool {
        let plain = Verdict { duration: self.duration, ..Verdict::pass() };
        *self == plain
    }

    /// The verdict of a directive that failed in the way that `class` names.
    pub fn fail(class: FailureClass, message: impl Into<String>) -> Self {
        Verdict { class: Some(class), ..Verdict::of(Outcome::Fail) }.saying(message)
    }

    /// The verdict of a directive that is wrong in the script.
    pub fn error(message: impl Into<String>) -> Self {
        Verdict::of(Outcome::Error).saying(message)
    }

    /// The verdict where the text parser of the harness decided against the script, which is nothing that an
    /// engine did.
    pub fn text_parser(message: impl Into<String>) -> Self {
        let class = Some(FailureClass::TextParser);
        Verdict { class, text_parser: true, ..Verdict::error(message) }
    }

    /// The same verdict, where it passed by a weakened comparison.
    #[must_use]
    pub fn weakened(self, limit: Option<&'static str>) -> Self {
        if limit.is_none() && self.told.is_none() {
            return self;
        }
        self.telling_also(|told| told.weakened = limit)
    }

    /// Gives the same verdict with a message.
    #[must_use]
    pub fn saying(self, message: impl Into<String>) -> Self {
        self.telling_also(|told| told.message = Some(message.into()))
    }

    /// Gives the same verdict with what was asked for and what came.
    #[must_use]
    pub fn comparing(self, expected: impl Into<String>, actual: impl Into<String>) -> Self {
        self.telling_also(|told| {
            (told.expected, told.actual) = (Some(expected.into()), Some(actual.into()));
        })
    }

    /// Gives the same verdict with what came.
    #[must_use]
    pub(crate) fn with_actual(self, actual: Option<String>) -> Self {
        self.telling_also(|told| told.actual = actual)
    }

    /// Gives the same verdict with the standard that revoked what was asked for.
    #[must_use]
    pub(crate) fn revoked_by(self, standard: Option<String>) -> Self {
        self.telling_also(|told| told.revoked_by = standard)
    }
}

/// One directive and its verdict: a line of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Identity, as `wasm-3.0/i32.wast:37:assert_return:add`.
    pub id: Arc<str>,
    /// Suite that it belongs to.
    pub suite: Arc<str>,
    /// File within the suite.
    pub file: Arc<str>,
    /// Line, counted from 1.
    pub line: u32,
    /// Column, counted from 1.
    pub column: u32,
    /// The keyword of the directive.
    pub kind: &'static str,
    /// Proposals that it needs.
    pub proposals: FeatureSet,
    /// Content hash; the test at the end of a file has none.
    pub hash: Option<ContentHash>,
    /// What became of it.
    pub verdict: Verdict,
}

/// What reporters are told, in this order: one `Started`, any number of `Finished`; where the run is repeated, any
/// number of `FinishedAgain` and one `Repeated`; at most one `Compared`; one `Ended` or `Interrupted`. Any number of
/// `Slow` come between.
#[derive(Clone, Debug)]
pub enum Event {
    /// A run begins.
    Started(Box<RunInfo>),
    /// A directive has its verdict.
    Finished(Record),
    /// A directive has its verdict in a repetition of the run.
    FinishedAgain(Record),
    /// A directive takes long, and has no verdict yet.
    Slow {
        /// Its name.
        id: String,
        /// How long it has taken.
        taken: Duration,
    },
    /// What the repetitions of the run showed.
    Repeated(Repeats),
    /// The run was stopped before all selected directives had their verdicts: the report is partial.
    Interrupted {
        /// How long the run had taken.
        duration: Duration,
        /// What stopped it.
        why: Stopped,
    },
    /// What became of the tests of an earlier run. Only a run that was not stopped is compared with one.
    Compared(Changes),
    /// All selected directives have their verdicts. A run that was cut short has no such event.
    Ended {
        /// Wall-clock time of the whole run.
        duration: Duration,
    },
}

/// What stopped a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Whoever started it.
    Told,
    /// The first test that is not as it should be.
    FirstFailure,
}

/// What is known before anything ran.
#[derive(Clone, Debug)]
pub struct RunInfo {
    /// The engine under test.
    pub engine: crate::engine::Description,
    /// The harness that judges it.
    pub harness: Harness,
    /// How the engine was started: the flags that say so on the command line, where there was one.
    pub flags: Option<String>,
    /// Whether the engine was judged by a runner of its own, which compared values, and not the harness.
    pub judged_by_runner: bool,
    /// Names and revisions of the suites that take part.
    pub suites: Vec<(String, String)>,
    /// Names of suites with dialects, and these, with how they were found out, in words.
    pub dialects: Vec<(String, String)>,
    /// What was selected, if the plan says so.
    pub scope: Option<Scope>,
    /// What tells the exception lists that were given from others, if the plan says so.
    pub exception_lists: Option<String>,
    /// Which part of the selection is judged, where it was divided.
    pub part: Option<Part>,
    /// How many directives were selected.
    pub selected: usize,
    /// How often everything is run: once, unless it is repeated.
    pub runs: usize,
    /// Operating system and instruction set of this process.
    pub host: String,
    /// Seconds since the Unix epoch.
    pub started: u64,
}
