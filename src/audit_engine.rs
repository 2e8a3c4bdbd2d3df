//! `touchstone audit-engine`: whether a wrong adapter could turn a test green.
//!
//! In: flags. Out: a table of how many expectations were broken in which way and what became of them, and
//! every test that is green nevertheless. What is broken, and how, is in [`touchstone::audit`].

use crate::args::{AuditEngine, workers};
use crate::problem::Problem;
use crate::selection;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::Duration;
use touchstone::audit::{Findings, Tally, Way, audit};
use touchstone::engine::remote::{Limits, RemoteEngine};
use touchstone::engine::touchstone::default_engine;
use touchstone::engine::{DEFAULT_MEMORY_LIMIT, Engine};
use touchstone::index::IndexedFile;
use touchstone::report::stdout;
use touchstone::report::terminal::Visible;
use touchstone::report::words::number_of;

pub(crate) fn audit_engine(arguments: &AuditEngine) -> Result<ExitCode, Problem> {
    arguments.engine.is_known().map_err(Problem)?;
    if arguments.engine.runner.is_some() {
        let message =
            "a runner of scripts judges itself, so it cannot be audited; name an adapter by `cmd:`";
        return Err(Problem(message.into()));
    }
    let files: Vec<IndexedFile> =
        selection::plan(&arguments.selecting)?.files.into_iter().map(|file| file.file).collect();
    let engine: Box<dyn Engine> = match arguments.engine.command.is_empty() {
        true => default_engine(),
        false => {
            let time = (arguments.timeout != 0).then(|| Duration::from_secs(arguments.timeout));
            let limits = Limits { time, memory: Some(DEFAULT_MEMORY_LIMIT) };
            let command = arguments.engine.command.clone();
            Box::new(RemoteEngine::connect(command, limits).map_err(Problem)?)
        }
    };
    let found = audit(&*engine, &files, workers(arguments.jobs));
    if found.all().broken == 0 {
        return Err(Problem(
            "no selected test that has an expectation passes, so there is nothing to break".into(),
        ));
    }
    let mut out = Visible(stdout());
    let about = engine.describe();
    let tests = number_of(found.passed, "test");
    let pass = if found.passed == 1 { "passes" } else { "pass" };
    writeln!(out, "{} {}: {tests} {pass}\n", about.name, about.version)?;
    show(&mut out, &found)?;
    out.flush()?;
    Ok(if found.green.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn show(out: &mut dyn Write, found: &Findings) -> io::Result<()> {
    writeln!(
        out,
        "{:<40} {:>8} {:>8} {:>12} {:>12} {:>8}",
        "expected instead", "broken", "red", "cannot tell", "unsupported", "green"
    )?;
    let mut line = |about: &str, tally: &Tally| {
        let Tally { broken, red, cannot_tell, unsupported, green } = tally;
        writeln!(
            out,
            "{about:<40} {broken:>8} {red:>8} {cannot_tell:>12} {unsupported:>12} {green:>8}"
        )
    };
    for (way, tally) in Way::ALL.iter().zip(&found.ways).filter(|(_, tally)| tally.broken > 0) {
        line(way.about(), tally)?;
    }
    line("all", &found.all())?;
    for green in &found.green {
        let weakened = green.weakened.map(|limit| format!(", by the limit {limit}"));
        let (way, weakened) = (green.way.about(), weakened.unwrap_or_default());
        writeln!(out, "GREEN  {}: expecting {way}{weakened}", green.id)?;
    }
    Ok(())
}
