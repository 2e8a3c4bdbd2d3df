//! Whether a report can be compared with anything.
//!
//! In: a report that was read. Out: nothing, or why what it says cannot be relied on. A report of a run that was cut short
//! can be compared, as far as it goes.

use super::json::{Partial, Report};
use std::collections::HashSet;

/// Why a report cannot be compared.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Unsound {
    /// Lines lack, or there are too many.
    #[error("{0}")]
    Damaged(Partial),
    /// It has no verdicts.
    #[error("it has no verdicts: the run was stopped before the first one")]
    Empty,
    /// It has two verdicts on one test.
    #[error("it has two verdicts on `{0}`: lines of several runs are mixed up in it")]
    MixedUp(String),
}

/// Checks that a report has verdicts, one on each test, and as many as its totals speak of, if it has any.
///
/// # Errors
/// The first of these that it has not.
pub fn check(report: &Report) -> Result<(), Unsound> {
    if let Err(damage @ Partial::Count { .. }) = &report.closing {
        return Err(Unsound::Damaged(damage.clone()));
    }
    if report.lines.is_empty() {
        return Err(Unsound::Empty);
    }
    each_once(report)
}

/// Checks that a report has one verdict on each test; it need not have any, as a shard of a small run.
///
/// # Errors
/// The first test that it has twice.
pub fn each_once(report: &Report) -> Result<(), Unsound> {
    let mut seen = HashSet::with_capacity(report.lines.len());
    match report.lines.iter().find(|line| !seen.insert(line.id.as_str())) {
        Some(line) => Err(Unsound::MixedUp(line.id.clone())),
        None => Ok(()),
    }
}
