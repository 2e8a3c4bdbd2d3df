//! Structures: making them, their fields and their descriptors.

use super::BodyTranslator;
use super::allocate::Made;
use super::slot::{Extend, Slot};
use crate::index::TypeIdx;
use crate::objects::Storage;
use crate::trap;
use cranelift_codegen::ir::{InstBuilder, Value};

impl BodyTranslator<'_, '_> {
    /// Makes a structure from the values of its fields, and its descriptor, which comes last.
    pub(super) fn struct_new(&mut self, ty: TypeIdx, described: bool) {
        let descriptor = described.then(|| self.descriptor_operand());
        let info = self.info;
        let fields = &info.struct_layout(ty).fields;
        // The values stay on the operand stack, where a collection finds them, until the object is there.
        let object = self.new_structure(ty, false);
        let values = self.top(fields.len()).to_vec();
        self.meter.kept += values.len();
        let address = self.address_of(object);
        for ((offset, storage), value) in fields.iter().zip(values) {
            let (offset, storage) = (*offset as i32, *storage);
            let slot = Slot { object, header: address, address, offset, storage };
            self.initialise_slot(slot, value);
        }
        self.set_descriptor(ty, object, address, descriptor);
        self.drop_top(fields.len());
        self.push(object);
    }

    pub(super) fn struct_new_default(&mut self, ty: TypeIdx, described: bool) {
        let descriptor = described.then(|| self.descriptor_operand());
        let object = self.new_structure(ty, true);
        if descriptor.is_some() {
            let address = self.address_of(object);
            self.set_descriptor(ty, object, address, descriptor);
        }
        self.push(object);
    }

    /// Makes a structure. If `zeroed` is not set, the caller writes every field before anything else happens.
    fn new_structure(&mut self, ty: TypeIdx, zeroed: bool) -> Value {
        let size = self.info.struct_layout(ty).end;
        let id = self.type_id(ty);
        self.allocate(Made::Struct { id }, size.into(), zeroed)
    }

    /// Pops a descriptor, which must not be null.
    fn descriptor_operand(&mut self) -> Value {
        let descriptor = self.pop();
        self.builder.ins().trapz(descriptor, trap::NULL_DESCRIPTOR_REFERENCE);
        descriptor
    }

    fn set_descriptor(
        &mut self,
        ty: TypeIdx,
        object: Value,
        address: Value,
        descriptor: Option<Value>,
    ) {
        if let Some(descriptor) = descriptor {
            let slot = self.descriptor_slot(ty, object, address);
            self.initialise_slot(slot, descriptor);
        }
    }

    fn descriptor_slot(&mut self, ty: TypeIdx, object: Value, header: Value) -> Slot {
        let offset = self.info.struct_layout(ty).descriptor.expect("validated: it has one");
        let (offset, storage) = (offset as i32, Storage::Reference);
        Slot { object, header, address: header, offset, storage }
    }

    /// The field of a structure, which must not be null.
    fn field(&mut self, ty: TypeIdx, field: u32, object: Value) -> Slot {
        self.builder.ins().trapz(object, trap::NULL_STRUCTURE_REFERENCE);
        let (offset, storage) = self.info.struct_layout(ty).fields[field as usize];
        let header = self.address_of(object);
        Slot { object, header, address: header, offset: offset as i32, storage }
    }

    pub(super) fn struct_get(&mut self, ty: TypeIdx, field: u32, extend: Extend) {
        let object = self.pop();
        let slot = self.field(ty, field, object);
        let value = self.read_slot(slot, extend);
        self.push(value);
    }

    pub(super) fn struct_set(&mut self, ty: TypeIdx, field: u32) {
        let (object, value) = self.pop2();
        let slot = self.field(ty, field, object);
        self.write_slot(slot, value);
    }

    pub(super) fn ref_get_desc(&mut self, ty: TypeIdx) {
        let object = self.pop();
        self.builder.ins().trapz(object, trap::NULL_REFERENCE);
        let address = self.address_of(object);
        let slot = self.descriptor_slot(ty, object, address);
        let value = self.read_slot(slot, Extend::None);
        self.push(value);
    }

    /// The descriptor of a structure of type `ty`, for a comparison. It does not join the activations table,
    /// because the frame does not keep it.
    pub(super) fn peek_descriptor(&mut self, ty: TypeIdx, object: Value) -> Value {
        let address = self.address_of(object);
        let Slot { offset, .. } = self.descriptor_slot(ty, object, address);
        self.load_header_field(address, offset)
    }
}
