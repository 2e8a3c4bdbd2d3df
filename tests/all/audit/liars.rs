//! Adapters that lie: whatever they answer, it turns only those tests green which ask for just that.

use super::cases::{FAKE, REAL};
use super::common::{connect, lowered, verdicts, words};
use super::fake::all_features;
use crate::remote::{example, folder, touchstone};
use std::collections::BTreeSet;
use touchstone::audit::{Findings, Way, audit};
use touchstone::engine::remote::RemoteEngine;
use touchstone::index::{self, IndexedFile};
use touchstone::outcome::Outcome;
use touchstone_adapter::Class;
use touchstone_script::{Action, Command};

fn liar(words: &[&str]) -> RemoteEngine {
    let program = example("liar").display().to_string();
    connect(&[&[program.as_str()], words].concat())
}

const STAGES: [&str; 3] = ["compile", "instantiate", "invoke"];

/// Whether a command asks for nothing else than that requests from `stage` on fail by `class`.
fn asks_for(command: &Command, class: Class, stage: &str) -> bool {
    let of_action = |action: &Action| match action {
        Action::Instantiate(_) => stage == "instantiate",
        Action::Invoke(_) => stage == "invoke",
        // To read a global runs nothing.
        Action::Get(_) => false,
    };
    match command {
        Command::Module { .. } | Command::ModuleInstance { .. } | Command::Register { .. } => {
            stage == "invoke"
        }
        Command::ModuleDefinition { .. } => stage != "compile",
        Command::AssertMalformed { .. } | Command::AssertMalformedCustom { .. } => {
            stage == "compile" && matches!(class, Class::Malformed | Class::Rejected)
        }
        Command::AssertInvalid { .. } | Command::AssertInvalidCustom { .. } => {
            stage == "compile" && matches!(class, Class::Invalid | Class::Rejected)
        }
        Command::AssertUnlinkable { .. } => stage == "instantiate" && class == Class::Unlinkable,
        Command::AssertTrap { action, .. } => class == Class::Trap && of_action(action),
        Command::AssertExhaustion { action, .. } => class == Class::Exhaustion && of_action(action),
        Command::AssertException { action } => class == Class::Exception && of_action(action),
        Command::AssertSuspension { action, .. } => class == Class::Suspension && of_action(action),
        _ => false,
    }
}

/// All cases of the audit, as they should be and broken.
fn scripts() -> Vec<String> {
    let all = |case: &super::cases::Case| {
        let directives = [case.green].into_iter().chain(case.red.iter().copied());
        let script = |directive: &str| format!("{}\n{directive}", case.before);
        directives.map(script).collect::<Vec<_>>()
    };
    REAL.iter().chain(FAKE).flat_map(all).collect()
}

#[test]
fn a_failure_turns_only_those_tests_green_that_ask_for_it() {
    let scripts = scripts();
    for class in Class::ALL {
        let mut green = BTreeSet::new();
        for stage in STAGES {
            for tells in ["tells", ""] {
                let engine = liar(&[class.word(), stage, tells]);
                for text in &scripts {
                    let script = lowered(text);
                    let found = verdicts(&engine, all_features(), text);
                    for (directive, verdict) in script.tests().zip(found) {
                        if verdict.outcome != Outcome::Pass || verdict.text_parser {
                            continue;
                        }
                        let command = &directive.command;
                        assert!(
                            asks_for(command, *class, stage),
                            "{command:?} is green, because `{stage}` is answered `{class}`"
                        );
                        // What was told in part is said to be compared in part.
                        let partly = matches!(class, Class::Rejected | Class::Trap)
                            && command.kind().name().starts_with("assert");
                        assert_eq!(verdict.weakened.is_some(), partly, "{command:?}");
                        assert!(!partly || tells.is_empty(), "{command:?} by what it can tell");
                        green.insert(command.kind());
                    }
                }
            }
        }
        // Those that any class turns green are modules and what is registered.
        let assertions = green.iter().filter(|kind| kind.name().starts_with("assert")).count();
        let wanted = match class {
            Class::Malformed | Class::Invalid => 2,
            Class::Rejected => 4,
            Class::Unlinkable | Class::Trap | Class::Exhaustion => 1,
            Class::Exception => 1,
            // The text of a suspension is compared, and the liar says nothing.
            _ => 0,
        };
        assert_eq!(assertions, wanted, "{class}: {green:?}");
    }
}

