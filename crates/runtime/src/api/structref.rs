//! Structures, which the host makes, reads and changes.

use crate::store::context::{AsContext, AsContextMut};
use crate::sys::identity::StoreId;
use crate::types::objects::StructType;
use crate::value::error::{Error, Result};
use crate::value::objects::StructRef;
use crate::value::val::Val;
use std::sync::Arc;
use touchstone_cranelift_wasm::objects::ObjectLayout;

/// What is needed to make structures of a type in a store. It is prepared once, so that making a structure is
/// quick.
///
/// ```
/// # use touchstone_runtime::{Engine, Store, StructRef, StructRefPre, StructType};
/// let engine = Engine::default();
/// let mut store = Store::new(&engine, ());
/// let pre = StructRefPre::new(&mut store, StructType::new(&engine, [])?)?;
/// let (a, b) = (StructRef::new(&mut store, &pre, &[])?, StructRef::new(&mut store, &pre, &[])?);
/// assert!(!StructRef::ref_eq(&a, &b));
/// # Ok::<(), touchstone_runtime::Error>(())
/// ```
#[derive(Clone)]
pub struct StructRefPre {
    store: StoreId,
    ty: StructType,
    layout: Arc<ObjectLayout>,
}

impl std::fmt::Debug for StructRefPre {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StructRefPre").field("ty", &self.ty).finish_non_exhaustive()
    }
}

impl StructRefPre {
    /// Prepares for structures of this type, which the store knows from now on until it is dropped.
    ///
    /// # Errors
    /// Fails if the type belongs to another engine; if its structures have descriptors (proposal *custom
    /// descriptors*), which only Wasm can give them; or if the store has no room for more types.
    pub fn new(mut store: impl AsContextMut, ty: StructType) -> Result<Self> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        store.check_engine_of(ty.index())?;
        store.know_object(ty.index().id)?;
        let layout = store.known_type(ty.index().id).layout.clone();
        if matches!(&*layout, ObjectLayout::Struct(layout) if layout.descriptor.is_some()) {
            let text = format!("structures of type {ty} have descriptors: let Wasm make them");
            return Err(Error::Mismatch(text));
        }
        Ok(StructRefPre { store: store.id(), ty, layout })
    }

    /// The type of the structures.
    pub fn ty(&self) -> &StructType {
        &self.ty
    }
}

impl StructRef {
    /// Makes a structure with these values in its fields. Packed fields keep the low bits. Garbage may be
    /// collected before.
    ///
    /// # Errors
    /// Fails if `pre` is for another store; if the number of values is not that of the fields; if a value is not
    /// of the type of its field, belongs to another store, or was [given back](crate::Instance::release); or if
    /// there is no room, even after a collection.
    ///
    /// # Panics
    /// Panics with the panic of the destructor of a value that a collection freed.
    pub fn new(
        mut store: impl AsContextMut,
        pre: &StructRefPre,
        fields: &[Val],
    ) -> Result<StructRef> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        store.check_pre(pre.store)?;
        let types = pre.ty.fields();
        if types.len() != fields.len() {
            return Err(Error::Mismatch(format!(
                "the structure has {} fields, and not {}",
                types.len(),
                fields.len()
            )));
        }
        for (i, (ty, value)) in types.iter().zip(fields).enumerate() {
            store.check_value(*ty, value, &|| format!("field {i}"))?;
        }
        let ObjectLayout::Struct(layout) = &*pre.layout else {
            unreachable!("the layout of a structure")
        };
        let id = pre.ty.index().id;
        let size = store.heap.size_of_new(id.0, 0);
        let object = store.make_for_host(size, |heap| heap.allocate_struct(id.0))?;
        store.write_values(&object, layout.fields.iter().copied(), fields)?;
        Ok(StructRef::new_if(&object).expect("it is a structure"))
    }

    /// The type of the structure.
    ///
    /// # Errors
    /// Fails if the structure belongs to another store.
    pub fn ty(&self, store: impl AsContext) -> Result<StructType> {
        let store = store.as_context();
        let index = store.opaque().type_index_of(self.object())?;
        let ty = StructType::find(store.opaque().engine().types(), index);
        Ok(ty.expect("the store knows it"))
    }

    /// Whether the structure is of this type or of a subtype.
    ///
    /// # Errors
    /// Fails if the structure belongs to another store.
    pub fn matches_ty(&self, store: impl AsContext, ty: &StructType) -> Result<bool> {
        store.as_context().opaque().object_is_of(self.object(), ty.heap_type())
    }

    /// The value of the field at `index`. A packed one is given without a sign (`struct.get_u`).
    ///
    /// # Errors
    /// Fails if the structure belongs to another store, or has no such field.
    pub fn field(&self, mut store: impl AsContextMut, index: usize) -> Result<Val> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let place = store.field(self.object(), index)?;
        Ok(store.load(place))
    }

    /// The values of all fields. They are read one by one, as the iterator is asked for them.
    ///
    /// # Errors
    /// Fails if the structure belongs to another store.
    pub fn fields(
        &self,
        mut store: impl AsContextMut,
    ) -> Result<impl ExactSizeIterator<Item = Val>> {
        let count = {
            let store = store.as_context();
            store.opaque().type_of(self.object())?.1.composite.fields().len()
        };
        let this = self.clone();
        Ok((0..count).map(move |i| this.field(&mut store, i).expect("it has so many fields")))
    }

    /// Writes the field at `index`. A packed one keeps the low bits.
    ///
    /// # Errors
    /// Fails if the structure belongs to another store, or has no such field; if the field is constant; if the
    /// value is not of its type, belongs to another store, or was [given back](crate::Instance::release); or if
    /// there is no room for a value of the host.
    ///
    /// # Panics
    /// Panics with the panic of the destructor of a value that was freed.
    pub fn set_field(&self, mut store: impl AsContextMut, index: usize, value: Val) -> Result<()> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let place = store.field(self.object(), index)?;
        place.check_mutable("field", index)?;
        store.check_value(place.ty(), &value, &|| format!("field {index}"))?;
        store.write_values(self.object(), std::iter::once(place.at()), &[value])
    }
}
