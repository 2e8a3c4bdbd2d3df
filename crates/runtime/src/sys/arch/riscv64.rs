//! RISC-V with 64-bit registers and the standard calling convention.

use std::arch::{asm, naked_asm};

/// Whether a function checks the stack limit before it has a frame.
pub(crate) const FRAME_FOLLOWS_CHECK: bool = false;

/// Positions in the kernel's array of registers, whose first element is the program counter.
const PC: usize = 0;
const RA: usize = 1;
const SP: usize = 2;
const FP: usize = 8;
const A0: usize = 10;

/// The address of the instruction that the signal interrupted.
///
/// # Safety
/// The arguments are the second and third of a signal handler that is running.
pub(crate) unsafe fn pc(_: *const libc::siginfo_t, ucontext: *const libc::c_void) -> usize {
    // SAFETY: the kernel passed a valid context (the caller's promise).
    unsafe { (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.__gregs[PC] as usize }
}

/// Whether somebody sent the signal, rather than an instruction causing it.
///
/// # Safety
/// The caller promises what [`pc`] asks for.
pub(crate) unsafe fn is_sent(info: *const libc::siginfo_t, _: *const libc::c_void) -> bool {
    // SAFETY: the kernel passed a valid record (the caller's promise). Only the kernel itself uses positive
    // codes.
    unsafe { (*info).si_code <= 0 }
}

/// The frame pointer of the frame that the signal interrupted.
///
/// # Safety
/// The caller promises what [`pc`] asks for; the signal interrupted compiled code.
pub(crate) unsafe fn fp(ucontext: *const libc::c_void) -> usize {
    // SAFETY: the kernel passed a valid context (the caller's promise).
    unsafe { (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.__gregs[FP] as usize }
}

/// The contents of the link register, which holds return addresses.
///
/// # Safety
/// The caller promises what [`pc`] asks for.
pub(crate) unsafe fn link(ucontext: *const libc::c_void) -> usize {
    // SAFETY: the kernel passed a valid context (the caller's promise).
    unsafe { (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.__gregs[RA] as usize }
}

/// The contents of the register of the first argument in Cranelift's calling convention `tail`, which Wasm
/// functions have.
///
/// # Safety
/// The caller promises what [`pc`] asks for.
pub(crate) unsafe fn first_argument(ucontext: *const libc::c_void) -> usize {
    // SAFETY: the kernel passed a valid context (the caller's promise).
    unsafe { (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.__gregs[A0] as usize }
}

/// The address whose access raised a `SIGSEGV` or `SIGBUS`.
///
/// # Safety
/// The caller promises what [`pc`] asks for, of such a signal.
pub(crate) unsafe fn fault_address(info: *const libc::siginfo_t, _: usize) -> usize {
    // SAFETY: the kernel passed a valid record (the caller's promise).
    unsafe { (*info).si_addr() as usize }
}

/// Leaves the trapping instruction at the beginning of `code` as it is.
pub(crate) fn make_trap_cheap(_: &mut [u8]) {}

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

/// Continues at `pc` with this stack pointer and frame pointer, and with `payload` in the register in which
/// handlers of exceptions expect it. Everything below `sp` is abandoned.
///
/// # Safety
/// `pc`, `sp` and `fp` belong to a handler of a frame that is still on this thread's stack: that of an entry
/// trampoline, or of a call. No frame below it has anything left to drop.
#[unsafe(naked)]
pub(crate) unsafe extern "C" fn resume(pc: usize, sp: usize, fp: usize, payload: usize) -> ! {
    naked_asm!("mv sp, a1", "mv s0, a2", "mv t0, a0", "mv a0, a3", "jr t0")
}

/// The return address of the frame at `fp`, and the frame pointer of its caller.
///
/// # Safety
/// `fp` is the frame pointer of a live frame of compiled code.
pub(crate) unsafe fn caller(fp: usize) -> (usize, usize) {
    // SAFETY: `fp` is that of a live frame (the caller's promise). Cranelift's frames start with the saved
    // frame pointer, with the return address above it.
    unsafe { (*((fp + 8) as *const usize), *(fp as *const usize)) }
}

/// Loads a word that other threads may write at the same time, as compiled code does for `i32.atomic.load`:
/// in one access that is sequentially consistent with all others that are. To Rust's memory model it is four
/// atomic reads of single bytes, like other accesses of the host to shared memories, because atomic accesses
/// of different sizes must not race in that model.
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

/// Loads eight bytes, as [`load32`] loads four.
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
