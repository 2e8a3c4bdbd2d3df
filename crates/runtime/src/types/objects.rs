//! Types of structures and arrays, as the host declares them and reads them.
//!
//! In: fields, or the index of a type in use. Out: handles that keep their types in use. Two handles are equal
//! if their types are. A type that the host declares is alone in its recursion group, and so is the same as a
//! module's type that is alone in an equal group (specification, §3.1.2). Knows nothing of objects.

use crate::types::group::{Composite, Member};
use crate::types::registry::{TypeRegistry, TypesInUse};
use crate::types::{
    CompositeKind, FieldType, HeapType, Mutability, Result, StorageType, TypeError, TypeIndex,
};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// The most fields of a structure, for a module as for the host.
const MOST_FIELDS: usize = 10_000;
/// The most supertypes of a type, for a module as for the host.
const MOST_SUPERTYPES: usize = 63;

/// Whether a type may have subtypes (specification, §2.3.11).
///
/// ```
/// use touchstone_runtime::{Engine, FieldType, Finality, Mutability, StorageType, StructType};
///
/// let engine = Engine::default();
/// let byte = FieldType::new(StorageType::I8, Mutability::Var);
/// let subtype = |finality, above: Option<&StructType>, fields: &[FieldType]| {
///     StructType::with_finality_and_supertype(&engine, finality, above, fields.to_vec())
/// };
/// let shape = subtype(Finality::NonFinal, None, &[byte])?;
/// let square = subtype(Finality::Final, Some(&shape), &[byte, byte])?;
/// assert!(square.matches(&shape) && !shape.matches(&square));
/// assert!(subtype(Finality::Final, Some(&square), &[byte, byte]).is_err());
/// # Ok::<(), touchstone_runtime::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Finality {
    /// No type can be declared to be a subtype of it.
    Final,
    /// Types can be declared to be subtypes of it.
    NonFinal,
}

/// What a type that is about to be declared is besides its fields.
pub(crate) struct Declaration<'a, T> {
    pub(crate) finality: Finality,
    pub(crate) supertype: Option<&'a T>,
}

/// A type in use.
struct Declared {
    index: TypeIndex,
    composite: Composite,
    finality: Finality,
    supertype: Option<TypeIndex>,
    in_use: TypesInUse,
}

impl Declared {
    /// Declares a type. The [placeholder](TypeRegistry::placeholder) among its fields stands for itself.
    fn new(
        types: &Arc<TypeRegistry>,
        composite: Composite,
        finality: Finality,
        supertype: Option<&Declared>,
    ) -> Result<Self> {
        if let Some(supertype) = supertype {
            supertype.check_as_supertype(types)?;
        }
        let kind = composite.kind();
        let placeholder = types.placeholder(kind);
        let composite = composite.map_index(|index| match index == placeholder {
            true => TypeIndex::within(0, kind),
            false => index,
        });
        let above = supertype.map(|supertype| supertype.index);
        let member = Member::of_host(composite, finality == Finality::Final, above);
        // If the type turns out not to be valid, its only use ends here.
        let (index, in_use) = types.intern_alone(member)?;
        let composite = types.find_composite(index).expect("it is in use");
        if let Some(supertype) = supertype {
            check_fields(types, &composite, &supertype.composite)?;
        }
        Ok(Declared { index, composite, finality, supertype: above, in_use })
    }

    /// The type of which this is the index, if there is one.
    fn find(types: &Arc<TypeRegistry>, index: TypeIndex) -> Option<Self> {
        let in_use = types.hold_index(index).ok()?;
        let composite = types.find_composite(index)?;
        let (member, supertype) = types.declaration(index.id);
        let finality = if member.is_final() { Finality::Final } else { Finality::NonFinal };
        Some(Declared { index, composite, finality, supertype, in_use })
    }

