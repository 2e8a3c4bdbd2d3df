//! Types of values and externals, and their engine-wide identities.

pub(crate) mod group;
pub(crate) mod objects;
pub(crate) mod registry;
pub(crate) mod text;

use crate::types::registry::TypeId;
use std::sync::Arc;
use touchstone_cranelift_wasm::TypeIdx;
use touchstone_cranelift_wasm::objects::Storage;

/// The reason why a type cannot be made. It becomes an [`Error`](crate::Error) of the same class.
#[derive(Debug)]
pub(crate) enum TypeError {
    /// The type needs a feature that the engine lacks.
    Unsupported(String),
    /// There is no room for more types.
    Resource(String),
    /// The type does not exist, or belongs to another engine.
    Mismatch(String),
}

pub(crate) type Result<T, E = TypeError> = std::result::Result<T, E>;

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

/// A reference type (specification, §2.3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RefType {
    pub(crate) nullable: bool,
    pub(crate) heap: HeapType,
}

/// The kind of thing to which a reference refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HeapType {
    /// A function.
    Func,
    /// The bottom type of functions, to which nothing belongs.
    NoFunc,
    /// A value of the host.
    Extern,
    /// The bottom type of the host's values, to which nothing belongs.
    NoExtern,
    /// An exception.
    Exn,
    /// The bottom type of exceptions, to which nothing belongs.
    NoExn,
    /// Anything that Wasm itself makes but a function or an exception, and values of the host that were
    /// converted.
    Any,
    /// What can be compared: a number of 31 bits, a structure or an array.
    Eq,
    /// A number of 31 bits.
    I31,
    /// A structure.
    Struct,
    /// An array.
    Array,
    /// The bottom type of everything that belongs to `any`, to which nothing belongs.
    None,
    /// A function, a structure or an array of this type, or of a subtype.
    Concrete(TypeIndex),
    /// A function, a structure or an array of just this type (proposal *custom descriptors*).
    Exact(TypeIndex),
}

impl HeapType {
    /// The type that a module or the host declared, if this is one.
    pub(crate) fn index(self) -> Option<TypeIndex> {
        match self {
            HeapType::Concrete(index) | HeapType::Exact(index) => Some(index),
            _ => Option::None,
        }
    }

    fn map_index(self, replace: impl Fn(TypeIndex) -> TypeIndex) -> HeapType {
        match self {
            HeapType::Concrete(index) => HeapType::Concrete(replace(index)),
            HeapType::Exact(index) => HeapType::Exact(replace(index)),
            other => other,
        }
    }
}

/// The kind of a type that a module or the host declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum CompositeKind {
    Func,
    Struct,
    Array,
}

/// Names a type of functions, structures or arrays of an engine. Equal types in equal recursion groups have equal indices.
///
/// An index stands for its type as long as there is a module that declares the type, a
/// [`StructType`](crate::StructType) or an [`ArrayType`](crate::ArrayType) that is the type, or a store with a
/// function, a tag, a table or a global of that type, or with objects of it. Afterwards, and in another engine, it stands for
/// nothing: making anything with a type that refers to it fails, even if the same type is declared anew.
///
/// An index is displayed as `$12`, with a number that no other type in use in the same engine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TypeIndex {
    /// The number of the engine's registry of types, or 0 if the index is a position within a group.
    pub(crate) engine: u32,
    pub(crate) id: TypeId,
    /// The number of types for which the identity stood before this one.
    pub(crate) generation: u32,
    pub(crate) kind: CompositeKind,
}

impl TypeIndex {
    /// What the type is a type of.
    pub const fn kind(self) -> CompositeKind {
        self.kind
    }

    /// Makes the index by which a type refers to another of its recursion group before these have identities.
    pub(crate) fn within(position: u32, kind: CompositeKind) -> Self {
        TypeIndex { engine: 0, id: TypeId(position), generation: 0, kind }
    }

    /// The position in the recursion group, if the index is one.
    pub(crate) fn position_within(self) -> Option<u32> {
        (self.engine == 0).then_some(self.id.0)
    }
}

