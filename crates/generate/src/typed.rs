//! Makes modules whose expressions are made from their types downwards.
//!
//! `wasm-smith` takes any instruction that the operands on the stack allow, so that instructions with many
//! operands are rare, and it makes function references only together with objects. Here an instruction is
//! chosen for its result and then gets its operands.

use crate::{FUEL, Purpose, Random};
use std::borrow::Cow;
use wasm_encoder::Instruction::{self, *};
use wasm_encoder::ValType::{self, F32, F64, I32, I64, V128};
use wasm_encoder::{
    BlockType, Catch, CodeSection, CompositeInnerType, CompositeType, ConstExpr, DataCountSection,
    DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection, FuncType,
    Function, FunctionSection, GlobalSection, GlobalType, HeapType, Ieee32, Ieee64, ImportSection,
    MemArg, MemArgTarget, MemorySection, MemoryType, Module, Ordering, RefType, SubType,
    TableSection, TableType, TagKind, TagSection, TagType, TypeSection,
};
use wasmparser::WasmFeatures;

mod control;
mod features;
mod memory;
mod ops;
mod statement;
mod value;

pub(crate) use features::BASE;
use features::Has;

const NAN32: Instruction<'static> = F32Const(Ieee32::new(0x7fc0_0000));
const NAN64: Instruction<'static> = F64Const(Ieee64::new(0x7ff8_0000_0000_0000));

/// A function type.
struct Type {
    params: Vec<ValType>,
    results: Vec<ValType>,
    supertype: Option<u32>,
    is_final: bool,
}

struct Global {
    ty: ValType,
    mutable: bool,
}

struct Memory {
    ty: MemoryType,
    bytes: u64,
}

struct Table {
    ty: TableType,
    /// The functions that are its first elements, if it is a table of functions.
    elements: Vec<u32>,
}

/// A module in the making.
struct Maker {
    random: Random,
    has: Has,
    types: Vec<Type>,
    /// The ends of the recursion groups of `types`. The types after the last group stand alone.
    groups: Vec<usize>,
    /// The type of each function. The first `imported` functions are imported.
    funcs: Vec<u32>,
    imported: u32,
    globals: Vec<Global>,
    memories: Vec<Memory>,
    tables: Vec<Table>,
    tags: Vec<u32>,
    /// The types of the passive element segments. `data` is the number of passive data segments.
    elems: Vec<RefType>,
    data: u32,
    fuel: u32,
}

/// Makes a module from random numbers.
pub(crate) fn module(random: Random, purpose: Purpose, features: WasmFeatures) -> Vec<u8> {
    let has = Has::new(features, purpose);
    let mut maker = Maker {
        random,
        has,
        types: Vec::new(),
        groups: Vec::new(),
        funcs: Vec::new(),
        imported: 0,
        globals: Vec::new(),
        memories: Vec::new(),
        tables: Vec::new(),
        tags: Vec::new(),
        elems: Vec::new(),
        data: 0,
        fuel: 0,
    };
    maker.make()
}

fn nullable(index: u32) -> ValType {
    ValType::Ref(RefType { nullable: true, heap_type: HeapType::Concrete(index) })
}

fn non_null(index: u32) -> ValType {
    ValType::Ref(RefType { nullable: false, heap_type: HeapType::Concrete(index) })
}

fn has_default(ty: &ValType) -> bool {
    !matches!(ty, ValType::Ref(RefType { nullable: false, .. }))
}

impl Maker {
    fn below(&mut self, bound: usize) -> usize {
        self.random.below(bound as u64) as usize
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.random.ratio(1, count)
    }

    /// Chooses a value type. If it is a reference to functions of a type, that type is one of the first
    /// `known` types.
    fn value_type(&mut self, known: usize) -> ValType {
        let ty = match self.below(16) {
            0..3 => I32,
            3..6 => I64,
            6 | 7 => F32,
            8 | 9 => F64,
            10 | 11 => V128,
            12 => ValType::Ref(RefType::FUNCREF),
            13 => ValType::Ref(RefType::EXTERNREF),
            14 if self.one_in(2) => ValType::Ref(RefType::EXNREF),
            _ if known == 0 => ValType::Ref(RefType::EXTERNREF),
            _ => {
                let index = self.below(known) as u32;
                if self.one_in(4) { non_null(index) } else { nullable(index) }
            }
        };
        self.has.instead(ty)
    }

    fn value_types(&mut self, most: usize, known: usize) -> Vec<ValType> {
        let count = self.below(most + 1);
        (0..count).map(|_| self.value_type(known)).collect()
    }

