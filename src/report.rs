//! Renderers of the stream of events.
//!
//! In: [`Event`]s, one at a time. Out: text, to wherever the renderer was told. The renderers know nothing of
//! engines and scripts, and nothing of each other.

pub mod github;
pub mod json;
#[cfg(feature = "cli")]
pub mod junit;
mod lines;
pub mod markup;
#[cfg(feature = "cli")]
pub mod progress;
pub mod sound;
pub mod terminal;
pub mod totals;
pub mod words;

use crate::outcome::Event;
use std::io;

/// Something that shows what happens.
pub trait Reporter {
    /// Takes note of the next event.
    ///
    /// # Errors
    /// Fails if the event cannot be written down.
    fn event(&mut self, event: &Event) -> io::Result<()>;

    /// Whether it makes use of how long each directive took. Where nobody does, no clock is read for that, and the
    /// durations of verdicts are zero.
    fn asks_for_times(&self) -> bool {
        true
    }
}

/// Standard output that goes on silently when nobody reads it any more.
///
/// A run whose output is piped into `head` still ends with the exit code that its
/// verdicts deserve.
#[derive(Debug)]
pub struct Patient<W> {
    inner: W,
    closed: bool,
}

impl<W: io::Write> Patient<W> {
    /// Wraps a writer.
    pub fn new(inner: W) -> Self {
        Patient { inner, closed: false }
    }

    fn forgive<T>(&mut self, result: io::Result<T>, instead: T) -> io::Result<T> {
        match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(instead)
            }
            other => other,
        }
    }
}

impl<W: io::Write> io::Write for Patient<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        let written = self.inner.write(bytes);
        self.forgive(written, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let flushed = self.inner.flush();
        self.forgive(flushed, ())
    }
}

/// Standard output, with a buffer that makes few writes of many lines.
pub fn stdout() -> io::BufWriter<Patient<io::Stdout>> {
    io::BufWriter::with_capacity(1 << 16, Patient::new(io::stdout()))
}
