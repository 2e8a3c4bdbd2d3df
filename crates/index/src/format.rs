//! The blob: how the index is laid out in bytes.
//!
//! In: suites, files with their scripts, exceptions. Out: bytes; and from bytes, one block at a time, what
//! was put in. Knows nothing of where files come from.
//!
//! ```text
//! magic (8) │ length of header (4) │ header │ blocks …
//! ```
//!
//! The header lists suites, files and exceptions. Each file has two blocks: names (all
//! that [`crate::TestInfo`] tells) and commands. Modules of all files are stored once,
//! by content; a table of fixed-width entries says where, so that a file can be read
//! without looking at the others.

use crate::exceptions::Exception;
use crate::suites::Suite;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use touchstone_script::{
    ContentHash, Directive, FeatureSet, Kind, ModuleSource, Script, TestKey, test_keys,
};

/// The first bytes of a blob, which change with every change of the layout or of the commands.
const MAGIC: &[u8; 8] = b"tchstn05";

/// Why bytes are not an index.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    /// They are not an index, or an index of another version.
    #[error("not an index of tests of this version; build again")]
    Magic,
    /// They are cut off or damaged.
    #[error("the index of tests is damaged: {0}; build again")]
    Damaged(#[from] postcard::Error),
    /// There would be more bytes than an offset can address.
    #[error("the index of tests would be larger than 4 GiB; name fewer or smaller suites")]
    TooLarge,
}

/// A range of bytes, counted from the end of the header.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Range {
    start: u32,
    length: u32,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct FileHeader {
    /// Position in [`Header::suites`].
    pub(crate) suite: u32,
    /// Escaped path in the suite.
    pub(crate) path: String,
    /// Path on disk below the suite's folder; empty for embedded files.
    pub(crate) source: String,
    pub(crate) tests: u32,
    /// How long it takes, in microseconds.
    pub(crate) cost: u64,
    names: Range,
    script: Range,
}

#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Header {
    pub(crate) suites: Vec<Suite>,
    pub(crate) files: Vec<FileHeader>,
    #[serde(with = "shared")]
    pub(crate) exceptions: Vec<Arc<Exception>>,
    /// The target, by the variables `CARGO_CFG_…` of its build.
    pub(crate) cfg: BTreeMap<String, String>,
    /// Table of modules: a start and a length, four bytes each.
    modules: Range,
}

/// Serializes reference-counted values like the values that they hold.
mod shared {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::sync::Arc;

    pub(super) fn serialize<T: Serialize, S: Serializer>(
        values: &[Arc<T>],
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_seq(values.iter().map(AsRef::as_ref))
    }
    pub(super) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Vec<Arc<T>>, D::Error> {
        Ok(Vec::<T>::deserialize(from)?.into_iter().map(Arc::new).collect())
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TestRecord {
    line: u32,
    column: u32,
    kind: Kind,
    /// Position in [`Names::exports`], plus one; 0 stands for no export.
    export: u32,
    /// Position in [`Names::proposals`].
    pub(crate) proposals: u32,
    pub(crate) hash: ContentHash,
}

/// A [`TestKey`] that borrows the name of its export.
#[derive(Clone, Copy)]
pub(crate) struct KeyView<'a> {
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) shared_line: bool,
    pub(crate) kind: Kind,
    pub(crate) export: Option<&'a str>,
}

impl<'a> From<&'a TestKey> for KeyView<'a> {
    fn from(key: &'a TestKey) -> Self {
        let TestKey { line, column, shared_line, kind, ref export } = *key;
        KeyView { line, column, shared_line, kind, export: export.as_deref() }
    }
}

/// The names block of a file.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Names {
    pub(crate) tests: Vec<TestRecord>,
    exports: Vec<String>,
    pub(crate) proposals: Vec<FeatureSet>,
    /// Pairs of the positions of a test and of its exception, sorted by test.
    exceptions: Vec<(u32, u32)>,
}

