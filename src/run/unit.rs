//! A script with what its suite says of it, and its tests.
//!
//! In: nothing. Out: the types that all of this folder speaks of. Nothing here runs anything.

use crate::engine::Description;
use crate::index::{Exception, IndexedFile, TestInfo};
use std::sync::Arc;
use touchstone_script::{ContentHash, Directive, FeatureSet, Script};

/// The kind of the last test of a file, as reports name it.
pub const END_KIND: &str = "nothing_alive";

/// A script with what its suite says of it.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Features that are on; all others are off.
    pub features: FeatureSet,
    /// The script.
    pub script: Arc<Script>,
    /// The tests: one per directive, each thread followed by the directives inside it, and one for the end of
    /// the script.
    pub tests: Arc<[Test]>,
    /// Whether results are put into words even if they match.
    pub detailed: bool,
    /// The file that the script is in, where it is in one: its text is read there if somebody needs it.
    pub file: Option<IndexedFile>,
}

impl Unit {
    /// The same, without exceptions that are for other engines.
    #[must_use]
    pub fn for_engine(&self, engine: &Description) -> Unit {
        let (name, version) = (engine.name.as_str(), engine.version.as_str());
        let is_other =
            |test: &Test| test.exception.as_ref().is_some_and(|e| !e.is_for(name, version));
        if !self.tests.iter().any(is_other) {
            return self.clone();
        }
        let kept = |test: &Test| match is_other(test) {
            true => Test { exception: None, ..test.clone() },
            false => test.clone(),
        };
        Unit { tests: self.tests.iter().map(kept).collect(), ..self.clone() }
    }
}

/// A test: a directive, or the end of its file.
#[derive(Clone, Debug)]
pub struct Test {
    /// Its identity.
    pub id: String,
    /// Line, counted from 1; 0 for the end of a file.
    pub line: u32,
    /// Column, counted from 1; 0 for the end of a file.
    pub column: u32,
    /// The keyword of the directive.
    pub kind: &'static str,
    /// Features that it needs.
    pub proposals: FeatureSet,
    /// Content hash; the test at the end of a file has none.
    pub hash: Option<ContentHash>,
    /// What the exception list says of it.
    pub exception: Option<Arc<Exception>>,
}

impl Test {
    /// The test at the end of a file.
    pub fn end(id: String) -> Test {
        let proposals = FeatureSet::EMPTY;
        Test { id, line: 0, column: 0, kind: END_KIND, proposals, hash: None, exception: None }
    }
}

impl From<TestInfo> for Test {
    fn from(info: TestInfo) -> Test {
        let TestInfo { id, line, column, kind, proposals, hash, exception, .. } = info;
        Test { id, line, column, kind: kind.name(), proposals, hash: Some(hash), exception }
    }
}

/// How many tests a directive counts as: itself, and the directives inside it.
pub(super) fn test_count(directive: &Directive) -> usize {
    1 + directive.command.nested().iter().map(test_count).sum::<usize>()
}
