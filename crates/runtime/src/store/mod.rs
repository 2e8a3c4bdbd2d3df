//! Stores, which own everything that runs.

pub(crate) mod activation;
pub(crate) mod context;
pub(crate) mod convert;
mod fuel;
pub(crate) mod global;
pub(crate) mod hooks;
pub(crate) mod host_func;
pub(crate) mod instance;
pub(crate) mod limits;
pub(crate) mod memory;
pub(crate) mod objects;
mod parts;
pub(crate) mod segment;
pub(crate) mod table;
pub(crate) mod table_storage;
pub(crate) mod tag;
pub(crate) mod wait;

pub(crate) mod census;
mod checkpoint;
mod reclaim;
mod trace;

use crate::compile::engine::Engine;
use crate::gc::Heap;
use crate::store::activation::Activation;
use crate::store::context::StoreContextMut;
use crate::store::global::GlobalInstance;
use crate::store::hooks::Hooks;
use crate::store::host_func::HostFuncBox;
use crate::store::instance::InstanceData;
use crate::store::limits::{MemoryUse, StoreLimits, StoreUse};
use crate::store::memory::MemoryInstance;
use crate::store::objects::KnownType;
use crate::store::segment::ElementInstance;
use crate::store::table::TableInstance;
use crate::store::tag::TagInstance;
use crate::sys::identity::StoreId;
use crate::sys::stack::Stack;
use crate::types::registry::{TypeId, TypesInUse};
use crate::value::address::{
    AddrVec, DataAddr, ElemAddr, GlobalAddr, InstanceAddr, MemAddr, TableAddr, TagAddr,
};
use crate::value::error::{Error, Result};
use crate::value::interrupt::{Interrupt, InterruptHandle, Poll};
use crate::value::val::ValRaw;
use crate::value::vm::VmStore;
pub(crate) use checkpoint::Checkpoint;
use reclaim::LivesOnDemand;
use std::any::Any;
use std::collections::HashMap;
use std::marker::PhantomData;
use std::ptr::NonNull;
use std::sync::Arc;

/// A store, which owns instances, functions, memories, tables and globals, and data of the host's choice.
///
/// The contents of a store remain until the store is dropped, with two exceptions. Structures, arrays and host
/// values that neither Wasm nor a handle can reach any more are found by [collections](Store::gc). Memories and tables of instances that the
/// host [released](crate::Instance::release), and that nothing else can reach, are [given
/// back](Store::reclaim).
///
/// A store is invariant in `T`, because its host functions read the data as exactly that type.
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

// SAFETY: the store owns what it points to. Its parts can be sent and shared, as `assert_parts` shows for
// each part that is not a pointer of the store's own. While Wasm runs, `invoke` borrows the store
// exclusively, so a store that is sent has no activation on the thread that it leaves.
unsafe impl<T: Send> Send for Store<T> {}
// SAFETY: a shared store gives shared access to its parts, which can be shared (`assert_parts`), and to `T`.
// The field `pending` cannot be shared, but is only reached through an exclusive borrow.
unsafe impl<T: Sync> Sync for Store<T> {}

/// Compiles only if every part of a store can be sent and shared, except those that are listed here with the
/// reason. A new part must be added here.
#[allow(dead_code, reason = "it is to be compiled, not called")]
fn assert_parts(store: &StoreOpaque, pending: Pending) {
    fn sent<T: Send>(_: T) {}
    fn both<T: Send + Sync>(_: &T) {}
    let StoreOpaque {
        // Pointers into the store itself, to its interrupt and to its activations.
        vm: _,
        root: _,
        activations: _,
        // This field is only used through an exclusive borrow.
        pending: _,
        // The store owns these, each in an allocation of its own; what they point to is asserted below.
        instances: _,
        host_cells: _,
        heap,
        depth,
        max_wasm_stack,
        stack,
        limits,
        hooks,
        used,
        memory_use,
        interrupt,
        id,
        engine,
        memories,
        shared_memories,
        tables,
        globals,
        heap_tables,
        heap_globals,
        tags,
        host_types,
        segments,
        object_types,
        dropped_data,
        host_funcs,
        lives,
    } = store;
    sent(pending);
    both(&(
        heap,
        depth,
        max_wasm_stack,
        stack,
        limits,
        hooks,
        used,
        memory_use,
        interrupt,
        id,
        engine,
    ));
    both(&(memories, shared_memories, tables, globals, heap_tables, heap_globals));
    both(&(tags, host_types, segments, object_types, dropped_data, host_funcs, lives));
    let InstanceData {
        // This is owned memory, which only compiled code of the store and borrowers of the store access.
        context: _,
        addr,
        module,
        memories,
        tables,
        globals,
        tags,
        first_segment,
        first_data,
    } = store.instance(InstanceAddr::from_u32(0));
    both(&(addr, module, memories, tables, globals, tags, first_segment, first_data));
}

