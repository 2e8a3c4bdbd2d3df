//! Host values that were freed, and are dropped once the heap is consistent.
//!
//! In: values. Out: nothing, or the panic of a destructor, which spares the others.

use super::ExternRef;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Host values that must be dropped.
pub(crate) struct Dead(pub(super) Vec<ExternRef>);

impl Dead {
    /// Drops all values in order, even if the destructor of one panics. Returns the first panic.
    #[must_use]
    pub(crate) fn drop_all(&mut self) -> Option<Box<dyn Any + Send>> {
        let mut first = None;
        for value in self.0.drain(..) {
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| drop(value))) {
                match first {
                    None => first = Some(panic),
                    Some(_) => discard(panic),
                }
            }
        }
        first
    }
}

/// Drops a value that nobody will use, such as the payload of a panic that will not be continued. If the drop
/// panics in turn, the payload of that panic is leaked, because its drop could panic as well.
pub(crate) fn discard<T>(what: T) {
    if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(what))) {
        std::mem::forget(again);
    }
}
