//! What is being run, so that it can be told what takes long.
//!
//! In: which test of which file is begun, and when a file is done. Out: the tests that have taken longer than they should.
//! Nothing here knows how that is shown.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The test that is being run of each file that is.
#[derive(Debug)]
pub(super) struct Running {
    files: Mutex<HashMap<usize, Begun>>,
    /// How long a test may take before it is told; never, where there is none.
    slow: Option<Duration>,
}

#[derive(Clone, Copy, Debug)]
struct Begun {
    position: usize,
    at: Instant,
    /// When it is told the next time.
    due: Duration,
}

impl Running {
    pub(super) fn new(slow: Option<Duration>) -> Self {
        Running { files: Mutex::new(HashMap::new()), slow }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<usize, Begun>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A test of a file is begun, so that the one before it is done.
    pub(super) fn begins(&self, file: usize, position: usize) {
        if let Some(due) = self.slow {
            self.lock().insert(file, Begun { position, at: Instant::now(), due });
        }
    }

    /// A test has its verdict, and nothing of its file is run until the next one begins.
    pub(super) fn ends(&self, file: usize, position: usize) {
        if self.slow.is_some() {
            let mut files = self.lock();
            // Verdicts of directives inside a thread come while another one is run.
            if files.get(&file).is_some_and(|begun| begun.position == position) {
                files.remove(&file);
            }
        }
    }

    /// The tests that have taken too long, by file and position: each once, and again when it has taken twice as long.
    pub(super) fn slow(&self) -> Vec<(usize, usize, Duration)> {
        let mut found = Vec::new();
        for (file, begun) in self.lock().iter_mut() {
            let taken = begun.at.elapsed();
            if taken >= begun.due {
                begun.due = taken * 2;
                found.push((*file, begun.position, taken));
            }
        }
        found.sort_unstable();
        found
    }
}
