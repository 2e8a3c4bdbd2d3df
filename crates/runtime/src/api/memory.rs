//! Memories, as the host sees them.

use crate::store::StoreOpaque;
use crate::store::context::{AsContext, AsContextMut};
use crate::store::memory::MemoryInstance;
use crate::types::MemoryType;
use crate::value::error::{Error, Result};
use crate::value::handles::Memory;
use crate::value::interrupt::Poll;
use std::sync::Arc;
use std::sync::atomic::AtomicU8;

impl Memory {
    /// Makes a memory in `store`.
    ///
    /// # Errors
    /// Fails if the limits exceed what indices can reach, if the size of a page is neither 64 KiB nor one
    /// byte, or if address space is exhausted.
    pub fn new(mut store: impl AsContextMut, ty: MemoryType) -> Result<Self> {
        ty.check()?;
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let addr = match store.add_memory(ty) {
            Err(Error::Resource(_)) if store.reclaim(&[]) => store.add_memory(ty)?,
            made => made?,
        };
        Ok(Memory { store: store.id(), addr })
    }

    fn instance<'a>(&self, store: &'a StoreOpaque) -> &'a MemoryInstance {
        store.check(self.store);
        store.memory(self.addr)
    }

    /// The memory, unless it was given back.
    fn kept<'a>(&self, store: &'a StoreOpaque) -> Result<&'a MemoryInstance> {
        let memory = self.instance(store);
        if memory.is_given_back() { Err(Error::Released("memory")) } else { Ok(memory) }
    }

    /// The type of the memory, with the current size as minimum.
    pub fn ty(&self, store: impl AsContext) -> MemoryType {
        self.instance(store.as_context().opaque()).ty()
    }

    /// Size in pages, which is 0 if the memory was [given back](crate::Instance::release).
    pub fn size(&self, store: impl AsContext) -> u64 {
        self.instance(store.as_context().opaque()).size()
    }

    /// Grows the memory by `delta` pages and gives the old size in pages.
    ///
    /// # Errors
    /// Fails if the memory's maximum, the store's limits or the system forbid the growth, or the memory was
    /// given back.
    pub fn grow(&self, mut store: impl AsContextMut, delta: u64) -> Result<u64> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        self.kept(store)?;
        let grown = store.grow_memory(self.addr, delta);
        grown.ok_or_else(|| Error::Resource(format!("the memory cannot grow by {delta} pages")))
    }

    /// Fills `buffer` with the bytes of the memory from `offset` on.
    ///
    /// # Errors
    /// Fails if the range reaches past the end, or the memory was given back.
    pub fn read(&self, store: impl AsContext, offset: usize, buffer: &mut [u8]) -> Result<()> {
        let store = store.as_context();
        let memory = self.kept(store.opaque())?;
        memory.read(offset as u64, buffer).map_err(|_| past_end())
    }

    /// Copies `buffer` to the memory, at `offset`.
    ///
    /// # Errors
    /// Fails if the range reaches past the end, or the memory was given back.
    pub fn write(&self, mut store: impl AsContextMut, offset: usize, buffer: &[u8]) -> Result<()> {
        let mut store = store.as_context_mut();
        let memory = self.kept(store.opaque_mut())?;
        memory.write(offset as u64, buffer, Poll::NEVER).map_err(|_| past_end())
    }

    /// Size in bytes, which is 0 if the memory was [given back](crate::Instance::release).
    pub fn data_size(&self, store: impl AsContext) -> usize {
        self.instance(store.as_context().opaque()).bytes() as usize
    }

    /// Size of a page in bytes.
    pub fn page_size(&self, store: impl AsContext) -> u64 {
        self.instance(store.as_context().opaque()).page_size()
    }

    /// The bytes of the memory. There are none if the memory was given back.
    ///
    /// # Panics
    /// Panics if the memory is shared, because other threads can change its bytes at any time (see
    /// [`SharedMemory::data`]); or if it belongs to another store.
    pub fn data<'a>(&self, store: &'a impl AsContext) -> &'a [u8] {
        let memory = self.unshared(store.as_context().into_opaque());
        // SAFETY: the memory is not shared (`unshared` checked), and its bytes belong to the store, which is
        // borrowed for `'a`: meanwhile nothing writes to the bytes, and the memory neither grows nor is
        // unmapped.
        unsafe { std::slice::from_raw_parts(memory.vm.base, memory.bytes() as usize) }
    }

    /// The bytes of the memory, for writing. There are none if the memory was given back.
    ///
    /// # Panics
    /// Panics as [`Memory::data`] does.
    pub fn data_mut<'a>(&self, store: &'a mut impl AsContextMut) -> &'a mut [u8] {
        self.data_and_store_mut(store).0
    }

    /// The bytes of the memory, for writing, and the host's data in the store.
    ///
    /// # Panics
    /// Panics as [`Memory::data`] does.
    pub fn data_and_store_mut<'a, S: AsContextMut>(
        &self,
        store: &'a mut S,
    ) -> (&'a mut [u8], &'a mut S::Data) {
        let mut store = store.as_context_mut();
        let memory = self.unshared(store.opaque_mut());
        let (base, len) = (memory.vm.base, memory.bytes() as usize);
        // SAFETY: the memory is not shared (`unshared` checked), and its bytes belong to the store, which is
        // borrowed exclusively for `'a`: nothing else reads or writes them, and the memory neither grows nor
        // is unmapped. The bytes lie in a mapping of their own, apart from the host's data.
        (unsafe { std::slice::from_raw_parts_mut(base, len) }, store.into_data_mut())
    }

    /// The memory, after a check that it is not shared: only the borrower of its store can reach its bytes.
    fn unshared<'a>(&self, store: &'a StoreOpaque) -> &'a MemoryInstance {
        let memory = self.instance(store);
        assert!(!memory.is_shared(), "the bytes of a shared memory cannot be borrowed");
        memory
    }

    /// Adds a shared memory to a store.
    ///
    /// # Errors
    /// Fails if the store's [limits](crate::StoreLimits) do not allow one more memory, or a memory of this
    /// size.
    pub fn from_shared(mut store: impl AsContextMut, memory: &SharedMemory) -> Result<Self> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let addr = store.add_shared_memory(memory.instance.clone())?;
        Ok(Memory { store: store.id(), addr })
    }

    /// The memory as one that can be shared with other stores. It is `None` where the memory is not shared,
    /// or was given back.
    pub fn as_shared(&self, store: impl AsContext) -> Option<SharedMemory> {
        let store = store.as_context();
        let store = store.opaque();
        let shared = self.kept(store).is_ok_and(MemoryInstance::is_shared);
        shared.then(|| SharedMemory { instance: store.memory_arc(self.addr) })
    }
}

