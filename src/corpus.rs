//! Whether a corpus of scripts is in order: what stands in it twice, what rests on the order of its directives,
//! and what a fault could do without being noticed.
//!
//! In: scripts and an engine that passes them. Out: findings, of which none is a failure of the engine. Nothing
//! here knows where scripts come from, or how findings are shown.

mod copies;
mod faults;
mod operators;
mod order;

pub use copies::{Copies, Lost, copies, lost};
pub use faults::{Fault, Outlook, Score, faults};
pub use order::{Dependent, order};

use crate::engine::Engine;
use crate::outcome::Verdict;
use crate::run::pool;
use crate::run::unit::{Test, Unit};
use std::sync::Arc;

/// The same script, of which no exception list says anything, as whoever looks at the script wants to know what
/// comes.
fn without_exceptions(unit: &Unit) -> Unit {
    let tests =
        unit.tests.iter().map(|test| Test { exceptions: Vec::new(), ..test.clone() }).collect();
    Unit { tests, rules: Arc::clone(&unit.rules), ..unit.clone() }
}

/// The verdict of each test of a script.
fn verdicts(engine: &dyn Engine, unit: &Unit) -> Vec<Verdict> {
    let last = unit.tests.len() - 1;
    let mut found = vec![Verdict::error("the harness gave no verdict"); unit.tests.len()];
    pool::run_file(engine, unit, last, &mut |position, verdict| found[position] = verdict);
    found
}
