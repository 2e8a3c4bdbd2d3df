//! Tests of `touchstone history` as a user meets it, and of `touchstone diff --history`.

use super::{folder, is_refused, text, touchstone};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A folder with the runs of some nights, and a history.
struct Case {
    folder: PathBuf,
}

const SCRIPT: &str = r#"(module
  (func (export "one") (result i32) (i32.const 1))
  (func (export "two") (result i32) (i32.const 2)))
(assert_return (invoke "one") (i32.const 1))
(assert_return (invoke "two") (i32.const 2))
"#;

impl Case {
    fn new(name: &str) -> Case {
        let case = Case { folder: folder(name) };
        fs::write(case.folder.join("script.wast"), SCRIPT).expect("it can be written");
        let run =
            ["run", &case.path("script.wast"), "--json", &case.path("base"), "--format=terse"];
        assert_eq!(touchstone(&run).status.code(), Some(0));
        case
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).to_str().expect("a name in UTF-8").to_owned()
    }

    /// The run of a night, by an engine of a version, in which the tests of some lines fail as it is said.
    fn night(&self, night: u32, version: &str, fail: &[(u64, &str)]) -> String {
        let base = fs::read_to_string(self.folder.join("base")).expect("it was written");
        let edited = base.lines().map(|line| {
            let mut object: Value = serde_json::from_str(line).expect("it is JSON");
            if object["started"].is_string() {
                object["started"] = format!("2026-01-{night:02}T02:00:00Z").into();
                object["engine"]["version"] = version.into();
            }
            if let Some((_, said)) = fail.iter().find(|(line, _)| object["line"] == *line) {
                object["outcome"] = "fail".into();
                object["class"] = "trap".into();
                object["actual"] = (*said).into();
            }
            object.to_string() + "\n"
        });
        let edited: String = edited.collect();
        let path = self.path(&format!("night-{night}.jsonl"));
        fs::write(&path, edited).expect("it can be written");
        path
    }

    fn history(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let file = self.path("history.sqlite");
        let output = touchstone(&[&["history", "--history", &file], arguments].concat());
        (output.status.code(), text(&output.stdout) + &text(&output.stderr))
    }

    fn add(&self, run: &str) {
        let (code, text) = self.history(&["add", run]);
        assert_eq!(code, Some(0), "{text}");
    }
}

#[test]
fn the_newcomers_path() {
    let case = Case::new("history-path");
    case.add(&case.night(1, "1.0", &[]));
    case.add(&case.night(2, "1.0", &[]));
    case.add(&case.night(3, "1.1", &[(5, "trap at 0x12")]));
    case.add(&case.night(4, "1.1", &[(5, "trap at 0x34")]));
    case.add(&case.night(5, "1.1", &[(4, "an error"), (5, "trap at 0x56")]));
    case.add(&case.night(6, "1.1", &[(5, "trap at 0x78")]));

    let (code, list) = case.history(&["list"]);
    assert!(code == Some(0) && list.ends_with("\n6 runs\n"), "{list}");
    assert!(list.contains("2026-01-03  1.1  on disk: 4 tests, 3 passed, 1 failed"), "{list}");

    // What broke is red in its night alone.
    let (code, night) = case.history(&["changes", "--night", "2026-01-03"]);
    assert!(
        code == Some(1) && night.contains("\n1 regression: it passed, and fails now"),
        "{night}"
    );
    assert!(night.contains("the engine changed"), "{night}");
    let (code, night) = case.history(&["changes", "--night", "2026-01-04"]);
    assert!(code == Some(0) && night.contains("nothing changed in 4 tests"), "{night}");
    let (code, night) = case.history(&["changes"]);
    assert!(code == Some(0) && night.contains("\n1 fixed"), "{night}");
    assert!(night.contains("1 of these changed before although nothing else did"), "{night}");

    let (code, show) = case.history(&["show", "5:assert_return:two"]);
    assert!(code == Some(0), "{show}");
    for part in [
        ": fail: trap at 0x12 (6 runs)",
        "fingerprint: trap at 0xN",
        "first bad: 2026-01-03 (version 1.1, on disk, run 3)",
        "last good: 2026-01-02 (version 1.0, on disk, run 2)",
        "the engine changed",
    ] {
        assert!(show.contains(part), "{show:?} lacks {part:?}");
    }
    let (_, flaky) = case.history(&["flaky"]);
    assert!(flaky.contains("script.wast:4:assert_return:one\n"), "{flaky}");
    assert!(flaky.contains("2 changes from 2026-01-05 to 2026-01-06"), "{flaky}");
    let (_, counts) = case.history(&["counts"]);
    assert!(counts.contains("2026-01-01 to 2026-01-02 (2 runs): 1.0: 4 passed"), "{counts}");
    let (_, counts) = case.history(&["counts", "--proposal", "gc"]);
    assert_eq!(counts, "no run has such tests\n");
    assert_eq!(case.history(&["check"]), (Some(0), "ok: 6 runs, no damage\n".into()));
    for verb in ["list", "changes", "flaky", "counts", "show"] {
        let test: &[&str] = if verb == "show" { &["assert_return:two"] } else { &[] };
        let (code, json) = case.history(&[&[verb, "--format", "json"], test].concat());
        assert_eq!(code, Some(0), "{json}");
        serde_json::from_str::<Value>(&json).expect("it is JSON");
    }
}

