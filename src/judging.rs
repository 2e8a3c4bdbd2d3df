//! Runs tests and shows their verdicts.
//!
//! In: the flags of `touchstone run`. Out: what reporters write, and whether all is as it should be.

use crate::args::{Format, Run, workers};
use crate::disagree;
use crate::outputs::{STANDARD, are_apart, write};
use crate::problem::Problem;
use crate::reading::read_report;
use crate::selection;
use crate::showing;
use crate::stopping::begun;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use touchstone::baseline::Baseline;
use touchstone::drive::{self, Conditions};
use touchstone::engine::Engine;
use touchstone::index::IndexedFile;
use touchstone::page::junit::Document;
use touchstone::report::json::JsonReporter;
use touchstone::report::junit::JunitReporter;
use touchstone::report::progress::ProgressReporter;
use touchstone::report::terminal::{Visible, in_words};
use touchstone::report::{Reporter, stdout};
use touchstone::select::Plan;
use touchstone::shard::divide;

/// Judges one engine or several. The run ends early once `stop` is set.
pub(crate) fn run(arguments: &Run, stop: &AtomicBool) -> Result<ExitCode, Problem> {
    let shown = [("--json", &arguments.json), ("--junit", &arguments.junit)];
    if let Some((flag, _)) =
        shown.iter().find(|(_, path)| path.as_deref() == Some(STANDARD.as_ref()))
    {
        return Err(Problem(format!(
            "`{flag} -`: standard output shows the run; name a file, or ask for `--format json`"
        )));
    }
    let plan = plan(arguments)?;
    if arguments.engine.engines.len() <= 1 {
        let outputs = [("--json", &arguments.json), ("--junit", &arguments.junit)];
        let outputs = outputs.into_iter().filter_map(|(flag, path)| Some((flag, path.clone()?)));
        are_apart(outputs, inputs(arguments, &plan))?;
    }
    if arguments.engine.engines.len() > 1 {
        return run_several(arguments, &plan, stop);
    }
    let baseline = baseline(arguments)?;
    let engine = arguments.engine.open().map_err(Problem)?;
    if let (Some(baseline), Some(path)) = (&baseline, &arguments.baseline) {
        let fits = baseline.fits(&engine.describe(), &plan);
        fits.map_err(|unfit| Problem(format!("`{}`: {unfit}", path.display())))?;
    }
    let mut lines = Vec::new();
    let mut reporters: Vec<Box<dyn Reporter + '_>> = reporters(arguments, &plan)?;
    if baseline.is_some() && arguments.format == Format::Pretty && !arguments.showing.quiet {
        reporters.push(Box::new(JsonReporter::new(&mut lines)));
    }
    let flags = arguments.engine.starting(None);
    let conditions = conditions(arguments, stop);
    let conditions = Conditions { baseline: baseline.as_ref(), flags: Some(&flags), ..conditions };
    let workers = workers(arguments.jobs);
    begun();
    let totals = drive::run_with(&*engine, &plan, workers, &mut reporters, &conditions);
    let totals = totals.map_err(|error| {
        Problem(format!("cannot write the report: {error}; the run was given up"))
    })?;
    drop(reporters);
    if let Some(baseline) = baseline.filter(|_| !lines.is_empty() && !totals.is_partial) {
        show_changes(&baseline, &lines)?;
    }
    engine.leave();
    Ok(code(totals.is_red(), totals.is_partial && stop.load(Ordering::Relaxed)))
}

/// The files that a run reads, each with what it is.
fn inputs(arguments: &Run, plan: &Plan) -> impl Iterator<Item = (&'static str, PathBuf)> {
    let scripts = plan.scripts.iter().filter_map(IndexedFile::disk_path);
    let dialects = arguments.selecting.dialect.iter().map(PathBuf::from);
    let lists = arguments.ignore_lists.iter().cloned();
    let baselines = arguments.baseline.iter().cloned();
    let durations = arguments.durations.iter().cloned();
    let all = scripts.map(|path| ("a script", path));
    let all = all.chain(dialects.map(|path| ("a dialect", path)));
    let all = all.chain(lists.map(|path| ("an exception list", path)));
    let all = all.chain(baselines.map(|path| ("the baseline", path)));
    all.chain(durations.map(|path| ("the report of `--durations`", path)))
}

