//! What the host can learn about the type of a reference to something that belongs to `any`.

use crate::store::StoreOpaque;
use crate::store::context::AsContext;
use crate::types::{HeapType, RefType, ValType};
use crate::value::anyref::{AnyRef, Repr};
use crate::value::error::{Error, Result};
use crate::value::objects::EqRef;
use crate::value::val::Val;

/// Refuses a reference that belongs to another store.
fn check(any: &AnyRef, store: &StoreOpaque) -> Result<()> {
    match any.store().is_none_or(|id| id == store.id()) {
        true => Ok(()),
        false => {
            let text = "a reference was used with a store that is not its own";
            Err(Error::Mismatch(text.into()))
        }
    }
}

impl AnyRef {
    /// The type of what the reference is to: `i31`, a declared type, or `any` for a value of the host.
    ///
    /// # Errors
    /// Fails if the reference belongs to another store.
    pub fn ty(&self, store: impl AsContext) -> Result<HeapType> {
        let store = store.as_context();
        check(self, store.opaque())?;
        Ok(match &self.0 {
            Repr::I31(_) => HeapType::I31,
            Repr::Host(_) => HeapType::Any,
            Repr::Object(object) => HeapType::Concrete(store.opaque().type_index_of(object)?),
        })
    }

    /// Whether the reference is of this type, as `ref.test` would find.
    ///
    /// ```
    /// use touchstone_runtime::{AnyRef, Engine, HeapType, I31, Store};
    ///
    /// let store = Store::new(&Engine::default(), ());
    /// let number = AnyRef::from(I31::wrapping(1));
    /// assert_eq!(number.ty(&store)?, HeapType::I31);
    /// assert!(number.matches_ty(&store, HeapType::Eq)? && !number.matches_ty(&store, HeapType::Struct)?);
    /// # Ok::<(), touchstone_runtime::Error>(())
    /// ```
    ///
    /// # Errors
    /// Fails if the reference belongs to another store.
    pub fn matches_ty(&self, store: impl AsContext, ty: HeapType) -> Result<bool> {
        let store = store.as_context();
        check(self, store.opaque())?;
        let wanted = ValType::Ref(RefType::new(false, ty));
        Ok(Val::from(self.clone()).is_of(wanted, store.opaque()))
    }
}

impl EqRef {
    /// The type of what the reference is to: `i31`, or a declared type.
    ///
    /// # Errors
    /// Fails if the reference belongs to another store.
    pub fn ty(&self, store: impl AsContext) -> Result<HeapType> {
        self.any().ty(store)
    }

    /// Whether the reference is of this type, as `ref.test` would find.
    ///
    /// # Errors
    /// Fails if the reference belongs to another store.
    pub fn matches_ty(&self, store: impl AsContext, ty: HeapType) -> Result<bool> {
        self.any().matches_ty(store, ty)
    }
}
