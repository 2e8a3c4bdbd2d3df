//! Compares engines with random modules, and keeps what it finds.
//!
//! In: flags. Out: on standard output, what was found; a script for each find; the same as JSON, where that is
//! asked for.

use crate::args::Fuzz;
use crate::disagree;
use crate::outputs::write;
use crate::problem::Problem;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use touchstone::compare::Comparison;
use touchstone::engine::Engine;
use touchstone::fuzz::{Find, Found, GENERATOR, Search, search};
use touchstone::report::progress::Bar;
use touchstone::report::stdout;
use touchstone::report::terminal::Visible;
use touchstone_script::{Feature, FeatureSet};

/// How many modules are tried where nothing else is asked for.
const MODULES: u64 = 1000;

pub(crate) fn hunt(arguments: &Fuzz, stop: &AtomicBool) -> Result<ExitCode, Problem> {
    let engines = engines(arguments)?;
    let features = match &arguments.features {
        Some(names) => {
            names.iter().map(|name| feature(name)).collect::<Result<FeatureSet, Problem>>()?
        }
        None => shared(&engines),
    };
    let workers = arguments.jobs.or_else(|| std::thread::available_parallelism().ok());
    let plan = Search {
        features,
        first: arguments.seed,
        modules: arguments.modules.or(arguments.seconds.is_none().then_some(MODULES)),
        time: arguments.seconds.map(Duration::from_secs),
        workers: workers.map_or(1, Into::into),
        patience: Duration::from_secs(arguments.reduce),
    };
    std::fs::create_dir_all(&arguments.keep).map_err(|error| {
        Problem(format!("cannot make the folder `{}`: {error}", arguments.keep.display()))
    })?;
    let mut out = stdout();
    writeln!(out, "{GENERATOR}; features: {}", names(features).join(","))?;
    out.flush()?;
    let (bar, problem) = (Bar::new(plan.modules), Mutex::new(None));
    let keep = |find: &Find| {
        if let Err(error) = keep(find, &arguments.keep, &bar) {
            stop.store(true, Ordering::Relaxed);
            *problem.lock().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(error);
        }
    };
    let found = search(&engines, &plan, stop, &keep, &|done| bar.set(done));
    bar.clear();
    if let Some(problem) = problem.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner()) {
        return Err(problem);
    }
    show(&mut Visible(&mut out), &found)?;
    out.flush()?;
    if let Some(path) = &arguments.json {
        let written = serde_json::to_vec_pretty(&Report::of(&found, &plan, &arguments.keep));
        let written = written.map_err(|error| Problem(error.to_string()))?;
        write(path, &|out| out.write_all(&written))?;
    }
    Ok(match found.finds.is_empty() {
        _ if stop.load(Ordering::Relaxed) => ExitCode::from(130),
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

/// The engines that are compared. With a single one, ours is the other.
fn engines(arguments: &Fuzz) -> Result<Vec<Box<dyn Engine>>, Problem> {
    // No module of a random scene comes again.
    let flags = &arguments.engine.without_cache();
    let mut engines = Vec::new();
    if flags.engines.len() == 1 {
        engines.push(flags.open_isolated().map_err(Problem)?);
    }
    for choice in &flags.engines {
        let engine = match choice.command.is_empty() {
            // A crash of ours is a find, too.
            true => flags.open_isolated(),
            false => flags.open_one(choice),
        };
        engines.push(engine.map_err(Problem)?);
    }
    match engines.is_empty() {
        true => Err(Problem(
            "nothing to compare: name engines with `--engine cmd:PROGRAM ARGUMENTS…`, an adapter (see \
             docs/judge-your-engine.md), or `--engine touchstone`, our own"
                .into(),
        )),
        false => Ok(engines),
    }
}

/// The features that all engines have.
fn shared(engines: &[Box<dyn Engine>]) -> FeatureSet {
    let all: FeatureSet = Feature::ALL.iter().copied().collect();
    engines.iter().fold(all, |shared, engine| shared.intersection(engine.describe().features))
}

fn feature(name: &str) -> Result<Feature, Problem> {
    let known = || Feature::ALL.iter().map(|feature| feature.name()).collect::<Vec<_>>().join(", ");
    name.parse()
        .map_err(|_| Problem(format!("there is no proposal `{name}`; there are {}", known())))
}

fn names(features: FeatureSet) -> Vec<&'static str> {
    features.iter().map(Feature::name).collect()
}

/// Writes the script of a find, and says so.
fn keep(find: &Find, folder: &Path, bar: &Bar) -> Result<(), Problem> {
    let kept = match &find.script {
        None => "as others that were kept".to_owned(),
        Some(script) => {
            let path = folder.join(file_name(find.seed));
            std::fs::write(&path, script)
                .map_err(|error| Problem(format!("cannot write `{}`: {error}", path.display())))?;
            path.display().to_string()
        }
    };
    let line = format!("seed {}: {}: {kept}", find.seed, find.fingerprint);
    bar.hidden(|| {
        let mut out = stdout();
        writeln!(out, "{line}")?;
        out.flush()
    })?;
    Ok(())
}

fn file_name(seed: u64) -> String {
    format!("seed-{seed}.wast")
}

fn show(out: &mut impl Write, found: &Found) -> Result<(), Problem> {
    let seconds = found.duration.as_secs_f64();
    writeln!(
        out,
        "\n{} modules in {seconds:.1} s, {:.0} each second; {} skipped",
        found.modules,
        found.modules as f64 / seconds.max(1e-9),
        found.skipped
    )?;
    disagree::show(out, &found.comparison, 3)?;
    let mut alike: BTreeMap<&str, u64> = BTreeMap::new();
    for find in &found.finds {
        *alike.entry(&find.fingerprint).or_default() += 1;
    }
    if !alike.is_empty() {
        writeln!(out, "\n{} modules show differences:", found.finds.len())?;
    }
    for (fingerprint, count) in alike {
        writeln!(out, "  {count} × {fingerprint}")?;
    }
    Ok(())
}

/// What was found, as JSON.
#[derive(serde::Serialize)]
struct Report<'a> {
    schema: &'static str,
    generator: &'static str,
    features: Vec<&'static str>,
    first_seed: u64,
    modules: u64,
    skipped: u64,
    duration_ns: u64,
    comparison: &'a Comparison,
    finds: Vec<ReportedFind<'a>>,
}

#[derive(serde::Serialize)]
struct ReportedFind<'a> {
    seed: u64,
    class: &'static str,
    fingerprint: &'a str,
    script: Option<String>,
}

impl<'a> Report<'a> {
    fn of(found: &'a Found, plan: &Search, folder: &Path) -> Self {
        let find = |find: &'a Find| ReportedFind {
            seed: find.seed,
            class: find.disagreement.class.word(),
            fingerprint: &find.fingerprint,
            script: find
                .script
                .as_ref()
                .map(|_| folder.join(file_name(find.seed)).display().to_string()),
        };
        Report {
            schema: "touchstone-fuzz/1",
            generator: GENERATOR,
            features: names(plan.features),
            first_seed: plan.first,
            modules: found.modules,
            skipped: found.skipped,
            duration_ns: u64::try_from(found.duration.as_nanos()).unwrap_or(u64::MAX),
            comparison: &found.comparison,
            finds: found.finds.iter().map(find).collect(),
        }
    }
}
