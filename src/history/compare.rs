//! What changed with a run: `touchstone diff`, with what is kept as the earlier run.
//!
//! In: what was there before, and the verdicts of a run. Out: changes, moved tests, and what is there now. Only
//! lines that may matter are made again for [`diff_from`], which tells what a change is.

use super::changes::Changed;
use super::coding::{Link, Place, Verdict};
use super::lines::Lines;
use super::model::RunId;
use super::runs::{Kept, Rosters, State};
use super::trouble::{Trouble, Unfit};
use crate::diff::seen::Seen;
use crate::diff::{Diff, Kind, Mover, diff_from};
use crate::report::json::{Closing, Header, Line, Partial, Report};
use crate::report::totals::Tally;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The verdicts of a run.
pub(super) struct Judged {
    pub(super) run: RunId,
    pub(super) header: Header,
    pub(super) is_partial: bool,
    /// Its tests, by number.
    pub(super) tests: Vec<(Place, Verdict)>,
}

/// What changed.
pub(super) struct Compared {
    pub(super) rows: Vec<Changed>,
    pub(super) links: Vec<Link>,
    /// What is there now.
    pub(super) after: State,
    /// How many tests were compared, moved, edited and outside; none in the first run.
    pub(super) numbers: Option<[u64; 4]>,
}

/// What is at hand for comparisons within one change of a history.
pub(super) struct Comparing<'c> {
    pub(super) lines: Lines<'c>,
    pub(super) rosters: Rosters<'c>,
    /// For each verdict the number that it shares with those that are no change.
    pub(super) same: HashMap<Verdict, i64>,
}

impl Comparing<'_> {
    /// Whether one verdict after another is no change.
    fn is_same(&self, one: Verdict, other: Verdict) -> bool {
        one == other || self.same.get(&one).is_some_and(|same| self.same.get(&other) == Some(same))
    }

    /// Compares a run with what was there after `past`, all runs of its kind before it.
    pub(super) fn compare(
        &mut self,
        before: &State,
        past: &[Kept],
        new: &Judged,
    ) -> Result<Compared, Trouble> {
        let Some(last) = past.last() else {
            let after = new.tests.iter().copied().collect();
            return Ok(Compared { rows: Vec::new(), links: Vec::new(), after, numbers: None });
        };
        let pair = Pair::of(self, before, new);
        let old = self.report(old_header(&last.header(), &new.header), true, &pair.old)?;
        let now = self.report(new.header.clone(), new.is_partial, &pair.new)?;
        // Most were in the last run; for the others it is looked where they were.
        let mut others: HashMap<&str, &Kept> = HashMap::new();
        let roster = self.rosters.of(last)?;
        for ((place, _), line) in pair.old.iter().zip(&old.lines) {
            if roster.binary_search(place).is_err()
                && let Some(kept) = self.rosters.last_with(past, *place)?
            {
                others.insert(&line.id, kept);
            }
        }
        let headers: HashMap<RunId, Header> =
            others.values().map(|kept| (kept.run.id, kept.header())).collect();
        let judged = |line: &Line| match others.get(line.id.as_str()) {
            Some(kept) => &headers[&kept.run.id],
            None => &old.header,
        };
        let (diff, same) = diff_from(&old, judged, &now, &Seen::default());
        if diff.compared + pair.untouched == 0 && is_foreign(&old, &now) {
            return Err(Trouble::Unfit(Unfit::NothingInCommon {
                tests: new.tests.len(),
                known: before.len(),
                engine: new.header.engine.name.clone(),
            }));
        }
        let told = Told::of(&diff);
        let mut found = Compared {
            rows: Vec::new(),
            links: Vec::new(),
            after: before.clone(),
            numbers: Some([diff.compared + pair.untouched, diff.moved, diff.edited, diff.outside]),
        };
        let row = |place: Place, old: Option<Verdict>, new: Option<Verdict>| Changed {
            run: 0,
            place,
            kind: None,
            mover: None,
            old,
            new,
            before: None,
        };
        let run_of = |line: &Line| others.get(line.id.as_str()).unwrap_or(&last).run.id;
        let mut is_old = vec![false; now.lines.len()];
        let mut entered = Vec::new();
        for (((place, verdict), line), same) in pair.old.iter().zip(&old.lines).zip(&same) {
            let Some(same) = same else {
                if told.vanished.contains(line.id.as_str()) {
                    found.after.remove(place);
                    found.rows.push(Changed {
                        kind: Some(Kind::Vanished),
                        mover: Some(Mover::Suite),
                        before: Some(run_of(line)),
                        ..row(*place, Some(*verdict), None)
                    });
                }
                continue;
            };
            is_old[same.at] = true;
            let (to, verdict_now) = pair.new[same.at];
            found.after.remove(place);
            if to != *place {
                found.links.push(Link { from: *place, to, edited: same.edited });
            }
            if self.is_same(*verdict, verdict_now) {
                entered.push((to, *verdict));
                continue;
            }
            entered.push((to, verdict_now));
            let what = told.changed.get(now.lines[same.at].id.as_str());
            found.rows.push(Changed {
                kind: what.map(|(kind, _)| *kind),
                mover: what.map(|(_, mover)| *mover),
                before: Some(run_of(line)),
                ..row(to, Some(*verdict), Some(verdict_now))
            });
        }
        for ((place, verdict), line) in
            pair.new.iter().zip(&now.lines).zip(&is_old).filter(|(_, old)| !**old).map(|(n, _)| n)
        {
            let fails = told.changed.contains_key(line.id.as_str());
            found.rows.push(Changed {
                kind: Some(if fails { Kind::NewFailure } else { Kind::New }),
                mover: Some(Mover::Suite),
                ..row(*place, None, Some(*verdict))
            });
            entered.push((*place, *verdict));
        }
        found.after.extend(entered);
        found.rows.iter_mut().for_each(|row| row.run = new.run);
        found.links.sort_unstable_by_key(|link| link.to);
        Ok(found)
    }

    /// A report that has some tests, with their verdicts.
    pub(super) fn report(
        &mut self,
        header: Header,
        is_partial: bool,
        tests: &[(Place, Verdict)],
    ) -> Result<Report, Trouble> {
        let lines = tests.iter().map(|(place, verdict)| self.lines.line(*place, *verdict));
        let lines = lines.collect::<Result<Vec<_>, _>>()?;
        let closing = match is_partial {
            true => Err(Partial::NoClosing(lines.len())),
            false => Ok(Closing {
                totals: Tally::default(),
                suites: BTreeMap::new(),
                proposals: BTreeMap::new(),
                baseline: None,
                duration_ns: 0,
            }),
        };
        Ok(Report { header, lines, closing })
    }
}

