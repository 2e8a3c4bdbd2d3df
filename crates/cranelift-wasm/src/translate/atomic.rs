//! Atomic instructions, all sequentially consistent.
//!
//! An address that is not a multiple of the access's size traps, before bounds are looked at.

use super::memory::Access;
use super::{BodyTranslator, Translate, TranslateError};
use crate::POINTER;
use crate::builtin::Builtin;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::types::{I8, I16, I32, I64};
use cranelift_codegen::ir::{
    AtomicRmwOp, InstBuilder, MemFlagsData, StackSlotData, StackSlotKind, Type, Value,
};
use wasmparser::{MemArg, MemArgTarget, Operator};

impl BodyTranslator<'_, '_> {
    /// Pops an index; gives the address of an aligned access.
    fn atomic_address(&mut self, arg: &MemArg, ty: Type) -> Translate<(Value, MemFlagsData)> {
        let MemArgTarget::Memory(memory) = arg.target else {
            return Err(TranslateError::Unsupported("gc"));
        };
        if ty.bytes() > 1 {
            let index = self.top(1)[0];
            let wide = self.info.memories[memory as usize].memory64;
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

    fn atomic_load(&mut self, arg: &MemArg, ty: Type, wide: Type) -> Translate {
        let (address, flags) = self.atomic_address(arg, ty)?;
        let value = self.builder.ins().atomic_load(ty, flags, address);
        self.push_widened(value, wide);
        Ok(())
    }

    fn atomic_store(&mut self, arg: &MemArg, ty: Type) -> Translate {
        let value = self.pop();
        let value = self.narrowed(value, ty);
        let (address, flags) = self.atomic_address(arg, ty)?;
        self.builder.ins().atomic_store(flags, value, address);
        Ok(())
    }

    fn atomic_rmw(&mut self, arg: &MemArg, ty: Type, wide: Type, op: AtomicRmwOp) -> Translate {
        let value = self.pop();
        let value = self.narrowed(value, ty);
        let (address, flags) = self.atomic_address(arg, ty)?;
        let old = self.builder.ins().atomic_rmw(ty, flags, op, address, value);
        self.push_widened(old, wide);
        Ok(())
    }

    /// Of the expected value, too, only the low bits count.
    fn atomic_compare_exchange(&mut self, arg: &MemArg, ty: Type, wide: Type) -> Translate {
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

    /// A 32-bit value in a register whose upper half is zero. Only a load from memory makes it so:
    /// anything else Cranelift sees through, as loads of what was stored with the same type.
    fn zero_extended(&mut self, value: Value) -> Value {
        let slot = StackSlotData::new(StackSlotKind::ExplicitSlot, 8, 3);
        let slot = self.builder.create_sized_stack_slot(slot);
        let wide = self.builder.ins().uextend(I64, value);
        self.builder.ins().stack_store(POINTER, wide, slot, 0);
        self.builder.ins().stack_load(POINTER, I32, slot, 0)
    }

    /// Memory and the 64-bit index plus offset, for a function of the runtime: it checks. A sum that
    /// overflows becomes one that is past every end, and as aligned as it was.
    fn shared_operand(&mut self, arg: &MemArg) -> Translate<(Value, Value)> {
        let MemArgTarget::Memory(memory) = arg.target else {
            return Err(TranslateError::Unsupported("gc"));
        };
        let index = self.pop();
        let wide = self.info.memories[memory as usize].memory64;
        let index = self.widen(index, wide);
        let offset = self.builder.ins().iconst(I64, arg.offset as i64);
        let address = self.builder.ins().iadd(index, offset);
        let overflows = self.builder.ins().icmp(IntCC::UnsignedLessThan, address, offset);
        let past = self.builder.ins().bor_imm_s(address, -8);
        let address = self.builder.ins().select(overflows, past, address);
        Ok((self.entity(memory), address))
    }

    fn atomic_wait(&mut self, arg: &MemArg, builtin: Builtin) -> Translate {
        let (expected, timeout) = self.pop2();
        let (memory, address) = self.shared_operand(arg)?;
        let result = self.builtin(builtin, &[memory, address, expected, timeout]);
        self.push(result.expect("it has a result"));
        Ok(())
    }

    fn atomic_notify(&mut self, arg: &MemArg) -> Translate {
        let count = self.pop();
        let (memory, address) = self.shared_operand(arg)?;
        let woken = self.builtin(Builtin::AtomicNotify, &[memory, address, count]);
        self.push(woken.expect("it has a result"));
        Ok(())
    }

    pub(super) fn atomic_operator(&mut self, op: Operator<'_>) -> Translate {
        use Operator as O;
        match op {
            O::MemoryAtomicNotify { memarg } => self.atomic_notify(&memarg),
            O::MemoryAtomicWait32 { memarg } => self.atomic_wait(&memarg, Builtin::AtomicWait32),
            O::MemoryAtomicWait64 { memarg } => self.atomic_wait(&memarg, Builtin::AtomicWait64),
            O::AtomicFence { .. } => {
                self.builder.ins().fence();
                Ok(())
            }
            O::I32AtomicLoad8U { memarg } => self.atomic_load(&memarg, I8, I32),
            O::I32AtomicLoad16U { memarg } => self.atomic_load(&memarg, I16, I32),
            O::I32AtomicLoad { memarg } => self.atomic_load(&memarg, I32, I32),
            O::I64AtomicLoad8U { memarg } => self.atomic_load(&memarg, I8, I64),
            O::I64AtomicLoad16U { memarg } => self.atomic_load(&memarg, I16, I64),
            O::I64AtomicLoad32U { memarg } => self.atomic_load(&memarg, I32, I64),
            O::I64AtomicLoad { memarg } => self.atomic_load(&memarg, I64, I64),
            O::I32AtomicStore8 { memarg } => self.atomic_store(&memarg, I8),
            O::I32AtomicStore16 { memarg } => self.atomic_store(&memarg, I16),
            O::I32AtomicStore { memarg } => self.atomic_store(&memarg, I32),
            O::I64AtomicStore8 { memarg } => self.atomic_store(&memarg, I8),
            O::I64AtomicStore16 { memarg } => self.atomic_store(&memarg, I16),
            O::I64AtomicStore32 { memarg } => self.atomic_store(&memarg, I32),
            O::I64AtomicStore { memarg } => self.atomic_store(&memarg, I64),
            O::I32AtomicRmwAdd { memarg } => self.atomic_rmw(&memarg, I32, I32, AtomicRmwOp::Add),
            O::I32AtomicRmwAnd { memarg } => self.atomic_rmw(&memarg, I32, I32, AtomicRmwOp::And),
            O::I64AtomicRmwAdd { memarg } => self.atomic_rmw(&memarg, I64, I64, AtomicRmwOp::Add),
            O::I64AtomicRmwAnd { memarg } => self.atomic_rmw(&memarg, I64, I64, AtomicRmwOp::And),
            O::I32AtomicRmw8AddU { memarg } => self.atomic_rmw(&memarg, I8, I32, AtomicRmwOp::Add),
            O::I32AtomicRmw8SubU { memarg } => self.atomic_rmw(&memarg, I8, I32, AtomicRmwOp::Sub),
            O::I32AtomicRmw8AndU { memarg } => self.atomic_rmw(&memarg, I8, I32, AtomicRmwOp::And),
            O::I32AtomicRmw8OrU { memarg } => self.atomic_rmw(&memarg, I8, I32, AtomicRmwOp::Or),
            O::I32AtomicRmw8XorU { memarg } => self.atomic_rmw(&memarg, I8, I32, AtomicRmwOp::Xor),
            O::I32AtomicRmw8XchgU { memarg } => {
                self.atomic_rmw(&memarg, I8, I32, AtomicRmwOp::Xchg)
            }
            O::I32AtomicRmw8CmpxchgU { memarg } => self.atomic_compare_exchange(&memarg, I8, I32),
            O::I32AtomicRmw16AddU { memarg } => {
                self.atomic_rmw(&memarg, I16, I32, AtomicRmwOp::Add)
            }
            O::I32AtomicRmw16SubU { memarg } => {
                self.atomic_rmw(&memarg, I16, I32, AtomicRmwOp::Sub)
            }
            O::I32AtomicRmw16AndU { memarg } => {
                self.atomic_rmw(&memarg, I16, I32, AtomicRmwOp::And)
            }
            O::I32AtomicRmw16OrU { memarg } => self.atomic_rmw(&memarg, I16, I32, AtomicRmwOp::Or),
            O::I32AtomicRmw16XorU { memarg } => {
                self.atomic_rmw(&memarg, I16, I32, AtomicRmwOp::Xor)
            }
            O::I32AtomicRmw16XchgU { memarg } => {
                self.atomic_rmw(&memarg, I16, I32, AtomicRmwOp::Xchg)
            }
            O::I32AtomicRmw16CmpxchgU { memarg } => self.atomic_compare_exchange(&memarg, I16, I32),
            O::I32AtomicRmwSub { memarg } => self.atomic_rmw(&memarg, I32, I32, AtomicRmwOp::Sub),
            O::I32AtomicRmwOr { memarg } => self.atomic_rmw(&memarg, I32, I32, AtomicRmwOp::Or),
            O::I32AtomicRmwXor { memarg } => self.atomic_rmw(&memarg, I32, I32, AtomicRmwOp::Xor),
            O::I32AtomicRmwXchg { memarg } => self.atomic_rmw(&memarg, I32, I32, AtomicRmwOp::Xchg),
            O::I32AtomicRmwCmpxchg { memarg } => self.atomic_compare_exchange(&memarg, I32, I32),
            O::I64AtomicRmw8AddU { memarg } => self.atomic_rmw(&memarg, I8, I64, AtomicRmwOp::Add),
            O::I64AtomicRmw8SubU { memarg } => self.atomic_rmw(&memarg, I8, I64, AtomicRmwOp::Sub),
            O::I64AtomicRmw8AndU { memarg } => self.atomic_rmw(&memarg, I8, I64, AtomicRmwOp::And),
            O::I64AtomicRmw8OrU { memarg } => self.atomic_rmw(&memarg, I8, I64, AtomicRmwOp::Or),
            O::I64AtomicRmw8XorU { memarg } => self.atomic_rmw(&memarg, I8, I64, AtomicRmwOp::Xor),
            O::I64AtomicRmw8XchgU { memarg } => {
                self.atomic_rmw(&memarg, I8, I64, AtomicRmwOp::Xchg)
            }
            O::I64AtomicRmw8CmpxchgU { memarg } => self.atomic_compare_exchange(&memarg, I8, I64),
            O::I64AtomicRmw16AddU { memarg } => {
                self.atomic_rmw(&memarg, I16, I64, AtomicRmwOp::Add)
            }
            O::I64AtomicRmw16SubU { memarg } => {
                self.atomic_rmw(&memarg, I16, I64, AtomicRmwOp::Sub)
            }
            O::I64AtomicRmw16AndU { memarg } => {
                self.atomic_rmw(&memarg, I16, I64, AtomicRmwOp::And)
            }
            O::I64AtomicRmw16OrU { memarg } => self.atomic_rmw(&memarg, I16, I64, AtomicRmwOp::Or),
            O::I64AtomicRmw16XorU { memarg } => {
                self.atomic_rmw(&memarg, I16, I64, AtomicRmwOp::Xor)
            }
            O::I64AtomicRmw16XchgU { memarg } => {
                self.atomic_rmw(&memarg, I16, I64, AtomicRmwOp::Xchg)
            }
            O::I64AtomicRmw16CmpxchgU { memarg } => self.atomic_compare_exchange(&memarg, I16, I64),
            O::I64AtomicRmw32AddU { memarg } => {
                self.atomic_rmw(&memarg, I32, I64, AtomicRmwOp::Add)
            }
            O::I64AtomicRmw32SubU { memarg } => {
                self.atomic_rmw(&memarg, I32, I64, AtomicRmwOp::Sub)
            }
            O::I64AtomicRmw32AndU { memarg } => {
                self.atomic_rmw(&memarg, I32, I64, AtomicRmwOp::And)
            }
            O::I64AtomicRmw32OrU { memarg } => self.atomic_rmw(&memarg, I32, I64, AtomicRmwOp::Or),
            O::I64AtomicRmw32XorU { memarg } => {
                self.atomic_rmw(&memarg, I32, I64, AtomicRmwOp::Xor)
            }
            O::I64AtomicRmw32XchgU { memarg } => {
                self.atomic_rmw(&memarg, I32, I64, AtomicRmwOp::Xchg)
            }
            O::I64AtomicRmw32CmpxchgU { memarg } => self.atomic_compare_exchange(&memarg, I32, I64),
            O::I64AtomicRmwSub { memarg } => self.atomic_rmw(&memarg, I64, I64, AtomicRmwOp::Sub),
            O::I64AtomicRmwOr { memarg } => self.atomic_rmw(&memarg, I64, I64, AtomicRmwOp::Or),
            O::I64AtomicRmwXor { memarg } => self.atomic_rmw(&memarg, I64, I64, AtomicRmwOp::Xor),
            O::I64AtomicRmwXchg { memarg } => self.atomic_rmw(&memarg, I64, I64, AtomicRmwOp::Xchg),
            O::I64AtomicRmwCmpxchg { memarg } => self.atomic_compare_exchange(&memarg, I64, I64),
            other => self.cast_operator(other),
        }
    }
}
