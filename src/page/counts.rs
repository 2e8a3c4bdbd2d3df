//! Counts of verdicts.
//!
//! In: a table. Out: how often each run passed, failed and did not judge, by proposal; by how many engines tests are
//! passed; and the counts of each run as points of a history. Nothing here knows how counts are shown.

use super::table::{Answer, Run, Table};
use crate::diff::{Stand, stand};
use crate::report::totals::Tally;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a test needs that needs no proposal.
pub const NO_PROPOSAL: &str = "WebAssembly 1.0";

/// How often a run did what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Passed.
    pub pass: u64,
    /// Failed, crashed, ran out of time, or could not be judged because something else did.
    pub fail: u64,
    /// Failed as expected.
    pub xfail: u64,
    /// Not supported, or not asked for.
    pub unsupported: u64,
    /// The adapter of the engine cannot tell.
    pub cannot_tell: u64,
}

/// What an answer counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// See [`Counts::pass`].
    Pass,
    /// See [`Counts::fail`].
    Fail,
    /// See [`Counts::xfail`].
    ExpectedFailure,
    /// See [`Counts::unsupported`].
    Unsupported,
    /// See [`Counts::cannot_tell`].
    CannotTell,
}

impl Category {
    /// What an answer counts as.
    pub fn of(answer: &Answer) -> Category {
        let untold =
            answer.feature.as_deref().is_some_and(|feature| feature.starts_with("cannot-tell:"));
        match (answer.outcome.as_str(), stand(&answer.outcome)) {
            ("xfail", _) => Category::ExpectedFailure,
            ("unsupported", _) if untold => Category::CannotTell,
            ("unsupported" | "skip", _) => Category::Unsupported,
            (_, Stand::Passed) => Category::Pass,
            (_, Stand::Failed | Stand::NotJudged) => Category::Fail,
        }
    }
}

impl Counts {
    /// Counts an answer.
    pub fn add(&mut self, answer: &Answer) {
        *match Category::of(answer) {
            Category::Pass => &mut self.pass,
            Category::Fail => &mut self.fail,
            Category::ExpectedFailure => &mut self.xfail,
            Category::Unsupported => &mut self.unsupported,
            Category::CannotTell => &mut self.cannot_tell,
        } += 1;
    }

    /// The counts in the totals of a run, which do not tell what an adapter cannot tell from what is unsupported.
    pub fn of(tally: &Tally) -> Counts {
        Counts {
            pass: tally.pass + tally.xpass,
            fail: tally.red() - tally.xpass,
            xfail: tally.xfail,
            unsupported: tally.unsupported + tally.skip,
            cannot_tell: 0,
        }
    }

    /// All of them.
    pub fn total(&self) -> u64 {
        self.pass + self.fail + self.xfail + self.unsupported + self.cannot_tell
    }
}

/// By how many of the engines that have a verdict on them tests are passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PassedBy {
    /// By all.
    pub all: u64,
    /// By more than one, and not by all.
    pub some: u64,
    /// By one, and others do not.
    pub one: u64,
    /// By none.
    pub none: u64,
}

impl PassedBy {
    fn add(&mut self, passed: usize, judged: usize) {
        match passed {
            0 => self.none += 1,
            _ if passed == judged => self.all += 1,
            1 => self.one += 1,
            _ => self.some += 1,
        }
    }
}

/// The counts of tests that need a proposal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByProposal {
    /// Of each run that the report is about.
    pub runs: Vec<Counts>,
    /// By how many of them tests are passed.
    pub passed_by: PassedBy,
}

