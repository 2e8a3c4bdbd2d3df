//! Scripts from disk, at run time.
//!
//! In: a path that a user gave. Out: the scripts there, lowered, in the shape of the index; or why there are
//! none, and what to do. One bad script among many becomes a file that says what is wrong with it. Nothing
//! here looks at the exception list, which is about indexed tests only.

use crate::dialect::Use;
use crate::discover::{self, Content, Found};
use crate::embedded;
use crate::file::{Held, IndexedFile, Said};
use crate::spool::Spool;
use crate::suites::Suite;
use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use touchstone_script::{FeatureSet, Inference, LowerError, Script};

/// Name of the suite that single files belong to.
const LOCAL: &str = "local";

/// Why a path gives no scripts.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The path does not exist.
    #[error("`{0}` does not exist; check the path")]
    Missing(PathBuf),
    /// It is a folder without scripts.
    #[error("there is no `.wast` file in `{0}` or below it; name a folder with scripts")]
    NoScripts(PathBuf),
    /// The file cannot be opened or read.
    #[error("cannot read `{path}`: {error}; check its permissions", path = .0.display(), error = .1)]
    Unreadable(PathBuf, std::io::Error),
    /// The file is not text.
    #[error("`{path}` is not UTF-8 from byte {1} on; convert it, or exclude it", path = .0.display())]
    NotUtf8(PathBuf, usize),
    /// A file or folder cannot be looked at.
    #[error("cannot read `{path}`: {error}; check it, or exclude it", path = .0.display(), error = .1)]
    Broken(PathBuf, Arc<walkdir::Error>),
    /// A folder cannot be walked.
    #[error("cannot list the scripts: {0}; check the folder")]
    Walk(#[from] walkdir::Error),
    /// The text cannot be split into forms.
    #[error("{path}:{0}", path = .1.display())]
    Lower(#[source] LowerError, PathBuf),
}

/// Loads a script, or all scripts below a folder. `features` are the features under which they are judged. A
/// folder makes a suite whose name is the path that the user gave, so that names of its tests begin with
/// paths of scripts; a single file belongs to the suite `local`.
///
/// # Errors
/// Fails if the path does not exist, or if there is no script. A script that is unreadable, is not text or
/// cannot be split does not affect the others: it becomes a file of one directive, which is an error.
pub fn load(path: &Path, features: FeatureSet) -> Result<Vec<IndexedFile>, LoadError> {
    load_by(path, JudgedBy::Features(features), 1)
}

/// Loads a script, or all scripts below a folder, like [`load`], to be judged as their dialect says.
///
/// # Errors
/// Fails as [`load`] does. A script whose comments ask for something in a way that its dialect does not know
/// becomes a file of one directive, which is an error.
pub fn load_as(path: &Path, dialect: &Use<'_>) -> Result<Vec<IndexedFile>, LoadError> {
    load_by(path, JudgedBy::Dialect(dialect), 1)
}

/// What scripts are judged by.
#[derive(Clone, Copy)]
pub enum JudgedBy<'u> {
    /// These features, and the rules of the specification's own test suite.
    Features(FeatureSet),
    /// What their dialect says.
    Dialect(&'u Use<'u>),
}

/// Loads a script, or all scripts below a folder, as [`load`] or [`load_as`] do, on this many threads.
///
/// # Errors
/// Fails as those do.
pub fn load_by(
    path: &Path,
    judging: JudgedBy<'_>,
    workers: usize,
) -> Result<Vec<IndexedFile>, LoadError> {
    let metadata = std::fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => LoadError::Missing(path.to_owned()),
        _ => LoadError::Unreadable(path.to_owned(), error),
    })?;
    let name = if metadata.is_dir() { shown_folder(path) } else { LOCAL.into() };
    let (features, dialect) = match judging {
        JudgedBy::Features(features) => (features, None),
        JudgedBy::Dialect(dialect) => (FeatureSet::EMPTY, Some(dialect.words())),
    };
    let mut suite = Suite::of_folder(name, path, features);
    suite.dialect = dialect;
    let suite = Arc::new(suite);
    let found = if metadata.is_dir() {
        discover::scripts(&suite)?
    } else {
        let below = path.to_string_lossy().replace('\\', "/");
        let shown = below.trim_start_matches("./").trim_start_matches('/');
        vec![Found {
            path: embedded::escaped(shown),
            content: Content::Disk { below, path: path.to_owned() },
        }]
    };
    if found.is_empty() {
        return Err(LoadError::NoScripts(path.to_owned()));
    }
    // The path as the dialect sees it, without links.
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let loader = Loader {
        judging,
        real,
        suites: Mutex::new(vec![suite]),
        inference: Inference::default(),
        in_memory: AtomicUsize::new(0),
        spool: OnceLock::new(),
    };
    Ok(loader.load(&found, workers))
}

/// Scripts whose texts have more bytes than this together do not wait in memory.
const IN_MEMORY: usize = 2 << 20;

/// The size of the stack of a thread that lowers scripts, for the frames of the parser.
const STACK_SIZE: usize = 64 << 20;

/// Loads the scripts of one path.
struct Loader<'u> {
    judging: JudgedBy<'u>,
    real: PathBuf,
    /// The suite, once for each set of features that some of its scripts are judged under.
    suites: Mutex<Vec<Arc<Suite>>>,
    inference: Inference,
    /// How many bytes the texts of the scripts have that are in memory.
    in_memory: AtomicUsize,
    /// Where the others are, unless there can be no such place.
    spool: OnceLock<Option<Arc<Spool>>>,
}

