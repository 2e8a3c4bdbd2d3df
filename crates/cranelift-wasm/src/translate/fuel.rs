//! Fuel: instructions consume units of the store's fuel, if the engine's configuration says so.
//!
//! ```text
//! straight-line code      consumed = how many instructions, known when it is translated
//! where it ends           store.fuel -= consumed
//! function, head of loop  trap OUT_OF_FUEL if store.fuel < 0
//! ```
//!
//! The count is up to date in memory wherever another function can run, so that callees, including host
//! functions, and handlers of exceptions find the right count.

use super::BodyTranslator;
use crate::layout::{context, store};
use crate::trap::OUT_OF_FUEL;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Value, types};
use wasmparser::Operator;

/// Whether an operator only structures the program, and so consumes no fuel.
fn is_free(op: &Operator<'_>) -> bool {
    use Operator::{Block, Drop, Else, End, Loop, Nop};
    matches!(op, Nop | Drop | Block { .. } | Loop { .. } | Else | End)
}

/// Whether straight-line code ends with an operator, because control may leave it there, or enter it from
/// elsewhere.
fn ends_straight_line(op: &Operator<'_>) -> bool {
    use Operator as O;
    let blocks =
        matches!(op, O::Loop { .. } | O::If { .. } | O::Else | O::End | O::TryTable { .. });
    let branches = matches!(
        op,
        O::Br { .. }
            | O::BrIf { .. }
            | O::BrTable { .. }
            | O::BrOnNull { .. }
            | O::BrOnNonNull { .. }
            | O::BrOnCast { .. }
            | O::BrOnCastFail { .. }
            | O::Return
            | O::Unreachable
            | O::Throw { .. }
            | O::ThrowRef
    );
    let calls = matches!(
        op,
        O::Call { .. }
            | O::CallIndirect { .. }
            | O::CallRef { .. }
            | O::ReturnCall { .. }
            | O::ReturnCallIndirect { .. }
            | O::ReturnCallRef { .. }
    );
    blocks || branches || calls
}

impl BodyTranslator<'_, '_> {
    /// Consumes the fuel of an operator that is about to be translated.
    pub(super) fn consume_fuel(&mut self, op: &Operator<'_>) {
        if !self.options.fuel || !self.reachable {
            return;
        }
        self.fuel += i64::from(!is_free(op));
        if ends_straight_line(op) && self.fuel != 0 {
            self.subtract_fuel();
        }
    }

    /// Consumes the fuel of a call of this function, and traps if that is too much.
    pub(super) fn begin_function_with_fuel(&mut self) {
        if self.options.fuel {
            self.fuel = 1;
            let left = self.subtract_fuel();
            self.trap_without_fuel(left);
        }
    }

    /// Traps if no fuel is left and instructions consume fuel.
    pub(super) fn check_fuel(&mut self) {
        if self.options.fuel {
            let record = self.load_constant_pointer(self.context, context::STORE as u32);
            let flags = MemFlagsData::trusted();
            let left = self.builder.ins().load(types::I64, flags, record, store::FUEL);
            self.trap_without_fuel(left);
        }
    }

    fn trap_without_fuel(&mut self, left: Value) {
        let none = self.builder.ins().icmp_imm_s(IntCC::SignedLessThan, left, 0);
        self.builder.ins().trapnz(none, OUT_OF_FUEL);
    }

    /// Subtracts the consumed units from the store's fuel, and gives the units that are left.
    fn subtract_fuel(&mut self) -> Value {
        let record = self.load_constant_pointer(self.context, context::STORE as u32);
        let flags = MemFlagsData::trusted();
        let before = self.builder.ins().load(types::I64, flags, record, store::FUEL);
        let consumed = std::mem::take(&mut self.fuel);
        let left = self.builder.ins().iadd_imm_s(before, -consumed);
        self.builder.ins().store(flags, left, record, store::FUEL);
        left
    }
}
