//! Keeps the runs of a night in the history, and shows them on a page.
//!
//! In: the reports of a night, and those of the last one. Out: a history with these runs in it, and the folder of the
//! site. Nothing here knows how the runs were made.

use super::judge::read;
use super::store::Store;
use crate::args;
use crate::problem::Problem;
use crate::reporting;
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;
use touchstone::history::{Adding, History, HistoryError, Trouble};
use touchstone::report::json::read_header;

const HISTORY: &str = "history.sqlite";

/// How long it is waited for somebody else who changes the history.
const WAIT: Duration = Duration::from_secs(60);

/// Adds runs to the history, where a run that is there already, as after a night that was resumed, is not added twice.
/// A run that does not fit is told, and keeps no other one out.
pub(crate) fn history(store: &Store, runs: &[PathBuf]) -> Result<(), Problem> {
    let mut history = History::open_or_make(store.shared(HISTORY), WAIT)?;
    let night = store.started().get(..10).map(str::to_owned);
    let names = runs.iter().map(|path| engine(path)).collect::<Result<Vec<_>, _>>()?;
    for (path, name) in runs.iter().zip(&names) {
        // Checkouts may come and go: the nights of one folder are one corpus. Engines that call themselves the same are
        // told apart by their names in the settings.
        let several = names.iter().filter(|other| *other == name).count() > 1;
        let own = path.file_stem().unwrap_or_default().to_string_lossy();
        let corpus = if several { format!("nightly of {own}") } else { "nightly".to_owned() };
        let how = Adding { night: night.clone(), corpus: Some(corpus) };
        match history.add(&read(path)?, &how) {
            // A night that was resumed has come to some before; what began before it is a report of another night.
            Ok(added) if added.was_there && added.run.started.as_str() < store.started() => {
                let (path, run) = (path.display(), added.run.id);
                writeln!(io::stderr(), "`{path}` is in the history already, as run {run}")?;
            }
            Ok(_) => {}
            Err(HistoryError { what: Trouble::Unfit(unfit), .. }) => {
                writeln!(io::stderr(), "`{}` is not in the history: {unfit}", path.display())?;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// How the engine of a report calls itself.
fn engine(path: &Path) -> Result<String, Problem> {
    Ok(read_header(&mut BufReader::new(File::open(path)?))?.engine.name)
}

/// Fills the folder that is published with what the night says, where no page can be made of its runs.
pub(crate) fn plain(folder: &Path, summary: &str) -> Result<(), Problem> {
    let escaped = summary.replace('&', "&amp;").replace('<', "&lt;");
    let head = "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Night</title>";
    fs::write(folder.join("summary.md"), summary)?;
    Ok(fs::write(folder.join("index.html"), format!("{head}<pre>{escaped}</pre></html>\n"))?)
}

/// Those of these reports that are of other runs than `seen` and than those before them: what began in the same second
/// and calls itself the same cannot be told apart on a page.
fn distinct(paths: &[PathBuf], seen: &mut HashSet<String>) -> Result<Vec<PathBuf>, Problem> {
    let mut kept = Vec::new();
    for path in paths {
        let header = read_header(&mut BufReader::new(File::open(path)?))?;
        let words = [&header.engine.name, &header.engine.version, &header.started];
        if seen.insert(words.map(String::as_str).join("\n")) {
            kept.push(path.clone());
        }
    }
    Ok(kept)
}

/// Fills the folder that is published.
pub(crate) fn site(
    store: &Store,
    folder: &Path,
    runs: &[PathBuf],
    before: &[PathBuf],
    title: &str,
    summary: &str,
) -> Result<(), Problem> {
    fs::write(folder.join("summary.md"), summary)?;
    let mut seen = HashSet::new();
    let (runs, before) = (distinct(runs, &mut seen)?, distinct(before, &mut seen)?);
    let path = |name: &str| Some(folder.join(name));
    let wanted = args::Report {
        runs: runs.clone(),
        before,
        history: Some(store.shared(HISTORY)),
        html: path("index.html"),
        markdown: path("report.md"),
        junit: None,
        badge: None,
        features_json: path("features.json"),
        engine_flags: Vec::new(),
        title: Some(title.to_owned()),
    };
    reporting::report(&wanted)?;
    for run in &runs {
        let Some(name) = run.file_stem().and_then(|name| name.to_str()) else { continue };
        let badge = args::Report {
            runs: vec![run.clone()],
            before: Vec::new(),
            history: None,
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
