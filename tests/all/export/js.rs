//! The JavaScript form: its verdicts are those of the adapter for the same engine.

use super::{exported, folder, path, touchstone};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The adapter, which must be told of by an absolute path: workers have the folder of the harness.
const ADAPTER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/adapters/javascript/adapter.js");

/// Whether node is there. If not, that is said.
fn has_node(what: &str) -> bool {
    let has = Command::new("node").arg("--version").output().is_ok_and(|o| o.status.success());
    if !has {
        eprintln!("node is not installed: {what} is NOT tested");
    }
    has
}

/// What either side says of a test.
struct Verdict(Value);

impl Verdict {
    fn word(&self, name: &str) -> &str {
        self.0[name].as_str().unwrap_or_default()
    }

    /// The outcome, the class of a failure, what is lacking, by what it is weakened, and whether text decided it.
    fn words(&self) -> [&str; 5] {
        let class = if self.word("outcome") == "fail" { self.word("class") } else { "" };
        let is_text = self.word("outcome") == "pass" && self.0["text_parser"] == true;
        let text = if is_text { "text" } else { "" };
        [self.word("outcome"), class, self.word("feature"), self.word("weakened"), text]
    }
}

type Verdicts = BTreeMap<String, Verdict>;

fn verdicts(lines: &str) -> Verdicts {
    let read = |line| serde_json::from_str::<Value>(line).expect("each line is JSON");
    let lines = lines.lines().map(read).filter(|line| line["outcome"].is_string());
    lines.map(|line| (line["id"].as_str().unwrap_or_default().to_owned(), Verdict(line))).collect()
}

/// Runs an exported file in node. Gives its exit code and what it printed.
fn node(file: &Path) -> (Option<i32>, String) {
    let output = Command::new("node").arg(file).output().expect("node runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.is_empty(), "{}: {errors}", file.display());
    (output.status.code(), String::from_utf8(output.stdout).expect("it prints UTF-8"))
}

/// The JavaScript files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there").flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(files(&path)),
            path if path.extension().is_some_and(|end| end == "js") => found.push(path),
            _ => {}
        }
    }
    found
}

/// Compares what exported files find in node with what the adapter finds for the same tests.
fn agree(selection: &[&str], out: &Path) -> usize {
    touchstone(&[&["export", "--js", path(out)][..], selection].concat());
    let mut exported = Verdicts::new();
    for file in files(out) {
        let (code, lines) = node(&file);
        let found = verdicts(&lines);
        let is_red = |outcome: &str| ["fail", "xpass", "blocked", "error"].contains(&outcome);
        let red = found.values().any(|verdict| is_red(verdict.word("outcome")));
        assert_eq!(code, Some(i32::from(red)), "{}", file.display());
        exported.extend(found);
    }
    let engine = format!("cmd:node '{ADAPTER}'");
    let run = ["run", "--format=json", "--engine", &engine];
    let report = touchstone(&[&run[..], selection].concat());
    let mut judged = verdicts(&report);
    judged.retain(|id, _| !id.ends_with(":end:nothing_alive"));
    let names = |verdicts: &Verdicts| verdicts.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&exported), names(&judged), "each directive is one subtest");
    for ((id, js), adapter) in exported.iter().zip(judged.values()) {
        let (js, adapter) = (js.words(), adapter.words());
        let may_differ = match adapter {
            // What the text parser of the harness decides, no engine sees.
            ["pass", "", "", "", "text"] => js == ["unsupported", "", "cannot-tell:text", "", ""],
            // The helper modules of an exported file know more types than those of the adapter.
            [_, _, "cannot-tell:references", ..] => js[0] == "pass",
            _ => false,
        };
        assert!(js == adapter || may_differ, "{id}: {js:?}, but by the adapter {adapter:?}");
    }
    exported.len()
}

