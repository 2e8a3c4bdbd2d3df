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
