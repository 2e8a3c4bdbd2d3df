//! Makes a plan from the flags that select tests.
//!
//! In: what the flags say. Out: a plan with at least one test, or one message that
//! names what does not exist and suggests what is most like it.

use crate::args::{Selecting, workers};
use crate::problem::Problem;
use std::collections::HashSet;
use std::io::Write as _;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use touchstone::dialects;
use touchstone::index::{self, ExceptionList, IndexedFile, JudgedBy, Selection, nearest};
use touchstone::scope::Scope;
use touchstone::select::Plan;
use touchstone_script::{Feature, FeatureSet};

/// The tests that `selecting` means.
pub(crate) fn plan(selecting: &Selecting) -> Result<Plan, Problem> {
    plan_with(selecting, &[], None)
}

/// The same, with what more exception lists say of the tests; scripts from disk are read by so many threads.
pub(crate) fn plan_with(
    selecting: &Selecting,
    lists: &[ExceptionList],
    jobs: Option<NonZeroUsize>,
) -> Result<Plan, Problem> {
    let selection = Selection {
        suites: if selecting.paths.is_empty() { suites(&selecting.suites)? } else { Vec::new() },
        proposals: selecting
            .proposals
            .iter()
            .map(|name| proposal(name))
            .collect::<Result<_, _>>()?,
        texts: selecting.filters.clone(),
        ..Selection::default()
    };
    let Selecting { suites, dialect, .. } = selecting;
    let judging = Judging { suites, dialect: dialect.as_deref(), jobs };
    let files = match selecting.paths.is_empty() {
        true => index::embedded().files().to_vec(),
        false => from_disk(&selecting.paths, judging)?,
    };
    let files = files.iter().map(|file| ExceptionList::attach(lists, file));
    let files = files.collect::<Result<Vec<_>, _>>()?;
    let plan = Plan {
        scope: Some(scope(selecting)),
        exception_lists: Some(ExceptionList::digest(lists)),
        ..Plan::of_files(files, &selection)
    };
    if plan.files.is_empty() {
        return Err(Problem(
            "no test is selected; `touchstone list` with fewer flags shows what there is".into(),
        ));
    }
    Ok(plan)
}

/// The exception lists in files.
pub(crate) fn lists(paths: &[PathBuf]) -> Result<Vec<ExceptionList>, Problem> {
    let cfg = index::embedded().cfg();
    let lists = paths.iter().map(|path| ExceptionList::read(path, cfg));
    Ok(lists.collect::<Result<_, _>>()?)
}

fn scope(selecting: &Selecting) -> Scope {
    let Selecting { paths, suites, proposals, filters, .. } = selecting;
    Scope {
        paths: paths.iter().map(|path| path.display().to_string()).collect(),
        suites: suites.clone(),
        proposals: proposals.clone(),
        filters: filters.clone(),
        ..Scope::default()
    }
}

/// The suites of these names, if there are such.
pub(crate) fn suites(names: &[String]) -> Result<Vec<String>, Problem> {
    let index = index::embedded();
    for name in names {
        if index.suite(name).is_none() {
            return Err(unknown(
                "suite",
                name,
                index.suites().iter().map(|suite| suite.name.clone()),
            ));
        }
    }
    Ok(names.to_vec())
}

fn proposal(name: &str) -> Result<Feature, Problem> {
    name.parse().map_err(|_| {
        unknown("proposal", name, Feature::ALL.iter().map(|feature| feature.name().to_owned()))
    })
}

/// The features that are named, if any are. An empty name stands for none: Wasm 1.0.
pub(crate) fn features(names: &Option<Vec<String>>) -> Result<Option<FeatureSet>, Problem> {
    let Some(names) = names else { return Ok(None) };
    let mut features = FeatureSet::EMPTY;
    for name in names.iter().filter(|name| !name.is_empty()) {
        features = features.with(proposal(name)?);
    }
    Ok(Some(features))
}

/// By what scripts from disk are judged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Judging<'a> {
    /// Suites under whose features they are judged.
    pub(crate) suites: &'a [String],
    /// The name or the file of their dialect, or `none`.
    pub(crate) dialect: Option<&'a str>,
    /// How many of them are read at the same time, if that is not one per processor.
    pub(crate) jobs: Option<NonZeroUsize>,
}

/// Loads scripts from disk. They are judged as their dialect says, which is the one that is named, or else the
/// one by which their folder is recognised; standard error tells which it is. Otherwise they are judged under
/// the features of the suites that are named; if none is named, under every feature that some suite has.
pub(crate) fn from_disk(
    paths: &[PathBuf],
    judging: Judging<'_>,
) -> Result<Vec<IndexedFile>, Problem> {
    let names = judging.suites;
    suites(names)?;
    let suites = index::embedded().suites().iter();
    let meant = suites.filter(|suite| names.is_empty() || names.contains(&suite.name));
    let features = meant.fold(FeatureSet::EMPTY, |all, suite| all.union(suite.features));
    let dialects = dialects::embedded();
    let own;
    let chosen = match judging.dialect {
        Some(name) if name.ends_with(".toml") => {
            own = dialects::read(Path::new(name)).map_err(Problem)?;
            Some(&own)
        }
        None | Some("none") => None,
        Some(name) => Some(dialects.named(name).ok_or_else(|| {
            unknown("dialect", name, dialects.all().iter().map(|dialect| dialect.name.clone()))
        })?),
    };
    let workers = workers(judging.jobs);
    let is_open = judging.dialect.is_none() && names.is_empty();
    let mut files = Vec::new();
    for path in paths {
        let found = match chosen {
            Some(dialect) => Some(dialects.chosen(dialect, path)),
            None => is_open.then(|| dialects.recognise(path)).flatten(),
        };
        let Some(found) = found else {
            files.extend(index::load_by(path, JudgedBy::Features(features), workers)?);
            continue;
        };
        let loaded = index::load_by(path, JudgedBy::Dialect(&found), workers)?;
        let _ = writeln!(std::io::stderr(), "{}: dialect {}", path.display(), found.words());
        files.extend(loaded);
    }
    let mut names = HashSet::new();
    match files.iter().map(IndexedFile::name).find(|name| !names.insert(name.clone())) {
        Some(name) => Err(Problem(format!(
            "two of these scripts would both be called `{name}`; run them one after the other"
        ))),
        None => Ok(files),
    }
}

/// The problem that something does not exist, as in "there is no suite `lates`; did you mean `latest`?".
pub(crate) fn unknown(what: &str, name: &str, names: impl Iterator<Item = String>) -> Problem {
    let names: Vec<String> = names.collect();
    let message = match nearest(name, names.iter().map(String::as_str)) {
        Some(near) => format!("there is no {what} `{name}`; did you mean `{near}`?"),
        None if names.len() <= 40 => {
            format!("there is no {what} `{name}`; there are: {}", names.join(", "))
        }
        None => format!("there is no {what} `{name}`"),
    };
    Problem(message)
}
