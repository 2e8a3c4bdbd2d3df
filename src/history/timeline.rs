//! What became of a test, run by run.
//!
//! In: the name of a test. Out: for each kind of run what changed, since when the test fails, and by whose doing. A
//! test is followed where it moves to.

use super::changes::{Changed, links, of_place, state_after};
use super::coding::{Link, Place, Verdict};
use super::lines::Lines;
use super::model::{Failing, RunRef, Step, Timeline, Which};
use super::runs::{Kept, Rosters, are_known, runs};
use super::trouble::Trouble;
use crate::diff::{Mover, Stand, stand, state};
use rusqlite::Connection;
use std::collections::HashMap;

/// How many names are shown where none is meant.
const MOST: usize = 8;

/// What became of the test of a name, or of the only one with this text in its name.
pub(super) fn timelines(
    connection: &Connection,
    test: &str,
    which: &Which,
) -> Result<Vec<Timeline>, Trouble> {
    let places = named(connection, test)?;
    let all = runs(connection, None)?;
    are_known(&all, which)?;
    let mut lines = Lines::new(connection)?;
    let mut rosters = Rosters::new(connection);
    let mut found = Vec::new();
    for of_series in all.chunk_by(|a, b| a.series == b.series) {
        if !which.has_series(&of_series[0].run.series) {
            continue;
        }
        let mut moves = HashMap::new();
        for (at, kept) in of_series.iter().enumerate().filter(|(_, kept)| kept.links.is_some()) {
            moves.insert(at, links(connection, kept.links)?);
        }
        let track = Track { connection, runs: of_series, moves };
        if let Some(trace) = track.trace(&places, &mut rosters)? {
            found.push(track.timeline(&trace, &mut lines)?);
        }
    }
    match found.is_empty() {
        false => Ok(found),
        true => Err(Trouble::NoRun(format!("of those that were asked for has the test `{test}`"))),
    }
}

