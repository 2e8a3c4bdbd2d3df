//! The record of an activation, which lies on the stack of the host code that entered Wasm.

use crate::sys::stack::Stack;

/// What the store's record said before an activation was entered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Activation {
    pub(crate) stack_limit: usize,
    pub(crate) exit_fp: usize,
    pub(crate) exit_pc: usize,
    pub(crate) entry_fp: usize,
    pub(crate) entry_sp: usize,
    pub(crate) entry_handler: usize,
    pub(crate) entry_canary: *const u64,
    /// The stack of the previous activation, if this one is on another stack.
    pub(crate) previous_stack: Option<Stack>,
    pub(crate) previous: *const Activation,
}

impl Activation {
    /// The activation that was entered before.
    pub(crate) fn previous(&self) -> *const Activation {
        self.previous
    }

    /// The saved frame pointer and return address of the exit, and the frame pointer and canary of the entry.
    pub(crate) fn saved(&self) -> (usize, usize, usize, *const u64) {
        (self.exit_fp, self.exit_pc, self.entry_fp, self.entry_canary)
    }
}
