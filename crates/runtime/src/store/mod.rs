//! Stores: what owns everything that runs.

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
pub(crate) mod segment;
pub(crate) mod table;
pub(crate) mod table_storage;
pub(crate) mod tag;
pub(crate) mod wait;

mod checkpoint;
mod reclaim;
mod trace;

use crate::compile::engine::Engine;
use crate::gc::Heap;
use crate::store::activation::Activation;
use crate::store::context::StoreContextMut;
use crate::store::global::GlobalInstance;
use crate::store::hooks::{Growth, Hooks};
use crate::store::host_func::HostFuncBox;
use crate::store::instance::InstanceData;
use crate::store::limits::{MemoryUse, StoreLimits, StoreUse, Use};
use crate::store::memory::MemoryInstance;
use crate::store::segment::ElementInstance;
use crate::store::table::TableInstance;
use crate::store::table_storage::TableStorage;
use crate::store::tag::TagInstance;
use crate::sys::identity::StoreId;
use crate::sys::stack::Stack;
use crate::types::registry::TypesInUse;
use crate::types::{GlobalType, Limits, MemoryType, TableType, ValType, is_heap_ref};
use crate::value::error::{Error, Result};
use crate::value::interrupt::{Interrupt, InterruptHandle, Poll};
use crate::value::trap::TrapCode;
use crate::value::val::ValRaw;
use crate::value::vm::VmStore;
pub(crate) use checkpoint::Checkpoint;
use reclaim::LivesOnDemand;
use std::any::Any;
use std::marker::PhantomData;
use std::ptr::NonNull;
use std::sync::Arc;

/// Owns instances, functions, memories, tables and globals, and a value of the host's choice.
///
/// What is in a store stays until the store ends, but for two things. Host values that Wasm cannot reach
/// any more are found by [collections](Store::gc). Memories and tables of instances that the host
/// [released](crate::Instance::release), and that nothing else can reach, are
/// [given back](Store::reclaim).
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

// SAFETY: the store owns what it points to. Its parts can be sent and shared, as `assert_parts` shows
// for each that is not a pointer of the store's own; while Wasm runs the store is borrowed exclusively,
// so that no activation is left behind.
unsafe impl<T: Send> Send for Store<T> {}
// SAFETY: a shared store gives shared access to its parts, which can be shared (`assert_parts`), and to
// `T`. Why an activation ends, which cannot, is only reached through an exclusive borrow.
unsafe impl<T: Sync> Sync for Store<T> {}

