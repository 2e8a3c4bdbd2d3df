//! The parts of a store: how they are added, found by their addresses, grown and dropped.
//!
//! In: types, and the limits of the store. Out: addresses. Knows nothing of modules.

use crate::gc::Heap;
use crate::store::StoreOpaque;
use crate::store::global::GlobalInstance;
use crate::store::hooks::Growth;
use crate::store::host_func::HostFuncBox;
use crate::store::instance::InstanceData;
use crate::store::limits::{StoreLimits, Use};
use crate::store::memory::MemoryInstance;
use crate::store::segment::ElementInstance;
use crate::store::table::TableInstance;
use crate::store::table_storage::TableStorage;
use crate::store::tag::TagInstance;
use crate::types::registry::TypesInUse;
use crate::types::{GlobalType, Limits, MemoryType, TableType, ValType, is_heap_ref};
use crate::value::address::{
    DataAddr, ElemAddr, GlobalAddr, InstanceAddr, MemAddr, TableAddr, TagAddr,
};
use crate::value::error::{Error, Result};
use crate::value::interrupt::Poll;
use crate::value::trap::TrapCode;
use crate::value::val::ValRaw;
use std::ptr::NonNull;
use std::sync::Arc;

impl StoreOpaque {
    /// Grows a memory by `delta` pages. Returns the old size in pages, or `None` if it cannot grow.
    pub(crate) fn grow_memory(&mut self, addr: MemAddr, delta: u64) -> Option<u64> {
        let growth = self.memory(addr).growth(delta);
        if delta != 0 && !self.may_grow(growth) {
            return None;
        }
        let memory = self.memory(addr);
        let before = memory.bytes();
        let most = self.limits.memory_bytes.min(before.saturating_add(self.room()));
        let old = memory.grow(delta, most)?;
        if !memory.is_shared() {
            self.used += memory.bytes() - before;
        }
        self.limit_values();
        Some(old)
    }

    /// Grows a table by `delta` elements that are all `value`, which is of its element type. Returns the old
    /// size, or `None` if the table cannot grow. `interruptible` is set if Wasm does it.
    ///
    /// # Errors
    /// Fails if the store is interrupted; then the table has not grown.
    pub(crate) fn grow_table(
        &mut self,
        addr: TableAddr,
        delta: u64,
        value: ValRaw,
        interruptible: bool,
    ) -> Result<Option<u64>, TrapCode> {
        let bytes = self.table(addr).bytes_of(delta);
        let new = self.table(addr).size().saturating_add(delta);
        if delta != 0 && (new > self.limits.table_elements || bytes > self.room()) {
            return Ok(None);
        }
        let (current, maximum) = (self.table(addr).size(), self.table(addr).ty().limits.max);
        if delta != 0 && !self.may_grow(Growth::Table { current, desired: new, maximum }) {
            return Ok(None);
        }
        let storage = self.table(addr).storage();
        let (allocated, mapped) = (storage.allocated(), storage.mapping().is_some());
        let (table, heap, poll) = self.table_heap_poll(addr);
        let poll = if interruptible { poll } else { Poll::NEVER };
        let old = table.grow(heap, delta, value, poll);
        self.note_table(self.table(addr).storage(), allocated, mapped);
        let old = old?;
        if old.is_some() {
            self.used += bytes;
            self.limit_values();
        }
        Ok(old)
    }

    pub(crate) fn add_instance(&mut self, instance: Box<InstanceData>) -> InstanceAddr {
        self.note_instances(size_of::<InstanceData>() + instance.context.size());
        self.lives.add();
        self.instances.push(NonNull::from(Box::leak(instance)))
    }

    /// The address that the next instance will have.
    pub(crate) fn next_instance(&self) -> InstanceAddr {
        self.instances.next_addr()
    }

    pub(crate) fn instance(&self, addr: InstanceAddr) -> &InstanceData {
        // SAFETY: the store owns the instances in the list, each in a box, and is borrowed. It frees them
        // when it is dropped; `roll_back`, which frees some earlier, removes them from the list first.
        unsafe { self.instances[addr].as_ref() }
    }

    pub(crate) fn instance_ptr(&self, addr: InstanceAddr) -> NonNull<InstanceData> {
        self.instances[addr]
    }

