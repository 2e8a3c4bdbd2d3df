//! The flags of the command line.
//!
//! In: the words of the command line. Out: typed flags. Whether suites, proposals and
//! paths exist is not known here.

pub(crate) mod history;

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;
use touchstone::engine::remote::{Limits, RemoteEngine};
use touchstone::engine::runner::RunnerEngine;
use touchstone::engine::touchstone::{Options, own_engine};
use touchstone::engine::{DEFAULT_MEMORY_LIMIT, DEFAULT_TIMEOUT, Engine};
use touchstone::shard::Shard;
use touchstone_runtime::{OptLevel, PlantedFailure, RegallocAlgorithm};

/// Judges a WebAssembly engine against the specification, directive by directive.
#[derive(Debug, Parser)]
#[command(
    name = "touchstone",
    version,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub(crate) struct Arguments {
    /// Do not read `touchstone.toml`
    #[arg(long, global = true)]
    pub(crate) no_config: bool,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Run tests and report a verdict for each
    Run(Run),
    /// List the names of tests
    List(Selecting),
    /// Show one test: its source, what was expected, what came, how to reproduce it
    Explain(Explain),
    /// Show where engines disagree, from the reports of their runs
    Compare(Compare),
    /// Show what changed from one run to a later one, from their reports
    Diff(Diff),
    /// Join the reports of shards to the report of the whole run
    Merge(Merge),
    /// Write reports for people from the reports of runs: a page, Markdown, JUnit, a badge, rows of a table of features
    Report(Report),
    /// Keep a history of runs, and show what changed when, and by whose doing
    History(history::History),
    /// Propose entries of exception lists for what failed in a run, and find entries in vain
    Triage(Triage),
    /// Compare engines with random modules, and keep what differs as scripts
    #[cfg(feature = "fuzz")]
    Fuzz(Fuzz),
    /// Make a test that an engine fails as small as can be, as a script that stands alone
    Reduce(Reduce),
    /// Write tests in the forms that runners of other engines read
    Export(Export),
    /// Test whether an adapter keeps to the line protocol, or a runner notices what is wrong
    CheckEngine(CheckEngine),
    /// Break what tests expect that an engine passes, and require that each of them turns red
    AuditEngine(AuditEngine),
    /// Look after a corpus: copies, lost files, dependence on order, faults that no directive would show
    Audit(Audit),
    /// Answer another harness as an adapter of our own engine, by the line protocol
    Serve(EngineFlags),
    /// Judge engines night by night: run them, tell what changed since the last night, write a page
    Nightly(Nightly),
    /// Write completions for a shell, or pages for `man`
    Completions(Completions),
}

#[derive(Debug, Args)]
pub(crate) struct Nightly {
    /// What to judge, and how
    #[arg(long, value_name = "FILE", default_value = "nightly.toml")]
    pub(crate) config: PathBuf,
    /// The folder for all that nights leave [default: that of the file, or `nightly` beside it]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Judge nothing, and take the reports DIR/NAME.jsonl, or those of all shards, as the runs of this night
    #[arg(long, value_name = "DIR", conflicts_with_all = ["shard", "parts", "only"])]
    pub(crate) runs: Option<PathBuf>,
    /// Judge only the I-th of N parts of each engine, and leave the reports in the folder of `--parts`
    #[arg(long, value_name = "I/N", requires = "parts")]
    pub(crate) shard: Option<Shard>,
    /// The folder for the reports of shards
    #[arg(long, value_name = "DIR", requires = "shard")]
    pub(crate) parts: Option<PathBuf>,
    /// With `--shard`: only this engine; may be repeated
    #[arg(long, value_name = "NAME", requires = "shard")]
    pub(crate) only: Vec<String>,
    /// Where another nightly has the folder, wait for it
    #[arg(long)]
    pub(crate) wait: bool,
    #[command(flatten)]
    pub(crate) showing: Showing,
}

#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// What they are for
    #[arg(value_name = "FOR", value_enum)]
    pub(crate) target: For,
    /// The folder for the pages, one for each command [default: standard output, and one for the whole]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// A shell, or `man`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub(crate) enum For {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
    Man,
}

