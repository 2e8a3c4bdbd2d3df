//! Activations. Each entry into Wasm makes one; this module also finds the frames of an activation.
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
//! The store's record describes the youngest activation. What the record said before is saved in an
//! [`Activation`] on the host's stack, in a list that belongs to the store.
//!
//! An activation belongs to the stack that it was entered on, which need not be the thread's own: a host may
//! switch stacks, and even threads, while it is called by Wasm. So no state of a running activation is kept
//! per thread, and a trap finds its store by walking up to the entry trampoline, whose frame says which store
//! was entered. (If Wasm ran out of stack, the trap finds the store by the context of the function that
//! began, if its signature says where that is.) If a host function calls Wasm on another stack and abandons
//! that stack, the activations there are abandoned when the host function returns ([`abandon_younger`]).

use crate::code::{FunctionKind, registry};
use crate::exec::frames::{Frame, Frames, Span, Trapped};
use crate::gc::Doubt;
use crate::store::activation::Activation;
use crate::store::context::StoreAccess;
use crate::store::hooks::{CallHook, Hooks};
use crate::store::{Pending, StoreOpaque};
use crate::sys::arch;
use crate::sys::stack;
use crate::value::backtrace::{Backtrace, FrameInfo};
use crate::value::error::{Error, Result};
use crate::value::val::ValRaw;
use crate::value::vm::{VmContext, VmFuncRef};
use std::ptr::NonNull;
use touchstone_cranelift_wasm::layout::{self, entry_record};

/// Calls `func` with the arguments in `values`, where the results replace them.
///
/// # Errors
/// Fails if the call traps or a host function fails; or, before anything has happened, if the system does not
/// tell where the stack ends. A host function's panic continues here.
///
/// # Safety
/// `func` belongs to the store, and `values` holds the arguments and has room for the results.
pub(crate) unsafe fn invoke(
    store: &mut StoreAccess<'_>,
    func: NonNull<VmFuncRef>,
    values: *mut ValRaw,
) -> Result<()> {
    let store = store.as_ptr();
    // SAFETY: the address is that of a `StoreAccess`, which borrows the store exclusively: the store lives,
    // and no reference to it exists (see `context`). The function record belongs to the store, and `values`
    // has room (the caller's promise).
    unsafe {
        if (*store).hooks.tells_calls() {
            return invoke_and_tell(store, func, values);
        }
        invoke_at(store, func, values)
    }
}

/// Does what [`invoke`] does, but takes the store's address.
///
/// # Errors
/// Fails as [`invoke`] does.
///
/// # Safety
/// The caller promises what [`invoke`] asks for, and that the store is borrowed exclusively for as long as
/// this runs.
#[inline(always)]
unsafe fn invoke_at(
    store: *mut StoreOpaque,
    func: NonNull<VmFuncRef>,
    values: *mut ValRaw,
) -> Result<()> {
    // SAFETY: the store lives, and no reference to it exists; the function record belongs to the store (both
    // are the caller's promise). Between `enter` and `leave` only compiled code and what it calls use the
    // store.
    unsafe {
        let VmFuncRef { wasm_call, array_call, context, .. } = *func.as_ptr();
        let mut activation = saved(store);
        enter(store, &mut activation)?;
        let ok = array_call(context, context, wasm_call, values);
        leave(store, &activation);
        if ok == 1 { Ok(()) } else { Err(failure(store)) }
    }
}

/// Does what [`invoke_at`] does, and calls the store's call hook before and after it.
///
/// # Errors
/// Fails as [`invoke`] does, and if the hook fails.
///
/// # Safety
/// The caller promises what [`invoke_at`] asks for.
#[cold]
unsafe fn invoke_and_tell(
    store: *mut StoreOpaque,
    func: NonNull<VmFuncRef>,
    values: *mut ValRaw,
) -> Result<()> {
    // SAFETY: the store lives and nothing else uses it before the call and after it (the caller's
    // promise, which also covers the call itself).
    unsafe {
        Hooks::tell_call(store, CallHook::CallingWasm)?;
        let result = invoke_at(store, func, values);
        let told = Hooks::tell_call(store, CallHook::ReturningFromWasm);
        result.and(told)
    }
}

