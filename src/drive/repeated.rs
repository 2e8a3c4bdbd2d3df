//! Finds the tests that have several verdicts in repetitions of one run.
//!
//! In: the records of all repetitions. Out: which tests are flaky. Nothing here knows how runs are made.

use crate::outcome::Record;
use crate::repeats::{Flaky, Repeats, Seen};
use crate::report::json::Line;
use std::collections::BTreeMap;

/// A verdict, as far as it has to be the same again.
type Said = (&'static str, Option<String>);

/// The verdicts of all tests so far.
#[derive(Debug, Default)]
pub(super) struct Repeated(BTreeMap<String, Vec<(Said, u64)>>);

impl Repeated {
    /// Takes note of a verdict.
    pub(super) fn note(&mut self, record: &Record) {
        let said = (record.verdict.outcome.word(), Line::of(record).fingerprint);
        let seen = match self.0.get_mut(&*record.id) {
            Some(seen) => seen,
            None => self.0.entry((*record.id).to_owned()).or_default(),
        };
        match seen.iter_mut().find(|(known, _)| *known == said) {
            Some((_, times)) => *times += 1,
            None => seen.push((said, 1)),
        }
    }

    /// What all of them show.
    pub(super) fn found(self, runs: u64) -> Repeats {
        let several = self.0.into_iter().filter(|(_, seen)| seen.len() > 1);
        let flaky = several.map(|(id, mut seen)| {
            seen.sort_by(|(a, m), (b, n)| n.cmp(m).then(a.cmp(b)));
            let seen = seen.into_iter().map(|((outcome, fingerprint), times)| Seen {
                outcome: outcome.to_owned(),
                fingerprint,
                times,
            });
            Flaky { id, seen: seen.collect() }
        });
        Repeats { runs, flaky: flaky.collect() }
    }
}
