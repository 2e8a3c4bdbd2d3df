//! Functions of the host that a store owns.

use std::ptr::NonNull;

/// An owned function of the host, whose closure's type is forgotten.
pub(crate) struct HostFuncBox {
    func: NonNull<u8>,
    drop: unsafe fn(NonNull<u8>),
}

impl HostFuncBox {
    /// # Safety
    /// `func` is the address of a value that is `Send + Sync`, and that this owns from now on: `drop` drops
    /// it and frees what it lies in.
    pub(crate) unsafe fn new(func: NonNull<u8>, drop: unsafe fn(NonNull<u8>)) -> Self {
        HostFuncBox { func, drop }
    }
}

// SAFETY: what it owns is `Send + Sync` (promised to `new`).
unsafe impl Send for HostFuncBox {}

// SAFETY: a shared one gives access to nothing but its address.
unsafe impl Sync for HostFuncBox {}

impl Drop for HostFuncBox {
    fn drop(&mut self) {
        // SAFETY: the function owns the value, and `drop` is the one for it (promised to `new`); it is called
        // once.
        unsafe { (self.drop)(self.func) }
    }
}
