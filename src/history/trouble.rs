//! Why a history cannot be used, or a run not be added.

use std::path::{Path, PathBuf};
use std::time::Duration;

/// Why something could not be done with a history, with the name of its file.
#[derive(Debug, thiserror::Error)]
#[error("`{}`: {what}", path.display())]
pub struct HistoryError {
    /// The file of the history.
    pub path: PathBuf,
    /// What is wrong.
    #[source]
    pub what: Trouble,
}

/// Why something could not be done with a history.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// There is no such file.
    #[error("there is no history here; `touchstone history add` makes one")]
    Missing,
    /// It is not a file of SQLite.
    #[error("this is no history: it is not a file of SQLite")]
    NotSqlite,
    /// It is a file of SQLite, and no history.
    #[error("this is no history: it is a file of SQLite that another program made")]
    Foreign,
    /// It was written by a newer version.
    #[error(
        "this history has the form {found}, but this version of touchstone knows only form {known}; use a newer one"
    )]
    Newer {
        /// Its form.
        found: i64,
        /// The form that is known here.
        known: i64,
    },
    /// Another process uses it.
    #[error(
        "another process has the history locked, and did not finish within {} s; try again when it is done, or wait \
         longer (`--wait SECONDS`)", .0.as_secs()
    )]
    Locked(Duration),
    /// What is in it contradicts itself.
    #[error(
        "this history is damaged ({0}); take a copy of it that is not, or add the run files again to a new one"
    )]
    Damaged(String),
    /// The system, or SQLite, says no.
    #[error("SQLite says: {0}")]
    Sqlite(String),
    /// A run cannot be added.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// No run is as asked for.
    #[error("no run in this history {0}; `touchstone history list` shows what is there")]
    NoRun(String),
    /// There are no runs at all.
    #[error("there is no run in this history; `touchstone history add` adds some")]
    NoRuns,
    /// No run is of the engine, or of the corpus, that is asked for.
    #[error("no run in this history is of the {what} `{name}`{}", there_are(.known))]
    Unknown {
        /// `engine`, or `corpus`.
        what: &'static str,
        /// What was asked for.
        name: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// No test is named so.
    #[error("no test in this history has the name `{name}`{}", similar(.nearest))]
    NoTest {
        /// What was asked for.
        name: String,
        /// Names that have it in them.
        nearest: Vec<String>,
    },
}

fn there_are(names: &[String]) -> String {
    match names {
        [] => "; it has none".to_owned(),
        names => format!("; there are: {}", names.join(", ")),
    }
}

fn similar(names: &[String]) -> String {
    match names {
        [] => String::new(),
        names => format!("; there are: {}", names.join(", ")),
    }
}

/// Why a run cannot be added to a history.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It has no verdict.
    #[error("this run has no verdict of any test, so there is nothing to add")]
    Empty,
    /// Lines are missing in the middle, or are there twice.
    #[error("{0}; it was not added")]
    Damaged(String),
    /// It is of a part of a run.
    #[error(
        "this is shard {0} of a run; `touchstone merge` joins all of them to one report, which can be added"
    )]
    Shard(String),
    /// It has a test twice.
    #[error(
        "this report is mixed up: it has the test `{0}` twice; add the report of each run by itself"
    )]
    Twice(String),
    /// It has an outcome that is not known here.
    #[error(
        "this report has the outcome `{0}`, which this version of touchstone does not know; use a newer one"
    )]
    Outcome(String),
    /// It does not say when it began.
    #[error(
        "this report says that the run began at `{0}`, which is no time such as 2026-01-31T12:00:00Z"
    )]
    Started(String),
    /// The night is none.
    #[error("`{0}` is no night; write it as 2026-01-31")]
    Night(String),
    /// No night is as asked for.
    #[error("no night is both from {from} on and up to {to}")]
    NoNights {
        /// The first night that was asked for.
        from: String,
        /// The last one.
        to: String,
    },
    /// It is there, in another night.
    #[error(
        "this run is in the history already, as run {run} of the night {night}; if it is to be of another one, remove it by \
         `touchstone history prune --run {run}` first"
    )]
    OtherNight {
        /// The number of the run that is there.
        run: i64,
        /// Its night.
        night: String,
    },
    /// It is of other scripts.
    #[error(
        "this run is of another corpus: it is of {found}, and this history is of {known}; to keep both in it, name \
         this one by `--corpus NAME`"
    )]
    OtherCorpus {
        /// What was run.
        found: String,
        /// What the runs in the history are of.
        known: String,
    },
    /// None of its tests is known, and all that are known are missing.
    #[error(
        "this run is of another corpus: none of its {tests} tests is among the {known} that {engine} was judged by \
         before; to keep both in one history, name this one by `--corpus NAME`"
    )]
    NothingInCommon {
        /// How many tests it has.
        tests: usize,
        /// How many the history has.
        known: usize,
        /// The engine.
        engine: String,
    },
    /// Another run of the engine began at the same time.
    #[error(
        "this history has another run of {engine} that began at {started} (run {run}); if this one is to take its \
         place, remove that one by `touchstone history prune --run {run}`"
    )]
    SameTime {
        /// The engine.
        engine: String,
        /// When both began.
        started: String,
        /// The number of the run that is there.
        run: i64,
    },
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        // Names in a damaged file may be anything.
        let said = || {
            let said: String = error.to_string().chars().take(300).collect();
            said.replace(char::is_control, " ")
        };
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Trouble::NotSqlite,
            Some(ErrorCode::DatabaseCorrupt) => Trouble::Damaged(said()),
            // How long it was waited is said by whoever opened the file.
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Trouble::Locked(Duration::ZERO)
            }
            // What a column holds is not what it was made for.
            None if !matches!(error, rusqlite::Error::QueryReturnedNoRows) => {
                Trouble::Damaged(said())
            }
            _ => Trouble::Sqlite(said()),
        }
    }
}

impl From<super::coding::Undecodable> for Trouble {
    fn from(error: super::coding::Undecodable) -> Self {
        Trouble::Damaged(error.to_string())
    }
}

impl Trouble {
    /// Says which file it is, and how long it was waited for others.
    pub(crate) fn at(self, path: &Path, wait: Duration) -> HistoryError {
        let what = match self {
            Trouble::Locked(_) => Trouble::Locked(wait),
            other => other,
        };
        HistoryError { path: path.to_owned(), what }
    }
}