/// Counts by proposal. A test that needs several counts under each.
pub fn by_proposal(table: &Table) -> BTreeMap<&str, ByProposal> {
    let runs: Vec<&Run> = table.current().collect();
    let mut found: BTreeMap<&str, ByProposal> = BTreeMap::new();
    for (at, row) in table.rows.iter().enumerate() {
        let answers: Vec<Option<&Answer>> =
            runs.iter().map(|run| run.answer(at).map(|answer| table.answers.get(answer))).collect();
        let judged = answers.iter().flatten().count();
        if judged == 0 {
            continue;
        }
        let passed =
            answers.iter().flatten().filter(|answer| stand(&answer.outcome) == Stand::Passed);
        let passed = passed.count();
        let needs = table.needs(row).iter().map(String::as_str);
        let none = table.needs(row).is_empty().then_some(NO_PROPOSAL);
        for proposal in needs.chain(none) {
            let counts = found.entry(proposal).or_default();
            counts.runs.resize(runs.len(), Counts::default());
            counts.passed_by.add(passed, judged);
            for (counts, answer) in counts.runs.iter_mut().zip(&answers) {
                answer.iter().for_each(|answer| counts.add(answer));
            }
        }
    }
    found
}

/// The counts of a run over all of its tests.
pub fn of_run(table: &Table, run: &Run) -> Counts {
    let mut counts = Counts::default();
    run.answers.iter().flatten().for_each(|answer| counts.add(table.answers.get(*answer)));
    counts
}

/// The counts of a run, as a point of a history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// The name of the engine.
    pub engine: String,
    /// Its version, and how it was set up.
    pub version: String,
    /// When the run began, as in RFC 3339.
    pub started: String,
    /// Whether the run was partial, so that it says less than others.
    pub partial: bool,
    /// The counts.
    pub counts: Counts,
}

/// A point of the history of a run of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PointOf {
    /// The run, by position, of which this is the past.
    pub run: usize,
    /// The point.
    #[serde(flatten)]
    pub point: Point,
}

/// The points that the runs of a table make, and those of a `history` that are of the same engines, by time.
pub fn points(table: &Table, history: &[Point]) -> Vec<PointOf> {
    let point = |(at, run): (usize, &Run)| PointOf {
        run: run.earlier_than.unwrap_or(at),
        point: Point {
            engine: run.header.engine.name.clone(),
            version: run.header.engine.version.clone(),
            started: run.header.started.clone(),
            partial: run.partial.is_some(),
            counts: of_run(table, run),
        },
    };
    let mut points: Vec<PointOf> = table.runs.iter().enumerate().map(point).collect();
    let engines: Vec<_> = table.current().map(|run| &run.header.engine).collect();
    let engines: Vec<(&str, &str)> =
        engines.iter().map(|engine| (engine.name.as_str(), engine.version.as_str())).collect();
    for point in history {
        if let Some(run) = later_run(&engines, &point.engine, &point.version) {
            points.push(PointOf { run, point: point.clone() });
        }
    }
    points.sort_by(|a, b| (a.run, &a.point.started).cmp(&(b.run, &b.point.started)));
    points.dedup_by(|a, b| (a.run, &a.point.started) == (b.run, &b.point.started));
    points
}

/// Which of some engines, each with its name and version, an earlier version of one is: that of the same name; of
/// several, that of which the version ends most alike, since flags stand there.
pub fn later_run(engines: &[(&str, &str)], name: &str, version: &str) -> Option<usize> {
    let alike = |other: &str| {
        other.chars().rev().zip(version.chars().rev()).take_while(|(a, b)| a == b).count()
    };
    let same = engines.iter().enumerate().filter(|(_, (other, _))| *other == name);
    // Of several that are alike, the first.
    same.rev().max_by_key(|(_, (_, other))| alike(other)).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_tell_the_engines_of_one_name_apart() {
        let engines = [("a", "2.0"), ("b", "1.12.0"), ("b", "1.12.0 interpreter")];
        assert_eq!(later_run(&engines, "a", "0.1 flag"), Some(0));
        assert_eq!(later_run(&engines, "b", "1.11.0"), Some(1));
        assert_eq!(later_run(&engines, "b", "1.11.0 interpreter"), Some(2));
        assert_eq!(later_run(&engines, "c", "1"), None);
    }

    #[test]
    fn a_test_is_passed_by_all_of_those_that_judged_it() {
        let mut by = PassedBy::default();
        for (passed, judged) in [(0, 3), (1, 3), (2, 3), (3, 3), (1, 1)] {
            by.add(passed, judged);
        }
        assert_eq!(by, PassedBy { all: 2, some: 1, one: 1, none: 1 });
    }
}
