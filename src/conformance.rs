//! The suites under `cargo test`, for any engine: one trial for each directive.
//!
//! In: an engine, the suites and proposals that matter to it, its exception list, and the arguments that every
//! Rust test binary takes. Out: trials, with names that stay the same. What the engine does not support is
//! ignored, with the feature as its reason. Nothing here knows how a directive is judged.
//!
//! A project that makes an engine has this as `tests/spec.rs`, and `harness = false` for it in `Cargo.toml`:
//!
//! ```no_run
//! use std::process::ExitCode;
//! use touchstone::conformance::Conformance;
//! # mod support {
//! #     use ::touchstone::engine::{Description, Engine, FeatureSet, Session};
//! #     pub struct MyEngine;
//! #     impl Engine for MyEngine {
//! #         fn describe(&self) -> Description { Description::new("mine", "1.0", []) }
//! #         fn session(&self, _: FeatureSet) -> Box<dyn Session> { unimplemented!() }
//! #     }
//! # }
//! use support::MyEngine;
//!
//! fn main() -> ExitCode {
//!     Conformance::new(MyEngine)
//!         .suites(["wasm-1.0", "wasm-2.0"])
//!         .ignore_list("tests/spec-ignore.toml")
//!         .run()
//! }
//! ```
//!
//! `cargo test --test spec` runs all of it, `cargo test --test spec -- i32.wast --format pretty` what has that
//! text in its name, and `cargo nextest run` works, too. `docs/cargo-test.md` says more, and has a whole
//! example.

mod choose;
mod trials;

use crate::engine::remote::{Limits, RemoteEngine};
use crate::engine::{DEFAULT_MEMORY_LIMIT, DEFAULT_TIMEOUT, Engine, Feature};
use crate::index::{
    self, ConfigError, ExceptionList, Index, IndexedFile, ListError, Selection, nearest,
};
use choose::{Chooser, ChosenFile};
use libtest_mimic::{Arguments, FormatSetting};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The variable that says whether there is a trial for each `test` or for each `file`.
const GRANULARITY: &str = "TOUCHSTONE_GRANULARITY";
/// The variables that name the only suites and proposals to run, separated by commas.
const ONLY_SUITES: &str = "TOUCHSTONE_ONLY_SUITES";
/// See [`ONLY_SUITES`].
const ONLY_PROPOSALS: &str = "TOUCHSTONE_ONLY_PROPOSALS";

/// The tests of one engine, to be run as a Rust test binary. See the [module](self).
///
/// Everything embedded is run unless suites or proposals are named. The environment variables
/// `TOUCHSTONE_ONLY_SUITES` and `TOUCHSTONE_ONLY_PROPOSALS` (names separated by commas) narrow that further,
/// `TOUCHSTONE_GRANULARITY=file` makes one trial of each file, and the arguments of the test binary choose
/// among the trials.
#[must_use = "nothing is tested before `run`"]
pub struct Conformance {
    engine: Judged,
    suites: Vec<String>,
    proposals: Vec<Feature>,
    ignore_lists: Vec<PathBuf>,
    limits: Limits,
}

/// What is judged.
enum Judged {
    Engine(Box<dyn Engine>),
    /// The command line of an adapter.
    Command(String),
}

/// Why nothing could be tested.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConformanceError {
    /// The adapter of the engine does not start, or does not greet.
    #[error("{0}")]
    Adapter(String),
    /// There is no such suite or proposal.
    #[error("there is no {what} `{name}`; {remedy}")]
    Unknown {
        /// What it was to be, and who named it.
        what: String,
        /// The name.
        name: String,
        /// The name that was meant, perhaps.
        remedy: String,
    },
    /// The value of an environment variable means nothing.
    #[error("the environment variable {variable} is `{value}`; {remedy}")]
    Variable {
        /// The variable.
        variable: &'static str,
        /// Its value.
        value: String,
        /// What it may be.
        remedy: &'static str,
    },
    /// The exception list cannot be read, or is wrong.
    #[error("{0}")]
    List(#[from] ListError),
    /// No test is in all that was selected.
    #[error(
        "no test is selected: the suites and proposals that are named have no test in common; name others, \
         here or in {ONLY_SUITES} and {ONLY_PROPOSALS}"
    )]
    NothingSelected,
    /// The list of tests cannot be written.
    #[error("cannot write the list of tests: {0}")]
    Output(#[from] io::Error),
}

