//! Counting the bytes of a store's host values, including exceptions, that were made and not dropped yet, and of
//! its structures and arrays.
//!
//! In: bytes of values, as these are made and dropped on any thread, even after the store was dropped. Out:
//! their sum, and the store's identity. Knows nothing of what the values are.
//!
//! The sum and the number of owners (the store, and handles by which other threads read the sum) are in one
//! word. So a value is counted by one addition, and the record is freed when the word becomes zero.

use crate::sys::identity::StoreId;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU64, Ordering};

/// One owner, in the word. The bits below it hold the bytes.
const OWNER: u64 = 1 << 48;

struct Count {
    store: StoreId,
    word: AtomicU64,
}

/// An owner of a store's count.
#[derive(Debug)]
pub(crate) struct ValueCount(NonNull<Count>);

/// A value's share of its store's count. It is given back by [`Share::give_back`] when the value is dropped.
#[derive(Clone, Copy)]
pub(super) struct Share {
    count: NonNull<Count>,
    bytes: u32,
}

// SAFETY: the record consists of a number that is only changed atomically, and an identity that never
// changes. `give_back` frees it for the last owner or value, on whatever thread that is.
unsafe impl Send for ValueCount {}
// SAFETY: the record consists of a number that is only changed atomically, and an identity that never
// changes.
unsafe impl Sync for ValueCount {}

impl ValueCount {
    /// Makes the count of the store with this identity.
    pub(crate) fn new(store: StoreId) -> Self {
        let count = Box::new(Count { store, word: AtomicU64::new(OWNER) });
        ValueCount(NonNull::from(Box::leak(count)))
    }

    fn count(&self) -> &Count {
        // SAFETY: the record lives until the word is zero, and the word counts `self` as an owner until it is
        // dropped.
        unsafe { self.0.as_ref() }
    }

    /// Sum of the bytes of values.
    #[inline]
    pub(crate) fn bytes(&self) -> u64 {
        self.count().word.load(Ordering::Relaxed) & (OWNER - 1)
    }

    /// Counts bytes of objects, which the caller takes away again by [`ValueCount::less`].
    pub(super) fn more(&self, bytes: u64) {
        self.count().word.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Takes away bytes that were counted by [`ValueCount::more`].
    pub(super) fn less(&self, bytes: u64) {
        // The word cannot become zero, because `self` is an owner.
        self.count().word.fetch_sub(bytes, Ordering::Relaxed);
    }

    /// Counts a value of `bytes` bytes. A value of more than 4 GiB counts as 4 GiB.
    #[inline]
    pub(super) fn take(&self, bytes: usize) -> Share {
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX).max(1);
        self.count().word.fetch_add(bytes.into(), Ordering::Relaxed);
        Share { count: self.0, bytes }
    }
}

impl Clone for ValueCount {
    fn clone(&self) -> Self {
        self.count().word.fetch_add(OWNER, Ordering::Relaxed);
        ValueCount(self.0)
    }
}

impl Drop for ValueCount {
    fn drop(&mut self) {
        // SAFETY: `new` or `clone` counted this owner once, and its part is given back once, here.
        unsafe { give_back(self.0, OWNER) }
    }
}

impl Share {
    /// The identity of the store.
    ///
    /// # Safety
    /// The share was not given back.
    #[inline]
    pub(super) unsafe fn store(self) -> StoreId {
        // SAFETY: the record lives until the word is zero, and the word counts the share, which was not given
        // back (the caller's promise).
        unsafe { self.count.as_ref().store }
    }

    /// Gives the share back.
    ///
    /// # Safety
    /// The share is given back once, and neither it nor a copy of it is used afterwards.
    #[inline]
    pub(super) unsafe fn give_back(self) {
        // SAFETY: `ValueCount::take` counted the share when it made it, and it is given back once (the
        // caller's promise).
        unsafe { give_back(self.count, self.bytes.into()) }
    }
}

/// # Safety
/// `part` was added to the word of `count` before, and is given back once.
unsafe fn give_back(count: NonNull<Count>, part: u64) {
    // SAFETY: the record lives until the word is zero, and `part` is still in it (the caller's promise). The
    // call that makes the word zero is the last user of the record, and sees what the others did before
    // (acquire, as for the counts of `ExternRef`). The record came from a box (`ValueCount::new`).
    unsafe {
        if count.as_ref().word.fetch_sub(part, Ordering::Release) == part {
            count.as_ref().word.load(Ordering::Acquire);
            drop(Box::from_raw(count.as_ptr()));
        }
    }
}
