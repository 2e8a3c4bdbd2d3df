//! `cargo test`: one trial per directive of every suite.
//!
//! In: the arguments that every Rust test binary takes. Out: trials. Files run in the
//! pool of the library, in which a file starts as soon as one of its tests is wanted;
//! a trial only waits for its verdict. What the engine does not support is ignored,
//! with the feature as its reason. With `TOUCHSTONE_GRANULARITY=file` there is one
//! trial per file instead.
#![forbid(unsafe_code)]

use libtest_mimic::{Arguments, Completion, Failed, FormatSetting, Trial};
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Once, OnceLock};
use touchstone::engine::touchstone::default_engine;
use touchstone::engine::{Description, Engine};
use touchstone::index::{self, Exception, IndexedFile, TestInfo};
use touchstone::outcome::{Outcome, Verdict};
use touchstone::run::pool::{self, QueuedFile};
use touchstone::run::predict;
use touchstone::run::unit::Unit;
use touchstone::select;
use touchstone_script::FeatureSet;

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    if !arguments.quiet && arguments.format.is_none() {
        arguments.format = Some(FormatSetting::Terse);
    }
    let per_file = match std::env::var_os("TOUCHSTONE_GRANULARITY") {
        None => false,
        Some(value) if value == "test" => false,
        Some(value) if value == "file" => true,
        Some(value) => {
            let value = value.display();
            eprintln!("error: TOUCHSTONE_GRANULARITY is `{value}`; set it to `test` or `file`");
            return ExitCode::from(2);
        }
    };
    let engine = default_engine();
    let supported = engine.describe().features;
    let chosen = Chooser { arguments: &arguments, engine: &*engine, supported, per_file }.choose();
    if arguments.list {
        return list(&chosen).map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS);
    }
    let trials = trials(engine, chosen, &arguments);
    // The chooser has filtered already, and by what is ignored too.
    arguments.ignored = false;
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A file and which of its trials were chosen.
struct ChosenFile {
    file: IndexedFile,
    trials: Vec<ChosenTrial>,
}

struct ChosenTrial {
    name: String,
    what: What,
    /// Why it is not run unless ignored tests are asked for.
    ignored: Option<String>,
    /// Whether the exception list says that it fails.
    must_fail: bool,
}

/// What a trial stands for.
#[derive(Clone, Copy)]
enum What {
    /// The test at this position of the file.
    Test(usize),
    /// The whole file.
    File,
}

struct Chooser<'a> {
    arguments: &'a Arguments,
    engine: &'a dyn Engine,
    supported: FeatureSet,
    per_file: bool,
}

impl Chooser<'_> {
    fn choose(&self) -> Vec<ChosenFile> {
        let index = index::embedded();
        // One exact name must not cost the decoding of all others.
        let files: Vec<&IndexedFile> = match &self.arguments.filter {
            Some(name) if self.arguments.exact => index.file(name).into_iter().collect(),
            _ => index.files().iter().collect(),
        };
        let chosen = files.into_iter().map(|file| ChosenFile {
            file: file.clone(),
            trials: if self.per_file { self.whole(file) } else { self.tests(file) },
        });
        chosen.filter(|file| !file.trials.is_empty()).collect()
    }

    fn whole(&self, file: &IndexedFile) -> Vec<ChosenTrial> {
        // Ignored if nothing in it will be judged.
        let reasons = self.ignored(file, &file.tests());
        let first = reasons.first().cloned().flatten();
        let ignored = first.filter(|_| reasons.iter().all(Option::is_some));
        let name = file.name();
        let trial = ChosenTrial { name, what: What::File, ignored, must_fail: false };
        if self.wants(&trial) { vec![trial] } else { Vec::new() }
    }

    fn tests(&self, file: &IndexedFile) -> Vec<ChosenTrial> {
        let tests = file.tests();
        let reasons = self.ignored(file, &tests).into_iter().chain(std::iter::repeat(None));
        let Description { name, version, .. } = self.engine.describe();
        let must_fail = |test: &TestInfo| {
            let exception = Exception::that_counts(&test.exceptions, &name, &version);
            exception.is_some_and(|exception| matches!(exception.expect, index::Expect::Fail(_)))
        };
        let named = tests.into_iter().map(|test| (must_fail(&test), test.id));
        let named = named.chain([(false, select::end_id(file))]).enumerate().zip(reasons);
        let trials = named.map(|((position, (must_fail, name)), ignored)| {
            let what = What::Test(position);
            ChosenTrial { name, what, ignored, must_fail }
        });
        trials.filter(|trial| self.wants(trial)).collect()
    }

    /// Why tests will not be judged, as far as that is known without running any: one entry
    /// per test of the file, or none at all where everything will be judged.
    fn ignored(&self, file: &IndexedFile, tests: &[TestInfo]) -> Vec<Option<String>> {
        let may_be = |test: &TestInfo| {
            let is_skipped = |exception: &Arc<Exception>| exception.expect == index::Expect::Skip;
            !test.proposals.difference(self.supported).is_empty()
                || test.exceptions.iter().any(is_skipped)
                // It may be a component.
                || test.kind == touchstone_script::Kind::ScriptError
        };
        if tests.iter().any(may_be) {
            predict::ignored(&select::unit(file), self.engine, self.supported)
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

fn list(chosen: &[ChosenFile]) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    for trial in chosen.iter().flat_map(|file| &file.trials) {
        writeln!(out, "{}: test", trial.name)?;
    }
    out.flush()
}

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
                &load,
                &keep,
            )
        };
        let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
        // No trial must wait for a verdict that a defect of the harness has lost.
        for cell in self.cells.iter().flatten() {
            let _ = cell.set(Verdict::error("the harness lost this verdict"));
        }
    }
}

fn trials(engine: Box<dyn Engine>, chosen: Vec<ChosenFile>, arguments: &Arguments) -> Vec<Trial> {
    let run_ignored = arguments.ignored || arguments.include_ignored;
    let is_run = |trial: &&ChosenTrial| trial.ignored.is_none() || run_ignored;
    let queued = |(number, chosen): (usize, &ChosenFile)| {
        let last = |trial: &ChosenTrial| match trial.what {
            What::Test(position) => position,
            What::File => chosen.file.test_count(),
        };
        let last = chosen.trials.iter().filter(is_run).map(last).max()?;
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
        (_, What::File) => complete_file(&verdicts, file),
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

/// A file passes if nothing in it is red and something passed; what was unsupported is told.
fn complete_file(verdicts: &Arc<Verdicts>, file: usize) -> Result<Completion, Failed> {
    let name = verdicts.files[file].name();
    let all: Vec<&Verdict> =
        (0..verdicts.cells[file].len()).map(|position| verdicts.wait(file, position)).collect();
    if all.iter().any(|verdict| verdict.outcome.is_red()) {
        let ids = verdicts.files[file]
            .tests()
            .into_iter()
            .map(|test| test.id)
            .chain([select::end_id(&verdicts.files[file])]);
        let red = ids.zip(&all).filter(|(_, verdict)| verdict.outcome.is_red());
        let lines = red.map(|(id, verdict)| {
            format!("{id}: {}: {}", verdict.outcome.word(), explanation(verdict))
        });
        return Err(lines.collect::<Vec<_>>().join("\n").into());
    }
    let lacking: Vec<&String> = all.iter().filter_map(|verdict| lacking(verdict)).collect();
    let any_passed = all
        .iter()
        .any(|verdict| matches!(verdict.outcome, Outcome::Pass | Outcome::ExpectedFailure));
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
