//! Finds scripts: in the embedded copy of the official suite, and below folders.
//!
//! In: a suite. Out: the scripts in it, sorted by path. Nothing here reads their contents, except those of
//! embedded scripts, which are in memory already.

use crate::embedded::{self, escaped};
use crate::suites::{Origin, Suite};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;

/// A script that was found.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Path in its suite, with `/`, escaped as in names of tests.
    pub(crate) path: String,
    pub(crate) content: Content,
}

#[derive(Clone, Debug)]
pub(crate) enum Content {
    Text(&'static str),
    /// A file, with its path below the folder of its suite and the path to open.
    Disk {
        below: String,
        path: PathBuf,
    },
    /// A file or folder that cannot be looked at, and why.
    Broken {
        below: String,
        path: PathBuf,
        why: Arc<walkdir::Error>,
    },
}

/// The scripts of a suite, sorted.
///
/// # Errors
/// Fails if a folder cannot be read.
pub(crate) fn scripts(suite: &Suite) -> Result<Vec<Found>, walkdir::Error> {
    let mut found = match &suite.origin {
        Origin::Embedded(name) => embedded::group(name)
            .into_iter()
            .map(|file| Found { path: escaped(file.name()), content: Content::Text(file.contents) })
            .collect(),
        Origin::Folder(folder) => below(Path::new(folder))?,
    };
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// Every `.wast` below a folder, sorted. Links are followed, but not back into a folder that they lie in, as
/// what is there is found without them. A script or a folder that cannot be looked at is found too, and
/// marked as broken; only `folder` itself must be readable.
fn below(folder: &Path) -> Result<Vec<Found>, walkdir::Error> {
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).follow_links(true).sort_by_file_name() {
        let entry = match entry {
            Err(error) if error.loop_ancestor().is_some() => continue,
            Err(error) if error.depth() > 0 => {
                found.extend(broken(folder, error));
                continue;
            }
            entry => entry?,
        };
        if !entry.file_type().is_file() || !is_script(entry.path()) {
            continue;
        }
        let below = path_below(folder, entry.path());
        found.push(Found {
            path: escaped(&below),
            content: Content::Disk { below, path: entry.path().to_owned() },
        });
    }
    Ok(found)
}

fn is_script(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("wast"))
}

/// A path below a folder, with `/`.
fn path_below(folder: &Path, path: &Path) -> String {
    let below = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<String> = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.join("/")
}

/// What is found for an entry of a folder that cannot be looked at: a broken script or folder. Nothing is
/// found for anything else, such as a link to nowhere whose name is not that of a script.
fn broken(folder: &Path, error: walkdir::Error) -> Option<Found> {
    let path = error.path()?.to_owned();
    let is_folder = std::fs::metadata(&path).is_ok_and(|metadata| metadata.is_dir());
    (is_folder || is_script(&path)).then(|| {
        let below = path_below(folder, &path);
        let why = Arc::new(error);
        Found { path: escaped(&below), content: Content::Broken { below, path, why } }
    })
}

/// Every folder below `folder`, and `folder` itself: a change in any of them may add a script.
pub(crate) fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = WalkDir::new(folder).follow_links(true).into_iter().filter_map(Result::ok);
    entries.filter(|entry| entry.file_type().is_dir()).map(walkdir::DirEntry::into_path).collect()
}
