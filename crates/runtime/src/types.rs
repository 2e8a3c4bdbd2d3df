//! Types of values and externals, and their engine-wide identities.

use crate::error::{Error, Result};
use parking_lot::RwLock;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// A value type (specification, §2.3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum ValType {
    I32,
    I64,
    F32,
    F64,
    V128,
    Ref(RefType),
}

/// A reference type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RefType {
    /// A function, or null.
    Func,
    /// A value of the host, or null.
    Extern,
}

impl fmt::Display for ValType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ValType::I32 => "i32",
            ValType::I64 => "i64",
            ValType::F32 => "f32",
            ValType::F64 => "f64",
            ValType::V128 => "v128",
            ValType::Ref(RefType::Func) => "funcref",
            ValType::Ref(RefType::Extern) => "externref",
        })
    }
}

impl ValType {
    pub(crate) fn from_wasm(ty: wasmparser::ValType) -> Result<ValType> {
        Ok(match ty {
            wasmparser::ValType::I32 => ValType::I32,
            wasmparser::ValType::I64 => ValType::I64,
            wasmparser::ValType::F32 => ValType::F32,
            wasmparser::ValType::F64 => ValType::F64,
            wasmparser::ValType::V128 => ValType::V128,
            wasmparser::ValType::Ref(ty) => ValType::Ref(RefType::from_wasm(ty)?),
        })
    }

    pub(crate) fn to_wasm(self) -> wasmparser::ValType {
        match self {
            ValType::I32 => wasmparser::ValType::I32,
            ValType::I64 => wasmparser::ValType::I64,
            ValType::F32 => wasmparser::ValType::F32,
            ValType::F64 => wasmparser::ValType::F64,
            ValType::V128 => wasmparser::ValType::V128,
            ValType::Ref(RefType::Func) => wasmparser::ValType::FUNCREF,
            ValType::Ref(RefType::Extern) => wasmparser::ValType::EXTERNREF,
        }
    }
}

impl RefType {
    pub(crate) fn from_wasm(ty: wasmparser::RefType) -> Result<RefType> {
        match ty {
            wasmparser::RefType::FUNCREF => Ok(RefType::Func),
            wasmparser::RefType::EXTERNREF => Ok(RefType::Extern),
            _ => Err(Error::Unsupported("function-references".into())),
        }
    }
}

/// A function type.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct FuncType {
    params: Arc<[ValType]>,
    results: Arc<[ValType]>,
}

impl FuncType {
    /// A type with these parameters and results.
    pub fn new(
        params: impl IntoIterator<Item = ValType>,
        results: impl IntoIterator<Item = ValType>,
    ) -> Self {
        FuncType { params: params.into_iter().collect(), results: results.into_iter().collect() }
    }

    /// Types of the parameters.
    pub fn params(&self) -> &[ValType] {
        &self.params
    }

    /// Types of the results.
    pub fn results(&self) -> &[ValType] {
        &self.results
    }

    pub(crate) fn from_wasm(ty: &wasmparser::FuncType) -> Result<Self> {
        let convert = |tys: &[wasmparser::ValType]| {
            tys.iter().map(|t| ValType::from_wasm(*t)).collect::<Result<Arc<[_]>>>()
        };
        Ok(FuncType { params: convert(ty.params())?, results: convert(ty.results())? })
    }

    pub(crate) fn to_wasm(&self) -> wasmparser::FuncType {
        wasmparser::FuncType::new(
            self.params.iter().map(|t| t.to_wasm()),
            self.results.iter().map(|t| t.to_wasm()),
        )
    }
}

impl fmt::Display for FuncType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, tys: &[ValType]| {
            f.write_str("[")?;
            for (i, ty) in tys.iter().enumerate() {
                write!(f, "{}{ty}", if i == 0 { "" } else { " " })?;
            }
            f.write_str("]")
        };
        list(f, &self.params)?;
        f.write_str(" -> ")?;
        list(f, &self.results)
    }
}

impl fmt::Debug for FuncType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Whether a global can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Mutability {
    Const,
    Var,
}

/// Type of a global.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GlobalType {
    /// Type of its value.
    pub content: ValType,
    /// Whether it can be written.
    pub mutability: Mutability,
}

/// Bounds of a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// At least.
    pub min: u64,
    /// At most, where bounded.
    pub max: Option<u64>,
}

