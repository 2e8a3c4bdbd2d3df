//! Which tests a user selects.
//!
//! In: what a user asked for. Out: yes or no, for files and for tests. Nothing here
//! knows of command lines.

use crate::file::{IndexedFile, TestInfo};
use touchstone_script::{Feature, Kind};

/// A filter. A test must agree with every field that is set; several values in one field are alternatives.
/// The default selects everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Names of suites.
    pub suites: Vec<String>,
    /// Features that a test needs, or that its suite is about.
    pub proposals: Vec<Feature>,
    /// Files: the whole path within the suite, its last part, or `<suite>/<path>`.
    pub files: Vec<String>,
    /// Lines on which a directive begins.
    pub lines: Vec<u32>,
    /// Sorts of directive.
    pub kinds: Vec<Kind>,
    /// Texts of which a name must contain one.
    pub texts: Vec<String>,
    /// Whole names, of which a test must have one.
    pub exact: Vec<String>,
}

impl Selection {
    /// Whether a file may have selected tests.
    pub fn matches_file(&self, file: &IndexedFile) -> bool {
        let suite = &file.suite().name;
        let is_named = |wanted: &String| {
            let path = file.path();
            let rest = wanted.strip_prefix(suite.as_str()).and_then(|rest| rest.strip_prefix('/'));
            path == wanted || rest == Some(path) || path.rsplit('/').next() == Some(wanted)
        };
        let holds = |id: &String| {
            let rest = id.strip_prefix(suite.as_str()).and_then(|rest| rest.strip_prefix('/'));
            rest.and_then(|rest| rest.strip_prefix(file.path()))
                .is_some_and(|rest| rest.starts_with(':'))
        };
        any_or_empty(&self.suites, |wanted| wanted == suite)
            && any_or_empty(&self.files, is_named)
            && any_or_empty(&self.exact, holds)
    }

    /// Whether every test of a file is selected that [`Self::matches_file`] accepts.
    pub fn is_all(&self) -> bool {
        let Selection { suites: _, files: _, proposals, lines, kinds, texts, exact } = self;
        proposals.is_empty()
            && lines.is_empty()
            && kinds.is_empty()
            && texts.is_empty()
            && exact.is_empty()
    }

    /// Whether a test is selected; its file must be one that [`Self::matches_file`] accepts.
    pub fn matches(&self, file: &IndexedFile, test: &TestInfo) -> bool {
        let about = file.suite().proposal();
        any_or_empty(&self.proposals, |wanted| {
            test.proposals.contains(*wanted) || about == Some(*wanted)
        }) && any_or_empty(&self.lines, |line| *line == test.line)
            && any_or_empty(&self.kinds, |kind| *kind == test.kind)
            && any_or_empty(&self.texts, |text| test.id.contains(text.as_str()))
            && any_or_empty(&self.exact, |id| *id == test.id)
    }

    /// The selected tests of a file; `None` if there is none.
    pub fn tests(&self, file: &IndexedFile) -> Option<Vec<TestInfo>> {
        if !self.matches_file(file) {
            return None;
        }
        let mut tests = file.tests();
        tests.retain(|test| self.matches(file, test));
        (!tests.is_empty()).then_some(tests)
    }
}

fn any_or_empty<T>(wanted: &[T], matches: impl FnMut(&T) -> bool) -> bool {
    wanted.is_empty() || wanted.iter().any(matches)
}
