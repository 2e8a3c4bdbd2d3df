//! One run of a runner's program.
//!
//! In: a command, and what its process may use. Out: what it wrote, and how it ended. Knows nothing of scripts.

use crate::engine::process::{Live, exceeds, signal_name};
use std::io::Read;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

/// How often the memory and the time of a process are looked at.
const LOOK: Duration = Duration::from_millis(20);

/// How much a runner may write.
const MOST: usize = 64 << 20;

/// How many bytes of a line are read by people.
const LONGEST: usize = 4096;

/// How long what a process wrote may take to arrive after it ended.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// What a process may use.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowed {
    pub(super) time: Option<Duration>,
    pub(super) memory: Option<u64>,
}

/// How a process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    Code(i32),
    Signal(String),
    Late,
    Memory(u64),
    /// It wrote more than anybody reads.
    Flood,
}

/// A process that is over.
#[derive(Clone, Debug)]
pub(super) struct Ran {
    /// What it wrote, to standard output and to standard error.
    pub(super) output: String,
    pub(super) end: End,
}

/// Runs a program to its end.
///
/// # Errors
/// Fails if it cannot be started.
pub(super) fn run(command: &[String], allowed: Allowed, live: &Live) -> std::io::Result<Ran> {
    let (reader, writer) = std::io::pipe()?;
    let mut started = Command::new(&command[0]);
    started
        .args(&command[1..])
        .stdin(Stdio::null())
        .stdout(writer.try_clone()?)
        .stderr(writer)
        // A group of its own: what it starts ends with it, and Ctrl-C is for the harness alone.
        .process_group(0);
    let mut child = started.spawn()?;
    // It holds the ends of the pipe that the process writes to.
    drop(started);
    live.began(child.id());
    let (chunks, output) = sync_channel(16);
    std::thread::spawn(move || pass_on(reader, &chunks));
    let mut written = Vec::new();
    let early = watch(&mut child, allowed, &output, &mut written);
    if early.is_some() {
        live.kill(child.id());
        let _ = child.kill();
    }
    let status = child.wait()?;
    // What it started may still hold the pipe open.
    live.kill(child.id());
    let until = Instant::now() + LAST_WORDS;
    while written.len() <= MOST
        && let Ok(chunk) = output.recv_timeout(until.saturating_duration_since(Instant::now()))
    {
        written.extend(chunk);
    }
    let output = String::from_utf8_lossy(&written).into_owned();
    Ok(Ran { output, end: early.unwrap_or_else(|| of_status(status)) })
}

/// Waits until the process ends, and gives the reason if it has to be ended before.
fn watch(
    child: &mut Child,
    allowed: Allowed,
    output: &Receiver<Vec<u8>>,
    written: &mut Vec<u8>,
) -> Option<End> {
    let since = Instant::now();
    loop {
        match output.recv_timeout(LOOK) {
            Ok(chunk) => written.extend(chunk),
            Err(RecvTimeoutError::Timeout) => {
                if matches!(child.try_wait(), Ok(Some(_)) | Err(_)) {
                    return None;
                }
            }
            // It closed its output: what is left is to wait for its end.
            Err(RecvTimeoutError::Disconnected) => {
                if matches!(child.try_wait(), Ok(Some(_)) | Err(_)) {
                    return None;
                }
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        if written.len() > MOST {
            return Some(End::Flood);
        }
        if allowed.time.is_some_and(|limit| since.elapsed() > limit) {
            return Some(End::Late);
        }
        if let Some(limit) = allowed.memory
            && exceeds(child.id(), limit)
        {
            return Some(End::Memory(limit));
        }
    }
}

fn of_status(status: ExitStatus) -> End {
    match (status.code(), status.signal()) {
        (Some(code), _) => End::Code(code),
        (None, signal) => End::Signal(signal_name(signal.unwrap_or_default())),
    }
}

fn pass_on(mut from: impl Read, to: &SyncSender<Vec<u8>>) {
    let mut chunk = vec![0; 64 << 10];
    while let Ok(n) = from.read(&mut chunk) {
        if n == 0 || to.send(chunk[..n].to_vec()).is_err() {
            return;
        }
    }
}

/// The end of what a program wrote, on one line.
pub(super) fn last_words(output: &str) -> String {
    let lines: Vec<&str> = output.lines().filter_map(readable).collect();
    shortened(&lines[lines.len().saturating_sub(3)..].join(" / "))
}

/// What is said on a line, if it is anything that people read: some programs show a line of their own code, which can
/// have millions of characters, where they fail.
pub(super) fn readable(line: &str) -> Option<&str> {
    Some(line.trim()).filter(|line| !line.is_empty() && line.len() <= LONGEST)
}

/// Text without its beginning, where it is long.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().rev().nth(400) {
        Some((start, _)) => format!("…{}", &text[start..]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(script: &str, seconds: u64, memory: Option<u64>) -> Ran {
        let command = ["sh", "-c", script].map(str::to_owned);
        let allowed = Allowed { time: Some(Duration::from_secs(seconds)), memory };
        run(&command, allowed, &Live::default()).expect("there is a shell")
    }

    #[test]
    fn a_process_is_read_to_its_end() {
        let ran = ran("echo one; echo two >&2; exit 7", 60, None);
        assert_eq!((ran.output.as_str(), ran.end), ("one\ntwo\n", End::Code(7)));
    }

    #[test]
    fn code_that_a_program_shows_is_none_of_its_words() {
        let code = format!("var x=1;{}", "y();".repeat(10_000));
        let output = format!("Aborted()\nshell.js:2\n{code}\n");
        assert_eq!(last_words(&output), "Aborted() / shell.js:2");
    }

    #[test]
    fn a_process_is_ended_with_all_that_it_started() {
        let began = Instant::now();
        assert_eq!(ran("echo begun; sleep 600", 1, None).end, End::Late);
        assert_eq!(ran("sleep 600 & echo gone", 60, None).end, End::Code(0));
        assert_eq!(ran("kill -SEGV $$", 60, None).end, End::Signal("SIGSEGV".into()));
        assert_eq!(ran("sleep 60", 60, Some(1)).end, End::Memory(1));
        assert!(began.elapsed() < Duration::from_secs(30), "it took {:?}", began.elapsed());
    }

    #[test]
    fn no_process_begins_when_the_run_is_to_end() {
        let live = Live::default();
        live.close();
        let command = ["sleep", "600"].map(str::to_owned);
        let allowed = Allowed { time: None, memory: None };
        let ran = run(&command, allowed, &live).expect("there is such a program");
        assert_eq!(ran.end, End::Signal("SIGKILL".into()));
    }
}
