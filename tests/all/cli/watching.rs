//! Tests of what shows a run while it happens, and of what ends it early.

use super::{folder, script, text, touchstone};
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use touchstone::report::json::{self, Partial};

const FAILS: &str = r#"(module (func (export "f") (result i32) (i32.const 1)))
(assert_return (invoke "f") (i32.const 1))
(assert_return (invoke "f") (i32.const 2))
(assert_return (invoke "g"))
(assert_return (invoke "f") (i32.const 1))"#;

#[test]
fn quiet_says_nothing_where_all_is_well() {
    let output = touchstone(&["run", "--quiet", "--suite", "sign-extension-ops"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.is_empty() && output.stderr.is_empty(), "{}", text(&output.stdout));
    let output = touchstone(&["run", "-q", &script("quiet", FAILS)]);
    assert_eq!(output.status.code(), Some(1));
    let out = text(&output.stdout);
    assert!(
        out.starts_with("failed local/")
            && out.contains("\nFAILED: 4 passed, 1 failed, 1 script errors in "),
        "{out}"
    );
    assert!(output.stderr.is_empty() && out.lines().count() == 3, "{out}");
}

#[test]
fn colours_are_as_they_are_asked_for() {
    let path = script("colours", FAILS);
    let colours = |more: &[&str]| {
        text(&touchstone(&[&["run", &path][..], more].concat()).stdout).contains("\u{1b}[31;1m")
    };
    assert!(colours(&["--color", "always"]) && colours(&["--color=always", "--quiet"]));
    assert!(!colours(&["--color", "never"]) && !colours(&["--color", "auto"]) && !colours(&[]));
}

#[test]
fn the_first_failure_ends_the_run() {
    let path = script("fail_fast", FAILS);
    let report = folder("fail_fast_report").join("run.jsonl");
    let json = report.to_str().expect("a name in UTF-8");
    let output = touchstone(&["run", &path, "--fail-fast", "--json", json]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let out = text(&output.stdout);
    assert!(out.contains("\nSTOPPED at the first failure: this report is partial\n"), "{out}");
    assert!(out.contains("FAILED: 2 passed, 1 failed in "), "{out}");
    let read = json::read(&*fs::read(&report).expect("it was written")).expect("a report");
    assert_eq!(read.closing, Err(Partial::NoClosing(3)));
    // What passes is not stopped.
    let arguments = ["run", "--fail-fast", "--suite", "sign-extension-ops", "--json", json];
    assert_eq!(touchstone(&arguments).status.code(), Some(0));
    let read = json::read(&*fs::read(&report).expect("it was written")).expect("a report");
    assert!(read.closing.is_ok());
}

#[test]
fn what_runs_when_the_run_is_over_is_interrupted() {
    let failing = script("over_failing", FAILS);
    let endless = "(module (func (export \"f\") (loop (br 0))))";
    let calls = "(assert_return (invoke \"f\"))".repeat(3);
    let endless = script("over_endless", format!("{endless}{calls}"));
    let adapter = format!("cmd:{} serve", env!("CARGO_BIN_EXE_touchstone"));
    for engine in ["touchstone", &adapter] {
        let began = Instant::now();
        let arguments = ["run", &failing, &endless, "--fail-fast", "--jobs", "2"];
        let more = ["--timeout", "300", "--engine", engine];
        let output = touchstone(&[&arguments[..], &more].concat());
        assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
        assert!(text(&output.stdout).contains("\nSTOPPED at the first failure"));
        // One of the calls alone would take as long as a call may.
        assert!(began.elapsed().as_secs() < 300, "{engine}");
    }
}

#[test]
fn a_run_that_is_repeated_says_how_often() {
    let path = script("repeated", FAILS);
    let output = touchstone(&["run", &path, "--repeat", "5"]);
    assert_eq!(output.status.code(), Some(1));
    let out = text(&output.stdout);
    assert!(
        out.contains("FAILED: 4 passed, 1 failed, 1 script errors in ")
            && out.contains("; 0 flaky in 5 runs"),
        "{out}"
    );
    assert_eq!(touchstone(&["run", &path, "--repeat", "0"]).status.code(), Some(2));
}

/// A script whose texts look like commands of GitHub.
const SLY: &str = "(module (func (export \"f\") (result i32) (i32.const 1)))
(assert_return (invoke \"f\") (i32.const 2))
(assert_return (invoke \"%0A::error::x\"))
(assert_return (invoke \"\\0a::error::y\"))";

#[test]
fn github_gets_annotations_and_a_summary() {
    let path = script("github", SLY);
    let folder = Path::new(&path).parent().expect("a folder").to_owned();
    let summary = folder.join("summary.md");
    let run = |summary: Option<&Path>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
        command.args(["run", "script.wast", "--format", "github"]).current_dir(&folder);
        command.env_remove("GITHUB_STEP_SUMMARY");
        command.envs(summary.map(|path| ("GITHUB_STEP_SUMMARY", path)));
        command.output().expect("the binary was built for this test")
    };
    fs::write(&summary, "from another step\n").expect("the folder can be written");
    let output = run(Some(&summary));
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let out = text(&output.stdout);
    let annotations: Vec<&str> = out.lines().filter(|line| line.starts_with("::")).collect();
    assert_eq!(annotations.len(), 3, "{out}");
    let first = "::error file=script.wast,line=2,col=1,title=local/script.wast%3A2%3Aassert_return%3Af::\
                 expected i32:2 (0x00000002), got i32:1 (0x00000001)";
    assert!(annotations.contains(&first), "{out}");
    assert!(
        annotations.iter().all(|line| line.starts_with("::error file=script.wast,line=")),
        "{out}"
    );
    assert!(out.contains("\nFAILED: 2 passed, 1 failed, 2 script errors in "), "{out}");
    let markdown = fs::read_to_string(&summary).expect("it was written");
    assert!(markdown.starts_with("from another step\n### touchstone "), "{markdown}");
    assert!(markdown.contains("| local | 2 | 3 | 0 | 0 | 0 |\n"), "{markdown}");
    assert!(markdown.contains("\n3 failures, 3 causes:\n\n* 1 × "), "{markdown}");
    // Without a place for the summary there is none; one that cannot be written is said before anything runs.
    assert_eq!(run(None).status.code(), Some(1));
    let output = run(Some(&folder.join("gone/summary.md")));
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("cannot write the summary of the job to"));
    let engines = ["--engine", "touchstone", "--engine", "touchstone"];
    for format in ["github", "json"] {
        let arguments = [&["run", &path, "--format", format][..], &engines].concat();
        super::is_refused(
            &arguments,
            &[&format!("`--format {format}` is for a run of one engine")],
        );
    }
}

/// A terminal shows how much is done and how much time is left, and each failure above that, before the run ends.
#[test]
#[cfg(target_os = "linux")]
fn a_terminal_shows_progress_and_failures_as_they_come() {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pseudo-terminal");
    grantpt(&master).expect("it is ours");
    unlockpt(&master).expect("it can be unlocked");
    let name = ptsname(&master, Vec::new()).expect("it has a name");
    let name = name.to_str().expect("a name in UTF-8");
    let slave =
        || fs::OpenOptions::new().read(true).write(true).open(name).expect("it can be opened");
    // The first script fails at once. The other one takes a while.
    let path = folder("terminal");
    let slow = "(module (func (export \"f\") (result i32) (local i32)
        (loop (br_if 0 (i32.ne (i32.const 300000000) (local.tee 0 (i32.add (local.get 0) (i32.const 1))))))
        (local.get 0)))\n(assert_return (invoke \"f\") (i32.const 300000000))"
        .to_owned();
    fs::write(path.join("slow.wast"), slow).expect("the folder can be written");
    fs::write(path.join("wrong.wast"), FAILS.replace("\n", "\n\n"))
        .expect("the folder can be written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
    command.args(["run", "--jobs", "2"]).arg(&path).env("TERM", "xterm").env_remove("NO_COLOR");
    command.stdin(slave()).stdout(slave()).stderr(slave());
    let mut child = command.spawn().expect("the binary was built for this test");
    drop(command);
    let mut screen = Vec::new();
    let mut master = fs::File::from(master);
    let mut bytes = [0; 4096];
    // Reading fails once the other side is closed.
    while let Ok(count @ 1..) = master.read(&mut bytes) {
        screen.extend_from_slice(&bytes[..count]);
    }
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
    let screen = text(&screen);
    let failure = screen.find("\u{1b}[31;1mfailed\u{1b}[0m ").expect("a failure, in red");
    let progress = screen.rfind(" left ").expect("the time that is left");
    assert!(failure < progress, "the failure came only at the end: {screen:?}");
    assert!(screen[failure..].contains("/9 ") && screen.contains("2 failed"), "{screen:?}");
    let cleared = screen.rfind("FAILED").expect("a verdict");
    assert!(progress < cleared, "{screen:?}");
}
