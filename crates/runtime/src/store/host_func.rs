//! Functions of the host that a store owns.

use std::ptr::NonNull;

/// An owned function of the host, whose closure's type is forgotten.
pub(crate) struct HostFuncBox {
    func: NonNull<u8>,
    drop: unsafe fn(NonNull<u8>),
}

impl HostFuncBox {
    /// # Safety
    /// `func` is the address of a value that is `Send + Sync`, and that the result owns from now on. `drop`
    /// drops that value and frees its memory.
    pub(crate) unsafe fn new(func: NonNull<u8>, drop: unsafe fn(NonNull<u8>)) -> Self {
        HostFuncBox { func, drop }
    }
}

// SAFETY: the value that it owns is `Send + Sync` (promised to `new`).
unsafe impl Send for HostFuncBox {}

// SAFETY: a shared reference gives access to nothing but the address of the value.
unsafe impl Sync for HostFuncBox {}

impl Drop for HostFuncBox {
    fn drop(&mut self) {
        // SAFETY: `self` owns the value, and `self.drop` is the function that drops it (promised to `new`);
        // it is called once, here.
        unsafe { (self.drop)(self.func) }
    }
}
