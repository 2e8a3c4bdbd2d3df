//! Locals, globals, null references and references to functions.

use super::BodyTranslator;
use crate::POINTER;
use crate::index::{FuncIdx, GlobalIdx};
use crate::layout::{GlobalPlace, func_import};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Endianness, InstBuilder, MemFlagsData, Value};
use wasmparser::HeapType;

impl BodyTranslator<'_, '_> {
    pub(super) fn local_get(&mut self, index: u32) {
        self.meter.get(index);
        let value = self.builder.use_var(self.locals[index as usize]);
        self.push(value);
    }

    pub(super) fn local_set(&mut self, index: u32) {
        let value = self.pop();
        self.meter.set(index);
        self.builder.def_var(self.locals[index as usize], value);
    }

    pub(super) fn local_tee(&mut self, index: u32) {
        let value = self.top(1)[0];
        self.meter.set(index);
        self.builder.def_var(self.locals[index as usize], value);
    }

    /// The base address and the offset of a global's cell.
    fn global_cell(&mut self, index: GlobalIdx) -> (Value, i32) {
        match self.layout.global(index) {
            GlobalPlace::Inline(offset) => (self.context, offset as i32),
            GlobalPlace::Pointer(offset) => (self.load_constant_pointer(self.context, offset), 0),
        }
    }

    /// The flags of every access to a cell. Cells hold values in little-endian order on every target, as the
    /// host writes them.
    fn cell_flags(&self) -> MemFlagsData {
        MemFlagsData::trusted()
            .with_endianness(Endianness::Little)
            .with_alias_region(Some(self.regions.globals))
    }

    pub(super) fn global_get(&mut self, index: GlobalIdx) {
        let ty = self.info.globals[index].content_type;
        let (base, offset) = self.global_cell(index);
        let flags = self.cell_flags();
        let value = self.builder.ins().load(self.info.ir_type(ty), flags, base, offset);
        if self.info.is_heap_ref(ty) {
            self.read_barrier(value);
        }
        self.push(value);
    }

    pub(super) fn global_set(&mut self, index: GlobalIdx) {
        let value = self.pop();
        let (base, offset) = self.global_cell(index);
        let flags = self.cell_flags();
        match self.info.is_heap_ref(self.info.globals[index].content_type) {
            true => self.store_reference(value, base, offset, flags),
            false => drop(self.builder.ins().store(flags, value, base, offset)),
        }
    }

    pub(super) fn ref_null(&mut self, ty: HeapType) {
        let ty = self.info.ir_type_of_references(ty);
        let null = self.builder.ins().iconst(ty, 0);
        self.push(null);
    }

    pub(super) fn ref_is_null(&mut self) {
        let value = self.pop();
        let flag = self.builder.ins().icmp_imm_u(IntCC::Equal, value, 0);
        self.push_flag(flag);
    }

    pub(super) fn ref_func(&mut self, index: FuncIdx) {
        let value = match self.info.escaped_index(index) {
            Some(escaped) => {
                let offset = self.layout.func_ref(escaped);
                self.builder.ins().iadd_imm_u(self.context, i64::from(offset))
            }
            None => {
                let offset = self.layout.func_import(index) + func_import::FUNC_REF;
                self.load_constant_pointer(self.context, offset)
            }
        };
        debug_assert_eq!(self.builder.func.dfg.value_type(value), POINTER);
        self.push(value);
    }
}
