//! Runs many files on a few threads with big stacks, longest first.
//!
//! In: files with their estimated cost, a function that loads one, and an engine.
//! Out: every verdict, handed over at once by the thread that found it. Nothing here
//! knows how verdicts are reported.

use super::file::{self, Listener};
use super::panics;
use super::unit::Unit;
use super::whole;
use crate::engine::Engine;
use crate::outcome::Verdict;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// The size of the stack of a thread that runs files: the stack of Wasm code is on it, and so are the frames
/// of the parser of quoted text.
const STACK_SIZE: usize = 256 << 20;

/// A file to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueuedFile {
    /// The caller's name for the file.
    pub file: usize,
    /// About how long it takes, in any unit.
    pub cost: u64,
    /// Index of the last test that somebody wants; what comes after it is not run.
    pub last: usize,
}

/// What is done with files. All of it is called by the threads that run them.
pub struct Work<'a> {
    load: &'a (dyn Fn(&QueuedFile) -> Unit + Sync),
    known_as: &'a (dyn Fn(&QueuedFile) -> Option<String> + Sync),
    begins: &'a (dyn Fn(&QueuedFile, usize) + Sync),
    verdict: &'a (dyn Fn(&QueuedFile, &Unit, usize, Verdict) + Sync),
    times: bool,
}

impl<'a> Work<'a> {
    /// `load` is called on the thread that then runs the file, so that only as many scripts are in memory as there are
    /// threads. `verdict` gets the file as it was queued, the unit that was loaded for it, the position of a test and
    /// its verdict.
    pub fn new(
        load: &'a (dyn Fn(&QueuedFile) -> Unit + Sync),
        verdict: &'a (dyn Fn(&QueuedFile, &Unit, usize, Verdict) + Sync),
    ) -> Self {
        Work { load, known_as: &|_| None, begins: &|_, _| {}, verdict, times: true }
    }

    /// Where the engine has processes that judge whole files, those judge the files that have a name by this.
    #[must_use]
    pub fn known_as(self, known_as: &'a (dyn Fn(&QueuedFile) -> Option<String> + Sync)) -> Self {
        Work { known_as, ..self }
    }

    /// Has verdicts say how long they took, or not.
    #[must_use]
    pub fn with_times(self, times: bool) -> Self {
        Work { times, ..self }
    }

    /// Has each position told that is begun.
    #[must_use]
    pub fn telling(self, begins: &'a (dyn Fn(&QueuedFile, usize) + Sync)) -> Self {
        Work { begins, ..self }
    }
}

/// Runs all files on `workers` threads and returns when they are done. Once `given_up` is set, no further file is
/// begun.
pub fn run(
    engine: &dyn Engine,
    mut files: Vec<QueuedFile>,
    workers: usize,
    given_up: &AtomicBool,
    work: &Work<'_>,
) {
    files.sort_by_key(|queued| (std::cmp::Reverse(queued.cost), queued.file));
    each(files.len(), workers, given_up, &|number| {
        let queued = &files[number];
        let unit = (work.load)(queued);
        let listener = &mut OfFile { queued, unit: &unit, work };
        let name = (work.known_as)(queued);
        match engine.file_runner().zip(name) {
            Some((runner, name)) => {
                let by_sessions =
                    &mut |rest: &mut dyn Listener| run_file(engine, &unit, queued.last, rest);
                whole::run(runner, &name, queued.last, by_sessions, listener);
            }
            None => run_file(engine, &unit, queued.last, listener),
        }
    });
}

/// Hands what is heard of a file to whoever asked for all files.
struct OfFile<'a> {
    queued: &'a QueuedFile,
    unit: &'a Unit,
    work: &'a Work<'a>,
}

impl Listener for OfFile<'_> {
    fn begins(&mut self, position: usize) -> bool {
        (self.work.begins)(self.queued, position);
        true
    }

    fn verdict(&mut self, position: usize, found: Verdict) {
        (self.work.verdict)(self.queued, self.unit, position, found);
    }

    fn asks_for_times(&self) -> bool {
        self.work.times
    }
}

/// Calls `work` with every number below `count`, in order, on `workers` threads on which scripts can run, and
/// returns when all calls are done. Once `given_up` is set, no further call is made.
pub fn each(count: usize, workers: usize, given_up: &AtomicBool, work: &(dyn Fn(usize) + Sync)) {
    let next = AtomicUsize::new(0);
    let loops = || loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= count || given_up.load(Ordering::Relaxed) {
            break;
        }
        work(number);
    };
    std::thread::scope(|scope| {
        for number in 0..workers.clamp(1, count.max(1)) {
            if let Err(error) = thread(number).spawn_scoped(scope, loops) {
                assert!(number > 0, "cannot start a single thread: {error}");
                break;
            }
        }
    });
}

/// Calls `work` on one thread on which scripts can run, and gives what it returns.
///
/// # Panics
/// With the panic of `work`, and if no thread can be started.
pub fn on_thread<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let started = thread(0).spawn_scoped(scope, work);
        let started = started.unwrap_or_else(|error| panic!("cannot start a thread: {error}"));
        started.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// A thread on which scripts can run.
fn thread(number: usize) -> std::thread::Builder {
    std::thread::Builder::new().name(format!("worker-{number}")).stack_size(STACK_SIZE)
}

/// Runs one file, and gives the verdict of each of its tests.
pub fn verdicts(engine: &dyn Engine, unit: &Unit) -> Vec<Verdict> {
    let last = unit.tests.len() - 1;
    let mut found = vec![Verdict::error("the harness gave no verdict"); unit.tests.len()];
    run_file(engine, unit, last, &mut |position: usize, verdict| found[position] = verdict);
    found
}

/// Runs one file up to the test at `last`. Whatever the engine does, each of its tests gets a verdict, unless `listener`
/// wants no more.
pub fn run_file(engine: &dyn Engine, unit: &Unit, last: usize, listener: &mut dyn Listener) {
    let mut heard = Heard { told: vec![false; last + 1], has_enough: false, listener };
    let ran = panics::catching(|| file::run(engine, unit, last, &mut heard));
    let Heard { told, has_enough, .. } = heard;
    if has_enough {
        return;
    }
    let lost = match ran {
        Err(crash) => *crash,
        Ok(()) => Verdict::error("the harness lost this test: a defect of the harness"),
    };
    for position in (0..told.len()).filter(|position| !told[*position]) {
        listener.verdict(position, lost.clone());
    }
}

/// Notes which tests have verdicts.
struct Heard<'a> {
    told: Vec<bool>,
    has_enough: bool,
    listener: &'a mut dyn Listener,
}

impl Listener for Heard<'_> {
    fn begins(&mut self, position: usize) -> bool {
        let wants = self.listener.begins(position);
        self.has_enough |= !wants;
        wants
    }

    fn verdict(&mut self, position: usize, found: Verdict) {
        // Verdicts of the directives inside a thread come with that thread, even if they are not wanted.
        if let Some(told) = self.told.get_mut(position) {
            *told = true;
            self.listener.verdict(position, found);
        }
    }

    fn asks_for_times(&self) -> bool {
        self.listener.asks_for_times()
    }
}
