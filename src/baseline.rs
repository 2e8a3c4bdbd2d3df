//! Holds a run against an earlier one, its baseline: what passed must pass, and must be there.
//!
//! In: the report of the earlier run, and the lines of this one with the scripts that it was made from. Out:
//! tests that vanished or were lost. What this run was not asked to judge is no matter. Nothing here knows how
//! tests are run, or how the changes are shown.

mod align;
pub mod identity;

use crate::change::{Change, Changes};
use crate::engine::Description;
use crate::index::{IndexedFile, glob};
use crate::outcome::{Record, Verdict};
use crate::report::json::{Header, Line, Partial, Report};
use crate::report::sound::{self, Unsound};
use crate::run::unit::Test;
use crate::scope::Scope;
use crate::select::{self, Plan, PlannedFile};
use identity::{Same, same_tests};
use std::collections::{HashMap, HashSet};

/// An earlier run, and which changes against it are allowed.
#[derive(Debug)]
pub struct Baseline {
    report: Report,
    /// Names, or patterns for names, of tests that may be gone.
    allowed_to_vanish: Vec<String>,
    /// Names, or patterns for names, of tests that passed and may not pass any more.
    allowed_to_be_lost: Vec<String>,
}

/// Why a run cannot be held against a baseline.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Unfit {
    /// The baseline is not the report of a whole run.
    #[error("{0}; a baseline has to be the report of a whole run")]
    Partial(#[from] Partial),
    /// The baseline cannot be compared with anything.
    #[error(transparent)]
    Unsound(#[from] Unsound),
    /// The baseline is a run of another engine.
    #[error(
        "this is a run of the engine `{0}`, not of `{1}`; `touchstone compare` compares engines"
    )]
    Engine(String, String),
    /// No test of the baseline was selected.
    #[error(
        "none of its {0} tests is among those that are selected now; select more, or name the scripts as they \
         were named then"
    )]
    Nothing(usize),
}

impl Baseline {
    /// Takes the report of an earlier run, and patterns for names of tests that may vanish or be lost.
    ///
    /// # Errors
    /// Fails if the report is partial, or has two verdicts on a test, or none at all.
    pub fn new(
        report: Report,
        allowed_to_vanish: Vec<String>,
        allowed_to_be_lost: Vec<String>,
    ) -> Result<Baseline, Unfit> {
        if let Err(partial) = &report.closing {
            return Err(partial.clone().into());
        }
        sound::check(&report)?;
        Ok(Baseline { report, allowed_to_vanish, allowed_to_be_lost })
    }

    /// The report of the earlier run.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// Checks before a run whether it can be held against this baseline.
    ///
    /// # Errors
    /// Fails if the engine is another one, or if the plan selects no test of the baseline.
    pub fn fits(&self, engine: &Description, plan: &Plan) -> Result<(), Unfit> {
        let of = &self.report.header.engine.name;
        if *of != engine.name {
            return Err(Unfit::Engine(of.clone(), engine.name.clone()));
        }
        let there = There::new(plan, &self.report.header);
        match self.report.lines.iter().any(|line| there.selects(line)) {
            true => Ok(()),
            false => Err(Unfit::Nothing(self.report.lines.len())),
        }
    }

    /// What became of the tests of the baseline. `new` are the lines of the run that was made by `plan`.
    pub fn compare(&self, plan: &Plan, new: Vec<Line>) -> Changes {
        let header = &self.report.header;
        let mut changes = Changes {
            engine: header.engine.name.clone(),
            version: header.engine.version.clone(),
            started: header.started.clone(),
            compared: 0,
            moved: 0,
            edited: 0,
            outside: 0,
            untold: 0,
            changes: Vec::new(),
        };
        let old = &self.report.lines;
        let there = There::new(plan, header);
        let judged = new.len();
        let mut all = new;
        all.extend(not_selected(plan, old));
        let mut found = Vec::new();
        let pairs = same_tests(old, &all);
        let mut copies = unpaired(&all[..judged], &pairs);
        for (line, same) in old.iter().zip(pairs) {
            match same {
                // Of copies of a test, one that was not judged does not excuse one that failed.
                Some(Same { at, .. }) if at >= judged => match copies.get_mut(&content(line)) {
                    Some(failed) if line.outcome == "pass" && !failed.is_empty() => {
                        let now = failed.remove(0);
                        changes.compared += 1;
                        changes.moved += u64::from(now.id != line.id);
                        found.push((line, self.lost(line, now, false)));
                    }
                    _ => changes.outside += 1,
                },
                Some(Same { at, edited }) => {
                    let now = &all[at];
                    changes.compared += 1;
                    changes.moved += u64::from(now.id != line.id);
                    changes.edited += u64::from(edited);
                    if line.outcome == "pass" && now.outcome != "pass" {
                        found.push((line, self.lost(line, now, edited)));
                    }
                }
                None if self.is_untold(line, &there) => changes.untold += 1,
                None if !there.selects(line) => changes.outside += 1,
                None => found.push((line, self.vanished(line))),
            }
        }
        found.sort_by(|(one, this), (other, that)| {
            let place = |line: &Line| (line.line == 0, line.line, line.column);
            let kind = |change: &Change| (change.new.is_some(), change.allowed);
            let by_file = (&one.suite, &one.file).cmp(&(&other.suite, &other.file));
            kind(this).cmp(&kind(that)).then(by_file).then(place(one).cmp(&place(other)))
        });
        changes.changes = found.into_iter().map(|(_, change)| change).collect();
        changes
    }