    fn make(&mut self) -> Vec<u8> {
        self.make_types();
        let count = self.types.len();
        self.imported = self.below(3) as u32;
        let total = self.imported as usize + 2 + self.below(8);
        for i in 0..total {
            let mut ty = self.below(count);
            let simple = |t: &Type| t.supertype.is_none() && t.is_final;
            if i < self.imported as usize {
                // The host can only make functions whose types stand alone and have no references to
                // functions.
                let plain = |t: &Type| {
                    let refs = t.params.iter().chain(&t.results);
                    simple(t) && refs.into_iter().all(|t| *t != ValType::Ref(RefType::EXNREF))
                };
                let alone = self.types.iter().position(|t| plain(t) && t.params.len() > 1);
                ty = alone.unwrap_or(0);
            }
            self.funcs.push(ty as u32);
        }
        for _ in 0..1 + self.below(3) {
            let params = self.value_types(3, 0);
            let index = self.type_of(params, Vec::new());
            self.tags.push(index);
        }
        if !self.has.exceptions {
            self.tags.clear();
        }
        for _ in 0..1 + self.below(3) {
            if self.has.multi_memory || self.memories.is_empty() {
                self.make_memory();
            }
        }
        for _ in 0..2 + self.below(4) {
            self.make_table();
        }
        let every = [I32, I64, F32, F64, V128, ValType::Ref(RefType::EXTERNREF)];
        for ty in every {
            let ty = self.has.instead(ty);
            self.globals.push(Global { ty, mutable: true });
        }
        for _ in 0..self.below(8) {
            let ty = self.value_type(count);
            let mutable = has_default(&ty) && !self.one_in(4);
            self.globals.push(Global { ty, mutable });
        }
        self.fuel = self.globals.len() as u32;
        for _ in 0..2 + self.below(3) {
            let table = self.below(self.tables.len());
            let ty = match self.tables[table].ty.element_type {
                RefType { heap_type: HeapType::Concrete(_), .. } => RefType::FUNCREF,
                ty => ty,
            };
            self.elems.push(ty);
        }
        self.data = 1 + self.below(3) as u32;
        self.encode()
    }

    fn make_types(&mut self) {
        // These are types with references for which hosts can make functions.
        let externref = ValType::Ref(RefType::EXTERNREF);
        for (params, results) in
            [(vec![externref, I32, F64], vec![externref, I64]), (vec![I32, externref], vec![])]
        {
            self.types.push(Type { params, results, supertype: None, is_final: true });
            self.groups.push(self.types.len());
        }
        for _ in 0..1 + self.below(4) {
            let mut size = if self.one_in(2) { 1 } else { 1 + self.below(3) };
            if !self.has.gc {
                size = 1;
            }
            let start = self.types.len();
            for _ in 0..size {
                let open: Vec<usize> =
                    (0..self.types.len()).filter(|i| !self.types[*i].is_final).collect();
                let is_final = self.one_in(2) || !self.has.gc;
                let ty = if !open.is_empty() && self.one_in(3) {
                    // A type with the same signature is a subtype.
                    let i = open[self.below(open.len())];
                    let Type { params, results, .. } = &self.types[i];
                    let (params, mut results) = (params.clone(), results.clone());
                    for ty in &mut results {
                        if let ValType::Ref(ty) = ty
                            && matches!(ty.heap_type, HeapType::Concrete(_))
                        {
                            ty.nullable = false;
                        }
                    }
                    Type { params, results, supertype: Some(i as u32), is_final }
                } else {
                    // Types of one group may refer to each other.
                    let known = if self.has.gc { start + size } else { start };
                    let params = self.value_types(4, known);
                    let results = self.value_types(3, known);
                    Type { params, results, supertype: None, is_final }
                };
                self.types.push(ty);
            }
            self.groups.push(self.types.len());
        }
    }

    /// The position of a type that stands alone; the type is made if there is none.
    fn type_of(&mut self, params: Vec<ValType>, results: Vec<ValType>) -> u32 {
        let grouped = self.groups.last().copied().unwrap_or(0);
        let same = |t: &Type| t.params == params && t.results == results;
        if let Some(i) = self.types[grouped..].iter().position(same) {
            return (grouped + i) as u32;
        }
        self.types.push(Type { params, results, supertype: None, is_final: true });
        self.types.len() as u32 - 1
    }

    fn make_memory(&mut self) {
        let small = self.one_in(4) && self.has.custom_page_sizes;
        let shared = !small && self.one_in(3) && self.has.threads;
        let (minimum, maximum) = match small {
            true => (4000 + self.below(3000) as u64, 20_000),
            false => (1 + self.below(2) as u64, 4),
        };
        let ty = MemoryType {
            minimum,
            maximum: Some(maximum),
            memory64: self.one_in(3) && self.has.memory64,
            shared,
            page_size_log2: small.then_some(0),
        };
        self.memories.push(Memory { ty, bytes: if small { minimum } else { minimum << 16 } });
    }

