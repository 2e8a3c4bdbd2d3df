//! Shows one test.
//!
//! In: the name of a test, or a file with a line. Out, on standard output: the source of the test, what was
//! asked for and what came, in bits, and the command that reproduces it.

use crate::args::Explain;
use crate::dump::{self, WatchedEngine};
use crate::find::{self, Found};
use crate::heap;
use crate::problem::Problem;
use crate::selection::{self, Judging};
use crate::shell::quoted;
use std::io::Write;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use touchstone::engine::Engine;
use touchstone::index::ExceptionList;
use touchstone::outcome::{Outcome, Verdict};
use touchstone::report::stdout;
use touchstone::report::terminal::{heading, visible};
use touchstone::run::pool::{self, QueuedFile, Work};
use touchstone::run::unit::Unit;
use touchstone::select;

pub(crate) fn explain(arguments: &Explain) -> Result<ExitCode, Problem> {
    let judging =
        Judging { suites: &arguments.suites, dialect: arguments.dialect.as_deref(), jobs: None };
    let mut found = find::find(&arguments.test, &arguments.paths, judging)?;
    found.file = ExceptionList::attach(&selection::lists(&arguments.ignore_lists)?, &found.file)?;
    let mut out = stdout();
    writeln!(out, "{}", found.id)?;
    show_source(&mut out, &found)?;
    let verdict = match arguments.engine.is_own() {
        false if !arguments.dump.is_empty() => {
            return Err(Problem("`--dump` shows code of our own engine, not of another".into()));
        }
        false if arguments.heap => {
            return Err(Problem(
                "`--heap` shows the heap of our own engine, not of another".into(),
            ));
        }
        false => {
            let engine = arguments.engine.open().map_err(Problem)?;
            let verdict = verdict(&found, &*engine, &|| {});
            show_verdict(&mut out, &verdict)?;
            verdict
        }
        true => {
            let engine = WatchedEngine::new(arguments.engine.options(), arguments.heap);
            let verdict = verdict(&found, &engine, &|| engine.forget());
            show_verdict(&mut out, &verdict)?;
            if !arguments.dump.is_empty() {
                dump::show(&mut out, &engine, &arguments.dump)?;
            }
            if arguments.heap {
                heap::show(&mut out, &engine)?;
            }
            verdict
        }
    };
    writeln!(out, "\nreproduce:")?;
    let paths =
        arguments.paths.iter().map(|path| format!(" {}", quoted(&path.display().to_string())));
    let flags = arguments.engine.words().map(|word| format!(" {}", quoted(&word)));
    let suites = arguments.suites.iter().map(|suite| format!(" --suite={}", quoted(suite)));
    let dialect = arguments.dialect.iter().map(|name| format!(" --dialect={}", quoted(name)));
    let lists = arguments.ignore_lists.iter();
    let lists = lists.map(|path| format!(" --ignore-list={}", quoted(&path.display().to_string())));
    let words: String = paths.chain(suites).chain(dialect).chain(lists).chain(flags).collect();
    writeln!(out, "  touchstone explain {}{words}", quoted(&found.id))?;
    if found.embedded {
        writeln!(
            out,
            "  cargo test --test conformance -- --include-ignored --exact {}",
            quoted(&found.id)
        )?;
    }
    out.flush()?;
    Ok(if verdict.outcome.is_red() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn show_source(out: &mut impl Write, found: &Found) -> Result<(), Problem> {
    let Some(test) = &found.test else {
        writeln!(out, "\n  After the last directive of the file, nothing is left alive.")?;
        return Ok(());
    };
    let script = found.file.script();
    let span = script.tests().nth(test.index).map(|directive| directive.span);
    if span.is_some_and(|span| span.start == span.end) {
        // A file that is not a script is a single directive with an empty span: there is no source to show.
        return Ok(());
    }
    let text = found.file.source()?;
    let source =
        span.and_then(|span| text.get(span.start as usize..span.end as usize)).unwrap_or_default();
    writeln!(out)?;
    for (number, line) in (test.line..).zip(source.lines()) {
        writeln!(out, "{number:6} | {line}")?;
    }
    Ok(())
}

fn show_verdict(out: &mut impl Write, verdict: &Verdict) -> std::io::Result<()> {
    writeln!(out, "\noutcome:  {}", heading(&verdict.outcome))?;
    if let Outcome::Skip { reason } = &verdict.outcome {
        writeln!(out, "reason:   {reason}")?;
    }
    let rows =
        [("expected", &verdict.expected), ("got", &verdict.actual), ("message", &verdict.message)];
    for (name, text) in rows {
        if let Some(text) = text {
            writeln!(out, "{:<9} {}", format!("{name}:"), visible(text))?;
        }
    }
    // Where the text parser is at fault, the message says so.
    if verdict.text_parser && verdict.outcome == Outcome::Pass {
        writeln!(out, "          (decided by the text parser of the harness: no engine saw it)")?;
    }
    Ok(())
}

/// Runs the file as far as the test, and tells `before` when a directive before the test is done.
fn verdict(found: &Found, engine: &dyn Engine, before: &(dyn Fn() + Sync)) -> Verdict {
    let position = found.test.as_ref().map_or(found.file.test_count(), |test| test.index);
    let queued = QueuedFile { file: 0, cost: 0, last: position };
    let verdict = std::sync::OnceLock::new();
    let keep = |_: &QueuedFile, _: &Unit, index: usize, found: Verdict| {
        if index == position {
            let _ = verdict.set(found);
        } else {
            // What the directives before the test called is not what the test calls.
            before();
        }
    };
    pool::run(
        engine,
        vec![queued],
        1,
        &AtomicBool::new(false),
        &Work::new(&|_| Unit { detailed: true, ..select::unit(&found.file) }, &keep),
    );
    verdict.into_inner().unwrap_or_else(|| Verdict::error("the test was never reached"))
}
