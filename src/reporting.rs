//! Writes reports for people, from the reports of runs.
//!
//! In: the names of reports, and of what is to be written. Out: those files, each whole or not at all. Which reports fit
//! together is not known here.

use crate::args::Report as Arguments;
use crate::outputs::{are_apart, write};
use crate::problem::Problem;
use crate::reading::{Opened, about, read_report};
use crate::selection::{Judging, from_disk};
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use touchstone::history::{About, Counted, History, RunId, Which};
use touchstone::index::{self, IndexedFile};
use touchstone::page::counts::{Counts, Point};
use touchstone::page::gather::Gatherer;
use touchstone::page::junit::Document;
use touchstone::page::table::{Run, Table};
use touchstone::page::{badge, counts, data, features, html, markdown, sources};
use touchstone::report::json::Report;

/// How long a history may be busy.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn report(arguments: &Arguments) -> Result<ExitCode, Problem> {
    check(arguments)?;
    // What a pipe says can be read once: all first lines are read, then the rest of one report after another.
    let runs =
        arguments.runs.iter().map(|path| Opened::new(path)).collect::<Result<Vec<_>, _>>()?;
    let earlier = earlier(arguments, &runs)?;
    let mut gathered = Gathered::of(arguments);
    for ((path, run), earlier) in arguments.runs.iter().zip(runs).zip(earlier) {
        let report = run.read()?;
        let own = Own { name: report.header.engine.name.clone(), corpus: None };
        let at = gathered.add(path, &report, own)?;
        for (path, earlier) in earlier {
            gathered.add_earlier(&path, &earlier.read()?, at, &report)?;
        }
    }
    gathered.write(arguments)?;
    Ok(ExitCode::SUCCESS)
}

/// A run that is shown, as whoever asks for the report knows it.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// Its report.
    pub(crate) path: PathBuf,
    /// What its engine is called, where that is not its own name.
    pub(crate) label: Option<String>,
    /// The corpus that it belongs to in the history; any, where none is given.
    pub(crate) corpus: Option<String>,
    /// The run that it is compared with.
    pub(crate) before: Option<Before>,
}

/// Where an earlier run is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Before {
    /// In a file.
    File(PathBuf),
    /// In the history, under this number.
    Kept(RunId),
}

/// Shows runs, as [`report`], of which each says what it is compared with. What cannot be shown keeps nothing else out:
/// gives the positions of runs that are left out, and why. Of `arguments`, the runs are not looked at.
pub(crate) fn report_of(
    arguments: &Arguments,
    runs: &[Shown],
) -> Result<Vec<(usize, Problem)>, Problem> {
    let (mut gathered, mut left_out) = (Gathered::of(arguments), Vec::new());
    for (n, shown) in runs.iter().enumerate() {
        let called = |mut report: Report| {
            let own = report.header.engine.name.clone();
            report.header.engine.name = shown.label.clone().unwrap_or(own);
            report
        };
        let added = read_report(&shown.path).and_then(|report| {
            let own = Own { name: report.header.engine.name.clone(), corpus: shown.corpus.clone() };
            let report = called(report);
            Ok((gathered.add(&shown.path, &report, own)?, report))
        });
        let (at, report) = match added {
            Ok(added) => added,
            Err(problem) => {
                left_out.push((n, problem));
                continue;
            }
        };
        let Some(before) = &shown.before else { continue };
        let (path, earlier) = match before {
            Before::File(path) => (path.clone(), read_report(path)),
            Before::Kept(run) => {
                let path = arguments.history.clone().unwrap_or_default();
                let report = History::open(&path, PATIENCE).and_then(|it| it.report(*run));
                (path, report.map_err(Problem::from))
            }
        };
        let added =
            earlier.and_then(|earlier| gathered.add_earlier(&path, &called(earlier), at, &report));
        if let Err(Problem(why)) = added {
            let _ = writeln!(std::io::stderr(), "{why}; this earlier run is not on the page");
        }
    }
    if let Some((_, Problem(why))) = left_out.first().filter(|_| left_out.len() == runs.len()) {
        return Err(Problem(why.clone()));
    }
    gathered.write(arguments)?;
    Ok(left_out)
}

/// What an engine is called where it is not shown.
#[derive(Clone, Debug)]
struct Own {
    /// Its own name.
    name: String,
    /// The corpus of its run in the history, where that is known.
    corpus: Option<String>,
}

/// What was read so far.
struct Gathered {
    gatherer: Gatherer,
    junit: Option<Document>,
    /// Of each run, in the order of the table.
    own: Vec<Own>,
}

