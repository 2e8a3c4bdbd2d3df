//! Tests of `touchstone diff`, and of the causes that a run counts.

use super::{folder, text, touchstone};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

/// A folder with a script that is run again and again.
struct Case {
    folder: PathBuf,
}

impl Case {
    fn new(name: &str) -> Case {
        Case { folder: folder(name) }
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).to_str().expect("a name in UTF-8").to_owned()
    }

    /// Runs this script, as `script.wast`, and keeps the report under a name.
    fn run(&self, report: &str, script: &str) {
        fs::write(self.folder.join("script.wast"), script).expect("it can be written");
        let output = touchstone(&[
            "run",
            &self.path("script.wast"),
            "--json",
            &self.path(report),
            "--format=terse",
        ]);
        assert!(output.status.code().is_some_and(|code| code < 2), "{}", text(&output.stderr));
    }

    /// Changes a report.
    fn edit(&self, report: &str, edit: impl Fn(&mut Value)) {
        let path = self.folder.join(report);
        let lines = fs::read_to_string(&path).expect("it was written");
        let edited = lines.lines().map(|line| {
            let mut object: Value = serde_json::from_str(line).expect("it is JSON");
            edit(&mut object);
            object.to_string() + "\n"
        });
        let edited: String = edited.collect();
        fs::write(path, edited).expect("it can be written");
    }

    fn diff(&self, old: &str, new: &str, more: &[&str]) -> (Option<i32>, String) {
        let (old, new) = (self.path(old), self.path(new));
        let output = touchstone(&[&["diff", &old, &new][..], more].concat());
        (output.status.code(), text(&output.stdout) + &text(&output.stderr))
    }

    /// The kinds of changes, with the lines of the tests, and whether something is lost.
    fn changes(&self, old: &str, new: &str, more: &[&str]) -> (Vec<String>, bool) {
        let (code, json) = self.diff(old, new, &[&["--format", "json"][..], more].concat());
        let diff: Value = serde_json::from_str(&json).expect("it is JSON");
        let changes = diff["changes"].as_array().expect("a list").iter().map(|change| {
            let id = change["id"].as_str().expect("a name");
            let place = id.split_once(".wast:").map(|(_, place)| place).unwrap_or_default();
            let known = if change["known"].is_string() { " known" } else { "" };
            let of = |what: &str| change[what].as_str().unwrap_or_default().to_owned();
            format!("{} {} by {}{known}", of("kind"), place, of("mover"))
        });
        (changes.collect(), code == Some(1))
    }
}

const SCRIPT: &str = r#"(module
  (func (export "one") (result i32) (i32.const 1))
  (func (export "two") (result i32) (i32.const 2)))
(assert_return (invoke "one") (i32.const 1))
(assert_return (invoke "two") (i32.const 2))
"#;

