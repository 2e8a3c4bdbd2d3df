//! Headers of objects. Their layout is defined by `touchstone_cranelift_wasm::layout::object`.
//!
//! ```text
//! info:  31 … 4    3 … 2   1       0
//!        payload   kind    marked  in table
//! ```

use std::mem::offset_of;
use touchstone_cranelift_wasm::layout::object as layout;

/// Size and alignment of an object, in bytes.
pub(super) const SIZE: u32 = layout::SIZE;

const IN_TABLE: u32 = layout::IN_TABLE;
const MARKED: u32 = 2;
const KIND: u32 = 0b1100;
/// The kind of an external reference. Its payload is the position of the host's value.
const EXTERNAL: u32 = 0b0100;
const PAYLOAD_SHIFT: u32 = 4;
/// The count of a freed object. The count of a live object never has this value.
const POISON: u64 = 0xdead_dead_dead_dead;

/// The header of an object. An external reference consists only of its header.
#[repr(C, align(16))]
#[derive(Clone, Copy, Debug)]
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
};

impl Header {
    /// Makes the header of a new external reference, whose count is 0.
    pub(super) fn external(payload: u32) -> Self {
        // Objects take 16 bytes each of a 32-bit address space, so a position fits 28 bits.
        debug_assert!(payload < 1 << (32 - PAYLOAD_SHIFT));
        Header { count: 0, next: 0, info: (payload << PAYLOAD_SHIFT) | EXTERNAL }
    }

    /// Makes the header of a freed object.
    pub(super) fn freed(next: u32) -> Self {
        Header { count: POISON, next, info: 0 }
    }

    pub(super) fn is_live(self) -> bool {
        self.info & KIND == EXTERNAL
    }

    pub(super) fn is_freed(self) -> bool {
        self.info == 0 && self.count == POISON
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

    pub(super) fn marked(self) -> bool {
        self.info & MARKED != 0
    }

    pub(super) fn set_marked(&mut self, on: bool) {
        self.info = (self.info & !MARKED) | (u32::from(on) * MARKED);
    }
}
