//! The stack walk: which references the Wasm frames of a store hold.
//!
//! In: the store's record and its list of activations. Out: every reference that a frame needs
//! after the call it is in, by the stack maps. Host frames are never touched.
//!
//! The walk checks itself: anything that is not as it must be is a [`Doubt`], and then nothing
//! it found may be relied on.

use crate::code::{CodeObject, FunctionKind, registry};
use crate::gc::Doubt;
use crate::store::StoreOpaque;
use crate::store::activation::Activation;
use crate::sys::arch;
use log::{Level, log_enabled, trace};
use touchstone_cranelift_wasm::layout;

/// One activation: from where Wasm was left up to where it was entered.
struct Span {
    exit_fp: usize,
    exit_pc: usize,
    entry_fp: usize,
    canary: *const u64,
}

/// Gives `visit` every reference that frames hold; gives the number of Wasm frames.
///
/// # Errors
/// If the stack is not as it must be, or `visit` says so.
///
/// # Safety
/// `store` is used by this thread, which runs host code; its activations are those of frames
/// that are on this thread's stack.
pub(crate) unsafe fn walk(
    store: *const StoreOpaque,
    mut visit: impl FnMut(u32) -> Result<(), Doubt>,
) -> Result<u64, Doubt> {
    // SAFETY: the store lives, and is used by this thread (the caller's promise). Only these fields
    // are read: the heap may be borrowed.
    let (vm, mut next, depth) = unsafe { (&(*store).vm, (*store).activations, (*store).depth) };
    let mut span = Span {
        exit_fp: vm.exit_fp,
        exit_pc: vm.exit_pc,
        entry_fp: vm.entry_fp,
        canary: vm.entry_canary,
    };
    let mut code = registry::Reader::new();
    let (mut frames, mut found) = (0, 0);
    while !next.is_null() {
        found += 1;
        // SAFETY: the activation's frames are on a stack (the caller's promise).
        frames += unsafe { walk_span(&span, &mut code, &mut visit)? };
        // SAFETY: activations are linked only while the frame that holds them is on the stack.
        let saved = unsafe { &*next };
        (span, next) = (saved.outer_span(), saved.previous());
    }
    match depth == found {
        true => Ok(frames),
        false => Err(Doubt::Activations { expected: depth, found }),
    }
}

impl Activation {
    fn outer_span(&self) -> Span {
        let (exit_fp, exit_pc, entry_fp, canary) = self.saved();
        Span { exit_fp, exit_pc, entry_fp, canary }
    }
}

/// # Safety
/// As [`walk`]; `span` is one of the store's activations.
unsafe fn walk_span(
    span: &Span,
    code: &mut registry::Reader,
    visit: &mut impl FnMut(u32) -> Result<(), Doubt>,
) -> Result<u64, Doubt> {
    if span.exit_fp == 0 {
        return Err(Doubt::NoExit);
    }
    // SAFETY: the entry trampoline recorded where its canary is; its frame has not returned.
    if unsafe { *span.canary } != layout::ENTRY_CANARY ^ span.canary as u64 {
        return Err(Doubt::Canary);
    }
    check_order(span.exit_fp, span.exit_fp, span.entry_fp)?;
    let mut pc = span.exit_pc;
    // SAFETY: the exit is the frame of a trampoline that has not returned.
    let (_, mut fp) = unsafe { arch::caller(span.exit_fp) };
    let mut below = span.exit_fp;
    let logged = log_enabled!(target: "touchstone::walk", Level::Trace);
    let mut frames = 0;
    while fp != span.entry_fp {
        check_order(below + 1, fp, span.entry_fp)?;
        let object = code.lookup(pc).ok_or(Doubt::UnknownCode(pc))?;
        if logged {
            log_frame(object, pc, fp);
        }
        for distance in stack_map(object, pc)? {
            // SAFETY: the slot lies in the frame: between its frame pointer and the one below,
            // as the map of this very call says.
            let reference = unsafe { *((fp - *distance as usize) as *const u32) };
            visit(reference)?;
        }
        below = fp;
        // SAFETY: between an exit and its entry there are only frames of compiled code.
        (pc, fp) = unsafe { arch::caller(fp) };
        frames += 1;
    }
    // The frame of the oldest function returns into the entry trampoline.
    let entry = code.lookup(pc).and_then(|object| object.function_at(pc - 1));
    match entry {
        Some(FunctionKind::Entry { .. }) => Ok(frames),
        _ => Err(Doubt::UnknownCode(pc)),
    }
}

/// Tells of a frame: whose it is, and where it holds references.
#[cold]
fn log_frame(object: &CodeObject, pc: usize, fp: usize) {
    let function = match object.function_at(pc - 1) {
        Some(FunctionKind::Wasm { index, .. }) => match object.names().get(index) {
            Some(name) => format!("function {index} ({name})"),
            None => format!("function {index}"),
        },
        other => format!("{other:?}"),
    };
    let at = object.source_at(pc - 1).map(|at| format!(" at {at:#x}")).unwrap_or_default();
    let slots = object.stack_map_at(pc).unwrap_or_default();
    let slots: Vec<_> = slots
        .iter()
        .map(|distance| {
            // SAFETY: the slot lies in the frame at `fp`, which `walk_span` walks: the map is that of the
            // call that the frame is in.
            let reference = unsafe { *((fp - *distance as usize) as *const u32) };
            format!("fp-{distance:#x} = {reference:#x}")
        })
        .collect();
    let slots = if slots.is_empty() { "no references".to_owned() } else { slots.join(", ") };
    trace!(target: "touchstone::walk", "frame {fp:#x}: {function}{at}: {slots}");
}

/// Frames lie in order, at aligned addresses, below their entry.
fn check_order(lowest: usize, fp: usize, entry_fp: usize) -> Result<(), Doubt> {
    match fp >= lowest && fp < entry_fp && fp.is_multiple_of(align_of::<usize>()) {
        true => Ok(()),
        false => Err(Doubt::FramePointer(fp)),
    }
}

fn stack_map(object: &CodeObject, pc: usize) -> Result<&[u32], Doubt> {
    object.stack_map_at(pc).ok_or(Doubt::NoStackMap(pc))
}
