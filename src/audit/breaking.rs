//! Breaks the expectations of a script.
//!
//! In: a script, and which of its tests pass. Out: the same script, in which each of these tests expects
//! something else. What the script does is the same: an action is executed once with the same arguments, a
//! module is the same, and nothing else is bound. So an engine gives what it gave before, right or wrong. A
//! module that expects only that it can be made is left as it is, and before it stands an assertion that it is
//! bad. Nothing here knows of engines or verdicts.

use crate::engine::TrapKind;
use crate::run::messages;
use crate::run::unit::{Test, Unit};
use std::sync::Arc;
use touchstone_adapter::Limit;
use touchstone_script::{
    Action, Command, Directive, FloatPattern, Instantiation, ModuleIndex, Pattern, Script,
};

/// How many ways there are to break one directive, at most.
pub const ROUNDS: usize = 4;

macro_rules! ways {
    ($( $way:ident = $about:literal, )*) => {
        /// What a broken test expects instead.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum Way { $( $way, )* }

        impl Way {
            /// Every way, in the order of reports.
            pub const ALL: &'static [Way] = &[ $( Way::$way, )* ];

            /// What is expected instead, in words.
            pub fn about(self) -> &'static str {
                match self { $( Way::$way => $about, )* }
            }
        }
    };
}

ways! {
    Value = "another value",
    Type = "a value of another type",
    Count = "one value more",
    Success = "success",
    Trap = "a trap",
    OtherTrap = "another trap",
    Exhaustion = "an exhausted stack",
    Exception = "an exception",
    Unlinkable = "a link error",
    Bad = "that a good module is bad",
    OtherBad = "malformed, not invalid, or the reverse",
}

impl Way {
    /// The limits of an adapter that hide the difference.
    pub fn hidden_by(self) -> &'static [Limit] {
        match self {
            Way::Value => &[Limit::NanBits, Limit::FunctionIndices, Limit::ReferenceKinds],
            Way::Type => &[Limit::ReferenceKinds],
            Way::OtherTrap => &[Limit::TrapKinds],
            Way::OtherBad => &[Limit::MalformedFromInvalid],
            _ => &[],
        }
    }
}

/// A script whose expectations are broken.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// The script.
    pub unit: Unit,
    /// What is broken in it.
    pub broken: Vec<Broken>,
}

/// A test that was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Its position in the broken script.
    pub position: usize,
    /// The position of the test that it was made of.
    pub origin: usize,
    /// How it was broken.
    pub way: Way,
}

impl Mutant {
    /// The script in which every test that is `passing` is broken, in the way that comes at this `round`. None
    /// where there is nothing to break.
    pub fn of(unit: &Unit, passing: &[bool], round: usize) -> Option<Mutant> {
        let mut work =
            Work { unit, passing, round, origin: 0, tests: Vec::new(), broken: Vec::new() };
        let directives = work.directives(&unit.script.directives);
        let Work { mut tests, broken, .. } = work;
        tests.extend(unit.tests.last().cloned());
        let script = Arc::new(Script { directives, modules: unit.script.modules.clone() });
        let unit = Unit { script, tests: tests.into(), ..unit.clone() };
        (!broken.is_empty()).then_some(Mutant { unit, broken })
    }
}

struct Work<'a> {
    unit: &'a Unit,
    passing: &'a [bool],
    round: usize,
    /// The position of the next test of the script that is broken.
    origin: usize,
    tests: Vec<Test>,
    broken: Vec<Broken>,
}

impl Work<'_> {
    fn directives(&mut self, directives: &[Directive]) -> Vec<Directive> {
        let mut all = Vec::with_capacity(directives.len());
        for directive in directives {
            let origin = self.origin;
            self.origin += 1;
            let mut directive = directive.clone();
            let mut ways = ways_to_break(&directive.command);
            if self.passing[origin] && self.round < ways.len() {
                let (way, command) = ways.swap_remove(self.round);
                self.broken.push(Broken { position: self.tests.len(), origin, way });
                if makes_a_module(&directive.command) {
                    self.tests.push(self.unit.tests[origin].clone());
                    all.push(Directive { command, ..directive.clone() });
                } else {
                    directive.command = command;
                }
            }
            self.tests.push(self.unit.tests[origin].clone());
            if let Command::Thread { directives, .. } = &mut directive.command {
                *directives = self.directives(directives);
            }
            all.push(directive);
        }
        all
    }
}

