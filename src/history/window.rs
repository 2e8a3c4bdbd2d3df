//! What was seen in the runs before one: failures, and tests that change although nothing else does.
//!
//! In: the runs of one kind, and how many of them count. Out: their failures by fingerprint, and the tests whose
//! verdicts changed for no reason that is known.

use super::changes::{Changed, of_run, state_after};
use super::coding::{Place, Verdict};
use super::lines::{Lines, collect};
use super::runs::Kept;
use super::trouble::Trouble;
use crate::diff::Mover;
use crate::diff::seen::{Seen, content};
use crate::report::json::Line;
use rusqlite::Connection;
use std::collections::HashSet;

/// What was seen.
#[derive(Debug, Default)]
pub(super) struct Window {
    pub(super) seen: Seen,
    /// Suites and contents of tests.
    flips: HashSet<(String, String)>,
}

impl Window {
    /// Looks at the last runs of `past`, all runs of one kind before some run; `all` are these and those after.
    pub(super) fn of(
        connection: &Connection,
        lines: &mut Lines<'_>,
        all: &[Kept],
        past: usize,
        last: usize,
    ) -> Result<Window, Trouble> {
        let mut window = Window::default();
        let first = past.saturating_sub(last);
        let Some(end) = all[first..past].last() else { return Ok(window) };
        let failures: HashSet<Verdict> =
            collect(connection, "SELECT id FROM verdict WHERE fingerprint IS NOT NULL", |row| {
                row.get(0)
            })?;
        let mut see = |place: Place, verdict: Option<Verdict>, started: &str| match verdict {
            Some(verdict) if failures.contains(&verdict) => {
                let line = lines.line(place, verdict)?;
                window.seen.add(started, &line);
                Ok::<(), Trouble>(())
            }
            _ => Ok(()),
        };
        for (place, verdict) in state_after(connection, end.series, all, Some(past - 1))? {
            see(place, Some(verdict), &end.run.started)?;
        }
        let mut flips: Vec<Changed> = Vec::new();
        for kept in &all[first..past] {
            for row in of_run(connection, kept.run.id)? {
                see(row.place, row.new, &kept.run.started)?;
                let before = all[first..past].iter().find(|kept| Some(kept.run.id) == row.before);
                if let Some(before) = before {
                    see(row.place, row.old, &before.run.started)?;
                }
                flips.extend(Some(row).filter(|row| row.mover == Some(Mover::Nothing)));
            }
        }
        for row in flips {
            if let Some(verdict) = row.new.or(row.old) {
                let line = lines.line(row.place, verdict)?;
                let (suite, content) = content(&line);
                window.flips.insert((suite.to_owned(), content.to_owned()));
            }
        }
        Ok(window)
    }

    /// Whether a test changed although nothing else did.
    pub(super) fn is_flaky(&self, line: &Line) -> bool {
        let (suite, content) = content(line);
        self.flips.contains(&(suite.to_owned(), content.to_owned()))
    }
}
