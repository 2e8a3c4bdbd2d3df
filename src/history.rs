//! A history of runs: one file of SQLite, which keeps of each run what changed.
//!
//! In: reports of runs, in any order. Out: for each test and engine the night when its verdict changed, and whose
//! doing that was; numbers over time; what was seen in the last runs. What a change is, [`crate::diff`] says; this
//! only keeps it. Nothing here knows how runs are made, or how a history is shown.
//!
//! Runs are compared with the one before of the same kind ([`Series`]): of the same engine, on the same kind of
//! machine, of the same corpus. The file has what is there after the last run of each kind, and what changed with
//! each run; what was there earlier is found by undoing changes, from the last one back. A run that is partial, or
//! selected less, says nothing of the tests that it did not have.
//!
//! ```no_run
//! use std::time::Duration;
//! use touchstone::history::{About, Adding, History, Which};
//!
//! let mut history = History::open_or_make("history.sqlite", Duration::from_secs(30))?;
//! let file = std::fs::File::open("run.jsonl")?;
//! let report = touchstone::report::json::read(std::io::BufReader::new(file))?;
//! history.add(&report, &Adding::default())?;
//! for point in history.counts(&Which::default(), About::Proposal("gc"))? {
//!     println!("{} {}: {} passed", point.night, point.series.engine, point.tally.pass);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod add;
mod blocked;
mod changes;
mod check;
mod coding;
mod compare;
mod digest;
mod file;
mod flat;
mod intern;
mod lines;
pub mod model;
mod night;
mod numbers;
mod prepare;
mod prune;
mod rewrite;
mod runs;
mod timeline;
pub mod trouble;
mod window;

pub use model::{About, Added, Counted, Flaky, Night, NightRun, Pruned, Run, RunId, Series};
pub use model::{Timeline, Which};
pub use prune::Prune;
pub use trouble::{HistoryError, Trouble, Unfit};

use crate::diff::seen::Seen;
use crate::report::json::{Closing, Header, Report};
use add::Fate;
use compare::Comparing;
use lines::Lines;
use prepare::Prepared;
use runs::Rosters;
use rusqlite::Connection;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How many runs back a failure counts as seen, and a test as flaky, where nobody says otherwise.
pub const LAST: usize = 30;

/// A history that is open.
#[derive(Debug)]
pub struct History {
    connection: Connection,
    path: PathBuf,
    wait: Duration,
}

/// How a run is added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Adding {
    /// The night that it belongs to; that on which it began, where none is given.
    pub night: Option<String>,
    /// The name of its corpus; `embedded`, or the scripts as the run names them, where none is given.
    pub corpus: Option<String>,
}

impl History {
    /// Opens a history that is there. Where another process changes it, `wait` is how long to wait.
    ///
    /// # Errors
    /// Fails if there is none, or if it cannot be read: see [`Trouble`].
    pub fn open(path: impl AsRef<Path>, wait: Duration) -> Result<History, HistoryError> {
        History::open_at(path.as_ref(), false, wait)
    }

    /// Opens a history, or makes one.
    ///
    /// # Errors
    /// Fails if it can be neither read nor made.
    pub fn open_or_make(path: impl AsRef<Path>, wait: Duration) -> Result<History, HistoryError> {
        History::open_at(path.as_ref(), true, wait)
    }

    /// Makes a history that is kept in memory alone, to compare a few runs.
    ///
    /// # Errors
    /// As SQLite.
    pub fn in_memory() -> Result<History, HistoryError> {
        let (path, wait) = (PathBuf::from(":memory:"), Duration::ZERO);
        let connection = file::in_memory().map_err(|trouble| trouble.at(&path, wait))?;
        Ok(History { connection, path, wait })
    }

    fn open_at(path: &Path, make: bool, wait: Duration) -> Result<History, HistoryError> {
        let connection = file::open(path, make, wait).map_err(|trouble| trouble.at(path, wait))?;
        Ok(History { connection, path: path.to_owned(), wait })
    }