impl RefType {
    /// `funcref`: a function, or null.
    pub const FUNC: RefType = RefType { nullable: true, heap: HeapType::Func };
    /// `externref`: a value of the host, or null.
    pub const EXTERN: RefType = RefType { nullable: true, heap: HeapType::Extern };
    /// `exnref`: an exception, or null.
    pub const EXN: RefType = RefType { nullable: true, heap: HeapType::Exn };
    /// `anyref`: a number of 31 bits, a structure, an array, a converted value of the host, or null.
    pub const ANY: RefType = RefType { nullable: true, heap: HeapType::Any };
    /// `eqref`: a number of 31 bits, a structure, an array, or null.
    pub const EQ: RefType = RefType { nullable: true, heap: HeapType::Eq };
    /// `i31ref`: a number of 31 bits, or null.
    pub const I31: RefType = RefType { nullable: true, heap: HeapType::I31 };
    /// `structref`: a structure, or null.
    pub const STRUCT: RefType = RefType { nullable: true, heap: HeapType::Struct };
    /// `arrayref`: an array, or null.
    pub const ARRAY: RefType = RefType { nullable: true, heap: HeapType::Array };

    /// The type of references to `heap`, which includes null if `nullable` is set.
    pub const fn new(nullable: bool, heap: HeapType) -> Self {
        RefType { nullable, heap }
    }

    /// Whether null is among its values.
    pub const fn is_nullable(self) -> bool {
        self.nullable
    }

    /// The kind of thing to which its values other than null refer.
    pub const fn heap_type(self) -> HeapType {
        self.heap
    }

    /// Whether its values are functions.
    pub(crate) fn is_func(self) -> bool {
        match self.heap {
            HeapType::Func | HeapType::NoFunc => true,
            heap => heap.index().is_some_and(|index| index.kind == CompositeKind::Func),
        }
    }

    /// Whether its values are values of the host, or what was converted to one.
    pub(crate) fn is_extern(self) -> bool {
        matches!(self.heap, HeapType::Extern | HeapType::NoExtern)
    }

    /// Whether its values are exceptions.
    pub(crate) fn is_exn(self) -> bool {
        matches!(self.heap, HeapType::Exn | HeapType::NoExn)
    }
}

/// Maps a module's type indices to engine-wide ones, of the right kind.
pub(crate) type Resolve<'a> = &'a dyn Fn(TypeIdx) -> TypeIndex;

/// Whether a value of this type is a reference into the heap.
pub(crate) fn is_heap_ref(ty: ValType) -> bool {
    matches!(ty, ValType::Ref(ty) if !ty.is_func())
}

impl ValType {
    pub(crate) fn from_wasm(ty: wasmparser::ValType, resolve: Resolve<'_>) -> Result<ValType> {
        Ok(match ty {
            wasmparser::ValType::I32 => ValType::I32,
            wasmparser::ValType::I64 => ValType::I64,
            wasmparser::ValType::F32 => ValType::F32,
            wasmparser::ValType::F64 => ValType::F64,
            wasmparser::ValType::V128 => ValType::V128,
            wasmparser::ValType::Ref(ty) => ValType::Ref(RefType::from_wasm(ty, resolve)?),
        })
    }

    /// The type as the translation sees it, which does not distinguish references to functions of different
    /// types.
    pub(crate) fn to_wasm(self) -> wasmparser::ValType {
        match self {
            ValType::I32 => wasmparser::ValType::I32,
            ValType::I64 => wasmparser::ValType::I64,
            ValType::F32 => wasmparser::ValType::F32,
            ValType::F64 => wasmparser::ValType::F64,
            ValType::V128 => wasmparser::ValType::V128,
            ValType::Ref(ty) if ty.is_func() => wasmparser::ValType::FUNCREF,
            ValType::Ref(_) => wasmparser::ValType::EXTERNREF,
        }
    }
}

