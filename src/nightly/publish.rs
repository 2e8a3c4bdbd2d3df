//! Keeps the runs of a night in the history, and shows them on a page.
//!
//! In: the reports of a night, and those of the last one. Out: a history with these runs in it, and the folder of the
//! site. Nothing here knows how the runs were made.

use super::judge::read;
use super::store::Store;
use crate::args;
use crate::problem::Problem;
use crate::reporting;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;
use touchstone::history::{Adding, History, HistoryError, Trouble};

/// How long it is waited for somebody else who changes the history.
const WAIT: Duration = Duration::from_secs(60);

/// Adds runs to the history, where a run that is there already, as after a night that was resumed, is not added twice.
/// A run that does not fit is told, and keeps no other one out.
pub(crate) fn history(store: &Store, runs: &[PathBuf]) -> Result<(), Problem> {
    let mut history = History::open_or_make(store.shared("history.sqlite"), WAIT)?;
    let night = store.started().get(..10).map(str::to_owned);
    // Checkouts may come and go: the nights of one folder are one corpus.
    let how = Adding { night, corpus: Some("nightly".to_owned()) };
    for path in runs {
        match history.add(&read(path)?, &how) {
            Ok(_) => {}
            Err(HistoryError { what: Trouble::Unfit(unfit), .. }) => {
                writeln!(io::stderr(), "`{}` is not in the history: {unfit}", path.display())?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Fills the folder that is published.
pub(crate) fn site(
    folder: &Path,
    runs: &[PathBuf],
    before: &[PathBuf],
    title: &str,
    summary: &str,
) -> Result<(), Problem> {
    fs::write(folder.join("summary.md"), summary)?;
    let path = |name: &str| Some(folder.join(name));
    let wanted = args::Report {
        runs: runs.to_vec(),
        before: before.to_vec(),
        html: path("index.html"),
        markdown: path("report.md"),
        junit: None,
        badge: None,
        features_json: path("features.json"),
        engine_flags: Vec::new(),
        title: Some(title.to_owned()),
    };
    reporting::report(&wanted)?;
    for run in runs {
        let Some(name) = run.file_stem().and_then(|name| name.to_str()) else { continue };
        let badge = args::Report {
            runs: vec![run.clone()],
            before: Vec::new(),
            html: None,
            markdown: None,
            badge: path(&format!("{name}.svg")),
            features_json: None,
            title: None,
            ..wanted.clone()
        };
        reporting::report(&badge)?;
    }
    Ok(())
}
