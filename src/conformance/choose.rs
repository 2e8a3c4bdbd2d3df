//! Which trials there are, and which of them are ignored.
//!
//! In: the arguments of a test binary, selections, files, an engine. Out: files, each with its trials.
//! Nothing here runs a test; modules are compiled where only that tells what the engine supports.

use crate::engine::{Description, Engine, hosts};
use crate::index::{Exception, Expect, IndexedFile, Origin, Selection, TestInfo};
use crate::run::predict;
use crate::select;
use libtest_mimic::Arguments;
use std::collections::HashSet;
use touchstone_script::Kind;

/// A file and which of its trials were chosen.
pub(super) struct ChosenFile {
    pub(super) file: IndexedFile,
    pub(super) trials: Vec<ChosenTrial>,
}

pub(super) struct ChosenTrial {
    pub(super) name: String,
    pub(super) what: What,
    /// Why it is not run unless ignored tests are asked for.
    pub(super) ignored: Option<String>,
    /// Whether an exception says that it fails.
    pub(super) must_fail: bool,
}

/// What a trial stands for.
pub(super) enum What {
    /// The test at this position of the file.
    Test(usize),
    /// The whole file, or the tests at these positions of it.
    File(Vec<u32>),
}

impl What {
    /// The position of the last test that it needs.
    pub(super) fn last(&self) -> usize {
        match self {
            What::Test(position) => *position,
            What::File(selected) => selected.last().map_or(0, |last| *last as usize),
        }
    }
}

/// Chooses trials.
pub(super) struct Chooser<'a> {
    pub(super) arguments: &'a Arguments,
    /// What the engine says of itself.
    pub(super) engine: Description,
    /// The engine.
    pub(super) sessions: &'a dyn Engine,
    /// A test must be in each of these.
    pub(super) selections: &'a [Selection],
    /// Whether there is one trial for each file.
    pub(super) per_file: bool,
}

impl Chooser<'_> {
    /// The files that have chosen trials, of `files`.
    pub(super) fn choose(&self, files: &[IndexedFile]) -> Vec<ChosenFile> {
        let chosen = files.iter().map(|file| {
            let chosen = self.selections.iter().all(|selection| selection.matches_file(file));
            let trials = match (chosen, self.per_file) {
                (false, _) => Vec::new(),
                (true, false) => self.tests(file),
                (true, true) => self.whole(file),
            };
            ChosenFile { file: file.clone(), trials }
        });
        chosen.filter(|file| !file.trials.is_empty()).collect()
    }

    fn whole(&self, file: &IndexedFile) -> Vec<ChosenTrial> {
        let tests = file.tests();
        let selected = self.selected(file, &tests);
        let selected: Vec<u32> =
            (0..=tests.len() as u32).filter(|n| selected.contains(n)).collect();
        // Ignored if nothing in it will be judged.
        let reasons = self.ignored(file, &tests);
        let reason = |position: &u32| reasons.get(*position as usize)?.as_ref();
        let ignored = match selected.iter().all(|position| reason(position).is_some()) {
            true => selected.first().and_then(reason).cloned(),
            false => None,
        };
        let any = !selected.is_empty();
        let what = What::File(selected);
        let trial = ChosenTrial { name: file.name(), what, ignored, must_fail: false };
        if any && self.wants(&trial) { vec![trial] } else { Vec::new() }
    }

    fn tests(&self, file: &IndexedFile) -> Vec<ChosenTrial> {
        let tests = file.tests();
        let selected = self.selected(file, &tests);
        let reasons = self.ignored(file, &tests).into_iter();
        let must_fail = |test: &TestInfo| {
            let Description { name, version, .. } = &self.engine;
            let exception = Exception::that_counts(&test.exceptions, name, version);
            exception.is_some_and(|exception| matches!(exception.expect, Expect::Fail(_)))
        };
        let named = tests.into_iter().map(|test| (must_fail(&test), test.id));
        let named = named.chain([(false, select::end_id(file))]).enumerate();
        let trials = named.zip(reasons.chain(std::iter::repeat(None)));
        let trials = trials.map(|((position, (must_fail, name)), ignored)| {
            let what = What::Test(position);
            ChosenTrial { name, what, ignored, must_fail }
        });
        let selected = |trial: &ChosenTrial| selected.contains(&(trial.what.last() as u32));
        trials.filter(|trial| selected(trial) && self.wants(trial)).collect()
    }

    /// Positions of the tests of a file that are in every selection, its end included.
    fn selected(&self, file: &IndexedFile, tests: &[TestInfo]) -> HashSet<u32> {
        let all = (0..=tests.len() as u32).collect();
        self.selections.iter().fold(all, |selected: HashSet<u32>, selection| {
            let also: HashSet<u32> = select::selected(file, tests, selection).into_iter().collect();
            selected.intersection(&also).copied().collect()
        })
    }

    /// Why tests will not be judged, as far as that is known without running any: one entry
    /// per test of the file, or none at all where everything will be judged.
    fn ignored(&self, file: &IndexedFile, tests: &[TestInfo]) -> Vec<Option<String>> {
        let supported = self.engine.features;
        let may_be = |test: &TestInfo| {
            !test.proposals.difference(supported).is_empty()
                || test.exceptions.iter().any(|exception| exception.expect == Expect::Skip)
                // It may be a component.
                || test.kind == Kind::ScriptError
        };
        // The official suite knows nothing of the host module of this harness.
        let may_want_host = matches!(file.suite().origin, Origin::Folder(_))
            && !self.sessions.has_host(hosts::TOUCHSTONE);
        if may_want_host || tests.iter().any(may_be) {
            predict::ignored(&select::unit(file), self.sessions, supported)
        } else {
            Vec::new()
        }
    }

    fn wants(&self, trial: &ChosenTrial) -> bool {
        let Arguments { filter, skip, exact, ignored, .. } = self.arguments;
        let agrees = |text: &String| {
            if *exact { trial.name == *text } else { trial.name.contains(text.as_str()) }
        };
        filter.as_ref().is_none_or(agrees)
            && !skip.iter().any(agrees)
            && (!ignored || trial.ignored.is_some())
    }
}
