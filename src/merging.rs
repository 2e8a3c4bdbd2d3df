//! Joins the reports of shards.
//!
//! In: the names of reports. Out: the report of the whole run, on standard output or in a file.

use crate::args::Merge;
use crate::outputs::are_apart;
use crate::problem::Problem;
use crate::reading::{about, read_report};
use std::fs::File;
use std::io::BufWriter;
use std::process::ExitCode;
use touchstone::merge;
use touchstone::report::json;
use touchstone::report::sound;
use touchstone::report::stdout;

pub(crate) fn merge(arguments: &Merge) -> Result<ExitCode, Problem> {
    let shards = arguments.reports.iter().map(|path| ("a shard", path.clone()));
    are_apart(arguments.json.iter().map(|path| ("--json", path.clone())), shards)?;
    let reports = arguments.reports.iter().map(|path| {
        let report = read_report(path)?;
        sound::each_once(&report).map_err(|unsound| about(path, unsound))?;
        Ok((path.display().to_string(), report))
    });
    let whole = merge::merge(reports.collect::<Result<_, Problem>>()?)?;
    let Some(path) = &arguments.json else {
        json::write(&mut stdout(), &whole)?;
        return Ok(ExitCode::SUCCESS);
    };
    let write = || json::write(&mut BufWriter::new(File::create(path)?), &whole);
    write().map_err(|error| Problem(format!("cannot write `{}`: {error}", path.display())))?;
    Ok(ExitCode::SUCCESS)
}