/// Breaks what a liar passes of some suites; nothing may be green.
fn broken(engine: &RemoteEngine) -> Findings {
    let suites = ["wasm-1.0", "gc", "simd", "exceptions"];
    let files = index::embedded().files().iter();
    let files = files.filter(|file| suites.contains(&&*file.suite().name)).cloned();
    let found = audit(engine, &files.collect::<Vec<IndexedFile>>(), 2);
    assert!(found.green.is_empty(), "{} are green: {:#?}", found.green.len(), found.green);
    found
}

#[test]
fn zeros_are_green_only_where_they_are_expected() {
    let found = broken(&liar(&["zero"]));
    let values = found.ways[Way::Value as usize];
    assert!(values.broken > 500 && values.red == values.broken, "{values:?}");
}

#[test]
fn what_an_adapter_does_not_tell_is_never_passed_by_default() {
    let found = broken(&liar(&["opaque"]));
    let [values, types] = [Way::Value, Way::Type].map(|way| found.ways[way as usize]);
    // The limits hide which NaN it is, and which object.
    assert!(values.cannot_tell > 100 && types.cannot_tell > 0, "{values:?} {types:?}");
    let found = broken(&liar(&["trap", "invoke"]));
    let traps = found.ways[Way::OtherTrap as usize];
    assert!(traps.cannot_tell > 500 && traps.cannot_tell == traps.broken, "{traps:?}");
    let found = broken(&liar(&["rejected", "compile"]));
    let [good, other] = [Way::Bad, Way::OtherBad].map(|way| found.ways[way as usize]);
    assert!(other.cannot_tell > 500 && other.broken > 500, "{other:?}");
    // No module passes that could be called bad.
    assert_eq!(good.broken, 0, "{good:?}");
}

/// Requests whose answers say nothing of a test: what goes wrong with them is nevertheless seen.
#[test]
fn what_an_adapter_refuses_to_do_is_not_passed_over() {
    let text = r#"(module $M (func (export "f") (result i32) (i32.const 0)))
        (register "M" $M)
        (module (import "M" "f" (func)))
        (assert_return (invoke $M "f") (i32.const 0))
        (module $N) (module $N) (module $N)"#;
    let found = |words: &[&str]| verdicts(&liar(words), all_features(), text);
    assert!(found(&["zero"]).iter().all(|verdict| verdict.outcome == Outcome::Pass));
    for how in ["refuses", "exits"] {
        let begun = found(&[how, "begin"]);
        assert!(begun.iter().all(|verdict| verdict.outcome.is_red()), "{begun:?}");
        assert_eq!(begun[0].outcome, Outcome::Crash);
        // One that ends does so for the host module, too, which the first directive tells.
        let after_another = format!("(module $A) {text}");
        let registered =
            words(&verdicts(&liar(&[how, "register"]), all_features(), &after_another));
        let (first, wrong) = if how == "refuses" { ("pass", "fail") } else { ("crash", "crash") };
        let rest = ["blocked", "pass", "pass", "pass", "pass", "pass"];
        assert_eq!(registered, [&[first, "pass", wrong][..], &rest].concat(), "{how}");
        let released = words(&found(&[how, "release"]));
        assert_eq!(released, ["pass", "pass", "pass", "pass", "pass", "pass", "pass", "fail"]);
    }
}

/// What is wrong with the harness, or with an engine that does not do the same twice, is told.
#[test]
fn what_is_green_although_it_was_broken_is_named() {
    let folder = folder("fickle");
    let file = folder.join("one.wast");
    let text = r#"(module (func (export "f") (result i32) (i32.const 1)))
        (assert_return (invoke "f") (i32.const 1))"#;
    std::fs::write(&file, text).expect("it can be written");
    let (liar, file) = (example("liar").display().to_string(), file.display().to_string());
    let output = touchstone(&["audit-engine", &format!("cmd:{liar} fickle"), &file]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{text}");
    let named = text.lines().filter(|line| line.starts_with("GREEN")).collect::<Vec<_>>();
    let [named] = named[..] else { panic!("one test is green: {text}") };
    assert!(named.contains(":assert_return:f: expecting another value"), "{named}");
    // Where nothing passes, nothing can be broken.
    let output = touchstone(&["audit-engine", &format!("cmd:{liar} error compile"), &file]);
    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.contains("there is nothing to break"), "{errors}");
    let _ = std::fs::remove_dir_all(folder);
}
