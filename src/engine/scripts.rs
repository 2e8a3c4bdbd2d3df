//! The trait of engines that run whole scripts, and compare values themselves.
//!
//! In: a script of which some directives are left out. Out: at which of them the runner stopped. The trait knows
//! nothing of verdicts, nor of what to leave out next.

use crate::forms::sheet::{Form, Item, Sheet};
use std::collections::BTreeMap;
use touchstone_script::{FeatureSet, Kind};

/// An engine that is judged by scripts.
pub trait ScriptRunner: Send + Sync {
    /// The form of scripts that it reads.
    fn form(&self) -> Form;

    /// Runs items of a script, and then the ending of the sheet, which the runner has to complain about. The
    /// features are those of the suite.
    fn run(&self, sheet: &Sheet, items: &[Item], features: FeatureSet) -> Came;

    /// Whether the runner can read items at all: it comes to an ending that stands before them.
    fn reads(&self, sheet: &Sheet, items: &[Item], features: FeatureSet) -> bool;

    /// Whether it says itself of a file that it cannot read it, so that [`Came::Stopped`] never stands for
    /// that.
    fn tells_refusals(&self) -> bool;

    /// What it was seen not to compare in directives of this kind.
    fn cannot_tell(&self, kind: Kind) -> Option<&'static str>;

    /// Whether results of this sort are among what it was seen not to compare.
    fn overlooks(&self, sort: Sort) -> bool;

    /// Whether the run is to end.
    fn is_stopped(&self) -> bool;
}

/// Sorts of results that a runner may fail to compare, in addition to numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sort {
    /// Vectors.
    Vector,
    /// References to host values.
    Extern,
    /// Canonical NaNs, as opposed to others.
    Nan,
}

impl Sort {
    /// The word for it in reports: that of the limit of adapters which is like it.
    pub const fn word(self) -> &'static str {
        match self {
            Sort::Vector => "vectors",
            Sort::Extern => "references",
            Sort::Nan => "nan-bits",
        }
    }
}

/// What a run of a runner came to. Items are known by their positions in the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// It came to the ending.
    ToEnd {
        /// What it complained about before, in its words.
        failures: BTreeMap<usize, String>,
        /// Which trap it met, where it tells: texts of all that it may be.
        traps: BTreeMap<usize, Vec<String>>,
    },
    /// It complained about items, at least one, and did not come to the ending.
    Stopped(BTreeMap<usize, String>),
    /// It read no item, because of a form that it does not know.
    Refused {
        /// The item, if it tells.
        at: Option<usize>,
        /// Its words.
        words: String,
    },
    /// Its process ended otherwise.
    Lost {
        /// What it was at, if it tells.
        at: Option<usize>,
        /// How it ended.
        loss: Loss,
    },
    /// What it says of itself does not fit together, so that nothing can be concluded.
    Contradiction(String),
}

/// How the process of a runner ended without coming to the end of its script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loss {
    /// It ended with a code, and with these words.
    Ended(String),
    /// It was ended by a signal, or because it used too much memory.
    Crashed(String),
    /// The time limit ran out.
    TimedOut,
}
