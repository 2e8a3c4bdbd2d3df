//! Activations: each entry into Wasm, and how its frames are found.
//!
//! ```text
//!   high │ host                     │
//!        │ entry trampoline         │ ← store.entry_fp        outermost activation
//!        │ Wasm … Wasm              │
//!        │ host call trampoline     │ ← saved exit_fp
//!        │ host                     │   (may hold foreign frames: never touched)
//!        │ entry trampoline         │ ← store.entry_fp        youngest activation
//!        │ Wasm … Wasm              │
//!   low  │ host call trampoline     │ ← store.exit_fp
//! ```
//!
//! The store's record describes the youngest activation; what it replaced is saved in an
//! [`Activation`] on the host's stack, in a list that belongs to the store.

use crate::arch;
use crate::backtrace::{Backtrace, FrameInfo};
use crate::code::FunctionKind;
use crate::error::{Error, Result};
use crate::registry;
use crate::signals;
use crate::stack;
use crate::store::{Pending, StoreOpaque};
use crate::val::ValRaw;
use crate::vm::VmFuncRef;
use std::ptr::NonNull;
use touchstone_cranelift_wasm::layout;

/// What the store's record said before the activation that replaced it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Activation {
    stack_limit: usize,
    exit_fp: usize,
    exit_pc: usize,
    entry_fp: usize,
    entry_sp: usize,
    entry_handler: usize,
    entry_canary: *const u64,
    previous: *const Activation,
}

impl Activation {
    /// The activation that was entered before.
    pub(crate) fn previous(&self) -> *const Activation {
        self.previous
    }

    /// Frame pointer and return address of its exit, its entry's frame pointer and canary.
    pub(crate) fn saved(&self) -> (usize, usize, usize, *const u64) {
        (self.exit_fp, self.exit_pc, self.entry_fp, self.entry_canary)
    }
}

/// Calls `func` with the arguments in `values`; the results replace them.
///
/// # Errors
/// A trap, or the error of a host function. A host function's panic continues here.
///
/// # Safety
/// `store` is exclusively the caller's, `func` belongs to it, and `values` holds the arguments
/// and has room for the results.
pub(crate) unsafe fn invoke(
    store: NonNull<StoreOpaque>,
    func: NonNull<VmFuncRef>,
    values: *mut ValRaw,
) -> Result<()> {
    // SAFETY: the store is live and ours; the function record belongs to one of its instances.
    // Between `enter` and `leave` only compiled code and what it calls use the store.
    unsafe {
        let VmFuncRef { wasm_call, array_call, context, .. } = *func.as_ptr();
        let activation = enter(store.as_ptr());
        (*store.as_ptr()).activations = &activation;
        (*store.as_ptr()).depth += 1;
        let thread = signals::enter(store.as_ptr());
        let ok = array_call(context, context, wasm_call, values);
        signals::leave(thread);
        leave(store.as_ptr(), &activation);
        if ok == 1 { Ok(()) } else { Err(failure(store.as_ptr())) }
    }
}

unsafe fn enter(store: *mut StoreOpaque) -> Activation {
    // SAFETY: the caller's: `store` is live and exclusively ours.
    let (vm, previous, max) =
        unsafe { (&mut (*store).vm, (*store).activations, (*store).max_wasm_stack) };
    let saved = Activation {
        stack_limit: vm.stack_limit,
        exit_fp: vm.exit_fp,
        exit_pc: vm.exit_pc,
        entry_fp: vm.entry_fp,
        entry_sp: vm.entry_sp,
        entry_handler: vm.entry_handler,
        entry_canary: vm.entry_canary,
        previous,
    };
    // Until Wasm is left again there is no exit.
    vm.exit_fp = 0;
    if previous.is_null() {
        // The outermost entry on this thread: all activations within share one limit.
        vm.stack_limit = stack::limit(std::ptr::from_ref(&saved) as usize, max);
    }
    saved
}

unsafe fn leave(store: *mut StoreOpaque, saved: &Activation) {
    // SAFETY: as in `enter`.
    unsafe {
        let vm = &mut (*store).vm;
        vm.stack_limit = saved.stack_limit;
        vm.exit_fp = saved.exit_fp;
        vm.exit_pc = saved.exit_pc;
        vm.entry_fp = saved.entry_fp;
        vm.entry_sp = saved.entry_sp;
        vm.entry_handler = saved.entry_handler;
        vm.entry_canary = saved.entry_canary;
        (*store).activations = saved.previous;
        (*store).depth -= 1;
    }
}

/// What ended the activation.
#[cold]
unsafe fn failure(store: *mut StoreOpaque) -> Error {
    // SAFETY: as in `enter`.
    match unsafe { (*store).pending.take() } {
        Some(Pending::Error(error)) => error,
        Some(Pending::Panic(payload)) => std::panic::resume_unwind(payload),
        None => unreachable!("whatever ends an activation says why"),
    }
}

