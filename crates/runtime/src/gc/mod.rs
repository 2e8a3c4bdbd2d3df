//! The collector, which does deferred reference counting of the objects that Wasm can reach.
//!
//! In: the host's values; structures and arrays; counted references from globals, tables and segments; and, at
//! a collection, the references that frames hold. Out: host values without any reference left, which the
//! caller drops once the heap is consistent again ([`Heap::take_dead`]).
//!
//! This module knows nothing of compiled code, stacks, stores or instances, and can be driven
//! without them.
//!
//! ```text
//! count of an object = references in globals, tables, segments, objects
//!                    + 1 if it is in the activations table
//!                    + 1 for each handle of the host to a structure or an array
//! ```
//!
//! References that frames hold are not counted. Every reference that a frame gets from a global, a table, an
//! object or the host first *joins the activations table*, so the table contains at least all references that frames
//! hold. A collection gets the precise set of these (from stack maps), removes the other references from the
//! table, and frees the objects whose count becomes zero. Handles of the host to its own values are not counted
//! either, because they share the value, not the object ([`ExternRef`]). Cycles of objects, whose counts never
//! become zero, fall to a backup mark from the same roots ([`Heap::free_cycles`]).

mod coalescing;
mod count;
mod cycles;
mod dead;
mod externref;
mod marker;
mod object;
mod objects;
mod occupancy;
mod pauses;
mod reach;
mod region;
mod root;
mod shape;
mod space;
mod stats;
mod verify;

#[cfg(test)]
mod model;
#[cfg(test)]
mod model_objects;
#[cfg(test)]
mod tests;

pub(crate) use count::ValueCount;
pub(crate) use dead::{Dead, discard};
pub use externref::{ExternRef, WeakExternRef};
pub(crate) use marker::Marker;
pub(crate) use objects::Kind;
pub use occupancy::HeapOccupancy;
pub use pauses::GcPauses;
pub(crate) use reach::{Step, Ways};
pub(crate) use root::Rooted;
pub(crate) use shape::{Holds, Shape, TypeRecord};
pub use stats::{Doubt, GcStats, HeapError};

use crate::sys::identity::StoreId;
use coalescing::Coalescing;
use region::Region;
use space::Space;
use std::sync::OnceLock;
use std::time::Duration;
use touchstone_cranelift_wasm::Collector;

/// The reason why a value did not enter a heap. It becomes an [`Error`](crate::Error) of the same class.
#[derive(Debug)]
pub(crate) enum AllocError {
    /// The value was made for another store.
    Foreign(String),
    /// There is no room, or a limit was reached.
    Full(String),
}

/// The part of a heap that compiled code reads and writes.
#[repr(C)]
#[derive(Debug)]
pub(crate) struct VmHeap {
    /// The address to which references are offsets.
    pub(crate) base: *mut u8,
    /// First object of the activations table, or 0.
    pub(crate) head: u32,
    /// How many more objects may join the activations table before a collection.
    pub(crate) room: u32,
    /// The records of the types of objects, by identity.
    pub(crate) types: *const TypeRecord,
    /// The first free byte of the hole in which compiled code makes objects, for the coalescing collector.
    pub(crate) hole: u32,
    /// The end of that hole.
    pub(crate) hole_end: u32,
}

/// The smallest room in the activations table that a collection leaves, in objects.
const MIN_ROOM: u32 = 1024;
/// The most bytes of host values, and of objects if not more than these are alive, that are made between two
/// collections.
const BUDGET: usize = 16 << 20;

