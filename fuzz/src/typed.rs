//! Modules whose expressions are made from their types downwards.
//!
//! `wasm-smith` takes whatever instruction the operands on the stack allow, so that those with
//! many operands are rare, and it makes function references only together with objects. Here an
//! instruction is chosen for its result and then gets its operands.

use crate::generate::{FUEL, Purpose, Random};
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

mod ops;

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
    /// Functions that its first elements are, where it is of functions.
    elements: Vec<u32>,
}

/// A module in the making.
struct Maker {
    random: Random,
    relaxed: bool,
    types: Vec<Type>,
    /// Ends of the recursion groups of `types`; what follows is alone.
    groups: Vec<usize>,
    /// Type of each function; the first are imported.
    funcs: Vec<u32>,
    imported: u32,
    globals: Vec<Global>,
    memories: Vec<Memory>,
    tables: Vec<Table>,
    tags: Vec<u32>,
    /// Passive segments: those of elements with their type.
    elems: Vec<RefType>,
    data: u32,
    fuel: u32,
}

/// The module of `seed`.
pub(crate) fn module(random: Random, purpose: Purpose) -> Vec<u8> {
    let relaxed = purpose == Purpose::Alone;
    let mut maker = Maker {
        random,
        relaxed,
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

    /// A type of values; those of functions are among the first `known` types.
    fn value_type(&mut self, known: usize) -> ValType {
        match self.below(16) {
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
        }
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
                // The host can only make types that stand alone, and no references to functions.
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
        for _ in 0..1 + self.below(3) {
            self.make_memory();
        }
        for _ in 0..2 + self.below(4) {
            self.make_table();
        }
        let every = [I32, I64, F32, F64, V128, ValType::Ref(RefType::EXTERNREF)];
        for ty in every {
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
        // One that hosts can make, with references.
        let externref = ValType::Ref(RefType::EXTERNREF);
        for (params, results) in
            [(vec![externref, I32, F64], vec![externref, I64]), (vec![I32, externref], vec![])]
        {
            self.types.push(Type { params, results, supertype: None, is_final: true });
            self.groups.push(self.types.len());
        }
        for _ in 0..1 + self.below(4) {
            let size = if self.one_in(2) { 1 } else { 1 + self.below(3) };
            let start = self.types.len();
            for _ in 0..size {
                let open: Vec<usize> =
                    (0..self.types.len()).filter(|i| !self.types[*i].is_final).collect();
                let is_final = self.one_in(2);
                let ty = if !open.is_empty() && self.one_in(3) {
                    // The same signature is a subtype.
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
                    let params = self.value_types(4, start + size);
                    let results = self.value_types(3, start + size);
                    Type { params, results, supertype: None, is_final }
                };
                self.types.push(ty);
            }
            self.groups.push(self.types.len());
        }
    }

    /// A type that stands alone, made where there is none.
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
        let small = self.one_in(4);
        let shared = !small && self.one_in(3);
        let (minimum, maximum) = match small {
            true => (4000 + self.below(3000) as u64, 20_000),
            false => (1 + self.below(2) as u64, 4),
        };
        let ty = MemoryType {
            minimum,
            maximum: Some(maximum),
            memory64: self.one_in(3),
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
        let table64 = self.one_in(3);
        let ty = TableType { element_type, minimum, maximum: Some(40), table64, shared: false };
        self.tables.push(Table { ty, elements });
    }

    /// Whether `sub` is a subtype of `ty`, both of functions.
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

    /// A function of this type or a subtype.
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
        module.section(&tags);
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
                I32 if self.one_in(2) => {
                    ConstExpr::i32_const(bits as i32).with_i32_const(77).with_i32_mul()
                }
                I32 => ConstExpr::i32_const(bits as i32),
                I64 if self.one_in(2) => {
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
                            // No such function: any number will do.
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
    /// Types that branches to labels take; the innermost is last.
    labels: Vec<Vec<ValType>>,
    out: Vec<Instruction<'static>>,
    /// Instructions that may still be made; then only constants are.
    budget: i64,
    depth: u32,
    /// Locals for canonical NaNs.
    scratch: u32,
}

impl Body<'_> {
    fn make(maker: &mut Maker, function: u32) -> Function {
        let ty = &maker.types[maker.funcs[function as usize] as usize];
        let (params, results) = (ty.params.clone(), ty.results.clone());
        let mut locals = params.clone();
        let scratch = locals.len() as u32;
        locals.extend([F32, F64, V128]);
        for _ in 0..maker.below(10) {
            let ty = maker.value_type(maker.groups.last().copied().unwrap_or(0));
            if has_default(&ty) {
                locals.push(ty);
            }
        }
        let budget = [30, 100, 300, 800][maker.below(4)];
        let mut body = Body {
            maker,
            function,
            locals,
            results: results.clone(),
            labels: vec![results.clone()],
            out: Vec::new(),
            budget,
            depth: 0,
            scratch,
        };
        body.fuel();
        while body.budget > 0 && !body.one_in(12) {
            body.statement();
        }
        results.iter().for_each(|ty| body.value(*ty));
        body.out.push(End);
        let mut made = Function::new_with_locals_types(body.locals[params.len()..].iter().copied());
        body.out.iter().for_each(|i| {
            made.instruction(i);
        });
        made
    }

    fn below(&mut self, bound: usize) -> usize {
        self.maker.below(bound)
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.maker.one_in(count)
    }

    fn push(&mut self, instruction: Instruction<'static>) {
        self.budget -= 1;
        self.out.push(instruction);
    }

    /// Uses up fuel; without any it returns.
    fn fuel(&mut self) {
        let fuel = self.maker.fuel;
        self.out.extend([GlobalGet(fuel), I32Eqz, If(BlockType::Empty)]);
        if self.results.iter().all(has_default) {
            for ty in self.results.clone() {
                self.default_value(ty);
            }
            self.out.push(Return);
        } else {
            self.out.push(Unreachable);
        }
        self.out.extend([End, GlobalGet(fuel), I32Const(1), I32Sub, GlobalSet(fuel)]);
    }

    fn default_value(&mut self, ty: ValType) {
        self.out.push(match ty {
            I32 => I32Const(0),
            I64 => I64Const(0),
            F32 => F32Const(Ieee32::new(0)),
            F64 => F64Const(Ieee64::new(0)),
            V128 => V128Const(0),
            ValType::Ref(ty) => RefNull(ty.heap_type),
        });
    }

    fn constant(&mut self, ty: ValType) {
        let bits = self.maker.random.number();
        let edges = [0, 1, -1, 2, 7, 31, 63, 255, 65_535, i64::MIN, i64::MAX, 1 << 31, 0x7fff_ffff];
        let edge = edges[self.below(edges.len())];
        let number = if self.one_in(3) { bits as i64 } else { edge };
        let floats = [0.0, -0.0, 1.0, -1.0, 0.5, 2.5, 1e10, -3e9, 1e300, f64::INFINITY, 5e-324];
        let float = floats[self.below(floats.len())];
        let (rarely, often) = (self.one_in(8), !self.one_in(3));
        let some = self.below(self.maker.funcs.len()) as u32;
        let constant = match ty {
            I32 => I32Const(number as i32),
            I64 => I64Const(number),
            F32 if rarely => NAN32,
            F64 if rarely => NAN64,
            F32 => F32Const((float as f32).into()),
            F64 => F64Const(float.into()),
            V128 => V128Const(i128::from(number) << 64 | i128::from(bits)),
            ValType::Ref(RefType { nullable, heap_type: HeapType::Concrete(t) }) => {
                match self.maker.function_of(t) {
                    Some(f) if !nullable || often => RefFunc(f),
                    _ if nullable => RefNull(HeapType::Concrete(t)),
                    // There is none: this traps.
                    _ => {
                        self.push(RefNull(HeapType::Concrete(t)));
                        RefAsNonNull
                    }
                }
            }
            ValType::Ref(RefType::FUNCREF) if often => RefFunc(some),
            ValType::Ref(t) => RefNull(t.heap_type),
        };
        self.push(constant);
    }

    fn value(&mut self, ty: ValType) {
        if self.budget <= 0 || self.depth > 8 {
            return self.leaf(ty);
        }
        self.depth += 1;
        match self.below(20) {
            0..4 => self.leaf(ty),
            4..12 => self.operation(ty),
            12 => self.call(Some(ty)),
            13 => self.block(ty),
            14 => self.conditional(ty),
            15 => self.choose(ty),
            16 => self.try_table(ty),
            17 => self.indirect(Some(ty)),
            18 => self.table_element(ty),
            _ => self.tee(ty),
        }
        self.depth -= 1;
    }

    fn leaf(&mut self, ty: ValType) {
        let locals: Vec<u32> = (0..self.locals.len() as u32)
            .filter(|i| self.locals[*i as usize] == ty && !self.is_scratch(*i))
            .collect();
        if !locals.is_empty() && !self.one_in(3) {
            let local = locals[self.below(locals.len())];
            return self.push(LocalGet(local));
        }
        let globals = &self.maker.globals;
        let globals: Vec<u32> =
            (0..globals.len() as u32).filter(|i| globals[*i as usize].ty == ty).collect();
        // A global of a type without values becomes a number: none is read whose type has no null.
        if !globals.is_empty() && has_default(&ty) && self.one_in(2) {
            let global = globals[self.below(globals.len())];
            return self.push(GlobalGet(global));
        }
        self.constant(ty);
    }

    fn is_scratch(&self, local: u32) -> bool {
        (self.scratch..self.scratch + 3).contains(&local)
    }

    fn operation(&mut self, ty: ValType) {
        if matches!(ty, ValType::Ref(_)) {
            return self.reference(ty);
        }
        match self.below(8) {
            0 | 1 => return self.load(ty),
            2 if ty == I32 || ty == I64 => return self.number_of(ty),
            3 if ty == I32 || ty == I64 => return self.atomic(ty),
            4 if ty == V128 => return self.lanes(),
            5 if ty == I64 => return self.wide(),
            _ => {}
        }
        let relaxed = self.maker.relaxed;
        let rows: Vec<&ops::Row> =
            ops::ROWS.iter().filter(|r| r.result == ty && (relaxed || !r.relaxed)).collect();
        let total: usize = rows.iter().map(|r| r.ops.len()).sum();
        let mut pick = self.below(total);
        for row in rows {
            if pick >= row.ops.len() {
                pick -= row.ops.len();
                continue;
            }
            row.operands.iter().for_each(|ty| self.value(*ty));
            let op = row.ops[pick].clone();
            // Most divisions are not by zero.
            if matches!(op, I32DivS | I32DivU | I32RemS | I32RemU) && !self.one_in(8) {
                self.out.extend([I32Const(1), I32Or]);
            }
            if matches!(op, I64DivS | I64DivU | I64RemS | I64RemU) && !self.one_in(8) {
                self.out.extend([I64Const(1), I64Or]);
            }
            self.push(op);
            self.canonical(row.floats);
            return;
        }
    }

    /// Makes NaNs on top of the stack canonical.
    fn canonical(&mut self, floats: ops::Floats) {
        let (s, v) = (self.scratch, self.scratch + 2);
        match floats {
            ops::Floats::None => {}
            ops::Floats::F32 => {
                self.out.extend([LocalSet(s), LocalGet(s), NAN32]);
                self.out.extend([LocalGet(s), LocalGet(s), F32Eq, Select]);
            }
            ops::Floats::F64 => {
                let s = s + 1;
                self.out.extend([LocalSet(s), LocalGet(s), NAN64]);
                self.out.extend([LocalGet(s), LocalGet(s), F64Eq, Select]);
            }
            ops::Floats::F32x4 => {
                self.out.extend([LocalSet(v), LocalGet(v), NAN32, F32x4Splat]);
                self.out.extend([LocalGet(v), LocalGet(v), F32x4Eq, V128Bitselect]);
            }
            ops::Floats::F64x2 => {
                self.out.extend([LocalSet(v), LocalGet(v), NAN64, F64x2Splat]);
                self.out.extend([LocalGet(v), LocalGet(v), F64x2Eq, V128Bitselect]);
            }
        }
    }

    /// Lanes into and out of vectors.
    fn lanes(&mut self) {
        let lane = self.below(16) as u8;
        match self.below(8) {
            0 => {
                self.value(V128);
                self.value(V128);
                let lanes = std::array::from_fn(|_| self.below(32) as u8);
                self.push(I8x16Shuffle(lanes));
            }
            1..4 => {
                self.value(V128);
                let (ty, op) = match self.below(6) {
                    0 => (I32, I8x16ReplaceLane(lane)),
                    1 => (I32, I16x8ReplaceLane(lane % 8)),
                    2 => (I32, I32x4ReplaceLane(lane % 4)),
                    3 => (I64, I64x2ReplaceLane(lane % 2)),
                    4 => (F32, F32x4ReplaceLane(lane % 4)),
                    _ => (F64, F64x2ReplaceLane(lane % 2)),
                };
                self.value(ty);
                self.push(op);
            }
            _ => {
                let log2 = self.below(4) as u32;
                let arg = self.address(log2, false);
                self.value(V128);
                let lane = lane % (16 >> log2);
                self.push(match log2 {
                    0 => V128Load8Lane { memarg: arg, lane },
                    1 => V128Load16Lane { memarg: arg, lane },
                    2 => V128Load32Lane { memarg: arg, lane },
                    _ => V128Load64Lane { memarg: arg, lane },
                });
            }
        }
    }

    fn wide(&mut self) {
        let local = self.local_of(I64);
        let add = self.one_in(2);
        for _ in 0..if add { 4 } else { 2 } {
            self.value(I64);
        }
        let first = self.one_in(2);
        self.push(match (add, first) {
            (true, true) => I64Add128,
            (true, false) => I64Sub128,
            (false, true) => I64MulWideS,
            (false, false) => I64MulWideU,
        });
        match local {
            Some(local) => self.out.extend([LocalSet(local), LocalGet(local), I64Xor]),
            None => self.out.push(I64Xor),
        }
    }

    fn local_of(&mut self, ty: ValType) -> Option<u32> {
        let all = 0..self.locals.len() as u32;
        let fit: Vec<u32> =
            all.filter(|i| self.locals[*i as usize] == ty && !self.is_scratch(*i)).collect();
        (!fit.is_empty()).then(|| fit[self.below(fit.len())])
    }

    /// Numbers that other things give.
    fn number_of(&mut self, ty: ValType) {
        let is_64 = ty == I64;
        let memory = self.below(self.maker.memories.len());
        let table = self.below(self.maker.tables.len());
        let lane = self.below(16) as u8;
        let (memory64, table64) =
            (self.maker.memories[memory].ty.memory64, self.maker.tables[table].ty.table64);
        match self.below(6) {
            0 if memory64 == is_64 => {
                self.push(if is_64 { I64Const(1) } else { I32Const(1) });
                self.push(MemoryGrow(memory as u32));
            }
            0 | 1 if memory64 == is_64 => self.push(MemorySize(memory as u32)),
            2 if table64 == is_64 => {
                let element = self.maker.tables[table].ty.element_type;
                self.value(ValType::Ref(element));
                let count = self.below(3) as i32;
                self.push(if is_64 { I64Const(count.into()) } else { I32Const(count) });
                self.push(TableGrow(table as u32));
            }
            3 if table64 == is_64 => self.push(TableSize(table as u32)),
            4 if !is_64 => {
                let known = self.maker.groups.last().copied().unwrap_or(0);
                let ty = match self.below(4) {
                    0 => ValType::Ref(RefType::EXTERNREF),
                    1 => ValType::Ref(RefType::FUNCREF),
                    2 => ValType::Ref(RefType::EXNREF),
                    _ => nullable(self.below(known) as u32),
                };
                self.value(ty);
                self.push(RefIsNull);
            }
            _ => {
                self.value(V128);
                let op = match (is_64, self.below(5)) {
                    (true, _) => I64x2ExtractLane(lane % 2),
                    (false, 0) => I8x16ExtractLaneS(lane),
                    (false, 1) => I8x16ExtractLaneU(lane),
                    (false, 2) => I16x8ExtractLaneS(lane % 8),
                    (false, 3) => I16x8ExtractLaneU(lane % 8),
                    (false, _) => I32x4ExtractLane(lane % 4),
                };
                self.push(op);
            }
        }
    }

    fn reference(&mut self, ty: ValType) {
        let ValType::Ref(r) = ty else { return self.constant(ty) };
        let null = ValType::Ref(RefType { nullable: true, ..r });
        let known = matches!(r.heap_type, HeapType::Concrete(_));
        match self.below(4) {
            // Over a null check that may trap.
            0 if !r.nullable && known => {
                self.value(null);
                self.push(RefAsNonNull);
            }
            // Over a null check that branches.
            1 if known => {
                let some = ValType::Ref(RefType { nullable: false, ..r });
                self.enter(Block(BlockType::Result(some)), vec![some]);
                self.value(null);
                self.push(BrOnNonNull(0));
                self.value(some);
                self.leave();
            }
            _ if r == RefType::FUNCREF => {
                let index = self.below(self.maker.groups.last().copied().unwrap_or(0)) as u32;
                self.value(nullable(index));
            }
            _ => self.leaf(ty),
        }
    }

    fn enter(&mut self, block: Instruction<'static>, label: Vec<ValType>) {
        self.labels.push(label);
        self.push(block);
    }

    fn leave(&mut self) {
        self.labels.pop();
        self.push(End);
    }

    /// An index into something of `size`, mostly in bounds.
    fn index(&mut self, is_64: bool, size: u64, align: u64) {
        let ty = if is_64 { I64 } else { I32 };
        match self.below(12) {
            0 => {
                let near = (size.saturating_sub(self.below(20) as u64)) & !(align - 1);
                self.push(if is_64 { I64Const(near as i64) } else { I32Const(near as i32) });
            }
            1 if self.one_in(3) => self.value(ty),
            _ => {
                self.value(ty);
                let mask = ((size / 2).next_power_of_two() / 2).saturating_sub(1) & !(align - 1);
                if is_64 {
                    self.out.extend([I64Const(mask as i64), I64And]);
                } else {
                    self.out.extend([I32Const(mask as i32), I32And]);
                }
            }
        }
    }

    /// The address of an access of `1 << log2` bytes.
    fn address(&mut self, log2: u32, atomic: bool) -> MemArg {
        let memory = self.below(self.maker.memories.len());
        let Memory { ty, bytes } = &self.maker.memories[memory];
        let (is_64, bytes) = (ty.memory64, *bytes);
        let aligned = atomic && !self.one_in(16);
        self.index(is_64, bytes, if aligned { 1 << log2 } else { 1 });
        let offset = match self.below(24) {
            0 => 0xffff_fff0,
            1 if is_64 => 1 << 40,
            2 if is_64 => u64::MAX - 15,
            3 => bytes - 8,
            4..12 => self.below(512) as u64 & !15,
            _ => 0,
        };
        let align = if atomic { log2 } else { self.below(log2 as usize + 1) as u32 };
        MemArg { offset, align, target: MemArgTarget::Memory(memory as u32), ordering: None }
    }

    fn load(&mut self, ty: ValType) {
        let loads: Vec<_> = ops::LOADS.iter().filter(|l| l.0 == ty).collect();
        let (_, op, log2, atomic) = loads[self.below(loads.len())];
        let arg = self.address(*log2, *atomic);
        self.push(op(arg));
        // What is read as a float may be any NaN: these are kept as they are by all engines.
    }

    fn atomic(&mut self, ty: ValType) {
        let rmws: Vec<_> = ops::RMWS.iter().filter(|l| l.0 == ty).collect();
        match self.below(8) {
            0 if ty == I32 => {
                let arg = self.address(2, true);
                self.value(I32);
                self.push(MemoryAtomicNotify(arg));
            }
            1 if ty == I32 => {
                let wide = self.one_in(2);
                let arg = self.address(if wide { 3 } else { 2 }, true);
                self.value(if wide { I64 } else { I32 });
                self.push(I64Const(100));
                self.push(if wide { MemoryAtomicWait64(arg) } else { MemoryAtomicWait32(arg) });
            }
            2 | 3 => {
                let all: Vec<_> = ops::CMPXCHGS.iter().filter(|l| l.0 == ty).collect();
                let (_, op, log2) = all[self.below(all.len())];
                let arg = self.address(*log2, true);
                self.value(ty);
                self.value(ty);
                self.push(op(arg));
            }
            _ => {
                let (_, op, log2) = rmws[self.below(rmws.len())];
                let arg = self.address(*log2, true);
                self.value(ty);
                self.push(op(arg));
            }
        }
    }

    /// A function to call with such a result: mostly one that comes later.
    fn callee(&mut self, results: &[ValType]) -> Option<u32> {
        let maker = &self.maker;
        let fits = |f: &u32| maker.types[maker.funcs[*f as usize] as usize].results == results;
        let all: Vec<u32> = (0..maker.funcs.len() as u32).filter(fits).collect();
        let later: Vec<u32> = all.iter().copied().filter(|f| *f > self.function).collect();
        let from = if later.is_empty() || self.one_in(4) { all } else { later };
        (!from.is_empty()).then(|| from[self.below(from.len())])
    }

    fn arguments(&mut self, ty: u32) {
        for ty in self.maker.types[ty as usize].params.clone() {
            self.value(ty);
        }
    }

    fn call(&mut self, ty: Option<ValType>) {
        let results: Vec<ValType> = ty.into_iter().collect();
        match self.callee(&results) {
            Some(f) => {
                self.arguments(self.maker.funcs[f as usize]);
                self.push(Call(f));
            }
            None => results.into_iter().for_each(|ty| self.leaf(ty)),
        }
    }

    /// A call through a table or a reference.
    fn indirect(&mut self, ty: Option<ValType>) {
        let results: Vec<ValType> = ty.into_iter().collect();
        let Some(f) = self.callee(&results) else {
            return results.into_iter().for_each(|ty| self.leaf(ty));
        };
        let ty = self.maker.funcs[f as usize];
        self.arguments(ty);
        self.callee_operand(f, ty, false);
    }

    /// The callee on top of arguments of `ty`, and the call.
    fn callee_operand(&mut self, f: u32, ty: u32, tail: bool) {
        let found = self.maker.tables.iter().enumerate().find_map(|(i, t)| {
            t.elements.iter().position(|e| *e == f).map(|at| (i as u32, at, t.ty.table64))
        });
        match found {
            Some((table_index, at, is_64)) if self.one_in(2) => {
                if self.one_in(16) {
                    self.value(if is_64 { I64 } else { I32 });
                } else {
                    self.push(if is_64 { I64Const(at as i64) } else { I32Const(at as i32) });
                }
                self.push(match tail {
                    true => ReturnCallIndirect { type_index: ty, table_index },
                    false => CallIndirect { type_index: ty, table_index },
                });
            }
            _ => {
                if self.one_in(4) {
                    self.value(nullable(ty));
                } else {
                    self.push(RefFunc(f));
                }
                self.push(if tail { ReturnCallRef(ty) } else { CallRef(ty) });
            }
        }
    }

    fn block_type(&mut self, results: Vec<ValType>) -> BlockType {
        match &results[..] {
            [] => BlockType::Empty,
            [one] => BlockType::Result(*one),
            _ => BlockType::FunctionType(self.maker.type_of(Vec::new(), results)),
        }
    }

    fn block(&mut self, ty: ValType) {
        match self.below(3) {
            0 => {
                // Two results, of which one is used.
                let other = [I32, I64, F64, V128][self.below(4)];
                let block = self.block_type(vec![ty, other]);
                self.enter(Block(block), vec![ty, other]);
                self.statements();
                self.value(ty);
                self.value(other);
                self.branch_with(&[ty, other]);
                self.leave();
                self.push(Drop);
            }
            1 => {
                // A loop with a parameter.
                let index = self.maker.type_of(vec![I32], vec![ty]);
                self.value(I32);
                self.enter(Loop(BlockType::FunctionType(index)), vec![I32]);
                self.fuel();
                self.value(I32);
                self.push(I32Add);
                let small = self.below(1000) as i32;
                match self.local_of(I32) {
                    Some(local) => {
                        self.push(LocalTee(local));
                        self.out.extend([LocalGet(local), I32Const(small), I32LtU, BrIf(0)]);
                        self.push(Drop);
                    }
                    None => self.push(Drop),
                }
                self.statements();
                self.value(ty);
                self.leave();
            }
            _ => {
                self.enter(Block(BlockType::Result(ty)), vec![ty]);
                self.statements();
                self.value(ty);
                self.branch_with(&[ty]);
                self.leave();
            }
        }
    }

    /// A branch, taken or not, with what is on the stack.
    fn branch_with(&mut self, types: &[ValType]) {
        let count = self.labels.len();
        let fit: Vec<u32> =
            (0..count).filter(|i| self.labels[count - 1 - i] == types).map(|i| i as u32).collect();
        if fit.is_empty() {
            return;
        }
        let target = fit[self.below(fit.len())];
        if self.one_in(3) {
            let targets: Vec<u32> =
                (0..self.below(5)).map(|_| fit[self.below(fit.len())]).collect();
            self.value(I32);
            self.push(BrTable(Cow::Owned(targets), target));
            types.iter().for_each(|ty| self.value(*ty));
        } else {
            self.value(I32);
            self.push(BrIf(target));
        }
    }

    fn conditional(&mut self, ty: ValType) {
        self.value(I32);
        self.enter(If(BlockType::Result(ty)), vec![ty]);
        self.statements();
        self.value(ty);
        self.push(Else);
        self.statements();
        self.value(ty);
        self.leave();
    }

    fn choose(&mut self, ty: ValType) {
        self.value(ty);
        self.value(ty);
        self.value(I32);
        let typed = matches!(ty, ValType::Ref(_)) || self.one_in(4);
        self.push(if typed { TypedSelect(ty) } else { Select });
    }

    fn tee(&mut self, ty: ValType) {
        self.value(ty);
        if let Some(local) = self.local_of(ty) {
            self.push(LocalTee(local));
        }
    }

    fn table_element(&mut self, ty: ValType) {
        let ValType::Ref(r) = ty else { return self.operation(ty) };
        let tables = &self.maker.tables;
        let fit: Vec<usize> =
            (0..tables.len()).filter(|i| tables[*i].ty.element_type == r).collect();
        if fit.is_empty() {
            return self.reference(ty);
        }
        let table = fit[self.below(fit.len())];
        self.table_index(table);
        self.push(TableGet(table as u32));
    }

    fn table_index(&mut self, table: usize) {
        let TableType { table64, minimum, .. } = self.maker.tables[table].ty;
        self.index(table64, minimum, 1);
    }

    /// A value out of a block whose exceptions are caught.
    fn try_table(&mut self, ty: ValType) {
        let exn = ValType::Ref(RefType::EXNREF);
        let tag = self.below(self.maker.tags.len()) as u32;
        let (with_ref, all) = (self.one_in(2), self.one_in(4));
        let mut caught = match all {
            true => Vec::new(),
            false => self.maker.types[self.maker.tags[tag as usize] as usize].params.clone(),
        };
        caught.extend(with_ref.then_some(exn));
        let catch = match (all, with_ref) {
            (true, true) => Catch::AllRef { label: 0 },
            (true, false) => Catch::All { label: 0 },
            (false, true) => Catch::OneRef { tag, label: 0 },
            (false, false) => Catch::One { tag, label: 0 },
        };
        self.enter(Block(BlockType::Result(ty)), vec![ty]);
        let handler = self.block_type(caught.clone());
        self.enter(Block(handler), caught.clone());
        let mut catches = vec![catch.clone()];
        let empty = self.labels.iter().rev().position(Vec::is_empty);
        if let Some(label) = empty
            && self.one_in(3)
        {
            catches.push(Catch::All { label: label as u32 });
        }
        self.enter(TryTable(BlockType::Result(ty), Cow::Owned(catches)), vec![ty]);
        self.statements();
        if !self.one_in(3) {
            self.throw(tag);
        }
        self.value(ty);
        self.leave();
        self.push(Br(1));
        self.leave();
        // What was caught is on the stack.
        for ty in caught.into_iter().rev() {
            match self.local_of(ty) {
                Some(local) => self.push(LocalSet(local)),
                None if ty == exn && self.one_in(4) => {
                    // Whatever the rest would have been is dead code.
                    self.push(ThrowRef);
                }
                None => self.push(Drop),
            }
        }
        if with_ref
            && let Some(local) = self.local_of(exn)
            && self.one_in(3)
        {
            self.value(I32);
            self.enter(If(BlockType::Empty), Vec::new());
            self.out.extend([LocalGet(local), ThrowRef]);
            self.leave();
        }
        self.value(ty);
        self.leave();
    }

    fn throw(&mut self, tag: u32) {
        let always = self.one_in(3);
        if !always {
            self.value(I32);
            self.enter(If(BlockType::Empty), Vec::new());
        }
        self.arguments(self.maker.tags[tag as usize]);
        self.push(Throw(tag));
        if !always {
            self.leave();
        }
    }

    fn statements(&mut self) {
        while self.budget > 0 && self.depth < 8 && self.one_in(2) {
            self.statement();
        }
    }

    fn statement(&mut self) {
        self.depth += 1;
        match self.below(22) {
            0 | 1 => self.set_global(),
            2 | 3 => {
                let local = self.below(self.locals.len()) as u32;
                if !self.is_scratch(local) {
                    self.value(self.locals[local as usize]);
                    self.push(LocalSet(local));
                }
            }
            4..8 => self.store(),
            8 | 9 => self.table_statement(),
            10 | 11 => self.memory_statement(),
            12 => {
                let known = self.maker.groups.last().copied().unwrap_or(0);
                let ty = self.maker.value_type(known);
                self.value(ty);
                self.push(Drop);
            }
            13 => self.call(None),
            14 => self.indirect(None),
            15 => {
                self.value(I32);
                self.enter(If(BlockType::Empty), Vec::new());
                self.statements();
                if self.one_in(2) {
                    self.push(Else);
                    self.statements();
                }
                self.leave();
            }
            16 => {
                let tag = self.below(self.maker.tags.len()) as u32;
                if self.one_in(4) {
                    self.value(I32);
                    self.enter(If(BlockType::Empty), Vec::new());
                    self.throw(tag);
                    self.leave();
                }
            }
            17 => self.end_early(),
            18 => {
                self.enter(Block(BlockType::Empty), Vec::new());
                self.statements();
                self.branch_with(&[]);
                self.leave();
            }
            19 => {
                // A null check that branches.
                let known = self.maker.groups.last().copied().unwrap_or(0);
                let index = self.below(known) as u32;
                self.enter(Block(BlockType::Empty), Vec::new());
                self.value(nullable(index));
                self.push(BrOnNull(0));
                match self.local_of(nullable(index)) {
                    Some(local) => self.push(LocalSet(local)),
                    None => self.push(Drop),
                }
                self.leave();
            }
            20 => self.call_many(),
            _ => self.push(AtomicFence(Ordering::SeqCst)),
        }
        self.depth -= 1;
    }

    /// A call with any number of results.
    fn call_many(&mut self) {
        let f = self.below(self.maker.funcs.len()) as u32;
        if f <= self.function && !self.one_in(6) {
            return;
        }
        let ty = self.maker.funcs[f as usize];
        self.arguments(ty);
        if self.one_in(2) {
            self.push(Call(f));
        } else {
            self.callee_operand(f, ty, false);
        }
        for ty in self.maker.types[ty as usize].results.clone().into_iter().rev() {
            match self.local_of(ty) {
                Some(local) => self.push(LocalSet(local)),
                None => self.push(Drop),
            }
        }
    }

    /// Leaves the function, perhaps.
    fn end_early(&mut self) {
        self.value(I32);
        self.enter(If(BlockType::Empty), Vec::new());
        match self.below(6) {
            0 => {
                for ty in self.results.clone() {
                    self.value(ty);
                }
                self.push(Return);
            }
            1 if self.one_in(4) => self.push(Unreachable),
            1 => {}
            _ => {
                let results = self.results.clone();
                if let Some(f) = self.callee(&results) {
                    let ty = self.maker.funcs[f as usize];
                    self.arguments(ty);
                    if self.one_in(2) {
                        self.push(ReturnCall(f));
                    } else {
                        self.callee_operand(f, ty, true);
                    }
                }
            }
        }
        // Perhaps dead code.
        if self.one_in(4) {
            self.statements();
        }
        self.leave();
    }

    fn set_global(&mut self) {
        let global = self.below(self.maker.globals.len());
        let Global { ty, mutable } = self.maker.globals[global];
        if mutable {
            self.value(ty);
            self.push(GlobalSet(global as u32));
        }
    }

    fn store(&mut self) {
        if self.one_in(10) {
            let (log2, lane) = (self.below(4) as u32, self.below(16) as u8);
            let memarg = self.address(log2, false);
            let lane = lane % (16 >> log2);
            self.value(V128);
            return self.push(match log2 {
                0 => V128Store8Lane { memarg, lane },
                1 => V128Store16Lane { memarg, lane },
                2 => V128Store32Lane { memarg, lane },
                _ => V128Store64Lane { memarg, lane },
            });
        }
        let (ty, op, log2, atomic) = &ops::STORES[self.below(ops::STORES.len())];
        let arg = self.address(*log2, *atomic);
        self.value(*ty);
        self.push(op(arg));
    }

    fn memory_index(&mut self, memory: usize) {
        let Memory { ty, bytes } = &self.maker.memories[memory];
        let (is_64, bytes) = (ty.memory64, *bytes);
        self.index(is_64, bytes, 1);
    }

    fn length(&mut self, is_64: bool, most: i32) {
        let ty = if is_64 { I64 } else { I32 };
        self.value(ty);
        if self.one_in(24) {
            return;
        }
        match is_64 {
            true => self.out.extend([I64Const(most.into()), I64And]),
            false => self.out.extend([I32Const(most), I32And]),
        }
    }

    fn memory_statement(&mut self) {
        let (a, b) = (self.below(self.maker.memories.len()), self.below(self.maker.memories.len()));
        let is_64 = |body: &Self, i: usize| body.maker.memories[i].ty.memory64;
        match self.below(4) {
            0 => {
                self.memory_index(a);
                self.value(I32);
                self.length(is_64(self, a), 255);
                self.push(MemoryFill(a as u32));
            }
            1 => {
                self.memory_index(a);
                self.memory_index(b);
                self.length(is_64(self, a) && is_64(self, b), 255);
                self.push(MemoryCopy { src_mem: b as u32, dst_mem: a as u32 });
            }
            2 => {
                let data_index = self.below(self.maker.data as usize) as u32;
                self.memory_index(a);
                self.length(false, 15);
                self.length(false, 15);
                self.push(MemoryInit { mem: a as u32, data_index });
            }
            _ if self.one_in(8) => {
                let data = self.below(self.maker.data as usize) as u32;
                self.push(DataDrop(data));
            }
            _ => {}
        }
    }

    fn table_statement(&mut self) {
        let a = self.below(self.maker.tables.len());
        let TableType { element_type, table64, .. } = self.maker.tables[a].ty;
        match self.below(8) {
            0..3 => {
                self.table_index(a);
                self.value(ValType::Ref(element_type));
                self.push(TableSet(a as u32));
            }
            3 => {
                self.table_index(a);
                self.value(ValType::Ref(element_type));
                self.length(table64, 3);
                self.push(TableFill(a as u32));
            }
            4 | 5 => {
                let tables = &self.maker.tables;
                let fit: Vec<usize> = (0..tables.len())
                    .filter(|i| tables[*i].ty.element_type == element_type)
                    .collect();
                let b = fit[self.below(fit.len())];
                self.table_index(a);
                self.table_index(b);
                self.length(table64 && self.maker.tables[b].ty.table64, 3);
                self.push(TableCopy { src_table: b as u32, dst_table: a as u32 });
            }
            6 => {
                let elems = &self.maker.elems;
                let fit: Vec<usize> =
                    (0..elems.len()).filter(|i| elems[*i] == element_type).collect();
                if fit.is_empty() {
                    return;
                }
                let elem_index = fit[self.below(fit.len())] as u32;
                self.table_index(a);
                self.length(false, 3);
                self.length(false, 3);
                self.push(TableInit { elem_index, table: a as u32 });
            }
            _ if self.one_in(8) => {
                let elem = self.below(self.maker.elems.len()) as u32;
                self.push(ElemDrop(elem));
            }
            _ => {}
        }
    }
}
