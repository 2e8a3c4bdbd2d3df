//! Recognises checkouts by their layout.
//!
//! In: a folder, and how checkouts of a suite look. Out: whether the folder is one, and by what that was
//! seen. Nothing here reads a file.

use crate::exceptions::glob;
use std::path::Path;

/// How a checkout looks, or a part of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    /// What the folder is called; any name where this is `None`.
    pub(crate) named: Option<String>,
    /// Paths below the folder that are there. A part of them may have `*` and `?`.
    pub(crate) has: Vec<String>,
    /// Where in the checkout the folder lies; nothing where it is the checkout.
    pub(crate) at: String,
}

impl Layout {
    /// By what a folder is recognised, in words, if it has this layout.
    pub(crate) fn of(&self, folder: &Path) -> Option<String> {
        if let Some(named) = &self.named
            && folder.file_name().is_none_or(|name| *name != **named)
        {
            return None;
        }
        if !self.has.iter().all(|path| exists(folder, path)) {
            return None;
        }
        let named = self.named.iter().map(|named| format!("its name `{named}`"));
        let has = self.has.iter().map(|path| format!("`{path}`"));
        Some(named.chain(has).collect::<Vec<_>>().join(" and "))
    }
}

/// Whether there is something below a folder at a path whose parts may have wildcards.
fn exists(folder: &Path, path: &str) -> bool {
    let (part, rest) = path.split_once('/').map_or((path, None), |(part, rest)| (part, Some(rest)));
    let goes_on = |found: &Path| rest.map_or(found.exists(), |rest| exists(found, rest));
    if !part.contains(['*', '?']) {
        return goes_on(&folder.join(part));
    }
    let Ok(entries) = folder.read_dir() else { return false };
    let mut entries = entries.filter_map(Result::ok);
    entries.any(|entry| glob(part, &entry.file_name().to_string_lossy()) && goes_on(&entry.path()))
}
