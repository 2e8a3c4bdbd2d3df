//! What a module declares.
//!
//! In: the bytes of a valid module. Out: its index spaces, with types.

use crate::FUEL;
use wasmparser::{
    AbstractHeapType, CompositeInnerType, ExternalKind, FuncType, GlobalType, HeapType, Import,
    MemoryType, Parser, Payload, RefType, SubType, TableType, TagType, TypeRef, TypeSectionReader,
    UnpackedIndex, ValType,
};

/// What a module declares, imports first in each index space.
#[derive(Default)]
pub(crate) struct Shape<'a> {
    pub(super) type_section: Option<TypeSectionReader<'a>>,
    types: Vec<SubType>,
    pub(super) imports: Vec<Import<'a>>,
    /// The type of each function.
    functions: Vec<u32>,
    pub(crate) imported_functions: u32,
    pub(super) tables: Vec<TableType>,
    pub(super) memories: Vec<MemoryType>,
    pub(super) globals: Vec<GlobalType>,
    tags: Vec<TagType>,
    /// The global that is exported as [`FUEL`].
    pub(super) fuel: Option<u32>,
}

/// How a host can make values of a type, and look at them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    I32,
    I64,
    F32,
    F64,
    V128,
    /// A reference of the host.
    Extern {
        nullable: bool,
    },
    /// A reference to a function of any type.
    Func {
        nullable: bool,
    },
    /// A reference to a function of one type.
    Typed {
        nullable: bool,
    },
    /// A reference under `any`; `host` says whether it may be to a value of the host.
    Any {
        nullable: bool,
        host: bool,
    },
}

impl<'a> Shape<'a> {
    /// Reads a module.
    ///
    /// # Errors
    /// Where it does not decode.
    pub(crate) fn read(wasm: &'a [u8]) -> wasmparser::Result<Self> {
        let mut shape = Shape::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(section) => {
                    for group in section.clone() {
                        shape.types.extend(group?.into_types());
                    }
                    shape.type_section = Some(section);
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        shape.import(import?);
                    }
                }
                Payload::FunctionSection(section) => {
                    for ty in section {
                        shape.functions.push(ty?);
                    }
                }
                Payload::TableSection(section) => {
                    for table in section {
                        shape.tables.push(table?.ty);
                    }
                }
                Payload::MemorySection(section) => {
                    for memory in section {
                        shape.memories.push(memory?);
                    }
                }
                Payload::TagSection(section) => {
                    for tag in section {
                        shape.tags.push(tag?);
                    }
                }
                Payload::GlobalSection(section) => {
                    for global in section {
                        shape.globals.push(global?.ty);
                    }
                }
                Payload::ExportSection(section) => {
                    for export in section {
                        let export = export?;
                        if export.kind == ExternalKind::Global && export.name == FUEL {
                            shape.fuel = Some(export.index);
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(shape)
    }

    fn import(&mut self, import: Import<'a>) {
        match import.ty {
            TypeRef::Func(ty) | TypeRef::FuncExact(ty) => {
                self.functions.push(ty);
                self.imported_functions += 1;
            }
            TypeRef::Table(ty) => self.tables.push(ty),
            TypeRef::Memory(ty) => self.memories.push(ty),
            TypeRef::Global(ty) => self.globals.push(ty),
            TypeRef::Tag(ty) => self.tags.push(ty),
        }
        self.imports.push(import);
    }

    /// How many functions there are.
    pub(super) fn functions(&self) -> u32 {
        self.functions.len() as u32
    }

    /// The type of a function.
    pub(crate) fn function(&self, index: u32) -> Option<&FuncType> {
        self.function_type(*self.functions.get(index as usize)?)
    }

    /// The function type at this place of the types.
    pub(super) fn function_type(&self, index: u32) -> Option<&FuncType> {
        match &self.types.get(index as usize)?.composite_type.inner {
            CompositeInnerType::Func(ty) => Some(ty),
            _ => None,
        }
    }

    /// How many types there are.
    pub(super) fn types(&self) -> u32 {
        self.types.len() as u32
    }

    /// The kind of a type; none where the host can neither make nor see its values.
    pub(super) fn kind(&self, ty: ValType) -> Option<Kind> {
        Some(match ty {
            ValType::I32 => Kind::I32,
            ValType::I64 => Kind::I64,
            ValType::F32 => Kind::F32,
            ValType::F64 => Kind::F64,
            ValType::V128 => Kind::V128,
            ValType::Ref(ty) => self.reference(ty)?,
        })
    }

    fn reference(&self, ty: RefType) -> Option<Kind> {
        let nullable = ty.is_nullable();
        Some(match ty.heap_type() {
            HeapType::EXTERN => Kind::Extern { nullable },
            HeapType::FUNC => Kind::Func { nullable },
            HeapType::Abstract { ty: AbstractHeapType::Any, .. } => {
                Kind::Any { nullable, host: true }
            }
            HeapType::Abstract {
                ty:
                    AbstractHeapType::Eq
                    | AbstractHeapType::I31
                    | AbstractHeapType::Struct
                    | AbstractHeapType::Array
                    | AbstractHeapType::None,
                ..
            } => Kind::Any { nullable, host: false },
            HeapType::Concrete(UnpackedIndex::Module(index)) => match self.function_type(index) {
                Some(_) => Kind::Typed { nullable },
                None => Kind::Any { nullable, host: false },
            },
            _ => return None,
        })
    }
}
