//! Stores: what owns everything that runs.

use crate::activation::Activation;
use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::global::GlobalInstance;
use crate::host::HostFuncBox;
use crate::instance::InstanceData;
use crate::memory::MemoryInstance;
use crate::table::TableInstance;
use crate::types::{GlobalType, MemoryType, TableType};
use crate::val::ValRaw;
use crate::vm::VmStore;
use std::any::Any;
use std::marker::PhantomData;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU64, Ordering};

/// The identity of a store in this process, never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct StoreId(u64);

/// Owns instances, functions, memories, tables and globals, and a value of the host's choice.
///
/// Nothing in a store is freed before the store is.
///
/// A store is invariant in `T`: its host functions read the data as just that type.
///
/// ```compile_fail
/// # use touchstone_runtime::Store;
/// fn widen(store: Store<for<'a> fn(&'a str)>) -> Store<fn(&'static str)> {
///     store
/// }
/// ```
pub struct Store<T: 'static> {
    inner: NonNull<StoreInner<T>>,
    invariant: PhantomData<fn(T) -> T>,
}

// SAFETY: the store owns what it points to; its parts are `Send` (asserted by their own impls)
// and while Wasm runs the store is exclusively borrowed, so no activation is left behind.
unsafe impl<T: Send> Send for Store<T> {}
// SAFETY: a shared store gives shared access to plain data and to `T`.
unsafe impl<T: Sync> Sync for Store<T> {}

/// A store with the host's data. Compiled code holds its address: it never moves.
#[repr(C)]
pub(crate) struct StoreInner<T> {
    /// First, so that a pointer to the store is one to its opaque part.
    pub(crate) opaque: StoreOpaque,
    pub(crate) data: T,
}

/// A store without the host's data.
#[repr(C)]
pub(crate) struct StoreOpaque {
    /// First, so that a pointer to the record is one to the store.
    pub(crate) vm: VmStore,
    /// The store itself, by a pointer to all of it: contexts hold this one.
    pub(crate) root: *mut StoreOpaque,
    /// The youngest activation.
    pub(crate) activations: *const Activation,
    /// Why the youngest activation is being ended.
    pub(crate) pending: Option<Pending>,
    pub(crate) max_wasm_stack: usize,
    id: StoreId,
    engine: Engine,
    instances: Vec<NonNull<InstanceData>>,
    // Boxed: compiled code holds the addresses of their records.
    #[allow(clippy::vec_box)]
    memories: Vec<Box<MemoryInstance>>,
    #[allow(clippy::vec_box)]
    tables: Vec<Box<TableInstance>>,
    globals: Vec<GlobalInstance>,
    host_cells: Vec<NonNull<ValRaw>>,
    host_funcs: Vec<HostFuncBox>,
}

/// Why an activation ends.
pub(crate) enum Pending {
    /// A trap, or an error of a host function.
    Error(Error),
    /// A panic of a host function, to be continued.
    Panic(Box<dyn Any + Send>),
}

impl<T> Store<T> {
    /// An empty store with `data`.
    pub fn new(engine: &Engine, data: T) -> Self {
        let opaque = StoreOpaque::new(engine);
        let inner = Box::into_raw(Box::new(StoreInner { opaque, data }));
        // SAFETY: a box is not null, and nothing else refers to it yet.
        let inner = unsafe {
            (*inner).opaque.root = inner.cast();
            NonNull::new_unchecked(inner)
        };
        Store { inner, invariant: PhantomData }
    }

    pub(crate) fn inner(&self) -> &StoreInner<T> {
        // SAFETY: the pointer is valid until `drop`; `&self` excludes writers.
        unsafe { self.inner.as_ref() }
    }

    pub(crate) fn inner_mut(&mut self) -> &mut StoreInner<T> {
        // SAFETY: the pointer is valid until `drop`; `&mut self` excludes all others.
        unsafe { self.inner.as_mut() }
    }

    /// The host's data.
    pub fn data(&self) -> &T {
        &self.inner().data
    }

    /// The host's data.
    pub fn data_mut(&mut self) -> &mut T {
        &mut self.inner_mut().data
    }

    /// Its engine.
    pub fn engine(&self) -> &Engine {
        self.inner().opaque.engine()
    }

    /// Drops everything but the host's data.
    pub fn into_data(self) -> T {
        let this = std::mem::ManuallyDrop::new(self);
        // SAFETY: the pointer came from a box and, `drop` being suppressed, is used no more.
        let inner = unsafe { Box::from_raw(this.inner.as_ptr()) };
        inner.data
    }
}

