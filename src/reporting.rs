//! Writes reports for people, from the reports of runs.
//!
//! In: the names of reports, and of what is to be written. Out: those files, each whole or not at all. Which reports fit
//! together is not known here.

use crate::args::Report as Arguments;
use crate::outputs::{are_apart, write};
use crate::problem::Problem;
use crate::reading::{Opened, about};
use crate::selection::{Judging, from_disk};
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use touchstone::history::{About, Counted, History, Which};
use touchstone::index::{self, IndexedFile};
use touchstone::page::counts::{Counts, Point};
use touchstone::page::gather::Gatherer;
use touchstone::page::junit::Document;
use touchstone::page::table::{Run, Table};
use touchstone::page::{badge, counts, data, features, html, markdown, sources};

/// How long a history may be busy.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn report(arguments: &Arguments) -> Result<ExitCode, Problem> {
    check(arguments)?;
    let mut gatherer = Gatherer::default();
    let mut junit = Document::default();
    // What a pipe says can be read once: all first lines are read, then the rest of one report after another.
    let runs =
        arguments.runs.iter().map(|path| Opened::new(path)).collect::<Result<Vec<_>, _>>()?;
    let earlier = earlier(arguments, &runs)?;
    for ((path, run), earlier) in arguments.runs.iter().zip(runs).zip(earlier) {
        let report = run.read()?;
        let at = gatherer.add(&name(path), &report).map_err(|unfit| about(path, unfit))?;
        if arguments.junit.is_some() {
            junit.add(&report);
        }
        for (path, earlier) in earlier {
            let before = earlier.read()?;
            let added = gatherer.add_earlier(&name(&path), &before, at, &report);
            added.map_err(|unfit| about(&path, unfit))?;
        }
    }
    let mut table = gatherer.finish();
    for run in &mut table.runs {
        let known = arguments.engine_flags.iter().find(|(name, _)| *name == run.header.engine.name);
        // Our own engine takes none, unless its report says so.
        let own = (run.header.engine.name == "touchstone").then(String::new);
        let said = run.header.flags.as_ref().map(|flags| match flags.strip_prefix(OWN) {
            Some(rest) if rest.is_empty() || rest.starts_with(' ') => rest.trim_start().to_owned(),
            _ => flags.clone(),
        });
        run.flags = known.map(|(_, flags)| flags.clone()).or(said).or(own);
    }
    warn(&table);
    write_all(arguments, &table, &junit)?;
    Ok(ExitCode::SUCCESS)
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

fn write_all(arguments: &Arguments, table: &Table, junit: &Document) -> Result<(), Problem> {
    if let Some(path) = &arguments.html {
        let scripts = scripts(table);
        let find = |suite: &str, file: &str| scripts.find(suite, file);
        let past = past(arguments, table)?;
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
fn past(arguments: &Arguments, table: &Table) -> Result<Vec<Point>, Problem> {
    let Some(path) = &arguments.history else { return Ok(Vec::new()) };
    let history = History::open(path, PATIENCE)?;
    let counted = history.counts(&Which::default(), About::All)?;
    let is_run = |point: &&Counted, run: &Run| {
        let engine = &run.header.engine;
        (&point.series.engine, &point.version) == (&engine.name, &engine.version)
            && (&point.series.host, &point.started) == (&run.header.host, &run.header.started)
    };
    let mut points = Vec::new();
    for run in table.current() {
        let Some(now) = counted.iter().find(|point| is_run(point, run)) else {
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
            engine: point.series.engine.clone(),
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
