//! The space of a heap: which parts of it are objects, and which are free.
//!
//! In: sizes of objects. Out: space for them. All space up to the end is divided into chunks, each of which
//! begins with a header, so that it can be walked. Knows nothing of what objects hold.
//!
//! Free chunks of up to [`SMALL`] granules are in lists by size, larger ones in an ordered set.

use super::AllocError;
use super::object::{Header, SIZE};
use super::region::Region;
use std::collections::{BTreeSet, HashSet, VecDeque};
use touchstone_cranelift_wasm::Collector;

/// Number of granules of the largest free chunks that are in lists.
const SMALL: usize = 64;
/// Number of freed objects that wait before one of them is used again, in stress mode.
const QUARANTINE: usize = 4096;
/// The most bytes that wait.
const QUARANTINE_BYTES: u64 = 64 << 20;
/// For so many bytes that are about to be written for the first time, the system is asked for memory once, and not at each
/// page.
const POPULATED: u32 = 1 << 20;
/// What is written over freed objects in stress mode.
pub(super) const POISON: u8 = 0xde;

/// The space of a heap.
pub(super) struct Space {
    pub(super) region: Region,
    /// Offset past the last object that was ever allocated.
    end: u32,
    /// The first free chunk of each size in granules, or 0. Chunks are linked through their headers.
    small: [u32; SMALL + 1],
    /// A bit for each list that is not empty, by size minus one.
    filled: u64,
    /// Larger free chunks: size in granules, and offset.
    large: BTreeSet<(u32, u32)>,
    /// Freed objects in stress mode, with their sizes in granules. They are used again late, so that a
    /// dangling reference is noticed.
    quarantine: VecDeque<(u32, u32)>,
    quarantined: u64,
    stress: bool,
}

/// Size in granules of an object of so many bytes, which is a multiple of a granule.
fn granules(size: u64) -> u32 {
    (size / u64::from(SIZE)) as u32
}

impl Space {
    pub(super) fn new(collector: Collector, stress: bool) -> Self {
        Space {
            region: Region::new(collector),
            end: SIZE,
            small: [0; SMALL + 1],
            filled: 0,
            large: BTreeSet::new(),
            quarantine: VecDeque::new(),
            quarantined: 0,
            stress,
        }
    }

    /// Offset past the last chunk. The first begins at [`SIZE`], as 0 is null.
    pub(super) fn end(&self) -> u32 {
        self.end
    }

    /// Makes so many granules from `start` on accessible, for a collector that decides by itself what is free.
    ///
    /// # Errors
    /// Fails if the system has no memory for them.
    pub(super) fn reach(&mut self, start: u32, count: u32) -> Result<(), AllocError> {
        let end = (start + count) * SIZE;
        self.grow(end)?;
        let new = self.end.max(start * SIZE);
        self.end = self.end.max(end);
        if end.saturating_sub(new) >= POPULATED {
            self.region.populate(new, end);
        }
        Ok(())
    }

    /// Takes space for an object of `size` bytes, a multiple of a granule. Its contents are anything.
    ///
    /// # Errors
    /// Fails if there is no room.
    pub(super) fn allocate(&mut self, size: u64) -> Result<u32, AllocError> {
        let full = || AllocError::Full("the store's heap is full".into());
        let wanted = granules(size);
        if size >= 1 << 32 {
            return Err(full());
        }
        if let Some(reference) = self.take_free(wanted) {
            return Ok(reference);
        }
        let reference = self.end;
        let end = reference.checked_add(size as u32).ok_or_else(full)?;
        if end as usize > self.region.len() || self.end == SIZE {
            self.grow(end)?;
        }
        self.end = end;
        Ok(reference)
    }

    fn grow(&mut self, end: u32) -> Result<(), AllocError> {
        let mut grown = self.region.grow(end as usize);
        if self.stress && self.end == SIZE {
            grown = grown.and_then(|()| self.region.make_snare(POISON));
        }
        grown.map_err(|e| {
            AllocError::Full(format!("the store's heap of {end} bytes cannot grow: {e}"))
        })
    }

    /// Takes a free chunk, and gives back what is not wanted of it.
    fn take_free(&mut self, wanted: u32) -> Option<u32> {
        let fits = match wanted {
            1..=64 => self.filled >> (wanted - 1) << (wanted - 1),
            _ => 0,
        };
        let (found, reference) = if fits != 0 {
            let found = fits.trailing_zeros() + 1;
            let reference = self.small[found as usize];
            let next = self.region.read(reference).next;
            self.small[found as usize] = next;
            if next == 0 {
                self.filled &= !(1 << (found - 1));
            }
            (found, reference)
        } else {
            let chunk = *self.large.range((wanted, 0)..).next()?;
            self.large.remove(&chunk);
            chunk
        };
        if found > wanted {
            self.link(reference + wanted * SIZE, found - wanted);
        }
        Some(reference)
    }

