//! Makes a test that an engine fails as small as can be.
//!
//! In: the name of a test, and engines. Out, on standard output or in a file: a script that stands alone, with a
//! comment that says what it shows.

use crate::args::{EngineFlags, Keep, Reduce};
use crate::find::{self, Found};
use crate::outputs::{STANDARD, are_apart, write};
use crate::problem::Problem;
use crate::selection::Judging;
use crate::shell::quoted;
use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use touchstone::engine::touchstone::{Options, own_engine};
use touchstone::engine::{DEFAULT_MEMORY_LIMIT, Description, Engine};
use touchstone::reduce::{Likeness, Progress, ReduceError, Reduced, Task, reduce};
use touchstone::report::words::number_of;

/// How often standard error tells how far it is.
const EVERY: Duration = Duration::from_millis(500);

pub(crate) fn shrink(arguments: &Reduce, stop: &AtomicBool) -> Result<ExitCode, Problem> {
    let judging =
        Judging { suites: &arguments.suites, dialect: arguments.dialect.as_deref(), jobs: None };
    let found = find::find(&arguments.test, &arguments.paths, judging)?;
    let scripts = found.file.disk_path().into_iter().chain(arguments.paths.iter().cloned());
    let output = arguments.output.iter().map(|path| ("--output", path.clone()));
    are_apart(output, scripts.map(|path| ("a script", path)))?;
    // What is left of a script is smaller each time, so its modules are others.
    let flags = &arguments.engine.without_cache();
    let engine = |time: Option<Duration>| flags.with(None, time).open();
    let ours = |timeout: Option<Duration>| -> Result<Box<dyn Engine>, String> {
        let (host_aliases, memory_limit) = (flags.host_aliases.clone(), Some(DEFAULT_MEMORY_LIMIT));
        Ok(own_engine(Options { timeout, memory_limit, host_aliases, ..Options::default() }))
    };
    let others = arguments.not_on.iter();
    let others = others.map(|choice| {
        move |time: Option<Duration>| {
            let flags =
                EngineFlags { isolate: false, plant: None, ..flags.with(Some(choice), time) };
            flags.open()
        }
    });
    let others: Vec<_> = others.collect();
    let task = Task {
        file: &found.file,
        position: found.test.as_ref().map_or(found.file.test_count(), |test| test.index),
        engine: &engine,
        passing: others.iter().map(|other| other as _).collect(),
        trusted: vec![&ours],
        likeness: match arguments.fingerprint {
            Keep::Exact => Likeness::Exact,
            Keep::Same => Likeness::Same,
            Keep::Any => Likeness::Any,
        },
        time: Duration::from_secs(arguments.time),
    };
    let mut status = Status::new();
    let reduced = reduce(&task, stop, &mut |progress| status.tell(progress));
    status.clear();
    if let (Err(stopped @ ReduceError::Stopped(_)), true) = (&reduced, stop.load(Ordering::Relaxed))
    {
        writeln!(io::stderr(), "{}: {stopped}", found.id)?;
        return Ok(ExitCode::from(130));
    }
    let reduced = reduced.map_err(|error| Problem(format!("{}: {error}", found.id)))?;
    let file = arguments.output.as_deref().filter(|path| *path != Path::new(STANDARD));
    let path = file.map(|path| path.display().to_string());
    let script =
        format!("{}{}", comment(&reduced, &found, arguments, path.as_deref(), flags), reduced.text);
    let output = arguments.output.as_deref().unwrap_or(Path::new(STANDARD));
    write(output, &|out| out.write_all(script.as_bytes()))?;
    let _ = writeln!(io::stderr(), "{}", summary(&reduced, stop, arguments.time));
    Ok(ExitCode::SUCCESS)
}

/// What a script shows, as a comment before it.
fn comment(
    reduced: &Reduced,
    found: &Found,
    arguments: &Reduce,
    path: Option<&str>,
    flags: &EngineFlags,
) -> String {
    let named = |engine: &Description| format!("{} {}", engine.name, engine.version);
    let (engine, verdict) = &reduced.fails;
    let mut out = String::new();
    let mut line = |text: &str| {
        let _ = writeln!(out, "{}", format!(";; {text}").trim_end());
    };
    let clip = |text: &str| {
        let first = text.lines().next().unwrap_or_default();
        match first.char_indices().nth(160) {
            Some((at, _)) => format!("{}…", &first[..at]),
            None => first.to_owned(),
        }
    };
    let of = if reduced.is_about_the_end {
        "leaves something alive at the end"
    } else {
        "fails the last directive"
    };
    line(&format!("{} {of}: {}", named(engine), clip(&reduced.failure)));
    let message = verdict.message.clone().filter(|_| verdict.actual.is_none());
    let rows = [("expected", &verdict.expected), ("got", &verdict.actual), ("message", &message)];
    for (what, said) in rows {
        if let Some(said) = said {
            line(&format!("  {what}: {}", clip(said)));
        }
    }
    match reduced.passes.iter().map(named).collect::<Vec<_>>().join(", ") {
        passes if passes.is_empty() => {}
        passes => line(&format!("passed by: {passes}")),
    }
    line(&format!("WebAssembly 3.0, {}", reduced.section));
    line(&format!("reduced from {}", found.id));
    // The suite of a script on disk is none that could be named: its features come from these flags.
    let (suites, dialect) = match &reduced.suite {
        None => (&[][..], &None),
        Some(suite) if found.embedded => (std::slice::from_ref(suite), &None),
        Some(_) => (&arguments.suites[..], &arguments.dialect),
    };
    let suites = suites.iter().map(|suite| format!("--suite={suite}"));
    let dialect = dialect.iter().map(|dialect| format!("--dialect={dialect}"));
    let words = suites.chain(dialect).chain(flags.words());
    let words: String = words.map(|word| format!(" {}", quoted(&word))).collect();
    line(&format!("reproduce: touchstone run {}{words}", quoted(path.unwrap_or("FILE.wast"))));
    out
}

fn summary(reduced: &Reduced, stop: &AtomicBool, seconds: u64) -> String {
    let lines = reduced.text.lines().count();
    let mut out = format!(
        "{} became {}; {} tried",
        number_of(reduced.directives, "directive"),
        number_of(lines, "line"),
        number_of(reduced.tried, "script"),
    );
    if reduced.is_careful {
        out += "; no engine is known to pass it (see `--not-on`), so only what changes nothing was left out";
    }
    if stop.load(Ordering::Relaxed) {
        out += "; it was stopped, and may become smaller";
    } else if reduced.is_cut_short {
        let _ = write!(out, "; {seconds} s were over (see `--time`), and it may become smaller");
    }
    out
}

/// A line on a terminal.
struct Status {
    shown: Instant,
    is_there: bool,
    on_terminal: bool,
}

impl Status {
    fn new() -> Self {
        Status { shown: Instant::now(), is_there: false, on_terminal: io::stderr().is_terminal() }
    }

    fn tell(&mut self, progress: Progress) {
        if self.on_terminal && self.shown.elapsed() >= EVERY {
            (self.shown, self.is_there) = (Instant::now(), true);
            let Progress { tried, size } = progress;
            let mut err = io::stderr();
            let _ = write!(err, "\r\x1b[K{size} characters, {tried} scripts tried");
            let _ = err.flush();
        }
    }

    fn clear(&mut self) {
        if self.is_there {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
