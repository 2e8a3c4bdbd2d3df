//! Changes for people, as text.

use super::{Change, Diff, Kind, Run};
use crate::causes;
use crate::report::terminal::visible;
use crate::report::words::number_of;
use std::io::{self, Write};

/// Writes what changed, `most` changes of each kind, and whether that is a failure; all changes where `most` is 0.
///
/// # Errors
/// As the output.
pub fn write_text(out: &mut impl Write, diff: &Diff, most: usize) -> io::Result<()> {
    write_changes(out, diff, most)?;
    writeln!(out, "\n{}", verdict(diff))
}

/// Writes what changed as [`write_text`] does, and no verdict on it.
///
/// # Errors
/// As the output.
pub fn write_changes(out: &mut impl Write, diff: &Diff, most: usize) -> io::Result<()> {
    for (when, run) in [("old", &diff.old), ("new", &diff.new)] {
        writeln!(out, "{when}: {}", in_words(run))?;
    }
    for (what, old, new) in beside(diff) {
        writeln!(out, "{what}: {} → {}", visible(&old), visible(&new))?;
    }
    writeln!(out, "{}", compared(diff))?;
    for kind in Kind::ALL {
        let count = diff.counts.get(kind).copied().unwrap_or_default();
        if count == 0 {
            continue;
        }
        writeln!(out, "\n{count} {}: {}", kind.word(), kind.about())?;
        let of: Vec<&Change> = diff.changes.iter().filter(|change| change.kind == *kind).collect();
        let shown = if most == 0 { of.len() } else { most };
        for change in of.iter().take(shown) {
            show(out, change)?;
        }
        if of.len() > shown {
            writeln!(out, "  … and {} more", of.len() - shown)?;
        }
    }
    if let Some(words) = causes::in_words(&diff.causes) {
        writeln!(out, "\nof what fails now and did not before: {words}")?;
        for cause in diff.causes.iter().take(if most == 0 { usize::MAX } else { most }) {
            let n = cause.failures + cause.blocked;
            writeln!(out, "  {n} × {}\n      such as {}", visible(&cause.what), cause.example)?;
        }
    }
    Ok(())
}

/// What the runs say of themselves that is another thing in each, beside the version of the engine.
pub(super) fn beside(diff: &Diff) -> Vec<(&'static str, String, String)> {
    let flags = diff.old.flags.clone().zip(diff.new.flags.clone());
    let flags = flags.filter(|(old, new)| old != new);
    let harness = diff.old.harness.as_ref().zip(diff.new.harness.as_ref());
    let harness = harness.filter(|(old, new)| old.is_other_than(new));
    let harness = harness.map(|(old, new)| (old.to_string(), new.to_string()));
    let lists = diff.old.exception_lists.clone().zip(diff.new.exception_lists.clone());
    let lists = lists.filter(|(old, new)| old != new);
    let all = [("started by", flags), ("exception lists", lists), ("harness", harness)];
    all.into_iter().filter_map(|(what, pair)| pair.map(|(old, new)| (what, old, new))).collect()
}

/// What a run is, in a line.
pub(super) fn in_words(run: &Run) -> String {
    let partial = run.partial.as_ref().map(|why| format!(" (partial: {why})")).unwrap_or_default();
    let beside = run.beside.as_ref().map(|words| format!("; {words}")).unwrap_or_default();
    let Run { engine, version, started, tests, .. } = run;
    let tests = number_of(*tests, "test");
    visible(&format!("{engine} {version}, {started}, {tests}{beside}{partial}")).replace('\n', " ")
}

/// How much was compared, in a line.
pub(super) fn compared(diff: &Diff) -> String {
    let Diff { compared, moved, edited, outside, .. } = diff;
    let numbers = [
        (*moved, "with another name"),
        (*edited, "with another text"),
        (*outside, "not selected, or not reached, in the new run"),
    ];
    let some = numbers.iter().filter(|(number, _)| *number > 0);
    let some: String = some.map(|(number, what)| format!(", {number} {what}")).collect();
    format!("{} compared{some}", number_of(*compared, "test"))
}

/// Whether the later run is a failure, in a line.
pub(super) fn verdict(diff: &Diff) -> String {
    match diff.red() {
        0 => "ok: nothing that passed is lost".to_owned(),
        1 => "FAILED: 1 test that passed, or was there, is lost".to_owned(),
        n => format!("FAILED: {n} tests that passed, or were there, are lost"),
    }
}

fn show(out: &mut impl Write, change: &Change) -> io::Result<()> {
    let was = change.was.as_ref().map(|was| format!(" (was {was})")).unwrap_or_default();
    writeln!(out, "  {}{was}", change.id)?;
    let said = |state: &Option<super::State>| match state {
        None => "not there".to_owned(),
        Some(state) => {
            let said = state.said.as_ref().map(|said| format!(": {}", visible(said)));
            format!("{}{}", state.outcome, said.unwrap_or_default())
        }
    };
    writeln!(out, "      {} → {}", said(&change.old), said(&change.new))?;
    match &change.known {
        Some(known) if known == "ignore-list" => writeln!(out, "      known to ignore-list.toml"),
        Some(when) => writeln!(out, "      known: it failed in the same way on {when}"),
        None if change.kind == Kind::Vanished || change.old.is_none() => Ok(()),
        None => writeln!(out, "      {}", change.mover.in_words()),
    }
}
