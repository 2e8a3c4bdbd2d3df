//! Keeps a history of runs, and shows it.
//!
//! In: the names of a history and of reports, and what is asked. Out: the history with these runs in it, or on
//! standard output what it says.

mod text;

use crate::args::history::{Add, Again, Changes, Counts, Doomed, Form, History, Verb};
use crate::problem::Problem;
use crate::reading::read_report;
use serde::Serialize;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use touchstone::history::{self, About, Adding, HistoryError, Trouble};
use touchstone::report::json::Report;
use touchstone::report::stdout;
use touchstone::report::terminal::Visible;
use touchstone::report::words::number_of;

pub(crate) fn history(arguments: &History) -> Result<ExitCode, Problem> {
    let wait = Duration::from_secs(arguments.wait);
    if let Verb::Add(add) = &arguments.verb {
        return self::add(&arguments.file, wait, add);
    }
    let mut history = history::History::open(&arguments.file, wait)?;
    let mut out = stdout();
    match &arguments.verb {
        Verb::Add(_) => {}
        Verb::List(shown) => {
            let runs = history.runs(&shown.runs.which(Some(&shown.nights)))?;
            show(&mut out, shown.format, &runs, |out| text::runs(out, &runs))?;
        }
        Verb::Show(show) => {
            let found = history.timelines(&show.test, &show.runs.which(None))?;
            self::show(&mut out, show.format, &found, |out| text::timelines(out, &found))?;
        }
        Verb::Changes(changes) => return self::changes(&history, changes),
        Verb::Flaky(shown) => {
            let found = history.flaky(&shown.runs.which(Some(&shown.nights)))?;
            show(&mut out, shown.format, &found, |out| text::flaky(out, &found))?;
        }
        Verb::Counts(Counts { shown, suite, proposal }) => {
            let about = match (suite, proposal) {
                (Some(suite), _) => About::Suite(suite),
                (_, Some(proposal)) => About::Proposal(proposal),
                _ => About::All,
            };
            let found = history.counts(&shown.runs.which(Some(&shown.nights)), about)?;
            show(&mut out, shown.format, &found, |out| text::counts(out, &found))?;
        }
        Verb::Report(Again { run }) => write_report(&mut out, &history.report(*run)?)?,
        Verb::Prune(prune) => {
            let pruned = history.prune(&what(&prune.which), !prune.dry_run)?;
            let would = if prune.dry_run { "would go" } else { "are gone" };
            let (runs, changes) =
                (number_of(pruned.runs, "run"), number_of(pruned.changes, "change"));
            writeln!(out, "{runs} and {changes} {would}")?;
            if !prune.dry_run {
                writeln!(out, "{} bytes before, {} now", pruned.before, pruned.after)?;
            }
        }
        Verb::Check => {
            writeln!(out, "ok: {}, no damage", number_of(history.check()?, "run"))?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Adds runs one by one. What cannot be added is told, and keeps nothing else out.
fn add(file: &Path, wait: Duration, arguments: &Add) -> Result<ExitCode, Problem> {
    let how = Adding { night: arguments.night.clone(), corpus: arguments.corpus.clone() };
    let mut history = history::History::open_or_make(file, wait)?;
    let mut refused = Vec::new();
    for path in &arguments.runs {
        let added = read_report(path).and_then(|report| {
            let added = history.add(&report, &how);
            // What is wrong with a run is told with its name, and not with that of the history.
            added.map_err(|error| match error {
                HistoryError { what: Trouble::Unfit(unfit), .. } => {
                    Problem(format!("`{}`: {unfit}", path.display()))
                }
                error => error.into(),
            })
        });
        match added {
            Ok(added) => {
                let mut out = Visible(stdout());
                text::added(&mut out, path, &added)?;
                out.flush()?;
            }
            Err(problem) => refused.push(problem),
        }
    }
    let Some(last) = refused.pop() else { return Ok(ExitCode::SUCCESS) };
    for Problem(message) in refused {
        let _ = writeln!(io::stderr(), "error: {message}");
    }
    Err(last)
}

fn changes(history: &history::History, arguments: &Changes) -> Result<ExitCode, Problem> {
    let mut night = history.night(arguments.night.as_deref(), arguments.last)?;
    let which = arguments.runs.which(None);
    // Whether there are such runs, in any night.
    history.runs(&which)?;
    night.runs.retain(|run| which.has_series(&run.run.series));
    night.absent.retain(|absent| which.has_series(&absent.series));
    let mut out = stdout();
    show(&mut out, arguments.format, &night, |out| text::night(out, &night, arguments.show))?;
    out.flush()?;
    let red = night.runs.iter().filter_map(|run| run.diff.as_ref()).any(|diff| diff.red() > 0);
    Ok(if red { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn show<W: Write>(
    out: &mut W,
    form: Form,
    found: &impl Serialize,
    text: impl FnOnce(&mut Visible<&mut W>) -> io::Result<()>,
) -> Result<(), Problem> {
    match form {
        Form::Text => text(&mut Visible(out))?,
        Form::Json => writeln!(out, "{}", serde_json::to_string_pretty(found)?)?,
    }
    Ok(())
}

fn write_report(out: &mut impl Write, report: &Report) -> Result<(), Problem> {
    writeln!(out, "{}", serde_json::to_string(&report.header)?)?;
    for line in &report.lines {
        writeln!(out, "{}", serde_json::to_string(line)?)?;
    }
    if let Ok(closing) = &report.closing {
        writeln!(out, "{}", serde_json::to_string(closing)?)?;
    }
    Ok(())
}

fn what(doomed: &Doomed) -> history::Prune {
    match (&doomed.before, doomed.keep, doomed.run) {
        (Some(night), ..) => history::Prune::Before(night.clone()),
        (_, Some(keep), _) => history::Prune::Keep(keep.get()),
        (_, _, run) => history::Prune::Run(run.unwrap_or_default()),
    }
}
