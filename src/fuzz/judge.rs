//! Compares what engines did.
//!
//! In: what came of each step, for each engine. Out: what most of them did, which is what is expected, and
//! the first step on which they differ more than the specification allows. The classes of differences are
//! those of [`compare`](crate::compare).
//!
//! What an engine does after it met a limit, or after it did something that could not be told, says nothing
//! about it any more: it may be in another state than the others.

use super::act::{Came, Step};
use crate::compare::{Class, Disagreement, disagreement};
use crate::engine::{Failure, TrapKind, Value};
use crate::outcome::{FailureClass, Outcome, Record, Verdict};
use crate::report::json::Line;
use crate::run::failure::{Wanted, judge as judge_failure};
use crate::run::patterns;
use crate::run::script::compare as compare_values;
use touchstone_script::{FeatureSet, FloatPattern, HeapType, Pattern};

/// What engines are to do at a step.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expected {
    Values(Vec<Value>),
    Trap(TrapKind),
    Exception,
    Unlinkable,
}

/// What was found out about a scene.
#[derive(Debug, Default)]
pub(super) struct Judged {
    /// What was expected of each step, as far as they were compared; none where nobody could say.
    pub(super) expected: Vec<Option<Expected>>,
    /// Steps on which engines differ as they may, and then the one on which they differ otherwise.
    pub(super) disagreements: Vec<Disagreement>,
    /// The step on which they differ otherwise.
    pub(super) found: Option<Found>,
    /// Whether an engine ran out of time.
    pub(super) was_late: bool,
}

/// A step on which engines differ more than the specification allows.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) step: usize,
    /// What is the same for what seems to be the same fault.
    pub(super) fingerprint: String,
}

/// Compares what came of the steps of the scene of that name; `came` has an entry for each engine.
pub(super) fn judge(name: &str, steps: &[Step], mut came: Vec<Vec<Option<Came>>>) -> Judged {
    let mut judged =
        Judged { was_late: came.iter().any(|came| is_late(came)), ..Judged::default() };
    for (position, step) in steps.iter().enumerate() {
        let answers: Vec<Option<Came>> =
            came.iter_mut().map(|came| came.get_mut(position).and_then(Option::take)).collect();
        if answers.iter().all(Option::is_none) {
            break;
        }
        let votes = Votes::of(answers.iter().flatten(), *step);
        let verdicts: Vec<Option<Verdict>> =
            answers.iter().map(|came| came.as_ref().map(|came| votes.verdict(came))).collect();
        judged.expected.push(votes.first().cloned());
        if verdicts.iter().flatten().all(|verdict| verdict.outcome == Outcome::Pass) {
            continue;
        }
        let kind = kind(*step, votes.first());
        let id = format!("{name}:{}:{kind}", position + 1);
        let lines: Vec<Option<Line>> = verdicts
            .iter()
            .map(|verdict| verdict.clone().map(|verdict| line(&id, kind, verdict)))
            .collect();
        let lines: Vec<Option<&Line>> = lines.iter().map(Option::as_ref).collect();
        for (came, verdict) in came.iter_mut().zip(&verdicts) {
            if verdict.as_ref().is_some_and(|verdict| verdict.outcome != Outcome::Pass) {
                came.clear();
            }
        }
        let Some(disagreement) = disagreement(&id, &lines) else {
            continue;
        };
        let class = disagreement.class;
        judged.disagreements.push(disagreement);
        if is_find(class) {
            let fingerprint = fingerprint(class, *step, &votes, &verdicts);
            judged.found = Some(Found { step: position, fingerprint });
            break;
        }
    }
    judged
}

/// Whether an engine ran out of time.
pub(super) fn is_late(came: &[Option<Came>]) -> bool {
    came.iter().flatten().any(|came| *came == Err(Failure::Timeout))
}

/// Whether a class is of differences that the specification does not allow.
pub(super) fn is_find(class: Class) -> bool {
    match class {
        Class::OneAlone | Class::Split | Class::WrongAlike | Class::AllButOne | Class::Suspect => {
            true
        }
        Class::Revoked | Class::Limit | Class::Allowed | Class::CannotTell => false,
    }
}

/// What engines did at a step, where all of it is known, and how often.
struct Votes {
    votes: Vec<(Expected, usize)>,
    /// Nobody ended but by running out of time.
    all_late: bool,
    /// Engines trapped at an atomic access because it is unaligned, and because it is out of bounds. It is both,
    /// and the specification does not say which is told.
    unaligned_beyond: bool,
}

