//! Tests of `touchstone triage`, and of the exception lists that it proposes entries for.

use super::{folder, is_refused, text, touchstone};
use crate::remote::example;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::Output;

/// A folder with a script, a report of its last run, and an exception list.
struct Case {
    folder: PathBuf,
    engine: Vec<String>,
}

impl Case {
    fn new(name: &str, script: &str) -> Case {
        let case = Case { folder: folder(name), engine: Vec::new() };
        case.write("script.wast", script);
        case.write("list.toml", "");
        case
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).to_str().expect("a name in UTF-8").to_owned()
    }

    fn write(&self, name: &str, content: &str) {
        fs::write(self.folder.join(name), content).expect("the target folder can be written");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.folder.join(name)).expect("it was written")
    }

    /// The name of a test of the script.
    fn id(&self, rest: &str) -> String {
        format!("local/{}:{rest}", self.path("script.wast").trim_start_matches('/'))
    }

    /// Runs the script with the list, writes the report, and gives exit code and output.
    fn run(&self, more: &[&str]) -> (Option<i32>, String) {
        let (script, list, report) =
            (self.path("script.wast"), self.path("list.toml"), self.path("run.jsonl"));
        let mut arguments = vec!["run", &script, "--ignore-list", &list, "--json", &report];
        arguments.extend(self.engine.iter().map(String::as_str));
        arguments.extend(more);
        let output = touchstone(&arguments);
        (output.status.code(), text(&output.stdout) + &text(&output.stderr))
    }

    fn triage(&self, more: &[&str]) -> Output {
        let (list, report) = (self.path("list.toml"), self.path("run.jsonl"));
        touchstone(&[&["triage", &report, "--ignore-list", &list][..], more].concat())
    }

    /// What a triage proposes, as text.
    fn proposals(&self) -> String {
        let output = self.triage(&[]);
        assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
        text(&output.stdout)
    }

    /// What a triage finds, as data.
    fn found(&self) -> Value {
        let output = self.triage(&["--format", "json"]);
        assert_eq!(text(&output.stderr), "");
        serde_json::from_slice(&output.stdout).expect("it is JSON")
    }

    /// Pastes proposals into the list, with reasons.
    fn paste(&self, proposals: &str) {
        let list = self.read("list.toml") + &with_reasons(proposals);
        self.write("list.toml", &list);
    }
}

fn with_reasons(proposals: &str) -> String {
    proposals
        .replace("reason = \"FIXME\"", "reason = \"because\"")
        .replace("fixme = \"FIXME\"", "fixme = \"FIXME(#1): mend it\"")
}

fn entry(test: &str, more: &str) -> String {
    format!(
        "[[ignore]]\ntest = \"{test}\"\nreason = \"because\"\nfixme = \"FIXME(#1): f\"\n{more}\n"
    )
}

const FAIL: &str = "expect = \"fail\"\nclass = \"value\"";

/// The strings in a field of every object in a list.
fn strings<'a>(found: &'a Value, list: &str, field: &str) -> Vec<&'a str> {
    let items = found[list].as_array().expect("a list");
    items.iter().map(|item| item[field].as_str().unwrap_or("-")).collect()
}

/// The names that each proposal is about.
fn proposed(found: &Value) -> Vec<Vec<&str>> {
    let items = found["proposals"].as_array().expect("a list").iter();
    let of = items.map(|item| item["test"].as_array().expect("a list of names"));
    of.map(|names| names.iter().filter_map(Value::as_str).collect()).collect()
}

const FAULTY: &str = r#"
(module (func (export "three") (result i32) (i32.const 3))
        (func (export "trap") (unreachable)))
(assert_return (invoke "three") (i32.const 4))
(assert_return (invoke "three") (i32.const 3))
(assert_return (invoke "three") (i32.const 5))
(assert_return (invoke "trap"))
(module $missing (import "no" "such" (func $f)) (export "f" (func $f)))
(assert_return (invoke $missing "f"))
(assert_return (invoke $missing "f"))
(assert_invalid (module) "type mismatch")
(assert_invalid (module (memory 1)) "type mismatch")
"#;