/// A store's heap.
#[repr(C)]
pub(crate) struct Heap {
    /// This field comes first, where compiled code expects it.
    pub(crate) vm: VmHeap,
    /// What the coalescing collector knows, if it manages the heap.
    coalescing: Option<Box<Coalescing>>,
    space: Space,
    types: shape::Types,
    /// The host's handles to structures and arrays.
    roots: Vec<Rooted>,
    /// The number of handles with which the next collection looks for those that are gone.
    roots_due: usize,
    /// Number of structures and arrays.
    objects: u64,
    /// Bytes of all live objects.
    live_bytes: u64,
    /// Bytes of objects that were alive after the last collection.
    live_after: u64,
    /// Bytes of objects that were alive after the last backup mark.
    marked_bytes: u64,
    /// Bytes of objects made since the last collection.
    new_bytes: u64,
    /// Objects whose counts became zero, and which are not freed yet.
    dying: Vec<u32>,
    /// The host's values, indexed by the payloads of objects.
    hosts: Vec<Option<ExternRef>>,
    free_hosts: Vec<u32>,
    /// For each host value, the number of those that entered before it.
    entered: Vec<u64>,
    /// Number of host values that ever entered.
    values_entered: u64,
    /// Values whose objects were freed, and which are not dropped yet.
    dead: Vec<ExternRef>,
    live: u64,
    /// The number of members of the activations table plus the room for more.
    capacity: u32,
    /// Bytes of host values made since the last collection.
    allocated: usize,
    stress: bool,
    stats: GcStats,
    pauses: pauses::Pauses,
    store: StoreId,
    /// The count of the bytes of host values. It is made with the first value, as most stores have none.
    values: OnceLock<ValueCount>,
    /// The most bytes of host values that there may be when a new value enters.
    most_values: u64,
    /// Bytes of host values that were left after the last collection.
    values_left: u64,
}

// SAFETY: the raw pointers point to the region and to the records of types, which the heap owns; the other
// parts, host values among them, are `Send + Sync` (asserted below).
unsafe impl Send for Heap {}
// SAFETY: through a shared reference to a heap, nothing to which the pointers point can be changed.
unsafe impl Sync for Heap {}

const _: () = {
    const fn both<T: Send + Sync>() {}
    both::<(Space, shape::Types, Rooted, ExternRef, GcStats, pauses::Pauses, StoreId, ValueCount)>(
    );
    both::<Coalescing>();
};

impl Heap {
    /// Makes an empty heap. Address space is reserved with the first object, or before the first instance
    /// that has places for references. In stress mode, a collection comes before every join, and freed
    /// objects are not reused for a long time.
    pub(crate) fn new(store: StoreId, collector: Collector, stress: bool) -> Self {
        let room = if stress { 0 } else { MIN_ROOM };
        Heap {
            vm: VmHeap {
                base: std::ptr::null_mut(),
                head: 0,
                room,
                types: std::ptr::null(),
                hole: 0,
                hole_end: 0,
            },
            coalescing: match collector {
                Collector::Counting => None,
                Collector::Coalescing => Some(Box::default()),
            },
            space: Space::new(collector, stress),
            types: shape::Types::default(),
            roots: Vec::new(),
            roots_due: 1024,
            objects: 0,
            live_bytes: 0,
            live_after: 0,
            marked_bytes: 0,
            new_bytes: 0,
            dying: Vec::new(),
            hosts: Vec::new(),
            free_hosts: Vec::new(),
            entered: Vec::new(),
            values_entered: 0,
            dead: Vec::new(),
            live: 0,
            capacity: room,
            allocated: 0,
            stress,
            stats: GcStats::default(),
            pauses: pauses::Pauses::default(),
            store,
            values: OnceLock::new(),
            most_values: u64::MAX,
            values_left: 0,
        }
    }

    pub(crate) fn stress(&self) -> bool {
        self.stress
    }

    /// Whether no object was ever made, so that all references are null.
    pub(crate) fn is_unused(&self) -> bool {
        self.space.end() == object::SIZE && self.stats.freed == 0
    }

    /// Statistics since the heap was made.
    pub(crate) fn stats(&self) -> GcStats {
        let entries = self.entries();
        let high_water = self.stats.table_high_water.max(entries.into());
        let mut stats = self.stats.clone();
        stats.live = self.live + self.young_objects();
        stats.live_bytes = self.live_bytes + self.young_bytes();
        stats.allocated_bytes += self.new_bytes + self.young_bytes();
        stats.table_entries = self.coalescing.as_ref().map_or(entries.into(), |c| c.in_frames());
        stats.table_high_water = high_water;
        stats
    }

