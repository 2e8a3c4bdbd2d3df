//! The coalescing collector: reference counting that looks at references only when it collects.
//!
//! In: a heap in which objects are made in holes that this module hands out; the first write to each object since
//! the last collection; and, at a collection, every reference that frames, globals, tables, segments and handles
//! hold. Out: the host values of objects that died, in the order in which they entered, and holes. Knows nothing of
//! compiled code, stacks or stores. Nothing is ever moved.
//!
//! An object is *young* until it survives a collection, and *old* from then on.
//!
//! ```text
//! count of an old object = references in old objects that are not logged
//!                        + references that logged objects held when they were logged (`lost`)
//!                        + references that roots held at the last collection (`rooted`)
//!                        + 1 if it is to die in a later collection (`dying`)
//! count of a young object = 0
//! ```
//!
//! ```text
//! write(object, slot, v):  if object is unlogged: log(object)
//!                          slot := v
//! log(object):             unlogged := false; logged += object; lost += every reference in it
//! collect:                 roots := what roots hold
//!                          all young space is free
//!                      A   each of roots: increment
//!                      B   each of logged: unlogged := true; each reference in it: increment
//!                          increment(o): count += 1; if it was 0: o becomes old and unlogged, and its
//!                                        space is used; each reference in it: increment
//!                      C   each of lost, each of rooted: decrement
//!                          decrement(o): count −= 1; if it is 0: o dies; each reference in it: decrement
//!                                        or, if many died: count := 1; dying += o
//!                          rooted := roots; lost, logged := nothing
//! ```
//!
//! Why nothing dies that a root leads to:
//!
//! * Young objects are never unlogged, so that only old ones are logged, each at most once between two
//!   collections: logging clears the flag, and only B sets it again. Nothing collects between the test of the flag
//!   and the write (neither compiled code nor the functions here), so that every write to an old object since the
//!   last collection was to a logged one, and the references of the others did not change.
//! * What an old object holds when it is logged is what it held at the last collection, and is counted. So all of
//!   `lost` is old, and stays so: only C takes counts, and each entry of `lost` is a count of its own. The same
//!   holds for `rooted`.
//! * After B, the contents of every old object are counted: those of unlogged ones were all the time, and those of
//!   logged and new ones were counted just now. So an object that dies in C takes exactly the counts of what it
//!   holds, and an object whose count becomes 0 is held by no old object and no root. A young one that is held by
//!   either became old in A or B. What is left young at the end is held by nothing that lives.
//! * Within A and B, and within C, the order does not matter: what objects hold does not change during a collection, an
//!   object becomes old with the first count that it gets, whichever that is, and dies with the last one that is
//!   taken. So equal references are counted together, and each waits until the processor has fetched its object. When an
//!   object dies, no count of it is left to be taken, and its space is handed out only after the collection: so its
//!   header, which is not even written then, is not read again.
//!
//! Where much dies at once, some of it waits for later collections, so that none takes long for that. If there is no end of
//! it, counts are made anew (see below), which frees the rest without a look at it. What an object holds
//! is counted until it dies. Nothing leads to one that waits, unless it stands for a host value that enters again; so each
//! entry of `dying` is a count of its own, too, which a later collection takes as it takes those of `lost`.
//!
//! Cycles of old objects never die so. [`Heap::coalesce`] can therefore also count *anew*: it takes all space for free,
//! forgets `logged`, `lost` and `rooted`, and does A with everything young, which is a mark of all that can be reached.
//! The counts of before mean nothing then: a count begins with the first reference that A finds, which is the first if
//! the space of its object is not used. What A did not reach has no used space in the end, and is garbage.
//!
//! A header has room for small counts, which nearly all objects have; the others are in a table (`counts`). All are exact.
//!
//! Space is a map with a bit for each granule of 16 bytes. A hole is a run of granules that are free; all of it counts
//! as used while objects are made in it. A collection first makes all holes free again; the survivors' granules are
//! then used. So the young dead cost nothing, not even a sweep.
//!
//! When a collection comes does not matter for any of this, but for how long it takes. It looks at what survives of the
//! young, at what was logged and at what dies of the old; at large arrays as at runs of equal references.
//!
//! In stress mode compiled code gets holes with room for a few objects, by turns, over bytes that are no good for
//! anything. Every reference that a collection is going to follow is first looked up among the places where objects begin
//! (`starts`): those of roots, of what is young and of what was logged. The others did not change since the last
//! collection, and what they are to is counted. So a reference to what is no object is told, and changes nothing.
//!
//! Papers: Levanoni and Petrank, *An on-the-fly reference-counting garbage collector for Java*, 2006 (logging by
//! object); Shahriyar, Blackburn, Yang and McKinley, *Taking off the gloves with reference counting Immix*, 2013
//! (the young are not counted).

