//! Changes for a comment on a pull request, as Markdown.

use super::text::{beside, compared, in_words, verdict};
use super::{Change, Diff, Kind, State};
use crate::causes;
use crate::report::markup::{cell, code};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes what changed, the worst first, in at most `limit` bytes: what has no room is counted.
///
/// # Errors
/// As the output.
pub fn write_markdown(out: &mut impl Write, diff: &Diff, limit: usize) -> io::Result<()> {
    let mut text = String::new();
    let _ = writeln!(text, "### {}\n", verdict(diff));
    let _ = writeln!(text, "| | run |\n|---|---|");
    let _ = writeln!(text, "| old | {} |", cell(&in_words(&diff.old)));
    let _ = writeln!(text, "| new | {} |", cell(&in_words(&diff.new)));
    for (what, old, new) in beside(diff) {
        let _ = writeln!(text, "| {what} | {} → {} |", cell(&old), cell(&new));
    }
    text.push('\n');
    let _ = writeln!(text, "{}.\n", compared(diff));
    if !diff.counts.is_empty() {
        let _ = writeln!(text, "| change | tests | |\n|---|---|---|");
        for (kind, count) in &diff.counts {
            let _ = writeln!(text, "| {} | {count} | {} |", kind.word(), kind.about());
        }
        text.push('\n');
    }
    if let Some(words) = causes::in_words(&diff.causes) {
        let _ = writeln!(text, "Of what fails now and did not before: {words}.\n");
        for cause in diff.causes.iter().take(10) {
            let n = cause.failures + cause.blocked;
            let _ =
                writeln!(text, "* {n} × {}, such as {}", code(&cause.what), code(&cause.example));
        }
        text.push('\n');
    }
    let listed: Vec<&Change> =
        diff.changes.iter().filter(|change| change.kind < Kind::Fixed).collect();
    // Room for the line that says how many are left out.
    let room = limit.saturating_sub(100);
    let mut kind = None;
    for (n, change) in listed.iter().enumerate() {
        let mut entry = String::new();
        if kind != Some(change.kind) {
            let _ = writeln!(entry, "\n**{}**: {}\n", change.kind.word(), change.kind.about());
        }
        entry.push_str(&of(change));
        if text.len() + entry.len() > room {
            let _ =
                writeln!(text, "\n… and {} more, for which there is no room.", listed.len() - n);
            break;
        }
        kind = Some(change.kind);
        text.push_str(&entry);
    }
    out.write_all(text.as_bytes())
}

fn of(change: &Change) -> String {
    let said = |state: &Option<State>| match state {
        None => "not there".to_owned(),
        Some(State { outcome, said: None }) => outcome.clone(),
        Some(State { outcome, said: Some(said) }) => format!("{outcome} {}", code(said)),
    };
    let known = match &change.known {
        Some(known) => format!("; known since {known}"),
        None => String::new(),
    };
    format!("* {}: {} → {}{known}\n", code(&change.id), said(&change.old), said(&change.new))
}
