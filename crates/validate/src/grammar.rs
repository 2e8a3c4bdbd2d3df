//! Which operators the binary grammar has, by proposal.
//!
//! `wasmparser` decodes every operator that it knows, whichever features are on; the grammar of a version of
//! the specification has only the opcodes of that version, and any other byte is an illegal opcode.

use crate::proposals;
use wasmparser::{MemArg, Operator, WasmFeatures};

/// Why `operator` is not in the grammar that `features` give; `None` if it is in the grammar.
pub(crate) fn illegal(operator: &Operator<'_>, features: WasmFeatures) -> Option<&'static str> {
    if !features.contains(proposal(operator)) {
        return Some("illegal opcode");
    }
    // With multi-memory, the bits above the lower six announce a memory index, and the lower bits are an
    // exponent below 64; without it, the reference interpreter accepts exponents below 32.
    let limit = if features.contains(WasmFeatures::MULTI_MEMORY) { 64 } else { 32 };
    alignment(operator).is_some_and(|exponent| exponent >= limit).then_some("malformed memop flags")
}

const fn flags(operators: &str) -> WasmFeatures {
    match proposals::of_operators(operators) {
        Some(proposal) => proposal.flags,
        None => WasmFeatures::empty(),
    }
}

macro_rules! define_proposal {
    ($( @$proposal:ident $op:ident $({ $($arg:ident: $ty:ty),* })? => $visit:ident ($($arity:tt)*) )*) => {
        /// The proposal that brought an operator; the flags are empty for operators of Wasm 1.0.
        fn proposal(operator: &Operator<'_>) -> WasmFeatures {
            match operator {
                $( Operator::$op { .. } => const { flags(stringify!($proposal)) }, )*
                // `Operator` is open to new variants; the validator judges those that are unknown here.
                _ => WasmFeatures::empty(),
            }
        }
    };
}
wasmparser::for_each_operator!(define_proposal);

macro_rules! define_alignment {
    ($( @$proposal:ident $op:ident $({ $($arg:ident: $ty:ty),* })? => $visit:ident ($($arity:tt)*) )*) => {
        /// The alignment exponent of a memory access.
        #[allow(unused_variables)]
        fn alignment(operator: &Operator<'_>) -> Option<u8> {
            match operator {
                $( Operator::$op $({ $($arg),* })? => None $($( .or((&Immediate($arg)).alignment()) )*)?, )*
                _ => None,
            }
        }
    };
}
wasmparser::for_each_operator!(define_alignment);

/// An immediate of any type. Only immediates that are memory arguments have an alignment. Method look-up
/// prefers the first trait, which takes no further borrow.
struct Immediate<'a, T>(&'a T);

trait Access {
    fn alignment(&self) -> Option<u8>;
}
impl Access for Immediate<'_, MemArg> {
    fn alignment(&self) -> Option<u8> {
        Some(self.0.align)
    }
}

trait NoAccess {
    fn alignment(&self) -> Option<u8>;
}
impl<T> NoAccess for &Immediate<'_, T> {
    fn alignment(&self) -> Option<u8> {
        None
    }
}