/// A failure that one of the last runs had is not new: `diff` takes that from a history.
#[test]
fn diff_takes_what_was_seen_from_a_history() {
    let case = Case::new("history-diff");
    case.add(&case.night(1, "1.0", &[(5, "trap at 0x12")]));
    case.add(&case.night(2, "1.0", &[]));
    case.add(&case.night(3, "1.0", &[]));
    let (old, new) = (case.path("night-3.jsonl"), case.night(4, "1.0", &[(5, "trap at 0x99")]));
    let history = case.path("history.sqlite");
    let diff = |more: &[&str]| {
        let output = touchstone(&[&["diff", &old, &new, "--history", &history], more].concat());
        (output.status.code(), text(&output.stdout))
    };
    let (code, known) = diff(&[]);
    assert!(code == Some(0), "{known}");
    assert!(known.contains("known: it failed in the same way on 2026-01-01"), "{known}");
    assert_eq!(diff(&["--last", "2"]).0, Some(1), "the first run is not looked at");
    // It is the same once the run itself is in the history.
    case.add(&new);
    assert_eq!(diff(&[]).0, Some(0));
    assert_eq!(diff(&["--last", "2"]).0, Some(1));
}

#[test]
fn what_cannot_be_added_is_told_and_the_rest_is_added() {
    let case = Case::new("history-bad");
    let (first, second) = (case.night(1, "1.0", &[]), case.night(2, "1.0", &[]));
    let whole = fs::read_to_string(&second).expect("it was written");
    let cut = case.path("cut.jsonl");
    fs::write(&cut, &whole[..whole.len() * 2 / 3]).expect("it can be written");
    let newer = case.path("newer.jsonl");
    fs::write(&newer, whole.replacen("touchstone/1", "touchstone/9", 1))
        .expect("it can be written");
    let mixed = case.path("mixed.jsonl");
    fs::write(&mixed, whole.clone() + &whole).expect("it can be written");
    let large = case.path("large.jsonl");
    fs::File::create(&large).and_then(|f| f.set_len(3 << 30)).expect("a file with holes");
    let missing = case.path("missing.jsonl");
    let (code, told) = case.history(&["add", &newer, &mixed, &first, &large, &missing, &cut]);
    assert_eq!(code, Some(2), "{told}");
    let errors: Vec<&str> = told.lines().filter(|line| line.starts_with("error: ")).collect();
    let parts = ["touchstone/9", "mixed.jsonl", "more than 1 GiB", "missing.jsonl"];
    assert_eq!(errors.len(), parts.len(), "{told}");
    for (error, part) in errors.iter().zip(parts) {
        assert!(error.contains(part), "{error:?} lacks {part:?}");
    }
    assert!(told.contains("(partial: this is a partial run: "), "{told}");
    // What the run that was cut short did not come to is no test that vanished.
    let (code, night) = case.history(&["changes"]);
    assert!(code == Some(0) && !night.contains("vanished"), "{night}");
    // The whole run takes its place.
    let (code, told) = case.history(&["add", &second, &second]);
    assert!(code == Some(0) && told.contains("in place of the partial run"), "{told}");
    assert!(told.contains("is in the history already"), "{told}");
    assert_eq!(case.history(&["check"]), (Some(0), "ok: 2 runs, no damage\n".into()));
    let (_, pruned) = case.history(&["prune", "--keep", "1", "--dry-run"]);
    assert!(pruned.starts_with("1 run and 0 changes would go"), "{pruned}");
    case.history(&["prune", "--keep", "1"]);
    assert_eq!(case.history(&["check"]), (Some(0), "ok: 1 run, no damage\n".into()));
}