    /// Refuses a supertype of another engine, a final one, one that has as many supertypes as there may be, and
    /// one whose subtypes must say more of descriptors than the host can.
    fn check_as_supertype(&self, types: &Arc<TypeRegistry>) -> Result<()> {
        let wrong = |text: String| Err(TypeError::Mismatch(text));
        if !types.has(self.index) {
            return wrong("the supertype belongs to another engine".into());
        }
        if self.finality == Finality::Final {
            return wrong(format!("the supertype {} is final", self.index));
        }
        // The list of supertypes ends with the type itself.
        if types.objects(self.index.id).0.len() > MOST_SUPERTYPES {
            return wrong(format!("a type has at most {MOST_SUPERTYPES} supertypes"));
        }
        if types.declaration(self.index.id).0.takes_part_in_descriptors() {
            let text = format!(
                "the supertype {} has descriptors or is one: declare the subtype in a module",
                self.index
            );
            return wrong(text);
        }
        Ok(())
    }

    fn registry(&self) -> &Arc<TypeRegistry> {
        self.in_use.registry()
    }
}

/// Refuses fields that are not a subtype's (specification, §3.3.8): the first ones must match those of the
/// supertype.
fn check_fields(types: &TypeRegistry, sub: &Composite, sup: &Composite) -> Result<()> {
    let (sub, sup) = (sub.fields(), sup.fields());
    if sub.len() < sup.len() {
        return Err(TypeError::Mismatch(format!(
            "the type has {} fields, but its supertype has {}",
            sub.len(),
            sup.len()
        )));
    }
    match sub.iter().zip(sup).position(|(sub, sup)| !field_matches(types, *sub, *sup)) {
        None => Ok(()),
        Some(i) => {
            let text = format!("field {i} does not match that of the supertype");
            Err(TypeError::Mismatch(text))
        }
    }
}

/// Whether a field of a subtype may stand where its supertype has the other one (specification, §3.3.9).
fn field_matches(types: &TypeRegistry, sub: FieldType, sup: FieldType) -> bool {
    let matches = |a, b| match (a, b) {
        (StorageType::Val(a), StorageType::Val(b)) => types.matches(a, b),
        (a, b) => a == b,
    };
    let both_ways = sub.mutability == Mutability::Const || matches(sup.storage, sub.storage);
    sub.mutability == sup.mutability && matches(sub.storage, sup.storage) && both_ways
}

macro_rules! object_type {
    ($(#[$doc:meta])* $name:ident, $kind:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(Arc<Declared>);

        impl $name {
            fn declared(
                types: &Arc<TypeRegistry>,
                composite: Composite,
                how: Declaration<'_, Self>,
            ) -> Result<Self> {
                let supertype = how.supertype.map(|supertype| &*supertype.0);
                let declared = Declared::new(types, composite, how.finality, supertype)?;
                Ok($name(Arc::new(declared)))
            }

            #[doc = concat!("The type that `index` names, if that is a type of ", $what, " in use.")]
            pub(crate) fn find(types: &Arc<TypeRegistry>, index: TypeIndex) -> Option<Self> {
                let is_one = index.kind == CompositeKind::$kind;
                let declared = is_one.then(|| Declared::find(types, index)).flatten()?;
                Some($name(Arc::new(declared)))
            }

            pub(crate) fn composite(&self) -> &Composite {
                &self.0.composite
            }

            /// Whether the type can have subtypes.
            pub fn finality(&self) -> Finality {
                self.0.finality
            }

            /// The type of which this one is declared to be a subtype.
            pub fn supertype(&self) -> Option<Self> {
                $name::find(self.0.registry(), self.0.supertype?)
            }

            /// The index that names the type, as long as it is in use.
            pub fn index(&self) -> TypeIndex {
                self.0.index
            }

            #[doc = concat!("The type of references to these ", $what, ", and to those of subtypes.")]
            pub fn heap_type(&self) -> HeapType {
                HeapType::Concrete(self.0.index)
            }

            /// Whether this is `other` or a subtype of it.
            pub fn matches(&self, other: &Self) -> bool {
                let types = self.0.registry();
                types.has(other.index()) && types.is_subtype(self.index().id, other.index().id)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.index() == other.index()
            }
        }

        impl Eq for $name {}

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.index().hash(state);
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{} {self}", self.index())
            }
        }
    };
}

