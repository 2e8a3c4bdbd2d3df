//! What a history says, as text for people.

use std::io::{self, Write};
use std::path::Path;
use touchstone::diff::text::write_text;
use touchstone::diff::{Kind, State};
use touchstone::history::model::{Absent, RunRef, Step};
use touchstone::history::{Added, Counted, Flaky, Night, NightRun, Run, Series, Timeline};
use touchstone::report::terminal::{in_words, visible};
use touchstone::report::words::number_of;

pub(super) fn added(out: &mut impl Write, path: &Path, added: &Added) -> io::Result<()> {
    let Added { run, was_there, replaced, later, changed } = added;
    let what = format!("{} {} of {}", run.series.engine, run.version, run.started);
    let tests = number_of(run.tests, "test");
    write!(out, "{}: run {}: {what}, {tests}", path.display(), run.id)?;
    match changed {
        _ if *was_there => write!(out, ", is in the history already")?,
        None => write!(out, ", the first of its kind")?,
        Some(changed) => write!(out, ", {}", number_of(*changed, "change"))?,
    }
    if let Some(replaced) = replaced {
        write!(out, ", in place of the partial run {replaced}")?;
    }
    if *later > 0 {
        write!(out, ", put before {}", number_of(*later, "later one"))?;
    }
    writeln!(out, "{}", partial(run))
}

fn partial(run: &Run) -> String {
    run.partial.as_ref().map(|why| format!(" (partial: {why})")).unwrap_or_default()
}

/// What runs are of, where it is not what most are of.
fn kind(series: &Series) -> String {
    let corpus = match series.corpus.as_str() {
        "embedded" => String::new(),
        corpus => format!(", {corpus}"),
    };
    format!("{} on {}{corpus}", series.engine, series.host)
}

pub(super) fn runs(out: &mut impl Write, runs: &[Run]) -> io::Result<()> {
    for of_series in runs.chunk_by(|a, b| a.series == b.series) {
        writeln!(out, "{}", kind(&of_series[0].series))?;
        for run in of_series {
            let partial = if run.partial.is_some() { ", partial" } else { "" };
            let numbers = in_words(&run.totals);
            writeln!(
                out,
                "  {:>6}  {}  {}{}: {}, {numbers}{partial}",
                run.id,
                run.night,
                run.version,
                after("  ", &run.revisions()),
                number_of(run.tests, "test")
            )?;
        }
    }
    writeln!(out, "{}", number_of(runs.len(), "run"))
}

pub(super) fn counts(out: &mut impl Write, counts: &[Counted]) -> io::Result<()> {
    for of_series in counts.chunk_by(|a, b| a.series == b.series) {
        writeln!(out, "{}", kind(&of_series[0].series))?;
        // Nights with the same numbers take one line.
        let is_same = |a: &Counted, b: &Counted| {
            (a.tally, &a.version, a.partial) == (b.tally, &b.version, b.partial)
        };
        for same in of_series.chunk_by(is_same) {
            let (first, last) = (&same[0], &same[same.len() - 1]);
            let nights = match same.len() {
                1 => first.night.clone(),
                n => format!("{} to {} ({n} runs)", first.night, last.night),
            };
            let partial = if first.partial { ", partial" } else { "" };
            writeln!(out, "  {nights}: {}: {}{partial}", first.version, in_words(&first.tally))?;
        }
    }
    match counts.is_empty() {
        true => writeln!(out, "no run has such tests"),
        false => Ok(()),
    }
}

pub(super) fn flaky(out: &mut impl Write, flaky: &[Flaky]) -> io::Result<()> {
    for test in flaky {
        let Flaky { series, id, flips, first, last, verdicts } = test;
        writeln!(out, "{id}")?;
        let changes = number_of(*flips, "change");
        let when =
            if first == last { format!("in {last}") } else { format!("from {first} to {last}") };
        writeln!(out, "  {}: {changes} {when}", kind(series))?;
        for verdict in verdicts {
            writeln!(out, "      {}", state(verdict))?;
        }
    }
    writeln!(
        out,
        "{}: {} changed although neither the engine nor the suite did",
        number_of(flaky.len(), "flaky test"),
        if flaky.len() == 1 { "it" } else { "they" }
    )
}

fn state(state: &State) -> String {
    let said = state.said.as_ref().map(|said| format!(": {}", visible(said)));
    format!("{}{}", state.outcome, said.unwrap_or_default())
}

/// A text with what divides it from others, unless it is empty.
fn after(mark: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{mark}{text}") }
}

