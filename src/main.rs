//! The command line, which makes a plan from flags, runs it, and ends with an exit code.
//!
//! The exit code is 0 if all selected tests are as they should be, 1 if some are not, and 2 if what was asked
//! for could not be done.
#![forbid(unsafe_code)]

mod args;
mod audit_corpus;
mod audit_engine;
mod changes;
mod disagree;
mod dump;
mod explain;
mod exporting;
mod find;
#[cfg(feature = "fuzz")]
mod hunt;
mod problem;
mod review;
mod selection;

use args::{Arguments, CheckEngine, EngineFlags, Format, Run, Selecting, Verb, workers};
use clap::Parser as _;
use problem::Problem;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use touchstone::baseline::Baseline;
use touchstone::drive;
use touchstone::engine::DEFAULT_MEMORY_LIMIT;
use touchstone::engine::remote::{Check, Limits, check};
use touchstone::engine::runner;
use touchstone::engine::touchstone::own_engine;
use touchstone::report::json::JsonReporter;
use touchstone::report::junit::JunitReporter;
use touchstone::report::progress::ProgressReporter;
use touchstone::report::terminal::{Style, TerminalReporter, in_words};
use touchstone::report::{Held, Reporter, stdout};
use touchstone::select::{Plan, PlannedFile};
use touchstone::serve::ServedEngine;