    /// Whether a test may be of scripts that this run was not asked to judge, and the baseline does not say.
    fn is_untold(&self, line: &Line, there: &There<'_>) -> bool {
        self.report.header.selection.is_none() && !there.knows(line)
    }

    fn lost(&self, line: &Line, now: &Line, edited: bool) -> Change {
        let allow = |pattern: &String| matches(pattern, &line.id) || matches(pattern, &now.id);
        Change {
            id: line.id.clone(),
            now: (now.id != line.id).then(|| now.id.clone()),
            edited,
            old: line.outcome.clone(),
            new: Some(now.outcome.clone()),
            why: now.feature.clone().or_else(|| now.message.clone()),
            allowed: self.allowed_to_be_lost.iter().any(allow),
        }
    }

    fn vanished(&self, line: &Line) -> Change {
        Change {
            id: line.id.clone(),
            now: None,
            edited: false,
            old: line.outcome.clone(),
            new: None,
            why: None,
            allowed: self.allowed_to_vanish.iter().any(|pattern| matches(pattern, &line.id)),
        }
    }
}

fn matches(pattern: &str, id: &str) -> bool {
    pattern == id || glob(pattern, id)
}

/// What is there to be selected.
struct There<'a> {
    scope: Scope,
    /// Whether the baseline was made from the embedded scripts.
    was_embedded: bool,
    /// For each suite, the proposal that it is about, and the paths of its files.
    suites: HashMap<&'a str, (Option<&'static str>, HashSet<&'a str>)>,
}

impl<'a> There<'a> {
    fn new(plan: &'a Plan, baseline: &Header) -> There<'a> {
        let mut suites = HashMap::new();
        for file in &plan.scripts {
            let suite = file.suite();
            let about = suite.proposal().map(|proposal| proposal.name());
            let (_, files) =
                suites.entry(suite.name.as_str()).or_insert_with(|| (about, HashSet::new()));
            files.insert(file.path());
        }
        let scope = plan.scope.clone().unwrap_or_default();
        let was_embedded = baseline.selection.as_ref().is_some_and(|then| then.paths.is_empty());
        There { scope, was_embedded, suites }
    }

    /// Whether the scripts that a test was of are among those at hand, though the test may not be. Files that
    /// were named one by one are no suite that a file can vanish from.
    fn knows(&self, line: &Line) -> bool {
        let files = self.suites.get(line.suite.as_str()).map(|(_, files)| files);
        files.is_some_and(|files| line.suite != "local" || files.contains(line.file.as_str()))
    }

    /// Whether a test of the baseline would be selected now, if it is there.
    fn selects(&self, line: &Line) -> bool {
        let about = self.suites.get(line.suite.as_str()).and_then(|(about, _)| *about);
        // A suite that is not embedded any more is one that all of its tests vanished from.
        let may_be_there = self.knows(line) || (self.scope.paths.is_empty() && self.was_embedded);
        may_be_there && self.scope.selects(&line.suite, &line.id, &line.proposals, about)
    }
}

/// What a test is about: its file and its content.
fn content(line: &Line) -> (&str, &str, &str) {
    (&line.suite, &line.file, &line.hash)
}

/// The tests that did not pass and are the same as none of the baseline, by their contents.
fn unpaired<'l>(
    judged: &'l [Line],
    pairs: &[Option<Same>],
) -> HashMap<(&'l str, &'l str, &'l str), Vec<&'l Line>> {
    let paired: HashSet<usize> = pairs.iter().flatten().map(|same| same.at).collect();
    let mut found: HashMap<_, Vec<&Line>> = HashMap::new();
    for (at, line) in judged.iter().enumerate() {
        if line.outcome != "pass" && !line.hash.is_empty() && !paired.contains(&at) {
            found.entry(content(line)).or_default().push(line);
        }
    }
    found
}

/// Lines for the tests that are there, and that the plan does not select, in suites of which `old` has tests.
fn not_selected(plan: &Plan, old: &[Line]) -> Vec<Line> {
    let suites: HashSet<&str> = old.iter().map(|line| line.suite.as_str()).collect();
    let name = |file: &IndexedFile| (file.suite().name.clone(), file.path().to_owned());
    let planned: HashMap<_, &PlannedFile> =
        plan.files.iter().map(|planned| (name(&planned.file), planned)).collect();
    let mut lines = Vec::new();
    for file in plan.scripts.iter().filter(|file| suites.contains(file.suite().name.as_str())) {
        let planned = planned.get(&name(file));
        if planned.is_some_and(|planned| planned.selected.len() == file.test_count() + 1) {
            continue;
        }
        let tests = select::tests(file).into_iter().enumerate();
        let others = tests.filter(|(at, _)| planned.is_none_or(|planned| !planned.selects(*at)));
        lines.extend(others.map(|(_, test)| {
            let Test { id, line, column, kind, proposals, hash, .. } = test;
            let (suite, file) = (file.suite().name.as_str().into(), file.path().into());
            let verdict = Verdict::pass();
            let record = Record { id, suite, file, line, column, kind, proposals, hash, verdict };
            // What was not judged has no verdict; nobody looks at this one.
            Line::of(&record)
        }));
    }
    lines
}
