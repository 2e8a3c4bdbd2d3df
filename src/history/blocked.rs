//! Names what a blocked test waits for as the run names it.
//!
//! In: the lines of a run, as they are kept, in which a verdict says by which test another one is blocked. Out: the same,
//! with the names that these tests have in that run: a verdict is kept as it was when it was first seen, and scripts may
//! have been renamed, and lines moved, since. Nothing here knows of outcomes.

use super::changes::links;
use super::coding::{Link, Place};
use super::lines::Lines;
use super::runs::{Kept, Rosters};
use super::trouble::Trouble;
use crate::report::json::Line;
use rusqlite::Connection;
use std::collections::{HashMap, HashSet};

/// Gives the blocked tests among `tests`, all those of `runs[at]`, the names by which that run calls what they wait for.
/// A name of a test that cannot be found stays.
pub(super) fn rename(
    connection: &Connection,
    lines: &Lines<'_>,
    rosters: &mut Rosters<'_>,
    runs: &[Kept],
    at: usize,
    tests: &mut [Line],
) -> Result<(), Trouble> {
    let ids: HashSet<&str> = tests.iter().map(|line| line.id.as_str()).collect();
    let unknown = tests.iter().filter_map(|line| line.blocked_by.clone());
    let unknown: HashSet<String> = unknown.filter(|by| !ids.contains(by.as_str())).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    let moves = runs.iter().map(|kept| links(connection, kept.links));
    let moves: Vec<Vec<Link>> = moves.collect::<Result<_, _>>()?;
    let mut names = HashMap::new();
    for was in unknown {
        if let Some(place) = found(lines, rosters, runs, &moves, at, &was)? {
            names.insert(was, lines.id(place)?);
        }
    }
    for line in tests {
        if let Some(is) = line.blocked_by.as_ref().and_then(|by| names.get(by)) {
            line.blocked_by = Some(is.clone());
        }
    }
    Ok(())
}

/// Where a test is in `runs[at]` that has a name in another run: in the nearest one before it, or else after it.
fn found(
    lines: &Lines<'_>,
    rosters: &mut Rosters<'_>,
    runs: &[Kept],
    moves: &[Vec<Link>],
    at: usize,
    name: &str,
) -> Result<Option<Place>, Trouble> {
    let forms = lines.named(name)?;
    if forms.is_empty() {
        return Ok(None);
    }
    for from in (0..at).rev().chain(at + 1..runs.len()) {
        let roster = rosters.of(&runs[from])?;
        for form in forms.iter().filter(|form| roster.binary_search(form).is_ok()) {
            let step = |place: Place, links: &Vec<Link>| match from < at {
                true => links.iter().find(|link| link.from == place).map_or(place, |link| link.to),
                false => links.iter().find(|link| link.to == place).map_or(place, |link| link.from),
            };
            let place = match from < at {
                true => moves[from + 1..=at].iter().fold(*form, step),
                false => moves[at + 1..=from].iter().rev().fold(*form, step),
            };
            if rosters.of(&runs[at])?.binary_search(&place).is_ok() {
                return Ok(Some(place));
            }
        }
    }
    Ok(None)
}
