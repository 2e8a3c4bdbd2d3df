//! The command line, which makes a plan from flags, runs it, and ends with an exit code.
//!
//! The exit code is 0 if all selected tests are as they should be, 1 if some are not, and 2 if what was asked
//! for could not be done.
#![forbid(unsafe_code)]

mod args;
mod audit_corpus;
mod audit_engine;
mod caching;
mod changes;
mod chronicle;
mod completing;
mod configuration;
mod disagree;
mod dump;
mod explain;
mod exporting;
mod find;
mod heap;
#[cfg(feature = "fuzz")]
mod hunt;
mod judging;
mod merging;
mod nightly;
mod outputs;
mod problem;
mod reading;
mod reporting;
mod review;
mod selection;
mod shell;
mod showing;
mod shrink;
mod stopping;

use args::{Arguments, CheckEngine, Selecting, Serve, Verb};
use clap::Parser as _;
use problem::Problem;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;
use stopping::{STOP, begun, stop_when_told};
use touchstone::engine::DEFAULT_MEMORY_LIMIT;
use touchstone::engine::remote::{Check, Limits, check};
use touchstone::engine::runner;
use touchstone::engine::touchstone::own_engine;
use touchstone::report::stdout;
use touchstone::report::terminal::visible;
use touchstone::report::words::number_of;
use touchstone::select::PlannedFile;
use touchstone::serve::ServedEngine;
use touchstone::serve_files::serve_files;

fn main() -> ExitCode {
    env_logger::Builder::new().parse_env("TOUCHSTONE_LOG").init();
    let Arguments { mut verb, no_config } = Arguments::parse();
    let configured = if no_config { Ok(()) } else { configuration::apply(&mut verb) };
    let done = configured.and_then(|()| act(verb));
    match done {
        Ok(code) => code,
        Err(Problem(message)) => {
            // It may quote what an adapter or a script says.
            let _ = writeln!(io::stderr(), "error: {}", visible(&message));
            ExitCode::from(2)
        }
    }
}

fn act(verb: Verb) -> Result<ExitCode, Problem> {
    match verb {
        Verb::Run(arguments) => {
            stop_when_told();
            judging::run(&arguments, &STOP)
        }
        Verb::Merge(arguments) => merging::merge(&arguments),
        Verb::List(selecting) => list(&selecting),
        Verb::Explain(arguments) => {
            stop_when_told();
            explain::explain(&arguments)
        }
        Verb::Compare(arguments) => disagree::disagreements(&arguments),
        Verb::Diff(arguments) => changes::changes(&arguments),
        Verb::Report(arguments) => reporting::report(&arguments),
        Verb::History(arguments) => chronicle::history(&arguments),
        Verb::Triage(arguments) => review::triage(&arguments),
        Verb::Reduce(arguments) => {
            stop_when_told();
            begun();
            shrink::shrink(&arguments, &STOP)
        }
        Verb::Export(arguments) => exporting::export(&arguments),
        #[cfg(feature = "fuzz")]
        Verb::Fuzz(arguments) => {
            stop_when_told();
            begun();
            hunt::hunt(&arguments, &STOP)
        }
        Verb::CheckEngine(arguments) => {
            stop_when_told();
            check_engine(&arguments)
        }
        Verb::AuditEngine(arguments) => {
            stop_when_told();
            audit_engine::audit_engine(&arguments)
        }
        Verb::Audit(arguments) => {
            stop_when_told();
            begun();
            audit_corpus::audit_corpus(&arguments, &STOP)
        }
        Verb::Serve(arguments) => serve(&arguments),
        Verb::Nightly(arguments) => {
            stop_when_told();
            begun();
            nightly::nightly(&arguments, &STOP)
        }
        Verb::Cache(arguments) => caching::cache(&arguments),
        Verb::Completions(arguments) => completing::completions(&arguments),
    }
}

/// Tests an adapter or a runner of scripts, for its author.
fn check_engine(arguments: &CheckEngine) -> Result<ExitCode, Problem> {
    let time = (arguments.timeout != 0).then(|| Duration::from_secs(arguments.timeout));
    let limits = Limits { time, memory: Some(DEFAULT_MEMORY_LIMIT) };
    arguments.engine.is_known().map_err(Problem)?;
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
            (Some(wrong), _) => {
                writeln!(out, "WRONG  {}\n       {}", check.what, visible(wrong))?;
            }
            (None, Some(note)) => {
                writeln!(out, "note   {}\n       {}", check.what, visible(note))?;
            }
            (None, None) => writeln!(out, "ok     {}", check.what)?,
        }
    }
    let wrong = checks.iter().filter(|check| check.wrong.is_some()).count();
    writeln!(out, "\n{}, {wrong} wrong", number_of(checks.len(), "check"))?;
    out.flush()?;
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Answers until the other side has no more requests.
fn serve(arguments: &Serve) -> Result<ExitCode, Problem> {
    let engine = own_engine(arguments.engine.options());
    if arguments.files {
        serve_files(&*engine, std::io::BufReader::new(std::io::stdin()), std::io::stdout())?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut adapter = ServedEngine::new(&*engine, &["spectest", "touchstone"]);
    touchstone_adapter::serve(&mut adapter)?;
    Ok(ExitCode::SUCCESS)
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
