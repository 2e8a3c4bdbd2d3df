//! Tests of `touchstone run --baseline`: what passed in an earlier run must pass, and must be there.

use super::{folder, is_refused, text, touchstone};
use std::fs;
use std::path::PathBuf;
use touchstone::change::Changes;
use touchstone::report::json;

/// A folder of scripts, with the report of an earlier run of them.
struct Case(PathBuf);

impl Case {
    /// Runs the scripts, and keeps the report.
    fn new(name: &str, scripts: &[(&str, &str)], more: &[&str]) -> Case {
        let case = Case(folder(name));
        fs::create_dir(case.0.join("scripts")).expect("the target folder can be written");
        scripts.iter().for_each(|(name, content)| case.script(name, content));
        let (folder, report) = (case.path("scripts"), case.path("old.jsonl"));
        let output = touchstone(&[&["run", &folder, "--json", &report][..], more].concat());
        assert!(output.status.code() < Some(2), "{}", text(&output.stderr));
        case
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("a name in UTF-8").to_owned()
    }

    fn write(&self, name: &str, content: &str) {
        fs::write(self.0.join(name), content).expect("the target folder can be written");
    }

    fn script(&self, name: &str, content: &str) {
        self.write(&format!("scripts/{name}"), content);
    }

    /// Replaces text in the report of the earlier run.
    fn rewrite(&self, from: &str, to: &str) {
        let report = fs::read_to_string(self.0.join("old.jsonl")).expect("it was written");
        assert!(report.contains(from), "{report} lacks {from:?}");
        self.write("old.jsonl", &report.replace(from, to));
    }

    fn arguments(&self) -> Vec<String> {
        ["run".into(), self.path("scripts"), "--baseline".into(), self.path("old.jsonl")].into()
    }

    /// Runs the scripts against the earlier run. Gives the exit code, what is printed, and the changes that
    /// the report has.
    fn run(&self, more: &[&str]) -> (Option<i32>, String, Changes) {
        let report = self.path("new.jsonl");
        let own = self.arguments();
        let mut arguments: Vec<&str> = own.iter().map(String::as_str).collect();
        arguments.extend(["--json", &report]);
        arguments.extend(more);
        let output = touchstone(&arguments);
        let read = json::read(&*fs::read(&report).expect("it was written")).expect("a report");
        let changes = read.closing.expect("a whole run").baseline.expect("it was compared");
        (output.status.code(), text(&output.stdout) + &text(&output.stderr), changes)
    }

    fn is_refused(&self, more: &[&str], parts: &[&str]) {
        let own = self.arguments();
        let arguments: Vec<&str> =
            own.iter().map(String::as_str).chain(more.iter().copied()).collect();
        is_refused(&arguments, parts);
    }
}

const SCRIPT: &str = r#"(module (func (export "one") (result i32) (i32.const 1)))
(assert_return (invoke "one") (i32.const 1))
(assert_invalid (module (func (result i32))) "type mismatch")
"#;

/// The last directive is unsupported.
const CONT: &str = "(module)\n(module (type $f (func)) (type (cont $f)))\n";

#[test]
fn nothing_changed() {
    let case = Case::new("baseline_same", &[("a.wast", SCRIPT), ("b.wast", CONT)], &[]);
    let (code, out, changes) = case.run(&[]);
    assert_eq!(code, Some(0), "{out}");
    assert_eq!((changes.compared, changes.moved, changes.outside), (7, 0, 0));
    assert!(changes.changes.is_empty());
    assert!(out.contains("baseline touchstone ") && out.contains(": 7 tests compared\n"), "{out}");
}

#[test]
fn a_test_that_vanished_is_red_unless_it_is_allowed() {
    let case = Case::new("baseline_vanished", &[("a.wast", SCRIPT), ("b.wast", SCRIPT)], &[]);
    let without = SCRIPT.lines().take(2).collect::<Vec<_>>().join("\n");
    case.script("a.wast", &without);
    let (code, out, changes) = case.run(&[]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("a.wast:3:assert_invalid: was pass, and is there no more"), "{out}");
    assert!(out.contains("FAILED: 7 passed in"), "{out}");
    assert!(out.contains("; against the baseline 1 vanished, 0 lost\n"), "{out}");
    let [change] = &changes.changes[..] else { panic!("{changes:?}") };
    assert_eq!((change.old.as_str(), change.new.as_deref(), change.allowed), ("pass", None, false));
    // It is a failure of the document for servers, too.
    let junit = case.path("new.xml");
    case.run(&["--junit", &junit]);
    let document = fs::read_to_string(&junit).expect("it was written");
    assert!(document.contains("<testsuite name=\"baseline\" tests=\"1\""), "{document}");
    assert!(document.contains("type=\"vanished\""), "{document}");
    let (code, out, changes) = case.run(&["--allow-vanished", "*/a.wast:*:assert_invalid"]);
    assert!(code == Some(0) && changes.changes[0].allowed, "{out}");
    assert!(out.contains("vanished (allowed) "), "{out}");
    assert_eq!(case.run(&["--allow-vanished", "*/b.wast:*"]).0, Some(1));
    assert_eq!(case.run(&["--allow-lost", "*"]).0, Some(1));
    // A whole file can vanish, its end with it.
    fs::remove_file(case.0.join("scripts/b.wast")).expect("it is there");
    let (code, out, changes) = case.run(&["--format", "terse"]);
    assert!(code == Some(1) && changes.changes.len() == 5, "{out}");
    assert!(out.contains("b.wast:end:nothing_alive: was pass"), "{out}");
}