object_type! {
    /// The type of a structure (specification, §2.3.9).
    ///
    /// A type that the host makes is alone in its recursion group. It equals every type of a module that is
    /// alone in an equal group.
    ///
    /// ```
    /// use touchstone_runtime::{Engine, FieldType, Module, Mutability, StorageType, StructType, ValType};
    ///
    /// let engine = Engine::default();
    /// let number = FieldType::new(StorageType::Val(ValType::I32), Mutability::Var);
    /// let byte = FieldType::new(StorageType::I8, Mutability::Const);
    /// let ty = StructType::new(&engine, [number, byte])?;
    /// assert_eq!(ty.to_string(), "(struct (field (mut i32)) (field i8))");
    /// assert_eq!(ty.fields().len(), 2);
    /// assert_eq!(ty, StructType::new(&engine, [number, byte])?);
    ///
    /// // A type that refers to itself, such as that of a list:
    /// # use touchstone_runtime::RefType;
    /// let list = StructType::recursive(&engine, |own| {
    ///     let next = ValType::Ref(RefType::new(true, own));
    ///     vec![FieldType::new(StorageType::Val(next), Mutability::Var)]
    /// })?;
    /// assert_eq!(list.field(0).unwrap().storage().unpacked(), ValType::Ref(RefType::new(true, list.heap_type())));
    /// # Ok::<(), touchstone_runtime::Error>(())
    /// ```
    StructType, Struct, "structures"
}

object_type! {
    /// The type of an array (specification, §2.3.9).
    ///
    /// ```
    /// use touchstone_runtime::{ArrayType, Engine, FieldType, Mutability, StorageType};
    ///
    /// let engine = Engine::default();
    /// let ty = ArrayType::new(&engine, FieldType::new(StorageType::I16, Mutability::Var))?;
    /// assert_eq!(ty.to_string(), "(array (mut i16))");
    /// assert_eq!(ty.element().storage(), StorageType::I16);
    /// # Ok::<(), touchstone_runtime::Error>(())
    /// ```
    ArrayType, Array, "arrays"
}

impl StructType {
    /// Declares a type. `fields` is given the heap type by which fields refer to the type itself.
    pub(crate) fn declare(
        types: &Arc<TypeRegistry>,
        how: Declaration<'_, Self>,
        fields: impl FnOnce(HeapType) -> Vec<FieldType>,
    ) -> Result<Self> {
        let own = HeapType::Concrete(types.placeholder(CompositeKind::Struct));
        let fields = fields(own);
        if fields.len() > MOST_FIELDS {
            let text =
                format!("a structure has at most {MOST_FIELDS} fields, not {}", fields.len());
            return Err(TypeError::Mismatch(text));
        }
        StructType::declared(types, Composite::Struct(fields.into()), how)
    }

    /// The types of the fields.
    pub fn fields(&self) -> &[FieldType] {
        self.composite().fields()
    }

    /// The type of the field at `index`, if there is one.
    pub fn field(&self, index: usize) -> Option<FieldType> {
        self.fields().get(index).copied()
    }
}

impl ArrayType {
    /// Declares a type. `element` is given the heap type by which elements refer to the type itself.
    pub(crate) fn declare(
        types: &Arc<TypeRegistry>,
        how: Declaration<'_, Self>,
        element: impl FnOnce(HeapType) -> FieldType,
    ) -> Result<Self> {
        let own = HeapType::Concrete(types.placeholder(CompositeKind::Array));
        ArrayType::declared(types, Composite::Array(element(own)), how)
    }

    /// The type of the elements.
    pub fn element(&self) -> FieldType {
        self.composite().fields()[0]
    }
}
