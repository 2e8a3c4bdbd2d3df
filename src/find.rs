//! Finds the one test that a user means by what they paste.
//!
//! In: the name of a test as a run prints it, or a file with a line. Out: the file, embedded or on
//! disk, and the test in it; or one message that says what does not exist, or which tests are
//! meant. Nothing here runs anything.
//!
//! Names of tests of scripts on disk begin with paths: with the path of the folder that was run, or with
//! `local/` and the path of the file. So a name leads back to its file from the directory in which the test
//! was run.

use crate::problem::Problem;
use crate::selection::{Judging, from_disk, unknown};
use std::path::{Path, PathBuf};
use touchstone::index::{self, Index, IndexedFile, TestInfo};
use touchstone::select;
use touchstone_script::Span;
use touchstone_script::identity::unescape;

/// What the names of tests of single files on disk begin with.
const LOCAL: &str = "local/";

/// A test that was found. Without a [`TestInfo`] it is the end of its file.
pub(crate) struct Found {
    /// What the test is called.
    pub(crate) id: String,
    /// Whether it is an embedded test.
    pub(crate) embedded: bool,
    pub(crate) file: IndexedFile,
    pub(crate) test: Option<TestInfo>,
}

/// The one test that `name` means, in the scripts at `paths` if there are any, else in the embedded
/// ones or in one on disk. Scripts on disk are judged by `judging`.
pub(crate) fn find(name: &str, paths: &[PathBuf], judging: Judging<'_>) -> Result<Found, Problem> {
    let found = if paths.is_empty() {
        in_embedded(name).unwrap_or_else(|problem| on_disk(name, judging).unwrap_or(Err(problem)))
    } else {
        in_these(name, &from_disk(paths, judging)?)
    };
    found.map_err(|Problem(message)| {
        Problem(format!("{message}; `touchstone list` shows all names"))
    })
}

/// Finds a test in the embedded file of that name. The outer error says that there is no such file or test.
fn in_embedded(name: &str) -> Result<Result<Found, Problem>, Problem> {
    let index = index::embedded();
    let Some(file) = index.file(name) else { return Err(no_such_file(index, name)) };
    let place = file.name();
    let rest = name.strip_prefix(&place).and_then(|rest| rest.strip_prefix(':'));
    match in_file(file, &place, rest.unwrap_or_default()) {
        Ok(found) => Ok(Ok(Found { embedded: true, ..found })),
        Err(problem) => Err(problem),
    }
}

/// Finds a test in the script on disk that the name leads to, if there is one.
fn on_disk(name: &str, judging: Judging<'_>) -> Option<Result<Found, Problem>> {
    let mut first = None;
    for (place, rest) in places(name) {
        for path in paths_of(place).into_iter().filter(|path| path.is_file()) {
            let found = from_disk(&[path], judging).and_then(|files| match files.first() {
                Some(file) => in_file(file, place, rest),
                None => Err(unknown("file", place, std::iter::empty())),
            });
            match found {
                Ok(found) => return Some(Ok(found)),
                problem => first = first.or(Some(problem)),
            }
        }
    }
    first
}

/// Finds a test in one of the given scripts.
fn in_these(name: &str, files: &[IndexedFile]) -> Result<Found, Problem> {
    for (place, rest) in places(name) {
        let paths = paths_of(place);
        let is_meant = |file: &&IndexedFile| {
            file.name() == place || file.disk_path().is_some_and(|path| paths.contains(&path))
        };
        if let Some(file) = files.iter().find(is_meant) {
            return in_file(file, place, rest);
        }
    }
    Err(unknown("file", file_part(name), files.iter().map(IndexedFile::name)))
}

/// Every way to take a name apart into a file and what stands for a test in it. Paths that a user
/// writes may hold colons.
fn places(name: &str) -> impl Iterator<Item = (&str, &str)> {
    name.match_indices(':').map(|(at, _)| (&name[..at], &name[at + 1..])).filter(|(_, rest)| {
        rest.starts_with(|c: char| c.is_ascii_digit()) || rest.starts_with("end:")
    })
}