    /// Records how long a collection took.
    pub(crate) fn note_pause(&mut self, pause: Duration) {
        self.pauses.add(pause);
    }

    /// How long collections took.
    pub(crate) fn pauses(&self) -> GcPauses {
        self.pauses.summary()
    }

    /// Number of objects in the activations table.
    fn entries(&self) -> u32 {
        self.capacity - self.vm.room
    }

    /// The count of the bytes of host values that were made for this heap's store.
    pub(crate) fn values(&self) -> &ValueCount {
        self.values.get_or_init(|| ValueCount::new(self.store))
    }

    /// Bytes of host values that were made for this heap's store, and of its structures and arrays.
    pub(crate) fn value_bytes(&self) -> u64 {
        let told = self.values.get().map_or(0, ValueCount::bytes);
        match &self.coalescing {
            // What is in the hole is told when the hole is used up.
            Some(c) => told + c.hole_bytes(&self.vm),
            None => told,
        }
    }

    /// Limits the bytes of the host's values. From now on, no new value enters while there are more.
    pub(crate) fn limit_values(&mut self, bytes: u64) {
        if self.most_values == u64::MAX {
            // What collections leave is recorded only if there is a limit.
            self.values_left = 0;
        }
        self.most_values = bytes;
        if bytes != u64::MAX {
            self.limit_hole();
        }
    }

    /// Whether the host's values exceed their limit.
    pub(crate) fn exceeds_limit_of_values(&self) -> bool {
        self.value_bytes() > self.most_values
    }

    /// Whether the host's values exceed their limit, and a collection may help.
    #[inline]
    pub(crate) fn wants_values_back(&self) -> bool {
        let bytes = self.value_bytes();
        bytes > self.most_values && bytes > self.values_left
    }

    /// Whether the host's values exceed their limit, and are a quarter more than the last collection left. By
    /// the second condition a host that makes values above the limit pays for few collections. Before one of
    /// these values enters, [`Heap::wants_values_back`] decides.
    pub(crate) fn outgrew_values_left(&self) -> bool {
        let bytes = self.value_bytes();
        bytes > self.most_values && bytes > self.values_left.saturating_add(self.values_left / 4)
    }

    /// Records how many bytes of host values a collection left. This is called once the values that it freed
    /// are dropped.
    #[inline]
    pub(crate) fn note_values_left(&mut self) {
        if self.most_values != u64::MAX {
            self.values_left = self.value_bytes();
        }
    }

    // ---- objects ----

    /// Records that the host made a value of `bytes` bytes. Returns whether a collection is due.
    pub(crate) fn note_allocation(&mut self, bytes: usize) -> bool {
        self.allocated += bytes;
        self.allocated > BUDGET || self.stress
    }

    /// The reference for a host value, which is that of its object, or of a new object if it has none. The
    /// reference joins the activations table, in which there must be room.
    ///
    /// # Errors
    /// Fails if the value was made for another store, the heap is full, or the host's values exceed their
    /// limit.
    pub(crate) fn enter(&mut self, value: ExternRef) -> Result<u32, AllocError> {
        if value.store() != self.store {
            return Err(AllocError::Foreign(
                "an external reference was used with a store that is not its own".into(),
            ));
        }
        if let Some(reference) = value.object() {
            self.join(reference);
            return Ok(reference);
        }
        if self.exceeds_limit_of_values() {
            // Until the next attempt, Wasm may let go of what the last collection left.
            self.values_left = 0;
            return Err(AllocError::Full(format!(
                "the store's host values and exceptions take {} bytes, which is more than its limits \
                 leave room for",
                self.value_bytes()
            )));
        }
        let reference = self.take_space(object::SIZE.into())?;
        let index = self.free_hosts.pop().unwrap_or_else(|| {
            self.hosts.push(None);
            self.entered.push(0);
            self.hosts.len() as u32 - 1
        });
        value.set_object(reference);
        self.hosts[index as usize] = Some(value);
        self.entered[index as usize] = self.values_entered;
        self.values_entered += 1;
        self.space.region.write_new(reference, Kind::External, index);
        if self.is_coalescing() {
            self.note_young_host(index);
            return Ok(reference);
        }
        self.join(reference);
        self.live += 1;
        self.live_bytes += u64::from(object::SIZE);
        Ok(reference)
    }

