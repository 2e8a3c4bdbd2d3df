//! Makes the module that a module imports from.
//!
//! In: what is imported. Out: a module that exports it. Its functions take note of their arguments in one
//! number, which `heard` tells, and return values that follow from that number.

use super::shape::{Kind, Shape};
use crate::Random;
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, ExportKind, ExportSection, Function, FunctionSection, GlobalSection,
    GlobalType, Ieee32, Ieee64, Instruction, MemorySection, Module, TableSection, TagSection,
    TypeSection, ValType,
};
use wasmparser::TypeRef;

/// The name of the function that tells what the others were given.
pub(super) const HEARD: &str = "heard";

/// The name of an import, by its place among the imports.
pub(super) fn import(n: usize) -> String {
    format!("i{n}")
}

/// The module that exports what is imported; none where that cannot be made up.
pub(super) fn module(shape: &Shape<'_>, random: &mut Random) -> Option<Vec<u8>> {
    let encoder = &mut RoundtripReencoder;
    let mut types = TypeSection::new();
    if let Some(section) = shape.type_section.clone() {
        encoder.parse_type_section(&mut types, section).ok()?;
    }
    types.ty().function([], [ValType::I64]);
    let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
    let (mut tables, mut memories) = (TableSection::new(), MemorySection::new());
    let (mut tags, mut globals) = (TagSection::new(), GlobalSection::new());
    let mut exports = ExportSection::new();
    let heard = shape.imports.iter().filter(|i| matches!(i.ty, TypeRef::Global(_))).count() as u32;
    for (n, wanted) in shape.imports.iter().enumerate() {
        let (kind, index) = match wanted.ty {
            TypeRef::Func(ty) => {
                code.function(&body(shape, ty, heard)?);
                functions.function(ty);
                (ExportKind::Func, functions.len() - 1)
            }
            TypeRef::Table(ty) => {
                ty.element_type.is_nullable().then_some(())?;
                tables.table(encoder.table_type(ty).ok()?);
                (ExportKind::Table, tables.len() - 1)
            }
            TypeRef::Memory(ty) => {
                memories.memory(encoder.memory_type(ty).ok()?);
                (ExportKind::Memory, memories.len() - 1)
            }
            TypeRef::Global(ty) => {
                let init = constant(encoder.val_type(ty.content_type).ok()?, random)?;
                globals.global(encoder.global_type(ty).ok()?, &init);
                (ExportKind::Global, globals.len() - 1)
            }
            TypeRef::Tag(ty) => {
                tags.tag(encoder.tag_type(ty).ok()?);
                (ExportKind::Tag, tags.len() - 1)
            }
            TypeRef::FuncExact(_) => return None,
        };
        exports.export(&import(n), kind, index);
    }
    let heard_type = GlobalType { val_type: ValType::I64, mutable: true, shared: false };
    globals.global(heard_type, &ConstExpr::i64_const(1));
    functions.function(shape.types());
    let mut tell = Function::new([]);
    tell.instructions().global_get(heard).end();
    code.function(&tell);
    exports.export(HEARD, ExportKind::Func, functions.len() - 1);
    let mut module = Module::new();
    module.section(&types).section(&functions);
    if !tables.is_empty() {
        module.section(&tables);
    }
    if !memories.is_empty() {
        module.section(&memories);
    }
    if !tags.is_empty() {
        module.section(&tags);
    }
    module.section(&globals).section(&exports).section(&code);
    Some(module.finish())
}

/// The body of a function: `heard = heard × 31 ⊕ argument`, for each argument that is a number, and results
/// made from that.
fn body(shape: &Shape<'_>, ty: u32, heard: u32) -> Option<Function> {
    let ty = shape.function_type(ty)?;
    let mut function = Function::new([]);
    let mut sink = function.instructions();
    for (local, param) in (0..).zip(ty.params()) {
        let kind = shape.kind(*param);
        if !matches!(kind, Some(Kind::I32 | Kind::I64 | Kind::F32 | Kind::F64 | Kind::V128)) {
            continue;
        }
        sink.global_get(heard).i64_const(31).i64_mul().local_get(local);
        match kind {
            Some(Kind::I32) => drop(sink.i64_extend_i32_u()),
            Some(Kind::F32) => drop(sink.i32_reinterpret_f32().i64_extend_i32_u()),
            Some(Kind::F64) => drop(sink.i64_reinterpret_f64()),
            Some(Kind::V128) => {
                sink.i64x2_extract_lane(0).local_get(local).i64x2_extract_lane(1);
                sink.i64_const(7).i64_mul().i64_add();
            }
            _ => {}
        }
        sink.i64_xor().global_set(heard);
    }
    for result in ty.results() {
        match RoundtripReencoder.val_type(*result).ok()? {
            ValType::I32 => drop(sink.global_get(heard).i32_wrap_i64()),
            ValType::I64 => drop(sink.global_get(heard)),
            ValType::F32 => drop(sink.global_get(heard).f32_convert_i64_s()),
            ValType::F64 => drop(sink.global_get(heard).f64_convert_i64_s()),
            ValType::V128 => drop(sink.global_get(heard).i64x2_splat()),
            ValType::Ref(ty) if ty.nullable => drop(sink.ref_null(ty.heap_type)),
            // There is no such value here.
            ValType::Ref(_) => {
                sink.unreachable();
                break;
            }
        }
    }
    function.instruction(&Instruction::End);
    Some(function)
}

fn constant(ty: ValType, random: &mut Random) -> Option<ConstExpr> {
    let bits = random.number();
    Some(match ty {
        ValType::I32 => ConstExpr::i32_const(bits as i32),
        ValType::I64 => ConstExpr::i64_const(bits as i64),
        // The exponents of these are small.
        ValType::F32 => ConstExpr::f32_const(Ieee32::new((bits >> 36) as u32)),
        ValType::F64 => ConstExpr::f64_const(Ieee64::new(bits >> 4)),
        ValType::V128 => ConstExpr::v128_const(i128::from(bits) << 32),
        ValType::Ref(ty) if ty.nullable => ConstExpr::ref_null(ty.heap_type),
        ValType::Ref(_) => return None,
    })
}