/// A store with the host's data. It never moves, because compiled code holds its address.
#[repr(C)]
pub(crate) struct StoreInner<T> {
    /// This field comes first, so that a pointer to the store is also a pointer to its opaque part.
    pub(crate) opaque: StoreOpaque,
    pub(crate) data: T,
}

/// A store without the host's data.
#[repr(C)]
pub(crate) struct StoreOpaque {
    /// This field comes first, so that a pointer to the record is also a pointer to the store.
    pub(crate) vm: VmStore,
    /// The heap, at the offset at which compiled code expects it.
    pub(crate) heap: Heap,
    /// A pointer to the whole store, including the host's data. Contexts hold this pointer.
    pub(crate) root: *mut StoreOpaque,
    /// The youngest activation.
    pub(crate) activations: *const Activation,
    /// Number of activations, with which the length of the list must agree.
    pub(crate) depth: usize,
    /// The reason why the youngest activation is being ended.
    pub(crate) pending: Option<Pending>,
    pub(crate) max_wasm_stack: usize,
    /// The stack on which the youngest activation was entered.
    pub(crate) stack: Stack,
    limits: StoreLimits,
    /// The host's limiter and call hook.
    pub(crate) hooks: Hooks,
    /// Bytes of tables, and of memories that are not shared.
    used: u64,
    /// The store's account of the memory that it uses.
    memory_use: StoreUse,
    /// The interrupt to which `vm` points.
    interrupt: Arc<Interrupt>,
    id: StoreId,
    pub(crate) engine: Engine,
    instances: AddrVec<InstanceAddr, NonNull<InstanceData>>,
    /// The memories. Compiled code holds the addresses of their records, in allocations that do not move.
    memories: AddrVec<MemAddr, Arc<MemoryInstance>>,
    /// The memories that are shared, each once.
    shared_memories: Vec<MemAddr>,
    tables: AddrVec<TableAddr, TableInstance>,
    globals: AddrVec<GlobalAddr, GlobalInstance>,
    /// The tables and globals that hold references into the heap.
    heap_tables: Vec<TableAddr>,
    heap_globals: Vec<GlobalAddr>,
    tags: AddrVec<TagAddr, TagInstance>,
    /// Keeps the types in use of tables and globals that the host made.
    host_types: Vec<TypesInUse>,
    segments: AddrVec<ElemAddr, ElementInstance>,
    /// The types of objects that the store knows.
    object_types: HashMap<TypeId, KnownType>,
    /// For each data segment, whether it was dropped.
    dropped_data: AddrVec<DataAddr, bool>,
    host_cells: Vec<NonNull<ValRaw>>,
    host_funcs: Vec<HostFuncBox>,
    /// Which instances the host released, and which were given back.
    lives: LivesOnDemand,
}

/// The reason why an activation ends.
pub(crate) enum Pending {
    /// A trap, or an error of a host function.
    Error(Error),
    /// A panic of a host function or destructor, which continues where Wasm was called.
    Panic(Box<dyn Any + Send>),
}

impl<T> Store<T> {
    /// Makes a store that holds nothing but the host's `data`.
    pub fn new(engine: &Engine, data: T) -> Self {
        // The box is allocated first, so that the large record is made in place.
        let inner = Box::new_uninit();
        let inner = Box::write(inner, StoreInner { opaque: StoreOpaque::new(engine), data });
        let inner = Box::into_raw(inner);
        // SAFETY: a box is not null, and nothing else refers to it yet.
        let inner = unsafe {
            (*inner).opaque.root = inner.cast();
            NonNull::new_unchecked(inner)
        };
        Store { inner, invariant: PhantomData }
    }

