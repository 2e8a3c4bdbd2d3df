//! A record that compiled code accesses by its address, in an allocation of its own.
//!
//! In: a record. Out: its address, and copies of it. No Rust reference to it is ever made: one would
//! claim that nothing else writes to it, or reads it, for as long as the reference lives.

use std::ptr::NonNull;

/// Owns a record of type `T`, which it only accesses by its address.
#[derive(Debug)]
pub(crate) struct VmOwned<T: Copy>(NonNull<T>);

// SAFETY: it owns its record like a box, and the record may be sent.
unsafe impl<T: Copy + Send> Send for VmOwned<T> {}
// SAFETY: a shared one only copies the record.
unsafe impl<T: Copy + Sync> Sync for VmOwned<T> {}

impl<T: Copy> VmOwned<T> {
    pub(crate) fn new(record: T) -> Self {
        VmOwned(NonNull::from(Box::leak(Box::new(record))))
    }

    /// Where compiled code finds it, for as long as this lives.
    pub(crate) fn as_ptr(&self) -> *mut T {
        self.0.as_ptr()
    }

    /// A copy of it.
    pub(crate) fn read(&self) -> T {
        // SAFETY: the allocation is owned. Compiled code that writes to it does not run while the
        // host uses the store that both belong to.
        unsafe { self.0.read() }
    }

    /// Replaces it.
    pub(crate) fn write(&mut self, record: T) {
        // SAFETY: the allocation is owned, and borrowed exclusively. Compiled code that reads it does
        // not run while the host uses the store that both belong to.
        unsafe { self.0.write(record) }
    }
}

impl<T: Copy> Drop for VmOwned<T> {
    fn drop(&mut self) {
        // SAFETY: it came from a box; what holds its address, the instances of a store, ends before
        // the store's tables do, or with them.
        drop(unsafe { Box::from_raw(self.0.as_ptr()) });
    }
}