/// Which tests. With nothing given, all that are embedded.
#[derive(Debug, Args)]
pub(crate) struct Selecting {
    /// Scripts, or folders to search for scripts, instead of the embedded ones
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Only this suite; may be repeated. With a PATH: judge under this suite's features
    #[arg(long = "suite", value_name = "SUITE")]
    pub(crate) suites: Vec<String>,
    /// Judge the scripts at each PATH as their owners do: the name of a dialect, a file FILE.toml, or `none`
    /// [default: recognised by the layout of the folder]
    #[arg(long, value_name = "DIALECT", requires = "paths", conflicts_with = "suites")]
    pub(crate) dialect: Option<String>,
    /// Only tests that need this proposal; may be repeated
    #[arg(long = "proposal", value_name = "PROPOSAL")]
    pub(crate) proposals: Vec<String>,
    /// Only tests whose name contains this text; may be repeated
    #[arg(long = "filter", value_name = "TEXT")]
    pub(crate) filters: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Run {
    #[command(flatten)]
    pub(crate) selecting: Selecting,
    #[command(flatten)]
    pub(crate) engine: EngineFlags,
    /// How many files to run at the same time [default: one per processor]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// What to write to standard output
    #[arg(long, value_enum, default_value_t = Format::Pretty)]
    pub(crate) format: Format,
    /// Also write a report as JSON Lines; with several engines, one for each into this folder
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
    /// Also write a report as JUnit XML
    #[arg(long, value_name = "FILE")]
    pub(crate) junit: Option<PathBuf>,
    /// An exception list, beside the one that is built in; may be repeated
    #[arg(long = "ignore-list", value_name = "FILE")]
    pub(crate) ignore_lists: Vec<PathBuf>,
    /// Run only a part: the I-th of N that take about the same time; `touchstone merge` joins their reports
    #[arg(long, value_name = "I/N", conflicts_with = "baseline")]
    pub(crate) shard: Option<Shard>,
    /// An earlier report, which says how long scripts take, for `--shard`; the same for all shards
    #[arg(long, value_name = "REPORT", requires = "shard")]
    pub(crate) durations: Option<PathBuf>,
    /// Stop at the first test that is not as it should be
    #[arg(long)]
    pub(crate) fail_fast: bool,
    /// Run everything N times, to find tests that do not always have the same verdict
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) repeat: u16,
    #[command(flatten)]
    pub(crate) showing: Showing,
    /// The report of an earlier run: what passed there must pass, and must be there
    #[arg(long, value_name = "REPORT")]
    pub(crate) baseline: Option<PathBuf>,
    /// Tests of the baseline that may be gone, by a name or pattern; may be repeated
    #[arg(long, value_name = "GLOB", requires = "baseline")]
    pub(crate) allow_vanished: Vec<String>,
    /// Tests that passed in the baseline and need not pass, by a name or pattern; may be repeated
    #[arg(long, value_name = "GLOB", requires = "baseline")]
    pub(crate) allow_lost: Vec<String>,
}

/// How much is shown, and in which colours.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Showing {
    /// Show no progress, and nothing at all where all is as it should be
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Whether text has colours: `auto` is where a terminal reads it and NO_COLOR is not set
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Colours::Auto)]
    pub(crate) color: Colours,
}

/// Whether text has colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub(crate) enum Colours {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Args)]
pub(crate) struct Merge {
    /// Reports of all shards of a run
    #[arg(value_name = "RUN", required = true)]
    pub(crate) reports: Vec<PathBuf>,
    /// Where to write the report of the whole [default: standard output]
    #[arg(long, value_name = "OUT")]
    pub(crate) json: Option<PathBuf>,
}

