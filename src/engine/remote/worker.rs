//! A process that runs an adapter, and the lines to and from it.
//!
//! In: a command and requests. Out: answers, or how the process was lost. Knows nothing of sessions.

use crate::engine::process::{Live, exceeds, signal_name};
use memchr::memchr;
use std::collections::VecDeque;
use std::io::{Read, Write};
use std::ops::Range;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use touchstone_adapter::{Answer, Request};

/// The longest line that an adapter may write.
const LONGEST_LINE: usize = 64 << 20;

/// How much of what an adapter says on its error stream is kept: the last of it.
const LAST_WORDS: usize = 4 << 10;

/// How often the memory of a process is looked at while it is waited for.
const LOOK: Duration = Duration::from_millis(50);

/// How a process was lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lost {
    /// It ended, by a signal or with a code.
    Ended {
        /// In words.
        how: String,
        /// Whether somebody else may have killed it.
        killed: bool,
        /// Whether it exited with code 0.
        in_order: bool,
    },
    /// It did not answer in time.
    Late {
        /// How long it had.
        limit: Duration,
        /// What it said meanwhile, in words.
        said: String,
    },
    /// It had more in memory than it may.
    Memory(u64),
    /// It wrote something else than the answer that was due.
    Nonsense(String),
}

impl Lost {
    /// Whether somebody else may have ended the process, who had nothing to do with what it was doing.
    pub(super) fn may_be_of_others(&self) -> bool {
        matches!(self, Lost::Ended { killed: true, .. })
    }

    /// Whether it ended as a process does that has nothing more to do.
    pub(super) fn is_in_order(&self) -> bool {
        matches!(self, Lost::Ended { in_order: true, .. })
    }

    /// The same, where the directive that is told had nothing to do with it.
    pub(super) fn during(self, when: &str) -> Lost {
        match self {
            Lost::Ended { how, killed, in_order } => {
                Lost::Ended { how: format!("{when}, {how}"), killed, in_order }
            }
            Lost::Nonsense(what) => Lost::Nonsense(format!("{when}, {what}")),
            other => other,
        }
    }

    /// The same, where it did not happen again when everything was repeated.
    pub(super) fn not_seen_again(self) -> Lost {
        match self {
            Lost::Ended { how, killed, in_order } => {
                let how = format!(
                    "{how}; this happened here or a few directives later, and not again when the script \
                     was repeated"
                );
                Lost::Ended { how, killed, in_order }
            }
            other => other,
        }
    }
}

impl std::fmt::Display for Lost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Lost::Ended { how, .. } => f.write_str(how),
            Lost::Late { limit, said } => {
                write!(f, "no answer came in {} s{said}", limit.as_secs_f64())
            }
            Lost::Memory(limit) => write!(f, "it used more than {} MiB of memory", limit >> 20),
            Lost::Nonsense(what) => write!(f, "the adapter is at fault: {what}"),
        }
    }
}

/// What a worker may use.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowed {
    /// Time for one answer.
    pub(super) time: Option<Duration>,
    /// Bytes of the process that may be in memory.
    pub(super) memory: Option<u64>,
}

/// A running adapter.
pub(super) struct Worker {
    child: Child,
    requests: Option<Sender<Vec<u8>>>,
    answers: Receiver<Vec<u8>>,
    /// What was read and not yet taken.
    read: Vec<u8>,
    /// From where on `read` was not taken.
    taken: usize,
    last_words: Arc<Mutex<VecDeque<u8>>>,
    next_id: u64,
    due: VecDeque<u64>,
    /// Requests that were not handed over yet.
    unsent: Vec<u8>,
    allowed: Allowed,
    since: Instant,
    /// When it was last looked whether it may go on.
    looked: Instant,
    live: Arc<Live>,
    /// Closed when the error stream is.
    spoken: Receiver<()>,
}

impl Worker {
    /// Starts an adapter.
    ///
    /// # Errors
    /// Why it cannot be started.
    pub(super) fn start(
        command: &[String],
        allowed: Allowed,
        live: Arc<Live>,
    ) -> std::io::Result<Worker> {
        let mut child = Command::new(&command[0])
            .args(&command[1..])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // A group of its own: what it starts ends with it, and Ctrl-C is for the harness alone.
            .process_group(0)
            .spawn()?;
        live.began(child.id());
        let mut stdin = child.stdin.take().expect("it is piped");
        let stdout = child.stdout.take().expect("it is piped");
        let stderr = child.stderr.take().expect("it is piped");
        let (requests, to_write) = channel::<Vec<u8>>();
        std::thread::spawn(move || {
            // Where the process is gone, whoever waits for its answers finds out.
            while let Ok(bytes) = to_write.recv() {
                if stdin.write_all(&bytes).and_then(|()| stdin.flush()).is_err() {
                    return;
                }
            }
        });
        let (chunks, answers) = sync_channel(64);
        std::thread::spawn(move || pass_on(stdout, &chunks));
        let last_words = Arc::new(Mutex::new(VecDeque::new()));
        let words = last_words.clone();
        let (speaks, spoken) = channel();
        std::thread::spawn(move || {
            keep_last(stderr, &words);
            drop(speaks);
        });
        Ok(Worker {
            child,
            requests: Some(requests),
            answers,
            read: Vec::new(),
            taken: 0,
            last_words,
            next_id: 0,
            due: VecDeque::new(),
            unsent: Vec::new(),
            allowed,
            since: Instant::now(),
            looked: Instant::now(),
            live,
            spoken,
        })
    }

