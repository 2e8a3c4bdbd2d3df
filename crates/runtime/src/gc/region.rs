//! The memory for objects: 4 GiB of reserved address space, which is accessible as far as it is used. A
//! reference is an offset into it, which is checked at each access of the host.
//!
//! The accesses are unsafe code. Compiled code writes to the same memory, so no Rust reference to it is ever
//! made.

use super::object::{Header, SIZE};
use std::io;
type Backing = crate::sys::mmap::Mmap;

/// Size of the address space of a heap and a guard after it. A header at any 32-bit offset lies within it.
const RESERVATION: usize = (1 << 32) + (1 << 16);
/// Bytes that are made accessible first.
const FIRST: usize = 1 << 16;

/// Reservations of dropped heaps, which are kept to save the system's work for the next heaps. Their contents
/// are never read, because an object is fully written when it is made.
static POOL: parking_lot::Mutex<Vec<(Backing, usize)>> = parking_lot::Mutex::new(Vec::new());
/// The most reservations that are kept.
const POOLED: usize = 16;
/// The most accessible bytes that a reservation may have to be kept. Larger ones are given back to the
/// system.
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
    /// Number of accessible bytes.
    len: usize,
}

impl Region {
    /// Number of accessible bytes.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The address of offset 0, or null before address space is reserved.
    pub(super) fn base(&self) -> *mut u8 {
        self.backing.as_ref().map_or(std::ptr::null_mut(), |b| b.as_ptr().cast())
    }

    /// Reserves address space, which fixes the base. If anything is accessible then, it is left from an
    /// earlier heap.
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
    /// Panics if the reference is not aligned, or its object is not within accessible memory.
    fn address(&self, reference: u32) -> *mut Header {
        let offset = reference as usize;
        assert!(offset + SIZE as usize <= self.len && offset.is_multiple_of(SIZE as usize));
        self.base().wrapping_add(offset).cast()
    }

    /// The header at `reference`.
    #[inline]
    pub(super) fn read(&self, reference: u32) -> Header {
        // SAFETY: `address` checked that the header is aligned and within the accessible part; any bytes are
        // a header. Nothing writes at the same time, because the heap is borrowed, and compiled code of its
        // store does not run.
        unsafe { self.address(reference).read() }
    }

    /// Replaces the header at `reference`.
    #[inline]
    pub(super) fn write(&mut self, reference: u32, header: Header) {
        // SAFETY: `address` checked that the header is aligned and within the accessible part. The heap is
        // borrowed exclusively, and compiled code of its store does not run.
        unsafe { self.address(reference).write(header) }
    }
}
