//! The declarations of a module, in the form that translation and instantiation need.
//!
//! In: Wasm bytes and the features that are on. Out: a [`ModuleInfo`] of a module that is valid except
//! perhaps for its function bodies, and a validator for each body. Knows nothing of instances, imports'
//! values or the engine's identities of types.

use crate::Collector;
use crate::index::{
    DataIdx, DefinedFuncIdx, ElemIdx, EscapedFuncIdx, FuncIdx, GlobalIdx, MemIdx, TableIdx, TagIdx,
    TypeIdx,
};
use crate::objects::ObjectLayout;
use cranelift_codegen::entity::{EntityRef, PrimaryMap};
use std::collections::HashMap;
use std::ops::Range;
use wasmparser::{
    BinaryReaderError, CompositeInnerType, FuncToValidate, FuncType, FunctionBody, GlobalType,
    MemoryType, Operator, Parser, Payload, RefType, SubType, TableInit, TableType, TypeRef,
    ValType, ValidPayload, Validator, ValidatorResources, WasmFeatures,
};

/// The declarations of a module. Imports come first in each index space.
#[derive(Debug, Default)]
pub struct ModuleInfo {
    /// The collector of the stores in which the code runs, for which objects are laid out.
    pub collector: Collector,
    /// The types of all recursion groups, in order.
    pub types: PrimaryMap<TypeIdx, SubType>,
    /// The layout of the objects of each type, or `None` for a function type.
    pub layouts: PrimaryMap<TypeIdx, Option<ObjectLayout>>,
    /// Recursion groups, as ranges of `types`.
    pub rec_groups: Vec<Range<TypeIdx>>,
    /// Imports in order.
    pub imports: Vec<Import>,
    /// Type of each function.
    pub functions: PrimaryMap<FuncIdx, TypeIdx>,
    /// Tables.
    pub tables: PrimaryMap<TableIdx, Table>,
    /// Memories.
    pub memories: PrimaryMap<MemIdx, MemoryType>,
    /// Globals.
    pub globals: PrimaryMap<GlobalIdx, GlobalType>,
    /// Type of each tag.
    pub tags: PrimaryMap<TagIdx, TypeIdx>,
    /// How many tags are imported.
    pub num_imported_tags: u32,
    /// How many functions are imported.
    pub num_imported_functions: u32,
    /// How many tables are imported.
    pub num_imported_tables: u32,
    /// How many memories are imported.
    pub num_imported_memories: u32,
    /// How many globals are imported.
    pub num_imported_globals: u32,
    /// Initial values of the defined globals.
    pub global_inits: Vec<ConstExpr>,
    /// Exports in order.
    pub exports: Vec<Export>,
    /// The start function.
    pub start: Option<FuncIdx>,
    /// Element segments.
    pub elements: PrimaryMap<ElemIdx, ElementSegment>,
    /// Data segments.
    pub data: PrimaryMap<DataIdx, DataSegment>,
    /// Byte ranges of the bodies of the defined functions.
    pub bodies: PrimaryMap<DefinedFuncIdx, Range<usize>>,
    /// Contents of the `name` section, undecoded: an offset and a range of the module's bytes.
    pub name_section: Option<Range<usize>>,
    /// Branch hints by function: offsets of conditional branches in its body, and whether they are likely
    /// taken. There may be no function with such an index.
    branch_hints: HashMap<u32, Vec<(u32, bool)>>,
    /// For each defined function of which a reference can be made, the position of its record.
    escaped: HashMap<FuncIdx, EscapedFuncIdx>,
}

/// An import.
#[derive(Debug)]
pub struct Import {
    /// The first name, which is that of the module.
    pub module: String,
    /// The second name, which is that of the item in the module.
    pub name: String,
    /// The entity that is imported, as its position in its index space.
    pub entity: Entity,
    /// Whether a function must be of just the type, and not of a subtype (proposal *custom descriptors*).
    pub is_exact: bool,
}

/// An entry of an index space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Entity {
    Function(FuncIdx),
    Table(TableIdx),
    Memory(MemIdx),
    Global(GlobalIdx),
    Tag(TagIdx),
}

/// An export.
#[derive(Debug)]
pub struct Export {
    /// The name of the export.
    pub name: String,
    /// The entity that is exported.
    pub entity: Entity,
}

/// A table.
#[derive(Debug)]
pub struct Table {
    /// Its type.
    pub ty: TableType,
    /// The initial value of its elements, which is null if this is `None`.
    pub init: Option<ConstExpr>,
}

