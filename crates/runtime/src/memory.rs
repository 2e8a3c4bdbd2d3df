//! Linear memories.
//!
//! A memory reserves address space, of which its length is accessible, and never moves. One with
//! 32-bit indices and pages of 64 KiB reserves all that an index plus an offset can reach: compiled
//! code makes no check. Accesses to others are checked.

use crate::context::{AsContext, AsContextMut};
use crate::error::{Error, Result};
use crate::mmap::{Mmap, page_size};
use crate::store::{StoreId, StoreOpaque};
use crate::trap::TrapCode;
use crate::types::{Limits, MemoryType};
use crate::vm::VmMemory;
use touchstone_cranelift_wasm::is_guarded;

/// What an unchecked access can reach, and a host page of the largest kind.
const RESERVATION: usize = (1 << 33) + (1 << 16);
const _: () = assert!(RESERVATION as u64 >= touchstone_cranelift_wasm::layout::MEMORY32_REACH);
/// Bytes that a memory with 64-bit indices can grow to in this implementation.
const MAX_BYTES_64: u64 = 1 << 38;

/// A memory in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Memory {
    pub(crate) store: StoreId,
    pub(crate) index: u32,
}

/// A memory's state. Boxed by its store: compiled code holds the address of `vm`.
#[repr(C)]
pub(crate) struct MemoryInstance {
    pub(crate) vm: VmMemory,
    mapping: Mmap,
    /// Bytes of the mapping that are accessible: a multiple of the host's page size.
    accessible: usize,
    ty: MemoryType,
}

// SAFETY: the pointer in `vm` is to the mapping that the memory owns.
unsafe impl Send for MemoryInstance {}
// SAFETY: as above; access through it is governed by the store.
unsafe impl Sync for MemoryInstance {}

impl MemoryInstance {
    pub(crate) fn new(ty: MemoryType) -> Result<Self> {
        let pages = ty.limits.min;
        let too_large =
            || Error::Resource(format!("a memory of {pages} pages cannot be allocated"));
        let bytes = ty.bytes(pages).ok_or_else(too_large)?;
        let reservation = match is_guarded(&ty.to_wasm()) {
            true => RESERVATION,
            // Accesses are checked, but may be up to a page of the host.
            false => (ty.max_bytes().max(bytes) as usize).next_multiple_of(page_size()).max(1),
        };
        let exhausted = |e| Error::Resource(format!("no address space for a memory: {e}"));
        let mapping = Mmap::reserve(reservation).map_err(exhausted)?;
        let vm = VmMemory { base: mapping.as_ptr(), length: 0 };
        let mut memory = MemoryInstance { vm, mapping, accessible: 0, ty };
        memory.grow(pages).map(|_| memory).ok_or_else(too_large)
    }

    /// Size in pages.
    pub(crate) fn size(&self) -> u64 {
        self.vm.length as u64 >> self.ty.page_size_log2
    }

    /// Grows by `delta` pages; gives the old size. `None` if a limit or the system forbids it.
    pub(crate) fn grow(&mut self, delta: u64) -> Option<u64> {
        let old = self.size();
        let new = old.checked_add(delta)?;
        let bytes = self.ty.bytes(new)?;
        if bytes > self.ty.max_bytes() || self.ty.limits.max.is_some_and(|max| new > max) {
            return None;
        }
        let length = bytes as usize;
        let accessible = length.next_multiple_of(page_size());
        if accessible > self.accessible {
            self.mapping.make_accessible(self.accessible, accessible - self.accessible).ok()?;
            self.accessible = accessible;
        }
        self.vm.length = length;
        Some(old)
    }

    /// Its type, with the current size as minimum.
    pub(crate) fn ty(&self) -> MemoryType {
        MemoryType { limits: Limits { min: self.size(), max: self.ty.limits.max }, ..self.ty }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        // SAFETY: the first `length` bytes are mapped and initialised (to zero at first); Wasm
        // does not run while the store is borrowed.
        unsafe { std::slice::from_raw_parts(self.vm.base, self.vm.length) }
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        // SAFETY: as in `bytes`, and the store is exclusively borrowed.
        unsafe { std::slice::from_raw_parts_mut(self.vm.base, self.vm.length) }
    }

    /// `memory.fill` (specification, §4.6.8).
    ///
    /// # Errors
    /// If the range reaches past the end; then nothing is written.
    pub(crate) fn fill(&mut self, start: u64, value: u8, count: u64) -> Result<(), TrapCode> {
        let bytes = self.bytes_mut();
        let target = part(bytes.len(), start, count)?;
        bytes[target].fill(value);
        Ok(())
    }

    /// `memory.init` (specification, §4.6.8) from a segment's bytes.
    ///
    /// # Errors
    /// If a range reaches past its end; then nothing is written.
    pub(crate) fn init(
        &mut self,
        segment: &[u8],
        [to, from, count]: [u64; 3],
    ) -> Result<(), TrapCode> {
        let source = part(segment.len(), from, count)?;
        let bytes = self.bytes_mut();
        let target = part(bytes.len(), to, count)?;
        bytes[target].copy_from_slice(&segment[source]);
        Ok(())
    }

