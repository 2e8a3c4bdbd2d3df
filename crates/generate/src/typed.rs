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
    ArrayType, BlockType, Catch, CodeSection, CompositeInnerType, CompositeType, ConstExpr,
    DataCountSection, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection,
    FieldType, FuncType, Function, FunctionSection, GlobalSection, GlobalType, HeapType, Ieee32,
    Ieee64, ImportSection, MemArg, MemArgTarget, MemorySection, MemoryType, Module, Ordering,
    RefType, StorageType, StructType, SubType, TableSection, TableType, TagKind, TagSection,
    TagType, TypeSection,
};
use wasmparser::WasmFeatures;

mod control;
mod encode;
mod features;
mod memory;
mod number;
mod object_statement;
mod object_types;
mod object_value;
mod ops;
mod statement;
mod types;
mod value;

pub(crate) use features::BASE;
use features::Has;
use object_types::Object;

const NAN32: Instruction<'static> = F32Const(Ieee32::new(0x7fc0_0000));
const NAN64: Instruction<'static> = F64Const(Ieee64::new(0x7ff8_0000_0000_0000));

/// A type of functions, or of objects.
struct Type {
    params: Vec<ValType>,
    results: Vec<ValType>,
    supertype: Option<u32>,
    is_final: bool,
    /// What it consists of, if it is a type of objects; these have no parameters and results.
    object: Option<Object>,
}

impl Default for Type {
    /// The type of functions without parameters and results.
    fn default() -> Type {
        let (params, results) = (Vec::new(), Vec::new());
        Type { params, results, supertype: None, is_final: true, object: None }
    }
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
    /// The global that has the fuel, and how much there is in most modules.
    fuel: u32,
    full: i32,
}

/// Makes a module from random numbers, with so much fuel or ten times as much.
pub(crate) fn module(
    random: Random,
    purpose: Purpose,
    features: WasmFeatures,
    full: i32,
) -> Vec<u8> {
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
        full,
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

    fn make(&mut self) -> Vec<u8> {
        self.make_types();
        let count = self.types.len();
        self.imported = self.below(3) as u32;
        let total = self.imported as usize + 2 + self.below(8);
        let functions: Vec<usize> =
            (0..count).filter(|i| self.types[*i].object.is_none()).collect();
        for i in 0..total {
            let ty = match i < self.imported as usize {
                // The host can make functions of the first types, which have results.
                true if self.has.gc && self.one_in(2) => 2,
                true => 0,
                false => functions[self.below(functions.len())],
            };
            self.funcs.push(ty as u32);
        }
        for _ in 0..1 + self.below(3) {
            let params = self.value_types(3, if self.has.gc { count } else { 0 });
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
        if self.has.gc {
            // Frames are not all that holds objects.
            for _ in 0..2 + self.below(3) {
                let ty = self.object_type(count);
                self.globals.push(Global { ty, mutable: has_default(&ty) });
            }
            self.make_element_types();
        }
        self.fuel = self.globals.len() as u32;
        for _ in 0..2 + self.below(3) {
            let table = self.below(self.tables.len());
            let ty = match self.tables[table].ty.element_type {
                RefType { heap_type: HeapType::Concrete(i), .. } if self.object(i).is_none() => {
                    RefType::FUNCREF
                }
                ty => ty,
            };
            self.elems.push(ty);
        }
        self.data = 1 + self.below(3) as u32;
        self.encode()
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
            _ if self.has.gc && self.one_in(2) => match self.object_type(self.types.len()) {
                ValType::Ref(ty) if ty.nullable && self.is_object(ty.heap_type) => ty,
                _ => RefType::ANYREF,
            },
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
            HeapType::Concrete(ty) if self.object(ty).is_none() => {
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

    /// Makes passive segments from which arrays of references can be made.
    fn make_element_types(&mut self) {
        let held = |object: &Object| match object {
            Object::Array(element) => Some(object_types::unpacked(element)),
            Object::Struct(_) => None,
        };
        let arrays = self.objects(|object| matches!(held(object), Some(ValType::Ref(_))));
        for index in arrays {
            if let Some(ValType::Ref(ty)) = self.object(index).and_then(held)
                && (ty.nullable || self.can_be_fresh(ty.heap_type))
                && self.one_in(2)
            {
                self.elems.push(ty);
            }
        }
    }

    /// Chooses a function of this type or of a subtype, if there is one.
    fn function_of(&mut self, ty: u32) -> Option<u32> {
        let all = 0..self.funcs.len() as u32;
        let fit: Vec<u32> = all.filter(|f| self.is_subtype(self.funcs[*f as usize], ty)).collect();
        (!fit.is_empty()).then(|| fit[self.below(fit.len())])
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
