//! Judges whole files of the corpus for another harness, which is this very program.
//!
//! In: an engine, and the requests of [`FileRequest`]. Out: the lines of [`relay`], and an empty one for the end of
//! a file. The inverse of `engine::remote::files`.

use crate::engine::Engine;
use crate::engine::remote::FileRequest;
use crate::index;
use crate::outcome::Verdict;
use crate::relay;
use crate::run::{file::Listener, pool};
use crate::select;
use std::io::{self, BufRead, Write};
use std::time::{Duration, Instant};

/// How long verdicts may wait for more of them.
const PATIENCE: Duration = Duration::from_millis(20);

/// Verdicts that are on their way, in bytes.
const FULL: usize = 32 << 10;

/// Judges files until `input` ends.
///
/// # Errors
/// If a request cannot be read, or names a file that the corpus does not have, or `output` cannot be written to.
pub fn serve_files(
    engine: &dyn Engine,
    input: impl BufRead + Send,
    output: impl Write + Send,
) -> io::Result<()> {
    pool::on_thread(|| serve_here(engine, input, output))
}

fn serve_here(engine: &dyn Engine, input: impl BufRead, output: impl Write) -> io::Result<()> {
    let mut lines = Lines::new(output);
    for request in input.lines() {
        let request = request?;
        let request: FileRequest<'_> = serde_json::from_str(&request)?;
        let unknown = || format!("there is no file `{}` with {} tests", request.file, request.last);
        let file =
            index::embedded().file(&request.file).filter(|file| request.last <= file.test_count());
        let unit = select::unit(file.ok_or_else(|| io::Error::other(unknown()))?);
        pool::run_file(engine, &unit, request.last, &mut lines);
        lines.end_file()?;
    }
    Ok(())
}

/// Lines on their way to an output, which are sent together.
struct Lines<W> {
    output: W,
    waiting: Vec<u8>,
    flushed: Instant,
    written: io::Result<()>,
}

impl<W: Write> Lines<W> {
    fn new(output: W) -> Self {
        let waiting = Vec::with_capacity(FULL);
        Lines { output, waiting, flushed: Instant::now(), written: Ok(()) }
    }

    fn send(&mut self) -> io::Result<()> {
        self.output.write_all(&self.waiting)?;
        self.output.flush()?;
        self.waiting.clear();
        self.flushed = Instant::now();
        Ok(())
    }

    fn tell(&mut self, position: usize, verdict: &Verdict) -> io::Result<()> {
        relay::write(position, verdict, &mut self.waiting)?;
        match self.waiting.len() >= FULL || self.flushed.elapsed() > PATIENCE {
            true => self.send(),
            false => Ok(()),
        }
    }

    /// Says that the file has no more verdicts, or why not all of them could be written.
    fn end_file(&mut self) -> io::Result<()> {
        std::mem::replace(&mut self.written, Ok(()))?;
        self.waiting.push(b'\n');
        self.send()
    }
}

impl<W: Write> Listener for Lines<W> {
    /// Nobody reads on where writing failed.
    fn begins(&mut self, _: usize) -> bool {
        self.written.is_ok()
    }

    fn verdict(&mut self, position: usize, found: Verdict) {
        if self.written.is_ok() {
            self.written = self.tell(position, &found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An output that is closed after its first line.
    struct Closed(usize);

    impl Write for Closed {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 += 1;
            match self.0 {
                1 => Ok(bytes.len()),
                _ => Err(io::ErrorKind::BrokenPipe.into()),
            }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn nothing_is_run_for_an_output_that_is_closed() {
        let mut lines = Lines::new(Closed(0));
        lines.verdict(0, Verdict::pass());
        lines.send().unwrap();
        assert!(lines.begins(1));
        lines.waiting.resize(FULL, b' ');
        lines.verdict(1, Verdict::pass());
        assert!(!lines.begins(2));
        assert_eq!(lines.end_file().unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}
