//! What is being run, so that it can be told what takes long.
//!
//! In: which test of which file is begun, and when it has its verdict. Out: the tests that have taken longer than they
//! should. Nothing here knows how that is shown. Who runs tests only notes a number; clocks are read by who looks.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// The test that is being run of each file.
#[derive(Debug)]
pub(super) struct Running {
    /// One more than the position of the test, and 0 where none of the file is run.
    files: Vec<AtomicUsize>,
}

impl Running {
    /// Nothing is run of so many files.
    pub(super) fn new(files: usize) -> Self {
        Running { files: std::iter::repeat_with(AtomicUsize::default).take(files).collect() }
    }

    /// A test of a file is begun, so that the one before it is done.
    pub(super) fn begins(&self, file: usize, position: usize) {
        self.files[file].store(position + 1, Ordering::Relaxed);
    }

    /// A test has its verdict, and nothing of its file is run until the next one begins.
    pub(super) fn ends(&self, file: usize, position: usize) {
        // Verdicts of directives inside a thread come while another one is run.
        let running = &self.files[file];
        let _ = running.compare_exchange(position + 1, 0, Ordering::Relaxed, Ordering::Relaxed);
    }
}

/// Finds the tests that take long, by looking from time to time at what is being run. A test began when it was first seen:
/// what is told of it is too little by the time between two looks at most.
#[derive(Debug)]
pub(super) struct Watch {
    /// How long a test may take before it is told; never, where there is none.
    slow: Option<Duration>,
    seen: HashMap<usize, Seen>,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    position: usize,
    at: Instant,
    /// When it is told the next time.
    due: Duration,
}

impl Watch {
    pub(super) fn new(slow: Option<Duration>) -> Self {
        Watch { slow, seen: HashMap::new() }
    }

    /// The tests that have taken too long, by file and position: each once, and again when it has taken twice as long.
    pub(super) fn look(
        &mut self,
        running: &Running,
        now: Instant,
    ) -> Vec<(usize, usize, Duration)> {
        let Some(slow) = self.slow else { return Vec::new() };
        let mut found = Vec::new();
        for (file, running) in running.files.iter().enumerate() {
            let Some(position) = running.load(Ordering::Relaxed).checked_sub(1) else {
                self.seen.remove(&file);
                continue;
            };
            let begun = Seen { position, at: now, due: slow };
            let seen = self.seen.entry(file).or_insert(begun);
            if seen.position != position {
                *seen = begun;
            }
            let taken = now.saturating_duration_since(seen.at);
            if taken >= seen.due {
                seen.due = taken * 2;
                found.push((file, position, taken));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_long_is_told_once_and_again_after_twice_the_time() {
        let (running, mut watch) = (Running::new(3), Watch::new(Some(Duration::from_secs(1))));
        let begin = Instant::now();
        let mut look =
            |running: &Running, after| watch.look(running, begin + Duration::from_secs(after));
        running.begins(1, 0);
        assert_eq!(look(&running, 0), []);
        assert_eq!(look(&running, 2), [(1, 0, Duration::from_secs(2))]);
        assert_eq!(look(&running, 3), []);
        assert_eq!(look(&running, 4), [(1, 0, Duration::from_secs(4))]);
        // A directive inside a thread ends; the thread goes on.
        running.ends(1, 7);
        assert_eq!(look(&running, 8), [(1, 0, Duration::from_secs(8))]);
        // Another test of the same file has its own time.
        running.begins(1, 1);
        assert_eq!(look(&running, 9), []);
        running.ends(1, 1);
        assert_eq!(look(&running, 20), []);
        running.begins(1, 1);
        assert_eq!(look(&running, 21), []);
    }

    #[test]
    fn nothing_is_slow_where_nobody_asks() {
        let (running, mut watch) = (Running::new(1), Watch::new(None));
        running.begins(0, 0);
        let now = Instant::now();
        assert_eq!(watch.look(&running, now), []);
        assert_eq!(watch.look(&running, now + Duration::from_secs(3600)), []);
    }
}
