//! What changed from one run to a later one.
//!
//! In: the reports of both, and those of runs before. Out: each test of which the verdict is another one, what kind
//! of change that is, and whether the engine or the suite changed. Lines that moved are no change: a test is the
//! same where its content is. Nothing here knows how runs are made, or how changes are shown.

mod kinds;
pub mod markdown;
pub mod seen;
pub mod text;

pub use kinds::{Kind, Mover};

use crate::baseline::identity::{Same, same_tests};
use crate::causes::{Cause, causes};
use crate::harness::Harness;
use crate::report::json::{Closing, Header, Line, Report};
use crate::scope::Scope;
use seen::Seen;
use serde::Serialize;
use std::collections::BTreeMap;

/// A verdict, with what was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct State {
    /// The outcome, in the word of reports.
    pub outcome: String,
    /// What came instead, the feature that is lacking, or the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
}

/// A test of which the verdict changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The kind of change.
    pub kind: Kind,
    /// What changed beside it.
    pub mover: Mover,
    /// The name of the test now; where it is there no more, the name that it had.
    pub id: String,
    /// The name that it had, where that is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// What became of it before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<State>,
    /// What becomes of it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<State>,
    /// When it failed in the same way before, as in RFC 3339, or `ignore-list` where that knows the failure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<String>,
}

impl Change {
    /// Whether it makes the later run a failure.
    pub fn is_red(&self) -> bool {
        self.kind.is_red() && self.known.is_none()
    }
}

/// A run that was compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The engine.
    pub engine: String,
    /// Its version, and how it was set up.
    pub version: String,
    /// How it was started, where the report says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flags: Option<String>,
    /// The harness that judged it, where the report says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub harness: Option<Harness>,
    /// What tells its exception lists from others, where the report says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exception_lists: Option<String>,
    /// When it began, as in RFC 3339.
    pub started: String,
    /// How many tests have a verdict.
    pub tests: usize,
    /// Why the run is partial, where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial: Option<String>,
    /// What made the run a failure beside its verdicts, in words, where something did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<String>,
}

/// What changed from one run to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diff {
    /// The earlier run.
    pub old: Run,
    /// The later run.
    pub new: Run,
    /// How many tests both have.
    pub compared: u64,
    /// How many of these have another name.
    pub moved: u64,
    /// How many of these have another text.
    pub edited: u64,
    /// How many tests only the earlier run has, because the later one did not select them or was stopped.
    pub outside: u64,
    /// How many changes there are of each kind.
    pub counts: BTreeMap<Kind, u64>,
    /// The changes, the worst first; those of kind [`Kind::New`] are only counted.
    pub changes: Vec<Change>,
    /// What the tests that fail now and did not before have in common.
    pub causes: Vec<Cause>,
}

impl Diff {
    /// How many changes make the later run a failure.
    pub fn red(&self) -> u64 {
        self.changes.iter().filter(|change| change.is_red()).count() as u64
    }
}

/// Compares two runs. A failure that one of the runs `before` had in the same test and in the same way is known,
/// and no new one.
pub fn diff(old: &Report, new: &Report, before: &[Report]) -> Diff {
    let mut seen = Seen::default();
    for report in before {
        report.lines.iter().for_each(|line| seen.add(&report.header.started, line));
    }
    diff_seen(old, new, &seen)
}

/// Compares two runs, as [`diff`], where what was seen before comes from elsewhere.
pub fn diff_seen(old: &Report, new: &Report, seen: &Seen) -> Diff {
    diff_from(old, |_| &old.header, new, seen).0
}