/// How many changes of each kind are shown after a run that is held against a baseline.
const CHANGES_SHOWN: usize = 5;

/// Shows all that changed against a baseline, fixes and failures of another kind included. `lines` is the report of
/// the run.
fn show_changes(baseline: &Baseline, lines: &[u8]) -> Result<(), Problem> {
    let report =
        touchstone::report::json::read(lines).map_err(|error| Problem(error.to_string()))?;
    let diff = touchstone::diff::diff(baseline.report(), &report, &[]);
    let mut out = stdout();
    writeln!(out, "\nAgainst the baseline (all of it: touchstone diff):")?;
    touchstone::diff::text::write_changes(&mut out, &diff, CHANGES_SHOWN)?;
    Ok(out.flush()?)
}

/// What is to be run.
fn plan(arguments: &Run) -> Result<Plan, Problem> {
    let lists = selection::lists(&arguments.ignore_lists)?;
    let plan = selection::plan_with(&arguments.selecting, &lists, arguments.jobs)?;
    let Some(shard) = arguments.shard else { return Ok(plan) };
    let Some(path) = &arguments.durations else { return Ok(divide(plan, shard, None)?) };
    let report = read_report(path)?;
    let divided = divide(plan, shard, Some(&report));
    divided.map_err(|error| Problem(format!("`{}`: {error}", path.display())))
}

/// How long a test may take before it is named, where nobody says otherwise. Few take a second on any engine.
const SLOW: Duration = Duration::from_secs(5);

fn conditions<'a>(arguments: &Run, stop: &'a AtomicBool) -> Conditions<'a> {
    Conditions {
        stop: Some(stop),
        fail_fast: arguments.fail_fast,
        again: usize::from(arguments.repeat) - 1,
        slow: match arguments.slow {
            Some(0) => None,
            seconds => Some(seconds.map_or(SLOW, Duration::from_secs)),
        },
        ..Conditions::default()
    }
}

/// The exit code of a run, which may have been stopped before its end.
fn code(is_red: bool, is_stopped: bool) -> ExitCode {
    match is_red {
        // As a shell says of a process that Ctrl-C ended.
        _ if is_stopped => ExitCode::from(130),
        false => ExitCode::SUCCESS,
        true => ExitCode::FAILURE,
    }
}

/// The earlier run that this one is to be held against.
fn baseline(arguments: &Run) -> Result<Option<Baseline>, Problem> {
    let Some(path) = &arguments.baseline else { return Ok(None) };
    let (vanished, lost) = (arguments.allow_vanished.clone(), arguments.allow_lost.clone());
    let baseline = Baseline::new(read_report(path)?, vanished, lost);
    let baseline = baseline.map_err(|unfit| Problem(format!("`{}`: {unfit}", path.display())))?;
    Ok(Some(baseline))
}

