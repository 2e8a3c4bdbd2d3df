//! Rolling a store back to its contents before an instantiation that failed.
//!
//! In: a store, before and after the instantiation. Out: everything that was added in between is freed. Knows
//! nothing of whether something still refers to it; the caller does.

use super::StoreOpaque;
use crate::value::val::ValRaw;
use cranelift_codegen::entity::EntityRef;

/// How many parts of each kind a store had. A roll-back to it must come before anything is given back.
pub(crate) struct Checkpoint {
    instances: usize,
    memories: usize,
    pub(crate) tables: usize,
    globals: usize,
    heap_tables: usize,
    heap_globals: usize,
    tags: usize,
    segments: usize,
    dropped_data: usize,
    instance_bytes: u64,
}

impl StoreOpaque {
    pub(crate) fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            instances: self.instances.len(),
            memories: self.memories.len(),
            tables: self.tables.len(),
            globals: self.globals.len(),
            heap_tables: self.heap_tables.len(),
            heap_globals: self.heap_globals.len(),
            tags: self.tags.len(),
            segments: self.segments.len(),
            dropped_data: self.dropped_data.len(),
            instance_bytes: self.memory_use.instances(),
        }
    }

    /// Frees what was added since the checkpoint.
    ///
    /// # Safety
    /// Nothing refers to what is freed: no handle was given out, no Wasm ran, and no reference to one of its
    /// functions was written to a part that existed before.
    ///
    /// # Panics
    /// Panics with the panic of a host value's destructor, once everything is freed.
    pub(crate) unsafe fn roll_back(&mut self, to: &Checkpoint) {
        for addr in self.heap_globals.split_off(to.heap_globals) {
            self.write_global(addr, ValRaw::heap_ref(0));
        }
        for addr in self.heap_tables.split_off(to.heap_tables) {
            self.tables[addr].clear(&mut self.heap);
        }
        for mut segment in self.segments.drain_from(to.segments) {
            segment.clear(&mut self.heap);
        }
        self.globals.truncate(to.globals);
        for instance in self.instances.drain_from(to.instances) {
            // SAFETY: the instance came from a box (`add_instance`), and nothing refers to it (the caller's
            // promise).
            drop(unsafe { Box::from_raw(instance.as_ptr()) });
        }
        self.lives.truncate(to.instances);
        let memories = self.memories.drain_from(to.memories).filter(|m| !m.is_shared());
        self.used -= memories.map(|m| m.bytes()).sum::<u64>();
        self.shared_memories.retain(|addr| addr.index() < to.memories);
        self.used -= self.tables.drain_from(to.tables).map(|t| t.bytes()).sum::<u64>();
        self.tags.truncate(to.tags);
        self.dropped_data.truncate(to.dropped_data);
        self.memory_use.set_instances(to.instance_bytes);
        self.limit_values();
        self.run_destructors();
    }
}