impl Gathered {
    fn of(arguments: &Arguments) -> Gathered {
        let junit = arguments.junit.as_ref().map(|_| Document::default());
        Gathered { gatherer: Gatherer::default(), junit, own: Vec::new() }
    }

    /// Adds a run, and gives its position.
    fn add(&mut self, path: &Path, report: &Report, own: Own) -> Result<usize, Problem> {
        let at = self.gatherer.add(&name(path), report).map_err(|unfit| about(path, unfit))?;
        self.own.push(own);
        self.junit.iter_mut().for_each(|junit| junit.add(report));
        Ok(at)
    }

    /// Adds an earlier run of the engine of the run at a position, which is `later`.
    fn add_earlier(
        &mut self,
        path: &Path,
        earlier: &Report,
        at: usize,
        later: &Report,
    ) -> Result<(), Problem> {
        let added = self.gatherer.add_earlier(&name(path), earlier, at, later);
        added.map_err(|unfit| about(path, unfit))?;
        self.own.push(Own { name: earlier.header.engine.name.clone(), corpus: None });
        Ok(())
    }

    fn write(self, arguments: &Arguments) -> Result<(), Problem> {
        let Gathered { gatherer, junit, own } = self;
        let mut table = gatherer.finish();
        for (run, Own { name, .. }) in table.runs.iter_mut().zip(&own) {
            let known = arguments.engine_flags.iter().find(|(known, _)| known == name);
            // Our own engine takes none, unless its report says so.
            let is_own = (name == "touchstone").then(String::new);
            let said = run.header.flags.as_ref().map(|flags| match flags.strip_prefix(OWN) {
                Some(rest) if rest.is_empty() || rest.starts_with(' ') => {
                    rest.trim_start().to_owned()
                }
                _ => flags.clone(),
            });
            run.flags = known.map(|(_, flags)| flags.clone()).or(said).or(is_own);
        }
        warn(&table);
        write_all(arguments, &table, &own, &junit.unwrap_or_default())
    }
}

/// What names the engine that is judged where no other is named.
const OWN: &str = "--engine=touchstone";

/// Whether something is asked for, of something.
fn check(arguments: &Arguments) -> Result<(), Problem> {
    if arguments.runs.is_empty() {
        let message = "no run is given; `touchstone run --json RUN` makes one, `touchstone report RUN --html FILE` \
                       shows it";
        return Err(Problem(message.into()));
    }
    let outputs = arguments.outputs();
    if outputs.is_empty() {
        let message = "nothing is asked for; say what to write by `--html FILE`, `--markdown FILE`, `--junit FILE`, \
                       `--badge FILE` or `--features-json FILE`";
        return Err(Problem(message.into()));
    }
    let runs = arguments.runs.iter().chain(&arguments.before).map(|path| ("a run", path.clone()));
    let histories = arguments.history.iter().map(|path| ("a history", path.clone()));
    let outputs = outputs.into_iter().map(|(flag, path)| (flag, path.clone()));
    are_apart(outputs, runs.chain(histories))?;
    if arguments.badge.is_some() && arguments.runs.len() != 1 {
        return Err(Problem(
            "`--badge` is about one run; give one, and make one badge for each".into(),
        ));
    }
    Ok(())
}

/// Of each run the earlier ones of its engine, the latest first.
fn earlier(arguments: &Arguments, runs: &[Opened]) -> Result<Vec<Vec<(PathBuf, Opened)>>, Problem> {
    let engines = runs.iter().map(|run| &run.header.engine);
    let engines: Vec<(&str, &str)> =
        engines.map(|engine| (engine.name.as_str(), engine.version.as_str())).collect();
    let mut found: Vec<Vec<(PathBuf, Opened)>> = runs.iter().map(|_| Vec::new()).collect();
    for path in &arguments.before {
        let earlier = Opened::new(path)?;
        let engine = &earlier.header.engine;
        let run = counts::later_run(&engines, &engine.name, &engine.version).ok_or_else(|| {
            let (path, name) = (path.display(), &engine.name);
            Problem(format!(
                "`{path}` is an earlier run of `{name}`, and no run of that engine is given without `--before`"
            ))
        })?;
        found[run].push((path.clone(), earlier));
    }
    for runs in &mut found {
        runs.sort_by(|(_, a), (_, b)| b.header.started.cmp(&a.header.started));
    }
    Ok(found)
}

/// Says which runs are partial.
fn warn(table: &Table) {
    for run in &table.runs {
        if let Some(partial) = &run.partial {
            let _ = writeln!(std::io::stderr(), "`{}`: {partial}", run.report);
        }
    }
}

