//! Scripts from disk, at run time.
//!
//! In: a path that a user gave. Out: the scripts there, lowered, in the shape of the
//! index; or the one thing that is wrong, where, and what to do. Nothing here looks at
//! the exception list: it speaks of indexed tests only.

use crate::discover::{self, Content, Found};
use crate::file::IndexedFile;
use crate::suites::Suite;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use touchstone_script::{FeatureSet, Inference, LowerError};

/// Name of the suite that single files belong to.
const LOCAL: &str = "local";

/// Why a path gives no scripts.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Nothing is there.
    #[error("`{0}` does not exist; check the path")]
    Missing(PathBuf),
    /// A folder without scripts.
    #[error("there is no `.wast` file in `{0}` or below it; name a folder with scripts")]
    NoScripts(PathBuf),
    /// Cannot be opened or read.
    #[error("cannot read `{path}`: {error}; check its permissions", path = .0.display(), error = .1)]
    Unreadable(PathBuf, std::io::Error),
    /// Not text.
    #[error("`{path}` is not UTF-8 from byte {1} on; convert it, or exclude it", path = .0.display())]
    NotUtf8(PathBuf, usize),
    /// A folder that cannot be walked.
    #[error("cannot list the scripts: {0}; check the folder")]
    Walk(#[from] walkdir::Error),
    /// The text cannot be split into forms.
    #[error("{path}:{0}", path = .1.display())]
    Lower(#[source] LowerError, PathBuf),
}

/// Loads a script, or all scripts below a folder. `features` are those it is judged
/// under. A folder makes a suite of its name; a file belongs to the suite `local`.
///
/// # Errors
/// At the first path that is missing, unreadable, not text or cannot be split.
pub fn load(path: &Path, features: FeatureSet) -> Result<Vec<IndexedFile>, LoadError> {
    let metadata = std::fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => LoadError::Missing(path.to_owned()),
        _ => LoadError::Unreadable(path.to_owned(), error),
    })?;
    let name = if metadata.is_dir() { folder_name(path) } else { LOCAL.into() };
    let suite = Arc::new(Suite::of_folder(name, path, features));
    let found = if metadata.is_dir() {
        discover::scripts(&suite)?
    } else {
        let below = path.to_string_lossy().replace('\\', "/");
        let shown = below.trim_start_matches("./").trim_start_matches('/');
        vec![Found {
            path: discover::escaped(shown),
            content: Content::Disk { below, path: path.to_owned() },
        }]
    };
    if found.is_empty() {
        return Err(LoadError::NoScripts(path.to_owned()));
    }
    let inference = Inference::default();
    found.into_iter().map(|found| lower(&suite, &found, &inference)).collect()
}

fn lower(
    suite: &Arc<Suite>,
    found: &Found,
    inference: &Inference,
) -> Result<IndexedFile, LoadError> {
    match &found.content {
        Content::Disk { path, .. } => {
            let text = read(path)?;
            IndexedFile::from_text(suite.clone(), &found.path, path.clone(), &text, inference)
                .map_err(|error| LoadError::Lower(error, path.clone()))
        }
        Content::Text(text) => {
            IndexedFile::from_text(suite.clone(), &found.path, PathBuf::new(), text, inference)
                .map_err(|error| LoadError::Lower(error, PathBuf::from(&found.path)))
        }
    }
}

/// The text of a file.
pub(crate) fn read(path: &Path) -> Result<String, LoadError> {
    let bytes =
        std::fs::read(path).map_err(|error| LoadError::Unreadable(path.to_owned(), error))?;
    String::from_utf8(bytes)
        .map_err(|error| LoadError::NotUtf8(path.to_owned(), error.utf8_error().valid_up_to()))
}

/// The name of a folder, made fit to be the name of a suite.
pub(crate) fn folder_name(path: &Path) -> String {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let fit = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' };
    let name: String = name.chars().map(fit).collect();
    if name.is_empty() { LOCAL.into() } else { name }
}
