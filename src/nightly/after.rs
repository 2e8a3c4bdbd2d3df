//! What a night says when all engines are judged: what changed since the last night, in words and as a page.
//!
//! In: the reports of this night, each with what it is compared with. Out: files beside them, and how many changes are for the worse.
//! Nothing here knows how reports came about.

use super::judge::read;
use super::past::{Earlier, earlier};
use super::store::{Store, write};
use crate::problem::Problem;
use crate::reporting::Before;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use touchstone::diff::markdown::write_markdown;
use touchstone::diff::text::write_text;
use touchstone::diff::{Diff, diff_seen};
use touchstone::report::json::Report;
use touchstone::report::markup::{code, prose};
use touchstone::report::terminal::{in_words, visible};

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
    /// The run of that night.
    pub(crate) before: Option<Before>,
    /// Where that comes from, where it is not told by itself.
    pub(crate) note: Option<String>,
}

impl Summary {
    /// What is known of an engine of which there is no run.
    pub(crate) fn not_judged(name: String, why: String) -> Summary {
        Summary { name, numbers: Err(why), diff: None, before: None, note: None }
    }

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

/// Compares the run of an engine, which is one of `keys`, with that of the last night it was judged in, and keeps what is
/// found. Failures of at most `since` nights before that are known.
pub(crate) fn compare(
    store: &Store,
    keys: &BTreeSet<String>,
    name: &str,
    since: usize,
) -> Result<Summary, Problem> {
    let new = match read(&store.now(&format!("{name}.jsonl"))) {
        Ok(new) => new,
        Err(Problem(why)) => return Ok(Summary::not_judged(name.to_owned(), why)),
    };
    let earlier = earlier(store, keys, name, &new, since)?;
    let (name, numbers) = (name.to_owned(), Ok(numbers(&new)));
    let Some(Earlier { report, seen, place, note }) = earlier else {
        return Ok(Summary { name, numbers, diff: None, before: None, note: None });
    };
    let before = Some(place);
    let found = diff_seen(&report, &new, &seen);
    // The settings have other scripts than before: nothing was lost, since nothing was compared.
    if found.compared == 0 && found.red() == 0 {
        return Ok(Summary { name, numbers, diff: None, before, note: None });
    }
    write(&store.now(&format!("{name}.diff.json")), |out| {
        serde_json::to_writer_pretty(out, &found).map_err(io::Error::from)
    })?;
    Ok(Summary { name, numbers, diff: Some(found), before, note })
}

/// Writes what changed to standard output.
pub(crate) fn show(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    match &summary.numbers {
        Ok(numbers) => writeln!(out, "\n{}: {numbers}", summary.name)?,
        Err(why) => return writeln!(out, "\n{}: NOT JUDGED: {why}", summary.name),
    }
    summary.note.iter().try_for_each(|note| writeln!(out, "{}", visible(note)))?;
    match &summary.diff {
        Some(diff) => write_text(out, diff, 20),
        None => writeln!(out, "there is no earlier night to compare with"),
    }
}

/// All of it as Markdown, with what is said of engines that are no more among them.
pub(crate) fn markdown(
    started: &str,
    summaries: &[Summary],
    vanished: &[String],
) -> io::Result<String> {
    let mut text =
        format!("## Night of {started}\n\n| engine | run | for the worse |\n|---|---|---|\n");
    for summary in summaries {
        let words = match &summary.numbers {
            Ok(numbers) => prose(numbers),
            Err(why) => format!("**not judged**: {}", prose(why)),
        };
        let _ = writeln!(text, "| {} | {words} | {} |", prose(&summary.name), summary.red());
    }
    for words in vanished.iter().chain(summaries.iter().filter_map(|it| it.note.as_ref())) {
        let _ = write!(text, "\n{}.\n", prose(words));
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
pub(crate) fn site<T>(
    store: &Store,
    fill: impl FnOnce(&Path) -> Result<T, Problem>,
) -> Result<T, Problem> {
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
    let filled = fill(&new)?;
    absent(&old)?;
    if site.exists() {
        fs::rename(&site, &old).map_err(|error| at(&site, error))?;
    }
    if let Err(error) = fs::rename(&new, &site) {
        // The one that was there is better than none.
        let _ = fs::rename(&old, &site);
        return Err(at(&site, error));
    }
    absent(&old)?;
    Ok(filled)
}
