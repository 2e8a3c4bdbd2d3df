//! Identities of stores, which are never given twice.

use std::sync::atomic::{AtomicU64, Ordering};

/// The identity of a store in this process, never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct StoreId(u64);

impl StoreId {
    /// The identity of a new store.
    pub(crate) fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        StoreId(NEXT.fetch_add(1, Ordering::Relaxed))
    }

    /// An identity that no store has.
    #[cfg(test)]
    pub(crate) fn of_tests() -> Self {
        StoreId(u64::MAX)
    }
}
