//! Looks through a run for what exception lists lack, and what they have in vain.
//!
//! In: the name of a report, and those of exception lists. Out, on standard output: entries to paste into a
//! list, and what is to be done about others.

use crate::args::{Triage, TriageFormat};
use crate::problem::Problem;
use crate::reading::read_sound;
use crate::selection::lists;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use touchstone::index::{self, EngineGate, Exception};
use touchstone::report::json::EngineInfo;
use touchstone::report::stdout;
use touchstone::triage::{self, write_toml};

pub(crate) fn triage(arguments: &Triage) -> Result<ExitCode, Problem> {
    let report = read_sound(&arguments.report)?;
    let gate = gate(&report.header.engine, arguments.versions.as_deref())?;
    let index = index::embedded();
    let mut entries = index.exceptions().to_vec();
    for list in lists(&arguments.ignore_lists)? {
        for entry in list.exceptions() {
            // A list may be the one that is built in, or a copy of it.
            if !entries.iter().any(|other| other.says_the_same_as(entry)) {
                entries.push(Arc::<Exception>::new(entry.clone()));
            }
        }
    }
    let found = triage::triage(&report, index, &entries, &gate);
    let mut out = stdout();
    match arguments.format {
        TriageFormat::Toml => write_toml(&mut out, &found)?,
        TriageFormat::Json => {
            let text = serde_json::to_string_pretty(&found)?;
            writeln!(out, "{text}")?;
        }
    }
    out.flush()?;
    Ok(if found.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The engine that proposals are for: that of the run, with its version or a range that holds it.
fn gate(engine: &EngineInfo, versions: Option<&str>) -> Result<EngineGate, Problem> {
    let EngineInfo { name, version, .. } = engine;
    let Some(versions) = versions else { return Ok(EngineGate::exactly(name, version)) };
    let gate = EngineGate { name: name.clone(), versions: Some(versions.to_owned()) };
    match gate.admits(name, version) {
        true => Ok(gate),
        false => Err(Problem(format!(
            "`--versions {versions}` does not hold `{version}`, the version of the run; write a range as in \
             Cargo.toml, such as `>=2, <3`"
        ))),
    }
}
