//! Atomic instructions, which are all sequentially consistent.
//!
//! An address that is not a multiple of the access's size traps, before bounds are checked.

use super::memory::Access;
use super::{BodyTranslator, Translate, TranslateError};
use crate::POINTER;
use crate::builtin::Builtin;
use crate::index::MemIdx;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::types::{I32, I64};
use cranelift_codegen::ir::{
    AtomicRmwOp, InstBuilder, MemFlagsData, StackSlotData, StackSlotKind, Type, Value,
};
use wasmparser::{MemArg, MemArgTarget};

impl BodyTranslator<'_, '_> {
    /// Pops an index, and gives the address and the flags of an aligned access.
    fn atomic_address(&mut self, arg: &MemArg, ty: Type) -> Translate<(Value, MemFlagsData)> {
        let MemArgTarget::Memory(memory) = arg.target else {
            return Err(TranslateError::Unsupported("gc"));
        };
        if ty.bytes() > 1 {
            let index = self.top(1)[0];
            let wide = self.info.memories[MemIdx::from_u32(memory)].memory64;
            let index = self.widen(index, wide);
            let address = self.builder.ins().iadd_imm_u(index, arg.offset as i64);
            let low = self.builder.ins().band_imm_u(address, i64::from(ty.bytes() - 1));
            self.builder.ins().trapnz(low, crate::trap::UNALIGNED_ATOMIC);
        }
        let Access { base, offset, flags } = self.access(arg, ty.bytes())?;
        let address = match offset {
            0 => base,
            _ => self.builder.ins().iadd_imm_u(base, i64::from(offset)),
        };
        Ok((address, flags))
    }

    fn narrowed(&mut self, value: Value, ty: Type) -> Value {
        match self.builder.func.dfg.value_type(value) == ty {
            true => value,
            false => self.builder.ins().ireduce(ty, value),
        }
    }

    fn push_widened(&mut self, value: Value, ty: Type) {
        let value = match self.builder.func.dfg.value_type(value) == ty {
            true => value,
            false => self.builder.ins().uextend(ty, value),
        };
        self.push(value);
    }

    pub(super) fn atomic_load(&mut self, arg: &MemArg, ty: Type, wide: Type) -> Translate {
        let (address, flags) = self.atomic_address(arg, ty)?;
        let value = self.builder.ins().atomic_load(ty, flags, address);
        self.push_widened(value, wide);
        Ok(())
    }

    pub(super) fn atomic_store(&mut self, arg: &MemArg, ty: Type) -> Translate {
        let value = self.pop();
        let value = self.narrowed(value, ty);
        let (address, flags) = self.atomic_address(arg, ty)?;
        self.builder.ins().atomic_store(flags, value, address);
        Ok(())
    }

    pub(super) fn atomic_rmw(
        &mut self,
        arg: &MemArg,
        ty: Type,
        wide: Type,
        op: AtomicRmwOp,
    ) -> Translate {
        let value = self.pop();
        let value = self.narrowed(value, ty);
        let (address, flags) = self.atomic_address(arg, ty)?;
        let old = self.builder.ins().atomic_rmw(ty, flags, op, address, value);
        self.push_widened(old, wide);
        Ok(())
    }

    /// Translates a compare-and-exchange. Only the low bits of the expected value count, too.
    pub(super) fn atomic_compare_exchange(
        &mut self,
        arg: &MemArg,
        ty: Type,
        wide: Type,
    ) -> Translate {
        let (expected, replacement) = self.pop2();
        let (mut expected, replacement) =
            (self.narrowed(expected, ty), self.narrowed(replacement, ty));
        if self.options.wide_compare && ty == I32 {
            expected = self.zero_extended(expected);
        }
        let (address, flags) = self.atomic_address(arg, ty)?;
        let old = self.builder.ins().atomic_cas(flags, address, expected, replacement);
        self.push_widened(old, wide);
        Ok(())
    }

    /// Puts a 32-bit value in a register whose upper half is zero. Only a load from memory ensures this,
    /// because Cranelift sees through anything else, including a load of what was stored with the same type.
    fn zero_extended(&mut self, value: Value) -> Value {
        let slot = StackSlotData::new(StackSlotKind::ExplicitSlot, 8, 3);
        let slot = self.builder.create_sized_stack_slot(slot);
        let wide = self.builder.ins().uextend(I64, value);
        self.builder.ins().stack_store(POINTER, wide, slot, 0);
        self.builder.ins().stack_load(POINTER, I32, slot, 0)
    }

    /// The memory and the 64-bit sum of index and offset, for a function of the runtime, which checks the
    /// sum. A sum that overflows becomes one that is past every end and has the same alignment.
    fn shared_operand(&mut self, arg: &MemArg) -> Translate<(Value, Value)> {
        let MemArgTarget::Memory(memory) = arg.target else {
            return Err(TranslateError::Unsupported("gc"));
        };
        let index = self.pop();
        let wide = self.info.memories[MemIdx::from_u32(memory)].memory64;
        let index = self.widen(index, wide);
        let offset = self.builder.ins().iconst(I64, arg.offset as i64);
        let address = self.builder.ins().iadd(index, offset);
        let overflows = self.builder.ins().icmp(IntCC::UnsignedLessThan, address, offset);
        let past = self.builder.ins().bor_imm_s(address, -8);
        let address = self.builder.ins().select(overflows, past, address);
        Ok((self.entity(MemIdx::from_u32(memory)), address))
    }

    pub(super) fn atomic_wait(&mut self, arg: &MemArg, builtin: Builtin) -> Translate {
        let (expected, timeout) = self.pop2();
        let (memory, address) = self.shared_operand(arg)?;
        let result = self.builtin(builtin, &[memory, address, expected, timeout]);
        self.push(result.expect("it has a result"));
        Ok(())
    }

    pub(super) fn atomic_notify(&mut self, arg: &MemArg) -> Translate {
        let count = self.pop();
        let (memory, address) = self.shared_operand(arg)?;
        let woken = self.builtin(Builtin::AtomicNotify, &[memory, address, count]);
        self.push(woken.expect("it has a result"));
        Ok(())
    }

    pub(super) fn atomic_fence(&mut self) {
        self.builder.ins().fence();
    }
}
