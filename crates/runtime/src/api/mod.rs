//! What an embedder uses: stores and their contexts, handles, functions of the host, linkers.

pub(crate) mod context;
pub(crate) mod externs;
pub(crate) mod func;
pub(crate) mod host;
pub(crate) mod host_signature;
pub(crate) mod linker;
pub(crate) mod typed;
