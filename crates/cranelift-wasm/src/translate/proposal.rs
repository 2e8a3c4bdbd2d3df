//! Which proposal an operator belongs to, by the name of its repository.

use wasmparser::Operator;

macro_rules! name {
    (threads) => {
        "threads"
    };
    (exceptions) => {
        "exceptions"
    };
    (legacy_exceptions) => {
        "legacy-exceptions"
    };
    (gc) => {
        "gc"
    };
    (custom_descriptors) => {
        "custom-descriptors"
    };
    (stack_switching) => {
        "stack-switching"
    };
    (shared_everything_threads) => {
        "shared-everything-threads"
    };
    (memory_control) => {
        "memory-control"
    };
    ($other:ident) => {
        "a later proposal"
    };
}

macro_rules! define {
    ($( @$proposal:ident $op:ident $({ $($arg:ident: $ty:ty),* })? => $visit:ident ($($ann:tt)*) )*) => {
        /// The proposal of an operator that is not translated.
        pub(super) fn proposal(op: &Operator<'_>) -> &'static str {
            match op {
                $( Operator::$op { .. } => name!($proposal), )*
                _ => "a later proposal",
            }
        }
    };
}
wasmparser::for_each_operator!(define);
