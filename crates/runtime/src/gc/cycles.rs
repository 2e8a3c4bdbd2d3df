//! The backup mark, which frees what reference counting alone never frees: cycles of objects.
//!
//! In: a heap whose activations table holds just what frames hold, right after a collection; and the
//! references of globals, tables and segments. Out: a heap in which everything can be reached.
//!
//! A host value may have handles to objects, as an exception has to what it carries. Where the heap alone has the
//! value, and nobody but such values has a handle, the handle is no root but a reference of the value, so that
//! circles through exceptions are freed, too.

use super::object::SIZE;
use super::{Heap, Kind, Rooted};
use crate::gc::ExternRef;
use std::collections::HashMap;

/// The least growth in bytes since the last backup mark before the next.
const GROWTH: u64 = 16 << 20;

/// Calls a function with each handle that a host value has, if nobody can get at its handles without a handle to the
/// value that keeps it alive.
pub(crate) type Carried = fn(&ExternRef, &mut dyn FnMut(&Rooted));

/// The handles of host values of which the heap has the only handle.
#[derive(Default)]
pub(super) struct Held {
    /// For the object that stands for such a value: to what the value has handles.
    references: HashMap<u32, Vec<u32>>,
    /// How many clones of a handle such values have.
    shares: HashMap<usize, usize>,
}

impl Held {
    /// The objects to which the host value has handles for which `object` stands.
    pub(super) fn of(&self, object: u32) -> &[u32] {
        self.references.get(&object).map_or(&[], Vec::as_slice)
    }

    /// Those of the handles that somebody else has, too.
    pub(super) fn outer<'a>(&'a self, roots: &'a [Rooted]) -> impl Iterator<Item = &'a Rooted> {
        // One share is the heap's.
        let inner = |root: &Rooted| 1 + self.shares.get(&root.identity()).copied().unwrap_or(0);
        roots.iter().filter(move |root| root.shares() > inner(root))
    }
}

impl Heap {
    /// Whether the heap has grown so much since the last backup mark that the next is due, or whether so much dies that
    /// a mark is quicker than to count that.
    pub(crate) fn wants_cycles(&self) -> bool {
        // The coalescing collector counts everything anew, which takes longer, and frees most rings while they are
        // young.
        let times = self.growth().unwrap_or(2);
        self.has_objects() && self.live_bytes > (times * self.marked_bytes).max(GROWTH)
            || self.die_in_masses()
    }

    /// Frees all objects that cannot be reached. `counted` are the references of globals, tables and
    /// segments. Host values that are freed are dropped in the order in which they entered the heap.
    pub(crate) fn free_cycles(&mut self, counted: &[u32], carried: Carried) {
        self.release_roots();
        let held = self.held(carried);
        self.mark(counted, &held);
        let garbage = self.unmarked();
        self.stats.cycles += u64::from(!garbage.is_empty());
        self.forget_references_of(&garbage);
        // Host values that die have the last handles to these objects, and are dropped later.
        let region = &self.space.region;
        self.roots.retain(|root| region.read(root.reference()).marked());
        let mut values: Vec<(u64, ExternRef)> = Vec::new();
        for object in garbage {
            if let Kind::External = self.kind(object) {
                let index = self.space.region.read(object).payload();
                values.push((self.entered[index as usize], self.take_host(index)));
            }
            self.release(object);
        }
        values.sort_by_key(|(entered, _)| *entered);
        self.dead.extend(values.into_iter().map(|(_, value)| value));
        self.unmark_all();
        let (types, space) = (&self.types, &mut self.space);
        space.merge(|region, at, header| super::size_in(types, region, at, header.kind()));
        self.marked_bytes = self.live_bytes;
    }

    /// Finds out what host values hold.
    pub(super) fn held(&self, carried: Carried) -> Held {
        let mut held = Held::default();
        for value in self.hosts.iter().flatten().filter(|value| value.strong_count() == 1) {
            let Some(object) = value.object() else { continue };
            carried(value, &mut |root| {
                held.references.entry(object).or_default().push(root.reference());
                *held.shares.entry(root.identity()).or_default() += 1;
            });
        }
        held
    }

    /// Marks every object that can be reached.
    fn mark(&mut self, counted: &[u32], held: &Held) {
        let mut work = Vec::new();
        let rooted = held.outer(&self.roots).map(Rooted::reference);
        let mut found: Vec<u32> =
            counted.iter().copied().chain(rooted).chain(self.joined()).collect();
        loop {
            for reference in found.drain(..) {
                self.mark_one(reference, held, &mut work);
            }
            let Some(object) = work.pop() else { break };
            self.references_of(object, &mut |reference| found.push(reference));
            found.extend(held.of(object));
        }
    }

    fn mark_one(&mut self, reference: u32, held: &Held, work: &mut Vec<u32>) {
        if !Heap::is_object(reference) {
            return;
        }
        let mut header = self.space.region.read(reference);
        debug_assert!(header.is_live(), "a reference in use is to an object that lives");
        if !header.marked() {
            header.set_marked(true);
            self.space.region.write(reference, header);
            let holds = held.references.contains_key(&reference);
            if header.kind() != Some(Kind::External) || holds {
                work.push(reference);
            }
        }
    }

    /// All live objects that are not marked, by address.
    fn unmarked(&self) -> Vec<u32> {
        let (mut found, mut at) = (Vec::new(), SIZE.into());
        while let Some((object, header)) = self.object_from(at) {
            if !header.marked() {
                found.push(object);
            }
            at = u64::from(object) + self.size_of(object);
        }
        found
    }

    /// Takes the references of objects that die from the counts of those that live.
    fn forget_references_of(&mut self, garbage: &[u32]) {
        let mut held = Vec::new();
        for object in garbage {
            self.references_of(*object, &mut |reference| held.push(reference));
            for reference in held.drain(..).filter(|reference| Heap::is_object(*reference)) {
                let mut header = self.space.region.read(reference);
                if header.marked() {
                    header.count -= 1;
                    debug_assert!(header.count > 0, "it can be reached");
                    self.space.region.write(reference, header);
                }
            }
        }
    }

    fn unmark_all(&mut self) {
        let mut at = SIZE.into();
        while let Some((object, mut header)) = self.object_from(at) {
            header.set_marked(false);
            self.space.region.write(object, header);
            at = u64::from(object) + self.size_of(object);
        }
    }
}