    /// Takes space for an object of `size` bytes, a multiple of a granule. Its contents are anything.
    ///
    /// # Errors
    /// Fails if there is no room.
    fn take_space(&mut self, size: u64) -> Result<u32, AllocError> {
        let reference = match self.is_coalescing() {
            true => self.take_from_hole(size),
            false => self.space.allocate(size),
        }?;
        self.vm.base = self.space.region.base();
        Ok(reference)
    }

    /// Fixes the base, on which compiled code that reads and writes references relies.
    ///
    /// # Errors
    /// Fails if the process has no address space for the heap.
    pub(crate) fn fix_base(&mut self) -> Result<(), AllocError> {
        let no_space = |e| AllocError::Full(format!("no address space for the store's heap: {e}"));
        self.space.region.reserve().map_err(no_space)?;
        self.vm.base = self.space.region.base();
        Ok(())
    }

    /// The host's value to which `reference` refers.
    pub(crate) fn value(&self, reference: u32) -> &ExternRef {
        let index = self.space.region.position(reference) as usize;
        self.hosts[index].as_ref().expect("a reference in use is to an object that lives")
    }

    /// Frees an object without counted references, and then all objects that only it kept alive, one after the
    /// other. Space is freed now; host values are dropped later.
    fn free(&mut self, reference: u32) {
        let mut next = Some(reference);
        while let Some(reference) = next {
            self.free_one(reference);
            next = self.dying.pop();
        }
    }

    /// Frees an object, and takes the counts of its references. What has none left is added to the dying.
    fn free_one(&mut self, reference: u32) {
        let header = self.space.region.read(reference);
        let (space, dying) = (&mut self.space, &mut self.dying);
        let mut lose = |space: &mut Space, at: u32| {
            let child = space.region.read_u32(at);
            if Heap::is_object(child) {
                let mut header = space.region.read(child);
                debug_assert!(header.is_live() && header.count > 0, "counts are exact");
                header.count -= 1;
                space.region.write(child, header);
                if header.count == 0 {
                    dying.push(child);
                }
            }
        };
        match header.kind() {
            Some(Kind::Struct(id)) => {
                if let Shape::Struct { references, .. } = self.types.shape(id) {
                    references.iter().for_each(|offset| lose(space, reference + offset));
                }
            }
            Some(Kind::Array(id)) => {
                if let Shape::Array { first, holds: Holds::References, .. } = self.types.shape(id) {
                    let length = space.region.length(reference);
                    (0..length).for_each(|i| lose(space, reference + first + 4 * i));
                }
            }
            Some(Kind::External) => {
                let value = self.take_host(header.payload());
                self.dead.push(value);
            }
            None => unreachable!("an object is freed once"),
        }
        self.release(reference);
    }

    /// Takes a host value, to which no object refers any more.
    fn take_host(&mut self, index: u32) -> ExternRef {
        let value = self.hosts[index as usize].take().expect("an object is freed once");
        value.clear_object();
        self.free_hosts.push(index);
        value
    }

    /// Frees the space of an object.
    fn release(&mut self, reference: u32) {
        let header = self.space.region.read(reference);
        let size = self.size_of(reference);
        let is_array = matches!(header.kind(), Some(Kind::Array(_)));
        self.space.release(reference, size, is_array);
        self.live -= 1;
        self.live_bytes -= size;
        if header.kind() != Some(Kind::External) {
            self.objects -= 1;
            self.values().less(size);
        }
        self.stats.freed += 1;
    }

