//! What an embedder uses: stores and their contexts, handles, functions of the host, linkers.

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
pub(crate) mod table;
pub(crate) mod tag;
pub(crate) mod typed;