    pub(crate) fn add_memory(&mut self, ty: MemoryType) -> Result<MemAddr> {
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

    /// Refuses a memory beyond the limit on their number.
    fn check_memories(&self) -> Result<()> {
        let count = self.memories.len() - self.lives.memories_gone;
        StoreLimits::check(count, self.limits.memories, "memories")
    }

    /// Adds a shared memory, which may also be part of other stores.
    ///
    /// # Errors
    /// Fails if the store may not have one more memory, if the memory is larger than a memory may be, or if
    /// there is no room for its size.
    pub(crate) fn add_shared_memory(&mut self, memory: Arc<MemoryInstance>) -> Result<MemAddr> {
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
        self.shared_memories.iter().any(|i| Arc::ptr_eq(&self.memories[*i], memory))
    }

    fn push_memory(&mut self, memory: Arc<MemoryInstance>) -> MemAddr {
        if !memory.is_shared() {
            self.used += memory.bytes();
            self.memory_use.add_memory(&memory);
        } else if !self.shares(&memory) {
            self.shared_memories.push(self.memories.next_addr());
            self.memory_use.add_memory(&memory);
        }
        let addr = self.memories.push(memory);
        self.limit_values();
        addr
    }

    pub(crate) fn memory(&self, addr: MemAddr) -> &MemoryInstance {
        &self.memories[addr]
    }

    pub(crate) fn memory_arc(&self, addr: MemAddr) -> Arc<MemoryInstance> {
        self.memories[addr].clone()
    }

    /// Whether `address` lies in the reserved address space of a memory of the store.
    pub(crate) fn owns_guard(&self, address: usize) -> bool {
        self.memories.entries().any(|m| m.reserves(address))
    }

    pub(crate) fn add_table(&mut self, ty: TableType) -> Result<TableAddr> {
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
        let addr = self.tables.push(table);
        self.limit_values();
        if is_heap_ref(ValType::Ref(ty.element)) {
            self.heap_tables.push(addr);
        }
        Ok(addr)
    }

    /// Adds a table of the host.
    ///
    /// # Errors
    /// Fails as [`StoreOpaque::add_table`] does.
    pub(crate) fn add_host_table(&mut self, ty: TableType) -> Result<TableAddr> {
        let addr = self.add_table(ty)?;
        self.lives.host_tables.push(addr);
        Ok(addr)
    }

    /// A table, the heap to which its elements refer, and the poll by which long operations of Wasm notice an
    /// interrupt.
    pub(crate) fn table_heap_poll(
        &mut self,
        addr: TableAddr,
    ) -> (&mut TableInstance, &mut Heap, Poll<'_>) {
        let poll = Poll::new(&self.interrupt, self.engine.config().interruptible);
        (&mut self.tables[addr], &mut self.heap, poll)
    }

    /// The heap, and the poll by which long operations of Wasm notice an interrupt.
    pub(crate) fn heap_poll(&mut self) -> (&mut Heap, Poll<'_>) {
        let poll = Poll::new(&self.interrupt, self.engine.config().interruptible);
        (&mut self.heap, poll)
    }

    /// An element segment, and the heap to which its elements may refer.
    pub(crate) fn segment_heap(&mut self, addr: ElemAddr) -> (&ElementInstance, &mut Heap) {
        (&self.segments[addr], &mut self.heap)
    }

    /// Two tables, which must not be the same, the heap, and the poll by which long operations of Wasm notice
    /// an interrupt.
    pub(crate) fn two_tables_heap_poll(
        &mut self,
        a: TableAddr,
        b: TableAddr,
    ) -> (&mut TableInstance, &mut TableInstance, &mut Heap, Poll<'_>) {
        let poll = Poll::new(&self.interrupt, self.engine.config().interruptible);
        let [a, b] = self.tables.two_mut(a, b).expect("two tables");
        (a, b, &mut self.heap, poll)
    }

    /// `table.init` from a segment. The three numbers are the index in the table, the index in the segment,
    /// and the number of elements.
    ///
    /// # Errors
    /// Fails as [`TableInstance::init`] does.
    pub(crate) fn init_table(
        &mut self,
        table: TableAddr,
        segment: ElemAddr,
        operands: [u64; 3],
    ) -> Result<(), TrapCode> {
        let poll = Poll::new(&self.interrupt, self.engine.config().interruptible);
        let segment = &self.segments[segment];
        self.tables[table].init(&mut self.heap, segment, operands, poll)
    }

    /// Number of elements of a segment.
    pub(crate) fn segment_len(&self, segment: ElemAddr) -> u64 {
        self.segments[segment].len() as u64
    }

    /// Tables that hold references into the heap.
    pub(crate) fn heap_tables(&self) -> &[TableAddr] {
        &self.heap_tables
    }

    /// Globals that hold references into the heap.
    pub(crate) fn heap_globals(&self) -> &[GlobalAddr] {
        &self.heap_globals
    }

    pub(crate) fn add_tag(&mut self, tag: TagInstance) -> TagAddr {
        self.tags.push(tag)
    }

    pub(crate) fn tag(&self, addr: TagAddr) -> &TagInstance {
        &self.tags[addr]
    }

    /// Keeps types in use for as long as the store lives.
    pub(crate) fn keep_types(&mut self, types: Option<TypesInUse>) {
        self.host_types.extend(types);
    }

    /// Adds element segments, and returns the address of the first.
    pub(crate) fn add_segments(&mut self, segments: Vec<ElementInstance>) -> ElemAddr {
        self.note_instances(segments.len() * size_of::<ElementInstance>());
        self.segments.extend(segments)
    }

    pub(crate) fn set_segment(&mut self, addr: ElemAddr, segment: ElementInstance) {
        self.note_instances(segment.bytes());
        self.segments[addr] = segment;
    }

    pub(crate) fn drop_segment(&mut self, addr: ElemAddr) {
        let segment = &mut self.segments[addr];
        let bytes = segment.bytes() as u64;
        segment.clear(&mut self.heap);
        self.memory_use.set_instances(self.memory_use.instances() - bytes);
    }

    /// Records the memory that a table's storage takes. Before, it took `allocated` bytes of an allocation,
    /// and `mapped` says whether it had a mapping.
    fn note_table(&self, storage: &TableStorage, allocated: u64, mapped: bool) {
        let others = self.memory_use.instances() - allocated;
        self.memory_use.set_instances(others + storage.allocated());
        if let Some(mapping) = storage.mapping().filter(|_| !mapped) {
            self.memory_use.add_table(mapping);
        }
    }

    /// The memory that the store uses, in a form that other threads can read.
    pub(super) fn shared_use(&self) -> Arc<Use> {
        let own = self.memories.entries().filter(|memory| !memory.is_shared());
        let shared = self.shared_memories.iter().map(|addr| &self.memories[*addr]);
        let tables = self.tables.entries().filter_map(|table| table.storage().mapping());
        self.memory_use.share(own.chain(shared), tables, self.heap.values())
    }

    /// Adds `bytes` to the memory that instances use.
    fn note_instances(&self, bytes: usize) {
        self.memory_use.set_instances(self.memory_use.instances() + bytes as u64);
    }

    /// Drops all element segments.
    pub(crate) fn drop_segments(&mut self) {
        self.segments.addrs().for_each(|addr| self.drop_segment(addr));
    }

    /// Adds `count` data segments, and returns the address of the first.
    pub(crate) fn add_data(&mut self, count: usize) -> DataAddr {
        self.dropped_data.extend(std::iter::repeat_n(false, count))
    }

    pub(crate) fn data_is_dropped(&self, addr: DataAddr) -> bool {
        self.dropped_data[addr]
    }

    pub(crate) fn drop_data(&mut self, addr: DataAddr) {
        self.dropped_data[addr] = true;
    }

    /// The value of one of the [`heap_globals`](Self::heap_globals).
    pub(crate) fn heap_global(&self, addr: GlobalAddr) -> u32 {
        let global = self.global(addr);
        assert!(is_heap_ref(global.ty.content));
        // SAFETY: the global's type is a reference into the heap. Its cell lives as long as the store, which is
        // borrowed, and whose Wasm does not run meanwhile.
        unsafe { global.cell.read().get_heap_ref() }
    }

    /// Every reference into the heap that globals, tables and segments hold.
    pub(crate) fn counted_references(&self) -> impl Iterator<Item = u32> + '_ {
        let globals = self.heap_globals.iter().map(|addr| self.heap_global(*addr));
        let tables = self.heap_tables.iter().flat_map(|i| self.table(*i).heap_refs());
        let segments = self.segments.entries().flat_map(|s| s.heap_refs());
        globals.chain(tables.copied()).chain(segments.copied())
    }

