//! Globals, as their store keeps them.

use crate::types::GlobalType;
use crate::value::val::ValRaw;
use std::ptr::NonNull;

/// A global. Its cell is in the context of the instance that defines it, or in memory of the store's own.
pub(crate) struct GlobalInstance {
    pub(crate) cell: NonNull<ValRaw>,
    pub(crate) ty: GlobalType,
    /// Whether the global was given back. If so, its cell still exists, but no compiled code accesses it, and
    /// it holds no reference.
    pub(crate) given_back: bool,
}

// SAFETY: the cell belongs to the store that owns the global, which moves between threads as a whole.
unsafe impl Send for GlobalInstance {}

// SAFETY: a shared reference gives only the address of the cell, which is accessed only by code that borrows
// the store.
unsafe impl Sync for GlobalInstance {}
