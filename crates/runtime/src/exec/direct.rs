//! Entering and leaving without machine code: a host function is called as if trampolines called it.
//!
//! In: a host function's context and values. Out: what the host function gives. This serves engines that
//! [generate no code](crate::Config::without_code). In them everything of the runtime but compiled code runs,
//! so that an interpreter that checks every access (Miri) can run it.

use crate::value::val::ValRaw;
use crate::value::vm::{VmContext, VmHostContext};

/// Does what an entry trampoline and a host call trampoline do together: writes to the store's record, to
/// which the caller holds no reference, and calls the host function.
///
/// # Safety
/// The caller promises the same as for an entry trampoline: `callee` is the context of a host function, whose
/// store is entered, and `values` holds the function's arguments and has room for its results.
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