#[test]
fn what_is_proposed_makes_the_run_green() {
    let case = Case::new("triage_green", FAULTY);
    let (code, out) = case.run(&[]);
    assert!(code == Some(1) && out.contains("6 failed, 2 blocked"), "{out}");
    let proposals = case.proposals();
    assert!(proposals.contains("# 4 entries are proposed, for 6 tests."), "{proposals}");
    assert!(proposals.contains("# 2 tests need what failed here"), "{proposals}");
    // As they are, they are refused: only a person knows the reason.
    case.write("list.toml", &proposals);
    is_refused(
        &["run", &case.path("script.wast"), "--ignore-list", &case.path("list.toml")],
        &["list.toml:", "`reason` is still to be written; say why the test cannot pass"],
    );
    case.write("list.toml", "");
    case.paste(&proposals);
    let (code, out) = case.run(&[]);
    assert!(code == Some(0) && out.contains("5 failed as expected, 3 skipped"), "{out}");
    // One of the tests alone is held against the same list, and what is pasted to see it again names the list.
    let (script, list) = (case.path("script.wast"), case.path("list.toml"));
    let failing = "assert_return (invoke \"three\") (i32.const 4)";
    let line = FAULTY.lines().position(|line| line.contains(failing)).expect("it is there") + 1;
    let place = format!("{script}:{line}");
    let alone = touchstone(&["explain", &place]);
    assert_eq!(alone.status.code(), Some(1), "{}", text(&alone.stdout));
    let listed = touchstone(&["explain", &place, "--ignore-list", &list]);
    let shown = text(&listed.stdout);
    assert_eq!(listed.status.code(), Some(0), "{shown}{}", text(&listed.stderr));
    assert!(shown.contains("failed as expected"), "{shown}");
    assert!(shown.contains(&format!("--ignore-list={list}")), "{shown}");
    let after = case.triage(&[]);
    assert_eq!(after.status.code(), Some(0), "{}", text(&after.stdout));
    // The entries are for this version of this engine, and tell how the tests fail.
    for part in [
        "engine = \"touchstone\"\nversions = \"=",
        "class = \"value\"\nfingerprint = \"i32:3 (0x00000003)\"\n",
        "class = \"trap\"\nfingerprint = \"trap: unreachable executed\"\n",
    ] {
        assert!(proposals.contains(part), "{proposals} lacks {part:?}");
    }
}

#[test]
fn alike_failures_share_an_entry_that_is_about_no_other_test() {
    let case = Case::new("triage_alike", FAULTY);
    case.run(&[]);
    let found = case.found();
    // Of the calls of `three` one passes, so that no pattern names the others; all modules that have to be
    // invalid were accepted.
    let wanted = [
        vec![case.id("4:assert_return:three"), case.id("6:assert_return:three")],
        vec![case.id("7:assert_return:trap")],
        vec![case.id("8:module")],
        vec![case.id("*:assert_invalid*")],
    ];
    assert_eq!(proposed(&found), wanted);
    assert_eq!(found["proposals"][3]["tests"].as_array().map(Vec::len), Some(2));
    assert_eq!(found["proposals"][2]["blocks"], 2);
    // A run that left tests of the file out knows too little for a pattern.
    case.run(&["--filter", "assert_invalid"]);
    let found = case.found();
    let wanted = [[case.id("11:assert_invalid"), case.id("12:assert_invalid")]];
    assert_eq!(proposed(&found), wanted);
}

#[test]
fn another_failure_than_the_one_listed_is_red_again() {
    let case = Case::new("triage_changed", FAULTY);
    case.run(&[]);
    case.paste(&case.proposals());
    assert_eq!(case.run(&[]).0, Some(0));
    // The engine gives another wrong value.
    case.write(
        "script.wast",
        &FAULTY.replace("(result i32) (i32.const 3)", "(result i32) (i32.const 7)"),
    );
    let (code, out) = case.run(&[]);
    assert!(code == Some(1) && out.contains("3 failed,"), "{out}");
    let message = "with the fingerprint `i32:7 (0x00000007)` and not `i32:3 (0x00000003)`";
    assert!(out.contains("fails otherwise than listed in") && out.contains(message), "{out}");
    let found = case.found();
    // An entry that names the engine has to be changed; what nothing is listed for is proposed.
    assert_eq!(strings(&found, "stale", "why"), ["fails-otherwise", "fails-otherwise"]);
    assert_eq!(proposed(&found), [[case.id("5:assert_return:three")]]);
    let remedy = strings(&found, "stale", "remedy")[0];
    let wanted = r#"write class = "value" and fingerprint = "i32:7 (0x00000007)""#;
    assert!(remedy.contains(wanted), "{remedy}");
    // So does another class of failure.
    case.write("script.wast", &FAULTY.replace("(unreachable)", "(call 1)"));
    let (code, out) = case.run(&[]);
    assert!(code == Some(1) && out.contains("by `exhaustion` and not by `trap`"), "{out}");
    // Without a fingerprint, any failure of the class is expected.
    let list = case.read("list.toml");
    let without = list.lines().filter(|line| !line.starts_with("fingerprint = "));
    case.write("list.toml", &without.collect::<Vec<_>>().join("\n"));
    case.write("script.wast", &FAULTY.replace("(i32.const 3)", "(i32.const 8)"));
    let (code, out) = case.run(&[]);
    assert_eq!(code, Some(0), "{out}");
}