#[test]
fn what_is_no_history_is_refused() {
    let case = Case::new("history-none");
    let none = case.path("none.sqlite");
    is_refused(&["history", "list", "--history", &none], &[&none, "there is no history"]);
    assert!(!case.folder.join("none.sqlite").exists());
    let script = case.path("script.wast");
    is_refused(&["history", "add", &case.path("base"), "--history", &script], &["no history"]);
    case.add(&case.path("base"));
    let file = case.path("history.sqlite");
    is_refused(&["history", "show", "nonsense", "--history", &file], &["nonsense"]);
    is_refused(
        &["history", "show", "assert_return", "--history", &file],
        &["there are: ", "4:assert_return:one", "5:assert_return:two"],
    );
    is_refused(
        &["history", "changes", "--night", "1999-01-01", "--history", &file],
        &["1999-01-01"],
    );
    is_refused(&["history", "prune", "--run", "77", "--history", &file], &["77"]);
}

/// Where nothing is of what is asked for, that may be a slip of the pen.
#[test]
fn engines_and_corpora_that_are_not_there_are_refused() {
    let case = Case::new("history-unknown");
    case.add(&case.night(1, "1.0", &[]));
    case.add(&case.night(2, "1.0", &[(5, "trap")]));
    let file = case.path("history.sqlite");
    let corpus = case.path("script.wast");
    for verb in
        [&["list"][..], &["changes"], &["flaky"], &["counts"], &["show", "assert_return:two"]]
    {
        let refused = |more: &[&str], parts: &[&str]| {
            is_refused(&[&["history", "--history", &file], verb, more].concat(), parts);
        };
        refused(&["--engine", "nosuch"], &["the engine `nosuch`; there are: touchstone"]);
        refused(&["--corpus", "nosuch"], &["the corpus `nosuch`; there are: ", &corpus]);
        let both = ["--engine", "touchstone", "--corpus", &corpus];
        let (code, told) = case.history(&[verb, &both].concat());
        assert!(code < Some(2), "{told}");
    }
    case.history(&["prune", "--before", "2027-01-01"]);
    is_refused(&["history", "--history", &file, "changes"], &["there is no run in this history"]);
    is_refused(
        &["history", "--history", &file, "list", "--engine", "touchstone"],
        &["`touchstone`; it has none"],
    );
}

/// Nights have the order of their texts in one form only, so what is written otherwise is no night: `prune` would take out
/// what it is not to.
#[test]
fn what_is_no_night_is_refused_wherever_one_is_taken() {
    let case = Case::new("history-nights");
    case.add(&case.night(1, "1.0", &[]));
    case.add(&case.night(2, "1.0", &[]));
    let (file, run) = (case.path("history.sqlite"), case.night(3, "1.0", &[]));
    let before = fs::read(&file).expect("it is there");
    for none in
        ["yesterday", "2026-9-1", "2026/10/05", "", "2026-02-30", "0000-00-00", "2026-10-40"]
    {
        let part = format!("`{none}` is no night; write it as 2026-01-31");
        let refused = |arguments: &[&str]| {
            is_refused(&[&["history", "--history", &file], arguments].concat(), &[&part]);
        };
        refused(&["prune", "--before", none]);
        refused(&["prune", "--before", none, "--dry-run"]);
        refused(&["add", "--night", none, &run]);
        refused(&["changes", "--night", none]);
        for verb in ["list", "flaky", "counts"] {
            refused(&[verb, "--from", none]);
            refused(&[verb, "--to", none]);
        }
    }
    for none in ["2026-01-31", "2026-02-30T02:00:00Z", "2026-01-03T24:00:00Z", "yesterday"] {
        let text = fs::read_to_string(&run).expect("it was written");
        let bad = case.path("bad.jsonl");
        fs::write(&bad, text.replacen("2026-01-03T02:00:00Z", none, 1)).expect("it can be written");
        let part = format!("began at `{none}`, which is no time");
        is_refused(&["history", "--history", &file, "add", &bad], &[&bad, &part]);
        is_refused(&["diff", &bad, &run], &[&bad, &part]);
        is_refused(&["report", &bad, "--markdown", &case.path("bad.md")], &[&bad, &part]);
    }
    assert!(fs::read(&file).expect("it is there") == before, "the history changed");
    let (code, told) = case.history(&["prune", "--before", "2026-01-02"]);
    assert!(code == Some(0) && told.starts_with("1 run"), "{told}");
}

