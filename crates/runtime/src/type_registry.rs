//! Engine-wide identities of types.
//!
//! Types are equal if their recursion groups are (specification, §3.1.2): so whole groups are
//! interned, with references within the group written relative to its start. Each type knows its
//! supertypes by depth, so that a subtype check takes constant time.
//!
//! Types of structures and arrays have identities, for the sake of functions' types in their groups.
//! Values of such types do not exist yet: modules with places for them are refused.

use crate::error::{Error, Result};
use crate::types::{FuncType, HeapType, RefType, Resolve, TypeIndex, ValType};
use parking_lot::RwLock;
use std::collections::HashMap;
use std::sync::Arc;
use wasmparser::{CompositeInnerType, CompositeType, FieldType, StorageType, SubType};

/// Set in a type index that counts from the start of the group it occurs in.
const WITHIN: u32 = 1 << 31;

/// The types of an engine.
#[derive(Default)]
pub(crate) struct TypeRegistry {
    inner: RwLock<Types>,
}

#[derive(Default)]
struct Types {
    /// First identity of each group.
    groups: HashMap<Vec<Member>, u32>,
    entries: Vec<Entry>,
}

/// A type as it is written in its group.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Member {
    composite: Composite,
    is_final: bool,
    supertype: Option<u32>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Composite {
    Func(FuncType),
    Struct(Vec<Field>),
    Array(Field),
}

/// A field: whether it is mutable, and what it holds.
type Field = (bool, Storage);

/// What a field holds, as far as it tells types apart.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Storage {
    I8,
    I16,
    /// A number, or a reference of a type that every module knows.
    Value(wasmparser::ValType),
    /// Nullable or not, to a type by its index.
    Concrete(bool, u32),
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
                Ok(Storage::Concrete(reference.is_nullable(), resolve(index).0))
            }
            wasmparser::HeapType::Exact(_) => Err(Error::Unsupported("custom-descriptors".into())),
        }
    }
}

impl Composite {
    fn from_wasm(ty: &CompositeType, resolve: Resolve<'_>) -> Result<Self> {
        if ty.shared || ty.descriptor_idx.is_some() || ty.describes_idx.is_some() {
            return Err(objects());
        }
        let field = |field: &FieldType| {
            Ok((field.mutable, Storage::from_wasm(field.element_type, resolve)?))
        };
        Ok(match &ty.inner {
            CompositeInnerType::Func(func) => Composite::Func(FuncType::from_wasm(func, resolve)?),
            CompositeInnerType::Struct(ty) => {
                Composite::Struct(ty.fields.iter().map(field).collect::<Result<_>>()?)
            }
            CompositeInnerType::Array(ty) => Composite::Array(field(&ty.0)?),
            CompositeInnerType::Cont(_) => {
                return Err(Error::Unsupported("stack-switching".into()));
            }
        })
    }
}

fn objects() -> Error {
    Error::Unsupported("gc".into())
}

struct Entry {
    /// Where it is a function's.
    func: Option<FuncType>,
    /// The type itself, last, after its supertypes from the most general one on.
    display: Arc<[u32]>,
}

impl Types {
    fn is_subtype(&self, a: u32, b: u32) -> bool {
        let depth = self.entries[b as usize].display.len() - 1;
        self.entries[a as usize].display.get(depth) == Some(&b)
    }
}

impl TypeRegistry {
    /// The identity of a type that stands alone, given now if it has none yet.
    pub(crate) fn intern(&self, ty: &FuncType) -> u32 {
        let composite = Composite::Func(ty.clone());
        let member = Member { composite, is_final: true, supertype: None };
        self.intern_group(vec![member])
    }

