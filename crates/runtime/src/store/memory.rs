//! Linear memories.
//!
//! A memory reserves address space, of which its length is accessible, and never moves. One with
//! 32-bit indices and pages of 64 KiB reserves all that an index plus an offset can reach: compiled
//! code makes no check. Accesses to others are checked.

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

/// What an unchecked access can reach, and a host page of the largest kind.
const RESERVATION: usize = (1 << 33) + (1 << 16);

const _: () = assert!(RESERVATION as u64 >= touchstone_cranelift_wasm::layout::MEMORY32_REACH);

/// Bytes that a memory with 64-bit indices can have in this implementation.
const MAX_BYTES_64: u64 = 1 << 38;

/// Bytes that one without a maximum can grow to, unless it begins with more: address space is reserved
/// for them, which a process has for some thousands of memories.
const GROWTH_64: u64 = 1 << 34;

/// A memory's state. Compiled code holds the address of `vm`. A shared one belongs to several stores,
/// whose threads use it at the same time; any other to one.
#[repr(C)]
#[derive(Debug)]
pub(crate) struct MemoryInstance {
    pub(crate) vm: VmMemory,
    mapping: Mmap,
    /// Bytes of the mapping that are accessible: a multiple of the host's page size. Held while
    /// the memory grows.
    accessible: Mutex<usize>,
    ty: MemoryType,
}

// SAFETY: the pointer in `vm` is to the mapping that the memory owns.
unsafe impl Send for MemoryInstance {}

