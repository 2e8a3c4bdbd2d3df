//! Runs the directives of a `(thread …)` on a thread of the operating system.
//!
//! In: an interpreter of its own and the directives. Out: a handle; joining it gives
//! the verdict of the `(wait …)`, which is that of the first directive that went
//! wrong. Nothing here knows what the threads share.

use super::script::Interpreter;
use crate::outcome::{Outcome, Verdict};
use std::thread::{Builder, JoinHandle};
use touchstone_script::Directive;

/// Enough for an engine that compiles on the thread that it runs on.
const STACK_SIZE: usize = 64 << 20;

/// A running thread.
pub(super) type Spawned = JoinHandle<Verdict>;

/// Starts executing `directives`; `id` is the identity of the `(thread …)` directive.
pub(super) fn spawn(interpreter: Interpreter, directives: Vec<Directive>, id: String) -> std::io::Result<Spawned> {
    Builder::new().stack_size(STACK_SIZE).spawn(move || execute(interpreter, &directives, &id))
}

fn execute(mut interpreter: Interpreter, directives: &[Directive], id: &str) -> Verdict {
    let mut worst = Verdict::pass();
    for directive in directives {
        let verdict = interpreter.step(directive, id);
        let line = directive.span.line;
        if badness(&verdict) > badness(&worst) {
            let message = format!("line {line}, in the thread: {}", verdict.message.as_deref().unwrap_or("failed"));
            worst = verdict.saying(message);
        }
    }
    let last = interpreter.finish();
    if badness(&last) > badness(&worst) { last } else { worst }
}

fn badness(verdict: &Verdict) -> u8 {
    match &verdict.outcome {
        Outcome::Pass => 0,
        outcome if outcome.is_red() => 2,
        _ => 1,
    }
}

/// Waits for a thread.
pub(super) fn join(thread: Spawned) -> Verdict {
    thread.join().unwrap_or_else(|panic| super::panics::crash(&*panic))
}