impl RefType {
    pub(crate) fn from_wasm(ty: wasmparser::RefType, resolve: Resolve<'_>) -> Result<RefType> {
        use wasmparser::AbstractHeapType as Abstract;
        let own = |index: wasmparser::UnpackedIndex| match index.as_module_index() {
            Some(index) => Ok(resolve(TypeIdx::from_u32(index))),
            None => Err(TypeError::Unsupported("gc".into())),
        };
        let heap = match ty.heap_type() {
            wasmparser::HeapType::Abstract { shared: false, ty } => match ty {
                Abstract::Func => HeapType::Func,
                Abstract::NoFunc => HeapType::NoFunc,
                Abstract::Extern => HeapType::Extern,
                Abstract::NoExtern => HeapType::NoExtern,
                Abstract::Exn => HeapType::Exn,
                Abstract::NoExn => HeapType::NoExn,
                Abstract::Any => HeapType::Any,
                Abstract::Eq => HeapType::Eq,
                Abstract::I31 => HeapType::I31,
                Abstract::Struct => HeapType::Struct,
                Abstract::Array => HeapType::Array,
                Abstract::None => HeapType::None,
                Abstract::Cont | Abstract::NoCont => {
                    return Err(TypeError::Unsupported("stack-switching".into()));
                }
            },
            wasmparser::HeapType::Concrete(index) => HeapType::Concrete(own(index)?),
            wasmparser::HeapType::Exact(index) => HeapType::Exact(own(index)?),
            wasmparser::HeapType::Abstract { shared: true, .. } => {
                return Err(TypeError::Unsupported("shared-everything-threads".into()));
            }
        };
        Ok(RefType { nullable: ty.is_nullable(), heap })
    }
}

/// A function type.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct FuncType {
    params: Arc<[ValType]>,
    results: Arc<[ValType]>,
}

impl FuncType {
    /// Makes a type with these parameters and results.
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

    pub(crate) fn from_wasm(ty: &wasmparser::FuncType, resolve: Resolve<'_>) -> Result<Self> {
        let convert = |tys: &[wasmparser::ValType]| {
            tys.iter().map(|t| ValType::from_wasm(*t, resolve)).collect::<Result<Arc<[_]>>>()
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

impl FuncType {
    /// The type with all types of references to functions replaced by one, and all types of other references
    /// by another. Code between the host and Wasm treats the replaced types alike.
    pub(crate) fn erased(&self) -> FuncType {
        let is_number = |ty: &ValType| !matches!(ty, ValType::Ref(_));
        if self.params.iter().chain(&*self.results).all(is_number) {
            return self.clone();
        }
        self.map(|ty| match ty {
            ValType::Ref(ty) if ty.is_func() => ValType::Ref(RefType::FUNC),
            ValType::Ref(_) => ValType::Ref(RefType::EXTERN),
            number => number,
        })
    }

    /// The declared types to which the type refers.
    pub(crate) fn concrete(&self) -> impl Iterator<Item = TypeIndex> + '_ {
        self.params.iter().chain(&*self.results).filter_map(|ty| ty.index())
    }

    /// The type with each declared type to which it refers replaced.
    pub(crate) fn map_concrete(&self, replace: impl Fn(TypeIndex) -> TypeIndex) -> FuncType {
        if self.concrete().next().is_none() {
            return self.clone();
        }
        self.map(|ty| ty.map_index(&replace))
    }

    /// The type with each value type replaced.
    fn map(&self, replace: impl Fn(ValType) -> ValType) -> FuncType {
        FuncType::new(
            self.params.iter().map(|t| replace(*t)),
            self.results.iter().map(|t| replace(*t)),
        )
    }
}

impl ValType {
    /// The declared type to which the type refers, if it refers to one.
    pub(crate) fn index(self) -> Option<TypeIndex> {
        match self {
            ValType::Ref(ty) => ty.heap.index(),
            _ => None,
        }
    }

    /// The type with the declared type to which it refers replaced.
    pub(crate) fn map_index(self, replace: impl Fn(TypeIndex) -> TypeIndex) -> ValType {
        match self {
            ValType::Ref(RefType { nullable, heap }) => {
                ValType::Ref(RefType { nullable, heap: heap.map_index(replace) })
            }
            number => number,
        }
    }
}

/// How a field or an element is stored (specification, §2.3.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum StorageType {
    I8,
    I16,
    Val(ValType),
}

impl StorageType {
    /// The type of the values that are read and written, which is `i32` if the storage is packed.
    pub const fn unpacked(self) -> ValType {
        match self {
            StorageType::I8 | StorageType::I16 => ValType::I32,
            StorageType::Val(ty) => ty,
        }
    }

    pub(crate) fn storage(self) -> Storage {
        match self {
            StorageType::I8 => Storage::I8,
            StorageType::I16 => Storage::I16,
            StorageType::Val(ty) => Storage::of(ty.to_wasm()),
        }
    }
}

/// The type of a field of a structure, or of the elements of an array (specification, §2.3.9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FieldType {
    pub(crate) storage: StorageType,
    pub(crate) mutability: Mutability,
}

