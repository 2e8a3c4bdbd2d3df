//! Entering and leaving without machine code: a host function is called as if by trampolines.
//!
//! In: a host function's context and values. Out: what the host function gives. For engines that
//! [generate no code](crate::Config::without_code): everything of the runtime but compiled code runs
//! in them, and can be run by an interpreter that checks every access (Miri).

use crate::value::val::ValRaw;
use crate::value::vm::{VmContext, VmHostContext};

/// What an entry trampoline and a host call trampoline do together: they write to the store's record,
/// behind the back of whoever called, and call.
///
/// # Safety
/// As for an entry trampoline: `callee` is the context of a host function, whose store is entered, and
/// `values` holds its arguments and has room for its results.
pub(crate) unsafe extern "C" fn enter(
    callee: *mut VmContext,
    caller: *mut VmContext,
    _code: *const u8,
    values: *mut ValRaw,
) -> u8 {
    let record = 0u64;
    // SAFETY: the context is that of a host function, and its store lives (the caller's promise).
    unsafe {
        let store = (*callee).store;
        let frame = &raw const record as usize;
        (*store).entry_fp = frame;
        (*store).entry_sp = frame;
        (*store).entry_handler = frame;
        (*store).entry_canary = &raw const record;
        (*store).exit_fp = frame;
        (*store).exit_pc = frame;
        let ok = ((*callee.cast::<VmHostContext>()).func)(callee, caller, values);
        (*store).exit_fp = 0;
        ok
    }
}
