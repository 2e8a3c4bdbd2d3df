//! Giving back what instances had that were released and cannot be reached any more.
//!
//! In: which instances the host gave up. Out: their memories and tables are empty, their globals hold no
//! references, their functions cannot be called. Contexts, records of functions and code stay: handles,
//! which can be copied without the store knowing, always find something.
//!
//! A part can outlive its instance, where another instance imports it: then it is an *orphan*, and is
//! looked at again.

use super::trace::{Reached, trace};
use super::{StoreContextMut, StoreOpaque};
use crate::store::context::AsContextMut;
use crate::store::memory::MemoryInstance;
use crate::store::{Pending, Store};
use crate::types::{ValType, is_heap_ref};
use crate::value::address::{AddrVec, GlobalAddr, InstanceAddr, MemAddr, TableAddr};
use crate::value::error::Error;
use crate::value::handles::Extern;
use crate::value::val::ValRaw;
use crate::value::vm::VmContext;
use cranelift_codegen::entity::EntityRef;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// Instances that are released before it is looked for what can be given back, where nothing else makes
/// that worthwhile later.
const LEAST: usize = 32;

/// What the host wants of an instance, and what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Life {
    /// The host may use it.
    Kept,
    /// The host will not use it again; Wasm may.
    Released,
    /// Nobody can use it.
    GivenBack,
}

/// What is known of a store's instances, and of parts that are not an instance's.
#[derive(Default)]
pub(super) struct Lives {
    /// Of each instance; none before the first is released.
    of: AddrVec<InstanceAddr, Life>,
    /// Those that were not given back; none, like `of`, before the first is released.
    there: Vec<InstanceAddr>,
    /// How many of these are released.
    released: usize,
    /// How many were released since it was last looked for what can be given back.
    since: usize,
    /// How much work that was, in instances.
    cost: usize,
    pub(super) host_tables: Vec<TableAddr>,
    pub(super) host_globals: Vec<GlobalAddr>,
    /// Parts that were not given back, though their instances were.
    orphans: Orphans,
    /// How many were given back.
    pub(super) memories_gone: usize,
    pub(super) tables_gone: usize,
}

#[derive(Default)]
struct Orphans {
    memories: Vec<MemAddr>,
    tables: Vec<TableAddr>,
    globals: Vec<GlobalAddr>,
}

impl Lives {
    pub(super) fn of(&self, instance: InstanceAddr) -> Life {
        self.of.get(instance).copied().unwrap_or(Life::Kept)
    }

    /// Instances that were not given back.
    pub(super) fn there(&self) -> &[InstanceAddr] {
        &self.there
    }

    /// Begins to keep account of instances, of which there are so many.
    fn begin(&mut self, instances: usize) {
        if self.of.len() == 0 {
            self.of = AddrVec::filled(instances, Life::Kept);
            self.there = self.of.addrs().collect();
        }
    }
}

/// The [`Lives`] of a store, made when there is something to say: most stores end with all that they began
/// with, and neither take the room nor the time.
#[derive(Default)]
pub(super) struct LivesOnDemand(Option<Box<Lives>>);

/// Of a store in which nothing was released, and that has no parts of the host.
static NONE: Lives = Lives {
    of: AddrVec::new(),
    there: Vec::new(),
    released: 0,
    since: 0,
    cost: 0,
    host_tables: Vec::new(),
    host_globals: Vec::new(),
    orphans: Orphans { memories: Vec::new(), tables: Vec::new(), globals: Vec::new() },
    memories_gone: 0,
    tables_gone: 0,
};

impl Deref for LivesOnDemand {
    type Target = Lives;

    fn deref(&self) -> &Lives {
        self.0.as_deref().unwrap_or(&NONE)
    }
}

impl DerefMut for LivesOnDemand {
    fn deref_mut(&mut self) -> &mut Lives {
        self.0.get_or_insert_default()
    }
}