    /// Adds a run, or finds that it is there. Either all of it is added, or nothing.
    ///
    /// # Errors
    /// Fails if the run cannot be added ([`Unfit`]), or the history not be changed.
    pub fn add(&mut self, report: &Report, how: &Adding) -> Result<Added, HistoryError> {
        let added = Prepared::new(report, how.night.as_deref()).map_err(Trouble::from);
        let added = added.and_then(|prepared| {
            let change = file::change(&mut self.connection)?;
            let fate = add::add(&change, &prepared, how.corpus.as_deref())?;
            let (run, was_there, replaced, later) = match fate {
                Fate::WasThere(run) => (run, true, None, 0),
                Fate::Added { run, replaced, later } => (run, false, replaced, later),
            };
            let changed = "SELECT count(*) FROM change WHERE run = ?1 AND kind IS NOT NULL";
            let changed: i64 = change.query_row(changed, (run,), |row| row.get(0))?;
            let kept = runs::run(&change, run)?;
            if was_there {
                is_where_it_was_to_be(&kept.run, how)?;
            }
            change.commit()?;
            let changed = kept.numbers.map(|_| changed.max(0) as u64);
            Ok(Added { run: kept.run, was_there, replaced, later, changed })
        });
        added.map_err(|trouble| trouble.at(&self.path, self.wait))
    }

    /// The runs, by engine and by when they began.
    ///
    /// # Errors
    /// Fails if a night that is asked for is none ([`Unfit::Night`]), here and below; and as the file.
    pub fn runs(&self, wanted: &Which) -> Result<Vec<Run>, HistoryError> {
        self.read(|connection| {
            Ok(runs::which(connection, wanted)?.into_iter().map(|kept| kept.run).collect())
        })
    }

    /// What changed in a night; in the last one, where none is given. A failure that was seen in the `last` runs
    /// before is known, and no new one; see [`LAST`].
    ///
    /// # Errors
    /// Fails if there is no run of that night; and as the file.
    pub fn night(&self, night: Option<&str>, last: usize) -> Result<Night, HistoryError> {
        self.read(|connection| night::night(connection, night, last))
    }

    /// What became of a test: that of a name, or the only one with this text in its name.
    ///
    /// # Errors
    /// Fails if there is no such test, or if there are several; and as the file.
    pub fn timelines(&self, test: &str, wanted: &Which) -> Result<Vec<Timeline>, HistoryError> {
        self.read(|connection| timeline::timelines(connection, test, wanted))
    }

    /// The tests that changed although nothing else did, those that did so most often first.
    ///
    /// # Errors
    /// As the file.
    pub fn flaky(&self, wanted: &Which) -> Result<Vec<Flaky>, HistoryError> {
        self.read(|connection| numbers::flaky(connection, wanted))
    }

    /// How many tests ended in which way, in each run that had some of them.
    ///
    /// # Errors
    /// As the file.
    pub fn counts(&self, wanted: &Which, about: About<'_>) -> Result<Vec<Counted>, HistoryError> {
        self.read(|connection| numbers::counts(connection, wanted, about))
    }

    /// Failures of the `last` runs of the same engine, machine and corpus that began before a run.
    ///
    /// # Errors
    /// Fails if there is no such run; and as the file.
    pub fn seen(
        &self,
        header: &Header,
        corpus: Option<&str>,
        last: usize,
    ) -> Result<Seen, HistoryError> {
        self.read(|connection| {
            let corpus = corpus.map_or_else(|| add::corpus_of(header), str::to_owned);
            let mut all = runs::runs(connection, None)?;
            all.retain(|kept| {
                let series = &kept.run.series;
                let of = (&series.engine, &series.host, &series.corpus);
                of == (&header.engine.name, &header.host, &corpus)
            });
            let past = all.partition_point(|kept| kept.run.started < header.started);
            if past == 0 {
                let (engine, host) = (&header.engine.name, &header.host);
                return Err(Trouble::NoRun(format!(
                    "is one of {engine} on {host}, of the corpus `{corpus}`, before {}",
                    header.started
                )));
            }
            let mut lines = Lines::new(connection)?;
            Ok(window::Window::of(connection, &mut lines, &all, past, last)?.seen)
        })
    }

