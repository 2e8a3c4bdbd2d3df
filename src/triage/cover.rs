//! Which entry is about which test of a run, and whether it covers what became of the test.
//!
//! In: the lines of a report, and entries. Out: for a line the entry that counts for it. Nothing here proposes
//! anything.

use crate::index::{Exception, Expect, glob, may_match};
use crate::report::json::{EngineInfo, Line, Report};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// A run beside the entries that may be about it.
pub(super) struct Cover<'a> {
    pub(super) report: &'a Report,
    pub(super) lists: &'a [Arc<Exception>],
    /// The lines of each file, by its name, in the order of the file.
    pub(super) files: BTreeMap<String, Vec<&'a Line>>,
    /// How many tests are blocked by each test.
    blocked_by: HashMap<&'a str, u64>,
    by_name: HashMap<&'a str, &'a Line>,
}

impl<'a> Cover<'a> {
    pub(super) fn new(report: &'a Report, lists: &'a [Arc<Exception>]) -> Cover<'a> {
        let mut files: BTreeMap<String, Vec<&Line>> = BTreeMap::new();
        let mut blocked_by = HashMap::new();
        for line in &report.lines {
            files.entry(format!("{}/{}", line.suite, line.file)).or_default().push(line);
            if let Some(by) = &line.blocked_by {
                *blocked_by.entry(by.as_str()).or_default() += 1;
            }
        }
        for lines in files.values_mut() {
            lines.sort_by_key(|line| (is_end(line), line.line, line.column));
        }
        let by_name = report.lines.iter().map(|line| (line.id.as_str(), line)).collect();
        Cover { report, lists, files, blocked_by, by_name }
    }

    pub(super) fn engine(&self) -> &'a EngineInfo {
        &self.report.header.engine
    }

    /// The entry that counts for a test of the run.
    pub(super) fn entry_of(&self, line: &Line) -> Option<&'a Arc<Exception>> {
        if is_end(line) {
            return None;
        }
        let about = self.lists.iter().filter(|entry| is_about(entry, &line.id)).cloned();
        let about: Vec<Arc<Exception>> = about.collect();
        let engine = self.engine();
        let counts = Exception::that_counts(&about, &engine.name, &engine.version)?;
        self.lists.iter().find(|entry| Arc::ptr_eq(entry, counts))
    }

    /// The tests of the run that an entry is about, whether it counts for them or not.
    pub(super) fn tests_of(&self, entry: &Exception) -> Vec<&'a Line> {
        let files = self.files.iter().filter(|(file, _)| may_match(&entry.test, file));
        let lines = files.flat_map(|(_, lines)| lines.iter().copied());
        lines.filter(|line| !is_end(line) && is_about(entry, &line.id)).collect()
    }

    /// The line of the test with that name.
    pub(super) fn find(&self, id: &str) -> Option<&'a Line> {
        self.by_name.get(id).copied()
    }

    /// How many tests are blocked by that one.
    pub(super) fn blocks(&self, line: &Line) -> u64 {
        self.blocked_by.get(line.id.as_str()).copied().unwrap_or_default()
    }
}

/// Whether the line is that of the end of a file, which no entry is about.
pub(super) fn is_end(line: &Line) -> bool {
    line.line == 0
}

fn is_about(entry: &Exception, id: &str) -> bool {
    entry.test == id || glob(&entry.test, id)
}

/// Whether a test failed just as the entry says. The run need not have known the entry.
pub(super) fn covers(entry: &Exception, line: &Line) -> bool {
    match entry.expect {
        Expect::Skip => line.outcome != "pass" && line.outcome != "xpass",
        Expect::Fail(class) => {
            matches!(line.outcome.as_str(), "fail" | "xfail")
                && line.class.as_deref() == Some(class.name())
                && (entry.fingerprint.is_none() || entry.fingerprint == line.fingerprint())
        }
    }
}
