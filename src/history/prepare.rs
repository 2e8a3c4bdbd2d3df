//! Looks at a report before it is added to a history, while nobody has to wait.
//!
//! In: a report. Out: its tests in the order of their names, with digests and numbers; or why it cannot be added.
//! Nothing here reads or writes a history.

use super::digest::{Digest, roster_digest, run_digest, same};
use super::trouble::Unfit;
use crate::dates;
use crate::outcome::Outcome;
use crate::report::json::{Line, Partial, Report};
use crate::report::totals::Tally;
use std::collections::BTreeMap;

/// A report that can be added.
#[derive(Debug)]
pub(super) struct Prepared<'r> {
    pub(super) report: &'r Report,
    /// Its lines, by name.
    pub(super) lines: Vec<&'r Line>,
    /// For each line what its verdict shares with those that are no change.
    pub(super) same: Vec<i64>,
    pub(super) roster: Digest,
    pub(super) digest: Digest,
    pub(super) night: String,
    pub(super) partial: Option<String>,
    /// Of all tests, of each suite and of each proposal.
    pub(super) tallies: Vec<(&'static str, String, Tally)>,
}

impl<'r> Prepared<'r> {
    /// Looks at a report of a night; that on which it began, where none is given.
    pub(super) fn new(report: &'r Report, night: Option<&str>) -> Result<Prepared<'r>, Unfit> {
        let header = &report.header;
        let partial = match &report.closing {
            Err(damage @ Partial::Count { .. }) => return Err(Unfit::Damaged(damage.to_string())),
            Err(partial) => Some(partial.to_string()),
            Ok(_) => None,
        };
        if let Some(part) = &header.shard {
            return Err(Unfit::Shard(part.in_words()));
        }
        if report.lines.is_empty() {
            return Err(Unfit::Empty);
        }
        if !dates::is_time(&header.started) {
            return Err(Unfit::Started(header.started.clone()));
        }
        let night = match night {
            Some(night) => is_night(night)?.to_owned(),
            None => header.started[..10].to_owned(),
        };
        let mut lines: Vec<&Line> = report.lines.iter().collect();
        lines.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        if let Some(pair) = lines.windows(2).find(|pair| pair[0].id == pair[1].id) {
            return Err(Unfit::Twice(pair[0].id.clone()));
        }
        let tallies = tallies(&lines)?;
        let plain = lines.iter().find(|line| is_plain(line)).map(|line| same(line));
        let same: Vec<i64> = lines
            .iter()
            .map(|line| plain.filter(|_| is_plain(line)).unwrap_or_else(|| same(line)))
            .collect();
        let roster = roster_digest(lines.iter().copied());
        let digest = run_digest(header, partial.as_deref(), &roster, &same);
        Ok(Prepared { report, lines, same, roster, digest, night, partial, tallies })
    }
}

/// Whether it passed, and nothing else is to be said, as of nearly all tests.
fn is_plain(line: &Line) -> bool {
    let more = [&line.class, &line.feature, &line.fingerprint, &line.weakened, &line.revoked_by];
    line.outcome == "pass" && !line.text_parser && more.iter().all(|more| more.is_none())
}

/// The night itself, if it is a date that the calendar has.
pub(super) fn is_night(night: &str) -> Result<&str, Unfit> {
    if dates::is_date(night) { Ok(night) } else { Err(Unfit::Night(night.to_owned())) }
}

fn tallies(lines: &[&Line]) -> Result<Vec<(&'static str, String, Tally)>, Unfit> {
    let mut all = Tally::default();
    let mut suites: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut proposals: BTreeMap<&str, Tally> = BTreeMap::new();
    for line in lines {
        count(&mut all, line)?;
        count(suites.entry(&line.suite).or_default(), line)?;
        for proposal in &line.proposals {
            count(proposals.entry(proposal).or_default(), line)?;
        }
    }
    let mut found = vec![("all", String::new(), all)];
    for (about, tallies) in [("suite", suites), ("proposal", proposals)] {
        found.extend(tallies.into_iter().map(|(name, tally)| (about, name.to_owned(), tally)));
    }
    Ok(found)
}

/// Counts a line as [`Tally::add`] counts a record, but for its time.
fn count(tally: &mut Tally, line: &Line) -> Result<(), Unfit> {
    let passed = line.outcome == Outcome::Pass.word();
    *match line.outcome.as_str() {
        "pass" => &mut tally.pass,
        "fail" => &mut tally.fail,
        "xfail" => &mut tally.xfail,
        "xpass" => &mut tally.xpass,
        "blocked" => &mut tally.blocked,
        "unsupported" => &mut tally.unsupported,
        "skip" => &mut tally.skip,
        "crash" => &mut tally.crash,
        "timeout" => &mut tally.timeout,
        "error" => &mut tally.error,
        other => return Err(Unfit::Outcome(other.to_owned())),
    } += 1;
    tally.text_parser += u64::from(line.text_parser && passed);
    tally.weakened += u64::from(line.weakened.is_some() && passed);
    tally.revoked += u64::from(line.revoked_by.is_some());
    Ok(())
}
