//! Trials, as the libtest of Rust runs them, and the pool that finds their verdicts.
//!
//! In: chosen files and an engine. Out: trials. Files run in the pool of [`run`](crate::run), in which a file
//! starts as soon as one of its tests is wanted; a trial only waits for its verdict. Nothing here knows how
//! trials were chosen.

use super::choose::{ChosenFile, ChosenTrial, What};
use crate::engine::Engine;
use crate::index::IndexedFile;
use crate::outcome::{Outcome, Verdict};
use crate::run::pool::{self, QueuedFile, Work};
use crate::run::unit::Unit;
use crate::select;
use libtest_mimic::{Arguments, Completion, Failed, Trial};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Once, OnceLock};

/// The verdicts of all chosen files, found by a pool that starts when the first is wanted.
struct Verdicts {
    engine: Box<dyn Engine>,
    workers: usize,
    files: Vec<IndexedFile>,
    queued_files: Vec<QueuedFile>,
    cells: Vec<Vec<OnceLock<Verdict>>>,
    started: Once,
}

impl Verdicts {
    fn wait(self: &Arc<Self>, file: usize, position: usize) -> &Verdict {
        self.started.call_once(|| {
            let this = self.clone();
            std::thread::spawn(move || this.run());
        });
        self.cells[file][position].wait()
    }

    fn run(&self) {
        let load = |queued: &QueuedFile| select::unit(&self.files[queued.file]);
        let keep = |queued: &QueuedFile, _: &Unit, position: usize, verdict: Verdict| {
            let _ = self.cells[queued.file][position].set(verdict);
        };
        let run = || {
            pool::run(
                &*self.engine,
                self.queued_files.clone(),
                self.workers,
                &AtomicBool::new(false),
                &Work::new(&load, &keep),
            )
        };
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
        // No trial must wait for a verdict that a defect of the harness has lost.
        for cell in self.cells.iter().flatten() {
            let _ = cell.set(Verdict::error("the harness lost this verdict"));
        }
    }
}

/// The trials of the chosen files.
pub(super) fn trials(
    engine: Box<dyn Engine>,
    chosen: Vec<ChosenFile>,
    arguments: &Arguments,
) -> Vec<Trial> {
    let run_ignored = arguments.ignored || arguments.include_ignored;
    let is_run = |trial: &&ChosenTrial| trial.ignored.is_none() || run_ignored;
    let queued = |(number, chosen): (usize, &ChosenFile)| {
        let last = chosen.trials.iter().filter(is_run).map(|trial| trial.what.last()).max()?;
        Some(QueuedFile { file: number, cost: chosen.file.cost(), last })
    };
    let cells = |queued: Option<QueuedFile>| {
        (0..queued.map_or(0, |queued| queued.last + 1)).map(|_| OnceLock::new()).collect()
    };
    let queued_files: Vec<Option<QueuedFile>> = chosen.iter().enumerate().map(queued).collect();
    let verdicts = Arc::new(Verdicts {
        engine,
        workers: arguments.test_threads.or_else(available).unwrap_or(1),
        files: chosen.iter().map(|chosen| chosen.file.clone()).collect(),
        cells: queued_files.iter().map(|queued| cells(*queued)).collect(),
        queued_files: queued_files.into_iter().flatten().collect(),
        started: Once::new(),
    });
    let trial = |(number, chosen): (usize, ChosenFile)| {
        let verdicts = verdicts.clone();
        chosen
            .trials
            .into_iter()
            .map(move |trial| one_trial(verdicts.clone(), number, trial, run_ignored))
    };
    chosen.into_iter().enumerate().flat_map(trial).collect()
}

fn available() -> Option<usize> {
    std::thread::available_parallelism().ok().map(Into::into)
}

fn one_trial(verdicts: Arc<Verdicts>, file: usize, trial: ChosenTrial, run_ignored: bool) -> Trial {
    let ChosenTrial { name, what, ignored, must_fail } = trial;
    let trial = Trial::ignorable_test(name, move || match (ignored, what) {
        (Some(reason), _) if !run_ignored => Ok(Completion::ignored_with(reason)),
        (_, What::Test(position)) => complete(verdicts.wait(file, position)),
        (_, What::File(selected)) => complete_file(&verdicts, file, &selected),
    });
    // Shown before the name, but no part of it.
    if must_fail { trial.with_kind("expected failure") } else { trial }
}

fn complete(verdict: &Verdict) -> Result<Completion, Failed> {
    match &verdict.outcome {
        Outcome::Pass | Outcome::ExpectedFailure => Ok(Completion::Completed),
        Outcome::Skip { reason } => Ok(Completion::ignored_with(reason)),
        Outcome::Unsupported { feature } => unsupported(feature),
        outcome => Err(format!("{}: {}", outcome.word(), explanation(verdict)).into()),
    }
}

/// A process per test has no way to say "ignored" once it runs: there it is a failure,
/// since it must not be counted as passed.
fn unsupported(feature: &str) -> Result<Completion, Failed> {
    if std::env::var_os("NEXTEST").is_some() {
        return Err(format!("unsupported: {feature} (only found out by running it)").into());
    }
    Ok(Completion::ignored_with(format!("unsupported: {feature}")))
}

fn explanation(verdict: &Verdict) -> String {
    let message = verdict.message.as_deref().unwrap_or_default();
    match (&verdict.expected, &verdict.actual) {
        (Some(expected), Some(actual)) => {
            format!("{message}\n  expected: {expected}\n       got: {actual}")
        }
        _ => message.into(),
    }
}

/// A file passes if nothing in it is red and something passed; what was unsupported is told. The tests at the
/// positions `selected` count.
fn complete_file(
    verdicts: &Arc<Verdicts>,
    file: usize,
    selected: &[u32],
) -> Result<Completion, Failed> {
    let name = verdicts.files[file].name();
    let judged = selected.iter().map(|position| *position as usize);
    let all: Vec<(usize, &Verdict)> =
        judged.map(|position| (position, verdicts.wait(file, position))).collect();
    if all.iter().any(|(_, verdict)| verdict.outcome.is_red()) {
        let tests = select::tests(&verdicts.files[file]);
        let red = all.iter().filter(|(_, verdict)| verdict.outcome.is_red());
        let lines = red.map(|(position, verdict)| {
            let (id, word) = (&tests[*position].id, verdict.outcome.word());
            format!("{id}: {word}: {}", explanation(verdict))
        });
        return Err(lines.collect::<Vec<_>>().join("\n").into());
    }
    let lacking: Vec<&String> = all.iter().filter_map(|(_, verdict)| lacking(verdict)).collect();
    let any_passed = all
        .iter()
        .any(|(_, verdict)| matches!(verdict.outcome, Outcome::Pass | Outcome::ExpectedFailure));
    match lacking.first() {
        Some(feature) if !any_passed => unsupported(feature),
        Some(feature) => {
            eprintln!(
                "{name}: {} of {} directives are unsupported, such as {feature}",
                lacking.len(),
                all.len()
            );
            Ok(Completion::Completed)
        }
        None => Ok(Completion::Completed),
    }
}

fn lacking(verdict: &Verdict) -> Option<&String> {
    match &verdict.outcome {
        Outcome::Unsupported { feature } => Some(feature),
        _ => None,
    }
}
