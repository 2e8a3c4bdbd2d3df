//! Turns what a runner of scripts said of a directive into a verdict.
//!
//! In: a directive and the runner's words. Out: a verdict. Nothing here knows how the words were come by.

use super::failure::{Wanted, judge, judge_by};
use super::messages;
use super::patterns;
use crate::engine::scripts::{Loss, ScriptRunner, Sort};
use crate::engine::{Failure, TrapKind};
use crate::index::dialect::Rules;
use crate::outcome::{FailureClass, Outcome, Verdict};
use touchstone_script::{Command, FloatPattern, Pattern};

/// What is unsupported where a runner cannot read a directive.
const CANNOT_PARSE: &str = "runner-cannot-parse";

/// What is known of a directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// It passed by a trap, of one of these texts.
    Trap(Vec<String>),
    /// The runner complained.
    Failed(String),
    /// The runner cannot read it.
    Refused(String),
    /// The runner ended with it.
    Lost(Loss),
    /// What the runner says does not fit together.
    Contradiction(String),
    /// It was not come to.
    Unjudged(String),
}

/// The verdict of a directive, by the rules of its dialect. If nothing was told of it, the runner passed it.
pub(super) fn verdict(
    command: &Command,
    told: Option<&Told>,
    runner: &dyn ScriptRunner,
    rules: &Rules,
) -> Verdict {
    match told {
        None => passed(command, None, runner, rules),
        Some(Told::Trap(trap)) => passed(command, Some(trap), runner, rules),
        Some(Told::Failed(words) | Told::Lost(Loss::Ended(words))) => failed(command, words),
        Some(Told::Refused(words)) => refused(command, words),
        Some(Told::Lost(Loss::Crashed(how))) => Verdict::of(Outcome::Crash).saying(how.clone()),
        Some(Told::Lost(Loss::TimedOut)) => Verdict::of(Outcome::Timeout)
            .saying("the time limit ran out while the runner was at this"),
        Some(Told::Contradiction(why)) => Verdict::of(Outcome::Crash)
            .saying(format!("the runner is at fault, so that nothing can be concluded: {why}")),
        Some(Told::Unjudged(why)) => Verdict::error(why.clone()),
    }
}

/// The verdict of a directive that the runner passed, as far as it can tell.
fn passed(
    command: &Command,
    trap: Option<&[String]>,
    runner: &dyn ScriptRunner,
    rules: &Rules,
) -> Verdict {
    if let (Command::AssertTrap { message, .. }, Some(trap)) = (command, trap) {
        return trapped(message, trap, runner.cannot_tell(command.kind()), rules);
    }
    if let Command::AssertReturn { results, .. } = command {
        let overlooked =
            |sort| runner.overlooks(sort) && results.iter().any(|one| is_of(one, sort));
        for sort in [Sort::Vector, Sort::Extern] {
            if overlooked(sort) {
                return judge(Wanted::Nothing, &Failure::CannotTell(sort.word().into()));
            }
        }
        return Verdict::pass().weakened(overlooked(Sort::Nan).then_some(Sort::Nan.word()));
    }
    Verdict::pass().weakened(runner.cannot_tell(command.kind()))
}

/// The verdict of a directive that met a trap of which the runner tells the text, or those that it may be. The
/// runner has accepted it, but need not have compared it.
fn trapped(
    expected: &str,
    texts: &[String],
    weakened: Option<&'static str>,
    rules: &Rules,
) -> Verdict {
    let wanted = Wanted::Trap(expected);
    let shown = texts.join(" or ");
    if let [text] = texts
        && text.starts_with(messages::EXHAUSTION)
    {
        return judge_by(rules, wanted, &Failure::Exhaustion(shown));
    }
    let kinds: Option<Vec<TrapKind>> = texts.iter().map(|text| kind_of(text)).collect();
    match kinds.as_deref() {
        Some([kind]) => judge_by(rules, wanted, &Failure::Trap(*kind)),
        Some(kinds) if !kinds.is_empty() => {
            judge_by(rules, wanted, &Failure::TrapOf(kinds.to_vec(), shown))
        }
        _ => Verdict::pass().comparing(wanted.show(), format!("trap: {shown}")).weakened(weakened),
    }
}

