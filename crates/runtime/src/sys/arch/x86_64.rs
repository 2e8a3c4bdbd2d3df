//! x86-64 with the System V calling convention.

use std::arch::{asm, naked_asm};

/// Whether a function checks the stack limit before it has a frame.
pub(crate) const FRAME_FOLLOWS_CHECK: bool = false;

/// The address of the instruction that the signal interrupted.
///
/// # Safety
/// The arguments are the second and third of a signal handler that is running.
pub(crate) unsafe fn pc(_: *const libc::siginfo_t, ucontext: *const libc::c_void) -> usize {
    // SAFETY: the kernel passed a valid context (the caller's promise).
    unsafe {
        (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.gregs[libc::REG_RIP as usize] as usize
    }
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
    unsafe {
        (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.gregs[libc::REG_RBP as usize] as usize
    }
}

/// The contents of the link register. There is none on x86-64, so this is 0.
///
/// # Safety
/// The caller promises what [`pc`] asks for.
pub(crate) unsafe fn link(_: *const libc::c_void) -> usize {
    0
}

/// The contents of the register of the first argument in Cranelift's calling convention `tail`, which Wasm
/// functions have.
///
/// # Safety
/// The caller promises what [`pc`] asks for.
pub(crate) unsafe fn first_argument(ucontext: *const libc::c_void) -> usize {
    // SAFETY: the kernel passed a valid context (the caller's promise).
    unsafe {
        (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.gregs[libc::REG_RDI as usize] as usize
    }
}

/// The address whose access raised a `SIGSEGV` or `SIGBUS` at `pc`, or `pc` itself if the instruction accesses no memory.
///
/// # Safety
/// The caller promises what [`pc`] asks for, of such a signal; `pc` lies in compiled code.
pub(crate) unsafe fn fault_address(info: *const libc::siginfo_t, pc: usize) -> usize {
    // SAFETY: the processor just fetched the instruction at `pc` in compiled code, which can be read; the kernel passed
    // a valid record (the caller's promise).
    unsafe { if *(pc as *const u8) == HLT { pc } else { (*info).si_addr() as usize } }
}

/// The instruction `hlt`, which only the kernel may execute.
const HLT: u8 = 0xf4;

/// The instruction `ud2`, by which Cranelift's code traps.
const UD2: [u8; 2] = [0x0f, 0x0b];

/// Replaces the trapping instruction at the beginning of `code`, if it is one that does nothing else, by another one
/// of as many bytes whose trap takes less time. A virtual machine leaves to its host for each `ud2`, which takes three
/// times as long as a trap that its own kernel handles alone, as that of `hlt`.
pub(crate) fn make_trap_cheap(code: &mut [u8]) {
    if let Some(instruction) = code.first_chunk_mut::<2>()
        && *instruction == UD2
    {
        *instruction = [HLT, HLT];
    }
}

/// Makes the interrupted thread call `function(args…)`, which must not return, on its own stack.
///
/// # Safety
/// The caller promises what [`fp`] asks for; the stack pointer was valid, and nothing below it is in use,
/// except a red zone, which is left alone.
pub(crate) unsafe fn redirect(ucontext: *mut libc::c_void, function: usize, args: [usize; 5]) {
    // SAFETY: the kernel passed a valid context (the caller's promise).
    let regs = unsafe { &mut (*ucontext.cast::<libc::ucontext_t>()).uc_mcontext.gregs };
    // The stack is as after a call: aligned to sixteen bytes, and then a return address, which is never used.
    let sp = ((regs[libc::REG_RSP as usize] as usize - 128) & !15) - 8;
    regs[libc::REG_RSP as usize] = sp as i64;
    regs[libc::REG_RIP as usize] = function as i64;
    let names = [libc::REG_RDI, libc::REG_RSI, libc::REG_RDX, libc::REG_RCX, libc::REG_R8];
    for (name, arg) in names.into_iter().zip(args) {
        regs[name as usize] = arg as i64;
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
    naked_asm!("mov rsp, rsi", "mov rbp, rdx", "mov rax, rcx", "jmp rdi")
}

/// The return address of the frame at `fp`, and the frame pointer of its caller.
///
/// # Safety
/// `fp` is the frame pointer of a live frame of compiled code.
pub(crate) unsafe fn caller(fp: usize) -> (usize, usize) {
    // SAFETY: `fp` is that of a live frame (the caller's promise). A frame starts with the saved frame
    // pointer, with the return address above it.
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
        asm!("mov {0:e}, dword ptr [{1}]", out(reg) value, in(reg) at, options(nostack, preserves_flags))
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
        asm!("mov {0}, qword ptr [{1}]", out(reg) value, in(reg) at, options(nostack, preserves_flags))
    };
    value
}