const MIXED: &str = r#"
(module (func (export "one") (result i32) (i32.const 1)))
(assert_return (invoke "one") (i32.const 1))
(assert_return (invoke "one") (i32.const 2))
(module (type $f (func)) (type (cont $f)))
"#;

#[test]
fn entries_in_vain_are_listed() {
    let case = Case::new("triage_stale", MIXED);
    let own = "engine = \"touchstone\"\n";
    let list = [
        entry(&case.id("3:assert_return:one"), FAIL),
        entry(&case.id("4:assert_return:one"), &format!("{own}versions = \"=99.0.0\"\n{FAIL}")),
        entry(&case.id("5:module"), &format!("{own}{FAIL}")),
        entry(&case.id("9:assert_return:one"), FAIL),
        entry("wasm-1.0/i32.wast:1:no-such-kind", "expect = \"skip\""),
        // Of these the run says nothing.
        entry(&case.id("4:assert_return:one"), &format!("engine = \"other\"\n{FAIL}")),
        entry("wasm-1.0/i32.wast:37:assert_return:add", "expect = \"skip\""),
        entry("local/elsewhere.wast:*", "expect = \"skip\""),
    ];
    case.write("list.toml", &list.concat());
    let (code, out) = case.run(&[]);
    assert!(code == Some(1) && out.contains("passed unexpectedly"), "{out}");
    let found = case.found();
    let why = strings(&found, "stale", "why");
    assert_eq!(why, ["passes", "other-version", "unsupported", "no-test", "no-test"]);
    assert_eq!(found["stale"][3]["line"], 22);
    assert_eq!(found["for_other_engines"], 1);
    let built_in = touchstone::index::embedded().exceptions().iter();
    let of_others = |entry: &&std::sync::Arc<touchstone::index::Exception>| {
        entry.engine.as_ref().is_some_and(|gate| gate.name != "touchstone")
    };
    assert_eq!(built_in.clone().filter(of_others).count(), 0);
    assert_eq!(found["not_selected"], 2 + built_in.count());
    // The entry for another version covers nothing, so one for this version is proposed.
    assert_eq!(proposed(&found), [[case.id("4:assert_return:one")]]);
    let text = case.proposals();
    for part in [
        "# Entries that do not cover what they are about:",
        "it passes on this engine; remove the entry, or name the engines that fail",
        "is not among its versions; widen them",
        "no test has that name; correct the name, or remove the entry",
        "1 for other engines",
    ] {
        assert!(text.contains(part), "{text} lacks {part:?}");
    }
    case.paste(&text);
    let (_, out) = case.run(&[]);
    assert!(out.contains("1 failed as expected, 1 passed unexpectedly"), "{out}");
}

#[test]
fn an_entry_that_names_the_engine_goes_before_one_that_does_not() {
    let case = Case::new("triage_engines", MIXED);
    let test = case.id("4:assert_return:one");
    // Any engine traps here, says the list; this one gives a value.
    case.write("list.toml", &entry(&test, "expect = \"fail\"\nclass = \"trap\""));
    assert_eq!(case.run(&[]).0, Some(1));
    let proposals = case.proposals();
    case.paste(&proposals);
    let (code, out) = case.run(&[]);
    assert_eq!(code, Some(0), "{out}");
    // Two entries that count for one engine are refused, in one list and in two.
    let twice = entry(&test, "engine = \"touchstone\"\nexpect = \"skip\"");
    case.write("other.toml", &twice);
    is_refused(
        &[
            "run",
            &case.path("script.wast"),
            "--ignore-list",
            &case.path("list.toml"),
            "--ignore-list",
            &case.path("other.toml"),
        ],
        &["other.toml:2:8:", "speaks of already", "list.toml"],
    );
}