/// A report says how the engine was started and which harness judged it, and a change of one is not taken for another.
#[test]
fn what_changed_is_told_apart() {
    let case = Case::new("diff-movers");
    case.run("old", SCRIPT);
    let header = |report: &str| -> Value {
        let lines = fs::read_to_string(case.path(report)).expect("it was written");
        serde_json::from_str(lines.lines().next().expect("a header")).expect("it is JSON")
    };
    assert_eq!(header("old")["flags"], "--engine=touchstone");
    assert_eq!(header("old")["harness"]["version"], env!("CARGO_PKG_VERSION"));
    let (script, flagged) = (case.path("script.wast"), case.path("flagged"));
    let flags = ["--opt-level=speed", "--timeout=7", "--json", &flagged];
    touchstone(&[&["run", &script][..], &flags].concat());
    let started = "--engine=touchstone --opt-level=speed --timeout=7";
    assert_eq!(header("flagged")["flags"], started);

    assert_eq!(header("old")["exception_lists"], "none");
    let broken = SCRIPT.replace("(result i32) (i32.const 2)", "(result i32) (i32.const 3)");
    for (name, field, value, mover, words) in [
        ("engine", "/engine/version", "9", "engine", "the engine changed"),
        ("flags", "/flags", started, "flags", "started by: --engine=touchstone → --engine="),
        ("suite", "/suites/0/revision", "other", "suite", "the suite changed"),
        ("lists", "/exception_lists", "9", "lists", "exception lists: none → 9"),
        ("harness", "/harness/version", "9.9.9", "harness", "harness: "),
        ("nothing", "/host", "other", "nothing", "neither the engine nor the suite changed"),
    ] {
        // The content of the test stays as it was, so that whatever changed is not the test.
        case.run(name, &broken);
        let old: Vec<Value> = fs::read_to_string(case.path("old"))
            .expect("it was written")
            .lines()
            .map(|line| serde_json::from_str(line).expect("it is JSON"))
            .collect();
        case.edit(name, |object| {
            if let Some(same) = old.iter().find(|old| old["id"] == object["id"]) {
                object["hash"] = same["hash"].clone();
            }
            if object["schema"].is_string() {
                *object.pointer_mut(field).expect("it is there") = value.into();
            }
        });
        let regression = format!("regression 5:assert_return:two by {mover}");
        assert_eq!(case.changes("old", name, &[]), (vec![regression], true));
        let (_, text) = case.diff("old", name, &[]);
        assert!(text.contains(words), "{text}");
        let (_, markdown) = case.diff("old", name, &["--format", "markdown"]);
        assert_eq!(markdown.contains("| harness |"), name == "harness", "{markdown}");
    }
    // Nor is it a change if one report tells the revision that the harness was built from, and the other does not.
    case.run("untold", &broken);
    let revision = |report: &str, revision: Option<&str>| {
        case.edit(report, |object| {
            if object["schema"].is_string() {
                object["harness"] = serde_json::json!({ "version": env!("CARGO_PKG_VERSION") });
                if let Some(revision) = revision {
                    object["harness"]["revision"] = revision.into();
                }
            }
        });
    };
    for (old, new, is_told) in
        [(Some("a1"), None, false), (None, Some("a1"), false), (Some("a1"), Some("b2"), true)]
    {
        revision("old", old);
        revision("untold", new);
        let (_, text) = case.diff("old", "untold", &[]);
        assert_eq!(text.contains("harness: "), is_told, "{text}");
        let (_, markdown) = case.diff("old", "untold", &["--format", "markdown"]);
        assert_eq!(markdown.contains("| harness |"), is_told, "{markdown}");
    }
    // A report of an older version says nothing, which is no change.
    case.edit("harness", |object| {
        let fields = object.as_object_mut().expect("an object");
        fields.remove("harness");
        fields.remove("flags");
    });
    let (changes, _) = case.changes("old", "harness", &[]);
    assert_eq!(changes, ["regression 5:assert_return:two by nothing"]);
}

/// The same test is found where it moved to, and what is wrong with it is the suite's doing if it was edited.
#[test]
fn moved_tests_are_no_change_and_edited_ones_are_the_suites() {
    let case = Case::new("diff-moved");
    case.run("old", SCRIPT);
    case.run("moved", &format!(";; A line more.\n\n{SCRIPT}"));
    assert_eq!(case.changes("old", "moved", &[]), (vec![], false));
    let (_, text) = case.diff("old", "moved", &[]);
    assert!(text.contains("4 tests compared, 3 with another name"), "{text}");
    assert!(text.ends_with("ok: nothing that passed is lost\n"), "{text}");
    case.run(
        "edited",
        &SCRIPT.replace("(i32.const 2))\n\"", "").replace(
            "(assert_return (invoke \"two\") (i32.const 2))",
            "(assert_return (invoke \"two\") (i32.const 3))",
        ),
    );
    let regression = "regression 5:assert_return:two by suite".to_owned();
    assert_eq!(case.changes("old", "edited", &[]), (vec![regression], true));
    assert_eq!(
        case.changes("edited", "old", &[]),
        (vec!["fixed 5:assert_return:two by suite".into()], false)
    );
}