/// Compiles only where every part of a store can be sent and shared, but for those that are named here
/// with the reason. A new part must be added.
#[allow(dead_code, reason = "it is to be compiled, not called")]
fn assert_parts(store: &StoreOpaque, pending: Pending) {
    fn sent<T: Send>(_: T) {}
    fn both<T: Send + Sync>(_: &T) {}
    let StoreOpaque {
        // Pointers into the store itself, to its interrupt and to its activations.
        vm: _,
        root: _,
        activations: _,
        // Only used through an exclusive borrow.
        pending: _,
        // Owned, each in an allocation of its own; what they point to is asserted below.
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
    both(&(tags, host_types, segments, dropped_data, host_funcs, lives));
    let InstanceData {
        // Owned memory, which compiled code of the store alone accesses.
        context: _,
        index,
        module,
        memories,
        tables,
        globals,
        tags,
        first_segment,
        first_data,
    } = store.instance(0);
    both(&(index, module, memories, tables, globals, tags, first_segment, first_data));
}

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
    /// Where compiled code expects it.
    pub(crate) heap: Heap,
    /// The store itself, by a pointer to all of it: contexts hold this one.
    pub(crate) root: *mut StoreOpaque,
    /// The youngest activation.
    pub(crate) activations: *const Activation,
    /// How many activations there are: the list must have as many.
    pub(crate) depth: usize,
    /// Why the youngest activation is being ended.
    pub(crate) pending: Option<Pending>,
    pub(crate) max_wasm_stack: usize,
    /// The stack that the youngest activation was entered on.
    pub(crate) stack: Stack,
    limits: StoreLimits,
    /// What the host wants to be asked or told.
    pub(crate) hooks: Hooks,
    /// Bytes of tables, and of memories that are not shared.
    used: u64,
    /// What it uses of the machine's memory.
    memory_use: StoreUse,
    /// What `vm` points to.
    interrupt: Arc<Interrupt>,
    id: StoreId,
    pub(crate) engine: Engine,
    instances: Vec<NonNull<InstanceData>>,
    /// Compiled code holds the addresses of their records, in allocations that do not move.
    memories: Vec<Arc<MemoryInstance>>,
    /// Those that are shared, each once.
    shared_memories: Vec<u32>,
    tables: Vec<TableInstance>,
    globals: Vec<GlobalInstance>,
    /// Those tables and globals that hold references into the heap.
    heap_tables: Vec<u32>,
    heap_globals: Vec<u32>,
    tags: Vec<TagInstance>,
    /// Types of tables and globals that the host made.
    host_types: Vec<TypesInUse>,
    segments: Vec<ElementInstance>,
    /// Data segments that were dropped.
    dropped_data: Vec<bool>,
    host_cells: Vec<NonNull<ValRaw>>,
    host_funcs: Vec<HostFuncBox>,
    /// Which instances the host released, and which were given back.
    lives: LivesOnDemand,
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
        // Allocated first: the record is large, and so made in place.
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
        // SAFETY: the pointer is valid until `drop`; `&self` excludes writers.
        unsafe { self.inner.as_ref() }
    }

    /// An exclusive borrow.
    #[inline]
    pub(crate) fn context_mut(&mut self) -> StoreContextMut<'_, T> {
        // SAFETY: the store lives until `drop`, and `&mut self` excludes all others for as long as
        // the result lives.
        unsafe { StoreContextMut::new(self.inner) }
    }

    /// The host's data.
    pub fn data(&self) -> &T {
        &self.inner().data
    }

    /// The host's data.
    pub fn data_mut(&mut self) -> &mut T {
        // SAFETY: the pointer is valid until `drop`; `&mut self` excludes all others. Only the data
        // are referred to.
        unsafe { &mut (*self.inner.as_ptr()).data }
    }

    /// Its engine.
    pub fn engine(&self) -> &Engine {
        self.inner().opaque.engine()
    }

    /// A handle by which other threads can interrupt the Wasm that runs in the store, where its
    /// engine is [interruptible](crate::Config::interruptible).
    pub fn interrupt_handle(&self) -> InterruptHandle {
        InterruptHandle(self.inner().opaque.interrupt.clone())
    }

    /// Limits what modules may allocate from now on. What is there stays, and counts.
    pub fn limit(&mut self, limits: StoreLimits) {
        let mut context = self.context_mut();
        let store = context.opaque_mut();
        store.limits = limits;
        store.limit_values();
    }

    /// The bytes that count for [`StoreLimits::total_bytes`]: of memories and tables, by their sizes, and
    /// of host values and exceptions.
    pub fn total_bytes(&self) -> u64 {
        let store = &self.inner().opaque;
        store.sized().saturating_add(store.heap.value_bytes())
    }

    /// A handle by which other threads can ask what the store uses of the machine's memory.
    pub fn memory_use(&self) -> MemoryUse {
        MemoryUse(self.inner().opaque.shared_use())
    }

    /// Drops everything but the host's data.
    pub fn into_data(self) -> T {
        let this = std::mem::ManuallyDrop::new(self);
        // SAFETY: the pointer came from a box and, `drop` being suppressed, is used no more.
        let StoreInner { opaque, data } = *unsafe { Box::from_raw(this.inner.as_ptr()) };
        // First and alone: should a destructor panic, the data are dropped too.
        drop(opaque);
        data
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
    #[inline]
    fn new(engine: &Engine) -> Self {
        let interrupt = Arc::new(Interrupt::default());
        let id = StoreId::next();
        let heap = Heap::new(id, engine.config().gc_stress);
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
            instances: Vec::new(),
            memories: Vec::new(),
            shared_memories: Vec::new(),
            tables: Vec::new(),
            globals: Vec::new(),
            heap_tables: Vec::new(),
            heap_globals: Vec::new(),
            tags: Vec::new(),
            host_types: Vec::new(),
            segments: Vec::new(),
            dropped_data: Vec::new(),
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

    /// What Wasm's long operations look at.
    pub(crate) fn poll(&self) -> Poll<'_> {
        Poll::new(&self.interrupt, self.engine.config().interruptible)
    }

    /// # Panics
    /// If a handle's store is not this one.
    #[inline]
    pub(crate) fn check(&self, id: StoreId) {
        assert!(self.id == id, "a handle was used with a store that is not its own");
    }

    /// Refuses one instance too many.
    pub(crate) fn check_instances(&self) -> Result<()> {
        StoreLimits::check(self.instances.len(), self.limits.instances, "instances")
    }

    /// Bytes that memories, tables and values may still take; values that are garbage count.
    fn room(&self) -> u64 {
        self.room_for_values().saturating_sub(self.heap.value_bytes())
    }

    /// Bytes of memories and tables.
    fn sized(&self) -> u64 {
        let shared = self.shared_memories.iter().map(|i| self.memory(*i).bytes());
        self.used.saturating_add(shared.sum())
    }

    fn room_for_values(&self) -> u64 {
        self.limits.total_bytes.saturating_sub(self.sized())
    }

    /// Looks at what is left for values once more, where others may have grown a memory.
    #[inline]
    pub(crate) fn refresh_limit_of_values(&mut self) {
        if !self.shared_memories.is_empty() {
            self.limit_values();
        }
    }

    /// To be called when limits, memories or tables have changed.
    fn limit_values(&mut self) {
        let bytes = match self.limits.total_bytes {
            u64::MAX => u64::MAX,
            _ => self.room_for_values(),
        };
        self.heap.limit_values(bytes);
    }

    /// Refuses `bytes` more than there is room for.
    fn check_room(&self, bytes: u64) -> Result<()> {
        let limit = self.limits.total_bytes;
        match limit == u64::MAX || bytes <= self.room() {
            true => Ok(()),
            false => Err(Error::Resource(format!(
                "the store is limited to {limit} bytes in all, of which too few are left for {bytes}"
            ))),
        }
    }

    /// Grows a memory; gives the old size in pages, or `None`.
    pub(crate) fn grow_memory(&mut self, index: u32, delta: u64) -> Option<u64> {
        let growth = self.memory(index).growth(delta);
        if delta != 0 && !self.may_grow(growth) {
            return None;
        }
        let memory = self.memory(index);
        let before = memory.bytes();
        let most = self.limits.memory_bytes.min(before.saturating_add(self.room()));
        let old = memory.grow(delta, most)?;
        if !memory.is_shared() {
            self.used += memory.bytes() - before;
        }
        self.limit_values();
        Some(old)
    }

    /// Grows a table by `delta` elements, which are of its type; gives the old size, or `None`.
    /// `interruptible` where Wasm does it.
    ///
    /// # Errors
    /// An interrupt; then it has not grown.
    pub(crate) fn grow_table(
        &mut self,
        index: u32,
        delta: u64,
        value: ValRaw,
        interruptible: bool,
    ) -> Result<Option<u64>, TrapCode> {
        let bytes = self.table(index).bytes_of(delta);
        let new = self.table(index).size().saturating_add(delta);
        if delta != 0 && (new > self.limits.table_elements || bytes > self.room()) {
            return Ok(None);
        }
        let (current, maximum) = (self.table(index).size(), self.table(index).ty().limits.max);
        if delta != 0 && !self.may_grow(Growth::Table { current, desired: new, maximum }) {
            return Ok(None);
        }
        let storage = self.table(index).storage();
        let (allocated, mapped) = (storage.allocated(), storage.mapping().is_some());
        let (table, heap, poll) = self.table_heap_poll(index);
        let poll = if interruptible { poll } else { Poll::NEVER };
        let old = table.grow(heap, delta, value, poll);
        self.note_table(self.table(index).storage(), allocated, mapped);
        let old = old?;
        if old.is_some() {
            self.used += bytes;
            self.limit_values();
        }
        Ok(old)
    }

    pub(crate) fn add_instance(&mut self, instance: Box<InstanceData>) -> u32 {
        self.note_instances(size_of::<InstanceData>() + instance.context.size());
        self.instances.push(NonNull::from(Box::leak(instance)));
        self.lives.add();
        self.instances.len() as u32 - 1
    }

    /// How many instances there are, whatever became of them.
    pub(crate) fn instance_count(&self) -> usize {
        self.instances.len()
    }

    pub(crate) fn instance(&self, index: u32) -> &InstanceData {
        // SAFETY: the store owns the instances in the list, each in a box, and is borrowed. It frees them when
        // it ends; `roll_back`, which frees one earlier, takes it out of the list first.
        unsafe { self.instances[index as usize].as_ref() }
    }

    pub(crate) fn instance_ptr(&self, index: u32) -> NonNull<InstanceData> {
        self.instances[index as usize]
    }

    pub(crate) fn add_memory(&mut self, ty: MemoryType) -> Result<u32> {
        self.check_memories()?;
        self.check_room(ty.least_bytes())?;
        let growth =
            Growth::Memory { current: 0, desired: ty.least_bytes(), maximum: ty.most_bytes() };
        if !self.may_grow(growth) {
            let text =
                format!("the store's limiter refused a memory of {} bytes", ty.least_bytes());
            return Err(Error::Resource(text));
        }
        let memory = MemoryInstance::new(ty, self.limits.memory_bytes)?;
        Ok(self.push_memory(Arc::new(memory)))
    }

    /// Refuses one memory too many.
    fn check_memories(&self) -> Result<()> {
        let count = self.memories.len() - self.lives.memories_gone;
        StoreLimits::check(count, self.limits.memories, "memories")
    }

    /// Adds a shared memory, which others may have too.
    ///
    /// # Errors
    /// If that is one memory too many, it is larger than one may be, or there is no room for its size.
    pub(crate) fn add_shared_memory(&mut self, memory: Arc<MemoryInstance>) -> Result<u32> {
        self.check_memories()?;
        let limit = self.limits.memory_bytes;
        if memory.bytes() > limit {
            return Err(Error::Resource(format!("memories are limited to {limit} bytes")));
        }
        if !self.shares(&memory) {
            self.check_room(memory.bytes())?;
        }
        Ok(self.push_memory(memory))
    }

    /// Whether a shared memory is part of the store.
    fn shares(&self, memory: &Arc<MemoryInstance>) -> bool {
        self.shared_memories.iter().any(|i| Arc::ptr_eq(&self.memories[*i as usize], memory))
    }

    fn push_memory(&mut self, memory: Arc<MemoryInstance>) -> u32 {
        let index = self.memories.len() as u32;
        if !memory.is_shared() {
            self.used += memory.bytes();
            self.memory_use.add_memory(&memory);
        } else if !self.shares(&memory) {
            self.shared_memories.push(index);
            self.memory_use.add_memory(&memory);
        }
        self.memories.push(memory);
        self.limit_values();
        index
    }

    pub(crate) fn memory(&self, index: u32) -> &MemoryInstance {
        &self.memories[index as usize]
    }

    pub(crate) fn memory_arc(&self, index: u32) -> Arc<MemoryInstance> {
        self.memories[index as usize].clone()
    }

    /// Whether `address` lies in some memory's reservation.
    pub(crate) fn owns_guard(&self, address: usize) -> bool {
        self.memories.iter().any(|m| m.reserves(address))
    }

    pub(crate) fn add_table(&mut self, ty: TableType) -> Result<u32> {
        let count = self.tables.len() - self.lives.tables_gone;
        StoreLimits::check(count, self.limits.tables, "tables")?;
        if ty.limits.min > self.limits.table_elements {
            let limit = self.limits.table_elements;
            return Err(Error::Resource(format!("tables are limited to {limit} elements")));
        }
        self.check_room(TableInstance::least_bytes(ty))?;
        let Limits { min: desired, max: maximum } = ty.limits;
        if !self.may_grow(Growth::Table { current: 0, desired, maximum }) {
            let text = format!("the store's limiter refused a table of {desired} elements");
            return Err(Error::Resource(text));
        }
        let table = TableInstance::new(ty)?;
        self.used += table.bytes();
        self.note_instances(size_of::<TableInstance>());
        self.note_table(table.storage(), 0, false);
        self.tables.push(table);
        self.limit_values();
        let index = self.tables.len() as u32 - 1;
        if is_heap_ref(ValType::Ref(ty.element)) {
            self.heap_tables.push(index);
        }
        Ok(index)
    }

    /// Adds a table of the host.
    ///
    /// # Errors
    /// As [`StoreOpaque::add_table`].
    pub(crate) fn add_host_table(&mut self, ty: TableType) -> Result<u32> {
        let index = self.add_table(ty)?;
        self.lives.host_tables.push(index);
        Ok(index)
    }

    /// A table, the heap that it refers to, and what Wasm's long operations look at.
    pub(crate) fn table_heap_poll(
        &mut self,
        index: u32,
    ) -> (&mut TableInstance, &mut Heap, Poll<'_>) {
        let poll = Poll::new(&self.interrupt, self.engine.config().interruptible);
        (&mut self.tables[index as usize], &mut self.heap, poll)
    }

    /// Two tables, which must not be the same, the heap, and what Wasm's long operations look at.
    pub(crate) fn two_tables_heap_poll(
        &mut self,
        a: u32,
        b: u32,
    ) -> (&mut TableInstance, &mut TableInstance, &mut Heap, Poll<'_>) {
        let poll = Poll::new(&self.interrupt, self.engine.config().interruptible);
        let [a, b] = self.tables.get_disjoint_mut([a as usize, b as usize]).expect("two tables");
        (a, b, &mut self.heap, poll)
    }

    /// `table.init` from a segment, of so many elements: to the first place, from the second.
    ///
    /// # Errors
    /// As [`TableInstance::init`].
    pub(crate) fn init_table(
        &mut self,
        table: u32,
        segment: u32,
        operands: [u64; 3],
    ) -> Result<(), TrapCode> {
        let poll = Poll::new(&self.interrupt, self.engine.config().interruptible);
        let segment = &self.segments[segment as usize];
        self.tables[table as usize].init(&mut self.heap, segment, operands, poll)
    }

    /// Number of elements of a segment.
    pub(crate) fn segment_len(&self, segment: u32) -> u64 {
        self.segments[segment as usize].len() as u64
    }

    /// Tables that hold references into the heap.
    pub(crate) fn heap_tables(&self) -> &[u32] {
        &self.heap_tables
    }

    /// Globals that hold references into the heap.
    pub(crate) fn heap_globals(&self) -> &[u32] {
        &self.heap_globals
    }

    pub(crate) fn add_tag(&mut self, tag: TagInstance) -> u32 {
        self.tags.push(tag);
        self.tags.len() as u32 - 1
    }

    pub(crate) fn tag(&self, index: u32) -> &TagInstance {
        &self.tags[index as usize]
    }

    /// Keeps types in use for as long as the store lives.
    pub(crate) fn keep_types(&mut self, types: Option<TypesInUse>) {
        self.host_types.extend(types);
    }

    /// Adds element segments; gives the position of the first.
    pub(crate) fn add_segments(&mut self, segments: Vec<ElementInstance>) -> u32 {
        let first = self.segments.len() as u32;
        self.note_instances(segments.len() * size_of::<ElementInstance>());
        self.segments.extend(segments);
        first
    }

    pub(crate) fn set_segment(&mut self, index: u32, segment: ElementInstance) {
        self.note_instances(segment.bytes());
        self.segments[index as usize] = segment;
    }

    pub(crate) fn drop_segment(&mut self, index: u32) {
        let segment = &mut self.segments[index as usize];
        let bytes = segment.bytes() as u64;
        segment.clear(&mut self.heap);
        self.memory_use.set_instances(self.memory_use.instances() - bytes);
    }

    /// Notes what a table's storage takes, which took `allocated` bytes before, and had a mapping or not.
    fn note_table(&self, storage: &TableStorage, allocated: u64, mapped: bool) {
        let others = self.memory_use.instances() - allocated;
        self.memory_use.set_instances(others + storage.allocated());
        if let Some(mapping) = storage.mapping().filter(|_| !mapped) {
            self.memory_use.add_table(mapping);
        }
    }

    /// What the store uses, for other threads.
    fn shared_use(&self) -> Arc<Use> {
        let own = self.memories.iter().filter(|memory| !memory.is_shared());
        let shared = self.shared_memories.iter().map(|index| &self.memories[*index as usize]);
        let tables = self.tables.iter().filter_map(|table| table.storage().mapping());
        self.memory_use.share(own.chain(shared), tables, self.heap.values())
    }

    /// Counts bytes of instances.
    fn note_instances(&self, bytes: usize) {
        self.memory_use.set_instances(self.memory_use.instances() + bytes as u64);
    }

    /// Drops all element segments.
    pub(crate) fn drop_segments(&mut self) {
        (0..self.segments.len() as u32).for_each(|index| self.drop_segment(index));
    }

    /// Adds `count` data segments; gives the position of the first.
    pub(crate) fn add_data(&mut self, count: usize) -> u32 {
        let first = self.dropped_data.len();
        self.dropped_data.resize(first + count, false);
        first as u32
    }

    pub(crate) fn data_is_dropped(&self, index: u32) -> bool {
        self.dropped_data[index as usize]
    }

    pub(crate) fn drop_data(&mut self, index: u32) {
        self.dropped_data[index as usize] = true;
    }

    /// Every reference into the heap that globals, tables and segments hold.
    pub(crate) fn counted_references(&self) -> impl Iterator<Item = u32> + '_ {
        // SAFETY: `add_global` lists those globals alone whose type is a reference into the heap. Their
        // cells live as long as the store, which is borrowed, and whose Wasm does not run meanwhile.
        let global = |i: &u32| unsafe { self.global(*i).cell.read().get_heap_ref() };
        let globals = self.heap_globals.iter().map(global);
        let tables = self.heap_tables.iter().flat_map(|i| self.table(*i).heap_refs());
        let segments = self.segments.iter().flat_map(|s| s.heap_refs());
        globals.chain(tables.copied()).chain(segments.copied())
    }

    pub(crate) fn table(&self, index: u32) -> &TableInstance {
        &self.tables[index as usize]
    }

    pub(crate) fn add_host_global(&mut self, ty: GlobalType, value: ValRaw) -> u32 {
        let cell = NonNull::from(Box::leak(Box::new(ValRaw::ZERO)));
        self.host_cells.push(cell);
        let index = self.add_global(GlobalInstance { cell, ty, given_back: false });
        self.lives.host_globals.push(index);
        self.write_global(index, value);
        index
    }

    /// Adds a global, whose cell holds zero or null.
    pub(crate) fn add_global(&mut self, global: GlobalInstance) -> u32 {
        let heap = is_heap_ref(global.ty.content);
        self.note_instances(size_of::<GlobalInstance>());
        self.globals.push(global);
        let index = self.globals.len() as u32 - 1;
        if heap {
            self.heap_globals.push(index);
        }
        index
    }

    /// Writes a global, counting.
    pub(crate) fn write_global(&mut self, index: u32, value: ValRaw) {
        let global = &self.globals[index as usize];
        let (cell, heap) = (global.cell, is_heap_ref(global.ty.content));
        // SAFETY: cells live as long as the store, which is exclusively borrowed, and hold a
        // value of the global's type, as `value` is.
        unsafe {
            if !heap {
                return cell.write(value);
            }
            let (new, old) = (value.get_heap_ref(), cell.read().get_heap_ref());
            self.heap.increment(new, 1);
            cell.write(value);
            self.heap.decrement(old);
        }
    }

    pub(crate) fn global(&self, index: u32) -> &GlobalInstance {
        &self.globals[index as usize]
    }

    pub(crate) fn add_host_func(&mut self, func: HostFuncBox) {
        self.host_funcs.push(func);
    }

    /// How many host functions there are.
    pub(crate) fn host_funcs(&self) -> usize {
        self.host_funcs.len()
    }

    /// Frees host functions but the first so many.
    ///
    /// # Safety
    /// Nothing refers to them: no handle was given out, and no instance imports them.
    pub(crate) unsafe fn drop_host_funcs(&mut self, count: usize) {
        self.host_funcs.truncate(count);
    }
}

impl Drop for StoreOpaque {
    fn drop(&mut self) {
        for instance in self.instances.drain(..) {
            // SAFETY: it came from a box; nothing that refers to it survives the store.
            drop(unsafe { Box::from_raw(instance.as_ptr()) });
        }
        for cell in self.host_cells.drain(..) {
            // SAFETY: it came from a box; no global that it belongs to survives the store.
            drop(unsafe { Box::from_raw(cell.as_ptr()) });
        }
        self.memory_use.set_instances(0);
    }
}

// What compiled code reads of a store: its record comes first, and holds the heap's.
const _: () = {
    use crate::gc::VmHeap;
    use std::mem::offset_of;
    use touchstone_cranelift_wasm::layout::store;
    const HEAP: usize = offset_of!(StoreOpaque, heap);
    assert!(offset_of!(StoreOpaque, vm) == 0);
    assert!(HEAP + offset_of!(Heap, vm) + offset_of!(VmHeap, base) == store::HEAP_BASE as usize);
    assert!(HEAP + offset_of!(Heap, vm) + offset_of!(VmHeap, head) == store::TABLE_HEAD as usize);
    assert!(HEAP + offset_of!(Heap, vm) + offset_of!(VmHeap, room) == store::TABLE_ROOM as usize);
};