/// Whether the youngest activation's entry frame is where it was recorded, and the frame at `fp`
/// not above it: that is, whether this thread is still on the stack on which Wasm was entered.
///
/// # Safety
/// `store` has an activation.
pub(crate) unsafe fn entry_is_intact(store: *const StoreOpaque, fp: usize) -> bool {
    // SAFETY: the store is live; the canary lies in the entry trampoline's frame, which has not
    // returned.
    unsafe {
        let vm = &(*store).vm;
        let word = *vm.entry_canary;
        fp <= vm.entry_fp && word == layout::ENTRY_CANARY ^ vm.entry_canary as u64
    }
}

/// Ends the youngest activation: continues at its entry trampoline's handler.
///
/// # Safety
/// `store` has an activation on this thread's stack, its `pending` says why it ends, and no
/// frame of the host since then has anything left to drop.
pub(crate) unsafe fn raise(store: *mut StoreOpaque) -> ! {
    // SAFETY: the entry trampoline recorded the three; its frame is still on the stack.
    unsafe {
        debug_assert!((*store).pending.is_some());
        let vm = &(*store).vm;
        arch::resume(vm.entry_handler, vm.entry_sp, vm.entry_fp, 0)
    }
}

/// A handler of exceptions: where to continue, in which frame.
pub(crate) struct Handler {
    pc: usize,
    sp: usize,
    fp: usize,
}

/// The handler of the youngest frame that has one, in the youngest activation.
///
/// # Safety
/// `store` has an activation on this thread's stack, whose exit is recorded.
pub(crate) unsafe fn find_handler(store: *const StoreOpaque) -> Option<Handler> {
    let mut code = registry::Reader::new();
    // SAFETY: the caller's; between the exit and its entry there are only frames of compiled code.
    unsafe {
        let vm = &(*store).vm;
        let (mut pc, mut fp) = exit(vm.exit_fp, vm.exit_pc)?;
        while fp < vm.entry_fp {
            let object = code.lookup(pc)?;
            if let Some((offset, frame)) = object.handler_at(pc) {
                let pc = object.range().start + offset as usize;
                return Some(Handler { pc, sp: fp - frame as usize, fp });
            }
            (pc, fp) = arch::caller(fp);
        }
    }
    None
}

/// Continues at `handler` with a reference to the exception. The frames below are abandoned.
///
/// # Safety
/// The handler was found just now, and no frame of the host since then has anything left to drop.
pub(crate) unsafe fn resume_at(store: *mut StoreOpaque, handler: Handler, payload: u32) -> ! {
    // SAFETY: the caller's. Wasm goes on: it is no longer left.
    unsafe {
        (*store).vm.exit_fp = 0;
        arch::resume(handler.pc, handler.sp, handler.fp, payload as usize)
    }
}

/// The Wasm frames of `store`, youngest first, starting at `pc` in the frame at `fp` where
/// given, else at the recorded exit.
///
/// # Safety
/// `store` is used by this thread; a given frame is live.
pub(crate) unsafe fn backtrace(
    store: *const StoreOpaque,
    trap: Option<(usize, usize)>,
) -> Backtrace {
    let mut frames = Vec::new();
    // SAFETY: the store is live; activations are linked only while their frames are on the stack.
    unsafe {
        let vm = &(*store).vm;
        let mut next = (*store).activations;
        let mut entry_fp = vm.entry_fp;
        let mut start = trap.or_else(|| exit(vm.exit_fp, vm.exit_pc));
        while !next.is_null() && frames.len() < Backtrace::LIMIT {
            if let Some((pc, fp)) = start {
                walk(pc, fp, entry_fp, trap.is_some() && frames.is_empty(), &mut frames);
            }
            let saved = &*next;
            entry_fp = saved.entry_fp;
            start = exit(saved.exit_fp, saved.exit_pc);
            next = saved.previous;
            // Activations without Wasm frames between them are one stretch of the host.
            if !next.is_null() && frames.last() != Some(&FrameInfo::Host) {
                frames.push(FrameInfo::Host);
            }
        }
    }
    frames.truncate(Backtrace::LIMIT);
    Backtrace::new(frames)
}

/// The youngest Wasm frame before an exit.
unsafe fn exit(exit_fp: usize, exit_pc: usize) -> Option<(usize, usize)> {
    if exit_fp == 0 {
        return None;
    }
    // SAFETY: a recorded exit is the frame of a trampoline that has not returned.
    let (_, fp) = unsafe { arch::caller(exit_fp) };
    Some((exit_pc, fp))
}

/// Pushes the frames from `pc` in the frame at `fp` to the entry at `entry_fp`.
unsafe fn walk(
    mut pc: usize,
    mut fp: usize,
    entry_fp: usize,
    mut exact: bool,
    frames: &mut Vec<FrameInfo>,
) {
    while frames.len() < Backtrace::LIMIT {
        // A return address lies behind its call.
        let at = if exact { pc } else { pc - 1 };
        exact = false;
        if let Some(code) = registry::lookup(at)
            && let Some(FunctionKind::Wasm(function)) = code.function_at(at)
        {
            let (name, offset) = (code.names().get(function), code.source_at(at));
            frames.push(FrameInfo::Wasm { function, name, offset });
        }
        if fp >= entry_fp {
            break;
        }
        // SAFETY: between an exit and its entry there are only frames of compiled code.
        (pc, fp) = unsafe { arch::caller(fp) };
    }
}
