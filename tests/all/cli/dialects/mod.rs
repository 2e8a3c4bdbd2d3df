//! Tests of dialects: scripts in the shape of other suites get the verdicts that their owners mean, and others
//! without the dialect.

mod files;
mod layouts;
mod wasmtime;

use super::{folder, text, touchstone};
use std::fs;
use std::path::{Path, PathBuf};
use touchstone::report::json::{self, Report};

/// Makes a folder with these files, each given by its path and its text.
fn checkout(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let root = folder(name);
    for (path, text) in files {
        write(&root, path, text);
    }
    root
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("the path is below the root")).unwrap();
    fs::write(path, text).unwrap();
}

/// Runs what is at a path; gives the report and standard error.
fn report(path: &Path, flags: &[&str]) -> (Report, String) {
    let mut arguments = vec!["run", path.to_str().unwrap(), "--format", "json"];
    arguments.extend(flags);
    let output = touchstone(&arguments);
    let said = text(&output.stderr);
    let report = json::read(&output.stdout[..]).unwrap_or_else(|error| panic!("{error}\n{said}"));
    (report, said)
}

/// The outcomes of a file's directives in their order, the end of the file left out.
fn of_file<'r>(report: &'r Report, file: &str) -> Vec<&'r str> {
    let mut lines: Vec<_> =
        report.lines.iter().filter(|line| line.file == file && line.line > 0).collect();
    assert!(!lines.is_empty(), "no test of {file} ran");
    lines.sort_by_key(|line| (line.line, line.column));
    lines.into_iter().map(|line| line.outcome.as_str()).collect()
}

/// Checks the outcomes of a file's directives under the dialect that its folder is recognised by, and without
/// one.
fn are(root: &Path, file: &str, with: &[&str], without: &[&str]) {
    assert_ne!(with, without, "the dialect makes no difference");
    let (report_with, _) = report(root, &[]);
    assert_eq!(of_file(&report_with, file), with, "{file}: {:#?}", report_with.lines);
    let (report_without, _) = report(root, &["--dialect", "none"]);
    assert_eq!(of_file(&report_without, file), without, "{file}: {:#?}", report_without.lines);
}

/// The message of the first directive of a file.
fn message(report: &Report, file: &str) -> String {
    let line = report.lines.iter().find(|line| line.file == file && line.line > 0);
    line.and_then(|line| line.message.clone()).unwrap_or_default()
}
