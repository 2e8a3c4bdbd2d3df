//! The one list of WebAssembly proposals.
//!
//! In: nothing. Out: for each proposal its name, the flags that make `wasmparser` accept it, the name by
//! which `wasmparser` knows its operators, and whether our engine implements it. Everything that must know of
//! proposals is made from this list: the set of features of scripts, what the engine accepts, what its errors
//! name, and which opcodes the grammar of a standard has.

use wasmparser::WasmFeatures;

/// A proposal.
#[derive(Clone, Copy, Debug)]
pub struct Proposal {
    /// Its name, which is that of its repository.
    pub name: &'static str,
    /// The flags that make `wasmparser` accept it, without the flags of proposals that it builds on. They are
    /// empty if the binary format does not show the proposal.
    pub flags: WasmFeatures,
    /// The name that `for_each_operator!` of `wasmparser` has for it; it is empty if the proposal brings no
    /// operators.
    pub operators: &'static str,
    /// Whether our engine implements it.
    pub support: Support,
}

/// Whether our engine implements a proposal, on hosts that lack nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// Our engine implements all of it.
    Whole,
    /// Our engine implements nothing of it.
    None,
}

/// Calls a macro with the rows of the list, with the oldest proposal first. A row has a name for an
/// enumeration's variant, the name of the proposal, its flags, the name of its operators, and its
/// [`Support`].
#[macro_export]
macro_rules! foreach_proposal {
    ($with:ident) => {
        $with! {
            MutableGlobal, "mutable-global", MUTABLE_GLOBAL, "", Whole;
            SignExtensionOps, "sign-extension-ops", SIGN_EXTENSION, "sign_extension", Whole;
            NontrappingFloatToInt, "nontrapping-float-to-int-conversions",
                SATURATING_FLOAT_TO_INT, "saturating_float_to_int", Whole;
            MultiValue, "multi-value", MULTI_VALUE, "", Whole;
            BulkMemory, "bulk-memory", BULK_MEMORY, "bulk_memory", Whole;
            // `wasmparser` has the second flag for the `externref` half of this proposal.
            ReferenceTypes, "reference-types",
                REFERENCE_TYPES | GC_TYPES, "reference_types", Whole;
            Simd, "simd", SIMD, "simd", Whole;
            RelaxedSimd, "relaxed-simd", RELAXED_SIMD, "relaxed_simd", Whole;
            TailCall, "tail-call", TAIL_CALL, "tail_call", Whole;
            ExtendedConst, "extended-const", EXTENDED_CONST, "", Whole;
            MultiMemory, "multi-memory", MULTI_MEMORY, "", Whole;
            Memory64, "memory64", MEMORY64, "", Whole;
            Threads, "threads", THREADS, "threads", Whole;
            Exceptions, "exceptions", EXCEPTIONS, "exceptions", Whole;
            FunctionReferences, "function-references",
                FUNCTION_REFERENCES, "function_references", Whole;
            Gc, "gc", GC, "gc", Whole;
            // Annotations are a matter of the text format: the engine never sees them.
            Annotations, "annotations", , "", Whole;
            // Branch hints are in a custom section.
            BranchHinting, "branch-hinting", , "", Whole;
            CustomPageSizes, "custom-page-sizes", CUSTOM_PAGE_SIZES, "", Whole;
            CustomDescriptors, "custom-descriptors",
                CUSTOM_DESCRIPTORS, "custom_descriptors", Whole;
            WideArithmetic, "wide-arithmetic", WIDE_ARITHMETIC, "wide_arithmetic", Whole;
            StackSwitching, "stack-switching", STACK_SWITCHING, "stack_switching", None;
            SharedEverythingThreads, "shared-everything-threads",
                SHARED_EVERYTHING_THREADS, "shared_everything_threads", None;
            MemoryControl, "memory-control", MEMORY_CONTROL, "memory_control", None;
            CompactImports, "compact-import-section", COMPACT_IMPORTS, "", Whole;
            LegacyExceptions, "legacy-exceptions", LEGACY_EXCEPTIONS, "legacy_exceptions", None;
        }
    };
}

macro_rules! table {
    ($( $variant:ident, $name:literal, $($flag:ident)|*, $operators:literal, $support:ident; )*) => {
        /// All proposals, oldest first.
        pub const PROPOSALS: &[Proposal] = &[$(
            Proposal {
                name: $name,
                flags: WasmFeatures::empty()$( .union(WasmFeatures::$flag) )*,
                operators: $operators,
                support: Support::$support,
            },
        )*];
    };
}

foreach_proposal!(table);

/// The flags of all proposals that our engine implements.
pub const SUPPORTED: WasmFeatures = {
    let (mut all, mut i) = (WasmFeatures::FLOATS, 0);
    while i < PROPOSALS.len() {
        if !matches!(PROPOSALS[i].support, Support::None) {
            all = all.union(PROPOSALS[i].flags);
        }
        i += 1;
    }
    all
};

/// The proposal that brought the operators which `wasmparser` files under this name; `None` if they are
/// operators of Wasm 1.0.
///
/// # Panics
/// Panics if the list has no such proposal. If the call is in a constant, the code then does not compile.
pub const fn of_operators(name: &str) -> Option<&'static Proposal> {
    if are_equal(name, "mvp") {
        return None;
    }
    // These operators belong to that proposal, although `wasmparser` files them under a name of their own.
    let name = match are_equal(name, "acquire_release_atomics") {
        true => "shared_everything_threads",
        false => name,
    };
    let mut i = 0;
    while i < PROPOSALS.len() {
        if are_equal(name, PROPOSALS[i].operators) {
            return Some(&PROPOSALS[i]);
        }
        i += 1;
    }
    panic!("the list of proposals does not have these operators")
}

const fn are_equal(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    a.len() == b.len() && i == a.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_proposal_stands_once_with_flags_of_its_own() {
        let mut seen = WasmFeatures::FLOATS;
        for (i, proposal) in PROPOSALS.iter().enumerate() {
            assert!((seen & proposal.flags).is_empty(), "{}: flags of another", proposal.name);
            seen |= proposal.flags;
            assert!(PROPOSALS[..i].iter().all(|other| other.name != proposal.name));
            let operators = proposal.operators;
            assert!(
                operators.is_empty() || PROPOSALS[..i].iter().all(|o| o.operators != operators),
                "{operators}"
            );
        }
    }

    #[test]
    fn operators_lead_to_their_proposals() {
        assert!(of_operators("mvp").is_none());
        assert_eq!(of_operators("wide_arithmetic").map(|p| p.name), Some("wide-arithmetic"));
    }
}
