//! Converts values and patterns from the parser's types to ours.
//!
//! In: what `wast` parsed. Out: plain values with floats as bits. The index of a function that is referred to
//! by name is in the text of its module; the caller looks it up in a closure that it passes.

use crate::{FloatPattern, HeapType, Pattern, Value};
use wast::core::{AbstractHeapType, NanPattern, V128Pattern, WastArgCore, WastRetCore};
use wast::token::{F32, F64, Index};
use wast::{WastArg, WastRet};

/// Why something that was parsed has no plain form.
pub(crate) type Problem = String;

/// What the problem with a value of a component ends with.
pub(crate) const OF_COMPONENTS: &str = "of components are not supported";

/// Finds the index of a function by its name.
pub(crate) type Resolve<'r> = &'r mut dyn FnMut(&str) -> Result<u32, Problem>;

pub(crate) fn value(arg: &WastArg<'_>) -> Result<Value, Problem> {
    let WastArg::Core(arg) = arg else {
        return Err(format!("arguments {OF_COMPONENTS}"));
    };
    Ok(match arg {
        WastArgCore::I32(v) => Value::I32(v.cast_unsigned()),
        WastArgCore::I64(v) => Value::I64(v.cast_unsigned()),
        WastArgCore::F32(v) => Value::F32(v.bits),
        WastArgCore::F64(v) => Value::F64(v.bits),
        WastArgCore::V128(v) => Value::V128(v.to_le_bytes()),
        WastArgCore::RefNull(ty) => Value::RefNull(heap_type(ty)),
        WastArgCore::RefExtern(n) => Value::RefExtern(*n),
        WastArgCore::RefHost(n) => Value::RefHost(*n),
    })
}

pub(crate) fn pattern(ret: &WastRet<'_>, resolve: Resolve<'_>) -> Result<Pattern, Problem> {
    let WastRet::Core(ret) = ret else {
        return Err(format!("results {OF_COMPONENTS}"));
    };
    core_pattern(ret, resolve)
}

fn core_pattern(ret: &WastRetCore<'_>, resolve: Resolve<'_>) -> Result<Pattern, Problem> {
    Ok(match ret {
        WastRetCore::I32(v) => Pattern::I32(v.cast_unsigned()),
        WastRetCore::I64(v) => Pattern::I64(v.cast_unsigned()),
        WastRetCore::F32(p) => Pattern::F32(f32_pattern(p)),
        WastRetCore::F64(p) => Pattern::F64(f64_pattern(p)),
        WastRetCore::V128(p) => v128_pattern(p),
        WastRetCore::RefNull(ty) => Pattern::RefNull(ty.as_ref().map(heap_type)),
        WastRetCore::RefExtern(n) => Pattern::RefExtern(*n),
        WastRetCore::RefHost(n) => Pattern::RefHost(*n),
        WastRetCore::RefFunc(None) => Pattern::RefFunc(None),
        WastRetCore::RefFunc(Some(Index::Num(n, _))) => Pattern::RefFunc(Some(*n)),
        WastRetCore::RefFunc(Some(Index::Id(id))) => Pattern::RefFunc(Some(resolve(id.name())?)),
        WastRetCore::RefAny => Pattern::RefAny,
        WastRetCore::RefEq => Pattern::RefEq,
        WastRetCore::RefArray => Pattern::RefArray,
        WastRetCore::RefStruct => Pattern::RefStruct,
        WastRetCore::RefI31 => Pattern::RefI31,
        WastRetCore::RefI31Shared => Pattern::RefI31Shared,
        WastRetCore::Either(arms) => {
            let arms = arms.iter().map(|arm| core_pattern(arm, resolve));
            Pattern::Either(arms.collect::<Result<_, _>>()?)
        }
    })
}

fn f32_pattern(pattern: &NanPattern<F32>) -> FloatPattern<u32> {
    match pattern {
        NanPattern::CanonicalNan => FloatPattern::CanonicalNan,
        NanPattern::ArithmeticNan => FloatPattern::ArithmeticNan,
        NanPattern::Value(v) => FloatPattern::Bits(v.bits),
    }
}

fn f64_pattern(pattern: &NanPattern<F64>) -> FloatPattern<u64> {
    match pattern {
        NanPattern::CanonicalNan => FloatPattern::CanonicalNan,
        NanPattern::ArithmeticNan => FloatPattern::ArithmeticNan,
        NanPattern::Value(v) => FloatPattern::Bits(v.bits),
    }
}

fn v128_pattern(pattern: &V128Pattern) -> Pattern {
    match pattern {
        V128Pattern::I8x16(v) => Pattern::V128(v.map(i8::cast_unsigned)),
        V128Pattern::I16x8(v) => Pattern::V128(lanes(v.map(i16::to_le_bytes))),
        V128Pattern::I32x4(v) => Pattern::V128(lanes(v.map(i32::to_le_bytes))),
        V128Pattern::I64x2(v) => Pattern::V128(lanes(v.map(i64::to_le_bytes))),
        V128Pattern::F32x4(v) => Pattern::F32x4(v.each_ref().map(f32_pattern)),
        V128Pattern::F64x2(v) => Pattern::F64x2(v.each_ref().map(f64_pattern)),
    }
}

fn lanes<const WIDTH: usize, const COUNT: usize>(lanes: [[u8; WIDTH]; COUNT]) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(lanes.as_flattened());
    bytes
}

fn heap_type(ty: &wast::core::HeapType<'_>) -> HeapType {
    match ty {
        wast::core::HeapType::Abstract { ty, .. } => abstract_type(*ty),
        wast::core::HeapType::Concrete(index) | wast::core::HeapType::Exact(index) => {
            HeapType::Concrete(match index {
                Index::Num(n, _) => n.to_string(),
                Index::Id(id) => format!("${}", id.name()),
            })
        }
    }
}

fn abstract_type(ty: AbstractHeapType) -> HeapType {
    match ty {
        AbstractHeapType::Func => HeapType::Func,
        AbstractHeapType::Extern => HeapType::Extern,
        AbstractHeapType::Exn => HeapType::Exn,
        AbstractHeapType::Cont => HeapType::Cont,
        AbstractHeapType::Any => HeapType::Any,
        AbstractHeapType::Eq => HeapType::Eq,
        AbstractHeapType::Struct => HeapType::Struct,
        AbstractHeapType::Array => HeapType::Array,
        AbstractHeapType::I31 => HeapType::I31,
        AbstractHeapType::NoFunc => HeapType::NoFunc,
        AbstractHeapType::NoExtern => HeapType::NoExtern,
        AbstractHeapType::None => HeapType::None,
        AbstractHeapType::NoExn => HeapType::NoExn,
        AbstractHeapType::NoCont => HeapType::NoCont,
    }
}
