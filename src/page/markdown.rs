//! A summary in Markdown.
//!
//! In: a table. Out: what each engine passes, by how many engines the tests of each proposal are passed, how engines
//! differ, and what failures have in common; in this order, so that the end can be cut off. Nothing here knows where the
//! summary is shown.

use super::counts::{by_proposal, of_run};
use super::table::{Run, Table};
use crate::compare::Class;
use crate::report::markup::{code, prose};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// How many causes are shown for each run.
const CAUSES: usize = 5;

/// How many tests of each class of difference are named.
const EXAMPLES: usize = 3;

/// Writes the summary.
///
/// # Errors
/// Fails if `out` does.
pub fn write_markdown(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    runs(out, table)?;
    proposals(out, table)?;
    classes(out, table)?;
    for run in table.current() {
        causes_of(out, run)?;
    }
    Ok(())
}

fn runs(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    writeln!(
        out,
        "| engine | passed | failed | failed as expected | unsupported | cannot tell | of | began |"
    )?;
    writeln!(out, "|---|--:|--:|--:|--:|--:|--:|---|")?;
    for run in table.current() {
        let counts = of_run(table, run);
        let partial = if run.partial.is_some() { " **partial**" } else { "" };
        writeln!(
            out,
            "| {}{partial} | {} | {} | {} | {} | {} | {} | {} |",
            prose(&run.engine()),
            counts.pass,
            counts.fail,
            counts.xfail,
            counts.unsupported,
            counts.cannot_tell,
            counts.total(),
            prose(&run.header.started),
        )?;
    }
    writeln!(out, "\nWhat is blocked by a failure counts as failed.")?;
    for run in table.current().filter(|run| run.partial.is_some()) {
        writeln!(
            out,
            "\n{}: {}.",
            prose(&run.engine()),
            prose(run.partial.as_deref().unwrap_or_default())
        )?;
    }
    for run in table.current() {
        if let Some(flags) = &run.header.flags {
            writeln!(out, "\n{}: {}.", prose(&run.engine()), code(flags))?;
        }
    }
    let harnesses: BTreeSet<String> = table
        .current()
        .filter_map(|run| run.header.harness.as_ref().map(ToString::to_string))
        .collect();
    if !harnesses.is_empty() {
        let all: Vec<&str> = harnesses.iter().map(String::as_str).collect();
        writeln!(out, "\nJudged by touchstone {}.", prose(&all.join(", ")))?;
    }
    // Most suites have one revision in common.
    let mut revisions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for suite in table.current().flat_map(|run| &run.header.suites) {
        revisions.entry(&suite.revision).or_default().insert(&suite.name);
    }
    for (revision, suites) in revisions {
        let suites = suites.into_iter().map(prose).collect::<Vec<_>>().join(", ");
        let revision = if revision.is_empty() { "Of no revision" } else { revision };
        writeln!(out, "\n{}: {suites}.", prose(revision))?;
    }
    Ok(())
}

fn proposals(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    writeln!(out, "\n### By how many engines tests are passed\n")?;
    writeln!(out, "| proposal | all | some | one | none |\n|---|--:|--:|--:|--:|")?;
    for (proposal, counts) in by_proposal(table) {
        let by = counts.passed_by;
        writeln!(
            out,
            "| {} | {} | {} | {} | {} |",
            prose(proposal),
            by.all,
            by.some,
            by.one,
            by.none
        )?;
    }
    writeln!(
        out,
        "\nOf the engines that have a verdict on a test. A test that needs several proposals counts under each."
    )
}

fn classes(out: &mut dyn Write, table: &Table) -> io::Result<()> {
    let of = |class: Class| table.rows.iter().filter(move |row| row.class == Some(class));
    if Class::ALL.iter().all(|class| of(*class).next().is_none()) {
        return Ok(());
    }
    writeln!(out, "\n### Where engines differ\n")?;
    for class in Class::ALL {
        let count = of(*class).count();
        if count > 0 {
            let examples = of(*class).take(EXAMPLES).map(|row| code(&row.id)).collect::<Vec<_>>();
            let more = if count > EXAMPLES { ", …" } else { "" };
            writeln!(
                out,
                "* {count} {}: {}: {}{more}",
                class.word(),
                class.about(),
                examples.join(", ")
            )?;
        }
    }
    Ok(())
}

fn causes_of(out: &mut dyn Write, run: &Run) -> io::Result<()> {
    let Some(words) = &run.failures else { return Ok(()) };
    writeln!(out, "\n### {}: {words}\n", prose(&run.engine()))?;
    for cause in run.causes.iter().take(CAUSES) {
        let count = cause.failures + cause.blocked;
        writeln!(out, "* {count}: {}: {}", prose(&cause.what), code(&cause.example))?;
    }
    if run.causes.len() > CAUSES {
        writeln!(out, "* …")?;
    }
    Ok(())
}
