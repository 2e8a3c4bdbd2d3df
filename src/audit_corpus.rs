//! `touchstone audit`: whether a corpus is in order.
//!
//! In: flags. Out: findings, as text or JSON. What is looked for, and how, is in [`touchstone::corpus`].

use crate::args::{Audit, Care, workers};
use crate::problem::Problem;
use crate::selection;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};
use touchstone::corpus::{Copies, Dependent, Lost, Outlook, copies, faults, lost, order};
use touchstone::index::IndexedFile;
use touchstone::report::stdout;
use touchstone::run::pool;
use touchstone::select;

/// The editions of the specification's suite, in their order.
const EDITIONS: &[&str] = &["wasm-1.0", "wasm-2.0", "wasm-3.0"];

/// What was found; none of what was not looked for.
#[derive(Default)]
struct Findings {
    copies: Option<(Vec<Copies>, Vec<Lost>)>,
    order: Option<Vec<Dependent>>,
    faults: Option<Outlook>,
}

pub(crate) fn audit_corpus(arguments: &Audit, stop: &AtomicBool) -> Result<ExitCode, Problem> {
    let files: Vec<IndexedFile> =
        selection::plan(&arguments.selecting)?.files.into_iter().map(|file| file.file).collect();
    let engine = arguments.engine.open().map_err(Problem)?;
    let looks = |what| arguments.only.is_empty() || arguments.only.contains(&what);
    let workers = workers(arguments.jobs);
    let mut found = Findings::default();
    if looks(Care::Copies) {
        found.copies = Some((copies(&files), lost(&files, EDITIONS)));
    }
    if looks(Care::Order) {
        let all = Mutex::new(vec![Vec::new(); files.len()]);
        pool::each(files.len(), workers, stop, &|number| {
            let dependent = order(&*engine, &select::unit(&files[number]));
            all.lock().unwrap_or_else(PoisonError::into_inner)[number] = dependent;
        });
        let all = all.into_inner().unwrap_or_else(PoisonError::into_inner);
        found.order = Some(all.into_iter().flatten().collect());
    }
    if looks(Care::Faults) {
        found.faults = Some(faults(&*engine, &files, workers, stop));
    }
    let mut out = stdout();
    match arguments.json {
        true => writeln!(out, "{}", as_json(&found))?,
        false => {
            show(&mut out, &found, if arguments.show == 0 { usize::MAX } else { arguments.show })?
        }
    }
    out.flush()?;
    Ok(match stop.load(Ordering::Relaxed) {
        true => ExitCode::from(130),
        false => ExitCode::SUCCESS,
    })
}

fn show(out: &mut dyn Write, found: &Findings, most: usize) -> io::Result<()> {
    if let Some((copies, lost)) = &found.copies {
        let again: usize = copies.iter().map(|one| (one.files.len() - 1) * one.tests).sum();
        writeln!(
            out,
            "{} texts stand in several files; {again} tests are repetitions",
            copies.len()
        )?;
        some(out, copies, most, |copies| {
            format!("{} tests: {}", copies.tests, copies.files.join(" = "))
        })?;
        writeln!(
            out,
            "\n{} files are in an edition of the suite and not in the next one",
            lost.len()
        )?;
        some(out, lost, most, |lost| {
            let Lost { file, suite, gone, directives } = lost;
            format!("{file}: {gone} of its {directives} directives are nowhere in {suite}")
        })?;
    }
    if let Some(dependent) = &found.order {
        writeln!(out, "\n{} tests pass in their place only", dependent.len())?;
        some(out, dependent, most, |one| format!("{} ({}): {}", one.id, one.order, one.became))?;
    }
    if let Some(outlook) = &found.faults {
        let all: Vec<_> = outlook.faults.iter().filter(|fault| fault.shown_by.is_none()).collect();
        writeln!(
            out,
            "\n{} faults were planted; {} of them turn no test red",
            outlook.faults.len(),
            all.len()
        )?;
        for (proposal, score) in outlook.scores() {
            writeln!(out, "  {proposal}: {} of {} shown", score.shown, score.planted)?;
        }
        some(out, &all, most, |fault| {
            format!("{}, {}: in {} files", fault.operator, fault.instead, fault.files)
        })?;
    }
    Ok(())
}

fn some<T>(
    out: &mut dyn Write,
    all: &[T],
    most: usize,
    line: impl Fn(&T) -> String,
) -> io::Result<()> {
    for one in all.iter().take(most) {
        writeln!(out, "    {}", line(one))?;
    }
    match all.len().saturating_sub(most) {
        0 => Ok(()),
        more => writeln!(out, "    … and {more} more (--show 0 shows all)"),
    }
}

fn as_json(found: &Findings) -> Value {
    let copies = found.copies.as_ref().map(|(copies, lost)| {
        let copies = copies.iter().map(|one| json!({ "files": one.files, "tests": one.tests }));
        let lost = lost.iter().map(|one| {
            json!({ "file": one.file, "next": one.suite, "gone": one.gone, "directives": one.directives })
        });
        json!({ "same": copies.collect::<Vec<_>>(), "lost": lost.collect::<Vec<_>>() })
    });
    let order = found.order.as_ref().map(|all| {
        let one =
            |one: &Dependent| json!({ "id": one.id, "order": one.order, "became": one.became });
        all.iter().map(one).collect::<Vec<_>>()
    });
    let faults = found.faults.as_ref().map(|outlook| {
        let faults = outlook.faults.iter().map(|fault| {
            json!({
                "operator": fault.operator,
                "instead": fault.instead,
                "proposal": fault.proposal.map(|feature| feature.name()),
                "files": fault.files,
                "shown_by": fault.shown_by,
            })
        });
        faults.collect::<Vec<_>>()
    });
    json!({ "copies": copies, "order": order, "faults": faults })
}