/// Saves what the store's record says now. The result is made where it stays, because a copy of it would take
/// as long as all the rest of a call.
///
/// # Safety
/// `store` lives, and no reference to it exists.
#[inline(always)]
unsafe fn saved(store: *mut StoreOpaque) -> Activation {
    // SAFETY: the store lives, and nothing else uses it (the caller's promise).
    let (vm, previous) = unsafe { (&(*store).vm, (*store).activations) };
    Activation {
        stack_limit: vm.stack_limit,
        exit_fp: vm.exit_fp,
        exit_pc: vm.exit_pc,
        entry_fp: vm.entry_fp,
        entry_sp: vm.entry_sp,
        entry_handler: vm.entry_handler,
        entry_canary: vm.entry_canary,
        previous_stack: None,
        previous,
    }
}

/// Makes `activation` the youngest activation, and prepares the store's record for it.
///
/// # Errors
/// Fails if the system does not tell where the stack ends; then nothing has changed.
///
/// # Safety
/// `store` lives, and no reference to it exists. `activation` is what [`saved`] gave, and stays where it is
/// until the store is [left](leave).
#[inline(always)]
unsafe fn enter(store: *mut StoreOpaque, activation: &mut Activation) -> Result<()> {
    let sp = std::ptr::from_ref(activation) as usize;
    // SAFETY: the store lives, and nothing else uses it (the caller's promise).
    unsafe {
        let outermost = activation.previous.is_null();
        // Activations that are nested on one stack share its limit. The stack that the store remembers is
        // meaningless when no activation is on it.
        if outermost || !(*store).stack.contains(sp) {
            let stack = stack::current(sp)?;
            if (*store).stack != stack {
                activation.previous_stack = (!outermost).then_some((*store).stack);
                (*store).stack = stack;
            }
            (*store).vm.stack_limit = stack.limit(sp, (*store).max_wasm_stack);
        }
        // There is no exit until Wasm is left again.
        (*store).vm.exit_fp = 0;
        (*store).activations = activation;
        (*store).depth += 1;
    }
    Ok(())
}

/// Restores what the store's record said before an activation.
///
/// # Safety
/// `store` lives, no reference to it exists, and `saved` is its youngest activation.
#[inline]
unsafe fn leave(store: *mut StoreOpaque, saved: *const Activation) {
    // SAFETY: the store lives (the caller's promise); an activation is readable while it is linked.
    unsafe {
        debug_assert!(std::ptr::eq((*store).activations, saved), "the youngest is left first");
        let saved = &*saved;
        let vm = &mut (*store).vm;
        vm.stack_limit = saved.stack_limit;
        vm.exit_fp = saved.exit_fp;
        vm.exit_pc = saved.exit_pc;
        vm.entry_fp = saved.entry_fp;
        vm.entry_sp = saved.entry_sp;
        vm.entry_handler = saved.entry_handler;
        vm.entry_canary = saved.entry_canary;
        if let Some(stack) = saved.previous_stack {
            (*store).stack = stack;
        }
        (*store).activations = saved.previous;
        (*store).depth -= 1;
    }
}

/// Makes `activation` the youngest again, after a host function that it called has called Wasm on another
/// stack and returned before that call ended. Returns how many activations were abandoned.
///
/// The stacks of the abandoned activations are suspended for good: what ran there borrowed the store from the
/// host function, and that borrow ended with the host function.
///
/// # Safety
/// `store` lives, no reference to it exists, and `activation` is in its list.
#[cold]
pub(crate) unsafe fn abandon_younger(
    store: *mut StoreOpaque,
    activation: *const Activation,
) -> usize {
    let mut abandoned = 0;
    // SAFETY: the store lives, and the list reaches `activation` (the caller's promise). The younger
    // activations are on stacks that the host suspended within Wasm. The unsafe code of the host that
    // switches stacks must not free one before the frames on it have ended or their activations were
    // abandoned here (the crate's documentation asks for that). So the activations can be read.
    unsafe {
        while !std::ptr::eq((*store).activations, activation) {
            leave(store, (*store).activations);
            abandoned += 1;
        }
    }
    abandoned
}

/// Takes the reason why the activation ended. A panic continues here.
///
/// # Safety
/// `store` lives, and no reference to it exists.
#[cold]
unsafe fn failure(store: *mut StoreOpaque) -> Error {
    // SAFETY: the store lives, and no reference to it exists (the caller's promise).
    match unsafe { (*store).pending.take() } {
        Some(Pending::Error(error)) => {
            if let Error::Trap(trap) = &error {
                log::debug!(target: "touchstone::trap", "{trap}");
            }
            error
        }
        Some(Pending::Panic(payload)) => std::panic::resume_unwind(payload),
        None => unreachable!("whatever ends an activation says why"),
    }
}

