//! The dispatcher: routes each operator to its method, and skips unreachable code.

use super::{BodyTranslator, Translate};
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::types::{F32, F64, I8, I16, I32, I64};
use cranelift_codegen::ir::{InstBuilder, immediates};
use wasmparser::Operator;

impl BodyTranslator<'_, '_> {
    pub(super) fn operator(&mut self, op: Operator<'_>) -> Translate {
        if !self.reachable {
            self.skip(&op);
            return Ok(());
        }
        match op {
            Operator::Nop => {}
            Operator::Unreachable => self.unreachable(),
            Operator::Block { blockty } => self.block(blockty),
            Operator::Loop { blockty } => self.loop_(blockty),
            Operator::If { blockty } => self.if_(blockty),
            Operator::Else => self.else_(),
            Operator::End => self.end(),
            Operator::Br { relative_depth } => self.br(relative_depth),
            Operator::BrIf { relative_depth } => self.br_if(relative_depth),
            Operator::BrTable { targets } => self.br_table(&targets)?,
            Operator::Return => self.return_(),
            Operator::Call { function_index } => self.call(function_index),
            Operator::CallIndirect { type_index, table_index } => {
                self.call_indirect(type_index, table_index);
            }
            Operator::ReturnCall { function_index } => self.return_call(function_index),
            Operator::ReturnCallIndirect { type_index, table_index } => {
                self.return_call_indirect(type_index, table_index);
            }
            Operator::CallRef { type_index } => self.call_ref(type_index),
            Operator::ReturnCallRef { type_index } => self.return_call_ref(type_index),
            Operator::BrOnNull { relative_depth } => self.br_on_null(relative_depth),
            Operator::BrOnNonNull { relative_depth } => self.br_on_non_null(relative_depth),
            Operator::RefAsNonNull => self.ref_as_non_null(),
            Operator::TryTable { try_table } => self.try_table(&try_table),
            Operator::Throw { tag_index } => self.throw(tag_index),
            Operator::ThrowRef => self.throw_ref(),
            Operator::Drop => drop(self.pop()),
            Operator::Select => self.select(None),
            Operator::TypedSelect { ty } => self.select(Some(ty)),
            Operator::LocalGet { local_index } => self.local_get(local_index),
            Operator::LocalSet { local_index } => self.local_set(local_index),
            Operator::LocalTee { local_index } => self.local_tee(local_index),
            Operator::GlobalGet { global_index } => self.global_get(global_index),
            Operator::GlobalSet { global_index } => self.global_set(global_index),
            Operator::RefFunc { function_index } => self.ref_func(function_index),
            Operator::RefNull { hty } => self.ref_null(hty)?,
            Operator::RefIsNull => self.ref_is_null(),
            other => return self.bulk_operator(other),
        }
        Ok(())
    }

    /// In unreachable code only the nesting matters.
    fn skip(&mut self, op: &Operator<'_>) {
        match op {
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => {
                self.push_unreachable_frame();
            }
            Operator::TryTable { .. } => self.push_unreachable_frame(),
            Operator::Else => self.else_(),
            Operator::End => self.end(),
            _ => {}
        }
    }

    /// Tables, and what acts on many elements or bytes.
    fn bulk_operator(&mut self, op: Operator<'_>) -> Translate {
        match op {
            Operator::TableGet { table } => self.table_get(table),
            Operator::TableSet { table } => self.table_set(table),
            Operator::TableSize { table } => self.table_size(table),
            Operator::TableGrow { table } => self.table_grow(table),
            Operator::TableFill { table } => self.table_fill(table),
            Operator::TableCopy { dst_table, src_table } => self.table_copy(dst_table, src_table),
            Operator::TableInit { elem_index, table } => self.table_init(table, elem_index),
            Operator::ElemDrop { elem_index } => self.elem_drop(elem_index),
            Operator::MemoryCopy { dst_mem, src_mem } => self.memory_copy(dst_mem, src_mem),
            Operator::MemoryFill { mem } => self.memory_fill(mem),
            Operator::MemoryInit { data_index, mem } => self.memory_init(mem, data_index),
            Operator::DataDrop { data_index } => self.data_drop(data_index),
            other => return self.memory_operator(other),
        }
        Ok(())
    }

