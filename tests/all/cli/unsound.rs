//! Tests that every command which compares reports refuses those that cannot be compared, in the same words.

use super::{folder, is_refused, text, touchstone};
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

const SCRIPT: &str = r#"(module
  (func (export "one") (result i32) (i32.const 1))
  (func (export "two") (result i32) (i32.const 2)))
(assert_return (invoke "one") (i32.const 1))
(assert_return (invoke "two") (i32.const 2))
"#;

/// A folder with a script and the report of its run.
struct Case(PathBuf);

impl Case {
    fn new(name: &str) -> Case {
        let case = Case(folder(name));
        case.run("script.wast", "good", SCRIPT);
        case
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().expect("a name in UTF-8").to_owned()
    }

    fn run(&self, script: &str, report: &str, content: &str) {
        let script = self.path(script);
        fs::write(&script, content).expect("it can be written");
        let output = touchstone(&["run", "--quiet", &script, "--json", &self.path(report)]);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    }

    /// A report that is made of the good one.
    fn made(&self, name: &str, edit: impl Fn(&str) -> String) -> String {
        let good = fs::read_to_string(self.0.join("good")).expect("it was written");
        fs::write(self.0.join(name), edit(&good)).expect("it can be written");
        self.path(name)
    }

    /// Each command that compares reports refuses this one, with one message.
    fn all_refuse(&self, bad: &str, parts: &[&str]) {
        let (good, script) = (self.path("good"), self.path("script.wast"));
        let parts = &[&[bad][..], parts].concat();
        is_refused(&["diff", bad, &good], parts);
        is_refused(&["diff", &good, bad], parts);
        is_refused(&["diff", &good, &good, "--since", bad], parts);
        is_refused(&["compare", &good, bad], parts);
        is_refused(&["compare", "--table", bad, &good], parts);
        is_refused(&["triage", bad], parts);
        is_refused(&["run", &script, "--baseline", bad], parts);
    }
}

#[test]
fn what_cannot_be_relied_on_is_compared_with_nothing() {
    let case = Case::new("unsound");
    let header = |good: &str| good.lines().next().expect("a header").to_owned() + "\n";
    let empty = case.made("empty", header);
    let (good, script) = (case.path("good"), case.path("script.wast"));
    is_refused(&["diff", &empty, &good], &[&empty, "it has no verdicts"]);
    is_refused(&["diff", &good, &empty], &[&empty, "it has no verdicts"]);
    is_refused(&["compare", &good, &empty], &[&empty, "it has no verdicts"]);
    is_refused(&["triage", &empty], &[&empty, "it has no verdicts"]);
    is_refused(&["run", &script, "--baseline", &empty], &[&empty, "partial run"]);

    let without = |good: &str| {
        let lines: Vec<&str> = good.lines().collect();
        [&lines[..2], &lines[3..]].concat().join("\n")
    };
    case.all_refuse(&case.made("lost-lines", without), &["this report is damaged: its totals"]);
    let twice = |good: &str| good.replacen(":5:assert_return:two", ":4:assert_return:one", 1);
    case.all_refuse(&case.made("twice", twice), &["two verdicts on `", "mixed up"]);
    is_refused(&["merge", &case.path("twice")], &["two verdicts on `"]);

    // A version that is not there yet may know one outcome more.
    let great = |good: &str| good.replacen("\"outcome\":\"pass\"", "\"outcome\":\"great\"", 1);
    let great = case.made("great", great);
    let parts = ["line 2 of the report has the outcome `great`", "a newer one"];
    case.all_refuse(&great, &parts);
    let (page, history) = (case.path("page.md"), case.path("h.sqlite"));
    is_refused(&["report", &great, "--markdown", &page], &parts);
    is_refused(&["history", "--history", &history, "add", &great], &parts);
    is_refused(&["merge", &great], &parts);
}

/// Nothing is lost where nothing was compared, but that is no reason to be content.
#[test]
fn runs_of_other_scripts_are_not_compared() {
    let case = Case::new("unsound-other");
    case.run("other.wast", "other", &SCRIPT.replace("two", "three"));
    let (good, other) = (case.path("good"), case.path("other"));
    let parts = ["none of its 4 tests is in", "nothing to compare"];
    for format in ["text", "markdown", "json"] {
        is_refused(&["diff", &good, &other, "--format", format], &parts);
    }
    is_refused(&["compare", &good, &other], &parts);
    is_refused(&["compare", &good, &good, &other], &parts);
    is_refused(&["compare", &good, &other, "--table"], &parts);
}

/// What is no report may be as long as it likes: it is not read.
#[test]
fn a_report_has_so_many_bytes_and_no_more() {
    let case = Case::new("unsound-large");
    let large = case.path("large");
    fs::File::create(&large).and_then(|file| file.set_len(5 << 30)).expect("a file with holes");
    let parts = ["more than 1 GiB", "`--suite`"];
    case.all_refuse(&large, &parts);
    let script = case.path("script.wast");
    is_refused(&["merge", &large], &parts);
    is_refused(&["report", &large, "--markdown", &case.path("page.md")], &parts);
    is_refused(&["history", "--history", &case.path("h.sqlite"), "add", &large], &parts);
    is_refused(&["run", &script, "--shard", "1/1", "--durations", &large], &parts);
    let parts = ["line 1 has more than 128 MiB"];
    is_refused(&["diff", "/dev/zero", &case.path("good")], &parts);
    is_refused(&["report", "/dev/zero", "--markdown", &case.path("page.md")], &parts);
}

/// A pipe can be read once.
#[test]
fn a_report_may_come_through_a_pipe() {
    let case = Case::new("unsound-pipe");
    let (page, good) = (case.path("page.md"), case.path("good"));
    let whole = fs::read(&good).expect("it was written");
    let earlier =
        case.made("earlier", |good| good.replacen("\"started\":\"2", "\"started\":\"1", 1));
    for arguments in [
        &["report", "/dev/stdin", "--markdown", &page][..],
        &["report", "/dev/stdin", "--before", &earlier, "--markdown", &page],
        &["diff", "/dev/stdin", &good],
        &["compare", &good, "/dev/stdin"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_touchstone"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary was built for this test");
        child.stdin.take().expect("a pipe").write_all(&whole).expect("it is read");
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
    }
    let summary = fs::read_to_string(&page).expect("it was written");
    assert!(summary.contains('4'), "{summary}");
}
