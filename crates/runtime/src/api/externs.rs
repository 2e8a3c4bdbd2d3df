//! Externals, which are the parts of a store that can be imported and exported.

use crate::store::StoreOpaque;
use crate::store::context::AsContext;
use crate::types::ExternType;
use crate::value::error::{Error, Result};
use crate::value::handles::{Extern, Func, Global, Memory, Table, Tag};

impl Extern {
    /// The type of the external.
    ///
    /// # Panics
    /// Panics if the external belongs to another store.
    pub fn ty(&self, store: impl AsContext) -> ExternType {
        let store = store.as_context();
        self.check(store.opaque());
        self.ty_in(store.opaque())
    }

    pub(crate) fn ty_in(&self, store: &StoreOpaque) -> ExternType {
        match self {
            Extern::Func(f) => ExternType::Func(f.ty_in(store)),
            Extern::Table(t) => ExternType::Table(store.table(t.addr).ty()),
            Extern::Memory(m) => ExternType::Memory(store.memory(m.addr).ty()),
            Extern::Global(g) => ExternType::Global(store.global(g.addr).ty),
            Extern::Tag(t) => ExternType::Tag(t.ty_in(store).clone()),
        }
    }

    /// # Panics
    /// Panics if the external belongs to another store.
    pub(crate) fn check(&self, store: &StoreOpaque) {
        store.check(match self {
            Extern::Func(f) => f.store,
            Extern::Table(t) => t.store,
            Extern::Memory(m) => m.store,
            Extern::Global(g) => g.store,
            Extern::Tag(t) => t.store,
        });
    }

    /// Refuses an external that was given back.
    ///
    /// # Errors
    /// Fails if the external was given back.
    pub(crate) fn check_kept(&self, store: &StoreOpaque) -> Result<()> {
        let (what, given_back) = match self {
            Extern::Func(f) => ("function", f.is_given_back_in(store)),
            Extern::Table(t) => ("table", store.table(t.addr).is_given_back()),
            Extern::Memory(m) => ("memory", store.memory(m.addr).is_given_back()),
            Extern::Global(g) => ("global", store.global(g.addr).given_back),
            // A tag is only an identity, and is never given back.
            Extern::Tag(_) => return Ok(()),
        };
        if given_back { Err(Error::Released(what)) } else { Ok(()) }
    }

    /// The function, if the external is one.
    pub fn into_func(self) -> Option<Func> {
        match self {
            Extern::Func(f) => Some(f),
            _ => None,
        }
    }

    /// The table, if the external is one.
    pub fn into_table(self) -> Option<Table> {
        match self {
            Extern::Table(t) => Some(t),
            _ => None,
        }
    }

    /// The memory, if the external is one.
    pub fn into_memory(self) -> Option<Memory> {
        match self {
            Extern::Memory(m) => Some(m),
            _ => None,
        }
    }

    /// The tag, if the external is one.
    pub fn into_tag(self) -> Option<Tag> {
        match self {
            Extern::Tag(t) => Some(t),
            _ => None,
        }
    }

    /// The global, if the external is one.
    pub fn into_global(self) -> Option<Global> {
        match self {
            Extern::Global(g) => Some(g),
            _ => None,
        }
    }
}