    /// Changes what it may use.
    pub(super) fn allow(&mut self, allowed: Allowed) {
        self.allowed = allowed;
    }

    /// Whether it was asked for more than its greeting.
    pub(super) fn is_used(&self) -> bool {
        self.next_id > 1
    }

    /// How many answers are due.
    pub(super) fn due(&self) -> usize {
        self.due.len()
    }

    /// Sends a line, of a conversation in which lines have no numbers.
    pub(super) fn send_line(&mut self, line: &[u8]) {
        self.since = Instant::now();
        self.unsent.extend_from_slice(line);
        self.unsent.push(b'\n');
        self.hand_over();
    }

    /// The next line of such a conversation. Each has the time of one answer.
    ///
    /// # Errors
    /// How the process was lost; it is killed then.
    pub(super) fn line(&mut self) -> Result<&[u8], Lost> {
        match self.next_line() {
            Ok(line) => {
                self.since = Instant::now();
                Ok(&self.read[line])
            }
            Err(lost) => {
                self.kill();
                Err(lost)
            }
        }
    }

    /// Sends a request, of which `body` is all but the number, from the comma after it on.
    pub(super) fn send(&mut self, body: &[u8]) {
        if self.due.is_empty() {
            self.since = Instant::now();
        }
        let id = self.next_id;
        self.next_id += 1;
        self.due.push_back(id);
        write!(self.unsent, "{{\"id\":{id}").expect("there is room in memory");
        self.unsent.extend_from_slice(body);
        self.unsent.push(b'\n');
        if self.unsent.len() >= 64 << 10 {
            self.hand_over();
        }
    }

    fn hand_over(&mut self) {
        if let Some(requests) = &self.requests
            && !self.unsent.is_empty()
        {
            // The thread that writes is gone where the process is.
            let _ = requests.send(std::mem::take(&mut self.unsent));
        }
    }

    /// The answer that is due next.
    ///
    /// # Errors
    /// How the process was lost; it is killed then.
    pub(super) fn receive(&mut self) -> Result<Answer, Lost> {
        let answer = self.next_line().and_then(|line| self.parse(line));
        match answer {
            Ok(answer) => {
                self.since = Instant::now();
                Ok(answer)
            }
            Err(lost) => {
                self.kill();
                Err(lost)
            }
        }
    }

    fn parse(&mut self, line: Range<usize>) -> Result<Answer, Lost> {
        let line = &self.read[line];
        let answer: Answer = serde_json::from_slice(line).map_err(|error| {
            let text = String::from_utf8_lossy(&line[..line.len().min(200)]);
            Lost::Nonsense(format!("it wrote `{text}`, which is not an answer: {error}"))
        })?;
        let due = self.due.pop_front();
        match due {
            Some(due) if due == answer.id => Ok(answer),
            Some(due) => Err(Lost::Nonsense(format!(
                "it answered request {}, but the answer to request {due} was due; answers come in the \
                 order of requests, one for each",
                answer.id
            ))),
            None => Err(Lost::Nonsense(format!("it answered request {} unasked", answer.id))),
        }
    }

