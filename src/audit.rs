//! Breaks what scripts expect, and tells which broken tests are green nevertheless.
//!
//! In: files, an engine. Out: how many expectations were broken in which [`Way`], and what became of the
//! tests. Whatever passes is run again with its expectation broken, in each way that its directive has. It
//! must then be red, or not judged because the adapter of the engine cannot tell. A test that is green is one
//! that no engine could fail in this way: a hole of the harness. Nothing here knows how verdicts are found.

mod breaking;

pub use breaking::{Broken, Mutant, ROUNDS, Way};

use crate::engine::Engine;
use crate::index::IndexedFile;
use crate::outcome::{Outcome, Verdict};
use crate::run::pool;
use crate::run::unit::Unit;
use crate::select;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

/// What an audit found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// How many tests that have an expectation passed as they are.
    pub passed: usize,
    /// What became of those that were broken, by [`Way`].
    pub ways: [Tally; Way::ALL.len()],
    /// Tests that are green although they were broken.
    pub green: Vec<Green>,
}

/// How many expectations were broken, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Broken ones: the sum of all others.
    pub broken: usize,
    /// Those that are red, as they should be.
    pub red: usize,
    /// Those of which the adapter cannot tell: not judged, or green by a comparison that is weakened by a limit
    /// which hides this very difference.
    pub cannot_tell: usize,
    /// Those that are not judged because the engine lacks something.
    pub unsupported: usize,
    /// Those that are green.
    pub green: usize,
}

/// A test that is green although it was broken.
#[derive(Clone, Debug, PartialEq)]
pub struct Green {
    /// The name of the test.
    pub id: String,
    /// How it was broken.
    pub way: Way,
    /// The limit by which it passed, if by any.
    pub weakened: Option<&'static str>,
}

impl Findings {
    /// The sum of all ways.
    pub fn all(&self) -> Tally {
        let mut all = Tally::default();
        self.ways.iter().for_each(|tally| all.add(tally));
        all
    }

    fn merge(&mut self, other: Findings) {
        self.passed += other.passed;
        self.ways.iter_mut().zip(&other.ways).for_each(|(tally, other)| tally.add(other));
        self.green.extend(other.green);
    }

    fn note(&mut self, id: &str, way: Way, verdict: &Verdict) {
        let mut tally = Tally { broken: 1, ..Tally::default() };
        match became(way, verdict) {
            Became::Red => tally.red = 1,
            Became::CannotTell => tally.cannot_tell = 1,
            Became::Unsupported => tally.unsupported = 1,
            Became::Green => {
                tally.green = 1;
                self.green.push(Green { id: id.to_owned(), way, weakened: verdict.weakened });
            }
        }
        self.ways[way as usize].add(&tally);
    }
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.broken += other.broken;
        self.red += other.red;
        self.cannot_tell += other.cannot_tell;
        self.unsupported += other.unsupported;
        self.green += other.green;
    }
}

enum Became {
    Red,
    CannotTell,
    Unsupported,
    Green,
}

/// What became of a test that was broken in that way.
fn became(way: Way, verdict: &Verdict) -> Became {
    let hidden = |limit| way.hidden_by().iter().any(|by| by.word() == limit);
    match &verdict.outcome {
        outcome if outcome.is_red() => Became::Red,
        Outcome::Unsupported { feature } if feature.starts_with("cannot-tell:") => {
            Became::CannotTell
        }
        Outcome::Unsupported { .. } => Became::Unsupported,
        Outcome::Pass if verdict.weakened.is_some_and(hidden) => Became::CannotTell,
        _ => Became::Green,
    }
}

/// Audits the harness with an engine, on `workers` threads.
pub fn audit(engine: &dyn Engine, files: &[IndexedFile], workers: usize) -> Findings {
    let all = Mutex::new(vec![Findings::default(); files.len()]);
    pool::each(files.len(), workers, &AtomicBool::new(false), &|number| {
        let found = audit_unit(engine, &select::unit(&files[number]));
        all.lock().unwrap_or_else(PoisonError::into_inner)[number] = found;
    });
    let mut sum = Findings::default();
    for found in all.into_inner().unwrap_or_else(PoisonError::into_inner) {
        sum.merge(found);
    }
    sum
}

/// Audits the harness with one script. What the exception list says of its tests does not count, nor do rules of
/// a dialect.
pub fn audit_unit(engine: &dyn Engine, unit: &Unit) -> Findings {
    let unit = Unit { rules: Arc::default(), ..unit.without_exceptions() };
    let passing: Vec<bool> = pool::verdicts(engine, &unit)
        .iter()
        .map(|verdict| verdict.outcome == Outcome::Pass)
        .collect();
    let mut found = Findings::default();
    for round in 0..ROUNDS {
        let Some(Mutant { unit: broken_unit, broken }) = Mutant::of(&unit, &passing, round) else {
            break;
        };
        // Whatever can be broken can be broken in the first round.
        found.passed = found.passed.max(broken.len());
        let verdicts = pool::verdicts(engine, &broken_unit);
        for Broken { position, origin, way } in broken {
            found.note(&unit.tests[origin].id, way, &verdicts[position]);
        }
    }
    found
}
