//! Makes the module that looks at another one's memories and tables, and gives it fuel.
//!
//! In: what a module has. Out: a module that imports it, with one function for each memory and table, which
//! tells what is there in one number.

use super::shape::Shape;
use super::{Part, name};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    BlockType, CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection,
    ImportSection, InstructionSink, MemArg, MemArgTarget, Module, TypeSection, ValType,
};

/// The name of the function that gives the module fuel.
pub(super) const REFUEL: &str = "refuel";

/// How much it gives.
const FULL: i32 = 1000;

/// How many bytes of a memory are looked at.
const BYTES: i64 = 1 << 18;

/// How many elements of a table are looked at.
const ELEMENTS: i64 = 64;

/// A module that looks.
pub(super) struct Look {
    pub(super) wasm: Vec<u8>,
    /// Whether it has [`REFUEL`].
    pub(super) refuels: bool,
    /// The names of its functions that look at something.
    pub(super) functions: Vec<String>,
}

/// The module that looks at one with this shape; none where there is nothing to see.
pub(super) fn module(shape: &Shape<'_>, mutable: bool, reads_tables: bool) -> Option<Look> {
    let encoder = &mut RoundtripReencoder;
    let from = Part::Module.name();
    let mut types = TypeSection::new();
    if let Some(section) = shape.type_section.clone() {
        encoder.parse_type_section(&mut types, section).ok()?;
    }
    let (refuel_type, look_type) = (shape.types(), shape.types() + 1);
    types.ty().function([], []);
    types.ty().function([], [ValType::I64]);
    let (mut imports, mut functions) = (ImportSection::new(), FunctionSection::new());
    let (mut exports, mut code) = (ExportSection::new(), CodeSection::new());
    let mut names = Vec::new();
    let fuel = shape.fuel.filter(|_| mutable);
    if let Some(fuel) = fuel {
        let ty = encoder.global_type(*shape.globals.get(fuel as usize)?).ok()?;
        imports.import(from, &name('g', fuel as usize), ty);
        let mut refuel = Function::new([]);
        refuel.instructions().i32_const(FULL).global_set(0).end();
        exports.export(REFUEL, ExportKind::Func, functions.len());
        functions.function(refuel_type);
        code.function(&refuel);
    }
    let mut look = |name: String, function: &Function| {
        exports.export(&name, ExportKind::Func, functions.len());
        functions.function(look_type);
        code.function(function);
        names.push(name);
    };
    for (index, ty) in shape.memories.iter().enumerate() {
        let ty = encoder.memory_type(*ty).ok()?;
        imports.import(from, &name('m', index), EntityType::Memory(ty));
        let page = ty.page_size_log2.unwrap_or(16);
        look(format!("memory{index}"), &memory(index as u32, ty.memory64, page));
    }
    for (index, ty) in shape.tables.iter().enumerate().filter(|_| reads_tables) {
        let ty = encoder.table_type(*ty).ok()?;
        imports.import(from, &name('t', index), EntityType::Table(ty));
        look(format!("table{index}"), &table(index as u32, ty.table64));
    }
    if functions.is_empty() {
        return None;
    }
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions);
    module.section(&exports).section(&code);
    Some(Look { wasm: module.finish(), refuels: fuel.is_some(), functions: names })
}

/// Instructions for addresses of 32 or of 64 bits.
struct Address {
    wide: bool,
}

impl Address {
    fn number(&self, sink: &mut InstructionSink<'_>, number: i64) {
        match self.wide {
            true => drop(sink.i64_const(number)),
            false => drop(sink.i32_const(number as i32)),
        }
    }

    /// As a number of 64 bits.
    fn widened(&self, sink: &mut InstructionSink<'_>) {
        if !self.wide {
            sink.i64_extend_i32_u();
        }
    }

    fn add(&self, sink: &mut InstructionSink<'_>) {
        match self.wide {
            true => drop(sink.i64_add()),
            false => drop(sink.i32_add()),
        }
    }

    fn locals(&self) -> [(u32, ValType); 2] {
        [(1, if self.wide { ValType::I64 } else { ValType::I32 }), (1, ValType::I64)]
    }
}

/// ```text
/// h = size
/// for i in (0, step, 2 × step, …), as long as i + step ≤ the least of `end` and `most`:
///     h = h × prime ⊕ what is at i
/// ```
fn sum(
    wide: bool,
    (step, most): (i64, i64),
    size: impl Fn(&mut InstructionSink<'_>),
    end: impl Fn(&mut InstructionSink<'_>),
    at: impl Fn(&mut InstructionSink<'_>),
) -> Function {
    const PRIME: i64 = 0x0100_0000_01b3;
    const I: u32 = 0;
    const H: u32 = 1;
    let address = Address { wide };
    let mut function = Function::new(address.locals());
    let sink = &mut function.instructions();
    size(sink);
    address.widened(sink);
    sink.local_set(H);
    sink.block(BlockType::Empty).loop_(BlockType::Empty);
    for bound in [&end as &dyn Fn(&mut InstructionSink<'_>), &|sink| {
        sink.i64_const(most);
    }] {
        sink.local_get(I);
        address.widened(sink);
        sink.i64_const(step).i64_add();
        bound(sink);
        sink.i64_gt_u().br_if(1);
    }
    sink.local_get(H).i64_const(PRIME).i64_mul().local_get(I);
    at(sink);
    sink.i64_xor().local_set(H).local_get(I);
    address.number(sink, step);
    address.add(sink);
    sink.local_set(I).br(0).end().end().local_get(H).end();
    function
}

fn memory(index: u32, wide: bool, page_log2: u32) -> Function {
    let address = Address { wide };
    let size = |sink: &mut InstructionSink<'_>| {
        sink.memory_size(index);
    };
    let end = |sink: &mut InstructionSink<'_>| {
        sink.memory_size(index);
        address.widened(sink);
        sink.i64_const(page_log2.into()).i64_shl();
    };
    let target = MemArgTarget::Memory(index);
    let arg = MemArg { offset: 0, align: 3, target, ordering: None };
    sum(wide, (8, BYTES), size, end, |sink| {
        sink.i64_load(arg);
    })
}

fn table(index: u32, wide: bool) -> Function {
    let address = Address { wide };
    let size = |sink: &mut InstructionSink<'_>| {
        sink.table_size(index);
    };
    let end = |sink: &mut InstructionSink<'_>| {
        sink.table_size(index);
        address.widened(sink);
    };
    sum(wide, (1, ELEMENTS), size, end, |sink| {
        sink.table_get(index).ref_is_null().i64_extend_i32_u();
    })
}
