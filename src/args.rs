//! The flags of the command line.
//!
//! In: the words of the command line. Out: typed flags. Whether suites, proposals and
//! paths exist is not known here.

mod engine;
pub(crate) mod history;
mod reports;

pub(crate) use engine::{EngineChoice, EngineFlags};
pub(crate) use reports::{Compare, Diff, DiffFormat, Report, Triage, TriageFormat};

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use touchstone::engine::DEFAULT_TIMEOUT;
use touchstone::shard::Shard;

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
    Serve(Serve),
    /// Judge engines night by night: run them, tell what changed since the last night, write a page
    Nightly(Nightly),
    /// Show or clear what our own engine keeps of its work for the next run
    Cache(Cache),
    /// Write completions for a shell, or pages for `man`
    Completions(Completions),
}

#[derive(Debug, Args)]
pub(crate) struct Cache {
    /// What to do with it
    #[arg(value_name = "WHAT", value_enum)]
    pub(crate) what: CacheVerb,
    /// The folder [default: in the user's folder for caches, or as TOUCHSTONE_CACHE_DIR says]
    #[arg(long, value_name = "DIR")]
    pub(crate) cache_dir: Option<PathBuf>,
}

/// What can be done with a folder of compiled modules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CacheVerb {
    /// Say where it is, and how much is in it
    Show,
    /// Remove all that is in it
    Clear,
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
    /// Name tests that take longer than this while they do; 0 for none [default: 5]
    #[arg(long, value_name = "SECONDS")]
    pub(crate) slow: Option<u64>,
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
    /// An exception list, beside the one that is built in; may be repeated
    #[arg(long = "ignore-list", value_name = "FILE")]
    pub(crate) ignore_lists: Vec<PathBuf>,
    /// Also show what becomes of the function that it calls; may be repeated
    #[arg(long, value_name = "FORM", value_enum)]
    pub(crate) dump: Vec<Dump>,
    /// Also show what is alive after it, by type, with a path to one object of each
    #[arg(long)]
    pub(crate) heap: bool,
    #[command(flatten)]
    pub(crate) engine: EngineFlags,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) engine: EngineFlags,
    /// Judge whole files of the embedded corpus, for `--isolate`
    #[arg(long, hide = true)]
    pub(crate) files: bool,
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
    /// How long a script in which a fault is planted may take, unless it takes long without: a fault that takes longer
    /// is shown by that
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) fault_time: u64,
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

/// How many files to run at the same time.
pub(crate) fn workers(jobs: Option<NonZeroUsize>) -> usize {
    jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, Into::into)
}