const SCRIPT: &str = r#"(module $m
  (global (export "g") (mut f32) (f32.const nan:0x200000))
  (global (export "v") v128 (v128.const i64x2 1 -2))
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "same64") (param i64) (result i64) (local.get 0))
  (func (export "nan") (param f32 f64) (result f64 f32) (local.get 1) (local.get 0))
  (func (export "vector") (param v128) (result v128 i32) (local.get 0) (i32.const 5))
  (func (export "refs") (param externref funcref) (result externref funcref) (local.get 0) (local.get 1))
  (func $self (export "self") (result funcref) (ref.func $self))
  (elem declare func $self)
  (func (export "trap") unreachable)
  (func $deep (export "deep") (call $deep)))
(register "m" $m)
(assert_return (invoke "add" (i32.const -1) (i32.const -2)) (i32.const -3))
(assert_return (invoke "add" (i32.const 1) (i32.const 1)) (i32.const 3))
(assert_return (invoke "same64" (i64.const 0x8000000000000000)) (i64.const -9223372036854775808))
(assert_return (invoke "nan" (f32.const nan:0x200000) (f64.const -nan:0x4000000000001))
  (f64.const -nan:0x4000000000001) (f32.const nan:0x200000))
(assert_return (invoke "nan" (f32.const nan:0x200000) (f64.const 0)) (f64.const -0) (f32.const nan:0x200000))
(assert_return (invoke "nan" (f32.const nan:0x400001) (f64.const nan))
  (f64.const nan:canonical) (f32.const nan:arithmetic))
(assert_return (invoke "nan" (f32.const nan:0x400001) (f64.const nan))
  (f64.const nan:canonical) (f32.const nan:canonical))
(assert_return (invoke "vector" (v128.const i32x4 1 2 3 0x80000000)) (v128.const i32x4 1 2 3 0x80000000) (i32.const 5))
(assert_return (invoke "vector" (v128.const f32x4 nan:0x200000 1 2 3)) (v128.const f32x4 nan:canonical 1 2 3) (i32.const 5))
(assert_return (invoke "vector" (v128.const f64x2 nan -0)) (v128.const f64x2 nan:canonical -0) (i32.const 5))
(assert_return (invoke "refs" (ref.extern 3) (ref.null func)) (ref.extern 3) (ref.null func))
(assert_return (invoke "refs" (ref.extern 3) (ref.null func)) (ref.extern 4) (ref.null func))
(assert_return (invoke "self") (ref.func 6))
(assert_return (invoke "self") (ref.func 5))
(assert_return (invoke "add" (i32.const 1) (i32.const 1)) (either (i32.const 1) (i32.const 2)))
(assert_return (get "g") (f32.const nan:0x200000))
(assert_return (get $m "v") (v128.const i64x2 1 -2))
(get "g")
(invoke $m "trap")
(assert_trap (invoke "trap") "unreachable")
(assert_trap (invoke "trap") "integer overflow")
(assert_trap (invoke "add" (i32.const 1) (i32.const 1)) "unreachable")
(assert_exhaustion (invoke "deep") "call stack exhausted")
(assert_exhaustion (invoke "trap") "call stack exhausted")
(assert_exception (invoke "trap"))
(module $thrower (tag $e) (func (export "throw") (throw $e)) (func (export "__proto__") (result i32) (i32.const 1)))
(assert_exception (invoke "throw"))
(assert_return (invoke "throw"))
(assert_return (invoke "__proto__") (i32.const 1))
(assert_invalid (module (func (result i32))) "type mismatch")
(assert_invalid (module (func)) "type mismatch")
(assert_malformed (module quote "(func") "unexpected token")
(assert_malformed (module binary "\00asm") "unexpected end")
(assert_unlinkable (module (import "m" "x" (func))) "unknown import")
(assert_unlinkable (module (import "no module" "x" (func))) "unknown import")
(assert_unlinkable (module (import "m" "add" (func))) "incompatible import type")
(assert_unlinkable (module (import "m" "add" (func (param i32 i32) (result i32)))) "unknown import")
(assert_trap (module (func unreachable) (start 0)) "unreachable")
(module
  (import "spectest" "print_i32_f32" (func (param i32 f32)))
  (import "spectest" "global_f64" (global f64))
  (import "spectest" "table" (table 10 20 funcref))
  (import "spectest" "memory" (memory 1 2))
  (export "f64" (global 0)))
