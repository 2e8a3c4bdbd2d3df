//! The runtime's functions that compiled code calls.
//!
//! Each is entered through its trampoline, which recorded the exit from Wasm.

use crate::activation;
use crate::memory::MemoryInstance;
use crate::store::StoreOpaque;
use crate::vm::VmContext;
use touchstone_cranelift_wasm::builtin::Builtin;

/// Address of the host's side of `builtin`.
pub(crate) fn address(builtin: Builtin) -> usize {
    match builtin {
        Builtin::Raise => raise as *const () as usize,
        Builtin::MemoryGrow => memory_grow as *const () as usize,
    }
}

/// Ends the activation.
unsafe extern "C" fn raise(context: *mut VmContext) -> ! {
    // SAFETY: a host call trampoline called, after its host function stored an error; its frame
    // and those of Wasm below the entry have nothing to drop.
    unsafe { activation::raise((*context).store.cast::<StoreOpaque>()) }
}

/// Grows memory `index` by `delta` pages; gives the old size in pages, or −1.
unsafe extern "C" fn memory_grow(context: *mut VmContext, index: u32, delta: u64) -> i64 {
    // SAFETY: compiled code passes its own context, whose instance and store are live and, while
    // Wasm runs on this thread, used by nothing else.
    unsafe {
        let instance = &*(*context).instance;
        let store = (*context).store.cast::<StoreOpaque>();
        let memory: &mut MemoryInstance = (*store).memory_mut(instance.memories[index as usize]);
        memory.grow(delta).map_or(-1, |old| old as i64)
    }
}
