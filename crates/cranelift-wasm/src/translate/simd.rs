//! Vector instructions, including relaxed ones.
//!
//! On the operand stack, in locals, in globals and in calls, a `v128` has the Cranelift type `i8x16`. Each
//! instruction casts its operands to the shape on which it works, and its result back.

use super::memory::Access;
use super::{BodyTranslator, Relaxed, Translate};
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::types::{F64X2, I8X16, I16, I16X8, I32, I32X4, I64, I64X2};
use cranelift_codegen::ir::{Endianness, InstBuilder, MemFlagsData, Type, Value};
use cranelift_frontend::FuncInstBuilder;
use wasmparser::MemArg;

/// Which half of a vector of narrow lanes is extended to wide lanes, and how.
#[derive(Clone, Copy)]
pub(super) enum Half {
    LowSigned,
    LowUnsigned,
    HighSigned,
    HighUnsigned,
}
use Half::{HighSigned, HighUnsigned, LowSigned, LowUnsigned};

impl<'b> BodyTranslator<'_, 'b> {
    /// Casts 128 bits to another shape. Lane 0 is in the low bits.
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

    /// Translates an instruction with one vector as operand.
    pub(super) fn vector1(
        &mut self,
        ty: Type,
        op: impl FnOnce(FuncInstBuilder<'_, 'b>, Value) -> Value,
    ) {
        let a = self.pop_as(ty);
        let value = op(self.builder.ins(), a);
        self.push_vector(value);
    }

    /// Translates an instruction with two vectors as operands.
    pub(super) fn vector2(
        &mut self,
        ty: Type,
        op: impl FnOnce(FuncInstBuilder<'_, 'b>, Value, Value) -> Value,
    ) {
        let (a, b) = self.pop2_as(ty);
        let value = op(self.builder.ins(), a, b);
        self.push_vector(value);
    }

    pub(super) fn vector_icmp(&mut self, ty: Type, condition: IntCC) {
        self.vector2(ty, |ins, a, b| ins.icmp(condition, a, b));
    }

    pub(super) fn vector_fcmp(&mut self, ty: Type, condition: FloatCC) {
        self.vector2(ty, |ins, a, b| ins.fcmp(condition, a, b));
    }

    /// Translates a shift. Cranelift takes the distance modulo the width of a lane, as the specification
    /// does.
    pub(super) fn vector_shift(
        &mut self,
        ty: Type,
        op: impl FnOnce(FuncInstBuilder<'_, 'b>, Value, Value) -> Value,
    ) {
        let distance = self.pop();
        let a = self.pop_as(ty);
        let value = op(self.builder.ins(), a, distance);
        self.push_vector(value);
    }

    pub(super) fn vector_not(&mut self) {
        self.vector1(I8X16, |ins, a| ins.bnot(a));
    }

    /// Selects each bit from `a` where the mask has a set bit, else from `b`.
    pub(super) fn bitselect(&mut self) {
        let (a, b, mask) = self.pop3();
        let value = self.builder.ins().bitselect(mask, a, b);
        self.push(value);
    }

    pub(super) fn any_true(&mut self) {
        let a = self.pop();
        let flag = self.builder.ins().vany_true(a);
        self.push_flag(flag);
    }

    pub(super) fn all_true(&mut self, ty: Type) {
        let a = self.pop_as(ty);
        let flag = self.builder.ins().vall_true(a);
        self.push_flag(flag);
    }

    pub(super) fn bitmask(&mut self, ty: Type) {
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

    pub(super) fn extend(&mut self, ty: Type, half: Half) {
        let a = self.pop_as(ty);
        let value = self.half(a, half);
        self.push_vector(value);
    }

    pub(super) fn extended_multiply(&mut self, ty: Type, half: Half) {
        let (a, b) = self.pop2_as(ty);
        let (a, b) = (self.half(a, half), self.half(b, half));
        let value = self.builder.ins().imul(a, b);
        self.push_vector(value);
    }

    pub(super) fn extended_pairwise_add(&mut self, ty: Type, low: Half, high: Half) {
        let a = self.pop_as(ty);
        let value = self.pairwise_add(a, low, high);
        self.push_vector(value);
    }

    fn pairwise_add(&mut self, value: Value, low: Half, high: Half) -> Value {
        let (low, high) = (self.half(value, low), self.half(value, high));
        self.builder.ins().iadd_pairwise(low, high)
    }

    /// The products of signed lanes, with adjacent products added.
    fn dot(&mut self, a: Value, b: Value) -> Value {
        let (a_low, b_low) = (self.half(a, LowSigned), self.half(b, LowSigned));
        let low = self.builder.ins().imul(a_low, b_low);
        let (a_high, b_high) = (self.half(a, HighSigned), self.half(b, HighSigned));
        let high = self.builder.ins().imul(a_high, b_high);
        self.builder.ins().iadd_pairwise(low, high)
    }

    /// Does what [`dot`](Self::dot) does, with bytes. The sum of two products exceeds 16 bits only if all
    /// four factors are −128. The deterministic result is then the largest number, and the native one the
    /// smallest (specification, `ivdotsat`, which lists signed factors before unsigned ones).
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

    pub(super) fn dot_i16(&mut self) {
        let (a, b) = self.pop2_as(I16X8);
        let value = self.dot(a, b);
        self.push_vector(value);
    }

    /// Selects in each lane the second operand if the condition holds, else the first. The condition is `b <
    /// a` for the pseudo-minimum, and `a < b` for the pseudo-maximum.
    pub(super) fn pseudo(&mut self, ty: Type, maximum: bool) {
        let (a, b) = self.pop2_as(ty);
        let (x, y) = if maximum { (a, b) } else { (b, a) };
        let mask = self.builder.ins().fcmp(FloatCC::LessThan, x, y);
        let [mask, a, b] = [mask, a, b].map(|v| self.cast(v, I8X16));
        let value = self.builder.ins().bitselect(mask, b, a);
        self.push(value);
    }

    pub(super) fn splat(&mut self, lane: Type, ty: Type) {
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

    pub(super) fn extract_lane(&mut self, ty: Type, lane: u8) {
        let value = self.extract(ty, lane);
        self.push(value);
    }

    pub(super) fn extract_narrow_lane(&mut self, ty: Type, lane: u8, signed: bool) {
        let value = self.extract(ty, lane);
        let value = match signed {
            true => self.builder.ins().sextend(I32, value),
            false => self.builder.ins().uextend(I32, value),
        };
        self.push(value);
    }

    pub(super) fn replace_lane(&mut self, ty: Type, lane: u8) {
        let mut value = self.pop();
        if ty.lane_type().bits() < 32 {
            value = self.builder.ins().ireduce(ty.lane_type(), value);
        }
        let a = self.pop_as(ty);
        let value = self.builder.ins().insertlane(a, value, lane);
        self.push_vector(value);
    }

    pub(super) fn vector_const(&mut self, bytes: [u8; 16]) {
        let constant = self.builder.func.dfg.constants.insert(bytes.to_vec().into());
        let value = self.builder.ins().vconst(I8X16, constant);
        self.push(value);
    }

    pub(super) fn shuffle(&mut self, lanes: [u8; 16]) {
        let (a, b) = self.pop2();
        let lanes = self.builder.func.dfg.immediates.push(lanes.to_vec().into());
        let value = self.builder.ins().shuffle(a, b, lanes);
        self.push(value);
    }

    /// Converts doubles to 32-bit integers in the low lanes, and sets the other lanes to zero.
    pub(super) fn truncate_doubles(&mut self, signed: bool) {
        let a = self.pop_as(F64X2);
        // The zero must have this type, because Cranelift recognises the narrowing by its pattern.
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

    pub(super) fn convert_low(&mut self, half: Half) {
        let a = self.pop_as(I32X4);
        let wide = self.half(a, half);
        let value = match half {
            LowSigned => self.builder.ins().fcvt_from_sint(F64X2, wide),
            _ => self.builder.ins().fcvt_from_uint(F64X2, wide),
        };
        self.push_vector(value);
    }

    /// Computes `a × b + c`, or `−(a × b) + c`, rounded twice. This is the first of the results that the
    /// specification allows (§4.3.3, `frelaxed_madd`), and it is used on every host.
    pub(super) fn relaxed_multiply_add(&mut self, ty: Type, negate: bool) {
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

    pub(super) fn relaxed_dot_add(&mut self) {
        let c = self.pop_as(I32X4);
        let (a, b) = self.pop2();
        let products = self.relaxed_products(a, b);
        let sums = self.pairwise_add(products, LowSigned, HighSigned);
        let value = self.builder.ins().iadd(sums, c);
        self.push_vector(value);
    }

    pub(super) fn relaxed_dot(&mut self) {
        let (a, b) = self.pop2();
        let value = self.relaxed_products(a, b);
        self.push_vector(value);
    }

    // ---- memory ----

    pub(super) fn vector_load_extend(&mut self, arg: &MemArg, ty: Type, signed: bool) -> Translate {
        let Access { base, offset, flags } = self.access(arg, 8)?;
        let half = self.builder.ins().load(I64, flags, base, offset);
        let vector = self.builder.ins().scalar_to_vector(I64X2, half);
        let vector = self.cast(vector, ty);
        let value = self.half(vector, if signed { LowSigned } else { LowUnsigned });
        self.push_vector(value);
        Ok(())
    }

    pub(super) fn vector_load_splat(&mut self, arg: &MemArg, ty: Type) -> Translate {
        let lane = ty.lane_type();
        let Access { base, offset, flags } = self.access(arg, lane.bytes())?;
        let value = self.builder.ins().load(lane, flags, base, offset);
        let value = self.builder.ins().splat(ty, value);
        self.push_vector(value);
        Ok(())
    }

    pub(super) fn vector_load_zero(&mut self, arg: &MemArg, ty: Type) -> Translate {
        let lane = ty.lane_type();
        let Access { base, offset, flags } = self.access(arg, lane.bytes())?;
        let value = self.builder.ins().load(lane, flags, base, offset);
        let value = self.builder.ins().scalar_to_vector(ty, value);
        self.push_vector(value);
        Ok(())
    }

    pub(super) fn vector_load_lane(&mut self, arg: &MemArg, ty: Type, lane: u8) -> Translate {
        let vector = self.pop_as(ty);
        let Access { base, offset, flags } = self.access(arg, ty.lane_type().bytes())?;
        let value = self.builder.ins().load(ty.lane_type(), flags, base, offset);
        let value = self.builder.ins().insertlane(vector, value, lane);
        self.push_vector(value);
        Ok(())
    }

    pub(super) fn vector_store_lane(&mut self, arg: &MemArg, ty: Type, lane: u8) -> Translate {
        let value = self.extract(ty, lane);
        let Access { base, offset, flags } = self.access(arg, ty.lane_type().bytes())?;
        self.builder.ins().store(flags, value, base, offset);
        Ok(())
    }
}
