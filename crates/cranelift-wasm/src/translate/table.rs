//! Tables. Single elements are accessed by inline code, many elements by functions of the runtime.
//!
//! Elements of function tables are pointers; those of other tables are references into the heap, which are
//! half as wide.

use super::BodyTranslator;
use crate::builtin::Builtin;
use crate::index::{ElemIdx, TableIdx};
use crate::layout::table;
use crate::{POINTER, trap};
use cranelift_codegen::entity::EntityRef;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, TrapCode, Value, types};
use wasmparser::ValType;

/// The address of an element, and how it may be accessed.
pub(super) struct Element {
    pub(super) address: Value,
    pub(super) flags: MemFlagsData,
}

impl BodyTranslator<'_, '_> {
    /// The type of a table's elements.
    fn element_type(&self, table: TableIdx) -> ValType {
        ValType::Ref(self.info.tables[table].ty.element_type)
    }

    /// Finds an element. Traps with `code` if the index is past the end.
    pub(super) fn table_element(
        &mut self,
        index: TableIdx,
        element: Value,
        code: TrapCode,
    ) -> Element {
        let record = self.load_constant_pointer(self.context, self.layout.table(index));
        let flags = MemFlagsData::trusted();
        let length = self.builder.ins().load(POINTER, flags, record, table::LENGTH);
        let element = self.table_index(index, element);
        let outside = self.builder.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, element, length);
        self.builder.ins().trapnz(outside, code);
        let base = self.builder.ins().load(POINTER, flags, record, table::BASE);
        let size = self.info.ir_type(self.element_type(index)).bytes();
        let offset = self.builder.ins().ishl_imm_u(element, i64::from(size.trailing_zeros()));
        let address = self.builder.ins().iadd(base, offset);
        // A mispredicted bounds check must not lead to a read past the end.
        let zero = self.builder.ins().iconst(POINTER, 0);
        let address = self.builder.ins().select_spectre_guard(outside, zero, address);
        Element { address, flags: flags.with_trap_code(Some(code)) }
    }

    /// Widens an index into a table, or a number of its elements, to 64 bits.
    fn table_index(&mut self, table: TableIdx, value: Value) -> Value {
        let wide = self.info.tables[table].ty.table64;
        self.widen(value, wide)
    }

    /// Widens an operand of index type to 64 bits.
    pub(super) fn widen(&mut self, value: Value, wide: bool) -> Value {
        if wide { value } else { self.builder.ins().uextend(types::I64, value) }
    }

    /// The number by which a function of the runtime knows an entity.
    pub(super) fn entity(&mut self, index: impl EntityRef) -> Value {
        self.builder.ins().iconst(types::I32, index.index() as i64)
    }

    pub(super) fn table_get(&mut self, table: TableIdx) {
        let index = self.pop();
        let ty = self.element_type(table);
        let element = self.table_element(table, index, trap::TABLE_OUT_OF_BOUNDS);
        let value =
            self.builder.ins().load(self.info.ir_type(ty), element.flags, element.address, 0);
        if self.info.is_heap_ref(ty) {
            self.read_barrier(value);
        }
        self.push(value);
    }

    pub(super) fn table_set(&mut self, table: TableIdx) {
        let (index, value) = self.pop2();
        let element = self.table_element(table, index, trap::TABLE_OUT_OF_BOUNDS);
        match self.info.is_heap_ref(self.element_type(table)) {
            true => self.store_reference(value, element.address, 0, element.flags),
            false => drop(self.builder.ins().store(element.flags, value, element.address, 0)),
        }
    }

    pub(super) fn table_size(&mut self, table: TableIdx) {
        let record = self.load_constant_pointer(self.context, self.layout.table(table));
        let flags = MemFlagsData::trusted();
        let length = self.builder.ins().load(POINTER, flags, record, table::LENGTH);
        self.push_size(length, self.info.tables[table].ty.table64);
    }

    /// Pushes a size, converted to the index type.
    pub(super) fn push_size(&mut self, size: Value, wide: bool) {
        let size = if wide { size } else { self.builder.ins().ireduce(types::I32, size) };
        self.push(size);
    }

    /// A reference in the form that functions of the runtime take, which is 64 bits wide for every kind of
    /// reference.
    fn wide_reference(&mut self, table: TableIdx, value: Value) -> Value {
        let narrow = self.info.is_heap_ref(self.element_type(table));
        self.widen(value, !narrow)
    }

    pub(super) fn table_grow(&mut self, table: TableIdx) {
        let (value, delta) = self.pop2();
        let value = self.wide_reference(table, value);
        let delta = self.table_index(table, delta);
        let name = self.entity(table);
        let old = self.builtin(Builtin::TableGrow, &[name, value, delta]);
        let old = old.expect("it has a result");
        self.push_size(old, self.info.tables[table].ty.table64);
    }

    pub(super) fn table_fill(&mut self, table: TableIdx) {
        let (index, value, count) = self.pop3();
        let index = self.table_index(table, index);
        let value = self.wide_reference(table, value);
        let count = self.table_index(table, count);
        let name = self.entity(table);
        self.builtin(Builtin::TableFill, &[name, index, value, count]);
    }

    /// Translates `table.copy`. The type of the number of elements is the narrower of the two index types.
    pub(super) fn table_copy(&mut self, to: TableIdx, from: TableIdx) {
        let (to_index, from_index, count) = self.pop3();
        let to_index = self.table_index(to, to_index);
        let from_index = self.table_index(from, from_index);
        let wide = |table: TableIdx| self.info.tables[table].ty.table64;
        let count = self.widen(count, wide(to) && wide(from));
        let (to, from) = (self.entity(to), self.entity(from));
        self.builtin(Builtin::TableCopy, &[to, from, to_index, from_index, count]);
    }

    pub(super) fn table_init(&mut self, table: TableIdx, segment: ElemIdx) {
        let (to_index, from_index, count) = self.pop3();
        let to_index = self.table_index(table, to_index);
        let (from_index, count) = (self.widen(from_index, false), self.widen(count, false));
        let (table, segment) = (self.entity(table), self.entity(segment));
        self.builtin(Builtin::TableInit, &[table, segment, to_index, from_index, count]);
    }

    pub(super) fn elem_drop(&mut self, segment: ElemIdx) {
        let segment = self.entity(segment);
        self.builtin(Builtin::ElemDrop, &[segment]);
    }
}