    /// Whether `address` lies in its reservation.
    pub(crate) fn reserves(&self, address: usize) -> bool {
        let start = self.mapping.as_ptr() as usize;
        (start..start + self.mapping.len()).contains(&address)
    }
}

impl MemoryType {
    /// Bytes of so many pages.
    fn bytes(&self, pages: u64) -> Option<u64> {
        pages.checked_mul(1 << self.page_size_log2)
    }

    /// Bytes that a memory of this type can grow to.
    fn max_bytes(&self) -> u64 {
        let most = if self.index64 { MAX_BYTES_64 } else { 1 << 32 };
        let max = self.limits.max.and_then(|max| self.bytes(max));
        max.unwrap_or(most).min(most)
    }
}

impl Memory {
    /// Makes a memory.
    ///
    /// # Errors
    /// If the limits exceed what indices can reach, the size of a page is neither 64 KiB nor a
    /// byte, or address space is exhausted.
    pub fn new(mut store: impl AsContextMut, ty: MemoryType) -> Result<Self> {
        if !matches!(ty.page_size_log2, 0 | 16) {
            return Err(Error::Mismatch("a page has 65,536 bytes, or 1".into()));
        }
        let index_bits = if ty.index64 { 64 } else { 32 };
        let most = u64::try_from(1u128 << (index_bits - u32::from(ty.page_size_log2)));
        let most = most.unwrap_or(u64::MAX);
        if ty.limits.min > most || ty.limits.max.is_some_and(|max| max > most) {
            return Err(Error::Mismatch(format!("such a memory has at most {most} pages")));
        }
        ty.limits.check()?;
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let index = store.add_memory(ty)?;
        Ok(Memory { store: store.id(), index })
    }

    fn instance<'a>(&self, store: &'a StoreOpaque) -> &'a MemoryInstance {
        store.check(self.store);
        store.memory(self.index)
    }

    /// Its type, with the current size as minimum.
    pub fn ty(&self, store: impl AsContext) -> MemoryType {
        self.instance(store.as_context().opaque()).ty()
    }

    /// Size in pages.
    pub fn size(&self, store: impl AsContext) -> u64 {
        self.instance(store.as_context().opaque()).size()
    }

    /// Grows by `delta` pages; gives the old size.
    ///
    /// # Errors
    /// If its maximum or the system forbids it.
    pub fn grow(&self, mut store: impl AsContextMut, delta: u64) -> Result<u64> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        store.check(self.store);
        let grown = store.memory_mut(self.index).grow(delta);
        grown.ok_or_else(|| Error::Resource(format!("the memory cannot grow by {delta} pages")))
    }

    /// Copies from `offset` on into `buffer`.
    ///
    /// # Errors
    /// If the range reaches past the end.
    pub fn read(&self, store: impl AsContext, offset: usize, buffer: &mut [u8]) -> Result<()> {
        let store = store.as_context();
        let bytes = self.instance(store.opaque()).bytes();
        let source = range(offset, buffer.len()).and_then(|r| bytes.get(r));
        buffer.copy_from_slice(source.ok_or_else(past_end)?);
        Ok(())
    }

    /// Copies `buffer` to `offset`.
    ///
    /// # Errors
    /// If the range reaches past the end.
    pub fn write(&self, mut store: impl AsContextMut, offset: usize, buffer: &[u8]) -> Result<()> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        store.check(self.store);
        let bytes = store.memory_mut(self.index).bytes_mut();
        let target = range(offset, buffer.len()).and_then(|r| bytes.get_mut(r));
        target.ok_or_else(past_end)?.copy_from_slice(buffer);
        Ok(())
    }
}

/// `memory.copy` (specification, §4.6.8) between memories of a store, which may be the same.
///
/// # Errors
/// If a range reaches past its end; then nothing is written.
pub(crate) fn copy(
    store: &mut StoreOpaque,
    to: u32,
    from: u32,
    [d, s, n]: [u64; 3],
) -> Result<(), TrapCode> {
    if to == from {
        let bytes = store.memory_mut(to).bytes_mut();
        let source = part(bytes.len(), s, n)?;
        let target = part(bytes.len(), d, n)?;
        bytes.copy_within(source, target.start);
        return Ok(());
    }
    let (target, source) = store.two_memories(to, from);
    target.init(source.bytes(), [d, s, n])
}

fn part(len: usize, start: u64, count: u64) -> Result<std::ops::Range<usize>, TrapCode> {
    crate::table::range(len, start, count).ok_or(TrapCode::MemoryOutOfBounds)
}

fn range(offset: usize, length: usize) -> Option<std::ops::Range<usize>> {
    Some(offset..offset.checked_add(length)?)
}

fn past_end() -> Error {
    Error::Mismatch("the range reaches past the end of the memory".into())
}
