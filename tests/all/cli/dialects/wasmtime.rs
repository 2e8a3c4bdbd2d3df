//! Scripts in the shape of those of Wasmtime.

use super::{are, checkout, message, of_file, report};
use std::path::PathBuf;

/// A checkout with one script.
fn script(name: &str, text: &str) -> PathBuf {
    checkout(name, &[("tests/misc_testsuite/x.wast", text)])
}

const FILE: &str = "tests/misc_testsuite/x.wast";

#[test]
fn it_is_recognised_and_that_is_said() {
    let root = script("wasmtime_recognised", "(module)");
    let words = "dialect wasmtime, recognised by `tests/misc_testsuite`";
    let (found, said) = report(&root, &[]);
    assert!(said.contains(words), "{said}");
    assert_eq!(found.header.suites[0].dialects, [words.strip_prefix("dialect ").unwrap()]);
    // So is a folder in it, and a script.
    for below in ["tests", "tests/misc_testsuite/x.wast"] {
        assert!(report(&root.join(below), &[]).1.contains("dialect wasmtime"), "{below}");
    }
    let output = super::touchstone(&["run", root.to_str().unwrap()]);
    assert!(super::text(&output.stdout).contains(words), "{output:?}");
    let (found, said) = report(&root, &["--dialect", "none"]);
    assert!(said.is_empty(), "{said}");
    assert!(found.header.suites[0].dialects.is_empty());
    // Where suites are named, their features hold.
    assert!(report(&root, &["--suite", "wasm-1.0"]).1.is_empty());
}

#[test]
fn a_part_of_a_checkout_is_recognised_by_its_name() {
    let root = checkout("wasmtime_part", &[("misc_testsuite/x.wast", "(module)")]);
    let (_, said) = report(&root.join("misc_testsuite"), &[]);
    assert!(said.contains("dialect wasmtime, recognised by its name `misc_testsuite`"), "{said}");
}

#[test]
fn features_are_off_until_the_header_asks_for_them() {
    let two = r#"(assert_invalid (module (memory 0) (memory 0)) "multiple memories")"#;
    are(&script("wasmtime_off", two), FILE, &["pass"], &["fail"]);
    let asks = format!(";; two\n;;! multi_memory = true\n\n{two}\n(module (memory 0) (memory 0))");
    let (found, _) = report(&script("wasmtime_on", &asks), &[]);
    assert_eq!(of_file(&found, FILE), ["fail", "pass"]);
    let off =
        ";;! simd = false\n(assert_invalid (module (global v128 (v128.const i64x2 0 0))) \"\")";
    are(&script("wasmtime_false", off), FILE, &["pass"], &["fail"]);
}

#[test]
fn a_header_that_cannot_be_read_is_an_error_of_its_script() {
    let root = script("wasmtime_header", ";; about\n;;! gc = yes\n(module)\n(module)");
    are(&root, FILE, &["error"], &["pass", "pass"]);
    let (found, _) = report(&root, &[]);
    let said = message(&found, FILE);
    assert!(said.contains("x.wast:2:4: `gc = yes`") && said.contains(";;! name = true"), "{said}");
}

#[test]
fn what_the_dialect_does_not_know_is_not_run() {
    let root = script("wasmtime_unknown", ";;! levitation = true\n(module)\n(module)");
    are(&root, FILE, &["skip", "skip"], &["pass", "pass"]);
    let (found, _) = report(&root, &[]);
    assert!(
        message(&found, FILE).contains("`levitation`, which the dialect wasmtime does not know")
    );
    let root = script("wasmtime_nan", ";;! nan_canonicalization = true\n(module)");
    are(&root, FILE, &["skip"], &["pass"]);
    assert!(message(&report(&root, &[]).0, FILE).contains("makes every NaN the canonical one"));
}