/// The tests that have a name, or the only one that has this text in its name.
fn named(connection: &Connection, test: &str) -> Result<Vec<Place>, Trouble> {
    let names = "SELECT place, whole FROM (SELECT p.id AS place, f.suite || '/' || f.path AS script, \
                 CASE WHEN substr(p.name, 1, 1) = '/' THEN substr(p.name, 2) \
                 ELSE f.suite || '/' || f.path || ':' || p.name END AS whole \
                 FROM place p JOIN file f ON f.id = p.file)";
    let find = |condition: &str, text: &str| -> Result<Vec<(Place, String)>, Trouble> {
        let mut query =
            connection.prepare_cached(&format!("{names} WHERE {condition} ORDER BY place"))?;
        let rows = query.query_map((text,), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    // Where the name tells the script, only tests of that are looked at.
    let script = match test.split_once(".wast:") {
        Some((script, _)) => find("script = ?1", &format!("{script}.wast"))?,
        None => Vec::new(),
    };
    let exact: Vec<Place> =
        script.iter().filter(|(_, id)| id == test).map(|(place, _)| *place).collect();
    if !exact.is_empty() {
        return Ok(exact);
    }
    let like = find("instr(whole, ?1) > 0", test)?;
    let mut ids: Vec<String> = like.iter().map(|(_, id)| id.clone()).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.iter().any(|id| id == test) {
        ids.retain(|id| id == test);
    }
    match &ids[..] {
        [one] => Ok(like.iter().filter(|(_, id)| id == one).map(|(place, _)| *place).collect()),
        _ => {
            ids.truncate(MOST);
            Err(Trouble::NoTest { name: test.to_owned(), nearest: ids })
        }
    }
}

/// The runs of one kind, with where tests moved in them.
struct Track<'a> {
    connection: &'a Connection,
    runs: &'a [Kept],
    moves: HashMap<usize, Vec<Link>>,
}

/// Where a test was in each run.
struct Trace {
    /// For each run the place of the test then, and whether the run had it.
    places: Vec<(Place, bool)>,
    /// Its verdict, where it is there after the last run.
    now: Option<Verdict>,
}

impl Track<'_> {
    /// Finds a test of which one form is known. Of several it is the one that is there, or was last.
    fn trace(&self, forms: &[Place], rosters: &mut Rosters<'_>) -> Result<Option<Trace>, Trouble> {
        let state = state_after(
            self.connection,
            self.runs[0].series,
            self.runs,
            self.runs.len().checked_sub(1),
        )?;
        let mut best: Option<(bool, usize, Place)> = None;
        for form in forms {
            for (at, kept) in self.runs.iter().enumerate().rev() {
                if rosters.of(kept)?.binary_search(form).is_ok() {
                    let last = self.forward(*form, at + 1);
                    let found = (state.contains_key(&last), at, last);
                    best = best.max(Some(found));
                    break;
                }
            }
        }
        let Some((_, _, last)) = best else { return Ok(None) };
        let mut places = vec![(last, false); self.runs.len()];
        let mut place = last;
        for (at, kept) in self.runs.iter().enumerate().rev() {
            places[at] = (place, rosters.of(kept)?.binary_search(&place).is_ok());
            let link = self.moves.get(&at).and_then(|links| links.iter().find(|l| l.to == place));
            place = link.map_or(place, |link| link.from);
        }
        Ok(Some(Trace { places, now: state.get(&last).copied() }))
    }

    /// Where a test is in the end that is at a place before a run.
    fn forward(&self, place: Place, from: usize) -> Place {
        (from..self.runs.len()).filter_map(|at| self.moves.get(&at)).fold(place, |place, links| {
            links.iter().find(|link| link.from == place).map_or(place, |link| link.to)
        })
    }

    /// The changes of a test, each with the position of its run.
    fn rows(&self, trace: &Trace) -> Result<Vec<(usize, Changed)>, Trouble> {
        let mut read: HashMap<Place, Vec<Changed>> = HashMap::new();
        let mut rows = Vec::new();
        for (at, (place, _)) in trace.places.iter().enumerate() {
            if !read.contains_key(place) {
                read.insert(*place, of_place(self.connection, *place)?);
            }
            let of_run = |row: &&Changed| row.run == self.runs[at].run.id;
            rows.extend(read[place].iter().find(of_run).map(|row| (at, row.clone())));
        }
        Ok(rows)
    }

    fn timeline(&self, trace: &Trace, lines: &mut Lines<'_>) -> Result<Timeline, Trouble> {
        let rows = self.rows(trace)?;
        // What it was before anything changed.
        let mut verdict = rows.first().map_or(trace.now, |(_, row)| row.old);
        let mut verdicts = vec![None; self.runs.len()];
        for (at, known) in verdicts.iter_mut().enumerate() {
            if let Some((_, row)) = rows.iter().find(|(of, _)| *of == at) {
                verdict = row.new;
            }
            *known = verdict.filter(|_| trace.places[at].1);
        }
        let last_place = trace.places.last().map(|(place, _)| *place).unwrap_or_default();
        let missing = || Trouble::Damaged("a test has no verdict in any run".into());
        let last_verdict = trace.now.or(rows.last().and_then(|(_, row)| row.old));
        let line = lines.line(last_place, last_verdict.ok_or_else(missing)?)?;
        let short = |at: usize| self.runs[at].in_short(&line.suite);
        let there: Vec<usize> = (0..self.runs.len()).filter(|at| verdicts[*at].is_some()).collect();
        let mut stands = HashMap::new();
        for at in &there {
            if let Some(verdict) = verdicts[*at] {
                stands.insert(*at, stand(&lines.verdict(verdict)?.outcome));
            }
        }
        let steps = self.steps(trace, &rows, lines, &line.suite)?;
        Ok(Timeline {
            series: self.runs[0].run.series.clone(),
            id: line.id.clone(),
            is_there: trace.now.is_some(),
            first: there.first().map(|at| short(*at)),
            last: there.last().map(|at| short(*at)),
            runs: there.len(),
            now: state(&line),
            fingerprint: line.fingerprint(),
            failing: trace.now.and_then(|_| failing(&there, &stands, &rows, short)),
            flips: rows.iter().filter(|(_, row)| row.mover == Some(Mover::Nothing)).count(),
            steps,
        })
    }

    fn steps(
        &self,
        trace: &Trace,
        rows: &[(usize, Changed)],
        lines: &mut Lines<'_>,
        suite: &str,
    ) -> Result<Vec<Step>, Trouble> {
        let mut steps = Vec::new();
        for (at, (place, _)) in trace.places.iter().enumerate() {
            let row = rows.iter().find(|(of, _)| *of == at).map(|(_, row)| row);
            let link = self.moves.get(&at).and_then(|links| links.iter().find(|l| l.to == *place));
            if row.is_none() && link.is_none() {
                continue;
            }
            let mut line_of = |verdict| lines.line(*place, verdict);
            let old = row.and_then(|row| row.old).map(&mut line_of).transpose()?;
            let new = row.and_then(|row| row.new).map(&mut line_of).transpose()?;
            let (is, was) = (lines.id(*place)?, link.map(|link| lines.id(link.from)).transpose()?);
            let by_id = |id: Option<i64>| self.runs.iter().find(|kept| Some(kept.run.id) == id);
            let before = by_id(row.and_then(|row| row.before));
            steps.push(Step {
                at: self.runs[at].in_short(suite),
                before: before.map(|kept| kept.in_short(suite)),
                kind: row.and_then(|row| row.kind),
                mover: row.and_then(|row| row.mover),
                was: was.filter(|was| *was != is),
                edited: link.is_some_and(|link| link.edited),
                fingerprint: new.as_ref().and_then(|line| line.fingerprint()),
                old: old.as_ref().map(state),
                new: new.as_ref().map(state),
            });
        }
        Ok(steps)
    }
}

/// Since when a test fails that does in the last run that had it.
fn failing(
    there: &[usize],
    stands: &HashMap<usize, Stand>,
    rows: &[(usize, Changed)],
    short: impl Fn(usize) -> RunRef,
) -> Option<Failing> {
    let is = |at: &usize, wanted: Stand| stands.get(at) == Some(&wanted);
    there.last().filter(|at| is(at, Stand::Failed))?;
    let good = there.iter().rposition(|at| is(at, Stand::Passed));
    let since = &there[good.map_or(0, |at| at + 1)..];
    let bad = *since.iter().find(|at| is(at, Stand::Failed))?;
    let row = rows.iter().find(|(at, _)| *at == bad).filter(|_| good.is_some());
    Some(Failing {
        first_bad: short(bad),
        last_good: good.map(|at| short(there[at])),
        mover: row.and_then(|(_, row)| row.mover),
    })
}