    /// The identities of a module's types, group by group.
    ///
    /// # Errors
    /// If one is of a function with values that the engine lacks.
    pub(crate) fn intern_module(
        &self,
        types: &[SubType],
        groups: &[std::ops::Range<u32>],
    ) -> Result<Box<[u32]>> {
        let mut ids: Vec<u32> = Vec::with_capacity(types.len());
        for group in groups {
            let resolve = |index: u32| match index.checked_sub(group.start) {
                Some(position) => TypeIndex(WITHIN | position),
                None => TypeIndex(ids[index as usize]),
            };
            let member = |ty: &SubType| {
                let supertype = ty.supertype_idxs.first().and_then(|index| index.as_module_index());
                Ok(Member {
                    composite: Composite::from_wasm(&ty.composite_type, &resolve)?,
                    is_final: ty.is_final,
                    supertype: supertype.map(|index| resolve(index).0),
                })
            };
            let members = &types[group.start as usize..group.end as usize];
            let members = members.iter().map(member).collect::<Result<Vec<_>>>()?;
            let (first, count) = (self.intern_group(members), group.end - group.start);
            ids.extend(first..first + count);
        }
        Ok(ids.into())
    }

    /// The first identity of a group.
    fn intern_group(&self, members: Vec<Member>) -> u32 {
        if let Some(first) = self.inner.read().groups.get(&members) {
            return *first;
        }
        let mut types = self.inner.write();
        if let Some(first) = types.groups.get(&members) {
            return *first;
        }
        let first = types.entries.len() as u32;
        assert!(first as usize + members.len() < WITHIN as usize, "fewer than 2^31 types");
        let absolute =
            |index: u32| if index & WITHIN != 0 { first + (index & !WITHIN) } else { index };
        for (position, member) in members.iter().enumerate() {
            let id = first + position as u32;
            let mut display = match member.supertype {
                Some(supertype) => types.entries[absolute(supertype) as usize].display.to_vec(),
                None => Vec::new(),
            };
            display.push(id);
            let place = |ty| match ty {
                ValType::Ref(RefType { nullable, heap: HeapType::Concrete(TypeIndex(index)) }) => {
                    let heap = HeapType::Concrete(TypeIndex(absolute(index)));
                    ValType::Ref(RefType { nullable, heap })
                }
                other => other,
            };
            let func = match &member.composite {
                Composite::Func(func) => Some(func.map(place)),
                Composite::Struct(_) | Composite::Array(_) => None,
            };
            types.entries.push(Entry { func, display: display.into() });
        }
        types.groups.insert(members, first);
        first
    }

    /// The function type with this identity.
    ///
    /// # Panics
    /// If it is that of another type.
    pub(crate) fn get(&self, id: u32) -> FuncType {
        let func = self.inner.read().entries[id as usize].func.clone();
        func.expect("validated: a function's type")
    }

    fn is_func(&self, id: u32) -> bool {
        self.inner.read().entries[id as usize].func.is_some()
    }

    /// Whether values of type `a` are values of type `b` (specification, §3.3).
    pub(crate) fn is_subtype(&self, a: u32, b: u32) -> bool {
        a == b || self.inner.read().is_subtype(a, b)
    }

    /// Whether references to `a` are references to `b`.
    fn heap_matches(&self, a: HeapType, b: HeapType) -> bool {
        match (a, b) {
            (HeapType::Concrete(a), HeapType::Concrete(b)) => self.is_subtype(a.0, b.0),
            (HeapType::Concrete(a), HeapType::Func) => self.is_func(a.0),
            (HeapType::NoFunc, HeapType::Concrete(b)) => self.is_func(b.0),
            (HeapType::NoFunc, HeapType::Func) => true,
            (HeapType::NoExtern, HeapType::Extern) | (HeapType::NoExn, HeapType::Exn) => true,
            _ => a == b,
        }
    }

    /// Whether references of type `a` are of type `b`.
    pub(crate) fn ref_matches(&self, a: RefType, b: RefType) -> bool {
        (!a.nullable || b.nullable) && self.heap_matches(a.heap, b.heap)
    }

    /// Whether values of type `a` are of type `b`.
    pub(crate) fn matches(&self, a: ValType, b: ValType) -> bool {
        match (a, b) {
            (ValType::Ref(a), ValType::Ref(b)) => self.ref_matches(a, b),
            _ => a == b,
        }
    }
}