/// Compares a run with what is known from several runs before it, the last of which is that of `old`; `judged`
/// says for each line of it which run it is of. Gives also where the tests of `old` are in `new`.
pub fn diff_from<'a>(
    old: &'a Report,
    judged: impl Fn(&Line) -> &'a Header,
    new: &Report,
    seen: &Seen,
) -> (Diff, Vec<Option<Same>>) {
    let same = same_tests(&old.lines, &new.lines);
    let (mut compared, mut moved, mut edited, mut outside) = (0, 0, 0, 0);
    let mut changes: Vec<(Change, Option<&Line>)> = Vec::new();
    let mut is_old = vec![false; new.lines.len()];
    for (line, same) in old.lines.iter().zip(&same) {
        let Some(same) = same else {
            match is_expected(line, old, new) {
                true => changes.push((vanished(line), None)),
                false => outside += 1,
            }
            continue;
        };
        let now = &new.lines[same.at];
        is_old[same.at] = true;
        compared += 1;
        moved += u64::from(now.id != line.id);
        edited += u64::from(same.edited);
        if let Some(kind) = kind(line, now) {
            let mover = mover(same.edited, judged(line), &new.header, &line.suite);
            let was = (now.id != line.id).then(|| line.id.clone());
            let (id, old) = (now.id.clone(), Some(state(line)));
            let new = Some(state(now));
            changes
                .push((Change { kind, mover, id, was, old, new, known: seen.of(now) }, Some(now)));
        }
    }
    let mut fresh = 0;
    for line in new.lines.iter().zip(&is_old).filter(|(_, is_old)| !**is_old).map(|(line, _)| line)
    {
        if stand(&line.outcome) != Stand::Failed {
            fresh += 1;
            continue;
        }
        let (id, new) = (line.id.clone(), Some(state(line)));
        let (kind, mover) = (Kind::NewFailure, Mover::Suite);
        let change = Change { kind, mover, id, was: None, old: None, new, known: seen.of(line) };
        changes.push((change, Some(line)));
    }
    let numbers = Numbers { compared, moved, edited, outside, fresh };
    (assemble(run(old), run(new), numbers, changes), same)
}

/// How many tests were compared, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Numbers {
    pub(crate) compared: u64,
    pub(crate) moved: u64,
    pub(crate) edited: u64,
    pub(crate) outside: u64,
    /// New tests that do not fail.
    pub(crate) fresh: u64,
}

/// Puts the worst changes first, counts them, and finds what they have in common. A change has the line of the
/// test as it is now.
pub(crate) fn assemble(
    old: Run,
    new: Run,
    numbers: Numbers,
    mut changes: Vec<(Change, Option<&Line>)>,
) -> Diff {
    let Numbers { compared, moved, edited, outside, fresh } = numbers;
    let mut counts: BTreeMap<Kind, u64> = BTreeMap::new();
    if fresh > 0 {
        counts.insert(Kind::New, fresh);
    }
    for (change, _) in &changes {
        *counts.entry(change.kind).or_default() += 1;
    }
    changes.sort_by(|(a, _), (b, _)| {
        let rank = |change: &Change| (change.kind, change.known.is_some(), severity(change));
        rank(a).cmp(&rank(b)).then(a.id.cmp(&b.id))
    });
    let appeared = changes.iter().filter(|(change, _)| appears(change)).filter_map(|(_, now)| *now);
    let causes = causes(appeared);
    let changes = changes.into_iter().map(|(change, _)| change).collect();
    Diff { old, new, compared, moved, edited, outside, counts, changes, causes }
}

/// What changed, beside the verdict of a test of `suite`: the first that did of the test, the engine, how it was
/// started, the suite, the exception lists, and the harness.
fn mover(edited: bool, old: &Header, new: &Header, suite: &str) -> Mover {
    let revision = |header: &Header| {
        let suite = header.suites.iter().find(|info| info.name == suite);
        suite.map(|info| info.revision.clone())
    };
    match () {
        () if edited => Mover::Suite,
        () if old.engine != new.engine => Mover::Engine,
        () if differ(&old.flags, &new.flags) => Mover::Flags,
        // What stands before the test in its script is of another revision, too.
        () if revision(old) != revision(new) => Mover::Suite,
        () if differ(&old.exception_lists, &new.exception_lists) => Mover::Lists,
        () if other_harness(&old.harness, &new.harness) => Mover::Harness,
        () => Mover::Nothing,
    }
}

/// Whether two reports say different things. Those of older versions say nothing.
fn differ<T: PartialEq>(old: &Option<T>, new: &Option<T>) -> bool {
    old.as_ref().zip(new.as_ref()).is_some_and(|(old, new)| old != new)
}

/// Whether two reports say that other harnesses judged. What one of them does not say is taken for unchanged.
pub fn other_harness(old: &Option<Harness>, new: &Option<Harness>) -> bool {
    old.as_ref().zip(new.as_ref()).is_some_and(|(old, new)| old.is_other_than(new))
}

/// Whether a failure was not there before.
fn appears(change: &Change) -> bool {
    let kinds =
        [Kind::Regression, Kind::Withheld, Kind::NewFailure, Kind::Uncovered, Kind::Changed];
    kinds.contains(&change.kind) && change.known.is_none()
}

