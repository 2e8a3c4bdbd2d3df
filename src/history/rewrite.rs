//! Finds anew what changed with runs, from one on.
//!
//! In: the runs of one kind as they were, and as they are to be: with one more, or without one. Out: the changes of
//! the first run that differs, and of later ones as far as they are others then.

use super::changes::{state_after, write};
use super::coding::{Place, Verdict, write_verdicts};
use super::compare::{Comparing, Judged};
use super::intern::Intern;
use super::lines::{Lines, collect};
use super::prepare::Prepared;
use super::runs::{Kept, Rosters, State};
use super::trouble::Trouble;
use rusqlite::{Connection, params};
use std::collections::HashMap;

/// Writes what changed with the runs from `new[at]` on. Before that `old` and `new` are the same. Where a run was
/// added, it is `new[at]`, with its report and the numbers of its tests.
pub(super) fn rewrite(
    connection: &Connection,
    intern: &mut Intern<'_>,
    old: &[Kept],
    new: &[Kept],
    at: usize,
    added: Option<(&Prepared<'_>, &[Place])>,
) -> Result<(), Trouble> {
    let Some(series) = old.first().or(new.first()).map(|kept| kept.series) else { return Ok(()) };
    let mut comparing = Comparing {
        lines: Lines::new(connection)?,
        rosters: Rosters::new(connection),
        same: collect(connection, "SELECT id, same FROM verdict", |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?,
    };
    let mut state = state_after(connection, series, old, at.checked_sub(1))?;
    for (n, kept) in new.iter().enumerate().skip(at) {
        let added = added.filter(|_| n == at);
        let was = old.iter().position(|was| was.run.id == kept.run.id);
        let (tests, as_before) = match added {
            Some((report, places)) => {
                (judge(intern, report, places, &state, &mut comparing.same)?, None)
            }
            None => {
                let after = state_after(connection, series, old, was)?;
                (kept_verdicts(&comparing.rosters.of(kept)?, &after)?, Some(after))
            }
        };
        let judged = Judged {
            run: kept.run.id,
            header: kept.header(),
            is_partial: kept.run.partial.is_some(),
            tests,
        };
        let compared = comparing.compare(&state, &new[..n], &judged)?;
        write(connection, intern, kept.run.id, &compared.rows)?;
        let [a, b, c, d] = match compared.numbers {
            Some(numbers) => numbers.map(|number| Some(number as i64)),
            None => [None; 4],
        };
        connection
            .prepare_cached(
                "UPDATE run SET links = ?2, compared = ?3, moved = ?4, edited = ?5, outside = ?6 WHERE id = ?1",
            )?
            .execute(params![kept.run.id, intern.links(&compared.links)?, a, b, c, d])?;
        state = compared.after;
        // Whatever comes after a run that has all tests knows nothing of what was before it.
        let has_all = state.len() == comparing.rosters.of(kept)?.len();
        if has_all && as_before.is_some_and(|as_before| as_before == state) {
            return Ok(());
        }
    }
    let bytes = write_verdicts(&state.into_iter().collect::<Vec<_>>());
    let mut set =
        connection.prepare_cached("UPDATE series SET state = ?2 WHERE id = ?1 AND state <> ?2")?;
    set.execute(params![series, bytes])?;
    Ok(())
}

/// The verdicts of a run that is added. One that is no change is the one that the test has already.
fn judge(
    intern: &mut Intern<'_>,
    new: &Prepared<'_>,
    places: &[Place],
    state: &State,
    same: &mut HashMap<Verdict, i64>,
) -> Result<Vec<(Place, Verdict)>, Trouble> {
    let mut of_same: HashMap<i64, Verdict> = HashMap::new();
    let mut tests = Vec::with_capacity(places.len());
    for ((line, shared), place) in new.lines.iter().zip(&new.same).zip(places) {
        let was = state.get(place).filter(|was| same.get(was) == Some(shared));
        let verdict = match was {
            Some(was) => *was,
            // Of what passes nothing is kept but that.
            None if line.outcome == "pass" && of_same.contains_key(shared) => of_same[shared],
            None => {
                let verdict = intern.verdict(line, *shared)?;
                same.insert(verdict, *shared);
                of_same.insert(*shared, verdict);
                verdict
            }
        };
        tests.push((*place, verdict));
    }
    tests.sort_unstable();
    Ok(tests)
}

/// The verdicts of a run that is kept, of what was there after it.
pub(super) fn kept_verdicts(
    roster: &[Place],
    after: &State,
) -> Result<Vec<(Place, Verdict)>, Trouble> {
    let of = |place: &Place| after.get(place).map(|verdict| (*place, *verdict));
    let tests: Option<Vec<_>> = roster.iter().map(of).collect();
    tests.ok_or_else(|| Trouble::Damaged("a test of a run has no verdict".into()))
}
