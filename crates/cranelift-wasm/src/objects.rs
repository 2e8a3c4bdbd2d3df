//! The layout of structures and arrays in a store's heap.
//!
//! In: the storage types of the fields of a type, the layout of its supertype, and the collector, on which the header
//! depends. Out: the places of its fields, as byte offsets from the start of an object. The translation computes
//! layouts from the types of a module, and the runtime from those of the engine; both by these functions, so that they
//! agree.
//!
//! ```text
//! structure: header | fields, in the order of their declaration, each aligned to its size
//! array:     header | number of elements (4 bytes) | elements
//! ```
//!
//! A structure begins with the fields of its supertype, so that what reads a value of the supertype can read
//! it, too. The descriptor of a structure (proposal *custom descriptors*) is a reference that comes after the
//! fields of the type that first declares one.

use crate::Collector;
use crate::layout::Header;
use wasmparser::ValType;

/// How a field or an element is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Storage {
    I8,
    I16,
    I32,
    I64,
    F32,
    F64,
    V128,
    /// A reference into the heap.
    Reference,
    /// A pointer to a function record.
    Function,
}

impl Storage {
    /// How a value of this type is stored, unless it is packed.
    ///
    /// # Panics
    /// Panics if the type is not [erased](crate::ModuleInfo::erased).
    pub fn of(ty: ValType) -> Storage {
        match ty {
            ValType::I32 => Storage::I32,
            ValType::I64 => Storage::I64,
            ValType::F32 => Storage::F32,
            ValType::F64 => Storage::F64,
            ValType::V128 => Storage::V128,
            ValType::Ref(ty) if crate::is_func_ref(ty) => Storage::Function,
            ValType::Ref(_) => Storage::Reference,
        }
    }

    /// Size and alignment in bytes.
    pub const fn size(self) -> u32 {
        match self {
            Storage::I8 => 1,
            Storage::I16 => 2,
            Storage::I32 | Storage::F32 | Storage::Reference => 4,
            Storage::I64 | Storage::F64 | Storage::Function => 8,
            Storage::V128 => 16,
        }
    }
}

/// The places of the fields of a structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StructLayout {
    /// The offset of each field, and how it is stored.
    pub fields: Vec<(u32, Storage)>,
    /// The offset of the descriptor, if the structure has one.
    pub descriptor: Option<u32>,
    /// Offset past the last field, which is not rounded to the alignment of objects.
    pub end: u32,
}

impl StructLayout {
    /// Lays out a structure with these fields, whose first fields are those of `supertype`, for a collector.
    pub fn new(
        collector: Collector,
        supertype: Option<&StructLayout>,
        fields: impl IntoIterator<Item = Storage>,
        has_descriptor: bool,
    ) -> Self {
        let end = Header::of(collector).size;
        let base = StructLayout { fields: Vec::new(), descriptor: None, end };
        let mut layout = supertype.cloned().unwrap_or(base);
        for storage in fields.into_iter().skip(layout.fields.len()) {
            let offset = layout.take(storage);
            layout.fields.push((offset, storage));
        }
        if has_descriptor && layout.descriptor.is_none() {
            layout.descriptor = Some(layout.take(Storage::Reference));
        }
        layout
    }

    /// Takes the place of one more field. The validator allows 10,000 fields, so that offsets are small.
    fn take(&mut self, storage: Storage) -> u32 {
        let offset = self.end.next_multiple_of(storage.size());
        self.end = offset + storage.size();
        offset
    }

    /// The offsets of all references into the heap, that of the descriptor among them.
    pub fn references(&self) -> impl Iterator<Item = u32> + '_ {
        self.places(Storage::Reference).chain(self.descriptor)
    }

    /// The offsets of all references to functions.
    pub fn functions(&self) -> impl Iterator<Item = u32> + '_ {
        self.places(Storage::Function)
    }

    fn places(&self, wanted: Storage) -> impl Iterator<Item = u32> + '_ {
        self.fields.iter().filter(move |(_, storage)| *storage == wanted).map(|(offset, _)| *offset)
    }
}

/// The places of the elements of an array.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArrayLayout {
    /// The offset of the first element.
    pub first: u32,
    /// How each element is stored.
    pub storage: Storage,
}

impl ArrayLayout {
    /// Lays out an array whose elements are stored so, for a collector.
    pub const fn new(collector: Collector, storage: Storage) -> Self {
        let end = Header::of(collector).array_length as u32 + 4;
        ArrayLayout { first: end.next_multiple_of(storage.size()), storage }
    }

    /// The offset of an element, which must be within an array that fits a heap of 4 GiB.
    pub const fn offset(self, index: u32) -> u32 {
        self.first + index * self.storage.size()
    }
}

/// The layout of the objects of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ObjectLayout {
    /// A structure.
    Struct(StructLayout),
    /// An array.
    Array(ArrayLayout),
}
