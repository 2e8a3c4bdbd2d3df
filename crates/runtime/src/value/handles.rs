//! Handles, by which a host refers to the parts of a store. They are small and copyable, and each belongs to
//! one store.
//!
//! In: a store's identity and an address in it. Knows nothing of what can be done with a handle, which is in
//! `api`.

use crate::sys::identity::StoreId;
use crate::value::address::{GlobalAddr, InstanceAddr, MemAddr, TableAddr, TagAddr};
use crate::value::vm::VmFuncRef;
use std::ptr::NonNull;

/// A global in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Global {
    pub(crate) store: StoreId,
    pub(crate) addr: GlobalAddr,
}

/// A memory in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Memory {
    pub(crate) store: StoreId,
    pub(crate) addr: MemAddr,
}

/// A table in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Table {
    pub(crate) store: StoreId,
    pub(crate) addr: TableAddr,
}

/// A tag in a store (specification, §4.2.10). Two tags are the same only if they come from the same
/// definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tag {
    pub(crate) store: StoreId,
    pub(crate) addr: TagAddr,
}

/// An instance in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Instance {
    pub(crate) store: StoreId,
    pub(crate) addr: InstanceAddr,
}

/// A function in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Func {
    pub(crate) store: StoreId,
    pub(crate) vm: NonNull<VmFuncRef>,
}

// SAFETY: the pointer is used only by code that borrows the function's store and has checked that it is that
// store (`Func::vm`, `Func::vm_in`).
unsafe impl Send for Func {}

// SAFETY: a shared handle gives no access without a borrow of its store either, which is checked likewise.
unsafe impl Sync for Func {}

/// An external value (specification, §4.2.12): a handle to a part of a store.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum Extern {
    Func(Func),
    Table(Table),
    Memory(Memory),
    Global(Global),
    Tag(Tag),
}

macro_rules! from {
    ($($ty:ident)*) => {$(
        impl From<$ty> for Extern {
            fn from(value: $ty) -> Self {
                Extern::$ty(value)
            }
        }
    )*};
}

from!(Func Table Memory Global Tag);