mod collect;
mod counts;
mod holes;
mod map;
mod starts;
mod verify;

#[cfg(test)]
mod tests;

use super::object::SIZE;
use super::{Doubt, ExternRef, Heap, VmHeap};
use counts::Counts;
use map::Map;

/// Bytes of small objects that are made between two collections.
///
/// Large objects, which have holes of their own, may have as many, or as many as were alive after the last collection, or
/// as many as two of the one that is to be made. So what a collection looks at of a large array that survives is a
/// bounded part of what was written when such arrays were made.
const YOUNG: u64 = 16 << 20;
/// Number of host values that enter between two collections, unless roots are more.
const YOUNG_HOSTS: usize = 8 << 10;
/// Number of entries of `lost` with which a collection is due, unless there were half as many at the last one: a large
/// array that is written again and again is better counted seldom.
const MOST_LOST: usize = 4 << 20;

/// The most objects that die in a collection, unless counts are made anew: about as many small ones as are made between
/// two collections.
const MOST_DEATHS: u32 = 1 << 20;

/// To how many times what was alive the heap grows before counts are made anew, which takes longer than to count what
/// changed, and finds less.
const OFTEN: u64 = 3;
/// The same if that was hardly of any use the last time.
const RARELY: u64 = 6;

/// What the coalescing collector knows of a heap beside its objects.
#[derive(Default)]
pub(super) struct Coalescing {
    /// The granules that are used: those of old objects, and those of holes that were handed out.
    used: Map,
    /// The counts of objects for which their headers have no room.
    counts: Counts,
    /// The granules that were freed and poisoned, and not handed out since, in stress mode.
    poisoned: Map,
    /// Those of them with which objects began.
    graves: Map,
    /// The granules with which objects begin that were there at the last collection, in stress mode.
    starts: Map,
    /// Number of holes that were made, with which stress mode decides how large the next one is.
    turn: usize,
    /// Offset of the start of the hole in which objects are made.
    hole_start: u32,
    /// The parts of earlier holes in which objects were made since the last collection, by their offsets.
    holes: Vec<(u32, u32)>,
    /// Bytes in `holes`.
    holes_bytes: u64,
    /// Those of them that are large objects.
    large_bytes: u64,
    /// The granule from which on the next hole is looked for.
    search: u32,
    /// The granule from which on space for a large object is looked for.
    search_large: u32,
    /// The old objects that were written since the last collection.
    logged: Vec<u32>,
    /// What logged objects held at the last collection, each with how many times in a row.
    lost: Vec<(u32, u32)>,
    /// Twice the number of entries of `lost` at the last collection.
    twice_lost: usize,
    /// What roots held at the last collection.
    rooted: Vec<u32>,
    /// Objects that nothing holds, and which are to die in a later collection.
    dying: Vec<u32>,
    /// Number of objects that died in the last collections, in each of which as many died as may.
    died_in_turn: u64,
    /// Whether it was of hardly any use to count anew when such collections came in turn the last time.
    anew_was_in_vain: bool,
    /// What frames hold, which a collection gathers first.
    found: Vec<u32>,
    /// Number of references that frames held at the last collection.
    in_frames: u64,
    /// The positions of host values that entered since the last collection.
    young_hosts: Vec<u32>,
    /// References that wait to be counted. It is kept for its allocation, as the next one is.
    work: Vec<u32>,
    /// Objects of many references that wait to be counted.
    large: Vec<u32>,
    /// To how many times what was alive the heap must grow before counts are made anew, if this is not 0.
    growth: u64,
    /// Bytes that the count of values includes for objects, less those for young objects of host values, which
    /// their values count.
    told: i64,
    /// Faults that tests plant.
    #[cfg(test)]
    planted: Option<Planted>,
    /// The most objects that die in a collection, where a test sets it.
    #[cfg(test)]
    few_deaths: Option<u32>,
}

/// A fault that a test plants, to see that it is noticed.
#[cfg(test)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Planted {
    /// What survives its first collection is not unlogged.
    Arm,
    /// Writes do not log.
    Log,
    /// What logged objects held is not noted.
    Lost,
    /// What roots held is not noted.
    Rooted,
    /// Logged objects are not counted again.
    Again,
    /// The space of survivors is not marked as used.
    Used,
    /// What is to die later is forgotten.
    Dying,
}