    pub(crate) fn inner(&self) -> &StoreInner<T> {
        // SAFETY: the pointer came from a box in `new` and is valid until `drop`; `&self` excludes writers.
        unsafe { self.inner.as_ref() }
    }

    /// An exclusive borrow of the store.
    #[inline]
    pub(crate) fn context_mut(&mut self) -> StoreContextMut<'_, T> {
        // SAFETY: the store lives until `drop`, and `&mut self` excludes all other uses for as long as the
        // result lives.
        unsafe { StoreContextMut::new(self.inner) }
    }

    /// The host's data in the store.
    pub fn data(&self) -> &T {
        &self.inner().data
    }

    /// The host's data in the store.
    pub fn data_mut(&mut self) -> &mut T {
        // SAFETY: the pointer is valid until `drop`; `&mut self` excludes all other uses. The reference is to
        // the data alone.
        unsafe { &mut (*self.inner.as_ptr()).data }
    }

    /// The store's engine.
    pub fn engine(&self) -> &Engine {
        self.inner().opaque.engine()
    }

    /// A handle by which other threads can interrupt the Wasm that runs in the store, if its engine is
    /// [interruptible](crate::Config::interruptible).
    pub fn interrupt_handle(&self) -> InterruptHandle {
        InterruptHandle(self.inner().opaque.interrupt.clone())
    }

    /// Limits what modules may allocate from now on. What was allocated before remains, and counts.
    pub fn limit(&mut self, limits: StoreLimits) {
        let mut context = self.context_mut();
        let store = context.opaque_mut();
        store.limits = limits;
        store.limit_values();
    }

    /// The number of bytes that count for [`StoreLimits::total_bytes`]: the sizes of memories and tables, and
    /// those of host values and exceptions.
    pub fn total_bytes(&self) -> u64 {
        let store = &self.inner().opaque;
        store.sized().saturating_add(store.heap.value_bytes())
    }

    /// A handle by which other threads can ask how much of the machine's memory the store uses.
    pub fn memory_use(&self) -> MemoryUse {
        MemoryUse(self.inner().opaque.shared_use())
    }

    /// Drops the store, and returns the host's data.
    pub fn into_data(self) -> T {
        let this = std::mem::ManuallyDrop::new(self);
        // SAFETY: the pointer came from a box in `new`. As `drop` is suppressed, it is not used again.
        let StoreInner { opaque, data } = *unsafe { Box::from_raw(this.inner.as_ptr()) };
        // The opaque part is dropped first: if a destructor panics, unwinding still drops the data.
        drop(opaque);
        data
    }
}

impl<T> Drop for Store<T> {
    fn drop(&mut self) {
        // SAFETY: the pointer came from a box in `new` and is not used again.
        drop(unsafe { Box::from_raw(self.inner.as_ptr()) });
    }
}

impl<T: std::fmt::Debug> std::fmt::Debug for Store<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("data", self.data()).finish_non_exhaustive()
    }
}

impl StoreOpaque {
    #[inline]
    fn new(engine: &Engine) -> Self {
        let interrupt = Arc::new(Interrupt::default());
        let id = StoreId::next();
        let heap = Heap::new(id, engine.config().collector, engine.config().gc_stress);
        StoreOpaque {
            used: 0,
            memory_use: StoreUse::default(),
            vm: VmStore {
                stack_limit: usize::MAX,
                exit_fp: 0,
                exit_pc: 0,
                entry_fp: 0,
                entry_sp: 0,
                entry_handler: 0,
                entry_canary: std::ptr::null(),
                interrupt: Arc::as_ptr(&interrupt),
                fuel: 0,
            },
            interrupt,
            heap,
            root: std::ptr::null_mut(),
            activations: std::ptr::null(),
            depth: 0,
            pending: None,
            limits: StoreLimits::default(),
            hooks: Hooks::default(),
            stack: Stack::default(),
            max_wasm_stack: engine.config().max_wasm_stack,
            id,
            engine: engine.clone(),
            instances: AddrVec::new(),
            memories: AddrVec::new(),
            shared_memories: Vec::new(),
            tables: AddrVec::new(),
            globals: AddrVec::new(),
            heap_tables: Vec::new(),
            heap_globals: Vec::new(),
            tags: AddrVec::new(),
            host_types: Vec::new(),
            segments: AddrVec::new(),
            object_types: HashMap::new(),
            dropped_data: AddrVec::new(),
            host_cells: Vec::new(),
            host_funcs: Vec::new(),
            lives: LivesOnDemand::default(),
        }
    }