impl Votes {
    fn of<'a>(answers: impl Iterator<Item = &'a Came> + Clone, step: Step) -> Votes {
        let mut votes: Vec<(Expected, usize)> = Vec::new();
        for vote in answers.clone().filter_map(vote) {
            match votes.iter_mut().find(|(other, _)| *other == vote) {
                Some((_, count)) => *count += 1,
                None => votes.push((vote, 1)),
            }
        }
        // All modules are valid.
        if votes.is_empty() && matches!(step, Step::Instantiate(_)) {
            votes.push((Expected::Values(Vec::new()), 0));
        }
        let unaligned_beyond = take_together(&mut votes);
        votes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let all_late = answers.clone().all(|came| *came == Err(Failure::Timeout));
        Votes { votes, all_late, unaligned_beyond }
    }

    /// What most engines did, or what is as frequent as anything else.
    fn first(&self) -> Option<&Expected> {
        self.votes.first().map(|(expected, _)| expected)
    }

    /// What more engines did than anything else.
    fn winner(&self) -> Option<&Expected> {
        match &self.votes[..] {
            [(_, first), (_, second), ..] if first == second => None,
            [(expected, _), ..] => Some(expected),
            [] => None,
        }
    }

    fn verdict(&self, came: &Came) -> Verdict {
        match came {
            // Where the stack ends is for an engine to decide.
            Err(Failure::Exhaustion(_)) => limited("call-stack"),
            Err(Failure::Timeout) if self.all_late => limited("time"),
            Err(Failure::Trap(TrapKind::UnalignedAtomic)) if self.unaligned_beyond => {
                self.verdict(&Err(Failure::Trap(TrapKind::MemoryOutOfBounds)))
            }
            came => match self.winner() {
                Some(expected) => against(expected, came),
                None => self.without_majority(came),
            },
        }
    }

    fn without_majority(&self, came: &Came) -> Verdict {
        let (class, actual) = match came {
            // Nobody knows better than the adapter that cannot tell all of it.
            Ok(_) | Err(Failure::TrapOf(..)) if self.votes.is_empty() => return Verdict::pass(),
            Ok(values) => (FailureClass::Value, patterns::show_values(values)),
            Err(failure) => {
                let verdict = judge_failure(Wanted::Nothing, failure);
                match (verdict.outcome == Outcome::Fail, verdict.class) {
                    (true, Some(class)) => (class, failure.to_string()),
                    _ => return verdict,
                }
            }
        };
        let message = format!("the engines differ, and none has a majority: {actual}");
        Verdict::fail(class, message).comparing("what a majority does", actual)
    }
}

/// Counts traps at an unaligned access as such at one that is out of bounds, where there are both. Tells whether
/// there are.
fn take_together(votes: &mut Vec<(Expected, usize)>) -> bool {
    let of = |kind: TrapKind| move |vote: &(Expected, usize)| matches!(&vote.0, Expected::Trap(found) if *found == kind);
    let unaligned = votes.iter().position(of(TrapKind::UnalignedAtomic));
    let (Some(unaligned), true) = (unaligned, votes.iter().any(of(TrapKind::MemoryOutOfBounds)))
    else {
        return false;
    };
    let (_, count) = votes.swap_remove(unaligned);
    let beyond = votes.iter_mut().find(|vote| of(TrapKind::MemoryOutOfBounds)(vote));
    beyond.expect("it is there").1 += count;
    true
}

fn limited(what: &str) -> Verdict {
    judge_failure(Wanted::Nothing, &Failure::Unsupported(format!("limit:{what}")))
}

/// What an engine says for what is expected; none where it does not tell all of it, or failed as nothing can
/// be expected to.
fn vote(came: &Came) -> Option<Expected> {
    match came {
        Ok(values) => {
            let values = values.iter().map(|value| match value {
                Value::Nan { .. } | Value::SomeFunc | Value::Opaque | Value::Exn => None,
                Value::Null(_) => Some(Value::Null(HeapType::Any)),
                value => Some(value.clone()),
            });
            values.collect::<Option<_>>().map(Expected::Values)
        }
        Err(Failure::Trap(TrapKind::Other)) => None,
        Err(Failure::Trap(kind)) => Some(Expected::Trap(*kind)),
        Err(Failure::Exception(_)) => Some(Expected::Exception),
        Err(Failure::Link(_)) => Some(Expected::Unlinkable),
        Err(_) => None,
    }
}

fn against(expected: &Expected, came: &Came) -> Verdict {
    let wanted = match expected {
        Expected::Values(_) => Wanted::Nothing,
        Expected::Trap(kind) => Wanted::Trap(kind.text()),
        Expected::Exception => Wanted::Exception,
        Expected::Unlinkable => Wanted::Unlinkable,
    };
    match (expected, came) {
        (_, Err(failure)) => judge_failure(wanted, failure),
        (Expected::Values(values), Ok(came)) => {
            let patterns: Vec<Pattern> = values.iter().map(pattern).collect();
            compare_values(came, &patterns, false)
        }
        (_, Ok(values)) => {
            let (expected, actual) =
                (wanted.show(), format!("returned {}", patterns::show_values(values)));
            Verdict::fail(FailureClass::Value, format!("expected {expected}, but it {actual}"))
                .comparing(expected, actual)
        }
    }
}

