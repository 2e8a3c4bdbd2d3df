//! Shows where engines disagree.
//!
//! In: the names of reports. Out, on standard output: each class of disagreement with its tests.

use crate::args::Compare;
use crate::problem::Problem;
use crate::reading::{about, read_sound};
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use touchstone::compare::{Answer, Class, Comparison, Disagreement, compare};
use touchstone::report::json::{Line, Report};
use touchstone::report::stdout;
use touchstone::report::terminal::Visible;
use touchstone::report::words::number_of;

pub(crate) fn disagreements(arguments: &Compare) -> Result<ExitCode, Problem> {
    let wanted = arguments.classes.iter().map(|word| class(word)).collect::<Result<Vec<_>, _>>()?;
    let reports = arguments.reports.iter().map(|path| open(path)).collect::<Result<Vec<_>, _>>()?;
    share(&arguments.reports, &reports)?;
    if arguments.table {
        let mut out = stdout();
        table(&mut out, &reports)?;
        out.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
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

/// How often an engine did what.
#[derive(Clone, Copy, Default)]
struct Counts {
    passed: u64,
    red: u64,
    unsupported: u64,
    cannot_tell: u64,
}

impl Counts {
    fn add(&mut self, line: &Line) {
        let untold = line.feature.as_deref().is_some_and(|f| f.starts_with("cannot-tell:"));
        match line.outcome.as_str() {
            "pass" | "xpass" => self.passed += 1,
            "unsupported" if untold => self.cannot_tell += 1,
            "unsupported" | "skip" => self.unsupported += 1,
            "xfail" => {}
            _ => self.red += 1,
        }
    }
}

/// Numbers by proposal: passed / failed / unsupported / cannot tell.
fn table(out: &mut impl Write, reports: &[Report]) -> std::io::Result<()> {
    let mut out = Visible(out);
    const NONE: &str = "WebAssembly 1.0";
    let (mut rows, mut all) = (BTreeMap::new(), vec![Counts::default(); reports.len()]);
    for (n, report) in reports.iter().enumerate() {
        for line in &report.lines {
            all[n].add(line);
            let proposals = line.proposals.iter().map(String::as_str);
            let none = line.proposals.is_empty().then_some(NONE);
            for proposal in proposals.chain(none) {
                let row =
                    rows.entry(proposal).or_insert_with(|| vec![Counts::default(); reports.len()]);
                row[n].add(line);
            }
        }
    }
    write!(out, "| proposal |")?;
    for report in reports {
        write!(out, " {} {} |", report.header.engine.name, report.header.engine.version)?;
    }
    writeln!(out, "\n|---|{}", "---|".repeat(reports.len()))?;
    let all = std::iter::once(("all", &all));
    for (proposal, counts) in rows.iter().map(|(name, counts)| (*name, counts)).chain(all) {
        write!(out, "| {proposal} |")?;
        for Counts { passed, red, unsupported, cannot_tell } in counts {
            write!(out, " {passed} / {red} / {unsupported} / {cannot_tell} |")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn class(word: &str) -> Result<Class, Problem> {
    let known = || Class::ALL.iter().map(|class| class.word()).collect::<Vec<_>>().join(", ");
    let found = Class::ALL.iter().copied().find(|class| class.word() == word);
    found.ok_or_else(|| Problem(format!("there is no class `{word}`; there are {}", known())))
}

/// Checks that each report has a test that another one has.
fn share(paths: &[PathBuf], reports: &[Report]) -> Result<(), Problem> {
    let mut owners: HashMap<&str, usize> = HashMap::new();
    let mut shares = vec![false; reports.len()];
    for (n, report) in reports.iter().enumerate() {
        for line in &report.lines {
            let owner = *owners.entry(&line.id).or_insert(n);
            if owner != n {
                (shares[owner], shares[n]) = (true, true);
            }
        }
    }
    match shares.iter().position(|shares| !shares) {
        None => Ok(()),
        Some(alone) => Err(about(
            &paths[alone],
            format!(
                "none of its {} tests is in another one of these reports, so that there is nothing to compare",
                reports[alone].lines.len()
            ),
        )),
    }
}

fn open(path: &Path) -> Result<Report, Problem> {
    let report = read_sound(path)?;
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
    let out = &mut Visible(out);
    let tests = number_of(comparison.tests, "test");
    writeln!(out, "{tests}, {} without a difference", comparison.agreed)?;
    for (n, engine) in comparison.engines.iter().enumerate() {
        let alone = |d: &&Disagreement| d.class == Class::OneAlone && failed(&d.answers[n]);
        let count = comparison.disagreements.iter().filter(alone).count();
        writeln!(out, "  [{n}] {engine}: fails alone {}", number_of(count, "time"))?;
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
