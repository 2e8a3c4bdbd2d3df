//! Takes old runs out of a history, and what nothing refers to any more.
//!
//! In: which runs. Out: a history that tells of the others what it told before; of a change against a run that is
//! gone it tells nothing. The caller begins and ends the transaction.

use super::add::remove;
use super::coding::{Place, Verdict, read_links, read_places, read_verdicts};
use super::lines::collect;
use super::model::RunId;
use super::prepare::is_night;
use super::runs::runs;
use super::trouble::Trouble;
use rusqlite::Connection;
use std::collections::HashSet;

/// Which runs are to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Prune {
    /// Those of nights before this one, such as `2026-01-31`.
    Before(String),
    /// All but so many of the last ones of each kind.
    Keep(usize),
    /// This one.
    Run(RunId),
}

/// The runs that would go.
pub(super) fn doomed(connection: &Connection, what: &Prune) -> Result<Vec<RunId>, Trouble> {
    if let Prune::Before(night) = what {
        is_night(night)?;
    }
    let all = runs(connection, None)?;
    let mut doomed = Vec::new();
    for of_series in all.chunk_by(|a, b| a.series == b.series) {
        for (at, kept) in of_series.iter().enumerate() {
            let goes = match what {
                Prune::Before(night) => kept.run.night < *night,
                Prune::Keep(last) => at + last < of_series.len(),
                Prune::Run(run) => kept.run.id == *run,
            };
            doomed.extend(goes.then_some(kept.run.id));
        }
    }
    match (what, doomed.is_empty()) {
        (Prune::Run(run), true) => Err(Trouble::NoRun(format!("has the number {run}"))),
        _ => Ok(doomed),
    }
}

/// Takes runs out, and gives how many changes went with them.
pub(super) fn prune(connection: &Connection, doomed: &[RunId]) -> Result<u64, Trouble> {
    let count = || -> Result<i64, Trouble> {
        Ok(connection.query_row("SELECT count(*) FROM change", [], |row| row.get(0))?)
    };
    let before = count()?;
    let all = runs(connection, None)?;
    for of_series in all.chunk_by(|a, b| a.series == b.series) {
        let goes = |id: &RunId| doomed.contains(id);
        let old = of_series.iter().take_while(|kept| goes(&kept.run.id)).count();
        // Changes lead back in time, so nothing that is kept rests on the oldest runs.
        for kept in &of_series[..old] {
            connection.execute("DELETE FROM change WHERE run = ?1", (kept.run.id,))?;
            connection.execute("DELETE FROM run WHERE id = ?1", (kept.run.id,))?;
        }
        if let Some(first) = of_series.get(old).filter(|_| old > 0) {
            connection.execute("DELETE FROM change WHERE run = ?1", (first.run.id,))?;
            let clear = "UPDATE run SET links = NULL, compared = NULL, moved = NULL, edited = NULL, outside = NULL \
                         WHERE id = ?1";
            connection.execute(clear, (first.run.id,))?;
        }
        for kept in of_series[old..].iter().filter(|kept| goes(&kept.run.id)) {
            remove(connection, kept.series, kept.run.id)?;
        }
    }
    sweep(connection)?;
    Ok((before - count()?).max(0) as u64)
}

/// Takes out what nothing refers to.
fn sweep(connection: &Connection) -> Result<(), Trouble> {
    connection.execute_batch(
        "DELETE FROM series WHERE id NOT IN (SELECT series FROM run);
         DELETE FROM roster WHERE id NOT IN (SELECT roster FROM run);
         DELETE FROM links WHERE id NOT IN (SELECT links FROM run WHERE links IS NOT NULL);
         DELETE FROM tally WHERE counts NOT IN (SELECT counts FROM run);
         DELETE FROM counts WHERE id NOT IN (SELECT counts FROM run);
         DELETE FROM setup WHERE id NOT IN (SELECT setup FROM run WHERE setup IS NOT NULL);
         DELETE FROM engine WHERE id NOT IN (SELECT engine FROM run);
         DELETE FROM suites WHERE id NOT IN (SELECT suites FROM run);",
    )?;
    let (places, verdicts) = used(connection)?;
    for (table, used) in [("verdict", verdicts), ("place", places)] {
        let all: Vec<u32> =
            collect(connection, &format!("SELECT id FROM {table}"), |row| row.get(0))?;
        let mut delete = connection.prepare(&format!("DELETE FROM {table} WHERE id = ?1"))?;
        for id in all.iter().filter(|id| !used.contains(id)) {
            delete.execute((id,))?;
        }
    }
    connection.execute_batch(
        "DELETE FROM proposals WHERE id NOT IN (SELECT proposals FROM place);
         DELETE FROM file WHERE id NOT IN (SELECT file FROM place);",
    )?;
    Ok(())
}

/// The tests and verdicts that something refers to.
fn used(connection: &Connection) -> Result<(HashSet<Place>, HashSet<Verdict>), Trouble> {
    let bytes =
        |sql: &str| -> Result<Vec<Vec<u8>>, Trouble> { collect(connection, sql, |row| row.get(0)) };
    let (mut places, mut verdicts) = (HashSet::new(), HashSet::new());
    for list in bytes("SELECT places FROM roster")? {
        places.extend(read_places(&list)?);
    }
    for list in bytes("SELECT pairs FROM links")? {
        places.extend(read_links(&list)?.iter().flat_map(|link| [link.from, link.to]));
    }
    for list in bytes("SELECT state FROM series")? {
        for (place, verdict) in read_verdicts(&list)? {
            places.insert(place);
            verdicts.insert(verdict);
        }
    }
    let mut query = connection.prepare("SELECT place, old, new FROM change")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        places.insert(row.get(0)?);
        verdicts.extend([row.get::<_, Option<u32>>(1)?, row.get(2)?].into_iter().flatten());
    }
    Ok((places, verdicts))
}
