//! Linear memories.
//!
//! A memory reserves address space, of which as many bytes as its length are accessible, and it never moves.
//! A memory with 32-bit indices and pages of 64 KiB reserves everything that an index plus an offset can
//! reach, so that compiled code needs no bounds checks. Accesses to other memories are checked.

use crate::store::hooks::Growth;
use crate::sys::mmap::{Mmap, page_size};
use crate::sys::shared_bytes;
use crate::types::{Limits, MemoryType};
use crate::value::error::{Error, Result};
use crate::value::interrupt::Poll;
use crate::value::trap::TrapCode;
use crate::value::vm::VmMemory;
use parking_lot::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use touchstone_cranelift_wasm::is_guarded;

/// Bytes that an unchecked access can reach, plus a host page of the largest size.
const RESERVATION: usize = (1 << 33) + (1 << 16);

const _: () = assert!(RESERVATION as u64 >= touchstone_cranelift_wasm::layout::MEMORY32_REACH);

/// The most bytes that a memory with 64-bit indices can have in this implementation.
const MAX_BYTES_64: u64 = 1 << 38;

/// Bytes to which a memory with 64-bit indices and no maximum can grow, unless it begins with more. Address
/// space is reserved for them, of which a process has enough for some thousands of memories.
const GROWTH_64: u64 = 1 << 34;

/// A memory's state. Compiled code holds the address of `vm`. A shared memory can be part of several stores,
/// whose threads use it at the same time; any other memory is part of one store.
#[repr(C)]
#[derive(Debug)]
pub(crate) struct MemoryInstance {
    pub(crate) vm: VmMemory,
    mapping: Mmap,
    /// Bytes of the mapping that are accessible: a multiple of the host's page size. The lock is held while
    /// the memory grows.
    accessible: Mutex<usize>,
    ty: MemoryType,
}

// SAFETY: the pointer in `vm` points to the mapping that the memory owns; the other fields can be sent
// (asserted below).
unsafe impl Send for MemoryInstance {}

// SAFETY: the pointer in `vm` never changes. The bytes of a shared memory are accessed atomically, those of
// any other memory only through the one store that it is part of. The other fields can be shared (asserted
// below).
unsafe impl Sync for MemoryInstance {}

const _: () = {
    const fn both<T: Send + Sync>() {}
    both::<(Mmap, Mutex<usize>, MemoryType, AtomicUsize)>();
};

impl MemoryInstance {
    pub(crate) fn new(ty: MemoryType, limit: u64) -> Result<Self> {
        let pages = ty.limits.min;
        let too_large =
            || Error::Resource(format!("a memory of {pages} pages cannot be allocated"));
        let bytes = ty.bytes(pages).ok_or_else(too_large)?;
        if bytes > ty.max_bytes().min(limit) {
            return Err(too_large());
        }
        let reserved = match is_guarded(&ty.to_wasm()) {
            true => Mmap::reserve_again(RESERVATION, bytes as usize),
            // Accesses are checked against the length, but the mapping is accessible up to a whole page of
            // the host.
            false => Mmap::up_to(ty.growth().max(bytes) as usize, bytes as usize, Mmap::reserve)
                .map(|mapping| (mapping, 0)),
        };
        let exhausted = |e| Error::Resource(format!("no address space for a memory: {e}"));
        let (mapping, accessible) = reserved.map_err(exhausted)?;
        let vm = VmMemory { base: mapping.as_ptr(), length: AtomicUsize::new(0) };
        let memory = MemoryInstance { vm, mapping, accessible: Mutex::new(accessible), ty };
        memory.grow(pages, limit).map(|_| memory).ok_or_else(too_large)
    }

    /// Makes a memory that takes the place of one that was given back. It has the same type, but never any
    /// bytes. No compiled code may access it.
    pub(crate) fn given_back(ty: MemoryType) -> Self {
        let mapping = Mmap::none();
        let vm = VmMemory { base: mapping.as_ptr(), length: AtomicUsize::new(0) };
        MemoryInstance { vm, mapping, accessible: Mutex::new(0), ty }
    }

    /// Whether the memory was given back.
    pub(crate) fn is_given_back(&self) -> bool {
        // Any other memory reserves at least a page.
        self.mapping.len() == 0
    }

    /// Length in bytes. The length of a shared memory may increase at any time.
    fn len(&self) -> usize {
        self.vm.length.load(Ordering::SeqCst)
    }

    /// Length in bytes. The length of a shared memory may increase at any time.
    pub(crate) fn bytes(&self) -> u64 {
        self.len() as u64
    }

    /// Size of a page in bytes.
    pub(crate) fn page_size(&self) -> u64 {
        1 << self.ty.page_size_log2
    }

    /// Size in pages.
    pub(crate) fn size(&self) -> u64 {
        self.len() as u64 >> self.ty.page_size_log2
    }

