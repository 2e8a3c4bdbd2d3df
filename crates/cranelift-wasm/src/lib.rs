//! Translation of validated Wasm functions to Cranelift IR.
//!
//! In: Wasm bytes, read into a [`ModuleInfo`], and one function body at a time with its validator. Out: an
//! [`ir::Function`] that addresses everything through the context pointer that it is passed, at the offsets
//! of [`layout`]; and the trampolines between the host and Wasm.
//!
//! Knows nothing of pointers of a running program, of stores or of machine code. The same IR serves every
//! instance of a module.
#![forbid(unsafe_code)]

pub mod builtin;
mod index;
pub mod layout;
mod module;
pub mod names;
pub mod objects;
mod own_types;
pub mod trampoline;
mod translate;
pub mod trap;

pub use index::{
    DataIdx, DefinedFuncIdx, ElemIdx, EscapedFuncIdx, FuncIdx, GlobalIdx, MemIdx, TableIdx, TagIdx,
    TypeIdx,
};
pub use module::{
    Body, ConstExpr, ConstOp, DataMode, DataSegment, ElementItems, ElementMode, ElementSegment,
    Entity, Export, Import, ModuleInfo, ReadError, Table, read_module,
};
pub use translate::{
    CodeOptions, Collector, Cost, FuncTranslator, Relaxed, TranslateError, is_guarded,
};

use cranelift_codegen::ir::{self, AbiParam, ArgumentPurpose, Signature, types};
use cranelift_codegen::isa::CallConv;
use wasmparser::{AbstractHeapType, FuncType, HeapType, RefType, ValType};

/// Identifies the sources from which this crate was built. Code that other sources translated may expect
/// other layouts.
pub const SOURCES: &str = env!("TOUCHSTONE_SOURCES");

/// The type of every pointer. The engine supports only 64-bit targets.
pub const POINTER: ir::Type = types::I64;

/// Whether a reference of this type is a pointer to a function record rather than an offset into the store's
/// heap.
///
/// # Panics
/// Panics if the type is that of a module's own type, which [`ModuleInfo::erased`] replaces.
pub fn is_func_ref(ty: RefType) -> bool {
    match ty.heap_type() {
        HeapType::Abstract { ty, .. } => {
            matches!(ty, AbstractHeapType::Func | AbstractHeapType::NoFunc)
        }
        HeapType::Concrete(_) | HeapType::Exact(_) => unreachable!("{ty} is not erased"),
    }
}

/// Whether a value of this type is a reference into the store's heap, which the collector manages.
///
/// # Panics
/// Panics if the type is not [erased](ModuleInfo::erased).
pub fn is_heap_ref(ty: ValType) -> bool {
    matches!(ty, ValType::Ref(r) if !is_func_ref(r))
}

/// The Cranelift type that a Wasm value of this type has in registers.
///
/// # Panics
/// Panics if the type is not [erased](ModuleInfo::erased).
pub fn ir_type(ty: ValType) -> ir::Type {
    match ty {
        ValType::I32 => types::I32,
        ValType::I64 => types::I64,
        ValType::F32 => types::F32,
        ValType::F64 => types::F64,
        ValType::V128 => types::I8X16,
        ValType::Ref(r) if is_func_ref(r) => POINTER,
        ValType::Ref(_) => types::I32,
    }
}

/// The signature of a compiled Wasm function, which takes its own context, the caller's context, and the
/// parameters.
///
/// # Panics
/// Panics if a type is not [erased](ModuleInfo::erased).
pub fn wasm_signature(ty: &FuncType) -> Signature {
    signature(ty, |ty| ty)
}

/// The signature for a type whose value types `erase` makes abstract.
fn signature(ty: &FuncType, erase: impl Fn(ValType) -> ValType) -> Signature {
    let mut sig = Signature::new(CallConv::Tail);
    sig.params.push(AbiParam::special(POINTER, ArgumentPurpose::VMContext));
    sig.params.push(AbiParam::new(POINTER));
    sig.params.extend(ty.params().iter().map(|t| AbiParam::new(ir_type(erase(*t)))));
    sig.returns.extend(ty.results().iter().map(|t| AbiParam::new(ir_type(erase(*t)))));
    sig
}
