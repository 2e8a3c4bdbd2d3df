//! Dialects in files of users.

use super::super::is_refused;
use super::{checkout, of_file, report, text, touchstone, write};
use std::path::PathBuf;

/// A folder with one script, and a dialect beside it, which has this text after its name.
fn suite(name: &str, dialect: &str, script: &str) -> (PathBuf, String) {
    let root = checkout(name, &[("suite/x.wast", script)]);
    write(&root, "own.toml", &format!("name = \"own\"\nabout = \"Ours.\"\n{dialect}"));
    (root.join("suite"), root.join("own.toml").to_str().unwrap().to_owned())
}

/// Checks the outcomes of a script under a dialect of our own, and without one.
fn are(name: &str, dialect: &str, script: &str, with: &[&str], without: &[&str]) {
    assert_ne!(with, without, "the dialect makes no difference");
    let (path, file) = suite(name, dialect, script);
    let (found, said) = report(&path, &["--dialect", &file]);
    assert!(said.contains("dialect own, as it was asked for"), "{said}");
    assert_eq!(of_file(&found, "x.wast"), with, "{:#?}", found.lines);
    assert_eq!(of_file(&report(&path, &[]).0, "x.wast"), without);
}

#[test]
fn host_modules() {
    let host = r#"
        features = ["standard-3.0"]
        [[host]]
        module = "env"
        text = '''
          (import "touchstone" "gc" (func $gc))
          (global $count (mut i32) (i32.const 0))
          (export "collect" (func $gc))
          (func (export "next") (result i32)
            (global.set $count (i32.add (global.get $count) (i32.const 1)))
            (global.get $count))
        '''"#;
    let script = r#"
        (module (import "env" "next" (func $f (result i32))) (export "f" (func $f)))
        (assert_return (invoke "f") (i32.const 1))
        (module (import "env" "next" (func $f (result i32))) (export "f" (func $f)))
        (assert_return (invoke "f") (i32.const 2))
        (module (import "env" "collect" (func $f)) (func (export "f") (call $f)))
        (assert_return (invoke "f"))
        (module (import "env" "nothing" (func)))
        (module $mine (func (export "next") (result i32) (i32.const 7)))
        (register "env" $mine)
        (module (import "env" "next" (func $f (result i32))) (export "f" (func $f)))
        (assert_return (invoke "f") (i32.const 7))"#;
    let with =
        ["pass", "pass", "pass", "pass", "pass", "pass", "fail", "pass", "pass", "pass", "pass"];
    let without = [
        "fail", "blocked", "fail", "blocked", "fail", "blocked", "fail", "pass", "pass", "pass",
        "pass",
    ];
    are("host_modules", host, script, &with, &without);
    // An engine in another process has them, too.
    let (path, file) = suite("host_modules_isolated", host, script);
    let (found, _) = report(&path, &["--dialect", &file, "--isolate"]);
    assert_eq!(of_file(&found, "x.wast"), with);
}

#[test]
fn a_host_module_that_the_script_gives_first_is_the_scripts() {
    let host =
        "[[host]]\nmodule = \"env\"\ntext = '(func (export \"f\") (result i32) (i32.const 1))'";
    let script = r#"
        (module $mine (func (export "f") (result i32) (i32.const 7)))
        (register "env" $mine)
        (module (import "env" "f" (func $f (result i32))) (export "g" (func $f)))
        (assert_return (invoke "g") (i32.const 7))"#;
    let (path, file) = suite("host_of_script", host, script);
    let (found, _) = report(&path, &["--dialect", &file]);
    assert_eq!(of_file(&found, "x.wast"), ["pass"; 4]);
}

#[test]
fn revoked_expectations_are_marked_and_counted_apart() {
    let revoked = |which: &str| {
        format!(
            "features = [\"standard-2.0\"]\n[[expect]]\n{which}\nclass = \"accepted\"
            reason = \"Two tables are valid now.\"\nrevoked-by = \"WebAssembly 2.0\""
        )
    };
    let script = r#"(assert_invalid (module (table 0 funcref) (table 0 funcref)) "multiple tables")
        (module)"#;
    let by_name = revoked("test = \"x.wast:1:assert_invalid\"");
    are("revoked", &by_name, script, &["xfail", "pass"], &["fail", "pass"]);
    let (path, _) = suite("revoked_hash", "", script);
    let hash = report(&path, &[]).0.lines[0].hash.clone();
    let moved = format!(";; moved\n{script}");
    let by_hash = revoked(&format!("hash = \"{hash}\""));
    are("revoked_hash_moved", &by_hash, &moved, &["xfail", "pass"], &["fail", "pass"]);
    let (path, file) =
        suite("revoked_counted", &revoked("test = \"x.wast:*:assert_invalid\""), script);
    let (found, _) = report(&path, &["--dialect", &file]);
    let line = found.lines.iter().find(|line| line.kind == "assert_invalid").unwrap();
    assert_eq!(line.revoked_by.as_deref(), Some("WebAssembly 2.0"));
    assert_eq!(found.closing.unwrap().totals.revoked, 1);
    let output = touchstone(&["run", path.to_str().unwrap(), "--dialect", &file]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("1 rest on expectations that a later standard revoked"));
    // An engine that still does what was asked for is not at fault either.
    let older = revoked("test = \"x.wast:*\"").replace("standard-2.0", "standard-1.0");
    let (path, file) = suite("revoked_older", &older, script.lines().next().unwrap());
    let (found, _) = report(&path, &["--dialect", &file]);
    assert_eq!(of_file(&found, "x.wast"), ["pass"]);
    assert_eq!(found.closing.unwrap().totals.revoked, 1);
}

