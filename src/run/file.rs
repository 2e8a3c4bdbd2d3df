//! Runs one script to its end, and holds each verdict against the exception list.
//!
//! In: a script, the identities and exceptions of its tests, an engine. Out: verdicts
//! in order, each as soon as it is known; the last one says whether anything was left
//! alive. A panic of the engine costs one test and what depended on it. Nothing here
//! knows of other files, or of who asked for the verdicts.

use super::panics;
use super::script::{Interpreter, test_count};
use super::world::Missing;
use crate::engine::Engine;
use crate::index::{Exception, Expect, TestInfo};
use crate::outcome::{Outcome, Verdict};
use std::sync::Arc;
use std::time::Instant;
use touchstone_script::{ContentHash, Directive, Feature, FeatureSet, Script};

/// The kind of the last test of a file, as reports name it.
pub const END_KIND: &str = "nothing_alive";

/// A script with what its suite says of it.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Features that are on; all others are off.
    pub features: FeatureSet,
    /// The script.
    pub script: Arc<Script>,
    /// One per directive, each thread followed by those inside it, and one for the end of the script.
    pub tests: Arc<[Test]>,
    /// Whether results are put into words even where they match.
    pub detailed: bool,
}

/// A test: a directive, or the end of its file.
#[derive(Clone, Debug)]
pub struct Test {
    /// Its identity.
    pub id: String,
    /// Line, counted from 1; 0 for the end of a file.
    pub line: u32,
    /// Column, counted from 1; 0 for the end of a file.
    pub column: u32,
    /// The keyword of the directive.
    pub kind: &'static str,
    /// Features that it needs.
    pub proposals: FeatureSet,
    /// Content hash; the end of a file has none.
    pub hash: Option<ContentHash>,
    /// What the exception list says of it.
    pub exception: Option<Arc<Exception>>,
}

impl Test {
    /// The end of a file.
    pub fn end(id: String) -> Test {
        let proposals = FeatureSet::EMPTY;
        Test { id, line: 0, column: 0, kind: END_KIND, proposals, hash: None, exception: None }
    }
}

impl From<TestInfo> for Test {
    fn from(info: TestInfo) -> Test {
        let TestInfo { id, line, column, kind, proposals, hash, exception, .. } = info;
        Test { id, line, column, kind: kind.name(), proposals, hash: Some(hash), exception }
    }
}

/// Runs the tests up to and including the one at index `last`. Verdicts come in the
/// order of the script, but for those from inside threads, which come when the thread ends.
pub fn run(engine: &dyn Engine, unit: &Unit, last: usize, verdict: &mut dyn FnMut(usize, Verdict)) {
    let session = || engine.session(unit.features);
    let known = unit.features.union(engine.describe().features);
    let lacking = Feature::ALL.iter().copied().filter(|f| !known.contains(*f)).collect();
    let interpreter = Interpreter::new(unit.script.clone(), unit.tests.clone(), session());
    let mut interpreter = interpreter.lacking(lacking);
    if unit.detailed {
        interpreter = interpreter.detailed();
    }
    let mut crashed = None;
    let mut position = 0;
    for directive in &unit.script.directives {
        if position > last {
            break;
        }
        let test = &unit.tests[position];
        let started = Instant::now();
        let found = run_one(&mut interpreter, directive, position, test).unwrap_or_else(|crash| {
            interpreter.restart(session(), position);
            interpreter.note(directive, &crash, position);
            crashed.get_or_insert_with(|| test.id.clone());
            *crash
        });
        verdict(position, Verdict { duration: started.elapsed(), ..found });
        report_threads(&mut interpreter, verdict);
        position += test_count(directive);
    }
    interpreter.join_threads();
    report_threads(&mut interpreter, verdict);
    if last >= position {
        let started = Instant::now();
        let found = finish(interpreter, crashed, &unit.tests[position]);
        verdict(position, Verdict { duration: started.elapsed(), ..found });
    }
}

/// Runs the directive that is the test at `position`, unless it is to be skipped.
pub(super) fn run_one(
    interpreter: &mut Interpreter,
    directive: &Directive,
    position: usize,
    test: &Test,
) -> Result<Verdict, Box<Verdict>> {
    if let Some(Exception { expect: Expect::Skip, reason, .. }) = test.exception.as_deref() {
        let skip = Verdict::of(Outcome::Skip { reason: reason.clone() });
        interpreter.note(directive, &skip, position);
        return Ok(skip);
    }
    panics::catching(|| interpreter.step(directive, position))
}

fn report_threads(interpreter: &mut Interpreter, verdict: &mut dyn FnMut(usize, Verdict)) {
    for (position, found) in interpreter.take_from_threads() {
        verdict(position, found);
    }
}

fn finish(interpreter: Interpreter, crashed: Option<String>, test: &Test) -> Verdict {
    if let Some(Exception { expect: Expect::Skip, reason, .. }) = test.exception.as_deref() {
        return Verdict::of(Outcome::Skip { reason: reason.clone() });
    }
    let verdict = panics::catching(|| interpreter.finish()).unwrap_or_else(|crash| *crash);
    match crashed {
        // What the crashed session held was given up, so nothing can be said of it.
        Some(by) => Missing::Blocked { by }.verdict(),
        None => held_against(test.exception.as_deref(), verdict),
    }
}

/// What a verdict becomes under an exception. Only a failure can be expected: never a
/// crash, a timeout, a script error, or a test that could not be judged.
pub fn held_against(exception: Option<&Exception>, verdict: Verdict) -> Verdict {
    let Some(Exception { expect: Expect::Fail(class), reason, .. }) = exception else {
        return verdict;
    };
    match &verdict.outcome {
        Outcome::Pass => Verdict { outcome: Outcome::UnexpectedPass, ..verdict }
            .saying(format!("passed, but the exception list says that it fails: {reason}")),
        Outcome::Fail if verdict.class == Some(*class) => {
            Verdict { outcome: Outcome::ExpectedFailure, ..verdict }.saying(reason.clone())
        }
        Outcome::Fail => {
            let wanted = class.name();
            let found = verdict.class.map_or("", |class| class.name());
            let said = verdict.message.clone().unwrap_or_default();
            verdict.saying(format!(
                "failed by `{found}`, but the exception list says by `{wanted}`: {said}"
            ))
        }
        _ => verdict,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcome::FailureClass;

    fn exception(class: FailureClass) -> Option<Exception> {
        let (test, reason, fixme) = ("t".into(), "because".into(), "FIXME(#1): mend it".into());
        Some(Exception { test, expect: Expect::Fail(class), reason, fixme, line: 1 })
    }

    #[test]
    fn only_the_expected_failure_is_expected() {
        let fail = Verdict::fail(FailureClass::Trap, "trapped");
        let outcome = |exception: &Option<Exception>, verdict: &Verdict| {
            held_against(exception.as_ref(), verdict.clone()).outcome
        };
        assert_eq!(outcome(&None, &fail), Outcome::Fail);
        assert_eq!(outcome(&exception(FailureClass::Trap), &fail), Outcome::ExpectedFailure);
        assert_eq!(outcome(&exception(FailureClass::Link), &fail), Outcome::Fail);
        assert_eq!(
            outcome(&exception(FailureClass::Trap), &Verdict::pass()),
            Outcome::UnexpectedPass
        );
        for never in
            [Outcome::Crash, Outcome::Timeout, Outcome::Error, Outcome::Blocked { by: "x".into() }]
        {
            assert_eq!(outcome(&exception(FailureClass::Trap), &Verdict::of(never.clone())), never);
        }
    }
}
