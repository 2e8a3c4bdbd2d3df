//! What the exception list makes of tests.
//!
//! In: what the list says of a test, and its verdict, if it has one. Out: the verdict that counts. Nothing
//! here knows how tests are run.

use crate::fingerprint::fingerprint;
use crate::index::{Exception, Expect};
use crate::outcome::{FailureClass, Outcome, Verdict};

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
    let Some(exception) = exception else { return verdict };
    let Expect::Fail(class) = exception.expect else { return verdict };
    let Exception { reason, revoked_by, .. } = exception;
    match &verdict.outcome {
        // An engine may well do what an older standard asks for.
        Outcome::Pass if revoked_by.is_some() => verdict.revoked_by(revoked_by.clone()),
        Outcome::Pass => Verdict { outcome: Outcome::UnexpectedPass, ..verdict }
            .saying(format!("passed, but the exception list says that it fails: {reason}")),
        Outcome::Fail => match otherwise(exception, class, &verdict) {
            None => {
                let outcome = Outcome::ExpectedFailure;
                let expected = Verdict { outcome, ..with_what_came(verdict) };
                expected.revoked_by(revoked_by.clone()).saying(reason.clone())
            }
            Some(how) => {
                let said = verdict.message.clone().unwrap_or_default();
                let Exception { list, line, .. } = exception;
                with_what_came(verdict)
                    .saying(format!("fails otherwise than listed in {list}:{line}, {how}: {said}"))
            }
        },
        _ => verdict,
    }
}

/// How a failure differs from the one that was expected, if it does.
fn otherwise(exception: &Exception, class: FailureClass, verdict: &Verdict) -> Option<String> {
    let found = verdict.class.map_or("", FailureClass::name);
    if verdict.class != Some(class) {
        return Some(format!("by `{found}` and not by `{}`", class.name()));
    }
    let wanted = exception.fingerprint.as_ref()?;
    let said = verdict.actual.as_ref().or(verdict.message.as_ref());
    let found = fingerprint(Some(found), said.map_or("", String::as_str));
    (found != *wanted).then(|| format!("with the fingerprint `{found}` and not `{wanted}`"))
}

/// The same verdict, about which a message can be put in place of its own: what a report needs to tell the
/// failure by is not lost.
fn with_what_came(verdict: Verdict) -> Verdict {
    let actual = verdict.actual.clone().or_else(|| verdict.message.clone());
    verdict.with_actual(actual)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exception(class: FailureClass) -> Option<Exception> {
        let (test, reason, fixme) = ("t".into(), "because".into(), "FIXME(#1): mend it".into());
        Some(Exception {
            test,
            expect: Expect::Fail(class),
            fingerprint: None,
            reason,
            fixme,
            engine: None,
            revoked_by: None,
            built_in: false,
            list: "list.toml".into(),
            line: 1,
        })
    }

    #[test]
    fn another_failure_than_the_one_listed_is_not_expected() {
        let listed = |fingerprint: &str| {
            let exception = exception(FailureClass::Trap).expect("there is one");
            Some(Exception { fingerprint: Some(fingerprint.into()), ..exception })
        };
        let trap = |actual: &str| {
            Verdict::fail(FailureClass::Trap, "trapped").comparing("success", actual)
        };
        let held =
            |exception: Option<Exception>, verdict| held_against(exception.as_ref(), verdict);
        let same = held(listed("trap at 0xN"), trap("trap at 0x77"));
        assert_eq!(same.outcome, Outcome::ExpectedFailure);
        assert_eq!(same.message.as_deref(), Some("because"));
        let other = held(listed("trap at 0xN"), trap("trap: unreachable"));
        assert_eq!(other.outcome, Outcome::Fail);
        let message = other.message.as_deref().unwrap_or_default();
        let wanted = "fails otherwise than listed in list.toml:1, with the fingerprint `trap: \
                      unreachable` and not `trap at 0xN`: trapped";
        assert_eq!(message, wanted);
        // Where nothing came, the message counts, and it is kept.
        let bare = Verdict::fail(FailureClass::Trap, "trapped 3 times");
        let same = held(listed("trapped N times"), bare);
        assert_eq!(same.outcome, Outcome::ExpectedFailure);
        assert_eq!(same.actual.as_deref(), Some("trapped 3 times"));
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
