//! Arrays, which the host makes, reads and changes.

use crate::exec::objects;
use crate::store::context::{AsContext, AsContextMut};
use crate::sys::identity::StoreId;
use crate::types::objects::ArrayType;
use crate::value::error::{Error, Result};
use crate::value::objects::ArrayRef;
use crate::value::val::Val;
use std::sync::Arc;
use touchstone_cranelift_wasm::objects::ObjectLayout;

/// What is needed to make arrays of a type in a store. It is prepared once, so that making an array is quick.
///
/// ```
/// # use touchstone_runtime::{
/// #     ArrayRef, ArrayRefPre, ArrayType, Engine, FieldType, Mutability, StorageType, Store, Val, ValType,
/// # };
/// let engine = Engine::default();
/// let numbers = FieldType::new(StorageType::Val(ValType::I64), Mutability::Const);
/// let mut store = Store::new(&engine, ());
/// let pre = ArrayRefPre::new(&mut store, ArrayType::new(&engine, numbers)?)?;
/// let primes = ArrayRef::new_fixed(&mut store, &pre, &[Val::I64(2), Val::I64(3), Val::I64(5)])?;
/// assert_eq!(primes.len(&store)?, 3);
/// assert_eq!(primes.get(&mut store, 2)?.unwrap_i64(), 5);
/// # Ok::<(), touchstone_runtime::Error>(())
/// ```
#[derive(Clone)]
pub struct ArrayRefPre {
    store: StoreId,
    ty: ArrayType,
    layout: Arc<ObjectLayout>,
}

impl std::fmt::Debug for ArrayRefPre {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ArrayRefPre").field("ty", &self.ty).finish_non_exhaustive()
    }
}

impl ArrayRefPre {
    /// Prepares for arrays of this type, which the store knows from now on until it is dropped.
    ///
    /// # Errors
    /// Fails if the type belongs to another engine, or if the store has no room for more types.
    pub fn new(mut store: impl AsContextMut, ty: ArrayType) -> Result<Self> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        store.check_engine_of(ty.index())?;
        store.know_object(ty.index().id)?;
        let layout = store.known_type(ty.index().id).layout.clone();
        Ok(ArrayRefPre { store: store.id(), ty, layout })
    }

    /// The type of the arrays.
    pub fn ty(&self) -> &ArrayType {
        &self.ty
    }
}

impl ArrayRef {
    /// Makes an array of `len` elements, each of which is `elem`. Packed elements keep the low bits. Garbage may
    /// be collected before.
    ///
    /// # Errors
    /// Fails if `pre` is for another store; if `elem` is not of the type of the elements, belongs to another
    /// store, or was [given back](crate::Instance::release); or if there is no room, even after a collection.
    ///
    /// # Panics
    /// Panics with the panic of the destructor of a value that a collection freed.
    pub fn new(
        mut store: impl AsContextMut,
        pre: &ArrayRefPre,
        elem: &Val,
        len: u32,
    ) -> Result<ArrayRef> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        store.check_pre(pre.store)?;
        store.check_value(pre.ty.element(), elem, &|| "the elements".into())?;
        let id = pre.ty.index().id;
        let size = store.heap.size_of_new(id.0, len);
        let object = store.make_for_host(size, |heap| heap.allocate_array(id.0, len))?;
        store.reserve(elem.needs_room().into());
        match elem.to_bits(store)? {
            // Zeros and nulls are there already.
            0 => {}
            bits => objects::fill_piece(&mut store.heap, object.reference(), [0, len], bits),
        }
        Ok(ArrayRef::new_if(&object).expect("it is an array"))
    }

    /// Makes an array with these elements. Packed ones keep the low bits. Garbage may be collected before.
    ///
    /// # Errors
    /// Fails if `pre` is for another store; if a value is not of the type of the elements, belongs to another
    /// store, or was [given back](crate::Instance::release); or if there is no room, even after a collection.
    ///
    /// # Panics
    /// Panics with the panic of the destructor of a value that a collection freed.
    pub fn new_fixed(
        mut store: impl AsContextMut,
        pre: &ArrayRefPre,
        elems: &[Val],
    ) -> Result<ArrayRef> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        store.check_pre(pre.store)?;
        let ty = pre.ty.element();
        for (i, value) in elems.iter().enumerate() {
            store.check_value(ty, value, &|| format!("element {i}"))?;
        }
        let ObjectLayout::Array(layout) = *pre.layout else {
            unreachable!("the layout of an array")
        };
        let too_many = |_| Error::Resource("an array has less than 2^32 elements".into());
        let len = u32::try_from(elems.len()).map_err(too_many)?;
        let id = pre.ty.index().id;
        let size = store.heap.size_of_new(id.0, len);
        let object = store.make_for_host(size, |heap| heap.allocate_array(id.0, len))?;
        let places = (0..len).map(|i| (layout.offset(i), layout.storage));
        store.write_values(&object, places, elems)?;
        Ok(ArrayRef::new_if(&object).expect("it is an array"))
    }

    /// The type of the array.
    ///
    /// # Errors
    /// Fails if the array belongs to another store.
    pub fn ty(&self, store: impl AsContext) -> Result<ArrayType> {
        let store = store.as_context();
        let index = store.opaque().type_index_of(self.object())?;
        let ty = ArrayType::find(store.opaque().engine().types(), index);
        Ok(ty.expect("the store knows it"))
    }

    /// Whether the array is of this type or of a subtype.
    ///
    /// # Errors
    /// Fails if the array belongs to another store.
    pub fn matches_ty(&self, store: impl AsContext, ty: &ArrayType) -> Result<bool> {
        store.as_context().opaque().object_is_of(self.object(), ty.heap_type())
    }

    /// Number of elements.
    ///
    /// # Errors
    /// Fails if the array belongs to another store.
    pub fn len(&self, store: impl AsContext) -> Result<u32> {
        let store = store.as_context();
        store.opaque().type_of(self.object())?;
        Ok(store.opaque().heap.length(self.object().reference()))
    }

    /// The element at `index`. A packed one is given without a sign (`array.get_u`).
    ///
    /// # Errors
    /// Fails if the array belongs to another store, or `index` is past its end.
    pub fn get(&self, mut store: impl AsContextMut, index: u32) -> Result<Val> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let place = store.element(self.object(), index)?;
        Ok(store.load(place))
    }

    /// All elements. They are read one by one, as the iterator is asked for them.
    ///
    /// # Errors
    /// Fails if the array belongs to another store.
    pub fn elems(
        &self,
        mut store: impl AsContextMut,
    ) -> Result<impl ExactSizeIterator<Item = Val>> {
        let len = self.len(&store)?;
        let this = self.clone();
        // There are less than 2^32 bytes in a heap, so every index fits.
        let get = move |i| this.get(&mut store, i as u32).expect("it has so many elements");
        Ok((0..len as usize).map(get))
    }

    /// Writes the element at `index`. A packed one keeps the low bits.
    ///
    /// # Errors
    /// Fails if the array belongs to another store, or `index` is past its end; if its elements are constant; if
    /// the value is not of their type, belongs to another store, or was [given back](crate::Instance::release);
    /// or if there is no room for a value of the host.
    ///
    /// # Panics
    /// Panics with the panic of the destructor of a value that was freed.
    pub fn set(&self, mut store: impl AsContextMut, index: u32, value: Val) -> Result<()> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let place = store.element(self.object(), index)?;
        place.check_mutable("element", index as usize)?;
        store.check_value(place.ty(), &value, &|| format!("element {index}"))?;
        store.write_values(self.object(), std::iter::once(place.at()), &[value])
    }
}
