//! Operators on everything but vectors, in the order of the specification's chapters.

use super::{Outcome, methods, refuse};
use crate::builtin::Builtin;
use crate::index::{DataIdx, ElemIdx, FuncIdx, GlobalIdx, MemIdx, TableIdx, TagIdx, TypeIdx};
use crate::translate::slot::Extend;
use crate::translate::{BodyTranslator, Translate};
use cranelift_codegen::ir::AtomicRmwOp::{Add, And, Or, Sub, Xchg, Xor};
use cranelift_codegen::ir::InstBuilder;
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::types::{F32, F64, I8, I16, I32, I64};
use wasmparser::{
    BlockType, BrTable, HeapType, Ieee32, Ieee64, MemArg, Ordering, RefType, TryTable, ValType,
    VisitOperator, VisitSimdOperator,
};

impl<'a> VisitOperator<'a> for BodyTranslator<'_, '_> {
    type Output = Translate;

    fn simd_visitor(&mut self) -> Option<&mut dyn VisitSimdOperator<'a, Output = Translate>> {
        Some(self)
    }

    methods! { self
        // Control.
        visit_nop() => {};
        visit_unreachable() => self.unreachable();
        visit_block(blockty: BlockType) => self.block(blockty);
        visit_loop(blockty: BlockType) => self.loop_(blockty);
        visit_if(blockty: BlockType) => self.if_(blockty);
        visit_else() => self.else_();
        visit_end() => self.end();
        visit_br(depth: u32) => self.br(depth);
        visit_br_if(depth: u32) => self.br_if(depth);
        visit_br_table(targets: BrTable<'a>) => self.br_table(&targets);
        visit_return() => self.return_();
        visit_call(func: u32) => self.call(FuncIdx::from_u32(func));
        visit_call_indirect(ty: u32, table: u32) =>
            self.call_indirect(TypeIdx::from_u32(ty), TableIdx::from_u32(table));
        visit_return_call(func: u32) => self.return_call(FuncIdx::from_u32(func));
        visit_return_call_indirect(ty: u32, table: u32) =>
            self.return_call_indirect(TypeIdx::from_u32(ty), TableIdx::from_u32(table));
        visit_call_ref(ty: u32) => self.call_ref(TypeIdx::from_u32(ty));
        visit_return_call_ref(ty: u32) => self.return_call_ref(TypeIdx::from_u32(ty));
        visit_br_on_null(depth: u32) => self.br_on_null(depth);
        visit_br_on_non_null(depth: u32) => self.br_on_non_null(depth);
        visit_ref_as_non_null() => self.ref_as_non_null();
        visit_try_table(try_table: TryTable) => self.try_table(&try_table);
        visit_throw(tag: u32) => self.throw(TagIdx::from_u32(tag));
        visit_throw_ref() => self.throw_ref();

        // Operands, locals, globals and references.
        visit_drop() => self.drop_top(1);
        visit_select() => self.select(None);
        visit_typed_select(ty: ValType) => self.select(Some(ty));
        visit_local_get(local: u32) => self.local_get(local);
        visit_local_set(local: u32) => self.local_set(local);
        visit_local_tee(local: u32) => self.local_tee(local);
        visit_global_get(global: u32) => self.global_get(GlobalIdx::from_u32(global));
        visit_global_set(global: u32) => self.global_set(GlobalIdx::from_u32(global));
        visit_ref_func(func: u32) => self.ref_func(FuncIdx::from_u32(func));
        visit_ref_null(hty: HeapType) => self.ref_null(hty);
        visit_ref_is_null() => self.ref_is_null();

        // Tables, and operators that act on many elements or bytes.
        visit_table_get(table: u32) => self.table_get(TableIdx::from_u32(table));
        visit_table_set(table: u32) => self.table_set(TableIdx::from_u32(table));
        visit_table_size(table: u32) => self.table_size(TableIdx::from_u32(table));
        visit_table_grow(table: u32) => self.table_grow(TableIdx::from_u32(table));
        visit_table_fill(table: u32) => self.table_fill(TableIdx::from_u32(table));
        visit_table_copy(to: u32, from: u32) =>
            self.table_copy(TableIdx::from_u32(to), TableIdx::from_u32(from));
        visit_table_init(elem: u32, table: u32) =>
            self.table_init(TableIdx::from_u32(table), ElemIdx::from_u32(elem));
        visit_elem_drop(elem: u32) => self.elem_drop(ElemIdx::from_u32(elem));
        visit_memory_copy(to: u32, from: u32) =>
            self.memory_copy(MemIdx::from_u32(to), MemIdx::from_u32(from));
        visit_memory_fill(memory: u32) => self.memory_fill(MemIdx::from_u32(memory));
        visit_memory_init(data: u32, memory: u32) =>
            self.memory_init(MemIdx::from_u32(memory), DataIdx::from_u32(data));
        visit_data_drop(data: u32) => self.data_drop(DataIdx::from_u32(data));

        // Memories.
        visit_i32_load(memarg: MemArg) => self.load(&memarg, I32);
        visit_i64_load(memarg: MemArg) => self.load(&memarg, I64);
        visit_f32_load(memarg: MemArg) => self.load(&memarg, F32);
        visit_f64_load(memarg: MemArg) => self.load(&memarg, F64);
        visit_i32_load8_s(memarg: MemArg) => self.load_extend(&memarg, I8, I32, true);
        visit_i32_load8_u(memarg: MemArg) => self.load_extend(&memarg, I8, I32, false);
        visit_i32_load16_s(memarg: MemArg) => self.load_extend(&memarg, I16, I32, true);
        visit_i32_load16_u(memarg: MemArg) => self.load_extend(&memarg, I16, I32, false);
        visit_i64_load8_s(memarg: MemArg) => self.load_extend(&memarg, I8, I64, true);
        visit_i64_load8_u(memarg: MemArg) => self.load_extend(&memarg, I8, I64, false);
        visit_i64_load16_s(memarg: MemArg) => self.load_extend(&memarg, I16, I64, true);
        visit_i64_load16_u(memarg: MemArg) => self.load_extend(&memarg, I16, I64, false);
        visit_i64_load32_s(memarg: MemArg) => self.load_extend(&memarg, I32, I64, true);
        visit_i64_load32_u(memarg: MemArg) => self.load_extend(&memarg, I32, I64, false);
        visit_i32_store | visit_i64_store | visit_f32_store | visit_f64_store(memarg: MemArg) =>
            self.store(&memarg);
        visit_i32_store8 | visit_i64_store8(memarg: MemArg) => self.store_wrap(&memarg, I8);
        visit_i32_store16 | visit_i64_store16(memarg: MemArg) => self.store_wrap(&memarg, I16);
        visit_i64_store32(memarg: MemArg) => self.store_wrap(&memarg, I32);
        visit_memory_size(memory: u32) => self.memory_size(MemIdx::from_u32(memory));
        visit_memory_grow(memory: u32) => self.memory_grow(MemIdx::from_u32(memory));

        // Integers.
        visit_i32_const(value: i32) => self.i32_const(value);
        visit_i64_const(value: i64) => self.i64_const(value);
        visit_i32_eqz | visit_i64_eqz() => self.eqz();
        visit_i32_eq | visit_i64_eq() => self.icmp(IntCC::Equal);
        visit_i32_ne | visit_i64_ne() => self.icmp(IntCC::NotEqual);
        visit_i32_lt_s | visit_i64_lt_s() => self.icmp(IntCC::SignedLessThan);
        visit_i32_lt_u | visit_i64_lt_u() => self.icmp(IntCC::UnsignedLessThan);
        visit_i32_gt_s | visit_i64_gt_s() => self.icmp(IntCC::SignedGreaterThan);
        visit_i32_gt_u | visit_i64_gt_u() => self.icmp(IntCC::UnsignedGreaterThan);
        visit_i32_le_s | visit_i64_le_s() => self.icmp(IntCC::SignedLessThanOrEqual);
        visit_i32_le_u | visit_i64_le_u() => self.icmp(IntCC::UnsignedLessThanOrEqual);
        visit_i32_ge_s | visit_i64_ge_s() => self.icmp(IntCC::SignedGreaterThanOrEqual);
        visit_i32_ge_u | visit_i64_ge_u() => self.icmp(IntCC::UnsignedGreaterThanOrEqual);
        visit_i32_clz | visit_i64_clz() => self.unary(|ins, a| ins.clz(a));
        visit_i32_ctz | visit_i64_ctz() => self.unary(|ins, a| ins.ctz(a));
        visit_i32_popcnt | visit_i64_popcnt() => self.unary(|ins, a| ins.popcnt(a));
        visit_i32_add | visit_i64_add() => self.binary(|ins, a, b| ins.iadd(a, b));
        visit_i32_sub | visit_i64_sub() => self.binary(|ins, a, b| ins.isub(a, b));
        visit_i32_mul | visit_i64_mul() => self.binary(|ins, a, b| ins.imul(a, b));
        visit_i32_div_s | visit_i64_div_s() => self.binary(|ins, a, b| ins.sdiv(a, b));
        visit_i32_div_u | visit_i64_div_u() => self.binary(|ins, a, b| ins.udiv(a, b));
        visit_i32_rem_s | visit_i64_rem_s() => self.binary(|ins, a, b| ins.srem(a, b));
        visit_i32_rem_u | visit_i64_rem_u() => self.binary(|ins, a, b| ins.urem(a, b));
        visit_i32_and | visit_i64_and() => self.binary(|ins, a, b| ins.band(a, b));
        visit_i32_or | visit_i64_or() => self.binary(|ins, a, b| ins.bor(a, b));
        visit_i32_xor | visit_i64_xor() => self.binary(|ins, a, b| ins.bxor(a, b));
        visit_i32_shl | visit_i64_shl() => self.binary(|ins, a, b| ins.ishl(a, b));
        visit_i32_shr_s | visit_i64_shr_s() => self.binary(|ins, a, b| ins.sshr(a, b));
        visit_i32_shr_u | visit_i64_shr_u() => self.binary(|ins, a, b| ins.ushr(a, b));
        visit_i32_rotl | visit_i64_rotl() => self.binary(|ins, a, b| ins.rotl(a, b));
        visit_i32_rotr | visit_i64_rotr() => self.binary(|ins, a, b| ins.rotr(a, b));
        visit_i32_wrap_i64() => self.unary(|ins, a| ins.ireduce(I32, a));
        visit_i64_extend_i32_s() => self.unary(|ins, a| ins.sextend(I64, a));
        visit_i64_extend_i32_u() => self.unary(|ins, a| ins.uextend(I64, a));
        visit_i32_extend8_s() => self.extend_low(I8, I32);
        visit_i32_extend16_s() => self.extend_low(I16, I32);
        visit_i64_extend8_s() => self.extend_low(I8, I64);
        visit_i64_extend16_s() => self.extend_low(I16, I64);
        visit_i64_extend32_s() => self.extend_low(I32, I64);

        // Floating-point numbers.
        visit_f32_const(value: Ieee32) => self.f32_const(value);
        visit_f64_const(value: Ieee64) => self.f64_const(value);
        visit_f32_eq | visit_f64_eq() => self.fcmp(FloatCC::Equal);
        visit_f32_ne | visit_f64_ne() => self.fcmp(FloatCC::NotEqual);
        visit_f32_lt | visit_f64_lt() => self.fcmp(FloatCC::LessThan);
        visit_f32_gt | visit_f64_gt() => self.fcmp(FloatCC::GreaterThan);
        visit_f32_le | visit_f64_le() => self.fcmp(FloatCC::LessThanOrEqual);
        visit_f32_ge | visit_f64_ge() => self.fcmp(FloatCC::GreaterThanOrEqual);
        visit_f32_abs | visit_f64_abs() => self.unary(|ins, a| ins.fabs(a));
        visit_f32_neg | visit_f64_neg() => self.unary(|ins, a| ins.fneg(a));
        visit_f32_ceil | visit_f64_ceil() => self.unary(|ins, a| ins.ceil(a));
        visit_f32_floor | visit_f64_floor() => self.unary(|ins, a| ins.floor(a));
        visit_f32_trunc | visit_f64_trunc() => self.unary(|ins, a| ins.trunc(a));
        visit_f32_nearest | visit_f64_nearest() => self.unary(|ins, a| ins.nearest(a));
        visit_f32_sqrt | visit_f64_sqrt() => self.unary(|ins, a| ins.sqrt(a));
        visit_f32_add | visit_f64_add() => self.binary(|ins, a, b| ins.fadd(a, b));
        visit_f32_sub | visit_f64_sub() => self.binary(|ins, a, b| ins.fsub(a, b));
        visit_f32_mul | visit_f64_mul() => self.binary(|ins, a, b| ins.fmul(a, b));
        visit_f32_div | visit_f64_div() => self.binary(|ins, a, b| ins.fdiv(a, b));
        visit_f32_min | visit_f64_min() => self.binary(|ins, a, b| ins.fmin(a, b));
        visit_f32_max | visit_f64_max() => self.binary(|ins, a, b| ins.fmax(a, b));
        visit_f32_copysign | visit_f64_copysign() => self.binary(|ins, a, b| ins.fcopysign(a, b));
        visit_i32_trunc_f32_s | visit_i32_trunc_f64_s() =>
            self.unary(|ins, a| ins.fcvt_to_sint(I32, a));
        visit_i32_trunc_f32_u | visit_i32_trunc_f64_u() =>
            self.unary(|ins, a| ins.fcvt_to_uint(I32, a));
        visit_i64_trunc_f32_s | visit_i64_trunc_f64_s() =>
            self.unary(|ins, a| ins.fcvt_to_sint(I64, a));
        visit_i64_trunc_f32_u | visit_i64_trunc_f64_u() =>
            self.unary(|ins, a| ins.fcvt_to_uint(I64, a));
        visit_i32_trunc_sat_f32_s | visit_i32_trunc_sat_f64_s() =>
            self.unary(|ins, a| ins.fcvt_to_sint_sat(I32, a));
        visit_i32_trunc_sat_f32_u | visit_i32_trunc_sat_f64_u() =>
            self.unary(|ins, a| ins.fcvt_to_uint_sat(I32, a));
        visit_i64_trunc_sat_f32_s | visit_i64_trunc_sat_f64_s() =>
            self.unary(|ins, a| ins.fcvt_to_sint_sat(I64, a));
        visit_i64_trunc_sat_f32_u | visit_i64_trunc_sat_f64_u() =>
            self.unary(|ins, a| ins.fcvt_to_uint_sat(I64, a));
        visit_f32_convert_i32_s | visit_f32_convert_i64_s() =>
            self.unary(|ins, a| ins.fcvt_from_sint(F32, a));
        visit_f32_convert_i32_u | visit_f32_convert_i64_u() =>
            self.unary(|ins, a| ins.fcvt_from_uint(F32, a));
        visit_f64_convert_i32_s | visit_f64_convert_i64_s() =>
            self.unary(|ins, a| ins.fcvt_from_sint(F64, a));
        visit_f64_convert_i32_u | visit_f64_convert_i64_u() =>
            self.unary(|ins, a| ins.fcvt_from_uint(F64, a));
        visit_f32_demote_f64() => self.unary(|ins, a| ins.fdemote(F32, a));
        visit_f64_promote_f32() => self.unary(|ins, a| ins.fpromote(F64, a));
        visit_i32_reinterpret_f32() => self.reinterpret(I32);
        visit_i64_reinterpret_f64() => self.reinterpret(I64);
        visit_f32_reinterpret_i32() => self.reinterpret(F32);
        visit_f64_reinterpret_i64() => self.reinterpret(F64);

        // Numbers of 128 bits.
        visit_i64_add128() => self.wide_sum(|ins, a, b| ins.iadd(a, b));
        visit_i64_sub128() => self.wide_sum(|ins, a, b| ins.isub(a, b));
        visit_i64_mul_wide_s() => self.wide_product(|ins, a, b| ins.smulhi(a, b));
        visit_i64_mul_wide_u() => self.wide_product(|ins, a, b| ins.umulhi(a, b));

        // Atomic accesses.
        visit_memory_atomic_notify(memarg: MemArg) => self.atomic_notify(&memarg);
        visit_memory_atomic_wait32(memarg: MemArg) =>
            self.atomic_wait(&memarg, Builtin::AtomicWait32);
        visit_memory_atomic_wait64(memarg: MemArg) =>
            self.atomic_wait(&memarg, Builtin::AtomicWait64);
        visit_atomic_fence(_ordering: Ordering) => self.atomic_fence();
        visit_i32_atomic_load8_u(memarg: MemArg) => self.atomic_load(&memarg, I8, I32);
        visit_i32_atomic_load16_u(memarg: MemArg) => self.atomic_load(&memarg, I16, I32);
        visit_i32_atomic_load(memarg: MemArg) => self.atomic_load(&memarg, I32, I32);
        visit_i64_atomic_load8_u(memarg: MemArg) => self.atomic_load(&memarg, I8, I64);
        visit_i64_atomic_load16_u(memarg: MemArg) => self.atomic_load(&memarg, I16, I64);
        visit_i64_atomic_load32_u(memarg: MemArg) => self.atomic_load(&memarg, I32, I64);
        visit_i64_atomic_load(memarg: MemArg) => self.atomic_load(&memarg, I64, I64);
        visit_i32_atomic_store8(memarg: MemArg) => self.atomic_store(&memarg, I8);
        visit_i32_atomic_store16(memarg: MemArg) => self.atomic_store(&memarg, I16);
        visit_i32_atomic_store(memarg: MemArg) => self.atomic_store(&memarg, I32);
        visit_i64_atomic_store8(memarg: MemArg) => self.atomic_store(&memarg, I8);
        visit_i64_atomic_store16(memarg: MemArg) => self.atomic_store(&memarg, I16);
        visit_i64_atomic_store32(memarg: MemArg) => self.atomic_store(&memarg, I32);
        visit_i64_atomic_store(memarg: MemArg) => self.atomic_store(&memarg, I64);
        visit_i32_atomic_rmw_add(memarg: MemArg) => self.atomic_rmw(&memarg, I32, I32, Add);
        visit_i32_atomic_rmw_and(memarg: MemArg) => self.atomic_rmw(&memarg, I32, I32, And);
        visit_i64_atomic_rmw_add(memarg: MemArg) => self.atomic_rmw(&memarg, I64, I64, Add);
        visit_i64_atomic_rmw_and(memarg: MemArg) => self.atomic_rmw(&memarg, I64, I64, And);
        visit_i32_atomic_rmw8_add_u(memarg: MemArg) => self.atomic_rmw(&memarg, I8, I32, Add);
        visit_i32_atomic_rmw8_sub_u(memarg: MemArg) => self.atomic_rmw(&memarg, I8, I32, Sub);
        visit_i32_atomic_rmw8_and_u(memarg: MemArg) => self.atomic_rmw(&memarg, I8, I32, And);
        visit_i32_atomic_rmw8_or_u(memarg: MemArg) => self.atomic_rmw(&memarg, I8, I32, Or);
        visit_i32_atomic_rmw8_xor_u(memarg: MemArg) => self.atomic_rmw(&memarg, I8, I32, Xor);
        visit_i32_atomic_rmw8_xchg_u(memarg: MemArg) => self.atomic_rmw(&memarg, I8, I32, Xchg);
        visit_i32_atomic_rmw8_cmpxchg_u(memarg: MemArg) =>
            self.atomic_compare_exchange(&memarg, I8, I32);
        visit_i32_atomic_rmw16_add_u(memarg: MemArg) => self.atomic_rmw(&memarg, I16, I32, Add);
        visit_i32_atomic_rmw16_sub_u(memarg: MemArg) => self.atomic_rmw(&memarg, I16, I32, Sub);
        visit_i32_atomic_rmw16_and_u(memarg: MemArg) => self.atomic_rmw(&memarg, I16, I32, And);
        visit_i32_atomic_rmw16_or_u(memarg: MemArg) => self.atomic_rmw(&memarg, I16, I32, Or);
        visit_i32_atomic_rmw16_xor_u(memarg: MemArg) => self.atomic_rmw(&memarg, I16, I32, Xor);
        visit_i32_atomic_rmw16_xchg_u(memarg: MemArg) => self.atomic_rmw(&memarg, I16, I32, Xchg);
        visit_i32_atomic_rmw16_cmpxchg_u(memarg: MemArg) =>
            self.atomic_compare_exchange(&memarg, I16, I32);
        visit_i32_atomic_rmw_sub(memarg: MemArg) => self.atomic_rmw(&memarg, I32, I32, Sub);
        visit_i32_atomic_rmw_or(memarg: MemArg) => self.atomic_rmw(&memarg, I32, I32, Or);
        visit_i32_atomic_rmw_xor(memarg: MemArg) => self.atomic_rmw(&memarg, I32, I32, Xor);
        visit_i32_atomic_rmw_xchg(memarg: MemArg) => self.atomic_rmw(&memarg, I32, I32, Xchg);
        visit_i32_atomic_rmw_cmpxchg(memarg: MemArg) =>
            self.atomic_compare_exchange(&memarg, I32, I32);
        visit_i64_atomic_rmw8_add_u(memarg: MemArg) => self.atomic_rmw(&memarg, I8, I64, Add);
        visit_i64_atomic_rmw8_sub_u(memarg: MemArg) => self.atomic_rmw(&memarg, I8, I64, Sub);
        visit_i64_atomic_rmw8_and_u(memarg: MemArg) => self.atomic_rmw(&memarg, I8, I64, And);
        visit_i64_atomic_rmw8_or_u(memarg: MemArg) => self.atomic_rmw(&memarg, I8, I64, Or);
        visit_i64_atomic_rmw8_xor_u(memarg: MemArg) => self.atomic_rmw(&memarg, I8, I64, Xor);
        visit_i64_atomic_rmw8_xchg_u(memarg: MemArg) => self.atomic_rmw(&memarg, I8, I64, Xchg);
        visit_i64_atomic_rmw8_cmpxchg_u(memarg: MemArg) =>
            self.atomic_compare_exchange(&memarg, I8, I64);
        visit_i64_atomic_rmw16_add_u(memarg: MemArg) => self.atomic_rmw(&memarg, I16, I64, Add);
        visit_i64_atomic_rmw16_sub_u(memarg: MemArg) => self.atomic_rmw(&memarg, I16, I64, Sub);
        visit_i64_atomic_rmw16_and_u(memarg: MemArg) => self.atomic_rmw(&memarg, I16, I64, And);
        visit_i64_atomic_rmw16_or_u(memarg: MemArg) => self.atomic_rmw(&memarg, I16, I64, Or);
        visit_i64_atomic_rmw16_xor_u(memarg: MemArg) => self.atomic_rmw(&memarg, I16, I64, Xor);
        visit_i64_atomic_rmw16_xchg_u(memarg: MemArg) => self.atomic_rmw(&memarg, I16, I64, Xchg);
        visit_i64_atomic_rmw16_cmpxchg_u(memarg: MemArg) =>
            self.atomic_compare_exchange(&memarg, I16, I64);
        visit_i64_atomic_rmw32_add_u(memarg: MemArg) => self.atomic_rmw(&memarg, I32, I64, Add);
        visit_i64_atomic_rmw32_sub_u(memarg: MemArg) => self.atomic_rmw(&memarg, I32, I64, Sub);
        visit_i64_atomic_rmw32_and_u(memarg: MemArg) => self.atomic_rmw(&memarg, I32, I64, And);
        visit_i64_atomic_rmw32_or_u(memarg: MemArg) => self.atomic_rmw(&memarg, I32, I64, Or);
        visit_i64_atomic_rmw32_xor_u(memarg: MemArg) => self.atomic_rmw(&memarg, I32, I64, Xor);
        visit_i64_atomic_rmw32_xchg_u(memarg: MemArg) => self.atomic_rmw(&memarg, I32, I64, Xchg);
        visit_i64_atomic_rmw32_cmpxchg_u(memarg: MemArg) =>
            self.atomic_compare_exchange(&memarg, I32, I64);
        visit_i64_atomic_rmw_sub(memarg: MemArg) => self.atomic_rmw(&memarg, I64, I64, Sub);
        visit_i64_atomic_rmw_or(memarg: MemArg) => self.atomic_rmw(&memarg, I64, I64, Or);
        visit_i64_atomic_rmw_xor(memarg: MemArg) => self.atomic_rmw(&memarg, I64, I64, Xor);
        visit_i64_atomic_rmw_xchg(memarg: MemArg) => self.atomic_rmw(&memarg, I64, I64, Xchg);
        visit_i64_atomic_rmw_cmpxchg(memarg: MemArg) =>
            self.atomic_compare_exchange(&memarg, I64, I64);

        // Structures.
        visit_struct_new(ty: u32) => self.struct_new(TypeIdx::from_u32(ty), false);
        visit_struct_new_default(ty: u32) => self.struct_new_default(TypeIdx::from_u32(ty), false);
        visit_struct_new_desc(ty: u32) => self.struct_new(TypeIdx::from_u32(ty), true);
        visit_struct_new_default_desc(ty: u32) =>
            self.struct_new_default(TypeIdx::from_u32(ty), true);
        visit_struct_get(ty: u32, field: u32) =>
            self.struct_get(TypeIdx::from_u32(ty), field, Extend::None);
        visit_struct_get_s(ty: u32, field: u32) =>
            self.struct_get(TypeIdx::from_u32(ty), field, Extend::Signed);
        visit_struct_get_u(ty: u32, field: u32) =>
            self.struct_get(TypeIdx::from_u32(ty), field, Extend::Unsigned);
        visit_struct_set(ty: u32, field: u32) => self.struct_set(TypeIdx::from_u32(ty), field);
        visit_ref_get_desc(ty: u32) => self.ref_get_desc(TypeIdx::from_u32(ty));

        // Arrays.
        visit_array_new(ty: u32) => self.array_new(TypeIdx::from_u32(ty));
        visit_array_new_default(ty: u32) => self.array_new_default(TypeIdx::from_u32(ty));
        visit_array_new_fixed(ty: u32, length: u32) =>
            self.array_new_fixed(TypeIdx::from_u32(ty), length);
        visit_array_new_data(ty: u32, data: u32) =>
            self.array_new_data(TypeIdx::from_u32(ty), DataIdx::from_u32(data));
        visit_array_new_elem(ty: u32, elem: u32) =>
            self.array_new_elem(TypeIdx::from_u32(ty), ElemIdx::from_u32(elem));
        visit_array_get(ty: u32) => self.array_get(TypeIdx::from_u32(ty), Extend::None);
        visit_array_get_s(ty: u32) => self.array_get(TypeIdx::from_u32(ty), Extend::Signed);
        visit_array_get_u(ty: u32) => self.array_get(TypeIdx::from_u32(ty), Extend::Unsigned);
        visit_array_set(ty: u32) => self.array_set(TypeIdx::from_u32(ty));
        visit_array_len() => self.array_len();
        visit_array_fill(ty: u32) => self.array_fill(TypeIdx::from_u32(ty));
        visit_array_copy(_to: u32, _from: u32) => self.array_copy();
        visit_array_init_data(_ty: u32, data: u32) =>
            self.array_init(Builtin::ArrayInitData, DataIdx::from_u32(data));
        visit_array_init_elem(_ty: u32, elem: u32) =>
            self.array_init(Builtin::ArrayInitElem, ElemIdx::from_u32(elem));

        // Small numbers as references.
        visit_ref_i31() => self.ref_i31();
        visit_i31_get_s() => self.i31_get(Extend::Signed);
        visit_i31_get_u() => self.i31_get(Extend::Unsigned);

        // Comparisons, tests and casts of references. The two conversions change only the type.
        visit_ref_eq() => self.icmp(IntCC::Equal);
        visit_any_convert_extern | visit_extern_convert_any() => {};
        visit_ref_test_non_null(hty: HeapType) => self.ref_test(hty, false);
        visit_ref_test_nullable(hty: HeapType) => self.ref_test(hty, true);
        visit_ref_cast_non_null(hty: HeapType) => self.ref_cast(hty, false);
        visit_ref_cast_nullable(hty: HeapType) => self.ref_cast(hty, true);
        visit_br_on_cast(depth: u32, _from_ref_type: RefType, to_ref_type: RefType) =>
            self.br_on_cast(depth, to_ref_type, true);
        visit_br_on_cast_fail(depth: u32, _from_ref_type: RefType, to_ref_type: RefType) =>
            self.br_on_cast(depth, to_ref_type, false);
        visit_ref_cast_desc_eq_non_null(hty: HeapType) => self.ref_cast_desc_eq(hty, false);
        visit_ref_cast_desc_eq_nullable(hty: HeapType) => self.ref_cast_desc_eq(hty, true);
        visit_br_on_cast_desc_eq(depth: u32, _from_ref_type: RefType, to_ref_type: RefType) =>
            self.br_on_cast_desc_eq(depth, to_ref_type, true);
        visit_br_on_cast_desc_eq_fail(depth: u32, _from_ref_type: RefType, to_ref_type: RefType) =>
            self.br_on_cast_desc_eq(depth, to_ref_type, false);
    }

    // Operators that are not translated: those of whole proposals, and of other proposals those that `refuse`
    // does not list as translated.
    wasmparser::for_each_visit_operator!(refuse);
}
