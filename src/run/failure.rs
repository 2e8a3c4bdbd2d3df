//! Turns an engine's failure into words and verdicts.
//!
//! In: a typed failure and the class of failure that a directive asks for, if any.
//! Out: a verdict. One class never satisfies another; that rule lives here and
//! nowhere else. Nothing here knows how the failure came about.

use super::messages;
use crate::engine::{Failure, TrapKind};
use crate::index::dialect::{Compare, Rules};
use crate::outcome::{FailureClass, Outcome, Verdict};
use touchstone_adapter::Limit;

/// The way in which a directive requires something to fail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wanted<'a> {
    /// It must not fail at all.
    Nothing,
    /// The module must be malformed.
    Malformed,
    /// The module must be invalid.
    Invalid,
    /// The module must not link.
    Unlinkable,
    /// It must fail by a trap with that text.
    Trap(&'a str),
    /// It must fail by running out of call stack, with that text.
    Exhaustion(&'a str),
    /// It must fail by an uncaught exception.
    Exception,
    /// It must fail by an unhandled suspension with that text.
    Suspension(&'a str),
}

impl Wanted<'_> {
    /// What is required, in words.
    pub fn show(self) -> String {
        match self {
            Wanted::Nothing => "success".into(),
            Wanted::Malformed => "a malformed module".into(),
            Wanted::Invalid => "an invalid module".into(),
            Wanted::Unlinkable => "a link error".into(),
            Wanted::Trap(text) => format!("trap: {text}"),
            Wanted::Exhaustion(text) => format!("exhaustion: {text}"),
            Wanted::Exception => "an uncaught exception".into(),
            Wanted::Suspension(text) => format!("suspension: {text}"),
        }
    }

    /// What the adapter cannot tell, where a failure of which it did not tell everything may be what was
    /// asked for.
    fn weakly_satisfied_by(self, failure: &Failure, rules: &Rules) -> Option<&'static str> {
        match (self, failure) {
            (Wanted::Malformed | Wanted::Invalid, Failure::Rejected(_)) => {
                Some(Limit::MalformedFromInvalid.word())
            }
            (Wanted::Trap(text), Failure::TrapOf(kinds, _)) => {
                // Where the adapter tells nothing, it may be any trap, but no more than that.
                let kinds = if kinds.is_empty() { TrapKind::ALL } else { kinds };
                let may_be =
                    kinds.iter().any(|kind| messages::satisfies_by(&rules.messages, *kind, text));
                may_be.then_some(Limit::TrapKinds.word())
            }
            _ => None,
        }
    }

    /// Whether this failure, and no other class of failure, is what was asked for, unless the rules of the
    /// script's dialect take two classes for one.
    fn satisfied_by(self, failure: &Failure, rules: &Rules) -> bool {
        let Rules { messages, refusals_are_alike, traps_are_link_errors, .. } = rules;
        match (self, failure) {
            (
                Wanted::Malformed | Wanted::Invalid,
                Failure::Malformed(_) | Failure::Invalid(_) | Failure::Rejected(_),
            ) if *refusals_are_alike => true,
            (Wanted::Unlinkable, Failure::Trap(_) | Failure::TrapOf(..))
                if *traps_are_link_errors =>
            {
                true
            }
            (Wanted::Trap(text), Failure::Exhaustion(_)) => {
                messages::means(text, messages::EXHAUSTION, messages)
            }
            (Wanted::Trap(text), Failure::Exception(_)) => {
                messages::means(text, messages::EXCEPTION, messages)
            }
            (Wanted::Malformed, Failure::Malformed(_))
            | (Wanted::Invalid, Failure::Invalid(_))
            | (Wanted::Unlinkable, Failure::Link(_))
            | (Wanted::Exception, Failure::Exception(_)) => true,
            (Wanted::Trap(text), Failure::Trap(kind)) => {
                messages::satisfies_by(messages, *kind, text)
            }
            (Wanted::Trap(_), Failure::TrapOf(..)) => messages.compare == Compare::No,
            (Wanted::Exhaustion(text), Failure::Exhaustion(_)) => {
                messages::says(messages::EXHAUSTION, text, messages)
            }
            (Wanted::Suspension(text), Failure::Suspension(got)) => {
                messages::says(got, text, messages)
            }
            _ => false,
        }
    }
}

/// The verdict of a directive that asks for `wanted` and got `failure`, by the rules of the specification's
/// own test suite.
pub fn judge(wanted: Wanted<'_>, failure: &Failure) -> Verdict {
    judge_by(&Rules::default(), wanted, failure)
}