fn at(run: &RunRef) -> String {
    let revision = after(", ", &run.revision);
    format!("{} (version {}{revision}, run {})", run.night, run.version, run.run)
}

pub(super) fn timelines(out: &mut impl Write, timelines: &[Timeline]) -> io::Result<()> {
    for (n, timeline) in timelines.iter().enumerate() {
        if n == 0 || timelines[n - 1].id != timeline.id {
            writeln!(out, "{}", timeline.id)?;
        }
        let gone = if timeline.is_there { "" } else { ", and is there no more" };
        let runs = number_of(timeline.runs, "run");
        writeln!(out, "  {}: {} ({runs}){gone}", kind(&timeline.series), state(&timeline.now))?;
        if let Some(fingerprint) = &timeline.fingerprint {
            writeln!(out, "    fingerprint: {}", visible(fingerprint))?;
        }
        if let Some(failing) = &timeline.failing {
            writeln!(out, "    first bad: {}", at(&failing.first_bad))?;
            match &failing.last_good {
                Some(good) => writeln!(out, "    last good: {}", at(good))?,
                None => writeln!(out, "    last good: none that is kept")?,
            }
            if let Some(mover) = failing.mover {
                writeln!(out, "    {}", mover.in_words())?;
            }
        } else if let Some(last) = &timeline.last {
            writeln!(out, "    last run with it: {}", at(last))?;
        }
        if timeline.flips > 0 {
            writeln!(
                out,
                "    flaky: it changed {} although nothing else did",
                number_of(timeline.flips, "time")
            )?;
        }
        match &timeline.first {
            Some(first) if timeline.steps.is_empty() => {
                writeln!(out, "    nothing changed since {}", at(first))?;
            }
            _ => {}
        }
        for step in &timeline.steps {
            show_step(out, step)?;
        }
    }
    Ok(())
}

fn show_step(out: &mut impl Write, step: &Step) -> io::Result<()> {
    let what = match step.kind {
        Some(kind) => kind.word(),
        None if step.was.is_some() || step.edited => "moved",
        None => "other",
    };
    writeln!(out, "    {what} in {}", at(&step.at))?;
    if let Some(was) = &step.was {
        writeln!(out, "        its name was {was}")?;
    }
    if step.edited {
        writeln!(out, "        its text is another one")?;
    }
    if step.old.is_some() || step.new.is_some() {
        let said = |of: &Option<State>| of.as_ref().map_or_else(|| "not there".to_owned(), state);
        writeln!(out, "        {} → {}", said(&step.old), said(&step.new))?;
    }
    if let Some(mover) = step.mover.filter(|_| step.kind != Some(Kind::New)) {
        let before = step.before.as_ref().map(|run| format!("; before: {}", at(run)));
        writeln!(out, "        {}{}", mover.in_words(), before.unwrap_or_default())?;
    }
    Ok(())
}

pub(super) fn night(out: &mut impl Write, night: &Night, most: usize) -> io::Result<()> {
    writeln!(out, "night {}", night.night)?;
    for run in &night.runs {
        show_run(out, run, most)?;
    }
    for Absent { series, last, nights } in &night.absent {
        let since = match nights {
            1 => "for the first night".to_owned(),
            nights => format!("for {nights} nights"),
        };
        writeln!(out, "\n{}: no run, {since}; the last one was in {}", kind(series), at(last))?;
    }
    Ok(())
}

fn show_run(out: &mut impl Write, found: &NightRun, most: usize) -> io::Result<()> {
    let NightRun { run, missed, diff, flaky, .. } = found;
    writeln!(out, "\n{}, run {}{}", kind(&run.series), run.id, partial(run))?;
    if *missed > 0 {
        writeln!(out, "it is back after {} without a run", number_of(*missed, "night"))?;
    }
    match diff {
        None => writeln!(out, "the first run of its kind: {}", in_words(&run.totals))?,
        Some(diff) if diff.counts.is_empty() && diff.outside == 0 => {
            writeln!(
                out,
                "{} {}: nothing changed in {}",
                run.series.engine,
                run.version,
                number_of(run.tests, "test")
            )?;
        }
        Some(diff) => write_text(out, diff, most)?,
    }
    if !flaky.is_empty() {
        writeln!(
            out,
            "{} of these changed before although nothing else did, or did so now:",
            flaky.len()
        )?;
        let shown = if most == 0 { flaky.len() } else { most };
        for id in flaky.iter().take(shown) {
            writeln!(out, "  {id}")?;
        }
        if flaky.len() > shown {
            writeln!(out, "  … and {} more", flaky.len() - shown)?;
        }
    }
    Ok(())
}
