//! Changes for a comment on a pull request, as Markdown.

use super::text::{beside, compared, in_words, verdict};
use super::{Change, Diff, Kind, State};
use crate::causes;
use crate::report::markup::{brief, brief_code, code};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Room for the line that says what is left out.
const ENDING: usize = 100;

/// The least number of bytes in which something can be said: the verdict, and what is left out.
pub const LEAST: usize = 300;

/// Text that does not grow beyond a limit.
struct Page {
    text: String,
    room: usize,
}

impl Page {
    /// Adds a piece, unless there is no room for it.
    fn add(&mut self, piece: &str) -> bool {
        let fits = self.text.len() + piece.len() <= self.room;
        if fits {
            self.text.push_str(piece);
        }
        fits
    }
}

/// Writes what changed, the worst first, in at most `limit` bytes, of which there have to be [`LEAST`]: what has no
/// room is counted.
///
/// # Errors
/// As the output.
pub fn write_markdown(out: &mut impl Write, diff: &Diff, limit: usize) -> io::Result<()> {
    let mut page = Page { text: String::new(), room: limit.max(LEAST) - ENDING };
    page.add(&format!("### {}\n", verdict(diff)));
    let mut runs = "\n| | run |\n|---|---|\n".to_owned();
    let _ = writeln!(runs, "| old | {} |", brief(&in_words(&diff.old)));
    let _ = writeln!(runs, "| new | {} |", brief(&in_words(&diff.new)));
    for (what, old, new) in beside(diff) {
        let _ = writeln!(runs, "| {what} | {} → {} |", brief(&old), brief(&new));
    }
    page.add(&runs);
    let mut counts = format!("\n{}.\n", compared(diff));
    if !diff.counts.is_empty() {
        let _ = writeln!(counts, "\n| change | tests | |\n|---|---|---|");
        for (kind, count) in &diff.counts {
            let _ = writeln!(counts, "| {} | {count} | {} |", kind.word(), kind.about());
        }
    }
    page.add(&counts);
    if let Some(words) = causes::in_words(&diff.causes) {
        let mut causes = format!("\nOf what fails now and did not before: {words}.\n\n");
        for cause in diff.causes.iter().take(10) {
            let n = cause.failures + cause.blocked;
            let _ = writeln!(
                causes,
                "* {n} × {}, such as {}",
                brief_code(&cause.what),
                brief_code(&cause.example)
            );
        }
        page.add(&causes);
    }
    let listed: Vec<&Change> =
        diff.changes.iter().filter(|change| change.kind < Kind::Fixed).collect();
    let mut kind = None;
    for (n, change) in listed.iter().enumerate() {
        let mut entry = String::new();
        if kind != Some(change.kind) {
            let _ = writeln!(entry, "\n**{}**: {}\n", change.kind.word(), change.kind.about());
        }
        entry.push_str(&of(change));
        if !page.add(&entry) {
            let left = listed.len() - n;
            let _ = writeln!(page.text, "\n… and {left} more, for which there is no room.");
            break;
        }
        kind = Some(change.kind);
    }
    out.write_all(page.text.as_bytes())
}

fn of(change: &Change) -> String {
    let said = |state: &Option<State>| match state {
        None => "not there".to_owned(),
        Some(State { outcome, said: None }) => outcome.clone(),
        Some(State { outcome, said: Some(said) }) => format!("{outcome} {}", brief_code(said)),
    };
    let known = match &change.known {
        Some(known) => format!("; known since {}", brief(known)),
        None => String::new(),
    };
    format!("* {}: {} → {}{known}\n", code(&change.id), said(&change.old), said(&change.new))
}
