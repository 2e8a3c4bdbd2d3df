//! Tests and casts of references.
//!
//! A reference into the heap tells by itself whether it is null or a number of 31 bits; anything else is an
//! object, whose header has its kind and type. Every type of objects in a store lists its supertypes by depth,
//! so that a cast takes constant time (Cohen, *Type-extension type tests can be performed in constant time*,
//! 1991).

use super::{BodyTranslator, Translate, TranslateError};
use crate::builtin::Builtin;
use crate::index::TypeIdx;
use crate::layout::{Header, func_ref, object, type_record};
use crate::own_types::concrete;
use crate::trap;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{BlockArg, InstBuilder, MemFlagsData, TrapCode, Value, types};
use wasmparser::{AbstractHeapType, CompositeInnerType, HeapType, RefType};

/// What a heap type requires of a reference that is not null.
#[derive(Clone, Copy)]
enum Target {
    /// The top of a hierarchy, to which every reference that is not null belongs.
    Top,
    /// The bottom of a hierarchy, to which only null belongs.
    Bottom,
    /// A function of this type, by its index in the module.
    Function(Own),
    /// A number of 31 bits.
    I31,
    /// A number of 31 bits, a structure or an array.
    Eq,
    /// An object of this kind.
    Kind(u32),
    /// An object of this kind and type.
    Object(u32, Own),
}