    pub(crate) fn table(&self, addr: TableAddr) -> &TableInstance {
        &self.tables[addr]
    }

    pub(crate) fn add_host_global(&mut self, ty: GlobalType, value: ValRaw) -> GlobalAddr {
        let cell = NonNull::from(Box::leak(Box::new(ValRaw::ZERO)));
        self.host_cells.push(cell);
        let addr = self.add_global(GlobalInstance { cell, ty, given_back: false });
        self.lives.host_globals.push(addr);
        self.write_global(addr, value);
        addr
    }

    /// Adds a global, whose cell holds zero or null.
    pub(crate) fn add_global(&mut self, global: GlobalInstance) -> GlobalAddr {
        let heap = is_heap_ref(global.ty.content);
        self.note_instances(size_of::<GlobalInstance>());
        let addr = self.globals.push(global);
        if heap {
            self.heap_globals.push(addr);
        }
        addr
    }

    /// Writes a global, and adjusts the reference counts of the old and the new value.
    pub(crate) fn write_global(&mut self, addr: GlobalAddr, value: ValRaw) {
        let global = &self.globals[addr];
        let (cell, heap) = (global.cell, is_heap_ref(global.ty.content));
        // SAFETY: cells live as long as the store, which is exclusively borrowed, and hold a value of the
        // global's type. The callers make sure that `value` is of that type, too: `Global` checks it, and
        // validation does for instantiation.
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

    pub(crate) fn global(&self, addr: GlobalAddr) -> &GlobalInstance {
        &self.globals[addr]
    }

    pub(crate) fn add_host_func(&mut self, func: HostFuncBox) {
        self.host_funcs.push(func);
    }

    /// Number of host functions in the store.
    pub(crate) fn host_funcs(&self) -> usize {
        self.host_funcs.len()
    }

    /// Frees all host functions but the first `count`.
    ///
    /// # Safety
    /// Nothing refers to the functions that are freed: no handle was given out, and no instance imports them.
    pub(crate) unsafe fn drop_host_funcs(&mut self, count: usize) {
        self.host_funcs.truncate(count);
    }
}
