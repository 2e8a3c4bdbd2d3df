//! Text for people.
//!
//! In: events. Out: what went wrong, then the summary. `pretty` tells each failure in full and counts per
//! suite and per proposal; `terse` has a line per failure and a line of totals. Blocked directives are
//! counted by the one that blocks them. Nothing here knows whether it writes to a terminal: the caller asks
//! for colours.

use super::Reporter;
use super::json::Line;
use super::totals::{Tally, Totals};
use super::words::number_of;
use crate::causes;
use crate::change::Changes;
use crate::outcome::{Event, Outcome, Record, Stopped};
use crate::repeats::Repeats;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

/// How much to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Each failure in full, and tables of numbers.
    Pretty,
    /// A line per failure, and a line of totals.
    Terse,
    /// The same where something is wrong, and nothing where all is as it should be.
    Quiet,
}

/// A reporter that writes text for people.
#[derive(Debug)]
pub struct TerminalReporter<W: Write> {
    out: W,
    style: Style,
    colours: bool,
    totals: Totals,
    blockers: BTreeMap<String, u64>,
    /// What failed, for the causes.
    failures: Vec<Line>,
    text_parser: u64,
    changes: Option<Changes>,
    repeats: Option<Repeats>,
}

const RED: &str = "\x1b[31;1m";
const YELLOW: &str = "\x1b[33;1m";
const GREEN: &str = "\x1b[32;1m";
const PLAIN: &str = "\x1b[0m";

impl<W: Write> TerminalReporter<W> {
    /// Writes to `out`.
    pub fn new(out: W, style: Style, colours: bool) -> Self {
        TerminalReporter {
            out,
            style,
            colours,
            totals: Totals::default(),
            blockers: BTreeMap::new(),
            failures: Vec::new(),
            text_parser: 0,
            changes: None,
            repeats: None,
        }
    }

    fn paint(&self, colour: &str, text: &str) -> String {
        if self.colours { format!("{colour}{text}{PLAIN}") } else { text.into() }
    }

    fn red(&mut self, record: &Record) -> io::Result<()> {
        self.failures.push(Line::of(record));
        if let Outcome::Blocked { by } = &record.verdict.outcome {
            *self.blockers.entry(by.clone()).or_default() += 1;
            return Ok(());
        }
        let verdict = &record.verdict;
        let word = self.paint(RED, heading(&verdict.outcome));
        let message = visible(verdict.message.as_deref().unwrap_or_default());
        let (expected, actual) = (verdict.expected.as_deref(), verdict.actual.as_deref());
        match (self.style, expected.map(visible), actual.map(visible)) {
            (Style::Pretty, Some(expected), Some(actual)) => {
                writeln!(self.out, "{word} {}", record.id)?;
                writeln!(self.out, "  expected: {expected}\n       got: {actual}")?;
                // The message is left out if the two lines above say the same already.
                let repeats = message.starts_with("expected ") && message.contains(actual.as_str());
                if verdict.outcome != Outcome::Fail || !repeats {
                    writeln!(self.out, "  {message}")?;
                }
                Ok(())
            }
            (Style::Pretty, ..) => writeln!(self.out, "{word} {}\n  {message}", record.id),
            (Style::Terse | Style::Quiet, ..) => {
                writeln!(self.out, "{word} {}: {message}", record.id)
            }
        }
    }

    /// Says how many causes the failures seem to have, where they are fewer.
    fn causes(&mut self) -> io::Result<()> {
        const MOST: usize = 10;
        let failures = std::mem::take(&mut self.failures);
        let causes = causes::causes(&failures);
        let Some(words) = causes::in_words(&causes).filter(|_| causes.len() < failures.len())
        else {
            return Ok(());
        };
        writeln!(self.out, "{words}")?;
        if self.style == Style::Pretty {
            for cause in causes.iter().take(MOST) {
                let n = cause.failures + cause.blocked;
                writeln!(self.out, "  {n} × {}, such as {}", visible(&cause.what), cause.example)?;
            }
            if causes.len() > MOST {
                writeln!(self.out, "  … and {} more", causes.len() - MOST)?;
            }
            writeln!(self.out)?;
        }
        Ok(())
    }

