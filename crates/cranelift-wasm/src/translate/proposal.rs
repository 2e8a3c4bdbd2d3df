//! Which proposal an operator belongs to, by the name of its repository.

use touchstone_validate::proposals;
use wasmparser::Operator;

const fn name(operators: &str) -> &'static str {
    match proposals::of_operators(operators) {
        Some(proposal) => proposal.name,
        None => "WebAssembly 1.0",
    }
}

macro_rules! define {
    ($( @$proposal:ident $op:ident $({ $($arg:ident: $ty:ty),* })? => $visit:ident ($($ann:tt)*) )*) => {
        /// The proposal of an operator that is not translated.
        pub(super) fn proposal(op: &Operator<'_>) -> &'static str {
            match op {
                $( Operator::$op { .. } => const { name(stringify!($proposal)) }, )*
                _ => "a later proposal",
            }
        }
    };
}
wasmparser::for_each_operator!(define);
