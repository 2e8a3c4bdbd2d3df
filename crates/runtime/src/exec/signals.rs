//! Hardware traps of compiled code.
//!
//! The signal handler decides whether the interrupted instruction belongs to compiled code, and if so makes
//! the thread continue in [`trapped`], an ordinary function on the thread's own stack. Nothing else happens
//! in the signal context. Other signals go to the handler that was installed before.

use crate::code::{FunctionKind, registry};
use crate::exec::activation;
use crate::exec::frames::Trapped;
use crate::store::Pending;
use crate::sys::arch;
use crate::value::error::{Error, Result};
use crate::value::trap::{Trap, TrapCode};
use crate::value::vm::VmContext;
use std::mem::MaybeUninit;
use std::sync::OnceLock;

const SIGNALS: [libc::c_int; 4] = [libc::SIGSEGV, libc::SIGBUS, libc::SIGILL, libc::SIGFPE];

type Previous = [libc::sigaction; SIGNALS.len()];

static PREVIOUS: OnceLock<Previous> = OnceLock::new();

/// Installs the signal handlers, once for the process.
pub(crate) fn install() -> Result<()> {
    static INSTALLED: std::sync::Mutex<bool> = std::sync::Mutex::new(false);
    let mut installed = INSTALLED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if *installed {
        return Ok(());
    }
    let mut previous = [const { MaybeUninit::<libc::sigaction>::zeroed() }; SIGNALS.len()];
    for (signal, old) in SIGNALS.iter().zip(&mut previous) {
        // SAFETY: the old handlers are only read; `old` is large enough.
        check(unsafe { libc::sigaction(*signal, std::ptr::null(), old.as_mut_ptr()) })?;
    }
    // SAFETY: every element was zeroed and then written by `sigaction`, which succeeded (checked above).
    let previous = previous.map(|old| unsafe { old.assume_init() });
    // This fails if an earlier attempt got this far and failed later. The handlers that it found are the ones
    // to keep.
    let _ = PREVIOUS.set(previous);
    for signal in SIGNALS {
        check(install_one(signal))?;
    }
    *installed = true;
    Ok(())
}

fn install_one(signal: libc::c_int) -> libc::c_int {
    // SAFETY: `handler` has the type that SA_SIGINFO requires, and can run at any instruction, even of the
    // host: it touches nothing but this thread's registers and the registry's lock. `registry::contains`
    // takes that lock for reading and never waits for its own thread: it does not take the lock while this
    // thread changes the registry, and shares it while this thread reads the registry.
    unsafe {
        let mut new: libc::sigaction = std::mem::zeroed();
        new.sa_sigaction = handler as *const () as usize;
        new.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK | libc::SA_NODEFER;
        libc::sigemptyset(&mut new.sa_mask);
        libc::sigaction(signal, &new, std::ptr::null_mut())
    }
}

fn check(result: libc::c_int) -> Result<()> {
    if result == 0 {
        return Ok(());
    }
    let error = std::io::Error::last_os_error();
    Err(Error::Resource(format!("cannot install signal handlers: {error}")))
}

unsafe extern "C" fn handler(
    signal: libc::c_int,
    info: *mut libc::siginfo_t,
    ucontext: *mut libc::c_void,
) {
    // SAFETY: only the kernel calls this function, which `sigaction` installed with `SA_SIGINFO`: it passes a
    // valid record of the signal and a valid context.
    let (pc, sent) = unsafe { (arch::pc(info, ucontext), arch::is_sent(info, ucontext)) };
    if !sent && registry::contains(pc) {
        // SAFETY: the interrupted instruction is one of compiled code (`registry::contains`), which Cranelift
        // makes to keep its stack pointer valid and to keep nothing below its red zone.
        unsafe {
            // A trapping instruction accesses no memory; its own address stands for the fault address.
            let address = match signal {
                libc::SIGSEGV | libc::SIGBUS => arch::fault_address(info, pc),
                _ => pc,
            };
            let fp = arch::fp(ucontext);
            let args = [pc, fp, address, arch::link(ucontext), arch::first_argument(ucontext)];
            arch::redirect(ucontext, trapped as *const () as usize, args);
        }
        return;
    }
    // SAFETY: the arguments are those that the kernel gave for this very signal.
    unsafe { chain(signal, sent, info, ucontext) }
}

