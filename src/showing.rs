//! Chooses what shows a run while it happens.
//!
//! In: flags, and what standard output and standard error are. Out: reporters.

use crate::args::{Colours, Format, Showing};
use crate::problem::Problem;
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use touchstone::report::github::GithubReporter;
use touchstone::report::json::JsonReporter;
use touchstone::report::progress::ProgressReporter;
use touchstone::report::terminal::{Style, TerminalReporter};
use touchstone::report::{Reporter, stdout};
use touchstone::select::Plan;

/// What writes to standard output, and a progress bar where that can be seen.
pub(crate) fn reporters(
    format: Format,
    showing: Showing,
    plan: &Plan,
) -> Result<Vec<Box<dyn Reporter>>, Problem> {
    let bar = ProgressReporter::new().filter(|_| !showing.quiet);
    let out: Box<dyn Write> = match &bar {
        Some(bar) if io::stdout().is_terminal() => Box::new(bar.above(stdout())),
        _ => Box::new(stdout()),
    };
    let mut reporters: Vec<Box<dyn Reporter>> = Vec::new();
    // The progress bar is the first reporter, so that it is gone before the summary is written.
    reporters.extend(bar.map(|bar| Box::new(bar) as Box<dyn Reporter>));
    let colours = colours(showing.color);
    reporters.push(match (format, showing.quiet) {
        (Format::Pretty | Format::Terse, true) => {
            Box::new(TerminalReporter::new(out, Style::Quiet, colours))
        }
        (Format::Pretty, false) => Box::new(TerminalReporter::new(out, Style::Pretty, colours)),
        (Format::Terse, false) => Box::new(TerminalReporter::new(out, Style::Terse, colours)),
        (Format::Json, _) => Box::new(JsonReporter::new(out)),
        (Format::Github, _) => Box::new(GithubReporter::new(out, summary()?, sources(plan))),
    });
    Ok(reporters)
}

/// Whether standard output is to have colours.
fn colours(wanted: Colours) -> bool {
    match wanted {
        Colours::Always => true,
        Colours::Never => false,
        Colours::Auto => {
            let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
            io::stdout().is_terminal() && !unwanted
        }
    }
}

/// Where the summary of a job goes.
fn summary() -> Result<Option<File>, Problem> {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else {
        return Ok(None);
    };
    let file = OpenOptions::new().append(true).create(true).open(&path);
    let file = file.map_err(|error| {
        let path = path.to_string_lossy();
        Problem(format!("cannot write the summary of the job to `{path}`, which GITHUB_STEP_SUMMARY names: {error}"))
    });
    file.map(Some)
}

/// Where the scripts of a plan stand on disk, by suite and file.
fn sources(plan: &Plan) -> HashMap<(String, String), String> {
    let here = std::env::current_dir().unwrap_or_default();
    let files = plan.files.iter().map(|planned| &planned.file);
    let sources = files.filter_map(|file| {
        let path = file.disk_path()?;
        let path = path.strip_prefix(&here).unwrap_or(&path).display().to_string();
        Some(((file.suite().name.clone(), file.path().to_owned()), path))
    });
    sources.collect()
}
