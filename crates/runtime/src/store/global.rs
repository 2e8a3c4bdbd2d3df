//! Globals.

use crate::types::GlobalType;
use crate::value::val::ValRaw;
use std::ptr::NonNull;

/// A global: where its cell is, in a context or in memory of the store's own.
pub(crate) struct GlobalInstance {
    pub(crate) cell: NonNull<ValRaw>,
    pub(crate) ty: GlobalType,
    /// Whether it was given back. Then its cell is there, but no compiled code accesses it, and it holds
    /// no reference.
    pub(crate) given_back: bool,
}

// SAFETY: the cell belongs to the same store, which moves between threads as one.
unsafe impl Send for GlobalInstance {}

// SAFETY: a shared one gives an address, which only its store's borrower follows.
unsafe impl Sync for GlobalInstance {}
