//! Tests that measure the whole process, or send it signals: one at a time, and with no others beside them.

mod limits;
mod reclaim;
mod signals;
mod threads;
mod type_lifetimes;

use std::sync::{Mutex, MutexGuard};

/// To be held for as long as a test runs.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    // A test that failed has left nothing behind.
    ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
