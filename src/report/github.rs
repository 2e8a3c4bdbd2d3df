//! What GitHub's runners of workflows understand: annotations, and a summary of the job in Markdown.
//!
//! In: events. Out: a line per failure, at the end an annotation for each cause, and the summary. No text of a
//! script or an engine can begin a line, so none can be a command to the runner. Nothing here knows where the summary
//! is kept, or how a run was made.

use super::Reporter;
use super::json::Line;
use super::markup::{brief_code, prose};
use super::terminal::{heading, in_words, visible};
use super::totals::Totals;
use super::words::number_of;
use crate::causes::{self, Cause};
use crate::change::Changes;
use crate::outcome::{Event, Outcome, Record};
use crate::repeats::Repeats;
use std::collections::HashMap;
use std::io::{self, Write};
use std::time::Duration;

/// How many annotations GitHub shows of a step.
const ANNOTATIONS: usize = 10;
/// How many causes, and how many changes, the summary lists.
const LISTED: usize = 50;

/// A reporter that writes commands for the runner, and a summary.
pub struct GithubReporter<W: Write, S: Write> {
    out: W,
    summary: Option<S>,
    /// Where scripts stand on disk, by suite and file.
    sources: HashMap<(String, String), String>,
    title: String,
    totals: Totals,
    failures: Vec<Line>,
    changes: Option<Changes>,
    repeats: Option<Repeats>,
}

impl<W: Write, S: Write> GithubReporter<W, S> {
    /// Writes commands to `out`, and the summary where there is a place for it. `sources` says where scripts stand on
    /// disk, by suite and file; other scripts have annotations without a place.
    pub fn new(out: W, summary: Option<S>, sources: HashMap<(String, String), String>) -> Self {
        GithubReporter {
            out,
            summary,
            sources,
            title: String::new(),
            totals: Totals::default(),
            failures: Vec::new(),
            changes: None,
            repeats: None,
        }
    }

    fn red(&mut self, record: &Record) -> io::Result<()> {
        let line = Line::of(record);
        let said = one_line(&said(&line));
        self.failures.push(line);
        match &record.verdict.outcome {
            Outcome::Blocked { .. } => Ok(()),
            outcome => writeln!(self.out, "{} {}: {said}", heading(outcome), record.id),
        }
    }

    fn end(&mut self, duration: Duration, partial: bool) -> io::Result<()> {
        let failures = std::mem::take(&mut self.failures);
        let causes = causes::causes(&failures);
        for cause in causes.iter().take(ANNOTATIONS) {
            let line = failures.iter().find(|line| line.id == cause.example);
            self.annotate("error", line, &of_cause(cause), &line.map(said).unwrap_or_default())?;
        }
        let words = self.words(duration);
        if let Some(words) = causes::in_words(&causes) {
            writeln!(self.out, "{words}")?;
        }
        self.remarks()?;
        if partial {
            self.annotate(
                "warning",
                None,
                "partial run",
                "the run was stopped, and its report is partial",
            )?;
        }
        writeln!(self.out, "{words}")?;
        self.out.flush()?;
        let text = self.summary_of(&words, &causes, partial);
        match &mut self.summary {
            Some(summary) => summary.write_all(text.as_bytes()).and_then(|()| summary.flush()),
            None => Ok(()),
        }
    }

    /// The verdict, in a line.
    fn words(&self, duration: Duration) -> String {
        let verdict = if self.totals.is_red() { "FAILED" } else { "ok" };
        format!("{verdict}: {} in {:.2} s", in_words(&self.totals.all), duration.as_secs_f64())
    }

    /// Annotations for what is wrong beside the failures.
    fn remarks(&mut self) -> io::Result<()> {
        if let Some(repeats) = self.repeats.clone() {
            for flaky in repeats.flaky.iter().take(ANNOTATIONS) {
                self.annotate("error", None, &format!("flaky: {}", flaky.id), &flaky.in_words())?;
            }
        }
        let Some(changes) = self.changes.clone() else { return Ok(()) };
        let red = changes.changes.iter().filter(|change| !change.allowed);
        for change in red.take(ANNOTATIONS) {
            self.annotate("error", None, change.word(), &change.in_words())?;
        }
        Ok(())
    }