    fn summary(&mut self, elapsed: Duration) -> io::Result<()> {
        for (by, count) in std::mem::take(&mut self.blockers) {
            let word = self.paint(RED, "blocked");
            writeln!(self.out, "{word} {count} by {by}")?;
        }
        let totals = std::mem::take(&mut self.totals);
        if self.style == Style::Pretty {
            table(
                &mut self.out,
                "suite",
                totals.suites.iter().map(|(name, tally)| (name.as_str(), tally)),
            )?;
            table(
                &mut self.out,
                "proposal",
                totals.proposals().iter().map(|(name, tally)| (name.as_str(), tally)),
            )?;
            writeln!(self.out)?;
        }
        self.causes()?;
        let against = match self.changes.take() {
            Some(changes) => self.against(&changes)?,
            None => String::new(),
        };
        let again = match self.repeats.take() {
            Some(repeats) => self.flaky(&repeats)?,
            None => String::new(),
        };
        if self.style == Style::Quiet && !totals.is_red() {
            return self.out.flush();
        }
        let verdict =
            if totals.is_red() { self.paint(RED, "FAILED") } else { self.paint(GREEN, "ok") };
        writeln!(
            self.out,
            "{verdict}: {} in {:.2} s{against}{again}",
            in_words(&totals.all),
            elapsed.as_secs_f64()
        )?;
        if self.text_parser > 0 && self.style == Style::Pretty {
            writeln!(
                self.out,
                "{} of the passed tested the text parser of the harness, not the engine",
                self.text_parser
            )?;
        }
        if totals.all.revoked > 0 && self.style == Style::Pretty {
            writeln!(
                self.out,
                "{} rest on expectations that a later standard revoked",
                totals.all.revoked
            )?;
        }
        if totals.all.weakened > 0 && self.style == Style::Pretty {
            writeln!(
                self.out,
                "{} of the passed were compared only as far as the adapter can tell",
                totals.all.weakened
            )?;
        }
        self.out.flush()
    }
}

impl<W: Write> TerminalReporter<W> {
    /// Lists what changed against an earlier run, and gives what the line of the verdict says of it.
    fn against(&mut self, changes: &Changes) -> io::Result<String> {
        for change in &changes.changes {
            let word = match change.allowed {
                true => format!("{} (allowed)", change.word()),
                false => self.paint(RED, change.word()),
            };
            writeln!(self.out, "{word} {}", visible(&change.in_words()))?;
        }
        if self.style == Style::Pretty {
            writeln!(self.out, "{}\n", changes.in_words())?;
        }
        Ok(changes.lost_in_words().map(|words| format!("; {words}")).unwrap_or_default())
    }
}

impl<W: Write> TerminalReporter<W> {
    /// Lists the tests that had several verdicts, and gives what the line of the verdict says of them.
    fn flaky(&mut self, repeats: &Repeats) -> io::Result<String> {
        for flaky in &repeats.flaky {
            let (word, words) = (self.paint(RED, "flaky"), visible(&flaky.in_words()));
            writeln!(self.out, "{word} {}: {words}", flaky.id)?;
        }
        Ok(format!("; {}", repeats.in_words()))
    }
}

impl<W: Write> Reporter for TerminalReporter<W> {
    fn asks_for_times(&self) -> bool {
        // The tables have a column for them.
        self.style == Style::Pretty
    }

    fn event(&mut self, event: &Event) -> io::Result<()> {
        match self.style {
            Style::Pretty => self.totals.add(event),
            // The others show no tables.
            Style::Terse | Style::Quiet => self.totals.add_in_all(event),
        }
        match event {
            Event::Started(info) if self.style == Style::Pretty => {
                let (engine, tests) = (&info.engine, number_of(info.selected, "test"));
                let judge = match info.judged_by_runner {
                    true => ", judged by its own runner",
                    false => "",
                };
                writeln!(self.out, "{} {}: {tests}{judge}", engine.name, engine.version)?;
                for (suite, dialect) in &info.dialects {
                    writeln!(self.out, "{}: dialect {}", visible(suite), visible(dialect))?;
                }
                Ok(())
            }
            Event::Started(_) => Ok(()),
            Event::Finished(record) if record.verdict.outcome.is_red() => self.red(record),
            Event::Finished(record) => {
                self.text_parser += u64::from(record.verdict.text_parser);
                Ok(())
            }
            Event::Compared(changes) => {
                self.changes = Some(changes.clone());
                Ok(())
            }
            Event::FinishedAgain(_) => Ok(()),
            Event::Slow { .. } if self.style == Style::Quiet => Ok(()),
            Event::Slow { id, taken } => {
                let (word, seconds) = (self.paint(YELLOW, "slow"), taken.as_secs_f64());
                writeln!(self.out, "{word} {id}: it has taken {seconds:.0} s, and goes on")?;
                // Whoever waits wants to know it now.
                self.out.flush()
            }
            Event::Repeated(repeats) => {
                self.repeats = Some(repeats.clone());
                Ok(())
            }
            Event::Ended { duration } => self.summary(*duration),
            Event::Interrupted { duration, why } => {
                let (word, at) = match why {
                    Stopped::Told => ("INTERRUPTED", ""),
                    Stopped::FirstFailure => ("STOPPED", " at the first failure"),
                };
                let word = self.paint(RED, word);
                writeln!(self.out, "{word}{at}: this report is partial")?;
                self.summary(*duration)
            }
        }
    }
}

