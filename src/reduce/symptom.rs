//! What tells a failure from others.
//!
//! In: verdicts. Out: whether a script still fails as it did before it was made smaller.

use crate::fingerprint::fingerprint;
use crate::outcome::{FailureClass, Outcome, Verdict};

/// How a test failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Symptom {
    pub(super) outcome: &'static str,
    class: Option<FailureClass>,
    /// Its fingerprint.
    pub(super) fingerprint: String,
    /// The same, without values.
    shape: String,
}

/// What a smaller script has to keep of a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// The fingerprint, values included.
    Exact,
    /// The outcome, the class and the fingerprint, in which another value of the same type is as good.
    Same,
    /// That the test fails, crashes or does not end, in whichever way.
    Any,
}

impl Symptom {
    /// How a test failed, if it did.
    pub(super) fn of(verdict: &Verdict) -> Option<Symptom> {
        if !matches!(
            verdict.outcome,
            Outcome::Fail | Outcome::Crash | Outcome::Timeout | Outcome::Error
        ) {
            return None;
        }
        let class = verdict.class;
        let said = verdict.actual.as_ref().or(verdict.message.as_ref());
        let said = said.map_or("", String::as_str);
        let fingerprint = fingerprint(class.map(FailureClass::name), said);
        let shape = match class {
            Some(FailureClass::Value) => without_values(&fingerprint),
            _ => fingerprint.clone(),
        };
        Some(Symptom { outcome: verdict.outcome.word(), class, fingerprint, shape })
    }

    /// Whether another failure is as good as this one.
    pub(super) fn is_like(&self, other: &Symptom, likeness: Likeness) -> bool {
        let alike = self.outcome == other.outcome && self.class == other.class;
        match likeness {
            Likeness::Exact => alike && self.fingerprint == other.fingerprint,
            Likeness::Same => alike && self.shape == other.shape,
            // A script that is wrong says nothing of an engine.
            Likeness::Any => (self.outcome == "error") == (other.outcome == "error"),
        }
    }

    /// Whether the harness's own parser decided, or a script that is wrong.
    pub(super) fn is_error(&self) -> bool {
        self.outcome == "error"
    }

    pub(super) fn is_timeout(&self) -> bool {
        self.outcome == "timeout"
    }

    /// In a word: the class of a failure, or how else it ended.
    pub(super) fn words(&self) -> String {
        match self.class.filter(|_| self.outcome == "fail") {
            Some(class) => class.name().into(),
            None => self.outcome.into(),
        }
    }
}

/// The types of values: `i32:7 (0x00000007)` becomes `i32`.
fn without_values(fingerprint: &str) -> String {
    let mut depth = 0_usize;
    let outside = fingerprint.chars().filter(|c| match c {
        '(' => {
            depth += 1;
            false
        }
        ')' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    });
    let outside: String = outside.collect();
    let words = outside.split_whitespace().map(|word| word.split(':').next().unwrap_or_default());
    let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    words.filter(|word| !is_number(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(actual: &str) -> Symptom {
        let verdict = Verdict::fail(FailureClass::Value, "").comparing("", actual);
        Symptom::of(&verdict).expect("it failed")
    }

    #[test]
    fn another_value_of_the_same_type_is_the_same_failure() {
        let (seven, eight) = (value("i32:7 (0x00000007)"), value("i32:-8 (0xfffffff8)"));
        assert!(seven.is_like(&eight, Likeness::Same));
        assert!(!seven.is_like(&eight, Likeness::Exact));
        assert!(!seven.is_like(&value("i64:7 (0x0000000000000007)"), Likeness::Same));
        assert!(!seven.is_like(&value("returned i32:7 (0x00000007)"), Likeness::Same));
        assert!(value("ref.extern 1").is_like(&value("ref.extern 2"), Likeness::Same));
        assert!(!value("ref.extern 1").is_like(&value("ref.null extern"), Likeness::Same));
    }

    #[test]
    fn another_trap_is_another_failure() {
        let trap = |text: &str| Symptom::of(&Verdict::fail(FailureClass::Trap, text)).expect("red");
        let (a, b) = (trap("trap: unreachable executed"), trap("trap: integer overflow"));
        assert!(a.is_like(&a, Likeness::Same) && !a.is_like(&b, Likeness::Same));
        assert!(a.is_like(&b, Likeness::Any));
        assert_eq!(Symptom::of(&Verdict::pass()), None);
    }
}
