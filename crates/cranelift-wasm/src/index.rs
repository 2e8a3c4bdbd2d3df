//! Indices into the index spaces of a module (specification, §2.5.1), each of a type of its own, so
//! that one cannot be taken for another.
//!
//! Imports come first in each space. The names are the specification's: `typeidx`, `funcidx` and so on.

use cranelift_codegen::entity::entity_impl;

macro_rules! indices {
    ($($(#[$doc:meta])* $name:ident $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);
        entity_impl!($name, $prefix);
    )*};
}

indices! {
    /// A type.
    TypeIdx "type ";
    /// A function.
    FuncIdx "function ";
    /// A table.
    TableIdx "table ";
    /// A memory.
    MemIdx "memory ";
    /// A global.
    GlobalIdx "global ";
    /// A tag.
    TagIdx "tag ";
    /// An element segment.
    ElemIdx "elem ";
    /// A data segment.
    DataIdx "data ";
    /// A function that is defined in the module, among those: imports are not counted.
    DefinedFuncIdx "defined ";
    /// A defined function that references can be made of, among those: the position of its record in
    /// the context.
    EscapedFuncIdx "escaped ";
}
