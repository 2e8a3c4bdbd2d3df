//! A progress bar on a terminal.
//!
//! In: events. Out: a line on standard error that is redrawn, and gone at the end; what is written meanwhile comes
//! above it. Nothing here is ever written into a pipe or a file.

use super::Reporter;
use super::totals::Tally;
use crate::outcome::{Event, Outcome, Record};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal, Write};

/// A reporter that draws a progress bar: how much is done, how much time is left, and what came so far.
#[derive(Debug)]
pub struct ProgressReporter {
    bar: ProgressBar,
    tally: Tally,
}

impl ProgressReporter {
    /// Gives a progress bar if standard error is a terminal.
    pub fn new() -> Option<Self> {
        if !io::stderr().is_terminal() {
            return None;
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
        let style = ProgressStyle::with_template(BAR);
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Some(ProgressReporter { bar, tally: Tally::default() })
    }

    /// A writer above the bar.
    pub fn above<W: Write>(&self, inner: W) -> Above<W> {
        Above { bar: self.bar.clone(), kept: Vec::new(), inner }
    }

    /// Counts a verdict. All but those that passed are told.
    fn note(&mut self, record: &Record) {
        self.tally.add(record);
        if record.verdict.outcome != Outcome::Pass {
            self.bar.set_message(in_short(&self.tally));
        }
        self.bar.inc(1);
    }
}

const BAR: &str = "{bar:24} {pos}/{len} {elapsed}, {eta} left  {wide_msg}";

/// What is not as it should be, or not judged, as in `3 failed, 1 crashed`.
fn in_short(tally: &Tally) -> String {
    let words = [
        (tally.fail + tally.error, "failed"),
        (tally.xpass, "passed unexpectedly"),
        (tally.crash, "crashed"),
        (tally.timeout, "timed out"),
        (tally.blocked, "blocked"),
        (tally.unsupported, "unsupported"),
    ];
    let some = words.iter().filter(|(count, _)| *count > 0);
    some.map(|(count, word)| format!("{count} {word}")).collect::<Vec<_>>().join(", ")
}

/// Writes whole lines above a progress bar, as they come.
#[derive(Debug)]
pub struct Above<W> {
    bar: ProgressBar,
    kept: Vec<u8>,
    inner: W,
}

impl<W: Write> Write for Above<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.kept.extend_from_slice(bytes);
        if bytes.contains(&b'\n') {
            let end = self.kept.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
            let lines: Vec<u8> = self.kept.drain(..end).collect();
            let inner = &mut self.inner;
            self.bar.suspend(|| inner.write_all(&lines).and_then(|()| inner.flush()))?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.write_all(&std::mem::take(&mut self.kept))?;
        self.inner.flush()
    }
}

/// A progress bar of what is no run of tests. Where standard error is no terminal, it shows nothing.
#[derive(Debug)]
pub struct Bar(Option<ProgressBar>);

impl Bar {
    /// A bar that is full at `total`, where there is an end.
    pub fn new(total: Option<u64>) -> Self {
        let bar = io::stderr().is_terminal().then(|| {
            let target = ProgressDrawTarget::stderr_with_hz(10);
            let bar = ProgressBar::with_draw_target(total, target);
            let template = match total {
                Some(_) => "{bar:32} {pos}/{len} {elapsed}",
                None => "{spinner} {pos} {elapsed}",
            };
            bar.set_style(
                ProgressStyle::with_template(template)
                    .unwrap_or_else(|_| ProgressStyle::default_bar()),
            );
            bar
        });
        Bar(bar)
    }

    /// Shows that so much is done.
    pub fn set(&self, done: u64) {
        self.0.iter().for_each(|bar| bar.set_position(done));
    }

    /// Takes the bar away while something else is written.
    pub fn hidden<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.0 {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// Takes the bar away for good.
    pub fn clear(&self) {
        self.0.iter().for_each(ProgressBar::finish_and_clear);
    }
}

impl Reporter for ProgressReporter {
    fn asks_for_times(&self) -> bool {
        false
    }

    fn event(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::Started(info) => self.bar.set_length((info.selected * info.runs) as u64),
            Event::Finished(record) | Event::FinishedAgain(record) => self.note(record),
            Event::Slow { .. } | Event::Repeated(_) | Event::Compared(_) => {}
            Event::Ended { .. } | Event::Interrupted { .. } => self.bar.finish_and_clear(),
        }
        Ok(())
    }
}
