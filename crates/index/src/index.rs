//! The whole index, opened.
//!
//! In: the blob. Out: suites, files and single tests; when the index is opened, only the header is decoded.
//! Nothing here knows how the blob is laid out.

use crate::exceptions::Exception;
use crate::file::{IndexedFile, TestInfo};
use crate::format::{Blob, FormatError};
use crate::select::Selection;
use crate::suites::Suite;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All suites, files and tests that were indexed.
#[derive(Debug)]
pub struct Index {
    blob: Arc<Blob>,
    suites: Vec<Arc<Suite>>,
    files: Vec<IndexedFile>,
}

impl Index {
    /// Opens what [`crate::build()`] wrote.
    ///
    /// # Errors
    /// Fails if the bytes are not an index of this version.
    pub fn open(bytes: &'static [u8]) -> Result<Index, FormatError> {
        let blob = Arc::new(Blob::open(bytes)?);
        let suites: Vec<Arc<Suite>> = blob.header.suites.iter().cloned().map(Arc::new).collect();
        let file = |number: usize| {
            let suite = suites[blob.header.files[number].suite as usize].clone();
            IndexedFile::in_blob(suite, blob.clone(), number)
        };
        let files = (0..blob.header.files.len()).map(file).collect();
        Ok(Index { files, suites, blob })
    }

    /// Suites in the order of `suites.toml`.
    pub fn suites(&self) -> &[Arc<Suite>] {
        &self.suites
    }

    /// The suite of that name.
    pub fn suite(&self, name: &str) -> Option<&Arc<Suite>> {
        self.suites.iter().find(|suite| suite.name == name)
    }

    /// Files in the order of their suites, then of their paths.
    pub fn files(&self) -> &[IndexedFile] {
        &self.files
    }

    /// How many tests there are.
    pub fn test_count(&self) -> usize {
        self.files.iter().map(IndexedFile::test_count).sum()
    }

    /// Entries of the exception list that apply on the target that the index was built for.
    pub fn exceptions(&self) -> &[Arc<Exception>] {
        &self.blob.header.exceptions
    }

    /// The target that the index was built for, by the variables `CARGO_CFG_…` of its build.
    pub fn cfg(&self) -> &BTreeMap<String, String> {
        &self.blob.header.cfg
    }

    /// The file that has that name, or that holds the test of that name.
    pub fn file(&self, id: &str) -> Option<&IndexedFile> {
        let name = id.split(':').next()?;
        let (suite, path) = name.split_once('/')?;
        self.files.iter().find(|file| file.suite().name == suite && file.path() == path)
    }

    /// The test of exactly that name, with its file. Only the names of that file's tests are decoded.
    pub fn find(&self, id: &str) -> Option<(&IndexedFile, TestInfo)> {
        let file = self.file(id)?;
        Some((file, file.find(id)?))
    }

    /// Files with tests that are selected, and those tests. Files that are ruled out
    /// by suite or path are not decoded.
    pub fn select<'a>(
        &'a self,
        selection: &'a Selection,
    ) -> impl Iterator<Item = (&'a IndexedFile, Vec<TestInfo>)> + 'a {
        self.files.iter().filter_map(|file| Some((file, selection.tests(file)?)))
    }
}