    // ---- counted references ----

    /// Counts that globals, tables, segments or objects now hold `reference` in `times` more places.
    pub(crate) fn increment(&mut self, reference: u32, times: u64) {
        if Heap::is_object(reference) && times != 0 && !self.is_coalescing() {
            let mut header = self.space.region.read(reference);
            header.count += times;
            self.space.region.write(reference, header);
        }
    }

    /// Counts that a global, a table, a segment or an object no longer holds `reference`.
    pub(crate) fn decrement(&mut self, reference: u32) {
        if Heap::is_object(reference) && !self.is_coalescing() {
            let mut header = self.space.region.read(reference);
            debug_assert!(header.is_live() && header.count > 0, "counts are exact");
            header.count -= 1;
            self.space.region.write(reference, header);
            if header.count == 0 {
                self.free(reference);
            }
        }
    }

    /// Frees an object whose last count compiled code took.
    pub(crate) fn free_uncounted(&mut self, reference: u32) {
        debug_assert_eq!(self.space.region.read(reference).count, 0);
        self.free(reference);
    }

    // ---- the activations table ----

    /// Whether `count` more objects may join the activations table. If not, the caller must collect and then
    /// call [`Heap::make_room`].
    #[inline]
    pub(crate) fn has_room(&self, count: u32) -> bool {
        match self.coalescing {
            // There is no table. A collection is due when there is much that is young.
            Some(_) => count == 0 || !(self.stress || self.is_young_full()),
            None => self.vm.room >= count,
        }
    }

    /// Makes room for `count` objects in the activations table.
    pub(crate) fn make_room(&mut self, count: u32) {
        if self.is_coalescing() {
            return;
        }
        let more = count.saturating_sub(self.vm.room);
        self.capacity += more;
        self.vm.room += more;
    }

    /// Adds the object at `reference` to the activations table: a frame may hold it from now on.
    pub(crate) fn join(&mut self, reference: u32) {
        if !Heap::is_object(reference) || self.is_coalescing() {
            return;
        }
        let mut header = self.space.region.read(reference);
        debug_assert!(header.is_live(), "a reference in use is to an object that lives");
        if !header.in_table() {
            assert!(self.vm.room > 0, "room was made before");
            self.vm.room -= 1;
            header.count += 1;
            header.next = self.vm.head;
            header.set_in_table(true);
            self.vm.head = reference;
            self.space.region.write(reference, header);
        }
    }

