//! The memory that objects lie in: 4 GiB of reserved address space, accessible as far as it is
//! used. A reference is an offset into it, checked at each access.
//!
//! Unsafe code: the accesses. Compiled code writes to the same memory, so no Rust reference to
//! it is ever made.

use super::object::{Header, SIZE};
use std::io;
type Backing = crate::sys::mmap::Mmap;

/// Address space of a heap, and a guard after it: a 32-bit offset plus a header stays within.
const RESERVATION: usize = (1 << 32) + (1 << 16);
/// Bytes that become accessible at first.
const FIRST: usize = 1 << 16;

/// Reservations of heaps that are gone, to save the system's work for the next ones. What is in them
/// is never looked at: an object is written whole when it is made.
static POOL: parking_lot::Mutex<Vec<(Backing, usize)>> = parking_lot::Mutex::new(Vec::new());
/// Reservations that are kept at most.
const POOLED: usize = 16;
/// Accessible bytes that a reservation may have to be kept: more goes back to the system.
const POOLED_LEN: usize = 1 << 20;

impl Drop for Region {
    fn drop(&mut self) {
        if let Some(backing) = self.backing.take()
            && self.len <= POOLED_LEN
        {
            let mut pool = POOL.lock();
            if pool.len() < POOLED {
                pool.push((backing, self.len));
            }
        }
    }
}

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

    /// Fixes the base. What is accessible then is left from an earlier heap, if anything is.
    pub(super) fn reserve(&mut self) -> io::Result<&Backing> {
        if self.backing.is_none() {
            let (backing, len) = match POOL.lock().pop() {
                Some(pooled) => pooled,
                None => (Backing::reserve(RESERVATION)?, 0),
            };
            (self.backing, self.len) = (Some(backing), len);
        }
        Ok(self.backing.as_ref().expect("reserved just now"))
    }

    /// Makes at least `len` bytes accessible. The base never changes.
    pub(super) fn grow(&mut self, len: usize) -> io::Result<()> {
        self.reserve()?;
        if len <= self.len {
            return Ok(());
        }
        let wanted = len.max(self.len * 2).clamp(FIRST, 1 << 32);
        let wanted = wanted.next_multiple_of(crate::sys::mmap::page_size().max(FIRST)).min(1 << 32);
        let old = self.len;
        self.reserve()?.make_accessible(old, wanted - old)?;
        self.len = wanted;
        Ok(())
    }

    /// # Panics
    /// Panics if the reference is not to accessible memory, aligned.
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
        // SAFETY: within the accessible part, aligned (asserted). The heap is borrowed exclusively,
        // and compiled code of its store waits.
        unsafe { self.address(reference).write(header) }
    }
}