    fn make_table(&mut self) {
        let element_type = match self.below(6) {
            0..2 => RefType::FUNCREF,
            2 | 3 => RefType::EXTERNREF,
            4 => RefType::EXNREF,
            _ => {
                let func = self.below(self.funcs.len());
                let heap_type = HeapType::Concrete(self.funcs[func]);
                RefType { nullable: true, heap_type }
            }
        };
        let element_type = self.has.instead_of(element_type);
        let minimum = 4 + self.below(16) as u64;
        let elements = match element_type.heap_type {
            HeapType::Concrete(ty) => {
                (0..self.funcs.len() as u32).filter(|f| self.funcs[*f as usize] == ty).collect()
            }
            _ if element_type == RefType::FUNCREF => {
                (0..4).map(|_| self.below(self.funcs.len()) as u32).collect()
            }
            _ => Vec::new(),
        };
        let elements: Vec<u32> = elements.into_iter().take(4).collect();
        let table64 = self.one_in(3) && self.has.memory64;
        let ty = TableType { element_type, minimum, maximum: Some(40), table64, shared: false };
        self.tables.push(Table { ty, elements });
    }

    /// Whether the function type `sub` is a subtype of the function type `ty`.
    fn is_subtype(&self, mut sub: u32, ty: u32) -> bool {
        loop {
            if sub == ty {
                return true;
            }
            match self.types[sub as usize].supertype {
                Some(up) => sub = up,
                None => return false,
            }
        }
    }

    /// Chooses a function of this type or of a subtype, if there is one.
    fn function_of(&mut self, ty: u32) -> Option<u32> {
        let all = 0..self.funcs.len() as u32;
        let fit: Vec<u32> = all.filter(|f| self.is_subtype(self.funcs[*f as usize], ty)).collect();
        (!fit.is_empty()).then(|| fit[self.below(fit.len())])
    }

    fn encode(&mut self) -> Vec<u8> {
        let bodies: Vec<Function> =
            (self.imported..self.funcs.len() as u32).map(|f| Body::make(self, f)).collect();
        let mut module = Module::new();
        let mut types = TypeSection::new();
        let sub = |t: &Type| SubType {
            is_final: t.is_final,
            supertype_idxs: t.supertype.into_iter().collect(),
            composite_type: CompositeType {
                inner: CompositeInnerType::Func(FuncType::new(
                    t.params.iter().copied(),
                    t.results.iter().copied(),
                )),
                shared: false,
                descriptor: None,
                describes: None,
            },
        };
        let mut start = 0;
        for end in self.groups.iter().copied() {
            let members: Vec<SubType> = self.types[start..end].iter().map(sub).collect();
            match &members[..] {
                [one] => types.ty().subtype(one),
                _ => types.ty().rec(members),
            }
            start = end;
        }
        self.types[start..].iter().for_each(|t| types.ty().subtype(&sub(t)));
        module.section(&types);
        let mut imports = ImportSection::new();
        for f in 0..self.imported {
            imports.import("h", &format!("f{f}"), EntityType::Function(self.funcs[f as usize]));
        }
        module.section(&imports);
        let mut functions = FunctionSection::new();
        self.funcs[self.imported as usize..].iter().for_each(|t| {
            functions.function(*t);
        });
        module.section(&functions);
        let mut tables = TableSection::new();
        self.tables.iter().for_each(|t| {
            tables.table(t.ty);
        });
        module.section(&tables);
        let mut memories = MemorySection::new();
        self.memories.iter().for_each(|m| {
            memories.memory(m.ty);
        });
        module.section(&memories);
        let mut tags = TagSection::new();
        self.tags.iter().for_each(|t| {
            tags.tag(TagType { kind: TagKind::Exception, func_type_idx: *t });
        });
        if !tags.is_empty() {
            module.section(&tags);
        }
        self.encode_globals(&mut module);
        self.encode_exports(&mut module);
        self.encode_elements(&mut module);
        module.section(&DataCountSection { count: self.data + self.memories.len() as u32 });
        let mut code = CodeSection::new();
        bodies.iter().for_each(|b| {
            code.function(b);
        });
        module.section(&code);
        let mut data = DataSection::new();
        for _ in 0..self.data {
            data.passive(
                (0..self.below(64)).map(|_| self.random.number() as u8).collect::<Vec<_>>(),
            );
        }
        for (i, memory) in self.memories.iter().enumerate() {
            let bytes: Vec<u8> =
                (0..200).flat_map(|_| self.random.number().to_le_bytes()).collect();
            let offset =
                if memory.ty.memory64 { ConstExpr::i64_const(3) } else { ConstExpr::i32_const(3) };
            data.active(i as u32, &offset, bytes);
        }
        module.section(&data);
        module.finish()
    }

