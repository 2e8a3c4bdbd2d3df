//! What repetitions of a run showed.
//!
//! In: nothing. Out: the types that tell which tests had several verdicts although nothing changed. Nothing here
//! compares anything, or knows how it is shown.

use serde::{Deserialize, Serialize};

/// What repetitions of a run showed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeats {
    /// How often everything was run.
    pub runs: u64,
    /// Tests with several verdicts, by name.
    pub flaky: Vec<Flaky>,
}

impl Repeats {
    /// How many tests had several verdicts, as in `2 flaky in 10 runs`.
    pub fn in_words(&self) -> String {
        format!("{} flaky in {} runs", self.flaky.len(), self.runs)
    }
}

/// A test that had several verdicts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flaky {
    /// Its name.
    pub id: String,
    /// Its verdicts, the most frequent one first.
    pub seen: Vec<Seen>,
}

/// A verdict that a test had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The outcome, in the word of reports.
    pub outcome: String,
    /// The fingerprint of the failure, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// How often.
    pub times: u64,
}

impl Flaky {
    /// Its verdicts, as in `pass 4 times, fail 1 time (i32:1)`.
    pub fn in_words(&self) -> String {
        let one = |seen: &Seen| {
            let said =
                seen.fingerprint.as_ref().map(|said| format!(" ({said})")).unwrap_or_default();
            let times = if seen.times == 1 { "time" } else { "times" };
            format!("{} {} {times}{said}", seen.outcome, seen.times)
        };
        self.seen.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}
