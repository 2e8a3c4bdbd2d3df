//! Finds what the run of an engine is compared with: its run of an earlier night.
//!
//! In: a run of this night, and the name that the settings give its engine. Out: the last run by that name which can be
//! read; where no night is there that has one, the last run of the engine that the history keeps. An engine may have
//! another name in the settings than before, and may call itself otherwise than before, but not both. Nothing here
//! compares.

use super::judge::read;
use super::publish::{CORPUS, WAIT, corpus_of};
use super::store::{HISTORY, Store};
use crate::problem::Problem;
use crate::reporting::Before;
use std::collections::BTreeSet;
use std::io::{self, Write as _};
use touchstone::diff::seen::Seen;
use touchstone::history::{History, Run, Which};
use touchstone::report::json::Report;

/// A run of an earlier night.
pub(crate) struct Earlier {
    pub(crate) report: Report,
    /// Failures of runs before it, or with it.
    pub(crate) seen: Seen,
    pub(crate) place: Before,
    /// Where it comes from, where that is not the night before.
    pub(crate) note: Option<String>,
}

/// The run that `new` is compared with, of an engine that the settings call `key`; they name all of `keys`. Failures of
/// at most `since` nights before it were seen.
pub(crate) fn earlier(
    store: &Store,
    keys: &BTreeSet<String>,
    key: &str,
    new: &Report,
    since: usize,
) -> Result<Option<Earlier>, Problem> {
    let files = store.earlier(&file_of(key), since.saturating_add(1))?;
    // A report of an earlier night that is damaged does not keep later ones from coming to their end.
    let mut nights = files.into_iter().filter_map(|path| match read(&path) {
        Ok(report) => Some((path, report)),
        Err(Problem(why)) => {
            let _ = writeln!(io::stderr(), "{why}; it is left out");
            None
        }
    });
    let Some((path, report)) = nights.next() else {
        return from_history(store, keys, key, new, since);
    };
    let mut seen = Seen::default();
    for (_, report) in nights {
        report.lines.iter().for_each(|line| seen.add(&report.header.started, line));
    }
    Ok(Some(Earlier { report, seen, place: Before::File(path), note: None }))
}

/// The last run of the engine in the history, of those that no other engine of the settings has made.
fn from_history(
    store: &Store,
    keys: &BTreeSet<String>,
    key: &str,
    new: &Report,
    since: usize,
) -> Result<Option<Earlier>, Problem> {
    let path = store.shared(HISTORY);
    if !path.exists() {
        return Ok(None);
    }
    let history = History::open(path, WAIT)?;
    let mut header = new.header.clone();
    // What a process of this night has added that did not end it is no earlier run.
    if header.started.as_str() > store.started() {
        header.started = store.started().to_owned();
    }
    let others: Vec<&String> = keys.iter().filter(|other| *other != key).collect();
    let mut of_others: BTreeSet<String> =
        others.iter().map(|other| corpus_of(other, true)).collect();
    // The corpus of engines that are alone with their names is that of an engine that still has its earlier night.
    let is_of_this = |other: &&&String| {
        let last = store.earlier(&file_of(other), 1).unwrap_or_default();
        let last = last.first().and_then(|path| super::publish::engine(path).ok());
        last.is_some_and(|name| name == header.engine.name)
    };
    of_others.extend(others.iter().find(is_of_this).map(|_| CORPUS.to_owned()));
    let own = corpus_of(key, true);
    let rank = |run: &Run| match &run.series.corpus {
        corpus if *corpus == own => 2,
        corpus if corpus == CORPUS => 1,
        _ => 0,
    };
    let is_earlier = |run: &Run| {
        let series = &run.series;
        (&series.engine, &series.host) == (&header.engine.name, &header.host)
            && series.corpus.starts_with(CORPUS)
            && !of_others.contains(&series.corpus)
            && run.started < header.started
    };
    let runs = history.runs(&Which::default())?.into_iter().filter(is_earlier);
    let Some(last) = runs.max_by_key(|run| (rank(run), run.started.clone())) else {
        return Ok(None);
    };
    let seen = history.seen(&header, Some(&last.series.corpus), since.saturating_add(1))?;
    let note = format!(
        "there is no earlier night of `{key}`; it is compared with the last run of {} in the history, run {} of the night \
         {}",
        last.series.engine, last.id, last.night
    );
    let report = history.report(last.id)?;
    Ok(Some(Earlier { report, seen, place: Before::Kept(last.id), note: Some(note) }))
}

/// What is said of engines of the last night that the settings name no more.
pub(crate) fn vanished(store: &Store, keys: &BTreeSet<String>) -> io::Result<Vec<String>> {
    let gone = store.last_engines()?.into_iter().filter(|name| !keys.contains(name));
    let words = |name: String| {
        format!(
            "`{name}` was judged in the last night, and the settings do not name it any more: nothing is said of it"
        )
    };
    Ok(gone.map(words).collect())
}

/// The name of the report of an engine.
fn file_of(key: &str) -> String {
    format!("{key}.jsonl")
}
