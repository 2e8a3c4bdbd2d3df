//! One script file of the index, or from disk, in the same shape.
//!
//! In: either a place in the blob or a script lowered in memory. Out: its tests, its
//! commands and its source text, decoded when asked for. Nothing here knows how files
//! are found or selected.

use crate::cost::estimate;
use crate::dialect::Rules;
use crate::exceptions::Exception;
use crate::format::{Blob, KeyView};
use crate::spool::Spooled;
use crate::suites::{Origin, Suite};
use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;
use touchstone_script::{ContentHash, FeatureSet, Inference, Kind, LowerError, Script, write_key};

/// One test: what is known of a directive without decoding its command.
#[derive(Clone, Debug, PartialEq)]
pub struct TestInfo {
    /// Position among the tests of its file, in the order of `Script::tests`.
    pub index: usize,
    /// Its name, `<suite>/<path>.wast:<line>[:<column>]:<kind>[:<export>]`.
    pub id: String,
    /// Line, counted from 1.
    pub line: u32,
    /// Column in bytes, counted from 1.
    pub column: u32,
    /// The sort of directive.
    pub kind: Kind,
    /// The export that it acts on, unescaped.
    pub export: Option<String>,
    /// Features without which its module is not accepted.
    pub proposals: FeatureSet,
    /// Digest of its text and, if it names a module, of the module's text.
    pub hash: ContentHash,
    /// The entries of exception lists that are about it on this target, for one engine or another.
    pub exceptions: Vec<Arc<Exception>>,
}

/// What a [`TestInfo`] tells, borrowed where that saves an allocation.
#[derive(Debug)]
pub struct TestView<'a> {
    /// Position among the tests of its file, in the order of `Script::tests`.
    pub index: usize,
    /// Its name.
    pub id: &'a str,
    /// Line, counted from 1.
    pub line: u32,
    /// Column in bytes, counted from 1.
    pub column: u32,
    /// The sort of directive.
    pub kind: Kind,
    /// The export that it acts on, unescaped.
    pub export: Option<&'a str>,
    /// Features without which its module is not accepted.
    pub proposals: FeatureSet,
    /// Digest of its text and, if it names a module, of the module's text.
    pub hash: ContentHash,
    /// The entries of exception lists that are about it on this target.
    pub exceptions: Vec<Arc<Exception>>,
}

/// A script file with its tests. It is cheap to clone.
#[derive(Clone, Debug)]
pub struct IndexedFile {
    suite: Arc<Suite>,
    path: Arc<str>,
    content: Content,
    /// The exceptions about each test, where lists were added to the one that was built in.
    exceptions: Option<Arc<[Vec<Arc<Exception>>]>>,
}

#[derive(Clone, Debug)]
enum Content {
    Blob { blob: Arc<Blob>, number: usize },
    Memory(Arc<Memory>),
}

#[derive(Debug)]
struct Memory {
    tests: usize,
    script: Held,
    source: PathBuf,
    /// How long it takes, in microseconds.
    cost: u64,
    said: Said,
}

/// A script, or where it waits.
#[derive(Debug)]
pub(crate) enum Held {
    Here(Arc<Script>),
    Spooled(Spooled),
}

impl Held {
    fn script(&self) -> Arc<Script> {
        match self {
            Held::Here(script) => script.clone(),
            Held::Spooled(spooled) => Arc::new(spooled.script()),
        }
    }
}

/// What the dialect of a script says of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    pub(crate) rules: Arc<Rules>,
    /// Of each test, the exceptions that are about it.
    pub(crate) exceptions: Vec<Vec<Arc<Exception>>>,
    /// Of the script as a whole.
    pub(crate) skipped: Option<Arc<Exception>>,
}

impl IndexedFile {
    pub(crate) fn in_blob(suite: Arc<Suite>, blob: Arc<Blob>, number: usize) -> Self {
        let path = blob.header.files[number].path.as_str().into();
        IndexedFile { suite, path, content: Content::Blob { blob, number }, exceptions: None }
    }

