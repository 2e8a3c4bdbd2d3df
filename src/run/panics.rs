//! Catches panics of an engine, quietly, with the place where they happened.
//!
//! In: a closure. Out: its value, or a verdict that says `crash`. Nothing here knows
//! what ran. Panics of threads that are not executing a directive stay as loud as ever.

use crate::outcome::{Outcome, Verdict};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `body`; a panic in it becomes a verdict. The caller has to discard the state that the panic may have
/// left half-changed.
pub(crate) fn catching<T>(body: impl FnOnce() -> T) -> Result<T, Box<Verdict>> {
    listen();
    let before = QUIET.replace(true);
    let result = catch_unwind(AssertUnwindSafe(body));
    QUIET.set(before);
    result.map_err(|panic| Box::new(crash(&*panic)))
}

/// The verdict for a panic.
pub(super) fn crash(panic: &(dyn Any + Send)) -> Verdict {
    let said = panic
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "with no message".into());
    let place = PLACE.take().map(|place| format!(" at {place}")).unwrap_or_default();
    Verdict::of(Outcome::Crash).saying(format!("the engine panicked{place}: {said}"))
}

/// Installs, once, a hook that is silent while a directive is executed on the panicking thread.
fn listen() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let loud = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if QUIET.get() {
                PLACE.set(info.location().map(ToString::to_string));
            } else {
                loud(info);
            }
        }));
    });
}
