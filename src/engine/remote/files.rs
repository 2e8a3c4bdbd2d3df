//! Workers that run whole files.
//!
//! In: a command that starts such a worker. Out: a [`FileRunner`]. A request is a line of JSON; its answer is any
//! number of lines, and an empty one. Workers are kept alive from one file to the next.

use super::loss::as_failure;
use super::pool::Limits;
use super::worker::{Allowed, Lost, Worker};
use crate::engine::process::Live;
use crate::engine::{Failure, FileRunner, LostFile};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

/// What a worker is asked for.
#[derive(Debug, Serialize, Deserialize)]
pub struct FileRequest<'a> {
    /// Name of the file.
    pub file: Cow<'a, str>,
    /// Index of the last test that is wanted.
    pub last: usize,
}

/// The workers of an engine.
pub(super) struct FileWorkers {
    command: Vec<String>,
    allowed: Allowed,
    idle: Mutex<Vec<Worker>>,
    live: Arc<Live>,
}

impl FileWorkers {
    /// Workers that `command` starts. None is started before a file is to be run.
    pub(super) fn new(command: Vec<String>, limits: Limits, live: Arc<Live>) -> Self {
        let allowed = Allowed { time: limits.time, memory: limits.memory };
        FileWorkers { command, allowed, idle: Mutex::default(), live }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Worker>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run_on(
        worker: &mut Worker,
        request: &FileRequest<'_>,
        line: &mut dyn FnMut(&[u8]) -> Result<(), String>,
    ) -> Result<(), Lost> {
        let request = serde_json::to_vec(request).expect("a name and a number are JSON");
        worker.send_line(&request);
        loop {
            match worker.line()? {
                [] => return Ok(()),
                text => line(text).map_err(Lost::Nonsense)?,
            }
        }
    }
}

impl FileRunner for FileWorkers {
    fn run(
        &self,
        file: &str,
        last: usize,
        line: &mut dyn FnMut(&[u8]) -> Result<(), String>,
    ) -> Result<(), LostFile> {
        let idle = self.lock().pop();
        let started = || Worker::start(&self.command, self.allowed, self.live.clone());
        // No worker, no loss: sessions, which start workers as well, tell whether that is so for good.
        let mut worker = idle.map_or_else(started, Ok).map_err(|error| LostFile {
            may_be_of_others: true,
            unless_seen_again: Failure::Crash(format!("no worker could be started: {error}")),
        })?;
        FileWorkers::run_on(&mut worker, &FileRequest { file: file.into(), last }, line).map_err(
            |lost| LostFile {
                may_be_of_others: lost.may_be_of_others(),
                unless_seen_again: as_failure(&lost.not_seen_again()),
            },
        )?;
        self.lock().push(worker);
        Ok(())
    }
}
