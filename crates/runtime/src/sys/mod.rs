//! What the system and the processor provide: mappings, stacks and registers. Knows nothing of WebAssembly.

pub(crate) mod arch;
pub(crate) mod identity;
#[cfg_attr(miri, path = "mmap_miri.rs")]
pub(crate) mod mmap;
pub(crate) mod shared_bytes;
pub(crate) mod stack;