impl Loader<'_> {
    /// All scripts, in the order in which they were found. The largest are lowered first, so that all threads end at
    /// about the same time.
    fn load(&self, found: &[Found], workers: usize) -> Vec<IndexedFile> {
        let workers = workers.min(found.len());
        if workers <= 1 {
            return found.iter().map(|found| self.lower(found)).collect();
        }
        let size = |found: &Found| match &found.content {
            Content::Disk { path, .. } => path.metadata().map_or(0, |metadata| metadata.len()),
            Content::Text(text) => text.len() as u64,
            Content::Broken { .. } => 0,
        };
        let mut order: Vec<(usize, &Found)> = found.iter().enumerate().collect();
        order.sort_by_cached_key(|(number, found)| (Reverse(size(found)), *number));
        let next = AtomicUsize::new(0);
        let work = || {
            let mut files = Vec::new();
            while let Some((number, found)) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                files.push((*number, self.lower(found)));
            }
            files
        };
        let mut files = std::thread::scope(|scope| {
            let start = |_| {
                let thread = std::thread::Builder::new().stack_size(STACK_SIZE);
                thread.spawn_scoped(scope, work).ok()
            };
            // Where a thread cannot be started, the others do its part; this one waits, unless there is no other.
            let threads: Vec<_> = (0..workers).filter_map(start).collect();
            let mut files = if threads.is_empty() { work() } else { Vec::new() };
            for thread in threads {
                files
                    .extend(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            }
            files
        });
        files.sort_by_key(|(number, _)| *number);
        files.into_iter().map(|(_, file)| file).collect()
    }

    /// Takes a script, whose text has so many bytes, to where it waits: a few to memory, and the others to a temporary
    /// file.
    fn keep(&self, script: Script, bytes: usize) -> Held {
        if self.in_memory.fetch_add(bytes, Ordering::Relaxed) + bytes > IN_MEMORY {
            let spool = self.spool.get_or_init(|| Spool::new().ok().map(Arc::new));
            if let Some(spooled) = spool.as_ref().and_then(|spool| spool.add(&script).ok()) {
                self.in_memory.fetch_sub(bytes, Ordering::Relaxed);
                return Held::Spooled(spooled);
            }
        }
        Held::Here(Arc::new(script))
    }

    /// A script in the shape of the index, or a script of one error if it cannot be loaded.
    fn lower(&self, found: &Found) -> IndexedFile {
        let (path, text) = match &found.content {
            Content::Disk { path, .. } => (path.clone(), read(path)),
            Content::Text(text) => (PathBuf::from(&found.path), Ok((*text).to_owned())),
            Content::Broken { path, why, .. } => {
                (path.clone(), Err(LoadError::Broken(path.clone(), why.clone())))
            }
        };
        let lower = |text: &str| touchstone_script::lower_with(text, &self.inference);
        let error = |error| LoadError::Lower(error, path.clone());
        let features = self.suites().first().expect("there is one from the beginning").features;
        let bytes = text.as_ref().map_or(0, String::len);
        let (script, said, features) = match (self.judging, text) {
            (_, Err(error)) => (error.into_script(), Said::default(), features),
            (JudgedBy::Features(_), Ok(text)) => {
                let script = lower(&text).map_err(error).unwrap_or_else(LoadError::into_script);
                (script, Said::default(), features)
            }
            (JudgedBy::Dialect(dialect), Ok(text)) => {
                let place = match &found.content {
                    Content::Disk { below, .. } if self.real.is_dir() => self.real.join(below),
                    _ => self.real.clone(),
                };
                match dialect.judge(&place, &text) {
                    Err(wrong) => (error(wrong).into_script(), Said::default(), features),
                    Ok(judged) => {
                        let lowered = lower(&text).map_err(error);
                        let script = lowered.unwrap_or_else(LoadError::into_script);
                        let said = Said {
                            exceptions: judged.exceptions(&script),
                            rules: judged.rules,
                            skipped: judged.skipped,
                        };
                        (script, said, judged.features)
                    }
                }
            }
        };
        let suite = self.suite_with(features);
        let keep = |script| self.keep(script, bytes);
        IndexedFile::from_script_in(suite, &found.path, path, script, said, keep)
    }

    /// The suites. A panic elsewhere leaves them whole.
    fn suites(&self) -> std::sync::MutexGuard<'_, Vec<Arc<Suite>>> {
        self.suites.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The suite, with these features.
    fn suite_with(&self, features: FeatureSet) -> Arc<Suite> {
        let mut suites = self.suites();
        if let Some(suite) = suites.iter().find(|suite| suite.features == features) {
            return suite.clone();
        }
        let mut suite = (*suites[0]).clone();
        suite.features = features;
        let suite = Arc::new(suite);
        suites.push(suite.clone());
        suite
    }
}

impl LoadError {
    /// Makes a script of one error, which stands for the script that cannot be loaded.
    pub(crate) fn into_script(self) -> Script {
        let message = self.to_string();
        let (line, column) = match self {
            LoadError::Lower(error, _) => (error.line, error.column),
            LoadError::Missing(_)
            | LoadError::NoScripts(_)
            | LoadError::Unreadable(..)
            | LoadError::NotUtf8(..)
            | LoadError::Broken(..)
            | LoadError::Walk(_) => (1, 1),
        };
        LowerError { line, column, message }.into_script()
    }
}

/// The path of a folder as the user gave it, without `/` at its end, in a form that is fit for the names of
/// tests.
fn shown_folder(path: &Path) -> String {
    let named = path.to_string_lossy().replace('\\', "/");
    let trimmed = named.trim_end_matches('/');
    embedded::escaped(if trimmed.is_empty() { &named } else { trimmed })
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