/// What must not run is skipped, and what needs it with it.
#[test]
fn a_crash_is_proposed_to_be_skipped() {
    let script = r#"
        (module (func (export "abort1")) (func (export "fine")))
        (assert_return (invoke "abort1"))
        (assert_return (invoke "fine"))"#;
    let mut case = Case::new("triage_crash", script);
    let program = example("bad_engine");
    case.engine.push(format!("--engine=cmd:{}", program.to_str().expect("a name in UTF-8")));
    let (code, out) = case.run(&[]);
    assert!(code == Some(1) && out.contains("1 crashed"), "{out}");
    let proposals = case.proposals();
    assert!(proposals.contains("# 1 test, crash: it died of SIGABRT"), "{proposals}");
    assert!(proposals.contains("expect = \"skip\"\nengine = "), "{proposals}");
    case.paste(&proposals);
    let (code, out) = case.run(&[]);
    assert!(code == Some(0) && out.contains("1 skipped"), "{out}");
}

#[test]
fn what_no_entry_can_cover_is_told() {
    let script = r#"
(module (func (export "f") (result i32) (i32.const 1)))
(assert_return (invoke "g"))
(module $m (import "no" "such" (func $f)) (export "f" (func $f)))
(assert_return (invoke $m "f"))"#;
    let case = Case::new("triage_uncoverable", script);
    case.run(&["--filter", "assert_return"]);
    let found = case.found();
    assert!(proposed(&found).is_empty());
    assert_eq!(strings(&found, "uncoverable", "outcome"), ["error", "blocked"]);
    let why = strings(&found, "uncoverable", "why");
    assert!(why[0].contains("the script or the text parser of the harness is at fault"), "{why:?}");
    assert!(why[1].contains("which this run did not select"), "{why:?}");
}

#[test]
fn nothing_to_do() {
    let case = Case::new("triage_nothing", "(module)");
    case.run(&[]);
    let output = case.triage(&[]);
    assert_eq!(output.status.code(), Some(0));
    let out = text(&output.stdout);
    assert!(out.lines().all(|line| line.starts_with("# ") || line.is_empty()), "{out}");
    assert!(out.contains("# 0 entries are proposed, for 0 tests."), "{out}");
}

#[test]
fn proposals_can_be_for_more_versions() {
    let case = Case::new("triage_versions", FAULTY);
    case.run(&[]);
    let output = case.triage(&["--versions", ">=0.0.1, <99"]);
    assert!(text(&output.stdout).contains("versions = \">=0.0.1, <99\"\n"));
    case.paste(&text(&output.stdout));
    assert_eq!(case.run(&[]).0, Some(0));
    let run = case.path("run.jsonl");
    is_refused(
        &["triage", &run, "--versions", ">=99"],
        &["does not hold", "a range as in Cargo.toml"],
    );
    is_refused(&["triage", &run, "--versions", "new ones"], &["does not hold"]);
}

#[test]
fn a_report_that_cannot_be_looked_through() {
    let case = Case::new("triage_bad", FAULTY);
    is_refused(&["triage", &case.path("none.jsonl")], &["none.jsonl"]);
    case.run(&[]);
    is_refused(&["triage", &case.path("script.wast")], &["not a report of touchstone"]);
    let report = case.read("run.jsonl");
    let lines: Vec<&str> = report.lines().collect();
    case.write("damaged.jsonl", &[&lines[..2], &lines[3..]].concat().join("\n"));
    is_refused(&["triage", &case.path("damaged.jsonl")], &["this report is damaged"]);
    let run = case.path("run.jsonl");
    is_refused(&["triage", &run, "--ignore-list", "none.toml"], &["cannot read `none.toml`"]);
    case.write("list.toml", "[[ignore]]\ntest = \"x\"\n");
    is_refused(
        &["triage", &run, "--ignore-list", &case.path("list.toml")],
        &["list.toml:1:1: this entry has no `reason`"],
    );
    // A partial run says what it has come to, and no more.
    case.write("list.toml", "");
    case.write("run.jsonl", &(lines[..4].join("\n") + "\n"));
    let out = case.proposals();
    assert!(out.contains("# Of what it did not come to, nothing is said: this is a partial run"));
    assert!(out.contains("# 1 entry is proposed, for 1 test."), "{out}");
}