impl Names {
    fn new(script: &Script, exceptions: Vec<(u32, u32)>) -> Names {
        let mut names = Names { exceptions, ..Names::default() };
        let mut exports = HashMap::new();
        let mut proposals = HashMap::new();
        for (key, directive) in test_keys(script).into_iter().zip(script.tests()) {
            let export = key.export.map_or(0, |export| {
                *exports.entry(export).or_insert_with_key(|export| {
                    names.exports.push(export.clone());
                    names.exports.len() as u32
                })
            });
            let proposals = *proposals.entry(directive.proposals).or_insert_with(|| {
                names.proposals.push(directive.proposals);
                names.proposals.len() as u32 - 1
            });
            let TestKey { line, column, kind, .. } = key;
            names.tests.push(TestRecord {
                line,
                column,
                kind,
                export,
                proposals,
                hash: directive.hash,
            });
        }
        names
    }

    /// What the name of one test says of it.
    pub(crate) fn key(&self, index: usize) -> KeyView<'_> {
        let test = &self.tests[index];
        let on_line = |other: Option<usize>| {
            other
                .and_then(|other| self.tests.get(other))
                .is_some_and(|other| other.line == test.line)
        };
        KeyView {
            line: test.line,
            column: test.column,
            shared_line: on_line(index.checked_sub(1)) || on_line(Some(index + 1)),
            kind: test.kind,
            export: test.export.checked_sub(1).map(|export| &*self.exports[export as usize]),
        }
    }

    /// The positions in [`Header::exceptions`] of the exceptions about one test.
    pub(crate) fn exceptions(&self, index: usize) -> impl Iterator<Item = u32> {
        let first = self.exceptions.partition_point(|(test, _)| (*test as usize) < index);
        let rest = self.exceptions[first..].iter();
        rest.take_while(move |(test, _)| *test as usize == index).map(|(_, exception)| *exception)
    }
}

/// The commands block of a file.
#[derive(Serialize, Deserialize)]
struct Commands {
    directives: Vec<Directive>,
    /// Position in the table of modules, and whether it is quoted text.
    modules: Vec<(u32, bool)>,
}

/// Writes a blob, file by file.
#[derive(Default)]
pub(crate) struct Writer {
    pub(crate) header: Header,
    data: Vec<u8>,
    modules: Vec<Range>,
    by_content: HashMap<Vec<u8>, u32>,
    /// By its commands, where the block of a script is.
    scripts: HashMap<Vec<u8>, Range>,
}

impl Writer {
    /// Adds a file. `exceptions` pairs positions of tests with positions in the header's exceptions.
    pub(crate) fn file(
        &mut self,
        mut header: FileHeader,
        script: Script,
        exceptions: Vec<(u32, u32)>,
    ) -> Result<(), FormatError> {
        let names = Names::new(&script, exceptions);
        header.tests = names.tests.len() as u32;
        header.names = self.block(&postcard::to_stdvec(&names)?)?;
        let mut modules = Vec::with_capacity(script.modules.len());
        for module in script.modules {
            modules.push(match module {
                ModuleSource::Binary(bytes) => (self.module(bytes)?, false),
                ModuleSource::Quote(bytes) => (self.module(bytes)?, true),
            });
        }
        let commands = Commands { directives: script.directives, modules };
        let commands = postcard::to_stdvec(&commands)?;
        // A script that stands in several suites is kept once.
        header.script = match self.scripts.get(&commands) {
            Some(known) => *known,
            None => {
                let new = self.block(&commands)?;
                self.scripts.insert(commands, new);
                new
            }
        };
        self.header.files.push(header);
        Ok(())
    }

    fn block(&mut self, bytes: &[u8]) -> Result<Range, FormatError> {
        let start = u32::try_from(self.data.len()).map_err(|_| FormatError::TooLarge)?;
        let length = u32::try_from(bytes.len()).map_err(|_| FormatError::TooLarge)?;
        self.data.extend_from_slice(bytes);
        Ok(Range { start, length })
    }

    fn module(&mut self, bytes: Vec<u8>) -> Result<u32, FormatError> {
        if let Some(number) = self.by_content.get(&bytes) {
            return Ok(*number);
        }
        let range = self.block(&bytes)?;
        let number = self.modules.len() as u32;
        self.modules.push(range);
        self.by_content.insert(bytes, number);
        Ok(number)
    }

