//! What became of the tests of an earlier run.
//!
//! In: nothing. Out: the types that a comparison with an earlier run gives. Nothing here compares anything, or
//! knows how a comparison is shown.

use crate::report::words::number_of;
use serde::{Deserialize, Serialize};

/// What a comparison with an earlier run, the baseline, found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// The engine of the baseline.
    pub engine: String,
    /// Its version.
    pub version: String,
    /// When the baseline was run, as in RFC 3339.
    pub started: String,
    /// How many tests of the baseline were judged again.
    pub compared: u64,
    /// How many of those have another name now.
    pub moved: u64,
    /// How many of those have another text now.
    pub edited: u64,
    /// How many tests of the baseline this run did not select.
    pub outside: u64,
    /// How many tests of the baseline are of suites that this run does not know, and may have been of scripts
    /// that it was not asked to run: the baseline does not say what was selected in it.
    pub untold: u64,
    /// Tests that are there no more, and tests that passed and do not pass any more.
    pub changes: Vec<Change>,
}

/// A test that vanished, or was lost: that passed, and does not pass any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The name that it had.
    pub id: String,
    /// The name that it has now, where that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    /// Whether its text changed, too.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub edited: bool,
    /// The outcome that it had, in the word of reports.
    pub old: String,
    /// The outcome that it has, in the word of reports; none where it vanished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
    /// Why it does not pass: the feature that is lacking, or the message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Whether whoever asked for the comparison allowed it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub allowed: bool,
}

impl Change {
    /// The word for it.
    pub fn word(&self) -> &'static str {
        if self.new.is_some() { "lost" } else { "vanished" }
    }

    /// What it is, in a line.
    pub fn in_words(&self) -> String {
        let Change { id, now, edited, old, new, why, .. } = self;
        let moved = now.as_ref().map(|now| format!(", now {now}")).unwrap_or_default();
        let became = match new {
            None => format!("was {old}, and is there no more"),
            Some(new) => format!("was {old}, is {new}"),
        };
        let edited = if *edited { " (its text changed, too)" } else { "" };
        let why = why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        format!("{id}{moved}: {became}{edited}{why}")
    }
}

impl Changes {
    /// How many changes make a run a failure.
    pub fn red(&self) -> u64 {
        self.changes.iter().filter(|change| !change.allowed).count() as u64
    }

    /// How many tests vanished and how many were lost, of those that make a run a failure; none where there are none.
    pub fn lost_in_words(&self) -> Option<String> {
        let count = |vanished: bool| {
            let red = self.changes.iter().filter(|change| !change.allowed);
            red.filter(|change| change.new.is_none() == vanished).count()
        };
        match (count(true), count(false)) {
            (0, 0) => None,
            (vanished, lost) => {
                Some(format!("against the baseline {vanished} vanished, {lost} lost"))
            }
        }
    }

    /// What was compared, in a line.
    pub fn in_words(&self) -> String {
        let Changes { engine, version, started, compared, .. } = self;
        let numbers = [
            (self.moved, "moved"),
            (self.edited, "with another text"),
            (self.outside, "outside of this selection"),
            (self.untold, "of suites that are not known here"),
        ];
        let some = numbers.iter().filter(|(number, _)| *number > 0);
        let some: String = some.map(|(number, what)| format!(", {number} {what}")).collect();
        let compared = number_of(*compared, "test");
        format!("baseline {engine} {version} of {started}: {compared} compared{some}")
    }
}