    /// Grows the memory by `delta` pages, to no more than `limit` bytes. Returns the old size in pages, or
    /// `None` if a limit or the system forbids the growth.
    pub(crate) fn grow(&self, delta: u64, limit: u64) -> Option<u64> {
        let mut accessible = self.accessible.lock();
        let old = self.size();
        if delta == 0 {
            return Some(old);
        }
        let new = old.checked_add(delta)?;
        let bytes = self.ty.bytes(new)?;
        if bytes > self.ty.max_bytes().min(limit) || self.ty.limits.max.is_some_and(|max| new > max)
        {
            return None;
        }
        let length = bytes as usize;
        let wanted = length.next_multiple_of(page_size());
        if wanted > self.mapping.len() {
            return None;
        }
        if wanted > *accessible {
            self.mapping.make_accessible(*accessible, wanted - *accessible).ok()?;
            *accessible = wanted;
        }
        self.vm.length.store(length, Ordering::SeqCst);
        Some(old)
    }

    /// The growth by `delta` pages, as the limiter is asked about it.
    pub(crate) fn growth(&self, delta: u64) -> Growth {
        let current = self.bytes();
        let added = delta.saturating_mul(self.page_size());
        Growth::Memory {
            current,
            desired: current.saturating_add(added),
            maximum: self.ty.most_bytes(),
        }
    }

    /// The type of the memory, with the current size as minimum.
    pub(crate) fn ty(&self) -> MemoryType {
        MemoryType { limits: Limits { min: self.size(), max: self.ty.limits.max }, ..self.ty }
    }

    pub(crate) fn is_shared(&self) -> bool {
        self.ty.shared
    }

    /// The address of the `count` bytes from `start` on.
    ///
    /// # Errors
    /// Fails if the range reaches past the end.
    pub(crate) fn range(&self, start: u64, count: u64) -> Result<*mut u8, TrapCode> {
        let range = crate::store::table::range(self.len(), start, count);
        let range = range.ok_or(TrapCode::MemoryOutOfBounds)?;
        Ok(self.vm.base.wrapping_add(range.start))
    }

    /// `memory.fill` (specification, §4.6.8).
    ///
    /// # Errors
    /// Fails if the range reaches past the end, and then nothing is written; or if the store is interrupted,
    /// and then a part is written.
    pub(crate) fn fill(
        &self,
        [start, count]: [u64; 2],
        value: u8,
        poll: Poll<'_>,
    ) -> Result<(), TrapCode> {
        let to = self.range(start, count)?;
        let shared = self.is_shared();
        poll.pieces(count as usize, piece(shared), |done, now| {
            // SAFETY: `range` checked that the range is accessible, and it stays so, as a memory never
            // shrinks. If the memory is not shared, nothing else accesses it, because the caller borrows its
            // store.
            unsafe {
                match shared {
                    false => to.add(done).write_bytes(value, now),
                    true => shared_bytes::fill(to.add(done), value, now),
                }
            }
        })
    }

    /// Writes `bytes` at `start`.
    ///
    /// # Errors
    /// Fails if the range reaches past the end, and then nothing is written; or if the store is interrupted,
    /// and then a part is written.
    pub(crate) fn write(&self, start: u64, bytes: &[u8], poll: Poll<'_>) -> Result<(), TrapCode> {
        let to = self.range(start, bytes.len() as u64)?;
        let shared = self.is_shared();
        poll.pieces(bytes.len(), piece(shared), |done, now| {
            let bytes = &bytes[done..done + now];
            // SAFETY: `range` checked that the range is accessible, and it stays so, as a memory never
            // shrinks. If the memory is not shared, nothing else accesses it, because the caller borrows its
            // store. `bytes` does not overlap the range: the bytes of this memory can be borrowed only
            // together with its store, and those of a shared memory not at all.
            unsafe {
                match shared {
                    false => to.add(done).copy_from_nonoverlapping(bytes.as_ptr(), now),
                    true => shared_bytes::write(to.add(done), bytes),
                }
            }
        })
    }

    /// Fills `buffer` with the bytes from `start` on.
    ///
    /// # Errors
    /// Fails if the range reaches past the end.
    pub(crate) fn read(&self, start: u64, buffer: &mut [u8]) -> Result<(), TrapCode> {
        let from = self.range(start, buffer.len() as u64)?;
        // SAFETY: `range` checked that the range is accessible, and it stays so, as a memory never shrinks.
        // If the memory is not shared, nothing else writes to it, because the caller borrows its store.
        // `buffer` does not overlap the range: the bytes of this memory can be borrowed for writing only
        // together with its store, and those of a shared memory not at all.
        unsafe {
            match self.is_shared() {
                false => from.copy_to_nonoverlapping(buffer.as_mut_ptr(), buffer.len()),
                true => shared_bytes::read(from, buffer),
            }
        }
        Ok(())
    }

