//! Tests of `touchstone export`: what it writes means what the script means.

mod forms;
mod js;
mod json;
mod slices;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs the command line; it must end with the exit code 0 or 1. Gives what it printed.
fn touchstone(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_touchstone"))
        .args(arguments)
        .output()
        .expect("the binary was built for this test");
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code().is_some_and(|code| code < 2), "{arguments:?}: {message}");
    String::from_utf8(output.stdout).expect("it prints UTF-8")
}

/// Makes an empty folder for one test alone.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("export").join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("the target folder can be written");
    path
}

fn path(path: &Path) -> &str {
    path.to_str().expect("the target folder has a name in UTF-8")
}

/// Writes a script into a folder of its own, and exports it with these flags to `out` beside that folder. Gives
/// the place of the export, which has the name of the script but for its end, and what was printed.
fn exported(name: &str, script: &str, form: &str, flags: &[&str]) -> (PathBuf, String) {
    let base = folder(name);
    let (scripts, out) = (base.join("scripts"), base.join("out"));
    fs::create_dir_all(&scripts).expect("the target folder can be written");
    fs::write(scripts.join("s.wast"), script).expect("the target folder can be written");
    let base = ["export", path(&scripts), form, path(&out)];
    let printed = touchstone(&[&base[..], flags].concat());
    (only_folder(out).join("s"), printed)
}

/// The folder at the end of a chain of folders that have nothing else in them.
fn only_folder(mut folder: PathBuf) -> PathBuf {
    loop {
        let entries = fs::read_dir(&folder).map(|entries| entries.flatten().collect::<Vec<_>>());
        match &entries.unwrap_or_default()[..] {
            [one] if one.path().is_dir() => folder = one.path(),
            _ => return folder,
        }
    }
}

/// What a run found: for each test, by file, line, column and kind, its outcome and message.
type Found = BTreeMap<(String, u64, u64, String), (String, String)>;

/// Runs tests with these arguments.
fn run(arguments: &[&str]) -> Found {
    let lines = touchstone(&[&["run", "--format", "json"][..], arguments].concat());
    let mut found = Found::new();
    for line in lines.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("the report is JSON Lines");
        let text = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        let number = |name: &str| line[name].as_u64().unwrap_or_default();
        if line["outcome"].is_string() {
            let test = (text("file"), number("line"), number("column"), text("kind"));
            found.insert(test, (text("outcome"), text("message")));
        }
    }
    found
}
