//! Shows where engines disagree.
//!
//! In: the names of reports. Out, on standard output: each class of disagreement with its tests.

use crate::args::Compare;
use crate::problem::Problem;
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::Path;
use std::process::ExitCode;
use touchstone::compare::{Answer, Class, Comparison, Disagreement, compare};
use touchstone::report::json::{Report, read};
use touchstone::report::stdout;

pub(crate) fn disagreements(arguments: &Compare) -> Result<ExitCode, Problem> {
    let wanted = arguments.classes.iter().map(|word| class(word)).collect::<Result<Vec<_>, _>>()?;
    let reports = arguments.reports.iter().map(|path| open(path)).collect::<Result<Vec<_>, _>>()?;
    let mut comparison = compare(&reports);
    if !wanted.is_empty() {
        comparison.disagreements.retain(|disagreement| wanted.contains(&disagreement.class));
    }
    let mut out = stdout();
    match arguments.json {
        true => {
            let text =
                serde_json::to_string_pretty(&comparison).map_err(|e| Problem(e.to_string()))?;
            writeln!(out, "{text}")?;
        }
        false => show(&mut out, &comparison, arguments.show)?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn class(word: &str) -> Result<Class, Problem> {
    let known = || Class::ALL.iter().map(|class| class.word()).collect::<Vec<_>>().join(", ");
    let found = Class::ALL.iter().copied().find(|class| class.word() == word);
    found.ok_or_else(|| Problem(format!("there is no class `{word}`; there are {}", known())))
}

fn open(path: &Path) -> Result<Report, Problem> {
    let of = |error: String| Problem(format!("`{}`: {error}", path.display()));
    let file = File::open(path).map_err(|error| of(error.to_string()))?;
    let report = read(BufReader::new(file)).map_err(|error| of(error.to_string()))?;
    if let Err(partial) = &report.closing {
        let _ = writeln!(std::io::stderr(), "`{}`: {partial}", path.display());
    }
    Ok(report)
}

pub(crate) fn show(
    out: &mut impl Write,
    comparison: &Comparison,
    most: usize,
) -> std::io::Result<()> {
    writeln!(out, "{} tests, {} without a difference", comparison.tests, comparison.agreed)?;
    for (n, engine) in comparison.engines.iter().enumerate() {
        let alone = |d: &&Disagreement| d.class == Class::OneAlone && failed(&d.answers[n]);
        let count = comparison.disagreements.iter().filter(alone).count();
        writeln!(out, "  [{n}] {engine}: fails alone {count} times")?;
    }
    for class in Class::ALL {
        let of: Vec<_> = comparison.disagreements.iter().filter(|d| d.class == *class).collect();
        if of.is_empty() {
            continue;
        }
        writeln!(out, "\n{} {}: {}", of.len(), class.word(), class.about())?;
        let shown = if most == 0 { of.len() } else { most };
        for disagreement in of.iter().take(shown) {
            show_one(out, disagreement)?;
        }
        if of.len() > shown {
            writeln!(out, "  … and {} more", of.len() - shown)?;
        }
    }
    Ok(())
}

fn show_one(out: &mut impl Write, disagreement: &Disagreement) -> std::io::Result<()> {
    writeln!(out, "  {}", disagreement.id)?;
    if let Some(expected) = &disagreement.expected {
        writeln!(out, "      expected: {expected}")?;
    }
    // Engines with the same answer share a line.
    let mut groups: Vec<(&Answer, Vec<String>)> = Vec::new();
    for (n, answer) in disagreement.answers.iter().enumerate() {
        let Some(answer) = answer else { continue };
        match groups.iter_mut().find(|(other, _)| *other == answer) {
            Some((_, engines)) => engines.push(format!("[{n}]")),
            None => groups.push((answer, vec![format!("[{n}]")])),
        }
    }
    for (answer, engines) in groups {
        let said = answer.said.as_deref().map(|said| format!(": {said}")).unwrap_or_default();
        writeln!(out, "      {} {}{said}", engines.join(" "), answer.outcome)?;
    }
    Ok(())
}

fn failed(answer: &Option<Answer>) -> bool {
    let fails = ["fail", "crash", "timeout", "error"];
    answer.as_ref().is_some_and(|answer| fails.contains(&answer.outcome.as_str()))
}