impl Conformance {
    /// The tests of an engine that runs in this process. A crash of the process ends all tests, so an engine
    /// that may abort or fault is better judged by a [command](Conformance::command).
    pub fn new(engine: impl Engine + 'static) -> Self {
        Conformance::of(Judged::Engine(Box::new(engine)))
    }

    /// The tests of an engine behind an adapter, which is started by this command line: a program with its
    /// arguments, as a shell splits them, with `cmd:` before it or without. Crashes and endless calls cost one
    /// directive each ([`Conformance::limits`]).
    pub fn command(line: impl Into<String>) -> Self {
        Conformance::of(Judged::Command(line.into()))
    }

    fn of(engine: Judged) -> Self {
        let limits = Limits { time: Some(DEFAULT_TIMEOUT), memory: Some(DEFAULT_MEMORY_LIMIT) };
        let (suites, proposals, ignore_lists) = Default::default();
        Conformance { engine, suites, proposals, ignore_lists, limits }
    }

    /// Only these suites, such as `wasm-2.0` or `threads`. Calls add up.
    pub fn suites<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.suites.extend(names.into_iter().map(Into::into));
        self
    }

    /// Only tests that need one of these proposals, or whose suite is about one of them. Calls add up.
    pub fn proposals(mut self, proposals: impl IntoIterator<Item = Feature>) -> Self {
        self.proposals.extend(proposals);
        self
    }

    /// The engine's own exception list, which has the format of this project's `ignore-list.toml` and
    /// precedence over it. Each of its entries must speak of a test. A relative path starts from the folder of
    /// the package that is tested. Calls add up.
    pub fn ignore_list(mut self, path: impl Into<PathBuf>) -> Self {
        self.ignore_lists.push(path.into());
        self
    }

    /// What a worker process may use, where there is one. By default 60 seconds for a directive, and 2 GiB.
    pub fn limits(self, limits: Limits) -> Self {
        Conformance { limits, ..self }
    }

    /// Runs what the arguments of this process ask for: the whole `main` of a test binary. What is wrong with
    /// the tests themselves is told on standard error, and the exit code is 2 then.
    pub fn run(self) -> ExitCode {
        match self.run_with(std::env::args()) {
            Ok(code) => code,
            Err(error) => {
                let _ = writeln!(io::stderr(), "error: {error}");
                ExitCode::from(2)
            }
        }
    }

    /// Runs what `arguments` ask for, of which the first one is the name of the program. The process ends at
    /// once if they are not those of a test binary.
    ///
    /// # Errors
    /// Fails if the adapter does not start, if something is named that does not exist, or if the exception
    /// list is wrong.
    pub fn run_with(
        self,
        arguments: impl IntoIterator<Item = String>,
    ) -> Result<ExitCode, ConformanceError> {
        let mut arguments = Arguments::from_iter(arguments);
        if !arguments.quiet && arguments.format.is_none() {
            arguments.format = Some(FormatSetting::Terse);
        }
        let index = index::embedded();
        let selections = self.selections(index)?;
        let per_file = per_file()?;
        let lists = self.lists(index)?;
        let files = files(index, &arguments, &lists)?;
        let engine: Box<dyn Engine> = match self.engine {
            Judged::Engine(engine) => engine,
            Judged::Command(line) => Box::new(connect(&line, self.limits)?),
        };
        let chosen = Chooser {
            arguments: &arguments,
            engine: engine.describe(),
            sessions: &*engine,
            selections: &selections,
            per_file,
        }
        .choose(&files);
        let all = arguments.filter.is_none() && arguments.skip.is_empty() && !arguments.ignored;
        if chosen.is_empty() && all {
            return Err(ConformanceError::NothingSelected);
        }
        if arguments.list {
            return Ok(list(&chosen).map(|()| ExitCode::SUCCESS)?);
        }
        let trials = trials::trials(engine, chosen, &arguments);
        // The chooser has filtered already, and by what is ignored too.
        arguments.ignored = false;
        Ok(libtest_mimic::run(&arguments, trials).exit_code())
    }

    /// What the author of the tests has selected, and what the user has: a test must be in both.
    fn selections(&self, index: &Index) -> Result<Vec<Selection>, ConformanceError> {
        let named = |variable: &str| -> Vec<String> {
            let value = std::env::var(variable).unwrap_or_default();
            let names = value.split(',').map(str::trim).filter(|name| !name.is_empty());
            names.map(str::to_owned).collect()
        };
        let proposals = named(ONLY_PROPOSALS).into_iter().map(|name| {
            let all = Feature::ALL.iter().map(|feature| feature.name());
            let what = || format!("proposal (named in {ONLY_PROPOSALS})");
            name.parse().map_err(|_| unknown(what(), &name, all))
        });
        let by_user = Selection {
            suites: named(ONLY_SUITES),
            proposals: proposals.collect::<Result<_, _>>()?,
            ..Selection::default()
        };
        let by_author = Selection {
            suites: self.suites.clone(),
            proposals: self.proposals.clone(),
            ..Selection::default()
        };
        for (selection, place) in [(&by_author, ""), (&by_user, ONLY_SUITES)] {
            if let Some(name) = selection.suites.iter().find(|name| index.suite(name).is_none()) {
                let all = index.suites().iter().map(|suite| suite.name.as_str());
                let what = match place {
                    "" => "suite".to_owned(),
                    place => format!("suite (named in {place})"),
                };
                return Err(unknown(what, name, all));
            }
        }
        let both = [by_author, by_user].into_iter();
        Ok(both.filter(|selection| *selection != Selection::default()).collect())
    }

    fn lists(&self, index: &Index) -> Result<Vec<ExceptionList>, ListError> {
        let paths = self.ignore_lists.iter().map(|path| in_package(path));
        paths.map(|path| ExceptionList::read(&path, index.cfg())).collect()
    }
}