    pub(crate) fn id(&self) -> StoreId {
        self.id
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    pub(crate) fn interrupt(&self) -> &Interrupt {
        &self.interrupt
    }

    /// The poll by which long operations of Wasm notice an interrupt.
    pub(crate) fn poll(&self) -> Poll<'_> {
        Poll::new(&self.interrupt, self.engine.config().interruptible)
    }

    /// # Panics
    /// Panics if `id`, that of a handle's store, is not this store's.
    #[inline]
    pub(crate) fn check(&self, id: StoreId) {
        assert!(self.id == id, "a handle was used with a store that is not its own");
    }

    /// Refuses an instance beyond the limit on their number.
    pub(crate) fn check_instances(&self) -> Result<()> {
        StoreLimits::check(self.instances.len(), self.limits.instances, "instances")
    }

    /// Bytes that memories, tables and values may still take. Values that are garbage count as used.
    fn room(&self) -> u64 {
        self.room_for_values().saturating_sub(self.heap.value_bytes())
    }

    /// Sum of the sizes of memories and tables in bytes.
    fn sized(&self) -> u64 {
        let shared = self.shared_memories.iter().map(|i| self.memory(*i).bytes());
        self.used.saturating_add(shared.sum())
    }

    fn room_for_values(&self) -> u64 {
        self.limits.total_bytes.saturating_sub(self.sized())
    }

    /// Computes the limit for values anew, if other stores may have grown a shared memory.
    #[inline]
    pub(crate) fn refresh_limit_of_values(&mut self) {
        if !self.shared_memories.is_empty() {
            self.limit_values();
        }
    }

    /// Sets the limit for values. Must be called when limits, memories or tables have changed.
    fn limit_values(&mut self) {
        let bytes = match self.limits.total_bytes {
            u64::MAX => u64::MAX,
            _ => self.room_for_values(),
        };
        self.heap.limit_values(bytes);
    }

    /// Refuses `bytes` more bytes if there is no room for them.
    fn check_room(&self, bytes: u64) -> Result<()> {
        let limit = self.limits.total_bytes;
        match limit == u64::MAX || bytes <= self.room() {
            true => Ok(()),
            false => Err(Error::Resource(format!(
                "the store is limited to {limit} bytes in all, of which too few are left for {bytes}"
            ))),
        }
    }
}

impl Drop for StoreOpaque {
    fn drop(&mut self) {
        for instance in self.instances.drain_from(0) {
            // SAFETY: the instance came from a box (`add_instance`); nothing that refers to it survives the
            // store.
            drop(unsafe { Box::from_raw(instance.as_ptr()) });
        }
        for cell in self.host_cells.drain(..) {
            // SAFETY: the cell came from a box (`add_host_global`); no global that it belongs to survives the
            // store.
            drop(unsafe { Box::from_raw(cell.as_ptr()) });
        }
        self.memory_use.set_instances(0);
    }
}

// Checks the layout that compiled code expects of a store: its record comes first, and the heap's record has
// a fixed offset.
const _: () = {
    use crate::gc::VmHeap;
    use std::mem::offset_of;
    use touchstone_cranelift_wasm::layout::store;
    const HEAP: usize = offset_of!(StoreOpaque, heap);
    assert!(offset_of!(StoreOpaque, vm) == 0);
    assert!(HEAP + offset_of!(Heap, vm) + offset_of!(VmHeap, base) == store::HEAP_BASE as usize);
    assert!(HEAP + offset_of!(Heap, vm) + offset_of!(VmHeap, head) == store::TABLE_HEAD as usize);
    assert!(HEAP + offset_of!(Heap, vm) + offset_of!(VmHeap, room) == store::TABLE_ROOM as usize);
    assert!(HEAP + offset_of!(Heap, vm) + offset_of!(VmHeap, types) == store::TYPES as usize);
    assert!(HEAP + offset_of!(Heap, vm) + offset_of!(VmHeap, hole) == store::HOLE as usize);
    assert!(HEAP + offset_of!(Heap, vm) + offset_of!(VmHeap, hole_end) == store::HOLE_END as usize);
};
