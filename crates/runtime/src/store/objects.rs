//! The types of the objects in a store's heap, and the places within objects.
//!
//! In: identities of types, and handles of the host to objects. Out: a heap that knows the objects of these
//! types, compiled code that can compare them, and where the host finds a field or an element. Knows nothing of
//! modules.

use crate::gc::{Holds, Kind, Rooted, Shape};
use crate::store::StoreOpaque;
use crate::sys::identity::StoreId;
use crate::types::group::Composite;
use crate::types::registry::{TypeId, TypesInUse};
use crate::types::{FieldType, HeapType, Mutability, TypeIndex};
use crate::value::error::{Error, Result};
use crate::value::val::Val;
use std::sync::Arc;
use touchstone_cranelift_wasm::objects::{ObjectLayout, Storage};

/// A type of objects that a store knows.
pub(crate) struct KnownType {
    pub(crate) composite: Composite,
    pub(crate) layout: Arc<ObjectLayout>,
    /// Objects may outlive the modules that declare their type.
    _in_use: TypesInUse,
}

/// A field or an element of an object of the store, in which there is a value of its type. Only this module makes
/// places.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    object: u32,
    offset: u32,
    storage: Storage,
    ty: FieldType,
}

impl Place {
    pub(crate) fn object(self) -> u32 {
        self.object
    }

    /// The offset from the start of the object, and how the value is stored there.
    pub(crate) fn at(self) -> (u32, Storage) {
        (self.offset, self.storage)
    }

    pub(crate) fn ty(self) -> FieldType {
        self.ty
    }

    /// Refuses to write to a constant place.
    pub(crate) fn check_mutable(self, what: &str, index: usize) -> Result<()> {
        match self.ty.mutability() {
            Mutability::Var => Ok(()),
            Mutability::Const => Err(Error::Mismatch(format!("{what} {index} is constant"))),
        }
    }
}

impl StoreOpaque {
    /// Prepares the store for objects of a type that is in use, which it knows from now on until it is dropped.
    ///
    /// # Errors
    /// Fails if there is no room for more types.
    pub(crate) fn know_object(&mut self, id: TypeId) -> Result<()> {
        if self.object_types.contains_key(&id) {
            return Ok(());
        }
        let types = self.engine.types();
        let (display, layout) = types.objects(id);
        let Some(layout) = layout else { return Ok(()) };
        let display: Vec<u32> = display.iter().map(|id| id.0).collect();
        self.heap.add_type(id.0, &display, shape(&layout))?;
        let composite = types.find_composite(types.index(id)).expect("it is in use");
        let known = KnownType { composite, layout, _in_use: types.hold_id(id) };
        self.object_types.insert(id, known);
        Ok(())
    }

    /// Refuses an object of another store.
    pub(crate) fn check_owner(&self, object: &Rooted) -> Result<()> {
        match object.store() == self.id() {
            true => Ok(()),
            false => Err(Error::Mismatch(
                "a reference to an object was used with a store that is not its own".into(),
            )),
        }
    }

    /// The type of an object of this store, which `object` is a handle to.
    ///
    /// # Errors
    /// Fails if the object belongs to another store.
    pub(crate) fn type_of(&self, object: &Rooted) -> Result<(TypeId, &KnownType)> {
        self.check_owner(object)?;
        let (Kind::Struct(id) | Kind::Array(id)) = object.kind() else {
            unreachable!("handles are to structures and arrays");
        };
        let id = TypeId(id);
        Ok((id, self.known_type(id)))
    }

    /// The index of the type of an object of this store.
    ///
    /// # Errors
    /// Fails if the object belongs to another store.
    pub(crate) fn type_index_of(&self, object: &Rooted) -> Result<TypeIndex> {
        Ok(self.engine.types().index(self.type_of(object)?.0))
    }

    /// Whether an object of this store is of this type.
    ///
    /// # Errors
    /// Fails if the object belongs to another store.
    pub(crate) fn object_is_of(&self, object: &Rooted, ty: HeapType) -> Result<bool> {
        Ok(self.engine.types().is_of(self.type_of(object)?.0, ty))
    }

    /// Refuses a type of another engine.
    pub(crate) fn check_engine_of(&self, ty: TypeIndex) -> Result<()> {
        match self.engine.types().has(ty) {
            true => Ok(()),
            false => {
                let text = format!("the type {ty} belongs to another engine than the store");
                Err(Error::Mismatch(text))
            }
        }
    }

    /// Refuses what was prepared for making objects in another store.
    pub(crate) fn check_pre(&self, store: StoreId) -> Result<()> {
        match store == self.id() {
            true => Ok(()),
            false => Err(Error::Mismatch(
                "what was prepared for making objects is for another store".into(),
            )),
        }
    }

    /// A type that the store knows.
    pub(crate) fn known_type(&self, id: TypeId) -> &KnownType {
        &self.object_types[&id]
    }

    /// The field of a structure at `index`.
    ///
    /// # Errors
    /// Fails if the structure belongs to another store, or has no such field.
    pub(crate) fn field(&self, structure: &Rooted, index: usize) -> Result<Place> {
        let (_, known) = self.type_of(structure)?;
        let fields = known.composite.fields();
        let ObjectLayout::Struct(layout) = &*known.layout else {
            unreachable!("a handle to a structure")
        };
        let Some(ty) = fields.get(index).copied() else {
            return Err(Error::Mismatch(format!(
                "the structure has {} fields: there is no field {index}",
                fields.len()
            )));
        };
        let (offset, storage) = layout.fields[index];
        Ok(Place { object: structure.reference(), offset, storage, ty })
    }

    /// The element of an array at `index`.
    ///
    /// # Errors
    /// Fails if the array belongs to another store, or `index` is past its end.
    pub(crate) fn element(&self, array: &Rooted, index: u32) -> Result<Place> {
        let (_, known) = self.type_of(array)?;
        let ObjectLayout::Array(layout) = *known.layout else {
            unreachable!("a handle to an array")
        };
        let length = self.heap.length(array.reference());
        if index >= length {
            return Err(Error::Mismatch(format!(
                "the array has {length} elements: there is no element {index}"
            )));
        }
        // The array is within the heap, which has less than 2^32 bytes.
        let (offset, storage) = (layout.offset(index), layout.storage);
        let ty = known.composite.fields()[0];
        Ok(Place { object: array.reference(), offset, storage, ty })
    }

    /// Refuses a value that is not of the type of a field or of elements, which `what` names. A value of another
    /// store is refused when it is converted.
    pub(crate) fn check_value(
        &self,
        ty: FieldType,
        value: &Val,
        what: &dyn Fn() -> String,
    ) -> Result<()> {
        let wanted = ty.storage().unpacked();
        match value.is_of(wanted, self) {
            true => Ok(()),
            false => Err(Error::Mismatch(format!(
                "{} must be of type {wanted}, and {value} is not",
                what()
            ))),
        }
    }
}

/// What the collector knows of objects with this layout.
fn shape(layout: &ObjectLayout) -> Shape {
    match layout {
        ObjectLayout::Struct(layout) => Shape::Struct {
            size: layout.end,
            references: layout.references().collect(),
            functions: layout.functions().collect(),
        },
        ObjectLayout::Array(layout) => Shape::Array {
            first: layout.first,
            element: layout.storage.size(),
            holds: match layout.storage {
                Storage::Reference => Holds::References,
                Storage::Function => Holds::Functions,
                _ => Holds::Plain,
            },
        },
    }
}