/// Passes a signal that is not a trap of compiled code to the handler that was installed before.
unsafe fn chain(
    signal: libc::c_int,
    sent: bool,
    info: *mut libc::siginfo_t,
    ucontext: *mut libc::c_void,
) {
    let position = SIGNALS.iter().position(|s| *s == signal);
    let previous = position.and_then(|i| Some(&PREVIOUS.get()?[i]));
    match previous {
        Some(old) if old.sa_sigaction != libc::SIG_DFL && old.sa_sigaction != libc::SIG_IGN => {
            // SAFETY: `install` read this action from `sigaction` before it installed `handler`: somebody
            // installed it for this signal, and its flags say which of the two signatures its function has.
            unsafe {
                if old.sa_flags & libc::SA_SIGINFO != 0 {
                    type Handler =
                        extern "C" fn(libc::c_int, *mut libc::siginfo_t, *mut libc::c_void);
                    std::mem::transmute::<usize, Handler>(old.sa_sigaction)(signal, info, ucontext);
                } else {
                    type Handler = extern "C" fn(libc::c_int);
                    std::mem::transmute::<usize, Handler>(old.sa_sigaction)(signal);
                }
            }
            // Rust's own handler resets the action to the default, which removes our handler too. That is
            // right for a fault, which happens again at once, but not for a signal that was sent, which does
            // not. Another thread that traps before the next line ends the process: nothing can be put in
            // between, and whoever may send this signal may end the process anyway.
            if sent {
                install_one(signal);
            }
        }
        Some(old) if old.sa_sigaction == libc::SIG_IGN && sent => {}
        _ => {
            // SAFETY: `sigaction` and `raise` are called with valid arguments. The default action ends the
            // process with the right status: the same instruction faults once more, or, if the signal was
            // sent, it is sent again.
            unsafe {
                let mut default: libc::sigaction = std::mem::zeroed();
                default.sa_sigaction = libc::SIG_DFL;
                libc::sigaction(signal, &default, std::ptr::null_mut());
                if sent {
                    libc::raise(signal);
                }
            }
        }
    }
}

/// Where a thread continues after a hardware trap at `pc` in the frame at `fp`. `link` is what the link
/// register held, if the processor has one, and `first` what the register of the first argument held.
///
/// A trapping instruction without a trap code, or a fault outside every linear memory, is a defect of the
/// engine and is never reported as a trap of the guest. In stress mode, which looks for stale references, and where a
/// failure is planted, the first of these is an error of the call.
extern "C" fn trapped(pc: usize, fp: usize, address: usize, link: usize, first: usize) -> ! {
    let object = registry::lookup(pc);
    let ir = object.as_ref().and_then(|code| code.trap_at(pc));
    let function = object.as_ref().and_then(|code| code.function_at(pc));
    drop(object);
    let Some(code) = ir.and_then(TrapCode::from_ir) else {
        let what = format!("trap at {pc:#x} without a code ({ir:?}), fault address {address:#x}");
        if let Some(FunctionKind::Wasm { .. }) = function {
            // SAFETY: an instruction of a Wasm function that faults without a trap code accesses memory, which functions
            // do once they have a frame; so this is the one at `fp`.
            unsafe { end_if_stressed(fp, &what) }
        }
        defect(&what);
    };
    // The stack overflow check is at the beginning of a function, which may not have a frame yet.
    let begins = code == TrapCode::StackOverflow;
    let callee = (begins && arch::FRAME_FOLLOWS_CHECK).then_some(link);
    let store = match function {
        // SAFETY: the function just read the limit of its stack from its context, which the register
        // of first arguments holds (`context_leads`): Cranelift's check comes before anything that
        // could change that register.
        Some(FunctionKind::Wasm { context_leads: true, .. }) if begins => unsafe {
            activation::store_of_context(first as *const VmContext)
        },
        // SAFETY: a trap with a code is that of a Wasm function. It was interrupted in the frame at `fp`, or
        // before it had a frame; in that case the frame at `fp` is its caller's, and the function returns to
        // `link`.
        _ => unsafe { activation::find_store(fp, callee) },
    };
    let store = store.unwrap_or_else(|what| defect(&format!("trap at {pc:#x}: {what}")));
    // SAFETY: the signal came from compiled code of this store, so the store lives, and nothing else uses it
    // now: `activation::invoke` borrows it exclusively while its Wasm runs.
    unsafe {
        // For a trapping instruction `address` is `pc`; for any other it is the address that was accessed.
        let faulted = code == TrapCode::MemoryOutOfBounds && address != pc;
        if faulted && !(*store).owns_guard(address) {
            defect(&format!("access at {pc:#x} to {address:#x}, outside every linear memory"));
        }
        if code == TrapCode::Interrupted {
            // This trap is the requested interrupt, so the request is withdrawn.
            (*store).interrupt().take();
        }
        let backtrace = activation::backtrace(store, Some(Trapped { pc, fp, callee }));
        (*store).pending = Some(Pending::Error(Trap::new(code, backtrace).into()));
        activation::raise(store)
    }
}

/// Ends the running call with an error if the heap of its store is in stress mode, or if a failure is planted in the engine.
/// Compiled code that has a stale reference finds poison there, or another object, which may lead it to where nothing can be
/// accessed. Nothing else than the store's heap may have been written to by then, whose collector follows no reference
/// without a check.
///
/// # Safety
/// The frame at `fp` is that of the Wasm function that was interrupted on this thread.
unsafe fn end_if_stressed(fp: usize, what: &str) {
    // SAFETY: the caller vouches for the frame.
    let Ok(store) = (unsafe { activation::find_store(fp, None) }) else { return };
    // SAFETY: the signal came from compiled code of this store, so the store lives, and nothing else uses it now:
    // `activation::invoke` borrows it exclusively while its Wasm runs.
    unsafe {
        if (*store).heap.stress() || (*store).engine().config().planted.is_some() {
            let text = format!("{what}, probably by a stale reference");
            (*store).pending = Some(Pending::Error(Error::Internal(text)));
            activation::raise(store)
        }
    }
}

/// Reports a violated invariant of the engine and aborts, because it would not be safe to continue.
#[cold]
fn defect(what: &str) -> ! {
    eprintln!("touchstone-runtime: defect of the engine: {what}");
    std::process::abort()
}
