//! The flags of the command line.
//!
//! In: the words of the command line. Out: typed wishes. Whether suites, proposals and
//! paths exist is not known here.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;

/// Judges a WebAssembly engine against the specification, directive by directive.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, disable_help_subcommand = true)]
pub(crate) struct Arguments {
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
    /// How many files to run at the same time [default: one per processor]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
    /// What to write to standard output
    #[arg(long, value_enum, default_value_t = Format::Pretty)]
    pub(crate) format: Format,
    /// Also write a report as JSON Lines
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
    /// Also write a report as JUnit XML
    #[arg(long, value_name = "FILE")]
    pub(crate) junit: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Name of a test, as `touchstone list` prints it
    #[arg(value_name = "TEST")]
    pub(crate) test: String,
    /// The script that it is in, if that is on disk
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
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
}
