//! s390x (z/Architecture) with the ELF calling convention with back chains.
//!
//! There is no frame pointer register. What is called the frame pointer here is the value of the stack
//! pointer in the caller. The word at a frame's stack pointer, its *back chain*, holds it. The return address
//! is in the slot of register 14 in the save area of the caller:
//!
//! ```text
//!   high │ caller's frame           │
//!        │ saved r6 … r14, r15      │   fp + 48 … fp + 127
//!        │ caller's own back chain  │ ← fp
//!        │ this frame               │
//!   low  │ back chain: fp           │ ← sp
//! ```

use std::arch::{asm, naked_asm};

/// Whether a function checks the stack limit before it has a frame.
pub(crate) const FRAME_FOLLOWS_CHECK: bool = true;

/// The offset of the return address in the caller's save area.
const RETURN_ADDRESS: usize = 14 * 8;
/// Size in bytes of the area that a caller provides at the lower end of its frame for the function that it
/// calls.
const SAVE_AREA: u64 = 160;
const FIRST_ARGUMENT: usize = 2;
const LINK: usize = 14;
const STACK_POINTER: usize = 15;

/// An address within the instruction that the signal interrupted, namely the one for which Cranelift lists
/// its trap. This is the first address if an access faulted, and the last otherwise.
///
/// # Safety
/// The arguments are the second and third of a signal handler that is running.
pub(crate) unsafe fn pc(info: *const libc::siginfo_t, ucontext: *const libc::c_void) -> usize {
    // SAFETY: the kernel passed valid records (the caller's promise).
    unsafe {
        let next = (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.psw.addr as usize;
        match (*info).si_signo {
            // The program counter is that of the next instruction already.
            libc::SIGILL | libc::SIGFPE => next - 1,
            _ => next,
        }
    }
}

/// Whether somebody sent the signal, rather than an instruction causing it. The signal of a compare-and-trap
/// instruction has code 0, as if it had been sent. But its record holds the address of the instruction, which
/// is up to six bytes before the program counter, where the record of a sent signal holds numbers of the
/// sender.
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

/// The frame pointer of the frame that the signal interrupted. A function that runs out of stack has no frame
/// yet; then this is the frame pointer of its caller.
///
/// # Safety
/// The caller promises what [`pc`] asks for; the signal interrupted compiled code.
pub(crate) unsafe fn fp(ucontext: *const libc::c_void) -> usize {
    // SAFETY: the kernel passed a valid context (the caller's promise). Wherever compiled code can trap, its
    // stack pointer points to a back chain: its own, or a copy of its caller's.
    unsafe {
        let context = &(*ucontext.cast::<libc::ucontext_t>()).uc_mcontext;
        *(context.gregs[STACK_POINTER] as *const usize)
    }
}

/// The contents of the link register, which holds return addresses.
///
/// # Safety
/// The caller promises what [`pc`] asks for.
pub(crate) unsafe fn link(ucontext: *const libc::c_void) -> usize {
    // SAFETY: the kernel passed a valid context (the caller's promise).
    unsafe { (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.gregs[LINK] as usize }
}

/// The contents of the register of the first argument in Cranelift's calling convention `tail`, which Wasm
/// functions have.
///
/// # Safety
/// The caller promises what [`pc`] asks for.
pub(crate) unsafe fn first_argument(ucontext: *const libc::c_void) -> usize {
    // SAFETY: the kernel passed a valid context (the caller's promise).
    unsafe { (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.gregs[FIRST_ARGUMENT] as usize }
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
    let context = unsafe { &mut (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext };
    context.gregs[STACK_POINTER] = (context.gregs[STACK_POINTER] & !7) - SAVE_AREA;
    context.psw.addr = function as u64;
    for (register, arg) in context.gregs[FIRST_ARGUMENT..].iter_mut().zip(args) {
        *register = arg as u64;
    }
}

/// Continues at `pc` with this stack pointer, and with `payload` in the register in which handlers of
/// exceptions expect it. The frame pointer is in memory already. Everything below `sp` is abandoned.
///
/// # Safety
/// `pc`, `sp` and `fp` belong to a handler of a frame that is still on this thread's stack: that of an entry
/// trampoline, or of a call. No frame below it has anything left to drop.
#[unsafe(naked)]
pub(crate) unsafe extern "C" fn resume(pc: usize, sp: usize, fp: usize, payload: usize) -> ! {
    naked_asm!("lgr %r15, %r3", "lgr %r6, %r5", "br %r2")
}

/// The return address of the frame at `fp`, and the frame pointer of its caller.
///
/// # Safety
/// `fp` is the frame pointer of a live frame of compiled code.
pub(crate) unsafe fn caller(fp: usize) -> (usize, usize) {
    // SAFETY: `fp` is that of a live frame (the caller's promise). Compiled code keeps back chains and saves
    // the return address, as the module's comment shows.
    unsafe { (*((fp + RETURN_ADDRESS) as *const usize), *(fp as *const usize)) }
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
        asm!("l {0}, 0({1})", out(reg) value, in(reg_addr) at, options(nostack, preserves_flags))
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
        asm!("lg {0}, 0({1})", out(reg) value, in(reg_addr) at, options(nostack, preserves_flags))
    };
    value
}
