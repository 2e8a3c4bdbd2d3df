//! What a night says when all engines are judged: what changed since the last night, in words and as a page.
//!
//! In: the reports of this night, and of those before. Out: files beside them, and how many changes are for the worse.
//! Nothing here knows how reports came about.

use super::judge::read;
use super::store::{Store, write};
use crate::problem::Problem;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use touchstone::diff::markdown::write_markdown;
use touchstone::diff::text::write_text;
use touchstone::diff::{Diff, diff};
use touchstone::report::json::Report;
use touchstone::report::markup::{code, prose};
use touchstone::report::terminal::in_words;

/// How many bytes of Markdown there may be about the changes of an engine.
const LIMIT: usize = 60_000;

/// What is known of an engine at the end of a night.
pub(crate) struct Summary {
    /// Its name in the configuration.
    pub(crate) name: String,
    /// Its own name, and the numbers of its run; or why there are none.
    pub(crate) numbers: Result<String, String>,
    /// What changed since the last night that it was judged in.
    pub(crate) diff: Option<Diff>,
}

impl Summary {
    /// How many changes are for the worse.
    pub(crate) fn red(&self) -> u64 {
        self.diff.as_ref().map_or(0, Diff::red)
    }
}

/// The numbers of a report.
pub(crate) fn numbers(report: &Report) -> String {
    let (engine, closing) = (&report.header.engine, &report.closing);
    let numbers = closing.as_ref().map_or_else(ToString::to_string, |it| in_words(&it.totals));
    format!("{} {}: {numbers}", engine.name, engine.version)
}

/// Compares the run of an engine with that of the last night it was judged in, and keeps what is found. Failures
/// of at most `since` nights before that are known.
pub(crate) fn compare(store: &Store, name: &str, since: usize) -> Result<Summary, Problem> {
    let file = format!("{name}.jsonl");
    let new = read(&store.now(&file))?;
    // A report of an earlier night that is damaged does not keep later ones from coming to their end.
    let mut earlier = store.earlier(&file, since + 1)?.into_iter().filter_map(|path| {
        let report = read(&path);
        report.map_err(|Problem(why)| drop(writeln!(io::stderr(), "{why}; it is left out"))).ok()
    });
    let (name, numbers) = (name.to_owned(), Ok(numbers(&new)));
    let Some(old) = earlier.next() else { return Ok(Summary { name, numbers, diff: None }) };
    let before: Vec<Report> = earlier.collect();
    let found = diff(&old, &new, &before);
    // The settings have other scripts than before: nothing was lost, since nothing was compared.
    if found.compared == 0 && found.red() == 0 {
        return Ok(Summary { name, numbers, diff: None });
    }
    write(&store.now(&format!("{name}.diff.json")), |out| {
        serde_json::to_writer_pretty(out, &found).map_err(io::Error::from)
    })?;
    Ok(Summary { name, numbers, diff: Some(found) })
}

/// Writes what changed to standard output.
pub(crate) fn show(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    match &summary.numbers {
        Ok(numbers) => writeln!(out, "\n{}: {numbers}", summary.name)?,
        Err(why) => return writeln!(out, "\n{}: NOT JUDGED: {why}", summary.name),
    }
    match &summary.diff {
        Some(diff) => write_text(out, diff, 20),
        None => writeln!(out, "there is no earlier night to compare with"),
    }
}

/// All of it as Markdown.
pub(crate) fn markdown(started: &str, summaries: &[Summary]) -> io::Result<String> {
    let mut text =
        format!("## Night of {started}\n\n| engine | run | for the worse |\n|---|---|---|\n");
    for summary in summaries {
        let words = match &summary.numbers {
            Ok(numbers) => prose(numbers),
            Err(why) => format!("**not judged**: {}", prose(why)),
        };
        let _ = writeln!(text, "| {} | {words} | {} |", prose(&summary.name), summary.red());
    }
    for summary in summaries {
        let Some(diff) = &summary.diff else { continue };
        let mut part = Vec::new();
        write_markdown(&mut part, diff, LIMIT)?;
        let _ = write!(text, "\n## {}\n\n{}", code(&summary.name), String::from_utf8_lossy(&part));
    }
    Ok(text)
}

/// Writes the site: it is made beside the one that is there, and takes its place when it is whole.
pub(crate) fn site(
    store: &Store,
    fill: impl FnOnce(&Path) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let (site, new, old) =
        (store.shared("site"), store.shared("site.new"), store.shared("site.old"));
    // What is there is not moved away before it is known to be a site.
    for path in [&site, &new, &old] {
        if path.exists() && !path.is_dir() {
            let shown = path.display();
            return Err(Problem(format!(
                "`{shown}` is not a folder, so the site cannot be written: move it away"
            )));
        }
    }
    let at = |path: &Path, error: io::Error| Problem(format!("`{}`: {error}", path.display()));
    let absent = |path: &Path| match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(path, error)),
        _ => Ok(()),
    };
    absent(&new)?;
    fs::create_dir(&new).map_err(|error| at(&new, error))?;
    fill(&new)?;
    absent(&old)?;
    if site.exists() {
        fs::rename(&site, &old).map_err(|error| at(&site, error))?;
    }
    fs::rename(&new, &site).map_err(|error| at(&site, error))?;
    absent(&old)
}