impl<T> Drop for Store<T> {
    fn drop(&mut self) {
        // SAFETY: the pointer came from a box and is used no more.
        drop(unsafe { Box::from_raw(self.inner.as_ptr()) });
    }
}

impl<T: std::fmt::Debug> std::fmt::Debug for Store<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("data", self.data()).finish_non_exhaustive()
    }
}

impl StoreOpaque {
    fn new(engine: &Engine) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        StoreOpaque {
            vm: VmStore {
                stack_limit: usize::MAX,
                exit_fp: 0,
                exit_pc: 0,
                entry_fp: 0,
                entry_sp: 0,
                entry_handler: 0,
                entry_canary: std::ptr::null(),
            },
            root: std::ptr::null_mut(),
            activations: std::ptr::null(),
            pending: None,
            max_wasm_stack: engine.config().max_wasm_stack,
            id: StoreId(NEXT.fetch_add(1, Ordering::Relaxed)),
            engine: engine.clone(),
            instances: Vec::new(),
            memories: Vec::new(),
            tables: Vec::new(),
            globals: Vec::new(),
            host_cells: Vec::new(),
            host_funcs: Vec::new(),
        }
    }

    pub(crate) fn id(&self) -> StoreId {
        self.id
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// # Panics
    /// If a handle's store is not this one.
    #[inline]
    pub(crate) fn check(&self, id: StoreId) {
        assert!(self.id == id, "a handle was used with a store that is not its own");
    }

    pub(crate) fn add_instance(&mut self, instance: Box<InstanceData>) -> u32 {
        self.instances.push(NonNull::from(Box::leak(instance)));
        self.instances.len() as u32 - 1
    }

    pub(crate) fn instance(&self, index: u32) -> &InstanceData {
        // SAFETY: instances live as long as the store.
        unsafe { self.instances[index as usize].as_ref() }
    }

    pub(crate) fn instance_ptr(&self, index: u32) -> NonNull<InstanceData> {
        self.instances[index as usize]
    }

    pub(crate) fn add_memory(&mut self, ty: MemoryType) -> Result<u32> {
        self.memories.push(Box::new(MemoryInstance::new(ty)?));
        Ok(self.memories.len() as u32 - 1)
    }

    pub(crate) fn memory(&self, index: u32) -> &MemoryInstance {
        &self.memories[index as usize]
    }

    pub(crate) fn memory_mut(&mut self, index: u32) -> &mut MemoryInstance {
        &mut self.memories[index as usize]
    }

    /// Whether `address` lies in some memory's reservation.
    pub(crate) fn owns_guard(&self, address: usize) -> bool {
        self.memories.iter().any(|m| m.reserves(address))
    }

    pub(crate) fn add_table(&mut self, ty: TableType) -> Result<u32> {
        self.tables.push(Box::new(TableInstance::new(ty)?));
        Ok(self.tables.len() as u32 - 1)
    }

    pub(crate) fn table(&self, index: u32) -> &TableInstance {
        &self.tables[index as usize]
    }

    pub(crate) fn table_mut(&mut self, index: u32) -> &mut TableInstance {
        &mut self.tables[index as usize]
    }

    pub(crate) fn add_host_global(&mut self, ty: GlobalType, value: ValRaw) -> u32 {
        let cell = NonNull::from(Box::leak(Box::new(value)));
        self.host_cells.push(cell);
        self.add_global(GlobalInstance { cell, ty })
    }

    pub(crate) fn add_global(&mut self, global: GlobalInstance) -> u32 {
        self.globals.push(global);
        self.globals.len() as u32 - 1
    }

    pub(crate) fn global(&self, index: u32) -> &GlobalInstance {
        &self.globals[index as usize]
    }

    pub(crate) fn add_host_func(&mut self, func: HostFuncBox) {
        self.host_funcs.push(func);
    }
}

impl Drop for StoreOpaque {
    fn drop(&mut self) {
        for instance in self.instances.drain(..) {
            // SAFETY: it came from a box; nothing that refers to it survives the store.
            drop(unsafe { Box::from_raw(instance.as_ptr()) });
        }
        for cell in self.host_cells.drain(..) {
            // SAFETY: as above.
            drop(unsafe { Box::from_raw(cell.as_ptr()) });
        }
    }
}
