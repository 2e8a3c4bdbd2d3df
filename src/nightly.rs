//! A night: all engines are judged, and what changed since the last night is told.
//!
//! In: a file of settings. Out: a folder with reports, changes, history and a page; the exit code says whether anything
//! that passed is lost. A night that was interrupted goes on where it was, and two do not get in each other's way.

mod after;
mod config;
mod installed;
mod judge;
mod past;
mod publish;
mod store;
mod taken;

use crate::args::{self, EngineChoice, EngineFlags};
use crate::problem::Problem;
use crate::selection::{self, Judging};
use after::Summary;
use clap::Parser as _;
use config::Nightly;
use judge::{Judge, Judged, Started};
use publish::Run;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use store::Store;
use touchstone::engine::Engine;
use touchstone::index::{self, ExceptionList};
use touchstone::report::stdout;
use touchstone::report::terminal::Visible;
use touchstone::scope::Scope;
use touchstone::select::Plan;
use touchstone::shard::Shard;

pub(crate) fn nightly(arguments: &args::Nightly, stop: &AtomicBool) -> Result<ExitCode, Problem> {
    let config = Nightly::read(&arguments.config)?;
    let runs = arguments.runs.as_deref().map(std::path::absolute).transpose()?;
    let parts = arguments.parts.as_deref().map(std::path::absolute).transpose()?;
    let own = arguments.out.as_deref().map(std::path::absolute).transpose()?;
    // Names of tests on disk begin with the paths of scripts, which have to be the same wherever this is called.
    if let Some(folder) = arguments.config.parent().filter(|folder| !folder.as_os_str().is_empty())
    {
        std::env::set_current_dir(folder)?;
    }
    let out = own.as_ref().unwrap_or(&config.out);
    if let (Some(shard), Some(parts)) = (arguments.shard, &parts) {
        return parted(&config, arguments, out, shard, parts, stop);
    }
    let store = Store::open(out, arguments.wait)?;
    let say = |words: &str| {
        if !arguments.showing.quiet {
            let _ = writeln!(Visible(stdout()), "{words}");
        }
    };
    if store.resumed {
        say(&format!("going on with the night of {}", store.started()));
    }
    let judged = match &runs {
        Some(folder) => taken::taken(&store, folder, config.engines()?.into_keys())?,
        None => match judged(&config, &store, stop, arguments.showing.quiet, &say)? {
            Some(judged) => judged,
            None => {
                say("stopped; the same command goes on with this night");
                return Ok(ExitCode::from(130));
            }
        },
    };
    let keys: BTreeSet<String> = judged.keys().cloned().collect();
    let mut summaries = Vec::new();
    for (name, outcome) in judged {
        summaries.push(match outcome {
            Ok(()) => after::compare(&store, &keys, &name, config.since)?,
            Err(why) => Summary::not_judged(name, why),
        });
    }
    for summary in &summaries {
        if let Err(why) = &summary.numbers {
            let _ = writeln!(io::stderr(), "{} is NOT JUDGED: {why}", summary.name);
        }
    }
    end(&store, &config, &summaries, arguments.showing.quiet)
}

/// For each engine, whether there is a report of it, or why there is none.
type Outcomes = BTreeMap<String, Result<(), String>>;

/// Judges all engines. Gives for each whether there is a report; or nothing, if it was stopped.
fn judged(
    config: &Nightly,
    store: &Store,
    stop: &AtomicBool,
    quiet: bool,
    say: &dyn Fn(&str),
) -> Result<Option<Outcomes>, Problem> {
    let (plan, flags) = (plan(config)?, flags(config)?);
    let (shards, workers) = (config.shards.get(), args::workers(config.jobs));
    let judge = Judge { store, plan: &plan, shards, workers, stop, quiet };
    let mut judged = BTreeMap::new();
    for (name, choice) in config.engines()? {
        let opened = choice.map_or_else(|| install(config, &name), Ok);
        let opened = opened.and_then(|choice| opened_with(&flags, &choice));
        let outcome = match opened {
            Err(why) => Err(why),
            Ok((engine, flags)) => {
                match judge.judge(&name, Started { engine: &*engine, flags: &flags })? {
                    Judged::Stopped => return Ok(None),
                    how => {
                        let about = engine.describe();
                        let words =
                            if how == Judged::Kept { "was judged already" } else { "is judged" };
                        say(&format!("{name} ({} {}) {words}", about.name, about.version));
                        Ok(())
                    }
                }
            }
        };
        judged.insert(name, outcome);
    }
    Ok(Some(judged))
}