fn makes_a_module(command: &Command) -> bool {
    matches!(command, Command::Module { .. } | Command::ModuleDefinition { .. })
}

/// The ways to break a directive, of which none must be satisfied where the directive is.
fn ways_to_break(command: &Command) -> Vec<(Way, Command)> {
    let text = String::new;
    // An empty text stands for every trap that the specification names.
    let trap = |action: &Action| {
        (Way::Trap, Command::AssertTrap { action: action.clone(), message: text() })
    };
    let success = |action: &Action| {
        (Way::Success, Command::AssertReturn { action: action.clone(), results: Vec::new() })
    };
    let exhaustion = |action: &Action| {
        (Way::Exhaustion, Command::AssertExhaustion { action: action.clone(), message: text() })
    };
    let exception =
        |action: &Action| (Way::Exception, Command::AssertException { action: action.clone() });
    let unlinkable = |instance: &Instantiation| {
        let instance = instance.clone();
        (Way::Unlinkable, Command::AssertUnlinkable { instance, message: text() })
    };
    // What a module that is rejected never comes to.
    let rejected = |other: Command, module: &ModuleIndex| {
        let instance = Instantiation::Module(*module);
        let action = Action::Instantiate(instance.clone());
        vec![(Way::OtherBad, other), success(&action), trap(&action), unlinkable(&instance)]
    };
    let invalid = |module| Command::AssertInvalid { module, message: text() };
    let malformed = |module| Command::AssertMalformed { module, message: text() };
    match command {
        Command::Module { module, .. } | Command::ModuleDefinition { module, .. } => {
            vec![(Way::Bad, invalid(*module)), (Way::Bad, malformed(*module))]
        }
        Command::Invoke(invoke) => {
            let action = Action::Invoke(invoke.clone());
            vec![trap(&action), exhaustion(&action), exception(&action)]
        }
        Command::Get(get) => vec![trap(&Action::Get(get.clone()))],
        Command::AssertReturn { action, results } => {
            let with = |way, change: fn(&mut Vec<Pattern>)| {
                let (action, mut results) = (action.clone(), results.clone());
                change(&mut results);
                (way, Command::AssertReturn { action, results })
            };
            let count = with(Way::Count, |results| results.push(Pattern::I32(0)));
            match results.is_empty() {
                true => vec![count, trap(action), exhaustion(action), exception(action)],
                false => vec![
                    with(Way::Value, |results| replace_last(results, other_value)),
                    with(Way::Type, |results| replace_last(results, other_type)),
                    count,
                    trap(action),
                ],
            }
        }
        Command::AssertTrap { action, message } => {
            let message = other_trap(message).to_owned();
            let other = (Way::OtherTrap, Command::AssertTrap { action: action.clone(), message });
            let fourth = match action {
                Action::Instantiate(instance) => unlinkable(instance),
                _ => exception(action),
            };
            vec![other, success(action), exhaustion(action), fourth]
        }
        Command::AssertExhaustion { action, .. } => {
            vec![trap(action), success(action), exception(action)]
        }
        Command::AssertException { action } => {
            vec![trap(action), success(action), exhaustion(action)]
        }
        Command::AssertSuspension { action, .. } => {
            vec![trap(action), success(action), exhaustion(action), exception(action)]
        }
        Command::AssertInvalid { module, .. } => rejected(malformed(*module), module),
        Command::AssertMalformed { module, .. } => rejected(invalid(*module), module),
        Command::AssertInvalidCustom { module, .. } => {
            let module = *module;
            vec![(Way::OtherBad, Command::AssertMalformedCustom { module, message: text() })]
        }
        Command::AssertMalformedCustom { module, .. } => {
            let module = *module;
            vec![(Way::OtherBad, Command::AssertInvalidCustom { module, message: text() })]
        }
        Command::AssertUnlinkable { instance, .. } => {
            let action = Action::Instantiate(instance.clone());
            let mut ways = vec![success(&action), trap(&action), exhaustion(&action)];
            // A module that does not link is a good one.
            if let Instantiation::Module(module) = instance {
                ways.push((Way::Bad, invalid(*module)));
            }
            ways
        }
        Command::ModuleInstance { .. }
        | Command::Register { .. }
        | Command::Thread { .. }
        | Command::Wait { .. }
        | Command::ScriptError { .. } => Vec::new(),
    }
}

fn replace_last(results: &mut [Pattern], by: fn(&Pattern) -> Pattern) {
    if let Some(last) = results.last_mut() {
        *last = by(last);
    }
}

