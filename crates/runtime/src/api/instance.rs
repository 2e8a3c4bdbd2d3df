//! Instances, as the host sees them.

use crate::api::memory::SharedMemory;
use crate::api::typed::{TypedFunc, WasmParams, WasmResults};
use crate::compile::module::Module;
use crate::store::StoreOpaque;
use crate::store::context::{AsContext, AsContextMut};
use crate::store::instance::InstanceData;
use crate::value::error::{Error, Result};
use crate::value::handles::{Extern, Func, Global, Instance, Memory, Table, Tag};
use touchstone_cranelift_wasm::FuncIdx;

impl Instance {
    /// Releases the instance: its owner will use neither the instance nor anything that it defines any more.
    ///
    /// Once Wasm cannot reach the instance from anything else either (from instances that were not released,
    /// from tables and globals of the host, or from exceptions in them), its memories and tables are *given
    /// back*: their address space is freed, they no longer count for [`StoreLimits`](crate::StoreLimits) and
    /// [`MemoryUse`](crate::MemoryUse), and the references that they or the instance's globals held are
    /// dropped. What something else can reach is kept, such as a memory that another instance imports, or
    /// everything that a function in the table of another instance needs.
    ///
    /// The engine looks for such instances here, when enough instances were released to make it worthwhile;
    /// when there is no room for a new instance or memory; and in [`Store::reclaim`](crate::Store::reclaim).
    /// It never does so while Wasm runs in the store: within a host function that Wasm called, a release is
    /// only recorded.
    ///
    /// Handles stay valid until the instance is given back. Afterwards its memories and tables are empty.
    /// Calls of its functions then fail with [`Error::Released`], and so does whatever would change its
    /// memories, tables or globals or would pass one of its parts to Wasm again (as an import, an argument,
    /// an element, or a value of an exception). Releasing an instance twice has no further effect.
    ///
    /// A small part of each instance remains until the store is dropped, and so does its module.
    ///
    /// # Panics
    /// Panics if the instance belongs to another store; or with the panic of the destructor of a host value,
    /// once all values are dropped.
    pub fn release(self, mut store: impl AsContextMut) {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        store.check(self.store);
        store.release(self.addr);
        store.reclaim_if_due();
    }

    fn data<'a>(&self, store: &'a StoreOpaque) -> &'a InstanceData {
        store.check(self.store);
        store.instance(self.addr)
    }

    /// The module that the instance was made from.
    pub fn module(&self, store: impl AsContext) -> Module {
        self.data(store.as_context().opaque()).module.clone()
    }

    /// The export called `name`, if there is one.
    pub fn get_export(&self, store: impl AsContext, name: &str) -> Option<Extern> {
        self.export_in(store.as_context().opaque(), name)
    }

    pub(crate) fn export_in(&self, store: &StoreOpaque, name: &str) -> Option<Extern> {
        let data = self.data(store);
        let entity = *data.module.inner().exports.get(name)?;
        Some(data.extern_of(store, entity))
    }

    /// All exports with their names, in the module's order.
    pub fn exports(&self, store: impl AsContext) -> Vec<(String, Extern)> {
        let store = store.as_context();
        let store = store.opaque();
        let data = self.data(store);
        let exports = data.module.inner().info.exports.iter();
        exports.map(|e| (e.name.clone(), data.extern_of(store, e.entity))).collect()
    }

    /// The exported function called `name`, if there is one.
    pub fn get_func(&self, store: impl AsContext, name: &str) -> Option<Func> {
        self.get_export(store, name)?.into_func()
    }

    /// The exported table called `name`, if there is one.
    pub fn get_table(&self, store: impl AsContext, name: &str) -> Option<Table> {
        self.get_export(store, name)?.into_table()
    }

    /// The exported memory called `name`, if there is one.
    pub fn get_memory(&self, store: impl AsContext, name: &str) -> Option<Memory> {
        self.get_export(store, name)?.into_memory()
    }

    /// The exported global called `name`, if there is one.
    pub fn get_global(&self, store: impl AsContext, name: &str) -> Option<Global> {
        self.get_export(store, name)?.into_global()
    }

    /// The exported tag called `name`, if there is one.
    pub fn get_tag(&self, store: impl AsContext, name: &str) -> Option<Tag> {
        self.get_export(store, name)?.into_tag()
    }

    /// The exported memory called `name`, if there is one and it is shared.
    pub fn get_shared_memory(&self, store: impl AsContext, name: &str) -> Option<SharedMemory> {
        self.get_memory(&store, name)?.as_shared(store)
    }

    /// The exported function called `name`, to which it gives a static type.
    ///
    /// # Errors
    /// Fails if no exported function is called `name`, or the function has another type.
    pub fn get_typed_func<P: WasmParams, R: WasmResults>(
        &self,
        store: impl AsContext,
        name: &str,
    ) -> Result<TypedFunc<P, R>> {
        let func = self.get_func(&store, name);
        let missing = || Error::Mismatch(format!("no exported function is called `{name}`"));
        func.ok_or_else(missing)?.typed(store)
    }

    /// The index of `func` in the instance's function index space, if `func` is one of its functions.
    pub fn func_index(&self, store: impl AsContext, func: Func) -> Option<u32> {
        let store = store.as_context();
        let store = store.opaque();
        let data = self.data(store);
        let info = &data.module.inner().info;
        let vm = func.vm(store);
        let imported = info.imported_functions();
        let escaped = info.escaped_functions().map(|(function, _)| function);
        let found = imported.chain(escaped).find(|f| data.func_ref(*f) == vm);
        found.map(FuncIdx::as_u32)
    }
}
