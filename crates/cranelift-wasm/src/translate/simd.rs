//! Vector instructions, relaxed ones included.
//!
//! A `v128` is an `i8x16` wherever it is not being operated on: on the operand stack, in locals,
//! globals and calls. Each instruction casts its operands to the shape it works on, and its result
//! back.

use super::memory::Access;
use super::{BodyTranslator, Relaxed, Translate};
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::types::{
    F32, F32X4, F64, F64X2, I8, I8X16, I16, I16X8, I32, I32X4, I64, I64X2,
};
use cranelift_codegen::ir::{Endianness, InstBuilder, MemFlagsData, Type, Value};
use cranelift_frontend::FuncInstBuilder;
use wasmparser::{MemArg, Operator};

/// The wide shapes that halves of the narrow ones extend to, and how.
#[derive(Clone, Copy)]
enum Half {
    LowSigned,
    LowUnsigned,
    HighSigned,
    HighUnsigned,
}
use Half::{HighSigned, HighUnsigned, LowSigned, LowUnsigned};

impl<'b> BodyTranslator<'_, 'b> {
    /// The same 128 bits in another shape: lane 0 is the low one.
    fn cast(&mut self, value: Value, to: Type) -> Value {
        if self.builder.func.dfg.value_type(value) == to {
            return value;
        }
        let flags = MemFlagsData::new().with_endianness(Endianness::Little);
        self.builder.ins().bitcast(to, flags, value)
    }

    fn pop_as(&mut self, ty: Type) -> Value {
        let value = self.pop();
        self.cast(value, ty)
    }

    fn pop2_as(&mut self, ty: Type) -> (Value, Value) {
        let b = self.pop_as(ty);
        (self.pop_as(ty), b)
    }

    fn push_vector(&mut self, value: Value) {
        let value = self.cast(value, I8X16);
        self.push(value);
    }

    /// An instruction of one vector.
    fn vector1(&mut self, ty: Type, op: impl FnOnce(FuncInstBuilder<'_, 'b>, Value) -> Value) {
        let a = self.pop_as(ty);
        let value = op(self.builder.ins(), a);
        self.push_vector(value);
    }

    /// An instruction of two vectors.
    fn vector2(
        &mut self,
        ty: Type,
        op: impl FnOnce(FuncInstBuilder<'_, 'b>, Value, Value) -> Value,
    ) {
        let (a, b) = self.pop2_as(ty);
        let value = op(self.builder.ins(), a, b);
        self.push_vector(value);
    }

    fn vector_icmp(&mut self, ty: Type, condition: IntCC) {
        self.vector2(ty, |ins, a, b| ins.icmp(condition, a, b));
    }

    fn vector_fcmp(&mut self, ty: Type, condition: FloatCC) {
        self.vector2(ty, |ins, a, b| ins.fcmp(condition, a, b));
    }

    /// A shift: Cranelift takes the distance modulo the lanes' width, as the specification does.
    fn vector_shift(
        &mut self,
        ty: Type,
        op: impl FnOnce(FuncInstBuilder<'_, 'b>, Value, Value) -> Value,
    ) {
        let distance = self.pop();
        let a = self.pop_as(ty);
        let value = op(self.builder.ins(), a, distance);
        self.push_vector(value);
    }

    fn vector_not(&mut self) {
        self.vector1(I8X16, |ins, a| ins.bnot(a));
    }

    /// `a` where a bit of the mask is set, else `b`.
    fn bitselect(&mut self) {
        let (a, b, mask) = self.pop3();
        let value = self.builder.ins().bitselect(mask, a, b);
        self.push(value);
    }

    fn any_true(&mut self) {
        let a = self.pop();
        let flag = self.builder.ins().vany_true(a);
        self.push_flag(flag);
    }

    fn all_true(&mut self, ty: Type) {
        let a = self.pop_as(ty);
        let flag = self.builder.ins().vall_true(a);
        self.push_flag(flag);
    }

    fn bitmask(&mut self, ty: Type) {
        let a = self.pop_as(ty);
        let mask = self.builder.ins().vhigh_bits(I32, a);
        self.push(mask);
    }

    fn half(&mut self, value: Value, half: Half) -> Value {
        let ins = self.builder.ins();
        match half {
            LowSigned => ins.swiden_low(value),
            LowUnsigned => ins.uwiden_low(value),
            HighSigned => ins.swiden_high(value),
            HighUnsigned => ins.uwiden_high(value),
        }
    }

    fn extend(&mut self, ty: Type, half: Half) {
        let a = self.pop_as(ty);
        let value = self.half(a, half);
        self.push_vector(value);
    }

    fn extended_multiply(&mut self, ty: Type, half: Half) {
        let (a, b) = self.pop2_as(ty);
        let (a, b) = (self.half(a, half), self.half(b, half));
        let value = self.builder.ins().imul(a, b);
        self.push_vector(value);
    }

    fn extended_pairwise_add(&mut self, ty: Type, low: Half, high: Half) {
        let a = self.pop_as(ty);
        let value = self.pairwise_add(a, low, high);
        self.push_vector(value);
    }

    fn pairwise_add(&mut self, value: Value, low: Half, high: Half) -> Value {
        let (low, high) = (self.half(value, low), self.half(value, high));
        self.builder.ins().iadd_pairwise(low, high)
    }

    /// Products of signed lanes, neighbours added.
    fn dot(&mut self, a: Value, b: Value) -> Value {
        let (a_low, b_low) = (self.half(a, LowSigned), self.half(b, LowSigned));
        let low = self.builder.ins().imul(a_low, b_low);
        let (a_high, b_high) = (self.half(a, HighSigned), self.half(b, HighSigned));
        let high = self.builder.ins().imul(a_high, b_high);
        self.builder.ins().iadd_pairwise(low, high)
    }

    /// As [`dot`](Self::dot), of bytes. The sum of two products exceeds 16 bits in one case alone, when
    /// all four factors are −128: the deterministic result is the largest number, the native one the
    /// smallest (specification, `ivdotsat`: signed factors, then unsigned ones).
    fn relaxed_products(&mut self, a: Value, b: Value) -> Value {
        let sums = self.dot(a, b);
        if self.options.relaxed == Relaxed::Native {
            return sums;
        }
        let least = self.builder.ins().iconst(I16, 0x8000);
        let least = self.builder.ins().splat(I16X8, least);
        let overflowed = self.builder.ins().icmp(IntCC::Equal, sums, least);
        self.builder.ins().bxor(sums, overflowed)
    }

    fn dot_i16(&mut self) {
        let (a, b) = self.pop2_as(I16X8);
        let value = self.dot(a, b);
        self.push_vector(value);
    }

    /// The second operand where the condition holds, else the first: for pseudo-minimum
    /// `b < a`, for pseudo-maximum `a < b`.
    fn pseudo(&mut self, ty: Type, maximum: bool) {
        let (a, b) = self.pop2_as(ty);
        let (x, y) = if maximum { (a, b) } else { (b, a) };
        let mask = self.builder.ins().fcmp(FloatCC::LessThan, x, y);
        let [mask, a, b] = [mask, a, b].map(|v| self.cast(v, I8X16));
        let value = self.builder.ins().bitselect(mask, b, a);
        self.push(value);
    }

    fn splat(&mut self, lane: Type, ty: Type) {
        let mut a = self.pop();
        if lane.bits() < 32 {
            a = self.builder.ins().ireduce(lane, a);
        }
        let value = self.builder.ins().splat(ty, a);
        self.push_vector(value);
    }

    fn extract(&mut self, ty: Type, lane: u8) -> Value {
        let a = self.pop_as(ty);
        self.builder.ins().extractlane(a, lane)
    }

    fn extract_lane(&mut self, ty: Type, lane: u8) {
        let value = self.extract(ty, lane);
        self.push(value);
    }

    fn extract_narrow_lane(&mut self, ty: Type, lane: u8, signed: bool) {
        let value = self.extract(ty, lane);
        let value = match signed {
            true => self.builder.ins().sextend(I32, value),
            false => self.builder.ins().uextend(I32, value),
        };
        self.push(value);
    }

    fn replace_lane(&mut self, ty: Type, lane: u8) {
        let mut value = self.pop();
        if ty.lane_type().bits() < 32 {
            value = self.builder.ins().ireduce(ty.lane_type(), value);
        }
        let a = self.pop_as(ty);
        let value = self.builder.ins().insertlane(a, value, lane);
        self.push_vector(value);
    }

    fn vector_const(&mut self, bytes: [u8; 16]) {
        let constant = self.builder.func.dfg.constants.insert(bytes.to_vec().into());
        let value = self.builder.ins().vconst(I8X16, constant);
        self.push(value);
    }

    fn shuffle(&mut self, lanes: [u8; 16]) {
        let (a, b) = self.pop2();
        let lanes = self.builder.func.dfg.immediates.push(lanes.to_vec().into());
        let value = self.builder.ins().shuffle(a, b, lanes);
        self.push(value);
    }

    /// Doubles to 32-bit integers in the low lanes, zero in the others.
    fn truncate_doubles(&mut self, signed: bool) {
        let a = self.pop_as(F64X2);
        // Of this very type: Cranelift knows the narrowing by its pattern.
        let zero = self.builder.func.dfg.constants.insert([0; 16].to_vec().into());
        let zero = self.builder.ins().vconst(I64X2, zero);
        let value = match signed {
            true => {
                let wide = self.builder.ins().fcvt_to_sint_sat(I64X2, a);
                self.builder.ins().snarrow(wide, zero)
            }
            false => {
                let wide = self.builder.ins().fcvt_to_uint_sat(I64X2, a);
                self.builder.ins().uunarrow(wide, zero)
            }
        };
        self.push_vector(value);
    }

    fn convert_low(&mut self, half: Half) {
        let a = self.pop_as(I32X4);
        let wide = self.half(a, half);
        let value = match half {
            LowSigned => self.builder.ins().fcvt_from_sint(F64X2, wide),
            _ => self.builder.ins().fcvt_from_uint(F64X2, wide),
        };
        self.push_vector(value);
    }

    /// `a × b + c`, or `−(a × b) + c`, rounded twice: the first of the results that the
    /// specification allows (§4.3.3, `frelaxed_madd`), on every host.
    fn relaxed_multiply_add(&mut self, ty: Type, negate: bool) {
        let c = self.pop_as(ty);
        let (a, b) = self.pop2_as(ty);
        let a = if negate { self.builder.ins().fneg(a) } else { a };
        let value = match self.options.relaxed {
            super::Relaxed::Native => self.builder.ins().fma(a, b, c),
            super::Relaxed::Deterministic => {
                let product = self.builder.ins().fmul(a, b);
                self.builder.ins().fadd(product, c)
            }
        };
        self.push_vector(value);
    }

    fn relaxed_dot_add(&mut self) {
        let c = self.pop_as(I32X4);
        let (a, b) = self.pop2();
        let products = self.relaxed_products(a, b);
        let sums = self.pairwise_add(products, LowSigned, HighSigned);
        let value = self.builder.ins().iadd(sums, c);
        self.push_vector(value);
    }

    fn relaxed_dot(&mut self) {
        let (a, b) = self.pop2();
        let value = self.relaxed_products(a, b);
        self.push_vector(value);
    }

    // ---- memory ----

    fn vector_load_extend(&mut self, arg: &MemArg, ty: Type, signed: bool) -> Translate {
        let Access { base, offset, flags } = self.access(arg, 8)?;
        let half = self.builder.ins().load(I64, flags, base, offset);
        let vector = self.builder.ins().scalar_to_vector(I64X2, half);
        let vector = self.cast(vector, ty);
        let value = self.half(vector, if signed { LowSigned } else { LowUnsigned });
        self.push_vector(value);
        Ok(())
    }

    fn vector_load_splat(&mut self, arg: &MemArg, ty: Type) -> Translate {
        let lane = ty.lane_type();
        let Access { base, offset, flags } = self.access(arg, lane.bytes())?;
        let value = self.builder.ins().load(lane, flags, base, offset);
        let value = self.builder.ins().splat(ty, value);
        self.push_vector(value);
        Ok(())
    }

    fn vector_load_zero(&mut self, arg: &MemArg, ty: Type) -> Translate {
        let lane = ty.lane_type();
        let Access { base, offset, flags } = self.access(arg, lane.bytes())?;
        let value = self.builder.ins().load(lane, flags, base, offset);
        let value = self.builder.ins().scalar_to_vector(ty, value);
        self.push_vector(value);
        Ok(())
    }

    fn vector_load_lane(&mut self, arg: &MemArg, ty: Type, lane: u8) -> Translate {
        let vector = self.pop_as(ty);
        let Access { base, offset, flags } = self.access(arg, ty.lane_type().bytes())?;
        let value = self.builder.ins().load(ty.lane_type(), flags, base, offset);
        let value = self.builder.ins().insertlane(vector, value, lane);
        self.push_vector(value);
        Ok(())
    }

    fn vector_store_lane(&mut self, arg: &MemArg, ty: Type, lane: u8) -> Translate {
        let value = self.extract(ty, lane);
        let Access { base, offset, flags } = self.access(arg, ty.lane_type().bytes())?;
        self.builder.ins().store(flags, value, base, offset);
        Ok(())
    }

    // ---- routing ----

    pub(super) fn vector_operator(&mut self, op: Operator<'_>) -> Translate {
        use Operator as O;
        match op {
            O::V128Load { memarg } => self.load(&memarg, I8X16),
            O::V128Store { memarg } => self.store(&memarg),
            O::V128Load8x8S { memarg } => self.vector_load_extend(&memarg, I8X16, true),
            O::V128Load8x8U { memarg } => self.vector_load_extend(&memarg, I8X16, false),
            O::V128Load16x4S { memarg } => self.vector_load_extend(&memarg, I16X8, true),
            O::V128Load16x4U { memarg } => self.vector_load_extend(&memarg, I16X8, false),
            O::V128Load32x2S { memarg } => self.vector_load_extend(&memarg, I32X4, true),
            O::V128Load32x2U { memarg } => self.vector_load_extend(&memarg, I32X4, false),
            O::V128Load8Splat { memarg } => self.vector_load_splat(&memarg, I8X16),
            O::V128Load16Splat { memarg } => self.vector_load_splat(&memarg, I16X8),
            O::V128Load32Splat { memarg } => self.vector_load_splat(&memarg, I32X4),
            O::V128Load64Splat { memarg } => self.vector_load_splat(&memarg, I64X2),
            O::V128Load32Zero { memarg } => self.vector_load_zero(&memarg, I32X4),
            O::V128Load64Zero { memarg } => self.vector_load_zero(&memarg, I64X2),
            O::V128Load8Lane { memarg, lane } => self.vector_load_lane(&memarg, I8X16, lane),
            O::V128Load16Lane { memarg, lane } => self.vector_load_lane(&memarg, I16X8, lane),
            O::V128Load32Lane { memarg, lane } => self.vector_load_lane(&memarg, I32X4, lane),
            O::V128Load64Lane { memarg, lane } => self.vector_load_lane(&memarg, I64X2, lane),
            O::V128Store8Lane { memarg, lane } => self.vector_store_lane(&memarg, I8X16, lane),
            O::V128Store16Lane { memarg, lane } => self.vector_store_lane(&memarg, I16X8, lane),
            O::V128Store32Lane { memarg, lane } => self.vector_store_lane(&memarg, I32X4, lane),
            O::V128Store64Lane { memarg, lane } => self.vector_store_lane(&memarg, I64X2, lane),
            other => self.lane_operator(other),
        }
    }

    fn lane_operator(&mut self, op: Operator<'_>) -> Translate {
        use Operator as O;
        match op {
            O::V128Const { value } => self.vector_const(*value.bytes()),
            O::I8x16Shuffle { lanes } => self.shuffle(lanes),
            O::I8x16Swizzle | O::I8x16RelaxedSwizzle => {
                self.vector2(I8X16, |ins, a, b| ins.swizzle(a, b));
            }
            O::I8x16Splat => self.splat(I8, I8X16),
            O::I16x8Splat => self.splat(I16, I16X8),
            O::I32x4Splat => self.splat(I32, I32X4),
            O::I64x2Splat => self.splat(I64, I64X2),
            O::F32x4Splat => self.splat(F32, F32X4),
            O::F64x2Splat => self.splat(F64, F64X2),
            O::I8x16ExtractLaneS { lane } => self.extract_narrow_lane(I8X16, lane, true),
            O::I8x16ExtractLaneU { lane } => self.extract_narrow_lane(I8X16, lane, false),
            O::I16x8ExtractLaneS { lane } => self.extract_narrow_lane(I16X8, lane, true),
            O::I16x8ExtractLaneU { lane } => self.extract_narrow_lane(I16X8, lane, false),
            O::I32x4ExtractLane { lane } => self.extract_lane(I32X4, lane),
            O::I64x2ExtractLane { lane } => self.extract_lane(I64X2, lane),
            O::F32x4ExtractLane { lane } => self.extract_lane(F32X4, lane),
            O::F64x2ExtractLane { lane } => self.extract_lane(F64X2, lane),
            O::I8x16ReplaceLane { lane } => self.replace_lane(I8X16, lane),
            O::I16x8ReplaceLane { lane } => self.replace_lane(I16X8, lane),
            O::I32x4ReplaceLane { lane } => self.replace_lane(I32X4, lane),
            O::I64x2ReplaceLane { lane } => self.replace_lane(I64X2, lane),
            O::F32x4ReplaceLane { lane } => self.replace_lane(F32X4, lane),
            O::F64x2ReplaceLane { lane } => self.replace_lane(F64X2, lane),
            O::V128Not => self.vector_not(),
            O::V128And => self.binary(|ins, a, b| ins.band(a, b)),
            O::V128AndNot => self.binary(|ins, a, b| ins.band_not(a, b)),
            O::V128Or => self.binary(|ins, a, b| ins.bor(a, b)),
            O::V128Xor => self.binary(|ins, a, b| ins.bxor(a, b)),
            O::V128Bitselect
            | O::I8x16RelaxedLaneselect
            | O::I16x8RelaxedLaneselect
            | O::I32x4RelaxedLaneselect
            | O::I64x2RelaxedLaneselect => self.bitselect(),
            O::V128AnyTrue => self.any_true(),
            other => return self.vector_comparison(other),
        }
        Ok(())
    }

    fn vector_comparison(&mut self, op: Operator<'_>) -> Translate {
        use FloatCC::{GreaterThan, GreaterThanOrEqual, LessThan, LessThanOrEqual};
        use IntCC::{
            Equal, NotEqual, SignedGreaterThan, SignedGreaterThanOrEqual, SignedLessThan,
            SignedLessThanOrEqual, UnsignedGreaterThan, UnsignedGreaterThanOrEqual,
            UnsignedLessThan, UnsignedLessThanOrEqual,
        };
        use Operator as O;
        match op {
            O::I8x16Eq => self.vector_icmp(I8X16, Equal),
            O::I8x16Ne => self.vector_icmp(I8X16, NotEqual),
            O::I8x16LtS => self.vector_icmp(I8X16, SignedLessThan),
            O::I8x16LtU => self.vector_icmp(I8X16, UnsignedLessThan),
            O::I8x16GtS => self.vector_icmp(I8X16, SignedGreaterThan),
            O::I8x16GtU => self.vector_icmp(I8X16, UnsignedGreaterThan),
            O::I8x16LeS => self.vector_icmp(I8X16, SignedLessThanOrEqual),
            O::I8x16LeU => self.vector_icmp(I8X16, UnsignedLessThanOrEqual),
            O::I8x16GeS => self.vector_icmp(I8X16, SignedGreaterThanOrEqual),
            O::I8x16GeU => self.vector_icmp(I8X16, UnsignedGreaterThanOrEqual),
            O::I16x8Eq => self.vector_icmp(I16X8, Equal),
            O::I16x8Ne => self.vector_icmp(I16X8, NotEqual),
            O::I16x8LtS => self.vector_icmp(I16X8, SignedLessThan),
            O::I16x8LtU => self.vector_icmp(I16X8, UnsignedLessThan),
            O::I16x8GtS => self.vector_icmp(I16X8, SignedGreaterThan),
            O::I16x8GtU => self.vector_icmp(I16X8, UnsignedGreaterThan),
            O::I16x8LeS => self.vector_icmp(I16X8, SignedLessThanOrEqual),
            O::I16x8LeU => self.vector_icmp(I16X8, UnsignedLessThanOrEqual),
            O::I16x8GeS => self.vector_icmp(I16X8, SignedGreaterThanOrEqual),
            O::I16x8GeU => self.vector_icmp(I16X8, UnsignedGreaterThanOrEqual),
            O::I32x4Eq => self.vector_icmp(I32X4, Equal),
            O::I32x4Ne => self.vector_icmp(I32X4, NotEqual),
            O::I32x4LtS => self.vector_icmp(I32X4, SignedLessThan),
            O::I32x4LtU => self.vector_icmp(I32X4, UnsignedLessThan),
            O::I32x4GtS => self.vector_icmp(I32X4, SignedGreaterThan),
            O::I32x4GtU => self.vector_icmp(I32X4, UnsignedGreaterThan),
            O::I32x4LeS => self.vector_icmp(I32X4, SignedLessThanOrEqual),
            O::I32x4LeU => self.vector_icmp(I32X4, UnsignedLessThanOrEqual),
            O::I32x4GeS => self.vector_icmp(I32X4, SignedGreaterThanOrEqual),
            O::I32x4GeU => self.vector_icmp(I32X4, UnsignedGreaterThanOrEqual),
            O::I64x2Eq => self.vector_icmp(I64X2, Equal),
            O::I64x2Ne => self.vector_icmp(I64X2, NotEqual),
            O::I64x2LtS => self.vector_icmp(I64X2, SignedLessThan),
            O::I64x2GtS => self.vector_icmp(I64X2, SignedGreaterThan),
            O::I64x2LeS => self.vector_icmp(I64X2, SignedLessThanOrEqual),
            O::I64x2GeS => self.vector_icmp(I64X2, SignedGreaterThanOrEqual),
            O::F32x4Eq => self.vector_fcmp(F32X4, FloatCC::Equal),
            O::F32x4Ne => self.vector_fcmp(F32X4, FloatCC::NotEqual),
            O::F32x4Lt => self.vector_fcmp(F32X4, LessThan),
            O::F32x4Gt => self.vector_fcmp(F32X4, GreaterThan),
            O::F32x4Le => self.vector_fcmp(F32X4, LessThanOrEqual),
            O::F32x4Ge => self.vector_fcmp(F32X4, GreaterThanOrEqual),
            O::F64x2Eq => self.vector_fcmp(F64X2, FloatCC::Equal),
            O::F64x2Ne => self.vector_fcmp(F64X2, FloatCC::NotEqual),
            O::F64x2Lt => self.vector_fcmp(F64X2, LessThan),
            O::F64x2Gt => self.vector_fcmp(F64X2, GreaterThan),
            O::F64x2Le => self.vector_fcmp(F64X2, LessThanOrEqual),
            O::F64x2Ge => self.vector_fcmp(F64X2, GreaterThanOrEqual),
            other => return self.vector_integer(other),
        }
        Ok(())
    }

    fn vector_integer(&mut self, op: Operator<'_>) -> Translate {
        use Operator as O;
        match op {
            O::I8x16Abs => self.vector1(I8X16, |ins, a| ins.iabs(a)),
            O::I16x8Abs => self.vector1(I16X8, |ins, a| ins.iabs(a)),
            O::I32x4Abs => self.vector1(I32X4, |ins, a| ins.iabs(a)),
            O::I64x2Abs => self.vector1(I64X2, |ins, a| ins.iabs(a)),
            O::I8x16Neg => self.vector1(I8X16, |ins, a| ins.ineg(a)),
            O::I16x8Neg => self.vector1(I16X8, |ins, a| ins.ineg(a)),
            O::I32x4Neg => self.vector1(I32X4, |ins, a| ins.ineg(a)),
            O::I64x2Neg => self.vector1(I64X2, |ins, a| ins.ineg(a)),
            O::I8x16Popcnt => self.vector1(I8X16, |ins, a| ins.popcnt(a)),
            O::I8x16AllTrue => self.all_true(I8X16),
            O::I16x8AllTrue => self.all_true(I16X8),
            O::I32x4AllTrue => self.all_true(I32X4),
            O::I64x2AllTrue => self.all_true(I64X2),
            O::I8x16Bitmask => self.bitmask(I8X16),
            O::I16x8Bitmask => self.bitmask(I16X8),
            O::I32x4Bitmask => self.bitmask(I32X4),
            O::I64x2Bitmask => self.bitmask(I64X2),
            O::I8x16NarrowI16x8S => self.vector2(I16X8, |ins, a, b| ins.snarrow(a, b)),
            O::I8x16NarrowI16x8U => self.vector2(I16X8, |ins, a, b| ins.unarrow(a, b)),
            O::I16x8NarrowI32x4S => self.vector2(I32X4, |ins, a, b| ins.snarrow(a, b)),
            O::I16x8NarrowI32x4U => self.vector2(I32X4, |ins, a, b| ins.unarrow(a, b)),
            O::I8x16Shl => self.vector_shift(I8X16, |ins, a, n| ins.ishl(a, n)),
            O::I16x8Shl => self.vector_shift(I16X8, |ins, a, n| ins.ishl(a, n)),
            O::I32x4Shl => self.vector_shift(I32X4, |ins, a, n| ins.ishl(a, n)),
            O::I64x2Shl => self.vector_shift(I64X2, |ins, a, n| ins.ishl(a, n)),
            O::I8x16ShrS => self.vector_shift(I8X16, |ins, a, n| ins.sshr(a, n)),
            O::I16x8ShrS => self.vector_shift(I16X8, |ins, a, n| ins.sshr(a, n)),
            O::I32x4ShrS => self.vector_shift(I32X4, |ins, a, n| ins.sshr(a, n)),
            O::I64x2ShrS => self.vector_shift(I64X2, |ins, a, n| ins.sshr(a, n)),
            O::I8x16ShrU => self.vector_shift(I8X16, |ins, a, n| ins.ushr(a, n)),
            O::I16x8ShrU => self.vector_shift(I16X8, |ins, a, n| ins.ushr(a, n)),
            O::I32x4ShrU => self.vector_shift(I32X4, |ins, a, n| ins.ushr(a, n)),
            O::I64x2ShrU => self.vector_shift(I64X2, |ins, a, n| ins.ushr(a, n)),
            O::I8x16Add => self.vector2(I8X16, |ins, a, b| ins.iadd(a, b)),
            O::I16x8Add => self.vector2(I16X8, |ins, a, b| ins.iadd(a, b)),
            O::I32x4Add => self.vector2(I32X4, |ins, a, b| ins.iadd(a, b)),
            O::I64x2Add => self.vector2(I64X2, |ins, a, b| ins.iadd(a, b)),
            O::I8x16AddSatS => self.vector2(I8X16, |ins, a, b| ins.sadd_sat(a, b)),
            O::I16x8AddSatS => self.vector2(I16X8, |ins, a, b| ins.sadd_sat(a, b)),
            O::I8x16AddSatU => self.vector2(I8X16, |ins, a, b| ins.uadd_sat(a, b)),
            O::I16x8AddSatU => self.vector2(I16X8, |ins, a, b| ins.uadd_sat(a, b)),
            O::I8x16Sub => self.vector2(I8X16, |ins, a, b| ins.isub(a, b)),
            O::I16x8Sub => self.vector2(I16X8, |ins, a, b| ins.isub(a, b)),
            O::I32x4Sub => self.vector2(I32X4, |ins, a, b| ins.isub(a, b)),
            O::I64x2Sub => self.vector2(I64X2, |ins, a, b| ins.isub(a, b)),
            O::I8x16SubSatS => self.vector2(I8X16, |ins, a, b| ins.ssub_sat(a, b)),
            O::I16x8SubSatS => self.vector2(I16X8, |ins, a, b| ins.ssub_sat(a, b)),
            O::I8x16SubSatU => self.vector2(I8X16, |ins, a, b| ins.usub_sat(a, b)),
            O::I16x8SubSatU => self.vector2(I16X8, |ins, a, b| ins.usub_sat(a, b)),
            O::I16x8Mul => self.vector2(I16X8, |ins, a, b| ins.imul(a, b)),
            O::I32x4Mul => self.vector2(I32X4, |ins, a, b| ins.imul(a, b)),
            O::I64x2Mul => self.vector2(I64X2, |ins, a, b| ins.imul(a, b)),
            O::I8x16MinS => self.vector2(I8X16, |ins, a, b| ins.smin(a, b)),
            O::I16x8MinS => self.vector2(I16X8, |ins, a, b| ins.smin(a, b)),
            O::I32x4MinS => self.vector2(I32X4, |ins, a, b| ins.smin(a, b)),
            O::I8x16MinU => self.vector2(I8X16, |ins, a, b| ins.umin(a, b)),
            O::I16x8MinU => self.vector2(I16X8, |ins, a, b| ins.umin(a, b)),
            O::I32x4MinU => self.vector2(I32X4, |ins, a, b| ins.umin(a, b)),
            O::I8x16MaxS => self.vector2(I8X16, |ins, a, b| ins.smax(a, b)),
            O::I16x8MaxS => self.vector2(I16X8, |ins, a, b| ins.smax(a, b)),
            O::I32x4MaxS => self.vector2(I32X4, |ins, a, b| ins.smax(a, b)),
            O::I8x16MaxU => self.vector2(I8X16, |ins, a, b| ins.umax(a, b)),
            O::I16x8MaxU => self.vector2(I16X8, |ins, a, b| ins.umax(a, b)),
            O::I32x4MaxU => self.vector2(I32X4, |ins, a, b| ins.umax(a, b)),
            O::I8x16AvgrU => self.vector2(I8X16, |ins, a, b| ins.avg_round(a, b)),
            O::I16x8AvgrU => self.vector2(I16X8, |ins, a, b| ins.avg_round(a, b)),
            O::I16x8Q15MulrSatS | O::I16x8RelaxedQ15mulrS => {
                self.vector2(I16X8, |ins, a, b| ins.sqmul_round_sat(a, b));
            }
            other => return self.vector_widening(other),
        }
        Ok(())
    }

    fn vector_widening(&mut self, op: Operator<'_>) -> Translate {
        use Operator as O;
        match op {
            O::I16x8ExtendLowI8x16S => self.extend(I8X16, LowSigned),
            O::I16x8ExtendHighI8x16S => self.extend(I8X16, HighSigned),
            O::I16x8ExtendLowI8x16U => self.extend(I8X16, LowUnsigned),
            O::I16x8ExtendHighI8x16U => self.extend(I8X16, HighUnsigned),
            O::I32x4ExtendLowI16x8S => self.extend(I16X8, LowSigned),
            O::I32x4ExtendHighI16x8S => self.extend(I16X8, HighSigned),
            O::I32x4ExtendLowI16x8U => self.extend(I16X8, LowUnsigned),
            O::I32x4ExtendHighI16x8U => self.extend(I16X8, HighUnsigned),
            O::I64x2ExtendLowI32x4S => self.extend(I32X4, LowSigned),
            O::I64x2ExtendHighI32x4S => self.extend(I32X4, HighSigned),
            O::I64x2ExtendLowI32x4U => self.extend(I32X4, LowUnsigned),
            O::I64x2ExtendHighI32x4U => self.extend(I32X4, HighUnsigned),
            O::I16x8ExtMulLowI8x16S => self.extended_multiply(I8X16, LowSigned),
            O::I16x8ExtMulHighI8x16S => self.extended_multiply(I8X16, HighSigned),
            O::I16x8ExtMulLowI8x16U => self.extended_multiply(I8X16, LowUnsigned),
            O::I16x8ExtMulHighI8x16U => self.extended_multiply(I8X16, HighUnsigned),
            O::I32x4ExtMulLowI16x8S => self.extended_multiply(I16X8, LowSigned),
            O::I32x4ExtMulHighI16x8S => self.extended_multiply(I16X8, HighSigned),
            O::I32x4ExtMulLowI16x8U => self.extended_multiply(I16X8, LowUnsigned),
            O::I32x4ExtMulHighI16x8U => self.extended_multiply(I16X8, HighUnsigned),
            O::I64x2ExtMulLowI32x4S => self.extended_multiply(I32X4, LowSigned),
            O::I64x2ExtMulHighI32x4S => self.extended_multiply(I32X4, HighSigned),
            O::I64x2ExtMulLowI32x4U => self.extended_multiply(I32X4, LowUnsigned),
            O::I64x2ExtMulHighI32x4U => self.extended_multiply(I32X4, HighUnsigned),
            O::I16x8ExtAddPairwiseI8x16S => {
                self.extended_pairwise_add(I8X16, LowSigned, HighSigned);
            }
            O::I16x8ExtAddPairwiseI8x16U => {
                self.extended_pairwise_add(I8X16, LowUnsigned, HighUnsigned);
            }
            O::I32x4ExtAddPairwiseI16x8S => {
                self.extended_pairwise_add(I16X8, LowSigned, HighSigned);
            }
            O::I32x4ExtAddPairwiseI16x8U => {
                self.extended_pairwise_add(I16X8, LowUnsigned, HighUnsigned);
            }
            O::I32x4DotI16x8S => self.dot_i16(),
            O::I16x8RelaxedDotI8x16I7x16S => self.relaxed_dot(),
            O::I32x4RelaxedDotI8x16I7x16AddS => self.relaxed_dot_add(),
            other => return self.vector_float(other),
        }
        Ok(())
    }

    fn vector_float(&mut self, op: Operator<'_>) -> Translate {
        use Operator as O;
        match op {
            O::F32x4Ceil => self.vector1(F32X4, |ins, a| ins.ceil(a)),
            O::F64x2Ceil => self.vector1(F64X2, |ins, a| ins.ceil(a)),
            O::F32x4Floor => self.vector1(F32X4, |ins, a| ins.floor(a)),
            O::F64x2Floor => self.vector1(F64X2, |ins, a| ins.floor(a)),
            O::F32x4Trunc => self.vector1(F32X4, |ins, a| ins.trunc(a)),
            O::F64x2Trunc => self.vector1(F64X2, |ins, a| ins.trunc(a)),
            O::F32x4Nearest => self.vector1(F32X4, |ins, a| ins.nearest(a)),
            O::F64x2Nearest => self.vector1(F64X2, |ins, a| ins.nearest(a)),
            O::F32x4Abs => self.vector1(F32X4, |ins, a| ins.fabs(a)),
            O::F64x2Abs => self.vector1(F64X2, |ins, a| ins.fabs(a)),
            O::F32x4Neg => self.vector1(F32X4, |ins, a| ins.fneg(a)),
            O::F64x2Neg => self.vector1(F64X2, |ins, a| ins.fneg(a)),
            O::F32x4Sqrt => self.vector1(F32X4, |ins, a| ins.sqrt(a)),
            O::F64x2Sqrt => self.vector1(F64X2, |ins, a| ins.sqrt(a)),
            O::F32x4Add => self.vector2(F32X4, |ins, a, b| ins.fadd(a, b)),
            O::F64x2Add => self.vector2(F64X2, |ins, a, b| ins.fadd(a, b)),
            O::F32x4Sub => self.vector2(F32X4, |ins, a, b| ins.fsub(a, b)),
            O::F64x2Sub => self.vector2(F64X2, |ins, a, b| ins.fsub(a, b)),
            O::F32x4Mul => self.vector2(F32X4, |ins, a, b| ins.fmul(a, b)),
            O::F64x2Mul => self.vector2(F64X2, |ins, a, b| ins.fmul(a, b)),
            O::F32x4Div => self.vector2(F32X4, |ins, a, b| ins.fdiv(a, b)),
            O::F64x2Div => self.vector2(F64X2, |ins, a, b| ins.fdiv(a, b)),
            O::F32x4Min | O::F32x4RelaxedMin => self.vector2(F32X4, |ins, a, b| ins.fmin(a, b)),
            O::F64x2Min | O::F64x2RelaxedMin => self.vector2(F64X2, |ins, a, b| ins.fmin(a, b)),
            O::F32x4Max | O::F32x4RelaxedMax => self.vector2(F32X4, |ins, a, b| ins.fmax(a, b)),
            O::F64x2Max | O::F64x2RelaxedMax => self.vector2(F64X2, |ins, a, b| ins.fmax(a, b)),
            O::F32x4PMin => self.pseudo(F32X4, false),
            O::F64x2PMin => self.pseudo(F64X2, false),
            O::F32x4PMax => self.pseudo(F32X4, true),
            O::F64x2PMax => self.pseudo(F64X2, true),
            O::I32x4TruncSatF32x4S | O::I32x4RelaxedTruncF32x4S => {
                self.vector1(F32X4, |ins, a| ins.fcvt_to_sint_sat(I32X4, a));
            }
            O::I32x4TruncSatF32x4U | O::I32x4RelaxedTruncF32x4U => {
                self.vector1(F32X4, |ins, a| ins.fcvt_to_uint_sat(I32X4, a));
            }
            O::I32x4TruncSatF64x2SZero | O::I32x4RelaxedTruncF64x2SZero => {
                self.truncate_doubles(true);
            }
            O::I32x4TruncSatF64x2UZero | O::I32x4RelaxedTruncF64x2UZero => {
                self.truncate_doubles(false);
            }
            O::F32x4ConvertI32x4S => self.vector1(I32X4, |ins, a| ins.fcvt_from_sint(F32X4, a)),
            O::F32x4ConvertI32x4U => self.vector1(I32X4, |ins, a| ins.fcvt_from_uint(F32X4, a)),
            O::F64x2ConvertLowI32x4S => self.convert_low(LowSigned),
            O::F64x2ConvertLowI32x4U => self.convert_low(LowUnsigned),
            O::F32x4DemoteF64x2Zero => self.vector1(F64X2, |ins, a| ins.fvdemote(a)),
            O::F64x2PromoteLowF32x4 => self.vector1(F32X4, |ins, a| ins.fvpromote_low(a)),
            O::F32x4RelaxedMadd => self.relaxed_multiply_add(F32X4, false),
            O::F64x2RelaxedMadd => self.relaxed_multiply_add(F64X2, false),
            O::F32x4RelaxedNmadd => self.relaxed_multiply_add(F32X4, true),
            O::F64x2RelaxedNmadd => self.relaxed_multiply_add(F64X2, true),
            other => return self.atomic_operator(other),
        }
        Ok(())
    }
}
