//! Tests of `reduce`, on faults that are planted in an engine (`examples/faulty_engine.rs`).

use super::{folder, is_refused, script, text, touchstone};
use crate::built::example;
use std::fs;

/// For each planted fault, which tests are run to see what it breaks. Together they are twenty.
const FAULTS: [(&str, &str); 20] = [
    ("clz", "wasm-3.0/i32.wast"),
    ("rotl", "wasm-3.0/i32.wast"),
    ("shr", "wasm-3.0/i64.wast"),
    ("lt", "wasm-3.0/i32.wast"),
    ("nearest", "wasm-3.0/float_misc.wast"),
    ("extend", "wasm-3.0/endianness.wast"),
    ("saturate", "simd/simd_i8x16_sat_arith.wast"),
    ("overflow", "wasm-3.0/i32.wast"),
    ("throw", "exception"),
    ("no-trap", "wasm-3.0/i32.wast"),
    ("store", "wasm-3.0/endianness.wast"),
    ("fill", "wasm-2.0/memory_fill.wast"),
    ("global", "wasm-3.0/global.wast"),
    ("table", "reference-types/table_set.wast"),
    ("segment", "wasm-2.0/memory_init.wast"),
    ("leak", "reference-types/table_grow.wast"),
    ("heap", "reference-types/ref_is_null.wast"),
    ("abort", "wasm-3.0/i64.wast"),
    ("exit", "multi-memory/memory_copy0.wast"),
    ("hang", "wasm-3.0/float_exprs.wast:1876"),
];

fn faulty(fault: &str) -> String {
    format!("cmd:{} {fault}", example("faulty_engine").display())
}

/// What an engine fails of some tests: each by its name, and how.
fn failures(engine: &str, selection: &[&str]) -> Vec<(String, String, Option<String>)> {
    let arguments = ["run", "--format", "json", "--timeout", "2", "--engine", engine];
    let output = touchstone(&[&arguments[..], selection].concat());
    let report = text(&output.stdout);
    let lines =
        report.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let word = |line: &serde_json::Value, key: &str| Some(line.get(key)?.as_str()?.to_owned());
    let red = |outcome: &String| matches!(outcome.as_str(), "fail" | "crash" | "timeout");
    let failures = lines.filter_map(|line| {
        let outcome = word(&line, "outcome").filter(red)?;
        Some((word(&line, "id")?, outcome, word(&line, "class")))
    });
    let mut failures: Vec<_> = failures.collect();
    // Files come in the order in which they end.
    failures.sort();
    failures
}

/// Reduces one of the tests that a fault breaks. Gives how many lines are left.
fn reduced(fault: &str, filter: &str) -> usize {
    let engine = faulty(fault);
    let all = failures(&engine, &["--filter", filter]);
    // What a module must not be is seldom what a fault is about.
    let rest = all.iter().filter(|(test, ..)| !test.contains(":assert_invalid"));
    let rest: Vec<_> = rest.cloned().collect();
    let failed = if rest.is_empty() { all } else { rest };
    let (test, outcome, class) =
        failed.get(failed.len() / 2).unwrap_or_else(|| panic!("{fault} breaks nothing"));
    let path = folder(&format!("reduce-{fault}")).join("small.wast");
    let path = path.to_str().expect("a name in UTF-8");
    let output = touchstone(&[
        "reduce",
        test,
        "--engine",
        &engine,
        "--timeout",
        "2",
        "--time",
        "600",
        "-o",
        path,
    ]);
    assert_eq!(output.status.code(), Some(0), "{fault}: {}", text(&output.stderr));
    let small = fs::read_to_string(path).expect("it was written");
    let lines = small.lines().filter(|line| !line.starts_with(";;")).count();
    // It still fails, and only that way; an engine without the fault passes.
    let again = failures(&engine, &[path]);
    let same = |found: &(String, String, Option<String>)| (&found.1, &found.2) == (outcome, class);
    assert!(again.iter().any(same), "{fault}, {test}: {again:?}\n{small}");
    assert_eq!(failures("touchstone", &[path]), [], "{fault}, {test}:\n{small}");
    eprintln!("{fault} {test}: {lines} lines");
    lines
}

#[test]
fn planted_faults_become_small_scripts() {
    let sample = ["clz", "store", "throw", "table", "leak", "abort"];
    for (fault, filter) in FAULTS.iter().filter(|(fault, _)| sample.contains(fault)) {
        let lines = reduced(fault, filter);
        assert!(lines <= 15, "{fault}: {lines} lines");
    }
}

#[test]
#[ignore = "it takes a minute: cargo test --test all -- --ignored twenty_planted_faults"]
fn twenty_planted_faults_become_small_scripts() {
    let mut lines: Vec<usize> =
        FAULTS.iter().map(|(fault, filter)| reduced(fault, filter)).collect();
    lines.sort_unstable();
    assert!(lines[lines.len() / 2] <= 6 && lines[lines.len() - 1] <= 15, "{lines:?}");
}

