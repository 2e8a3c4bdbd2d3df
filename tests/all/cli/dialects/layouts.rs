//! Scripts in the shape of the official suite, of the specification and its forks, of wasm-tools and of Wizard.

use super::{are, checkout, message, of_file, report, touchstone};

const TWO_TABLES: &str =
    r#"(assert_invalid (module (table 0 funcref) (table 0 funcref)) "multiple tables")"#;
/// A memory with small pages, whose flags are malformed unless the proposal is on.
const SMALL_PAGES: &str = r#"(assert_malformed
    (module binary "\00asm\01\00\00\00\05\04\01\08\00\00") "malformed limits flags")"#;

#[test]
fn the_official_suite() {
    let root = checkout(
        "official",
        &[
            ("i32.wast", SMALL_PAGES),
            ("linking.wast", "(module (table 0 funcref) (table 0 funcref))"),
            ("try_table.wast", "(module (memory 0) (memory 0))"),
            ("unread.fail.wast", "(module (func)"),
            ("proposals/threads/imports.wast", TWO_TABLES),
            ("proposals/threads/atomic.wast", "(module (memory 1 1 shared))"),
            ("proposals/custom-page-sizes/memory.wast", "(module (memory 0 (pagesize 1)))"),
            ("proposals/exception-handling/tag.wast", "(module (tag))"),
            ("proposals/levitation/up.wast", "(module)"),
        ],
    );
    let (found, said) = report(&root, &[]);
    assert!(said.contains("dialect testsuite, recognised by `proposals` and `i32.wast`"), "{said}");
    are(&root, "i32.wast", &["pass"], &["fail"]);
    are(&root, "proposals/threads/imports.wast", &["pass"], &["fail"]);
    are(&root, "unread.fail.wast", &["skip"], &["error"]);
    are(&root, "proposals/levitation/up.wast", &["skip"], &["pass"]);
    for file in [
        "linking.wast",
        "try_table.wast",
        "proposals/threads/atomic.wast",
        "proposals/custom-page-sizes/memory.wast",
        "proposals/exception-handling/tag.wast",
    ] {
        assert_eq!(of_file(&found, file), ["pass"], "{file}");
    }
    // A single script in the checkout is judged the same way.
    let (found, _) = report(&root.join("proposals/threads/imports.wast"), &[]);
    assert_eq!(found.lines[0].outcome, "pass");
}

#[test]
fn the_official_suite_before_version_3() {
    let two = r#"(assert_invalid (module (memory 0) (memory 0)) "multiple memories")"#;
    let root = checkout(
        "official_2",
        &[
            ("i32.wast", two),
            ("linking.wast", "(module (table 0 funcref) (table 0 funcref))"),
            ("proposals/multi-memory/two.wast", "(module (memory 0) (memory 0))"),
            ("proposals/gc/two.wast", two),
            ("proposals/threads/imports.wast", TWO_TABLES),
        ],
    );
    let (found, said) = report(&root, &[]);
    assert!(said.contains("dialect testsuite-2.0, recognised by"), "{said}");
    for file in ["i32.wast", "proposals/gc/two.wast", "proposals/threads/imports.wast"] {
        are(&root, file, &["pass"], &["fail"]);
    }
    assert_eq!(of_file(&found, "linking.wast"), ["pass"]);
    assert_eq!(of_file(&found, "proposals/multi-memory/two.wast"), ["pass"]);
}

#[test]
fn the_specification_and_forks_of_it() {
    let core = [("interpreter/README.md", ""), ("test/core/gc/x.wast", SMALL_PAGES)];
    let root = checkout("spec_checkout", &core);
    assert!(report(&root, &[]).1.contains("dialect spec, recognised by"));
    are(&root, "test/core/gc/x.wast", &["pass"], &["fail"]);
    let fork = |name: &str, text: &str| {
        let readme = format!("proposals/{name}/Overview.md");
        let files = [core[0], ("test/core/x.wast", text), (&readme, "")];
        checkout(&format!("fork_{name}"), &files)
    };
    let root = fork("threads", TWO_TABLES);
    assert!(report(&root, &[]).1.contains("dialect threads, recognised by"));
    are(&root, "test/core/x.wast", &["pass"], &["fail"]);
    for name in ["stack-switching", "custom-descriptors", "shared-everything-threads"] {
        let root = fork(name, SMALL_PAGES);
        assert!(report(&root, &[]).1.contains(&format!("dialect {name}, recognised by")));
        are(&root, "test/core/x.wast", &["pass"], &["fail"]);
    }
}