/// The paths on disk that the first part of a name may stand for.
fn paths_of(place: &str) -> Vec<PathBuf> {
    let mut paths = vec![PathBuf::from(place)];
    for written in unescape(place).as_deref().into_iter().chain([place]) {
        paths.push(written.into());
        if let Some(local) = written.strip_prefix(LOCAL) {
            paths.push(local.into());
            paths.push(Path::new("/").join(local));
        }
    }
    paths
}

/// The test that `rest` stands for: the end of its name, a line, or a line and a column. `place` is
/// what the file is called.
fn in_file(file: &IndexedFile, place: &str, rest: &str) -> Result<Found, Problem> {
    let name = file.name();
    let called = |id: &str| format!("{place}{}", id.strip_prefix(&name).unwrap_or_default());
    let found = |test: Option<TestInfo>, id: &str| Found {
        id: called(id),
        file: file.clone(),
        test,
        embedded: false,
    };
    let id = format!("{name}:{rest}");
    if id == select::end_id(file) {
        return Ok(found(None, &id));
    }
    let Some((line, column)) = line_and_column(rest) else {
        return match file.find(&id) {
            Some(test) => Ok(found(Some(test), &id)),
            None => Err(unknown("test", &called(&id), file.tests().iter().map(|t| called(&t.id)))),
        };
    };
    let mut tests = at_line(file, line);
    if let Some(column) = column {
        tests.retain(|test| (test.line, test.column) == (line, column));
    }
    match tests.as_slice() {
        [test] => Ok(found(Some(test.clone()), &test.id)),
        [] => {
            let after = file.tests().into_iter().find(|test| test.line > line);
            let next = after.map(|test| format!("; the next one is `{}`", called(&test.id)));
            let next = next.unwrap_or_default();
            Err(Problem(format!("no directive stands at {place}:{rest}{next}")))
        }
        several => {
            let names = several.iter().map(|test| called(&test.id)).collect::<Vec<_>>().join(" ");
            Err(Problem(format!("several tests stand at {place}:{rest}; explain one of: {names}")))
        }
    }
}

/// Parses a line such as `7`, or a line and a column such as `7:2`.
fn line_and_column(rest: &str) -> Option<(u32, Option<u32>)> {
    match rest.split_once(':') {
        None => Some((rest.parse().ok()?, None)),
        Some((line, column)) => Some((line.parse().ok()?, Some(column.parse().ok()?))),
    }
}

/// The tests that have a part on that line. A test that begins on an earlier line is left out if it contains
/// another of them.
fn at_line(file: &IndexedFile, line: u32) -> Vec<TestInfo> {
    // If the text of the file cannot be read, every directive is taken to be on one line.
    let text = file.source().unwrap_or_default();
    let script = file.script();
    let is_there = |test: &TestInfo, span: &Span| {
        let source = text.get(span.start as usize..span.end as usize).unwrap_or_default();
        (test.line..=test.line + newlines(source)).contains(&line)
    };
    let tests = file.tests().into_iter().zip(script.tests().map(|directive| directive.span));
    let there: Vec<(TestInfo, Span)> = tests.filter(|(test, span)| is_there(test, span)).collect();
    let is_around = |outer: &Span| {
        there.iter().any(|(_, inner)| outer.start < inner.start && inner.end < outer.end)
    };
    let meant = there.iter().filter(|(test, span)| test.line == line || !is_around(span));
    meant.map(|(test, _)| test.clone()).collect()
}

/// How many line ends a text has; each is LF, CR or CRLF (text format, §6.3.3).
fn newlines(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let ends = |at: &usize| match bytes[*at] {
        b'\n' => *at == 0 || bytes[*at - 1] != b'\r',
        b'\r' => true,
        _ => false,
    };
    (0..bytes.len()).filter(ends).count() as u32
}

fn no_such_file(index: &Index, id: &str) -> Problem {
    let suite = id.split('/').next().unwrap_or_default();
    let Problem(message) = if index.suite(suite).is_none() {
        unknown("suite", suite, index.suites().iter().map(|suite| suite.name.clone()))
    } else {
        unknown("file", file_part(id), index.files().iter().map(IndexedFile::name))
    };
    Problem(format!("{message}, nor is there such a script on disk"))
}

fn file_part(id: &str) -> &str {
    id.split(':').next().unwrap_or_default()
}