/// An engine, with the flags that start it on a command line.
fn opened_with(
    flags: &EngineFlags,
    choice: &EngineChoice,
) -> Result<(Box<dyn Engine>, String), String> {
    Ok((flags.open_one(choice)?, flags.starting(Some(choice))))
}

fn install(config: &Nightly, name: &str) -> Result<EngineChoice, String> {
    let installer = config.installer.as_deref().unwrap_or_default();
    installed::install(installer, name)
}

/// Judges one shard of the engines, and leaves the reports in a folder: another process makes a night of them.
fn parted(
    config: &Nightly,
    arguments: &args::Nightly,
    out: &Path,
    shard: Shard,
    parts: &Path,
    stop: &AtomicBool,
) -> Result<ExitCode, Problem> {
    let (plan, flags, engines) = (plan(config)?, flags(config)?, config.engines()?);
    if let Some(name) = arguments.only.iter().find(|name| !engines.contains_key(*name)) {
        return Err(selection::unknown("engine", name, engines.into_keys()));
    }
    std::fs::create_dir_all(parts).map_err(|error| {
        Problem(format!("cannot make the folder `{}`: {error}", parts.display()))
    })?;
    let is_wanted = |name: &String| arguments.only.is_empty() || arguments.only.contains(name);
    let workers = args::workers(config.jobs);
    let mut lacking = 0;
    for (name, choice) in engines.into_iter().filter(|(name, _)| is_wanted(name)) {
        let opened = choice.map_or_else(|| install(config, &name), Ok);
        let (engine, flags) = match opened.and_then(|choice| opened_with(&flags, &choice)) {
            Ok(opened) => opened,
            Err(why) => {
                let _ = writeln!(io::stderr(), "{name} is NOT JUDGED: {why}");
                lacking += 1;
                continue;
            }
        };
        let Shard { number, of } = shard;
        let path = parts.join(format!("{name}.{number}-of-{of}.jsonl"));
        let last = store::earlier(out, &format!("{name}.jsonl"), 1)?;
        let plan = judge::part(&plan, shard, last.first().map(PathBuf::as_path))?;
        let engine = Started { engine: &*engine, flags: &flags };
        let quiet = arguments.showing.quiet;
        let how = judge::run(&path, engine, &plan, workers, stop, quiet)?;
        if how == Judged::Stopped {
            return Ok(ExitCode::from(130));
        }
    }
    Ok(ExitCode::from(if lacking == 0 { 0 } else { 2 }))
}

/// How all engines run.
fn flags(config: &Nightly) -> Result<EngineFlags, Problem> {
    #[derive(clap::Parser)]
    struct Only {
        #[command(flatten)]
        flags: EngineFlags,
    }
    let mut words = vec!["touchstone".to_owned()];
    words.extend(config.timeout.map(|seconds| format!("--timeout={seconds}")));
    words.extend(config.memory_limit.iter().map(|size| format!("--memory-limit={size}")));
    let only = Only::try_parse_from(words);
    only.map(|only| only.flags).map_err(|error| {
        let text = error.to_string();
        let first = text.lines().next().unwrap_or_default();
        Problem(first.trim_start_matches("error: ").to_owned())
    })
}

