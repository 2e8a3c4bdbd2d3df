//! Shows what is alive in the heap of our own engine.
//!
//! In: what a watched engine remembers of the heap after a directive. Out, as text: the objects by type, with a
//! path to one of each, and how they lie in the heap.

use crate::dump::{Alive, WatchedEngine};
use crate::problem::Problem;
use std::io::Write;
use touchstone_runtime::HeapOccupancy;

/// Shows what is alive after the directive that ran code last.
///
/// # Errors
/// Fails if no directive has run code, or if the output cannot be written.
pub(crate) fn show(out: &mut impl Write, engine: &WatchedEngine) -> Result<(), Problem> {
    let Some(Alive { types, occupancy }) = engine.alive() else {
        let text = "neither the directive nor one before it runs code: nothing is in the heap";
        return Err(Problem(text.into()));
    };
    let count: u64 = types.iter().map(|live| live.count).sum();
    let bytes: u64 = types.iter().map(|live| live.bytes).sum();
    writeln!(out, "\nheap after the directive: {count} objects, {bytes} bytes")?;
    if count != 0 {
        writeln!(
            out,
            "         in {} lines of {} bytes and {} blocks of {} KiB; {} holes between them, the largest of {} bytes",
            occupancy.lines,
            HeapOccupancy::LINE_BYTES,
            occupancy.blocks,
            HeapOccupancy::BLOCK_BYTES >> 10,
            occupancy.holes,
            occupancy.largest_hole_bytes
        )?;
    }
    for live in types {
        writeln!(out, "{:>8} of {} bytes in all: {}", live.count, live.bytes, live.ty)?;
        match live.path {
            Some(path) => writeln!(out, "         {path}")?,
            None => writeln!(out, "         nothing reaches them; a collection frees them")?,
        }
    }
    Ok(())
}
