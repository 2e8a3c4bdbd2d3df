//! Address space for Miri, which cannot map any. Allocations take its place, as large as tests need them.
//!
//! The interface is that of `mmap`.

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::io;
use std::ptr::NonNull;

/// The most bytes that really exist of a longer range.
const MOST: usize = 256 << 10;
const PAGE: usize = 4096;

/// A range that pretends to be address space.
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
    PAGE
}

/// Size of the host's pages, in bytes.
pub fn host_page_size() -> u64 {
    PAGE as u64
}

impl Mmap {
    /// Makes an empty range.
    pub(crate) fn none() -> Mmap {
        Mmap { start: NonNull::dangling(), length: 0 }
    }

    /// Makes a range, as `up_to` of `mmap` does. It may have fewer bytes than `most`.
    ///
    /// # Errors
    /// Fails if there is no room for `least`.
    pub(crate) fn up_to(
        most: usize,
        least: usize,
        make: impl Fn(usize) -> io::Result<Mmap>,
    ) -> io::Result<Mmap> {
        let mapping = make(most)?;
        match mapping.length >= least {
            true => Ok(mapping),
            false => Err(io::ErrorKind::OutOfMemory.into()),
        }
    }

    /// Number of resident bytes: the whole allocation is in memory.
    pub(crate) fn resident(&self, length: usize) -> u64 {
        length.min(self.length) as u64
    }

    /// Does nothing, because there are no large pages.
    pub(crate) fn expect_sparse(&self) {}

    /// Does nothing, because the whole allocation is in memory.
    pub(crate) fn populate(&self, _start: usize, _length: usize) {}

    /// Makes a range whose first bytes exist and are all zero.
    pub(crate) fn reserve(length: usize) -> io::Result<Mmap> {
        let length = length.clamp(1, MOST).next_multiple_of(PAGE);
        // SAFETY: the layout is not empty, as `length` is at least a page.
        let start = unsafe { alloc_zeroed(Self::layout(length)) };
        let start = NonNull::new(start).ok_or(io::ErrorKind::OutOfMemory)?;
        Ok(Mmap { start, length })
    }

    /// Does what [`Mmap::reserve`] does. Nothing is used again, so that Miri finds accesses to what was given back.
    pub(crate) fn reserve_again(length: usize, _: usize) -> io::Result<(Mmap, usize)> {
        Ok((Self::reserve(length)?, 0))
    }

    /// Frees the range.
    pub(crate) fn give_back(self, _: usize) {}

    /// Does what [`Mmap::reserve`] does.
    fn read_write(length: usize) -> io::Result<Mmap> {
        Self::reserve(length)
    }

    /// The same as [`Mmap::read_write`].
    pub(crate) fn to_be_filled(length: usize) -> io::Result<Mmap> {
        Self::read_write(length)
    }

    /// Does what [`Mmap::read_write`] does, and writes `words` to the beginning.
    pub(crate) fn with_words(length: usize, words: &[u64]) -> io::Result<Mmap> {
        let mapping = Self::read_write(length)?;
        assert!(size_of_val(words) <= mapping.length);
        // SAFETY: the allocation is new, long enough (asserted), and aligned to pages.
        unsafe {
            let target = mapping.start.as_ptr().cast();
            std::ptr::copy_nonoverlapping(words.as_ptr(), target, words.len());
        }
        Ok(mapping)
    }

    fn layout(length: usize) -> Layout {
        Layout::from_size_align(length, PAGE).expect("of a size that is a multiple of a page")
    }

    pub(crate) fn as_ptr(&self) -> *mut u8 {
        self.start.as_ptr()
    }

    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// Checks that the range exists, in which case it is accessible.
    pub(crate) fn make_accessible(&self, start: usize, length: usize) -> io::Result<()> {
        match start.checked_add(length).is_some_and(|end| end <= self.length) {
            true => Ok(()),
            false => Err(io::ErrorKind::OutOfMemory.into()),
        }
    }

    /// Does nothing, because there is no code to execute.
    pub(crate) fn make_executable(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Mmap {
    fn drop(&mut self) {
        if self.length == 0 {
            return;
        }
        // SAFETY: `reserve` made the allocation with this layout, and it is not used after this.
        unsafe { dealloc(self.start.as_ptr(), Self::layout(self.length)) };
    }
}