    fn memory_operator(&mut self, op: Operator<'_>) -> Translate {
        use Operator as O;
        match op {
            O::I32Load { memarg } => self.load(&memarg, I32),
            O::I64Load { memarg } => self.load(&memarg, I64),
            O::F32Load { memarg } => self.load(&memarg, F32),
            O::F64Load { memarg } => self.load(&memarg, F64),
            O::I32Load8S { memarg } => self.load_extend(&memarg, I8, I32, true),
            O::I32Load8U { memarg } => self.load_extend(&memarg, I8, I32, false),
            O::I32Load16S { memarg } => self.load_extend(&memarg, I16, I32, true),
            O::I32Load16U { memarg } => self.load_extend(&memarg, I16, I32, false),
            O::I64Load8S { memarg } => self.load_extend(&memarg, I8, I64, true),
            O::I64Load8U { memarg } => self.load_extend(&memarg, I8, I64, false),
            O::I64Load16S { memarg } => self.load_extend(&memarg, I16, I64, true),
            O::I64Load16U { memarg } => self.load_extend(&memarg, I16, I64, false),
            O::I64Load32S { memarg } => self.load_extend(&memarg, I32, I64, true),
            O::I64Load32U { memarg } => self.load_extend(&memarg, I32, I64, false),
            O::I32Store { memarg }
            | O::I64Store { memarg }
            | O::F32Store { memarg }
            | O::F64Store { memarg } => self.store(&memarg),
            O::I32Store8 { memarg } | O::I64Store8 { memarg } => self.store_wrap(&memarg, I8),
            O::I32Store16 { memarg } | O::I64Store16 { memarg } => self.store_wrap(&memarg, I16),
            O::I64Store32 { memarg } => self.store_wrap(&memarg, I32),
            O::MemorySize { mem } => self.memory_size(mem),
            O::MemoryGrow { mem } => self.memory_grow(mem),
            other => self.integer_operator(other),
        }
    }