/// A memory that several stores, and the threads that run them, share (threads proposal).
#[derive(Clone)]
pub struct SharedMemory {
    instance: Arc<MemoryInstance>,
}

impl std::fmt::Debug for SharedMemory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SharedMemory").field("ty", &self.ty()).finish_non_exhaustive()
    }
}

impl SharedMemory {
    /// Makes a shared memory that is not part of any store yet.
    ///
    /// # Errors
    /// Fails if the type is not that of a shared memory, and as [`Memory::new`] does.
    pub fn new(ty: MemoryType) -> Result<Self> {
        if !ty.shared {
            return Err(Error::Mismatch("the type is not of a shared memory".into()));
        }
        ty.check()?;
        Ok(SharedMemory { instance: Arc::new(MemoryInstance::new(ty, u64::MAX)?) })
    }

    /// The type of the memory, with the current size as minimum.
    pub fn ty(&self) -> MemoryType {
        self.instance.ty()
    }

    /// Size in pages. Other threads can increase it at any time; it never decreases.
    pub fn size(&self) -> u64 {
        self.instance.size()
    }

    /// Size in bytes. Other threads can increase it at any time; it never decreases.
    pub fn data_size(&self) -> usize {
        self.instance.bytes() as usize
    }

    /// Size of a page in bytes.
    pub fn page_size(&self) -> u64 {
        self.instance.page_size()
    }

    /// Grows the memory by `delta` pages and gives the old size in pages. The limits of stores do not
    /// restrict this growth, but its new size counts in each store that the memory is part of.
    ///
    /// # Errors
    /// Fails if the memory's maximum or the system forbids the growth.
    pub fn grow(&self, delta: u64) -> Result<u64> {
        let grown = self.instance.grow(delta, u64::MAX);
        grown.ok_or_else(|| Error::Resource(format!("the memory cannot grow by {delta} pages")))
    }

    /// The bytes that the memory has now. Other threads read and write them at the same time, so each access
    /// is atomic. The orderings that are given with the accesses decide which of them another thread of Wasm
    /// sees, and in which order.
    pub fn data(&self) -> &[AtomicU8] {
        // SAFETY: `instance` keeps the memory mapped; its bytes are accessible up to its size, which never
        // decreases (`MemoryInstance`). All other accesses are atomic (see `shared_bytes`), or are made by
        // compiled code, which is outside Rust's memory model.
        unsafe {
            std::slice::from_raw_parts(self.instance.vm.base.cast(), self.instance.bytes() as usize)
        }
    }
}

fn past_end() -> Error {
    Error::Mismatch("the range reaches past the end of the memory".into())
}
