//! Functions of the host that a store owns.

use std::ptr::NonNull;

/// An owned function of the host, whose closure's type is forgotten.
pub(crate) struct HostFuncBox {
    pub(crate) func: NonNull<u8>,
    pub(crate) drop: unsafe fn(NonNull<u8>),
}

// SAFETY: closures are `Send + Sync` (demanded where they come in), and so are signatures; the rest is
// plain data.
unsafe impl Send for HostFuncBox {}

// SAFETY: a shared one gives access to nothing but its address.
unsafe impl Sync for HostFuncBox {}

impl Drop for HostFuncBox {
    fn drop(&mut self) {
        // SAFETY: `drop` is the one for this pointer's type, called once.
        unsafe { (self.drop)(self.func) }
    }
}
