//! What the collector knows of the types of objects: where their references are, and their supertypes.
//!
//! In: types by their engine-wide identities. Out: the size of an object and the places of its references;
//! and records for compiled code, which compares supertypes. Knows nothing of modules.

use super::AllocError;
use super::object::{PAYLOADS, SIZE};
use touchstone_cranelift_wasm::layout::type_record;

/// What the elements of an array are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Numbers or vectors.
    Plain,
    /// References into the heap.
    References,
    /// Pointers to function records.
    Functions,
}

/// The objects of a type. Offsets are in bytes from the start of an object.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Struct {
        /// Size with the header.
        size: u32,
        /// Offsets of references into the heap.
        references: Box<[u32]>,
        /// Offsets of pointers to function records.
        functions: Box<[u32]>,
    },
    Array {
        /// Offset of the first element.
        first: u32,
        /// Size of an element.
        element: u32,
        holds: Holds,
    },
}

impl Shape {
    /// Size in bytes of an object with so many elements, which a structure ignores. It is rounded to the
    /// alignment of objects.
    pub(super) fn size(&self, length: u32) -> u64 {
        let size = match self {
            Shape::Struct { size, .. } => u64::from(*size),
            Shape::Array { first, element, .. } => {
                u64::from(*first) + u64::from(*element) * u64::from(length)
            }
        };
        size.next_multiple_of(SIZE.into())
    }
}

/// What a collection needs of a structure whose references are near its header, in one place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Small {
    /// Size in bytes with the header.
    pub(super) size: u32,
    /// A bit for each four bytes from the start that are a reference into the heap.
    pub(super) references: u64,
}

impl Small {
    fn of(shape: &Shape) -> Option<Small> {
        let Shape::Struct { references, .. } = shape else { return None };
        let bit = |offset: &u32| 1u64.checked_shl(offset / 4);
        let places = references.iter().try_fold(0, |all, offset| Some(all | bit(offset)?))?;
        Some(Small { size: u32::try_from(shape.size(0)).ok()?, references: places })
    }
}

/// The record of a type that compiled code reads.
#[repr(C, align(64))]
#[derive(Clone, Copy)]
pub(crate) struct TypeRecord {
    display: [u32; type_record::DEPTH as usize],
}

const _: () = {
    assert!(size_of::<TypeRecord>() == 1 << type_record::SIZE_LOG2);
    assert!(std::mem::offset_of!(TypeRecord, display) == type_record::DISPLAY as usize);
};

/// What no type has as its identity.
const NO_TYPE: u32 = u32::MAX;
/// One more than the largest identity of a type of objects, for which the shorter headers have room.
const MOST_TYPES: u32 = PAYLOADS;

/// The types of a heap's objects.
#[derive(Default)]
pub(super) struct Types {
    records: Vec<TypeRecord>,
    shapes: Vec<Option<Shape>>,
    smalls: Vec<Option<Small>>,
}

impl Types {
    /// Adds a type, unless it is known. `display` are the identities of its supertypes from the most general
    /// one on, and last its own.
    ///
    /// # Errors
    /// Fails if the identity is too large for a header.
    pub(super) fn add(&mut self, id: u32, display: &[u32], shape: Shape) -> Result<(), AllocError> {
        if id >= MOST_TYPES {
            let text = format!("objects can be of {MOST_TYPES} types of an engine, no more");
            return Err(AllocError::Full(text));
        }
        let index = id as usize;
        if index >= self.shapes.len() {
            let unknown = TypeRecord { display: [NO_TYPE; type_record::DEPTH as usize] };
            self.records.resize(index + 1, unknown);
            self.shapes.resize(index + 1, None);
            self.smalls.resize(index + 1, None);
        }
        if self.shapes[index].is_none() {
            for (place, id) in self.records[index].display.iter_mut().zip(display) {
                *place = *id;
            }
            self.smalls[index] = Small::of(&shape);
            self.shapes[index] = Some(shape);
        }
        Ok(())
    }

    /// The address of the record of identity 0.
    pub(super) fn records(&self) -> *const TypeRecord {
        self.records.as_ptr()
    }

    /// The objects of a type, or `None` if it was never added.
    pub(super) fn find(&self, id: u32) -> Option<&Shape> {
        self.shapes.get(id as usize)?.as_ref()
    }

    /// The structures of a type, if they are few references near their headers.
    #[inline]
    pub(super) fn small(&self, id: u32) -> Option<Small> {
        *self.smalls.get(id as usize)?
    }

    /// The objects of a type that was added.
    pub(super) fn shape(&self, id: u32) -> &Shape {
        self.find(id).expect("the store knows the types of its objects")
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, Small};

    #[test]
    fn structures_are_small_if_their_references_are_near() {
        let of = |size, references: &[u32]| {
            let shape = Shape::Struct { size, references: references.into(), functions: [].into() };
            Small::of(&shape).map(|small| (small.size, small.references))
        };
        assert_eq!(of(20, &[]), Some((32, 0)));
        assert_eq!(of(36, &[4, 8, 32]), Some((48, 0b1_0000_0110)));
        assert_eq!(of(400, &[4 * 63]), Some((400, 1 << 63)));
        assert_eq!(of(400, &[4, 4 * 64]), None);
    }
}
