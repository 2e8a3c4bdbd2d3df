//! A progress bar on a terminal.
//!
//! In: events. Out: a line on standard error that is redrawn, and gone at the end.
//! Nothing here is ever written into a pipe or a file.

use super::Reporter;
use crate::outcome::Event;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};

/// A reporter that draws a progress bar.
#[derive(Debug)]
pub struct ProgressReporter {
    bar: ProgressBar,
    red: u64,
}

impl ProgressReporter {
    /// Gives a progress bar if standard error is a terminal.
    pub fn new() -> Option<Self> {
        if !io::stderr().is_terminal() {
            return None;
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
        let style = ProgressStyle::with_template("{bar:32} {pos}/{len} {elapsed} {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Some(ProgressReporter { bar, red: 0 })
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
    fn event(&mut self, event: &Event) -> io::Result<()> {
        match event {
            Event::Started(info) => self.bar.set_length(info.selected as u64),
            Event::Finished(record) => {
                if record.verdict.outcome.is_red() {
                    self.red += 1;
                    self.bar.set_message(format!("{} red", self.red));
                }
                self.bar.inc(1);
            }
            Event::Compared(_) => {}
            Event::Ended { .. } | Event::Interrupted { .. } => self.bar.finish_and_clear(),
        }
        Ok(())
    }
}
