//! Indices into the index spaces of a module (specification, §2.5.1). Each space has an index type of its
//! own, so that an index cannot be mistaken for one of another space.
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
    /// A position among the functions that the module defines, without the imported ones.
    DefinedFuncIdx "defined ";
    /// A position among the defined functions of which references can be made, which is also the position of
    /// the function's record in the context.
    EscapedFuncIdx "escaped ";
}
