//! Instances, as their store keeps them.

use crate::compile::module::{Escaped, Module};
use crate::store::StoreOpaque;
use crate::value::address::{
    DataAddr, ElemAddr, GlobalAddr, InstanceAddr, MemAddr, TableAddr, TagAddr,
};
use crate::value::handles::{Extern, Func, Global, Memory, Table, Tag};
use crate::value::val::ValRaw;
use crate::value::vm::{ArrayCall, VmContext, VmFuncImport, VmFuncRef};
use cranelift_codegen::entity::BoxedSlice;
use std::ptr::NonNull;
use touchstone_cranelift_wasm::{
    DataIdx, ElemIdx, Entity, FuncIdx, GlobalIdx, MemIdx, TableIdx, TagIdx,
};

/// An instance's state. Its store keeps it in a box, because its context holds its address.
pub(crate) struct InstanceData {
    pub(crate) addr: InstanceAddr,
    pub(crate) module: Module,
    pub(crate) context: ContextBox,
    /// The addresses of the memories, tables, globals and tags that it imports and defines.
    pub(crate) memories: BoxedSlice<MemIdx, MemAddr>,
    pub(crate) tables: BoxedSlice<TableIdx, TableAddr>,
    pub(crate) globals: BoxedSlice<GlobalIdx, GlobalAddr>,
    pub(crate) tags: BoxedSlice<TagIdx, TagAddr>,
    /// The first of its element segments, whose addresses follow one another.
    pub(crate) first_segment: ElemAddr,
    /// The first of its data segments, whose addresses follow one another.
    pub(crate) first_data: DataAddr,
}

/// The memory of a context, which is zeroed when it is made. Compiled code writes to it.
pub(crate) struct ContextBox {
    memory: NonNull<[ValRaw]>,
}

impl ContextBox {
    pub(crate) fn new(size: u32) -> Self {
        let words = (size as usize).div_ceil(size_of::<ValRaw>());
        let memory: Box<[ValRaw]> = vec![ValRaw::ZERO; words].into();
        ContextBox { memory: NonNull::from(Box::leak(memory)) }
    }

    /// Size of the context in bytes.
    pub(crate) fn size(&self) -> usize {
        self.memory.len() * size_of::<ValRaw>()
    }

    pub(crate) fn as_ptr(&self) -> *mut VmContext {
        self.memory.as_ptr().cast()
    }

    /// The address of the byte at `offset`.
    pub(crate) fn at<T>(&self, offset: u32) -> *mut T {
        debug_assert!(offset as usize + size_of::<T>() <= self.memory.len() * size_of::<ValRaw>());
        self.as_ptr().cast::<u8>().wrapping_add(offset as usize).cast()
    }
}

impl Drop for ContextBox {
    fn drop(&mut self) {
        // SAFETY: the memory came from a box (`new`). The context is dropped with its instance, and its store
        // drops that only when nothing refers to it (`Drop` of the store, `roll_back`).
        drop(unsafe { Box::from_raw(self.memory.as_ptr()) });
    }
}

impl InstanceData {
    /// The record of a function of which references can be made.
    pub(crate) fn func_ref(&self, function: FuncIdx) -> NonNull<VmFuncRef> {
        let module = self.module.inner();
        match module.info.escaped_index(function) {
            Some(escaped) => {
                let record = self.context.at(module.layout.func_ref(escaped));
                NonNull::new(record).expect("within the context")
            }
            None => {
                let import: *const VmFuncImport =
                    self.context.at(module.layout.func_import(function));
                // SAFETY: the module does not define the function, so it imports it. `fill_context` wrote the
                // import's entry when the instance was made, and the context lives as long as `self`.
                unsafe { (*import).func_ref }
            }
        }
    }

    /// The records of the functions that the instance imports.
    pub(crate) fn imported_funcs(&self) -> impl Iterator<Item = NonNull<VmFuncRef>> + '_ {
        self.module.inner().info.imported_functions().map(|function| self.func_ref(function))
    }

    /// The addresses of the memories that the instance itself defines.
    pub(crate) fn defined_memories(&self) -> impl Iterator<Item = MemAddr> + '_ {
        let imported = self.module.inner().info.num_imported_memories;
        self.memories.values().copied().skip(imported as usize)
    }

    /// The addresses of the tables that the instance itself defines.
    pub(crate) fn defined_tables(&self) -> impl Iterator<Item = TableAddr> + '_ {
        let imported = self.module.inner().info.num_imported_tables;
        self.tables.values().copied().skip(imported as usize)
    }

    /// The addresses of the globals that the instance itself defines.
    pub(crate) fn defined_globals(&self) -> impl Iterator<Item = GlobalAddr> + '_ {
        let imported = self.module.inner().info.num_imported_globals;
        self.globals.values().copied().skip(imported as usize)
    }

    /// The address of one of its element segments.
    pub(crate) fn segment(&self, index: ElemIdx) -> ElemAddr {
        ElemAddr::from_u32(self.first_segment.as_u32() + index.as_u32())
    }

    /// The addresses of its element segments.
    pub(crate) fn segments(&self) -> impl Iterator<Item = ElemAddr> + '_ {
        self.module.inner().info.elements.keys().map(|index| self.segment(index))
    }

    /// The address of one of its data segments.
    pub(crate) fn data_segment(&self, index: DataIdx) -> DataAddr {
        DataAddr::from_u32(self.first_data.as_u32() + index.as_u32())
    }

    /// Changes the records of its functions so that a call of one calls `refuse` instead.
    ///
    /// # Safety
    /// The store of the instance is borrowed exclusively, and no Wasm runs in it.
    pub(crate) unsafe fn give_functions_back(&self, refuse: ArrayCall) {
        let inner = self.module.inner();
        for Escaped { position, .. } in &inner.escaped {
            let record: *mut VmFuncRef = self.context.at(inner.layout.func_ref(*position));
            // SAFETY: the record is within the context, and `fill_context` wrote it when the instance was
            // made. Only borrowers of the store and Wasm read it, and now there are none (the caller's
            // promise).
            unsafe { (*record).give_back(refuse) };
        }
    }

    pub(crate) fn extern_of(&self, store: &StoreOpaque, entity: Entity) -> Extern {
        let id = store.id();
        match entity {
            // SAFETY: the record is one of this instance, which belongs to `store`: the callers take it from
            // there.
            Entity::Function(i) => unsafe { Func::from_vm(store, self.func_ref(i)) }.into(),
            Entity::Table(i) => Table { store: id, addr: self.tables[i] }.into(),
            Entity::Memory(i) => Memory { store: id, addr: self.memories[i] }.into(),
            Entity::Global(i) => Global { store: id, addr: self.globals[i] }.into(),
            Entity::Tag(i) => Tag { store: id, addr: self.tags[i] }.into(),
        }
    }
}

/// The address of the instance to which `func` belongs, or `None` for a host function.
///
/// # Safety
/// `func` is the record of a function of a store that is borrowed.
pub(crate) unsafe fn instance_of(func: NonNull<VmFuncRef>) -> Option<InstanceAddr> {
    // SAFETY: records, contexts and instances live as long as their store, which is borrowed (the
    // caller's promise); nothing changes these fields once they are written.
    unsafe {
        let instance = (*(*func.as_ptr()).context).instance.cast::<InstanceData>();
        (!instance.is_null()).then(|| (*instance).addr)
    }
}
