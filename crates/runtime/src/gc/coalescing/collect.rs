//! Collections, as the module above describes them.

use super::{Coalescing, DeadHosts, granules, planted};
use crate::gc::cycles::{Carried, Held};
use crate::gc::object::{Header, SIZE};
use crate::gc::objects::Kind;
use crate::gc::region::Region;
use crate::gc::shape::{Holds, Shape, Types};
use crate::gc::{Doubt, Heap, Marker, Rooted, size_in};
use std::hint::black_box;
use std::mem::take;
use touchstone_cranelift_wasm::layout::object::ARRAY_LENGTH;

/// What is written over freed objects in stress mode.
pub(super) const POISON: u8 = 0xde;

/// Counts references.
struct Counter<'a> {
    c: &'a mut Coalescing,
    region: &'a mut Region,
    types: &'a Types,
    /// The references of host values to objects, if counts are made anew.
    held: Option<&'a Held>,
    sums: Sums,
    /// The positions of host values whose objects died.
    hosts: Vec<u32>,
    /// References that are counted next.
    batch: [u32; BATCH],
    filled: usize,
}

/// Number of references that are counted together.
const BATCH: usize = 32;

/// How the heap changed.
#[derive(Default)]
struct Sums {
    /// Objects that became old or, if counts are made anew, remained so.
    old: u64,
    /// Those of them that are structures and arrays.
    objects: u64,
    bytes: u64,
    /// Those of `old` that were so before.
    remained: u64,
    /// The same for the old objects that died, unless counts are made anew.
    dead: u64,
    dead_objects: u64,
    dead_bytes: u64,
}