/// Processes that are killed while they add runs, and others that add some at the same time, spoil nothing.
#[test]
fn what_is_killed_leaves_a_whole_history() {
    let case = Case::new("history-killed");
    let runs: Vec<String> = (1..=28).map(|night| case.night(night, "1.0", &[])).collect();
    let file = case.path("history.sqlite");
    case.add(&runs[13]);
    let add = || {
        Command::new(env!("CARGO_BIN_EXE_touchstone"))
            .args(["history", "--history", &file, "add"])
            .args(&runs)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary was built for this test")
    };
    for n in 0..12 {
        let (mut one, mut other) = (add(), add());
        std::thread::sleep(std::time::Duration::from_millis(5 + 9 * n));
        one.kill().expect("it was started");
        one.wait().expect("it was started");
        if n % 3 == 0 {
            other.kill().expect("it was started");
        }
        other.wait().expect("it was started");
        let (code, said) = case.history(&["check"]);
        assert!(code == Some(0), "{said}");
    }
    let mut last = add();
    assert!(last.wait().expect("it was started").success());
    assert_eq!(case.history(&["check"]), (Some(0), "ok: 28 runs, no damage\n".into()));
}

/// What is asked for and cannot be is refused, and not taken for something else.
#[test]
fn nights_that_cannot_be_and_other_places_of_a_run_are_refused() {
    let case = Case::new("history-elsewhere");
    let run = case.night(1, "1.0", &[]);
    case.add(&run);
    let file = case.path("history.sqlite");
    let refused = |arguments: &[&str], part: &str| {
        is_refused(&[&["history", "--history", &file], arguments].concat(), &[part]);
    };
    for verb in ["list", "flaky", "counts"] {
        let nights = [verb, "--from", "2026-01-03", "--to", "2026-01-02"];
        refused(&nights, "no night is both from 2026-01-03 on and up to 2026-01-02");
    }
    refused(
        &["add", "--night", "2026-01-02", &run],
        "as run 1 of the night 2026-01-01; if it is to be of another one",
    );
    // The run of another engine that calls itself the same may be the same, and is told apart by its corpus.
    for told in ["the first of its kind", "is in the history already"] {
        let (code, said) = case.history(&["add", "--corpus", "other", &run]);
        assert!(code == Some(0) && said.contains("run 2: ") && said.contains(told), "{said}");
    }
    assert_eq!(case.history(&["check"]), (Some(0), "ok: 2 runs, no damage\n".into()));
    let (code, told) = case.history(&["add", "--night", "2026-01-01", &run]);
    assert!(code == Some(0) && told.contains("is in the history already"), "{told}");
}

/// Neither the engine nor chance is at fault where an exception list changed.
#[test]
fn a_change_of_the_exception_list_is_no_flaky_test() {
    let case = Case::new("history-lists");
    let list = case.path("list.toml");
    let entry = "[[ignore]]\ntest = \"*:5:assert_return:two\"\nexpect = \"skip\"\nreason = \"r\"\n\
                 fixme = \"FIXME(#1): f\"\n";
    fs::write(&list, entry).expect("it can be written");
    let script = case.path("script.wast");
    for (night, lists) in [(1, &[][..]), (2, &["--ignore-list", list.as_str()][..])] {
        let run = case.path("run.jsonl");
        let arguments = [&["run", &script, "--json", &run, "--format=terse"], lists].concat();
        assert_eq!(touchstone(&arguments).status.code(), Some(0));
        let text = fs::read_to_string(&run).expect("it was written");
        let mut header: Value =
            serde_json::from_str(text.lines().next().expect("a header")).expect("it is JSON");
        header["started"] = format!("2026-01-0{night}T02:00:00Z").into();
        let rest: Vec<&str> = text.lines().skip(1).collect();
        fs::write(&run, format!("{header}\n{}\n", rest.join("\n"))).expect("it can be written");
        case.add(&run);
    }
    let (code, told) = case.history(&["changes"]);
    assert!(code == Some(1) && told.contains("pass → skip"), "{told}");
    assert!(told.contains("the exception lists changed"), "{told}");
    assert!(!told.contains("neither the engine nor the suite changed"), "{told}");
    let (_, flaky) = case.history(&["flaky"]);
    assert!(flaky.starts_with("0 flaky tests"), "{flaky}");
}
