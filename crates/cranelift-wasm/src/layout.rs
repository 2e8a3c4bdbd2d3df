//! The layout of the records that compiled code accesses, as byte offsets.
//!
//! The fixed records are mirrored by `#[repr(C)]` types in the runtime, which asserts
//! at compile time that the offsets agree. An instance's context is a header followed
//! by arrays whose lengths depend on the module:
//!
//! ```text
//! header | memories | tables | imported globals | defined globals | imported functions | function records | tags
//! ```
//!
//! The parts that are used most, which are the bases of memories and the first globals, come first, because
//! small offsets make short instructions.

use crate::Collector;
use crate::index::{EscapedFuncIdx, FuncIdx, GlobalIdx, MemIdx, TableIdx, TagIdx};
use crate::module::ModuleInfo;

#[cfg(test)]
mod tests;

/// The first word of every context, by which a pointer to one can be recognised.
pub const CONTEXT_MAGIC: u64 = 0x7874_636d_7673_7474; // "ttsvmctx"

/// The header of a context, which is the same for instances and for host functions.
pub mod context {
    /// [`CONTEXT_MAGIC`](super::CONTEXT_MAGIC).
    pub const MAGIC: i32 = 0;
    /// Pointer to the store's record ([`store`](super::store)).
    pub const STORE: i32 = 8;
    /// Pointer to the table of [`Builtin`](crate::builtin::Builtin)s.
    pub const BUILTINS: i32 = 16;
    /// Pointer to the engine-wide identities of the module's types, 4 bytes each.
    pub const TYPE_IDS: i32 = 24;
    /// The runtime's own record of the instance; compiled code does not use it.
    pub const INSTANCE: i32 = 32;
    /// Size of the header.
    pub const SIZE: u32 = 40;
}

/// The context of a host function: a header, then these fields.
pub mod host_context {
    /// Address of the host's function.
    pub const FUNC: i32 = 40;
}

/// The record of a store, which all its contexts share.
pub mod store {
    /// The lowest value that the stack pointer of a Wasm frame may have.
    pub const STACK_LIMIT: i32 = 0;
    /// Frame pointer of the trampoline by which Wasm was last left.
    pub const EXIT_FP: i32 = 8;
    /// Return address of that trampoline, in the youngest Wasm frame.
    pub const EXIT_PC: i32 = 16;
    /// Frame pointer of the trampoline by which Wasm was last entered.
    pub const ENTRY_FP: i32 = 24;
    /// Stack pointer of that trampoline.
    pub const ENTRY_SP: i32 = 32;
    /// Address at which a trap or a host error resumes that trampoline.
    pub const ENTRY_HANDLER: i32 = 40;
    /// Address of the record ([`entry_record`](super::entry_record)) in the frame of that trampoline.
    pub const ENTRY_CANARY: i32 = 48;
    /// Pointer to the word (4 bytes) that is not zero if the program is to be interrupted.
    pub const INTERRUPT: i32 = 56;
    /// Units of fuel that are left (8 bytes, signed), which is negative if more was consumed than there was.
    pub const FUEL: i32 = 64;
    /// Address to which references are offsets.
    pub const HEAP_BASE: i32 = 72;
    /// First object of the activations table (4 bytes), or 0 if the table is empty.
    pub const TABLE_HEAD: i32 = 80;
    /// How many objects may still join the activations table before a collection (4 bytes).
    pub const TABLE_ROOM: i32 = 84;
    /// Pointer to the records ([`type_record`](super::type_record)) of the types of objects, by identity.
    pub const TYPES: i32 = 88;
    /// Offset from the heap's base of the first free byte of the hole in which compiled code makes objects (4
    /// bytes).
    pub const HOLE: i32 = 96;
    /// Offset from the heap's base of the end of that hole (4 bytes).
    pub const HOLE_END: i32 = 100;
}

/// What a store knows of a type of objects.
pub mod type_record {
    /// Number of supertypes, by depth, that a record lists.
    pub const DEPTH: u32 = 8;
    /// The identities of the supertypes from the most general one on, and of the type itself (4 bytes each).
    /// What is not used has an identity that no type has.
    pub const DISPLAY: i32 = 0;
    /// Binary logarithm of the size of a record.
    pub const SIZE_LOG2: u32 = 6;
}

/// The record that an entry trampoline keeps in its frame for walks that reach it.
pub mod entry_record {
    /// [`ENTRY_CANARY`](super::ENTRY_CANARY), combined with the record's own address.
    pub const CANARY: i32 = 0;
    /// Pointer to the record of the store whose Wasm was entered.
    pub const STORE: i32 = 8;
    /// Size of the record.
    pub const SIZE: u32 = 16;
}

