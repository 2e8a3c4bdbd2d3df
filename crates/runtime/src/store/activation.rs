//! The record of an activation, on the stack of whoever entered Wasm.

use crate::sys::stack::Stack;

/// What the store's record said before the activation that replaced it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Activation {
    pub(crate) stack_limit: usize,
    pub(crate) exit_fp: usize,
    pub(crate) exit_pc: usize,
    pub(crate) entry_fp: usize,
    pub(crate) entry_sp: usize,
    pub(crate) entry_handler: usize,
    pub(crate) entry_canary: *const u64,
    /// The stack of the activation before, where this one is on another.
    pub(crate) previous_stack: Option<Stack>,
    pub(crate) previous: *const Activation,
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
