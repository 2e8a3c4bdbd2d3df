//! Runs one script to its end, and holds each verdict against the exception list.
//!
//! In: a script, the identities and exceptions of its tests, an engine. Out: verdicts
//! in order, each as soon as it is known; the last one says whether anything was left
//! alive. A panic of the engine costs one test and what depended on it. Nothing here
//! knows of other files, or of who asked for the verdicts.

use super::bindings::Missing;
use super::expect::{held_against, skipped};
use super::foresee;
use super::panics;
use super::script::Interpreter;
use super::slices;
use super::unit::{Test, Unit, test_count};
use crate::engine::{Engine, hosts};
use crate::outcome::Verdict;
use std::time::Instant;

/// Whoever asked for the verdicts of a script.
pub trait Listener {
    /// The test at this position is about to be run. Once this says no, nothing more of the script is run.
    fn begins(&mut self, _position: usize) -> bool {
        true
    }
    /// The test at this position has its verdict.
    fn verdict(&mut self, position: usize, found: Verdict);
    /// Whether verdicts are to say how long they took.
    fn asks_for_times(&self) -> bool {
        true
    }
}

impl<F: FnMut(usize, Verdict)> Listener for F {
    fn verdict(&mut self, position: usize, found: Verdict) {
        self(position, found);
    }
}

/// Runs the tests up to and including the one at index `last`. Verdicts come in the order of the script,
/// except those of directives inside a thread, which come when the thread ends. A runner of scripts does not tell what
/// it begins.
pub fn run(engine: &dyn Engine, unit: &Unit, last: usize, listener: &mut dyn Listener) {
    let unit = &unit.for_engine(&engine.describe());
    if let Some(runner) = engine.script_runner() {
        let verdict = &mut |position, found| listener.verdict(position, found);
        return slices::run(engine, runner, unit, last, verdict);
    }
    let session = || hosts::session(engine, unit.features);
    let mut first = session();
    if engine.foresees() {
        first.foresee(foresee::calls(unit, last));
    }
    let always_on = engine.always_on();
    let interpreter =
        Interpreter::new(unit.script.clone(), unit.tests.clone(), first).by(&unit.rules);
    let mut interpreter =
        interpreter.lacking(engine.lacking(unit.features)).of_suite(unit.features);
    if !always_on.is_empty() {
        interpreter = interpreter.always_on(always_on.union(unit.features));
    }
    if unit.detailed {
        interpreter = interpreter.detailed();
    }
    let mut crashed = None;
    let mut position = 0;
    let times = listener.asks_for_times();
    for directive in &unit.script.directives {
        if position > last {
            break;
        }
        if !listener.begins(position) {
            interpreter.join_threads();
            return;
        }
        let test = &unit.tests[position];
        let started = times.then(Instant::now);
        let found = interpreter.run(directive, position).unwrap_or_else(|crash| {
            interpreter.restart(session(), position);
            interpreter.note(directive, &crash, position);
            crashed.get_or_insert_with(|| (*test.id).to_owned());
            *crash
        });
        listener.verdict(position, taking(started, found));
        report_threads(&mut interpreter, listener);
        position += test_count(directive);
    }
    interpreter.join_threads();
    report_threads(&mut interpreter, listener);
    if last >= position && listener.begins(position) {
        let started = times.then(Instant::now);
        let found = finish(interpreter, crashed, &unit.tests[position]);
        listener.verdict(position, taking(started, found));
    }
}

/// A verdict that says how long it took, if it is known when that began.
fn taking(started: Option<Instant>, mut found: Verdict) -> Verdict {
    if let Some(started) = started {
        found.duration = started.elapsed();
    }
    found
}

fn report_threads(interpreter: &mut Interpreter, listener: &mut dyn Listener) {
    for (position, found) in interpreter.take_from_threads() {
        listener.verdict(position, found);
    }
}

fn finish(interpreter: Interpreter, crashed: Option<String>, test: &Test) -> Verdict {
    let exception = test.exception();
    if let Some(skip) = skipped(exception) {
        return skip;
    }
    let verdict = panics::catching(|| interpreter.finish()).unwrap_or_else(|crash| *crash);
    match crashed {
        // What the crashed session held was given up, so it cannot be said whether anything was left alive in
        // it.
        Some(by) => Missing::Blocked { by }.verdict(),
        None => held_against(exception, verdict),
    }
}