/// What a report is called on the page: the folders that it is in are nobody's business.
fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn write_all(
    arguments: &Arguments,
    table: &Table,
    own: &[Own],
    junit: &Document,
) -> Result<(), Problem> {
    if let Some(path) = &arguments.html {
        let scripts = scripts(table);
        let find = |suite: &str, file: &str| scripts.find(suite, file);
        let past = past(arguments, table, own)?;
        let blocks = data::blocks(table, &sources::sources(table, &find), &past);
        let title = arguments.title.clone().unwrap_or_else(|| title(table));
        write(path, &|out| html::write_html(out, &title, &blocks))?;
    }
    if let Some(path) = &arguments.markdown {
        write(path, &|out| markdown::write_markdown(out, table))?;
    }
    if let Some(path) = &arguments.junit {
        write(path, &|out| junit.write(out))?;
    }
    if let (Some(path), Some(run)) = (&arguments.badge, table.current().next()) {
        let counts = counts::of_run(table, run);
        let partial = run.partial.is_some();
        write(path, &|out| {
            badge::write_badge(out, &run.engine(), &counts, partial, run.beside.as_deref())
        })?;
    }
    if let Some(path) = &arguments.features_json {
        let features = features::features(table);
        write(path, &|out| writeln!(out, "{features:#}"))?;
    }
    Ok(())
}

/// How the engines did before, from a history: on the same kind of machine, and of the same corpus.
fn past(arguments: &Arguments, table: &Table, own: &[Own]) -> Result<Vec<Point>, Problem> {
    let Some(path) = &arguments.history else { return Ok(Vec::new()) };
    let history = History::open(path, PATIENCE)?;
    let counted = history.counts(&Which::default(), About::All)?;
    let is_run = |point: &&Counted, run: &Run, own: &Own| {
        (&point.series.engine, &point.version) == (&own.name, &run.header.engine.version)
            && (&point.series.host, &point.started) == (&run.header.host, &run.header.started)
            && own.corpus.as_ref().is_none_or(|corpus| *corpus == point.series.corpus)
    };
    let mut points = Vec::new();
    let current = table.runs.iter().zip(own).filter(|(run, _)| run.earlier_than.is_none());
    for (run, own) in current {
        let Some(now) = counted.iter().find(|point| is_run(point, run, own)) else {
            let report = &run.report;
            let _ = writeln!(
                std::io::stderr(),
                "`{report}` is not in the history: nothing is plotted of its past"
            );
            continue;
        };
        let past = counted
            .iter()
            .filter(|point| point.series == now.series && point.started <= now.started);
        points.extend(past.map(|point| Point {
            engine: run.header.engine.name.clone(),
            version: point.version.clone(),
            started: point.started.clone(),
            partial: point.partial,
            counts: Counts::of(&point.tally),
        }));
    }
    Ok(points)
}

fn title(table: &Table) -> String {
    let engines: Vec<String> = table.current().map(Run::engine).collect();
    match &engines[..] {
        [one] => format!("{one}: WebAssembly tests"),
        several => format!("{} engines: WebAssembly tests", several.len()),
    }
}

/// Where the text of scripts is looked for.
struct Scripts(HashMap<(String, String), IndexedFile>);

impl Scripts {
    fn find(&self, suite: &str, file: &str) -> Option<IndexedFile> {
        let key = (suite.to_owned(), file.to_owned());
        let on_disk = self.0.get(&key).cloned();
        on_disk.or_else(|| index::embedded().file(&format!("{suite}/{file}:")).cloned())
    }
}

/// The scripts on disk that runs were of, as far as they are still there, besides the embedded ones.
fn scripts(table: &Table) -> Scripts {
    let mut scripts = Scripts(HashMap::new());
    let mut seen: Vec<&Vec<String>> = Vec::new();
    for scope in table.runs.iter().filter_map(|run| run.header.selection.as_ref()) {
        if scope.paths.is_empty() || seen.contains(&&scope.paths) {
            continue;
        }
        seen.push(&scope.paths);
        let paths: Vec<PathBuf> = scope.paths.iter().map(PathBuf::from).collect();
        match from_disk(&paths, Judging { suites: &scope.suites, dialect: None, jobs: None }) {
            Ok(files) => scripts.0.extend(
                files
                    .into_iter()
                    .map(|file| ((file.suite().name.clone(), file.path().to_owned()), file)),
            ),
            Err(Problem(message)) => {
                let _ =
                    writeln!(std::io::stderr(), "the page has no text of some scripts: {message}");
            }
        }
    }
    scripts
}
