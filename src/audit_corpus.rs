//! `touchstone audit`: whether a corpus is in order.
//!
//! In: flags. Out: findings, as text, each kind as soon as it is known, or as JSON. What is looked for, and how, is in [`touchstone::corpus`].

use crate::args::{Audit, Care, workers};
use crate::problem::Problem;
use crate::selection;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use touchstone::corpus::{
    Copies, Dependent, Lost, Outlook, Planting, Score, copies, faults, lost, order,
};
use touchstone::index::IndexedFile;
use touchstone::report::stdout;
use touchstone::report::words::number_of;
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
    let looks = |what| arguments.only.is_empty() || arguments.only.contains(&what);
    let workers = workers(arguments.jobs);
    let most = if arguments.show == 0 { usize::MAX } else { arguments.show };
    let mut out = stdout();
    let mut found = Findings::default();
    if looks(Care::Copies) {
        let (copies, lost) = (copies(&files), lost(&files, EDITIONS));
        if !arguments.json {
            show_copies(&mut out, &copies, &lost, most)?;
        }
        found.copies = Some((copies, lost));
    }
    if looks(Care::Order) {
        let engine = arguments.engine.open().map_err(Problem)?;
        let all = Mutex::new(vec![Vec::new(); files.len()]);
        pool::each(files.len(), workers, stop, &|number| {
            let dependent = order(&*engine, &select::unit(&files[number]));
            all.lock().unwrap_or_else(PoisonError::into_inner)[number] = dependent;
        });
        let all = all.into_inner().unwrap_or_else(PoisonError::into_inner);
        let all = all.into_iter().flatten().collect::<Vec<_>>();
        if !arguments.json {
            show_order(&mut out, &all, most)?;
        }
        found.order = Some(all);
    }
    if looks(Care::Faults) {
        let limit = Duration::from_secs(arguments.fault_time);
        let engine = arguments.engine.with(None, Some(limit)).open().map_err(Problem)?;
        let how = Planting { workers, limit, stop };
        let outlook = faults(&*engine, &files, &how, &mut |proposal, score| {
            match arguments.json {
                true => Ok(()),
                // A proposal may take minutes.
                false => show_score(&mut out, proposal, score).and_then(|()| out.flush()),
            }
        })?;
        if !arguments.json {
            show_faults(&mut out, &outlook, most)?;
        }
        found.faults = Some(outlook);
    }
    if arguments.json {
        writeln!(out, "{}", as_json(&found, stop.load(Ordering::Relaxed)))?;
    } else if stop.load(Ordering::Relaxed) {
        writeln!(out, "\nINTERRUPTED: this is what was found until then")?;
    }
    out.flush()?;
    Ok(match stop.load(Ordering::Relaxed) {
        true => ExitCode::from(130),
        false => ExitCode::SUCCESS,
    })
}

fn show_copies(
    out: &mut dyn Write,
    copies: &[Copies],
    lost: &[Lost],
    most: usize,
) -> io::Result<()> {
    let again: usize = copies.iter().map(|one| (one.files.len() - 1) * one.tests).sum();
    let stand = if copies.len() == 1 { "stands" } else { "stand" };
    let repeat = if again == 1 { "is a repetition" } else { "are repetitions" };
    let (texts, again) = (number_of(copies.len(), "text"), number_of(again, "test"));
    writeln!(out, "{texts} {stand} in several files; {again} {repeat}")?;
    some(out, copies, most, |copies| {
        format!("{}: {}", number_of(copies.tests, "test"), copies.files.join(" = "))
    })?;
    let are = if lost.len() == 1 { "is" } else { "are" };
    let files = number_of(lost.len(), "file");
    writeln!(out, "\n{files} {are} in an edition of the suite and not in the next one")?;
    some(out, lost, most, |lost| {
        let Lost { file, suite, gone, directives } = lost;
        format!("{file}: {gone} of its {directives} directives are nowhere in {suite}")
    })?;
    out.flush()
}

fn show_order(out: &mut dyn Write, dependent: &[Dependent], most: usize) -> io::Result<()> {
    let pass = if dependent.len() == 1 { "passes in its" } else { "pass in their" };
    let tests = number_of(dependent.len(), "test");
    writeln!(out, "\n{tests} {pass} place only")?;
    some(out, dependent, most, |one| format!("{} ({}): {}", one.id, one.order, one.became))?;
    out.flush()
}

fn show_score(out: &mut dyn Write, proposal: &str, score: Score) -> io::Result<()> {
    let Score { planted, shown, by_time } = score;
    let by_time = match by_time {
        0 => String::new(),
        n => format!(", {n} of these because a test took too long"),
    };
    writeln!(out, "{proposal}: {shown} of {planted} planted faults are shown{by_time}")
}

fn show_faults(out: &mut dyn Write, outlook: &Outlook, most: usize) -> io::Result<()> {
    let Outlook { faults, of } = outlook;
    let unseen: Vec<_> = faults.iter().filter(|fault| fault.shown_by.is_none()).collect();
    let planted = match faults.len() == *of {
        true => format!("{of} faults were planted"),
        false => format!("{} of {of} faults were planted", faults.len()),
    };
    writeln!(out, "{planted}; {} of them turn no test red", unseen.len())?;
    some(out, &unseen, most, |fault| {
        let files = number_of(fault.files, "file");
        format!("{}, {}: in {files}", fault.operator, fault.instead)
    })
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

fn as_json(found: &Findings, interrupted: bool) -> Value {
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
                "by_time": fault.by_time,
            })
        });
        faults.collect::<Vec<_>>()
    });
    let planted = found.faults.as_ref().map(|outlook| outlook.of);
    json!({
        "copies": copies,
        "order": order,
        "faults": faults,
        "faults_planted": planted,
        "interrupted": interrupted,
    })
}
