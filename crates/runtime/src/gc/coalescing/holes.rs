//! Holes: the runs of free space in which objects are made.
//!
//! In: sizes of objects. Out: space for them. The hole in which objects are made is in the record that compiled code
//! reads; it takes objects from there by itself, and asks for the next hole when one does not fit.

use super::map::GRANULES;
use super::{YOUNG, granules};
use crate::gc::object::SIZE;
use crate::gc::space::POISON;
use crate::gc::{AllocError, Heap};

/// The fewest granules of a hole, unless an object needs fewer and the heap has no more.
const LEAST: u32 = 16;
/// Objects of more bytes have holes of their own, so that the rest of the current hole is not wasted for them.
pub(super) const LARGE: u32 = 4 << 10;
/// The most bytes of the first hole after a collection. Each of the next ones may have as many as all before it, so that
/// small heaps stay small.
const FIRST: u64 = 64 << 10;
/// The most bytes of a hole if what the store may use is limited. Host values and objects may together exceed the
/// limit by so much.
const LIMITED: u64 = 64 << 10;
/// For how many objects of the size that is wanted there is room in a hole in stress mode, by turns. Compiled code makes
/// all but the first of each hole by itself; the others come right after a collection.
const STRESSED: [u32; 6] = [1, 2, 1, 3, 1, 4];

impl Heap {
    /// Takes space for an object of `size` bytes, a multiple of a granule. Its contents are anything.
    ///
    /// # Errors
    /// Fails if there is no room.
    pub(in crate::gc) fn take_from_hole(&mut self, size: u64) -> Result<u32, AllocError> {
        let full = || AllocError::Full("the store's heap is full".into());
        let size = u32::try_from(size).map_err(|_| full())?;
        if self.vm.hole_end - self.vm.hole < size {
            match size > LARGE {
                true => return self.take_large(size).ok_or_else(full)?,
                false => self.next_hole(size).ok_or_else(full)??,
            }
        }
        let object = self.vm.hole;
        self.vm.hole += size;
        Ok(object)
    }

    /// Gives an object of `size` bytes a hole of its own. Returns `None` if the heap is full.
    fn take_large(&mut self, size: u32) -> Option<Result<u32, AllocError>> {
        let c = self.coalescing.as_ref()?;
        let (_, count) = granules(0, size);
        // In stress mode all freed space is used again late.
        let from = if self.stress { c.search } else { c.search_large };
        let run = c.used.free_run(from.max(1), count);
        let (start, _) = run.or_else(|| c.used.free_run(1, count))?;
        if let Err(error) = self.space.reach(start, count) {
            return Some(Err(error));
        }
        let c = self.coalescing.as_mut()?;
        match self.stress {
            true => c.search = start + count,
            false => c.search_large = start + count,
        }
        c.used.set(start, count);
        c.poisoned.clear(start, count);
        c.graves.clear(start, count);
        let object = start * SIZE;
        c.holes.push((object, object + size));
        c.holes_bytes += u64::from(size);
        c.large_bytes += u64::from(size);
        let told = c.told + i64::from(size);
        self.tell(told);
        Some(Ok(object))
    }

    /// Makes the next hole that an object of `size` bytes fits the current one. Returns `None` if the heap is full.
    fn next_hole(&mut self, size: u32) -> Option<Result<(), AllocError>> {
        self.close_hole();
        let (_, wanted) = granules(0, size);
        let c = self.coalescing.as_ref()?;
        let from = c.search.max(1);
        let least = wanted.max(LEAST);
        // When all large runs are used up, smaller ones are taken.
        let run = c.used.free_run(from, least).or_else(|| c.used.free_run(1, wanted));
        let (start, end) = run?;
        let count = (end - start).min(self.hole_granules(wanted));
        if let Err(error) = self.space.reach(start, count) {
            return Some(Err(error));
        }
        let c = self.coalescing.as_mut()?;
        c.search = start + count;
        c.used.set(start, count);
        c.poisoned.clear(start, count);
        c.graves.clear(start, count);
        c.hole_start = start * SIZE;
        c.turn = c.turn.wrapping_add(1);
        if self.stress {
            // Nobody may rely on what was there.
            self.space.region.fill(start * SIZE, count * SIZE, POISON);
        }
        (self.vm.hole, self.vm.hole_end) = (start * SIZE, (start + count) * SIZE);
        Some(Ok(()))
    }

    /// The most granules of the next hole, which must fit `wanted`.
    fn hole_granules(&self, wanted: u32) -> u32 {
        if self.stress && self.most_values != u64::MAX {
            return wanted;
        }
        if let (true, Some(c)) = (self.stress, &self.coalescing) {
            return wanted * STRESSED[c.turn % STRESSED.len()];
        }
        let young = self.young_small();
        let mut bytes = YOUNG.saturating_sub(young).min(young.max(FIRST)).max(LARGE.into());
        if self.most_values != u64::MAX {
            let left = self.most_values.saturating_sub(self.value_bytes());
            bytes = bytes.min(left).min(LIMITED);
        }
        ((bytes / u64::from(SIZE)) as u32).clamp(wanted, GRANULES)
    }

    /// Ends the hole in which objects are made: what is left of it is free again.
    pub(in crate::gc) fn close_hole(&mut self) {
        let (at, end) = (self.vm.hole, self.vm.hole_end);
        let Some(c) = &mut self.coalescing else { return };
        let start = std::mem::take(&mut c.hole_start);
        (self.vm.hole, self.vm.hole_end) = (0, 0);
        let (first, count) = granules(at, end - at);
        c.used.clear(first, count);
        if self.stress {
            c.poisoned.set(first, count);
        }
        if at > start {
            c.holes.push((start, at));
            c.holes_bytes += u64::from(at - start);
            let told = c.told + i64::from(at - start);
            self.tell(told);
        }
    }

    /// Keeps the hole from exceeding what the store may use, as far as no objects are in it yet.
    pub(in crate::gc) fn limit_hole(&mut self) {
        let left = self.most_values.saturating_sub(self.value_bytes());
        let (at, end) = (self.vm.hole, self.vm.hole_end);
        if self.coalescing.is_some() && left < u64::from(end - at) {
            let left = left as u32 / SIZE * SIZE;
            let (first, count) = granules(at + left, end - at - left);
            self.vm.hole_end = at + left;
            if let Some(c) = &mut self.coalescing {
                c.used.clear(first, count);
                if self.stress {
                    c.poisoned.set(first, count);
                }
            }
        }
    }
}