#[test]
fn what_is_left_says_what_it_shows_and_expects_what_is_right() {
    let path = script(
        "reduce-says",
        r#"(module $other (func (export "g") (result i32) (i32.const 1)))
           (module
             (global $unused i32 (i32.const 7))
             (func $twice (param $n i32) (result i32) (i32.mul (local.get $n) (i32.const 2)))
             (func (export "f") (param $n i32) (param $unused i64) (result i32)
               (local $x i32)
               (local.set $x (call $twice (local.get $n)))
               (i32.clz (i32.add (local.get $x) (i32.const 5)))))
           (assert_return (invoke $other "g") (i32.const 1))
           (assert_return (invoke "f" (i32.const 100) (i64.const 3)) (i32.const 24))"#,
    );
    let test = format!("{path}:10");
    let output =
        touchstone(&["reduce", &test, "--engine", &faulty("clz"), "--not-on", "touchstone"]);
    let small = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for part in [
        ";; faulty ",
        "fails the last directive: value",
        ";; passed by: touchstone ",
        "Integer Operations",
        ":assert_return:f",
        ";; reproduce: touchstone run FILE.wast '--engine=cmd:",
    ] {
        assert!(small.contains(part), "{part}: {small}");
    }
    let code: Vec<_> = small.lines().filter(|line| !line.starts_with(";;")).collect();
    assert_eq!(code.len(), 2, "{small}");
    assert!(code[0].contains("i32.clz") && !code[0].contains("call"), "{small}");
    // The values of a failure stay where that is asked for.
    let arguments = ["reduce", &test, "--engine", &faulty("clz"), "--fingerprint", "exact"];
    let exact = text(&touchstone(&arguments).stdout);
    assert!(exact.contains(";;   got: i32:0 (0x00000000)"), "{exact}");
}

#[test]
fn the_line_that_reproduces_a_failure_of_a_script_on_disk_works() {
    let path = script(
        "reduce-again",
        "(module (func (export \"f\") (result i32) (i32.const 1)))
         (assert_return (invoke \"f\") (i32.const 2))",
    );
    for more in [&[][..], &["--suite", "wasm-2.0"]] {
        let test = format!("{path}:2");
        let output = touchstone(&[&["reduce", &test][..], more].concat());
        let small = text(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let line = small.lines().find_map(|line| line.strip_prefix(";; reproduce: touchstone "));
        let small = script("reduced-again", &small);
        let words = line.expect("it says how").replace("FILE.wast", &small);
        let again = touchstone(&words.split(' ').collect::<Vec<_>>());
        assert_eq!(again.status.code(), Some(1), "{words}: {}", text(&again.stderr));
    }
}

#[test]
fn modules_that_must_be_rejected_stay_wrong_for_the_same_reason() {
    let path = script(
        "reduce-invalid",
        r#"(module (func (export "f")))
           (assert_invalid
             (module
               (memory 1)
               (func $g (param i32) (drop (i32.load (local.get 0))))
               (func (result i32) (call $g (i32.const 1)) (i64.add (i64.const 1) (i64.const 2))))
             "type mismatch")"#,
    );
    let engine = format!("cmd:{} credulous", example("bad_engine").display());
    let output = touchstone(&["reduce", &format!("{path}:2"), "--engine", &engine]);
    let small = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let code: Vec<_> = small.lines().filter(|line| !line.starts_with(";;")).collect();
    assert_eq!(code.len(), 1, "{small}");
    assert!(code[0].starts_with("(assert_invalid (module (func"), "{small}");
    // A constant is no instruction that a section is about: what is wrong is the body of the function.
    assert!(small.contains("§3.5 Validation, Modules"), "{small}");
}

#[test]
fn what_does_not_fail_is_not_reduced() {
    let path = script(
        "reduce-passes",
        "(module (func (export \"f\") (result i32) (i32.const 1)))\n\
         (assert_return (invoke \"f\") (i32.const 1))\n\
         (assert_return (invoke \"f\") (i32.const 2))\n\
         (module (import \"a\" \"b\" (func)))\n(invoke \"f\")",
    );
    is_refused(&["reduce", &format!("{path}:2")], &["does not fail it: pass"]);
    is_refused(&["reduce", &format!("{path}:5")], &["did not pass; reduce that", ":4:module"]);
    is_refused(&["reduce", &format!("{path}:9")], &["no directive stands at"]);
    let arguments = ["reduce", &format!("{path}:3"), "--not-on", "touchstone"];
    is_refused(&arguments, &["was to pass it, and does not: fail"]);
    // Nobody is known to pass what is wrong in the script: nothing is left out that could change what is right.
    let output = touchstone(&["reduce", &format!("{path}:3")]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("no engine is known to pass it"));
    let small = text(&output.stdout);
    assert!(small.ends_with("(assert_return (invoke \"f\") (i32.const 2))\n"), "{small}");
}

/// However little time there is, what is given shows the failure.
#[test]
fn no_time_is_enough_to_see_the_failure() {
    let path = script(
        "reduce-no-time",
        "(module (func (export \"f\") (result i32) (i32.const 1)))
         (module (func (export \"g\") (result i32) (i32.const 1)))
         (assert_return (invoke \"g\") (i32.const 2))",
    );
    let output = touchstone(&["reduce", &format!("{path}:3"), "--time", "0"]);
    let (small, said) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(small.contains("(invoke \"g\")") && said.contains("time"), "{small}{said}");
}