    /// The members of the activations table, which are the references that frames may hold.
    pub(crate) fn joined(&self) -> impl Iterator<Item = u32> + '_ {
        let member = |reference: u32| (reference != 0).then_some(reference);
        std::iter::successors(member(self.vm.head), move |reference| {
            member(self.space.region.read(*reference).next)
        })
    }

    /// References that may be on their way between the host and Wasm while no Wasm runs: the members of the
    /// activations table or, with the coalescing collector, which has none, all that are to host values.
    pub(crate) fn on_their_way(&self) -> impl Iterator<Item = u32> + '_ {
        let hosts = if self.is_coalescing() { &*self.hosts } else { &[] };
        self.joined().chain(hosts.iter().flatten().filter_map(ExternRef::object))
    }

    // ---- collection ----

    /// Collects garbage. `roots` marks the references that frames hold, and returns how many frames it
    /// walked; all other references leave the activations table. If there is any doubt, nothing is freed, and
    /// the doubt is recorded. Returns whether there was none.
    pub(crate) fn collect(
        &mut self,
        roots: impl FnOnce(&mut Marker<'_>) -> Result<u64, Doubt>,
    ) -> bool {
        self.stats.collections += 1;
        self.allocated = 0;
        self.stats.allocated_bytes += std::mem::take(&mut self.new_bytes);
        let mut walked = 0;
        let mut sure = true;
        if self.vm.head != 0 {
            self.stats.table_high_water = self.stats.table_high_water.max(self.entries().into());
            match roots(&mut Marker { heap: self }) {
                Ok(frames) => {
                    walked = frames;
                    self.sweep();
                }
                Err(doubt) => {
                    sure = false;
                    self.unmark();
                    self.stats.skipped += 1;
                    self.stats.last_doubt = Some(doubt);
                }
            }
        }
        if sure && (self.roots.len() >= self.roots_due || self.stress) {
            self.release_roots();
        }
        self.stats.walked_frames += walked;
        self.resize(walked);
        self.live_after = self.live_bytes;
        sure
    }

    /// Keeps marked objects in the activations table, and removes the others from it, which takes one count
    /// from each.
    fn sweep(&mut self) {
        let mut next = std::mem::take(&mut self.vm.head);
        let mut kept = 0;
        while next != 0 {
            let reference = next;
            let mut header = self.space.region.read(reference);
            next = header.next;
            if header.marked() {
                header.set_marked(false);
                header.next = self.vm.head;
                self.vm.head = reference;
                self.space.region.write(reference, header);
                kept += 1;
            } else {
                header.set_in_table(false);
                header.count -= 1;
                self.space.region.write(reference, header);
                if header.count == 0 {
                    self.free(reference);
                }
            }
        }
        self.capacity = kept;
        self.vm.room = 0;
    }

    fn unmark(&mut self) {
        let mut next = self.vm.head;
        while next != 0 {
            let mut header = self.space.region.read(next);
            header.set_marked(false);
            self.space.region.write(next, header);
            next = header.next;
        }
        self.capacity = self.entries();
        self.vm.room = 0;
    }

    /// Sets the room until the next collection to the amount of work that this one had, so that collecting
    /// costs each joining object a bounded share.
    fn resize(&mut self, walked: u64) {
        if !self.stress {
            let work = u64::from(self.entries()).max(walked).min(1 << 24) as u32;
            self.make_room(work.max(MIN_ROOM));
        }
    }

    /// Takes the values whose objects were freed. The caller drops them ([`Dead::drop_all`]) once the store
    /// is not in use.
    pub(crate) fn take_dead(&mut self) -> Dead {
        Dead(std::mem::take(&mut self.dead))
    }

    /// Whether there are values that wait to be dropped.
    pub(crate) fn has_dead(&self) -> bool {
        !self.dead.is_empty()
    }

    /// Takes an emptied list back, so that the next one needs no allocation.
    pub(crate) fn reuse(&mut self, dead: Dead) {
        if self.dead.capacity() == 0 && dead.0.capacity() <= 1 << 16 {
            self.dead = dead.0;
        }
    }
}

impl Drop for Heap {
    fn drop(&mut self) {
        if self.is_coalescing() {
            self.close_hole();
            self.tell(0);
        } else if self.has_objects() {
            let externals = (self.live - self.objects) * u64::from(object::SIZE);
            self.values().less(self.live_bytes - externals);
        }
        // Most stores never have a value, and need nothing here.
        if self.hosts.is_empty() && self.dead.is_empty() {
            return;
        }
        // Handles that outlive the store must not refer to an object any more.
        for value in self.hosts.iter().flatten() {
            value.clear_object();
        }
        let values: Vec<ExternRef> = self.hosts.drain(..).flatten().collect();
        let mut values = Dead(values);
        values.0.append(&mut self.dead);
        match values.drop_all() {
            Some(panic) if std::thread::panicking() => discard(panic),
            Some(panic) => std::panic::resume_unwind(panic),
            None => {}
        }
    }
}

/// Size in bytes of the live object at an offset, which is of this kind.
fn size_in(types: &shape::Types, region: &Region, at: u32, kind: Option<Kind>) -> u64 {
    match kind {
        Some(Kind::External) | None => object::SIZE.into(),
        Some(Kind::Struct(id)) => types.shape(id).size(0),
        Some(Kind::Array(id)) => types.shape(id).size(region.length(at)),
    }
}
