//! Instances.

use crate::compile::module::{Escaped, Module};
use crate::store::StoreOpaque;
use crate::value::handles::{Extern, Func, Global, Memory, Table, Tag};
use crate::value::val::ValRaw;
use crate::value::vm::{ArrayCall, VmContext, VmFuncImport, VmFuncRef};
use std::ptr::NonNull;
use touchstone_cranelift_wasm::Entity;

/// An instance's state. Boxed by its store: its context holds its address.
pub(crate) struct InstanceData {
    pub(crate) index: u32,
    pub(crate) module: Module,
    pub(crate) context: ContextBox,
    /// Positions in the store, by index space.
    pub(crate) memories: Box<[u32]>,
    pub(crate) tables: Box<[u32]>,
    pub(crate) globals: Box<[u32]>,
    pub(crate) tags: Box<[u32]>,
    /// Position of the first element segment in the store.
    pub(crate) first_segment: u32,
    /// Position of the first data segment in the store.
    pub(crate) first_data: u32,
}

/// The memory of a context, zeroed at first. Compiled code writes to it.
pub(crate) struct ContextBox {
    memory: NonNull<[ValRaw]>,
}

impl ContextBox {
    pub(crate) fn new(size: u32) -> Self {
        let words = (size as usize).div_ceil(size_of::<ValRaw>());
        let memory: Box<[ValRaw]> = vec![ValRaw::ZERO; words].into();
        ContextBox { memory: NonNull::from(Box::leak(memory)) }
    }

    /// Its size in bytes.
    pub(crate) fn size(&self) -> usize {
        self.memory.len() * size_of::<ValRaw>()
    }

    pub(crate) fn as_ptr(&self) -> *mut VmContext {
        self.memory.as_ptr().cast()
    }

    /// Address of the byte at `offset`.
    pub(crate) fn at<T>(&self, offset: u32) -> *mut T {
        debug_assert!(offset as usize + size_of::<T>() <= self.memory.len() * size_of::<ValRaw>());
        self.as_ptr().cast::<u8>().wrapping_add(offset as usize).cast()
    }
}

impl Drop for ContextBox {
    fn drop(&mut self) {
        // SAFETY: it came from a box; the instance that it belongs to ends with its store.
        drop(unsafe { Box::from_raw(self.memory.as_ptr()) });
    }
}

impl InstanceData {
    /// The record of a function that references can be made of.
    pub(crate) fn func_ref(&self, function: u32) -> NonNull<VmFuncRef> {
        let module = self.module.inner();
        match module.info.escaped_index(function) {
            Some(escaped) => {
                let record = self.context.at(module.layout.func_ref(escaped));
                NonNull::new(record).expect("within the context")
            }
            None => {
                let import: *const VmFuncImport =
                    self.context.at(module.layout.func_import(function));
                // SAFETY: the module does not define the function, so it imports it: `fill_context` wrote
                // the entry before anybody could ask, and the context lives as long as `self`.
                unsafe { (*import).func_ref }
            }
        }
    }

    /// The records of the functions that it imports.
    pub(crate) fn imported_funcs(&self) -> impl Iterator<Item = NonNull<VmFuncRef>> + '_ {
        (0..self.module.inner().info.num_imported_functions).map(|function| self.func_ref(function))
    }

    /// Positions in the store of what it defines, and does not import.
    pub(crate) fn defined(&self) -> [&[u32]; 3] {
        let info = &self.module.inner().info;
        [
            &self.memories[info.num_imported_memories as usize..],
            &self.tables[info.num_imported_tables as usize..],
            &self.globals[info.num_imported_globals as usize..],
        ]
    }

    /// Positions in the store of its element segments.
    pub(crate) fn segments(&self) -> std::ops::Range<u32> {
        let count = self.module.inner().info.elements.len() as u32;
        self.first_segment..self.first_segment + count
    }

    /// Makes its functions such as cannot be called: who tries calls `refuse`.
    ///
    /// # Safety
    /// Its store is borrowed exclusively, and no Wasm runs in it.
    pub(crate) unsafe fn give_functions_back(&self, refuse: ArrayCall) {
        let inner = self.module.inner();
        for Escaped { position, .. } in &inner.escaped {
            let record: *mut VmFuncRef = self.context.at(inner.layout.func_ref(*position));
            // SAFETY: the record is within the context, and was written when the instance was made;
            // whoever reads it has borrowed the store, or is Wasm: now nobody (the caller's promise).
            unsafe { (*record).give_back(refuse) };
        }
    }

    pub(crate) fn extern_of(&self, store: &StoreOpaque, entity: Entity) -> Extern {
        let id = store.id();
        match entity {
            // SAFETY: the record is one of this instance, which belongs to the store.
            Entity::Function(i) => unsafe { Func::from_vm(store, self.func_ref(i)) }.into(),
            Entity::Table(i) => Table { store: id, index: self.tables[i as usize] }.into(),
            Entity::Memory(i) => Memory { store: id, index: self.memories[i as usize] }.into(),
            Entity::Global(i) => Global { store: id, index: self.globals[i as usize] }.into(),
            Entity::Tag(i) => Tag { store: id, index: self.tags[i as usize] }.into(),
        }
    }
}

/// The position in its store of the instance whose function `func` is; `None` for a host function.
///
/// # Safety
/// `func` is the record of a function of a store that is borrowed.
pub(crate) unsafe fn instance_of(func: NonNull<VmFuncRef>) -> Option<u32> {
    // SAFETY: records, contexts and instances live as long as their store, which is borrowed (the
    // caller's promise); nothing changes these fields once they are written.
    unsafe {
        let instance = (*(*func.as_ptr()).context).instance.cast::<InstanceData>();
        (!instance.is_null()).then(|| (*instance).index)
    }
}
