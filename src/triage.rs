//! What a run asks of the exception lists: entries that they lack, and entries that they have in vain.
//!
//! In: the report of a run, and exception lists. Out: proposals for entries, each without its reason, which
//! only a person can give; entries that match nothing any more; and failures that no entry can cover. Nothing
//! here runs a test or changes a list.

mod cover;
mod entries;
mod found;
mod patterns;
mod propose;
mod text;

pub use found::{Proposal, Stale, Triage, Uncoverable, Vain};
pub use text::write_toml;

use crate::index::{EngineGate, Exception, Index};
use crate::report::json::Report;
use cover::Cover;
use std::sync::Arc;

/// Looks through a run.
///
/// `index` has the scripts that are embedded, and `lists` are all entries that may be about the run's tests:
/// those that are built in, and those of other lists. `gate` names the engine of the run, with the versions
/// that proposals are for.
pub fn triage(
    report: &Report,
    index: &Index,
    lists: &[Arc<Exception>],
    gate: &EngineGate,
) -> Triage {
    let cover = Cover::new(report, lists);
    let mut triage = Triage::of(report);
    propose::propose(&mut triage, &cover, index, gate);
    entries::review(&mut triage, &cover, index);
    triage
}
