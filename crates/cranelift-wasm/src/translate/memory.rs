//! Accesses to linear memory.
//!
//! A 32-bit memory never moves, and is followed by enough inaccessible address space that no index plus
//! offset can leave it. So accesses have no check in code, as the hardware makes it. The reservation on which
//! this relies is [`layout::MEMORY32_REACH`](crate::layout::MEMORY32_REACH), against which the runtime's
//! memories are checked at compile time.

use super::{BodyTranslator, Translate, TranslateError};
use crate::POINTER;
use crate::builtin::Builtin;
use crate::index::MemIdx;
use crate::layout::{memory as memory_record, memory_entry};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Endianness, InstBuilder, MemFlagsData, TrapCode, Type, Value, types};
use wasmparser::{MemArg, MemArgTarget, MemoryType};

/// The place and the flags of an access to bytes of a memory.
pub(super) struct Access {
    pub(super) base: Value,
    pub(super) offset: i32,
    pub(super) flags: MemFlagsData,
}

/// Whether everything that an access can reach is reserved for the memory, so that no access is checked. This
/// is not so for pages smaller than the host's, because a memory of these may end within a page of the host.
pub fn is_guarded(ty: &MemoryType) -> bool {
    !ty.memory64 && ty.page_size_log2.is_none_or(|log2| log2 >= 16)
}

impl BodyTranslator<'_, '_> {
    pub(super) fn load(&mut self, arg: &MemArg, ty: Type) -> Translate {
        let Access { base, offset, flags } = self.access(arg, ty.bytes())?;
        let value = self.builder.ins().load(ty, flags, base, offset);
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
        let Access { base, offset, flags } = self.access(arg, narrow.bytes())?;
        // The load extends in the same instruction. A separate extension would lead to arithmetic in both
        // widths.
        let ins = self.builder.ins();
        let value = match (narrow, signed) {
            (types::I8, true) => ins.sload8(wide, flags, base, offset),
            (types::I8, false) => ins.uload8(wide, flags, base, offset),
            (types::I16, true) => ins.sload16(wide, flags, base, offset),
            (types::I16, false) => ins.uload16(wide, flags, base, offset),
            (_, true) => ins.sload32(flags, base, offset),
            (_, false) => ins.uload32(flags, base, offset),
        };
        self.push(value);
        Ok(())
    }

    pub(super) fn store(&mut self, arg: &MemArg) -> Translate {
        let value = self.pop();
        let size = self.builder.func.dfg.value_type(value).bytes();
        let Access { base, offset, flags } = self.access(arg, size)?;
        self.builder.ins().store(flags, value, base, offset);
        Ok(())
    }

    /// Stores the low bits of an operand.
    pub(super) fn store_wrap(&mut self, arg: &MemArg, narrow: Type) -> Translate {
        let value = self.pop();
        let Access { base, offset, flags } = self.access(arg, narrow.bytes())?;
        if let Some(number) = self.constant(value) {
            // The constant becomes an immediate of the store instruction.
            let bits = number & (u64::MAX >> (64 - narrow.bits()));
            let value = self.builder.ins().iconst(narrow, bits as i64);
            self.builder.ins().store(flags, value, base, offset);
            return Ok(());
        }
        let ins = self.builder.ins();
        match narrow {
            types::I8 => ins.istore8(flags, value, base, offset),
            types::I16 => ins.istore16(flags, value, base, offset),
            _ => ins.istore32(flags, value, base, offset),
        };
        Ok(())
    }

    /// Pops an index, and gives the access to `size` bytes there, which traps past the end.
    ///
    /// This is the only function that computes addresses, for all index types and page sizes.
    pub(super) fn access(&mut self, arg: &MemArg, size: u32) -> Translate<Access> {
        let MemArgTarget::Memory(memory) = arg.target else {
            return Err(TranslateError::Unsupported("gc"));
        };
        let memory = MemIdx::from_u32(memory);
        let index = self.pop();
        let ty = &self.info.memories[memory];
        let index = self.widen(index, ty.memory64);
        Ok(match is_guarded(ty) {
            true => self.guarded(memory, index, arg.offset),
            false => self.checked(memory, index, arg.offset, size),
        })
    }

    pub(super) fn memory_base(&mut self, memory: MemIdx) -> Value {
        self.load_constant_pointer(self.context, self.layout.memory(memory) + memory_entry::BASE)
    }

