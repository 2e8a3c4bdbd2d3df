//! Adds runs to a history, and takes runs out of it.
//!
//! In: a run that was prepared, or the number of one. Out: the history with it, or without it. A run may be older
//! than others that are there: what changed with these is then found anew, as far as it makes a difference. The
//! caller begins and ends the transaction.

use super::coding::Place;
use super::digest::{Digest, digest_in};
use super::intern::Intern;
use super::model::{RunId, Series};
use super::prepare::Prepared;
use super::rewrite::rewrite;
use super::runs::{Kept, all_series, run, runs};
use super::trouble::{Trouble, Unfit};
use crate::report::json::Header;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// What became of a run that was to be added.
pub(super) enum Fate {
    /// It was there already.
    WasThere(RunId),
    /// It is there now.
    Added {
        run: RunId,
        /// A partial run that it took the place of.
        replaced: Option<RunId>,
        /// How many later runs of its kind there are.
        later: usize,
    },
}

/// Adds a run, of a corpus with this name, if one is given.
pub(super) fn add(
    connection: &Connection,
    new: &Prepared<'_>,
    corpus: Option<&str>,
) -> Result<Fate, Trouble> {
    let header = &new.report.header;
    let digest = match known_as(connection, new, corpus)? {
        Ok(run) => return Ok(Fate::WasThere(run)),
        Err(digest) => digest,
    };
    let series = Series {
        engine: header.engine.name.clone(),
        host: header.host.clone(),
        corpus: corpus.map_or_else(|| corpus_of(header), str::to_owned),
    };
    let known = all_series(connection)?;
    if corpus.is_none() {
        is_of_known_corpus(&known, &series)?;
    }
    let id = match known.iter().find(|(_, known)| *known == series) {
        Some((id, _)) => *id,
        None => {
            let make = "INSERT INTO series (engine, host, corpus, state) VALUES (?1, ?2, ?3, x'')";
            connection.execute(make, (&series.engine, &series.host, &series.corpus))?;
            connection.last_insert_rowid()
        }
    };
    let mut old = runs(connection, Some(id))?;
    let replaced = replaced(&old, new)?;
    if let Some(run) = replaced {
        remove(connection, id, run)?;
        old.retain(|kept| kept.run.id != run);
    }
    let mut intern = Intern::new(connection);
    let (run, places) = insert(connection, &mut intern, new, id, &digest)?;
    let at = old.partition_point(|kept| kept.run.started < header.started);
    let mut all = old.clone();
    all.insert(at, self::run(connection, run)?);
    rewrite(connection, &mut intern, &old, &all, at, Some((new, &places)))?;
    Ok(Fate::Added { run, replaced, later: all.len() - at - 1 })
}

/// The run that a new one is, if it is there, or else what is to tell it from others. Two engines that call themselves the
/// same may have had the same verdicts in the same second: their corpora, which have names then, tell them apart.
fn known_as(
    connection: &Connection,
    new: &Prepared<'_>,
    corpus: Option<&str>,
) -> Result<Result<RunId, Digest>, Trouble> {
    let find =
        "SELECT r.id, s.corpus FROM run r JOIN series s ON s.id = r.series WHERE r.digest = ?1";
    let known = |digest: &Digest| {
        let row = |row: &Row<'_>| Ok((row.get::<_, RunId>(0)?, row.get::<_, String>(1)?));
        connection.query_row(find, (digest,), row).optional()
    };
    let plain = known(&new.digest)?;
    let Some(corpus) = corpus else {
        return Ok(plain.map_or(Err(new.digest), |(run, _)| Ok(run)));
    };
    let named = digest_in(corpus, &new.digest);
    Ok(match (plain, known(&named)?) {
        (Some((run, of)), _) if of == corpus => Ok(run),
        (_, Some((run, _))) => Ok(run),
        (Some(_), None) => Err(named),
        (None, None) => Err(new.digest),
    })
}

/// Takes a run of a kind out.
pub(super) fn remove(connection: &Connection, series: i64, run: RunId) -> Result<(), Trouble> {
    let old = runs(connection, Some(series))?;
    let at = old.iter().position(|kept| kept.run.id == run).ok_or_else(lost)?;
    let mut rest = old.clone();
    rest.remove(at);
    rewrite(connection, &mut Intern::new(connection), &old, &rest, at, None)?;
    connection.execute("DELETE FROM change WHERE run = ?1", (run,))?;
    connection.execute("DELETE FROM run WHERE id = ?1", (run,))?;
    Ok(())
}

fn lost() -> Trouble {
    Trouble::Damaged("a run cannot be found again".into())
}

/// The scripts of a run, by name.
pub(super) fn corpus_of(header: &Header) -> String {
    match header.selection.as_ref().map(|scope| scope.paths.join(" ")) {
        Some(paths) if !paths.is_empty() => paths,
        _ => "embedded".to_owned(),
    }
}

/// Whether runs of the same scripts are known, or no runs at all.
fn is_of_known_corpus(known: &[(i64, Series)], series: &Series) -> Result<(), Unfit> {
    if known.is_empty() || known.iter().any(|(_, known)| known.corpus == series.corpus) {
        return Ok(());
    }
    let words = |corpus: &str| match corpus {
        "embedded" => "the embedded suites".to_owned(),
        corpus => format!("`{corpus}`"),
    };
    let mut corpora: Vec<String> = known.iter().map(|(_, known)| words(&known.corpus)).collect();
    corpora.sort_unstable();
    corpora.dedup();
    Err(Unfit::OtherCorpus { found: words(&series.corpus), known: corpora.join(", ") })
}

/// The run that a new one takes the place of: a partial one that began at the same time and has no more tests.
fn replaced(known: &[Kept], new: &Prepared<'_>) -> Result<Option<RunId>, Unfit> {
    let started = &new.report.header.started;
    match known.iter().map(|kept| &kept.run).find(|run| run.started == *started) {
        None => Ok(None),
        Some(run) if run.partial.is_some() && run.tests <= new.lines.len() as u64 => {
            Ok(Some(run.id))
        }
        Some(run) => Err(Unfit::SameTime {
            engine: run.series.engine.clone(),
            started: run.started.clone(),
            run: run.id,
        }),
    }
}

/// Keeps a run without what changed, and gives the numbers of its tests.
fn insert(
    connection: &Connection,
    intern: &mut Intern<'_>,
    new: &Prepared<'_>,
    series: i64,
    digest: &Digest,
) -> Result<(RunId, Vec<Place>), Trouble> {
    let header = &new.report.header;
    let (roster, places) = intern.roster(&new.roster, new.lines.iter().copied())?;
    let selection = header.selection.as_ref().map(serde_json::to_string).transpose();
    let selection = selection.map_err(|error| Trouble::Damaged(error.to_string()))?;
    let duration = new.report.closing.as_ref().ok().map(|closing| closing.duration_ns as i64);
    connection.execute(
        "INSERT INTO run (series, started, night, engine, suites, selection, roster, tests, partial, digest, counts, \
         duration_ns, selected, setup, exception_lists) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, \
         ?13, ?14, ?15)",
        params![
            series,
            header.started,
            new.night,
            intern.engine(&header.engine)?,
            intern.suites(header)?,
            selection,
            roster,
            new.lines.len() as i64,
            new.partial,
            digest,
            intern.counts(&new.tallies)?,
            duration,
            header.selected as i64,
            intern.setup(header)?,
            header.exception_lists
        ],
    )?;
    Ok((connection.last_insert_rowid(), places))
}
