//! Counts outcomes: in all, per suite and per proposal.
//!
//! In: events. Out: numbers. Nothing here knows how they are shown.

use crate::outcome::{Event, Outcome, Record};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;
use touchstone_script::FeatureSet;

/// How many directives ended in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    /// Passed.
    pub pass: u64,
    /// Failed.
    pub fail: u64,
    /// Failed as expected.
    pub xfail: u64,
    /// Passed unexpectedly.
    pub xpass: u64,
    /// Blocked by another failure.
    pub blocked: u64,
    /// Need a feature that the engine lacks.
    pub unsupported: u64,
    /// Not executed.
    pub skip: u64,
    /// Crashed the engine.
    pub crash: u64,
    /// Ran out of time.
    pub timeout: u64,
    /// Script errors.
    pub error: u64,
    /// How many of those that passed were decided by the text parser of the harness alone.
    pub text_parser: u64,
    /// Among those that passed: by a comparison that was weakened.
    pub weakened: u64,
    /// Of any outcome: expectations that a later standard revoked.
    pub revoked: u64,
    /// Time spent in directives, summed over all threads, in nanoseconds.
    pub duration_ns: u64,
}

impl Tally {
    /// Counts one directive.
    pub fn add(&mut self, record: &Record) {
        let verdict = &record.verdict;
        *self.slot(&verdict.outcome) += 1;
        self.text_parser += u64::from(verdict.text_parser && verdict.outcome == Outcome::Pass);
        self.weakened += u64::from(verdict.weakened.is_some() && verdict.outcome == Outcome::Pass);
        self.revoked += u64::from(verdict.revoked_by.is_some());
        self.duration_ns += nanos(verdict.duration);
    }

    /// Counts the directives of another run, too.
    pub fn join(&mut self, other: &Tally) {
        let Tally {
            pass,
            fail,
            xfail,
            xpass,
            blocked,
            unsupported,
            skip,
            crash,
            timeout,
            error,
            ..
        } = *other;
        let Tally { text_parser, weakened, revoked, duration_ns, .. } = *other;
        self.pass = self.pass.saturating_add(pass);
        self.fail = self.fail.saturating_add(fail);
        self.xfail = self.xfail.saturating_add(xfail);
        self.xpass = self.xpass.saturating_add(xpass);
        self.blocked = self.blocked.saturating_add(blocked);
        self.unsupported = self.unsupported.saturating_add(unsupported);
        self.skip = self.skip.saturating_add(skip);
        self.crash = self.crash.saturating_add(crash);
        self.timeout = self.timeout.saturating_add(timeout);
        self.error = self.error.saturating_add(error);
        self.text_parser = self.text_parser.saturating_add(text_parser);
        self.weakened = self.weakened.saturating_add(weakened);
        self.revoked = self.revoked.saturating_add(revoked);
        self.duration_ns = self.duration_ns.saturating_add(duration_ns);
    }

    fn slot(&mut self, outcome: &Outcome) -> &mut u64 {
        match outcome {
            Outcome::Pass => &mut self.pass,
            Outcome::Fail => &mut self.fail,
            Outcome::ExpectedFailure => &mut self.xfail,
            Outcome::UnexpectedPass => &mut self.xpass,
            Outcome::Blocked { .. } => &mut self.blocked,
            Outcome::Unsupported { .. } => &mut self.unsupported,
            Outcome::Skip { .. } => &mut self.skip,
            Outcome::Crash => &mut self.crash,
            Outcome::Timeout => &mut self.timeout,
            Outcome::Error => &mut self.error,
        }
    }

    /// All of them.
    pub fn total(&self) -> u64 {
        self.pass + self.xfail + self.unsupported + self.skip + self.red()
    }

    /// The number of directives that make a run a failure.
    pub fn red(&self) -> u64 {
        self.fail + self.xpass + self.blocked + self.crash + self.timeout + self.error
    }
}

/// The numbers of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// The numbers of all directives.
    pub all: Tally,
    /// The numbers of each suite, in the order of the run.
    pub suites: Vec<(String, Tally)>,
    /// The numbers of the directives that need just these proposals. The latest that were counted come first, as the
    /// next directive mostly needs the same.
    needing: Vec<(FeatureSet, Tally)>,
    /// How many changes against an earlier run make this one a failure.
    pub changed: u64,
    /// How many tests had several verdicts in repetitions of the run.
    pub flaky: u64,
    /// Wall-clock time, once the run has ended.
    pub elapsed: Option<Duration>,
    /// Whether the run ended before it was at its end.
    pub is_partial: bool,
}

impl Totals {
    /// Whether the run is a failure.
    pub fn is_red(&self) -> bool {
        self.all.red() + self.changed + self.flaky > 0
    }

    /// The numbers of each proposal, counted from the directives that need it.
    pub fn proposals(&self) -> BTreeMap<String, Tally> {
        let mut proposals: BTreeMap<String, Tally> = BTreeMap::new();
        for (all, tally) in &self.needing {
            for proposal in all.iter() {
                proposals.entry(proposal.name().to_owned()).or_default().join(tally);
            }
        }
        proposals
    }

    /// Takes note of an event.
    pub fn add(&mut self, event: &Event) {
        self.add_in_all(event);
        match event {
            Event::Started(info) => {
                self.suites =
                    info.suites.iter().map(|(name, _)| (name.clone(), Tally::default())).collect();
            }
            Event::Finished(record) => {
                let mut suites = self.suites.iter_mut();
                if let Some((_, tally)) = suites.find(|(name, _)| **name == *record.suite) {
                    tally.add(record);
                }
                let found = self.needing.iter().position(|(all, _)| *all == record.proposals);
                let position = found.unwrap_or_else(|| {
                    self.needing.push((record.proposals, Tally::default()));
                    self.needing.len() - 1
                });
                self.needing[position].1.add(record);
                self.needing.swap(0, position);
            }
            _ => {}
        }
    }

    /// Takes note of what an event adds to the numbers of all directives, but not to those of suites and proposals.
    pub fn add_in_all(&mut self, event: &Event) {
        match event {
            Event::Finished(record) => self.all.add(record),
            Event::Started(_) | Event::FinishedAgain(_) | Event::Slow { .. } => {}
            Event::Repeated(repeats) => self.flaky = repeats.flaky.len() as u64,
            Event::Compared(changes) => self.changed = changes.red(),
            Event::Ended { duration } => self.elapsed = Some(*duration),
            Event::Interrupted { duration, .. } => {
                (self.elapsed, self.is_partial) = (Some(*duration), true);
            }
        }
    }
}

/// A duration in nanoseconds.
pub fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}