/// How our own engine runs.
#[derive(Clone, Debug, Args)]
pub(crate) struct EngineFlags {
    /// The engine to judge: `cmd:PROGRAM ARGUMENTS…`, an adapter; `runner:PROGRAM ARGUMENTS…`, a runner of
    /// scripts; or `touchstone`, our own; or a name that `touchstone.toml` gives one. With `run` it may be repeated, to compare
    /// several
    #[arg(long = "engine", value_name = "ENGINE", value_parser = EngineChoice::parse)]
    pub(crate) engines: Vec<EngineChoice>,
    /// Run our own engine in worker processes, as other engines are
    #[arg(long)]
    pub(crate) isolate: bool,
    /// Collect garbage at every allocation, libcall and host call, and poison what is freed
    #[arg(long)]
    pub(crate) gc_stress: bool,
    /// Do not collect and verify the heap after every directive that ran code
    #[arg(long)]
    pub(crate) no_gc_check: bool,
    /// How much the compiler optimises
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t = Opt::None)]
    pub(crate) opt_level: Opt,
    /// How registers are allocated
    #[arg(long, value_name = "ALGORITHM", value_enum, default_value_t = Regalloc::SinglePass)]
    pub(crate) regalloc: Regalloc,
    /// What relaxed vector instructions give: what is quick here, or what is the same everywhere
    #[arg(long, value_name = "RESULTS", value_enum, default_value_t = Relaxed::Native)]
    pub(crate) relaxed_simd: Relaxed,
    /// Use nothing of the processor beyond the baseline of its architecture
    #[arg(long)]
    pub(crate) no_host_extensions: bool,
    /// Serialize every module and load it again before it is used: a test of that
    #[arg(long, hide = true)]
    pub(crate) reload_modules: bool,
    /// Plant a defect in the code generator, to see how it is found
    #[arg(long, value_name = "DEFECT", value_enum, hide = true)]
    pub(crate) plant: Option<Plant>,
    /// Interrupt a directive that runs for longer than this; 0 for never
    #[arg(long, value_name = "SECONDS", default_value_t = DEFAULT_TIMEOUT.as_secs())]
    pub(crate) timeout: u64,
    /// Interrupt a script that has more than this in memory, such as 512MiB; 0 for no limit
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "2GiB")]
    pub(crate) memory_limit: u64,
    /// Let scripts import the host module `touchstone` as NAME too; may be repeated
    #[arg(long = "host-alias", value_name = "NAME=touchstone", value_parser = host_alias)]
    pub(crate) host_aliases: Vec<String>,
}

/// See [`OptLevel`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub(crate) enum Opt {
    None,
    Speed,
}

/// See [`RegallocAlgorithm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub(crate) enum Regalloc {
    SinglePass,
    Backtracking,
}

/// See [`PlantedFailure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Plant {
    Panic,
    Verifier,
    StackMaps,
}

/// See [`Options::relaxed_deterministic`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(missing_docs)]
pub(crate) enum Relaxed {
    Native,
    Deterministic,
}

impl EngineFlags {
    pub(crate) fn options(&self) -> Options {
        Options {
            opt_level: match self.opt_level {
                Opt::None => OptLevel::None,
                Opt::Speed => OptLevel::Speed,
            },
            regalloc: match self.regalloc {
                Regalloc::SinglePass => RegallocAlgorithm::SinglePass,
                Regalloc::Backtracking => RegallocAlgorithm::Backtracking,
            },
            relaxed_deterministic: self.relaxed_simd == Relaxed::Deterministic,
            baseline: self.no_host_extensions,
            gc_stress: self.gc_stress,
            no_gc_check: self.no_gc_check,
            host_aliases: self.host_aliases.clone(),
            timeout: (self.timeout != 0).then(|| Duration::from_secs(self.timeout)),
            memory_limit: (self.memory_limit != 0).then_some(self.memory_limit),
            reload_modules: self.reload_modules,
            planted: self.plant.map(|plant| match plant {
                Plant::Panic => PlantedFailure::Panic,
                Plant::Verifier => PlantedFailure::Verifier,
                Plant::StackMaps => PlantedFailure::StackMaps,
            }),
        }
    }
}

