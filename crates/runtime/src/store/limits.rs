//! What a store may use, and what it uses.
//!
//! In: limits from the host; the memories, tables and values of a store. Out: whether there is room, and how
//! many bytes are resident. Knows nothing of what the bytes are for.

use crate::gc::ValueCount;
use crate::store::memory::MemoryInstance;
use crate::sys::mmap::Mmap;
use crate::value::error::{Error, Result};
use parking_lot::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, Weak};

/// Limits on what a store's modules may allocate. By default there are none beyond those of the
/// engine and the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreLimits {
    pub(crate) instances: usize,
    pub(crate) memories: usize,
    pub(crate) tables: usize,
    pub(crate) memory_bytes: u64,
    pub(crate) table_elements: u64,
    pub(crate) total_bytes: u64,
}

impl Default for StoreLimits {
    fn default() -> Self {
        StoreLimits {
            instances: usize::MAX,
            memories: usize::MAX,
            tables: usize::MAX,
            memory_bytes: u64::MAX,
            table_elements: u64::MAX,
            total_bytes: u64::MAX,
        }
    }
}

impl StoreLimits {
    /// Makes limits that forbid nothing beyond the limits of the engine and the system.
    pub fn new() -> Self {
        StoreLimits::default()
    }

    /// Sets how many instances can be made. Those that were [given back](crate::Instance::release) count too,
    /// because a part of each remains.
    pub fn instances(mut self, most: usize) -> Self {
        self.instances = most;
        self
    }

    /// Sets how many memories there can be. Those that were given back no longer count.
    pub fn memories(mut self, most: usize) -> Self {
        self.memories = most;
        self
    }

    /// Sets how many tables there can be. Those that were given back no longer count.
    pub fn tables(mut self, most: usize) -> Self {
        self.tables = most;
        self
    }

    /// Sets how many bytes each memory can have.
    pub fn memory_bytes(mut self, most: u64) -> Self {
        self.memory_bytes = most;
        self
    }

    /// Sets how many elements each table can have.
    pub fn table_elements(mut self, most: u64) -> Self {
        self.table_elements = most;
        self
    }

    /// Sets how many bytes everything can have together. Memories and tables count with their size, whether
    /// it was written or not, until they are [given back](crate::Instance::release); a shared memory counts
    /// once, even if the store did not make it. Host values and exceptions count from when they are made
    /// until they are dropped, with their size in Rust, without what they own elsewhere. Structures and arrays
    /// count until they are freed.
    ///
    /// At the limit, growth fails (`memory.grow` and `table.grow` give −1), and instantiation fails with
    /// [`Error::Resource`]. Calls that pass one more host value or exception to Wasm fail so too, as do
    /// instructions that make an object, if a collection does not make room.
    pub fn total_bytes(mut self, most: u64) -> Self {
        self.total_bytes = most;
        self
    }

    /// Refuses one more item if there are `count` already and `limit` is the most.
    pub(crate) fn check(count: usize, limit: usize, what: &str) -> Result<()> {
        match count < limit {
            true => Ok(()),
            false => Err(Error::Resource(format!("the store is limited to {limit} {what}"))),
        }
    }
}

/// Tells how much of the machine's memory a store uses. Other threads can ask at any time, even while Wasm
/// runs, and after the store was dropped, when it uses none.
#[derive(Clone, Debug)]
pub struct MemoryUse(pub(crate) Arc<Use>);

/// What other threads can learn of the memory that a store uses.
#[derive(Debug)]
pub(crate) struct Use {
    memories: Mutex<Vec<Weak<MemoryInstance>>>,
    tables: Mutex<Vec<Weak<Mmap>>>,
    values: ValueCount,
    /// Bytes of instances: their contexts, globals, small tables and element segments.
    instances: AtomicU64,
}

/// A store's own account of the memory that it uses. The part that other threads see is made when a thread
/// first asks, as nobody asks about most stores.
#[derive(Debug, Default)]
pub(crate) struct StoreUse {
    /// Bytes of instances, as in [`Use`]. Only code that borrows the store changes the number.
    instances: AtomicU64,
    shared: OnceLock<Arc<Use>>,
}

impl StoreUse {
    /// The part that other threads see, made on first use. The store has these memories, each listed once,
    /// and these tables.
    pub(crate) fn share<'a>(
        &self,
        memories: impl Iterator<Item = &'a Arc<MemoryInstance>>,
        tables: impl Iterator<Item = &'a Arc<Mmap>>,
        values: &ValueCount,
    ) -> Arc<Use> {
        let make = || {
            Arc::new(Use {
                memories: Mutex::new(memories.map(Arc::downgrade).collect()),
                tables: Mutex::new(tables.map(Arc::downgrade).collect()),
                values: values.clone(),
                instances: AtomicU64::new(self.instances()),
            })
        };
        self.shared.get_or_init(make).clone()
    }

    /// Bytes of instances.
    pub(crate) fn instances(&self) -> u64 {
        self.instances.load(Ordering::Relaxed)
    }

    /// Sets the bytes of instances. Only the store does this.
    pub(crate) fn set_instances(&self, bytes: u64) {
        self.instances.store(bytes, Ordering::Relaxed);
        if let Some(shared) = self.shared.get() {
            shared.instances.store(bytes, Ordering::Relaxed);
        }
    }

    pub(crate) fn add_memory(&self, memory: &Arc<MemoryInstance>) {
        if let Some(shared) = self.shared.get() {
            add(&mut shared.memories.lock(), memory);
        }
    }

    /// Removes a memory that left the store, but lives on elsewhere.
    pub(crate) fn remove_memory(&self, memory: &Arc<MemoryInstance>) {
        if let Some(shared) = self.shared.get() {
            let is_it = |other: &Weak<_>| std::ptr::eq(other.as_ptr(), Arc::as_ptr(memory));
            shared.memories.lock().retain(|other| !is_it(other));
        }
    }

    pub(crate) fn add_table(&self, table: &Arc<Mmap>) {
        if let Some(shared) = self.shared.get() {
            add(&mut shared.tables.lock(), table);
        }
    }
}

/// Adds an item to a list. Items that were dropped are removed before the list grows.
fn add<T>(list: &mut Vec<Weak<T>>, item: &Arc<T>) {
    if list.len() == list.capacity() {
        list.retain(|other| other.strong_count() != 0);
    }
    list.push(Arc::downgrade(item));
}

/// The sum over the items that were not dropped. The list is not locked while the system is asked.
fn sum<T>(list: &Mutex<Vec<Weak<T>>>, bytes: impl Fn(&T) -> u64) -> u64 {
    let items = list.lock().clone();
    items.iter().filter_map(Weak::upgrade).map(|item| bytes(&item)).sum()
}

impl MemoryUse {
    /// Bytes of the store's memories and tables that are resident, and those of its host values, exceptions,
    /// objects and instances (contexts, globals, small tables, element segments). Pages of memories and tables that
    /// were only read count too.
    ///
    /// The system is asked about each page of the memories and tables, which takes milliseconds if they are
    /// large.
    pub fn resident_bytes(&self) -> u64 {
        let memories = sum(&self.0.memories, MemoryInstance::resident);
        let tables = sum(&self.0.tables, |mapping| mapping.resident(mapping.len()));
        let rest = self.0.values.bytes().saturating_add(self.0.instances.load(Ordering::Relaxed));
        memories.saturating_add(tables).saturating_add(rest)
    }
}