/// The header of what is known before a run: scripts may be elsewhere on the disk, which is no other corpus here.
fn old_header(old: &Header, new: &Header) -> Header {
    let mut header = old.clone();
    if let (Some(old), Some(new)) = (&mut header.selection, &new.selection) {
        old.paths.clone_from(&new.paths);
    }
    header
}

/// Whether a run selected tests that are known, and has none of them.
fn is_foreign(old: &Report, new: &Report) -> bool {
    let selects = |line: &Line| {
        let selection = new.header.selection.as_ref();
        selection.is_none_or(|scope| scope.selects(&line.suite, &line.id, &line.proposals, None))
    };
    old.lines.iter().any(selects)
}

/// The tests that have to be looked at.
struct Pair {
    old: Vec<(Place, Verdict)>,
    new: Vec<(Place, Verdict)>,
    /// How many tests need not: they are where they were, with the verdict that they had.
    untouched: u64,
}

impl Pair {
    /// Where all tests of a run were there before, each is the same as itself, and those with the verdict that they
    /// had are left out: of tests with equal content, those with the same name are the same. Otherwise tests may
    /// have moved, and all are looked at.
    fn of(comparing: &Comparing<'_>, before: &State, new: &Judged) -> Pair {
        if new.tests.iter().any(|(place, _)| !before.contains_key(place)) {
            let old = before.iter().map(|(place, verdict)| (*place, *verdict)).collect();
            return Pair { old, new: new.tests.clone(), untouched: 0 };
        }
        let (mut old, mut now, mut untouched) = (Vec::new(), Vec::new(), 0);
        let mut tests = new.tests.iter().peekable();
        for (place, verdict) in before {
            match tests.next_if(|(there, _)| there == place) {
                None => old.push((*place, *verdict)),
                Some((_, verdict_now)) if comparing.is_same(*verdict, *verdict_now) => {
                    untouched += 1
                }
                Some(test) => {
                    old.push((*place, *verdict));
                    now.push(*test);
                }
            }
        }
        Pair { old, new: now, untouched }
    }
}

/// What a comparison says, by the names of tests.
#[derive(Default)]
struct Told<'d> {
    vanished: HashSet<&'d str>,
    changed: HashMap<&'d str, (Kind, Mover)>,
}

impl<'d> Told<'d> {
    fn of(diff: &'d Diff) -> Told<'d> {
        let mut told = Told::default();
        for change in &diff.changes {
            if change.kind == Kind::Vanished {
                told.vanished.insert(&change.id);
            } else {
                told.changed.insert(&change.id, (change.kind, change.mover));
            }
        }
        told
    }
}
