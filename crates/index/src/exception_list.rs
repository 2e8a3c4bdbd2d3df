//! Exception lists that are read when tests run, beside the one that was built in.
//!
//! In: a path, and files with tests. Out: the files with the entries that are about their tests; or what is
//! wrong, where, and what to do. Nothing here knows of outcomes.

use crate::exceptions::{
    Entry, Exception, Named, Target, contention, entries, glob, may_match, unknown_test,
};
use crate::file::{IndexedFile, TestInfo};
use crate::load::{self, LoadError};
use crate::suites::{ConfigError, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// An exception list that is read when tests run, in addition to the one that was built in.
///
/// Its entries need not match a test unless that is [checked](ExceptionList::check): a list may speak of scripts
/// that are not at hand.
#[derive(Clone, Debug)]
pub struct ExceptionList {
    path: PathBuf,
    text: String,
    /// Those that apply on the target.
    entries: Vec<Entry>,
}

/// Why an exception list cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// It is wrong.
    #[error("{0}")]
    Config(#[from] ConfigError),
    /// It cannot be read.
    #[error("{0}")]
    Load(#[from] LoadError),
}

impl ExceptionList {
    /// Reads a list. `cfg` describes the target: the variables `CARGO_CFG_…` of its build.
    ///
    /// # Errors
    /// Fails if the file cannot be read, or at the first entry that is wrong; the message says where it is and
    /// what to do.
    pub fn read(path: &Path, cfg: &BTreeMap<String, String>) -> Result<ExceptionList, ListError> {
        let text = load::read(path)?;
        let source = Source { path, text: &text };
        let mut entries =
            entries(&source, Named::Given(&path.display().to_string()), &Target(cfg))?;
        entries.retain(|entry| entry.applies);
        Ok(ExceptionList { path: path.to_owned(), text, entries })
    }

    /// The entries that apply on the target, in their order.
    pub fn exceptions(&self) -> impl Iterator<Item = &Exception> {
        self.entries.iter().map(|entry| &entry.exception)
    }

    /// What tells some lists from others: a digest of all entries that apply on the target, with what they say and
    /// not where they stand (FNV-1a, which is the same everywhere); `none` where there are none.
    pub fn digest(lists: &[ExceptionList]) -> String {
        let said = |exception: &Exception| {
            let bare =
                Exception { built_in: false, list: String::new(), line: 0, ..exception.clone() };
            postcard::to_stdvec(&bare).expect("entries are texts")
        };
        let entries: BTreeSet<Vec<u8>> =
            lists.iter().flat_map(ExceptionList::exceptions).map(said).collect();
        if entries.is_empty() {
            return "none".into();
        }
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for entry in &entries {
            for byte in (entry.len() as u64).to_le_bytes().iter().chain(entry) {
                hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        format!("{hash:016x}")
    }

    /// Checks that every entry that applies on the target speaks of a test, where `files` are all that there are.
    ///
    /// # Errors
    /// Fails at the first entry that does not.
    pub fn check(&self, files: &[IndexedFile]) -> Result<(), ConfigError> {
        let names: Vec<String> = files.iter().map(IndexedFile::name).collect();
        for entry in &self.entries {
            let pattern = &entry.exception.test;
            let is_named = |test: TestInfo| test.id == *pattern || glob(pattern, &test.id);
            let mut about = names.iter().zip(files).filter(|(name, _)| may_match(pattern, name));
            if !about.any(|(_, file)| file.tests().into_iter().any(is_named)) {
                let source = Source { path: &self.path, text: &self.text };
                return Err(source.error(entry.offset, unknown_test(pattern, &names)));
            }
        }
        Ok(())
    }

    /// A file with the entries of lists that are about its tests, beside those that are built in, before which
    /// they go. An entry that says what one of another list says is left out.
    ///
    /// # Errors
    /// Fails if two entries of lists would count for one test of one engine and do not say the same.
    pub fn attach(lists: &[ExceptionList], file: &IndexedFile) -> Result<IndexedFile, ConfigError> {
        let name = file.name();
        let is_about = |list: &ExceptionList| {
            list.exceptions().any(|exception| may_match(&exception.test, &name))
        };
        if !lists.iter().any(is_about) {
            return Ok(file.clone());
        }
        let (ids, mut exceptions): (Vec<String>, Vec<_>) =
            file.tests().into_iter().map(|test| (test.id, test.exceptions)).unzip();
        for list in lists {
            list.add_to(&name, &ids, &mut exceptions)?;
        }
        Ok(file.with_exceptions(exceptions))
    }

    fn add_to(
        &self,
        file: &str,
        ids: &[String],
        exceptions: &mut [Vec<Arc<Exception>>],
    ) -> Result<(), ConfigError> {
        for entry in self.entries.iter().filter(|entry| may_match(&entry.exception.test, file)) {
            let exception = Arc::new(entry.exception.clone());
            let pattern = &exception.test;
            let about = ids.iter().zip(&mut *exceptions);
            for (_, others) in about.filter(|(id, _)| *id == pattern || glob(pattern, id)) {
                let mut contending = others.iter().filter(|other| other.contends_with(&exception));
                match contending.next() {
                    None => others.push(exception.clone()),
                    Some(other) if other.says_the_same_as(&exception) => {}
                    Some(other) => {
                        let source = Source { path: &self.path, text: &self.text };
                        return Err(source.error(entry.offset, contention(&exception, other)));
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suites::Suite;
    use touchstone_script::{FeatureSet, Inference};

    const TAIL: &str = "expect = \"skip\"\nreason = \"r\"\nfixme = \"FIXME(#1): f\"\n";

    fn list(name: &str, entries: &[(&str, &str)]) -> ExceptionList {
        let entries = entries
            .iter()
            .map(|(test, more)| format!("[[ignore]]\ntest = \"{test}\"\n{more}{TAIL}"));
        let (path, text) = (PathBuf::from(name), entries.collect::<String>());
        let source = Source { path: &path, text: &text };
        let cfg = BTreeMap::new();
        let entries =
            super::entries(&source, Named::Given(name), &Target(&cfg)).expect("the list is right");
        ExceptionList { path, text, entries }
    }

    fn file() -> IndexedFile {
        let suite = Suite::of_folder("s".into(), Path::new("s"), FeatureSet::EMPTY);
        let (text, source) = ("(module)\n(module)\n", PathBuf::from("s/a.wast"));
        IndexedFile::from_text(suite.into(), "a.wast", source, text, &Inference::default())
            .expect("it is a script")
    }

    fn lines(file: &IndexedFile) -> Vec<Vec<(String, u32)>> {
        let line = |exception: &Arc<Exception>| (exception.list.clone(), exception.line);
        file.tests().iter().map(|test| test.exceptions.iter().map(line).collect()).collect()
    }

    #[test]
    fn lists_add_up() {
        let one = list("one", &[("s/a.wast:1:module", "engine = \"e\"\n"), ("t/*", "")]);
        let two = list("two", &[("s/a.wast:*", "")]);
        let both = ExceptionList::attach(&[one.clone(), two], &file()).unwrap();
        let (first, second) = (("one".to_owned(), 1), ("two".to_owned(), 1));
        assert_eq!(lines(&both), [vec![first.clone(), second.clone()], vec![second]]);
        // An entry that stands in two lists counts once.
        let copy = list("copy", &[("t/*", ""), ("s/a.wast:1:module", "engine = \"e\"\n")]);
        let twice = ExceptionList::attach(&[one, copy], &file()).unwrap();
        assert_eq!(lines(&twice), [vec![first], vec![]]);
    }

    #[test]
    fn lists_are_told_apart_by_what_they_say() {
        let entry = ("s/a.wast:1:module", "engine = \"e\"\n");
        let (one, two) = (list("one", &[entry, ("t/*", "")]), list("two", &[("t/*", ""), entry]));
        let digest = ExceptionList::digest;
        assert_eq!(digest(std::slice::from_ref(&one)), digest(std::slice::from_ref(&two)));
        assert_eq!(digest(&[one.clone(), two]), digest(std::slice::from_ref(&one)));
        let other = list("one", &[("s/a.wast:1:module", ""), ("t/*", "")]);
        assert_ne!(digest(&[other]), digest(&[one]));
        assert_eq!(digest(&[list("none", &[])]), "none");
        assert_eq!(digest(&[]), "none");
    }

    #[test]
    fn two_entries_for_one_test_are_refused() {
        let one = list("one", &[("s/a.wast:1:module", "")]);
        let two = list("two", &[("t/b.wast:1:module", ""), ("s/*:module", "")]);
        let message = ExceptionList::attach(&[one, two], &file()).unwrap_err().to_string();
        assert!(message.starts_with("two:7:8: `s/*:module` speaks of a test"), "{message}");
        assert!(message.contains("in line 1 of `one`"), "{message}");
    }

    #[test]
    fn an_entry_that_speaks_of_no_test_is_found_if_all_are_at_hand() {
        let right = list("l", &[("s/a.wast:1:module", ""), ("s/*:2:module", "")]);
        assert!(right.check(&[file()]).is_ok());
        let dead = list("l", &[("s/a.wast:1:module", ""), ("s/b.wast:1:module", "")]);
        let message = dead.check(&[file()]).unwrap_err().to_string();
        assert!(message.starts_with("l:7:8: no test matches `s/b.wast:1:module`"), "{message}");
        assert!(message.contains("did you mean `s/a.wast`?"), "{message}");
    }
}