impl Heap {
    /// Collects garbage with the coalescing collector. `frames` marks the references that frames hold, and returns
    /// how many frames it walked; `held` are all references of globals, tables and segments. If `anew` is set, all
    /// counts are made anew, so that everything dies that nothing leads to; `carried` tells the handles that host
    /// values have. If there is any doubt, nothing is freed, and the doubt is recorded. Returns whether there was
    /// none.
    ///
    /// # Panics
    /// Panics if the heap is of another collector.
    pub(crate) fn coalesce(
        &mut self,
        frames: impl FnOnce(&mut Marker<'_>) -> Result<u64, Doubt>,
        held: impl Iterator<Item = u32>,
        anew: bool,
        carried: Carried,
    ) -> bool {
        self.stats.collections += 1;
        self.allocated = 0;
        if self.live == 0 && self.young_bytes() == 0 {
            self.coalescing.as_mut().expect("it is of this collector").in_frames = 0;
            return true;
        }
        let walked = frames(&mut Marker { heap: self });
        let mut roots = take(&mut self.coalescing.as_mut().expect("it is of this collector").found);
        let in_frames = roots.len() as u64;
        roots.extend(held.filter(|reference| Heap::is_object(*reference)));
        let sure = walked.and_then(|frames| match self.stress {
            true => self.check_starts(&roots).map(|()| frames),
            false => Ok(frames),
        });
        match sure {
            Ok(frames) => self.stats.walked_frames += frames,
            Err(doubt) => {
                self.stats.skipped += 1;
                self.stats.last_doubt = Some(doubt);
                return false;
            }
        }
        if anew || self.roots.len() >= self.roots_due || self.stress {
            self.release_roots();
        }
        self.close_hole();
        self.stats.allocated_bytes += self.young_bytes();
        let c = self.coalescing.as_mut().expect("it is of this collector");
        c.twice_lost = 2 * c.lost.len();
        let before = self.stress.then(|| c.used.clone());
        for (start, end) in c.holes.drain(..) {
            let (first, count) = granules(start, end - start);
            c.used.clear(first, count);
        }
        c.holes_bytes = 0;
        c.search_large = 0;
        if !self.stress || c.search > QUARANTINE {
            c.search = 0;
        }
        c.in_frames = in_frames;
        match anew {
            true => self.count_anew(roots, carried),
            false => self.count_changes(roots),
        }
        if let Some(before) = before {
            self.poison(&before);
        }
        self.live_after = self.live_bytes;
        true
    }

    /// Counts what changed since the last collection.
    fn count_changes(&mut self, mut roots: Vec<u32>) {
        roots.extend(self.roots.iter().map(Rooted::reference));
        let c = self.coalescing.as_deref_mut().expect("it is of this collector");
        let (logged, lost) = (take(&mut c.logged), take(&mut c.lost));
        let rooted = take(&mut c.rooted);
        let mut counter = Counter::new(c, &mut self.space.region, &self.types, None);
        counter.increment_all(&roots);
        for object in &logged {
            if planted!(counter.c, Again) {
                break;
            }
            let mut header = counter.region.read(*object);
            header.set_unlogged(true);
            counter.region.write(*object, header);
            counter.scan(*object);
        }
        counter.settle::<true>();
        counter.decrement_all(&lost);
        counter.decrement_all(&rooted);
        let Counter { sums, hosts, .. } = counter;
        c.rooted = if planted!(c, Rooted) { Vec::new() } else { roots };
        (c.logged, c.lost) = (emptied(logged), emptied(lost));
        self.live = self.live + sums.old - sums.dead;
        self.objects = self.objects + sums.objects - sums.dead_objects;
        self.live_bytes = self.live_bytes + sums.bytes - sums.dead_bytes;
        self.stats.freed += sums.dead;
        // A young value whose object became old and died in this collection is among the first.
        let mut dead: DeadHosts = hosts.into_iter().map(|index| self.dead_host(index)).collect();
        let c = self.coalescing.as_mut().expect("it is of this collector");
        for index in take(&mut c.young_hosts) {
            dead.extend(self.host_if_dead(index));
        }
        self.finish(dead);
    }

    /// Counts all references anew, from the roots.
    fn count_anew(&mut self, mut roots: Vec<u32>, carried: Carried) {
        let held = self.held(carried);
        roots.extend(held.outer(&self.roots).map(Rooted::reference));
        let mut at = 0;
        while let Some((object, mut header)) = self.object_from(at) {
            at = u64::from(object) + self.size_of(object, header);
            header.count = 0;
            header.set_unlogged(false);
            header.set_marked(true);
            self.space.region.write(object, header);
        }
        let before = self.live;
        let c = self.coalescing.as_deref_mut().expect("it is of this collector");
        c.used.clear_all();
        (c.logged, c.lost) = (emptied(take(&mut c.logged)), emptied(take(&mut c.lost)));
        c.rooted.clear();
        c.young_hosts.clear();
        let mut counter = Counter::new(c, &mut self.space.region, &self.types, Some(&held));
        counter.increment_all(&roots);
        let sums = counter.sums;
        // What host values hold is among these already.
        c.rooted.extend(roots);
        (self.live, self.objects, self.live_bytes) = (sums.old, sums.objects, sums.bytes);
        let garbage = before - sums.remained;
        self.stats.freed += garbage;
        self.stats.cycles += u64::from(garbage != 0);
        let region = &self.space.region;
        self.roots.retain(|root| region.read(root.reference()).count > 0);
        let hosts = 0..self.hosts.len() as u32;
        let dead = hosts.filter_map(|index| self.host_if_dead(index)).collect();
        self.finish(dead);
        self.marked_bytes = self.live_bytes;
    }

    /// Takes a host value whose object died.
    fn dead_host(&mut self, index: u32) -> (u64, crate::gc::ExternRef) {
        (self.entered[index as usize], self.take_host(index))
    }

    /// Takes a host value, if nothing counts its object.
    fn host_if_dead(&mut self, index: u32) -> Option<(u64, crate::gc::ExternRef)> {
        let object = self.hosts[index as usize].as_ref()?.object()?;
        match self.space.region.read(object).count {
            0 => {
                self.stats.freed += u64::from(!self.space.region.read(object).marked());
                Some(self.dead_host(index))
            }
            _ => None,
        }
    }

    fn finish(&mut self, mut dead: DeadHosts) {
        dead.sort_unstable_by_key(|(entered, _)| *entered);
        self.dead.extend(dead.into_iter().map(|(_, value)| value));
        let externals = (self.live - self.objects) * u64::from(SIZE);
        self.tell((self.live_bytes - externals) as i64);
    }

    /// Writes over what was used before and is free now, and forgets the objects that were there.
    fn poison(&mut self, before: &super::Map) {
        let c = self.coalescing.as_mut().expect("it is of this collector");
        for (start, count) in before.without(&c.used) {
            self.space.region.fill(start * SIZE, count * SIZE, POISON);
            c.poisoned.set(start, count);
        }
        c.starts.keep(&c.used);
    }
}

/// The granule beyond which no hole begins in stress mode, as long as there are free ones before it. Freed space is used
/// again late.
const QUARANTINE: u32 = (32 << 20) / SIZE;
/// The most entries for which a list keeps its allocation.
const KEPT: usize = 1 << 20;

/// An empty list, with the allocation of this one if that is not large.
fn emptied(mut list: Vec<u32>) -> Vec<u32> {
    list.clear();
    list.shrink_to(KEPT);
    list
}

impl<'a> Counter<'a> {
    fn new(
        c: &'a mut Coalescing,
        region: &'a mut Region,
        types: &'a Types,
        held: Option<&'a Held>,
    ) -> Self {
        let (sums, hosts) = Default::default();
        Counter { c, region, types, held, sums, hosts, batch: [0; BATCH], filled: 0 }
    }

    /// Counts references that are held once more, and what their objects hold that become old.
    fn increment_all(&mut self, references: &[u32]) {
        references.iter().for_each(|reference| self.add::<true>(*reference));
        self.settle::<true>();
    }

