//! Everything that depends on the instruction set, in one file for each. All files have the same interface:
//!
//! * `pc(info, ucontext)`, `fp(ucontext)`: the point at which a signal interrupted the program;
//! * `link(ucontext)`: the link register, for a function that has no frame yet;
//! * `is_sent(info, ucontext)`: whether the signal was sent, rather than caused by an instruction;
//! * `fault_address(info, pc)`: the address that a faulting instruction accessed;
//! * `make_trap_cheap(code)`: replaces a trapping instruction by another one that traps in less time;
//! * `redirect(ucontext, function, args)`: makes the interrupted thread continue in a function;
//! * `resume(pc, sp, fp, payload)`: continues at a handler of compiled code;
//! * `load32(at)`, `load64(at)`: loads that do the same as atomic loads of Wasm;
//! * `caller(fp)`: the return address of a frame, and the frame pointer of its caller.

#[cfg(target_arch = "x86_64")]
#[path = "x86_64.rs"]
mod imp;
#[cfg(target_arch = "aarch64")]
#[path = "aarch64.rs"]
mod imp;
#[cfg(target_arch = "riscv64")]
#[path = "riscv64.rs"]
mod imp;
#[cfg(target_arch = "s390x")]
#[path = "s390x.rs"]
mod imp;

#[cfg(not(all(
    target_os = "linux",
    any(
        target_arch = "x86_64",
        target_arch = "aarch64",
        target_arch = "riscv64",
        target_arch = "s390x"
    )
)))]
compile_error!("touchstone-runtime runs on Linux on x86-64, AArch64, RISC-V (64 bits) and s390x");

pub(crate) use imp::{
    FRAME_FOLLOWS_CHECK, caller, fault_address, first_argument, fp, is_sent, link, load32, load64,
    make_trap_cheap, pc, redirect, resume,
};
