//! Tags, as the host sees them.

use crate::store::StoreOpaque;
use crate::store::context::{AsContext, AsContextMut};
use crate::store::tag::TagInstance;
use crate::types::FuncType;
use crate::value::error::{Error, Result};
use crate::value::handles::Tag;
use crate::value::tag_info::TagInfo;
use std::sync::Arc;

impl Tag {
    /// Makes a tag for exceptions that carry values of the parameter types of `ty`.
    ///
    /// # Errors
    /// Fails if the type has results, or refers to a type of another engine or to one that is no longer in
    /// use.
    pub fn new(mut store: impl AsContextMut, ty: FuncType) -> Result<Self> {
        if !ty.results().is_empty() {
            return Err(Error::Mismatch("the type of a tag has no results".into()));
        }
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let (type_id, in_use) = store.engine().types().intern(&ty)?;
        let about = Arc::new(TagInfo { ty, label: None });
        let addr = store.add_tag(TagInstance { type_id, about, _type: in_use });
        Ok(Tag { store: store.id(), addr })
    }

    pub(crate) fn ty_in<'a>(&self, store: &'a StoreOpaque) -> &'a FuncType {
        store.check(self.store);
        &store.tag(self.addr).about.ty
    }

    pub(crate) fn about(&self, store: &StoreOpaque) -> Arc<TagInfo> {
        store.check(self.store);
        store.tag(self.addr).about.clone()
    }

    /// The type of the tag. Its parameters are the types of the values that an exception carries.
    pub fn ty(&self, store: impl AsContext) -> FuncType {
        self.ty_in(store.as_context().opaque()).clone()
    }
}
