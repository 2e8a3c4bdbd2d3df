//! Tests of the command line as a user meets it: the built binary, its output and exit codes.

mod arguments;
mod audit;
mod baseline;
mod configured;
mod debug;
mod dialects;
mod diff;
mod engine;
mod explain;
mod files;
mod history;
mod limits;
mod nightly;
mod outputs;
mod reduce;
mod report;
mod reports;
mod shards;
mod triage;
mod unsound;
mod verdicts;
mod watching;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn touchstone(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
    command
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the binary was built for this test")
}

/// Makes an empty folder for one test alone.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("the target folder can be written");
    path
}

fn script(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder(name).join("script.wast");
    fs::write(&path, content).expect("the target folder can be written");
    path.to_str().expect("the target folder has a name in UTF-8").to_owned()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Runs a script; gives exit code and standard output.
fn run(name: &str, content: &str) -> (Option<i32>, String) {
    let output = touchstone(&["run", &script(name, content)]);
    (output.status.code(), text(&output.stdout))
}

/// Checks that the command line gives one clear message that has all of `parts`, the exit code 2, and nothing
/// that looks like a report.
fn is_refused(arguments: &[&str], parts: &[&str]) {
    let output = touchstone(arguments);
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
    assert!(message.starts_with("error: ") && message.trim_end().lines().count() == 1, "{message}");
    for part in parts {
        assert!(message.contains(part), "{message:?} lacks {part:?}");
    }
    assert!(output.stdout.is_empty(), "{}", text(&output.stdout));
}
