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
    /// Makes a memory.
    ///
    /// # Errors
    /// If the limits exceed what indices can reach, the size of a page is neither 64 KiB nor a
    /// byte, or address space is exhausted.
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

    /// Its type, with the current size as minimum.
    pub fn ty(&self, store: impl AsContext) -> MemoryType {
        self.instance(store.as_context().opaque()).ty()
    }

    /// Size in pages: none where it was [given back](crate::Instance::release).
    pub fn size(&self, store: impl AsContext) -> u64 {
        self.instance(store.as_context().opaque()).size()
    }

    /// Grows by `delta` pages; gives the old size.
    ///
    /// # Errors
    /// If its maximum or the system forbids it, or it was given back.
    pub fn grow(&self, mut store: impl AsContextMut, delta: u64) -> Result<u64> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        self.kept(store)?;
        let grown = store.grow_memory(self.addr, delta);
        grown.ok_or_else(|| Error::Resource(format!("the memory cannot grow by {delta} pages")))
    }

    /// Copies from `offset` on into `buffer`.
    ///
    /// # Errors
    /// If the range reaches past the end, or the memory was given back.
    pub fn read(&self, store: impl AsContext, offset: usize, buffer: &mut [u8]) -> Result<()> {
        let store = store.as_context();
        let memory = self.kept(store.opaque())?;
        memory.read(offset as u64, buffer).map_err(|_| past_end())
    }

    /// Copies `buffer` to `offset`.
    ///
    /// # Errors
    /// If the range reaches past the end, or the memory was given back.
    pub fn write(&self, mut store: impl AsContextMut, offset: usize, buffer: &[u8]) -> Result<()> {
        let mut store = store.as_context_mut();
        let memory = self.kept(store.opaque_mut())?;
        memory.write(offset as u64, buffer, Poll::NEVER).map_err(|_| past_end())
    }

    /// Size in bytes: none where it was [given back](crate::Instance::release).
    pub fn data_size(&self, store: impl AsContext) -> usize {
        self.instance(store.as_context().opaque()).bytes() as usize
    }

    /// Bytes of a page.
    pub fn page_size(&self, store: impl AsContext) -> u64 {
        self.instance(store.as_context().opaque()).page_size()
    }

    /// Its bytes: none where it was given back.
    ///
    /// # Panics
    /// If it is a shared memory, whose bytes change at any time (see [`SharedMemory::data`]); or belongs to
    /// another store.
    pub fn data<'a>(&self, store: &'a impl AsContext) -> &'a [u8] {
        let memory = self.unshared(store.as_context().into_opaque());
        // SAFETY: the bytes belong to the store, which is borrowed for `'a`: nothing writes to them, nor
        // does the memory grow or go.
        unsafe { std::slice::from_raw_parts(memory.vm.base, memory.bytes() as usize) }
    }

    /// Its bytes, to be written: none where it was given back.
    ///
    /// # Panics
    /// As [`Memory::data`].
    pub fn data_mut<'a>(&self, store: &'a mut impl AsContextMut) -> &'a mut [u8] {
        self.data_and_store_mut(store).0
    }

    /// Its bytes, to be written, and the host's data in the store.
    ///
    /// # Panics
    /// As [`Memory::data`].
    pub fn data_and_store_mut<'a, S: AsContextMut>(
        &self,
        store: &'a mut S,
    ) -> (&'a mut [u8], &'a mut S::Data) {
        let mut store = store.as_context_mut();
        let memory = self.unshared(store.opaque_mut());
        let (base, len) = (memory.vm.base, memory.bytes() as usize);
        // SAFETY: the bytes belong to the store, which is borrowed exclusively for `'a`: nothing else
        // reads or writes them, nor does the memory grow or go. They lie in a mapping of their own, apart
        // from the host's data.
        (unsafe { std::slice::from_raw_parts_mut(base, len) }, store.into_data_mut())
    }

    /// The memory, whose bytes only its store's borrower can reach.
    fn unshared<'a>(&self, store: &'a StoreOpaque) -> &'a MemoryInstance {
        let memory = self.instance(store);
        assert!(!memory.is_shared(), "the bytes of a shared memory cannot be borrowed");
        memory
    }

    /// Makes a shared memory part of a store.
    ///
    /// # Errors
    /// If the store's [limits](crate::StoreLimits) do not allow one more memory, or its size.
    pub fn from_shared(mut store: impl AsContextMut, memory: &SharedMemory) -> Result<Self> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let addr = store.add_shared_memory(memory.instance.clone())?;
        Ok(Memory { store: store.id(), addr })
    }

    /// The memory, to be shared with other stores; `None` where it is not a shared one,
    /// or was given back.
    pub fn as_shared(&self, store: impl AsContext) -> Option<SharedMemory> {
        let store = store.as_context();
        let store = store.opaque();
        let shared = self.kept(store).is_ok_and(MemoryInstance::is_shared);
        shared.then(|| SharedMemory { instance: store.memory_arc(self.addr) })
    }
}

/// A memory that several stores, and their threads, share (threads proposal).
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
    /// Makes a shared memory, in no store yet.
    ///
    /// # Errors
    /// If the type is not of a shared memory, or as for [`Memory::new`].
    pub fn new(ty: MemoryType) -> Result<Self> {
        if !ty.shared {
            return Err(Error::Mismatch("the type is not of a shared memory".into()));
        }
        ty.check()?;
        Ok(SharedMemory { instance: Arc::new(MemoryInstance::new(ty, u64::MAX)?) })
    }

    /// Its type, with the current size as minimum.
    pub fn ty(&self) -> MemoryType {
        self.instance.ty()
    }

    /// Size in pages, which other threads may change at any time; it never falls.
    pub fn size(&self) -> u64 {
        self.instance.size()
    }

    /// Size in bytes, as [`SharedMemory::size`].
    pub fn data_size(&self) -> usize {
        self.instance.bytes() as usize
    }

    /// Bytes of a page.
    pub fn page_size(&self) -> u64 {
        self.instance.page_size()
    }

    /// Grows by `delta` pages; gives the old size. Limits of stores do not hold it back, and it counts for
    /// each store that the memory is part of.
    ///
    /// # Errors
    /// If its maximum or the system forbids it.
    pub fn grow(&self, delta: u64) -> Result<u64> {
        let grown = self.instance.grow(delta, u64::MAX);
        grown.ok_or_else(|| Error::Resource(format!("the memory cannot grow by {delta} pages")))
    }

    /// The bytes that it has now. Others read and write them at the same time, so each access is atomic:
    /// what another thread of Wasm sees of several is up to the order that the accesses ask for.
    pub fn data(&self) -> &[AtomicU8] {
        // SAFETY: the bytes are mapped for as long as the memory is held; they are accessible up to its
        // size, which never falls; and whoever else accesses them does so atomically (see `shared_bytes`),
        // or is compiled code, of which Rust's model knows nothing.
        unsafe {
            std::slice::from_raw_parts(self.instance.vm.base.cast(), self.instance.bytes() as usize)
        }
    }
}

fn past_end() -> Error {
    Error::Mismatch("the range reaches past the end of the memory".into())
}