/// An engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EngineChoice {
    /// As it was given.
    spec: String,
    /// The program that runs its adapter, with arguments; none for our own engine, nor for a runner.
    pub(crate) command: Vec<String>,
    /// What stands behind `runner:`, for an engine that has only a runner of scripts.
    pub(crate) runner: Option<String>,
    /// The name of an engine that `touchstone.toml` knows.
    pub(crate) name: Option<String>,
}

const AN_ENGINE: &str = "an engine is `cmd:PROGRAM ARGUMENTS…`, an adapter (see docs/protocol.md), \
                         `runner:PROGRAM ARGUMENTS…`, a runner of scripts (see docs/judge-your-engine.md), or \
                         `touchstone`";

impl EngineChoice {
    /// The engine that a file in `folder` names: in its words, `{dir}` stands for that folder.
    pub(crate) fn parse_in(spec: &str, folder: &Path) -> Result<Self, String> {
        EngineChoice::parse(&spec.replace("{dir}", &folder.display().to_string()))
    }

    fn parse(spec: &str) -> Result<Self, String> {
        let spec_again = spec.to_owned();
        let own = EngineChoice { spec: spec_again, command: Vec::new(), runner: None, name: None };
        if spec == "touchstone" {
            return Ok(own);
        }
        if let Some(runner) = spec.strip_prefix("runner:") {
            return match runner.trim().is_empty() {
                true => Err("`runner:` is followed by a program, or by `@FILE.toml`".into()),
                false => Ok(EngineChoice { runner: Some(runner.to_owned()), ..own }),
            };
        }
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        if !spec.is_empty() && spec.chars().all(is_of_name) {
            return Ok(EngineChoice { name: Some(spec.to_owned()), ..own });
        }
        let Some(command) = spec.strip_prefix("cmd:") else {
            return Err(AN_ENGINE.into());
        };
        let command = shlex::split(command).ok_or("a quote is not closed")?;
        match command.is_empty() {
            true => Err("`cmd:` is followed by a program".into()),
            false => Ok(EngineChoice { command, ..own }),
        }
    }

    /// That it is no name which nothing gives a meaning.
    ///
    /// # Errors
    /// Says that it is one.
    pub(crate) fn is_known(&self) -> Result<(), String> {
        match &self.name {
            None => Ok(()),
            Some(name) => Err(format!(
                "there is no engine `{name}`: no `touchstone.toml` in this folder or above it names one; {AN_ENGINE}"
            )),
        }
    }

    /// Whether it is our own engine.
    fn is_own(&self) -> bool {
        self.command.is_empty() && self.runner.is_none() && self.name.is_none()
    }
}

impl EngineFlags {
    /// Whether the flags name our own engine, and no other.
    pub(crate) fn is_own(&self) -> bool {
        !self.isolate && self.engines.iter().all(EngineChoice::is_own)
    }

    /// The engine that the flags name.
    ///
    /// # Errors
    /// What is wrong with its adapter; or that there are several.
    pub(crate) fn open(&self) -> Result<Box<dyn Engine>, String> {
        match &self.engines[..] {
            [] => self.open_own(),
            [one] => self.open_one(one),
            _ => Err("only `touchstone run` compares several engines".into()),
        }
    }

    /// The same flags for this engine, which gives up what takes longer than the time.
    pub(crate) fn with(
        &self,
        engine: Option<&EngineChoice>,
        time: Option<Duration>,
    ) -> EngineFlags {
        let engines = engine.map_or_else(|| self.engines.clone(), |engine| vec![engine.clone()]);
        let seconds = |time: Duration| time.as_secs() + u64::from(time.subsec_nanos() > 0);
        let timeout = match (time.map(seconds), self.timeout) {
            (Some(time), 0) => time,
            (Some(time), own) => time.min(own),
            (None, own) => own,
        };
        EngineFlags { engines, timeout, ..self.clone() }
    }

    /// Our own engine, here or in worker processes.
    fn open_own(&self) -> Result<Box<dyn Engine>, String> {
        match self.isolate {
            true => self.open_isolated(),
            false => Ok(own_engine(self.options())),
        }
    }

