//! What the host can learn about a reference to something that belongs to `any`.

use crate::gc::Kind;
use crate::store::StoreOpaque;
use crate::store::context::AsContext;
use crate::value::anyref::{AnyRef, Repr};

impl AnyRef {
    /// Whether the reference is to a structure.
    ///
    /// # Panics
    /// Panics if the object belongs to another store.
    pub fn is_struct(&self, store: impl AsContext) -> bool {
        matches!(self.kind(store.as_context().opaque()), Some(Kind::Struct(_)))
    }

    /// Whether the reference is to an array.
    ///
    /// # Panics
    /// Panics if the object belongs to another store.
    pub fn is_array(&self, store: impl AsContext) -> bool {
        matches!(self.kind(store.as_context().opaque()), Some(Kind::Array(_)))
    }

    /// What the reference is to, if that is an object.
    fn kind(&self, store: &StoreOpaque) -> Option<Kind> {
        let Repr::Object(object) = &self.0 else { return None };
        store.check(object.store());
        Some(store.heap.kind(object.reference()))
    }
}