#[test]
fn an_expectation_that_is_not_met_any_more_is_an_error() {
    let expect = "[[expect]]\ntest = \"x.wast:1:module\"\nclass = \"trap\"\nreason = \"It traps.\"";
    are("expect_passes", expect, "(module)", &["xpass"], &["pass"]);
}

#[test]
fn traps_may_count_as_link_errors() {
    let rule = "[scripts]\ntraps-are-link-errors = true";
    let script = r#"(assert_unlinkable (module (func $f unreachable) (start $f)) "unreachable")"#;
    are("traps_link", rule, script, &["pass"], &["fail"]);
}

#[test]
fn texts_may_stand_for_other_classes_of_failure() {
    let rule = r#"
        features = ["standard-3.0"]
        [messages.meanings]
        "overflow of the stack" = ["call stack exhausted"]
        "thrown" = ["uncaught exception"]"#;
    let script = r#"
        (module (tag $t)
          (func $deep (export "deep") (call $deep))
          (func (export "throw") (throw $t)))
        (assert_trap (invoke "deep") "overflow of the stack")
        (assert_trap (invoke "throw") "thrown")
        (assert_trap (invoke "throw") "overflow of the stack")"#;
    let without = ["pass", "fail", "fail", "fail"];
    are("meanings", rule, script, &["pass", "pass", "pass", "fail"], &without);
}

#[test]
fn a_test_is_explained_under_its_dialect() {
    let script =
        r#"(assert_invalid (module (table 0 funcref) (table 0 funcref)) "multiple tables")"#;
    let (path, file) = suite("explained", "features = [\"standard-1.0\"]", script);
    let test = format!("{}:1", path.join("x.wast").display());
    assert_eq!(touchstone(&["explain", &test]).status.code(), Some(1));
    let output = touchstone(&["explain", &test, "--dialect", &file]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(
        text(&output.stdout).contains(&format!("--dialect={file}")),
        "{}",
        text(&output.stdout)
    );
}

#[test]
fn a_dialect_may_be_named() {
    let script = r#"(module $m (func (export "f"))) (module (import "m" "f" (func)))"#;
    let (path, _) = suite("named", "", script);
    let (found, said) = report(&path, &["--dialect", "wasmtime"]);
    assert!(said.contains("dialect wasmtime, as it was asked for"), "{said}");
    assert_eq!(of_file(&found, "x.wast"), ["pass", "pass"]);
}

#[test]
fn a_dialect_that_is_wrong_is_refused() {
    let cases: &[(&str, &[&str])] = &[
        ("feature = []", &["own.toml:3:1", "unknown field `feature`", "docs/scripts.md"]),
        ("features = [\"simdd\"]", &["own.toml:3:13", "`simdd`", "did you mean `simd`?"]),
        (
            "[header]\nform = \"yaml\"\nprefix = \";;!\"",
            &["own.toml:4:8", "`toml` or `command-line`"],
        ),
        ("[header]\nform = \"toml\"\nprefix = \"#!\"", &["own.toml:5:10", "begins with `;;`"]),
        ("[header]\nform = \"command-line\"\nprefix = \";; RUN\"", &["own.toml:4:8", "`flags`"]),
        ("[[layout]]\nat = \"x\"", &["own.toml:3:1", "`has`"]),
        ("[[folder]]\npath = \"a//b\"", &["own.toml:4:8", "a path has parts"]),
        ("[[folder]]\npath = \"a\"\nadd = [\"{name}\"]", &["own.toml:4:8", "`{name}`"]),
        ("[[folder]]\npath = \"a\"\ndialect = \"wizzard\"", &["own.toml", "`wizzard`", "wizard"]),
        ("[[skip]]\nreason = \"x\"", &["own.toml:3:1", "`kinds`"]),
        ("[[skip]]\nkinds = [\"get\"]\nreason = \" \"", &["own.toml:3:1", "`reason` is empty"]),
        (
            "[[skip]]\nkinds = [\"assert_trapp\"]\nreason = \"x\"",
            &["own.toml:4:10", "did you mean `assert_trap`?"],
        ),
        (
            "[[expect]]\nclass = \"trap\"\nreason = \"x\"",
            &["own.toml:3:1", "either a `test` or a `hash`"],
        ),
        (
            "[[expect]]\ntest = \"a\"\nclass = \"trapp\"\nreason = \"x\"",
            &["own.toml:5:9", "`trapp`", "use one of"],
        ),
        ("[messages]\ncompare = \"loosely\"", &["own.toml:4:11", "`within`"]),
        (
            "[messages.meanings]\n\"x\" = [\"unreachible\"]",
            &["own.toml", "`unreachible`", "did you mean `unreachable"],
        ),
        ("[[host]]\nmodule = \"m\"\ntext = \"(func\"", &["own.toml:5:8", "host module `m`"]),
    ];
    for (number, (dialect, parts)) in cases.iter().enumerate() {
        let (path, file) = suite(&format!("wrong_{number}"), dialect, "(module)");
        is_refused(&["run", path.to_str().unwrap(), "--dialect", &file], parts);
    }
    let (path, _) = suite("wrong_name", "", "(module)");
    let path = path.to_str().unwrap();
    is_refused(&["run", path, "--dialect", "wizzard"], &["no dialect `wizzard`", "`wizard`"]);
    is_refused(&["run", path, "--dialect", "no.toml"], &["cannot read the dialect `no.toml`"]);
}

#[test]
fn flags_that_contradict_each_other_are_refused() {
    for arguments in [
        &["run", "--dialect", "wasmtime"][..],
        &["run", "x.wast", "--dialect", "wasmtime", "--suite", "wasm-1.0"],
    ] {
        let output = touchstone(arguments);
        assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    }
}