    /// Makes a chunk free for use.
    fn link(&mut self, reference: u32, granules: u32) {
        let mut next = 0;
        if granules as usize <= SMALL {
            next = std::mem::replace(&mut self.small[granules as usize], reference);
            self.filled |= 1 << (granules - 1);
        } else {
            self.large.insert((granules, reference));
        }
        self.region.write(reference, Header::freed(next, granules));
    }

    /// Frees the space of an object of `size` bytes. What is left of an array in stress mode has no elements, so that
    /// nothing beyond the heap is accessed by a stale reference.
    pub(super) fn release(&mut self, reference: u32, size: u64, is_array: bool) {
        if !self.stress {
            return self.link(reference, granules(size));
        }
        self.region.write(reference, Header::freed(0, granules(size)));
        self.region.fill(reference + SIZE, size as u32 - SIZE, POISON);
        if is_array {
            self.region.set_length(reference, 0);
        }
        self.quarantine.push_back((reference, granules(size)));
        self.quarantined += size;
        while self.quarantine.len() > QUARANTINE || self.quarantined > QUARANTINE_BYTES {
            let Some((reference, granules)) = self.quarantine.pop_front() else { break };
            self.quarantined -= u64::from(granules) * u64::from(SIZE);
            self.link(reference, granules);
        }
    }

    /// Merges free chunks that are neighbours, and takes those at the end away. `size` gives the size of an
    /// object by its header. In stress mode, chunks that wait are left alone.
    pub(super) fn merge(&mut self, size: impl Fn(&Region, u32, Header) -> u64) {
        let waiting: HashSet<u32> =
            self.quarantine.iter().map(|(reference, _)| *reference).collect();
        self.small = [0; SMALL + 1];
        self.filled = 0;
        self.large.clear();
        let (mut at, mut free): (u64, Option<u64>) = (SIZE.into(), None);
        while at < u64::from(self.end) {
            let header = self.region.read(at as u32);
            let usable = header.is_freed() && !waiting.contains(&(at as u32));
            match (usable, free) {
                (true, None) => free = Some(at),
                (false, Some(start)) => {
                    self.link(start as u32, granules(at - start));
                    free = None;
                }
                _ => {}
            }
            at += match header.is_freed() {
                true => header.free_size(),
                false => size(&self.region, at as u32, header),
            };
        }
        if let Some(start) = free {
            self.end = start as u32;
        }
    }

    /// Checks the free chunks. Returns how many granules are free.
    ///
    /// # Errors
    /// Fails with a description of what is wrong.
    pub(super) fn check_free(&self, step: &mut dyn FnMut() -> bool) -> Result<Option<u64>, String> {
        let all = u64::from(self.end / SIZE);
        let mut free = 0;
        for (size, first) in self.small.iter().enumerate() {
            let mut next = *first;
            while next != 0 {
                if !step() {
                    return Ok(None);
                }
                let header = self.region.read(next);
                if !header.is_freed() || header.free_size() != size as u64 * u64::from(SIZE) {
                    return Err(format!("freed object {next:#x} was written to"));
                }
                free += size as u64;
                if free > all {
                    return Err("a list of freed objects is a ring".into());
                }
                next = header.next;
            }
        }
        let waiting = self.quarantine.iter().map(|(reference, granules)| (*granules, *reference));
        for (granules, reference) in self.large.iter().copied().chain(waiting) {
            let header = self.region.read(reference);
            if !header.is_freed() || header.free_size() != u64::from(granules) * u64::from(SIZE) {
                return Err(format!("freed object {reference:#x} was written to"));
            }
            free += u64::from(granules);
        }
        for (reference, granules) in &self.quarantine {
            let (at, bytes) = (reference + SIZE, (granules - 1) * SIZE);
            // An array was given the length 0, which comes first.
            let length = if bytes != 0 && self.region.read_u32(at) == 0 { 4 } else { 0 };
            if !self.region.is_filled(at + length, bytes - length, POISON) {
                return Err(format!("freed object {reference:#x} was written to"));
            }
        }
        Ok(Some(free))
    }
}