/// A path, from the folder of the package that is tested, where Cargo or nextest say which that is.
fn in_package(path: &Path) -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(PathBuf::new, PathBuf::from).join(path)
}

/// The files that may have wanted tests, with what the lists say of these. One exact name must not cost the
/// decoding of all others, so whether an entry speaks of a test at all is only looked at without one.
fn files(
    index: &Index,
    arguments: &Arguments,
    lists: &[ExceptionList],
) -> Result<Vec<IndexedFile>, ListError> {
    let files = match &arguments.filter {
        Some(name) if arguments.exact => index.file(name).map_or(&[][..], std::slice::from_ref),
        _ => {
            lists.iter().try_for_each(|list| list.check(index.files()))?;
            index.files()
        }
    };
    let files = files.iter().map(|file| ExceptionList::attach(lists, file));
    Ok(files.collect::<Result<_, ConfigError>>()?)
}

fn per_file() -> Result<bool, ConformanceError> {
    match std::env::var_os(GRANULARITY) {
        None => Ok(false),
        Some(value) if value == "test" => Ok(false),
        Some(value) if value == "file" => Ok(true),
        Some(value) => {
            let (variable, value) = (GRANULARITY, value.display().to_string());
            let remedy = "set it to `test` or `file`";
            Err(ConformanceError::Variable { variable, value, remedy })
        }
    }
}

fn connect(line: &str, limits: Limits) -> Result<RemoteEngine, ConformanceError> {
    let line = line.strip_prefix("cmd:").unwrap_or(line);
    let command = shlex::split(line).filter(|command| !command.is_empty()).ok_or_else(|| {
        let remedy = "it is a program with its arguments, quoted as for a shell";
        ConformanceError::Adapter(format!("`{line}` is no command of an adapter; {remedy}"))
    })?;
    RemoteEngine::connect(command, limits).map_err(ConformanceError::Adapter)
}

fn unknown<'a>(
    what: String,
    name: &str,
    all: impl Iterator<Item = &'a str> + Clone,
) -> ConformanceError {
    let remedy = match nearest(name, all.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are: {}", all.collect::<Vec<_>>().join(", ")),
    };
    ConformanceError::Unknown { what, name: name.to_owned(), remedy }
}

fn list(chosen: &[ChosenFile]) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    for trial in chosen.iter().flat_map(|file| &file.trials) {
        writeln!(out, "{}: test", trial.name)?;
    }
    out.flush()
}
