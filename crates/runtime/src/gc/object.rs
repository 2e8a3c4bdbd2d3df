//! Headers of objects. Their layout is defined by `touchstone_cranelift_wasm::layout::object`.
//!
//! ```text
//! info:  31 … 4    3 … 2   1       0
//!        payload   kind    marked  in table, or unlogged
//! ```
//!
//! The payload is the position of a host value, the identity of a type, or the size of free space in units of
//! 16 bytes.

use super::{Kind, space};
use std::mem::offset_of;
use touchstone_cranelift_wasm::layout::object as layout;

/// Size and alignment of an object, in bytes.
pub(super) const SIZE: u32 = layout::SIZE;

const IN_TABLE: u32 = layout::IN_TABLE;
const MARKED: u32 = 2;
const PAYLOAD_SHIFT: u32 = layout::PAYLOAD_SHIFT;
/// The count of a freed object. The count of a live object never has this value.
const POISON: u64 = 0xdead_dead_dead_dead;

/// The header of an object, or of free space. An external reference consists only of its header.
#[repr(C, align(16))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Number of counted references to the object.
    pub(super) count: u64,
    /// The next object in the activations table or in the list of freed objects.
    pub(super) next: u32,
    info: u32,
}

const _: () = {
    assert!(offset_of!(Header, count) == layout::COUNT as usize);
    assert!(offset_of!(Header, next) == layout::NEXT as usize);
    assert!(offset_of!(Header, info) == layout::INFO as usize);
    assert!(size_of::<Header>() == layout::SIZE as usize);
    // The number of elements follows the header.
    assert!(size_of::<Header>() == layout::ARRAY_LENGTH as usize);
};

impl Header {
    /// Makes the header of a new external reference, whose count is 0.
    pub(super) fn external(payload: u32) -> Self {
        // Objects take 16 bytes each of a 32-bit address space, so a position fits 28 bits.
        debug_assert!(payload < 1 << (32 - PAYLOAD_SHIFT));
        Header { count: 0, next: 0, info: (payload << PAYLOAD_SHIFT) | layout::EXTERNAL }
    }

    /// Makes the header of a new structure, whose count is 0.
    pub(super) fn structure(ty: u32) -> Self {
        Header { count: 0, next: 0, info: (ty << PAYLOAD_SHIFT) | layout::STRUCT }
    }

    /// Makes the header of a new array, whose count is 0.
    pub(super) fn array(ty: u32) -> Self {
        Header { count: 0, next: 0, info: (ty << PAYLOAD_SHIFT) | layout::ARRAY }
    }

    /// Makes the header of free space of `granules` times 16 bytes.
    pub(super) fn freed(next: u32, granules: u32) -> Self {
        Header { count: POISON, next, info: granules << PAYLOAD_SHIFT }
    }

    /// What is left in stress mode of the header of an object that died: what it was, unless it stood for a host value.
    pub(super) fn buried(self) -> Self {
        let info = match self.kind() {
            Some(Kind::Struct(_) | Kind::Array(_)) => self.info & !(MARKED | layout::UNLOGGED),
            Some(Kind::External) | None => layout::ARRAY,
        };
        let poison = space::POISON;
        let (count, next) = (u64::from_ne_bytes([poison; 8]), u32::from_ne_bytes([poison; 4]));
        Header { count, next, info }
    }

    /// What the object is, or `None` if it is free space.
    pub(super) fn kind(self) -> Option<Kind> {
        match self.info & layout::KIND {
            layout::EXTERNAL => Some(Kind::External),
            layout::STRUCT => Some(Kind::Struct(self.payload())),
            layout::ARRAY => Some(Kind::Array(self.payload())),
            _ => None,
        }
    }

    pub(super) fn is_live(self) -> bool {
        self.info & layout::KIND != 0
    }

    /// Whether this is the header of free space, which nobody wrote to.
    pub(super) fn is_freed(self) -> bool {
        let flags = layout::KIND | MARKED | IN_TABLE;
        self.info & flags == 0 && self.info != 0 && self.count == POISON
    }

    /// The size of free space in bytes.
    pub(super) fn free_size(self) -> u64 {
        u64::from(self.payload()) * u64::from(SIZE)
    }

    pub(super) fn payload(self) -> u32 {
        self.info >> PAYLOAD_SHIFT
    }

    pub(super) fn in_table(self) -> bool {
        self.info & IN_TABLE != 0
    }

    pub(super) fn set_in_table(&mut self, on: bool) {
        self.info = (self.info & !IN_TABLE) | (u32::from(on) * IN_TABLE);
    }

    /// Whether the object must be logged before it is written, with the coalescing collector.
    pub(super) fn is_unlogged(self) -> bool {
        self.info & layout::UNLOGGED != 0
    }

    pub(super) fn set_unlogged(&mut self, on: bool) {
        self.info = (self.info & !layout::UNLOGGED) | (u32::from(on) * layout::UNLOGGED);
    }

    pub(super) fn marked(self) -> bool {
        self.info & MARKED != 0
    }

    pub(super) fn set_marked(&mut self, on: bool) {
        self.info = (self.info & !MARKED) | (u32::from(on) * MARKED);
    }
}
