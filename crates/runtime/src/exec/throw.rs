//! Throwing an exception, which continues in the youngest handler of the activation or ends the activation.

use crate::exec::activation;
use crate::store::{Pending, StoreOpaque};
use crate::value::error::Error;
use crate::value::exception::{Exception, ExnRef};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Throws the exception to which `reference` refers: continues in the youngest handler of the activation, or
/// ends the activation with an error if there is none.
///
/// # Safety
/// `store` has an activation on this thread's stack, whose exit is recorded; no frame of the host below that
/// exit has anything left to drop. `reference` refers to an exception in the activations table.
pub(crate) unsafe fn throw(store: *mut StoreOpaque, reference: u32) -> ! {
    // SAFETY: the store has an activation whose exit is recorded, `reference` is to an exception, and no
    // frame of the host has anything left to drop (the caller's promise); the references to the store end
    // before Wasm continues.
    unsafe {
        let found = activation::find_handler(store);
        if let Ok(Some(handler)) = found {
            activation::resume_at(store, handler, reference);
        }
        if let Err(doubt) = found {
            let text = format!("an exception cannot be thrown, as {doubt}");
            (*store).pending = Some(Pending::Error(Error::Internal(text)));
        } else {
            // A stale reference, which stress mode is to find, is to no exception. A panic must not leave this function,
            // as compiled code called it.
            let exception = || ExnRef((*store).heap.value(reference).clone()).seen_by_host(&*store);
            let pending = match catch_unwind(AssertUnwindSafe(exception)) {
                Ok(exception) => {
                    let backtrace = activation::backtrace(store, None);
                    Pending::Error(Exception { exception, backtrace }.into())
                }
                Err(payload) => Pending::Panic(payload),
            };
            (*store).pending = Some(pending);
        }
        activation::raise(store)
    }
}

/// Ends a host call that failed. If it failed with an exception, the exception is thrown; else the activation
/// ends.
///
/// # Safety
/// The caller promises what [`throw`] asks for; the store's `pending` says why the call failed.
pub(crate) unsafe fn fail(store: *mut StoreOpaque) -> ! {
    // SAFETY: the store has an activation whose exit is recorded, and no frame of the host has anything left
    // to drop (the caller's promise); the reference to the store ends before Wasm continues.
    unsafe {
        let thrown = match (*store).pending.take() {
            Some(Pending::Error(Error::Exception(exception))) => {
                let store = &mut *store;
                // Entering the exception may collect, a collection may run destructors, and these may panic.
                let enter = || store.enter_exception(exception.exception);
                let entered = match catch_unwind(AssertUnwindSafe(enter)) {
                    Ok(Ok(reference)) => Ok(reference),
                    Ok(Err(error)) => Err(Pending::Error(error)),
                    Err(payload) => Err(Pending::Panic(payload)),
                };
                entered.map_err(|why| store.pending = Some(why)).ok()
            }
            other => {
                (*store).pending = other;
                None
            }
        };
        match thrown {
            Some(reference) => throw(store, reference),
            None => activation::raise(store),
        }
    }
}