#[test]
fn a_test_that_passed_and_is_unsupported_is_red_unless_it_is_allowed() {
    let case = Case::new("baseline_lost", &[("a.wast", SCRIPT), ("b.wast", CONT)], &[]);
    // The engine of the earlier run had continuations.
    case.rewrite(
        "\"outcome\":\"unsupported\",\"feature\":\"stack-switching\"",
        "\"outcome\":\"pass\"",
    );
    let (code, out, changes) = case.run(&[]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("b.wast:2:module: was pass, is unsupported: stack-switching"), "{out}");
    assert!(out.contains("; against the baseline 0 vanished, 1 lost\n"), "{out}");
    // All that changed is shown as `touchstone diff` shows it.
    assert!(out.contains("pass → unsupported: stack-switching"), "{out}");
    assert_eq!(changes.changes[0].new.as_deref(), Some("unsupported"));
    assert_eq!(case.run(&["--allow-lost", "*:module"]).0, Some(0));
    assert_eq!(case.run(&["--allow-vanished", "*"]).0, Some(1));
}

#[test]
fn a_test_that_passed_and_is_skipped_is_red() {
    let case = Case::new("baseline_skipped", &[("a.wast", SCRIPT)], &[]);
    let test = format!("{}/a.wast:2:*", case.path("scripts"));
    let list = format!(
        "[[ignore]]\ntest = \"{test}\"\nexpect = \"skip\"\nreason = \"r\"\nfixme = \"FIXME(#1): f\"\n"
    );
    case.write("list.toml", &list);
    let list = case.path("list.toml");
    let (code, out, _) = case.run(&["--ignore-list", &list]);
    assert!(code == Some(1) && out.contains("was pass, is skip: r"), "{out}");
}

#[test]
fn lines_that_moved_and_a_file_that_was_renamed_make_no_noise() {
    let case = Case::new("baseline_moved", &[("a.wast", SCRIPT), ("b.wast", CONT)], &[]);
    case.script("a.wast", &format!(";; a comment\n\n{}", SCRIPT.replace('\n', "\n\n")));
    let (code, out, changes) = case.run(&[]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains(": 7 tests compared, 3 moved\n"), "{out}");
    assert!(changes.changes.is_empty() && changes.edited == 0, "{changes:?}");
    let (from, to) = (case.0.join("scripts/a.wast"), case.0.join("scripts/c.wast"));
    fs::rename(from, to).expect("it is there");
    let (code, out, changes) = case.run(&[]);
    assert!(code == Some(0) && changes.moved == 4, "{out}");
    // What moved and is not what it was is told by both names.
    case.rewrite(
        "\"outcome\":\"unsupported\",\"feature\":\"stack-switching\"",
        "\"outcome\":\"pass\"",
    );
    case.script("b.wast", &format!("\n{CONT}"));
    let (code, out, _) = case.run(&[]);
    assert!(code == Some(1), "{out}");
    assert!(out.contains("b.wast:2:module, now ") && out.contains("b.wast:3:module: was"), "{out}");
}

#[test]
fn an_edited_test_is_the_one_of_its_name() {
    let case = Case::new("baseline_edited", &[("a.wast", SCRIPT)], &[]);
    let edited =
        SCRIPT.replace("type mismatch", "type").replace("(result i32)))", "(result i64)))");
    case.script("a.wast", &edited);
    let (code, out, changes) = case.run(&[]);
    assert!(code == Some(0) && (changes.edited, changes.moved) == (1, 0), "{out}");
    assert!(out.contains(", 1 with another text"), "{out}");
}

