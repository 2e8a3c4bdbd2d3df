//! Interrupts sessions whose time has run out.
//!
//! In: deadlines. Out: interrupts. One thread of the process looks at all of them, a few times a
//! second, from the first session with a time limit on.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
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
    /// In milliseconds since the process began to count; 0 where nothing runs.
    deadline: AtomicU64,
}

impl Watch {
    /// A session whose calls may take `limit` each.
    pub(super) fn new(handle: InterruptHandle, limit: Duration) -> Arc<Self> {
        let watch = Arc::new(Watch { handle, limit, deadline: AtomicU64::new(0) });
        let mut watched = WATCHED.lock().unwrap_or_else(PoisonError::into_inner);
        watched.retain(|other| other.strong_count() > 0);
        watched.push(Arc::downgrade(&watch));
        start();
        watch
    }

    /// A call begins.
    pub(super) fn begin(&self) {
        let deadline = now().saturating_add(self.limit.as_millis() as u64).max(1);
        self.deadline.store(deadline, Ordering::SeqCst);
    }

    /// The call ended. An interrupt that came too late is taken back.
    pub(super) fn end(&self) {
        self.deadline.store(0, Ordering::SeqCst);
        self.handle.withdraw();
    }
}

fn now() -> u64 {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_millis() as u64
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
        let now = now();
        let watched = WATCHED.lock().unwrap_or_else(PoisonError::into_inner);
        for session in watched.iter().filter_map(Weak::upgrade) {
            let deadline = session.deadline.load(Ordering::SeqCst);
            if deadline != 0 && now >= deadline {
                session.handle.interrupt();
            }
        }
    }
}
