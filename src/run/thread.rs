//! Runs a `(thread …)` on a thread of the operating system.
//!
//! In: what to run. Out: a handle; joining it gives the verdict of every directive inside the thread, and the
//! verdict of the `(wait …)`, which says whether the thread came to a sound end. Nothing here knows what
//! runs, or what the threads share.

use super::bindings::Missing;
use super::panics;
use crate::outcome::Verdict;
use std::thread::{Builder, JoinHandle};

/// The size of the stack, which is enough for an engine that compiles on the thread on which it runs.
const STACK_SIZE: usize = 64 << 20;

/// A running thread.
pub(super) struct Spawned(JoinHandle<Ended>);

/// What became of a thread.
pub(super) struct Ended {
    /// Verdicts of the directives inside, by their position among the tests of the script.
    pub(super) verdicts: Vec<(usize, Verdict)>,
    /// Whether it came to a sound end.
    pub(super) end: Verdict,
    /// Why it, or a thread that it started, was not run to its end.
    pub(super) missing: Option<Missing>,
}

/// Starts `body` on a thread of its own.
pub(super) fn spawn(body: impl FnOnce() -> Ended + Send + 'static) -> std::io::Result<Spawned> {
    Ok(Spawned(Builder::new().stack_size(STACK_SIZE).spawn(body)?))
}

impl Spawned {
    /// Waits until the thread ends.
    pub(super) fn join(self) -> Ended {
        let crashed = |panic: Box<dyn std::any::Any + Send>| Ended {
            verdicts: Vec::new(),
            end: panics::crash(&*panic),
            missing: None,
        };
        self.0.join().unwrap_or_else(crashed)
    }
}
