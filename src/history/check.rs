//! Looks for damage in a history.
//!
//! In: a history. Out: nothing, or the first thing in it that cannot be: SQLite's own checks, and for each run
//! whether what is kept of its tests gives the numbers that were counted when it was added.

use super::changes::{of_run, undo};
use super::coding::{Place, Verdict};
use super::digest::{
    self, Digest, counts_digest, digest_in, roster_digest, run_digest, same, verdict_digest,
};
use super::flat::{Flat, MOST};
use super::lines::{Lines, collect};
use super::runs::{Kept, last_state, places, runs, tallies_of};
use super::trouble::Trouble;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Checks everything, and gives how many runs there are.
pub(super) fn check(connection: &Connection) -> Result<usize, Trouble> {
    let said: Vec<String> = collect(connection, "PRAGMA integrity_check(1)", |row| row.get(0))?;
    if let Some(said) = said.iter().find(|said| *said != "ok") {
        return Err(Trouble::Damaged(said.replace(char::is_control, " ")));
    }
    let dangling: Vec<String> = collect(connection, "PRAGMA foreign_key_check", |row| row.get(0))?;
    if let Some(table) = dangling.first() {
        return Err(Trouble::Damaged(format!("a row of `{table}` speaks of one that is missing")));
    }
    digests(connection)?;
    let all = runs(connection, None)?;
    let verdicts = Judgements::new(connection)?;
    let last: Option<Place> =
        connection.query_row("SELECT max(id) FROM place", [], |row| row.get(0))?;
    for of_series in all.chunk_by(|a, b| a.series == b.series) {
        let mut kinds = Vec::new();
        // What was there after the run that is looked at: each run is undone once, from the last one back.
        let state = last_state(connection, of_series[0].series)?;
        let mut state = Flat::new(last.unwrap_or_default(), state)?;
        for (at, kept) in of_series.iter().enumerate().rev() {
            if let Some(next) = of_series.get(at + 1) {
                undo(connection, &mut state, next)?;
            }
            // A run is like the one after it, where nothing changed with that.
            if at + 1 == of_series.len() || !is_quiet(connection, kept, &of_series[at + 1])? {
                let places = places(connection, kept.roster)?;
                agree(kept, &verdicts.of(&places, &state, &mut kinds)?)?;
            }
            numbers(connection, kept)?;
            let sql = "SELECT r.digest, o.digest FROM run r JOIN roster o ON o.id = r.roster WHERE r.id = ?1";
            let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
            let (digest, roster): (Digest, Digest) =
                connection.query_row(sql, (kept.run.id,), row)?;
            let plain = run_digest(&kept.header(), kept.run.partial.as_deref(), &roster, &kinds);
            if digest != plain && digest != digest_in(&kept.run.series.corpus, &plain) {
                return Err(Trouble::Damaged(format!(
                    "run {} is not as it was written",
                    kept.run.id
                )));
            }
        }
    }
    Ok(all.len())
}

/// What each verdict says, by its number.
struct Judgements {
    outcomes: Vec<String>,
    /// The position of its outcome, and the number that it shares with those that are no change.
    all: Vec<Option<(usize, i64)>>,
}

