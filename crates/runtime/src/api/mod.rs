//! The interface for embedders: stores and their contexts, handles, functions of the host, and linkers.

/// Calls a macro with the names of the members of each tuple that functions of static types take and return.
/// The tuples have from none to sixteen members.
macro_rules! for_each_tuple {
    ($with:ident) => {
        $with! {
            ;
            A1;
            A1 A2;
            A1 A2 A3;
            A1 A2 A3 A4;
            A1 A2 A3 A4 A5;
            A1 A2 A3 A4 A5 A6;
            A1 A2 A3 A4 A5 A6 A7;
            A1 A2 A3 A4 A5 A6 A7 A8;
            A1 A2 A3 A4 A5 A6 A7 A8 A9;
            A1 A2 A3 A4 A5 A6 A7 A8 A9 A10;
            A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11;
            A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12;
            A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13;
            A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14;
            A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15;
            A1 A2 A3 A4 A5 A6 A7 A8 A9 A10 A11 A12 A13 A14 A15 A16;
        }
    };
}

mod anyref;
pub(crate) mod arrayref;
pub(crate) mod caller;
pub(crate) mod collect;
pub(crate) mod engine;
pub(crate) mod exception;
pub(crate) mod externref;
pub(crate) mod externs;
pub(crate) mod func;
pub(crate) mod global;
pub(crate) mod host;
pub(crate) mod host_signature;
pub(crate) mod instance;
pub(crate) mod linker;
pub(crate) mod memory;
mod object_types;
pub(crate) mod structref;
pub(crate) mod table;
pub(crate) mod tag;
pub(crate) mod typed;
pub(crate) mod wasm_ty;