/// The text of a trap that does not satisfy an assertion which expects `message`.
fn other_trap(message: &str) -> &'static str {
    let kinds = [TrapKind::IntegerDivideByZero, TrapKind::Unreachable];
    let other = kinds.into_iter().find(|kind| !messages::satisfies(*kind, message));
    // Where every trap is meant, nothing but the text of no trap is left.
    other.map_or(messages::EXHAUSTION, TrapKind::text)
}

/// A pattern that no value matches which matches this one.
fn other_value(pattern: &Pattern) -> Pattern {
    match pattern {
        Pattern::I32(bits) => Pattern::I32(bits ^ 1),
        Pattern::I64(bits) => Pattern::I64(bits ^ (1 << 63)),
        Pattern::F32(FloatPattern::Bits(bits)) => Pattern::F32(FloatPattern::Bits(bits ^ 1)),
        Pattern::F64(FloatPattern::Bits(bits)) => Pattern::F64(FloatPattern::Bits(bits ^ 1)),
        // These bits are not those of a NaN.
        Pattern::F32(_) => Pattern::F32(FloatPattern::Bits(0x7f80_0000)),
        Pattern::F64(_) => Pattern::F64(FloatPattern::Bits(0x7ff0_0000_0000_0000)),
        Pattern::RefFunc(Some(index)) => Pattern::RefFunc(Some(index ^ 1)),
        Pattern::RefExtern(Some(number)) => Pattern::RefExtern(Some(number ^ 1)),
        Pattern::RefHost(number) => Pattern::RefHost(number ^ 1),
        Pattern::RefNull(_) => Pattern::RefAny,
        Pattern::V128(bytes) => Pattern::V128(bytes.map(|byte| !byte)),
        Pattern::Either(arms) => Pattern::Either(vec![no_arm(arms)]),
        _ => Pattern::RefNull(None),
    }
}

/// A pattern that is not satisfied by what satisfies one of these.
fn no_arm(arms: &[Pattern]) -> Pattern {
    let is_null = |arm: &Pattern| matches!(arm, Pattern::RefNull(_));
    if arms.iter().any(is_null) { Pattern::I32(0) } else { Pattern::RefNull(None) }
}

/// A pattern of another type, with the same bits where that is possible.
fn other_type(pattern: &Pattern) -> Pattern {
    match pattern {
        Pattern::I32(bits) => Pattern::I64(u64::from(*bits)),
        Pattern::I64(bits) => Pattern::F64(FloatPattern::Bits(*bits)),
        Pattern::F32(FloatPattern::Bits(bits)) => Pattern::I32(*bits),
        Pattern::F64(FloatPattern::Bits(bits)) => Pattern::I64(*bits),
        Pattern::F32(FloatPattern::CanonicalNan) => Pattern::F64(FloatPattern::CanonicalNan),
        Pattern::F32(FloatPattern::ArithmeticNan) => Pattern::F64(FloatPattern::ArithmeticNan),
        Pattern::F64(FloatPattern::CanonicalNan) => Pattern::F32(FloatPattern::CanonicalNan),
        Pattern::F64(FloatPattern::ArithmeticNan) => Pattern::F32(FloatPattern::ArithmeticNan),
        Pattern::CanonicalNan | Pattern::ArithmeticNan => Pattern::I32(0x7fc0_0000),
        Pattern::V128(bytes) => {
            Pattern::I64(bytes[..8].iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)))
        }
        Pattern::F32x4([lane, ..]) => Pattern::F32(*lane),
        Pattern::F64x2([lane, ..]) => Pattern::F64(*lane),
        Pattern::RefNull(_) => Pattern::I32(0),
        Pattern::RefExtern(number) => Pattern::RefHost(number.unwrap_or(0)),
        Pattern::RefHost(number) => Pattern::RefExtern(Some(*number)),
        Pattern::RefFunc(index) => Pattern::RefExtern(*index),
        Pattern::RefAny | Pattern::RefEq => Pattern::RefFunc(None),
        // The kinds of objects, which not every adapter tells apart.
        Pattern::RefStruct => Pattern::RefArray,
        Pattern::RefArray => Pattern::RefI31,
        Pattern::RefI31 | Pattern::RefI31Shared => Pattern::RefStruct,
        Pattern::Either(arms) => Pattern::Either(arms.iter().map(other_type).collect()),
    }
}
