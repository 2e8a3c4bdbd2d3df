//! Linear memories.
//!
//! A memory reserves the address space that any 32-bit index plus any 32-bit offset can reach;
//! what lies past its length is inaccessible. So compiled code makes no check, and the memory
//! never moves.

use crate::context::{AsContext, AsContextMut};
use crate::error::{Error, Result};
use crate::mmap::{Mmap, page_size};
use crate::store::{StoreId, StoreOpaque};
use crate::trap::TrapCode;
use crate::types::{Limits, MemoryType};
use crate::vm::VmMemory;

/// Bytes of a Wasm page.
const PAGE: u64 = 65536;
/// Pages that a 32-bit memory can have.
const MAX_PAGES: u64 = 65536;
/// What an access can reach, and a host page of the largest kind.
const RESERVATION: usize = (1 << 33) + (1 << 16);
const _: () = assert!(RESERVATION as u64 >= touchstone_cranelift_wasm::layout::MEMORY32_REACH);

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
    max: Option<u64>,
}

// SAFETY: the pointer in `vm` is to the mapping that the memory owns.
unsafe impl Send for MemoryInstance {}
// SAFETY: as above; access through it is governed by the store.
unsafe impl Sync for MemoryInstance {}

impl MemoryInstance {
    pub(crate) fn new(ty: MemoryType) -> Result<Self> {
        let exhausted = |e| Error::Resource(format!("no address space for a memory: {e}"));
        let mapping = Mmap::reserve(RESERVATION).map_err(exhausted)?;
        let vm = VmMemory { base: mapping.as_ptr(), length: 0 };
        let mut memory = MemoryInstance { vm, mapping, accessible: 0, max: ty.limits.max };
        let pages = ty.limits.min;
        if memory.grow(pages).is_none() {
            return Err(Error::Resource(format!("a memory of {pages} pages cannot be allocated")));
        }
        Ok(memory)
    }

    /// Size in pages.
    pub(crate) fn size(&self) -> u64 {
        self.vm.length as u64 / PAGE
    }

    /// Grows by `delta` pages; gives the old size. `None` if a limit or the system forbids it.
    pub(crate) fn grow(&mut self, delta: u64) -> Option<u64> {
        let old = self.size();
        let new = old.checked_add(delta)?;
        if new > self.max.unwrap_or(MAX_PAGES).min(MAX_PAGES) {
            return None;
        }
        let length = (new * PAGE) as usize;
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
        MemoryType { limits: Limits { min: self.size(), max: self.max } }
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

impl Memory {
    /// Makes a memory.
    ///
    /// # Errors
    /// If the limits exceed 65,536 pages, or address space is exhausted.
    pub fn new(mut store: impl AsContextMut, ty: MemoryType) -> Result<Self> {
        if ty.limits.min > MAX_PAGES || ty.limits.max.is_some_and(|max| max > MAX_PAGES) {
            return Err(Error::Mismatch("a memory has at most 65,536 pages".into()));
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
