//! Structures and arrays, as instructions make and change them (specification, §4.6.4).
//!
//! In: references that a frame holds, ranges that instructions name, and values of the host, which makes and
//! changes objects, too. Out: new objects, or changed ones. A new object may be preceded by a collection; it
//! joins the activations table.

use crate::gc::{AllocError, Heap, Holds, Rooted};
use crate::store::StoreOpaque;
use crate::store::table::Elements;
use crate::types::registry::TypeId;
use crate::value::address::ElemAddr;
use crate::value::error::Result;
use crate::value::trap::TrapCode;
use crate::value::val::Val;
use std::ops::Range;
use std::ptr::NonNull;
use touchstone_cranelift_wasm::objects::Storage;

/// Number of elements that are written before the store is asked for an interrupt.
const PIECE: usize = 1 << 16;

impl StoreOpaque {
    /// Makes an object of `bytes` bytes. `held` are references that the caller itself holds, for a collection that may
    /// come before.
    ///
    /// # Errors
    /// Fails if the heap is full, even after a collection.
    pub(crate) fn make_object(
        &mut self,
        held: &[u32],
        bytes: u64,
        make: impl Fn(&mut Heap) -> Result<u32, AllocError>,
    ) -> Result<u32> {
        if self.heap.wants_collection(bytes) {
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

    /// Makes an object of `bytes` bytes for the host, which gets a handle to it. Its fields or elements are zero or null.
    ///
    /// # Errors
    /// Fails if the heap is full or the store's limits leave no room, even after a collection.
    ///
    /// # Panics
    /// Panics with the panic of the destructor of a value that such a collection freed.
    pub(crate) fn make_for_host(
        &mut self,
        bytes: u64,
        make: impl Fn(&mut Heap) -> Result<u32, AllocError>,
    ) -> Result<Rooted> {
        self.refresh_limit_of_values();
        let made = self.make_object(&[], bytes, make);
        // The handle comes before anything else can collect.
        let made = made.map(|object| self.heap.root(object));
        self.run_destructors();
        made
    }

    /// Writes values of the host to places of one object, with the write barrier. They are of the places' types.
    ///
    /// # Errors
    /// Fails if a value belongs to another store or refers to something that was given back, or if there is no
    /// room for it. The values before it are written then.
    ///
    /// # Panics
    /// Panics with the panic of the destructor of a value that was freed.
    pub(crate) fn write_values(
        &mut self,
        object: &Rooted,
        places: impl Iterator<Item = (u32, Storage)>,
        values: &[Val],
    ) -> Result<()> {
        self.reserve(Val::room_for(values));
        let mut written = Ok(());
        for (place, value) in places.zip(values) {
            match value.to_bits(self) {
                Ok(bits) => write(&mut self.heap, object.reference(), place, bits),
                Err(error) => {
                    written = Err(error);
                    break;
                }
            }
        }
        self.run_destructors();
        written
    }
}

/// Writes a value to a field or an element, with the write barrier. As many of its bits are used as the place has.
pub(super) fn write(heap: &mut Heap, object: u32, (offset, storage): (u32, Storage), value: u128) {
    match storage {
        Storage::Reference => heap.write_reference(object, offset, value as u32),
        _ => {
            let bytes = plain_bytes(storage == Storage::Function, value);
            heap.write_slice(object, offset, &bytes[..storage.size() as usize]);
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
    let bytes = store.heap.size_of_new(ty.0, length);
    let array = store.make_object(&[], bytes, |heap| heap.allocate_array(ty.0, length))?;
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
fn plain_bytes(is_function: bool, value: u128) -> [u8; 16] {
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
pub(crate) fn fill_piece(heap: &mut Heap, array: u32, [start, count]: [u32; 2], value: u128) {
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