/// Finds the store of a function that begins, by its context. The stack is not walked, because after a stack
/// overflow it holds as many frames as it can.
///
/// # Errors
/// Fails as [`find_store`] does.
///
/// # Safety
/// `context` is a live context.
pub(crate) unsafe fn store_of_context(
    context: *const VmContext,
) -> Result<*mut StoreOpaque, &'static str> {
    // SAFETY: the context lives (the caller's promise), and begins with its magic number. It points to its
    // store's record, which is the store's first field.
    unsafe {
        match (*context).magic == layout::CONTEXT_MAGIC {
            true => Ok((*context).store.cast()),
            false => Err("a function that ran out of stack has no context"),
        }
    }
}

/// Finds the store that compiled code runs in, by a walk from the frame at `fp` up to the entry trampoline,
/// whose frame says which store it is. `callee` is the return address of a callee that has no frame yet.
///
/// # Errors
/// Fails if the stack is not as it must be, which the message describes: the engine has a defect, or somebody
/// overwrote the stack.
///
/// # Safety
/// `fp` is the frame pointer of a live frame of compiled code, which is a frame of a Wasm function unless
/// `callee` is given.
pub(crate) unsafe fn find_store(
    mut fp: usize,
    callee: Option<usize>,
) -> Result<*mut StoreOpaque, &'static str> {
    // The return addresses that were last found to lie in Wasm. Deep stacks come from recursion, in which a
    // few functions return to the same few addresses.
    const SEEN: usize = 8;
    let mut seen = [0; SEEN];
    let mut code = registry::Reader::new();
    let mut next = callee;
    loop {
        // `pc` becomes an address in the function whose frame is at `fp`.
        let pc = match next.take() {
            Some(pc) => pc,
            None => {
                // SAFETY: up to its entry an activation has only frames of compiled code, and this one is
                // that of a Wasm function: by the caller's promise for the first frame, and by the lookup
                // below for the others.
                let (pc, caller) = unsafe { arch::caller(fp) };
                if caller <= fp {
                    return Err("frame pointers do not ascend");
                }
                fp = caller;
                pc
            }
        };
        let known = &mut seen[(pc / 4) % SEEN];
        if *known == pc && pc != 0 {
            continue;
        }
        let object = code.lookup(pc).ok_or("a return address is not that of a call")?;
        match object.function_at(pc - 1) {
            Some(FunctionKind::Wasm { .. }) => *known = pc,
            Some(FunctionKind::Entry { record }) => {
                // SAFETY: the entry trampoline wrote its record before it called Wasm.
                return unsafe { store_of_entry(fp, fp - record as usize) };
            }
            Some(FunctionKind::Trampoline) | None => {
                return Err("a return address is neither in Wasm nor in its entry");
            }
        }
    }
}

/// # Safety
/// `record` is the address of the record of the entry trampoline whose frame is at `entry_fp`.
unsafe fn store_of_entry(entry_fp: usize, record: usize) -> Result<*mut StoreOpaque, &'static str> {
    let field = |offset: i32| record.wrapping_add_signed(offset as isize);
    let canary = field(entry_record::CANARY) as *const u64;
    // SAFETY: the record of an entry trampoline on the stack is readable (the caller's promise).
    if unsafe { *canary } != layout::ENTRY_CANARY ^ canary as u64 {
        return Err("the canary of an entry was overwritten");
    }
    // SAFETY: the record is that of an entry trampoline (the caller's promise), and its canary is intact. It
    // holds a pointer to the store's record, which is the store's first field.
    let store = unsafe { *(field(entry_record::STORE) as *const *mut StoreOpaque) };
    // SAFETY: the store lives: `invoke` borrows it until its Wasm has ended, and the frame that was found
    // shows that it has not ended.
    match unsafe { (*store).vm.entry_fp } == entry_fp {
        true => Ok(store),
        false => Err("another activation of the store is younger"),
    }
}

/// Ends the youngest activation by continuing at the handler of its entry trampoline.
///
/// # Safety
/// `store` has an activation on this thread's stack, its `pending` says why it ends, and no frame of the host
/// below that activation has anything left to drop.
pub(crate) unsafe fn raise(store: *mut StoreOpaque) -> ! {
    // SAFETY: the entry trampoline recorded its handler, stack pointer and frame pointer, and its frame is
    // still on this thread's stack (the caller's promise).
    unsafe {
        debug_assert!((*store).pending.is_some());
        let vm = &(*store).vm;
        arch::resume(vm.entry_handler, vm.entry_sp, vm.entry_fp, 0)
    }
}

/// A handler of exceptions: the address at which to continue, and the frame.
pub(crate) struct Handler {
    pc: usize,
    sp: usize,
    fp: usize,
}

