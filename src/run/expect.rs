//! What the exception list makes of tests.
//!
//! In: what the list says of a test, and its verdict, if it has one. Out: the verdict that counts. Nothing
//! here knows how tests are run.

use crate::index::{Exception, Expect};
use crate::outcome::{Outcome, Verdict};

/// The verdict of a test that the list says not to run.
pub(super) fn skipped(exception: Option<&Exception>) -> Option<Verdict> {
    match exception {
        Some(Exception { expect: Expect::Skip, reason, .. }) => {
            Some(Verdict::of(Outcome::Skip { reason: reason.clone() }))
        }
        _ => None,
    }
}

/// What a verdict becomes under an exception. Only a failure can be expected; a crash, a timeout, a script
/// error, or a test that could not be judged never can.
pub(super) fn held_against(exception: Option<&Exception>, verdict: Verdict) -> Verdict {
    let Some(Exception { expect: Expect::Fail(class), reason, revoked_by, .. }) = exception else {
        return verdict;
    };
    match &verdict.outcome {
        // An engine may well do what an older standard asks for.
        Outcome::Pass if revoked_by.is_some() => {
            Verdict { revoked_by: revoked_by.clone(), ..verdict }
        }
        Outcome::Pass => Verdict { outcome: Outcome::UnexpectedPass, ..verdict }
            .saying(format!("passed, but the exception list says that it fails: {reason}")),
        Outcome::Fail if verdict.class == Some(*class) => {
            let revoked_by = revoked_by.clone();
            let outcome = Outcome::ExpectedFailure;
            Verdict { outcome, revoked_by, ..verdict }.saying(reason.clone())
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
        Some(Exception {
            test,
            expect: Expect::Fail(class),
            reason,
            fixme,
            engine: None,
            revoked_by: None,
            line: 1,
        })
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