    /// Lowers `text`, which was read from `source`, as the file `path` of `suite`.
    ///
    /// # Errors
    /// Fails if the text cannot be split into forms.
    pub fn from_text(
        suite: Arc<Suite>,
        path: &str,
        source: PathBuf,
        text: &str,
        inference: &Inference,
    ) -> Result<Self, LowerError> {
        let script = touchstone_script::lower_with(text, inference)?;
        Ok(IndexedFile::from_script(suite, path, source, script, Said::default()))
    }

    /// Makes the file `path` of `suite` from a script that was lowered from the text in `source`.
    pub(crate) fn from_script(
        suite: Arc<Suite>,
        path: &str,
        source: PathBuf,
        script: Script,
        said: Said,
    ) -> Self {
        let keep = |script| Held::Here(Arc::new(script));
        IndexedFile::from_script_in(suite, path, source, script, said, keep)
    }

    /// The same, of a script that `keep` takes to where it waits.
    pub(crate) fn from_script_in(
        suite: Arc<Suite>,
        path: &str,
        source: PathBuf,
        script: Script,
        said: Said,
        keep: impl FnOnce(Script) -> Held,
    ) -> Self {
        let memory = Memory {
            tests: script.tests().count(),
            cost: estimate(&script),
            script: keep(script),
            source,
            said,
        };
        let content = Content::Memory(Arc::new(memory));
        IndexedFile { suite, path: path.into(), content, exceptions: None }
    }

    /// The suite that it belongs to.
    pub fn suite(&self) -> &Arc<Suite> {
        &self.suite
    }

    /// Its path within the suite, with `/` between folders, escaped as in names of tests.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// `<suite>/<path>`: what the names of its tests begin with.
    pub fn name(&self) -> String {
        format!("{}/{}", self.suite.name, self.path)
    }

    /// Whether it is one of the index that it is in as that was built: nothing was added to its exceptions.
    pub fn is_built_in(&self) -> bool {
        matches!(self.content, Content::Blob { .. }) && self.exceptions.is_none()
    }

    /// How many tests it has.
    pub fn test_count(&self) -> usize {
        match &self.content {
            Content::Blob { blob, number } => blob.header.files[*number].tests as usize,
            Content::Memory(memory) => memory.tests,
        }
    }

    /// About how long it takes to run, in microseconds: what was recorded of it when the index was built, or else an
    /// estimate from the bytes of its modules and the number of its directives.
    pub fn cost(&self) -> u64 {
        match &self.content {
            Content::Blob { blob, number } => blob.header.files[*number].cost,
            Content::Memory(memory) => memory.cost,
        }
    }

    /// A number that it has in common with the files of the same index that have the same script, if there are any.
    /// Who asks for their scripts one after the other has it decoded once for all of them.
    pub fn shared_script(&self) -> Option<u32> {
        match &self.content {
            Content::Blob { blob, number } => blob.shared_script(*number),
            Content::Memory(_) => None,
        }
    }

    /// Its tests, in the order of `Script::tests`.
    pub fn tests(&self) -> Vec<TestInfo> {
        let mut tests = Vec::with_capacity(self.test_count());
        self.each_test(|test| {
            let TestView { index, line, column, kind, proposals, hash, exceptions, .. } = test;
            let (id, export) = (test.id.to_owned(), test.export.map(str::to_owned));
            tests.push(TestInfo {
                index,
                id,
                line,
                column,
                kind,
                export,
                proposals,
                hash,
                exceptions,
            });
        });
        tests
    }