    fn integer_operator(&mut self, op: Operator<'_>) -> Translate {
        use IntCC::*;
        use Operator as O;
        match op {
            O::I32Const { value } => {
                let value = self.builder.ins().iconst(I32, i64::from(value as u32));
                self.push(value);
            }
            O::I64Const { value } => {
                let value = self.builder.ins().iconst(I64, value);
                self.push(value);
            }
            O::I32Eqz | O::I64Eqz => self.eqz(),
            O::I32Eq | O::I64Eq => self.icmp(Equal),
            O::I32Ne | O::I64Ne => self.icmp(NotEqual),
            O::I32LtS | O::I64LtS => self.icmp(SignedLessThan),
            O::I32LtU | O::I64LtU => self.icmp(UnsignedLessThan),
            O::I32GtS | O::I64GtS => self.icmp(SignedGreaterThan),
            O::I32GtU | O::I64GtU => self.icmp(UnsignedGreaterThan),
            O::I32LeS | O::I64LeS => self.icmp(SignedLessThanOrEqual),
            O::I32LeU | O::I64LeU => self.icmp(UnsignedLessThanOrEqual),
            O::I32GeS | O::I64GeS => self.icmp(SignedGreaterThanOrEqual),
            O::I32GeU | O::I64GeU => self.icmp(UnsignedGreaterThanOrEqual),
            O::I32Clz | O::I64Clz => self.unary(|ins, a| ins.clz(a)),
            O::I32Ctz | O::I64Ctz => self.unary(|ins, a| ins.ctz(a)),
            O::I32Popcnt | O::I64Popcnt => self.unary(|ins, a| ins.popcnt(a)),
            O::I32Add | O::I64Add => self.binary(|ins, a, b| ins.iadd(a, b)),
            O::I32Sub | O::I64Sub => self.binary(|ins, a, b| ins.isub(a, b)),
            O::I32Mul | O::I64Mul => self.binary(|ins, a, b| ins.imul(a, b)),
            O::I32DivS | O::I64DivS => self.binary(|ins, a, b| ins.sdiv(a, b)),
            O::I32DivU | O::I64DivU => self.binary(|ins, a, b| ins.udiv(a, b)),
            O::I32RemS | O::I64RemS => self.binary(|ins, a, b| ins.srem(a, b)),
            O::I32RemU | O::I64RemU => self.binary(|ins, a, b| ins.urem(a, b)),
            O::I32And | O::I64And => self.binary(|ins, a, b| ins.band(a, b)),
            O::I32Or | O::I64Or => self.binary(|ins, a, b| ins.bor(a, b)),
            O::I32Xor | O::I64Xor => self.binary(|ins, a, b| ins.bxor(a, b)),
            O::I32Shl | O::I64Shl => self.binary(|ins, a, b| ins.ishl(a, b)),
            O::I32ShrS | O::I64ShrS => self.binary(|ins, a, b| ins.sshr(a, b)),
            O::I32ShrU | O::I64ShrU => self.binary(|ins, a, b| ins.ushr(a, b)),
            O::I32Rotl | O::I64Rotl => self.binary(|ins, a, b| ins.rotl(a, b)),
            O::I32Rotr | O::I64Rotr => self.binary(|ins, a, b| ins.rotr(a, b)),
            O::I32WrapI64 => self.unary(|ins, a| ins.ireduce(I32, a)),
            O::I64ExtendI32S => self.unary(|ins, a| ins.sextend(I64, a)),
            O::I64ExtendI32U => self.unary(|ins, a| ins.uextend(I64, a)),
            O::I32Extend8S => self.extend_low(I8, I32),
            O::I32Extend16S => self.extend_low(I16, I32),
            O::I64Extend8S => self.extend_low(I8, I64),
            O::I64Extend16S => self.extend_low(I16, I64),
            O::I64Extend32S => self.extend_low(I32, I64),
            other => return self.float_operator(other),
        }
        Ok(())
    }

