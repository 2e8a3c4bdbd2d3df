//! Interrupts sessions whose time has run out, or whose script uses more memory than it may.
//!
//! In: limits, and handles that tell what stores use. Out: interrupts. From the first session with a limit
//! on, one thread of the process looks fifty times a second at how long calls have run, and another thread looks at
//! what scripts use, which can take longer; neither thread waits for the other. Calls only note that they began: clocks
//! are read by who looks. What a session does is not known here.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::{Duration, Instant};
use touchstone_runtime::{InterruptHandle, MemoryUse};

/// The time between two looks. An interrupt may be late by two of them, as a call began when it was first seen.
const TICK: Duration = Duration::from_millis(20);

static WATCHED: Mutex<Vec<Weak<Watch>>> = Mutex::new(Vec::new());

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a script may take; `None` sets no limit.
#[derive(Clone, Debug)]
pub(super) struct Limits {
    /// How long each call may take.
    pub(super) time: Option<Duration>,
    /// How many bytes all stores of the script together may use.
    pub(super) bytes: Option<u64>,
    /// Once this is set, no call may take any time.
    pub(super) stopped: Arc<AtomicBool>,
}

/// What the stores of a script use: its own store, and the store of each thread that it starts. Clones share
/// the same list of stores.
#[derive(Clone, Debug, Default)]
pub(super) struct ScriptUse(Arc<Mutex<Vec<MemoryUse>>>);

impl ScriptUse {
    /// Adds a store.
    pub(super) fn add(&self, store: MemoryUse) {
        lock(&self.0).push(store);
    }

    /// The number of bytes that are resident. A memory that threads share counts in each of their stores.
    fn resident_bytes(&self) -> u64 {
        lock(&self.0).iter().map(MemoryUse::resident_bytes).fold(0, u64::saturating_add)
    }
}

/// A session that can be interrupted.
#[derive(Debug)]
pub(super) struct Watch {
    handle: InterruptHandle,
    limits: Limits,
    script: ScriptUse,
    /// The call that runs. The lock is held while the call is interrupted, so that an interrupt never meets
    /// the next call.
    call: Mutex<Option<Call>>,
    /// How many calls began.
    calls: AtomicU64,
    /// The call that ran when time was looked at last, and when it was first seen.
    seen: Mutex<Option<(u64, Instant)>>,
    /// Whether the script used too much memory when the thread that watches memory looked last.
    over: AtomicBool,
}

/// The call that runs.
#[derive(Debug)]
struct Call {
    /// The number of the call, which no other call of the session has.
    number: u64,
    /// Whether the script was found to use too much memory while this call ran.
    exceeded: bool,
}

impl Watch {
    /// Begins to watch a session with these limits; a session without limits is not watched.
    pub(super) fn new(
        handle: InterruptHandle,
        limits: Limits,
        script: ScriptUse,
    ) -> Option<Arc<Self>> {
        if limits.time.is_none() && limits.bytes.is_none() {
            return None;
        }
        let watch = Arc::new(Watch {
            handle,
            limits,
            script,
            call: Mutex::new(None),
            calls: AtomicU64::new(0),
            seen: Mutex::new(None),
            over: AtomicBool::new(false),
        });
        let mut watched = lock(&WATCHED);
        watched.retain(|other| other.strong_count() > 0);
        watched.push(Arc::downgrade(&watch));
        start();
        Some(watch)
    }

    /// Gives the limit on memory if the script uses more than that; no call may begin then.
    pub(super) fn exceeded(&self) -> Option<u64> {
        let over = self.over.load(Ordering::Relaxed);
        // Memory may have been freed since the thread looked, so the stores are asked again.
        self.limits.bytes.filter(|limit| over && self.script.resident_bytes() > *limit)
    }

    /// Whether no call may begin any more, because the run is over.
    pub(super) fn is_stopped(&self) -> bool {
        self.limits.stopped.load(Ordering::Relaxed)
    }

    /// Begins a call. The call ends when the result is dropped, however that comes about.
    pub(super) fn begin(&self) -> Running<'_> {
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        *lock(&self.call) = Some(Call { number, exceeded: false });
        Running(self)
    }

    /// Interrupts the call that runs, if its time has run out, or the run is over.
    fn check_time(&self, now: Instant) {
        let call = lock(&self.call);
        let Some(number) = call.as_ref().map(|call| call.number) else { return };
        if self.is_stopped() {
            return self.handle.interrupt();
        }
        let Some(limit) = self.limits.time else { return };
        let mut seen = lock(&self.seen);
        match *seen {
            Some((before, at)) if before == number => {
                if now.saturating_duration_since(at) >= limit {
                    self.handle.interrupt();
                }
            }
            _ => *seen = Some((number, now)),
        }
    }

    /// Interrupts the call that runs, if its script uses too much memory. `process` is the number of bytes
    /// that the whole process has in memory.
    fn check_memory(&self, process: u64) {
        let running = || lock(&self.call).as_ref().map(|call| call.number);
        let before = running();
        // The stores of a script are asked only if the whole process uses more than the limit. What the
        // script uses may have come together in many short calls, none of which runs now.
        let exceeds = |limit: u64| process > limit && self.script.resident_bytes() > limit;
        let over = self.limits.bytes.is_some_and(exceeds);
        self.over.store(over, Ordering::Relaxed);
        let mut call = lock(&self.call);
        // A call that began in the meantime is not the call that the measurement was about.
        if let Some(call) = call.as_mut().filter(|call| over && Some(call.number) == before) {
            call.exceeded = true;
            self.handle.interrupt();
        }
    }
}

/// A call that runs.
pub(super) struct Running<'a>(&'a Watch);

impl Running<'_> {
    /// Ends the call. Gives the limit on memory if the script was found to exceed it.
    pub(super) fn end(self) -> Option<u64> {
        let watch = self.0;
        let exceeded = self.finish();
        std::mem::forget(self);
        watch.limits.bytes.filter(|_| exceeded)
    }

    /// Ends the call and takes back an interrupt that came too late. Says whether the script was found to
    /// exceed its limit on memory.
    fn finish(&self) -> bool {
        let call = lock(&self.0.call).take();
        self.0.handle.withdraw();
        call.is_some_and(|call| call.exceeded)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.finish();
    }
}

fn start() {
    static STARTED: OnceLock<()> = OnceLock::new();
    STARTED.get_or_init(|| {
        for (name, look) in [("watch-time", look_at_time as fn()), ("watch-memory", look_at_memory)]
        {
            let builder = std::thread::Builder::new().name(name.into());
            // If the thread cannot be started, the limit is not enforced, as if none had been asked for.
            drop(builder.spawn(move || {
                loop {
                    std::thread::sleep(TICK);
                    look();
                }
            }));
        }
    });
}

/// Sessions that are watched. The list is not locked while the sessions are asked, so that other sessions can
/// begin meanwhile.
fn watched() -> Vec<Arc<Watch>> {
    lock(&WATCHED).iter().filter_map(Weak::upgrade).collect()
}

fn look_at_time() {
    let now = Instant::now();
    watched().iter().for_each(|session| session.check_time(now));
}

fn look_at_memory() {
    let process = process_bytes();
    watched().iter().for_each(|session| session.check_memory(process));
}

/// The number of bytes that this process has in memory. If the system does not tell, it is `u64::MAX`, so
/// that every script is asked.
pub(super) fn process_bytes() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm");
    let pages = statm.ok().and_then(|text| text.split(' ').nth(1)?.parse::<u64>().ok());
    pages.map_or(u64::MAX, |pages| pages.saturating_mul(touchstone_runtime::host_page_size()))
}
