//! Memories, as the host sees them.

use crate::store::StoreOpaque;
use crate::store::context::{AsContext, AsContextMut};
use crate::store::memory::MemoryInstance;
use crate::types::MemoryType;
use crate::value::error::{Error, Result};
use crate::value::handles::Memory;
use crate::value::interrupt::Poll;
use std::sync::Arc;

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
        let index = match store.add_memory(ty) {
            Err(Error::Resource(_)) if store.reclaim(&[]) => store.add_memory(ty)?,
            made => made?,
        };
        Ok(Memory { store: store.id(), index })
    }

    fn instance<'a>(&self, store: &'a StoreOpaque) -> &'a MemoryInstance {
        store.check(self.store);
        store.memory(self.index)
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
        let grown = store.grow_memory(self.index, delta);
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

    /// Makes a shared memory part of a store.
    ///
    /// # Errors
    /// If the store's [limits](crate::StoreLimits) do not allow one more memory, or its size.
    pub fn from_shared(mut store: impl AsContextMut, memory: &SharedMemory) -> Result<Self> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let index = store.add_shared_memory(memory.instance.clone())?;
        Ok(Memory { store: store.id(), index })
    }

    /// The memory, to be shared with other stores; `None` where it is not a shared one,
    /// or was given back.
    pub fn as_shared(&self, store: impl AsContext) -> Option<SharedMemory> {
        let store = store.as_context();
        let store = store.opaque();
        let shared = self.kept(store).is_ok_and(MemoryInstance::is_shared);
        shared.then(|| SharedMemory { instance: store.memory_arc(self.index) })
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
}

fn past_end() -> Error {
    Error::Mismatch("the range reaches past the end of the memory".into())
}
