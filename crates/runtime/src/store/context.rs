//! What can stand for a store: the store, a borrow of it, or a host function's caller.
//!
//! Code that Wasm runs, and the host functions that it calls, use the store behind the back of
//! whoever called them. A Rust reference to the store that lived meanwhile would claim that nobody
//! does. So what borrows a store for longer than a moment holds its *address* and a lifetime
//! ([`StoreContextMut`], [`StoreAccess`]): a reference is made for one use at a time, cannot outlive
//! the borrow that it is made from, and [`invoke`](crate::exec::activation::invoke) wants that borrow.

use crate::compile::engine::Engine;
use crate::store::{Store, StoreInner, StoreOpaque};
use std::marker::PhantomData;
use std::ptr::NonNull;

/// A shared borrow of a store.
pub struct StoreContext<'a, T: 'static>(pub(crate) &'a StoreInner<T>);

/// An exclusive borrow of a store.
pub struct StoreContextMut<'a, T: 'static> {
    store: NonNull<StoreInner<T>>,
    borrow: PhantomData<&'a mut StoreInner<T>>,
}

/// An exclusive borrow of a store whose data's type is forgotten: what it takes to enter Wasm.
pub(crate) struct StoreAccess<'a> {
    store: NonNull<StoreOpaque>,
    borrow: PhantomData<&'a mut StoreOpaque>,
}

impl StoreAccess<'_> {
    /// The store, for one use.
    #[inline]
    pub(crate) fn get(&mut self) -> &mut StoreOpaque {
        // SAFETY: whoever made the access borrowed the store exclusively for its lifetime, and a
        // reference that was made from it before has ended with the borrow of `self`.
        unsafe { self.store.as_mut() }
    }

    /// Its address, by which all of the store can be reached.
    #[inline]
    pub(crate) fn as_ptr(&mut self) -> *mut StoreOpaque {
        self.store.as_ptr()
    }
}

/// Gives shared access to a store.
pub trait AsContext {
    /// The host's data in the store.
    type Data: 'static;
    /// Borrows the store.
    fn as_context(&self) -> StoreContext<'_, Self::Data>;
}

/// Gives exclusive access to a store.
pub trait AsContextMut: AsContext {
    /// Borrows the store.
    fn as_context_mut(&mut self) -> StoreContextMut<'_, Self::Data>;
}

impl<'a, T> StoreContext<'a, T> {
    /// The host's data.
    pub fn data(&self) -> &T {
        &self.0.data
    }

    /// The store, for as long as it is borrowed.
    pub(crate) fn into_opaque(self) -> &'a StoreOpaque {
        &self.0.opaque
    }

    pub(crate) fn opaque(&self) -> &StoreOpaque {
        &self.0.opaque
    }
}

impl<'a, T> StoreContextMut<'a, T> {
    /// # Safety
    /// The store at this address, with data of type `T`, lives for `'a`, and for as long only what
    /// is borrowed from the result uses it.
    #[inline]
    pub(crate) unsafe fn new(store: NonNull<StoreInner<T>>) -> Self {
        StoreContextMut { store, borrow: PhantomData }
    }

    fn inner(&self) -> &StoreInner<T> {
        // SAFETY: the store is borrowed exclusively (promised to `new`) by `self`, which is shared:
        // nothing writes while the reference lives.
        unsafe { self.store.as_ref() }
    }

    /// The host's data.
    pub fn data(&self) -> &T {
        &self.inner().data
    }

    /// The host's data.
    pub fn data_mut(&mut self) -> &mut T {
        // SAFETY: the store is borrowed exclusively (promised to `new`) by `self`, which is too.
        // Only the data are referred to.
        unsafe { &mut (*self.store.as_ptr()).data }
    }

    /// The store's engine.
    pub fn engine(&self) -> &Engine {
        self.inner().opaque.engine()
    }

    /// The store, for one use.
    #[inline]
    pub(crate) fn opaque_mut(&mut self) -> &mut StoreOpaque {
        // SAFETY: the store is borrowed exclusively (promised to `new`) by `self`, which is too:
        // the reference ends before Wasm can be entered through `self`.
        unsafe { &mut (*self.store.as_ptr()).opaque }
    }

    /// The host's data, for as long as the store is borrowed.
    pub(crate) fn into_data_mut(self) -> &'a mut T {
        // SAFETY: the store is borrowed exclusively for `'a` (promised to `new`), by what is consumed
        // here. Only the data are referred to.
        unsafe { &mut (*self.store.as_ptr()).data }
    }

    /// What it takes to enter Wasm.
    #[inline]
    pub(crate) fn access(&mut self) -> StoreAccess<'_> {
        StoreAccess { store: self.store.cast(), borrow: PhantomData }
    }
}

impl<T: 'static> AsContext for Store<T> {
    type Data = T;
    fn as_context(&self) -> StoreContext<'_, T> {
        StoreContext(self.inner())
    }
}

impl<T: 'static> AsContextMut for Store<T> {
    #[inline]
    fn as_context_mut(&mut self) -> StoreContextMut<'_, T> {
        self.context_mut()
    }
}

impl<T: 'static> AsContext for StoreContext<'_, T> {
    type Data = T;
    fn as_context(&self) -> StoreContext<'_, T> {
        StoreContext(self.0)
    }
}

impl<T: 'static> AsContext for StoreContextMut<'_, T> {
    type Data = T;
    fn as_context(&self) -> StoreContext<'_, T> {
        StoreContext(self.inner())
    }
}

impl<T: 'static> AsContextMut for StoreContextMut<'_, T> {
    #[inline]
    fn as_context_mut(&mut self) -> StoreContextMut<'_, T> {
        StoreContextMut { store: self.store, borrow: PhantomData }
    }
}

impl<C: AsContext> AsContext for &C {
    type Data = C::Data;
    fn as_context(&self) -> StoreContext<'_, C::Data> {
        C::as_context(self)
    }
}

impl<C: AsContext> AsContext for &mut C {
    type Data = C::Data;
    fn as_context(&self) -> StoreContext<'_, C::Data> {
        C::as_context(self)
    }
}

impl<C: AsContextMut> AsContextMut for &mut C {
    fn as_context_mut(&mut self) -> StoreContextMut<'_, C::Data> {
        C::as_context_mut(self)
    }
}
