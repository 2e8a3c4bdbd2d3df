//! Records that compiled code reads and writes. Their layout is defined by
//! [`touchstone_cranelift_wasm::layout`] and checked here at compile time.

use crate::types::registry::TypeId;
use crate::value::val::ValRaw;
use std::mem::offset_of;
use std::ptr::NonNull;
use std::sync::atomic::AtomicUsize;
use touchstone_cranelift_wasm::layout;

mod owned;
#[cfg(test)]
mod tests;

pub(crate) use owned::VmOwned;

/// The part of a store that compiled code accesses. It is the first field of every store.
#[repr(C)]
#[derive(Debug)]
pub(crate) struct VmStore {
    pub(crate) stack_limit: usize,
    pub(crate) exit_fp: usize,
    pub(crate) exit_pc: usize,
    pub(crate) entry_fp: usize,
    pub(crate) entry_sp: usize,
    pub(crate) entry_handler: usize,
    pub(crate) entry_canary: *const u64,
    /// Points to the word that is not zero if the program is to be interrupted.
    pub(crate) interrupt: *const crate::value::interrupt::Interrupt,
    /// Units of fuel that are left.
    pub(crate) fuel: i64,
}

/// The header of every context.
#[repr(C)]
#[derive(Debug)]
pub(crate) struct VmContext {
    pub(crate) magic: u64,
    pub(crate) store: *mut VmStore,
    pub(crate) builtins: *const usize,
    pub(crate) type_ids: *const TypeId,
    /// The instance to which the context belongs, or null in a host function's context.
    pub(crate) instance: *mut VmInstance,
}

/// An instance's data, which is opaque to this layer.
#[derive(Debug)]
pub(crate) struct VmInstance {
    _opaque: [u8; 0],
}

/// The context of a host function, up to the place where its closure follows.
#[repr(C)]
pub(crate) struct VmHostContext {
    pub(crate) header: VmContext,
    pub(crate) func: HostFn,
}

/// The function that a host call trampoline calls. It takes the contexts of the callee and the caller, and
/// the arguments, which the results replace. It returns 0 (false) if the store holds an error to raise.
pub(crate) type HostFn = unsafe extern "C" fn(*mut VmContext, *mut VmContext, *mut ValRaw) -> u8;

/// An entry trampoline. It takes the contexts of the callee and the caller, the code to call, and the
/// arguments, which the results replace.
pub(crate) type ArrayCall =
    unsafe extern "C" fn(*mut VmContext, *mut VmContext, *const u8, *mut ValRaw) -> u8;

/// The record to which a function reference points.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub(crate) struct VmFuncRef {
    pub(crate) wasm_call: *const u8,
    pub(crate) array_call: ArrayCall,
    pub(crate) context: *mut VmContext,
    pub(crate) type_id: TypeId,
}

/// Its address takes the place of the code of functions that were given back. It cannot be executed.
static GIVEN_BACK: u8 = 0;

impl VmFuncRef {
    /// Makes this the record of a function that was given back. Wasm must not call it, and a call by the host
    /// calls `refuse`.
    pub(crate) fn give_back(&mut self, refuse: ArrayCall) {
        self.wasm_call = &raw const GIVEN_BACK;
        self.array_call = refuse;
    }

    /// Whether the function was given back.
    pub(crate) fn is_given_back(&self) -> bool {
        std::ptr::eq(self.wasm_call, &raw const GIVEN_BACK)
    }
}

/// The entry of an imported function within a context.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub(crate) struct VmFuncImport {
    pub(crate) wasm_call: *const u8,
    pub(crate) context: *mut VmContext,
    pub(crate) func_ref: NonNull<VmFuncRef>,
}

/// The entry of a memory within a context.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub(crate) struct VmMemoryEntry {
    pub(crate) base: *mut u8,
    pub(crate) record: *const VmMemory,
}

/// The record of a memory.
#[repr(C)]
#[derive(Debug)]
pub(crate) struct VmMemory {
    pub(crate) base: *mut u8,
    /// Length in bytes. Other threads that share the memory may increase it at any time.
    pub(crate) length: AtomicUsize,
}

/// The record of a table. Its elements are pointers to function records, or references into the heap.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub(crate) struct VmTable {
    pub(crate) base: *mut u8,
    pub(crate) length: usize,
}

const _: () = {
    use layout::{
        context, func_import, func_ref, host_context, memory, memory_entry, store, table,
    };
    assert!(offset_of!(VmStore, stack_limit) == store::STACK_LIMIT as usize);
    assert!(offset_of!(VmStore, exit_fp) == store::EXIT_FP as usize);
    assert!(offset_of!(VmStore, exit_pc) == store::EXIT_PC as usize);
    assert!(offset_of!(VmStore, entry_fp) == store::ENTRY_FP as usize);
    assert!(offset_of!(VmStore, entry_sp) == store::ENTRY_SP as usize);
    assert!(offset_of!(VmStore, entry_handler) == store::ENTRY_HANDLER as usize);
    assert!(offset_of!(VmStore, entry_canary) == store::ENTRY_CANARY as usize);
    assert!(offset_of!(VmStore, interrupt) == store::INTERRUPT as usize);
    assert!(offset_of!(VmStore, fuel) == store::FUEL as usize);
    assert!(offset_of!(VmContext, magic) == context::MAGIC as usize);
    assert!(offset_of!(VmContext, store) == context::STORE as usize);
    assert!(offset_of!(VmContext, builtins) == context::BUILTINS as usize);
    assert!(offset_of!(VmContext, type_ids) == context::TYPE_IDS as usize);
    assert!(offset_of!(VmContext, instance) == context::INSTANCE as usize);
    assert!(size_of::<VmContext>() == context::SIZE as usize);
    assert!(offset_of!(VmHostContext, func) == host_context::FUNC as usize);
    assert!(offset_of!(VmFuncRef, wasm_call) == func_ref::WASM_CALL as usize);
    assert!(offset_of!(VmFuncRef, array_call) == func_ref::ARRAY_CALL as usize);
    assert!(offset_of!(VmFuncRef, context) == func_ref::CONTEXT as usize);
    assert!(offset_of!(VmFuncRef, type_id) == func_ref::TYPE_ID as usize);
    assert!(size_of::<VmFuncRef>() == func_ref::SIZE as usize);
    assert!(offset_of!(VmFuncImport, wasm_call) == func_import::WASM_CALL as usize);
    assert!(offset_of!(VmFuncImport, context) == func_import::CONTEXT as usize);
    assert!(offset_of!(VmFuncImport, func_ref) == func_import::FUNC_REF as usize);
    assert!(size_of::<VmFuncImport>() == func_import::SIZE as usize);
    assert!(offset_of!(VmMemoryEntry, base) == memory_entry::BASE as usize);
    assert!(offset_of!(VmMemoryEntry, record) == memory_entry::RECORD as usize);
    assert!(size_of::<VmMemoryEntry>() == memory_entry::SIZE as usize);
    assert!(offset_of!(VmMemory, base) == memory::BASE as usize);
    assert!(offset_of!(VmMemory, length) == memory::LENGTH as usize);
    assert!(offset_of!(VmTable, base) == table::BASE as usize);
    assert!(offset_of!(VmTable, length) == table::LENGTH as usize);
    assert!(size_of::<ValRaw>() == layout::VALUE_SIZE as usize);
};
