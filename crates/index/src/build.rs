//! Builds the index, one blob, from suites and exceptions.
//!
//! In: where the configuration is, extra folders, and the target as data. Out: the blob and what it was made
//! from. Nothing here writes a file, prints, or looks at the environment: that is for the build script, which
//! calls this module.

use crate::cost::Durations;
use crate::discover::{self, Content, Found};
use crate::exceptions::{self, Target};
use crate::format::{FileHeader, FormatError, Writer};
use crate::load::{self, LoadError};
use crate::suites::{self, ConfigError, Origin, Source, Suite};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use touchstone_script::{Feature, Inference, LowerError, Script};

/// What an index is built from.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// The folder that relative paths start from.
    pub root: PathBuf,
    /// The file that lists suites.
    pub suites: PathBuf,
    /// The exception list.
    pub exceptions: PathBuf,
    /// How long scripts take, where that was recorded.
    pub durations: Option<PathBuf>,
    /// Folders each of which becomes a suite of its own, with all features on.
    pub extra_folders: Vec<PathBuf>,
    /// The variables named `CARGO_CFG_…` that Cargo gives to a build script. They describe the target that
    /// the tests will run on.
    pub cfg: BTreeMap<String, String>,
    /// How many threads lower scripts.
    pub threads: usize,
}

/// An index that was built.
#[derive(Debug)]
pub struct Built {
    /// What [`crate::Index::open`] opens.
    pub blob: Vec<u8>,
    /// How many tests it has.
    pub tests: usize,
    /// How many files it has.
    pub files: usize,
}

