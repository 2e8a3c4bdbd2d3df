//! What changed in a night.
//!
//! In: a night. Out: its runs, each with what changed against the one before, as `touchstone diff` says it, and the
//! engines that have none.

use super::changes::{links, of_run};
use super::lines::Lines;
use super::model::{Absent, Night, NightRun, Run};
use super::prepare::is_night;
use super::runs::{Kept, runs};
use super::trouble::Trouble;
use super::window::Window;
use crate::diff::{self, Change, Diff, Kind, Mover, Numbers, assemble, state};
use crate::report::json::Line;
use rusqlite::Connection;
use std::collections::{BTreeSet, HashMap};

/// What changed in a night; in the last one, where none is given. A failure that was seen in the `last` runs before
/// is known, and a test that changed in them although nothing else did is flaky.
pub(super) fn night(
    connection: &Connection,
    night: Option<&str>,
    last: usize,
) -> Result<Night, Trouble> {
    night.map(is_night).transpose()?;
    let all = runs(connection, None)?;
    let nights: BTreeSet<&str> = all.iter().map(|kept| kept.run.night.as_str()).collect();
    let night = match (night, nights.last()) {
        (_, None) => return Err(Trouble::NoRuns),
        (None, Some(last)) => *last,
        (Some(night), _) if nights.contains(night) => night,
        (Some(night), _) => return Err(Trouble::NoRun(format!("is of the night {night}"))),
    };
    let mut found = Night { night: night.to_owned(), runs: Vec::new(), absent: Vec::new() };
    let mut lines = Lines::new(connection)?;
    for of_series in all.chunk_by(|a, b| a.series == b.series) {
        let mut is_there = false;
        for (at, kept) in of_series.iter().enumerate().filter(|(_, kept)| kept.run.night == night) {
            is_there = true;
            let previous = at.checked_sub(1).map(|at| &of_series[at].run);
            let between = |run: &Run| {
                let from = nights.iter().filter(|night| **night > run.night.as_str());
                from.filter(|other| **other < night).count()
            };
            let (diff, flaky) = match previous {
                None => (None, BTreeSet::new()),
                Some(previous) => {
                    let (diff, flaky) =
                        changes(connection, &mut lines, of_series, at, previous, last)?;
                    (Some(diff), flaky)
                }
            };
            found.runs.push(NightRun {
                run: kept.run.clone(),
                previous: previous.map(|run| run.id),
                missed: previous.map_or(0, between),
                diff,
                flaky,
            });
        }
        let last = of_series.iter().rev().find(|kept| kept.run.night.as_str() < night);
        if let Some(last) = last.filter(|_| !is_there) {
            let since = nights.iter().filter(|other| **other > last.run.night.as_str());
            found.absent.push(Absent {
                series: last.run.series.clone(),
                last: last.in_short(""),
                nights: since.filter(|other| **other <= night).count(),
            });
        }
    }
    Ok(found)
}

/// What changed with a run, and which of these tests change although nothing else does.
fn changes(
    connection: &Connection,
    lines: &mut Lines<'_>,
    all: &[Kept],
    at: usize,
    previous: &Run,
    last: usize,
) -> Result<(Diff, BTreeSet<String>), Trouble> {
    let kept = &all[at];
    let mut was = HashMap::new();
    for link in links(connection, kept.links)? {
        was.insert(link.to, link.from);
    }
    let (mut found, mut fresh): (Vec<(Change, Line)>, u64) = (Vec::new(), 0);
    for row in of_run(connection, kept.run.id)? {
        let Some(kind) = row.kind else { continue };
        if kind == Kind::New {
            fresh += 1;
            continue;
        }
        let mut line_of = |verdict| lines.line(row.place, verdict);
        let (old, new) =
            (row.old.map(&mut line_of).transpose()?, row.new.map(&mut line_of).transpose()?);
        let Some(line) = new.clone().or(old.clone()) else { continue };
        let name = was.get(&row.place).map(|from| lines.id(*from)).transpose()?;
        let change = Change {
            kind,
            mover: row.mover.unwrap_or(Mover::Nothing),
            id: line.id.clone(),
            was: name.filter(|name| *name != line.id),
            old: old.as_ref().map(state),
            new: new.as_ref().map(state),
            known: None,
        };
        found.push((change, line));
    }
    let window = match found.is_empty() {
        true => Window::default(),
        false => Window::of(connection, lines, all, at, last)?,
    };
    let mut flaky = BTreeSet::new();
    for (change, line) in &mut found {
        if change.new.is_some() && change.kind != Kind::Vanished {
            change.known = window.seen.of(line);
        }
        let has_reason = change.mover != Mover::Nothing;
        let is_verdict = change.old.is_some() && change.new.is_some();
        if is_verdict && (!has_reason || window.is_flaky(line)) {
            flaky.insert(change.id.clone());
        }
    }
    let [compared, moved, edited, outside] = kept.numbers.unwrap_or_default();
    let numbers = Numbers { compared, moved, edited, outside, fresh };
    let changes = found.iter().map(|(change, line)| {
        let line = Some(line).filter(|_| change.new.is_some());
        (change.clone(), line)
    });
    Ok((assemble(in_diff(previous), in_diff(&kept.run), numbers, changes.collect()), flaky))
}

fn in_diff(run: &Run) -> diff::Run {
    diff::Run {
        engine: run.series.engine.clone(),
        version: run.version.clone(),
        flags: run.flags.clone(),
        harness: run.harness.clone(),
        exception_lists: run.exception_lists.clone(),
        started: run.started.clone(),
        tests: run.tests as usize,
        partial: run.partial.clone(),
        // A history has verdicts only.
        beside: None,
    }
}