    /// Counts references that are not held any more, and those of the objects that die.
    fn decrement_all(&mut self, references: &[u32]) {
        references.iter().for_each(|reference| self.add::<false>(*reference));
        self.settle::<false>();
    }

    /// Adds a reference to those that are counted next: that are held once more, or once less.
    #[inline]
    fn add<const MORE: bool>(&mut self, reference: u32) {
        if Heap::is_object(reference) {
            self.batch[self.filled] = reference;
            self.filled += 1;
            if self.filled == BATCH {
                self.count_batch::<MORE>();
            }
        }
    }

    /// Counts everything that waits, and what it leads to.
    fn settle<const MORE: bool>(&mut self) {
        loop {
            match self.c.work.pop() {
                Some(object) if MORE => self.scan(object),
                Some(object) => self.die(object),
                None if self.filled > 0 => self.count_batch::<MORE>(),
                None => break,
            }
        }
    }

    /// Counts the references of the batch. Their headers are read before the first of them is changed, as the
    /// processor waits for many of them at a time then.
    fn count_batch<const MORE: bool>(&mut self) {
        let batch = &self.batch[..take(&mut self.filled)];
        let seen = batch.iter().fold(0, |sum, object| sum ^ self.region.read(*object).count);
        black_box(seen);
        let (mut i, end) = (0, batch.len());
        while i < end {
            // Large arrays often have one reference in many places.
            let reference = self.batch[i];
            let same = self.batch[i..end].iter().take_while(|other| **other == reference).count();
            i += same;
            match MORE {
                true => self.increment(reference, same as u64),
                false => self.decrement(reference, same as u64),
            }
        }
    }

    #[inline]
    fn increment(&mut self, reference: u32, times: u64) {
        let mut header = self.region.read(reference);
        header.count += times;
        if header.count == times {
            self.grow_old(reference, &mut header);
        }
        self.region.write(reference, header);
    }

    /// Makes an object old.
    fn grow_old(&mut self, object: u32, header: &mut Header) {
        let size = size_in(self.types, self.region, object, *header);
        if !planted!(self.c, Arm) {
            header.set_unlogged(true);
        }
        self.sums.remained += u64::from(header.marked());
        header.set_marked(false);
        self.sums.old += 1;
        self.sums.bytes += size;
        self.sums.objects += u64::from(header.kind() != Some(Kind::External));
        let (first, count) = granules(object, size as u32);
        if !planted!(self.c, Used) {
            self.c.used.set(first, count);
        }
        self.c.work.push(object);
    }

    /// Counts what an object holds that became old.
    fn scan(&mut self, object: u32) {
        self.each_of(object, Self::add::<true>);
        if let Some(held) = self.held {
            for reference in held.of(object) {
                self.c.rooted.push(*reference);
                self.add::<true>(*reference);
            }
        }
    }

    /// Calls `each` with every reference in an object.
    #[inline]
    fn each_of(&mut self, object: u32, each: impl Fn(&mut Self, u32)) {
        let types = self.types;
        match self.region.read(object).kind() {
            Some(Kind::Struct(id)) => {
                if let Shape::Struct { references, .. } = types.shape(id) {
                    for offset in references {
                        let reference = self.region.read_u32(object + offset);
                        each(self, reference);
                    }
                }
            }
            Some(Kind::Array(id)) => {
                if let Shape::Array { first, holds: Holds::References, .. } = *types.shape(id) {
                    let length = self.region.read_u32(object + ARRAY_LENGTH as u32);
                    let mut piece = [0; 256];
                    for done in (0..length).step_by(piece.len()) {
                        let piece = &mut piece[..(length - done).min(256) as usize];
                        self.region.read_words(object + first + 4 * done, piece);
                        piece.iter().for_each(|reference| each(self, *reference));
                    }
                }
            }
            Some(Kind::External) => {}
            None => unreachable!("a reference in use is to a live object"),
        }
    }

    #[inline]
    fn decrement(&mut self, reference: u32, times: u64) {
        let mut header = self.region.read(reference);
        debug_assert!(header.count >= times, "counts are exact");
        header.count -= times;
        self.region.write(reference, header);
        if header.count == 0 {
            self.c.work.push(reference);
        }
    }

    /// Frees an object that nothing counts.
    fn die(&mut self, object: u32) {
        self.each_of(object, Self::add::<false>);
        let header = self.region.read(object);
        let size = size_in(self.types, self.region, object, header);
        let (first, count) = granules(object, size as u32);
        self.c.used.clear(first, count);
        self.sums.dead += 1;
        self.sums.dead_bytes += size;
        match header.kind() {
            Some(Kind::External) => self.hosts.push(header.payload()),
            _ => self.sums.dead_objects += 1,
        }
    }
}