    /// Where the next line is in what was read.
    fn next_line(&mut self) -> Result<Range<usize>, Lost> {
        let (mut searched, mut gone) = (self.taken, false);
        loop {
            if let Some(end) = memchr(b'\n', &self.read[searched..]) {
                let line = self.taken..searched + end;
                self.taken = line.end + 1;
                return Ok(line);
            }
            self.read.drain(..self.taken);
            self.taken = 0;
            searched = self.read.len();
            if searched > LONGEST_LINE {
                return Err(Lost::Nonsense("it wrote a line of more than 64 MiB".into()));
            }
            self.hand_over();
            match self.answers.recv_timeout(LOOK) {
                Ok(chunk) => {
                    self.read.extend(chunk);
                    // One that talks all the time is looked at, too.
                    if self.looked.elapsed() > LOOK {
                        self.look()?;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    // What it started may hold its output open. What it wrote itself is here by now.
                    if gone {
                        return Err(self.ended());
                    }
                    gone = matches!(self.child.try_wait(), Ok(Some(_)));
                    self.look()?;
                }
                Err(RecvTimeoutError::Disconnected) => return Err(self.ended()),
            }
        }
    }

    /// Whether the process still may go on.
    fn look(&mut self) -> Result<(), Lost> {
        self.looked = Instant::now();
        if let Some(limit) = self.allowed.time
            && self.since.elapsed() > limit
        {
            return Err(Lost::Late { limit, said: self.said() });
        }
        match self.allowed.memory {
            Some(limit) if exceeds(self.child.id(), limit) => Err(Lost::Memory(limit)),
            _ => Ok(()),
        }
    }

    /// It closed its output: how it ended.
    fn ended(&mut self) -> Lost {
        let waiting = Instant::now();
        let status = loop {
            match self.child.try_wait() {
                Ok(Some(status)) => break Some(status),
                // It has a moment to end by itself.
                Ok(None) if waiting.elapsed() < Duration::from_secs(1) => {
                    std::thread::sleep(Duration::from_millis(1));
                }
                _ => break None,
            }
        };
        let how = match status {
            None => "it closed its output without ending".to_owned(),
            Some(status) => match (status.signal(), status.code()) {
                (Some(signal), _) => format!("it died of {}", signal_name(signal)),
                (None, Some(code)) => format!("it exited with code {code}"),
                (None, None) => "it ended".to_owned(),
            },
        };
        let killed = status.and_then(|s| s.signal()).is_some_and(|s| s == 9 || s == 15);
        // What it said last is on its way.
        let _ = self.spoken.recv_timeout(Duration::from_millis(200));
        let in_order = status.is_some_and(|status| status.success());
        Lost::Ended { how: how + &self.said(), killed, in_order }
    }

    /// What it said that is no answer, in words.
    fn said(&self) -> String {
        let mut said = String::new();
        let half = &self.read[self.taken..];
        if !half.is_empty() {
            let text = String::from_utf8_lossy(&half[..half.len().min(60)]);
            said += &format!("; it wrote `{}…` without the end of the line", text.escape_debug());
        }
        let words = self.last_words();
        if !words.is_empty() {
            said += &format!("; its last words: {words}");
        }
        said
    }

    /// The end of what it said on its error stream.
    pub(super) fn last_words(&self) -> String {
        let words = self.last_words.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes: Vec<u8> = words.iter().copied().collect();
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> =
            text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let from = lines.len().saturating_sub(3);
        let mut text = lines[from..].join(" / ");
        if let Some((start, _)) = text.char_indices().rev().nth(300) {
            text.replace_range(..start, "…");
        }
        text
    }

    /// Ends the process, and all that it started.
    pub(super) fn kill(&mut self) {
        self.requests = None;
        self.live.kill(self.child.id());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A request without its number: what [`Worker::send`] takes.
///
/// # Panics
/// If the request has another number than 0.
pub(super) fn body(request: &Request<'_>) -> Vec<u8> {
    let mut text = Vec::new();
    let body = write_body(request, &mut text);
    text.drain(..body.start);
    text
}

/// Appends a request to `text`; says where in it all but the number is.
///
/// # Panics
/// As [`body`].
pub(super) fn write_body(request: &Request<'_>, text: &mut Vec<u8>) -> Range<usize> {
    const NUMBER: &[u8] = br#"{"id":0"#;
    let start = text.len();
    serde_json::to_writer(&mut *text, request).expect("the keys of a request are strings");
    assert!(text[start..].starts_with(NUMBER), "the number is given when it is sent");
    let start = start + NUMBER.len();
    if !text[start..].is_ascii() {
        // Engines whose input is Latin-1 read it, too.
        let body = String::from_utf8(text.split_off(start)).expect("JSON is UTF-8");
        for c in body.chars() {
            if c.is_ascii() {
                text.push(c as u8);
            } else {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    text.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
                }
            }
        }
    }
    start..text.len()
}

fn pass_on(mut from: impl Read, to: &SyncSender<Vec<u8>>) {
    let mut chunk = vec![0; 64 << 10];
    while let Ok(n) = from.read(&mut chunk) {
        if n == 0 || to.send(chunk[..n].to_vec()).is_err() {
            return;
        }
    }
}

fn keep_last(mut from: impl Read, words: &Mutex<VecDeque<u8>>) {
    let mut chunk = [0; 4096];
    while let Ok(n) = from.read(&mut chunk) {
        if n == 0 {
            return;
        }
        let mut words = words.lock().unwrap_or_else(PoisonError::into_inner);
        words.extend(&chunk[..n]);
        let excess = words.len().saturating_sub(LAST_WORDS);
        words.drain(..excess);
    }
}