    /// Shows its tests one after the other, in the order of `Script::tests`.
    pub fn each_test(&self, mut each: impl FnMut(TestView<'_>)) {
        let mut name = self.name();
        name.push(':');
        let prefix = name.len();
        let mut show = |index: usize, key: KeyView<'_>, proposals, hash, exceptions| {
            let KeyView { line, column, shared_line, kind, export } = key;
            name.truncate(prefix);
            write_key(line, shared_line.then_some(column), kind, export, &mut name);
            let exceptions = match &self.exceptions {
                Some(added) => added[index].clone(),
                None => exceptions,
            };
            let id = &*name;
            each(TestView { index, id, line, column, kind, export, proposals, hash, exceptions });
        };
        match &self.content {
            Content::Blob { blob, number } => {
                let names = blob.names(*number);
                let exception = |e: u32| blob.header.exceptions[e as usize].clone();
                for (i, test) in names.tests.iter().enumerate() {
                    let proposals = names.proposals[test.proposals as usize];
                    let exceptions = names.exceptions(i).map(exception).collect();
                    show(i, names.key(i), proposals, test.hash, exceptions);
                }
            }
            Content::Memory(memory) => {
                let script = memory.script.script();
                let keys = touchstone_script::test_keys(&script);
                for (i, (key, test)) in keys.iter().zip(script.tests()).enumerate() {
                    let exceptions = memory.said.exceptions.get(i).cloned().unwrap_or_default();
                    show(i, key.into(), test.proposals, test.hash, exceptions);
                }
            }
        }
    }

    /// The rules by which it is run and judged.
    pub fn rules(&self) -> Arc<Rules> {
        match &self.content {
            Content::Blob { .. } => Arc::default(),
            Content::Memory(memory) => memory.said.rules.clone(),
        }
    }

    /// The exception that is about the whole file, if there is one.
    pub fn exception(&self) -> Option<Arc<Exception>> {
        match &self.content {
            Content::Blob { .. } => None,
            Content::Memory(memory) => memory.said.skipped.clone(),
        }
    }

    /// The test with that exact name, if it is in this file.
    pub fn find(&self, id: &str) -> Option<TestInfo> {
        id.strip_prefix(&self.name())?.strip_prefix(':')?;
        self.tests().into_iter().find(|test| test.id == id)
    }

    /// The same file, with these exceptions about its tests. There is one entry for each test.
    pub(crate) fn with_exceptions(&self, exceptions: Vec<Vec<Arc<Exception>>>) -> IndexedFile {
        IndexedFile { exceptions: Some(exceptions.into()), ..self.clone() }
    }

    /// Its commands.
    pub fn script(&self) -> Arc<Script> {
        match &self.content {
            Content::Blob { blob, number } => blob.script(*number),
            Content::Memory(memory) => memory.script.script(),
        }
    }

    /// The same file with its script in memory, for whoever is about to ask for both the script and its tests.
    pub fn at_hand(&self) -> IndexedFile {
        let Content::Memory(memory) = &self.content else { return self.clone() };
        let Held::Spooled(spooled) = &memory.script else { return self.clone() };
        let memory = Memory {
            script: Held::Here(Arc::new(spooled.script())),
            source: memory.source.clone(),
            said: memory.said.clone(),
            ..**memory
        };
        IndexedFile { content: Content::Memory(Arc::new(memory)), ..self.clone() }
    }

    /// Where its text is, if that is on disk.
    pub fn disk_path(&self) -> Option<PathBuf> {
        match (&self.content, &self.suite.origin) {
            (Content::Memory(memory), _) => Some(memory.source.clone()),
            (Content::Blob { .. }, Origin::Embedded(_)) => None,
            (Content::Blob { blob, number }, Origin::Folder(folder)) => {
                Some(PathBuf::from(folder).join(&blob.header.files[*number].source))
            }
        }
    }

    /// Its text.
    ///
    /// # Errors
    /// Fails if the text is on disk and cannot be read any more.
    pub fn source(&self) -> Result<Cow<'static, str>, SourceError> {
        let Some(path) = self.disk_path() else {
            let text = match &self.suite.origin {
                Origin::Embedded(group) => crate::embedded::text(group, &self.path),
                Origin::Folder(_) => None,
            };
            return text.map(Cow::Borrowed).ok_or_else(|| SourceError::Gone(self.name()));
        };
        let text =
            std::fs::read_to_string(&path).map_err(|error| SourceError::Read(path, error))?;
        Ok(Cow::Owned(text))
    }
}

/// Why the text of a file cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// It was on disk when the index was built.
    #[error("cannot read `{0}`: {1}; it was there when the index was built, so build again")]
    Read(PathBuf, std::io::Error),
    /// The embedded suite has no such file.
    #[error("the embedded suite has no text for `{0}`")]
    Gone(String),
}