/// The pattern that a value matches, and no other.
pub(super) fn pattern(value: &Value) -> Pattern {
    match value {
        Value::I32(v) => Pattern::I32(*v),
        Value::I64(v) => Pattern::I64(*v),
        Value::F32(v) => Pattern::F32(FloatPattern::Bits(*v)),
        Value::F64(v) => Pattern::F64(FloatPattern::Bits(*v)),
        Value::Nan { .. } => Pattern::ArithmeticNan,
        Value::V128(v) => Pattern::V128(*v),
        Value::Null(_) => Pattern::RefNull(None),
        Value::Func { index } => Pattern::RefFunc(*index),
        Value::SomeFunc => Pattern::RefFunc(None),
        Value::Extern(n) => Pattern::RefExtern(*n),
        Value::Host(Some(n)) => Pattern::RefHost(*n),
        Value::I31 => Pattern::RefI31,
        Value::Struct => Pattern::RefStruct,
        Value::Array => Pattern::RefArray,
        Value::Host(None) | Value::Opaque | Value::Exn => Pattern::RefAny,
    }
}

fn fingerprint(class: Class, step: Step, votes: &Votes, verdicts: &[Option<Verdict>]) -> String {
    let step = match step {
        Step::Instantiate(part) => part.name(),
        Step::Act(_) => "action",
        Step::End => "end",
    };
    let expected = match votes.winner() {
        None => "nothing".to_owned(),
        Some(Expected::Values(_)) => "values".to_owned(),
        Some(Expected::Trap(kind)) => kind.text().to_owned(),
        Some(Expected::Exception) => "an exception".to_owned(),
        Some(Expected::Unlinkable) => "a link error".to_owned(),
    };
    let mut text = format!("{}, {step}, {expected}:", class.word());
    for verdict in verdicts {
        let Some(verdict) = verdict else {
            text += " -";
            continue;
        };
        text += " ";
        text += verdict.outcome.word();
        if verdict.outcome == Outcome::Fail {
            text += "/";
            text += verdict.class.map_or("", |class| class.name());
            // Traps of different kinds are different faults.
            if verdict.class == Some(FailureClass::Trap) {
                text += verdict.actual.as_deref().unwrap_or_default();
            }
        }
        if verdict.outcome == Outcome::Crash {
            // So are crashes, whose numbers and addresses however mean nothing.
            let said = verdict.message.as_deref().unwrap_or_default().lines().next();
            let words = said.unwrap_or_default().chars().filter(|c| !c.is_ascii_digit());
            text += &format!(" ({})", words.take(80).collect::<String>());
        }
    }
    text
}

/// The word for a directive that asks for what is expected.
fn kind(step: Step, expected: Option<&Expected>) -> &'static str {
    match (step, expected) {
        (Step::Instantiate(_), _) => "module",
        (Step::End, _) => "end",
        (Step::Act(_), Some(Expected::Trap(_))) => "assert_trap",
        (Step::Act(_), Some(Expected::Exception)) => "assert_exception",
        (Step::Act(_), Some(Expected::Values(_) | Expected::Unlinkable) | None) => "assert_return",
    }
}

