//! What passes between the host and Wasm: values, traps, exceptions and errors. Also the records that both
//! compiled code and this crate access.

pub(crate) mod address;
pub(crate) mod anyref;
pub(crate) mod backtrace;
pub(crate) mod error;
pub(crate) mod exception;
pub(crate) mod handles;
pub(crate) mod interrupt;
pub(crate) mod objects;
pub(crate) mod tag_info;
pub(crate) mod trap;
pub(crate) mod val;
pub(crate) mod vm;
