//! From what a user asked for to the files and tests that will run.
//!
//! In: an index, or files from disk, and a selection. Out: a [`Plan`]: files, each
//! with its selected tests. Every file has one test more than its script has
//! directives: that nothing is left alive at its end. Nothing here knows of engines.

use crate::index::{Index, IndexedFile, Selection, TestInfo};
use crate::run::file::{Test, Unit};
use std::sync::Arc;

/// What the name of the last test of a file ends with.
pub const END: &str = ":end:nothing_alive";

/// The kind of the last test of a file, as reports name it.
pub const END_KIND: &str = "nothing_alive";

/// What to run.
#[derive(Debug, Default)]
pub struct Plan {
    /// Files in order, each with at least one selected test.
    pub files: Vec<PlannedFile>,
}

/// A file and its selected tests.
#[derive(Debug)]
pub struct PlannedFile {
    /// The file.
    pub file: IndexedFile,
    /// Selected directives.
    pub tests: Vec<TestInfo>,
    /// Whether the test at the end of the file is selected too.
    pub end: bool,
}

impl Plan {
    /// The selected tests of an index.
    pub fn of_index(index: &Index, selection: &Selection) -> Plan {
        Plan::of_files(index.files().iter().cloned(), selection)
    }

    /// The selected tests of some files.
    pub fn of_files(files: impl IntoIterator<Item = IndexedFile>, selection: &Selection) -> Plan {
        let planned = files.into_iter().filter_map(|file| {
            if !selection.matches_file(&file) {
                return None;
            }
            let tests = selection.tests(&file).unwrap_or_default();
            let end = end_is_selected(&file, &tests, selection);
            (end || !tests.is_empty()).then_some(PlannedFile { file, tests, end })
        });
        Plan { files: planned.collect() }
    }

    /// How many tests are selected.
    pub fn test_count(&self) -> usize {
        self.files.iter().map(|file| file.tests.len() + usize::from(file.end)).sum()
    }
}

impl PlannedFile {
    /// Position of the last test that is wanted: what comes after it need not run.
    pub fn last(&self) -> usize {
        if self.end {
            self.file.test_count()
        } else {
            self.tests.last().map_or(0, |test| test.index)
        }
    }
}

/// Name of the test at the end of a file.
pub fn end_id(file: &IndexedFile) -> String {
    file.name() + END
}

/// What can be selected by name alone, is; a selection of lines or kinds is about directives.
fn end_is_selected(file: &IndexedFile, tests: &[TestInfo], selection: &Selection) -> bool {
    let id = end_id(file);
    let about_directives = !selection.lines.is_empty() || !selection.kinds.is_empty();
    let of_a_proposal = selection.proposals.is_empty() || tests.len() == file.test_count();
    !about_directives
        && of_a_proposal
        && (selection.texts.is_empty()
            || selection.texts.iter().any(|text| id.contains(text.as_str())))
        && (selection.exact.is_empty() || selection.exact.contains(&id))
}

/// Everything needed to run a file.
pub fn unit(file: &IndexedFile) -> Unit {
    let end = Test { id: end_id(file), exception: None };
    let tests = file
        .tests()
        .into_iter()
        .map(|test| Test { id: test.id, exception: test.exception })
        .chain([end]);
    Unit {
        features: file.suite().features,
        script: file.script(),
        tests: tests.collect::<Arc<[Test]>>(),
        detailed: false,
    }
}
