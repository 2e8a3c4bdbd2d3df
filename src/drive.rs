//! Runs a plan and tells reporters what happens.
//!
//! In: a plan, an engine, reporters. Out: events, which are all told on the thread that called, and the
//! totals. Nothing here knows how verdicts are found or shown.

mod queue;
mod repeated;
mod running;

use crate::baseline::Baseline;
use crate::engine::Engine;
use crate::harness::Harness;
use crate::index::IndexedFile;
use crate::outcome::{Event, Record, RunInfo, Stopped, Verdict};
use crate::report::Reporter;
use crate::report::json::Line;
use crate::report::totals::Totals;
use crate::run::pool::{self, QueuedFile, Work};
use crate::run::unit::{Test, Unit};
use crate::select::{self, Plan, PlannedFile};
use queue::Queue;
use repeated::Repeated;
use running::{Running, Watch};
use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Runs everything in `plan` on `workers` threads.
///
/// # Errors
/// Fails if a reporter cannot write. The run is then abandoned as soon as the files that are being executed
/// are done.
pub fn run(
    engine: &dyn Engine,
    plan: &Plan,
    workers: usize,
    reporters: &mut [Box<dyn Reporter + '_>],
) -> io::Result<Totals> {
    run_until(engine, plan, workers, reporters, &AtomicBool::new(false))
}

/// How often it is looked whether a run is to be stopped.
const LOOK: Duration = Duration::from_millis(50);

/// Does the same until `stop` is set. Then no further file is begun, the engine is told, and the report says
/// that it is partial.
///
/// # Errors
/// As [`run`].
pub fn run_until(
    engine: &dyn Engine,
    plan: &Plan,
    workers: usize,
    reporters: &mut [Box<dyn Reporter + '_>],
    stop: &AtomicBool,
) -> io::Result<Totals> {
    let conditions = Conditions { stop: Some(stop), ..Conditions::default() };
    run_with(engine, plan, workers, reporters, &conditions)
}

/// When a run ends, and what it is held against.
#[derive(Clone, Copy, Debug, Default)]
pub struct Conditions<'a> {
    /// Ends the run once it is set, with a report that says that it is partial.
    pub stop: Option<&'a AtomicBool>,
    /// Whether the first test that is not as it should be ends the run in the same way.
    pub fail_fast: bool,
    /// An earlier run, which this one is held against if it is not stopped.
    pub baseline: Option<&'a Baseline>,
    /// How often everything is run again, to find tests that do not always have the same verdict. Reporters are
    /// told the verdicts of the first run.
    pub again: usize,
    /// How long a test may take before reporters are told that it is slow; they never are, where there is none.
    pub slow: Option<Duration>,
    /// How the engine was started: the flags that say so on the command line.
    pub flags: Option<&'a str>,
}

/// Does the same as [`run`] under these conditions.
///
/// # Errors
/// As [`run`].
pub fn run_with(
    engine: &dyn Engine,
    plan: &Plan,
    workers: usize,
    reporters: &mut [Box<dyn Reporter + '_>],
    conditions: &Conditions<'_>,
) -> io::Result<Totals> {
    let mut totals = Totals::default();
    let times =
        conditions.baseline.is_some() || reporters.iter().any(|reporter| reporter.asks_for_times());
    let mut tell = |event: &Event| {
        totals.add(event);
        reporters.iter_mut().try_for_each(|reporter| reporter.event(event))
    };
    let runs = conditions.again + 1;
    let started = Instant::now();
    tell(&Event::Started(Box::new(RunInfo { runs, ..run_info(engine, plan, conditions.flags) })))?;
    let told = || conditions.stop.is_some_and(|stop| stop.load(Ordering::Relaxed));
    let failed = AtomicBool::new(false);
    let stopped = || told() || failed.load(Ordering::Relaxed);
    let (mut lines, mut repeated) = (Vec::new(), Repeated::default());
    for n in 0..runs {
        if stopped() {
            break;
        }
        once(engine, plan, (workers, times), &stopped, conditions.slow, &mut |event| {
            let Event::Finished(record) = event else { return tell(event) };
            let is_red = record.verdict.outcome.is_red();
            failed.fetch_or(conditions.fail_fast && is_red, Ordering::Relaxed);
            if runs > 1 {
                repeated.note(record);
            }
            if n > 0 {
                return tell(&Event::FinishedAgain(record.clone()));
            }
            lines.extend(conditions.baseline.map(|_| Line::of(record)));
            tell(event)
        })?;
    }
    let duration = started.elapsed();
    // A run that is stopped says nothing of what it did not come to.
    if stopped() {
        let why = if told() { Stopped::Told } else { Stopped::FirstFailure };
        tell(&Event::Interrupted { duration, why })?;
        return Ok(totals);
    }
    if runs > 1 {
        tell(&Event::Repeated(repeated.found(runs as u64)))?;
    }
    if let Some(baseline) = conditions.baseline {
        tell(&Event::Compared(baseline.compare(plan, lines)))?;
    }
    tell(&Event::Ended { duration })?;
    Ok(totals)
}

/// Runs everything once, and gives the events to `tell` on this thread, until that fails or `stopped` says so.
fn once(
    engine: &dyn Engine,
    plan: &Plan,
    (workers, times): (usize, bool),
    stopped: &(dyn Fn() -> bool + Sync),
    slow: Option<Duration>,
    tell: &mut dyn FnMut(&Event) -> io::Result<()>,
) -> io::Result<()> {
    let (queue, running) = (Queue::new(), Running::new(plan.files.len()));
    let (given_up, done) = (AtomicBool::new(false), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let sender = queue.sender();
        let (queue, running, given_up) = (&queue, &running, &given_up);
        scope.spawn(move || {
            let _sender = sender;
            execute(engine, plan, (workers, times), queue, running, given_up);
        });
        // The receiver is consumed here, so that no worker waits for room in the queue after an error.
        let done = &done;
        let watcher = scope.spawn(move || {
            let mut watch = Watch::new(slow);
            while !stopped() && !done.load(Ordering::Relaxed) {
                std::thread::park_timeout(LOOK);
                for (file, position, taken) in watch.look(running, Instant::now()) {
                    queue.send(Event::Slow { id: name_of(plan, file, position), taken });
                }
            }
            if stopped() {
                given_up.store(true, Ordering::Relaxed);
                engine.stop();
            }
        });
        let mut heard = queue.receiver();
        let mut told = Ok(());
        while told.is_ok()
            && !stopped()
            && let Some(events) = heard.next()
        {
            told = events.iter().take_while(|_| !stopped()).try_for_each(&mut *tell);
        }
        drop(heard);
        done.store(true, Ordering::Relaxed);
        // Without this every run would take a multiple of the time between two looks.
        watcher.thread().unpark();
        given_up.fetch_or(told.is_err(), Ordering::Relaxed);
        told
    })
}

/// The name of a test, by the position of its file in the plan.
fn name_of(plan: &Plan, file: usize, position: usize) -> String {
    let file = &plan.files[file].file;
    let test = file.tests().into_iter().nth(position);
    // What is left alive at the end of a file is looked at after all directives.
    test.map_or_else(|| format!("the end of {}", file.name()), |test| test.id)
}

fn execute(
    engine: &dyn Engine,
    plan: &Plan,
    (workers, times): (usize, bool),
    queue: &Queue<Event>,
    running: &Running,
    given_up: &AtomicBool,
) {
    // Files with the same script run side by side, as if they cost the same, so that it is decoded once for them.
    let mut costs: HashMap<u32, u64> = HashMap::new();
    for file in plan.files.iter().map(|planned| &planned.file) {
        if let Some(script) = file.shared_script() {
            let most = costs.entry(script).or_default();
            *most = file.cost().max(*most);
        }
    }
    let cost = |file: &IndexedFile| {
        file.shared_script().map_or_else(|| file.cost(), |script| costs[&script])
    };
    let queued = |(number, planned): (usize, &PlannedFile)| QueuedFile {
        file: number,
        cost: cost(&planned.file),
        last: planned.last(),
    };
    let files = plan.files.iter().enumerate().map(queued).collect();
    let names: Vec<_> = plan.files.iter().map(|planned| Names::of(&planned.file)).collect();
    let load = |queued: &QueuedFile| select::unit(&plan.files[queued.file].file);
    // A file that is as it was built in is the same in the processes of an engine.
    let known_as = |queued: &QueuedFile| {
        let file = &plan.files[queued.file].file;
        file.is_built_in().then(|| file.name())
    };
    let begins = |queued: &QueuedFile, position: usize| running.begins(queued.file, position);
    let verdict = |queued: &QueuedFile, unit: &Unit, position: usize, verdict: Verdict| {
        running.ends(queued.file, position);
        let planned = &plan.files[queued.file];
        // Some tests were run only because selected tests depend on them.
        if planned.selects(position) {
            let record = record(&names[queued.file], &unit.tests[position], verdict);
            queue.send(Event::Finished(record));
        }
    };
    let work = Work::new(&load, &verdict).known_as(&known_as).telling(&begins).with_times(times);
    pool::run(engine, files, workers, given_up, &work);
}

/// The names of a file, which all records of its tests share.
struct Names {
    suite: Arc<str>,
    file: Arc<str>,
}

impl Names {
    fn of(file: &IndexedFile) -> Names {
        Names { suite: file.suite().name.as_str().into(), file: file.path().into() }
    }
}

/// The line of a report for a verdict.
fn record(names: &Names, test: &Test, verdict: Verdict) -> Record {
    Record {
        id: test.id.clone(),
        suite: names.suite.clone(),
        file: names.file.clone(),
        line: test.line,
        column: test.column,
        kind: test.kind,
        proposals: test.proposals,
        hash: test.hash,
        verdict,
    }
}

/// What is known of a run that begins now, of an engine that was started with these flags.
pub fn run_info(engine: &dyn Engine, plan: &Plan, flags: Option<&str>) -> RunInfo {
    let mut suites: Vec<(String, String)> = Vec::new();
    let mut dialects: Vec<(String, String)> = Vec::new();
    for planned in &plan.files {
        let suite = planned.file.suite();
        if suites.last().is_none_or(|(name, _)| *name != suite.name) {
            suites.push((suite.name.clone(), suite.revision.clone()));
        }
        if let Some(words) = &suite.dialect
            && !dialects.iter().any(|(name, it)| name == &suite.name && it == words)
        {
            dialects.push((suite.name.clone(), words.clone()));
        }
    }
    RunInfo {
        engine: engine.describe(),
        harness: Harness::this(),
        flags: flags.map(str::to_owned),
        judged_by_runner: engine.script_runner().is_some(),
        suites,
        scope: plan.scope.clone(),
        exception_lists: plan.exception_lists.clone(),
        part: plan.part.clone(),
        dialects,
        selected: plan.test_count(),
        runs: 1,
        host: format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS),
        started: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()),
    }
}
