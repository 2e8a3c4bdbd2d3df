//! What of the features that a module may use matters here.

use crate::Purpose;
use wasm_encoder::ValType::{self, I64, V128};
use wasm_encoder::{HeapType, RefType};
use wasmparser::WasmFeatures;

/// What every module here needs: WebAssembly 2.0 without vectors.
pub(crate) const BASE: WasmFeatures = WasmFeatures::MUTABLE_GLOBAL
    .union(WasmFeatures::SIGN_EXTENSION)
    .union(WasmFeatures::SATURATING_FLOAT_TO_INT)
    .union(WasmFeatures::MULTI_VALUE)
    .union(WasmFeatures::BULK_MEMORY)
    .union(WasmFeatures::REFERENCE_TYPES);

/// Which features a module may use besides [`BASE`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Has {
    pub(super) simd: bool,
    pub(super) relaxed: bool,
    pub(super) exceptions: bool,
    /// References to functions of a type.
    pub(super) references: bool,
    /// Recursion groups and subtypes.
    pub(super) gc: bool,
    pub(super) threads: bool,
    pub(super) memory64: bool,
    pub(super) multi_memory: bool,
    pub(super) custom_page_sizes: bool,
    pub(super) tail_call: bool,
    pub(super) wide_arithmetic: bool,
    pub(super) extended_const: bool,
}

impl Has {
    pub(super) fn new(features: WasmFeatures, purpose: Purpose) -> Has {
        let has = |feature| features.contains(feature);
        let references = has(WasmFeatures::FUNCTION_REFERENCES);
        Has {
            simd: has(WasmFeatures::SIMD),
            relaxed: has(WasmFeatures::SIMD | WasmFeatures::RELAXED_SIMD)
                && purpose == Purpose::Alone,
            exceptions: has(WasmFeatures::EXCEPTIONS),
            references,
            gc: has(WasmFeatures::GC) && references,
            threads: has(WasmFeatures::THREADS),
            memory64: has(WasmFeatures::MEMORY64),
            multi_memory: has(WasmFeatures::MULTI_MEMORY),
            custom_page_sizes: has(WasmFeatures::CUSTOM_PAGE_SIZES),
            tail_call: has(WasmFeatures::TAIL_CALL),
            wide_arithmetic: has(WasmFeatures::WIDE_ARITHMETIC),
            extended_const: has(WasmFeatures::EXTENDED_CONST),
        }
    }

    /// The type itself, or one in its place where it needs a feature that the module may not use.
    pub(super) fn instead(&self, ty: ValType) -> ValType {
        match ty {
            V128 if !self.simd => I64,
            ValType::Ref(ty) => ValType::Ref(self.instead_of(ty)),
            ty => ty,
        }
    }

    /// As [`Has::instead`], for references.
    pub(super) fn instead_of(&self, ty: RefType) -> RefType {
        match ty {
            RefType::EXNREF if !self.exceptions => RefType::EXTERNREF,
            RefType { heap_type: HeapType::Concrete(_), .. } if !self.references => {
                RefType::FUNCREF
            }
            ty => ty,
        }
    }
}
