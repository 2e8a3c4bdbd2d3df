//! Tests and casts of references to functions, to values of the host, and to exceptions.
//!
//! Only the hierarchy of functions has types besides top and bottom. In the others a cast only tests for
//! null.

use super::{BodyTranslator, Translate, TranslateError};
use crate::builtin::Builtin;
use crate::index::TypeIdx;
use crate::layout::func_ref;
use crate::trap;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{BlockArg, InstBuilder, MemFlagsData, Value, types};
use wasmparser::{AbstractHeapType, CompositeInnerType, HeapType, RefType};

/// What a heap type requires of a reference that is not null.
enum Target {
    /// The top of a hierarchy, to which every reference that is not null belongs.
    Top,
    /// The bottom of a hierarchy, to which only null belongs.
    Bottom,
    /// A function type, by its index in the module. The function must be of this type.
    Function(TypeIdx),
}

impl BodyTranslator<'_, '_> {
    pub(super) fn ref_test(&mut self, ty: HeapType, nullable: bool) -> Translate {
        let value = self.pop();
        let flag = self.is_of(value, ty, nullable)?;
        self.push(flag);
        Ok(())
    }

    pub(super) fn ref_cast(&mut self, ty: HeapType, nullable: bool) -> Translate {
        let value = self.top(1)[0];
        let flag = self.is_of(value, ty, nullable)?;
        self.builder.ins().trapz(flag, trap::CAST_FAILURE);
        Ok(())
    }

    /// Branches if the topmost operand is of type `ty` or, if `when` is not set, if it is not. The operand
    /// stays.
    pub(super) fn br_on_cast(&mut self, depth: u32, ty: RefType, when: bool) -> Translate {
        let value = self.top(1)[0];
        let flag = self.is_of(value, ty.heap_type(), ty.is_nullable())?;
        let (block, arity) = self.target(depth);
        let args = self.top_args(arity);
        let next = self.builder.create_block();
        match when {
            true => self.builder.ins().brif(flag, block, &args, next, []),
            false => self.builder.ins().brif(flag, next, [], block, &args),
        };
        self.switch_and_seal(next);
        Ok(())
    }

    /// Whether `value` is of a type (specification, §4.2.3), as 1 or 0.
    fn is_of(&mut self, value: Value, ty: HeapType, nullable: bool) -> Translate<Value> {
        Ok(match (self.target_of(ty)?, nullable) {
            (Target::Top, true) => self.builder.ins().iconst(types::I32, 1),
            (Target::Bottom, false) => self.builder.ins().iconst(types::I32, 0),
            (Target::Top, false) => self.null_test(value, IntCC::NotEqual),
            (Target::Bottom, true) => self.null_test(value, IntCC::Equal),
            (Target::Function(index), _) => self.is_function_of(value, index, nullable),
        })
    }

    fn null_test(&mut self, value: Value, condition: IntCC) -> Value {
        let flag = self.builder.ins().icmp_imm_u(condition, value, 0);
        self.builder.ins().uextend(types::I32, flag)
    }

    /// ```text
    /// if record = null    then nullable
    /// elif type = wanted  then 1
    /// else                wanted is not final and type is a subtype of it
    /// ```
    fn is_function_of(&mut self, record: Value, index: TypeIdx, nullable: bool) -> Value {
        let [there, done] = [(); 2].map(|()| self.builder.create_block());
        let result = self.builder.append_block_param(done, types::I32);
        let [no, yes] = [0, 1].map(|n| self.builder.ins().iconst(types::I32, n));
        let null = BlockArg::Value(if nullable { yes } else { no });
        self.builder.ins().brif(record, there, [], done, &[null]);
        self.switch_and_seal(there);
        let flags = MemFlagsData::trusted();
        let actual = self.builder.ins().load(types::I32, flags, record, func_ref::TYPE_ID);
        let wanted = self.type_id(index);
        let same = self.builder.ins().icmp(IntCC::Equal, actual, wanted);
        if self.info.types[index].is_final {
            let same = self.builder.ins().uextend(types::I32, same);
            self.builder.ins().jump(done, &[BlockArg::Value(same)]);
        } else {
            let differ = self.builder.create_block();
            self.builder.ins().brif(same, done, &[BlockArg::Value(yes)], differ, []);
            self.switch_and_seal(differ);
            let subtype = self.builtin(Builtin::IsSubtype, &[actual, wanted]);
            let subtype = subtype.expect("it has a result");
            self.builder.ins().jump(done, &[BlockArg::Value(subtype)]);
        }
        self.switch_and_seal(done);
        result
    }

    fn target_of(&self, ty: HeapType) -> Translate<Target> {
        use AbstractHeapType as Abstract;
        let objects = Err(TranslateError::Unsupported("gc"));
        match ty {
            HeapType::Abstract { shared: false, ty } => match ty {
                Abstract::Func | Abstract::Extern | Abstract::Exn => Ok(Target::Top),
                Abstract::NoFunc | Abstract::NoExtern | Abstract::NoExn => Ok(Target::Bottom),
                _ => objects,
            },
            HeapType::Concrete(index) => {
                let Some(index) = index.as_module_index() else { return objects };
                let index = TypeIdx::from_u32(index);
                match self.info.types[index].composite_type.inner {
                    CompositeInnerType::Func(_) => Ok(Target::Function(index)),
                    _ => objects,
                }
            }
            _ => objects,
        }
    }
}
