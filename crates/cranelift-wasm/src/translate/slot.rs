//! Fields of structures and elements of arrays: reading, writing and initialising one.

use super::BodyTranslator;
use crate::POINTER;
use crate::objects::Storage;
use cranelift_codegen::ir::{Endianness, InstBuilder, MemFlagsData, Value, types};

/// How a packed value is widened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Extend {
    /// The value is not packed.
    None,
    Signed,
    Unsigned,
}

/// The place of a field or an element. It may not be used once something may have collected.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    /// The reference to the object.
    pub(super) object: Value,
    /// The address of the object.
    pub(super) header: Value,
    pub(super) address: Value,
    pub(super) offset: i32,
    pub(super) storage: Storage,
}

/// The flags of accesses to slots. Numbers are in little-endian order on every target, as in data segments.
/// References are in the order of the target, as in headers.
fn flags(storage: Storage) -> MemFlagsData {
    match storage {
        Storage::Reference | Storage::Function => MemFlagsData::trusted(),
        _ => MemFlagsData::trusted().with_endianness(Endianness::Little),
    }
}

impl BodyTranslator<'_, '_> {
    /// Reads a slot.
    pub(super) fn read_slot(&mut self, slot: Slot, extend: Extend) -> Value {
        let Slot { address, offset, storage, .. } = slot;
        let flags = flags(storage);
        let signed = extend == Extend::Signed;
        let ins = self.builder.ins();
        match storage {
            Storage::I8 if signed => ins.sload8(types::I32, flags, address, offset),
            Storage::I8 => ins.uload8(types::I32, flags, address, offset),
            Storage::I16 if signed => ins.sload16(types::I32, flags, address, offset),
            Storage::I16 => ins.uload16(types::I32, flags, address, offset),
            Storage::I32 => ins.load(types::I32, flags, address, offset),
            Storage::I64 => ins.load(types::I64, flags, address, offset),
            Storage::F32 => ins.load(types::F32, flags, address, offset),
            Storage::F64 => ins.load(types::F64, flags, address, offset),
            Storage::V128 => ins.load(types::I8X16, flags, address, offset),
            Storage::Function => ins.load(POINTER, flags, address, offset),
            Storage::Reference => {
                let value = ins.load(types::I32, flags, address, offset);
                self.read_barrier(value);
                value
            }
        }
    }

    /// Writes a slot.
    pub(super) fn write_slot(&mut self, slot: Slot, value: Value) {
        match slot.storage {
            Storage::Reference => self.store_in_object(value, slot, flags(slot.storage)),
            _ => self.write_plain(slot, value),
        }
    }

    /// Writes a slot of a new object, which holds zero or null. Nothing may have collected since the object
    /// was made.
    pub(super) fn initialise_slot(&mut self, slot: Slot, value: Value) {
        if slot.storage == Storage::Reference {
            self.count_new_reference(value);
        }
        self.write_plain(slot, value);
    }

    fn write_plain(&mut self, slot: Slot, value: Value) {
        let Slot { address, offset, storage, .. } = slot;
        let flags = flags(storage);
        let ins = self.builder.ins();
        match storage {
            Storage::I8 => ins.istore8(flags, value, address, offset),
            Storage::I16 => ins.istore16(flags, value, address, offset),
            _ => ins.store(flags, value, address, offset),
        };
    }
}
