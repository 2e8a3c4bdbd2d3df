//! What happens while Wasm runs: entering and leaving Wasm, traps, stack walks, collections, instantiation,
//! and the functions that compiled code calls.

pub(crate) mod activation;
pub(crate) mod builtins;
pub(crate) mod collect;
mod constant;
pub(crate) mod direct;
pub(crate) mod frames;
pub(crate) mod instantiate;
pub(crate) mod objects;
pub(crate) mod signals;
pub(crate) mod throw;
pub(crate) mod walk;
