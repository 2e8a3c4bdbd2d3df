//! Headers of objects, which are of one form with the counting collector and shorter with the coalescing one. Their
//! layouts are defined by `touchstone_cranelift_wasm::layout`.
//!
//! ```text
//! info, long:   31 … 4    3 … 2   1       0
//!               payload   kind    marked  in table
//! info, short:  31 … 10   9 … 4   3 … 2   1        0
//!               payload   count   kind    not used  unlogged
//! ```
//!
//! The payload is the identity of a type or, in long headers, the position of a host value, or the size of free space
//! in units of 16 bytes.

use super::{Kind, space};
use std::mem::offset_of;
use touchstone_cranelift_wasm::layout::{object as layout, short_object};

/// Size and alignment of an object, in bytes.
pub(super) const SIZE: u32 = layout::SIZE;

const IN_TABLE: u32 = layout::IN_TABLE;
const MARKED: u32 = 2;
const PAYLOAD_SHIFT: u32 = layout::PAYLOAD_SHIFT;
/// The count of a freed object. The count of a live object never has this value.
const POISON: u64 = 0xdead_dead_dead_dead;

/// The header of an object, or of free space, with the counting collector. An external reference consists only of its
/// header.
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

    pub(super) fn marked(self) -> bool {
        self.info & MARKED != 0
    }

    pub(super) fn set_marked(&mut self, on: bool) {
        self.info = (self.info & !MARKED) | (u32::from(on) * MARKED);
    }
}

/// The header of an object with the coalescing collector, and the four bytes after it, which are the position of a host
/// value, the number of elements of an array, or the first bytes of the fields of a structure.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Short {
    info: u32,
    second: u32,
}

/// The counts from this one on, for which a header has no room.
pub(super) const MANY: u32 = COUNT >> short_object::COUNT_SHIFT;
/// The bits of the count.
const COUNT: u32 = (1 << short_object::PAYLOAD_SHIFT) - (1 << short_object::COUNT_SHIFT);
/// The lowest bit of the payload.
const PAYLOAD: u32 = 1 << short_object::PAYLOAD_SHIFT;
/// One more than the largest payload of a header.
pub(super) const PAYLOADS: u32 = 1 << (32 - short_object::PAYLOAD_SHIFT);

const _: () = {
    assert!(offset_of!(Short, info) == short_object::INFO as usize);
    assert!(offset_of!(Short, second) == short_object::ARRAY_LENGTH as usize);
    assert!(offset_of!(Short, second) == short_object::SIZE as usize);
    assert!(short_object::PAYLOAD_SHIFT >= layout::PAYLOAD_SHIFT);
    assert!((layout::KIND | short_object::UNLOGGED) & COUNT == 0);
};

impl Short {
    /// Makes the header of a new object, whose count is 0. `second` is what follows it.
    pub(super) fn new(kind: Kind, second: u32) -> Self {
        let (kind, payload) = match kind {
            Kind::External => (layout::EXTERNAL, 0),
            Kind::Struct(id) => (layout::STRUCT, id),
            Kind::Array(id) => (layout::ARRAY, id),
        };
        debug_assert!(payload < PAYLOADS, "types are given no larger identities");
        Short { info: (payload << short_object::PAYLOAD_SHIFT) | kind, second }
    }

    /// What the object is, or `None` if it is none.
    #[inline]
    pub(super) fn kind(self) -> Option<Kind> {
        let payload = self.info >> short_object::PAYLOAD_SHIFT;
        match self.info & layout::KIND {
            layout::EXTERNAL => Some(Kind::External),
            layout::STRUCT => Some(Kind::Struct(payload)),
            layout::ARRAY => Some(Kind::Array(payload)),
            _ => None,
        }
    }

    /// The number of references that are counted. [`MANY`] stands for that or more.
    #[inline]
    pub(super) fn count(self) -> u32 {
        (self.info & COUNT) >> short_object::COUNT_SHIFT
    }

    /// Sets the number of references that are counted.
    #[inline]
    pub(super) fn set_count(&mut self, count: u32) {
        debug_assert!(count <= MANY);
        self.info = (self.info & !COUNT) | (count << short_object::COUNT_SHIFT);
    }

    /// The position of the host value for which the object stands, or the number of elements of an array.
    #[inline]
    pub(super) fn second(self) -> u32 {
        self.second
    }

    /// Whether the object must be logged before it is written.
    #[inline]
    pub(super) fn is_unlogged(self) -> bool {
        self.info & short_object::UNLOGGED != 0
    }

    #[inline]
    pub(super) fn set_unlogged(&mut self, on: bool) {
        self.info =
            (self.info & !short_object::UNLOGGED) | (u32::from(on) * short_object::UNLOGGED);
    }

    /// Whether a bit is set that no header has.
    pub(super) fn is_odd(self) -> bool {
        self.info & !(COUNT | layout::KIND | short_object::UNLOGGED) & (PAYLOAD - 1) != 0
    }

    /// What is left in stress mode of the header of an object that died: what it was, unless it stood for a host value.
    /// Arrays have no elements, so that nothing beyond the heap is accessed by a stale reference.
    pub(super) fn buried(self) -> Self {
        let what = self.info & !(COUNT | short_object::UNLOGGED);
        match self.kind() {
            Some(Kind::Struct(_)) => {
                Short { info: what, second: u32::from_ne_bytes([space::POISON; 4]) }
            }
            Some(Kind::Array(_)) => Short { info: what, second: 0 },
            Some(Kind::External) | None => Short { info: layout::ARRAY, second: 0 },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, MANY, PAYLOADS, Short};

    #[test]
    fn parts_of_short_headers_do_not_disturb_each_other() {
        for kind in [Kind::External, Kind::Struct(PAYLOADS - 1), Kind::Array(0), Kind::Array(77)] {
            let mut header = Short::new(kind, 5);
            assert_eq!((header.count(), header.is_unlogged()), (0, false));
            for count in [1, MANY, 0, MANY - 1] {
                for on in [true, false] {
                    header.set_count(count);
                    header.set_unlogged(on);
                    assert_eq!((header.kind(), header.second()), (Some(kind), 5));
                    assert_eq!((header.count(), header.is_unlogged()), (count, on));
                    assert!(!header.is_odd());
                }
            }
        }
        assert_eq!(Short::new(Kind::External, 9).buried(), Short::new(Kind::Array(0), 0));
        assert_eq!(Short::new(Kind::Array(5), 9).buried(), Short::new(Kind::Array(5), 0));
        let mut old = Short::new(Kind::Struct(3), 9);
        old.set_count(7);
        old.set_unlogged(true);
        assert_eq!(old.buried(), Short::new(Kind::Struct(3), u32::from_ne_bytes([0xde; 4])));
    }
}
