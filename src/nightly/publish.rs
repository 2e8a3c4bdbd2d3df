//! Keeps the runs of a night in the history, and shows them on a page.
//!
//! In: the reports of a night, and those of the last one. Out: a history with these runs in it, and the folder of the
//! site. Nothing here knows how the runs were made.

use super::judge::read;
use super::store::{HISTORY, Store};
use crate::args;
use crate::problem::Problem;
use crate::reporting::{self, Before, Shown};
use std::fs::{self, File};
use std::io::{self, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;
use touchstone::history::{Adding, History, HistoryError, Trouble, Unfit};
use touchstone::report::json::read_header;
use touchstone::report::markup::prose;

/// How long it is waited for somebody else who changes the history.
pub(super) const WAIT: Duration = Duration::from_secs(60);

/// The corpus of nights in the history. Checkouts may come and go: the nights of one folder are one corpus.
pub(super) const CORPUS: &str = "nightly";

/// The corpus of an engine of this name in the settings. Engines that call themselves the same (`shared`) are told apart
/// by it.
pub(super) fn corpus_of(key: &str, shared: bool) -> String {
    if shared { format!("{CORPUS} of {key}") } else { CORPUS.to_owned() }
}

/// A run of this night.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    /// The name of its engine in the settings.
    pub(crate) key: String,
    /// Its report.
    pub(crate) path: PathBuf,
    /// How the engine calls itself.
    pub(crate) engine: String,
    /// Whether another one calls itself the same.
    pub(crate) shared: bool,
    /// What it is compared with.
    pub(crate) before: Option<Before>,
}

/// Adds runs to the history, where a run that is there already, as after a night that was resumed, is not added twice.
/// A run that does not fit is told, and keeps no other one out.
pub(crate) fn history(store: &Store, runs: &[Run]) -> Result<(), Problem> {
    let mut history = History::open_or_make(store.shared(HISTORY), WAIT)?;
    let night = store.started().get(..10).map(str::to_owned);
    for Run { key, path, shared, .. } in runs {
        let how = Adding { night: night.clone(), corpus: Some(corpus_of(key, *shared)) };
        match history.add(&read(path)?, &how) {
            // A night that was resumed has come to some before; what began before it is a report of another night.
            Ok(added) if added.was_there && added.run.started.as_str() < store.started() => {
                let (path, run) = (path.display(), added.run.id);
                writeln!(io::stderr(), "`{path}` is in the history already, as run {run}")?;
            }
            Ok(_) => {}
            Err(HistoryError { what: Trouble::Unfit(Unfit::OtherNight { run, .. }), .. }) => {
                writeln!(
                    io::stderr(),
                    "`{}` is in the history already, as run {run}",
                    path.display()
                )?;
            }
            Err(HistoryError { what: Trouble::Unfit(unfit), .. }) => {
                writeln!(io::stderr(), "`{}` is not in the history: {unfit}", path.display())?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// How the engine of a report calls itself.
pub(super) fn engine(path: &Path) -> Result<String, Problem> {
    Ok(read_header(&mut BufReader::new(File::open(path)?))?.engine.name)
}

/// Fills the folder that is published with what the night says, where no page can be made of its runs.
pub(crate) fn plain(folder: &Path, summary: &str) -> Result<(), Problem> {
    let escaped = summary.replace('&', "&amp;").replace('<', "&lt;");
    let head = "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Night</title>";
    fs::write(folder.join("summary.md"), summary)?;
    Ok(fs::write(folder.join("index.html"), format!("{head}<pre>{escaped}</pre></html>\n"))?)
}

/// Fills the folder that is published, and gives what is said of engines that could not be shown. Engines that call
/// themselves the same are told apart by their names in the settings.
pub(crate) fn site(
    store: &Store,
    folder: &Path,
    runs: &[Run],
    title: &str,
    summary: &str,
) -> Result<Vec<String>, Problem> {
    let path = |name: &str| Some(folder.join(name));
    let shown = |run: &Run| Shown {
        path: run.path.clone(),
        label: run.shared.then(|| format!("{} ({})", run.engine, run.key)),
        corpus: Some(corpus_of(&run.key, run.shared)),
        before: run.before.clone(),
    };
    let wanted = args::Report {
        runs: Vec::new(),
        before: Vec::new(),
        history: Some(store.shared(HISTORY)),
        html: path("index.html"),
        markdown: path("report.md"),
        junit: None,
        badge: None,
        features_json: path("features.json"),
        engine_flags: Vec::new(),
        title: Some(title.to_owned()),
    };
    let all: Vec<Shown> = runs.iter().map(shown).collect();
    let left_out = reporting::report_of(&wanted, &all)?;
    for (at, run) in runs.iter().enumerate() {
        if left_out.iter().any(|(out, _)| *out == at) {
            continue;
        }
        let badge = args::Report {
            history: None,
            html: None,
            markdown: None,
            badge: path(&format!("{}.svg", run.key)),
            features_json: None,
            title: None,
            ..wanted.clone()
        };
        reporting::report_of(&badge, &[Shown { before: None, ..shown(run) }])?;
    }
    let words = |(at, Problem(why)): (usize, Problem)| {
        format!("`{}` is not on the page: {why}", runs[at].key)
    };
    let left_out: Vec<String> = left_out.into_iter().map(words).collect();
    let told: String = left_out.iter().map(|words| format!("\n{}.\n", prose(words))).collect();
    fs::write(folder.join("summary.md"), summary.to_owned() + &told)?;
    Ok(left_out)
}
