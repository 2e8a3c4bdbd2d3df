//! Contexts, by which a store can be used: the store itself, a borrow of it, or a host function's caller.
//!
//! Compiled code, and the host functions that it calls, use the store by its address, unknown to the Rust
//! code that called them. A Rust reference to the store that lived meanwhile would assert that nobody else
//! uses the store. So a type that borrows a store for longer holds its *address* and a lifetime
//! ([`StoreContextMut`], [`StoreAccess`]). From these a reference is made for one use at a time; it cannot
//! outlive the borrow that it is made from, and [`invoke`](crate::exec::activation::invoke) takes that
//! borrow.

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

/// An exclusive borrow of a store whose data's type is forgotten. Entering Wasm takes such a borrow.
pub(crate) struct StoreAccess<'a> {
    store: NonNull<StoreOpaque>,
    borrow: PhantomData<&'a mut StoreOpaque>,
}

impl StoreAccess<'_> {
    /// A reference to the store, for one use.
    #[inline]
    pub(crate) fn get(&mut self) -> &mut StoreOpaque {
        // SAFETY: `StoreContextMut::access`, which makes such values, borrows the store exclusively for their
        // lifetime. A reference that was made from `self` before has ended, as `self` is borrowed
        // exclusively.
        unsafe { self.store.as_mut() }
    }

    /// The address of the store, by which all of it can be reached.
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
    /// The host's data in the store.
    pub fn data(&self) -> &T {
        &self.0.data
    }

    /// A reference to the store that lives as long as the borrow.
    pub(crate) fn into_opaque(self) -> &'a StoreOpaque {
        &self.0.opaque
    }

    pub(crate) fn opaque(&self) -> &StoreOpaque {
        &self.0.opaque
    }
}

impl<'a, T> StoreContextMut<'a, T> {
    /// # Safety
    /// There is a store at this address, with data of type `T`. It lives for `'a`, and during `'a` it is used
    /// only through the result.
    #[inline]
    pub(crate) unsafe fn new(store: NonNull<StoreInner<T>>) -> Self {
        StoreContextMut { store, borrow: PhantomData }
    }

    fn inner(&self) -> &StoreInner<T> {
        // SAFETY: the store is borrowed exclusively by `self` (promised to `new`), and `self` is borrowed
        // shared, so nothing writes while the reference lives.
        unsafe { self.store.as_ref() }
    }

    /// The host's data in the store.
    pub fn data(&self) -> &T {
        &self.inner().data
    }

    /// The host's data in the store.
    pub fn data_mut(&mut self) -> &mut T {
        // SAFETY: the store is borrowed exclusively by `self` (promised to `new`), and `self` is borrowed
        // exclusively. The reference is to the data alone.
        unsafe { &mut (*self.store.as_ptr()).data }
    }

    /// The store's engine.
    pub fn engine(&self) -> &Engine {
        self.inner().opaque.engine()
    }

    /// A reference to the store, for one use.
    #[inline]
    pub(crate) fn opaque_mut(&mut self) -> &mut StoreOpaque {
        // SAFETY: the store is borrowed exclusively by `self` (promised to `new`), and `self` is borrowed
        // exclusively, so the reference ends before Wasm can be entered through `self`.
        unsafe { &mut (*self.store.as_ptr()).opaque }
    }

    /// The host's data, as a reference that lives as long as the borrow of the store.
    pub(crate) fn into_data_mut(self) -> &'a mut T {
        // SAFETY: `self`, which is consumed here, borrows the store exclusively for `'a` (promised to `new`).
        // The reference is to the data alone.
        unsafe { &mut (*self.store.as_ptr()).data }
    }

    /// The borrow that entering Wasm takes.
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
