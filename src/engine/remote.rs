//! Engines in other processes, which speak the line protocol.
//!
//! In: a command that starts an adapter. Out: an [`Engine`]. The protocol is described in
//! `docs/protocol.md`; workers are kept alive from one script to the next.

mod check;
mod files;
mod log;
mod loss;
mod pool;
mod script;
mod session;
mod source;
mod thread;
mod wire;
mod worker;

use super::process::Live;
use super::{Description, Engine, FileRunner, Session};
pub use check::{Check, check};
pub use files::FileRequest;
use files::FileWorkers;
pub use pool::Limits;
use pool::{Pool, greet};
use script::RemoteScript;
use session::RemoteSession;
use std::sync::Arc;
use touchstone_adapter::Hello;
use touchstone_script::{Feature, FeatureSet};

/// An engine behind an adapter.
pub struct RemoteEngine {
    pool: Arc<Pool>,
    always_on: FeatureSet,
    live: Arc<Live>,
    limits: Limits,
    files: Option<FileWorkers>,
}

impl RemoteEngine {
    /// Starts an adapter and greets it.
    ///
    /// # Errors
    /// What is wrong with it, with its last words, and what to do.
    pub fn connect(command: Vec<String>, limits: Limits) -> Result<Self, String> {
        let live = Arc::new(Live::default());
        let (worker, hello) = greet(&command, limits, &live)?;
        let features = known(&hello.features);
        let always_on = if hello.always_on { features } else { FeatureSet::EMPTY };
        let pool = Arc::new(Pool::new(command, limits, hello, features, worker, live.clone()));
        Ok(RemoteEngine { pool, always_on, live, limits, files: None })
    }

    /// The same, where `command` starts a worker that judges whole files of the corpus of this harness, in the
    /// form that [`FileRequest`] and [`crate::relay`] tell.
    #[must_use]
    pub fn with_files(self, command: Vec<String>) -> Self {
        let files = FileWorkers::new(command, self.limits, self.live.clone());
        RemoteEngine { files: Some(files), ..self }
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
        Box::new(RemoteSession::new(RemoteScript::new(self.pool.clone(), features)))
    }

    fn lacking(&self, _: FeatureSet) -> FeatureSet {
        Feature::ALL.iter().copied().filter(|f| !self.pool.features.contains(*f)).collect()
    }

    fn always_on(&self) -> FeatureSet {
        self.always_on
    }

    fn has_host(&self, name: &str) -> bool {
        // Where the adapter has no `spectest`, its sessions make that themselves, ahead of all requests.
        name == "spectest" || self.hello().hosts.iter().any(|host| host == name)
    }

    fn stop(&self) {
        self.pool.close();
    }

    fn foresees(&self) -> bool {
        true
    }

    fn file_runner(&self) -> Option<&dyn FileRunner> {
        self.files.as_ref().map(|files| files as &dyn FileRunner)
    }
}