/// The header of an object in the heap of the [counting collector](Collector::Counting), and what objects of both
/// collectors have in common. A reference is the offset of the header from the heap's base.
///
/// The activations table is a list through the headers of its members.
pub mod object {
    /// Number of counted references to the object (8 bytes): those in globals, tables and segments, and one
    /// if the object is in the activations table.
    pub const COUNT: i32 = 0;
    /// The next object of the activations table (4 bytes).
    pub const NEXT: i32 = 8;
    /// Flags, kind and payload (4 bytes).
    pub const INFO: i32 = 12;
    /// Size of a header. Objects are aligned to it.
    pub const SIZE: u32 = 16;
    /// Flag in `INFO` that the object is in the activations table.
    pub const IN_TABLE: u32 = 1;
    /// The bits of `INFO` that hold the kind of the object, with either collector.
    pub const KIND: u32 = 0b1100;
    /// The kind of a host value. Its payload is the position of the value.
    pub const EXTERNAL: u32 = 0b0100;
    /// The kind of a structure. Its payload is the engine-wide identity of its type.
    pub const STRUCT: u32 = 0b1000;
    /// The kind of an array. Its payload is the engine-wide identity of its type.
    pub const ARRAY: u32 = 0b1100;
    /// The number of bits of `INFO` below the payload.
    pub const PAYLOAD_SHIFT: u32 = 4;
    /// Number of elements of an array (4 bytes).
    pub const ARRAY_LENGTH: i32 = 16;
}

/// The header of an object in the heap of the [coalescing collector](Collector::Coalescing). Objects are aligned as
/// those of the other collector.
pub mod short_object {
    /// Flags, kind, count and payload (4 bytes).
    pub const INFO: i32 = 0;
    /// Flag in `INFO` that the object must be logged before it is written.
    pub const UNLOGGED: u32 = 1;
    /// The lowest bit of `INFO` that is part of the count.
    pub const COUNT_SHIFT: u32 = 4;
    /// The number of bits of `INFO` below the payload.
    pub const PAYLOAD_SHIFT: u32 = 10;
    /// Size of a header. The fields of a structure begin after it.
    pub const SIZE: u32 = 4;
    /// Number of elements of an array (4 bytes), or the position of a host value, which is no payload here.
    pub const ARRAY_LENGTH: i32 = 4;
}

/// The places in objects that depend on the collector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Offset of flags, kind and payload (4 bytes).
    pub info: i32,
    /// The number of bits of these below the payload.
    pub payload_shift: u32,
    /// Size of the header. The fields of a structure begin after it.
    pub size: u32,
    /// Offset of the number of elements of an array (4 bytes).
    pub array_length: i32,
}

impl Header {
    /// The header of the objects of a collector.
    pub const fn of(collector: Collector) -> Header {
        match collector {
            Collector::Counting => Header {
                info: object::INFO,
                payload_shift: object::PAYLOAD_SHIFT,
                size: object::SIZE,
                array_length: object::ARRAY_LENGTH,
            },
            Collector::Coalescing => Header {
                info: short_object::INFO,
                payload_shift: short_object::PAYLOAD_SHIFT,
                size: short_object::SIZE,
                array_length: short_object::ARRAY_LENGTH,
            },
        }
    }
}

/// The value of the canary word of an entry frame, before it is exclusive-or'ed with its own address.
pub const ENTRY_CANARY: u64 = 0x5ca1_ab1e_0ddb_a115;

/// A function record, to which function references point.
pub mod func_ref {
    /// Address of the compiled code, with Wasm's calling convention.
    pub const WASM_CALL: i32 = 0;
    /// Address of the trampoline by which the host enters the function.
    pub const ARRAY_CALL: i32 = 8;
    /// Context of the function.
    pub const CONTEXT: i32 = 16;
    /// Engine-wide identity of its type (4 bytes).
    pub const TYPE_ID: i32 = 24;
    /// Size of a record.
    pub const SIZE: u32 = 32;
}

/// The entry of an imported function within a context.
pub mod func_import {
    /// Address of the compiled code.
    pub const WASM_CALL: u32 = 0;
    /// Context of the function.
    pub const CONTEXT: u32 = 8;
    /// Pointer to its function record.
    pub const FUNC_REF: u32 = 16;
    /// Size of an entry.
    pub const SIZE: u32 = 24;
}