#[test]
fn wasm_tools() {
    let two = "(module (memory 0) (memory 0))";
    let header = |command: &str| format!(";; RUN: {command}\n\n");
    let invalid = format!("(assert_invalid {two} \"\")");
    let files = [
        ("on", header("wast % -f multi-memory") + two),
        ("off", header("wast --assert default % -f=-multi-memory") + &invalid),
        ("mvp", header("wast \\\n;;   --features=mvp,reference-types \\\n;;   %") + &invalid),
        ("lime", header("wast % -f lime1") + "(assert_invalid (module (func (param v128))) \"\")"),
        (
            "floats",
            header("wast % -f wasm1,-floats") + "(assert_invalid (module (func (param f32))) \"\")",
        ),
        ("unlinked", header("wast %") + r#"(module (import "nowhere" "f" (func)))"#),
        (
            "run",
            header("wast %") + r#"(module (func (export "f"))) (assert_trap (invoke "f") "x")"#,
        ),
        ("whole", ";; FAIL: wast %\n\n(module (func $f) (func $f))".to_owned()),
        ("strange", header("wast % -f levitation") + "(module)"),
    ];
    let path = |name: &str| format!("tests/cli/{name}.wast");
    let paths: Vec<String> = files.iter().map(|(name, _)| path(name)).collect();
    let mut all = vec![("src/bin/wasm-tools/main.rs", "")];
    all.extend(paths.iter().zip(&files).map(|(path, (_, text))| (path.as_str(), text.as_str())));
    let root = checkout("wasm_tools", &all);
    let (found, said) = report(&root, &[]);
    assert!(said.contains("dialect wasm-tools, recognised by `tests/cli` and"), "{said}");
    assert_eq!(of_file(&found, &path("on")), ["pass"]);
    for (name, with, without) in [
        ("off", "pass", "fail"),
        ("mvp", "pass", "fail"),
        ("lime", "skip", "fail"),
        ("floats", "skip", "fail"),
        ("unlinked", "pass", "fail"),
        ("whole", "skip", "error"),
        ("strange", "skip", "pass"),
    ] {
        are(&root, &path(name), &[with], &[without]);
    }
    are(&root, &path("run"), &["pass", "skip"], &["pass", "fail"]);
}

#[test]
fn wizard() {
    let returns = |result: u32| {
        format!(
            "(module (func (export \"f\") (result i32) (i32.const 1)))
            (assert_return (invoke \"f\") (i32.const {result}))"
        )
    };
    let (right, wrong) = (returns(1), returns(2));
    let trap = r#"(module (func (export "f") unreachable)) (assert_trap (invoke "f") "!whatever")"#;
    let root = checkout(
        "wizard",
        &[
            ("test/regress/core/add.wast", &wrong),
            ("test/regress/core/add.bin.wast", &right),
            ("test/regress/core/sub.wast", &wrong),
            ("test/regress/core/sub.wast.bin.wast", &right),
            ("test/regress/core/alone.wast", &right),
            ("test/regress/core/nothing.bin.wast", ";; nothing\n"),
            ("test/regress/core/trap.bin.wast", trap),
            ("test/regress/core/pages.bin.wast", SMALL_PAGES),
            ("test/regress/ext:custom-page-sizes/x.bin.wast", "(module (memory 0 (pagesize 1)))"),
            ("test/regress/ext:legacy-eh/x.bin.wast", SMALL_PAGES),
            ("test/regress/ext:jit-interface/x.bin.wast", "(module)"),
            ("test/regress/binary/disagree/x.wast", &wrong),
            (
                "test/regress/core/definition.bin.wast",
                "(module definition (func (export \"f\"))) (module instance) (invoke \"f\")",
            ),
        ],
    );
    let (found, said) = report(&root, &[]);
    assert!(said.contains("dialect wizard, recognised by `test/regress/ext:*`"), "{said}");
    are(&root, "test/regress/core/add.wast", &["skip", "skip"], &["pass", "fail"]);
    are(&root, "test/regress/core/sub.wast", &["skip", "skip"], &["pass", "fail"]);
    are(&root, "test/regress/core/trap.bin.wast", &["pass", "pass"], &["pass", "fail"]);
    are(&root, "test/regress/core/pages.bin.wast", &["pass"], &["fail"]);
    let colon = |name: &str| format!("test/regress/ext%3A{name}/x.bin.wast");
    are(&root, &colon("jit-interface"), &["skip"], &["pass"]);
    are(&root, &colon("legacy-eh"), &["pass"], &["fail"]);
    are(&root, "test/regress/binary/disagree/x.wast", &["skip", "skip"], &["pass", "fail"]);
    assert_eq!(of_file(&found, &colon("custom-page-sizes")), ["pass"]);
    assert_eq!(of_file(&found, "test/regress/core/alone.wast"), ["pass", "pass"]);
    assert_eq!(of_file(&found, "test/regress/core/definition.bin.wast"), ["pass"; 3]);
    assert!(message(&found, "test/regress/core/add.wast").contains("its twin"));
    // A file of nothing has the test at its end alone.
    let nothing = |line: &&touchstone::report::json::Line| line.file.ends_with("nothing.bin.wast");
    let lines: Vec<_> = found.lines.iter().filter(nothing).collect();
    assert_eq!((lines.len(), lines[0].outcome.as_str()), (1, "pass"));
    // Nothing but a part of the checkout is recognised, too.
    let part = root.join("test/regress");
    let output = touchstone(&["list", part.to_str().unwrap()]);
    assert!(super::text(&output.stderr).contains("dialect wizard"));
}
