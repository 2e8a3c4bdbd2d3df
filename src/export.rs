//! Writes tests in the forms that runners of other engines read.
//!
//! In: a selection of tests, and folders. Out, in the folders: the scripts that have these tests, cut down to
//! them and to what they rest on.

use crate::args::Export;
use crate::problem::Problem;
use crate::selection;
use std::collections::HashSet;
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;
use touchstone::forms::{json, links, wast};
use touchstone::report::stdout;
use touchstone::select::PlannedFile;
use touchstone_script::{Directive, FeatureSet, Script};

/// What was written, and what could not be.
#[derive(Default)]
struct Counts {
    scripts: usize,
    directives: usize,
    /// Directives that rest on something that the features do not have.
    beyond_features: usize,
    /// Places of directives that the form has no words for.
    left_out: Vec<String>,
}

pub(crate) fn export(arguments: &Export) -> Result<ExitCode, Problem> {
    let plan = selection::plan(&arguments.selecting)?;
    let features = selection::features(&arguments.features)?;
    let mut counts = Counts::default();
    for planned in &plan.files {
        let script = planned.file.script();
        let links = links::links(&script);
        let wanted = slice(&script, &links, planned, features, &mut counts);
        if !wanted.contains(&true) {
            continue;
        }
        counts.scripts += 1;
        counts.directives += wanted.iter().filter(|wanted| **wanted).count();
        if let Some(folder) = &arguments.wast {
            let text = planned.file.source()?;
            let path = folder.join(place(planned));
            write(&path, wast::cut(&text, &script.directives, &wanted).as_bytes())?;
        }
        if let Some(folder) = &arguments.wast2json {
            let path = folder.join(place(planned)).with_extension("json");
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let source = planned.file.name();
            let chosen = script.directives.iter().zip(&links).zip(&wanted).filter(|one| *one.1);
            let chosen = chosen.map(|((directive, links), _)| json::Wanted {
                directive,
                links,
                line: directive.span.line,
            });
            let document = json::document(&script.modules, chosen, &stem, &source);
            for (name, bytes) in &document.modules {
                write(&path.with_file_name(name), bytes)?;
            }
            let text = document.json.text();
            write(&path, &text.map_err(|error| Problem(error.to_string()))?)?;
            let places = document.left_out.iter().map(|line| format!("{source}:{line}"));
            counts.left_out.extend(places);
        }
    }
    say(&counts)?;
    Ok(ExitCode::SUCCESS)
}

fn say(counts: &Counts) -> Result<(), Problem> {
    let mut out = stdout();
    let Counts { scripts, directives, beyond_features, left_out } = counts;
    writeln!(out, "{directives} directives of {scripts} scripts were written")?;
    if *beyond_features > 0 {
        writeln!(out, "{beyond_features} were not, since they need other features")?;
    }
    if !left_out.is_empty() {
        let n = left_out.len();
        writeln!(out, "{n} were not, since JSON has no words for them:")?;
        for place in left_out {
            writeln!(out, "  {place}")?;
        }
    }
    out.flush()?;
    Ok(())
}

/// Which directives of a script to keep: those that are selected, and what acts on the same modules, before
/// or between them. With `features`, groups of modules that need others are left out, whole.
fn slice(
    script: &Script,
    links: &[links::Links],
    planned: &PlannedFile,
    features: Option<FeatureSet>,
    counts: &mut Counts,
) -> Vec<bool> {
    let (mut position, mut wanted) = (0, Vec::new());
    for directive in &script.directives {
        let next = position + tests_of(directive).len();
        wanted.push((position..next).any(|position| planned.selects(position)));
        position = next;
    }
    if let Some(features) = features {
        let needs = |directive: &Directive| {
            let mut tests = tests_of(directive).into_iter();
            tests.any(|test| !test.proposals.difference(features).is_empty())
        };
        let needy: Vec<bool> = script.directives.iter().map(needs).collect();
        let groups: HashSet<usize> = links
            .iter()
            .zip(&needy)
            .filter(|pair| *pair.1)
            .filter_map(|pair| pair.0.group)
            .collect();
        for (n, links) in links.iter().enumerate() {
            if wanted[n] && (needy[n] || links.group.is_some_and(|group| groups.contains(&group))) {
                wanted[n] = false;
                counts.beyond_features += 1;
            }
        }
    }
    let groups: HashSet<usize> =
        links.iter().zip(&wanted).filter(|pair| *pair.1).filter_map(|pair| pair.0.group).collect();
    let last = wanted.iter().rposition(|wanted| *wanted).unwrap_or_default();
    for (n, links) in links.iter().enumerate().take(last) {
        wanted[n] |= links.group.is_some_and(|group| groups.contains(&group));
    }
    wanted
}

/// A directive and, if it is a thread, those inside it, each of which is a test.
fn tests_of(directive: &Directive) -> Vec<&Directive> {
    let nested = directive.command.nested().iter().flat_map(tests_of);
    std::iter::once(directive).chain(nested).collect()
}

/// Where the script stands below a folder: never outside of it.
fn place(planned: &PlannedFile) -> PathBuf {
    let name = planned.file.name();
    let parts = Path::new(&name).components().filter_map(|part| match part {
        Component::Normal(part) => Some(part),
        _ => None,
    });
    parts.collect()
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(path, bytes));
    written.map_err(|error| Problem(format!("cannot write `{}`: {error}", path.display())))
}