#[test]
fn a_named_module_can_be_imported_from() {
    let text = r#"(module $lib (func (export "f") (result i32) (i32.const 7)))
        (module (import "lib" "f" (func $f (result i32))) (export "g" (func $f)))
        (assert_return (invoke "g") (i32.const 7))
        (module definition $d (func (export "f") (result i32) (i32.const 8)))
        (module instance $lib $d)
        (module (import "lib" "f" (func $f (result i32))) (export "g" (func $f)))
        (assert_return (invoke "g") (i32.const 8))"#;
    let root = script("wasmtime_names", text);
    let without = ["pass", "fail", "blocked", "pass", "pass", "fail", "blocked"];
    are(&root, FILE, &["pass"; 7], &without);
    // In worker processes, too, where calls are foreseen.
    let (found, _) = report(&root, &["--isolate"]);
    assert_eq!(of_file(&found, FILE), ["pass"; 7]);
}

#[test]
fn what_imports_from_a_module_that_failed_is_blocked_by_it() {
    let text = r#"(module $lib (func (export "f")))
        (module $lib (func (export "f")) (import "nowhere" "f" (func)))
        (module $lib (import "nowhere" "f" (func)))
        (module (import "lib" "f" (func)))"#;
    let (found, _) = report(&script("wasmtime_blocked", text), &[]);
    assert_eq!(of_file(&found, FILE), ["pass", "error", "fail", "blocked"]);
}

#[test]
fn a_text_may_stand_anywhere_in_what_an_engine_says() {
    let text = r#"(module
          (func (export "u") unreachable)
          (func (export "d") (drop (i32.div_s (i32.const 1) (i32.const 0))))
          (table 1 funcref)
          (func (export "n") (call_indirect (i32.const 0))))
        (assert_trap (invoke "u") "wasm `unreachable` instruction executed")
        (assert_trap (invoke "d") "divide by zero")
        (assert_trap (invoke "d") "wasm trap: integer divide by zero")
        (assert_trap (invoke "n") "null function reference")
        (assert_trap (invoke "d") "unreachable")
        (assert_trap (invoke "u") "integer divide by zero")"#;
    let root = script("wasmtime_messages", text);
    let with = ["pass", "pass", "pass", "pass", "pass", "fail", "fail"];
    let without = ["pass", "fail", "fail", "fail", "fail", "fail", "fail"];
    are(&root, FILE, &with, &without);
}

#[test]
fn an_instantiation_that_traps_does_not_link() {
    let text =
        r#"(assert_unlinkable (module (memory 0) (data (i32.const 9) "x")) "out of bounds")"#;
    are(&script("wasmtime_unlinkable", text), FILE, &["pass"], &["fail"]);
}

#[test]
fn malformed_and_invalid_are_one() {
    let text = r#"(assert_invalid (module binary "\00asm\01\00\00") "")
        (assert_malformed (module binary "\00asm\01\00\00\00\07\05\01\01f\00\00") "")
        (assert_invalid (module quote "(func (br $nowhere))") "")
        (assert_invalid (module) "")"#;
    let with = ["pass", "pass", "pass", "fail"];
    are(&script("wasmtime_refusals", text), FILE, &with, &["fail", "fail", "error", "fail"]);
}

#[test]
fn the_official_suite_in_it_has_its_own_dialect() {
    let tables =
        r#"(assert_invalid (module (table 0 funcref) (table 0 funcref)) "multiple tables")"#;
    let root = checkout(
        "wasmtime_spec",
        &[
            ("tests/misc_testsuite/x.wast", "(module)"),
            ("tests/spec_testsuite/proposals/threads/imports.wast", tables),
            ("tests/spec_testsuite/try_table.wast", "(module)"),
            ("tests/spec_testsuite/i32.wast", "(module (memory 0) (memory 0))"),
        ],
    );
    let file = "tests/spec_testsuite/proposals/threads/imports.wast";
    are(&root, file, &["pass"], &["fail"]);
    let (found, _) = report(&root, &[]);
    assert_eq!(of_file(&found, "tests/spec_testsuite/i32.wast"), ["pass"]);
}
