//! Breaks the expectation of every assertion of the embedded suites that an engine satisfies: each must be
//! red then. `touchstone audit-engine` does the same with any engine.

use super::common::{connect, lowered};
use super::fake::{FakeEngine, all_features};
use std::process::Command;
use touchstone::audit::{Findings, Mutant, ROUNDS, Tally, Way, audit, audit_unit};
use touchstone::engine::Engine;
use touchstone::engine::touchstone::default_engine;
use touchstone::index::{self, IndexedFile};
use touchstone::run::unit::{Test, Unit};
use touchstone_script::Script;

/// Audits the harness with an engine and some suites; gives the sum of what was broken.
fn broken(engine: &dyn Engine, suites: impl Fn(&str) -> bool) -> Findings {
    let files = index::embedded().files().iter().filter(|file| suites(&file.suite().name));
    let files: Vec<IndexedFile> = files.cloned().collect();
    let found = audit(engine, &files, 2);
    assert!(found.green.is_empty(), "{} are green: {:#?}", found.green.len(), found.green);
    found
}

#[test]
fn every_broken_assertion_of_the_suites_is_red() {
    let found = broken(&*default_engine(), |_| true);
    let Tally { broken, cannot_tell, .. } = found.all();
    assert!(found.passed > 140_000 && broken > 550_000, "only {broken} assertions were broken");
    assert_eq!(cannot_tell, 0, "our own engine can tell everything");
}

/// An adapter cannot turn a directive green: what it passes on, the harness judges.
#[test]
fn every_broken_assertion_is_red_through_an_adapter() {
    let engine = connect(&[env!("CARGO_BIN_EXE_touchstone"), "serve"]);
    let Tally { broken, cannot_tell, .. } =
        broken(&engine, |suite| suite == "wasm-2.0" || suite == "gc").all();
    assert!(broken > 60_000, "only {broken} assertions were broken");
    assert_eq!(cannot_tell, 0, "our own engine can tell everything");
}

/// What an adapter cannot tell is not green either, unless the very limit hides what was broken.
#[test]
fn every_broken_assertion_is_red_through_an_adapter_with_limits() {
    if Command::new("node").arg("--version").output().is_err() {
        eprintln!("node is not installed: assertions are NOT broken through its adapter");
        return;
    }
    for adapter in ["smallest.js", "adapter.js"] {
        let path = format!("{}/adapters/javascript/{adapter}", env!("CARGO_MANIFEST_DIR"));
        let engine = connect(&["node", &path]);
        let Tally { broken, cannot_tell, .. } = broken(&engine, |suite| suite == "wasm-1.0").all();
        assert!(broken > 60_000, "only {broken} assertions were broken");
        assert!(cannot_tell > 0, "it cannot tell malformed from invalid");
    }
}

/// A unit of which nothing is known but its text.
fn unit(text: &str) -> Unit {
    let script: Script = lowered(text);
    let tests = (0..=script.tests().count()).map(|n| Test::end(&format!("t:{n}"))).collect();
    Unit {
        features: all_features(),
        script: script.into(),
        tests,
        detailed: false,
        file: None,
        rules: std::sync::Arc::default(),
    }
}

#[test]
fn each_way_to_break_is_used_and_none_is_green() {
    let own = default_engine();
    let engines: [&dyn Engine; 2] = [&*own, &FakeEngine];
    let mut all = [0; Way::ALL.len()];
    for case in super::cases::REAL.iter().chain(super::cases::FAKE) {
        let unit = unit(&format!("{}\n{}", case.before, case.green));
        for engine in engines {
            let found = audit_unit(engine, &unit);
            assert!(found.green.is_empty(), "{}: {:?}", case.green, found.green);
            all.iter_mut().zip(&found.ways).for_each(|(sum, tally)| *sum += tally.broken);
        }
    }
    for (way, broken) in Way::ALL.iter().zip(all) {
        assert!(broken > 0, "nothing was broken so that it expects {}", way.about());
    }
}

/// Positions of tests stay right where directives are inside threads, and where one stands before a module.
#[test]
fn what_is_broken_is_where_the_mutant_says() {
    let unit = unit(
        r#"(module $M (func (export "one") (result i32) (i32.const 1)))
        (thread $T (shared (module $M))
            (module $N (func (export "one") (result i32) (i32.const 1)))
            (assert_return (invoke $N "one") (i32.const 1)))
        (wait $T)
        (assert_return (invoke $M "one") (i32.const 1))"#,
    );
    let passing = vec![true; unit.tests.len()];
    let all = |script: &Script| -> Vec<String> {
        script.tests().map(|directive| format!("{:?}", directive.command)).collect()
    };
    let before = all(&unit.script);
    for round in 0..ROUNDS {
        let mutant = Mutant::of(&unit, &passing, round).expect("there is something to break");
        let after = all(&mutant.unit.script);
        assert_eq!(mutant.unit.tests.len(), after.len() + 1);
        let kept: Vec<_> = mutant.unit.tests[..after.len()].iter().map(|test| &test.id).collect();
        for broken in &mutant.broken {
            assert_ne!(after[broken.position], before[broken.origin]);
            assert_eq!(*kept[broken.position], unit.tests[broken.origin].id);
        }
        let origins: Vec<_> = mutant.broken.iter().map(|broken| broken.origin).collect();
        let modules = if round < 2 { &[0, 2, 3, 5][..] } else { &[3, 5] };
        assert_eq!(origins, modules, "in round {round}");
    }
    let found = audit_unit(&*default_engine(), &unit);
    assert_eq!((found.passed, found.all().red, found.green), (4, 12, Vec::new()));
}
