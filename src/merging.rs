//! Joins the reports of shards.
//!
//! In: the names of reports. Out: the report of the whole run, on standard output or in a file.

use crate::args::Merge;
use crate::outputs::{STANDARD, are_apart, write};
use crate::problem::Problem;
use crate::reading::{about, read_report};
use std::path::Path;
use std::process::ExitCode;
use touchstone::merge;
use touchstone::report::json;
use touchstone::report::sound;

pub(crate) fn merge(arguments: &Merge) -> Result<ExitCode, Problem> {
    let shards = arguments.reports.iter().map(|path| ("a shard", path.clone()));
    are_apart(arguments.json.iter().map(|path| ("--json", path.clone())), shards)?;
    let reports = arguments.reports.iter().map(|path| {
        let report = read_report(path)?;
        sound::each_once(&report).map_err(|unsound| about(path, unsound))?;
        Ok((path.display().to_string(), report))
    });
    let whole = merge::merge(reports.collect::<Result<_, Problem>>()?)?;
    let path = arguments.json.as_deref().unwrap_or(Path::new(STANDARD));
    write(path, &|out| json::write(out, &whole))?;
    Ok(ExitCode::SUCCESS)
}
