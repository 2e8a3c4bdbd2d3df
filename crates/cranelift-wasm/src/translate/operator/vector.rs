//! Operators on vectors.

use super::{Outcome, methods};
use crate::translate::simd::Half::{HighSigned, HighUnsigned, LowSigned, LowUnsigned};
use crate::translate::{BodyTranslator, Translate};
use cranelift_codegen::ir::InstBuilder;
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::types::{
    F32, F32X4, F64, F64X2, I8, I8X16, I16, I16X8, I32, I32X4, I64, I64X2,
};
use wasmparser::{MemArg, V128, VisitSimdOperator};

impl VisitSimdOperator<'_> for BodyTranslator<'_, '_> {
    methods! { self
        visit_v128_load(memarg: MemArg) => self.load(&memarg, I8X16);
        visit_v128_store(memarg: MemArg) => self.store(&memarg);
        visit_v128_load8x8_s(memarg: MemArg) => self.vector_load_extend(&memarg, I8X16, true);
        visit_v128_load8x8_u(memarg: MemArg) => self.vector_load_extend(&memarg, I8X16, false);
        visit_v128_load16x4_s(memarg: MemArg) => self.vector_load_extend(&memarg, I16X8, true);
        visit_v128_load16x4_u(memarg: MemArg) => self.vector_load_extend(&memarg, I16X8, false);
        visit_v128_load32x2_s(memarg: MemArg) => self.vector_load_extend(&memarg, I32X4, true);
        visit_v128_load32x2_u(memarg: MemArg) => self.vector_load_extend(&memarg, I32X4, false);
        visit_v128_load8_splat(memarg: MemArg) => self.vector_load_splat(&memarg, I8X16);
        visit_v128_load16_splat(memarg: MemArg) => self.vector_load_splat(&memarg, I16X8);
        visit_v128_load32_splat(memarg: MemArg) => self.vector_load_splat(&memarg, I32X4);
        visit_v128_load64_splat(memarg: MemArg) => self.vector_load_splat(&memarg, I64X2);
        visit_v128_load32_zero(memarg: MemArg) => self.vector_load_zero(&memarg, I32X4);
        visit_v128_load64_zero(memarg: MemArg) => self.vector_load_zero(&memarg, I64X2);
        visit_v128_load8_lane(memarg: MemArg, lane: u8) =>
            self.vector_load_lane(&memarg, I8X16, lane);
        visit_v128_load16_lane(memarg: MemArg, lane: u8) =>
            self.vector_load_lane(&memarg, I16X8, lane);
        visit_v128_load32_lane(memarg: MemArg, lane: u8) =>
            self.vector_load_lane(&memarg, I32X4, lane);
        visit_v128_load64_lane(memarg: MemArg, lane: u8) =>
            self.vector_load_lane(&memarg, I64X2, lane);
        visit_v128_store8_lane(memarg: MemArg, lane: u8) =>
            self.vector_store_lane(&memarg, I8X16, lane);
        visit_v128_store16_lane(memarg: MemArg, lane: u8) =>
            self.vector_store_lane(&memarg, I16X8, lane);
        visit_v128_store32_lane(memarg: MemArg, lane: u8) =>
            self.vector_store_lane(&memarg, I32X4, lane);
        visit_v128_store64_lane(memarg: MemArg, lane: u8) =>
            self.vector_store_lane(&memarg, I64X2, lane);
        visit_v128_const(value: V128) => self.vector_const(*value.bytes());
        visit_i8x16_shuffle(lanes: [u8; 16]) => self.shuffle(lanes);
        visit_i8x16_swizzle | visit_i8x16_relaxed_swizzle() =>
            self.vector2(I8X16, |ins, a, b| ins.swizzle(a, b));
        visit_i8x16_splat() => self.splat(I8, I8X16);
        visit_i16x8_splat() => self.splat(I16, I16X8);
        visit_i32x4_splat() => self.splat(I32, I32X4);
        visit_i64x2_splat() => self.splat(I64, I64X2);
        visit_f32x4_splat() => self.splat(F32, F32X4);
        visit_f64x2_splat() => self.splat(F64, F64X2);
        visit_i8x16_extract_lane_s(lane: u8) => self.extract_narrow_lane(I8X16, lane, true);
        visit_i8x16_extract_lane_u(lane: u8) => self.extract_narrow_lane(I8X16, lane, false);
        visit_i16x8_extract_lane_s(lane: u8) => self.extract_narrow_lane(I16X8, lane, true);
        visit_i16x8_extract_lane_u(lane: u8) => self.extract_narrow_lane(I16X8, lane, false);
        visit_i32x4_extract_lane(lane: u8) => self.extract_lane(I32X4, lane);
        visit_i64x2_extract_lane(lane: u8) => self.extract_lane(I64X2, lane);
        visit_f32x4_extract_lane(lane: u8) => self.extract_lane(F32X4, lane);
        visit_f64x2_extract_lane(lane: u8) => self.extract_lane(F64X2, lane);
        visit_i8x16_replace_lane(lane: u8) => self.replace_lane(I8X16, lane);
        visit_i16x8_replace_lane(lane: u8) => self.replace_lane(I16X8, lane);
        visit_i32x4_replace_lane(lane: u8) => self.replace_lane(I32X4, lane);
        visit_i64x2_replace_lane(lane: u8) => self.replace_lane(I64X2, lane);
        visit_f32x4_replace_lane(lane: u8) => self.replace_lane(F32X4, lane);
        visit_f64x2_replace_lane(lane: u8) => self.replace_lane(F64X2, lane);
        visit_v128_not() => self.vector_not();
        visit_v128_and() => self.binary(|ins, a, b| ins.band(a, b));
        visit_v128_andnot() => self.binary(|ins, a, b| ins.band_not(a, b));
        visit_v128_or() => self.binary(|ins, a, b| ins.bor(a, b));
        visit_v128_xor() => self.binary(|ins, a, b| ins.bxor(a, b));
        visit_v128_bitselect
        | visit_i8x16_relaxed_laneselect
        | visit_i16x8_relaxed_laneselect
        | visit_i32x4_relaxed_laneselect
        | visit_i64x2_relaxed_laneselect() => self.bitselect();
        visit_v128_any_true() => self.any_true();
        visit_i8x16_eq() => self.vector_icmp(I8X16, IntCC::Equal);
        visit_i8x16_ne() => self.vector_icmp(I8X16, IntCC::NotEqual);
        visit_i8x16_lt_s() => self.vector_icmp(I8X16, IntCC::SignedLessThan);
        visit_i8x16_lt_u() => self.vector_icmp(I8X16, IntCC::UnsignedLessThan);
        visit_i8x16_gt_s() => self.vector_icmp(I8X16, IntCC::SignedGreaterThan);
        visit_i8x16_gt_u() => self.vector_icmp(I8X16, IntCC::UnsignedGreaterThan);
        visit_i8x16_le_s() => self.vector_icmp(I8X16, IntCC::SignedLessThanOrEqual);
        visit_i8x16_le_u() => self.vector_icmp(I8X16, IntCC::UnsignedLessThanOrEqual);
        visit_i8x16_ge_s() => self.vector_icmp(I8X16, IntCC::SignedGreaterThanOrEqual);
        visit_i8x16_ge_u() => self.vector_icmp(I8X16, IntCC::UnsignedGreaterThanOrEqual);
        visit_i16x8_eq() => self.vector_icmp(I16X8, IntCC::Equal);
        visit_i16x8_ne() => self.vector_icmp(I16X8, IntCC::NotEqual);
        visit_i16x8_lt_s() => self.vector_icmp(I16X8, IntCC::SignedLessThan);
        visit_i16x8_lt_u() => self.vector_icmp(I16X8, IntCC::UnsignedLessThan);
        visit_i16x8_gt_s() => self.vector_icmp(I16X8, IntCC::SignedGreaterThan);
        visit_i16x8_gt_u() => self.vector_icmp(I16X8, IntCC::UnsignedGreaterThan);
        visit_i16x8_le_s() => self.vector_icmp(I16X8, IntCC::SignedLessThanOrEqual);
        visit_i16x8_le_u() => self.vector_icmp(I16X8, IntCC::UnsignedLessThanOrEqual);
        visit_i16x8_ge_s() => self.vector_icmp(I16X8, IntCC::SignedGreaterThanOrEqual);
        visit_i16x8_ge_u() => self.vector_icmp(I16X8, IntCC::UnsignedGreaterThanOrEqual);
        visit_i32x4_eq() => self.vector_icmp(I32X4, IntCC::Equal);
        visit_i32x4_ne() => self.vector_icmp(I32X4, IntCC::NotEqual);
        visit_i32x4_lt_s() => self.vector_icmp(I32X4, IntCC::SignedLessThan);
        visit_i32x4_lt_u() => self.vector_icmp(I32X4, IntCC::UnsignedLessThan);
        visit_i32x4_gt_s() => self.vector_icmp(I32X4, IntCC::SignedGreaterThan);
        visit_i32x4_gt_u() => self.vector_icmp(I32X4, IntCC::UnsignedGreaterThan);
        visit_i32x4_le_s() => self.vector_icmp(I32X4, IntCC::SignedLessThanOrEqual);
        visit_i32x4_le_u() => self.vector_icmp(I32X4, IntCC::UnsignedLessThanOrEqual);
        visit_i32x4_ge_s() => self.vector_icmp(I32X4, IntCC::SignedGreaterThanOrEqual);
        visit_i32x4_ge_u() => self.vector_icmp(I32X4, IntCC::UnsignedGreaterThanOrEqual);
        visit_i64x2_eq() => self.vector_icmp(I64X2, IntCC::Equal);
        visit_i64x2_ne() => self.vector_icmp(I64X2, IntCC::NotEqual);
        visit_i64x2_lt_s() => self.vector_icmp(I64X2, IntCC::SignedLessThan);
        visit_i64x2_gt_s() => self.vector_icmp(I64X2, IntCC::SignedGreaterThan);
        visit_i64x2_le_s() => self.vector_icmp(I64X2, IntCC::SignedLessThanOrEqual);
        visit_i64x2_ge_s() => self.vector_icmp(I64X2, IntCC::SignedGreaterThanOrEqual);
        visit_f32x4_eq() => self.vector_fcmp(F32X4, FloatCC::Equal);
        visit_f32x4_ne() => self.vector_fcmp(F32X4, FloatCC::NotEqual);
        visit_f32x4_lt() => self.vector_fcmp(F32X4, FloatCC::LessThan);
        visit_f32x4_gt() => self.vector_fcmp(F32X4, FloatCC::GreaterThan);
        visit_f32x4_le() => self.vector_fcmp(F32X4, FloatCC::LessThanOrEqual);
        visit_f32x4_ge() => self.vector_fcmp(F32X4, FloatCC::GreaterThanOrEqual);
        visit_f64x2_eq() => self.vector_fcmp(F64X2, FloatCC::Equal);
        visit_f64x2_ne() => self.vector_fcmp(F64X2, FloatCC::NotEqual);
        visit_f64x2_lt() => self.vector_fcmp(F64X2, FloatCC::LessThan);
        visit_f64x2_gt() => self.vector_fcmp(F64X2, FloatCC::GreaterThan);
        visit_f64x2_le() => self.vector_fcmp(F64X2, FloatCC::LessThanOrEqual);
        visit_f64x2_ge() => self.vector_fcmp(F64X2, FloatCC::GreaterThanOrEqual);
        visit_i8x16_abs() => self.vector1(I8X16, |ins, a| ins.iabs(a));
        visit_i16x8_abs() => self.vector1(I16X8, |ins, a| ins.iabs(a));
        visit_i32x4_abs() => self.vector1(I32X4, |ins, a| ins.iabs(a));
        visit_i64x2_abs() => self.vector1(I64X2, |ins, a| ins.iabs(a));
        visit_i8x16_neg() => self.vector1(I8X16, |ins, a| ins.ineg(a));
        visit_i16x8_neg() => self.vector1(I16X8, |ins, a| ins.ineg(a));
        visit_i32x4_neg() => self.vector1(I32X4, |ins, a| ins.ineg(a));
        visit_i64x2_neg() => self.vector1(I64X2, |ins, a| ins.ineg(a));
        visit_i8x16_popcnt() => self.vector1(I8X16, |ins, a| ins.popcnt(a));
        visit_i8x16_all_true() => self.all_true(I8X16);
        visit_i16x8_all_true() => self.all_true(I16X8);
        visit_i32x4_all_true() => self.all_true(I32X4);
        visit_i64x2_all_true() => self.all_true(I64X2);
        visit_i8x16_bitmask() => self.bitmask(I8X16);
        visit_i16x8_bitmask() => self.bitmask(I16X8);
        visit_i32x4_bitmask() => self.bitmask(I32X4);
        visit_i64x2_bitmask() => self.bitmask(I64X2);
        visit_i8x16_narrow_i16x8_s() => self.vector2(I16X8, |ins, a, b| ins.snarrow(a, b));
        visit_i8x16_narrow_i16x8_u() => self.vector2(I16X8, |ins, a, b| ins.unarrow(a, b));
        visit_i16x8_narrow_i32x4_s() => self.vector2(I32X4, |ins, a, b| ins.snarrow(a, b));
        visit_i16x8_narrow_i32x4_u() => self.vector2(I32X4, |ins, a, b| ins.unarrow(a, b));
        visit_i8x16_shl() => self.vector_shift(I8X16, |ins, a, n| ins.ishl(a, n));
        visit_i16x8_shl() => self.vector_shift(I16X8, |ins, a, n| ins.ishl(a, n));
        visit_i32x4_shl() => self.vector_shift(I32X4, |ins, a, n| ins.ishl(a, n));
        visit_i64x2_shl() => self.vector_shift(I64X2, |ins, a, n| ins.ishl(a, n));
        visit_i8x16_shr_s() => self.vector_shift(I8X16, |ins, a, n| ins.sshr(a, n));
        visit_i16x8_shr_s() => self.vector_shift(I16X8, |ins, a, n| ins.sshr(a, n));
        visit_i32x4_shr_s() => self.vector_shift(I32X4, |ins, a, n| ins.sshr(a, n));
        visit_i64x2_shr_s() => self.vector_shift(I64X2, |ins, a, n| ins.sshr(a, n));
        visit_i8x16_shr_u() => self.vector_shift(I8X16, |ins, a, n| ins.ushr(a, n));
        visit_i16x8_shr_u() => self.vector_shift(I16X8, |ins, a, n| ins.ushr(a, n));
        visit_i32x4_shr_u() => self.vector_shift(I32X4, |ins, a, n| ins.ushr(a, n));
        visit_i64x2_shr_u() => self.vector_shift(I64X2, |ins, a, n| ins.ushr(a, n));
        visit_i8x16_add() => self.vector2(I8X16, |ins, a, b| ins.iadd(a, b));
        visit_i16x8_add() => self.vector2(I16X8, |ins, a, b| ins.iadd(a, b));
        visit_i32x4_add() => self.vector2(I32X4, |ins, a, b| ins.iadd(a, b));
        visit_i64x2_add() => self.vector2(I64X2, |ins, a, b| ins.iadd(a, b));
        visit_i8x16_add_sat_s() => self.vector2(I8X16, |ins, a, b| ins.sadd_sat(a, b));
        visit_i16x8_add_sat_s() => self.vector2(I16X8, |ins, a, b| ins.sadd_sat(a, b));
        visit_i8x16_add_sat_u() => self.vector2(I8X16, |ins, a, b| ins.uadd_sat(a, b));
        visit_i16x8_add_sat_u() => self.vector2(I16X8, |ins, a, b| ins.uadd_sat(a, b));
        visit_i8x16_sub() => self.vector2(I8X16, |ins, a, b| ins.isub(a, b));
        visit_i16x8_sub() => self.vector2(I16X8, |ins, a, b| ins.isub(a, b));
        visit_i32x4_sub() => self.vector2(I32X4, |ins, a, b| ins.isub(a, b));
        visit_i64x2_sub() => self.vector2(I64X2, |ins, a, b| ins.isub(a, b));
        visit_i8x16_sub_sat_s() => self.vector2(I8X16, |ins, a, b| ins.ssub_sat(a, b));
        visit_i16x8_sub_sat_s() => self.vector2(I16X8, |ins, a, b| ins.ssub_sat(a, b));
        visit_i8x16_sub_sat_u() => self.vector2(I8X16, |ins, a, b| ins.usub_sat(a, b));
        visit_i16x8_sub_sat_u() => self.vector2(I16X8, |ins, a, b| ins.usub_sat(a, b));
        visit_i16x8_mul() => self.vector2(I16X8, |ins, a, b| ins.imul(a, b));
        visit_i32x4_mul() => self.vector2(I32X4, |ins, a, b| ins.imul(a, b));
        visit_i64x2_mul() => self.vector2(I64X2, |ins, a, b| ins.imul(a, b));
        visit_i8x16_min_s() => self.vector2(I8X16, |ins, a, b| ins.smin(a, b));
        visit_i16x8_min_s() => self.vector2(I16X8, |ins, a, b| ins.smin(a, b));
        visit_i32x4_min_s() => self.vector2(I32X4, |ins, a, b| ins.smin(a, b));
        visit_i8x16_min_u() => self.vector2(I8X16, |ins, a, b| ins.umin(a, b));
        visit_i16x8_min_u() => self.vector2(I16X8, |ins, a, b| ins.umin(a, b));
        visit_i32x4_min_u() => self.vector2(I32X4, |ins, a, b| ins.umin(a, b));
        visit_i8x16_max_s() => self.vector2(I8X16, |ins, a, b| ins.smax(a, b));
        visit_i16x8_max_s() => self.vector2(I16X8, |ins, a, b| ins.smax(a, b));
        visit_i32x4_max_s() => self.vector2(I32X4, |ins, a, b| ins.smax(a, b));
        visit_i8x16_max_u() => self.vector2(I8X16, |ins, a, b| ins.umax(a, b));
        visit_i16x8_max_u() => self.vector2(I16X8, |ins, a, b| ins.umax(a, b));
        visit_i32x4_max_u() => self.vector2(I32X4, |ins, a, b| ins.umax(a, b));
        visit_i8x16_avgr_u() => self.vector2(I8X16, |ins, a, b| ins.avg_round(a, b));
        visit_i16x8_avgr_u() => self.vector2(I16X8, |ins, a, b| ins.avg_round(a, b));
        visit_i16x8_q15mulr_sat_s | visit_i16x8_relaxed_q15mulr_s() =>
            self.vector2(I16X8, |ins, a, b| ins.sqmul_round_sat(a, b));
        visit_i16x8_extend_low_i8x16_s() => self.extend(I8X16, LowSigned);
        visit_i16x8_extend_high_i8x16_s() => self.extend(I8X16, HighSigned);
        visit_i16x8_extend_low_i8x16_u() => self.extend(I8X16, LowUnsigned);
        visit_i16x8_extend_high_i8x16_u() => self.extend(I8X16, HighUnsigned);
        visit_i32x4_extend_low_i16x8_s() => self.extend(I16X8, LowSigned);
        visit_i32x4_extend_high_i16x8_s() => self.extend(I16X8, HighSigned);
        visit_i32x4_extend_low_i16x8_u() => self.extend(I16X8, LowUnsigned);
        visit_i32x4_extend_high_i16x8_u() => self.extend(I16X8, HighUnsigned);
        visit_i64x2_extend_low_i32x4_s() => self.extend(I32X4, LowSigned);
        visit_i64x2_extend_high_i32x4_s() => self.extend(I32X4, HighSigned);
        visit_i64x2_extend_low_i32x4_u() => self.extend(I32X4, LowUnsigned);
        visit_i64x2_extend_high_i32x4_u() => self.extend(I32X4, HighUnsigned);
        visit_i16x8_extmul_low_i8x16_s() => self.extended_multiply(I8X16, LowSigned);
        visit_i16x8_extmul_high_i8x16_s() => self.extended_multiply(I8X16, HighSigned);
        visit_i16x8_extmul_low_i8x16_u() => self.extended_multiply(I8X16, LowUnsigned);
        visit_i16x8_extmul_high_i8x16_u() => self.extended_multiply(I8X16, HighUnsigned);
        visit_i32x4_extmul_low_i16x8_s() => self.extended_multiply(I16X8, LowSigned);
        visit_i32x4_extmul_high_i16x8_s() => self.extended_multiply(I16X8, HighSigned);
        visit_i32x4_extmul_low_i16x8_u() => self.extended_multiply(I16X8, LowUnsigned);
        visit_i32x4_extmul_high_i16x8_u() => self.extended_multiply(I16X8, HighUnsigned);
        visit_i64x2_extmul_low_i32x4_s() => self.extended_multiply(I32X4, LowSigned);
        visit_i64x2_extmul_high_i32x4_s() => self.extended_multiply(I32X4, HighSigned);
        visit_i64x2_extmul_low_i32x4_u() => self.extended_multiply(I32X4, LowUnsigned);
        visit_i64x2_extmul_high_i32x4_u() => self.extended_multiply(I32X4, HighUnsigned);
        visit_i16x8_extadd_pairwise_i8x16_s() =>
            self.extended_pairwise_add(I8X16, LowSigned, HighSigned);
        visit_i16x8_extadd_pairwise_i8x16_u() =>
            self.extended_pairwise_add(I8X16, LowUnsigned, HighUnsigned);
        visit_i32x4_extadd_pairwise_i16x8_s() =>
            self.extended_pairwise_add(I16X8, LowSigned, HighSigned);
        visit_i32x4_extadd_pairwise_i16x8_u() =>
            self.extended_pairwise_add(I16X8, LowUnsigned, HighUnsigned);
        visit_i32x4_dot_i16x8_s() => self.dot_i16();
        visit_i16x8_relaxed_dot_i8x16_i7x16_s() => self.relaxed_dot();
        visit_i32x4_relaxed_dot_i8x16_i7x16_add_s() => self.relaxed_dot_add();
        visit_f32x4_ceil() => self.vector1(F32X4, |ins, a| ins.ceil(a));
        visit_f64x2_ceil() => self.vector1(F64X2, |ins, a| ins.ceil(a));
        visit_f32x4_floor() => self.vector1(F32X4, |ins, a| ins.floor(a));
        visit_f64x2_floor() => self.vector1(F64X2, |ins, a| ins.floor(a));
        visit_f32x4_trunc() => self.vector1(F32X4, |ins, a| ins.trunc(a));
        visit_f64x2_trunc() => self.vector1(F64X2, |ins, a| ins.trunc(a));
        visit_f32x4_nearest() => self.vector1(F32X4, |ins, a| ins.nearest(a));
        visit_f64x2_nearest() => self.vector1(F64X2, |ins, a| ins.nearest(a));
        visit_f32x4_abs() => self.vector1(F32X4, |ins, a| ins.fabs(a));
        visit_f64x2_abs() => self.vector1(F64X2, |ins, a| ins.fabs(a));
        visit_f32x4_neg() => self.vector1(F32X4, |ins, a| ins.fneg(a));
        visit_f64x2_neg() => self.vector1(F64X2, |ins, a| ins.fneg(a));
        visit_f32x4_sqrt() => self.vector1(F32X4, |ins, a| ins.sqrt(a));
        visit_f64x2_sqrt() => self.vector1(F64X2, |ins, a| ins.sqrt(a));
        visit_f32x4_add() => self.vector2(F32X4, |ins, a, b| ins.fadd(a, b));
        visit_f64x2_add() => self.vector2(F64X2, |ins, a, b| ins.fadd(a, b));
        visit_f32x4_sub() => self.vector2(F32X4, |ins, a, b| ins.fsub(a, b));
        visit_f64x2_sub() => self.vector2(F64X2, |ins, a, b| ins.fsub(a, b));
        visit_f32x4_mul() => self.vector2(F32X4, |ins, a, b| ins.fmul(a, b));
        visit_f64x2_mul() => self.vector2(F64X2, |ins, a, b| ins.fmul(a, b));
        visit_f32x4_div() => self.vector2(F32X4, |ins, a, b| ins.fdiv(a, b));
        visit_f64x2_div() => self.vector2(F64X2, |ins, a, b| ins.fdiv(a, b));
        visit_f32x4_min | visit_f32x4_relaxed_min() =>
            self.vector2(F32X4, |ins, a, b| ins.fmin(a, b));
        visit_f64x2_min | visit_f64x2_relaxed_min() =>
            self.vector2(F64X2, |ins, a, b| ins.fmin(a, b));
        visit_f32x4_max | visit_f32x4_relaxed_max() =>
            self.vector2(F32X4, |ins, a, b| ins.fmax(a, b));
        visit_f64x2_max | visit_f64x2_relaxed_max() =>
            self.vector2(F64X2, |ins, a, b| ins.fmax(a, b));
        visit_f32x4_pmin() => self.pseudo(F32X4, false);
        visit_f64x2_pmin() => self.pseudo(F64X2, false);
        visit_f32x4_pmax() => self.pseudo(F32X4, true);
        visit_f64x2_pmax() => self.pseudo(F64X2, true);
        visit_i32x4_trunc_sat_f32x4_s | visit_i32x4_relaxed_trunc_f32x4_s() =>
            self.vector1(F32X4, |ins, a| ins.fcvt_to_sint_sat(I32X4, a));
        visit_i32x4_trunc_sat_f32x4_u | visit_i32x4_relaxed_trunc_f32x4_u() =>
            self.vector1(F32X4, |ins, a| ins.fcvt_to_uint_sat(I32X4, a));
        visit_i32x4_trunc_sat_f64x2_s_zero | visit_i32x4_relaxed_trunc_f64x2_s_zero() =>
            self.truncate_doubles(true);
        visit_i32x4_trunc_sat_f64x2_u_zero | visit_i32x4_relaxed_trunc_f64x2_u_zero() =>
            self.truncate_doubles(false);
        visit_f32x4_convert_i32x4_s() => self.vector1(I32X4, |ins, a| ins.fcvt_from_sint(F32X4, a));
        visit_f32x4_convert_i32x4_u() => self.vector1(I32X4, |ins, a| ins.fcvt_from_uint(F32X4, a));
        visit_f64x2_convert_low_i32x4_s() => self.convert_low(LowSigned);
        visit_f64x2_convert_low_i32x4_u() => self.convert_low(LowUnsigned);
        visit_f32x4_demote_f64x2_zero() => self.vector1(F64X2, |ins, a| ins.fvdemote(a));
        visit_f64x2_promote_low_f32x4() => self.vector1(F32X4, |ins, a| ins.fvpromote_low(a));
        visit_f32x4_relaxed_madd() => self.relaxed_multiply_add(F32X4, false);
        visit_f64x2_relaxed_madd() => self.relaxed_multiply_add(F64X2, false);
        visit_f32x4_relaxed_nmadd() => self.relaxed_multiply_add(F32X4, true);
        visit_f64x2_relaxed_nmadd() => self.relaxed_multiply_add(F64X2, true);
    }
}
