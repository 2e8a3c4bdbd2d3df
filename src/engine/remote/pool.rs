//! The workers of an engine, and how an adapter is greeted.
//!
//! In: a command that starts an adapter. Out: workers that serve no script. Knows nothing of sessions.

use super::worker::{Allowed, Worker, body};
use crate::engine::process::Live;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use touchstone_adapter::{Hello, PROTOCOL, Request, Verb};
use touchstone_script::FeatureSet;

/// How long an adapter may take to greet.
const GREETING: Duration = Duration::from_secs(30);

/// What a worker may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Time for one request; without a limit where `None`.
    pub time: Option<Duration>,
    /// Bytes that the process may have in memory, where the system tells; without a limit where `None`.
    pub memory: Option<u64>,
}

/// The workers of an engine.
pub(super) struct Pool {
    command: Vec<String>,
    limits: Limits,
    pub(super) hello: Arc<Hello>,
    pub(super) features: FeatureSet,
    idle: Mutex<Vec<Worker>>,
    /// The processes that run, and whether no more are to be started.
    live: Arc<Live>,
}

/// How often a worker is replaced that is lost in a way that may be the work of others.
pub(super) const PATIENCE: u32 = 8;

/// Starts a worker and lets it say who it is. One that is killed while it greets is replaced, unless no more are to
/// be started.
///
/// # Errors
/// What is wrong with it, and what to do.
pub(super) fn greet(
    command: &[String],
    limits: Limits,
    live: &Arc<Live>,
) -> Result<(Worker, Hello), String> {
    let mut kills = 0;
    loop {
        match greet_once(command, limits, live) {
            Ok(greeted) => return Ok(greeted),
            Err(Refused { may_be_of_others: true, .. })
                if kills < PATIENCE && !live.is_closed() =>
            {
                kills += 1;
                // Whoever kills may not be through with it.
                std::thread::sleep(Duration::from_millis(10) * kills);
            }
            Err(Refused { why, .. }) => return Err(why),
        }
    }
}

/// Why a worker did not greet.
struct Refused {
    why: String,
    may_be_of_others: bool,
}

impl From<String> for Refused {
    fn from(why: String) -> Self {
        Refused { why, may_be_of_others: false }
    }
}

fn greet_once(
    command: &[String],
    limits: Limits,
    live: &Arc<Live>,
) -> Result<(Worker, Hello), Refused> {
    let shown = command.join(" ");
    let allowed = Allowed { time: Some(GREETING), memory: limits.memory };
    let mut worker = Worker::start(command, allowed, live.clone()).map_err(|error| {
        format!(
            "the adapter `{shown}` cannot be started: {error}; what follows `cmd:` is a program with its \
             arguments"
        )
    })?;
    worker.send(&body(&Request { protocol: Some(PROTOCOL), ..Request::new(0, Verb::Hello) }));
    let answer = worker.receive().map_err(|lost| Refused {
        why: format!("the adapter `{shown}` did not greet: {lost}"),
        may_be_of_others: lost.may_be_of_others(),
    })?;
    let hello = answer.hello.ok_or_else(|| match (answer.failed, answer.text) {
        (Some(class), text) => {
            let text = text.unwrap_or_default();
            format!("the adapter `{shown}` answered `{class}` to the greeting: {text}")
        }
        _ => format!(
            "the adapter `{shown}` answered the greeting without `hello`; see docs/protocol.md"
        ),
    })?;
    if hello.protocol != PROTOCOL {
        return Err(Refused::from(format!(
            "the adapter `{shown}` speaks version {} of the protocol, and this harness version \
             {PROTOCOL}: one of them is to be updated",
            hello.protocol
        )));
    }
    let is_odd = |word: &&String| word.chars().any(char::is_control);
    let odd = hello.flags.iter().chain([&hello.engine, &hello.version]).find(is_odd).cloned();
    if let Some(word) = odd {
        return Err(Refused::from(format!(
            "the adapter `{shown}` greets with {word:?}: names, versions and flags are words on one line"
        )));
    }
    worker.allow(Allowed { time: limits.time, memory: limits.memory });
    Ok((worker, *hello))
}

impl Pool {
    /// The workers of the adapter that `command` starts, of which one was greeted.
    pub(super) fn new(
        command: Vec<String>,
        limits: Limits,
        hello: Hello,
        features: FeatureSet,
        worker: Worker,
        live: Arc<Live>,
    ) -> Self {
        Pool {
            command,
            limits,
            hello: Arc::new(hello),
            features,
            idle: Mutex::new(vec![worker]),
            live,
        }
    }

    /// A worker that serves no script.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn take(&self) -> Result<Worker, String> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| self.fresh(), Ok)
    }

    /// A worker that has served no script.
    ///
    /// # Errors
    /// Why there is none.
    pub(super) fn fresh(&self) -> Result<Worker, String> {
        if self.live.is_closed() {
            return Err("the run was stopped".to_owned());
        }
        greet(&self.command, self.limits, &self.live).map(|(worker, _)| worker)
    }

    /// Ends all workers, and starts no more.
    pub(super) fn close(&self) {
        self.live.close();
    }

    pub(super) fn give_back(&self, worker: Worker) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
    }
}
