//! Instances.

use crate::api::context::AsContextMut;
use crate::api::externs::Extern;
use crate::api::func::Func;
use crate::api::typed::{TypedFunc, WasmParams, WasmResults};
use crate::compile::module::{Escaped, Module};
use crate::store::global::Global;
use crate::store::memory::Memory;
use crate::store::table::Table;
use crate::store::tag::Tag;
use crate::store::{StoreId, StoreOpaque};
use crate::value::error::{Error, Result};
use crate::value::val::ValRaw;
use crate::value::vm::{VmContext, VmFuncImport, VmFuncRef};
use std::ptr::NonNull;
use touchstone_cranelift_wasm::Entity;

/// An instance in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Instance {
    pub(crate) store: StoreId,
    pub(crate) index: u32,
}

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
                // SAFETY: not defined here, so imported: the entry was filled at instantiation.
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

    /// Makes its functions such as cannot be called.
    ///
    /// # Safety
    /// Its store is borrowed exclusively, and no Wasm runs in it.
    pub(crate) unsafe fn give_functions_back(&self) {
        let inner = self.module.inner();
        for Escaped { position, .. } in &inner.escaped {
            let record: *mut VmFuncRef = self.context.at(inner.layout.func_ref(*position));
            // SAFETY: the record is within the context, and was written when the instance was made;
            // whoever reads it has borrowed the store, or is Wasm: now nobody (the caller's promise).
            unsafe { (*record).give_back() };
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
        let instance = (*(*func.as_ptr()).context).instance;
        (!instance.is_null()).then(|| (*instance).index)
    }
}

impl Instance {
    /// Gives the instance up: whoever calls this will not use it any more, nor what it defines.
    ///
    /// Once Wasm cannot reach it from anything else either (from instances that were not released, from
    /// tables and globals of the host, from exceptions in them), its memories and tables are *given
    /// back*: their address space is free, and they count no longer for
    /// [`StoreLimits`](crate::StoreLimits) and [`MemoryUse`](crate::MemoryUse), and references that they
    /// or its globals held are gone. What something else can reach stays: a memory that another instance
    /// imports, or all that a function needs which is in the table of another.
    ///
    /// That is found out now and then: here, when as many instances were released as makes it
    /// worthwhile; when something is instantiated or a memory is made and there is no room for it; and by
    /// [`Store::reclaim`](crate::Store::reclaim). It is never while Wasm runs in the store: within a host
    /// function that Wasm called, a release is only noted.
    ///
    /// Handles stay valid until then. Afterwards memories and tables are empty; calls of the instance's
    /// functions, and whatever would change its memories, tables or globals, or would bring one of its parts
    /// to Wasm again (as an import, an argument, an element, a value of an exception), are
    /// [`Error::Released`]. To release an instance twice is to release it once.
    ///
    /// A small part of each instance stays until the store ends, and so does its module.
    ///
    /// # Panics
    /// If it belongs to another store; or with the panic of the destructor of a host value, when all are
    /// dropped.
    pub fn release(self, mut store: impl AsContextMut) {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        store.check(self.store);
        store.release(self.index);
        store.reclaim_if_due();
    }

    fn data<'a>(&self, store: &'a StoreOpaque) -> &'a InstanceData {
        store.check(self.store);
        store.instance(self.index)
    }

    /// Its module.
    pub fn module(&self, mut store: impl AsContextMut) -> Module {
        self.data(store.as_context_mut().opaque_mut()).module.clone()
    }

    /// The export called `name`, where there is one.
    pub fn get_export(&self, mut store: impl AsContextMut, name: &str) -> Option<Extern> {
        let mut store = store.as_context_mut();
        self.export_in(store.opaque_mut(), name)
    }

    pub(crate) fn export_in(&self, store: &StoreOpaque, name: &str) -> Option<Extern> {
        let data = self.data(store);
        let entity = *data.module.inner().exports.get(name)?;
        Some(data.extern_of(store, entity))
    }

    /// All exports, in the module's order.
    pub fn exports(&self, mut store: impl AsContextMut) -> Vec<(String, Extern)> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let data = self.data(store);
        let exports = data.module.inner().info.exports.iter();
        exports.map(|e| (e.name.clone(), data.extern_of(store, e.entity))).collect()
    }

    /// The exported function called `name`.
    pub fn get_func(&self, store: impl AsContextMut, name: &str) -> Option<Func> {
        self.get_export(store, name)?.into_func()
    }

    /// The exported table called `name`.
    pub fn get_table(&self, store: impl AsContextMut, name: &str) -> Option<Table> {
        self.get_export(store, name)?.into_table()
    }

    /// The exported memory called `name`.
    pub fn get_memory(&self, store: impl AsContextMut, name: &str) -> Option<Memory> {
        self.get_export(store, name)?.into_memory()
    }

    /// The exported global called `name`.
    pub fn get_global(&self, store: impl AsContextMut, name: &str) -> Option<Global> {
        self.get_export(store, name)?.into_global()
    }

    /// The exported function called `name`, with a static type.
    ///
    /// # Errors
    /// If there is none, or its type is another.
    pub fn get_typed_func<P: WasmParams, R: WasmResults>(
        &self,
        mut store: impl AsContextMut,
        name: &str,
    ) -> Result<TypedFunc<P, R>> {
        let func = self.get_func(&mut store, name);
        let missing = || Error::Mismatch(format!("no exported function is called `{name}`"));
        func.ok_or_else(missing)?.typed(store)
    }

    /// The index of `func` in the instance's function index space, where it is one of its functions.
    pub fn func_index(&self, mut store: impl AsContextMut, func: Func) -> Option<u32> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let data = self.data(store);
        let info = &data.module.inner().info;
        let vm = func.vm(store);
        let imported = 0..info.num_imported_functions;
        let escaped = info.escaped_functions().map(|(function, _)| function);
        imported.chain(escaped).find(|f| data.func_ref(*f) == vm)
    }
}