/// A constant expression, which is a small program for a stack machine.
#[derive(Clone, Debug, PartialEq)]
pub struct ConstExpr(pub Vec<ConstOp>);

/// An instruction of a constant expression.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum ConstOp {
    I32(i32),
    I64(i64),
    F32(u32),
    F64(u64),
    V128(u128),
    GlobalGet(GlobalIdx),
    RefNull(RefType),
    RefFunc(FuncIdx),
    I32Add,
    I32Sub,
    I32Mul,
    I64Add,
    I64Sub,
    I64Mul,
    /// A new structure, from the values of its fields.
    StructNew(TypeIdx),
    StructNewDefault(TypeIdx),
    /// A new structure, from the values of its fields and its descriptor.
    StructNewDesc(TypeIdx),
    StructNewDefaultDesc(TypeIdx),
    ArrayNew(TypeIdx),
    ArrayNewDefault(TypeIdx),
    /// A new array of so many elements.
    ArrayNewFixed(TypeIdx, u32),
    RefI31,
    /// `any.convert_extern` or `extern.convert_any`, which change the type alone.
    Convert,
}

/// An element segment.
#[derive(Debug)]
pub struct ElementSegment {
    /// Type of its elements.
    pub ty: RefType,
    /// What happens to the segment at instantiation.
    pub mode: ElementMode,
    /// Its elements.
    pub items: ElementItems,
}

/// What happens to an element segment at instantiation.
#[derive(Debug)]
pub enum ElementMode {
    /// The segment is written to a table, and then dropped.
    Active {
        /// The table.
        table: TableIdx,
        /// The index at which it is written.
        offset: ConstExpr,
    },
    /// The segment is kept for `table.init`.
    Passive,
    /// The segment only declares functions, and is dropped.
    Declared,
}

/// Elements of a segment.
#[derive(Debug)]
pub enum ElementItems {
    /// Function indices.
    Functions(Vec<FuncIdx>),
    /// Expressions.
    Expressions(Vec<ConstExpr>),
}

/// A data segment.
#[derive(Debug)]
pub struct DataSegment {
    /// What happens to the segment at instantiation.
    pub mode: DataMode,
    /// The bytes of the segment, as a range of the module's bytes.
    pub bytes: Range<usize>,
}

/// What happens to a data segment at instantiation.
#[derive(Debug)]
pub enum DataMode {
    /// The segment is written to a memory, and then dropped.
    Active {
        /// The memory.
        memory: MemIdx,
        /// The address at which it is written.
        offset: ConstExpr,
    },
    /// The segment is kept for `memory.init`.
    Passive,
}

/// The reason why a module was not read.
#[derive(Debug)]
pub enum ReadError {
    /// The module does not decode or does not validate. The validator does not tell which.
    Validator(BinaryReaderError),
    /// The module is valid, but needs a feature that the engine lacks.
    Unsupported(&'static str),
}

impl From<BinaryReaderError> for ReadError {
    fn from(error: BinaryReaderError) -> Self {
        ReadError::Validator(error)
    }
}

impl ModuleInfo {
    /// The function type with this index.
    ///
    /// # Panics
    /// Panics if the type is not a function's.
    pub fn func_type(&self, index: TypeIdx) -> &FuncType {
        match &self.types[index].composite_type.inner {
            CompositeInnerType::Func(ty) => ty,
            other => panic!("{index} is not a function type: {other:?}"),
        }
    }

    /// The approximate size in bytes of its types in the module.
    pub fn type_bytes(&self) -> u64 {
        let bytes = |ty: &SubType| match &ty.composite_type.inner {
            CompositeInnerType::Func(ty) => 3 + ty.params().len() + ty.results().len(),
            _ => 3,
        };
        self.types.values().map(|ty| bytes(ty) as u64).sum()
    }

    /// The type of this function.
    pub fn type_of(&self, function: FuncIdx) -> &FuncType {
        self.func_type(self.functions[function])
    }

    /// The type of this tag, whose parameters are the types of an exception's values.
    pub fn tag_type(&self, tag: TagIdx) -> &FuncType {
        self.func_type(self.tags[tag])
    }

    /// Whether a global or a table of the module holds references into the heap.
    pub fn has_heap_slots(&self) -> bool {
        self.globals.values().any(|global| self.is_heap_ref(global.content_type))
            || self.tables.values().any(|t| self.is_heap_ref(ValType::Ref(t.ty.element_type)))
    }