    fn float_operator(&mut self, op: Operator<'_>) -> Translate {
        use FloatCC::*;
        use Operator as O;
        match op {
            O::F32Const { value } => {
                let bits = immediates::Ieee32::with_bits(value.bits());
                let value = self.builder.ins().f32const(bits);
                self.push(value);
            }
            O::F64Const { value } => {
                let bits = immediates::Ieee64::with_bits(value.bits());
                let value = self.builder.ins().f64const(bits);
                self.push(value);
            }
            O::F32Eq | O::F64Eq => self.fcmp(Equal),
            O::F32Ne | O::F64Ne => self.fcmp(NotEqual),
            O::F32Lt | O::F64Lt => self.fcmp(LessThan),
            O::F32Gt | O::F64Gt => self.fcmp(GreaterThan),
            O::F32Le | O::F64Le => self.fcmp(LessThanOrEqual),
            O::F32Ge | O::F64Ge => self.fcmp(GreaterThanOrEqual),
            O::F32Abs | O::F64Abs => self.unary(|ins, a| ins.fabs(a)),
            O::F32Neg | O::F64Neg => self.unary(|ins, a| ins.fneg(a)),
            O::F32Ceil | O::F64Ceil => self.unary(|ins, a| ins.ceil(a)),
            O::F32Floor | O::F64Floor => self.unary(|ins, a| ins.floor(a)),
            O::F32Trunc | O::F64Trunc => self.unary(|ins, a| ins.trunc(a)),
            O::F32Nearest | O::F64Nearest => self.unary(|ins, a| ins.nearest(a)),
            O::F32Sqrt | O::F64Sqrt => self.unary(|ins, a| ins.sqrt(a)),
            O::F32Add | O::F64Add => self.binary(|ins, a, b| ins.fadd(a, b)),
            O::F32Sub | O::F64Sub => self.binary(|ins, a, b| ins.fsub(a, b)),
            O::F32Mul | O::F64Mul => self.binary(|ins, a, b| ins.fmul(a, b)),
            O::F32Div | O::F64Div => self.binary(|ins, a, b| ins.fdiv(a, b)),
            O::F32Min | O::F64Min => self.binary(|ins, a, b| ins.fmin(a, b)),
            O::F32Max | O::F64Max => self.binary(|ins, a, b| ins.fmax(a, b)),
            O::F32Copysign | O::F64Copysign => self.binary(|ins, a, b| ins.fcopysign(a, b)),
            O::I32TruncF32S | O::I32TruncF64S => self.unary(|ins, a| ins.fcvt_to_sint(I32, a)),
            O::I32TruncF32U | O::I32TruncF64U => self.unary(|ins, a| ins.fcvt_to_uint(I32, a)),
            O::I64TruncF32S | O::I64TruncF64S => self.unary(|ins, a| ins.fcvt_to_sint(I64, a)),
            O::I64TruncF32U | O::I64TruncF64U => self.unary(|ins, a| ins.fcvt_to_uint(I64, a)),
            O::I32TruncSatF32S | O::I32TruncSatF64S => {
                self.unary(|ins, a| ins.fcvt_to_sint_sat(I32, a));
            }
            O::I32TruncSatF32U | O::I32TruncSatF64U => {
                self.unary(|ins, a| ins.fcvt_to_uint_sat(I32, a));
            }
            O::I64TruncSatF32S | O::I64TruncSatF64S => {
                self.unary(|ins, a| ins.fcvt_to_sint_sat(I64, a));
            }
            O::I64TruncSatF32U | O::I64TruncSatF64U => {
                self.unary(|ins, a| ins.fcvt_to_uint_sat(I64, a));
            }
            O::F32ConvertI32S | O::F32ConvertI64S => {
                self.unary(|ins, a| ins.fcvt_from_sint(F32, a))
            }
            O::F32ConvertI32U | O::F32ConvertI64U => {
                self.unary(|ins, a| ins.fcvt_from_uint(F32, a))
            }
            O::F64ConvertI32S | O::F64ConvertI64S => {
                self.unary(|ins, a| ins.fcvt_from_sint(F64, a))
            }
            O::F64ConvertI32U | O::F64ConvertI64U => {
                self.unary(|ins, a| ins.fcvt_from_uint(F64, a))
            }
            O::F32DemoteF64 => self.unary(|ins, a| ins.fdemote(F32, a)),
            O::F64PromoteF32 => self.unary(|ins, a| ins.fpromote(F64, a)),
            O::I32ReinterpretF32 => self.reinterpret(I32),
            O::I64ReinterpretF64 => self.reinterpret(I64),
            O::F32ReinterpretI32 => self.reinterpret(F32),
            O::F64ReinterpretI64 => self.reinterpret(F64),
            other => return self.wide_operator(other),
        }
        Ok(())
    }

    fn wide_operator(&mut self, op: Operator<'_>) -> Translate {
        match op {
            Operator::I64Add128 => self.wide_sum(|ins, a, b| ins.iadd(a, b)),
            Operator::I64Sub128 => self.wide_sum(|ins, a, b| ins.isub(a, b)),
            Operator::I64MulWideS => self.wide_product(|ins, a, b| ins.smulhi(a, b)),
            Operator::I64MulWideU => self.wide_product(|ins, a, b| ins.umulhi(a, b)),
            other => return self.vector_operator(other),
        }
        Ok(())
    }
}