    /// Our own engine, in worker processes.
    ///
    /// # Errors
    /// Why this program cannot be its adapter.
    pub(crate) fn open_isolated(&self) -> Result<Box<dyn Engine>, String> {
        let options = self.options();
        let own = std::env::current_exe().map_err(|e| format!("cannot find this program: {e}"))?;
        // A worker watches its script itself; where it does not come to that, it is ended a little later.
        let later = |limit: Duration| limit + limit / 4 + Duration::from_secs(1);
        let limits = Limits {
            time: options.timeout.map(later),
            memory: options.memory_limit.map(|l| l * 2),
        };
        let mut command = vec![own.display().to_string(), "serve".to_owned()];
        command.extend(self.words().filter(|w| w != "--isolate" && !w.starts_with("--engine")));
        Ok(Box::new(RemoteEngine::connect(command, limits)?))
    }

    /// One of the engines that the flags name.
    ///
    /// # Errors
    /// What is wrong with its adapter.
    pub(crate) fn open_one(&self, choice: &EngineChoice) -> Result<Box<dyn Engine>, String> {
        if choice.is_own() {
            return self.open_own();
        }
        choice.is_known()?;
        let Options { timeout, memory_limit, .. } = self.options();
        let limits = Limits { time: timeout, memory: memory_limit };
        if let Some(runner) = &choice.runner {
            return Ok(Box::new(RunnerEngine::connect(runner, limits)?));
        }
        Ok(Box::new(RemoteEngine::connect(choice.command.clone(), limits)?))
    }

    /// The flags again, as words of a command line.
    pub(crate) fn words(&self) -> impl Iterator<Item = String> + '_ {
        let engine = self.engines.iter().map(|choice| format!("--engine={}", choice.spec));
        let stress = self.gc_stress.then(|| "--gc-stress".to_owned());
        let unchecked = self.no_gc_check.then(|| "--no-gc-check".to_owned());
        let aliases =
            self.host_aliases.iter().map(|name| format!("--host-alias={name}=touchstone"));
        let other = self.timeout != DEFAULT_TIMEOUT.as_secs();
        let timeout = other.then(|| format!("--timeout={}", self.timeout));
        let other = self.memory_limit != DEFAULT_MEMORY_LIMIT;
        let memory = other.then(|| format!("--memory-limit={}", self.memory_limit));
        let speed = (self.opt_level != Opt::None).then(|| "--opt-level=speed".to_owned());
        let backtracking =
            (self.regalloc != Regalloc::SinglePass).then(|| "--regalloc=backtracking".to_owned());
        let deterministic = (self.relaxed_simd != Relaxed::Native)
            .then(|| "--relaxed-simd=deterministic".to_owned());
        let compiler = speed
            .into_iter()
            .chain(backtracking)
            .chain(deterministic)
            .chain(self.no_host_extensions.then(|| "--no-host-extensions".to_owned()))
            .chain(self.reload_modules.then(|| "--reload-modules".to_owned()))
            .chain(self.plant.map(|plant| {
                let defect = plant.to_possible_value().expect("none is skipped");
                format!("--plant={}", defect.get_name())
            }));
        engine
            .chain(self.isolate.then(|| "--isolate".to_owned()))
            .chain(stress)
            .chain(unchecked)
            .chain(compiler)
            .chain(timeout)
            .chain(memory)
            .chain(aliases)
    }
}

/// How many files to run at the same time.
pub(crate) fn workers(jobs: Option<NonZeroUsize>) -> usize {
    jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, Into::into)
}

/// A number of bytes, such as `512MiB`.
fn size(text: &str) -> Result<u64, String> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor = match unit {
        "" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return Err(format!("a size ends with KiB, MiB, GiB or nothing, not `{unit}`")),
    };
    let number: u64 = number.parse().map_err(|_| "a size is a number of bytes, such as 512MiB")?;
    number.checked_mul(factor).ok_or_else(|| "a size has at most 64 bits".to_owned())
}

/// The two parts of `NAME=FLAGS`.
fn engine_flags(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').filter(|(name, _)| !name.is_empty());
    let (name, flags) = parts.ok_or("it is written NAME=FLAGS")?;
    Ok((name.to_owned(), flags.to_owned()))
}

