//! Runs the directives of a `(thread …)` on a thread of the operating system.
//!
//! In: an interpreter of its own and the directives. Out: a handle; joining it gives
//! the verdict of every directive inside, and that of the `(wait …)`, which says
//! whether the thread came to a sound end. Nothing here knows what the threads share.

use super::file::{Test, run_one};
use super::panics;
use super::script::{Interpreter, test_count};
use super::world::Missing;
use crate::outcome::Verdict;
use std::sync::Arc;
use std::thread::{Builder, JoinHandle};
use touchstone_script::Directive;

/// Enough for an engine that compiles on the thread that it runs on.
const STACK_SIZE: usize = 64 << 20;

/// A running thread.
pub(super) struct Spawned(JoinHandle<Ended>);

/// What became of a thread.
pub(super) struct Ended {
    /// Verdicts of the directives inside, by their position among the tests of the script.
    pub(super) verdicts: Vec<(usize, Verdict)>,
    /// Whether it came to a sound end.
    pub(super) end: Verdict,
}

/// Starts executing `directives`, the first of which is the test at `position`.
pub(super) fn spawn(
    interpreter: Interpreter,
    tests: Arc<[Test]>,
    directives: Vec<Directive>,
    position: usize,
) -> std::io::Result<Spawned> {
    let body = move || execute(interpreter, &tests, &directives, position);
    Ok(Spawned(Builder::new().stack_size(STACK_SIZE).spawn(body)?))
}

impl Spawned {
    /// Waits until it ends.
    pub(super) fn join(self) -> Ended {
        let crashed = |panic: Box<dyn std::any::Any + Send>| Ended {
            verdicts: Vec::new(),
            end: panics::crash(&*panic),
        };
        self.0.join().unwrap_or_else(crashed)
    }
}

fn execute(
    mut interpreter: Interpreter,
    tests: &[Test],
    directives: &[Directive],
    mut position: usize,
) -> Ended {
    let mut verdicts = Vec::new();
    for (number, directive) in directives.iter().enumerate() {
        let test = &tests[position];
        let verdict = match run_one(&mut interpreter, directive, position, test) {
            Ok(verdict) => verdict,
            Err(crash) => {
                verdicts.push((position, *crash));
                // Threads that it started before go on, and say what became of them.
                let _ = panics::catching(|| interpreter.join_threads());
                verdicts.append(&mut interpreter.take_from_threads());
                let rest = position + 1
                    ..position + directives[number..].iter().map(test_count).sum::<usize>();
                let blocked = Missing::Blocked { by: test.id.clone() }.verdict();
                verdicts.extend(rest.map(|position| (position, blocked.clone())));
                std::mem::forget(interpreter);
                return Ended { verdicts, end: blocked };
            }
        };
        verdicts.push((position, verdict));
        verdicts.append(&mut interpreter.take_from_threads());
        position += test_count(directive);
    }
    interpreter.join_threads();
    verdicts.append(&mut interpreter.take_from_threads());
    let end = panics::catching(|| interpreter.finish()).unwrap_or_else(|crash| *crash);
    Ended { verdicts, end }
}