    /// `memory.init` (specification, §4.6.8) from a segment's bytes.
    ///
    /// # Errors
    /// Fails if a range reaches past its end, and then nothing is written; or if the store is interrupted,
    /// and then a part is written.
    pub(crate) fn init(
        &self,
        segment: &[u8],
        [to, from, count]: [u64; 3],
        poll: Poll<'_>,
    ) -> Result<(), TrapCode> {
        let source = crate::store::table::range(segment.len(), from, count);
        let source = source.ok_or(TrapCode::MemoryOutOfBounds)?;
        self.write(to, &segment[source], poll)
    }

    /// `memory.copy` (specification, §4.6.8) from `source`, which may be the same memory.
    ///
    /// # Errors
    /// Fails if a range reaches past its end, and then nothing is written; or if the store is interrupted,
    /// and then a part is written.
    pub(crate) fn copy(
        &self,
        source: &MemoryInstance,
        [to, from, count]: [u64; 3],
        poll: Poll<'_>,
    ) -> Result<(), TrapCode> {
        let from = source.range(from, count)?;
        let to = self.range(to, count)?;
        let shared = self.is_shared() || source.is_shared();
        let forwards = to as usize <= from as usize;
        let body = |done: usize, now: usize| {
            // SAFETY: `range` checked that both ranges are accessible, and they stay so, as a memory never
            // shrinks. If neither memory is shared, nothing else accesses them, because the caller borrows
            // their store.
            unsafe {
                let (to, from) = (to.add(done), from.add(done));
                match shared {
                    false => to.copy_from(from, now),
                    true => shared_bytes::copy(to, from, now, forwards),
                }
            }
        };
        // The copy works as if through a buffer: it begins at the end that is not overwritten before it is
        // read.
        match forwards {
            true => poll.pieces(count as usize, piece(shared), body),
            false => poll.pieces_from_end(count as usize, piece(shared), body),
        }
    }

    /// How many bytes of the memory are resident, according to the system.
    pub(crate) fn resident(&self) -> u64 {
        let accessible = *self.accessible.lock();
        self.mapping.resident(accessible)
    }

    /// Whether `address` lies in the address space that the memory reserves.
    pub(crate) fn reserves(&self, address: usize) -> bool {
        let start = self.mapping.as_ptr() as usize;
        (start..start + self.mapping.len()).contains(&address)
    }
}

impl Drop for MemoryInstance {
    fn drop(&mut self) {
        // Only reservations of the length that most memories have are of use to others.
        if is_guarded(&self.ty.to_wasm()) {
            let accessible = std::mem::take(self.accessible.get_mut());
            std::mem::replace(&mut self.mapping, Mmap::none()).give_back(accessible);
        }
    }
}

/// Bytes that are processed between two polls of the interrupt. They are fewer for a shared memory, where
/// each takes longer.
fn piece(shared: bool) -> usize {
    if shared { 1 << 18 } else { 1 << 20 }
}

impl MemoryType {
    /// The size of `pages` pages in bytes.
    fn bytes(&self, pages: u64) -> Option<u64> {
        pages.checked_mul(1 << self.page_size_log2)
    }

    /// The most bytes that the type allows a memory to have, if it has a maximum.
    pub(crate) fn most_bytes(&self) -> Option<u64> {
        self.limits.max.map(|max| max.saturating_mul(1 << self.page_size_log2))
    }

    /// Bytes with which a memory of this type begins, or `u64::MAX` if the number does not fit.
    pub(crate) fn least_bytes(&self) -> u64 {
        self.bytes(self.limits.min).unwrap_or(u64::MAX)
    }

    /// Refuses a type that no memory can have.
    pub(crate) fn check(&self) -> Result<()> {
        if !matches!(self.page_size_log2, 0 | 16) {
            return Err(Error::Mismatch("a page has 65,536 bytes, or 1".into()));
        }
        let most = self.max_pages();
        if self.limits.min > most || self.limits.max.is_some_and(|max| max > most) {
            return Err(Error::Mismatch(format!("such a memory has at most {most} pages")));
        }
        self.limits.check()?;
        if self.shared && self.limits.max.is_none() {
            return Err(Error::Mismatch("a shared memory has a maximum size".into()));
        }
        Ok(())
    }

    /// The most pages that a memory can have if its size must be a number of the index type (specification,
    /// §3.2.16).
    fn max_pages(&self) -> u64 {
        let index = if self.index64 { u64::MAX } else { u64::from(u32::MAX) };
        match self.page_size_log2 {
            0 => index,
            log2 => (index >> log2) + 1,
        }
    }

    /// Bytes to reserve for a memory of this type, beyond which it cannot grow.
    fn growth(&self) -> u64 {
        match self.limits.max {
            Some(_) => self.max_bytes(),
            None => self.max_bytes().min(GROWTH_64),
        }
    }

    /// The most bytes that a memory of this type can have.
    fn max_bytes(&self) -> u64 {
        let pages = self.max_pages();
        let most = self.bytes(pages).map_or(MAX_BYTES_64, |bytes| bytes.min(MAX_BYTES_64));
        let max = self.limits.max.and_then(|max| self.bytes(max));
        max.unwrap_or(most).min(most)
    }
}
