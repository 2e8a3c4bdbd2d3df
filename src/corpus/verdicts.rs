//! The verdicts of a script, whatever exception lists say of it.
//!
//! In: a script and an engine. Out: a verdict for each test. Nothing here knows what they are compared with.

use crate::engine::Engine;
use crate::outcome::Verdict;
use crate::run::pool;
use crate::run::unit::{Test, Unit};
use std::sync::Arc;

/// The same script, of which no exception list says anything, as whoever looks at the script wants to know what
/// comes.
pub(super) fn without_exceptions(unit: &Unit) -> Unit {
    let tests =
        unit.tests.iter().map(|test| Test { exceptions: Vec::new(), ..test.clone() }).collect();
    Unit { tests, rules: Arc::clone(&unit.rules), ..unit.clone() }
}

/// The verdict of each test of a script.
pub(super) fn verdicts(engine: &dyn Engine, unit: &Unit) -> Vec<Verdict> {
    let last = unit.tests.len() - 1;
    let mut found = vec![Verdict::error("the harness gave no verdict"); unit.tests.len()];
    pool::run_file(engine, unit, last, &mut |position, verdict| found[position] = verdict);
    found
}