(assert_return (get "f64") (f64.const 666.6))
(assert_unlinkable (module (import "spectest" "print_i32" (func (param i64)))) "incompatible import type")
(module definition $d (global (export "n") (mut i32) (i32.const 1)))
(module instance $one $d)
(module instance $two $d)
(assert_return (get $one "n") (i32.const 1))
(module $fails (import "m" "nothing" (func)))
(assert_return (invoke $fails "f"))
(assert_return (invoke $nobody "f"))
(register "fails" $fails)
(module (import "fails" "f" (func)))
(module (func (unknown)))
(invoke "f")
"#;

#[test]
fn a_script_has_the_verdicts_of_the_adapter() {
    if !has_node("the JavaScript form") {
        return;
    }
    let base = folder("js-script");
    fs::write(base.join("s.wast"), SCRIPT).expect("the target folder can be written");
    let count = agree(&[path(&base)], &base.join("out"));
    assert_eq!(count, SCRIPT.lines().filter(|line| line.starts_with('(')).count());
}

#[test]
fn suites_have_the_verdicts_of_the_adapter() {
    if !has_node("the JavaScript form") {
        return;
    }
    for (suite, least) in [("wasm-1.0", 15_000), ("wasm-2.0", 20_000)] {
        let count = agree(&["--suite", suite], &folder(&format!("js-{suite}")));
        assert!(count > least, "{suite} has {count} subtests");
    }
}

#[test]
fn a_script_under_testharness_has_a_named_subtest_for_each_directive() {
    if !has_node("the JavaScript form") {
        return;
    }
    let script = "(module (func (export \"f\")))\n(assert_return (invoke \"f\"))\n\
        (assert_trap (invoke \"f\") \"unreachable\")\n(assert_malformed (module quote \"(func\") \"x\")\n";
    let (place, _) = exported("js-harness", script, "--js", &[]);
    let file = place.with_extension("js");
    // What testharness.js has, as far as it matters.
    let harness = r#"
        globalThis.assert_unreached = message => { throw new Error("FAIL " + message); };
        globalThis.assert_implements_optional = (is, message) => { if (!is) throw new Error("OPTIONAL " + message); };
        globalThis.test = (body, name) => {
          let result = "PASS";
          try { body(); } catch (error) { result = error.message.split(" ")[0]; }
          console.log(`${result} ${name.replace(/.*:(\d+:.*)/, "$1")}`);
        };
        require(process.argv[2]);"#;
    let loader = file.with_file_name("harness.js");
    fs::write(&loader, harness).expect("the target folder can be written");
    let output = Command::new("node").args([&loader, &file]).output().expect("node runs");
    let printed = String::from_utf8_lossy(&output.stdout);
    assert_eq!(
        printed.lines().collect::<Vec<_>>(),
        [
            "PASS 1:module",
            "PASS 2:assert_return:f",
            "FAIL 3:assert_trap:f",
            "OPTIONAL 4:assert_malformed"
        ]
    );
    assert_eq!(output.status.code(), Some(0), "the harness says what failed");
}

#[test]
fn failures_are_read_as_the_adapter_reads_them() {
    let read = |path: &str| {
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("it is there")
    };
    let section = |text: &str| {
        let start = text.split_once("// ---- failures ----\n").expect("it has this section").1;
        start.split_once("\n// ---- ").expect("another section follows").0.to_owned()
    };
    let adapter = section(&read("adapters/javascript/adapter.js"));
    assert!(adapter.contains("unreachable"), "{adapter}");
    assert_eq!(section(&read("src/forms/js/support.js")), adapter);
}
