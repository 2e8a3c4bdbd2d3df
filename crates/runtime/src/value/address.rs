//! Addresses, which name the parts of a store (specification, §4.2.1). Each kind has a type of its own, so
//! that an address cannot be mistaken for one of another kind, or for an index of a module.
//!
//! Addresses are positions in the store's lists and mean nothing outside the store. They are not handles,
//! which also know their store. The names are those of the specification: `tableaddr`, `memaddr` and so on.

use cranelift_codegen::entity::{EntityRef, entity_impl};
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

macro_rules! addresses {
    ($($(#[$doc:meta])* $name:ident $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(transparent)]
        pub(crate) struct $name(u32);
        entity_impl!($name, $prefix);
    )*};
}

addresses! {
    /// An instance of a module.
    InstanceAddr "instance ";
    /// A table.
    TableAddr "table ";
    /// A memory.
    MemAddr "memory ";
    /// A global.
    GlobalAddr "global ";
    /// A tag.
    TagAddr "tag ";
    /// An element segment.
    ElemAddr "elem ";
    /// A data segment.
    DataAddr "data ";
}

/// A list whose entries have addresses of one kind. It is like `cranelift_entity::PrimaryMap`, except that
/// the last entries can be removed, so that an instantiation that fails leaves nothing behind.
pub(crate) struct AddrVec<A, T> {
    entries: Vec<T>,
    addresses: PhantomData<fn(A)>,
}

impl<A: EntityRef, T> AddrVec<A, T> {
    /// Makes a list without entries.
    pub(crate) const fn new() -> Self {
        AddrVec { entries: Vec::new(), addresses: PhantomData }
    }

    /// Makes a list with one entry for each of the first `count` addresses.
    pub(crate) fn filled(count: usize, entry: T) -> Self
    where
        T: Clone,
    {
        AddrVec { entries: vec![entry; count], addresses: PhantomData }
    }

    /// Number of entries.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The address that the next entry will have.
    pub(crate) fn next_addr(&self) -> A {
        A::new(self.entries.len())
    }

    /// Adds an entry, and returns its address.
    pub(crate) fn push(&mut self, entry: T) -> A {
        let addr = self.next_addr();
        self.entries.push(entry);
        addr
    }

    /// Adds entries, and returns the address of the first.
    pub(crate) fn extend(&mut self, entries: impl IntoIterator<Item = T>) -> A {
        let first = self.next_addr();
        self.entries.extend(entries);
        first
    }

    /// The entry at an address, if there is one.
    pub(crate) fn get(&self, addr: A) -> Option<&T> {
        self.entries.get(addr.index())
    }

    /// The entries at two addresses, or `None` if these are the same or one has no entry.
    pub(crate) fn two_mut(&mut self, a: A, b: A) -> Option<[&mut T; 2]> {
        self.entries.get_disjoint_mut([a.index(), b.index()]).ok()
    }

    /// The addresses of all entries, in order.
    pub(crate) fn addrs(&self) -> impl ExactSizeIterator<Item = A> + use<A, T> {
        (0..self.entries.len()).map(A::new)
    }

    /// The entries in order.
    pub(crate) fn entries(&self) -> std::slice::Iter<'_, T> {
        self.entries.iter()
    }

    /// Removes all entries but the first `count`, and returns them.
    pub(crate) fn drain_from(&mut self, count: usize) -> std::vec::Drain<'_, T> {
        self.entries.drain(count..)
    }

    /// Drops all entries but the first `count`.
    pub(crate) fn truncate(&mut self, count: usize) {
        self.entries.truncate(count);
    }
}

impl<A: EntityRef, T> Default for AddrVec<A, T> {
    fn default() -> Self {
        AddrVec::new()
    }
}

impl<A: EntityRef, T> Index<A> for AddrVec<A, T> {
    type Output = T;

    #[inline]
    fn index(&self, addr: A) -> &T {
        &self.entries[addr.index()]
    }
}

impl<A: EntityRef, T> IndexMut<A> for AddrVec<A, T> {
    #[inline]
    fn index_mut(&mut self, addr: A) -> &mut T {
        &mut self.entries[addr.index()]
    }
}