/// A module gets a function and a line more, so that each test that calls it has another text in another line, which may
/// be the line of its neighbour before. Of three copies of one directive the first is left out.
#[test]
fn an_update_of_the_suite_is_no_regression() {
    let case = Case::new("diff-update");
    let asserts = |copies: usize| -> String {
        let mut asserts = String::new();
        for n in 0..5 {
            if n < copies {
                asserts += "(assert_return (invoke \"same\") (i32.const 0))\n";
            }
            // One of them fails, which nothing but its place tells.
            let expected = if n == 3 { 7 } else { n };
            asserts +=
                &format!("(assert_return (invoke \"f\" (i32.const {n})) (i32.const {expected}))\n");
        }
        asserts
    };
    let script = |more: &str, copies: usize| {
        format!(
            "(module\n{more}  (func (export \"f\") (param i32) (result i32) (local.get 0))\n  \
             (func (export \"same\") (result i32) (i32.const 0)))\n{}",
            asserts(copies)
        )
    };
    let fails_at = |report: &str, place: usize| {
        let seen = std::cell::Cell::new(0);
        case.edit(report, |object| {
            if object["id"].as_str().is_some_and(|id| id.ends_with(":same")) {
                seen.set(seen.get() + 1);
                if seen.get() == place {
                    object["outcome"] = "fail".into();
                    object["actual"] = "wrong".into();
                }
            }
        });
    };
    case.run("old", &script("", 3));
    fails_at("old", 2);
    case.run("new", &script("  (func (export \"new\"))\n", 3));
    fails_at("new", 2);
    assert_eq!(case.changes("old", "new", &[]), (vec![], false));
    let (_, text) = case.diff("old", "new", &[]);
    assert!(text.contains("10 tests compared, 8 with another name, 9 with another text"), "{text}");
    // The first copy goes, and with it a line.
    let fewer = script("", 3).replacen("(assert_return (invoke \"same\") (i32.const 0))\n", "", 1);
    case.run("fewer", &fewer);
    fails_at("fewer", 1);
    let vanished = "vanished 4:assert_return:same by suite".to_owned();
    assert_eq!(case.changes("old", "fewer", &[]), (vec![vanished], true));
    assert_eq!(case.changes("fewer", "old", &[]), (vec![], false));
    // So says a history.
    let history = case.path("history.sqlite");
    for (night, report) in [("2026-01-01", "old"), ("2026-01-02", "new"), ("2026-01-03", "fewer")] {
        case.edit(report, |object| {
            if object["started"].is_string() {
                object["started"] = format!("{night}T02:00:00Z").into();
            }
        });
        let output = touchstone(&["history", "--history", &history, "add", &case.path(report)]);
        assert_eq!(output.status.code(), Some(0), "{}", super::text(&output.stderr));
    }
    for (night, lost) in [("2026-01-02", None), ("2026-01-03", Some(2))] {
        let output = touchstone(&["history", "--history", &history, "changes", "--night", night]);
        let told = super::text(&output.stdout);
        assert!(!told.contains("regression") && !told.contains("fixed"), "{told}");
        assert_eq!(told.contains(" vanished: "), lost.is_some(), "{told}");
    }
    let output = touchstone(&["history", "--history", &history, "flaky"]);
    assert!(super::text(&output.stdout).starts_with("0 flaky"), "{}", super::text(&output.stdout));
}

