//! How many bytes of the host's values, exceptions among them, a store has made and not given back.
//!
//! In: bytes of values, as these come and go on any thread, also after the store is gone. Out: their
//! sum, and the store's identity. What the values are is not known here.
//!
//! The sum and the number of owners (the store, and who asks from other threads) are one word: a value
//! is counted by one addition, and the record goes when the word becomes zero.

use crate::sys::identity::StoreId;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU64, Ordering};

/// An owner, in the word; what is below are bytes.
const OWNER: u64 = 1 << 48;

struct Count {
    store: StoreId,
    word: AtomicU64,
}

/// Owns a store's count.
#[derive(Debug)]
pub(crate) struct ValueCount(NonNull<Count>);

/// A value's share of its store's count: given back when the value is, by [`Share::give_back`].
#[derive(Clone, Copy)]
pub(super) struct Share {
    count: NonNull<Count>,
    bytes: u32,
}

// SAFETY: the record is a number that only atomic operations change, and an identity that nothing
// changes; the last owner or value, on whatever thread, frees it.
unsafe impl Send for ValueCount {}
// SAFETY: the record is a number that only atomic operations change, and an identity.
unsafe impl Sync for ValueCount {}

impl ValueCount {
    /// The count of the store with this identity.
    pub(crate) fn new(store: StoreId) -> Self {
        let count = Box::new(Count { store, word: AtomicU64::new(OWNER) });
        ValueCount(NonNull::from(Box::leak(count)))
    }

    fn count(&self) -> &Count {
        // SAFETY: the record lives until the word is zero, and `self` is counted in it.
        unsafe { self.0.as_ref() }
    }

    /// Bytes of values.
    #[inline]
    pub(crate) fn bytes(&self) -> u64 {
        self.count().word.load(Ordering::Relaxed) & (OWNER - 1)
    }

    /// Counts a value of `bytes` bytes: of 4 GiB, where it has more.
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
        // SAFETY: an owner is counted once, and gives its part back once, here.
        unsafe { give_back(self.0, OWNER) }
    }
}

impl Share {
    /// The identity of the store.
    ///
    /// # Safety
    /// It was not given back.
    #[inline]
    pub(super) unsafe fn store(self) -> StoreId {
        // SAFETY: the record lives until the word is zero, and the share is counted in it.
        unsafe { self.count.as_ref().store }
    }

    /// Gives it back.
    ///
    /// # Safety
    /// It is given back once, and neither it nor a copy of it is used afterwards.
    #[inline]
    pub(super) unsafe fn give_back(self) {
        // SAFETY: the share was counted when it was made, and is given back once (the caller's promise).
        unsafe { give_back(self.count, self.bytes.into()) }
    }
}

/// # Safety
/// `part` was added to the word before, and is given back once.
unsafe fn give_back(count: NonNull<Count>, part: u64) {
    // SAFETY: the record lives until the word is zero; who makes it zero is alone with it, and sees
    // what the others did (acquire, as for the counts of `ExternRef`). It came from a box.
    unsafe {
        if count.as_ref().word.fetch_sub(part, Ordering::Release) == part {
            count.as_ref().word.load(Ordering::Acquire);
            drop(Box::from_raw(count.as_ptr()));
        }
    }
}