    fn encode_globals(&mut self, module: &mut Module) {
        let mut globals = GlobalSection::new();
        for i in 0..self.globals.len() {
            let Global { ty, mutable } = self.globals[i];
            let bits = self.random.number();
            let init = match ty {
                I32 if self.one_in(2) && self.has.extended_const => {
                    ConstExpr::i32_const(bits as i32).with_i32_const(77).with_i32_mul()
                }
                I32 => ConstExpr::i32_const(bits as i32),
                I64 if self.one_in(2) && self.has.extended_const => {
                    ConstExpr::i64_const(bits as i64).with_i64_const(-9).with_i64_sub()
                }
                I64 => ConstExpr::i64_const(bits as i64),
                F32 => ConstExpr::f32_const(Ieee32::new((bits as u16).into())),
                F64 => ConstExpr::f64_const(Ieee64::new(bits >> 12)),
                V128 => ConstExpr::v128_const(i128::from(bits) << 32),
                ValType::Ref(RefType { nullable, heap_type: HeapType::Concrete(t) }) => {
                    match self.function_of(t) {
                        Some(f) if !nullable || self.one_in(2) => ConstExpr::ref_func(f),
                        None if !nullable => {
                            // There is no such function, so the global becomes a number; any number will do.
                            self.globals[i] = Global { ty: I32, mutable };
                            ConstExpr::i32_const(1)
                        }
                        _ => ConstExpr::ref_null(HeapType::Concrete(t)),
                    }
                }
                ValType::Ref(t) => ConstExpr::ref_null(t.heap_type),
            };
            let Global { ty, mutable } = self.globals[i];
            globals.global(GlobalType { val_type: ty, mutable, shared: false }, &init);
        }
        let fuel = if self.one_in(8) { 3_000 } else { 300 };
        let ty = GlobalType { val_type: I32, mutable: true, shared: false };
        globals.global(ty, &ConstExpr::i32_const(fuel));
        module.section(&globals);
    }

    fn encode_exports(&mut self, module: &mut Module) {
        let mut exports = ExportSection::new();
        for f in 0..self.funcs.len() as u32 {
            exports.export(&format!("f{f}"), ExportKind::Func, f);
        }
        for i in 0..self.tables.len() as u32 {
            exports.export(&format!("t{i}"), ExportKind::Table, i);
        }
        for i in 0..self.memories.len() as u32 {
            exports.export(&format!("m{i}"), ExportKind::Memory, i);
        }
        for i in 0..self.globals.len() as u32 {
            exports.export(&format!("g{i}"), ExportKind::Global, i);
        }
        exports.export(FUEL, ExportKind::Global, self.fuel);
        module.section(&exports);
    }

    fn encode_elements(&mut self, module: &mut Module) {
        let mut elements = ElementSection::new();
        for i in 0..self.elems.len() {
            let ty = self.elems[i];
            let exprs: Vec<ConstExpr> = (0..self.below(8))
                .map(|_| match ty == RefType::FUNCREF {
                    true => ConstExpr::ref_func(self.below(self.funcs.len()) as u32),
                    false => ConstExpr::ref_null(ty.heap_type),
                })
                .collect();
            elements.passive(Elements::Expressions(ty, exprs.into()));
        }
        for (i, table) in self.tables.iter().enumerate() {
            if table.elements.is_empty() {
                continue;
            }
            let offset = match table.ty.table64 {
                true => ConstExpr::i64_const(0),
                false => ConstExpr::i32_const(0),
            };
            let exprs: Vec<ConstExpr> =
                table.elements.iter().map(|f| ConstExpr::ref_func(*f)).collect();
            let exprs = Elements::Expressions(table.ty.element_type, exprs.into());
            elements.active(Some(i as u32), &offset, exprs);
        }
        let all: Vec<u32> = (0..self.funcs.len() as u32).collect();
        elements.declared(Elements::Functions(all.into()));
        module.section(&elements);
    }
}

/// A function's body in the making.
struct Body<'a> {
    maker: &'a mut Maker,
    function: u32,
    locals: Vec<ValType>,
    results: Vec<ValType>,
    /// The types that branches to each label take; the innermost label is last.
    labels: Vec<Vec<ValType>>,
    out: Vec<Instruction<'static>>,
    /// How many instructions may still be made. After that, only constants are made.
    budget: i64,
    depth: u32,
    /// The first of the locals that are used to make NaNs canonical.
    scratch: u32,
}