impl Judgements {
    fn new(connection: &Connection) -> Result<Judgements, Trouble> {
        let rows: Vec<(Verdict, String, i64)> =
            collect(connection, "SELECT id, outcome, same FROM verdict ORDER BY id", |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?;
        // Numbers are given one after another; where some were taken out, others take their place.
        let (mut outcomes, mut all): (Vec<String>, Vec<_>) = (Vec::new(), Vec::new());
        for (id, outcome, same) in rows {
            let known = outcomes.iter().position(|known| *known == outcome);
            let outcome = known.unwrap_or_else(|| {
                outcomes.push(outcome);
                outcomes.len() - 1
            });
            if id as usize >= MOST {
                return Err(Trouble::Damaged(format!("a verdict has the number {id}")));
            }
            all.resize(id as usize, None);
            all.push(Some((outcome, same)));
        }
        Ok(Judgements { outcomes, all })
    }

    /// How many of some tests have each outcome; `kinds` gets, in the same order, what tells changes.
    fn of(
        &self,
        places: &[Place],
        state: &Flat,
        kinds: &mut Vec<i64>,
    ) -> Result<BTreeMap<&str, u64>, Trouble> {
        let mut counted = vec![0; self.outcomes.len()];
        kinds.clear();
        for place in places {
            let unjudged = || Trouble::Damaged("a test of a run has no verdict".into());
            let missing = || Trouble::Damaged("a verdict is missing".into());
            let verdict = state.of(*place).ok_or_else(unjudged)?;
            let (outcome, same) =
                self.all.get(verdict as usize).copied().flatten().ok_or_else(missing)?;
            counted[outcome] += 1;
            kinds.push(same);
        }
        let words = self.outcomes.iter().map(String::as_str);
        Ok(words.zip(counted).filter(|(_, count)| *count > 0).collect())
    }
}

/// Checks the digests of what is kept once.
fn digests(connection: &Connection) -> Result<(), Trouble> {
    let altered = |what: &str| Trouble::Damaged(format!("{what} is not as it was written"));
    let mut lines = Lines::new(connection)?;
    let verdicts: Vec<(Verdict, Digest)> =
        collect(connection, "SELECT id, digest FROM verdict", |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    for (id, digest) in verdicts {
        let line = lines.verdict(id)?;
        let shared = "SELECT same FROM verdict WHERE id = ?1";
        let shared: i64 = connection.query_row(shared, (id,), |row| row.get(0))?;
        if verdict_digest(line) != digest || same(line) != shared {
            return Err(altered("a verdict"));
        }
    }
    let rosters: Vec<(i64, Digest)> =
        collect(connection, "SELECT id, digest FROM roster", |row| Ok((row.get(0)?, row.get(1)?)))?;
    for (id, digest) in rosters {
        let tests = places(connection, id)?.into_iter().map(|place| lines.unjudged(place));
        let tests = tests.collect::<Result<Vec<_>, _>>()?;
        if roster_digest(tests.iter()) != digest {
            return Err(altered("a list of tests"));
        }
    }
    let links: Vec<(Digest, Vec<u8>)> =
        collect(connection, "SELECT digest, pairs FROM links", |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    match links.iter().all(|(digest, pairs)| digest::digest(pairs) == *digest) {
        true => Ok(()),
        false => Err(altered("a list of moved tests")),
    }
}

/// Checks the digests of numbers of a run.
fn numbers(connection: &Connection, kept: &Kept) -> Result<(), Trouble> {
    let mut all = vec![("all", String::new(), kept.run.totals)];
    for about in ["suite", "proposal"] {
        let tallies = tallies_of(connection, kept.run.id, about)?;
        all.extend(tallies.into_iter().map(|(name, tally)| (about, name, tally)));
    }
    let digest = counts_digest(all.iter().map(|(about, name, tally)| (*about, &**name, tally)));
    let sql = "SELECT c.digest FROM run r JOIN counts c ON c.id = r.counts WHERE r.id = ?1";
    let is: Digest = connection.query_row(sql, (kept.run.id,), |row| row.get(0))?;
    match is == digest {
        true => Ok(()),
        false => Err(Trouble::Damaged(format!(
            "numbers of run {} are not as they were written",
            kept.run.id
        ))),
    }
}

/// Whether nothing changed from one run to the next.
fn is_quiet(connection: &Connection, kept: &Kept, next: &Kept) -> Result<bool, Trouble> {
    Ok(next.links.is_none()
        && kept.roster == next.roster
        && of_run(connection, next.run.id)?.is_empty())
}

fn agree(kept: &Kept, counted: &BTreeMap<&str, u64>) -> Result<(), Trouble> {
    let tally = &kept.run.totals;
    let claimed = [
        ("pass", tally.pass),
        ("fail", tally.fail),
        ("xfail", tally.xfail),
        ("xpass", tally.xpass),
        ("blocked", tally.blocked),
        ("unsupported", tally.unsupported),
        ("skip", tally.skip),
        ("crash", tally.crash),
        ("timeout", tally.timeout),
        ("error", tally.error),
    ];
    let number = |outcome: &str| counted.get(outcome).copied().unwrap_or_default();
    match claimed.iter().find(|(outcome, claimed)| number(outcome) != *claimed) {
        None => Ok(()),
        Some((outcome, claimed)) => Err(Trouble::Damaged(format!(
            "run {} had {claimed} times `{outcome}`, and what is kept of it says {}",
            kept.run.id,
            number(outcome)
        ))),
    }
}
