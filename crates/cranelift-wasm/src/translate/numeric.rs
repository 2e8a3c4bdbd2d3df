//! Integer and floating-point instructions.

use super::BodyTranslator;
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Type, Value, immediates, types};
use cranelift_frontend::FuncInstBuilder;
use wasmparser::{Ieee32, Ieee64};

impl<'b> BodyTranslator<'_, 'b> {
    /// Translates an instruction with one operand.
    pub(super) fn unary(&mut self, op: impl FnOnce(FuncInstBuilder<'_, 'b>, Value) -> Value) {
        let a = self.pop();
        let value = op(self.builder.ins(), a);
        self.push(value);
    }

    /// Translates an instruction with two operands.
    pub(super) fn binary(
        &mut self,
        op: impl FnOnce(FuncInstBuilder<'_, 'b>, Value, Value) -> Value,
    ) {
        let (a, b) = self.pop2();
        let value = op(self.builder.ins(), a, b);
        self.push(value);
    }

    pub(super) fn i32_const(&mut self, value: i32) {
        let value = self.builder.ins().iconst(types::I32, i64::from(value as u32));
        self.push(value);
    }

    pub(super) fn i64_const(&mut self, value: i64) {
        let value = self.builder.ins().iconst(types::I64, value);
        self.push(value);
    }

    pub(super) fn f32_const(&mut self, value: Ieee32) {
        let bits = immediates::Ieee32::with_bits(value.bits());
        let value = self.builder.ins().f32const(bits);
        self.push(value);
    }

    pub(super) fn f64_const(&mut self, value: Ieee64) {
        let bits = immediates::Ieee64::with_bits(value.bits());
        let value = self.builder.ins().f64const(bits);
        self.push(value);
    }

    pub(super) fn icmp(&mut self, condition: IntCC) {
        let (a, b) = self.pop2();
        let flag = self.builder.ins().icmp(condition, a, b);
        self.push_flag(flag);
    }

    pub(super) fn fcmp(&mut self, condition: FloatCC) {
        let (a, b) = self.pop2();
        let flag = self.builder.ins().fcmp(condition, a, b);
        self.push_flag(flag);
    }

    pub(super) fn eqz(&mut self) {
        let a = self.pop();
        let flag = self.builder.ins().icmp_imm_u(IntCC::Equal, a, 0);
        self.push_flag(flag);
    }

    pub(super) fn push_flag(&mut self, flag: Value) {
        let value = self.builder.ins().uextend(types::I32, flag);
        self.push(value);
    }

    /// Reinterprets the bits of an operand as another type.
    pub(super) fn reinterpret(&mut self, to: Type) {
        self.unary(|ins, a| ins.bitcast(to, MemFlagsData::new(), a));
    }

    /// Sign-extends the low bits of an operand in place.
    pub(super) fn extend_low(&mut self, narrow: Type, wide: Type) {
        let a = self.pop();
        let low = self.builder.ins().ireduce(narrow, a);
        let value = self.builder.ins().sextend(wide, low);
        self.push(value);
    }

    /// Translates a 128-bit operation on operands that are given as two halves, the low half first.
    pub(super) fn wide_sum(
        &mut self,
        op: impl FnOnce(FuncInstBuilder<'_, 'b>, Value, Value) -> Value,
    ) {
        let (b_low, b_high) = self.pop2();
        let (a_low, a_high) = self.pop2();
        let a = self.builder.ins().iconcat(a_low, a_high);
        let b = self.builder.ins().iconcat(b_low, b_high);
        let value = op(self.builder.ins(), a, b);
        let (low, high) = self.builder.ins().isplit(value);
        self.push(low);
        self.push(high);
    }

    /// Translates a product of 128 bits, which is given as two halves, the low half first.
    pub(super) fn wide_product(
        &mut self,
        high: impl FnOnce(FuncInstBuilder<'_, 'b>, Value, Value) -> Value,
    ) {
        let (a, b) = self.pop2();
        let low = self.builder.ins().imul(a, b);
        let high = high(self.builder.ins(), a, b);
        self.push(low);
        self.push(high);
    }
}
