//! RISC-V with 64-bit registers, the standard calling convention.

use std::arch::{asm, naked_asm};

/// Whether a function looks at the stack limit before it has a frame.
pub(crate) const FRAME_FOLLOWS_CHECK: bool = false;

/// Positions in the kernel's array of registers, whose first element is the program counter.
const PC: usize = 0;
const RA: usize = 1;
const SP: usize = 2;
const FP: usize = 8;
const A0: usize = 10;

/// The instruction that the signal interrupted.
///
/// # Safety
/// The arguments are the second and third of a signal handler.
pub(crate) unsafe fn pc(_: *const libc::siginfo_t, ucontext: *const libc::c_void) -> usize {
    // SAFETY: the kernel passed a valid context (the caller's promise).
    unsafe { (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.__gregs[PC] as usize }
}

/// Whether somebody sent the signal, and no instruction caused it.
///
/// # Safety
/// The caller promises what [`pc`] asks for.
pub(crate) unsafe fn is_sent(info: *const libc::siginfo_t, _: *const libc::c_void) -> bool {
    // SAFETY: the kernel passed a valid record (the caller's promise). Positive codes are its own.
    unsafe { (*info).si_code <= 0 }
}

/// The frame pointer of the frame that it is in.
///
/// # Safety
/// The caller promises what [`pc`] asks for; compiled code was interrupted.
pub(crate) unsafe fn fp(ucontext: *const libc::c_void) -> usize {
    // SAFETY: the kernel passed a valid context (the caller's promise).
    unsafe { (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.__gregs[FP] as usize }
}

/// What is in the register of return addresses.
///
/// # Safety
/// The caller promises what [`pc`] asks for.
pub(crate) unsafe fn link(ucontext: *const libc::c_void) -> usize {
    // SAFETY: the kernel passed a valid context (the caller's promise).
    unsafe { (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.__gregs[RA] as usize }
}

/// What is in the register of first arguments in Cranelift's convention `tail`, which Wasm functions
/// have.
///
/// # Safety
/// The caller promises what [`pc`] asks for.
pub(crate) unsafe fn first_argument(ucontext: *const libc::c_void) -> usize {
    // SAFETY: the kernel passed a valid context (the caller's promise).
    unsafe { (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.__gregs[A0] as usize }
}

/// Makes the interrupted thread call `function(args…)`, which must not return, on its own stack.
///
/// # Safety
/// The caller promises what [`fp`] asks for; the stack pointer was valid, and nothing below it is in use.
pub(crate) unsafe fn redirect(ucontext: *mut libc::c_void, function: usize, args: [usize; 5]) {
    // SAFETY: the kernel passed a valid context (the caller's promise).
    let regs = unsafe { &mut (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.__gregs };
    regs[SP] &= !15;
    regs[PC] = function as _;
    for (register, arg) in regs[A0..].iter_mut().zip(args) {
        *register = arg as _;
    }
}

/// Continues at `pc` with this stack and frame pointer, and `payload` where handlers of exceptions
/// expect it. Everything below `sp` is abandoned.
///
/// # Safety
/// The first three belong to a handler of a frame that is still on this thread's stack: that of an
/// entry trampoline, or of a call; and no frame below it has anything left to drop.
#[unsafe(naked)]
pub(crate) unsafe extern "C" fn resume(pc: usize, sp: usize, fp: usize, payload: usize) -> ! {
    naked_asm!("mv sp, a1", "mv s0, a2", "mv t0, a0", "mv a0, a3", "jr t0")
}

/// Return address and frame pointer of the caller of the frame at `fp`.
///
/// # Safety
/// `fp` is the frame pointer of a live frame of compiled code.
pub(crate) unsafe fn caller(fp: usize) -> (usize, usize) {
    // SAFETY: Cranelift's frames start with the saved frame pointer, the return address above it.
    unsafe { (*((fp + 8) as *const usize), *(fp as *const usize)) }
}

/// Loads a word that other threads may write at the same time, as compiled code does for
/// `i32.atomic.load`: in one piece, ordered with all other accesses that are sequentially consistent. To
/// Rust it is a read of four bytes, each atomic, as others of shared memories are: what it knows of are
/// accesses of single bytes, and atomic ones of different sizes must not race.
///
/// # Safety
/// `at` is a multiple of 4, and four bytes there can be read atomically.
pub(crate) unsafe fn load32(at: *const u8) -> u32 {
    let value: u32;
    // SAFETY: the instructions read the four bytes (the caller's promise), and nothing else.
    unsafe {
        asm!("fence rw, rw", "lw {0}, 0({1})", "fence r, rw", out(reg) value, in(reg) at, options(nostack))
    };
    value
}

/// The same for eight bytes.
///
/// # Safety
/// `at` is a multiple of 8, and eight bytes there can be read atomically.
pub(crate) unsafe fn load64(at: *const u8) -> u64 {
    let value: u64;
    // SAFETY: the instructions read the eight bytes (the caller's promise), and nothing else.
    unsafe {
        asm!("fence rw, rw", "ld {0}, 0({1})", "fence r, rw", out(reg) value, in(reg) at, options(nostack))
    };
    value
}