impl Coalescing {
    /// Number of references that frames held at the last collection.
    pub(super) fn in_frames(&self) -> u64 {
        self.in_frames
    }

    /// Bytes in the current hole in which objects were made.
    pub(super) fn hole_bytes(&self, vm: &VmHeap) -> u64 {
        (vm.hole - self.hole_start).into()
    }

    /// The most objects that die in a collection, unless counts are made anew.
    fn most_deaths(&self) -> u32 {
        #[cfg(test)]
        if let Some(few) = self.few_deaths {
            return few;
        }
        MOST_DEATHS
    }

    /// Whether a fault is planted.
    #[cfg(test)]
    fn has(&self, fault: Planted) -> bool {
        self.planted == Some(fault)
    }
}

/// The granules of an object or a hole, as the first and their number.
fn granules(start: u32, bytes: u32) -> (u32, u32) {
    (start / SIZE, bytes / SIZE)
}

/// Asks whether a fault is planted, which is so only in tests.
macro_rules! planted {
    ($coalescing:expr, $fault:ident) => {{
        #[cfg(test)]
        let planted = $coalescing.has($crate::gc::coalescing::Planted::$fault);
        #[cfg(not(test))]
        let planted = false;
        planted
    }};
}
use planted;

impl Heap {
    /// Whether the coalescing collector manages the heap.
    #[inline]
    pub(crate) fn is_coalescing(&self) -> bool {
        self.coalescing.is_some()
    }

    /// Bytes in which objects were made since the last collection.
    pub(super) fn young_bytes(&self) -> u64 {
        self.coalescing.as_ref().map_or(0, |c| c.holes_bytes + c.hole_bytes(&self.vm))
    }

    /// Whether a collection that counts what changed may leave garbage, even where all objects are old and stand for
    /// host values: there may be handles to them, which may be held by such values, or they may be so many that not all may
    /// die at once.
    pub(super) fn may_wait_for_deaths(&self) -> bool {
        self.coalescing.as_ref().is_some_and(|c| {
            !self.roots.is_empty() || !c.dying.is_empty() || self.live > c.most_deaths().into()
        })
    }

    /// Whether so many objects died one by one in the last collections, and more wait for it, that it is better to count
    /// anew, which does nothing for each of the dead, but something for each that lives: a quarter as many as are alive,
    /// or as many if that was hardly of any use the last time. So what is wasted where the others live is bounded by what was
    /// done.
    pub(super) fn die_in_masses(&self) -> bool {
        self.coalescing.as_ref().is_some_and(|c| {
            let parts = if c.anew_was_in_vain { 1 } else { 4 };
            c.died_in_turn != 0 && parts * c.died_in_turn >= self.live
        })
    }

    /// Plants a fault in a heap of the coalescing collector.
    #[cfg(test)]
    pub(super) fn plant(&mut self, fault: Planted) {
        self.coalescing.as_mut().expect("it is of this collector").planted = Some(fault);
    }

    /// From now on, no more objects than this die in a collection that does not count anew.
    #[cfg(test)]
    pub(super) fn die_slowly(&mut self, most: u32) {
        self.coalescing.as_mut().expect("it is of this collector").few_deaths = Some(most);
    }

    /// Whether there are objects that are to die in a later collection.
    #[cfg(test)]
    pub(super) fn waits_for_deaths(&self) -> bool {
        self.coalescing.as_ref().is_some_and(|c| !c.dying.is_empty())
    }

    /// Bytes of small objects that were made since the last collection.
    fn young_small(&self) -> u64 {
        self.young_bytes() - self.coalescing.as_ref().map_or(0, |c| c.large_bytes)
    }

    /// Whether the coalescing collector should collect before an object of so many bytes is made, if that is large.
    pub(super) fn is_large_full(&self, bytes: u64) -> bool {
        let most = YOUNG.max(self.live_bytes).max(2 * bytes);
        bytes > holes::LARGE.into()
            && self.coalescing.as_ref().is_some_and(|c| c.large_bytes + bytes > most)
    }

    /// To how many times what was alive the heap of the coalescing collector must grow before counts are made anew.
    pub(super) fn growth(&self) -> Option<u64> {
        self.coalescing.as_ref().map(|c| c.growth.max(OFTEN))
    }

