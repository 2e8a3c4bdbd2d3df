//! Tests and runs side by side: one row per test, one column per run.
//!
//! In: nothing. Out: the types. Equal texts and equal answers are kept once, since most tests have the answers of
//! many others. Nothing here knows where the answers come from, or how they are shown.

use crate::compare::Class;
use crate::report::json::{Header, Line};
use std::collections::HashMap;
use std::hash::Hash;

/// The verdicts of some runs.
#[derive(Debug, Default)]
pub struct Table {
    /// The runs: first those that the report is about, then earlier ones.
    pub runs: Vec<Run>,
    /// The tests, in the order of suites, files and lines.
    pub rows: Vec<Row>,
    /// The scripts: suite and file.
    pub files: Distinct<(String, String)>,
    /// Keywords of directives.
    pub kinds: Distinct<String>,
    /// Sets of proposals that tests need.
    pub proposals: Distinct<Vec<String>>,
    /// Answers.
    pub answers: Distinct<Answer>,
}

/// A test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub id: String,
    /// Its script, by position.
    pub file: u32,
    /// Line, from 1; 0 for the end of the script.
    pub line: u32,
    /// Column, from 1; 0 for the end of the script.
    pub column: u32,
    /// Its keyword, by position.
    pub kind: u32,
    /// The proposals that it needs, by position.
    pub proposals: u32,
    /// Digest of its content.
    pub hash: String,
    /// How the runs that the report is about differ on it.
    pub class: Option<Class>,
}

/// A run.
#[derive(Debug)]
pub struct Run {
    /// What it says of itself.
    pub header: Header,
    /// The name of the report.
    pub report: String,
    /// Why it is partial, where it is.
    pub partial: Option<String>,
    /// How long it took.
    pub duration_ns: Option<u64>,
    /// The flags by which the command line runs the engine again, where they are known.
    pub flags: Option<String>,
    /// The later run of the same engine, by position, if it is there only to be compared with that.
    pub earlier_than: Option<usize>,
    /// Its answer to each test, by position; none where it has no verdict.
    pub answers: Vec<Option<u32>>,
    /// Tests of which this run had another text, by position, in order. Only earlier runs have any.
    pub edited: Vec<u32>,
    /// What its failures have in common: the largest groups.
    pub causes: Vec<crate::causes::Cause>,
    /// How many failures it has, and of how many causes, in words; none where nothing failed.
    pub failures: Option<String>,
    /// What made it a failure beside its verdicts, in words; none where nothing did.
    pub beside: Option<String>,
}

impl Run {
    /// The engine and its version.
    pub fn engine(&self) -> String {
        format!("{} {}", self.header.engine.name, self.header.engine.version)
    }

    /// The answer to the test in that row.
    pub fn answer(&self, row: usize) -> Option<u32> {
        self.answers.get(row).copied().flatten()
    }
}

/// What a run says of a test, without the time that it took.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Answer {
    /// As in [`Line`].
    pub outcome: String,
    /// As in [`Line`].
    pub class: Option<String>,
    /// As in [`Line`].
    pub blocked_by: Option<String>,
    /// As in [`Line`].
    pub feature: Option<String>,
    /// As in [`Line`].
    pub message: Option<String>,
    /// As in [`Line`].
    pub expected: Option<String>,
    /// As in [`Line`].
    pub actual: Option<String>,
    /// As in [`Line`].
    pub fingerprint: Option<String>,
    /// As in [`Line`].
    pub text_parser: bool,
    /// As in [`Line`].
    pub weakened: Option<String>,
    /// As in [`Line`].
    pub revoked_by: Option<String>,
}

impl Answer {
    /// The answer in a line of a report.
    pub fn of(line: Line) -> Answer {
        Answer {
            fingerprint: line.fingerprint(),
            outcome: line.outcome,
            class: line.class,
            blocked_by: line.blocked_by,
            feature: line.feature,
            message: line.message,
            expected: line.expected,
            actual: line.actual,
            text_parser: line.text_parser,
            weakened: line.weakened,
            revoked_by: line.revoked_by,
        }
    }

    /// The line of a report with this answer, about a test of which only the keyword is told.
    pub fn line(&self, kind: &str) -> Line {
        let answer = self.clone();
        Line {
            id: String::new(),
            suite: String::new(),
            file: String::new(),
            line: 0,
            column: 0,
            kind: kind.to_owned(),
            proposals: Vec::new(),
            hash: String::new(),
            outcome: answer.outcome,
            class: answer.class,
            blocked_by: answer.blocked_by,
            feature: answer.feature,
            message: answer.message,
            expected: answer.expected,
            actual: answer.actual,
            fingerprint: answer.fingerprint,
            text_parser: answer.text_parser,
            weakened: answer.weakened,
            revoked_by: answer.revoked_by,
            duration_ns: 0,
        }
    }
}

impl Table {
    /// The runs that the report is about.
    pub fn current(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| run.earlier_than.is_none())
    }

    /// The proposals that the test in that row needs.
    pub fn needs(&self, row: &Row) -> &[String] {
        self.proposals.get(row.proposals)
    }
}

/// Values that are kept once, each with a position.
#[derive(Debug)]
pub struct Distinct<T> {
    values: Vec<T>,
    positions: HashMap<T, u32>,
}

impl<T> Default for Distinct<T> {
    fn default() -> Self {
        Distinct { values: Vec::new(), positions: HashMap::new() }
    }
}

impl<T: Clone + Eq + Hash> Distinct<T> {
    /// The position of a value, which is kept if it is new.
    pub fn put(&mut self, value: T) -> u32 {
        if let Some(position) = self.positions.get(&value) {
            return *position;
        }
        // A report of 2^32 different texts does not fit into memory.
        let position = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(value.clone());
        self.positions.insert(value, position);
        position
    }

    /// The value at a position that [`Distinct::put`] gave.
    pub fn get(&self, position: u32) -> &T {
        &self.values[position as usize]
    }

    /// All values, in their order.
    pub fn all(&self) -> &[T] {
        &self.values
    }
}
