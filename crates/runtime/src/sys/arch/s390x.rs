//! s390x (z/Architecture), the ELF calling convention with back chains.
//!
//! There is no frame pointer register. What is called one here is what the stack pointer was in the
//! caller: the word at a frame's stack pointer, its *back chain*, says so. The return address is
//! in the slot of register 14 in the save area there:
//!
//! ```text
//!   high │ caller's frame           │
//!        │ saved r6 … r14, r15      │   fp + 48 … fp + 127
//!        │ caller's own back chain  │ ← fp
//!        │ this frame               │
//!   low  │ back chain: fp           │ ← sp
//! ```

use std::arch::{asm, naked_asm};

/// Whether a function looks at the stack limit before it has a frame.
pub(crate) const FRAME_FOLLOWS_CHECK: bool = true;

/// Where the caller's save area has the return address.
const RETURN_ADDRESS: usize = 14 * 8;
/// What a caller provides below its frame for whom it calls.
const SAVE_AREA: u64 = 160;
const FIRST_ARGUMENT: usize = 2;
const LINK: usize = 14;
const STACK_POINTER: usize = 15;

/// The instruction that the signal interrupted: an address within it, the one that Cranelift lists
/// its trap at. That is the first where an access faulted, the last otherwise.
///
/// # Safety
/// The arguments are the second and third of a signal handler.
pub(crate) unsafe fn pc(info: *const libc::siginfo_t, ucontext: *const libc::c_void) -> usize {
    // SAFETY: the kernel passed valid records (the caller's promise).
    unsafe {
        let next = (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.psw.addr as usize;
        match (*info).si_signo {
            // The program counter is behind the instruction already.
            libc::SIGILL | libc::SIGFPE => next - 1,
            _ => next,
        }
    }
}

/// Whether somebody sent the signal, and no instruction caused it. A compare-and-trap instruction
/// has code 0 as if it had been sent, but the record has its address, up to six bytes before the
/// program counter; of a signal that was sent it has numbers of the sender there.
///
/// # Safety
/// The caller promises what [`pc`] asks for.
pub(crate) unsafe fn is_sent(info: *const libc::siginfo_t, ucontext: *const libc::c_void) -> bool {
    // SAFETY: the kernel passed valid records (the caller's promise).
    unsafe {
        let next = (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.psw.addr as usize;
        let length = next.wrapping_sub((*info).si_addr() as usize);
        let traps = matches!((*info).si_signo, libc::SIGILL | libc::SIGFPE);
        (*info).si_code <= 0 && !(traps && matches!(length, 2 | 4 | 6))
    }
}

/// The frame pointer of the frame that it is in. A function that runs out of stack has no frame yet:
/// then its caller's.
///
/// # Safety
/// The caller promises what [`pc`] asks for; compiled code was interrupted.
pub(crate) unsafe fn fp(ucontext: *const libc::c_void) -> usize {
    // SAFETY: the kernel passed a valid context (the caller's promise), and where compiled code can
    // trap its stack pointer points to a back chain: its own, or a copy of its caller's.
    unsafe {
        let context = &(*ucontext.cast::<libc::ucontext_t>()).uc_mcontext;
        *(context.gregs[STACK_POINTER] as *const usize)
    }
}

/// What is in the register of return addresses.
///
/// # Safety
/// The caller promises what [`pc`] asks for.
pub(crate) unsafe fn link(ucontext: *const libc::c_void) -> usize {
    // SAFETY: the kernel passed a valid context (the caller's promise).
    unsafe { (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.gregs[LINK] as usize }
}

/// What is in the register of first arguments in Cranelift's convention `tail`, which Wasm functions
/// have.
///
/// # Safety
/// The caller promises what [`pc`] asks for.
pub(crate) unsafe fn first_argument(ucontext: *const libc::c_void) -> usize {
    // SAFETY: the kernel passed a valid context (the caller's promise).
    unsafe { (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.gregs[FIRST_ARGUMENT] as usize }
}

/// Makes the interrupted thread call `function(args…)`, which must not return, on its own stack.
///
/// # Safety
/// The caller promises what [`fp`] asks for; the stack pointer was valid, and nothing below it is in use.
pub(crate) unsafe fn redirect(ucontext: *mut libc::c_void, function: usize, args: [usize; 5]) {
    // SAFETY: the kernel passed a valid context (the caller's promise).
    let context = unsafe { &mut (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext };
    context.gregs[STACK_POINTER] = (context.gregs[STACK_POINTER] & !7) - SAVE_AREA;
    context.psw.addr = function as u64;
    for (register, arg) in context.gregs[FIRST_ARGUMENT..].iter_mut().zip(args) {
        *register = arg as u64;
    }
}

/// Continues at `pc` with this stack pointer, and `payload` where handlers of exceptions expect it.
/// The frame pointer is in memory already. Everything below `sp` is abandoned.
///
/// # Safety
/// The first three belong to a handler of a frame that is still on this thread's stack: that of an
/// entry trampoline, or of a call; and no frame below it has anything left to drop.
#[unsafe(naked)]
pub(crate) unsafe extern "C" fn resume(pc: usize, sp: usize, fp: usize, payload: usize) -> ! {
    naked_asm!("lgr %r15, %r3", "lgr %r6, %r5", "br %r2")
}

/// Return address and frame pointer of the caller of the frame at `fp`.
///
/// # Safety
/// `fp` is the frame pointer of a live frame of compiled code.
pub(crate) unsafe fn caller(fp: usize) -> (usize, usize) {
    // SAFETY: compiled code keeps back chains and saves the return address, as shown above.
    unsafe { (*((fp + RETURN_ADDRESS) as *const usize), *(fp as *const usize)) }
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
        asm!("l {0}, 0({1})", out(reg) value, in(reg_addr) at, options(nostack, preserves_flags))
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
        asm!("lg {0}, 0({1})", out(reg) value, in(reg_addr) at, options(nostack, preserves_flags))
    };
    value
}