impl LivesOnDemand {
    /// Adds the next instance.
    pub(super) fn add(&mut self) {
        if let Some(lives) = self.0.as_mut().filter(|lives| lives.of.len() != 0) {
            lives.there.push(lives.of.push(Life::Kept));
        }
    }

    /// Forgets all instances but the first so many. None of the others was released.
    pub(super) fn truncate(&mut self, count: usize) {
        if let Some(lives) = &mut self.0 {
            debug_assert!(lives.of.entries().skip(count).all(|life| *life == Life::Kept));
            lives.of.truncate(count);
            lives.there.retain(|addr| addr.index() < count);
        }
    }
}

impl StoreOpaque {
    /// Whether any instance was given back.
    pub(crate) fn has_given_back(&self) -> bool {
        self.lives.there.len() < self.lives.of.len()
    }

    /// Notes that the host will not use an instance again.
    pub(crate) fn release(&mut self, instance: InstanceAddr) {
        self.lives.begin(self.instances.len());
        let life = &mut self.lives.of[instance];
        if *life == Life::Kept {
            *life = Life::Released;
            self.lives.released += 1;
            self.lives.since += 1;
        }
    }

    /// Gives back what can be, where it costs each release no more than a bounded share to find that out;
    /// in stress mode whenever anything was released.
    ///
    /// # Panics
    /// Panics with the panic of a value's destructor, when all are dropped.
    pub(crate) fn reclaim_if_due(&mut self) {
        let least = if self.heap.stress() { 0 } else { self.lives.cost.max(LEAST) };
        if self.lives.since > least {
            self.reclaim(&[]);
        }
    }

    /// Gives back what was released and cannot be reached any more, neither from what was not released nor
    /// from `held`. Says whether that was anything. Where Wasm runs, nothing happens.
    ///
    /// No caller may hold references to functions, or to exceptions that are not in the activations table,
    /// but in `held`.
    ///
    /// # Panics
    /// Panics with the panic of a value's destructor, when all are dropped.
    pub(crate) fn reclaim(&mut self, held: &[Extern]) -> bool {
        if !self.activations.is_null() || self.lives.released == 0 {
            return false;
        }
        let reached = trace(self, held);
        self.lives.since = 0;
        self.lives.cost = reached.cost;
        let gone = self.give_instances_back(&reached);
        // Orphans can be reached from instances alone.
        if gone {
            self.give_parts_back(&reached);
            self.limit_values();
            self.run_destructors();
        }
        gone
    }

    /// Gives instances back, whose memories, tables and globals are orphans then.
    fn give_instances_back(&mut self, reached: &Reached) -> bool {
        let mut there = std::mem::take(&mut self.lives.there);
        let before = there.len();
        there.retain(|addr| {
            let (life, reached) = (self.lives.of(*addr), reached.instances[*addr]);
            let stays = reached || life == Life::Kept;
            if !stays {
                self.give_instance_back(*addr);
            }
            stays
        });
        let gone = before - there.len();
        self.lives.there = there;
        self.lives.released -= gone;
        gone != 0
    }

    fn give_instance_back(&mut self, addr: InstanceAddr) {
        self.lives.of[addr] = Life::GivenBack;
        let pointer = self.instance_ptr(addr);
        // SAFETY: instances live as long as the store, which is borrowed; they are beside the store's
        // record, not in it, and nothing changes them once they are made.
        let instance = unsafe { pointer.as_ref() };
        // SAFETY: the store is borrowed exclusively by `self`, and no Wasm of it runs: `reclaim`, which
        // alone leads here, looked for activations. So nobody reads the records that are changed.
        unsafe { instance.give_functions_back(call_given_back) };
        instance.segments().for_each(|segment| self.drop_segment(segment));
        let orphans = &mut self.lives.orphans;
        orphans.memories.extend(instance.defined_memories());
        orphans.tables.extend(instance.defined_tables());
        orphans.globals.extend(instance.defined_globals());
    }