/// The trap whose text a runner's words begin with.
fn kind_of(text: &str) -> Option<TrapKind> {
    let kinds = TrapKind::ALL.iter().copied().filter(|kind| *kind != TrapKind::Other);
    let begin = kinds.filter(|kind| text.starts_with(kind.text()));
    TrapKind::of_text(text).or_else(|| begin.max_by_key(|kind| kind.text().len()))
}

/// Whether a pattern asks for a result of a sort.
fn is_of(pattern: &Pattern, sort: Sort) -> bool {
    match pattern {
        Pattern::V128(_) => sort == Sort::Vector,
        Pattern::F32x4(lanes) => {
            sort == Sort::Vector || sort == Sort::Nan && lanes.iter().any(is_nan)
        }
        Pattern::F64x2(lanes) => {
            sort == Sort::Vector || sort == Sort::Nan && lanes.iter().any(is_nan)
        }
        Pattern::F32(pattern) => sort == Sort::Nan && is_nan(pattern),
        Pattern::F64(pattern) => sort == Sort::Nan && is_nan(pattern),
        Pattern::CanonicalNan | Pattern::ArithmeticNan => sort == Sort::Nan,
        Pattern::RefExtern(_) | Pattern::RefHost(_) => sort == Sort::Extern,
        Pattern::Either(arms) => arms.iter().any(|arm| is_of(arm, sort)),
        _ => false,
    }
}

fn is_nan<B>(pattern: &FloatPattern<B>) -> bool {
    !matches!(pattern, FloatPattern::Bits(_))
}

/// The verdict of a directive that the runner complained about.
fn failed(command: &Command, words: &str) -> Verdict {
    let (class, expected) = match command {
        Command::AssertReturn { results, .. } => {
            (FailureClass::Value, patterns::show_patterns(results))
        }
        Command::AssertTrap { message, .. } => (FailureClass::Value, Wanted::Trap(message).show()),
        Command::AssertExhaustion { message, .. } => {
            (FailureClass::Value, Wanted::Exhaustion(message).show())
        }
        Command::AssertException { .. } => (FailureClass::Value, Wanted::Exception.show()),
        Command::AssertSuspension { message, .. } => {
            (FailureClass::Value, Wanted::Suspension(message).show())
        }
        Command::AssertInvalid { .. } | Command::AssertInvalidCustom { .. } => {
            (FailureClass::Accepted, Wanted::Invalid.show())
        }
        Command::AssertMalformed { .. } | Command::AssertMalformedCustom { .. } => {
            (FailureClass::Accepted, Wanted::Malformed.show())
        }
        Command::AssertUnlinkable { .. } => (FailureClass::Accepted, Wanted::Unlinkable.show()),
        _ => (FailureClass::Other, Wanted::Nothing.show()),
    };
    Verdict::fail(class, format!("the runner says: {words}")).comparing(expected, words)
}

/// The verdict of a directive that the runner cannot read. Where text is to be malformed, what is tested is the
/// reading.
fn refused(command: &Command, words: &str) -> Verdict {
    match command {
        Command::AssertMalformed { .. } => {
            let message = format!("the runner cannot read the script with this in it: {words}");
            Verdict::fail(FailureClass::Malformed, message)
                .comparing(Wanted::Malformed.show(), words)
        }
        _ => Verdict::of(Outcome::Unsupported { feature: CANNOT_PARSE.to_owned() })
            .saying(format!("the runner cannot read this: {words}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traps_that_are_told_are_compared() {
        let told = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let verdict = |expected, texts: &[&str]| {
            let verdict = trapped(expected, &told(texts), Some("trap-kinds"), &Rules::default());
            (verdict.outcome.word(), verdict.weakened)
        };
        let memory = "out of bounds memory access";
        assert_eq!(verdict(memory, &["out of bounds memory access: at 7"]), ("pass", None));
        assert_eq!(verdict(memory, &["unreachable executed"]), ("fail", None));
        assert_eq!(verdict("unreachable", &["unreachable"]), ("pass", None));
        assert_eq!(verdict("unreachable", &["call stack exhausted"]), ("fail", None));
        assert_eq!(verdict(memory, &["out of something"]), ("pass", Some("trap-kinds")));
        let tables = &["undefined element", "out of bounds table access"];
        assert_eq!(verdict("undefined element", tables), ("pass", Some("trap-kinds")));
        assert_eq!(verdict(memory, tables), ("fail", None));
    }
}
