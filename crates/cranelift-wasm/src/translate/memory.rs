//! Linear memory.
//!
//! A 32-bit memory never moves and is followed by enough inaccessible address space that
//! no index plus offset can leave it: accesses carry no check, the hardware makes it.
//! The reservation that this relies on is [`layout::MEMORY32_REACH`](crate::layout::MEMORY32_REACH),
//! which the runtime's memories are checked against when it is compiled.

use super::{BodyTranslator, Translate, TranslateError};
use crate::POINTER;
use crate::builtin::Builtin;
use crate::layout::{memory, memory_entry};
use cranelift_codegen::ir::{Endianness, InstBuilder, MemFlagsData, TrapCode, Type, Value, types};
use wasmparser::{MemArg, MemArgTarget};

impl BodyTranslator<'_, '_> {
    pub(super) fn load(&mut self, arg: &MemArg, ty: Type) -> Translate {
        let (base, offset) = self.address(arg)?;
        let value = self.builder.ins().load(ty, heap_flags(), base, offset);
        self.push(value);
        Ok(())
    }

    /// Loads `narrow` and extends it to `wide`.
    pub(super) fn load_extend(
        &mut self,
        arg: &MemArg,
        narrow: Type,
        wide: Type,
        signed: bool,
    ) -> Translate {
        let (base, offset) = self.address(arg)?;
        let value = self.builder.ins().load(narrow, heap_flags(), base, offset);
        let value = match signed {
            true => self.builder.ins().sextend(wide, value),
            false => self.builder.ins().uextend(wide, value),
        };
        self.push(value);
        Ok(())
    }

    pub(super) fn store(&mut self, arg: &MemArg) -> Translate {
        let value = self.pop();
        let (base, offset) = self.address(arg)?;
        self.builder.ins().store(heap_flags(), value, base, offset);
        Ok(())
    }

    /// Stores the low bits of an operand.
    pub(super) fn store_wrap(&mut self, arg: &MemArg, narrow: Type) -> Translate {
        let value = self.pop();
        let value = self.builder.ins().ireduce(narrow, value);
        let (base, offset) = self.address(arg)?;
        self.builder.ins().store(heap_flags(), value, base, offset);
        Ok(())
    }

    /// Pops an index; gives a base and a constant offset that together address the access.
    fn address(&mut self, arg: &MemArg) -> Translate<(Value, i32)> {
        let MemArgTarget::Memory(memory) = arg.target else {
            return Err(TranslateError::Unsupported("gc"));
        };
        if self.info.memories[memory as usize].memory64 {
            return Err(TranslateError::Unsupported("memory64"));
        }
        let index = self.pop();
        let base = self
            .load_constant_pointer(self.context, self.layout.memory(memory) + memory_entry::BASE);
        let index = self.builder.ins().uextend(POINTER, index);
        let address = self.builder.ins().iadd(base, index);
        Ok(match i32::try_from(arg.offset) {
            Ok(offset) => (address, offset),
            Err(_) => (self.builder.ins().iadd_imm_u(address, arg.offset as i64), 0),
        })
    }

    pub(super) fn memory_size(&mut self, index: u32) -> Translate {
        let ty = &self.info.memories[index as usize];
        let page_size_log2 = ty.page_size_log2.unwrap_or(16);
        let index_type = if ty.memory64 { types::I64 } else { types::I32 };
        let record = self
            .load_constant_pointer(self.context, self.layout.memory(index) + memory_entry::RECORD);
        let bytes =
            self.builder.ins().load(POINTER, MemFlagsData::trusted(), record, memory::LENGTH);
        let pages = self.builder.ins().ushr_imm_u(bytes, i64::from(page_size_log2));
        let pages = match index_type {
            types::I32 => self.builder.ins().ireduce(types::I32, pages),
            _ => pages,
        };
        self.push(pages);
        Ok(())
    }

    pub(super) fn memory_grow(&mut self, index: u32) -> Translate {
        let wide = self.info.memories[index as usize].memory64;
        let delta = self.pop();
        let delta = if wide { delta } else { self.builder.ins().uextend(types::I64, delta) };
        let memory = self.builder.ins().iconst(types::I32, i64::from(index));
        let old = self.builtin(Builtin::MemoryGrow, &[memory, delta]).expect("it has a result");
        let old = if wide { old } else { self.builder.ins().ireduce(types::I32, old) };
        self.push(old);
        Ok(())
    }
}

/// Accesses that may fault, and then trap.
fn heap_flags() -> MemFlagsData {
    MemFlagsData::new()
        .with_endianness(Endianness::Little)
        .with_trap_code(Some(TrapCode::HEAP_OUT_OF_BOUNDS))
}