/// All tests of the night: embedded ones, and those of checkouts beside them.
fn plan(config: &Nightly) -> Result<Plan, Problem> {
    let lists = selection::lists(&config.ignore_lists)?;
    let mut files = Vec::new();
    if config.embedded {
        let suites = selection::suites(&config.suites)?;
        let selection = index::Selection { suites, ..index::Selection::default() };
        let embedded = index::embedded().files().iter();
        files.extend(embedded.filter(|file| selection.matches_file(file)).cloned());
    }
    for checkout in &config.checkouts {
        let judging =
            Judging { suites: &checkout.suites, dialect: checkout.dialect.as_deref(), jobs: None };
        files.extend(selection::from_disk(std::slice::from_ref(&checkout.path), judging)?);
    }
    let mut names = HashSet::new();
    if let Some(name) =
        files.iter().map(index::IndexedFile::name).find(|name| !names.insert(name.clone()))
    {
        return Err(Problem(format!(
            "two scripts would both be called `{name}`; leave one of them out"
        )));
    }
    let files = files.iter().map(|file| ExceptionList::attach(&lists, file));
    let files = files.collect::<Result<Vec<_>, _>>()?;
    let paths =
        config.checkouts.iter().map(|checkout| checkout.path.display().to_string()).collect();
    let beside = config.embedded && !config.checkouts.is_empty();
    let scope = Scope { paths, beside, suites: config.suites.clone(), ..Scope::default() };
    let plan = Plan::of_files(files, &index::Selection::default());
    Ok(Plan { scope: Some(scope), exception_lists: Some(ExceptionList::digest(&lists)), ..plan })
}

/// The runs of all engines that were judged.
fn runs(store: &Store, summaries: &[Summary]) -> Result<Vec<Run>, Problem> {
    let mut runs = Vec::new();
    for summary in summaries.iter().filter(|summary| summary.numbers.is_ok()) {
        let path = store.now(&format!("{}.jsonl", summary.name));
        let engine = publish::engine(&path)?;
        let (key, before) = (summary.name.clone(), summary.before.clone());
        runs.push(Run { key, path, engine, shared: false, before });
    }
    let names: Vec<String> = runs.iter().map(|run| run.engine.clone()).collect();
    for run in &mut runs {
        run.shared = names.iter().filter(|name| **name == run.engine).count() > 1;
    }
    Ok(runs)
}

/// Tells what changed, keeps it, and ends the night.
fn end(
    store: &Store,
    config: &Nightly,
    summaries: &[Summary],
    quiet: bool,
) -> Result<ExitCode, Problem> {
    let runs = runs(store, summaries)?;
    let keys = summaries.iter().map(|summary| summary.name.clone()).collect();
    let vanished = past::vanished(store, &keys)?;
    for words in &vanished {
        let _ = writeln!(io::stderr(), "{words}");
    }
    let text = after::markdown(store.started(), summaries, &vanished)?;
    store::write(&store.now("summary.md"), |out| out.write_all(text.as_bytes()))?;
    if runs.is_empty() {
        return Err(Problem(
            "no engine was judged, so this night tells nothing; it is not over".into(),
        ));
    }
    publish::history(store, &runs)?;
    let title = format!("Night of {}", store.started());
    let page = after::site(store, |folder| publish::site(store, folder, &runs, &title, &text));
    match &page {
        Ok(left_out) => {
            left_out.iter().for_each(|words| drop(writeln!(io::stderr(), "{words}")));
        }
        Err(Problem(why)) if store.shared("site").is_dir() => {
            let words = "no page can be made of these runs, and the site stays as it was";
            let _ = writeln!(io::stderr(), "{words}: {why}");
        }
        Err(Problem(why)) => {
            let _ = writeln!(io::stderr(), "no page can be made of these runs: {why}");
            after::site(store, |folder| publish::plain(folder, &text))?;
        }
    }
    let is_whole = page.is_ok_and(|left_out| left_out.is_empty());
    let (red, lacking) = (
        summaries.iter().map(Summary::red).sum::<u64>(),
        summaries.iter().filter(|summary| summary.numbers.is_err()).count(),
    );
    let night = store.commit()?;
    if let Err(error) = store.prune(config.keep) {
        log::warn!("old reports cannot be removed: {error}");
    }
    let mut out = Visible(stdout());
    if !quiet || red > 0 || lacking > 0 {
        summaries.iter().try_for_each(|summary| after::show(&mut out, summary))?;
        let verdict = match red {
            0 => "nothing that passed is lost".to_owned(),
            1 => "1 change for the worse".to_owned(),
            _ => format!("{red} changes for the worse"),
        };
        let lack = match lacking {
            0 => String::new(),
            1 => "; 1 engine was not judged".to_owned(),
            _ => format!("; {lacking} engines were not judged"),
        };
        writeln!(out, "\n{}: {verdict}{lack}", night.display())?;
        out.flush()?;
    }
    Ok(match red {
        _ if lacking > 0 || !is_whole => ExitCode::from(2),
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}
