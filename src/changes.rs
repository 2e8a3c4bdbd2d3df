//! Shows what changed from one run to a later one.
//!
//! In: the names of reports. Out, on standard output: the changes, and whether anything that passed is lost.

use crate::args::{Diff, DiffFormat};
use crate::problem::Problem;
use crate::reading::{about, read_sound};
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;
use touchstone::diff::markdown::write_markdown;
use touchstone::diff::text::write_text;
use touchstone::diff::{diff, diff_seen};
use touchstone::history::History;
use touchstone::report::stdout;

/// How long to wait while another process changes the history.
const WAIT: Duration = Duration::from_secs(60);

pub(crate) fn changes(arguments: &Diff) -> Result<ExitCode, Problem> {
    let (old, new) = (read_sound(&arguments.old)?, read_sound(&arguments.new)?);
    let found = match &arguments.history {
        Some(file) => {
            let history = History::open(file, WAIT)?;
            let corpus = arguments.corpus.as_deref();
            diff_seen(&old, &new, &history.seen(&new.header, corpus, arguments.last)?)
        }
        None => {
            let before = arguments.since.iter().map(|path| read_sound(path));
            diff(&old, &new, &before.collect::<Result<Vec<_>, _>>()?)
        }
    };
    if found.compared == 0 {
        let (tests, other) = (new.lines.len(), arguments.old.display());
        let what = format!(
            "none of its {tests} tests is in `{other}`, so that there is nothing to compare; were other scripts run?"
        );
        return Err(about(&arguments.new, what));
    }
    let mut out = stdout();
    match arguments.format {
        DiffFormat::Text => write_text(&mut out, &found, arguments.show)?,
        DiffFormat::Markdown => write_markdown(&mut out, &found, arguments.limit)?,
        DiffFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(&found)?)?,
    }
    out.flush()?;
    Ok(if found.red() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
