//! The memory that objects lie in: 4 GiB of reserved address space, accessible as far as it is
//! used. A reference is an offset into it, checked at each access.
//!
//! Unsafe code: the accesses. Compiled code writes to the same memory, so no Rust reference to
//! it is ever made.

use super::object::{Header, SIZE};
use std::io;
#[cfg(not(miri))]
type Backing = crate::mmap::Mmap;
#[cfg(miri)]
type Backing = Vec<Header>;

/// Address space of a heap, and a guard after it: a 32-bit offset plus a header stays within.
#[cfg(not(miri))]
const RESERVATION: usize = (1 << 32) + (1 << 16);
/// Bytes that become accessible at first.
const FIRST: usize = 1 << 16;

/// The memory of a heap.
#[derive(Default)]
pub(super) struct Region {
    backing: Option<Backing>,
    /// Accessible bytes.
    len: usize,
}

impl Region {
    /// Accessible bytes.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Address of offset 0, once it has grown.
    pub(super) fn base(&self) -> *mut u8 {
        self.backing.as_ref().map_or(std::ptr::null_mut(), |b| b.as_ptr().cast())
    }

    /// Makes at least `len` bytes accessible; new ones are zero. The base never changes.
    #[cfg(not(miri))]
    pub(super) fn grow(&mut self, len: usize) -> io::Result<()> {
        let backing = match &mut self.backing {
            Some(backing) => backing,
            none => none.insert(Backing::reserve(RESERVATION)?),
        };
        let wanted = len.max(self.len * 2).clamp(FIRST, 1 << 32);
        let wanted = wanted.next_multiple_of(crate::mmap::page_size().max(FIRST)).min(1 << 32);
        backing.make_accessible(self.len, wanted - self.len)?;
        self.len = wanted;
        Ok(())
    }

    /// Without memory mapping: a fixed piece.
    #[cfg(miri)]
    pub(super) fn grow(&mut self, len: usize) -> io::Result<()> {
        if len > FIRST {
            return Err(io::Error::from(io::ErrorKind::OutOfMemory));
        }
        self.backing = Some(vec![Header::freed(0); FIRST / SIZE as usize]);
        self.len = FIRST;
        Ok(())
    }

    /// # Panics
    /// If the reference is not to accessible memory, aligned.
    fn address(&self, reference: u32) -> *mut Header {
        let offset = reference as usize;
        assert!(offset + SIZE as usize <= self.len && offset.is_multiple_of(SIZE as usize));
        self.base().wrapping_add(offset).cast()
    }

    /// The header at `reference`.
    #[inline]
    pub(super) fn read(&self, reference: u32) -> Header {
        // SAFETY: within the accessible part, aligned; any bytes are a header. Nothing writes at
        // the same time: the heap is borrowed, and compiled code of its store waits.
        unsafe { self.address(reference).read() }
    }

    /// Replaces the header at `reference`.
    #[inline]
    pub(super) fn write(&mut self, reference: u32, header: Header) {
        // SAFETY: as in `read`, with an exclusive borrow.
        unsafe { self.address(reference).write(header) }
    }
}
