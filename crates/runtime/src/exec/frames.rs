//! Iterates over the frames of an activation, for collections, throws and backtraces.
//!
//! In: the points where Wasm was left and entered, as the store recorded them; the stack. Out: each frame of
//! a Wasm function, youngest first. Every step is checked: if anything is not as it must be, the step fails
//! with a [`Doubt`], and nothing beyond that point is read.

use crate::code::{CodeObject, FunctionKind, registry};
use crate::gc::Doubt;
use crate::store::StoreOpaque;
use crate::store::activation::Activation;
use crate::sys::arch;
use touchstone_cranelift_wasm::layout;

/// The part of the stack that an activation takes, from where Wasm was left up to where it was entered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    exit_fp: usize,
    exit_pc: usize,
    entry_fp: usize,
    canary: *const u64,
}

/// A frame of a Wasm function.
pub(crate) struct Frame<'c> {
    /// Where the function continues: the return address of the call that it is executing.
    pub(crate) pc: usize,
    /// The frame pointer of the frame.
    pub(crate) fp: usize,
    /// The code object that the function belongs to.
    pub(crate) code: &'c CodeObject,
}

/// An iterator over the frames of an activation.
pub(crate) struct Frames {
    pc: usize,
    fp: usize,
    /// No frame begins below this address.
    lowest: usize,
    entry_fp: usize,
}

/// The place at which compiled code trapped.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Trapped {
    /// The address of the trapping instruction.
    pub(crate) pc: usize,
    /// The frame pointer at that instruction.
    pub(crate) fp: usize,
    /// The return address of the function, if the function has no frame yet and `fp` is the frame pointer of
    /// its caller.
    pub(crate) callee: Option<usize>,
}

impl Span {
    /// The youngest activation of a store.
    ///
    /// # Safety
    /// The store lives, and its record is not written meanwhile.
    #[inline]
    pub(crate) unsafe fn youngest(store: *const StoreOpaque) -> Self {
        // SAFETY: the store lives (the caller's promise). The reference is to its record alone, as its heap
        // may be borrowed.
        let vm = unsafe { &(*store).vm };
        Span {
            exit_fp: vm.exit_fp,
            exit_pc: vm.exit_pc,
            entry_fp: vm.entry_fp,
            canary: vm.entry_canary,
        }
    }

    /// The span that was the youngest before `activation` was entered.
    pub(crate) fn before(activation: &Activation) -> Self {
        let (exit_fp, exit_pc, entry_fp, canary) = activation.saved();
        Span { exit_fp, exit_pc, entry_fp, canary }
    }
}

impl Frames {
    /// The frames of an activation from which Wasm was left.
    ///
    /// # Errors
    /// Fails if Wasm was not left, the canary was overwritten, or the ends of the span are not in order.
    ///
    /// # Safety
    /// The span is that of an activation whose frames are on a stack and do not change meanwhile: neither the
    /// entry trampoline nor the trampoline that left Wasm has returned.
    #[inline]
    pub(crate) unsafe fn left(span: &Span) -> Result<Self, Doubt> {
        let Span { exit_fp, exit_pc, entry_fp, canary } = *span;
        if exit_fp == 0 {
            return Err(Doubt::NoExit);
        }
        // SAFETY: the entry trampoline recorded where its canary is, and it has not returned (the caller's
        // promise).
        if unsafe { *canary } != layout::ENTRY_CANARY ^ canary as u64 {
            return Err(Doubt::Canary);
        }
        check_order(exit_fp, exit_fp, entry_fp)?;
        // SAFETY: the exit is the frame of a trampoline that has not returned (the caller's promise).
        let (_, fp) = unsafe { arch::caller(exit_fp) };
        Ok(Frames { pc: exit_pc, fp, lowest: exit_fp + 1, entry_fp })
    }

    /// The frames of the activation at `span`, starting with the frame at `fp`, whose function continues at
    /// `pc`.
    pub(crate) fn from(pc: usize, fp: usize, span: &Span) -> Self {
        Frames { pc, fp, lowest: fp, entry_fp: span.entry_fp }
    }

    /// The next frame, or `None` if the next one is that of the entry trampoline.
    ///
    /// # Errors
    /// Fails if the stack is not as it must be.
    ///
    /// # Safety
    /// The frames of the activation are on a stack and do not change meanwhile.
    #[inline(always)]
    pub(crate) unsafe fn next<'c>(
        &mut self,
        code: &'c mut registry::Reader,
    ) -> Result<Option<Frame<'c>>, Doubt> {
        let Frames { pc, fp, lowest, entry_fp } = *self;
        if fp == entry_fp {
            return returns_into_entry(pc, code).map(|()| None);
        }
        check_order(lowest, fp, entry_fp)?;
        let code = code.lookup(pc).ok_or(Doubt::UnknownCode(pc))?;
        // SAFETY: between an exit, or a trap, and its entry there are only frames of compiled code. This
        // frame lies there (`check_order` checked), on a stack that does not change (the caller's promise).
        (self.pc, self.fp) = unsafe { arch::caller(fp) };
        self.lowest = fp + 1;
        Ok(Some(Frame { pc, fp, code }))
    }
}

/// Checks that `pc`, the return address of the oldest function, lies in an entry trampoline.
#[inline]
fn returns_into_entry(pc: usize, code: &mut registry::Reader) -> Result<(), Doubt> {
    match code.lookup(pc).and_then(|object| object.function_at(pc - 1)) {
        Some(FunctionKind::Entry { .. }) => Ok(()),
        _ => Err(Doubt::UnknownCode(pc)),
    }
}

/// Checks that frames lie in order, at aligned addresses, below the frame of their entry trampoline.
#[inline(always)]
fn check_order(lowest: usize, fp: usize, entry_fp: usize) -> Result<(), Doubt> {
    match fp >= lowest && fp < entry_fp && fp.is_multiple_of(align_of::<usize>()) {
        true => Ok(()),
        false => Err(Doubt::FramePointer(fp)),
    }
}
