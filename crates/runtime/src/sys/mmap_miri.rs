//! Address space for Miri, which maps none: allocations, as large as tests need them.
//!
//! The face is that of `mmap`.

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::io;
use std::ptr::NonNull;

/// Bytes that are there of a longer range.
const MOST: usize = 256 << 10;
const PAGE: usize = 4096;

/// A range that pretends to be address space.
#[derive(Debug)]
pub(crate) struct Mmap {
    start: NonNull<u8>,
    length: usize,
}

// SAFETY: the range is owned; access to its bytes is the owner's affair.
unsafe impl Send for Mmap {}
// SAFETY: `&Mmap` gives an address and no access.
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
    /// No bytes.
    pub(crate) fn none() -> Mmap {
        Mmap { start: NonNull::dangling(), length: 0 }
    }

    /// As that of `mmap`; what is there of a range may be too little.
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

    /// All of it is in memory.
    pub(crate) fn resident(&self, length: usize) -> u64 {
        length.min(self.length) as u64
    }

    /// There are no large pages.
    pub(crate) fn expect_sparse(&self) {}

    /// The beginning of so many bytes, all zero.
    pub(crate) fn reserve(length: usize) -> io::Result<Mmap> {
        let length = length.clamp(1, MOST).next_multiple_of(PAGE);
        // SAFETY: the layout is not empty.
        let start = unsafe { alloc_zeroed(Self::layout(length)) };
        let start = NonNull::new(start).ok_or(io::ErrorKind::OutOfMemory)?;
        Ok(Mmap { start, length })
    }

    /// As [`Mmap::reserve`].
    pub(crate) fn read_write(length: usize) -> io::Result<Mmap> {
        Self::reserve(length)
    }

    /// As [`Mmap::read_write`], with `words` at its beginning.
    pub(crate) fn with_words(length: usize, words: &[u64]) -> io::Result<Mmap> {
        let mapping = Self::read_write(length)?;
        assert!(size_of_val(words) <= mapping.length);
        // SAFETY: the allocation is new, as long (asserted), and aligned.
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

    /// What is there is accessible.
    pub(crate) fn make_accessible(&self, start: usize, length: usize) -> io::Result<()> {
        match start.checked_add(length).is_some_and(|end| end <= self.length) {
            true => Ok(()),
            false => Err(io::ErrorKind::OutOfMemory.into()),
        }
    }

    /// There is no code to execute.
    pub(crate) fn make_executable(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Mmap {
    fn drop(&mut self) {
        if self.length == 0 {
            return;
        }
        // SAFETY: the allocation was made with this layout and ends here.
        unsafe { dealloc(self.start.as_ptr(), Self::layout(self.length)) };
    }
}
