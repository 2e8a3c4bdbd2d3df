//! A night: all engines are judged, and what changed since the last night is told.
//!
//! In: a file of settings. Out: a folder with reports, changes, history and a page; the exit code says whether anything
//! that passed is lost. A night that was interrupted goes on where it was, and two do not get in each other's way.

mod after;
mod config;
mod installed;
mod judge;
mod publish;
mod store;

use crate::args::{self, EngineChoice, EngineFlags};
use crate::problem::Problem;
use crate::selection::{self, Judging};
use after::Summary;
use clap::Parser as _;
use config::Nightly;
use judge::{Judge, Judged};
use std::collections::{BTreeMap, HashSet};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use store::Store;
use touchstone::index::{self, ExceptionList};
use touchstone::report::stdout;
use touchstone::scope::Scope;
use touchstone::select::Plan;

pub(crate) fn nightly(arguments: &args::Nightly, stop: &AtomicBool) -> Result<ExitCode, Problem> {
    let config = Nightly::read(&arguments.config)?;
    let runs = arguments.runs.as_deref().map(std::path::absolute).transpose()?;
    let own = arguments.out.as_deref().map(std::path::absolute).transpose()?;
    // Names of tests on disk begin with the paths of scripts, which have to be the same wherever this is called.
    if let Some(folder) = arguments.config.parent().filter(|folder| !folder.as_os_str().is_empty())
    {
        std::env::set_current_dir(folder)?;
    }
    let store = Store::open(own.as_ref().unwrap_or(&config.out), arguments.wait)?;
    let say = |words: &str| {
        if !arguments.showing.quiet {
            let _ = writeln!(stdout(), "{words}");
        }
    };
    if store.resumed {
        say(&format!("going on with the night of {}", store.started()));
    }
    let judged = match &runs {
        Some(folder) => taken(&store, folder)?,
        None => match judged(&config, &store, stop, arguments.showing.quiet, &say)? {
            Some(judged) => judged,
            None => {
                say("stopped; the same command goes on with this night");
                return Ok(ExitCode::from(130));
            }
        },
    };
    let mut summaries = Vec::new();
    for (name, outcome) in judged {
        summaries.push(match outcome {
            Ok(()) => after::compare(&store, &name, config.since)?,
            Err(why) => Summary { name, numbers: Err(why), diff: None },
        });
    }
    end(&store, &config, &summaries, arguments.showing.quiet)
}

/// Judges all engines. Gives for each whether there is a report; or nothing, if it was stopped.
fn judged(
    config: &Nightly,
    store: &Store,
    stop: &AtomicBool,
    quiet: bool,
    say: &dyn Fn(&str),
) -> Result<Option<BTreeMap<String, Result<(), String>>>, Problem> {
    let (plan, flags) = (plan(config)?, flags(config)?);
    let (shards, workers) = (config.shards.get(), args::workers(config.jobs));
    let judge = Judge { store, plan: &plan, shards, workers, stop, quiet };
    let mut judged = BTreeMap::new();
    for (name, choice) in config.engines()? {
        let opened = choice.map_or_else(|| install(config, &name), Ok);
        let opened = opened.and_then(|choice| flags.open_one(&choice));
        let outcome = match opened {
            Err(why) => Err(why),
            Ok(engine) => match judge.judge(&name, &*engine)? {
                Judged::Stopped => return Ok(None),
                how => {
                    let about = engine.describe();
                    let words =
                        if how == Judged::Kept { "was judged already" } else { "is judged" };
                    say(&format!("{name} ({} {}) {words}", about.name, about.version));
                    Ok(())
                }
            },
        };
        if let Err(why) = &outcome {
            let _ = writeln!(io::stderr(), "{name} is NOT JUDGED: {why}");
        }
        judged.insert(name, outcome);
    }
    Ok(Some(judged))
}

fn install(config: &Nightly, name: &str) -> Result<EngineChoice, String> {
    let installer = config.installer.as_deref().unwrap_or_default();
    installed::install(installer, name)
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
        let judging = Judging { suites: &checkout.suites, dialect: checkout.dialect.as_deref() };
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
    Ok(Plan { scope: Some(scope), ..plan })
}

/// Takes reports that were made elsewhere, such as those of merged shards.
fn taken(store: &Store, folder: &Path) -> Result<BTreeMap<String, Result<(), String>>, Problem> {
    let of = |error: io::Error| Problem(format!("`{}`: {error}", folder.display()));
    let mut taken = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(of)? {
        let path = entry.map_err(of)?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).map(str::to_owned);
        let (true, Some(name)) = (path.extension().is_some_and(|end| end == "jsonl"), name) else {
            continue;
        };
        let report = judge::read(&path)?;
        let whole = match (&report.closing, &report.header.shard) {
            (Err(partial), _) => Err(partial.to_string()),
            (_, Some(part)) => {
                Err(format!("this is shard {}; merge all of them first", part.in_words()))
            }
            _ => Ok(()),
        };
        whole.map_err(|why| Problem(format!("`{}`: {why}", path.display())))?;
        let mut from = std::fs::File::open(&path)?;
        let to = store.now(&format!("{name}.jsonl"));
        store.write(&to, |out| io::copy(&mut from, out))?;
        taken.insert(name, Ok(()));
    }
    match taken.is_empty() {
        true => {
            Err(Problem(format!("there is no report (`NAME.jsonl`) in `{}`", folder.display())))
        }
        false => Ok(taken),
    }
}

/// Tells what changed, keeps it, and ends the night.
fn end(
    store: &Store,
    config: &Nightly,
    summaries: &[Summary],
    quiet: bool,
) -> Result<ExitCode, Problem> {
    let is_judged = |summary: &&Summary| summary.numbers.is_ok();
    let runs: Vec<PathBuf> = summaries
        .iter()
        .filter(is_judged)
        .map(|summary| store.now(&format!("{}.jsonl", summary.name)))
        .collect();
    let text = after::markdown(store.started(), summaries)?;
    store.write(&store.now("summary.md"), |out| out.write_all(text.as_bytes()))?;
    publish::history(store, &runs)?;
    publish::site(store, &runs, &text)?;
    let (red, lacking) = (
        summaries.iter().map(Summary::red).sum::<u64>(),
        summaries.iter().filter(|summary| summary.numbers.is_err()).count(),
    );
    let night = store.commit()?;
    if let Err(error) = store.prune(config.keep) {
        log::warn!("old reports cannot be removed: {error}");
    }
    let mut out = stdout();
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
    Ok(match (lacking, red) {
        (1.., _) => ExitCode::from(2),
        (0, 1..) => ExitCode::FAILURE,
        (0, 0) => ExitCode::SUCCESS,
    })
}
