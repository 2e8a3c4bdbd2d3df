//! Interrupts sessions whose time has run out.
//!
//! In: deadlines. Out: interrupts. One thread of the process looks at all of them, a few times a
//! second, from the first session with a time limit on.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::{Duration, Instant};
use touchstone_runtime::InterruptHandle;

/// How late an interrupt may be.
const TICK: Duration = Duration::from_millis(20);

static WATCHED: Mutex<Vec<Weak<Watch>>> = Mutex::new(Vec::new());

/// A session that can be interrupted.
#[derive(Debug)]
pub(super) struct Watch {
    handle: InterruptHandle,
    limit: Duration,
    /// Of the call that runs. Locked while it is interrupted: an interrupt never meets the next one.
    deadline: Mutex<Option<Instant>>,
}

impl Watch {
    /// A session whose calls may take `limit` each.
    pub(super) fn new(handle: InterruptHandle, limit: Duration) -> Arc<Self> {
        let watch = Arc::new(Watch { handle, limit, deadline: Mutex::new(None) });
        let mut watched = WATCHED.lock().unwrap_or_else(PoisonError::into_inner);
        watched.retain(|other| other.strong_count() > 0);
        watched.push(Arc::downgrade(&watch));
        start();
        watch
    }

    /// A call begins. It ends, however it does, when the result is dropped.
    pub(super) fn begin(&self) -> Running<'_> {
        // A limit past the end of time is none.
        *self.deadline() = Instant::now().checked_add(self.limit);
        Running(self)
    }

    fn deadline(&self) -> MutexGuard<'_, Option<Instant>> {
        self.deadline.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Interrupts the call that runs, if its time has run out.
    fn check(&self, now: Instant) {
        let deadline = self.deadline();
        if deadline.is_some_and(|deadline| now >= deadline) {
            self.handle.interrupt();
        }
    }
}

/// A call that runs.
pub(super) struct Running<'a>(&'a Watch);

impl Drop for Running<'_> {
    /// The call ended. An interrupt that came too late is taken back.
    fn drop(&mut self) {
        *self.0.deadline() = None;
        self.0.handle.withdraw();
    }
}

fn start() {
    static STARTED: OnceLock<()> = OnceLock::new();
    STARTED.get_or_init(|| {
        let builder = std::thread::Builder::new().name("watchdog".into());
        // Without the thread there is no limit, as if none had been asked for.
        drop(builder.spawn(watch));
    });
}

fn watch() {
    loop {
        std::thread::sleep(TICK);
        let now = Instant::now();
        let watched = WATCHED.lock().unwrap_or_else(PoisonError::into_inner);
        watched.iter().filter_map(Weak::upgrade).for_each(|session| session.check(now));
    }
}
