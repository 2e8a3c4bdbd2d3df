//! What depends on the instruction set: one file each, all with the same face.
//!
//! * `Registers`, `registers(ucontext)`: where a signal interrupted the program;
//! * `redirect(ucontext, function, args)`: makes the interrupted thread continue in a function;
//! * `resume(pc, sp, fp)`: continues at a handler of compiled code;
//! * `caller(fp)`: return address and frame pointer of the frame that called this one.

#[cfg(target_arch = "x86_64")]
#[path = "x86_64.rs"]
mod imp;
#[cfg(target_arch = "aarch64")]
#[path = "aarch64.rs"]
mod imp;

#[cfg(not(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64"))))]
compile_error!("touchstone-runtime runs on Linux on x86-64 and AArch64");

pub(crate) use imp::{caller, redirect, registers, resume};

/// Where a thread was interrupted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Registers {
    pub(crate) pc: usize,
    pub(crate) fp: usize,
}
