//! What it means for a directive that a worker was lost.
//!
//! In: how it was lost, or what was wrong with an answer. Out: a failure. Knows neither scripts nor processes.

use super::worker::Lost;
use crate::engine::Failure;

/// What the loss of a worker means for the directive that was executed.
pub(super) fn as_failure(lost: &Lost) -> Failure {
    match lost {
        Lost::Late { .. } => Failure::Timeout,
        Lost::Memory(_) => Failure::Crash(format!("the worker was ended: {lost}")),
        lost => Failure::Crash(lost.to_string()),
    }
}

/// The failure where an answer is wrong, which is the fault of the adapter.
pub(super) fn at_fault(what: &str) -> Failure {
    Failure::Crash(Lost::Nonsense(what.to_owned()).to_string())
}
