//! Finds the files and tests that will run, from what a user asked for.
//!
//! In: an index, or files from disk, and a selection. Out: a [`Plan`]: files, each with its selected tests.
//! Every file has one test more than its script has directives: the last one checks that nothing is left
//! alive at the end of the file. Nothing here knows of engines.

use crate::index::{Index, IndexedFile, Selection, TestInfo};
use crate::run::unit::{Test, Unit};
use crate::scope::{Part, Scope};

/// What the name of the last test of a file ends with.
pub const END: &str = ":end:nothing_alive";

/// What to run.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Files in order, each with at least one selected test.
    pub files: Vec<PlannedFile>,
    /// All files that tests were selected from.
    pub scripts: Vec<IndexedFile>,
    /// What was selected, in words, where that is known.
    pub scope: Option<Scope>,
    /// What tells the exception lists that were given from others, where that is known: see
    /// [`ExceptionList::digest`](crate::index::ExceptionList::digest).
    pub exception_lists: Option<String>,
    /// Which part of what was selected this is, where it is a part.
    pub part: Option<Part>,
}

/// A file and its selected tests.
#[derive(Clone, Debug)]
pub struct PlannedFile {
    /// The file.
    pub file: IndexedFile,
    /// Positions of the selected tests, in order. The end of the file comes after all directives.
    pub selected: Vec<u32>,
}

impl Plan {
    /// The selected tests of an index.
    pub fn of_index(index: &Index, selection: &Selection) -> Plan {
        Plan::of_files(index.files().iter().cloned(), selection)
    }

    /// The selected tests of some files.
    pub fn of_files(files: impl IntoIterator<Item = IndexedFile>, selection: &Selection) -> Plan {
        let scripts: Vec<IndexedFile> = files.into_iter().collect();
        let planned = scripts.iter().cloned().filter_map(|file| {
            if !selection.matches_file(&file) {
                return None;
            }
            let selected = match selection.is_all() {
                // Nothing has to be known of the tests.
                true => (0..=file.test_count() as u32).collect(),
                false => selected(&file, &file.tests(), selection),
            };
            (!selected.is_empty()).then_some(PlannedFile { file, selected })
        });
        Plan { files: planned.collect(), scripts, scope: None, exception_lists: None, part: None }
    }

    /// How many tests are selected.
    pub fn test_count(&self) -> usize {
        self.files.iter().map(|file| file.selected.len()).sum()
    }
}

impl PlannedFile {
    /// Position of the last test that is wanted: what comes after it need not run.
    pub fn last(&self) -> usize {
        self.selected.last().map_or(0, |position| *position as usize)
    }

    /// Whether the test at that position is selected.
    pub fn selects(&self, position: usize) -> bool {
        self.selected.len() == self.file.test_count() + 1
            || self.selected.binary_search(&(position as u32)).is_ok()
    }

    /// Names of the selected tests.
    pub fn names(&self) -> impl Iterator<Item = String> {
        let tests = tests(&self.file).into_iter().enumerate();
        tests.filter(|(position, _)| self.selects(*position)).map(|(_, test)| (*test.id).to_owned())
    }
}

/// Name of the test at the end of a file.
pub fn end_id(file: &IndexedFile) -> String {
    file.name() + END
}

/// Positions of the selected tests of a file, in order. The end of the file comes after all directives.
pub fn selected(file: &IndexedFile, tests: &[TestInfo], selection: &Selection) -> Vec<u32> {
    if !selection.matches_file(file) {
        return Vec::new();
    }
    let chosen = tests.iter().filter(|test| selection.matches(file, test));
    let mut selected: Vec<u32> = chosen.map(|test| test.index as u32).collect();
    if end_is_selected(file, selected.len(), selection) {
        selected.push(file.test_count() as u32);
    }
    selected
}

/// Whether the test at the end of a file is selected, of whose other tests so many are. It has no line and no
/// kind, so a selection of lines or kinds leaves it out; it is in a selection of proposals only if all tests of
/// its file are.
fn end_is_selected(file: &IndexedFile, others: usize, selection: &Selection) -> bool {
    let id = end_id(file);
    let about_directives = !selection.lines.is_empty() || !selection.kinds.is_empty();
    let of_a_proposal = selection.proposals.is_empty() || others == file.test_count();
    !about_directives
        && of_a_proposal
        && (selection.texts.is_empty()
            || selection.texts.iter().any(|text| id.contains(text.as_str())))
        && (selection.exact.is_empty() || selection.exact.contains(&id))
}

/// All tests of a file, its end included.
pub fn tests(file: &IndexedFile) -> Vec<Test> {
    let mut tests = Vec::with_capacity(file.test_count() + 1);
    file.each_test(|test| tests.push(Test::from(test)));
    let exceptions = file.exception().into_iter().collect();
    tests.push(Test { exceptions, ..Test::end(&end_id(file)) });
    tests
}

/// Everything that is needed to run a file.
pub fn unit(file: &IndexedFile) -> Unit {
    let file = &file.at_hand();
    let (features, script, tests) = (file.suite().features, file.script(), tests(file));
    let rules = file.rules();
    let file = Some(file.clone());
    Unit { features, script, tests: tests.into(), detailed: false, file, rules }
}
