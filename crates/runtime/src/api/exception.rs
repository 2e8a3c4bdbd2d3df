//! Exceptions made by the host.

use crate::store::context::AsContextMut;
use crate::value::error::{Error, Result};
use crate::value::exception::ExnRef;
use crate::value::handles::Tag;
use crate::value::val::Val;

impl ExnRef {
    /// Makes an exception that carries `values`.
    ///
    /// # Errors
    /// Fails if the number or the types of the values are not those of the tag, or if a value belongs to
    /// another store.
    pub fn new(mut store: impl AsContextMut, tag: Tag, values: Vec<Val>) -> Result<Self> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let ty = tag.ty_in(store);
        let fits = values.iter().zip(ty.params()).all(|(value, ty)| value.is_of(*ty, store));
        if !fits || values.len() != ty.params().len() {
            return Err(Error::Mismatch(format!("the tag takes values of types {ty}")));
        }
        if values.iter().any(|value| !value.belongs_to(store)) {
            return Err(Error::Mismatch("a value belongs to another store".into()));
        }
        Ok(Self::in_store(store, tag, values).seen_by_host(store))
    }
}
