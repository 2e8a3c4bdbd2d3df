//! Recursion groups, as the type registry compares them.
//!
//! In: types as a module declares them, or a function type of the host. Out: [`Member`]s that are equal if
//! the groups are equal (specification, §3.1.2). For this, a reference within the group is a position, and
//! one to an earlier group is an identity. Knows nothing of how identities are assigned.
//!
//! Types of structures and arrays have identities because function types can be in the same groups. Values of
//! such types do not exist yet, and modules with places for them are refused.

use crate::types::{FuncType, Resolve, Result, TypeError, TypeIndex};
use touchstone_cranelift_wasm::TypeIdx;
use wasmparser::{CompositeInnerType, CompositeType, FieldType, StorageType, SubType};

/// A type as it is written in its group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Member {
    composite: Composite,
    is_final: bool,
    supertype: Option<TypeIndex>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Composite {
    Func(FuncType),
    Struct(Vec<Field>),
    Array(Field),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Field {
    is_mutable: bool,
    storage: Storage,
}

/// The type of a field's value, as far as it distinguishes types.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Storage {
    I8,
    I16,
    /// A number, or a reference of a predefined type, which is the same in every module.
    Value(wasmparser::ValType),
    Concrete {
        nullable: bool,
        index: TypeIndex,
    },
}

impl Storage {
    fn from_wasm(ty: StorageType, resolve: Resolve<'_>) -> Result<Self> {
        let value = match ty {
            StorageType::I8 => return Ok(Storage::I8),
            StorageType::I16 => return Ok(Storage::I16),
            StorageType::Val(value) => value,
        };
        let wasmparser::ValType::Ref(reference) = value else { return Ok(Storage::Value(value)) };
        match reference.heap_type() {
            wasmparser::HeapType::Abstract { .. } => Ok(Storage::Value(value)),
            wasmparser::HeapType::Concrete(index) => {
                let index = index.as_module_index().ok_or_else(objects)?;
                let index = resolve(TypeIdx::from_u32(index));
                Ok(Storage::Concrete { nullable: reference.is_nullable(), index })
            }
            wasmparser::HeapType::Exact(_) => {
                Err(TypeError::Unsupported("custom-descriptors".into()))
            }
        }
    }
}

impl Composite {
    fn from_wasm(ty: &CompositeType, resolve: Resolve<'_>) -> Result<Self> {
        if ty.shared || ty.descriptor_idx.is_some() || ty.describes_idx.is_some() {
            return Err(objects());
        }
        let field = |field: &FieldType| {
            let storage = Storage::from_wasm(field.element_type, resolve)?;
            Ok(Field { is_mutable: field.mutable, storage })
        };
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
}

fn objects() -> TypeError {
    TypeError::Unsupported("gc".into())
}

impl Member {
    /// The only member of its group, which is a final function type without supertypes.
    pub(crate) fn alone(ty: &FuncType) -> Self {
        Member { composite: Composite::Func(ty.clone()), is_final: true, supertype: None }
    }

    /// Makes the member for a type of a module. `resolve` maps the module's type indices.
    ///
    /// # Errors
    /// Fails if it is a function type with values of types that the engine lacks.
    pub(crate) fn from_wasm(ty: &SubType, resolve: Resolve<'_>) -> Result<Self> {
        let supertype = ty.supertype_idxs.first().and_then(|index| index.as_module_index());
        Ok(Member {
            composite: Composite::from_wasm(&ty.composite_type, resolve)?,
            is_final: ty.is_final,
            supertype: supertype.map(|index| resolve(TypeIdx::from_u32(index))),
        })
    }

    /// The function type, if the member is one.
    pub(crate) fn func(&self) -> Option<&FuncType> {
        match &self.composite {
            Composite::Func(ty) => Some(ty),
            Composite::Struct(_) | Composite::Array(_) => None,
        }
    }

    /// The type of which it is declared to be a subtype.
    pub(crate) fn supertype(&self) -> Option<TypeIndex> {
        self.supertype
    }

    /// Every type to which it refers, within the group or outside.
    pub(crate) fn references(&self) -> impl Iterator<Item = TypeIndex> + '_ {
        let fields: &[Field] = match &self.composite {
            Composite::Func(_) => &[],
            Composite::Struct(fields) => fields,
            Composite::Array(field) => std::slice::from_ref(field),
        };
        let fields = fields.iter().filter_map(|field| match field.storage {
            Storage::Concrete { index, .. } => Some(index),
            Storage::I8 | Storage::I16 | Storage::Value(_) => None,
        });
        let values = self.func().into_iter().flat_map(FuncType::concrete);
        values.chain(fields).chain(self.supertype)
    }
}
