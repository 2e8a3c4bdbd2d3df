//! Tests in which the harness audits itself.
//!
//! Every sort of directive is run as it should be, which must be green, and with its expectation broken,
//! which must be red. What the engine of this repository can do is shown with that engine; the rest is shown
//! with a fake engine that does what the names of exports say.

mod blocking;
mod cases;
mod common;
pub(crate) mod fake;
mod liars;
mod mutations;
mod text_parser;

use cases::{Case, FAKE, REAL};
use common::{lowered, verdicts, words};
use fake::{FakeEngine, all_features, module};
use std::collections::BTreeSet;
use touchstone::engine::Engine;
use touchstone::engine::touchstone::{Options, default_engine, own_engine};
use touchstone::outcome::Outcome;
use touchstone_runtime::PlantedFailure;
use touchstone_script::{Command, FeatureSet, Kind};

/// Whether everything in the script, up to and including its end, is green.
fn is_green(engine: &dyn Engine, features: FeatureSet, text: &str) -> bool {
    let all = verdicts(engine, features, text);
    assert!(
        all.iter().all(|verdict| !matches!(
            verdict.outcome,
            Outcome::Unsupported { .. } | Outcome::Skip { .. }
        )),
        "{text}\n{all:#?}"
    );
    all.iter().all(|verdict| verdict.outcome == Outcome::Pass)
}

fn audit(engine: &dyn Engine, features: FeatureSet, cases: &[Case]) {
    let mut wrong = Vec::new();
    for Case { before, green, red } in cases {
        if !is_green(engine, features, &format!("{before}\n{green}")) {
            wrong.push(format!("is red, but should be green: {green}"));
        }
        for broken in *red {
            if is_green(engine, features, &format!("{before}\n{broken}")) {
                wrong.push(format!("is green, but should be red: {broken}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_the_engine_can_do_turns_red_when_broken() {
    audit(&*default_engine(), FeatureSet::EMPTY, REAL);
}

/// A failure of the code generator is a crash, whatever was expected, and never counts as a lack of a feature
/// or of a resource.
#[test]
fn a_failure_of_the_code_generator_is_a_crash() {
    for planted in [PlantedFailure::Panic, PlantedFailure::Verifier] {
        let engine = own_engine(Options { planted: Some(planted), ..Options::default() });
        let text = r#"(module $M (func (export "f"))) (assert_return (invoke "f"))
            (assert_trap (module (func $s unreachable) (start $s)) "unreachable")
            (assert_unlinkable (module (import "a" "b" (func)) (func)) "unknown import")
            (module)"#;
        let found = verdicts(&*engine, FeatureSet::EMPTY, text);
        assert_eq!(words(&found), ["crash", "blocked", "crash", "crash", "pass", "pass"]);
        let message = found[0].message.as_deref().unwrap();
        assert!(message.contains("function 0") || message.contains("code generator"), "{message}");
    }
}

#[test]
fn what_only_other_engines_do_turns_red_when_broken() {
    audit(&FakeEngine, all_features(), FAKE);
}

#[test]
fn every_kind_of_directive_is_audited() {
    let mut seen = BTreeSet::new();
    for Case { before, red, .. } in REAL.iter().chain(FAKE) {
        for broken in *red {
            let script = lowered(&format!("{before}\n{broken}"));
            seen.extend(script.tests().map(|directive| directive.command.kind()));
            // A directive that is meant to be judged must not be red because it cannot be parsed.
            let unreadable = |directive: &touchstone_script::Directive| {
                matches!(directive.command, Command::ScriptError { .. })
            };
            let is_meant = broken.starts_with("(modul)") || broken.starts_with("(assert_returns)");
            let is_meant = is_meant || broken.contains("$f) (func $f");
            assert!(
                is_meant || !script.tests().any(unreadable),
                "{broken}: {:?}",
                script.directives
            );
        }
    }
    let missing: Vec<&Kind> = Kind::ALL.iter().filter(|kind| !seen.contains(*kind)).collect();
    assert!(missing.is_empty(), "not audited: {missing:?}");
}

#[test]
fn nothing_unsupported_is_passed() {
    let script = module("", &["unsupported gc"])
        + "(register \"m\") (module (import \"m\" \"unsupported gc\" (func)))";
    for verdict in verdicts(&FakeEngine, all_features(), &script) {
        assert_eq!(verdict.outcome, Outcome::Unsupported { feature: "gc".into() });
    }
}