/// Judges several engines, one after another, and shows where they disagree.
fn run_several(arguments: &Run, plan: &Plan, stop: &AtomicBool) -> Result<ExitCode, Problem> {
    let of_one = [
        (arguments.baseline.is_some(), "--baseline"),
        (arguments.format == Format::Github, "--format github"),
        (arguments.format == Format::Json, "--format json"),
    ];
    if let Some((_, flag)) = of_one.iter().find(|(given, _)| *given) {
        return Err(Problem(format!(
            "`{flag}` is for a run of one engine; name one by `--engine`"
        )));
    }
    let workers = workers(arguments.jobs);
    let choices = &arguments.engine.engines;
    let engines = choices.iter().map(|choice| arguments.engine.open_one(choice).map_err(Problem));
    let engines = engines.collect::<Result<Vec<_>, _>>()?;
    if let Some(folder) = &arguments.json {
        let paths = engines.iter().enumerate().map(|(n, engine)| report_of(folder, n, &**engine));
        let paths = paths.map(|path| ("--json", path));
        let junit = arguments.junit.iter().map(|path| ("--junit", path.clone()));
        are_apart(paths.chain(junit), inputs(arguments, plan))?;
        std::fs::create_dir_all(folder).map_err(|error| {
            Problem(format!("cannot make the folder `{}`: {error}", folder.display()))
        })?;
    }
    begun();
    let (mut reports, mut red, mut stopped) = (Vec::new(), false, false);
    for (n, (engine, choice)) in engines.iter().zip(choices).enumerate() {
        if stop.load(Ordering::Relaxed) {
            let name = engine.describe().name;
            stopped = true;
            writeln!(io::stderr(), "{name} was not run: the run was stopped")?;
            continue;
        }
        let mut lines = Vec::new();
        let mut reporters: Vec<Box<dyn Reporter + '_>> = Vec::new();
        let bar = ProgressReporter::new().filter(|_| !arguments.showing.quiet);
        reporters.extend(bar.map(|bar| Box::new(bar) as Box<dyn Reporter>));
        reporters.push(Box::new(JsonReporter::new(&mut lines)));
        let flags = arguments.engine.starting(Some(choice));
        let conditions = Conditions { flags: Some(&flags), ..conditions(arguments, stop) };
        let totals = drive::run_with(&**engine, plan, workers, &mut reporters, &conditions);
        let totals = totals.map_err(|error| Problem(error.to_string()))?;
        red |= totals.is_red();
        stopped |= totals.is_partial && stop.load(Ordering::Relaxed);
        drop(reporters);
        if let Some(folder) = &arguments.json {
            create(&report_of(folder, n, &**engine))?.write_all(&lines)?;
        }
        let report = touchstone::report::json::read(&lines[..]);
        reports.push(report.map_err(|error| Problem(error.to_string()))?);
    }
    if let Some(path) = &arguments.junit {
        let mut junit = Document::default();
        reports.iter().for_each(|report| junit.add(report));
        write(path, &|out| junit.write(out))?;
    }
    let comparison = touchstone::compare::compare(&reports);
    // Quiet is a run in which all is well.
    if arguments.showing.quiet && !red && comparison.disagreements.is_empty() {
        return Ok(code(red, stopped));
    }
    let mut out = Visible(stdout());
    for report in &reports {
        let (engine, closing) = (&report.header.engine, &report.closing);
        match closing {
            Ok(closing) => {
                let words = in_words(&closing.totals);
                writeln!(out, "{} {}: {words}", engine.name, engine.version)?;
            }
            Err(partial) => writeln!(out, "{} {}: {partial}", engine.name, engine.version)?,
        }
    }
    writeln!(out)?;
    disagree::show(&mut out, &comparison, 5)?;
    out.flush()?;
    Ok(code(red, stopped))
}

/// Where the report of the engine of a number is, in a folder with those of all engines.
fn report_of(folder: &Path, n: usize, engine: &dyn Engine) -> PathBuf {
    let name: String = engine.describe().name.chars().map(in_file_name).collect();
    folder.join(format!("{n}-{name}.jsonl"))
}

fn in_file_name(c: char) -> char {
    if c.is_ascii_alphanumeric() { c } else { '-' }
}

fn reporters(arguments: &Run, plan: &Plan) -> Result<Vec<Box<dyn Reporter>>, Problem> {
    let mut reporters: Vec<Box<dyn Reporter>> = Vec::new();
    if let Some(path) = &arguments.json {
        reporters.push(Box::new(JsonReporter::new(create(path)?)));
    }
    if let Some(path) = &arguments.junit {
        reporters.push(Box::new(JunitReporter::new(create(path)?)));
    }
    reporters.extend(showing::reporters(arguments.format, arguments.showing, plan)?);
    Ok(reporters)
}

/// Makes a file, which takes the place of one that is there.
fn create(path: &Path) -> Result<BufWriter<File>, Problem> {
    let file = File::create(path)
        .map_err(|error| Problem(format!("cannot write `{}`: {error}", path.display())))?;
    Ok(BufWriter::new(file))
}