/// A type of the module.
#[derive(Clone, Copy)]
struct Own {
    index: TypeIdx,
    /// Whether subtypes are not meant.
    is_exact: bool,
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
        self.check_cast(value, ty, nullable, trap::CAST_FAILURE)
    }

    fn check_cast(
        &mut self,
        value: Value,
        ty: HeapType,
        nullable: bool,
        code: TrapCode,
    ) -> Translate {
        let flag = self.is_of(value, ty, nullable)?;
        self.builder.ins().trapz(flag, code);
        Ok(())
    }

    /// Branches if the topmost operand is of type `ty` or, if `when` is not set, if it is not. The operand
    /// stays.
    pub(super) fn br_on_cast(&mut self, depth: u32, ty: RefType, when: bool) -> Translate {
        let value = self.top(1)[0];
        let flag = self.is_of(value, ty.heap_type(), ty.is_nullable())?;
        self.branch_on(flag, depth, when);
        Ok(())
    }

    fn branch_on(&mut self, flag: Value, depth: u32, when: bool) {
        self.meter.edges(1, self.stack.len());
        let (block, arity) = self.target(depth);
        let args = self.top_args(arity);
        let next = self.builder.create_block();
        match when {
            true => self.builder.ins().brif(flag, block, &args, next, []),
            false => self.builder.ins().brif(flag, next, [], block, &args),
        };
        self.switch_and_seal(next);
    }

    /// Translates `ref.cast_desc_eq`: the reference must be of the type, and have the given descriptor.
    pub(super) fn ref_cast_desc_eq(&mut self, ty: HeapType, nullable: bool) -> Translate {
        let flag = self.has_descriptor(ty, nullable)?;
        self.builder.ins().trapz(flag, trap::DESCRIPTOR_CAST_FAILURE);
        Ok(())
    }

    pub(super) fn br_on_cast_desc_eq(&mut self, depth: u32, ty: RefType, when: bool) -> Translate {
        let flag = self.has_descriptor(ty.heap_type(), ty.is_nullable())?;
        self.branch_on(flag, depth, when);
        Ok(())
    }

    /// Pops a descriptor, and tests whether the operand below it, which stays, is of a type and has that
    /// descriptor. The descriptor is compared only in objects of the type, because those of others may have
    /// something else in its place.
    fn has_descriptor(&mut self, ty: HeapType, nullable: bool) -> Translate<Value> {
        let descriptor = self.pop();
        self.builder.ins().trapz(descriptor, trap::NULL_DESCRIPTOR_REFERENCE);
        let value = self.top(1)[0];
        let index = concrete(ty).expect("validated: a type with a descriptor");
        let [there, typed, done] = [(); 3].map(|()| self.builder.create_block());
        let result = self.builder.append_block_param(done, types::I32);
        let null = self.builder.ins().iconst(types::I32, i64::from(nullable));
        self.builder.ins().brif(value, there, [], done, &[BlockArg::Value(null)]);
        self.switch_and_seal(there);
        let is_of = self.is_of(value, ty, false)?;
        self.builder.ins().brif(is_of, typed, [], done, &[BlockArg::Value(is_of)]);
        self.switch_and_seal(typed);
        let actual = self.peek_descriptor(index, value);
        let same = self.builder.ins().icmp(IntCC::Equal, actual, descriptor);
        let same = self.builder.ins().uextend(types::I32, same);
        self.builder.ins().jump(done, &[BlockArg::Value(same)]);
        self.switch_and_seal(done);
        Ok(result)
    }

    /// Whether `value` is of a type (specification, §4.2.3), as 1 or 0.
    fn is_of(&mut self, value: Value, ty: HeapType, nullable: bool) -> Translate<Value> {
        let target = self.target_of(ty)?;
        Ok(match (target, nullable) {
            (Target::Top, true) => self.builder.ins().iconst(types::I32, 1),
            (Target::Bottom, false) => self.builder.ins().iconst(types::I32, 0),
            (Target::Top, false) => self.null_test(value, IntCC::NotEqual),
            (Target::Bottom, true) => self.null_test(value, IntCC::Equal),
            (Target::I31, false) => self.builder.ins().band_imm_u(value, 1),
            (Target::Function(own), _) => self.is_function_of(value, own, nullable),
            _ => self.is_in_heap_of(value, target, nullable),
        })
    }

    fn null_test(&mut self, value: Value, condition: IntCC) -> Value {
        let flag = self.builder.ins().icmp_imm_u(condition, value, 0);
        self.builder.ins().uextend(types::I32, flag)
    }

    /// ```text
    /// if record = null    then nullable
    /// elif type = wanted  then 1
    /// else                wanted has subtypes and type is one of them
    /// ```
    fn is_function_of(&mut self, record: Value, own: Own, nullable: bool) -> Value {
        let [there, done] = [(); 2].map(|()| self.builder.create_block());
        let result = self.builder.append_block_param(done, types::I32);
        let [no, yes] = [0, 1].map(|n| self.builder.ins().iconst(types::I32, n));
        let null = BlockArg::Value(if nullable { yes } else { no });
        self.builder.ins().brif(record, there, [], done, &[null]);
        self.switch_and_seal(there);
        let flags = MemFlagsData::trusted();
        let actual = self.builder.ins().load(types::I32, flags, record, func_ref::TYPE_ID);
        let wanted = self.type_id(own.index);
        let same = self.builder.ins().icmp(IntCC::Equal, actual, wanted);
        if self.has_no_subtypes(own) {
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

    fn has_no_subtypes(&self, own: Own) -> bool {
        own.is_exact || self.info.types[own.index].is_final
    }

    /// ```text
    /// if value = null     then nullable
    /// elif value is odd   then numbers belong to the target
    /// else                info := value.info; see `is_object_of`
    /// ```
    fn is_in_heap_of(&mut self, value: Value, target: Target, nullable: bool) -> Value {
        let [there, object, done] = [(); 3].map(|()| self.builder.create_block());
        let result = self.builder.append_block_param(done, types::I32);
        let [no, yes] = [0, 1].map(|n| self.builder.ins().iconst(types::I32, n));
        let of = |belongs: bool| [BlockArg::Value(if belongs { yes } else { no })];
        self.builder.ins().brif(value, there, [], done, &of(nullable));
        self.switch_and_seal(there);
        let is_number = self.builder.ins().band_imm_u(value, 1);
        if let Target::I31 = target {
            self.builder.ins().jump(object, []);
            self.switch_and_seal(object);
            self.builder.ins().jump(done, &[BlockArg::Value(is_number)]);
            self.switch_and_seal(done);
            return result;
        }
        let number = of(matches!(target, Target::Eq));
        self.builder.ins().brif(is_number, done, &number, object, []);
        self.switch_and_seal(object);
        let address = self.address_of_any(value);
        let place = Header::of(self.info.collector).info;
        let info = self.load_header_field(address, place);
        let flag = self.is_object_of(info, target);
        self.builder.ins().jump(done, &[BlockArg::Value(flag)]);
        self.switch_and_seal(done);
        result
    }

    /// ```text
    /// if the target has no type   then kind of info = target's kind
    /// elif type of info = wanted  then 1
    /// else                        wanted has subtypes and display of type [depth of wanted] = wanted
    /// ```
    fn is_object_of(&mut self, info: Value, target: Target) -> Value {
        let kind = self.builder.ins().band_imm_u(info, i64::from(object::KIND));
        let (kind_of_target, own) = match target {
            Target::Eq => {
                // Both kinds have this bit, and that of host values does not.
                let common = i64::from(object::STRUCT & object::ARRAY);
                let bit = self.builder.ins().band_imm_u(info, common);
                return self.null_test(bit, IntCC::NotEqual);
            }
            Target::Kind(wanted) => (wanted, None),
            Target::Object(wanted, own) => (wanted, Some(own)),
            Target::Top | Target::Bottom | Target::Function(_) | Target::I31 => {
                unreachable!("decided without the object")
            }
        };
        let is_kind = self.builder.ins().icmp_imm_u(IntCC::Equal, kind, i64::from(kind_of_target));
        let is_kind = self.builder.ins().uextend(types::I32, is_kind);
        let Some(own) = own else { return is_kind };

        // The payload of a host value may be equal to an identity, so the kind comes first.
        let [typed, done] = [(); 2].map(|()| self.builder.create_block());
        let result = self.builder.append_block_param(done, types::I32);
        self.builder.ins().brif(is_kind, typed, [], done, &[BlockArg::Value(is_kind)]);
        self.switch_and_seal(typed);
        let shift = Header::of(self.info.collector).payload_shift;
        let actual = self.builder.ins().ushr_imm_u(info, i64::from(shift));
        let wanted = self.type_id(own.index);
        let same = self.builder.ins().icmp(IntCC::Equal, actual, wanted);
        let same = self.builder.ins().uextend(types::I32, same);
        if self.has_no_subtypes(own) {
            self.builder.ins().jump(done, &[BlockArg::Value(same)]);
        } else {
            let differ = self.builder.create_block();
            self.builder.ins().brif(same, done, &[BlockArg::Value(same)], differ, []);
            self.switch_and_seal(differ);
            let depth = self.info.depth(own.index);
            let subtype = if depth < type_record::DEPTH {
                let entry = self.display_entry(actual, depth);
                let subtype = self.builder.ins().icmp(IntCC::Equal, entry, wanted);
                self.builder.ins().uextend(types::I32, subtype)
            } else {
                self.builtin(Builtin::IsSubtype, &[actual, wanted]).expect("it has a result")
            };
            self.builder.ins().jump(done, &[BlockArg::Value(subtype)]);
        }
        self.switch_and_seal(done);
        result
    }

    fn target_of(&self, ty: HeapType) -> Translate<Target> {
        use AbstractHeapType as Abstract;
        let is_exact = matches!(ty, HeapType::Exact(_));
        match ty {
            HeapType::Abstract { shared: false, ty } => match ty {
                Abstract::Func | Abstract::Extern | Abstract::Exn | Abstract::Any => {
                    Ok(Target::Top)
                }
                Abstract::NoFunc | Abstract::NoExtern | Abstract::NoExn | Abstract::None => {
                    Ok(Target::Bottom)
                }
                Abstract::Eq => Ok(Target::Eq),
                Abstract::I31 => Ok(Target::I31),
                Abstract::Struct => Ok(Target::Kind(object::STRUCT)),
                Abstract::Array => Ok(Target::Kind(object::ARRAY)),
                Abstract::Cont | Abstract::NoCont => {
                    Err(TranslateError::Unsupported("stack-switching"))
                }
            },
            HeapType::Abstract { shared: true, .. } => {
                Err(TranslateError::Unsupported("shared-everything-threads"))
            }
            HeapType::Concrete(_) | HeapType::Exact(_) => {
                let index = concrete(ty).expect("decoded: an index of the module");
                let own = Own { index, is_exact };
                match self.info.types[index].composite_type.inner {
                    CompositeInnerType::Func(_) => Ok(Target::Function(own)),
                    CompositeInnerType::Struct(_) => Ok(Target::Object(object::STRUCT, own)),
                    CompositeInnerType::Array(_) => Ok(Target::Object(object::ARRAY, own)),
                    CompositeInnerType::Cont(_) => {
                        Err(TranslateError::Unsupported("stack-switching"))
                    }
                }
            }
        }
    }
}