// SAFETY: the pointer in `vm` never changes. Of a shared memory, bytes are accessed atomically; of any other, through the
// one store that it belongs to.
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
        let mapping = match is_guarded(&ty.to_wasm()) {
            true => Mmap::reserve(RESERVATION),
            // Accesses are checked, but may be up to a page of the host.
            false => Mmap::up_to(ty.growth().max(bytes) as usize, bytes as usize, Mmap::reserve),
        };
        let exhausted = |e| Error::Resource(format!("no address space for a memory: {e}"));
        let mapping = mapping.map_err(exhausted)?;
        let vm = VmMemory { base: mapping.as_ptr(), length: AtomicUsize::new(0) };
        let memory = MemoryInstance { vm, mapping, accessible: Mutex::new(0), ty };
        memory.grow(pages, limit).map(|_| memory).ok_or_else(too_large)
    }

    /// What takes the place of a memory that was given back: it has the type, but no bytes, and can
    /// have none. No compiled code may access it.
    pub(crate) fn given_back(ty: MemoryType) -> Self {
        let mapping = Mmap::none();
        let vm = VmMemory { base: mapping.as_ptr(), length: AtomicUsize::new(0) };
        MemoryInstance { vm, mapping, accessible: Mutex::new(0), ty }
    }

    /// Whether it was given back.
    pub(crate) fn is_given_back(&self) -> bool {
        // Any other reserves a page at least.
        self.mapping.len() == 0
    }

    /// Length in bytes. That of a shared memory may grow at any time.
    fn len(&self) -> usize {
        self.vm.length.load(Ordering::SeqCst)
    }

    /// Length in bytes. That of a shared memory may grow at any time.
    pub(crate) fn bytes(&self) -> u64 {
        self.len() as u64
    }

    /// Bytes of a page.
    pub(crate) fn page_size(&self) -> u64 {
        1 << self.ty.page_size_log2
    }

    /// Size in pages.
    pub(crate) fn size(&self) -> u64 {
        self.len() as u64 >> self.ty.page_size_log2
    }

    /// Grows by `delta` pages, to no more than `limit` bytes; gives the old size. `None` if a limit
    /// or the system forbids it.
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

    /// What growing it by `delta` pages would be.
    pub(crate) fn growth(&self, delta: u64) -> Growth {
        let current = self.bytes();
        let added = delta.saturating_mul(self.page_size());
        Growth::Memory {
            current,
            desired: current.saturating_add(added),
            maximum: self.ty.most_bytes(),
        }
    }

    /// Its type, with the current size as minimum.
    pub(crate) fn ty(&self) -> MemoryType {
        MemoryType { limits: Limits { min: self.size(), max: self.ty.limits.max }, ..self.ty }
    }

    pub(crate) fn is_shared(&self) -> bool {
        self.ty.shared
    }

    /// Address of the `count` bytes from `start` on.
    ///
    /// # Errors
    /// Fails if they reach past the end.
    pub(crate) fn range(&self, start: u64, count: u64) -> Result<*mut u8, TrapCode> {
        let range = crate::store::table::range(self.len(), start, count);
        let range = range.ok_or(TrapCode::MemoryOutOfBounds)?;
        Ok(self.vm.base.wrapping_add(range.start))
    }

    /// `memory.fill` (specification, §4.6.8).
    ///
    /// # Errors
    /// Fails if the range reaches past the end; then nothing is written. An interrupt, before which a part is
    /// written.
    pub(crate) fn fill(
        &self,
        [start, count]: [u64; 2],
        value: u8,
        poll: Poll<'_>,
    ) -> Result<(), TrapCode> {
        let to = self.range(start, count)?;
        let shared = self.is_shared();
        poll.pieces(count as usize, piece(shared), |done, now| {
            // SAFETY: the range is accessible (checked above), and stays so. Where the memory is not
            // shared, nothing else accesses it: its store is in use here.
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
    /// Fails if the range reaches past the end; then nothing is written. An interrupt, before which a part is
    /// written.
    pub(crate) fn write(&self, start: u64, bytes: &[u8], poll: Poll<'_>) -> Result<(), TrapCode> {
        let to = self.range(start, bytes.len() as u64)?;
        let shared = self.is_shared();
        poll.pieces(bytes.len(), piece(shared), |done, now| {
            let bytes = &bytes[done..done + now];
            // SAFETY: the range is accessible (checked above), and stays so. Where the memory is not
            // shared, nothing else accesses it: its store is in use here. `bytes` are the host's own,
            // never part of a memory.
            unsafe {
                match shared {
                    false => to.add(done).copy_from_nonoverlapping(bytes.as_ptr(), now),
                    true => shared_bytes::write(to.add(done), bytes),
                }
            }
        })
    }

    /// Reads from `start` on into `buffer`.
    ///
    /// # Errors
    /// Fails if the range reaches past the end.
    pub(crate) fn read(&self, start: u64, buffer: &mut [u8]) -> Result<(), TrapCode> {
        let from = self.range(start, buffer.len() as u64)?;
        // SAFETY: the range is accessible (checked above), and stays so. Where the memory is not
        // shared, nothing else accesses it: its store is in use here. `buffer` is the host's own,
        // never part of a memory.
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
    /// Fails if a range reaches past its end; then nothing is written. An interrupt, before which a part is
    /// written.
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
    /// Fails if a range reaches past its end; then nothing is written. An interrupt, before which a part is
    /// written.
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
            // SAFETY: both ranges are accessible (checked above), and stay so. Where neither memory
            // is shared, nothing else accesses them: their store is in use here.
            unsafe {
                let (to, from) = (to.add(done), from.add(done));
                match shared {
                    false => to.copy_from(from, now),
                    true => shared_bytes::copy(to, from, now, forwards),
                }
            }
        };
        // As if through a copy: from the end that is not overwritten first.
        match forwards {
            true => poll.pieces(count as usize, piece(shared), body),
            false => poll.pieces_from_end(count as usize, piece(shared), body),
        }
    }

    /// Bytes of its size that are resident, as the system tells.
    pub(crate) fn resident(&self) -> u64 {
        let accessible = *self.accessible.lock();
        self.mapping.resident(accessible)
    }

    /// Whether `address` lies in its reservation.
    pub(crate) fn reserves(&self, address: usize) -> bool {
        let start = self.mapping.as_ptr() as usize;
        (start..start + self.mapping.len()).contains(&address)
    }
}

/// Bytes between two looks at the interrupt: of a shared memory fewer, as they take longer.
fn piece(shared: bool) -> usize {
    if shared { 1 << 18 } else { 1 << 20 }
}

impl MemoryType {
    /// Bytes of so many pages.
    fn bytes(&self, pages: u64) -> Option<u64> {
        pages.checked_mul(1 << self.page_size_log2)
    }

    /// Bytes that its type allows a memory to have, where it says so.
    pub(crate) fn most_bytes(&self) -> Option<u64> {
        self.limits.max.map(|max| max.saturating_mul(1 << self.page_size_log2))
    }

    /// Bytes that a memory of this type begins with; `u64::MAX` where they cannot be counted.
    pub(crate) fn least_bytes(&self) -> u64 {
        self.bytes(self.limits.min).unwrap_or(u64::MAX)
    }

    /// Refuses what no memory can be.
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

    /// Pages that a memory can have, so that its size is a number of the index type
    /// (specification, §3.2.16).
    fn max_pages(&self) -> u64 {
        let index = if self.index64 { u64::MAX } else { u64::from(u32::MAX) };
        match self.page_size_log2 {
            0 => index,
            log2 => (index >> log2) + 1,
        }
    }

    /// Bytes to reserve for a memory of this type, beyond which it does not grow.
    fn growth(&self) -> u64 {
        match self.limits.max {
            Some(_) => self.max_bytes(),
            None => self.max_bytes().min(GROWTH_64),
        }
    }

    /// Bytes that a memory of this type can have.
    fn max_bytes(&self) -> u64 {
        let pages = self.max_pages();
        let most = self.bytes(pages).map_or(MAX_BYTES_64, |bytes| bytes.min(MAX_BYTES_64));
        let max = self.limits.max.and_then(|max| self.bytes(max));
        max.unwrap_or(most).min(most)
    }
}