    /// Whether the coalescing collector should collect before more is made.
    pub(super) fn is_young_full(&self) -> bool {
        self.young_small() >= YOUNG
            || self.coalescing.as_ref().is_some_and(|c| {
                let hosts = YOUNG_HOSTS.max(c.rooted.len()).max(c.in_frames as usize);
                c.lost.len() > MOST_LOST.max(c.twice_lost) || c.young_hosts.len() > hosts
            })
    }

    /// Notes what an object holds, if it is old and was not written since the last collection. The caller writes
    /// references to it right afterwards.
    #[inline]
    pub(super) fn log_before_write(&mut self, object: u32) {
        if self.space.region.read_short(object).is_unlogged() {
            self.log(object);
        }
    }

    /// Notes what an old object holds that was not written since the last collection, and is going to be now.
    ///
    /// # Panics
    /// Panics if the heap is of another collector.
    pub(crate) fn log(&mut self, object: u32) {
        let c = self.coalescing.as_mut().expect("code is for the collector of its store");
        if planted!(c, Log) {
            return;
        }
        let mut header = self.space.region.read_short(object);
        debug_assert!(header.is_unlogged() && header.count() > 0, "it is old");
        header.set_unlogged(false);
        self.space.region.write_short(object, header);
        c.logged.push(object);
        let (region, lost) = (&self.space.region, &mut c.lost);
        super::objects::each_in_runs(region, &self.types, object, |reference, times| {
            if Heap::is_object(reference) {
                debug_assert!(region.read_short(reference).count() > 0, "what it holds is counted");
                match lost.last_mut() {
                    Some((last, so_far)) if *last == reference => *so_far += times,
                    _ => lost.push((reference, times)),
                }
            }
        });
        if planted!(c, Lost) {
            c.lost.clear();
        }
    }

    /// Notes a reference that a frame holds.
    ///
    /// # Errors
    /// Fails if it cannot be to an object.
    pub(super) fn found_in_frame(&mut self, reference: u32) -> Result<(), Doubt> {
        let (hole, hole_end) = (self.vm.hole, self.vm.hole_end);
        let c = self.coalescing.as_ref().expect("it is of this collector");
        let used = c.used.is_set(reference / SIZE) && !(hole..hole_end).contains(&reference);
        if !reference.is_multiple_of(SIZE) || !used || !self.is_known(reference) {
            return Err(Doubt::NotAReference(reference));
        }
        let c = self.coalescing.as_mut().expect("it is of this collector");
        c.found.push(reference);
        Ok(())
    }

    /// Notes a host value that entered, by its position.
    pub(super) fn note_young_host(&mut self, index: u32) {
        let Some(c) = &mut self.coalescing else { return };
        c.young_hosts.push(index);
        // The value counts the bytes of its object.
        c.told -= i64::from(SIZE);
        self.values().less(SIZE.into());
    }

    /// Makes the count of values include so many bytes for objects.
    pub(super) fn tell(&mut self, bytes: i64) {
        let Some(c) = &mut self.coalescing else { return };
        let more = bytes - std::mem::replace(&mut c.told, bytes);
        match u64::try_from(more) {
            Ok(0) => {}
            Ok(more) => self.values().more(more),
            Err(_) => self.values().less(more.unsigned_abs()),
        }
    }

    /// Number of young objects, whether they live or not.
    pub(super) fn young_objects(&self) -> u64 {
        let Some(c) = &self.coalescing else { return 0 };
        let holes = c.holes.iter().copied().chain([(c.hole_start, self.vm.hole)]);
        holes
            .map(|(mut at, end)| {
                let mut count = 0;
                while at < end {
                    at += self.size_of(at) as u32;
                    count += 1;
                }
                count
            })
            .sum()
    }

    /// The first object from offset `at` on, which is that of an object or of what follows one.
    pub(super) fn object_in_map(&self, at: u64) -> Option<u32> {
        let c = self.coalescing.as_ref()?;
        let found = c.used.next_set(u32::try_from(at / u64::from(SIZE)).ok()?)? * SIZE;
        match found == self.vm.hole && self.vm.hole < self.vm.hole_end {
            // There is nothing yet in the rest of the hole.
            true => c.used.next_set(self.vm.hole_end / SIZE).map(|granule| granule * SIZE),
            false => Some(found),
        }
    }
}

/// Host values that died, each with the number of those that entered before it.
type DeadHosts = Vec<(u64, ExternRef)>;