impl Limits {
    /// Refuses limits that contradict themselves.
    pub(crate) fn check(self) -> Result<()> {
        if self.max.is_some_and(|max| max < self.min) {
            return Err(Error::Mismatch("the maximum size is below the minimum".into()));
        }
        Ok(())
    }

    /// Whether a thing of `actual` size, with these limits of its own, can be imported as `wanted`.
    pub(crate) fn matches(actual: u64, max: Option<u64>, wanted: Limits) -> bool {
        actual >= wanted.min
            && match (max, wanted.max) {
                (_, None) => true,
                (Some(max), Some(wanted)) => max <= wanted,
                (None, Some(_)) => false,
            }
    }
}

/// Type of a table; sizes in elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TableType {
    /// Type of its elements.
    pub element: RefType,
    /// Its size.
    pub limits: Limits,
    /// Whether its indices are 64-bit.
    pub index64: bool,
}

/// Type of a memory; sizes in pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MemoryType {
    /// Its size.
    pub limits: Limits,
    /// Whether its indices are 64-bit.
    pub index64: bool,
    /// Binary logarithm of the size of a page: 16, or 0 for pages of one byte.
    pub page_size_log2: u8,
}

impl TableType {
    /// A table with 32-bit indices.
    pub fn new(element: RefType, limits: Limits) -> Self {
        TableType { element, limits, index64: false }
    }
}

impl MemoryType {
    /// A memory with 32-bit indices and pages of 64 KiB.
    pub fn new(limits: Limits) -> Self {
        MemoryType { limits, index64: false, page_size_log2: 16 }
    }

    /// Whether a memory of this type, of `actual` size, can be imported as `wanted`.
    pub(crate) fn matches(&self, wanted: &MemoryType) -> bool {
        Limits::matches(self.limits.min, self.limits.max, wanted.limits)
            && (self.index64, self.page_size_log2) == (wanted.index64, wanted.page_size_log2)
    }

    /// As the translation sees it.
    pub(crate) fn to_wasm(self) -> wasmparser::MemoryType {
        wasmparser::MemoryType {
            memory64: self.index64,
            shared: false,
            initial: self.limits.min,
            maximum: self.limits.max,
            page_size_log2: Some(self.page_size_log2.into()),
        }
    }
}

impl GlobalType {
    pub(crate) fn from_wasm(ty: &wasmparser::GlobalType) -> Result<Self> {
        let mutability = if ty.mutable { Mutability::Var } else { Mutability::Const };
        Ok(GlobalType { content: ValType::from_wasm(ty.content_type)?, mutability })
    }
}

impl TableType {
    pub(crate) fn from_wasm(ty: &wasmparser::TableType) -> Result<Self> {
        let limits = Limits { min: ty.initial, max: ty.maximum };
        let element = RefType::from_wasm(ty.element_type)?;
        Ok(TableType { element, limits, index64: ty.table64 })
    }
}

impl MemoryType {
    pub(crate) fn from_wasm(ty: &wasmparser::MemoryType) -> Self {
        MemoryType {
            limits: Limits { min: ty.initial, max: ty.maximum },
            index64: ty.memory64,
            page_size_log2: ty.page_size_log2.unwrap_or(16) as u8,
        }
    }
}

/// Type of an import or export.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ExternType {
    Func(FuncType),
    Table(TableType),
    Memory(MemoryType),
    Global(GlobalType),
}

/// An import that a module declares.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ImportType {
    pub module: String,
    pub name: String,
    pub ty: ExternType,
}

/// An export that a module declares.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ExportType {
    pub name: String,
    pub ty: ExternType,
}

/// Engine-wide identities of function types: equal types have equal identities.
#[derive(Default)]
pub(crate) struct TypeRegistry {
    inner: RwLock<TypeTable>,
}

#[derive(Default)]
struct TypeTable {
    ids: HashMap<FuncType, u32>,
    types: Vec<FuncType>,
}

impl TypeRegistry {
    /// The identity of `ty`, given now if it has none yet.
    pub(crate) fn intern(&self, ty: &FuncType) -> u32 {
        if let Some(id) = self.inner.read().ids.get(ty) {
            return *id;
        }
        let mut table = self.inner.write();
        if let Some(id) = table.ids.get(ty) {
            return *id;
        }
        let id = u32::try_from(table.types.len()).expect("fewer than 2^32 types");
        table.types.push(ty.clone());
        table.ids.insert(ty.clone(), id);
        id
    }

    /// The type with this identity.
    pub(crate) fn get(&self, id: u32) -> FuncType {
        self.inner.read().types[id as usize].clone()
    }
}
