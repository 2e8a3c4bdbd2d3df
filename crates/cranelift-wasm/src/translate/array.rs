//! Arrays. Single elements are accessed by inline code, many elements by functions of the runtime.

use super::BodyTranslator;
use super::allocate::Made;
use super::slot::{Extend, Slot};
use crate::builtin::Builtin;
use crate::index::{DataIdx, ElemIdx, TypeIdx};
use crate::layout::Header;
use crate::objects::Storage;
use crate::{POINTER, trap};
use cranelift_codegen::entity::EntityRef;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Endianness, InstBuilder, MemFlagsData, Value, types};

impl BodyTranslator<'_, '_> {
    fn new_array(&mut self, builtin: Builtin, args: &[Value]) -> Value {
        let array = self.builtin(builtin, args).expect("it has a result");
        self.declare_reference(array);
        array
    }

    /// Makes an array all of whose elements have the value of an operand.
    pub(super) fn array_new(&mut self, ty: TypeIdx) {
        let length = self.pop();
        let storage = self.info.array_layout(ty).storage;
        let id = self.type_id(ty);
        // The value stays on the operand stack, where a collection finds it.
        let array = self.new_array(Builtin::ArrayNew, &[id, length]);
        let value = self.top(1)[0];
        let start = self.builder.ins().iconst(types::I32, 0);
        self.fill(array, start, value, storage, length);
        self.drop_top(1);
        self.push(array);
    }

    pub(super) fn array_new_default(&mut self, ty: TypeIdx) {
        let length = self.pop();
        let id = self.type_id(ty);
        let array = self.new_array(Builtin::ArrayNew, &[id, length]);
        self.push(array);
    }

    pub(super) fn array_new_fixed(&mut self, ty: TypeIdx, length: u32) {
        let layout = self.info.array_layout(ty);
        let storage = layout.storage;
        let id = self.type_id(ty);
        let count = self.builder.ins().iconst(types::I32, i64::from(length));
        let size = u64::from(layout.first) + u64::from(length) * u64::from(storage.size());
        let array = self.allocate(Made::Array { id, length: count }, size, false);
        let address = self.address_of(array);
        let values = self.top(length as usize).to_vec();
        self.meter.kept += values.len();
        for (i, value) in (0..).zip(values) {
            // The validator allows 10,000 operands, so that the offset is small.
            let offset = layout.offset(i) as i32;
            let slot = Slot { object: array, header: address, address, offset, storage };
            self.initialise_slot(slot, value);
        }
        self.drop_top(length as usize);
        self.push(array);
    }

    pub(super) fn array_new_data(&mut self, ty: TypeIdx, data: DataIdx) {
        self.array_new_from(Builtin::ArrayNewData, ty, data);
    }

    pub(super) fn array_new_elem(&mut self, ty: TypeIdx, elem: ElemIdx) {
        self.array_new_from(Builtin::ArrayNewElem, ty, elem);
    }

    fn array_new_from(&mut self, builtin: Builtin, ty: TypeIdx, segment: impl EntityRef) {
        let (offset, length) = self.pop2();
        let (id, segment) = (self.type_id(ty), self.entity(segment));
        let array = self.new_array(builtin, &[id, segment, offset, length]);
        self.push(array);
    }

    /// An element of an array, which must not be null, at an index that must be within it.
    fn element(&mut self, ty: TypeIdx, array: Value, index: Value) -> Slot {
        let layout = self.info.array_layout(ty);
        let storage = layout.storage;
        self.builder.ins().trapz(array, trap::NULL_ARRAY_REFERENCE);
        let address = self.address_of(array);
        let length = self.length_at(address);
        let outside = self.builder.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, index, length);
        self.builder.ins().trapnz(outside, trap::ARRAY_OUT_OF_BOUNDS);
        let index = self.builder.ins().uextend(POINTER, index);
        let scale = i64::from(storage.size().trailing_zeros());
        let offset = self.builder.ins().ishl_imm_u(index, scale);
        let element = self.builder.ins().iadd(address, offset);
        // A mispredicted bounds check must not lead to an access past the end. The other address is within
        // the object.
        let header = address;
        let address = self.builder.ins().select_spectre_guard(outside, address, element);
        Slot { object: array, header, address, offset: layout.first as i32, storage }
    }

    pub(super) fn array_get(&mut self, ty: TypeIdx, extend: Extend) {
        let (array, index) = self.pop2();
        let slot = self.element(ty, array, index);
        let value = self.read_slot(slot, extend);
        self.push(value);
    }

    pub(super) fn array_set(&mut self, ty: TypeIdx) {
        let (array, index, value) = self.pop3();
        let slot = self.element(ty, array, index);
        self.write_slot(slot, value);
    }

    pub(super) fn array_len(&mut self) {
        let array = self.pop();
        self.builder.ins().trapz(array, trap::NULL_ARRAY_REFERENCE);
        let address = self.address_of(array);
        let length = self.length_at(address);
        self.push(length);
    }

    /// The number of elements of the array at `address`.
    fn length_at(&mut self, address: Value) -> Value {
        let place = Header::of(self.info.collector).array_length;
        self.load_header_field(address, place)
    }

    pub(super) fn array_fill(&mut self, ty: TypeIdx) {
        let count = self.pop();
        let (array, start, value) = self.pop3();
        self.builder.ins().trapz(array, trap::NULL_ARRAY_REFERENCE);
        self.fill(array, start, value, self.info.array_layout(ty).storage, count);
    }

    fn fill(&mut self, array: Value, start: Value, value: Value, storage: Storage, count: Value) {
        let ins = self.builder.ins();
        let (low, high) = match storage {
            Storage::I8 | Storage::I16 | Storage::I32 | Storage::Reference => {
                (ins.uextend(types::I64, value), None)
            }
            Storage::I64 | Storage::Function => (value, None),
            Storage::F32 => {
                let bits = ins.bitcast(types::I32, MemFlagsData::new(), value);
                (self.builder.ins().uextend(types::I64, bits), None)
            }
            Storage::F64 => (ins.bitcast(types::I64, MemFlagsData::new(), value), None),
            Storage::V128 => {
                let flags = MemFlagsData::new().with_endianness(Endianness::Little);
                let lanes = ins.bitcast(types::I64X2, flags, value);
                let low = self.builder.ins().extractlane(lanes, 0);
                (low, Some(self.builder.ins().extractlane(lanes, 1)))
            }
        };
        let high = high.unwrap_or_else(|| self.builder.ins().iconst(types::I64, 0));
        self.builtin(Builtin::ArrayFill, &[array, start, low, high, count]);
    }

    pub(super) fn array_copy(&mut self) {
        let (from, from_index, count) = self.pop3();
        let (to, to_index) = self.pop2();
        self.builder.ins().trapz(to, trap::NULL_ARRAY_REFERENCE);
        self.builder.ins().trapz(from, trap::NULL_ARRAY_REFERENCE);
        self.builtin(Builtin::ArrayCopy, &[to, to_index, from, from_index, count]);
    }

    /// Translates `array.init_data` or `array.init_elem`.
    pub(super) fn array_init(&mut self, builtin: Builtin, segment: impl EntityRef) {
        let (index, offset, count) = self.pop3();
        let array = self.pop();
        self.builder.ins().trapz(array, trap::NULL_ARRAY_REFERENCE);
        let segment = self.entity(segment);
        self.builtin(builtin, &[array, index, segment, offset, count]);
    }
}
