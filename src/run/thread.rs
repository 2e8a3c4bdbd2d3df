//! Runs a `(thread …)` on a thread of the operating system.
//!
//! In: what to run. Out: a handle; joining it gives the verdict of every directive inside the thread, and the
//! verdict of the `(wait …)`, which says whether the thread came to a sound end. Nothing here knows what
//! runs, or what the threads share.

use super::bindings::Missing;
use super::panics;
use crate::engine::ThreadId;
use crate::outcome::Verdict;
use std::collections::HashMap;
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

/// The threads that a script started or was to start.
#[derive(Default)]
pub(super) struct Threads {
    /// Those that run, in the order in which they were started.
    pub(super) running: Vec<Running>,
    /// How many were started.
    pub(super) count: u32,
    /// Those that never started.
    pub(super) never_started: HashMap<String, Missing>,
    /// The position of the last test that started one.
    pub(super) last_start: Option<usize>,
    /// Verdicts of directives inside, which nobody took yet.
    pub(super) verdicts: Vec<(usize, Verdict)>,
    /// Why one was not started, or not run to its end, so that nothing is called any more.
    pub(super) missing: Option<Missing>,
}

/// A thread of the script.
pub(super) struct Running {
    /// None where the name was given to another thread later.
    pub(super) name: Option<String>,
    pub(super) number: ThreadId,
    pub(super) spawned: Spawned,
}

impl Threads {
    /// Why a thread was not started, or not run to its end. What the script calls from then on may wait for
    /// it for ever.
    pub(super) fn missing(&self) -> Option<&Missing> {
        self.missing.as_ref()
    }

    /// Whether the test at `position` started one.
    pub(super) fn were_started_by(&self, position: usize) -> bool {
        self.last_start == Some(position)
    }
}
