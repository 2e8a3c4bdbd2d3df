//! Structures and arrays, as instructions make and change them (specification, §4.6.4).
//!
//! In: references that a frame holds, and ranges that instructions name. Out: new objects, or changed ones.
//! A new object may be preceded by a collection; it joins the activations table.

use crate::gc::{AllocError, Heap, Holds};
use crate::store::StoreOpaque;
use crate::store::table::Elements;
use crate::types::registry::TypeId;
use crate::value::address::ElemAddr;
use crate::value::error::Result;
use crate::value::trap::TrapCode;
use std::ops::Range;
use std::ptr::NonNull;

/// Number of elements that are written before the store is asked for an interrupt.
const PIECE: usize = 1 << 16;

impl StoreOpaque {
    /// Makes an object. `held` are references that the caller itself holds, for a collection that may come
    /// before.
    ///
    /// # Errors
    /// Fails if the heap is full, even after a collection.
    pub(crate) fn make_object(
        &mut self,
        held: &[u32],
        make: impl Fn(&mut Heap) -> Result<u32, AllocError>,
    ) -> Result<u32> {
        if self.heap.wants_collection() {
            self.collect_objects(held);
        }
        match make(&mut self.heap) {
            Err(AllocError::Full(_)) => {
                self.collect_with_cycles(held);
                Ok(make(&mut self.heap)?)
            }
            made => Ok(made?),
        }
    }
}

/// Refuses a range that reaches past the end of an array.
pub(super) fn check(store: &StoreOpaque, array: u32, start: u32, count: u32) -> Result<()> {
    match u64::from(start) + u64::from(count) <= u64::from(store.heap.length(array)) {
        true => Ok(()),
        false => Err(TrapCode::ArrayOutOfBounds.into()),
    }
}

/// The bytes for `length` elements of `size` bytes each, from `offset` on.
///
/// # Errors
/// Fails if there are not so many bytes.
pub(super) fn part(
    bytes: Range<usize>,
    offset: u32,
    length: u32,
    size: u32,
) -> Result<Range<usize>> {
    let start = bytes.start + offset as usize;
    match (length as usize).checked_mul(size as usize).and_then(|n| start.checked_add(n)) {
        Some(end) if end <= bytes.end => Ok(start..end),
        _ => Err(TrapCode::MemoryOutOfBounds.into()),
    }
}

/// `array.new_elem`. The segment holds its references, so a collection keeps them.
pub(super) fn new_from_elements(
    store: &mut StoreOpaque,
    segment: ElemAddr,
    ty: TypeId,
    [offset, length]: [u32; 2],
) -> Result<u32> {
    check_segment(store, segment, offset, length)?;
    let array = store.make_object(&[], |heap| heap.allocate_array(ty.0, length))?;
    write_elements(store, segment, array, [0, offset, length]);
    Ok(array)
}

/// `array.init_elem`, into a range that is within the array.
pub(super) fn init_from_elements(
    store: &mut StoreOpaque,
    segment: ElemAddr,
    array: u32,
    [index, offset, count]: [u32; 3],
) -> Result<()> {
    check_segment(store, segment, offset, count)?;
    write_elements(store, segment, array, [index, offset, count]);
    Ok(())
}

/// Refuses a range that reaches past the end of a segment.
fn check_segment(store: &StoreOpaque, segment: ElemAddr, offset: u32, count: u32) -> Result<()> {
    match u64::from(offset) + u64::from(count) <= store.segment_len(segment) {
        true => Ok(()),
        false => Err(TrapCode::TableOutOfBounds.into()),
    }
}

/// Writes elements of a segment to an array. Both ranges are within their bounds.
fn write_elements(
    store: &mut StoreOpaque,
    segment: ElemAddr,
    array: u32,
    [index, offset, count]: [u32; 3],
) {
    let range = offset as usize..offset as usize + count as usize;
    let (segment, heap) = store.segment_heap(segment);
    match segment.elements() {
        // The segment was dropped, and no elements are asked for.
        None => {}
        Some(Elements::Heap(values)) => heap.init_references(array, index, &values[range]),
        Some(Elements::Funcs(functions)) => {
            let address = |f: &Option<NonNull<_>>| f.map_or(0, |f| f.as_ptr() as u64);
            let addresses = functions[range].iter().map(address);
            let bytes: Vec<u8> = addresses.flat_map(u64::to_ne_bytes).collect();
            heap.init_bytes(array, index, &bytes);
        }
    }
}

/// The bytes of a value that is no reference into the heap, as they lie in an object, which has as many of them
/// as its type. Functions are in the order of the target, as compiled code writes them; numbers are
/// little-endian.
pub(super) fn plain_bytes(is_function: bool, value: u128) -> [u8; 16] {
    let mut bytes = value.to_le_bytes();
    if is_function {
        bytes[..8].copy_from_slice(&(value as u64).to_ne_bytes());
    }
    bytes
}

/// `array.fill`. The value is in 128 bits, of which as many are used as an element has.
pub(super) fn fill(
    store: &mut StoreOpaque,
    array: u32,
    [start, count]: [u32; 2],
    [low, high]: [u64; 2],
) -> Result<()> {
    check(store, array, start, count)?;
    let value = u128::from(low) | u128::from(high) << 64;
    let (heap, poll) = store.heap_poll();
    poll.pieces(count as usize, PIECE, |done, now| {
        fill_piece(heap, array, [start + done as u32, now as u32], value);
    })?;
    Ok(())
}

/// Fills a range that is within an array.
pub(super) fn fill_piece(heap: &mut Heap, array: u32, [start, count]: [u32; 2], value: u128) {
    match heap.holds(array) {
        (Holds::References, _) => heap.fill_references(array, start, count, value as u32),
        (holds, size) => {
            let bytes = plain_bytes(holds == Holds::Functions, value);
            heap.fill_array(array, start, count, &bytes[..size as usize]);
        }
    }
}

/// `array.copy`, which works as if through a buffer.
pub(super) fn copy(store: &mut StoreOpaque, operands: [u32; 5]) -> Result<()> {
    let [to, to_index, from, from_index, count] = operands;
    check(store, to, to_index, count)?;
    check(store, from, from_index, count)?;
    let (heap, poll) = store.heap_poll();
    let piece = |done: usize, now: usize| {
        let done = done as u32;
        heap.copy_array(to, to_index + done, from, from_index + done, now as u32);
    };
    // The copy begins at the end that is not overwritten before it is read.
    match to == from && to_index > from_index {
        false => poll.pieces(count as usize, PIECE, piece)?,
        true => poll.pieces_from_end(count as usize, PIECE, piece)?,
    }
    Ok(())
}
