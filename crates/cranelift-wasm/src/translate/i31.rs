//! Numbers of 31 bits as references. Such a reference has bit 0 set, which no other has.

use super::BodyTranslator;
use super::slot::Extend;
use crate::trap;
use cranelift_codegen::ir::InstBuilder;

impl BodyTranslator<'_, '_> {
    pub(super) fn ref_i31(&mut self) {
        let number = self.pop();
        let shifted = self.builder.ins().ishl_imm_u(number, 1);
        let reference = self.builder.ins().bor_imm_u(shifted, 1);
        self.declare_reference(reference);
        self.push(reference);
    }

    pub(super) fn i31_get(&mut self, extend: Extend) {
        let reference = self.pop();
        self.builder.ins().trapz(reference, trap::NULL_I31_REFERENCE);
        let number = match extend {
            Extend::Signed => self.builder.ins().sshr_imm_u(reference, 1),
            Extend::Unsigned | Extend::None => self.builder.ins().ushr_imm_u(reference, 1),
        };
        self.push(number);
    }
}
