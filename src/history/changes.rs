//! What changed with a run, as it is kept.
//!
//! In: the number of a run. Out: its changes and links, to be read, written, or undone. Nothing here compares.

use super::coding::{Link, Place, Verdict, read_links};
use super::flat::Verdicts;
use super::intern::Intern;
use super::model::RunId;
use super::runs::{Kept, State, last_state};
use super::trouble::Trouble;
use crate::diff::{Kind, Mover};
use rusqlite::{Connection, Row, params};
use std::collections::HashMap;

/// A change of a test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Changed {
    pub(super) run: RunId,
    pub(super) place: Place,
    pub(super) kind: Option<Kind>,
    pub(super) mover: Option<Mover>,
    pub(super) old: Option<Verdict>,
    pub(super) new: Option<Verdict>,
    /// The last run before that had the test.
    pub(super) before: Option<RunId>,
}

const COLUMNS: &str = "SELECT c.run, c.place, k.word, m.word, c.old, c.new, c.before FROM change c \
                       LEFT JOIN word k ON k.id = c.kind LEFT JOIN word m ON m.id = c.mover";

fn changed(row: &Row<'_>) -> rusqlite::Result<Changed> {
    let (kind, mover): (Option<String>, Option<String>) = (row.get(2)?, row.get(3)?);
    Ok(Changed {
        run: row.get(0)?,
        place: row.get(1)?,
        kind: kind.and_then(|word| Kind::ALL.iter().copied().find(|kind| kind.word() == word)),
        mover: mover.and_then(|word| Mover::ALL.iter().copied().find(|mover| mover.word() == word)),
        old: row.get(4)?,
        new: row.get(5)?,
        before: row.get(6)?,
    })
}

/// What changed with a run.
pub(super) fn of_run(connection: &Connection, run: RunId) -> Result<Vec<Changed>, Trouble> {
    let mut query = connection.prepare_cached(&format!("{COLUMNS} WHERE c.run = ?1"))?;
    let rows = query.query_map((run,), changed)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What changed of a test, in all runs.
pub(super) fn of_place(connection: &Connection, place: Place) -> Result<Vec<Changed>, Trouble> {
    let mut query = connection.prepare_cached(&format!("{COLUMNS} WHERE c.place = ?1"))?;
    let rows = query.query_map((place,), changed)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What changed of any test although nothing else did.
pub(super) fn by_nothing(connection: &Connection) -> Result<Vec<Changed>, Trouble> {
    let mut query = connection.prepare_cached(&format!("{COLUMNS} WHERE m.word = ?1"))?;
    let rows = query.query_map((Mover::Nothing.word(),), changed)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Tests that have another name or place since a run.
pub(super) fn links(connection: &Connection, links: Option<i64>) -> Result<Vec<Link>, Trouble> {
    let Some(id) = links else { return Ok(Vec::new()) };
    let mut find = connection.prepare_cached("SELECT pairs FROM links WHERE id = ?1")?;
    let bytes: Vec<u8> = find
        .query_row((id,), |row| row.get(0))
        .map_err(|error| super::lines::lacks("a list of moved tests", error))?;
    Ok(read_links(&bytes)?)
}

/// Keeps what changed with a run, in place of what was kept before.
pub(super) fn write(
    connection: &Connection,
    intern: &mut Intern<'_>,
    run: RunId,
    rows: &[Changed],
) -> Result<(), Trouble> {
    connection.prepare_cached("DELETE FROM change WHERE run = ?1")?.execute((run,))?;
    let mut make =
        connection.prepare_cached("INSERT INTO change VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
    for row in rows {
        let kind = row.kind.map(|kind| intern.word(kind.word())).transpose()?;
        let mover = row.mover.map(|mover| intern.word(mover.word())).transpose()?;
        make.execute(params![run, row.place, kind, mover, row.old, row.new, row.before])?;
    }
    Ok(())
}

/// What was there after `runs[at]`, of all runs of one kind in the order in which they began; before the first one
/// nothing was.
pub(super) fn state_after(
    connection: &Connection,
    series: i64,
    runs: &[Kept],
    at: Option<usize>,
) -> Result<State, Trouble> {
    let Some(at) = at else { return Ok(State::new()) };
    let mut state = last_state(connection, series)?;
    for kept in runs[at + 1..].iter().rev() {
        undo(connection, &mut state, kept)?;
    }
    Ok(state)
}

/// Turns what was there after a run into what was there before it.
pub(super) fn undo(
    connection: &Connection,
    state: &mut impl Verdicts,
    kept: &Kept,
) -> Result<(), Trouble> {
    let rows = of_run(connection, kept.run.id)?;
    let mut rows: HashMap<Place, Changed> = rows.into_iter().map(|row| (row.place, row)).collect();
    let mut back = Vec::new();
    for link in links(connection, kept.links)? {
        let now = state.take(link.to);
        let then = rows.remove(&link.to).map_or(now, |row| row.old);
        let missing = || Trouble::Damaged("a test that moved is not there".into());
        back.push((link.from, then.ok_or_else(missing)?));
    }
    for (place, row) in rows {
        if row.new.is_some() {
            state.take(place);
        }
        back.extend(row.old.map(|old| (place, old)));
    }
    back.into_iter().for_each(|(place, verdict)| state.put(place, verdict));
    Ok(())
}