#[test]
fn each_kind_of_change_is_told() {
    let case = Case::new("diff-kinds");
    case.run("old", SCRIPT);
    case.run("new", SCRIPT);
    let set = |line: u64, outcome: &'static str, said: &'static str| {
        move |object: &mut Value| {
            if object["line"] == line && object["id"].is_string() {
                object["outcome"] = outcome.into();
                object["message"] = said.into();
                if outcome == "unsupported" {
                    object["feature"] = said.into();
                }
            }
        }
    };
    // Another version of the engine, so that the engine is what changed.
    let version = |object: &mut Value| {
        if object["engine"].is_object() {
            object["engine"]["version"] = "0.2.0".into();
        }
    };
    case.edit("new", set(4, "crash", "it died of SIGSEGV"));
    case.edit("new", set(5, "unsupported", "gc"));
    let (changes, red) = case.changes("old", "new", &[]);
    assert_eq!(
        (changes.as_slice(), red),
        (
            &[
                "regression 4:assert_return:one by nothing".to_owned(),
                "withheld 5:assert_return:two by nothing".to_owned()
            ][..],
            true
        )
    );
    case.edit("new", version);
    let (changes, _) = case.changes("old", "new", &[]);
    assert!(changes.iter().all(|change| change.ends_with("by engine")), "{changes:?}");
    let (changes, red) = case.changes("new", "old", &[]);
    assert_eq!(
        changes,
        ["fixed 4:assert_return:one by engine", "gained 5:assert_return:two by engine"]
    );
    assert!(!red);

    case.run("other", SCRIPT);
    case.edit("other", set(4, "timeout", "the time limit ran out"));
    case.edit("other", set(5, "fail", "wrong"));
    let (changes, red) = case.changes("new", "other", &[]);
    assert_eq!(
        changes,
        ["uncovered 5:assert_return:two by engine", "changed 4:assert_return:one by engine"]
    );
    assert!(!red, "what failed before is no regression");
    let (changes, _) = case.changes("other", "new", &[]);
    assert_eq!(
        changes,
        ["changed 4:assert_return:one by engine", "hidden 5:assert_return:two by engine"]
    );
    assert_eq!(case.changes("new", "new", &[]), (vec![], false));
}

/// A failure is known if a run before had it in the same test and in the same way.
#[test]
fn a_failure_that_was_seen_before_is_not_new() {
    let case = Case::new("diff-since");
    case.run("old", SCRIPT);
    let fails = |said: &'static str| {
        move |object: &mut Value| {
            if object["line"] == 5 {
                object["outcome"] = "fail".into();
                object["class"] = "trap".into();
                object["actual"] = said.into();
            }
        }
    };
    for (report, said) in
        [("new", "trap at 0x12"), ("same", "trap at 0x34"), ("else", "a link error")]
    {
        case.run(report, SCRIPT);
        case.edit(report, fails(said));
    }
    let known = |since: &str| {
        let since = case.path(since);
        case.changes("old", "new", &["--since", &since])
    };
    let regression = "regression 5:assert_return:two by nothing".to_owned();
    assert_eq!(known("else"), (vec![regression.clone()], true));
    assert_eq!(known("same"), (vec![regression + " known"], false));
}

/// What vanished is lost; what the later run did not select, or did not come to, is not.
#[test]
fn what_vanished_is_told_from_what_was_not_asked_for() {
    let case = Case::new("diff-vanished");
    case.run("old", SCRIPT);
    let shorter = SCRIPT.replace("(assert_return (invoke \"two\") (i32.const 2))\n", "");
    case.run("new", &shorter);
    let vanished = "vanished 5:assert_return:two by suite".to_owned();
    assert_eq!(case.changes("old", "new", &[]), (vec![vanished], true));
    let (code, text) = case.diff("new", "old", &[]);
    assert!(
        code == Some(0) && text.contains("\n1 new: it was not there, and does not fail"),
        "{text}"
    );
    // Without its last line the report is that of a run that was stopped.
    let path = case.folder.join("new");
    let lines = fs::read_to_string(&path).expect("it was written");
    let end = lines.trim_end().rfind('\n').expect("it has lines");
    fs::write(&path, &lines[..=end]).expect("it can be written");
    let (code, text) = case.diff("old", "new", &[]);
    assert!(code == Some(0) && text.contains("1 not selected, or not reached"), "{text}");
    assert!(text.contains("(partial: "), "{text}");
}

