//! Breaks the expectation of every assertion of the embedded suites that the engine satisfies: each must be
//! red then.

use std::sync::Arc;
use std::time::Duration;
use touchstone::engine::Engine;
use touchstone::engine::remote::{Limits, RemoteEngine};
use touchstone::engine::touchstone::default_engine;
use touchstone::index::{self, IndexedFile};
use touchstone::outcome::{Outcome, Verdict};
use touchstone::run::file;
use touchstone::run::unit::{Test, Unit};
use touchstone::select;
use touchstone_script::{
    Action, Command, FloatPattern, Instantiation, ModuleIndex, ModuleSource, Pattern, Script,
};

/// Modules that do not satisfy assertions about bad modules.
struct Good {
    empty: ModuleIndex,
    trapping: ModuleIndex,
}

#[test]
fn every_broken_assertion_of_the_suites_is_red() {
    let broken = break_assertions(&*default_engine(), |_| true);
    assert!(broken > 50_000, "only {broken} assertions were broken");
}

/// An adapter cannot turn a directive green: what it passes on, the harness judges.
#[test]
fn every_broken_assertion_is_red_through_an_adapter() {
    let command = vec![env!("CARGO_BIN_EXE_touchstone").to_owned(), "serve".to_owned()];
    let limits = Limits { time: Some(Duration::from_secs(60)), memory: None };
    let engine = RemoteEngine::connect(command, limits).expect("our own adapter greets");
    let broken = break_assertions(&engine, |suite| suite == "wasm-2.0" || suite == "gc");
    assert!(broken > 15_000, "only {broken} assertions were broken");
}

/// What an adapter cannot tell is not green either, unless it was compared weakly before.
#[test]
fn every_broken_assertion_is_red_through_an_adapter_with_limits() {
    if std::process::Command::new("node").arg("--version").output().is_err() {
        eprintln!("node is not installed: assertions are NOT broken through its adapter");
        return;
    }
    for adapter in ["smallest.js", "adapter.js"] {
        let path = format!("{}/adapters/javascript/{adapter}", env!("CARGO_MANIFEST_DIR"));
        let limits = Limits { time: Some(Duration::from_secs(60)), memory: None };
        let command = vec!["node".to_owned(), path];
        let engine = RemoteEngine::connect(command, limits).expect("the adapter greets");
        let broken = break_assertions(&engine, |suite| suite == "wasm-1.0");
        assert!(broken > 10_000, "only {broken} assertions were broken");
    }
}

/// Breaks the assertions of some suites that an engine satisfies; gives their number.
fn break_assertions(engine: &dyn Engine, suites: impl Fn(&str) -> bool) -> usize {
    let (mut broken, mut wrong) = (0, Vec::new());
    for file in index::embedded().files() {
        if !suites(&file.suite().name) {
            continue;
        }
        let unit = select::unit(file);
        let before = verdicts(engine, &unit);
        let (script, mutated) = mutate(&unit.script);
        let after = verdicts(engine, &Unit { script: Arc::new(script), ..unit });
        for position in mutated {
            let before = &before[position];
            let judged = before.outcome == Outcome::Pass && before.weakened.is_none();
            broken += usize::from(judged);
            let told = !cannot_tell(&after[position]);
            if judged && told && !after[position].outcome.is_red() {
                wrong.push(format!("{}: {:?}", name(file, position), after[position]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} are not red:\n{}", wrong.len(), wrong.join("\n"));
    broken
}

fn cannot_tell(verdict: &Verdict) -> bool {
    matches!(&verdict.outcome, Outcome::Unsupported { feature } if feature.starts_with("cannot-tell:"))
}

fn verdicts(engine: &dyn Engine, unit: &Unit) -> Vec<Verdict> {
    let unit = Unit { tests: without_exceptions(unit), ..unit.clone() };
    let mut found = vec![Verdict::error("none"); unit.tests.len()];
    file::run(engine, &unit, unit.tests.len(), &mut |position, verdict| found[position] = verdict);
    found
}

fn without_exceptions(unit: &Unit) -> Arc<[Test]> {
    unit.tests.iter().map(|test| Test { exceptions: Vec::new(), ..test.clone() }).collect()
}

fn name(file: &IndexedFile, position: usize) -> String {
    file.tests().into_iter().nth(position).map_or_else(|| file.name(), |test| test.id)
}

/// The script with every assertion broken, and the positions of the broken assertions.
fn mutate(script: &Script) -> (Script, Vec<usize>) {
    let mut script = script.clone();
    let good = Good {
        empty: add(&mut script, "(module)"),
        trapping: add(&mut script, "(module (func unreachable) (start 0))"),
    };
    let mutated = (0..script.directives.len())
        .filter(|position| break_expectation(&mut script.directives[*position].command, &good));
    let mutated: Vec<usize> = mutated.collect();
    // The positions of directives are those of tests only if no thread has tests inside.
    let plain = script.directives.iter().all(|directive| directive.command.nested().is_empty());
    (script, if plain { mutated } else { Vec::new() })
}

fn add(script: &mut Script, text: &str) -> ModuleIndex {
    let wasm = touchstone_script::parse_quote(text.as_bytes()).expect("it is written above");
    script.modules.push(ModuleSource::Binary(wasm));
    ModuleIndex(script.modules.len() as u32 - 1)
}

/// Breaks the expectation of a directive. Says whether there was anything to break.
fn break_expectation(command: &mut Command, good: &Good) -> bool {
    match command {
        Command::AssertReturn { results, .. } => match results.last_mut() {
            Some(pattern) => *pattern = other(pattern),
            None => results.push(Pattern::I32(0)),
        },
        Command::AssertTrap { action: Action::Instantiate(instance), message } => {
            // A start function that traps does not satisfy an assertion about linking.
            let (instance, message) = (instance.clone(), std::mem::take(message));
            *command = Command::AssertUnlinkable { instance, message };
        }
        Command::AssertTrap { message, .. } => *message = "call stack exhausted".into(),
        Command::AssertExhaustion { action, message } => {
            let (action, message) = (action.clone(), std::mem::take(message));
            *command = Command::AssertTrap { action, message };
        }
        Command::AssertException { action } => {
            *command = Command::AssertTrap { action: action.clone(), message: "".into() };
        }
        Command::AssertInvalid { module, .. } | Command::AssertMalformed { module, .. } => {
            *module = good.empty;
        }
        Command::AssertUnlinkable { instance, .. } => {
            *instance = Instantiation::Module(good.trapping);
        }
        _ => return false,
    }
    true
}

/// A pattern that no value matches which matches this one.
fn other(pattern: &Pattern) -> Pattern {
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
        Pattern::RefNull(_) => Pattern::RefAny,
        Pattern::V128(bytes) => Pattern::V128(bytes.map(|byte| !byte)),
        _ => Pattern::RefNull(None),
    }
}