/// An outcome as people call it.
pub fn heading(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Pass => "passed",
        Outcome::Fail => "failed",
        Outcome::ExpectedFailure => "failed as expected",
        Outcome::UnexpectedPass => "passed unexpectedly",
        Outcome::Blocked { .. } => "blocked",
        Outcome::Unsupported { .. } => "unsupported",
        Outcome::Skip { .. } => "skipped",
        Outcome::Crash => "crashed",
        Outcome::Timeout => "timed out",
        Outcome::Error => "script error",
    }
}

/// A column of the tables: its heading and its numbers.
type Column = (&'static str, fn(&Tally) -> u64);

/// The columns in their order. Rare outcomes stand at the end, and are shown only if there are any.
const COLUMNS: &[Column] = &[
    ("passed", |t| t.pass),
    ("failed", |t| t.fail),
    ("expected", |t| t.xfail),
    ("unexpected", |t| t.xpass),
    ("blocked", |t| t.blocked),
    ("unsupported", |t| t.unsupported),
    ("skipped", |t| t.skip),
    ("errors", |t| t.error),
    ("crashed", |t| t.crash),
    ("timed out", |t| t.timeout),
];
const ALWAYS_SHOWN: usize = 8;

fn table<'a>(
    out: &mut impl Write,
    what: &str,
    rows: impl Iterator<Item = (&'a str, &'a Tally)> + Clone,
) -> io::Result<()> {
    if rows.clone().next().is_none() {
        return Ok(());
    }
    let shown = |(number, column): (usize, &'static Column)| {
        let any = rows.clone().any(|(_, tally)| column.1(tally) > 0);
        (number < ALWAYS_SHOWN || any).then_some(column)
    };
    let columns: Vec<&Column> = COLUMNS.iter().enumerate().filter_map(shown).collect();
    let width = rows.clone().map(|(name, _)| name.len()).chain([what.len()]).max().unwrap_or(0);
    write!(out, "\n{what:width$}")?;
    columns.iter().try_for_each(|(heading, _)| write!(out, " {heading:>11}"))?;
    writeln!(out, " {:>9}", "time")?;
    for (name, tally) in rows {
        write!(out, "{name:width$}")?;
        columns.iter().try_for_each(|(_, count)| write!(out, " {:>11}", count(tally)))?;
        writeln!(out, " {:>7.2} s", Duration::from_nanos(tally.duration_ns).as_secs_f64())?;
    }
    Ok(())
}

/// The outcomes that a tally has any of, as in `12 passed, 1 failed`.
pub fn in_words(tally: &Tally) -> String {
    let words = [
        (tally.pass, "passed"),
        (tally.fail, "failed"),
        (tally.xfail, "failed as expected"),
        (tally.xpass, "passed unexpectedly"),
        (tally.blocked, "blocked"),
        (tally.unsupported, "unsupported"),
        (tally.skip, "skipped"),
        (tally.crash, "crashed"),
        (tally.timeout, "timed out"),
        (tally.error, "script errors"),
    ];
    let some = words.iter().enumerate().filter(|(i, (count, _))| *i == 0 || *count > 0);
    some.map(|(_, (count, word))| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
}

/// Text of a script in a form that is safe to write to a terminal: control and invisible characters are
/// replaced by their names.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        let invisible = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
        if (c.is_control() && c != '\n') || invisible {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Writes text in which nothing moves the cursor, colours or hides what is beside it: see [`visible`]. What is written at
/// once has to be whole characters, as it is by `write!`.
#[derive(Debug)]
pub struct Visible<W>(pub W);

impl<W: Write> Write for Visible<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write_all(visible(&String::from_utf8_lossy(bytes)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
