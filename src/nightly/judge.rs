//! Judges one engine for the night.
//!
//! In: an engine, a plan, and what an interrupted night left. Out: a file with the report of a whole run. A report that
//! is there is kept if it is whole, and of this engine and these tests; what is partial is run again.

use super::store::{Store, part_of, write};
use crate::problem::Problem;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use touchstone::drive::{self, Conditions};
use touchstone::engine::Engine;
use touchstone::merge::merge;
use touchstone::report::Reporter;
use touchstone::report::json::{self, Header, JsonReporter, Report};
use touchstone::report::progress::ProgressReporter;
use touchstone::select::{self, Plan};
use touchstone::shard::{Shard, divide};

/// How engines are judged.
pub(crate) struct Judge<'a> {
    pub(crate) store: &'a Store,
    pub(crate) plan: &'a Plan,
    pub(crate) shards: usize,
    pub(crate) workers: usize,
    pub(crate) stop: &'a AtomicBool,
    pub(crate) quiet: bool,
}

/// An engine, with the flags that start it on a command line.
#[derive(Clone, Copy)]
pub(crate) struct Started<'a> {
    pub(crate) engine: &'a dyn Engine,
    pub(crate) flags: &'a str,
}

/// What became of the run of an engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Judged {
    /// It was run.
    Ran,
    /// An earlier process of this night had run it.
    Kept,
    /// It was stopped.
    Stopped,
}

impl Judge<'_> {
    /// Judges an engine, whose report gets this name.
    pub(crate) fn judge(&self, name: &str, engine: Started<'_>) -> Result<Judged, Problem> {
        let path = self.store.now(&format!("{name}.jsonl"));
        if whole(&path, engine, self.plan).is_some() {
            return Ok(Judged::Kept);
        }
        if self.shards == 1 {
            return self.run(&path, engine, self.plan);
        }
        let mut parts = Vec::new();
        for (part, plan) in self.parts(name)? {
            let report = match whole(&part, engine, &plan) {
                Some(report) => report,
                None => match self.run(&part, engine, &plan)? {
                    Judged::Stopped => return Ok(Judged::Stopped),
                    _ => whole(&part, engine, &plan).ok_or_else(|| {
                        Problem(format!("`{}` is not what was just written to it", part.display()))
                    })?,
                },
            };
            parts.push((part, report));
        }
        let files: Vec<PathBuf> = parts.iter().map(|(part, _)| part.clone()).collect();
        let named = parts.into_iter().map(|(part, report)| (part.display().to_string(), report));
        let report = merge(named.collect())?;
        write(&path, |out| json::write(out, &report)).map_err(|e| cannot(&path, &e))?;
        files.iter().try_for_each(fs::remove_file)?;
        Ok(Judged::Ran)
    }

    /// The parts of a run, each with the place of its report.
    fn parts(&self, name: &str) -> Result<Vec<(PathBuf, Plan)>, Problem> {
        let of = self.shards;
        let last = self.store.earlier(&format!("{name}.jsonl"), 1)?;
        let last = last.first().map(PathBuf::as_path);
        let part = |number| {
            let place = self.store.now(&format!("{name}.{number}-of-{of}.jsonl"));
            Ok((place, part(self.plan, Shard { number, of }, last)?))
        };
        (1..=of).map(part).collect()
    }

    fn run(&self, path: &Path, engine: Started<'_>, plan: &Plan) -> Result<Judged, Problem> {
        run(path, engine, plan, self.workers, self.stop, self.quiet)
    }
}

/// A part of a run. The report of the last night says how long scripts take, if there is one that knows.
pub(crate) fn part(plan: &Plan, shard: Shard, last: Option<&Path>) -> Result<Plan, Problem> {
    let last = last.and_then(|path| read(path).ok());
    match last.map(|last| divide(plan.clone(), shard, Some(&last))) {
        Some(Ok(plan)) => Ok(plan),
        _ => Ok(divide(plan.clone(), shard, None)?),
    }
}

/// Runs a plan and keeps the report, unless it is stopped.
pub(crate) fn run(
    path: &Path,
    engine: Started<'_>,
    plan: &Plan,
    workers: usize,
    stop: &AtomicBool,
    quiet: bool,
) -> Result<Judged, Problem> {
    let bar = ProgressReporter::new().filter(|_| !quiet);
    let Started { engine, flags } = engine;
    let conditions = Conditions { stop: Some(stop), flags: Some(flags), ..Conditions::default() };
    let written = write(path, |out| {
        let mut reporters: Vec<Box<dyn Reporter + '_>> = vec![Box::new(JsonReporter::new(out))];
        reporters.extend(bar.map(|bar| Box::new(bar) as Box<dyn Reporter>));
        drive::run_with(engine, plan, workers, &mut reporters, &conditions)?;
        match stop.load(Ordering::Relaxed) {
            true => Err(io::ErrorKind::Interrupted.into()),
            false => Ok(()),
        }
    });
    match written {
        Ok(()) => Ok(Judged::Ran),
        Err(error) if error.kind() == io::ErrorKind::Interrupted => {
            let _ = fs::remove_file(part_of(path));
            Ok(Judged::Stopped)
        }
        Err(error) => Err(cannot(path, &error)),
    }
}

fn cannot(path: &Path, error: &io::Error) -> Problem {
    Problem(format!("cannot write `{}`: {error}", path.display()))
}

/// Reads a report.
pub(crate) fn read(path: &Path) -> Result<Report, Problem> {
    crate::reading::read_report(path)
}

/// The report at this place, if it is of a whole run of this engine by this plan.
fn whole(path: &Path, engine: Started<'_>, plan: &Plan) -> Option<Report> {
    let report = path.is_file().then(|| read(path).ok()).flatten()?;
    let expected = Header::of(&drive::run_info(engine.engine, plan, Some(engine.flags)));
    let expected = Header { started: report.header.started.clone(), ..expected };
    let fits = report.closing.is_ok() && report.header == expected && same_tests(&report, plan);
    fits.then_some(report)
}

/// Whether a report has the tests of a plan, with the content that they have now.
fn same_tests(report: &Report, plan: &Plan) -> bool {
    let mut planned: Vec<(String, String)> = Vec::new();
    for file in &plan.files {
        let tests = select::tests(&file.file).into_iter().enumerate();
        let selected = tests.filter(|(position, _)| file.selects(*position));
        planned.extend(selected.map(|(_, test)| {
            ((*test.id).to_owned(), test.hash.map_or_else(String::new, |hash| hash.to_string()))
        }));
    }
    let mut judged: Vec<(&str, &str)> =
        report.lines.iter().map(|line| (line.id.as_str(), line.hash.as_str())).collect();
    planned.sort_unstable();
    judged.sort_unstable();
    planned.iter().map(|(id, hash)| (id.as_str(), hash.as_str())).eq(judged)
}