impl FieldType {
    /// Makes the type of a field that is stored so.
    pub const fn new(storage: StorageType, mutability: Mutability) -> Self {
        FieldType { storage, mutability }
    }

    /// How the field is stored.
    pub const fn storage(self) -> StorageType {
        self.storage
    }

    /// Whether the field can be written.
    pub const fn mutability(self) -> Mutability {
        self.mutability
    }

    pub(crate) fn from_wasm(ty: &wasmparser::FieldType, resolve: Resolve<'_>) -> Result<Self> {
        let storage = match ty.element_type {
            wasmparser::StorageType::I8 => StorageType::I8,
            wasmparser::StorageType::I16 => StorageType::I16,
            wasmparser::StorageType::Val(ty) => StorageType::Val(ValType::from_wasm(ty, resolve)?),
        };
        let mutability = if ty.mutable { Mutability::Var } else { Mutability::Const };
        Ok(FieldType { storage, mutability })
    }

    /// The declared type to which the type refers, if it refers to one.
    pub(crate) fn index(self) -> Option<TypeIndex> {
        self.storage.unpacked().index()
    }

    pub(crate) fn map_index(self, replace: impl Fn(TypeIndex) -> TypeIndex) -> Self {
        match self.storage {
            StorageType::Val(ty) => {
                FieldType { storage: StorageType::Val(ty.map_index(replace)), ..self }
            }
            _ => self,
        }
    }
}

/// Whether a global or a field can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Mutability {
    Const,
    Var,
}

/// Type of a global (specification, §2.3.15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GlobalType {
    pub(crate) content: ValType,
    pub(crate) mutability: Mutability,
}

impl GlobalType {
    /// The type of a global that holds a value of type `content`.
    pub const fn new(content: ValType, mutability: Mutability) -> Self {
        GlobalType { content, mutability }
    }

    /// Type of its value.
    pub const fn content(self) -> ValType {
        self.content
    }

    /// Whether the global can be written.
    pub const fn mutability(self) -> Mutability {
        self.mutability
    }
}

/// Bounds of a size (specification, §2.3.12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    pub(crate) min: u64,
    pub(crate) max: Option<u64>,
}

impl Limits {
    /// Makes limits of at least `min` and, if there is a maximum, at most `max`.
    pub const fn new(min: u64, max: Option<u64>) -> Self {
        Limits { min, max }
    }

    /// The least size, which is the initial size.
    pub const fn min(self) -> u64 {
        self.min
    }

    /// The greatest size, if there is one.
    pub const fn max(self) -> Option<u64> {
        self.max
    }
}

impl Limits {
    /// Refuses limits that contradict themselves.
    pub(crate) fn check(self) -> Result<()> {
        if self.max.is_some_and(|max| max < self.min) {
            return Err(TypeError::Mismatch("the maximum size is below the minimum".into()));
        }
        Ok(())
    }

    /// Whether a memory or table of size `actual` and with maximum `max` can be imported as `wanted`.
    pub(crate) fn matches(actual: u64, max: Option<u64>, wanted: Limits) -> bool {
        actual >= wanted.min
            && match (max, wanted.max) {
                (_, None) => true,
                (Some(max), Some(wanted)) => max <= wanted,
                (None, Some(_)) => false,
            }
    }
}

/// Type of a table (specification, §2.3.14). Sizes are in elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TableType {
    pub(crate) element: RefType,
    pub(crate) limits: Limits,
    pub(crate) index64: bool,
}

/// Type of a memory (specification, §2.3.13). Sizes are in pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MemoryType {
    pub(crate) limits: Limits,
    pub(crate) index64: bool,
    pub(crate) page_size_log2: u8,
    pub(crate) shared: bool,
}

impl TableType {
    /// The type of a table with 32-bit indices.
    pub const fn new(element: RefType, limits: Limits) -> Self {
        TableType { element, limits, index64: false }
    }

    /// The type of a table with 64-bit indices.
    pub const fn new64(element: RefType, limits: Limits) -> Self {
        TableType { element, limits, index64: true }
    }

    /// The same type, but with elements of another type.
    pub const fn with_element(self, element: RefType) -> Self {
        TableType { element, ..self }
    }