/// The name in `NAME=touchstone`.
fn host_alias(text: &str) -> Result<String, String> {
    match text.rsplit_once('=') {
        Some((name, "touchstone")) => Ok(name.to_owned()),
        Some((_, other)) => Err(format!("the only host module is `touchstone`, not `{other}`")),
        None => Err("an alias is written NAME=touchstone".to_owned()),
    }
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Name of a test, as `touchstone run` and `touchstone list` print it, or FILE:LINE
    #[arg(value_name = "TEST")]
    pub(crate) test: String,
    /// The script that it is in, if its name does not lead there
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Judge a script on disk under the features of this suite; may be repeated
    #[arg(long = "suite", value_name = "SUITE")]
    pub(crate) suites: Vec<String>,
    /// Judge a script on disk as its owners do, as with `run`
    #[arg(long, value_name = "DIALECT", conflicts_with = "suites")]
    pub(crate) dialect: Option<String>,
    /// Also show what becomes of the function that it calls; may be repeated
    #[arg(long, value_name = "FORM", value_enum)]
    pub(crate) dump: Vec<Dump>,
    #[command(flatten)]
    pub(crate) engine: EngineFlags,
}

#[derive(Debug, Args)]
pub(crate) struct CheckEngine {
    /// The adapter: `cmd:PROGRAM ARGUMENTS…`; or the runner of scripts: `runner:PROGRAM ARGUMENTS…`
    #[arg(value_name = "ENGINE", value_parser = EngineChoice::parse)]
    pub(crate) engine: EngineChoice,
    /// How long an answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub(crate) timeout: u64,
}

#[derive(Debug, Args)]
pub(crate) struct AuditEngine {
    /// The adapter: `cmd:PROGRAM ARGUMENTS…`, or `touchstone`, our own engine
    #[arg(value_name = "ENGINE", value_parser = EngineChoice::parse)]
    pub(crate) engine: EngineChoice,
    #[command(flatten)]
    pub(crate) selecting: Selecting,
    /// How many files to run at the same time [default: one per processor]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// End a directive that runs for longer than this; 0 for never
    #[arg(long, value_name = "SECONDS", default_value_t = DEFAULT_TIMEOUT.as_secs())]
    pub(crate) timeout: u64,
}

#[derive(Debug, Args)]
pub(crate) struct Audit {
    #[command(flatten)]
    pub(crate) selecting: Selecting,
    /// What to look at [default: all]; may be repeated
    #[arg(long = "only", value_name = "WHAT", value_enum)]
    pub(crate) only: Vec<Care>,
    #[command(flatten)]
    pub(crate) engine: EngineFlags,
    /// How many files to run at the same time [default: one per processor]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// How many findings of each kind to show; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) show: usize,
    /// Write the findings as JSON instead
    #[arg(long)]
    pub(crate) json: bool,
}

/// What there is to look at in a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Care {
    /// Files with the same text, and files that a later edition of the specification's suite lost
    Copies,
    /// Tests that pass in their place only
    Order,
    /// Faults that no directive would show
    Faults,
}

#[derive(Debug, Args)]
pub(crate) struct Compare {
    /// Reports that `touchstone run --json` wrote, one for each engine
    #[arg(value_name = "REPORT", required = true, num_args = 2..)]
    pub(crate) reports: Vec<PathBuf>,
    /// Only disagreements of this class; may be repeated
    #[arg(long = "class", value_name = "CLASS")]
    pub(crate) classes: Vec<String>,
    /// How many tests of each class to show; 0 for all
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(crate) show: usize,
    /// Write the comparison as JSON instead
    #[arg(long, conflicts_with = "table")]
    pub(crate) json: bool,
    /// Write a table in Markdown instead: for each proposal and engine, what passed and what did not
    #[arg(long)]
    pub(crate) table: bool,
}

