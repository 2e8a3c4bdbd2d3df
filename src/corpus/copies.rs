//! Scripts that stand in a corpus more than once, and scripts that a later edition of a suite lost.
//!
//! In: the files of suites. Out: groups of files with the same text, and files of which a later suite has none of
//! that name.

use crate::index::IndexedFile;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use touchstone_script::ContentHash;

/// Files with the same text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copies {
    /// Their names, the first one being where the text is found first.
    pub files: Vec<String>,
    /// How many tests each of them has.
    pub tests: usize,
}

/// A file of an edition of the specification's suite, of which the next edition has none of that name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The file.
    pub file: String,
    /// The suite that has no such file.
    pub suite: String,
    /// Of its directives, how many are nowhere in that suite, by their content.
    pub gone: usize,
    /// How many directives it has.
    pub directives: usize,
}

/// The groups of files with the same text, as far as their texts can be read; the largest first.
pub fn copies(files: &[IndexedFile]) -> Vec<Copies> {
    let mut by_text: BTreeMap<Cow<'static, str>, Vec<&IndexedFile>> = BTreeMap::new();
    for file in files {
        if let Ok(text) = file.source() {
            by_text.entry(text).or_default().push(file);
        }
    }
    let groups = by_text.into_values().filter(|group| group.len() > 1);
    let mut found: Vec<Copies> = groups
        .map(|group| Copies {
            files: group.iter().map(|file| file.name()).collect(),
            tests: group[0].test_count(),
        })
        .collect();
    found.sort_by_key(|copies| std::cmp::Reverse((copies.files.len() - 1) * copies.tests));
    found
}

/// The files that suites lost from one edition to the next, where `editions` names the suites in their order. A file
/// that moved is not lost: what it asserts is found by content.
pub fn lost(files: &[IndexedFile], editions: &[&str]) -> Vec<Lost> {
    let of = |suite: &str| -> Vec<&IndexedFile> {
        files.iter().filter(|file| file.suite().name == suite).collect()
    };
    let mut found = Vec::new();
    for pair in editions.windows(2) {
        let (before, after) = (of(pair[0]), of(pair[1]));
        if after.is_empty() {
            continue;
        }
        let names: BTreeSet<&str> = after.iter().map(|file| base(file)).collect();
        let known: HashSet<ContentHash> = after.iter().flat_map(|file| hashes(file)).collect();
        for file in before.into_iter().filter(|file| !names.contains(base(file))) {
            let all = hashes(file);
            let gone = all.iter().filter(|hash| !known.contains(hash)).count();
            let (name, suite) = (file.name(), pair[1].to_owned());
            found.push(Lost { file: name, suite, gone, directives: all.len() });
        }
    }
    found
}

/// The name of a file without its folders.
fn base(file: &IndexedFile) -> &str {
    file.path().rsplit('/').next().unwrap_or_default()
}

/// What the directives of a file say, wherever they stand.
fn hashes(file: &IndexedFile) -> Vec<ContentHash> {
    file.tests().into_iter().map(|test| test.hash).collect()
}
