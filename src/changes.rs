//! Shows what changed from one run to a later one.
//!
//! In: the names of reports. Out, on standard output: the changes, and whether anything that passed is lost.

use crate::args::{Diff, DiffFormat};
use crate::disagree::read_report;
use crate::problem::Problem;
use std::io::Write;
use std::process::ExitCode;
use touchstone::diff::diff;
use touchstone::diff::markdown::write_markdown;
use touchstone::diff::text::write_text;
use touchstone::report::stdout;

pub(crate) fn changes(arguments: &Diff) -> Result<ExitCode, Problem> {
    let (old, new) = (read_report(&arguments.old)?, read_report(&arguments.new)?);
    let before = arguments.since.iter().map(|path| read_report(path));
    let found = diff(&old, &new, &before.collect::<Result<Vec<_>, _>>()?);
    let mut out = stdout();
    match arguments.format {
        DiffFormat::Text => write_text(&mut out, &found, arguments.show)?,
        DiffFormat::Markdown => write_markdown(&mut out, &found, arguments.limit)?,
        DiffFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(&found)?)?,
    }
    out.flush()?;
    Ok(if found.red() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