#[test]
fn what_is_not_selected_has_not_vanished() {
    let case = Case::new("baseline_selection", &[("a.wast", SCRIPT), ("b.wast", SCRIPT)], &[]);
    let (code, out, changes) = case.run(&["--filter", "a.wast:"]);
    assert!(code == Some(0) && (changes.compared, changes.outside) == (4, 4), "{out}");
    // A test that moved out of the selection is there.
    case.script("a.wast", &format!("\n{SCRIPT}"));
    let (code, out, changes) = case.run(&["--filter", "a.wast:3", "--filter", "a.wast:2"]);
    assert!(code == Some(0) && (changes.compared, changes.outside) == (2, 6), "{out}");
    // One that is selected and gone has vanished.
    case.script("a.wast", "(module)");
    let (code, out, changes) = case.run(&["--filter", "a.wast:"]);
    let vanished = changes.changes.iter().filter(|change| change.new.is_none());
    assert!(code == Some(1) && vanished.count() == 2, "{out}");
}

/// Copies of a test that were not selected are there; but they do not excuse the one that was, and failed.
#[test]
fn a_copy_that_fails_is_lost_whatever_is_not_selected() {
    let module = "(module (global $g (mut i32) (i32.const 1)) (func (export \"f\") (result i32) (global.get $g)) \
                  (func (export \"set\") (param i32) (global.set $g (local.get 0))))";
    let copy = "(assert_return (invoke \"f\") (i32.const 1))";
    let set = |value: u32| format!("(invoke \"set\" (i32.const {value}))");
    let before = [module, copy, copy].join("\n");
    let case = Case::new("baseline_copies", &[("a.wast", &before)], &[]);
    case.script("a.wast", &[module, &set(2), copy, &set(1), copy, copy, copy].join("\n"));
    let (code, out, changes) = case.run(&["--filter", "a.wast:3"]);
    assert!(code == Some(1) && changes.changes.len() == 1, "{out}");
}

#[test]
fn suites_that_were_built_in_are_compared_too() {
    let case = Case(folder("baseline_embedded"));
    let report = case.path("old.jsonl");
    let suites = ["--suite", "sign-extension-ops", "--suite", "mutable-global"];
    touchstone(&[&["run", "--json", &report][..], &suites].concat());
    let run = |more: &[&str]| {
        let output = touchstone(&[&["run", "--baseline", &report][..], more].concat());
        (output.status.code(), text(&output.stdout))
    };
    let (code, out) = run(&["--suite", "sign-extension-ops"]);
    assert!(code == Some(0) && out.contains(" outside of this selection"), "{out}");
    // A suite that is not there any more has vanished.
    case.rewrite(
        "\"suite\":\"mutable-global\",\"file\":\"globals.wast\"",
        "\"suite\":\"old\",\"file\":\"x\"",
    );
    case.rewrite("\"id\":\"mutable-global/globals.wast", "\"id\":\"old/x");
    let (code, out) = run(&suites);
    assert!(code == Some(0) && out.contains(" outside of this selection"), "{out}");
    let (code, out) = run(&["--filter", "sign-extension-ops/", "--filter", "old/"]);
    assert!(code == Some(1) && out.contains("vanished old/x:"), "{out}");
    // A report that does not say what was selected leaves open where that suite was.
    let selection = r#""selection":{"suites":["sign-extension-ops","mutable-global"]},"#;
    case.rewrite(selection, "");
    let (code, out) = run(&["--filter", "sign-extension-ops/", "--filter", "old/"]);
    assert!(code == Some(0) && out.contains(" of suites that are not known here"), "{out}");
}

#[test]
fn a_baseline_that_does_not_fit_is_refused() {
    let case = Case::new("baseline_unfit", &[("a.wast", SCRIPT)], &[]);
    let whole = fs::read_to_string(case.0.join("old.jsonl")).expect("it was written");
    let lines: Vec<&str> = whole.lines().collect();
    case.write("old.jsonl", &(lines[..3].join("\n") + "\n"));
    case.is_refused(&[], &["old.jsonl`: this is a partial run", "the report of a whole run"]);
    case.write("old.jsonl", &whole[..whole.len() - 9]);
    case.is_refused(&[], &["this is a partial run: line 6 is cut off"]);
    case.write("old.jsonl", "(module)");
    case.is_refused(&[], &["this is not a report of touchstone"]);
    case.write("old.jsonl", &whole.replace("\"name\":\"touchstone\"", "\"name\":\"other\""));
    case.is_refused(
        &[],
        &["a run of the engine `other`, not of `touchstone`", "touchstone compare"],
    );
    case.write("old.jsonl", &whole);
    case.is_refused(&["--engine", "touchstone", "--engine", "touchstone"], &["one engine"]);
    let (report, missing) = (case.path("old.jsonl"), case.path("none.jsonl"));
    is_refused(
        &["run", "--suite", "wasm-1.0", "--baseline", &report],
        &["none of its 4 tests is among those that are selected now"],
    );
    is_refused(&["run", "--baseline", &missing], &["none.jsonl"]);
    let output = touchstone(&["run", "--allow-lost", "*"]);
    assert_eq!(output.status.code(), Some(2), "an allowance without a baseline");
}
