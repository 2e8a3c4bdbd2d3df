//! The flags of what reads reports: `compare`, `diff`, `report` and `triage`.

use clap::{Args, ValueEnum};
use std::path::PathBuf;
use touchstone::diff::markdown::LEAST;

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
    #[arg(long, value_name = "BYTES", default_value_t = 60_000, value_parser = limit)]
    pub(crate) limit: usize,
}

/// The most bytes that Markdown may have, of which some are needed to say anything.
fn limit(text: &str) -> Result<usize, String> {
    let bytes: usize = text.parse().map_err(|_| "it is no number of bytes".to_owned())?;
    match bytes {
        LEAST.. => Ok(bytes),
        _ => Err(format!("fewer than {LEAST} bytes say nothing")),
    }
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

/// The two parts of `NAME=FLAGS`.
fn engine_flags(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').filter(|(name, _)| !name.is_empty());
    let (name, flags) = parts.ok_or("it is written NAME=FLAGS")?;
    Ok((name.to_owned(), flags.to_owned()))
}