    /// The access to a memory whose reservation no access can leave, so that the hardware makes the check.
    fn guarded(&mut self, memory: MemIdx, index: Value, offset: u64) -> Access {
        let base = self.memory_base(memory);
        let base = self.builder.ins().iadd(base, index);
        match i32::try_from(offset) {
            Ok(offset) => Access { base, offset, flags: self.memory_flags() },
            Err(_) => {
                let base = self.builder.ins().iadd_imm_u(base, offset as i64);
                Access { base, offset: 0, flags: self.memory_flags() }
            }
        }
    }

    /// The access to any other memory, with a check in code.
    ///
    /// ```text
    /// end := index + (offset + size); trap if that overflows, or end > length
    /// ```
    fn checked(&mut self, memory: MemIdx, index: Value, offset: u64, size: u32) -> Access {
        let code = TrapCode::HEAP_OUT_OF_BOUNDS;
        let length = self.memory_length(memory);
        let reach = offset.checked_add(u64::from(size));
        // A sum that overflows becomes one past every end, because no memory is so long.
        let reach = reach.unwrap_or(u64::MAX);
        let reach = self.builder.ins().iconst(types::I64, reach as i64);
        let end = self.builder.ins().iadd(index, reach);
        let overflows = self.builder.ins().icmp(IntCC::UnsignedLessThan, end, reach);
        let past = self.builder.ins().icmp(IntCC::UnsignedGreaterThan, end, length);
        let outside = self.builder.ins().bor(overflows, past);
        self.builder.ins().trapnz(outside, code);
        let base = self.memory_base(memory);
        let address = self.builder.ins().iadd(base, index);
        let address = match offset {
            0 => address,
            _ => self.builder.ins().iadd_imm_u(address, offset as i64),
        };
        // A mispredicted check must not lead to a read past the end.
        let zero = self.builder.ins().iconst(POINTER, 0);
        let base = self.builder.ins().select_spectre_guard(outside, zero, address);
        Access { base, offset: 0, flags: self.memory_flags() }
    }

    fn memory_record(&mut self, memory: MemIdx) -> Value {
        let entry = self.layout.memory(memory);
        self.load_constant_pointer(self.context, entry + memory_entry::RECORD)
    }

    /// The length in bytes of a shared memory, which other threads may increase.
    fn shared_length(&mut self, memory: MemIdx) -> Value {
        let record = self.memory_record(memory);
        let address = self.builder.ins().iadd_imm_u(record, i64::from(memory_record::LENGTH));
        self.builder.ins().atomic_load(POINTER, MemFlagsData::trusted(), address)
    }

    /// The length in bytes. An access may rely on a length that was loaded before, because memories do not
    /// shrink.
    pub(super) fn memory_length(&mut self, memory: MemIdx) -> Value {
        let record = self.memory_record(memory);
        self.builder.ins().load(POINTER, MemFlagsData::trusted(), record, memory_record::LENGTH)
    }

    /// The flags of every access to a memory. Such an access may fault, and then traps.
    pub(super) fn memory_flags(&self) -> MemFlagsData {
        MemFlagsData::new()
            .with_endianness(Endianness::Little)
            .with_trap_code(Some(TrapCode::HEAP_OUT_OF_BOUNDS))
            .with_alias_region(Some(self.regions.memories))
    }

    pub(super) fn memory_size(&mut self, index: MemIdx) -> Translate {
        let ty = &self.info.memories[index];
        let page_size_log2 = ty.page_size_log2.unwrap_or(16);
        let wide = ty.memory64;
        // Other threads can grow a shared memory. Cranelift would take a plain load for loop-invariant.
        let bytes = match ty.shared {
            false => self.memory_length(index),
            true => self.shared_length(index),
        };
        let pages = self.builder.ins().ushr_imm_u(bytes, i64::from(page_size_log2));
        self.push_size(pages, wide);
        Ok(())
    }

    pub(super) fn memory_grow(&mut self, index: MemIdx) -> Translate {
        let wide = self.info.memories[index].memory64;
        let delta = self.pop();
        let delta = self.widen(delta, wide);
        let memory = self.entity(index);
        let old = self.builtin(Builtin::MemoryGrow, &[memory, delta]).expect("it has a result");
        self.push_size(old, wide);
        Ok(())
    }
}
