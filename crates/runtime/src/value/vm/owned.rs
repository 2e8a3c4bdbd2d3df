//! A record that compiled code accesses by its address, in an allocation of its own.
//!
//! In: a record. Out: its address, and copies of it. No Rust reference to the record is ever made, because
//! that would assert that nothing else writes to it, or reads it, for as long as the reference lives.

use std::ptr::NonNull;

/// Owns a record of type `T`, which it only accesses by its address.
#[derive(Debug)]
pub(crate) struct VmOwned<T: Copy>(NonNull<T>);

// SAFETY: a `VmOwned` owns its record like a box, and the record is `Send`.
unsafe impl<T: Copy + Send> Send for VmOwned<T> {}
// SAFETY: a shared `VmOwned` only copies the record, which is `Sync`.
unsafe impl<T: Copy + Sync> Sync for VmOwned<T> {}

impl<T: Copy> VmOwned<T> {
    pub(crate) fn new(record: T) -> Self {
        VmOwned(NonNull::from(Box::leak(Box::new(record))))
    }

    /// The address of the record, which is valid as long as `self` lives.
    pub(crate) fn as_ptr(&self) -> *mut T {
        self.0.as_ptr()
    }

    /// A copy of the record.
    pub(crate) fn read(&self) -> T {
        // SAFETY: `self` owns the allocation. Compiled code that writes to the record does not run while the
        // host borrows the store to which both belong.
        unsafe { self.0.read() }
    }

    /// Replaces the record.
    pub(crate) fn write(&mut self, record: T) {
        // SAFETY: `self` owns the allocation, and is borrowed exclusively. Compiled code that reads the
        // record does not run while the host borrows the store to which both belong.
        unsafe { self.0.write(record) }
    }
}

impl<T: Copy> Drop for VmOwned<T> {
    fn drop(&mut self) {
        // SAFETY: the record came from a box (`new`). Only contexts of instances hold its address, and a
        // store drops its instances before its tables, or with them.
        drop(unsafe { Box::from_raw(self.0.as_ptr()) });
    }
}
