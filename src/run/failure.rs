//! Turns an engine's failure into words and verdicts.
//!
//! In: a typed failure and the class of failure that a directive asks for, if any.
//! Out: a verdict. One class never satisfies another; that rule lives here and
//! nowhere else. Nothing here knows how the failure came about.

use super::messages;
use crate::engine::Failure;
use crate::outcome::{FailureClass, Outcome, Verdict};

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

    /// Whether this failure, and no other class of failure, is what was asked for.
    fn satisfied_by(self, failure: &Failure) -> bool {
        match (self, failure) {
            (Wanted::Malformed, Failure::Malformed(_))
            | (Wanted::Invalid, Failure::Invalid(_))
            | (Wanted::Unlinkable, Failure::Link(_))
            | (Wanted::Exception, Failure::Exception(_)) => true,
            (Wanted::Trap(text), Failure::Trap(kind)) => messages::satisfies(*kind, text),
            (Wanted::Exhaustion(text), Failure::Exhaustion(_)) => {
                messages::EXHAUSTION.starts_with(text)
            }
            (Wanted::Suspension(text), Failure::Suspension(got)) => got.starts_with(text),
            _ => false,
        }
    }
}

/// The verdict of a directive that asks for `wanted` and got `failure`.
pub fn judge(wanted: Wanted<'_>, failure: &Failure) -> Verdict {
    if wanted.satisfied_by(failure) {
        return Verdict::pass().comparing(wanted.show(), show(failure));
    }
    let class = match failure {
        Failure::Unsupported(feature) => {
            let message = match feature.strip_prefix("limit:") {
                Some(limit) => format!("the module exceeds a limit of the engine: {limit}"),
                None => format!("the engine does not support {feature}"),
            };
            return Verdict::of(Outcome::Unsupported { feature: feature.clone() }).saying(message);
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
        Failure::Trap(_) => FailureClass::Trap,
        Failure::Exhaustion(_) => FailureClass::Exhaustion,
        Failure::Exception(_) => FailureClass::Exception,
        Failure::Suspension(_) => FailureClass::Suspension,
        Failure::Other(_) => FailureClass::Other,
    };
    let (expected, actual) = (wanted.show(), show(failure));
    Verdict::fail(class, format!("expected {expected}, got {actual}")).comparing(expected, actual)
}

/// A failure in words.
pub fn show(failure: &Failure) -> String {
    match failure {
        Failure::Unsupported(feature) => format!("unsupported: {feature}"),
        Failure::Malformed(text) => format!("malformed: {text}"),
        Failure::Invalid(text) => format!("invalid: {text}"),
        Failure::Link(text) => format!("link error: {text}"),
        Failure::Trap(kind) => format!("trap: {}", messages::reference_text(*kind)),
        Failure::Exhaustion(text) => format!("exhaustion: {text}"),
        Failure::Exception(text) => format!("exception: {text}"),
        Failure::Suspension(text) => format!("suspension: {text}"),
        Failure::NotFound(text) => format!("not found: {text}"),
        Failure::Timeout => "timeout".into(),
        Failure::Crash(text) => format!("crash: {text}"),
        Failure::Resource(text) => format!("resource: {text}"),
        Failure::Other(text) => format!("error: {text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::TrapKind;

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
    }
}
