//! Recursion groups, as the type registry compares them.
//!
//! In: types as a module declares them, or a function type of the host. Out: [`Member`]s that are equal if
//! the groups are equal (specification, §3.1.2). For this, a reference within the group is a position, and
//! one to an earlier group is an identity. Knows nothing of how identities are assigned.

use crate::types::{CompositeKind, FieldType, FuncType, Resolve, Result, TypeError, TypeIndex};
use std::sync::Arc;
use touchstone_cranelift_wasm::TypeIdx;
use wasmparser::{CompositeInnerType, CompositeType, SubType};

/// A type as it is written in its group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Member {
    composite: Composite,
    is_final: bool,
    supertype: Option<TypeIndex>,
    /// The type of the descriptors of its values (proposal *custom descriptors*).
    descriptor: Option<TypeIndex>,
    /// The type whose values have descriptors of this type.
    describes: Option<TypeIndex>,
}

/// A function, structure or array type (specification, §2.3.10).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Composite {
    Func(FuncType),
    Struct(Arc<[FieldType]>),
    Array(FieldType),
}

impl Composite {
    fn from_wasm(ty: &CompositeType, resolve: Resolve<'_>) -> Result<Self> {
        if ty.shared {
            return Err(TypeError::Unsupported("shared-everything-threads".into()));
        }
        let field = |field: &wasmparser::FieldType| FieldType::from_wasm(field, resolve);
        Ok(match &ty.inner {
            CompositeInnerType::Func(func) => Composite::Func(FuncType::from_wasm(func, resolve)?),
            CompositeInnerType::Struct(ty) => {
                Composite::Struct(ty.fields.iter().map(field).collect::<Result<_>>()?)
            }
            CompositeInnerType::Array(ty) => Composite::Array(field(&ty.0)?),
            CompositeInnerType::Cont(_) => {
                return Err(TypeError::Unsupported("stack-switching".into()));
            }
        })
    }

    pub(crate) fn kind(&self) -> CompositeKind {
        match self {
            Composite::Func(_) => CompositeKind::Func,
            Composite::Struct(_) => CompositeKind::Struct,
            Composite::Array(_) => CompositeKind::Array,
        }
    }

    /// The types of the fields, or of the elements.
    pub(crate) fn fields(&self) -> &[FieldType] {
        match self {
            Composite::Func(_) => &[],
            Composite::Struct(fields) => fields,
            Composite::Array(field) => std::slice::from_ref(field),
        }
    }

    /// The type with each declared type to which it refers replaced.
    pub(crate) fn map_index(&self, replace: impl Fn(TypeIndex) -> TypeIndex) -> Composite {
        match self {
            Composite::Func(ty) => Composite::Func(ty.map_concrete(replace)),
            Composite::Struct(fields) => {
                Composite::Struct(fields.iter().map(|field| field.map_index(&replace)).collect())
            }
            Composite::Array(field) => Composite::Array(field.map_index(replace)),
        }
    }
}

/// The kind of a type of a module.
///
/// A type of a kind that the engine lacks is given as that of a function; it is refused elsewhere.
pub(crate) fn kind_of(ty: &SubType) -> CompositeKind {
    match ty.composite_type.inner {
        CompositeInnerType::Struct(_) => CompositeKind::Struct,
        CompositeInnerType::Array(_) => CompositeKind::Array,
        CompositeInnerType::Func(_) | CompositeInnerType::Cont(_) => CompositeKind::Func,
    }
}

impl Member {
    /// The only member of its group, which is a final function type without supertypes.
    pub(crate) fn alone(ty: &FuncType) -> Self {
        Member::simple(Composite::Func(ty.clone()))
    }

    /// The only member of its group, which is a final type without supertypes.
    fn simple(composite: Composite) -> Self {
        Member::of_host(composite, true, None)
    }

    /// The only member of its group, which has no descriptor.
    pub(crate) fn of_host(
        composite: Composite,
        is_final: bool,
        supertype: Option<TypeIndex>,
    ) -> Self {
        Member { composite, is_final, supertype, descriptor: None, describes: None }
    }

    /// Makes the member for a type of a module. `resolve` maps the module's type indices.
    ///
    /// # Errors
    /// Fails if the type needs a feature that the engine lacks.
    pub(crate) fn from_wasm(ty: &SubType, resolve: Resolve<'_>) -> Result<Self> {
        let own = |index: &wasmparser::PackedIndex| {
            index.as_module_index().map(|index| resolve(TypeIdx::from_u32(index)))
        };
        let composite = &ty.composite_type;
        Ok(Member {
            composite: Composite::from_wasm(composite, resolve)?,
            is_final: ty.is_final,
            supertype: ty.supertype_idxs.first().and_then(own),
            descriptor: composite.descriptor_idx.as_ref().and_then(own),
            describes: composite.describes_idx.as_ref().and_then(own),
        })
    }

    /// The type itself.
    pub(crate) fn composite(&self) -> &Composite {
        &self.composite
    }

    /// The type of which it is declared to be a subtype.
    pub(crate) fn supertype(&self) -> Option<TypeIndex> {
        self.supertype
    }

    /// Whether no type may be declared to be a subtype of it.
    pub(crate) fn is_final(&self) -> bool {
        self.is_final
    }

    /// Whether its values have descriptors, or are descriptors.
    pub(crate) fn takes_part_in_descriptors(&self) -> bool {
        self.descriptor.is_some() || self.describes.is_some()
    }

    /// Whether its values have descriptors.
    pub(crate) fn has_descriptor(&self) -> bool {
        self.descriptor.is_some()
    }

    /// Every type to which it refers, within the group or outside.
    pub(crate) fn references(&self) -> impl Iterator<Item = TypeIndex> + '_ {
        let func = match &self.composite {
            Composite::Func(ty) => Some(ty),
            Composite::Struct(_) | Composite::Array(_) => None,
        };
        let values = func.into_iter().flat_map(FuncType::concrete);
        let fields = self.composite.fields().iter().filter_map(|field| field.index());
        let others = self.supertype.into_iter().chain(self.descriptor).chain(self.describes);
        values.chain(fields).chain(others)
    }
}