    fn annotate(
        &mut self,
        level: &str,
        line: Option<&Line>,
        title: &str,
        text: &str,
    ) -> io::Result<()> {
        let place = line.and_then(|line| {
            let source = self.sources.get(&(line.suite.clone(), line.file.clone()))?;
            Some(format!(
                "file={},line={},col={},",
                property(source),
                line.line.max(1),
                line.column.max(1)
            ))
        });
        let place = place.unwrap_or_default();
        writeln!(self.out, "::{level} {place}title={}::{}", property(title), data(text))
    }

    fn summary_of(&self, words: &str, causes: &[Cause], partial: bool) -> String {
        let mut text = format!("### {}\n\n{words}\n\n", prose(&self.title));
        if partial {
            text.push_str("**The run was stopped: this is a part of it.**\n\n");
        }
        text.push_str("| suite | passed | failed | blocked | unsupported | skipped |\n|---|---|---|---|---|---|\n");
        for (suite, tally) in &self.totals.suites {
            let failed = tally.red() - tally.blocked;
            let numbers =
                [tally.pass + tally.xfail, failed, tally.blocked, tally.unsupported, tally.skip];
            let numbers: Vec<String> = numbers.iter().map(u64::to_string).collect();
            text.push_str(&format!("| {} | {} |\n", prose(suite), numbers.join(" | ")));
        }
        if let Some(words) = causes::in_words(causes) {
            text.push_str(&format!("\n{words}:\n\n"));
        }
        let causes = causes.iter().map(|cause| {
            format!(
                "{} × {}, such as {}",
                cause.failures + cause.blocked,
                brief_code(&cause.what),
                brief_code(&cause.example)
            )
        });
        list(&mut text, causes);
        if let Some(changes) = &self.changes {
            text.push_str(&format!("\n{}\n\n", prose(&changes.in_words())));
            list(&mut text, changes.changes.iter().map(|change| brief_code(&change.in_words())));
        }
        if let Some(Repeats { runs, flaky }) = &self.repeats {
            text.push_str(&format!("\n{} flaky in {runs} runs\n\n", flaky.len()));
            list(
                &mut text,
                flaky.iter().map(|flaky| {
                    format!("{}: {}", brief_code(&flaky.id), brief_code(&flaky.in_words()))
                }),
            );
        }
        text.push('\n');
        text
    }
}

/// Lists the first of these, and counts the others.
fn list(text: &mut String, entries: impl ExactSizeIterator<Item = String>) {
    let left = entries.len().saturating_sub(LISTED);
    for entry in entries.take(LISTED) {
        text.push_str(&format!("* {entry}\n"));
    }
    if left > 0 {
        text.push_str(&format!("* … and {left} more\n"));
    }
}

/// What was said of a failure.
fn said(line: &Line) -> String {
    match (&line.expected, &line.actual) {
        (Some(expected), Some(actual)) => format!("expected {expected}, got {actual}"),
        _ => line.message.clone().unwrap_or_default(),
    }
}

fn of_cause(cause: &Cause) -> String {
    match cause.failures + cause.blocked {
        1 => cause.example.clone(),
        n => format!("{}, and {} more of one cause", cause.example, n - 1),
    }
}

/// A text that stays in its line, and holds no command in the runner's old form.
fn one_line(text: &str) -> String {
    visible(text).replace('\n', " / ").replace("##[", "# #[")
}

/// The text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

impl<W: Write, S: Write> Reporter for GithubReporter<W, S> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.totals.add(event);
        match event {
            Event::Started(info) => {
                self.title = one_line(&format!("{} {}", info.engine.name, info.engine.version));
                writeln!(self.out, "engine {}: {}", self.title, number_of(info.selected, "test"))
            }
            Event::Finished(record) if record.verdict.outcome.is_red() => self.red(record),
            Event::Finished(_) | Event::FinishedAgain(_) | Event::Slow { .. } => Ok(()),
            Event::Repeated(repeats) => {
                self.repeats = Some(repeats.clone());
                Ok(())
            }
            Event::Compared(changes) => {
                self.changes = Some(changes.clone());
                Ok(())
            }
            Event::Ended { duration } => self.end(*duration, false),
            Event::Interrupted { duration, .. } => self.end(*duration, true),
        }
    }
}
