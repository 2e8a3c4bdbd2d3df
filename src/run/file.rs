//! Runs one script to its end, and holds each verdict against the exception list.
//!
//! In: a script, the identities and exceptions of its tests, an engine. Out: verdicts
//! in order, each as soon as it is known; the last one says whether anything was left
//! alive. A panic of the engine costs one test and what depended on it. Nothing here
//! knows of other files, or of who asked for the verdicts.

use super::panics;
use super::script::Interpreter;
use crate::engine::Engine;
use crate::outcome::{FailureClass, Outcome, Verdict};
use std::sync::Arc;
use std::time::Instant;
use touchstone_script::{Directive, FeatureSet, Script};

/// A script with what its suite says of it.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Features that are on; all others are off.
    pub features: FeatureSet,
    /// The script.
    pub script: Arc<Script>,
    /// One per directive, in order, and one for the end of the script.
    pub tests: Vec<Test>,
}

/// A test, as far as running it is concerned.
#[derive(Clone, Debug)]
pub struct Test {
    /// Its identity.
    pub id: String,
    /// What the exception list says of it.
    pub exception: Option<Exception>,
}

/// An entry of the exception list.
#[derive(Clone, Debug, PartialEq)]
pub struct Exception {
    /// What to do about the test.
    pub expect: Expect,
    /// Why.
    pub reason: String,
}

/// What an exception says about a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// It has to fail, in this way where one is named.
    Fail(Option<FailureClass>),
    /// It is not executed.
    Skip,
}

/// Runs the tests up to and including the one at index `last`.
pub fn run(engine: &dyn Engine, unit: &Unit, last: usize, verdict: &mut dyn FnMut(usize, Verdict)) {
    let mut interpreter = Interpreter::new(unit.script.clone(), engine.session(unit.features));
    let mut crashed = None;
    for (index, directive) in unit.script.directives.iter().enumerate().take(last + 1) {
        let test = &unit.tests[index];
        let started = Instant::now();
        let found = run_one(&mut interpreter, directive, test).unwrap_or_else(|crash| {
            interpreter.restart(engine.session(unit.features), &test.id);
            interpreter.skip(directive, &crash, &test.id);
            crashed.get_or_insert_with(|| test.id.clone());
            crash
        });
        verdict(index, Verdict { duration: started.elapsed(), ..found });
    }
    let end = unit.script.directives.len();
    if last >= end {
        let started = Instant::now();
        let found = finish(interpreter, crashed, &unit.tests[end]);
        verdict(end, Verdict { duration: started.elapsed(), ..found });
    }
}

fn run_one(interpreter: &mut Interpreter, directive: &Directive, test: &Test) -> Result<Verdict, Verdict> {
    if let Some(Exception { expect: Expect::Skip, reason }) = &test.exception {
        let skip = Verdict::of(Outcome::Skip { reason: reason.clone() });
        interpreter.skip(directive, &skip, &test.id);
        return Ok(skip);
    }
    let verdict = panics::catching(|| interpreter.step(directive, &test.id))?;
    Ok(held_against(test.exception.as_ref(), verdict))
}

fn finish(interpreter: Interpreter, crashed: Option<String>, test: &Test) -> Verdict {
    if let Some(Exception { expect: Expect::Skip, reason }) = &test.exception {
        return Verdict::of(Outcome::Skip { reason: reason.clone() });
    }
    let verdict = panics::catching(|| interpreter.finish()).unwrap_or_else(|crash| crash);
    match crashed {
        // What the crashed session held was given up, so nothing can be said of it.
        Some(by) => super::world::Missing::Blocked { by }.verdict(),
        None => held_against(test.exception.as_ref(), verdict),
    }
}

/// What a verdict becomes under an exception. Only a failure can be expected: never a
/// crash, a timeout, a script error, or a test that could not be judged.
pub fn held_against(exception: Option<&Exception>, verdict: Verdict) -> Verdict {
    let Some(Exception { expect: Expect::Fail(class), reason }) = exception else {
        return verdict;
    };
    match &verdict.outcome {
        Outcome::Pass => Verdict { outcome: Outcome::UnexpectedPass, ..verdict }
            .saying(format!("passed, but the exception list says that it fails: {reason}")),
        Outcome::Fail if class.is_none() || verdict.class == *class => {
            Verdict { outcome: Outcome::ExpectedFailure, ..verdict }.saying(reason.clone())
        }
        Outcome::Fail => {
            let wanted = class.map_or("", FailureClass::name);
            let found = verdict.class.map_or("", FailureClass::name);
            let said = verdict.message.clone().unwrap_or_default();
            verdict.saying(format!("failed by `{found}`, but the exception list says by `{wanted}`: {said}"))
        }
        _ => verdict,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exception(class: Option<FailureClass>) -> Option<Exception> {
        Some(Exception { expect: Expect::Fail(class), reason: "because".into() })
    }

    #[test]
    fn only_the_expected_failure_is_expected() {
        let fail = Verdict::fail(FailureClass::Trap, "trapped");
        let outcome = |exception: &Option<Exception>, verdict: &Verdict| {
            held_against(exception.as_ref(), verdict.clone()).outcome
        };
        assert_eq!(outcome(&None, &fail), Outcome::Fail);
        assert_eq!(outcome(&exception(None), &fail), Outcome::ExpectedFailure);
        assert_eq!(outcome(&exception(Some(FailureClass::Trap)), &fail), Outcome::ExpectedFailure);
        assert_eq!(outcome(&exception(Some(FailureClass::Link)), &fail), Outcome::Fail);
        assert_eq!(outcome(&exception(None), &Verdict::pass()), Outcome::UnexpectedPass);
        for never in [Outcome::Crash, Outcome::Timeout, Outcome::Error, Outcome::Blocked { by: "x".into() }] {
            assert_eq!(outcome(&exception(None), &Verdict::of(never.clone())), never);
        }
    }
}