#[cfg(feature = "fuzz")]
#[derive(Debug, Args)]
pub(crate) struct Fuzz {
    #[command(flatten)]
    pub(crate) engine: EngineFlags,
    /// The seed of the first module; the others have the seeds after it
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) seed: u64,
    /// How many modules to try [default: 1000, without an end where there is a number of seconds]
    #[arg(long, value_name = "N")]
    pub(crate) modules: Option<u64>,
    /// After this time, begin no further module
    #[arg(long, value_name = "SECONDS")]
    pub(crate) seconds: Option<u64>,
    /// The proposals that modules may use [default: those that all engines have]
    #[arg(long, value_name = "PROPOSAL,…", value_delimiter = ',')]
    pub(crate) features: Option<Vec<String>>,
    /// The folder for scripts that show differences
    #[arg(long, value_name = "DIR", default_value = "fuzz-found")]
    pub(crate) keep: PathBuf,
    /// How long each of them may be made smaller
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    pub(crate) reduce: u64,
    /// Also write all differences as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
    /// How many modules to try at the same time [default: one per processor]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
}

#[derive(Debug, Args)]
pub(crate) struct Reduce {
    /// Name of a test, as `touchstone run` and `touchstone list` print it, or FILE:LINE
    #[arg(value_name = "TEST")]
    pub(crate) test: String,
    /// The script that it is in, if its name does not lead there
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Judge a script on disk under the features of this suite; may be repeated
    #[arg(long = "suite", value_name = "SUITE")]
    pub(crate) suites: Vec<String>,
    /// Judge a script on disk as its owners do, as with `run`
    #[arg(long, value_name = "DIALECT", conflicts_with = "suites")]
    pub(crate) dialect: Option<String>,
    /// An engine that must pass what is left; may be repeated. Our own has to as well, if it passes the test
    #[arg(long, value_name = "ENGINE", value_parser = EngineChoice::parse)]
    pub(crate) not_on: Vec<EngineChoice>,
    /// What has to stay of the failure
    #[arg(long, value_name = "WHAT", value_enum, default_value_t = Keep::Same)]
    pub(crate) fingerprint: Keep,
    /// How long it may take; then the smallest script so far is given, as on Ctrl-C
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) time: u64,
    /// Write the script to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) engine: EngineFlags,
}

/// See [`Likeness`](touchstone::reduce::Likeness).
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Keep {
    /// The fingerprint, values included
    Exact,
    /// The fingerprint, in which another value of the same type is as good
    Same,
    /// That it fails, in whichever way
    Any,
}

#[derive(Debug, Args)]
pub(crate) struct Diff {
    /// The report of the earlier run
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    /// The report of the later run
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,
    /// A run before these; a failure that it had in the same test and the same way is not new; may be repeated
    #[arg(long = "since", value_name = "REPORT", num_args = 1..)]
    pub(crate) since: Vec<PathBuf>,
    /// A history of runs; a failure that one of the last runs before NEW had, of its engine, is not new
    #[arg(long, value_name = "FILE", conflicts_with = "since")]
    pub(crate) history: Option<PathBuf>,
    /// How many runs of the history are looked at
    #[arg(long, value_name = "N", default_value_t = touchstone::history::LAST, requires = "history")]
    pub(crate) last: usize,
    /// The name that NEW's scripts have in the history [default: `embedded`, or the paths that were run]
    #[arg(long, value_name = "NAME", requires = "history")]
    pub(crate) corpus: Option<String>,
    /// What to write to standard output
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
    /// How many changes of each kind to show as text; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) show: usize,
    /// How many bytes the Markdown may have at most, as in a comment on a pull request
    #[arg(long, value_name = "BYTES", default_value_t = 60_000)]
    pub(crate) limit: usize,
}

/// The form of a comparison of two runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// Text for people
    Text,
    /// Markdown, bounded in size
    Markdown,
    /// One object
    Json,
}

