//! Numbers over time, and tests that change although nothing else does.
//!
//! In: which runs. Out: how many tests ended in which way in each, and the tests whose verdicts changed without a
//! reason that is known.

use super::changes::{Changed, by_nothing, links};
use super::coding::Place;
use super::lines::Lines;
use super::model::{About, Counted, Flaky, Which};
use super::runs::{Kept, tallies, which};
use super::trouble::Trouble;
use crate::diff::{State, state};
use rusqlite::Connection;
use std::collections::HashMap;

/// How many tests ended in which way in each run that had some of them.
pub(super) fn counts(
    connection: &Connection,
    wanted: &Which,
    about: About<'_>,
) -> Result<Vec<Counted>, Trouble> {
    let (about, name) = match about {
        About::All => ("all", ""),
        About::Suite(name) => ("suite", name),
        About::Proposal(name) => ("proposal", name),
    };
    let tallies = tallies(connection, about, name)?;
    let counted = |Kept { run, .. }: Kept| {
        tallies.get(&run.id).map(|tally| Counted {
            run: run.id,
            partial: run.partial.is_some(),
            series: run.series,
            night: run.night,
            started: run.started,
            version: run.version,
            tally: *tally,
        })
    };
    Ok(which(connection, wanted)?.into_iter().filter_map(counted).collect())
}

/// The tests that changed although nothing else did, those that did so most often first.
pub(super) fn flaky(connection: &Connection, wanted: &Which) -> Result<Vec<Flaky>, Trouble> {
    let mut rows: HashMap<i64, Vec<Changed>> = HashMap::new();
    for row in by_nothing(connection)? {
        rows.entry(row.run).or_default().push(row);
    }
    let (kept, mut lines) = (which(connection, wanted)?, Lines::new(connection)?);
    let mut found = Vec::new();
    for of_series in kept.chunk_by(|a, b| a.series == b.series) {
        // By where each test is in the run that is looked at, so that tests are followed where they move to.
        let mut flips: HashMap<Place, Flaky> = HashMap::new();
        for kept in of_series {
            let moved: Vec<_> = links(connection, kept.links)?
                .into_iter()
                .filter_map(|link| flips.remove(&link.from).map(|flaky| (link.to, flaky)))
                .collect();
            flips.extend(moved);
            for row in rows.get(&kept.run.id).into_iter().flatten() {
                let mut states = Vec::new();
                for verdict in [row.old, row.new].into_iter().flatten() {
                    states.push(state(&lines.line(row.place, verdict)?));
                }
                let night = kept.run.night.clone();
                let flaky = flips.entry(row.place).or_insert_with(|| Flaky {
                    series: kept.run.series.clone(),
                    id: String::new(),
                    flips: 0,
                    first: night.clone(),
                    last: night.clone(),
                    verdicts: Vec::new(),
                });
                flaky.id = lines.id(row.place)?;
                flaky.flips += 1;
                flaky.last = night;
                add_new(&mut flaky.verdicts, states);
            }
        }
        found.extend(flips.into_values());
    }
    found.sort_by(|a, b| b.flips.cmp(&a.flips).then(a.id.cmp(&b.id)).then(a.series.cmp(&b.series)));
    Ok(found)
}

fn add_new(known: &mut Vec<State>, states: Vec<State>) {
    for state in states {
        if !known.contains(&state) {
            known.push(state);
        }
    }
}