/// A comment has room for so much, and the worst comes first in it.
#[test]
fn the_markdown_is_bounded_and_begins_with_the_worst() {
    let case = Case::new("diff-markdown");
    let asserts: String =
        (0..500).map(|n| format!("(assert_return (invoke \"f`{n}\") (i32.const 1))\n")).collect();
    let funcs = |result: u32| -> String {
        (0..500)
            .map(|n| format!("(func (export \"f`{n}\") (result i32) (i32.const {result}))\n"))
            .collect()
    };
    case.run("old", &format!("(module {})\n{asserts}", funcs(1)));
    case.run("new", &format!("(module {})\n{asserts}", funcs(2)));
    let (code, text) = case.diff("old", "new", &["--format=markdown", "--limit=4000"]);
    assert_eq!(code, Some(1), "{text}");
    assert!(text.len() <= 4000, "{} bytes", text.len());
    assert!(
        text.starts_with("### FAILED: 500 tests that passed, or were there, are lost\n"),
        "{text}"
    );
    assert!(text.contains("| regression | 500 | it passed, and fails now |"), "{text}");
    assert!(text.contains("more, for which there is no room."), "{text}");
    let (_, whole) = case.diff("old", "new", &["--format=markdown"]);
    assert!(whole.len() <= 60_000 && whole.matches("\n* `").count() > 300, "{}", whole.len());
}

#[test]
fn a_report_that_is_none_is_refused() {
    let case = Case::new("diff-refused");
    case.run("old", SCRIPT);
    let (code, text) = case.diff("old", "missing", &[]);
    assert!(code == Some(2) && text.contains("missing"), "{text}");
    let (code, _) = case.diff("old", "script.wast", &[]);
    assert_eq!(code, Some(2));
}

/// Many failures with one cause are counted as one.
#[test]
fn a_run_counts_the_causes_of_its_failures() {
    let case = Case::new("causes");
    let script = r#"(module (func (export "f") (result i32) (i32.const 1)))
(assert_return (invoke "f") (i32.const 2))
(assert_return (invoke "f") (i32.const 3))
(assert_return (invoke "f") (i32.const 4))
(module $N (import "nowhere" "g" (func)))
(assert_return (invoke $N "f"))
(assert_return (invoke $N "f"))
"#;
    fs::write(case.folder.join("script.wast"), script).expect("it can be written");
    let output = touchstone(&["run", &case.path("script.wast")]);
    let text = text(&output.stdout);
    assert!(text.contains("\n4 failures, 2 blocked by them, 2 causes\n"), "{text}");
    assert!(text.contains("  3 × wrong values of `f` in local/"), "{text}");
    assert!(
        text.contains("such as local/") && text.contains("script.wast:2:assert_return:f\n"),
        "{text}"
    );
}

/// Whoever opens a pull request controls the reports from which a comment is made.
#[test]
fn a_comment_shows_no_markup_of_a_report_and_keeps_its_limit() {
    let case = Case::new("diff-sly");
    case.run("old", SCRIPT);
    case.run("new", &SCRIPT.replace("(i32.const 2)))", "(i32.const 3)))"));
    let sly = "**[x](https://evil)** <img src=x> @octocat |\r\r# Approved";
    let long = "y".repeat(100_000);
    for (version, limit) in [(sly, "5000"), (&long, "5000"), (&long, "300")] {
        case.edit("new", |object| {
            if object["schema"].is_string() {
                object["engine"]["version"] = version.into();
                object["flags"] = version.into();
            }
        });
        let arguments = ["--format", "markdown", "--limit", limit];
        let (code, markdown) = case.diff("old", "new", &arguments);
        assert_eq!(code, Some(1), "{markdown}");
        assert!(markdown.len() <= limit.parse().expect("a number"), "{markdown}");
        assert!(markdown.starts_with("### FAILED: 1 test"), "{markdown}");
        for markup in ["**[", "[x](", "<img", "@octocat", "\r", "\n# "] {
            assert!(!markdown.contains(markup), "{markup} in {markdown}");
        }
    }
    let (code, message) = case.diff("old", "new", &["--format", "markdown", "--limit", "100"]);
    assert_eq!(code, Some(2), "{message}");
}