/// The entry of a memory within a context.
pub mod memory_entry {
    /// Address of its first byte, which never moves.
    pub const BASE: u32 = 0;
    /// Pointer to its record.
    pub const RECORD: u32 = 8;
    /// Size of an entry.
    pub const SIZE: u32 = 16;
}

/// Bytes from the base of a 32-bit memory that an access can reach: an index, plus an offset, plus the size
/// of the widest value. Accesses are not checked, so all these bytes must be reserved for the memory.
pub const MEMORY32_REACH: u64 = (u32::MAX as u64) + (u32::MAX as u64) + 16;

/// The record of a memory.
pub mod memory {
    /// Address of its first byte.
    pub const BASE: i32 = 0;
    /// Length in bytes.
    pub const LENGTH: i32 = 8;
}

/// The record of a table. A context holds a pointer to it.
pub mod table {
    /// Address of its first element.
    pub const BASE: i32 = 0;
    /// Number of elements.
    pub const LENGTH: i32 = 8;
}

/// Size in bytes of a global, an argument or a result in memory.
pub const VALUE_SIZE: u32 = 16;

/// The layout of the contexts of one module.
#[derive(Clone, Debug)]
pub struct ContextLayout {
    memories: u32,
    tables: u32,
    imported_globals: u32,
    defined_globals: u32,
    func_imports: u32,
    func_refs: u32,
    tags: u32,
    size: u32,
    num_imported_globals: u32,
}

impl ContextLayout {
    /// Computes the layout of `module`'s contexts.
    ///
    /// # Panics
    /// Panics if the context would exceed 2 GiB, which the validator's limits prevent.
    pub fn new(module: &ModuleInfo) -> Self {
        let mut end = context::SIZE;
        let mut array = |count: usize, size: u32| {
            let start = end;
            let bytes = u32::try_from(count).ok().and_then(|n| n.checked_mul(size));
            end = bytes.and_then(|b| end.checked_add(b)).expect("a context fits 2 GiB");
            assert!(end <= i32::MAX as u32, "a context fits 2 GiB");
            start
        };
        let memories = array(module.memories.len(), memory_entry::SIZE);
        let tables = array(module.tables.len(), 8);
        let imported_globals = array(module.num_imported_globals as usize, 8);
        let start = array(0, 1);
        array((start.next_multiple_of(VALUE_SIZE) - start) as usize, 1);
        let defined = module.globals.len() - module.num_imported_globals as usize;
        let defined_globals = array(defined, VALUE_SIZE);
        let func_imports = array(module.num_imported_functions as usize, func_import::SIZE);
        let func_refs = array(module.num_escaped_functions() as usize, func_ref::SIZE);
        let tags = array(module.tags.len(), 4);
        let size = array(0, 1);
        ContextLayout {
            memories,
            tables,
            imported_globals,
            defined_globals,
            func_imports,
            func_refs,
            tags,
            size,
            num_imported_globals: module.num_imported_globals,
        }
    }

    /// Size of a context in bytes.
    pub fn size(&self) -> u32 {
        self.size
    }
    /// Offset of imported function `index`.
    pub fn func_import(&self, index: FuncIdx) -> u32 {
        self.func_imports + index.as_u32() * func_import::SIZE
    }
    /// Offset of the entry of memory `index`.
    pub fn memory(&self, index: MemIdx) -> u32 {
        self.memories + index.as_u32() * memory_entry::SIZE
    }
    /// Offset of the pointer to table `index`'s record.
    pub fn table(&self, index: TableIdx) -> u32 {
        self.tables + index.as_u32() * 8
    }
    /// Offset of the identity of tag `index` (4 bytes).
    pub fn tag(&self, index: TagIdx) -> u32 {
        self.tags + index.as_u32() * 4
    }
    /// Offset of global `index`, or of the pointer to it.
    pub fn global(&self, index: GlobalIdx) -> GlobalPlace {
        let index = index.as_u32();
        match index.checked_sub(self.num_imported_globals) {
            None => GlobalPlace::Pointer(self.imported_globals + index * 8),
            Some(defined) => GlobalPlace::Inline(self.defined_globals + defined * VALUE_SIZE),
        }
    }
    /// Offset of the record of the `escaped`-th escaped function.
    pub fn func_ref(&self, escaped: EscapedFuncIdx) -> u32 {
        self.func_refs + escaped.as_u32() * func_ref::SIZE
    }
}

/// The place of a global's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GlobalPlace {
    /// In the context, at this offset.
    Inline(u32),
    /// Behind the pointer in the context at this offset.
    Pointer(u32),
}
