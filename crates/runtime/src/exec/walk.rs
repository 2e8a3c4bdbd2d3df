//! The stack walk, which finds the references that the Wasm frames of a store hold.
//!
//! In: the store's record and its list of activations. Out: every reference that a frame needs after the call
//! that it is executing, as the stack maps say. Host frames are never touched.
//!
//! The walk checks itself: if anything is not as it must be, it fails with a [`Doubt`], and nothing that it
//! found before may be relied on.

use crate::code::{CodeObject, FunctionKind, registry};
use crate::exec::frames::{Frame, Frames, Span};
use crate::gc::Doubt;
use crate::store::StoreOpaque;
use log::{Level, log_enabled, trace};

/// Calls `visit` with every reference that frames hold, and returns the number of Wasm frames.
///
/// # Errors
/// Fails if the stack is not as it must be, or if `visit` fails.
///
/// # Safety
/// `store` is used by this thread, which runs host code. The frames of its activations are on this thread's
/// stack, or on other stacks that are suspended: they are mapped, and do not change meanwhile.
pub(crate) unsafe fn walk(
    store: *const StoreOpaque,
    mut visit: impl FnMut(u32) -> Result<(), Doubt>,
) -> Result<u64, Doubt> {
    // SAFETY: the store lives, and is used by this thread (the caller's promise). Only these fields
    // are read: the heap may be borrowed.
    let (mut next, depth) = unsafe { ((*store).activations, (*store).depth) };
    // SAFETY: the store lives (the caller's promise), and Wasm, which writes its record, does not run.
    let mut span = unsafe { Span::youngest(store) };
    let mut code = registry::Reader::new();
    let logged = log_enabled!(target: "touchstone::walk", Level::Trace);
    let (mut frames, mut found) = (0, 0);
    while !next.is_null() {
        found += 1;
        // SAFETY: the activation's frames are on a stack (the caller's promise), and nothing but this walk
        // runs there.
        frames += unsafe {
            match logged {
                false => walk_span::<false>(&span, &mut code, &mut visit)?,
                true => walk_span::<true>(&span, &mut code, &mut visit)?,
            }
        };
        // SAFETY: `invoke` links an activation only while the frame that holds it is on a stack
        // (`activation`).
        let saved = unsafe { &*next };
        (span, next) = (Span::before(saved), saved.previous());
    }
    match depth == found {
        true => Ok(frames),
        false => Err(Doubt::Activations { expected: depth, found }),
    }
}

/// Walks the frames of one activation, and logs each of them if `LOGGED` is set.
///
/// # Errors
/// Fails as [`walk`] does.
///
/// # Safety
/// The caller promises what [`walk`] asks for; `span` is one of the store's activations.
unsafe fn walk_span<const LOGGED: bool>(
    span: &Span,
    code: &mut registry::Reader,
    visit: &mut impl FnMut(u32) -> Result<(), Doubt>,
) -> Result<u64, Doubt> {
    let mut count = 0;
    // SAFETY: the frames of the activation are on a stack and do not change meanwhile (the caller's
    // promise).
    let mut frames = unsafe { Frames::left(span)? };
    // SAFETY: the activation's frames do not change meanwhile (the caller's promise).
    while let Some(Frame { pc, fp, code: object }) = unsafe { frames.next(code)? } {
        if LOGGED {
            log_frame(object, pc, fp);
        }
        for distance in object.stack_map_at(pc).ok_or(Doubt::NoStackMap(pc))? {
            // SAFETY: the slot lies in the frame, between its frame pointer and the next lower one: the
            // compiler made the stack map of this very call so.
            let reference = unsafe { *((fp - *distance as usize) as *const u32) };
            visit(reference)?;
        }
        count += 1;
    }
    Ok(count)
}

/// Logs a frame: the function that it belongs to, and where it holds references.
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
            // SAFETY: the slot lies in the frame at `fp`, which `walk_span`, the caller, walks: the stack map
            // is that of the call that the frame is executing.
            let reference = unsafe { *((fp - *distance as usize) as *const u32) };
            format!("fp-{distance:#x} = {reference:#x}")
        })
        .collect();
    let slots = if slots.is_empty() { "no references".to_owned() } else { slots.join(", ") };
    trace!(target: "touchstone::walk", "frame {fp:#x}: {function}{at}: {slots}");
}
