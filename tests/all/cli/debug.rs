//! Tests of what helps with debugging: `explain --dump`, `TOUCHSTONE_LOG`, and defects that are planted.

use super::{script, text, touchstone};
use std::process::{Command, Stdio};

const TEST: &str = "reference-types-tests/control/loop-carried-references.wast:85";

/// The functions that are dumped, as the headings of the form `form` name them.
fn dumped(shown: &str, form: &str) -> Vec<String> {
    let heading = format!("{form} of function ");
    let lines = shown.lines().filter_map(|line| line.strip_prefix(&heading));
    lines.map(|rest| rest.trim_end_matches(':').to_owned()).collect()
}

#[test]
fn a_function_is_dumped_in_each_form() {
    let forms = ["--dump=wat", "--dump=clif", "--dump=asm", "--dump=stack-maps"];
    let output = touchstone(&[&["explain", TEST][..], &forms].concat());
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{shown}");
    for form in ["text", "IR", "machine code", "stack maps"] {
        assert_eq!(dumped(&shown, form), ["9"], "{shown}");
    }
    for part in ["loop $again", "call $churn", "vmctx", "bytes of code", "references at fp-0x"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let [wat, clif] = ["call $churn", "@0160"].map(|part| shown.find(part).expect("it is there"));
    assert!(wat < clif, "the forms come in the order in which they are asked for");
}

/// The function that is called may be defined in another module, and a directive may call none.
#[test]
fn what_a_directive_calls_is_found() {
    let path = script(
        "dump",
        r#"(module $a (import "spectest" "print" (func)) (func) (func (export "f") (result i32) (i32.const 42)))
        (register "a" $a)
        (module $b (func (import "a" "f") (result i32)) (export "g" (func 0)))
        (assert_return (invoke $b "g") (i32.const 42))
        (assert_return (invoke "g") (i32.const 42))
        (module (func) (func (export "h")))
        (register "c")
        (assert_invalid (module (func (result i32))) "type mismatch")"#,
    );
    let explain = |line: u32| {
        let test = format!("{path}:{line}");
        let output = touchstone(&["explain", &test, "--dump", "wat", "--dump", "clif"]);
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    for line in [4, 5] {
        let (code, shown, _) = explain(line);
        assert_eq!((code, dumped(&shown, "text")), (Some(0), vec!["2".to_owned()]), "{shown}");
        assert!(shown.contains("i32.const 42"), "{shown}");
    }
    let (code, shown, _) = explain(6);
    assert_eq!((code, dumped(&shown, "IR").len()), (Some(0), 2), "{shown}");
    let (code, shown, problem) = explain(7);
    assert_eq!(code, Some(2), "{shown}");
    assert!(problem.contains("calls no function"), "{problem}");
    // A module that does not compile still has its text to show.
    let (code, shown, _) = explain(8);
    assert_eq!(code, Some(0), "{shown}");
    assert!(
        shown.contains("(func (;0;)") && shown.contains("it is not compiled: invalid"),
        "{shown}"
    );
}

#[test]
fn the_log_tells_what_happens() {
    let log = |filter: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
        command
            .args(["explain", TEST, "--no-cache"])
            .env("TOUCHSTONE_LOG", filter)
            .stdin(Stdio::null());
        text(&command.output().expect("the binary was built for this test").stderr)
    };
    let all = log("touchstone=trace");
    for subject in ["compile", "instantiate", "collect", "walk"] {
        assert!(all.contains(&format!("touchstone::{subject}]")), "{subject}: {all}");
    }
    assert!(all.contains("function 7 (churn)"), "{all}");
    let some = log("touchstone::collect=debug");
    assert!(some.lines().count() > 1 && some.lines().all(|l| l.contains("collect]")), "{some}");
    assert_eq!(log(""), "");
}

/// This is the example of docs/debugging.md.
#[test]
fn a_planted_stack_map_is_found() {
    let output = touchstone(&["explain", TEST, "--plant=stack-maps", "--dump=stack-maps"]);
    let wrong = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{wrong}");
    let output = touchstone(&["explain", TEST, "--dump=stack-maps"]);
    let right = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{right}");
    let slots = |shown: &str| shown.matches("fp-0x").count();
    let calls = right.lines().filter(|line| line.contains(": references at")).count();
    assert!(calls > 1);
    assert_eq!(
        slots(&wrong),
        slots(&right) - calls,
        "each call has one slot less:\n{wrong}{right}"
    );
    assert!(wrong.contains("--plant=stack-maps"), "the way back has the defect, too: {wrong}");
}

/// A module that was serialized and loaded again does what it did before.
#[test]
fn reloaded_modules_pass() {
    let arguments = ["run", "--suite", "wasm-1.0", "--suite", "reference-types-tests"];
    let last = |more: &[&str]| {
        let output = touchstone(&[&arguments[..], &["--format=terse"], more].concat());
        assert_eq!(output.status.code(), Some(0));
        let shown = text(&output.stdout);
        let (numbers, _) = shown.rsplit_once(" in ").expect("numbers, then the time");
        numbers.to_owned()
    };
    let passed = last(&["--reload-modules"]);
    assert_eq!(passed, last(&[]));
    assert!(passed.starts_with("ok: ") && !passed.contains(" 0 passed"), "{passed}");
}
