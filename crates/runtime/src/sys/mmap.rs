//! Address space, which can be reserved, made accessible and given back.

use rustix::mm::{
    Advice, MapFlags, MprotectFlags, ProtFlags, madvise, mmap_anonymous, mprotect, munmap,
};
use std::io;
use std::ptr::NonNull;

/// A range of reserved address space.
#[derive(Debug)]
pub(crate) struct Mmap {
    start: NonNull<u8>,
    length: usize,
}

// SAFETY: an `Mmap` owns its range, and gives only the address of its bytes. Code that accesses them has its
// own proof.
unsafe impl Send for Mmap {}
// SAFETY: `&Mmap` gives an address, and no access.
unsafe impl Sync for Mmap {}

/// The system's page size.
pub(crate) fn page_size() -> usize {
    rustix::param::page_size()
}

/// Size in bytes of a page of the system, which is the unit in which it counts a process's memory.
pub fn host_page_size() -> u64 {
    page_size() as u64
}

impl Mmap {
    /// Makes an empty range, which takes no address space.
    pub(crate) fn none() -> Mmap {
        Mmap { start: NonNull::dangling(), length: 0 }
    }

    /// Reserves `length` bytes (rounded up to pages), which are inaccessible and uncommitted.
    pub(crate) fn reserve(length: usize) -> io::Result<Mmap> {
        Self::map(length, ProtFlags::empty(), MapFlags::empty())
    }

    /// Maps `length` bytes, which are readable, writable and all zero.
    fn read_write(length: usize) -> io::Result<Mmap> {
        Self::map(length, ProtFlags::READ | ProtFlags::WRITE, MapFlags::empty())
    }

    /// Does what [`Mmap::read_write`] does, for whoever is about to write all of it: the pages are in memory at once, and
    /// not one after the other as they are written.
    pub(crate) fn to_be_filled(length: usize) -> io::Result<Mmap> {
        Self::map(length, ProtFlags::READ | ProtFlags::WRITE, MapFlags::POPULATE)
    }

    /// Does what [`Mmap::read_write`] does, and writes `words` to the beginning.
    ///
    /// # Panics
    /// Panics if `length` is too small for the words.
    pub(crate) fn with_words(length: usize, words: &[u64]) -> io::Result<Mmap> {
        assert!(size_of_val(words) <= length);
        let mapping = Self::read_write(length)?;
        // SAFETY: the mapping is new, accessible, long enough (asserted), and aligned to pages.
        unsafe {
            let target = mapping.start.as_ptr().cast();
            std::ptr::copy_nonoverlapping(words.as_ptr(), target, words.len());
        }
        Ok(mapping)
    }

    /// Makes a mapping of `most` bytes with `make`. If the process has too little address space left, the
    /// mapping is smaller, but has at least `least` bytes.
    ///
    /// # Errors
    /// Fails if there is not even room for `least`.
    pub(crate) fn up_to(
        most: usize,
        least: usize,
        make: impl Fn(usize) -> io::Result<Mmap>,
    ) -> io::Result<Mmap> {
        let mut bytes = most;
        loop {
            match make(bytes) {
                Err(_) if bytes > least => bytes = (bytes / 2).max(least),
                result => return result,
            }
        }
    }

    /// How many of the first `length` bytes are in memory, or 0 if the system does not tell. Pages that were
    /// only read count, though they all share one page of zeros.
    pub(crate) fn resident(&self, length: usize) -> u64 {
        /// The number of pages about which one call asks.
        const PAGES: usize = 1 << 16;
        let (page, end) = (page_size(), length.min(self.length));
        let mut pages = 0;
        let mut answer = vec![0_u8; PAGES.min(end.div_ceil(page))];
        for start in (0..end).step_by(PAGES * page) {
            let part = (end - start).min(PAGES * page);
            // SAFETY: the range lies within the mapping, which `self` owns; `answer` has a byte for
            // each of its pages.
            let told = unsafe {
                let start = self.start.as_ptr().add(start);
                libc::mincore(start.cast(), part, answer.as_mut_ptr().cast())
            };
            if told == 0 {
                let part = &answer[..part.div_ceil(page)];
                pages += part.iter().filter(|resident| **resident & 1 == 1).count();
            }
        }
        (pages * page) as u64
    }

    /// Advises the system that the range is written sparsely, so that it uses no large pages, each of which
    /// would be committed as a whole.
    pub(crate) fn expect_sparse(&self) {
        let (start, length) = (self.start.as_ptr().cast(), self.length);
        // SAFETY: `self` owns the mapping, and the advice does not change its contents. A system without
        // large pages refuses the advice, and does not need it.
        let _ = unsafe { madvise(start, length, Advice::LinuxNoHugepage) };
    }

    /// Brings a part of the range into memory at once that is about to be written, as [`Mmap::to_be_filled`] does: whole
    /// pages of it, which must be accessible. A system that cannot do that does it page by page later.
    ///
    /// # Panics
    /// Panics if the part is not within the range.
    pub(crate) fn populate(&self, start: usize, length: usize) {
        let end = start.checked_add(length).filter(|end| *end <= self.length).expect("a part");
        let (start, end) = (start.next_multiple_of(page_size()), end / page_size() * page_size());
        if start < end {
            // SAFETY: the part lies within the mapping (checked), which `self` owns, and the advice does not change its
            // contents: pages are brought in as a write would do that writes what is there.
            let _ = unsafe {
                let first = self.start.as_ptr().add(start);
                madvise(first.cast(), end - start, Advice::LinuxPopulateWrite)
            };
        }
    }

    fn map(length: usize, protection: ProtFlags, more: MapFlags) -> io::Result<Mmap> {
        let length = length.max(1).next_multiple_of(page_size());
        let flags = MapFlags::PRIVATE | MapFlags::NORESERVE | more;
        // SAFETY: a new anonymous mapping at an address of the kernel's choice overlaps no other mapping.
        let start = unsafe { mmap_anonymous(std::ptr::null_mut(), length, protection, flags)? };
        let start = NonNull::new(start.cast()).expect("the kernel maps nothing at zero");
        Ok(Mmap { start, length })
    }

    pub(crate) fn as_ptr(&self) -> *mut u8 {
        self.start.as_ptr()
    }

    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// Makes `range` (whole pages within the reservation) readable and writable.
    pub(crate) fn make_accessible(&self, start: usize, length: usize) -> io::Result<()> {
        self.protect(start, length, MprotectFlags::READ | MprotectFlags::WRITE)
    }

    /// Makes the whole range readable and executable, and no longer writable.
    pub(crate) fn make_executable(&mut self) -> io::Result<()> {
        self.protect(0, self.length, MprotectFlags::READ | MprotectFlags::EXEC)
    }

    fn protect(&self, start: usize, length: usize, flags: MprotectFlags) -> io::Result<()> {
        assert!(start.checked_add(length).is_some_and(|end| end <= self.length));
        // SAFETY: the range lies within the mapping (asserted), which `self` owns. `make_accessible` is only
        // called on reserved memory, to which it adds rights; `make_executable`, which removes the right to
        // write, borrows `self` exclusively.
        unsafe { mprotect(self.start.as_ptr().add(start).cast(), length, flags)? };
        Ok(())
    }
}

impl Drop for Mmap {
    fn drop(&mut self) {
        if self.length == 0 {
            return;
        }
        // SAFETY: `self` owns the mapping, and is dropped here. Code that accesses the bytes must have ended
        // before the owner drops it; its own proofs say so.
        let result = unsafe { munmap(self.start.as_ptr().cast(), self.length) };
        debug_assert!(result.is_ok());
    }
}