fn run(report: &Report) -> Run {
    let header = &report.header;
    Run {
        engine: header.engine.name.clone(),
        version: header.engine.version.clone(),
        flags: header.flags.clone(),
        harness: header.harness.clone(),
        exception_lists: header.exception_lists.clone(),
        started: header.started.clone(),
        tests: report.lines.len(),
        partial: report.closing.as_ref().err().map(ToString::to_string),
        beside: report.closing.as_ref().ok().and_then(Closing::beside_verdicts),
    }
}

/// Whether a test of the earlier run is to be in the later one: that came to its end, is no shard, was of the same
/// scripts, and selected it.
fn is_expected(line: &Line, old: &Report, new: &Report) -> bool {
    new.closing.is_ok()
        && same_scripts(&old.header, &new.header)
        && selects(&new.header, &line.suite, &line.id, &line.proposals)
}

/// Whether two runs were of the same scripts. What one of them does not say is taken for unchanged.
pub fn same_scripts(old: &Header, new: &Header) -> bool {
    let paths = |header: &Header| header.selection.as_ref().map(|scope| scope.paths.clone());
    paths(old).zip(paths(new)).is_none_or(|(old, new)| old == new)
}

/// Whether a run that came to its end has a test, if that is in its scripts: it is no shard, and selected it.
pub fn selects(header: &Header, suite: &str, id: &str, proposals: &[String]) -> bool {
    // A suite that is about a proposal selects tests that do not need it; those count as not selected.
    let selects = |scope: &Scope| scope.selects(suite, id, proposals, None);
    header.shard.is_none() && header.selection.as_ref().is_none_or(selects)
}

fn vanished(line: &Line) -> Change {
    Change {
        kind: Kind::Vanished,
        mover: Mover::Suite,
        id: line.id.clone(),
        was: None,
        old: Some(state(line)),
        new: None,
        known: None,
    }
}

pub(crate) fn state(line: &Line) -> State {
    let by = line.blocked_by.as_ref().map(|by| format!("blocked by {by}"));
    let said = by.or_else(|| line.feature.clone()).or_else(|| line.actual.clone());
    let said = said.or_else(|| line.message.clone());
    State { outcome: line.outcome.clone(), said: said.filter(|_| line.outcome != "pass") }
}

/// What a verdict says of the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// It does what the test asks for.
    Passed,
    /// It does not.
    Failed,
    /// Nothing.
    NotJudged,
}

/// What an outcome, in the word of reports, says of the engine.
pub fn stand(outcome: &str) -> Stand {
    match outcome {
        "pass" | "xpass" => Stand::Passed,
        "unsupported" | "skip" | "blocked" => Stand::NotJudged,
        _ => Stand::Failed,
    }
}

fn kind(old: &Line, new: &Line) -> Option<Kind> {
    let same_failure = || failure(old) == failure(new);
    kind_of(stand(&old.outcome), stand(&new.outcome))
        .filter(|kind| *kind != Kind::Changed || !same_failure())
}

/// The kind of change between two stands, which for two failures is one only if they are not the same [`failure`].
pub fn kind_of(old: Stand, new: Stand) -> Option<Kind> {
    use Stand::{Failed, NotJudged, Passed};
    Some(match (old, new) {
        (Passed, Failed) => Kind::Regression,
        (Passed, NotJudged) => Kind::Withheld,
        (NotJudged, Failed) => Kind::Uncovered,
        (Failed, NotJudged) => Kind::Hidden,
        (Failed, Passed) => Kind::Fixed,
        (NotJudged, Passed) => Kind::Gained,
        (Failed, Failed) => Kind::Changed,
        (Passed, Passed) | (NotJudged, NotJudged) => return None,
    })
}

/// What two failures of a test share if they are the same.
pub fn failure(line: &Line) -> (&str, Option<String>) {
    let outcome = match line.outcome.as_str() {
        // A list that knows a failure does not make it another one.
        "xfail" => "fail",
        outcome => outcome,
    };
    (outcome, line.fingerprint())
}

/// How bad the outcome is: a small number is worse.
fn severity(change: &Change) -> u8 {
    match change.new.as_ref().map(|state| state.outcome.as_str()) {
        Some("crash") => 0,
        Some("timeout") => 1,
        Some("fail") => 2,
        Some("error") => 3,
        Some("blocked") => 5,
        _ => 4,
    }
}
