//! A script with what its suite says of it, and its tests.
//!
//! In: nothing. Out: the types that all of this folder speaks of. Nothing here runs anything.

use crate::engine::Description;
use crate::index::dialect::Rules;
use crate::index::{Exception, IndexedFile, TestView};
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
    /// How it is run and judged.
    pub rules: Arc<Rules>,
}

impl Unit {
    /// The same, of which no exception list says anything: for whoever looks at the script, and not at an engine.
    #[must_use]
    pub fn without_exceptions(&self) -> Unit {
        let bare = |test: &Test| Test { exceptions: Vec::new(), ..test.clone() };
        Unit { tests: self.tests.iter().map(bare).collect(), ..self.clone() }
    }

    /// The same, where of the exceptions about a test at most that one is left which counts for the engine.
    #[must_use]
    pub fn for_engine(&self, engine: &Description) -> Unit {
        if self.tests.iter().all(|test| test.exceptions.is_empty()) {
            return self.clone();
        }
        let counts = |test: &Test| {
            let all = &test.exceptions;
            Exception::that_counts(all, &engine.name, &engine.version)
                .into_iter()
                .cloned()
                .collect()
        };
        let kept = |test: &Test| Test { exceptions: counts(test), ..test.clone() };
        Unit { tests: self.tests.iter().map(kept).collect(), ..self.clone() }
    }
}

/// A test: a directive, or the end of its file.
#[derive(Clone, Debug)]
pub struct Test {
    /// Its identity.
    pub id: Arc<str>,
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
    /// What exception lists say of it.
    pub exceptions: Vec<Arc<Exception>>,
}

impl Test {
    /// The test at the end of a file.
    pub fn end(id: &str) -> Test {
        let proposals = FeatureSet::EMPTY;
        Test {
            id: id.into(),
            line: 0,
            column: 0,
            kind: END_KIND,
            proposals,
            hash: None,
            exceptions: Vec::new(),
        }
    }

    /// What counts of that: the first entry, once the test is one of a [unit for an
    /// engine](Unit::for_engine).
    pub fn exception(&self) -> Option<&Exception> {
        self.exceptions.first().map(Arc::as_ref)
    }
}

impl From<TestView<'_>> for Test {
    fn from(test: TestView<'_>) -> Test {
        let TestView { id, line, column, kind, proposals, hash, exceptions, .. } = test;
        let (id, kind, hash) = (id.into(), kind.name(), Some(hash));
        Test { id, line, column, kind, proposals, hash, exceptions }
    }
}

/// How many tests a directive counts as: itself, and the directives inside it.
pub(crate) fn test_count(directive: &Directive) -> usize {
    1 + directive.command.nested().iter().map(test_count).sum::<usize>()
}
