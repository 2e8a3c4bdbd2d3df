//! Tests what a failure does to the rest of its script.

use super::common::{blocker, verdicts, verdicts_with, words};
use super::fake::{FakeEngine, all_features, module};
use touchstone::index::Expect;
use touchstone::outcome::{FailureClass, Outcome, Verdict};

fn run(text: &str) -> Vec<Verdict> {
    verdicts(&FakeEngine, all_features(), text)
}

fn outcomes(text: &str) -> Vec<&'static str> {
    words(&run(text))
}

#[test]
fn empty_scripts_and_bare_modules_are_legal() {
    assert_eq!(outcomes(""), ["pass"]);
    assert_eq!(outcomes(";; nothing\n(; at all ;)"), ["pass"]);
    assert_eq!(outcomes("(func (export \"f\"))"), ["pass", "pass"]);
}

#[test]
fn a_failed_module_blocks_what_depends_on_it_and_nothing_else() {
    let found = run(&(module("$A", &[])
        + r#"(module $B (import "no" "no" (func)))
             (invoke "nothing")
             (invoke $B "nothing")
             (register "b" $B)
             (module $C (import "b" "x" (func)))
             (invoke $C "nothing")
             (invoke $A "nothing")
             (module $D)
             (invoke "nothing")"#));
    let expected = [
        "pass", "fail", "blocked", "blocked", "blocked", "blocked", "blocked", "pass", "pass",
        "pass", "pass",
    ];
    assert_eq!(words(&found), expected);
    assert!(found[2..7].iter().all(|verdict| blocker(verdict) == Some("t:1")));
}

#[test]
fn what_is_unsupported_makes_its_dependents_unsupported() {
    let found = run(r#"(module $A (func (export "unsupported gc")))
        (invoke $A "nothing")
        (assert_trap (invoke "trap") "out of bounds")
        (register "a" $A)
        (module (import "a" "unsupported gc" (func)))"#);
    let gc = Outcome::Unsupported { feature: "gc".into() };
    assert!(found.iter().all(|verdict| verdict.outcome == gc), "{found:#?}");
}

#[test]
fn an_expected_failure_of_a_module_leaves_the_current_instance() {
    let text = module("$A", &[])
        + r#"(assert_unlinkable (module (import "no" "no" (func))) "unknown import")
             (assert_trap (module (func unreachable) (start 0)) "unreachable")
             (assert_invalid (module (func (result i32))) "")
             (invoke "nothing")"#;
    assert_eq!(outcomes(&text), ["pass"; 6]);
}

#[test]
fn names_registry_and_definitions_are_apart() {
    let found = outcomes(
        r#"(module definition $M (func (export "f")))
           (invoke $M "nothing")
           (module instance $I $M)
           (invoke $I "nothing")
           (module (import "M" "f" (func)))
           (module (import "I" "f" (func)))
           (register "I" $I)
           (module (import "I" "f" (func)))
           (invoke $nobody "nothing")"#,
    );
    assert_eq!(
        found,
        ["pass", "error", "pass", "pass", "fail", "fail", "pass", "pass", "error", "pass"]
    );
}

#[test]
fn failures_that_follow_from_a_module_that_did_not_run_are_not_blamed() {
    let head = module("$A", &[])
        + r#"(register "a") (module (import "a" "x" (func)) (func (export "unsupported gc")))"#;
    let tail = r#"(assert_return (invoke $A "one") (i32.const 2)) (assert_return (invoke $A "one") (i32.const 1))"#;
    assert_eq!(
        outcomes(&(head + tail)),
        ["pass", "pass", "unsupported", "unsupported", "pass", "pass"]
    );
    let apart = module("$A", &[]) + r#"(module (func (export "unsupported gc")))"# + tail;
    assert_eq!(outcomes(&apart), ["pass", "unsupported", "fail", "pass", "pass"]);
}

#[test]
fn a_crash_costs_what_depended_on_its_session() {
    let found = run(&(module("$A", &[])
        + r#"(register "a")
             (invoke "panic")
             (invoke $A "nothing")
             (module (import "a" "x" (func)))
             (module $B)
             (invoke $B "nothing")
             (invoke $A "nothing")"#));
    let expected =
        ["pass", "pass", "crash", "blocked", "blocked", "pass", "pass", "blocked", "blocked"];
    assert_eq!(words(&found), expected);
    let message = found[2].message.as_deref().unwrap();
    assert!(message.contains("a defect of the engine") && message.contains("fake.rs"), "{message}");
}

#[test]
fn the_heap_is_checked_after_each_directive_and_at_the_end() {
    let found = run(&(module("", &[]) + r#"(invoke "break") (invoke "leak")"#));
    assert_eq!(words(&found), ["pass", "fail", "pass", "fail"]);
    assert_eq!(found[1].class, Some(FailureClass::Heap));
    assert_eq!(found[3].class, Some(FailureClass::Heap));
}

#[test]
fn a_verification_that_takes_too_long_is_no_pass_and_hides_no_failure() {
    let slow = r#"(invoke "verify slowly")
        (assert_trap (invoke "verify slowly and trap") "unreachable")
        (assert_return (invoke "verify slowly and trap"))
        (assert_return (invoke "verify slowly") (i32.const 1))"#;
    let found = run(&(module("", &[]) + slow));
    assert_eq!(words(&found), ["pass", "timeout", "timeout", "fail", "fail", "pass"]);
    let message = found[1].message.as_deref().unwrap();
    assert!(message.contains("while the heap was verified"), "{message}");
}

#[test]
fn what_could_not_run_is_told_from_what_was_wrong() {
    let text = module("", &[])
        + r#"(invoke "time out") (invoke "other") (invoke "missing") (assert_return (invoke "unsupported"))"#;
    assert_eq!(outcomes(&text), ["pass", "timeout", "fail", "error", "unsupported", "pass"]);
}

#[test]
fn directives_in_threads_are_tests() {
    let text = r#"(module $M (func))
        (thread $T (shared (module $M))
            (register "m" $M)
            (module (import "m" "x" (func)))
            (assert_return (invoke $M "one") (i32.const 2)))
        (thread $U (invoke "nothing"))
        (wait $T)
        (assert_return (invoke $M "one") (i32.const 1))"#;
    let expected =
        ["pass", "pass", "pass", "pass", "fail", "pass", "error", "pass", "pass", "pass"];
    assert_eq!(outcomes(text), expected);
}

#[test]
fn the_text_parser_is_counted_apart() {
    let found = run(
        r#"(assert_malformed (module quote "(func") "") (assert_malformed (module binary "x") "")"#,
    );
    assert_eq!(words(&found), ["pass", "pass", "pass"]);
    assert!(found[0].text_parser && !found[1].text_parser);
}

fn run_with(text: &str, exceptions: &[(usize, Expect)]) -> Vec<&'static str> {
    words(&verdicts_with(&FakeEngine, all_features(), text, exceptions))
}

#[test]
fn an_expected_failure_blames_nobody_else() {
    let text = module("$A", &[])
        + r#"(register "a")
             (assert_trap (module (import "a" "x" (func)) (func (export "f"))) "out of bounds")
             (assert_return (invoke $A "one") (i32.const 2))"#;
    assert_eq!(run_with(&text, &[]), ["pass", "pass", "fail", "blocked", "pass"]);
    let expected =
        [(2, Expect::Fail(FailureClass::Accepted)), (3, Expect::Fail(FailureClass::Value))];
    assert_eq!(run_with(&text, &expected), ["pass", "pass", "fail", "blocked", "pass"]);
    let expected = [(2, Expect::Fail(FailureClass::Value)), (3, Expect::Fail(FailureClass::Value))];
    assert_eq!(run_with(&text, &expected), ["pass", "pass", "xfail", "xfail", "pass"]);
}

#[test]
fn exceptions_say_what_becomes_of_what_depends_on_them() {
    let text =
        r#"(module $A (import "no" "no" (func))) (invoke $A "nothing") (module) (invoke "one")"#;
    let link = Expect::Fail(FailureClass::Link);
    assert_eq!(run_with(text, &[(0, link)]), ["xfail", "blocked", "pass", "pass", "pass"]);
    assert_eq!(run_with(text, &[(0, Expect::Skip)]), ["skip", "skip", "pass", "pass", "pass"]);
    assert_eq!(run_with(text, &[(2, link)]), ["fail", "blocked", "xpass", "pass", "pass"]);
}