fn line(id: &str, kind: &'static str, verdict: Verdict) -> Line {
    Line::of(&Record {
        id: id.into(),
        suite: "fuzz".into(),
        file: "".into(),
        line: 0,
        column: 0,
        kind,
        proposals: FeatureSet::EMPTY,
        hash: None,
        verdict,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(came: &[Came]) -> Judged {
        judge("seed-1", &[Step::Act(0)], came.iter().map(|came| vec![Some(came.clone())]).collect())
    }

    fn class(came: &[Came]) -> Option<Class> {
        judged(came).disagreements.first().map(|disagreement| disagreement.class)
    }

    fn values(value: Value) -> Came {
        Ok(vec![value])
    }

    fn trap(kind: TrapKind) -> Came {
        Err(Failure::Trap(kind))
    }

    /// An atomic access may be unaligned and out of bounds at once.
    #[test]
    fn which_of_two_reasons_is_told_is_open() {
        let (unaligned, beyond) =
            (trap(TrapKind::UnalignedAtomic), trap(TrapKind::MemoryOutOfBounds));
        assert_eq!(class(&[unaligned.clone(), beyond.clone()]), None);
        assert_eq!(class(&[beyond.clone(), unaligned.clone(), beyond.clone()]), None);
        let other = trap(TrapKind::Unreachable);
        let found = [beyond, unaligned.clone(), other.clone()];
        assert_eq!(class(&found), Some(Class::OneAlone));
        assert_eq!(class(&[unaligned.clone(), unaligned, other]), Some(Class::OneAlone));
    }

    #[test]
    fn the_majority_is_right() {
        let (one, two) = (values(Value::I32(1)), values(Value::I32(2)));
        assert_eq!(class(&[one.clone(), one.clone(), one.clone()]), None);
        assert_eq!(class(&[one.clone(), two.clone(), one.clone()]), Some(Class::OneAlone));
        // Of two engines, nobody knows which is right.
        assert_eq!(class(&[one.clone(), two.clone()]), Some(Class::Suspect));
        let found = judged(&[one.clone(), two.clone()]).found.expect("they differ");
        assert_eq!(found.step, 0);
        let three = values(Value::I32(3));
        assert_eq!(class(&[one.clone(), one.clone(), two.clone(), three]), Some(Class::Split));
        let alike = [one.clone(), one.clone(), one.clone(), two.clone(), two.clone()];
        assert_eq!(class(&alike), Some(Class::WrongAlike));
        let unreachable = trap(TrapKind::Unreachable);
        let other = trap(TrapKind::IntegerOverflow);
        assert_eq!(
            class(&[unreachable.clone(), other, unreachable.clone()]),
            Some(Class::OneAlone)
        );
        assert_eq!(class(&[one.clone(), unreachable, one]), Some(Class::OneAlone));
    }

    #[test]
    fn what_may_differ_is_no_find() {
        let one = values(Value::I32(1));
        let exhausted = Err(Failure::Exhaustion(String::new()));
        assert_eq!(class(&[one.clone(), exhausted.clone()]), Some(Class::Limit));
        assert_eq!(class(&[exhausted.clone(), exhausted]), Some(Class::Limit));
        let full = Err(Failure::Resource(String::new()));
        assert_eq!(class(&[one.clone(), one.clone(), full]), Some(Class::Limit));
        let untold = Err(Failure::CannotTell("vectors".into()));
        assert_eq!(class(&[one.clone(), untold]), Some(Class::CannotTell));
        assert_eq!(class(&[one.clone(), Err(Failure::Unsupported("gc".into()))]), None);
        // An adapter that does not tell everything agrees with who does.
        let nan = values(Value::F32(0x7fc0_0000));
        assert_eq!(class(&[nan, values(Value::Nan { wide: false })]), None);
        let some = Err(Failure::TrapOf(Vec::new(), String::new()));
        assert_eq!(class(&[trap(TrapKind::Unreachable), some.clone()]), None);
        assert_eq!(class(&[some.clone(), some]), None);
        let late: Came = Err(Failure::Timeout);
        assert_eq!(class(&[late.clone(), late.clone()]), Some(Class::Limit));
        assert_eq!(class(&[one.clone(), one, late]), Some(Class::OneAlone));
        let (null, other) = (Value::Null(HeapType::Func), Value::Null(HeapType::NoFunc));
        assert_eq!(class(&[values(null), values(other)]), None);
    }

    #[test]
    fn a_crash_is_a_find_and_a_valid_module_is_to_be_accepted() {
        let crash = Err(Failure::Crash("SIGSEGV".into()));
        assert_eq!(class(&[trap(TrapKind::Unreachable), crash.clone()]), Some(Class::OneAlone));
        assert_eq!(class(&[crash.clone(), crash]), Some(Class::Suspect));
        let rejected: Came = Err(Failure::Invalid("type mismatch".into()));
        let steps = [Step::Instantiate(touchstone_generate::scene::Part::Module)];
        let came = [rejected.clone(), rejected, Ok(Vec::new())].map(|came| vec![Some(came)]);
        let judged = judge("seed-1", &steps, came.to_vec());
        assert_eq!(judged.disagreements[0].class, Class::AllButOne);
        assert_eq!(judged.expected, [Some(Expected::Values(Vec::new()))]);
    }

    #[test]
    fn who_met_a_limit_is_not_asked_again() {
        let (one, two) = (values(Value::I32(1)), values(Value::I32(2)));
        let exhausted: Came = Err(Failure::Exhaustion(String::new()));
        let steps = [Step::Act(0), Step::Act(1)];
        let came = vec![
            vec![Some(one.clone()), Some(one.clone())],
            vec![Some(one.clone()), Some(one.clone())],
            vec![Some(exhausted), Some(two)],
        ];
        let judged = judge("seed-1", &steps, came);
        assert!(judged.found.is_none(), "{judged:?}");
        assert_eq!(judged.disagreements.len(), 1);
    }
}