    /// The report of a run again, without times. Of tests that pass, what was said is not kept.
    ///
    /// # Errors
    /// Fails if there is no such run; and as the file.
    pub fn report(&self, run: RunId) -> Result<Report, HistoryError> {
        self.read(|connection| {
            let of = runs::run(connection, run)?;
            let all = runs::runs(connection, Some(of.series))?;
            let at = all.iter().position(|kept| kept.run.id == run);
            let state = changes::state_after(connection, of.series, &all, at)?;
            let mut comparing = Comparing {
                lines: Lines::new(connection)?,
                rosters: Rosters::new(connection),
                same: HashMap::new(),
            };
            let tests = rewrite::kept_verdicts(&comparing.rosters.of(&of)?, &state)?;
            let mut report = comparing.report(of.header(), of.run.partial.is_some(), &tests)?;
            if let Some(at) = at {
                let Comparing { lines, rosters, .. } = &mut comparing;
                blocked::rename(connection, lines, rosters, &all, at, &mut report.lines)?;
            }
            if let Ok(closing) = &mut report.closing {
                *closing = Closing {
                    totals: of.run.totals,
                    suites: runs::tallies_of(connection, run, "suite")?,
                    proposals: runs::tallies_of(connection, run, "proposal")?,
                    baseline: None,
                    repeats: None,
                    duration_ns: of.run.duration_ns.unwrap_or_default(),
                };
            }
            Ok(report)
        })
    }

    /// Takes runs out, and what only they had; or says what would go, where `really` is not set.
    ///
    /// # Errors
    /// Fails if there is no such run, if the night is none, or if the history cannot be changed.
    pub fn prune(&mut self, what: &Prune, really: bool) -> Result<Pruned, HistoryError> {
        let pruned = |connection: &mut Connection| {
            let before = file::size(connection)?;
            let change = file::change(connection)?;
            let doomed = prune::doomed(&change, what)?;
            let changes = prune::prune(&change, &doomed)?;
            if !really {
                change.rollback()?;
                return Ok(Pruned { runs: doomed.len(), changes, before, after: before });
            }
            change.commit()?;
            connection.execute_batch("VACUUM")?;
            Ok(Pruned { runs: doomed.len(), changes, before, after: file::size(connection)? })
        };
        pruned(&mut self.connection).map_err(|trouble: Trouble| trouble.at(&self.path, self.wait))
    }

    /// Looks for damage, and gives how many runs there are.
    ///
    /// # Errors
    /// The first thing that is damaged.
    pub fn check(&self) -> Result<usize, HistoryError> {
        self.read(check::check)
    }

    /// Its size, in bytes.
    ///
    /// # Errors
    /// As the file.
    pub fn size(&self) -> Result<u64, HistoryError> {
        self.read(file::size)
    }

    /// Reads, with one view of the file while others change it.
    fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, Trouble>,
    ) -> Result<T, HistoryError> {
        let view = self.connection.unchecked_transaction().map_err(Trouble::from);
        view.and_then(|view| read(&view)).map_err(|trouble| trouble.at(&self.path, self.wait))
    }
}

/// Whether a run that was there already has the night under which it was to be added.
fn is_where_it_was_to_be(run: &Run, how: &Adding) -> Result<(), Unfit> {
    match &how.night {
        Some(night) if *night != run.night => {
            Err(Unfit::OtherNight { run: run.id, night: run.night.clone() })
        }
        _ => Ok(()),
    }
}