    /// Gives back those parts of instances that were given back which cannot be reached.
    fn give_parts_back(&mut self, reached: &Reached) {
        let Orphans { mut memories, mut tables, mut globals } =
            std::mem::take(&mut self.lives.orphans);
        memories.retain(|addr| {
            let stays = reached.memories[*addr];
            if !stays {
                self.give_memory_back(*addr);
            }
            stays
        });
        tables.retain(|addr| {
            let stays = reached.tables[*addr];
            if !stays {
                self.give_table_back(*addr);
            }
            stays
        });
        globals.retain(|addr| {
            let stays = reached.globals[*addr];
            if !stays {
                self.give_global_back(*addr);
            }
            stays
        });
        self.lives.orphans = Orphans { memories, tables, globals };
        let tables = &self.tables;
        self.heap_tables.retain(|addr| !tables[*addr].is_given_back());
        let globals = &self.globals;
        self.heap_globals.retain(|addr| !globals[*addr].given_back);
    }

    /// Frees a memory; of one that is shared, the store's share in it.
    fn give_memory_back(&mut self, addr: MemAddr) {
        let ty = self.memory(addr).ty();
        let nothing = Arc::new(MemoryInstance::given_back(ty));
        let memory = std::mem::replace(&mut self.memories[addr], nothing);
        self.lives.memories_gone += 1;
        if !memory.is_shared() {
            self.used -= memory.bytes();
        } else if let Some(place) = self.shared_memories.iter().position(|i| *i == addr) {
            // The store may have it under another address, too.
            let same = |other: &Arc<MemoryInstance>| Arc::ptr_eq(other, &memory);
            match self.memories.addrs().find(|addr| same(&self.memories[*addr])) {
                Some(other) => self.shared_memories[place] = other,
                None => {
                    self.shared_memories.swap_remove(place);
                    self.memory_use.remove_memory(&memory);
                }
            }
        }
    }

    fn give_table_back(&mut self, addr: TableAddr) {
        let table = &mut self.tables[addr];
        let (bytes, allocated) = (table.bytes(), table.storage().allocated());
        table.give_back(&mut self.heap);
        self.lives.tables_gone += 1;
        self.used -= bytes;
        self.memory_use.set_instances(self.memory_use.instances() - allocated);
    }

    fn give_global_back(&mut self, addr: GlobalAddr) {
        let ty = self.global(addr).ty.content;
        if matches!(ty, ValType::Ref(_)) {
            let null = if is_heap_ref(ty) { ValRaw::heap_ref(0) } else { ValRaw::func(None) };
            self.write_global(addr, null);
        }
        self.globals[addr].given_back = true;
    }
}

impl<T: 'static> Store<T> {
    /// Gives back at once what is due to be: see [`Instance::release`](crate::Instance::release). The
    /// store does so itself, now and then. While Wasm runs nothing happens.
    ///
    /// # Panics
    /// Panics with the panic of the destructor of a host value, when all are dropped.
    pub fn reclaim(&mut self) {
        self.context_mut().reclaim();
    }
}

impl<T: 'static> StoreContextMut<'_, T> {
    /// See [`Store::reclaim`].
    ///
    /// # Panics
    /// Panics with the panic of the destructor of a host value, when all are dropped.
    pub fn reclaim(&mut self) {
        self.as_context_mut().opaque_mut().reclaim(&[]);
    }
}

/// Stands for the entry trampoline of functions that were given back: ends the activation with an error.
///
/// # Safety
/// As for an entry trampoline: `callee` is the context of a function of a store that was entered.
unsafe extern "C" fn call_given_back(
    callee: *mut VmContext,
    _: *mut VmContext,
    _: *const u8,
    _: *mut ValRaw,
) -> u8 {
    // SAFETY: the context is live, and so is its store, to which no reference is (the caller's promise).
    unsafe {
        let store = (*callee).store.cast::<StoreOpaque>();
        (*store).pending = Some(Pending::Error(Error::Released("function")));
    }
    0
}