/// Why no index could be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A configuration file is wrong.
    #[error("{0}")]
    Config(#[from] ConfigError),
    /// A script or configuration file cannot be read.
    #[error("{0}")]
    Load(#[from] LoadError),
    /// A folder of a suite cannot be walked.
    #[error("suite `{suite}`: {error}; check the folder")]
    Walk {
        /// The suite.
        suite: String,
        /// What went wrong.
        error: walkdir::Error,
    },
    /// An extra folder is not there, or is not a folder.
    #[error("`{0}` is not a folder; correct the environment variable TOUCHSTONE_SUITES")]
    NoFolder(PathBuf),
    /// Two suites have one name.
    #[error("`{0}` would be the second suite named `{1}`; rename the folder")]
    SameName(PathBuf, String),
    /// A script cannot be split into forms.
    #[error("{file}:{error}")]
    Lower {
        /// Its path, or its name in the embedded copy.
        file: String,
        /// Where and why.
        error: LowerError,
    },
    /// The blob cannot be written.
    #[error("{0}")]
    Format(#[from] FormatError),
}

/// A script that was found, with the position of its suite.
struct FoundScript {
    suite: usize,
    file: Found,
}

/// Builds the index.
///
/// # Errors
/// Fails at the first thing that is wrong; the message says where it is and what to do.
pub fn build(options: &BuildOptions) -> Result<Built, BuildError> {
    let (suites, ours) = all_suites(options)?;
    let all_found = discover_all(&suites)?;
    let scripts = lower_all(&suites[..ours], &all_found, options.threads)?;

    let text = load::read(&options.exceptions)?;
    let source = Source { path: &options.exceptions, text: &text };
    let files: Vec<(String, &Script)> = all_found
        .iter()
        .zip(&scripts)
        .map(|(found, script)| {
            (format!("{}/{}", suites[found.suite].name, found.file.path), script)
        })
        .collect();
    let attached = exceptions::attach(&source, &Target(&options.cfg), &files)?;
    drop(files);
    let durations = match &options.durations {
        Some(path) => Durations::parse(&Source { path, text: &load::read(path)? })?,
        None => Durations::default(),
    };

    let mut writer = Writer::default();
    writer.header.exceptions = attached.exceptions;
    writer.header.suites = suites;
    writer.header.cfg = options.cfg.clone();
    let mut tests = 0;
    let files = all_found.len();
    for ((found, script), exceptions) in all_found.into_iter().zip(scripts).zip(attached.by_file) {
        let below = match found.file.content {
            Content::Disk { below, .. } | Content::Broken { below, .. } => below,
            Content::Text(_) => String::new(),
        };
        tests += script.tests().count();
        let suite = &writer.header.suites[found.suite].name;
        let cost = durations.of(suite, &found.file.path, &script);
        let header = FileHeader::new(found.suite as u32, found.file.path, below, cost);
        writer.file(header, script, exceptions)?;
    }
    Ok(Built { blob: writer.finish()?, tests, files })
}

/// All suites, and how many of them are in the configuration. Those come first; the folders that a user names
/// come after them.
fn all_suites(options: &BuildOptions) -> Result<(Vec<Suite>, usize), BuildError> {
    let text = load::read(&options.suites)?;
    let mut suites = suites::parse(&Source { path: &options.suites, text: &text }, &options.root)?;
    let ours = suites.len();
    for folder in &options.extra_folders {
        let folder = &options.root.join(folder);
        if !folder.is_dir() {
            return Err(BuildError::NoFolder(folder.clone()));
        }
        let name = load::folder_name(folder);
        if suites.iter().any(|suite| suite.name == name) {
            return Err(BuildError::SameName(folder.clone(), name));
        }
        suites.push(Suite::of_folder(name, folder, Feature::ALL.iter().copied().collect()));
    }
    Ok((suites, ours))
}

/// The files and folders that an index depends on, as far as they can be told, even if the index cannot be
/// built.
pub fn inputs(options: &BuildOptions) -> Vec<PathBuf> {
    let mut inputs = vec![options.suites.clone(), options.exceptions.clone()];
    inputs.extend(options.durations.clone());
    inputs.extend(options.extra_folders.iter().cloned());
    for suite in all_suites(options).unwrap_or_default().0 {
        if let Origin::Folder(folder) = &suite.origin {
            inputs.extend(discover::folders(Path::new(folder)));
        }
        for found in discover::scripts(&suite).unwrap_or_default() {
            if let Content::Disk { path, .. } | Content::Broken { path, .. } = found.content {
                inputs.push(path);
            }
        }
    }
    inputs
}

fn discover_all(suites: &[Suite]) -> Result<Vec<FoundScript>, BuildError> {
    let mut all_found = Vec::new();
    for (number, suite) in suites.iter().enumerate() {
        let found = discover::scripts(suite)
            .map_err(|error| BuildError::Walk { suite: suite.name.clone(), error })?;
        all_found.extend(found.into_iter().map(|file| FoundScript { suite: number, file }));
    }
    Ok(all_found)
}

/// Lowers all scripts, in any order, and gives them in the order of `all_found`. `ours` are the suites
/// of the configuration, which come first.
fn lower_all(
    ours: &[Suite],
    all_found: &[FoundScript],
    threads: usize,
) -> Result<Vec<Script>, BuildError> {
    let inference = Inference::default();
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(all_found.len()));
    let work = || {
        while let Some((number, found)) = {
            let number = next.fetch_add(1, Ordering::Relaxed);
            all_found.get(number).map(|found| (number, found))
        } {
            let script = lower(ours, found, &inference);
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((number, script));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.max(1) {
            scope.spawn(work);
        }
        work();
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, script)| script).collect()
}

/// Lowers one script. If a script of the configured suites is wrong, that is an error; a wrong script in a
/// folder that a user named does not affect others, and becomes a script of one error.
fn lower(ours: &[Suite], found: &FoundScript, inference: &Inference) -> Result<Script, BuildError> {
    let lowered = match &found.file.content {
        Content::Text(text) => {
            return touchstone_script::lower_with(text, inference).map_err(|error| {
                let suite = ours.get(found.suite).map_or("", |suite| &suite.name);
                BuildError::Lower { file: format!("{suite}/{}", found.file.path), error }
            });
        }
        Content::Disk { path, .. } => load::read(path).and_then(|text| {
            touchstone_script::lower_with(&text, inference)
                .map_err(|error| LoadError::Lower(error, path.clone()))
        }),
        Content::Broken { path, why, .. } => Err(LoadError::Broken(path.clone(), why.clone())),
    };
    match lowered {
        Err(error) if found.suite >= ours.len() => Ok(error.into_script()),
        Err(LoadError::Lower(error, path)) => {
            Err(BuildError::Lower { file: path.display().to_string(), error })
        }
        lowered => Ok(lowered?),
    }
}
