//! Engines in other processes, which speak the line protocol.
//!
//! In: a command that starts an adapter. Out: an [`Engine`]. The protocol is described in
//! `docs/protocol.md`; workers are kept alive from one script to the next.

mod session;
mod spectest;
mod wire;
mod worker;

use super::{Description, Engine, Session};
use session::RemoteSession;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use touchstone_adapter::{Hello, PROTOCOL, Request, Verb};
use touchstone_script::{Feature, FeatureSet};
use worker::{Allowed, Worker, body};

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

/// An engine behind an adapter.
pub struct RemoteEngine {
    pool: Arc<Pool>,
    always_on: FeatureSet,
}

/// The workers of an engine.
struct Pool {
    command: Vec<String>,
    limits: Limits,
    hello: Arc<Hello>,
    features: FeatureSet,
    idle: Mutex<Vec<Worker>>,
}

impl RemoteEngine {
    /// Starts an adapter and greets it.
    ///
    /// # Errors
    /// What is wrong with it, with its last words, and what to do.
    pub fn connect(command: Vec<String>, limits: Limits) -> Result<Self, String> {
        let (worker, hello) = greet(&command, limits)?;
        let features = known(&hello.features);
        let always_on = if hello.always_on { features } else { FeatureSet::EMPTY };
        let idle = Mutex::new(vec![worker]);
        let hello = Arc::new(hello);
        let pool = Arc::new(Pool { command, limits, hello, features, idle });
        Ok(RemoteEngine { pool, always_on })
    }

    /// What the adapter says of itself.
    pub fn hello(&self) -> &Hello {
        &self.pool.hello
    }
}

/// The features with these names; of others, nothing is known here.
fn known(names: &[String]) -> FeatureSet {
    names.iter().filter_map(|name| name.parse::<Feature>().ok()).collect()
}

/// Starts a worker and lets it say who it is.
fn greet(command: &[String], limits: Limits) -> Result<(Worker, Hello), String> {
    let shown = command.join(" ");
    let allowed = Allowed { time: Some(GREETING), memory: limits.memory };
    let mut worker = Worker::start(command, allowed).map_err(|error| {
        format!(
            "the adapter `{shown}` cannot be started: {error}; what follows `cmd:` is a program with its \
             arguments"
        )
    })?;
    worker.send(&body(&Request { protocol: Some(PROTOCOL), ..Request::new(0, Verb::Hello) }));
    let answer =
        worker.receive().map_err(|lost| format!("the adapter `{shown}` did not greet: {lost}"))?;
    let hello = answer.hello.ok_or_else(|| {
        format!("the adapter `{shown}` answered the greeting without `hello`; see docs/protocol.md")
    })?;
    if hello.protocol != PROTOCOL {
        return Err(format!(
            "the adapter `{shown}` speaks version {} of the protocol, and this harness version \
             {PROTOCOL}: one of them is to be updated",
            hello.protocol
        ));
    }
    worker.allow(Allowed { time: limits.time, memory: limits.memory });
    Ok((worker, hello))
}

impl Pool {
    /// A worker that serves no script.
    ///
    /// # Errors
    /// Why there is none.
    fn take(&self) -> Result<Worker, String> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| self.fresh(), Ok)
    }

    /// A worker that has served no script.
    ///
    /// # Errors
    /// Why there is none.
    fn fresh(&self) -> Result<Worker, String> {
        // One that is killed while it greets is replaced: that may be the work of others.
        let mut greeted = greet(&self.command, self.limits);
        for _ in 0..4 {
            if greeted.is_ok() {
                break;
            }
            greeted = greet(&self.command, self.limits);
        }
        greeted.map(|(worker, _)| worker)
    }

    fn give_back(&self, worker: Worker) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
    }
}

impl Engine for RemoteEngine {
    fn describe(&self) -> Description {
        let Hello { engine, version, flags, .. } = self.hello();
        let version = match flags.is_empty() {
            true => version.clone(),
            false => format!("{version} {}", flags.join(" ")),
        };
        Description { name: engine.clone(), version, features: self.pool.features }
    }

    fn session(&self, features: FeatureSet) -> Box<dyn Session> {
        Box::new(RemoteSession::new(self.pool.clone(), features))
    }

    fn lacking(&self, _: FeatureSet) -> FeatureSet {
        Feature::ALL.iter().copied().filter(|f| !self.pool.features.contains(*f)).collect()
    }

    fn always_on(&self) -> FeatureSet {
        self.always_on
    }

    fn foresees(&self) -> bool {
        true
    }
}
