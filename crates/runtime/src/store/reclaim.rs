//! Giving back the parts of instances that the host released and that Wasm cannot reach any more.
//!
//! In: which instances the host released. Out: their memories and tables are empty, their globals hold no
//! references, and their functions cannot be called. Contexts, records of functions and code stay, because
//! handles can be copied without the store's knowledge and must always refer to something.
//!
//! A part can outlive its instance if another instance imports it. Such a part is an *orphan*, and later
//! reclamations look at it again.

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

/// The least number of releases after which the store looks for what it can give back. The cost of the last
/// search can make it more.
const LEAST: usize = 32;

/// The state of an instance, by what the host wants of it and by whether it was given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Life {
    /// The host may use the instance.
    Kept,
    /// The host will not use the instance again, but Wasm may.
    Released,
    /// Nobody can use the instance.
    GivenBack,
}

/// The states of a store's instances, and the parts that belong to no instance.
#[derive(Default)]
pub(super) struct Lives {
    /// The state of each instance; empty before the first is released.
    of: AddrVec<InstanceAddr, Life>,
    /// The instances that were not given back; like `of`, empty before the first is released.
    there: Vec<InstanceAddr>,
    /// How many of the instances in `there` are released.
    released: usize,
    /// How many instances were released since the last search for what can be given back.
    since: usize,
    /// How much work the last search was, in units of the work for an instance.
    cost: usize,
    pub(super) host_tables: Vec<TableAddr>,
    pub(super) host_globals: Vec<GlobalAddr>,
    /// Parts that were not given back, though their instances were.
    orphans: Orphans,
    /// How many memories and tables were given back.
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

    /// Begins to keep the states of instances, if that has not begun. There are `instances` of them.
    fn begin(&mut self, instances: usize) {
        if self.of.len() == 0 {
            self.of = AddrVec::filled(instances, Life::Kept);
            self.there = self.of.addrs().collect();
        }
    }
}

/// The [`Lives`] of a store, which are made only when they are needed: in most stores nothing is released,
/// and these spend neither memory nor time on them.
#[derive(Default)]
pub(super) struct LivesOnDemand(Option<Box<Lives>>);

/// The lives of a store in which nothing was released and the host made no tables and globals.
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
    /// Adds the state of the next instance.
    pub(super) fn add(&mut self) {
        if let Some(lives) = self.0.as_mut().filter(|lives| lives.of.len() != 0) {
            lives.there.push(lives.of.push(Life::Kept));
        }
    }

    /// Forgets all instances but the first `count`. None of the others was released.
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

    /// Records that the host will not use an instance again.
    pub(crate) fn release(&mut self, instance: InstanceAddr) {
        self.lives.begin(self.instances.len());
        let life = &mut self.lives.of[instance];
        if *life == Life::Kept {
            *life = Life::Released;
            self.lives.released += 1;
            self.lives.since += 1;
        }
    }

    /// Gives back what can be given back, if enough instances were released that the search costs each
    /// release no more than a bounded share. In stress mode this happens whenever anything was released.
    ///
    /// # Panics
    /// Panics with the panic of a value's destructor, once all values are dropped.
    pub(crate) fn reclaim_if_due(&mut self) {
        let least = if self.heap.stress() { 0 } else { self.lives.cost.max(LEAST) };
        if self.lives.since > least {
            self.reclaim(&[]);
        }
    }

    /// Gives back what was released and cannot be reached any more, neither from what was not released nor
    /// from `held`. Returns whether anything was given back. While Wasm runs in the store, nothing happens.
    ///
    /// The caller must put into `held` all references to functions that it holds, and those to exceptions
    /// that are not in the activations table.
    ///
    /// # Panics
    /// Panics with the panic of a value's destructor, once all values are dropped.
    pub(crate) fn reclaim(&mut self, held: &[Extern]) -> bool {
        if !self.activations.is_null() || self.lives.released == 0 {
            return false;
        }
        let reached = trace(self, held);
        self.lives.since = 0;
        self.lives.cost = reached.cost;
        let gone = self.give_instances_back(&reached);
        // Orphans can be reached only from instances, so they can have become unreachable only if an instance
        // was given back.
        if gone {
            self.give_parts_back(&reached);
            self.limit_values();
            self.run_destructors();
        }
        gone
    }

    /// Gives back the instances that cannot be reached, whose memories, tables and globals become orphans.
    /// Returns whether there were any.
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
        // SAFETY: instances live as long as the store, which is borrowed; each lies in an allocation of its
        // own, not in the store's record, and nothing changes it once it is made.
        let instance = unsafe { pointer.as_ref() };
        // SAFETY: `self` borrows the store exclusively, and none of its Wasm runs: `reclaim`, the only
        // caller, checked that there are no activations. So nobody reads the records that are changed.
        unsafe { instance.give_functions_back(call_given_back) };
        instance.segments().for_each(|segment| self.drop_segment(segment));
        let orphans = &mut self.lives.orphans;
        orphans.memories.extend(instance.defined_memories());
        orphans.tables.extend(instance.defined_tables());
        orphans.globals.extend(instance.defined_globals());
    }

    /// Gives back the orphans that cannot be reached.
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

    /// Frees a memory. If it is shared, only the store's reference to it is dropped.
    fn give_memory_back(&mut self, addr: MemAddr) {
        let ty = self.memory(addr).ty();
        let nothing = Arc::new(MemoryInstance::given_back(ty));
        let memory = std::mem::replace(&mut self.memories[addr], nothing);
        self.lives.memories_gone += 1;
        if !memory.is_shared() {
            self.used -= memory.bytes();
        } else if let Some(place) = self.shared_memories.iter().position(|i| *i == addr) {
            // The store may have the same memory under another address, too.
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
    /// Gives back at once everything that can be given back (see
    /// [`Instance::release`](crate::Instance::release)). The store does so by itself now and then. While Wasm
    /// runs in the store, nothing happens.
    ///
    /// # Panics
    /// Panics with the panic of the destructor of a host value, once all values are dropped.
    pub fn reclaim(&mut self) {
        self.context_mut().reclaim();
    }
}

impl<T: 'static> StoreContextMut<'_, T> {
    /// Gives back at once everything that can be given back, as [`Store::reclaim`] does.
    ///
    /// # Panics
    /// Panics with the panic of the destructor of a host value, once all values are dropped.
    pub fn reclaim(&mut self) {
        self.as_context_mut().opaque_mut().reclaim(&[]);
    }
}

/// Takes the place of the entry trampoline of functions that were given back: it ends the activation with an
/// error.
///
/// # Safety
/// The caller promises the same as for an entry trampoline: `callee` is the context of a function, whose
/// store was entered and has no references to it.
unsafe extern "C" fn call_given_back(
    callee: *mut VmContext,
    _: *mut VmContext,
    _: *const u8,
    _: *mut ValRaw,
) -> u8 {
    // SAFETY: the context is live, and so is its store, to which no reference exists (the caller's promise).
    unsafe {
        let store = (*callee).store.cast::<StoreOpaque>();
        (*store).pending = Some(Pending::Error(Error::Released("function")));
    }
    0
}