    /// The hints about the conditional branches of a function: their offsets in its body, and whether they
    /// are likely taken.
    pub fn branch_hints(&self, function: FuncIdx) -> &[(u32, bool)] {
        self.branch_hints.get(&function.as_u32()).map_or(&[], Vec::as_slice)
    }

    /// The position of a function among the defined ones, or `None` if it is imported.
    pub fn defined_index(&self, function: FuncIdx) -> Option<DefinedFuncIdx> {
        let position = function.as_u32().checked_sub(self.num_imported_functions)?;
        Some(DefinedFuncIdx::from_u32(position))
    }

    /// The functions that the module imports, in order.
    pub fn imported_functions(&self) -> impl ExactSizeIterator<Item = FuncIdx> + Clone + use<> {
        (0..self.num_imported_functions).map(FuncIdx::from_u32)
    }

    /// The functions that the module defines, in the order of their bodies.
    pub fn defined_functions(&self) -> impl ExactSizeIterator<Item = FuncIdx> + Clone + use<> {
        (self.num_imported_functions..self.functions.len() as u32).map(FuncIdx::from_u32)
    }

    /// The position of a function's record in the context, if references to the function can be made.
    pub fn escaped_index(&self, function: FuncIdx) -> Option<EscapedFuncIdx> {
        self.escaped.get(&function).copied()
    }

    /// The defined functions of which references can be made, with the positions of their records.
    pub fn escaped_functions(&self) -> impl Iterator<Item = (FuncIdx, EscapedFuncIdx)> + '_ {
        self.escaped.iter().map(|(f, e)| (*f, *e))
    }

    /// Number of function records in a context.
    pub fn num_escaped_functions(&self) -> u32 {
        self.escaped.len() as u32
    }

    fn escape(&mut self, function: FuncIdx) {
        if self.defined_index(function).is_some() {
            let next = EscapedFuncIdx::new(self.escaped.len());
            self.escaped.entry(function).or_insert(next);
        }
    }

    fn escape_in(&mut self, expr: &ConstExpr) {
        for op in &expr.0 {
            if let ConstOp::RefFunc(function) = op {
                self.escape(*function);
            }
        }
    }
}

/// A function body that is not translated yet, and its validator.
pub type Body<'a> = (FuncToValidate<ValidatorResources>, FunctionBody<'a>);

/// Reads `wasm`, and validates everything but the function bodies. Objects are laid out for `collector`.
///
/// # Errors
/// Fails if the module is malformed or invalid under `features`, or needs a feature that the engine lacks.
pub fn read_module(
    wasm: &[u8],
    features: WasmFeatures,
    collector: Collector,
) -> Result<(ModuleInfo, Vec<Body<'_>>), ReadError> {
    let mut validator = Validator::new_with_features(features);
    let mut parser = Parser::new(0);
    parser.set_features(features);
    let info = ModuleInfo { collector, ..ModuleInfo::default() };
    let mut reader = Reader { info, base: wasm.as_ptr() as usize, unsupported: None };
    let mut bodies = Vec::new();
    for payload in parser.parse_all(wasm) {
        let payload = payload?;
        if let ValidPayload::Func(func, body) = validator.payload(&payload)? {
            let range = body.range();
            reader.info.bodies.push(range.start as usize..range.end as usize);
            bodies.push((func, body));
        }
        reader.payload(payload)?;
    }
    match reader.unsupported {
        Some(feature) => Err(ReadError::Unsupported(feature)),
        None => Ok((reader.info, bodies)),
    }
}

/// Gathers sections into a [`ModuleInfo`].
struct Reader {
    info: ModuleInfo,
    base: usize,
    unsupported: Option<&'static str>,
}

type Read<T = ()> = Result<T, BinaryReaderError>;

