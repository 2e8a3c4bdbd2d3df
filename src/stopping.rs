//! What becomes of a run that is told to stop.
//!
//! In: Ctrl-C and SIGTERM. Out: a flag, or the end of the process. Nothing here knows what runs.

use std::sync::atomic::{AtomicBool, Ordering};

/// Set when the run is to end.
pub(crate) static STOP: AtomicBool = AtomicBool::new(false);

/// Set when there is something that a run which is stopped can report.
static BEGUN: AtomicBool = AtomicBool::new(false);

/// From here on, a run that is stopped has something to report.
pub(crate) fn begun() {
    BEGUN.store(true, Ordering::Relaxed);
}

/// Has Ctrl-C and SIGTERM end the run with a report that says it is partial, once it has begun; before, and the second
/// time, the process ends.
pub(crate) fn stop_when_told() {
    let told = || {
        if STOP.swap(true, Ordering::Relaxed) || !BEGUN.load(Ordering::Relaxed) {
            // Engines in processes of their own would outlive this one.
            touchstone::engine::kill_all();
            std::process::exit(130);
        }
    };
    if let Err(error) = ctrlc::set_handler(told) {
        log::warn!("Ctrl-C cannot be listened to: {error}");
    }
}