/// The verdict of a directive that asks for `wanted` and got `failure`, by the rules of the script's dialect.
pub fn judge_by(rules: &Rules, wanted: Wanted<'_>, failure: &Failure) -> Verdict {
    if wanted.satisfied_by(failure, rules) {
        return Verdict::pass().comparing(wanted.show(), failure.to_string());
    }
    if let Some(limit) = wanted.weakly_satisfied_by(failure, rules) {
        return Verdict::pass().comparing(wanted.show(), failure.to_string()).weakened(Some(limit));
    }
    let class = match failure {
        Failure::Unsupported(feature) => {
            let message = match feature.strip_prefix("limit:") {
                Some(limit) => format!("the module exceeds a limit of the engine: {limit}"),
                None => format!("the engine does not support {feature}"),
            };
            return Verdict::of(Outcome::Unsupported { feature: feature.clone() }).saying(message);
        }
        Failure::CannotTell(limit) => {
            let feature = format!("cannot-tell:{limit}");
            let message = format!("the adapter of the engine cannot tell: {limit}");
            return Verdict::of(Outcome::Unsupported { feature }).saying(message);
        }
        Failure::Timeout => return Verdict::of(Outcome::Timeout).saying("the time limit ran out"),
        Failure::Crash(what) => return Verdict::of(Outcome::Crash).saying(what.clone()),
        Failure::NotFound(what) => return Verdict::error(what.clone()),
        Failure::Resource(what) => {
            return Verdict { class: Some(FailureClass::Resource), ..Verdict::error(what.clone()) };
        }
        Failure::Malformed(_) => FailureClass::Malformed,
        Failure::Invalid(_) => FailureClass::Invalid,
        Failure::Link(_) => FailureClass::Link,
        Failure::Rejected(_) => FailureClass::Invalid,
        Failure::Trap(_) | Failure::TrapOf(..) => FailureClass::Trap,
        Failure::Exhaustion(_) => FailureClass::Exhaustion,
        Failure::Exception(_) => FailureClass::Exception,
        Failure::Suspension(_) => FailureClass::Suspension,
        Failure::Other(_) => FailureClass::Other,
    };
    let (expected, actual) = (wanted.show(), failure.to_string());
    Verdict::fail(class, format!("expected {expected}, got {actual}")).comparing(expected, actual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_class_never_satisfies_another() {
        let text = String::new;
        let wanted = [
            Wanted::Malformed,
            Wanted::Invalid,
            Wanted::Unlinkable,
            Wanted::Trap("unreachable"),
            Wanted::Exhaustion(messages::EXHAUSTION),
            Wanted::Exception,
            Wanted::Suspension(""),
            Wanted::Nothing,
        ];
        let failures = [
            Failure::Malformed(text()),
            Failure::Invalid(text()),
            Failure::Link(text()),
            Failure::Trap(TrapKind::Unreachable),
            Failure::Exhaustion(text()),
            Failure::Exception(text()),
            Failure::Suspension(text()),
        ];
        let others = [
            Failure::Trap(TrapKind::Other),
            Failure::Unsupported("gc".into()),
            Failure::NotFound(text()),
            Failure::Timeout,
            Failure::Crash(text()),
            Failure::Resource(text()),
            Failure::Other(text()),
            Failure::CannotTell("vectors".into()),
            Failure::TrapOf(vec![TrapKind::CastFailure, TrapKind::IntegerOverflow], text()),
        ];
        for (i, wanted) in wanted.iter().enumerate() {
            for (j, failure) in failures.iter().enumerate() {
                assert_eq!(
                    judge(*wanted, failure).outcome == Outcome::Pass,
                    i == j,
                    "{wanted:?} {failure:?}"
                );
            }
            for failure in &others {
                assert_ne!(
                    judge(*wanted, failure).outcome,
                    Outcome::Pass,
                    "{wanted:?} {failure:?}"
                );
            }
        }
        // What an adapter cannot tell apart may satisfy either, and says so.
        let rejected = Failure::Rejected(text());
        let trapped = |kinds: &[TrapKind]| Failure::TrapOf(kinds.to_vec(), "illegal access".into());
        for wanted in wanted {
            let verdict = judge(wanted, &rejected);
            let either = matches!(wanted, Wanted::Malformed | Wanted::Invalid);
            assert_eq!(verdict.outcome == Outcome::Pass, either, "{wanted:?}");
            assert_eq!(verdict.weakened, either.then_some("malformed-from-invalid"));
            let right = trapped(&[TrapKind::CastFailure, TrapKind::Unreachable]);
            for trap in [trapped(&[]), right] {
                let verdict = judge(wanted, &trap);
                let trap = matches!(wanted, Wanted::Trap(_));
                assert_eq!(verdict.outcome == Outcome::Pass, trap, "{wanted:?}");
                assert_eq!(verdict.weakened, trap.then_some("trap-kinds"));
            }
        }
        // What no trap is called is not satisfied by a trap of which nothing is told.
        let verdict = judge(Wanted::Trap(messages::EXHAUSTION), &trapped(&[]));
        assert_eq!(verdict.outcome, Outcome::Fail);
    }
}