fn main() -> ExitCode {
    env_logger::Builder::new().parse_env("TOUCHSTONE_LOG").init();
    let done = match Arguments::parse().verb {
        Verb::Run(arguments) => run(&arguments),
        Verb::List(selecting) => list(&selecting),
        Verb::Explain(arguments) => explain::explain(&arguments),
        Verb::Compare(arguments) => disagree::disagreements(&arguments),
        Verb::Diff(arguments) => changes::changes(&arguments),
        Verb::Triage(arguments) => review::triage(&arguments),
        Verb::Export(arguments) => exporting::export(&arguments),
        #[cfg(feature = "fuzz")]
        Verb::Fuzz(arguments) => {
            stop_when_told();
            hunt::hunt(&arguments, &STOP)
        }
        Verb::CheckEngine(arguments) => check_engine(&arguments),
        Verb::AuditEngine(arguments) => audit_engine::audit_engine(&arguments),
        Verb::Audit(arguments) => {
            stop_when_told();
            audit_corpus::audit_corpus(&arguments, &STOP)
        }
        Verb::Serve(flags) => serve(&flags),
    };
    match done {
        Ok(code) => code,
        Err(Problem(message)) => {
            let _ = writeln!(io::stderr(), "error: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Run) -> Result<ExitCode, Problem> {
    let lists = selection::lists(&arguments.ignore_lists)?;
    let plan = selection::plan_with(&arguments.selecting, &lists)?;
    if arguments.engine.engines.len() > 1 {
        return run_several(arguments, &plan);
    }
    let baseline = baseline(arguments)?;
    let engine = arguments.engine.open().map_err(Problem)?;
    if let (Some(baseline), Some(path)) = (&baseline, &arguments.baseline) {
        let fits = baseline.fits(&engine.describe(), &plan);
        fits.map_err(|unfit| Problem(format!("`{}`: {unfit}", path.display())))?;
    }
    let mut reporters = reporters(arguments)?;
    let workers = workers(arguments.jobs);
    stop_when_told();
    let totals =
        drive::run_against(baseline.as_ref(), &*engine, &plan, workers, &mut reporters, &STOP);
    let totals = totals.map_err(|error| {
        Problem(format!("cannot write the report: {error}; the run was given up"))
    })?;
    Ok(match totals.is_red() {
        // As a shell says of a process that Ctrl-C ended.
        _ if STOP.load(Ordering::Relaxed) => ExitCode::from(130),
        false => ExitCode::SUCCESS,
        true => ExitCode::FAILURE,
    })
}

/// The earlier run that this one is to be held against.
fn baseline(arguments: &Run) -> Result<Option<Baseline>, Problem> {
    let Some(path) = &arguments.baseline else { return Ok(None) };
    let (vanished, lost) = (arguments.allow_vanished.clone(), arguments.allow_lost.clone());
    let baseline = Baseline::new(disagree::read_report(path)?, vanished, lost);
    let baseline = baseline.map_err(|unfit| Problem(format!("`{}`: {unfit}", path.display())))?;
    Ok(Some(baseline))
}

/// Set when the run is to end.
static STOP: AtomicBool = AtomicBool::new(false);

/// Has Ctrl-C and SIGTERM end the run with a report that says it is partial; the second one ends the process.
fn stop_when_told() {
    let told = || {
        if STOP.swap(true, Ordering::Relaxed) {
            // Engines in processes of their own would outlive this one.
            touchstone::engine::kill_all();
            std::process::exit(130);
        }
    };
    if let Err(error) = ctrlc::set_handler(told) {
        log::warn!("Ctrl-C cannot be listened to: {error}");
    }
}

/// Judges several engines, one after another, and shows where they disagree.
fn run_several(arguments: &Run, plan: &Plan) -> Result<ExitCode, Problem> {
    if arguments.baseline.is_some() {
        let message = "`--baseline` is a run of one engine; name one by `--engine`";
        return Err(Problem(message.into()));
    }
    let workers = workers(arguments.jobs);
    let choices = &arguments.engine.engines;
    let engines = choices.iter().map(|choice| arguments.engine.open_one(choice).map_err(Problem));
    let engines = engines.collect::<Result<Vec<_>, _>>()?;
    if let Some(folder) = &arguments.json {
        std::fs::create_dir_all(folder).map_err(|error| {
            Problem(format!("cannot make the folder `{}`: {error}", folder.display()))
        })?;
    }
    stop_when_told();
    let (mut reports, mut red) = (Vec::new(), 0);
    for (n, engine) in engines.iter().enumerate() {
        if STOP.load(Ordering::Relaxed) {
            writeln!(io::stderr(), "{} was not run: the run was stopped", engine.describe().name)?;
            continue;
        }
        let mut lines = Vec::new();
        let mut reporters: Vec<Box<dyn Reporter + '_>> = Vec::new();
        reporters.extend(ProgressReporter::new().map(|bar| Box::new(bar) as Box<dyn Reporter>));
        reporters.push(Box::new(JsonReporter::new(&mut lines)));
        let totals = drive::run_until(&**engine, plan, workers, &mut reporters, &STOP);
        red += totals.map_err(|error| Problem(error.to_string()))?.all.red();
        drop(reporters);
        if let Some(folder) = &arguments.json {
            let name: String = engine.describe().name.chars().map(in_file_name).collect();
            let path = folder.join(format!("{n}-{name}.jsonl"));
            create(&path)?.write_all(&lines)?;
        }
        let report = touchstone::report::json::read(&lines[..]);
        reports.push(report.map_err(|error| Problem(error.to_string()))?);
    }
    let mut out = stdout();
    for report in &reports {
        if let Ok(closing) = &report.closing {
            let (engine, tally) = (&report.header.engine, &closing.totals);
            writeln!(out, "{} {}: {}", engine.name, engine.version, in_words(tally))?;
        }
    }
    writeln!(out)?;
    disagree::show(&mut out, &touchstone::compare::compare(&reports), 5)?;
    out.flush()?;
    Ok(match red {
        _ if STOP.load(Ordering::Relaxed) => ExitCode::from(130),
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

fn in_file_name(c: char) -> char {
    if c.is_ascii_alphanumeric() { c } else { '-' }
}

/// Tests an adapter or a runner of scripts, for its author.
fn check_engine(arguments: &CheckEngine) -> Result<ExitCode, Problem> {
    let time = (arguments.timeout != 0).then(|| Duration::from_secs(arguments.timeout));
    let limits = Limits { time, memory: Some(DEFAULT_MEMORY_LIMIT) };
    if let Some(runner) = &arguments.engine.runner {
        let (engine, checks, limits) = runner::check(runner, limits).map_err(Problem)?;
        let features: Vec<_> = engine.features.iter().map(|feature| feature.name()).collect();
        let head = format!("{} {}", engine.name, engine.version);
        return show_checks(&head, &features, &limits, &checks);
    }
    let mut command = arguments.engine.command.clone();
    if command.is_empty() {
        // Our own engine is its own adapter.
        command.extend([std::env::current_exe()?.display().to_string(), "serve".to_owned()]);
    }
    let (hello, checks) = check(&command, limits).map_err(Problem)?;
    let head = format!("{} {} {}", hello.engine, hello.version, hello.flags.join(" "));
    let features: Vec<_> = hello.features.iter().map(String::as_str).collect();
    let limits: Vec<_> = hello.cannot_tell.iter().map(|limit| limit.word()).collect();
    show_checks(&head, &features, &limits, &checks)
}

fn show_checks(
    head: &str,
    features: &[&str],
    limits: &[&str],
    checks: &[Check],
) -> Result<ExitCode, Problem> {
    let mut out = stdout();
    writeln!(out, "{head}")?;
    writeln!(out, "features: {}", features.join(", "))?;
    writeln!(
        out,
        "cannot tell: {}\n",
        if limits.is_empty() { "nothing".into() } else { limits.join(", ") }
    )?;
    for check in checks {
        match (&check.wrong, &check.note) {
            (Some(wrong), _) => writeln!(out, "WRONG  {}\n       {wrong}", check.what)?,
            (None, Some(note)) => writeln!(out, "note   {}\n       {note}", check.what)?,
            (None, None) => writeln!(out, "ok     {}", check.what)?,
        }
    }
    let wrong = checks.iter().filter(|check| check.wrong.is_some()).count();
    writeln!(out, "\n{} checks, {wrong} wrong", checks.len())?;
    out.flush()?;
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Answers until the other side has no more requests.
fn serve(flags: &EngineFlags) -> Result<ExitCode, Problem> {
    let engine = own_engine(flags.options());
    let mut adapter = ServedEngine::new(&*engine, &["spectest", "touchstone"]);
    touchstone_adapter::serve(&mut adapter)?;
    Ok(ExitCode::SUCCESS)
}

fn reporters(arguments: &Run) -> Result<Vec<Box<dyn Reporter>>, Problem> {
    let mut reporters: Vec<Box<dyn Reporter>> = Vec::new();
    if let Some(path) = &arguments.json {
        reporters.push(Box::new(JsonReporter::new(create(path)?)));
    }
    if let Some(path) = &arguments.junit {
        reporters.push(Box::new(JunitReporter::new(create(path)?)));
    }
    let bar = ProgressReporter::new();
    let out: Box<dyn Write> = if bar.is_some() && io::stdout().is_terminal() {
        Box::new(Held::new(stdout()))
    } else {
        Box::new(stdout())
    };
    // The progress bar is the first reporter, so that it is gone before the summary is written.
    reporters.extend(bar.map(|bar| Box::new(bar) as Box<dyn Reporter>));
    let colours = io::stdout().is_terminal()
        && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    reporters.push(match arguments.format {
        Format::Pretty => Box::new(TerminalReporter::new(out, Style::Pretty, colours)),
        Format::Terse => Box::new(TerminalReporter::new(out, Style::Terse, colours)),
        Format::Json => Box::new(JsonReporter::new(out)),
    });
    Ok(reporters)
}

fn create(path: &Path) -> Result<BufWriter<File>, Problem> {
    let file = File::create(path)
        .map_err(|error| Problem(format!("cannot write `{}`: {error}", path.display())))?;
    Ok(BufWriter::new(file))
}

fn list(selecting: &Selecting) -> Result<ExitCode, Problem> {
    let plan = selection::plan(selecting)?;
    let mut out = stdout();
    for name in plan.files.iter().flat_map(PlannedFile::names) {
        writeln!(out, "{name}")?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
