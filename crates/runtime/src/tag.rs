//! Tags of exceptions.

use crate::context::{AsContext, AsContextMut};
use crate::error::{Error, Result};
use crate::store::{StoreId, StoreOpaque};
use crate::types::FuncType;

/// A tag in a store (specification, §4.2.10). Two tags are the same only if they were made as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tag {
    pub(crate) store: StoreId,
    pub(crate) index: u32,
}

impl Tag {
    /// Makes a tag for exceptions with values of these types.
    ///
    /// # Errors
    /// If the type has results.
    pub fn new(mut store: impl AsContextMut, ty: FuncType) -> Result<Self> {
        if !ty.results().is_empty() {
            return Err(Error::Mismatch("the type of a tag has no results".into()));
        }
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let ty = store.engine().types().intern(&ty);
        let index = store.add_tag(ty);
        Ok(Tag { store: store.id(), index })
    }

    pub(crate) fn ty_in<'a>(&self, store: &'a StoreOpaque) -> &'a FuncType {
        store.check(self.store);
        store.tag_type(self.index)
    }

    /// Its type: the parameters are the types of an exception's values.
    pub fn ty(&self, store: impl AsContext) -> FuncType {
        self.ty_in(store.as_context().opaque()).clone()
    }
}
