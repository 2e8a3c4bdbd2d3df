//! Interrupts sessions whose time has run out, or whose script uses more memory than it may.
//!
//! In: deadlines, and handles that tell what stores use. Out: interrupts. From the first session with a
//! limit on, one thread of the process looks at all deadlines, fifty times a second, and another at what
//! scripts use, which can take longer: neither waits for the other. What a session does is not known here.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::{Duration, Instant};
use touchstone_runtime::{InterruptHandle, MemoryUse};

/// How late an interrupt may be.
const TICK: Duration = Duration::from_millis(20);

static WATCHED: Mutex<Vec<Weak<Watch>>> = Mutex::new(Vec::new());

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a script may take; nothing is limited where `None`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// For each call.
    pub(super) time: Option<Duration>,
    /// Bytes of all its stores together.
    pub(super) bytes: Option<u64>,
}

/// What the stores of a script use: one, and one of each thread that it starts. Clones are the same.
#[derive(Clone, Debug, Default)]
pub(super) struct ScriptUse(Arc<Mutex<Vec<MemoryUse>>>);

impl ScriptUse {
    /// Adds a store.
    pub(super) fn add(&self, store: MemoryUse) {
        lock(&self.0).push(store);
    }

    /// Bytes that are resident. A memory that threads share counts in each of their stores.
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
    /// Locked while it is interrupted: an interrupt never meets the next call.
    call: Mutex<Option<Call>>,
    /// How many calls began.
    calls: AtomicU64,
    /// Whether the script used too much when the thread looked last.
    over: AtomicBool,
}

/// The call that runs.
#[derive(Debug)]
struct Call {
    /// No other call of the session has it.
    number: u64,
    /// Where there is none, its time never runs out.
    deadline: Option<Instant>,
    /// Whether the script was found to use too much meanwhile.
    exceeded: bool,
}

impl Watch {
    /// A session with these limits; none is watched that has no limit.
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
            over: AtomicBool::new(false),
        });
        let mut watched = lock(&WATCHED);
        watched.retain(|other| other.strong_count() > 0);
        watched.push(Arc::downgrade(&watch));
        start();
        Some(watch)
    }

    /// Gives the limit on memory, where the script uses more: then nothing may begin.
    pub(super) fn exceeded(&self) -> Option<u64> {
        let over = self.over.load(Ordering::Relaxed);
        // Something may have been freed since.
        self.limits.bytes.filter(|limit| over && self.script.resident_bytes() > *limit)
    }

    /// A call begins. It ends, however it does, when the result is dropped.
    pub(super) fn begin(&self) -> Running<'_> {
        // A limit past the end of time is none.
        let deadline = self.limits.time.and_then(|time| Instant::now().checked_add(time));
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        *lock(&self.call) = Some(Call { number, deadline, exceeded: false });
        Running(self)
    }

    /// Interrupts the call that runs, if its time has run out.
    fn check_time(&self, now: Instant) {
        let call = lock(&self.call);
        if call.as_ref().and_then(|call| call.deadline).is_some_and(|deadline| now >= deadline) {
            self.handle.interrupt();
        }
    }

    /// Interrupts the call that runs, if its script uses too much. `process` bytes are in memory for all
    /// of this process.
    fn check_memory(&self, process: u64) {
        let running = || lock(&self.call).as_ref().map(|call| call.number);
        let before = running();
        // What a script uses is asked for only where it can be too much. It may have come together in
        // many short calls, none of which runs now.
        let exceeds = |limit: u64| process > limit && self.script.resident_bytes() > limit;
        let over = self.limits.bytes.is_some_and(exceeds);
        self.over.store(over, Ordering::Relaxed);
        let mut call = lock(&self.call);
        // A call that began meanwhile is not the one that was asked about.
        if let Some(call) = call.as_mut().filter(|call| over && Some(call.number) == before) {
            call.exceeded = true;
            self.handle.interrupt();
        }
    }
}

/// A call that runs.
pub(super) struct Running<'a>(&'a Watch);

impl Running<'_> {
    /// The call ended. Gives the limit on memory, where the script was found to exceed it.
    pub(super) fn end(self) -> Option<u64> {
        let watch = self.0;
        let exceeded = self.finish();
        std::mem::forget(self);
        watch.limits.bytes.filter(|_| exceeded)
    }

    /// An interrupt that came too late is taken back. Says whether the script was found to exceed its
    /// limit on memory.
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
            // Without the thread there is no limit, as if none had been asked for.
            drop(builder.spawn(move || {
                loop {
                    std::thread::sleep(TICK);
                    look();
                }
            }));
        }
    });
}

/// Sessions that are watched. The list is not locked while they are asked: others begin meanwhile.
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

/// Bytes of this process that are in memory. Where the system does not tell, every script is asked.
pub(super) fn process_bytes() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm");
    let pages = statm.ok().and_then(|text| text.split(' ').nth(1)?.parse::<u64>().ok());
    pages.map_or(u64::MAX, |pages| pages.saturating_mul(touchstone_runtime::host_page_size()))
}
