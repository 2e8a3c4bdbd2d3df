//! Collections, as the module above describes them.

use super::{Coalescing, DeadHosts, OFTEN, RARELY, granules, planted};
use crate::gc::cycles::{Carried, Held};
use crate::gc::object::{SIZE, Short};
use crate::gc::objects::{Kind, PIECE, each_run};
use crate::gc::region::Region;
use crate::gc::shape::{Holds, Shape, Types};
use crate::gc::space::POISON;
use crate::gc::{Doubt, Heap, Marker, Rooted, size_in};
use std::mem::take;

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
    /// How many more objects may die.
    deaths: u32,
    /// References that are counted next, each with how often. It is a ring, in which each waits while the processor
    /// fetches its object.
    near: [(u32, u32); NEAR],
    /// Number of references that came to the ring.
    came: usize,
    /// Number of those that were counted.
    counted: usize,
}

/// Number of objects that the processor fetches at a time.
const NEAR: usize = 16;

/// How the heap changed.
#[derive(Default)]
struct Sums {
    /// Objects that became old or, if counts are made anew, remained so.
    old: u64,
    /// Those of them that are structures and arrays.
    objects: u64,
    bytes: u64,
    /// Those of them that were young before.
    survived: u64,
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
        (c.holes_bytes, c.large_bytes) = (0, 0);
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
        let mut dying = take(&mut c.dying);
        let mut counter = Counter::new(c, &mut self.space.region, &self.types, None);
        if self.stress || self.most_values != u64::MAX {
            // Space is to be watched, or is scarce.
            counter.deaths = u32::MAX;
        }
        counter.increment_all(&roots);
        counter.increment_contents(&logged);
        let first = dying.len().saturating_sub(counter.deaths as usize);
        counter.decrement_all(dying.drain(first..).map(|object| (object, 1)));
        counter.decrement_all(lost.iter().copied());
        counter.decrement_all(rooted.iter().map(|reference| (*reference, 1)));
        let Counter { sums, hosts, deaths, .. } = counter;
        c.dying.append(&mut dying);
        c.died_in_turn = match deaths == 0 && !c.dying.is_empty() {
            true => c.died_in_turn + sums.dead,
            false => 0,
        };
        c.rooted = if planted!(c, Rooted) { Vec::new() } else { roots };
        (c.logged, c.lost) = (emptied(logged), emptied(lost));
        self.live = self.live + sums.old - sums.dead;
        self.objects = self.objects + sums.objects - sums.dead_objects;
        self.live_bytes = self.live_bytes + sums.bytes - sums.dead_bytes;
        self.stats.freed += sums.dead;
        self.stats.survived_bytes += sums.survived;
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
        let before = self.live;
        let c = self.coalescing.as_deref_mut().expect("it is of this collector");
        c.used.clear_all();
        c.counts.clear();
        (c.logged, c.lost) = (emptied(take(&mut c.logged)), emptied(take(&mut c.lost)));
        c.rooted.clear();
        c.dying = Vec::new();
        let in_turn = take(&mut c.died_in_turn) != 0;
        c.young_hosts.clear();
        let mut counter = Counter::new(c, &mut self.space.region, &self.types, Some(&held));
        counter.increment_all(&roots);
        let sums = counter.sums;
        // What host values hold is among these already.
        c.rooted.extend(roots);
        (self.live, self.objects, self.live_bytes) = (sums.old, sums.objects, sums.bytes);
        self.stats.survived_bytes += sums.survived;
        let garbage = before - sums.remained;
        let useful = garbage >= before / USEFUL;
        c.growth = if useful { OFTEN } else { RARELY };
        c.anew_was_in_vain = if in_turn { !useful } else { c.anew_was_in_vain };
        self.stats.freed += garbage;
        self.stats.cycles += u64::from(garbage != 0);
        self.roots.retain(|root| c.used.is_set(root.reference() / SIZE));
        let hosts = 0..self.hosts.len() as u32;
        let dead = hosts.filter_map(|index| self.host_if_dead(index)).collect();
        self.finish(dead);
        // A heap that was large before may soon be so again.
        self.marked_bytes = self.live_bytes.max(self.marked_bytes / 2);
    }

    /// Takes a host value whose object died.
    fn dead_host(&mut self, index: u32) -> (u64, crate::gc::ExternRef) {
        (self.entered[index as usize], self.take_host(index))
    }

    /// Takes a host value, if its object did not survive.
    fn host_if_dead(&mut self, index: u32) -> Option<(u64, crate::gc::ExternRef)> {
        let object = self.hosts[index as usize].as_ref()?.object()?;
        let c = self.coalescing.as_ref().expect("it is of this collector");
        if c.used.is_set(object / SIZE) {
            return None;
        }
        // Those that were old are among the freed already.
        self.stats.freed += u64::from(self.space.region.read_short(object).count() == 0);
        Some(self.dead_host(index))
    }

    fn finish(&mut self, mut dead: DeadHosts) {
        dead.sort_unstable_by_key(|(entered, _)| *entered);
        self.dead.extend(dead.into_iter().map(|(_, value)| value));
        let externals = (self.live - self.objects) * u64::from(SIZE);
        self.tell((self.live_bytes - externals) as i64);
    }

    /// Writes over what was used before and is free now, and forgets the objects that were there. What they were stays
    /// in their headers, so that compiled code that has a stale reference goes on until that is noticed.
    fn poison(&mut self, before: &super::Map) {
        let c = self.coalescing.as_mut().expect("it is of this collector");
        let region = &mut self.space.region;
        let dead = c.starts.without(&c.used).flat_map(|(start, count)| start..start + count);
        let dead: Vec<(u32, Short)> =
            dead.map(|granule| (granule, region.read_short(granule * SIZE).buried())).collect();
        for (start, count) in before.without(&c.used) {
            region.fill(start * SIZE, count * SIZE, POISON);
            c.poisoned.set(start, count);
        }
        for (granule, header) in dead {
            region.write_short(granule * SIZE, header);
            c.graves.set(granule, 1);
        }
        c.starts.keep(&c.used);
    }
}

