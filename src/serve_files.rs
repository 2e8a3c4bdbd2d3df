//! Judges whole files of the corpus for another harness, which is this very program.
//!
//! In: an engine, and the requests of [`FileRequest`]. Out: the lines of [`relay`], and an empty one for the end of
//! a file. The inverse of `engine::remote::files`.

use crate::engine::Engine;
use crate::engine::remote::FileRequest;
use crate::index;
use crate::relay;
use crate::run::pool;
use crate::select;
use std::io::{self, BufRead, Write};
use std::sync::atomic::AtomicBool;
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
    // Scripts need a thread with a big stack.
    let channel = std::sync::Mutex::new(Some((input, output)));
    let served = std::sync::Mutex::new(Ok(()));
    pool::each(1, 1, &AtomicBool::new(false), &|_| {
        let taken = channel.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        if let Some((input, output)) = taken {
            let done = serve_here(engine, input, output);
            *served.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = done;
        }
    });
    served.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn serve_here(engine: &dyn Engine, input: impl BufRead, mut output: impl Write) -> io::Result<()> {
    let (mut lines, mut flushed) = (Vec::with_capacity(FULL), Instant::now());
    for request in input.lines() {
        let request = request?;
        let request: FileRequest<'_> = serde_json::from_str(&request)?;
        let unknown = || format!("there is no file `{}` with {} tests", request.file, request.last);
        let file =
            index::embedded().file(&request.file).filter(|file| request.last <= file.test_count());
        let unit = select::unit(file.ok_or_else(|| io::Error::other(unknown()))?);
        let mut broken = None;
        pool::run_file(engine, &unit, request.last, &mut |position, verdict| {
            let written = relay::write(position, &verdict, &mut lines);
            if lines.len() >= FULL || flushed.elapsed() > PATIENCE {
                let sent =
                    written.and_then(|()| output.write_all(&lines)).and_then(|()| output.flush());
                broken = broken.take().or(sent.err());
                lines.clear();
                flushed = Instant::now();
            }
        });
        if let Some(error) = broken {
            return Err(error);
        }
        lines.push(b'\n');
        output.write_all(&lines)?;
        output.flush()?;
        lines.clear();
    }
    Ok(())
}
