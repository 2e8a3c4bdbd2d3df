//! The flags of `touchstone history`.

use clap::{Args, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use touchstone::history::{LAST, Which};

#[derive(Debug, Args)]
#[command(arg_required_else_help = true, disable_help_subcommand = true)]
pub(crate) struct History {
    /// The file of the history
    #[arg(long = "history", value_name = "FILE", default_value = "history.sqlite", global = true)]
    pub(crate) file: PathBuf,
    /// How long to wait while another process changes the history
    #[arg(long, value_name = "SECONDS", default_value_t = 60, global = true)]
    pub(crate) wait: u64,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Add runs, from their reports; make the history where there is none
    Add(Add),
    /// List the runs, with versions, revisions and numbers
    List(Shown),
    /// Show what became of a test: when it changed, since when it fails, and whose doing that is
    Show(Show),
    /// Show what changed in a night
    Changes(Changes),
    /// List tests that changed although neither the engine nor the suite did
    Flaky(Shown),
    /// Show how many tests ended in which way, over time
    Counts(Counts),
    /// Write the report of a run again
    Report(Again),
    /// Take out old runs
    Prune(Prune),
    /// Look for damage
    Check,
}

#[derive(Debug, Args)]
pub(crate) struct Add {
    /// Reports that `touchstone run --json` wrote
    #[arg(value_name = "RUN", required = true)]
    pub(crate) runs: Vec<PathBuf>,
    /// The night that they belong to, such as 2026-01-31 [default: when each began]
    #[arg(long, value_name = "DATE")]
    pub(crate) night: Option<String>,
    /// A name for the scripts of the runs [default: `embedded`, or the paths that were run]
    #[arg(long, value_name = "NAME")]
    pub(crate) corpus: Option<String>,
}

/// Which runs.
#[derive(Debug, Args)]
pub(crate) struct Runs {
    /// Only runs of this engine
    #[arg(long, value_name = "ENGINE")]
    pub(crate) engine: Option<String>,
    /// Only runs of this corpus
    #[arg(long, value_name = "NAME")]
    pub(crate) corpus: Option<String>,
}

/// Which nights.
#[derive(Debug, Args)]
pub(crate) struct Nights {
    /// Only this night and later ones
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<String>,
    /// Only this night and earlier ones
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<String>,
}

impl Runs {
    /// The same, in the words of the library.
    pub(crate) fn which(&self, nights: Option<&Nights>) -> Which {
        Which {
            engine: self.engine.clone(),
            corpus: self.corpus.clone(),
            from: nights.and_then(|nights| nights.from.clone()),
            to: nights.and_then(|nights| nights.to.clone()),
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Shown {
    #[command(flatten)]
    pub(crate) runs: Runs,
    #[command(flatten)]
    pub(crate) nights: Nights,
    /// What to write to standard output
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub(crate) format: Form,
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The name of a test, or a part that no other name has
    #[arg(value_name = "TEST")]
    pub(crate) test: String,
    #[command(flatten)]
    pub(crate) runs: Runs,
    /// What to write to standard output
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub(crate) format: Form,
}

#[derive(Debug, Args)]
pub(crate) struct Changes {
    /// The night, such as 2026-01-31 [default: the last one]
    #[arg(long, value_name = "DATE")]
    pub(crate) night: Option<String>,
    #[command(flatten)]
    pub(crate) runs: Runs,
    /// A failure that one of so many runs before had in the same way is not new
    #[arg(long, value_name = "N", default_value_t = LAST)]
    pub(crate) last: usize,
    /// How many changes of each kind to show as text; 0 for all
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) show: usize,
    /// What to write to standard output
    #[arg(long, value_enum, default_value_t = Form::Text)]
    pub(crate) format: Form,
}

#[derive(Debug, Args)]
pub(crate) struct Counts {
    #[command(flatten)]
    pub(crate) shown: Shown,
    /// Only tests of this suite
    #[arg(long, value_name = "SUITE", conflicts_with = "proposal")]
    pub(crate) suite: Option<String>,
    /// Only tests that need this proposal
    #[arg(long, value_name = "PROPOSAL")]
    pub(crate) proposal: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Again {
    /// The number of the run, as `history list` shows it
    #[arg(value_name = "NUMBER")]
    pub(crate) run: i64,
}

#[derive(Debug, Args)]
pub(crate) struct Prune {
    #[command(flatten)]
    pub(crate) which: Doomed,
    /// Only say what would go
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Which runs are to go.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Doomed {
    /// Take out runs of nights before this one
    #[arg(long, value_name = "DATE")]
    pub(crate) before: Option<String>,
    /// Of each engine, keep only so many runs
    #[arg(long, value_name = "N")]
    pub(crate) keep: Option<NonZeroUsize>,
    /// Take out this run
    #[arg(long, value_name = "NUMBER")]
    pub(crate) run: Option<i64>,
}

/// The form of what a history says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    /// Text for people
    Text,
    /// JSON
    Json,
}