/// The granule beyond which no hole begins in stress mode, as long as there are free ones before it. Freed space is used
/// again late: after thousands of objects, before each of which a collection looks through the map of all granules up to here.
const QUARANTINE: u32 = 1 << 14;
/// Counting anew was useful if it freed at least one of so many objects.
const USEFUL: u64 = 8;
/// The most entries for which a list keeps its allocation.
const KEPT: usize = 1 << 20;

/// An empty list, with the allocation of this one if that is not large.
fn emptied<T>(mut list: Vec<T>) -> Vec<T> {
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
        let (sums, hosts, came, counted) = Default::default();
        let (deaths, near) = (c.most_deaths(), [(0, 0); NEAR]);
        Counter { c, region, types, held, sums, hosts, deaths, near, came, counted }
    }

    /// Counts references that are held once more, and what their objects hold that become old.
    fn increment_all(&mut self, references: &[u32]) {
        references.iter().for_each(|reference| self.add::<true>(*reference, 1));
        self.settle::<true>();
    }

    /// Counts what logged objects hold now.
    fn increment_contents(&mut self, logged: &[u32]) {
        for (i, object) in logged.iter().enumerate() {
            if planted!(self.c, Again) {
                break;
            }
            if let Some(soon) = logged.get(i + NEAR) {
                self.region.fetch(*soon);
            }
            let mut header = self.region.read_short(*object);
            header.set_unlogged(true);
            self.region.write_short(*object, header);
            self.scan(*object, header);
            self.drain::<true>();
        }
        self.settle::<true>();
    }

    /// Counts references that are not held any more, and those of the objects that die.
    fn decrement_all(&mut self, references: impl Iterator<Item = (u32, u32)>) {
        references.for_each(|(reference, times)| self.add::<false>(reference, times));
        self.settle::<false>();
    }

    /// Adds a reference to those that are counted next: that are held so many times more, or less.
    #[inline]
    fn add<const MORE: bool>(&mut self, reference: u32, times: u32) {
        if !Heap::is_object(reference) {
            return;
        }
        if self.came != self.counted {
            // Large arrays often have one reference in many places.
            let (last, so_far) = &mut self.near[(self.came - 1) % NEAR];
            if *last == reference {
                *so_far += times;
                return;
            }
        }
        self.region.fetch(reference);
        if self.came - self.counted == NEAR {
            self.count_first::<MORE>();
        }
        self.near[self.came % NEAR] = (reference, times);
        self.came += 1;
    }

    /// Adds what the objects hold that were counted.
    #[inline]
    fn drain<const MORE: bool>(&mut self) {
        while let Some(reference) = self.c.work.pop() {
            self.add::<MORE>(reference, 1);
        }
    }

    /// Counts everything that waits, and what it leads to.
    fn settle<const MORE: bool>(&mut self) {
        loop {
            self.drain::<MORE>();
            if self.came != self.counted {
                self.count_first::<MORE>();
            } else if let Some(object) = self.c.large.pop() {
                self.scan_large::<MORE>(object);
            } else {
                break;
            }
        }
    }

    /// Counts the reference that waits longest.
    #[inline]
    fn count_first<const MORE: bool>(&mut self) {
        let (reference, times) = self.near[self.counted % NEAR];
        self.counted += 1;
        match MORE {
            true => self.increment(reference, times),
            false => self.decrement(reference, times),
        }
    }

    #[inline]
    fn increment(&mut self, reference: u32, times: u32) {
        let mut header = self.region.read_short(reference);
        let is_new = match self.held {
            None => header.count() == 0,
            // The counts of before mean nothing, and space is used again from the first reference on.
            Some(_) => !self.c.used.is_set(reference / SIZE),
        };
        if is_new {
            self.grow_old(reference, &mut header);
        }
        self.c.counts.add(reference, &mut header, times);
        self.region.write_short(reference, header);
    }

    /// Makes an object old that is counted by nothing yet.
    #[inline]
    fn grow_old(&mut self, object: u32, header: &mut Short) {
        let size = self.scan(object, *header);
        if !planted!(self.c, Arm) {
            header.set_unlogged(true);
        }
        match header.count() {
            0 => self.sums.survived += size,
            _ => self.sums.remained += 1,
        }
        header.set_count(0);
        self.sums.old += 1;
        self.sums.bytes += size;
        self.sums.objects += u64::from(header.kind() != Some(Kind::External));
        let (first, count) = granules(object, size as u32);
        // If counts are made anew, the bits are also the marks.
        if self.held.is_some() || !planted!(self.c, Used) {
            self.c.used.set(first, count);
        }
    }

    #[inline]
    fn decrement(&mut self, reference: u32, times: u32) {
        let mut header = self.region.read_short(reference);
        // The header of what dies is not read again.
        match self.c.counts.take(reference, &mut header, times) {
            true if self.deaths == 0 => {
                header.set_count(1);
                self.region.write_short(reference, header);
                if !planted!(self.c, Dying) {
                    self.c.dying.push(reference);
                }
            }
            true => self.die(reference, header),
            false => self.region.write_short(reference, header),
        }
    }

    /// Frees an object that nothing counts.
    #[inline]
    fn die(&mut self, object: u32, header: Short) {
        let size = self.scan(object, header);
        let (first, count) = granules(object, size as u32);
        self.c.used.clear(first, count);
        self.deaths -= 1;
        self.sums.dead += 1;
        self.sums.dead_bytes += size;
        match header.kind() {
            Some(Kind::External) => self.hosts.push(header.second()),
            _ => self.sums.dead_objects += 1,
        }
    }

    /// Adds what an object holds to what waits or, if that may be much, the object. Returns its size in bytes.
    #[inline]
    fn scan(&mut self, object: u32, header: Short) -> u64 {
        let small = match header.kind() {
            Some(Kind::Struct(id)) => self.types.small(id),
            Some(Kind::Array(_)) => None,
            Some(Kind::External) => {
                let references = self.held.map_or(&[][..], |held| held.of(object));
                self.c.rooted.extend(references);
                self.c.work.extend(references);
                return SIZE.into();
            }
            None => unreachable!("a reference in use is to a live object"),
        };
        let Some(small) = small else {
            self.c.large.push(object);
            return size_in(self.types, self.region, object, header.kind());
        };
        let mut places = small.references;
        while places != 0 {
            let offset = 4 * places.trailing_zeros();
            let reference = self.region.read_u32(object + offset);
            if Heap::is_object(reference) {
                self.c.work.push(reference);
            }
            places &= places - 1;
        }
        small.size.into()
    }

    /// Adds what an array holds, or a structure with many references.
    fn scan_large<const MORE: bool>(&mut self, object: u32) {
        let types = self.types;
        let (Some(Kind::Struct(id)) | Some(Kind::Array(id))) = self.region.kind(object) else {
            unreachable!("host values hold little")
        };
        match *types.shape(id) {
            Shape::Struct { ref references, .. } => {
                for offset in references {
                    let reference = self.region.read_u32(object + offset);
                    self.add::<MORE>(reference, 1);
                }
            }
            Shape::Array { first, holds: Holds::References, .. } => {
                let length = self.region.length(object);
                let mut piece = [0; PIECE];
                for done in (0..length).step_by(PIECE) {
                    let piece = &mut piece[..(length - done).min(PIECE as u32) as usize];
                    self.region.read_words(object + first + 4 * done, piece);
                    each_run(piece, |reference, times| self.add::<MORE>(reference, times));
                    self.drain::<MORE>();
                }
            }
            Shape::Array { .. } => {}
        }
    }
}