impl Reader {
    fn payload(&mut self, payload: Payload<'_>) -> Read {
        match payload {
            Payload::TypeSection(section) => self.types(section),
            Payload::ImportSection(section) => self.imports(section),
            Payload::FunctionSection(section) => {
                for ty in section {
                    self.info.functions.push(TypeIdx::from_u32(ty?));
                }
                Ok(())
            }
            Payload::TableSection(section) => self.tables(section),
            Payload::MemorySection(section) => {
                for ty in section {
                    self.info.memories.push(ty?);
                }
                Ok(())
            }
            Payload::GlobalSection(section) => self.globals(section),
            Payload::ExportSection(section) => self.exports(section),
            Payload::StartSection { func, .. } => {
                self.info.start = Some(FuncIdx::from_u32(func));
                Ok(())
            }
            Payload::ElementSection(section) => self.elements(section),
            Payload::DataSection(section) => self.data(section),
            Payload::TagSection(section) => {
                for tag in section {
                    self.info.tags.push(TypeIdx::from_u32(tag?.func_type_idx));
                }
                Ok(())
            }
            Payload::CustomSection(section) => {
                match section.as_known() {
                    wasmparser::KnownCustom::Name(_) => {
                        let start = section.data().as_ptr() as usize - self.base;
                        self.info.name_section = Some(start..start + section.data().len());
                    }
                    // Hints are only advice, so a section that does not decode gives none.
                    wasmparser::KnownCustom::BranchHints(hints) => {
                        self.info.branch_hints = branch_hints(hints).unwrap_or_default();
                    }
                    _ => {}
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn types(&mut self, section: wasmparser::TypeSectionReader<'_>) -> Read {
        for group in section {
            let start = self.info.types.next_key();
            for ty in group?.into_types() {
                self.info.types.push(ty);
            }
            let group = start..self.info.types.next_key();
            self.info.lay_out(group.clone());
            self.info.rec_groups.push(group);
        }
        Ok(())
    }

    fn imports(&mut self, section: wasmparser::ImportSectionReader<'_>) -> Read {
        for import in section.into_imports() {
            let import = import?;
            let info = &mut self.info;
            let is_exact = matches!(import.ty, TypeRef::FuncExact(_));
            let entity = match import.ty {
                TypeRef::Func(ty) | TypeRef::FuncExact(ty) => {
                    info.num_imported_functions += 1;
                    Entity::Function(info.functions.push(TypeIdx::from_u32(ty)))
                }
                TypeRef::Table(ty) => {
                    info.num_imported_tables += 1;
                    Entity::Table(info.tables.push(Table { ty, init: None }))
                }
                TypeRef::Memory(ty) => {
                    info.num_imported_memories += 1;
                    Entity::Memory(info.memories.push(ty))
                }
                TypeRef::Global(ty) => {
                    info.num_imported_globals += 1;
                    Entity::Global(info.globals.push(ty))
                }
                TypeRef::Tag(ty) => {
                    info.num_imported_tags += 1;
                    Entity::Tag(info.tags.push(TypeIdx::from_u32(ty.func_type_idx)))
                }
            };
            info.imports.push(Import {
                module: import.module.to_owned(),
                name: import.name.to_owned(),
                entity,
                is_exact,
            });
        }
        Ok(())
    }

    fn tables(&mut self, section: wasmparser::TableSectionReader<'_>) -> Read {
        for table in section {
            let table = table?;
            let init = match table.init {
                TableInit::RefNull => None,
                TableInit::Expr(expr) => Some(self.const_expr(&expr)?),
            };
            self.info.tables.push(Table { ty: table.ty, init });
        }
        Ok(())
    }

    fn globals(&mut self, section: wasmparser::GlobalSectionReader<'_>) -> Read {
        for global in section {
            let global = global?;
            let init = self.const_expr(&global.init_expr)?;
            self.info.globals.push(global.ty);
            self.info.global_inits.push(init);
        }
        Ok(())
    }

    fn exports(&mut self, section: wasmparser::ExportSectionReader<'_>) -> Read {
        use wasmparser::ExternalKind;
        for export in section {
            let export = export?;
            let entity = match export.kind {
                ExternalKind::Func | ExternalKind::FuncExact => {
                    let function = FuncIdx::from_u32(export.index);
                    self.info.escape(function);
                    Entity::Function(function)
                }
                ExternalKind::Table => Entity::Table(TableIdx::from_u32(export.index)),
                ExternalKind::Memory => Entity::Memory(MemIdx::from_u32(export.index)),
                ExternalKind::Global => Entity::Global(GlobalIdx::from_u32(export.index)),
                ExternalKind::Tag => Entity::Tag(TagIdx::from_u32(export.index)),
            };
            self.info.exports.push(Export { name: export.name.to_owned(), entity });
        }
        Ok(())
    }

    fn elements(&mut self, section: wasmparser::ElementSectionReader<'_>) -> Read {
        use wasmparser::{ElementItems as Items, ElementKind};
        for segment in section {
            let segment = segment?;
            let mode = match segment.kind {
                ElementKind::Passive => ElementMode::Passive,
                ElementKind::Declared => ElementMode::Declared,
                ElementKind::Active { table_index, offset_expr } => ElementMode::Active {
                    table: TableIdx::from_u32(table_index.unwrap_or(0)),
                    offset: self.const_expr(&offset_expr)?,
                },
            };
            let (ty, items) = match segment.items {
                Items::Functions(section) => {
                    let mut functions = Vec::with_capacity(section.count() as usize);
                    for function in section {
                        let function = FuncIdx::from_u32(function?);
                        self.info.escape(function);
                        functions.push(function);
                    }
                    (RefType::FUNCREF, ElementItems::Functions(functions))
                }
                Items::Expressions(ty, section) => {
                    let mut exprs = Vec::with_capacity(section.count() as usize);
                    for expr in section {
                        exprs.push(self.const_expr(&expr?)?);
                    }
                    (ty, ElementItems::Expressions(exprs))
                }
            };
            self.info.elements.push(ElementSegment { ty, mode, items });
        }
        Ok(())
    }

    fn data(&mut self, section: wasmparser::DataSectionReader<'_>) -> Read {
        use wasmparser::DataKind;
        for segment in section {
            let segment = segment?;
            let mode = match segment.kind {
                DataKind::Passive => DataMode::Passive,
                DataKind::Active { memory_index, offset_expr } => DataMode::Active {
                    memory: MemIdx::from_u32(memory_index),
                    offset: self.const_expr(&offset_expr)?,
                },
            };
            let start = segment.data.as_ptr() as usize - self.base;
            self.info.data.push(DataSegment { mode, bytes: start..start + segment.data.len() });
        }
        Ok(())
    }

    fn const_expr(&mut self, expr: &wasmparser::ConstExpr<'_>) -> Read<ConstExpr> {
        let own = TypeIdx::from_u32;
        let mut ops = Vec::new();
        for op in expr.get_operators_reader() {
            ops.push(match op? {
                Operator::I32Const { value } => ConstOp::I32(value),
                Operator::I64Const { value } => ConstOp::I64(value),
                Operator::F32Const { value } => ConstOp::F32(value.bits()),
                Operator::F64Const { value } => ConstOp::F64(value.bits()),
                Operator::V128Const { value } => ConstOp::V128(value.i128() as u128),
                Operator::GlobalGet { global_index } => {
                    ConstOp::GlobalGet(GlobalIdx::from_u32(global_index))
                }
                Operator::RefNull { hty } => {
                    ConstOp::RefNull(RefType::new(true, hty).unwrap_or(RefType::FUNCREF))
                }
                Operator::RefFunc { function_index } => {
                    ConstOp::RefFunc(FuncIdx::from_u32(function_index))
                }
                Operator::I32Add => ConstOp::I32Add,
                Operator::I32Sub => ConstOp::I32Sub,
                Operator::I32Mul => ConstOp::I32Mul,
                Operator::I64Add => ConstOp::I64Add,
                Operator::I64Sub => ConstOp::I64Sub,
                Operator::I64Mul => ConstOp::I64Mul,
                Operator::StructNew { struct_type_index: ty } => ConstOp::StructNew(own(ty)),
                Operator::StructNewDefault { struct_type_index: ty } => {
                    ConstOp::StructNewDefault(own(ty))
                }
                Operator::StructNewDesc { struct_type_index: ty } => {
                    ConstOp::StructNewDesc(own(ty))
                }
                Operator::StructNewDefaultDesc { struct_type_index: ty } => {
                    ConstOp::StructNewDefaultDesc(own(ty))
                }
                Operator::ArrayNew { array_type_index: ty } => ConstOp::ArrayNew(own(ty)),
                Operator::ArrayNewDefault { array_type_index: ty } => {
                    ConstOp::ArrayNewDefault(own(ty))
                }
                Operator::ArrayNewFixed { array_type_index: ty, array_size } => {
                    ConstOp::ArrayNewFixed(own(ty), array_size)
                }
                Operator::RefI31 => ConstOp::RefI31,
                Operator::AnyConvertExtern | Operator::ExternConvertAny => ConstOp::Convert,
                Operator::End => break,
                _ => {
                    self.unsupported = Some("an instruction in a constant expression");
                    break;
                }
            });
        }
        let expr = ConstExpr(ops);
        self.info.escape_in(&expr);
        Ok(expr)
    }
}

fn branch_hints(
    section: wasmparser::BranchHintSectionReader<'_>,
) -> Read<HashMap<u32, Vec<(u32, bool)>>> {
    let mut hints = HashMap::new();
    for function in section {
        let function = function?;
        let branches =
            function.hints.into_iter().map(|hint| hint.map(|h| (h.func_offset, h.taken)));
        hints.insert(function.func, branches.collect::<Read<Vec<_>>>()?);
    }
    Ok(hints)
}