/// Finds the handler of the youngest frame that has one, in the youngest activation.
///
/// # Errors
/// Fails if the stack is not as it must be.
///
/// # Safety
/// `store` has an activation on this thread's stack, whose exit is recorded.
pub(crate) unsafe fn find_handler(store: *const StoreOpaque) -> Result<Option<Handler>, Doubt> {
    let mut code = registry::Reader::new();
    // SAFETY: the store lives, its exit is recorded and its frames are on this thread's stack (the
    // caller's promise), which runs nothing else meanwhile.
    unsafe {
        let mut frames = Frames::left(&Span::youngest(store))?;
        while let Some(frame) = frames.next(&mut code)? {
            if let Some((offset, distance)) = frame.code.handler_at(frame.pc) {
                let pc = frame.code.range().start + offset as usize;
                let sp = frame.fp - distance as usize;
                return Ok(Some(Handler { pc, sp, fp: frame.fp }));
            }
        }
    }
    Ok(None)
}

/// Continues at `handler`, and passes it a reference to the exception. The frames below are abandoned.
///
/// # Safety
/// [`find_handler`] has just found the handler in `store`, and no frame of the host below it has anything
/// left to drop.
pub(crate) unsafe fn resume_at(store: *mut StoreOpaque, handler: Handler, payload: u32) -> ! {
    // SAFETY: the handler belongs to a frame that is still on the stack, and nothing below that frame is left
    // to drop (the caller's promise). As Wasm continues, the recorded exit is cleared.
    unsafe {
        (*store).vm.exit_fp = 0;
        arch::resume(handler.pc, handler.sp, handler.fp, payload as usize)
    }
}

/// The Wasm frames of `store`, youngest first. The list begins with the frame that trapped, if `trap` is
/// given, else at the recorded exit. If the stack is not as it must be at some point, the frames beyond it
/// are left out.
///
/// # Safety
/// This thread uses `store`; the frame of `trap`, if given, is live.
pub(crate) unsafe fn backtrace(store: *const StoreOpaque, trap: Option<Trapped>) -> Backtrace {
    let mut found = Vec::new();
    let mut code = registry::Reader::new();
    // SAFETY: the store lives, and is used by this thread (the caller's promise); activations are linked only
    // while their frames are on a stack, and nothing but this function runs there.
    unsafe {
        let mut next = (*store).activations;
        let mut span = Span::youngest(store);
        let mut frames = match trap {
            Some(Trapped { pc, fp, callee }) => {
                // The frame that trapped is at the trapping instruction; the other frames are at calls.
                list_frame(&mut code, pc, &mut found);
                match callee {
                    // The frame at `fp` is that of its caller.
                    Some(link) => Ok(Frames::from(link, fp, &span)),
                    None => {
                        let mut frames = Frames::from(pc, fp, &span);
                        frames.next(&mut code).map(|_| frames)
                    }
                }
            }
            None => Frames::left(&span),
        };
        while !next.is_null() && found.len() < Backtrace::LIMIT {
            if let Ok(frames) = &mut frames {
                list(frames, &mut code, &mut found);
            }
            let saved = &*next;
            span = Span::before(saved);
            next = saved.previous();
            // Adjacent frames of the host are listed once, even if there are several activations between
            // them.
            if !next.is_null() {
                frames = Frames::left(&span);
                if found.last() != Some(&FrameInfo::Host) {
                    found.push(FrameInfo::Host);
                }
            }
        }
    }
    found.truncate(Backtrace::LIMIT);
    Backtrace::new(found)
}

/// Lists the frames of an activation.
///
/// # Safety
/// The caller promises what [`Frames::next`] asks for.
unsafe fn list(frames: &mut Frames, code: &mut registry::Reader, into: &mut Vec<FrameInfo>) {
    while into.len() < Backtrace::LIMIT {
        // SAFETY: the frames are on a stack and do not change meanwhile (the caller's promise).
        let Ok(Some(Frame { pc, .. })) = (unsafe { frames.next(code) }) else { break };
        // A return address is that of the instruction after the call.
        list_frame(code, pc - 1, into);
    }
}

/// Lists the frame of a Wasm function that is at the instruction with address `at`.
fn list_frame(code: &mut registry::Reader, at: usize, into: &mut Vec<FrameInfo>) {
    if let Some(code) = code.lookup(at)
        && let Some(FunctionKind::Wasm { index: function, .. }) = code.function_at(at)
    {
        let (name, offset) = (code.names().get(function), code.source_at(at));
        into.push(FrameInfo::Wasm { function, name, offset });
    }
}
