//! Structures and arrays, as instructions make and change them (specification, §4.6.4).
//!
//! In: references that a frame holds, and ranges that instructions name. Out: new objects, or changed ones.
//! A new object may be preceded by a collection; it joins the activations table.

use crate::gc::{AllocError, Heap, Holds, Kind};
use crate::store::StoreOpaque;
use crate::store::table::Elements;
use crate::types::registry::TypeId;
use crate::value::address::ElemAddr;
use crate::value::error::Result;
use crate::value::trap::TrapCode;
use std::ops::Range;

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

    /// Whether the elements of an array are references into the heap.
    pub(crate) fn holds_references(&self, array: u32) -> bool {
        match self.heap.kind(array) {
            Kind::Array(ty) => matches!(self.heap.holds(ty), Holds::References),
            Kind::External | Kind::Struct(_) => unreachable!("validated: an array"),
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

/// The elements from `offset` on, as far as a segment has them.
fn elements(store: &StoreOpaque, segment: ElemAddr, offset: u32, count: u32) -> Result<Values> {
    let (start, end) = (offset as usize, offset as usize + count as usize);
    let segment = store.segment(segment);
    if end > segment.len() {
        return Err(TrapCode::TableOutOfBounds.into());
    }
    Ok(match segment.elements() {
        None => Values::Nothing,
        Some(Elements::Heap(references)) => Values::References(references[start..end].to_vec()),
        Some(Elements::Funcs(functions)) => {
            let address = |f: &Option<_>| f.map_or(0, |f: std::ptr::NonNull<_>| f.as_ptr() as u64);
            Values::Functions(functions[start..end].iter().map(address).collect())
        }
    })
}

enum Values {
    /// The segment was dropped, so that it has no elements.
    Nothing,
    References(Vec<u32>),
    Functions(Vec<u64>),
}

/// `array.new_elem`. The segment holds its references, so a collection keeps them.
pub(super) fn new_from_elements(
    store: &mut StoreOpaque,
    segment: ElemAddr,
    ty: TypeId,
    [offset, length]: [u32; 2],
) -> Result<u32> {
    let values = elements(store, segment, offset, length)?;
    let array = store.make_object(&[], |heap| heap.allocate_array(ty.0, length))?;
    write(store, array, 0, &values);
    Ok(array)
}

/// `array.init_elem`, into a range that is within the array.
pub(super) fn init_from_elements(
    store: &mut StoreOpaque,
    segment: ElemAddr,
    array: u32,
    [index, offset, count]: [u32; 3],
) -> Result<()> {
    let values = elements(store, segment, offset, count)?;
    write(store, array, index, &values);
    Ok(())
}

fn write(store: &mut StoreOpaque, array: u32, index: u32, values: &Values) {
    match values {
        Values::Nothing => {}
        Values::References(values) => store.heap.init_references(array, index, values),
        Values::Functions(values) => {
            let bytes: Vec<u8> = values.iter().flat_map(|value| value.to_ne_bytes()).collect();
            store.heap.init_bytes(array, index, &bytes);
        }
    }
}

/// `array.fill`. The value is in 128 bits, of which as many are used as an element has.
pub(super) fn fill(
    store: &mut StoreOpaque,
    array: u32,
    [start, count]: [u32; 2],
    [low, high]: [u64; 2],
) -> Result<()> {
    check(store, array, start, count)?;
    let Kind::Array(ty) = store.heap.kind(array) else { unreachable!("validated: an array") };
    let (size, holds) = (store.heap.element_size(ty) as usize, store.heap.holds(ty));
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&match holds {
        // Functions are in the order of the target, as compiled code writes them; numbers are little-endian.
        Holds::Functions => low.to_ne_bytes(),
        Holds::Plain | Holds::References => low.to_le_bytes(),
    });
    bytes[8..].copy_from_slice(&high.to_le_bytes());
    let (heap, poll) = store.heap_poll();
    poll.pieces(count as usize, PIECE, |done, now| {
        let (start, count) = (start + done as u32, now as u32);
        match holds {
            Holds::References => heap.fill_references(array, start, count, low as u32),
            Holds::Plain | Holds::Functions => heap.fill_array(array, start, count, &bytes[..size]),
        }
    })?;
    Ok(())
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
