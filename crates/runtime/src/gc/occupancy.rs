//! How objects lie in a heap.
//!
//! In: objects in the order of their places. Out: how much of the heap they take, by bytes, lines and blocks, and what is
//! free between them.

use super::Heap;
use super::object::SIZE;

/// How the objects of a store's heap lie in it.
///
/// Lines and blocks are as large as those of Immix (Blackburn and McKinley, *Immix: a mark-region garbage collector with
/// space efficiency, fast collection, and mutator performance*, 2008), which says how scattered objects are: the fewer
/// lines and blocks they touch for their bytes, the better.
///
/// ```
/// use touchstone_runtime::{Engine, HeapOccupancy, Store};
///
/// let store = Store::new(&Engine::default(), ());
/// let nothing = HeapOccupancy::default();
/// assert_eq!(store.heap_occupancy(), nothing);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct HeapOccupancy {
    /// Bytes from the beginning of the heap to the end of the last object.
    pub extent_bytes: u64,
    /// Bytes of objects. The rest of the extent is free.
    pub used_bytes: u64,
    /// Number of lines with any part of an object in them.
    pub lines: u64,
    /// Number of blocks with any part of an object in them.
    pub blocks: u64,
    /// Number of runs of free space before the last object.
    pub holes: u64,
    /// Bytes of the largest of them.
    pub largest_hole_bytes: u64,
}

impl HeapOccupancy {
    /// Bytes of a line.
    pub const LINE_BYTES: u64 = 256;
    /// Bytes of a block.
    pub const BLOCK_BYTES: u64 = 32 << 10;

    /// Adds an object after all earlier ones.
    fn add(&mut self, start: u64, bytes: u64) {
        let (past, end) = (self.extent_bytes.max(SIZE.into()), start + bytes);
        let hole = start - past;
        self.holes += u64::from(hole != 0);
        self.largest_hole_bytes = self.largest_hole_bytes.max(hole);
        // The unit in which the last object ends is counted.
        let touched =
            |unit: u64| end.div_ceil(unit) - (start / unit).max(self.extent_bytes.div_ceil(unit));
        let (lines, blocks) = (touched(Self::LINE_BYTES), touched(Self::BLOCK_BYTES));
        self.lines += lines;
        self.blocks += blocks;
        self.used_bytes += bytes;
        self.extent_bytes = end;
    }
}

impl Heap {
    /// How objects lie in the heap: see [`Store::heap_occupancy`](crate::Store::heap_occupancy).
    pub(crate) fn occupancy(&self) -> HeapOccupancy {
        let mut occupancy = HeapOccupancy::default();
        if !self.is_unused() {
            self.all_objects().for_each(|(object, _, bytes)| occupancy.add(object.into(), bytes));
        }
        occupancy
    }
}

#[cfg(test)]
mod tests {
    use super::HeapOccupancy;

    #[test]
    fn units_and_holes_are_counted_once() {
        let mut found = HeapOccupancy::default();
        found.add(16, 16);
        found.add(32, 224);
        assert_eq!((found.lines, found.blocks, found.holes, found.used_bytes), (1, 1, 0, 240));
        // Beyond a hole, from one block to the next.
        found.add(32_752, 32);
        assert_eq!((found.lines, found.blocks, found.holes), (3, 2, 1));
        assert_eq!((found.extent_bytes, found.largest_hole_bytes), (32_784, 32_752 - 256));
        // In the line in which the last one ends, and five more.
        found.add(32_800, 5 * 256);
        assert_eq!((found.lines, found.blocks, found.holes), (8, 2, 2));
        assert_eq!(found.used_bytes, 240 + 32 + 5 * 256);
    }
}