    /// The blob.
    pub(crate) fn finish(mut self) -> Result<Vec<u8>, FormatError> {
        let table: Vec<u8> = self
            .modules
            .iter()
            .flat_map(|range| [range.start.to_le_bytes(), range.length.to_le_bytes()].concat())
            .collect();
        self.header.modules = self.block(&table)?;
        let header = postcard::to_stdvec(&self.header)?;
        let mut blob = Vec::with_capacity(12 + header.len() + self.data.len());
        blob.extend_from_slice(MAGIC);
        blob.extend_from_slice(&(header.len() as u32).to_le_bytes());
        blob.extend_from_slice(&header);
        blob.extend_from_slice(&self.data);
        Ok(blob)
    }
}

impl FileHeader {
    /// A file about to be added.
    pub(crate) fn new(suite: u32, path: String, source: String, cost: u64) -> Self {
        FileHeader {
            suite,
            path,
            source,
            tests: 0,
            cost,
            names: Range::default(),
            script: Range::default(),
        }
    }
}

/// An opened blob.
#[derive(Debug)]
pub(crate) struct Blob {
    pub(crate) header: Header,
    data: &'static [u8],
    /// The scripts of several files that were decoded last, each with where its block begins, the latest last.
    recent: Mutex<Vec<(u32, Arc<Script>)>>,
    /// Where the blocks begin that are the script of several files.
    shared: HashSet<u32>,
}

/// The number of scripts that are kept for the next file that has the same: enough for some threads, each of which runs
/// another file.
const RECENT: usize = 4;

impl Blob {
    pub(crate) fn open(bytes: &'static [u8]) -> Result<Blob, FormatError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(FormatError::Magic)?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(FormatError::Magic)?;
        let (header, data) = rest
            .split_at_checked(u32::from_le_bytes(*length) as usize)
            .ok_or(FormatError::Magic)?;
        let header: Header = postcard::from_bytes(header)?;
        let (mut all, mut shared) = (HashSet::new(), HashSet::new());
        for FileHeader { script, .. } in &header.files {
            if !all.insert(script.start) {
                shared.insert(script.start);
            }
        }
        Ok(Blob { header, data, recent: Mutex::default(), shared })
    }

    fn bytes(&self, range: Range) -> &'static [u8] {
        &self.data[range.start as usize..][..range.length as usize]
    }

    /// The names of the tests of a file.
    pub(crate) fn names(&self, file: usize) -> Names {
        let block = self.bytes(self.header.files[file].names);
        postcard::from_bytes(block)
            .expect("blocks are written together with the header that was read")
    }

    /// A number that the files have in common that have the script of this file, if there are several.
    pub(crate) fn shared_script(&self, file: usize) -> Option<u32> {
        let start = self.header.files[file].script.start;
        self.shared.contains(&start).then_some(start)
    }

    /// The script of a file.
    pub(crate) fn script(&self, file: usize) -> Arc<Script> {
        let block = self.header.files[file].script;
        if !self.shared.contains(&block.start) {
            return Arc::new(self.decode(block));
        }
        let recent = || self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, script)) = recent().iter().find(|(start, _)| *start == block.start) {
            return script.clone();
        }
        let script = Arc::new(self.decode(block));
        let mut recent = recent();
        if recent.len() == RECENT {
            recent.remove(0);
        }
        recent.push((block.start, script.clone()));
        script
    }

    fn decode(&self, block: Range) -> Script {
        let commands: Commands = postcard::from_bytes(self.bytes(block))
            .expect("blocks are written together with the header that was read");
        let module = |&(number, quoted): &(u32, bool)| {
            let bytes = self.module(number).to_vec();
            if quoted { ModuleSource::Quote(bytes) } else { ModuleSource::Binary(bytes) }
        };
        Script {
            modules: commands.modules.iter().map(module).collect(),
            directives: commands.directives,
        }
    }

    fn module(&self, number: u32) -> &'static [u8] {
        let entry = &self.bytes(self.header.modules)[number as usize * 8..][..8];
        let word = |at: usize| {
            u32::from_le_bytes([entry[at], entry[at + 1], entry[at + 2], entry[at + 3]])
        };
        self.bytes(Range { start: word(0), length: word(4) })
    }
}