    /// Type of its elements.
    pub const fn element(self) -> RefType {
        self.element
    }

    /// The limits of its size.
    pub const fn limits(self) -> Limits {
        self.limits
    }

    /// Whether its indices are 64-bit.
    pub const fn is_64(self) -> bool {
        self.index64
    }
}

impl MemoryType {
    /// The type of a memory with 32-bit addresses and pages of 64 KiB, which threads do not share.
    pub const fn new(limits: Limits) -> Self {
        MemoryType { limits, index64: false, page_size_log2: 16, shared: false }
    }

    /// The type of such a memory with 64-bit addresses.
    pub const fn new64(limits: Limits) -> Self {
        MemoryType { index64: true, ..MemoryType::new(limits) }
    }

    /// The same type, but of a memory that threads share. It must have a maximum.
    pub const fn with_shared(self) -> Self {
        MemoryType { shared: true, ..self }
    }

    /// The same type, but with pages whose size has this binary logarithm: 16, or 0 for pages of one byte.
    pub const fn with_page_size_log2(self, page_size_log2: u8) -> Self {
        MemoryType { page_size_log2, ..self }
    }

    /// The limits of its size.
    pub const fn limits(self) -> Limits {
        self.limits
    }

    /// Whether its addresses are 64-bit.
    pub const fn is_64(self) -> bool {
        self.index64
    }

    /// Binary logarithm of the size of a page: 16, or 0 for pages of one byte.
    pub const fn page_size_log2(self) -> u8 {
        self.page_size_log2
    }

    /// Whether threads can share the memory.
    pub const fn is_shared(self) -> bool {
        self.shared
    }

    /// Whether a memory of this type, whose minimum is the current size, can be imported as `wanted`.
    pub(crate) fn matches(&self, wanted: &MemoryType) -> bool {
        Limits::matches(self.limits.min, self.limits.max, wanted.limits)
            && (self.index64, self.page_size_log2, self.shared)
                == (wanted.index64, wanted.page_size_log2, wanted.shared)
    }

    /// The type as the translation sees it.
    pub(crate) fn to_wasm(self) -> wasmparser::MemoryType {
        wasmparser::MemoryType {
            memory64: self.index64,
            shared: self.shared,
            initial: self.limits.min,
            maximum: self.limits.max,
            page_size_log2: Some(self.page_size_log2.into()),
        }
    }
}

impl GlobalType {
    pub(crate) fn from_wasm(ty: &wasmparser::GlobalType, resolve: Resolve<'_>) -> Result<Self> {
        let mutability = if ty.mutable { Mutability::Var } else { Mutability::Const };
        Ok(GlobalType { content: ValType::from_wasm(ty.content_type, resolve)?, mutability })
    }
}

impl TableType {
    pub(crate) fn from_wasm(ty: &wasmparser::TableType, resolve: Resolve<'_>) -> Result<Self> {
        let limits = Limits { min: ty.initial, max: ty.maximum };
        let element = RefType::from_wasm(ty.element_type, resolve)?;
        Ok(TableType { element, limits, index64: ty.table64 })
    }
}

impl MemoryType {
    pub(crate) fn from_wasm(ty: &wasmparser::MemoryType) -> Self {
        MemoryType {
            limits: Limits { min: ty.initial, max: ty.maximum },
            index64: ty.memory64,
            page_size_log2: ty.page_size_log2.unwrap_or(16) as u8,
            shared: ty.shared,
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
    /// The type of a tag, whose parameters are the types of an exception's values.
    Tag(FuncType),
}

/// An import that a module declares (specification, §2.5.10).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportType {
    pub(crate) module: String,
    pub(crate) name: String,
    pub(crate) ty: ExternType,
}

impl ImportType {
    /// The name of the module from which it is imported.
    pub fn module(&self) -> &str {
        &self.module
    }

    /// The name of the import in that module.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The type of the external.
    pub fn ty(&self) -> &ExternType {
        &self.ty
    }
}

/// An export that a module declares (specification, §2.5.9).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportType {
    pub(crate) name: String,
    pub(crate) ty: ExternType,
}

impl ExportType {
    /// The name of the export.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The type of the external.
    pub fn ty(&self) -> &ExternType {
        &self.ty
    }
}