#[derive(Clone, Debug, Args)]
pub(crate) struct Report {
    /// Reports that `touchstone run --json` wrote, one for each engine
    #[arg(value_name = "RUN")]
    pub(crate) runs: Vec<PathBuf>,
    /// Earlier runs of these engines, to compare with; may be repeated
    #[arg(long, value_name = "RUN", num_args = 1..)]
    pub(crate) before: Vec<PathBuf>,
    /// A history of runs (see `touchstone history`), from which the page plots failures over time
    #[arg(long, value_name = "FILE", requires = "html")]
    pub(crate) history: Option<PathBuf>,
    /// Write a page that needs no network; `-`, here and below, is standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Write a summary as Markdown
    #[arg(long, value_name = "FILE")]
    pub(crate) markdown: Option<PathBuf>,
    /// Write JUnit XML
    #[arg(long, value_name = "FILE")]
    pub(crate) junit: Option<PathBuf>,
    /// Write a badge of one run, as SVG
    #[arg(long, value_name = "FILE")]
    pub(crate) badge: Option<PathBuf>,
    /// Write rows for the table of features at webassembly.org, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) features_json: Option<PathBuf>,
    /// The flags by which `touchstone explain` runs the engine of that name, as `x=--engine=cmd:adapter`; the page has
    /// them in its commands; may be repeated
    #[arg(long, value_name = "NAME=FLAGS", value_parser = engine_flags, requires = "html")]
    pub(crate) engine_flags: Vec<(String, String)>,
    /// The title of the page [default: the engines]
    #[arg(long, value_name = "TEXT", requires = "html")]
    pub(crate) title: Option<String>,
}

impl Report {
    /// What is to be written, by flag, and where.
    pub(crate) fn outputs(&self) -> Vec<(&'static str, &PathBuf)> {
        let flags = [
            ("--html", &self.html),
            ("--markdown", &self.markdown),
            ("--junit", &self.junit),
            ("--badge", &self.badge),
            ("--features-json", &self.features_json),
        ];
        flags.into_iter().filter_map(|(flag, path)| Some((flag, path.as_ref()?))).collect()
    }
}

#[derive(Debug, Args)]
pub(crate) struct Triage {
    /// A report that `touchstone run --json` wrote
    #[arg(value_name = "RUN")]
    pub(crate) report: PathBuf,
    /// An exception list, beside the one that is built in; may be repeated
    #[arg(long = "ignore-list", value_name = "FILE")]
    pub(crate) ignore_lists: Vec<PathBuf>,
    /// The versions of the engine that proposals are for, such as `>=2, <3` [default: that of the run]
    #[arg(long, value_name = "RANGE")]
    pub(crate) versions: Option<String>,
    /// What to write to standard output
    #[arg(long, value_enum, default_value_t = TriageFormat::Toml)]
    pub(crate) format: TriageFormat,
}

/// The form of what `triage` finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TriageFormat {
    /// Entries to paste into a list, and comments
    Toml,
    /// One JSON object
    Json,
}

#[derive(Debug, Args)]
#[group(id = "form", args = ["wast2json", "js", "wast"], required = true, multiple = true)]
pub(crate) struct Export {
    #[command(flatten)]
    pub(crate) selecting: Selecting,
    /// Leave out what needs a proposal that is not among these, and what rests on it
    #[arg(long, value_name = "PROPOSAL,…", value_delimiter = ',')]
    pub(crate) features: Option<Vec<String>>,
    /// Write JSON and modules, as `wast2json` does, into this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) wast2json: Option<PathBuf>,
    /// Write JavaScript, one file for each script, into this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) js: Option<PathBuf>,
    /// Write scripts into this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) wast: Option<PathBuf>,
}

/// What [`explain`](crate::explain) can show of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Dump {
    /// Its text, with the offset of each instruction in the module
    Wat,
    /// Cranelift's IR, before any optimisation
    Clif,
    /// Its machine code
    Asm,
    /// Where its frame holds references, for each call
    StackMaps,
}

/// The form of standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Failures in full, and numbers per suite and per proposal
    Pretty,
    /// A line per failure, and a line of numbers
    Terse,
    /// JSON Lines
    Json,
    /// Annotations for a workflow of GitHub; the summary of the job goes where GITHUB_STEP_SUMMARY says
    Github,
}
