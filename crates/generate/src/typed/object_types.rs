//! Makes types of structures and arrays, and fresh objects of them by constant instructions.
//!
//! A module that may use objects has at least one type of structures and one of arrays whose values can be made of
//! nothing. A field that cannot be null refers to a type all of whose fields can be, so that fresh objects
//! are small.

use super::*;
use wasm_encoder::AbstractHeapType::{self, *};

/// What an object of a type consists of.
#[derive(Clone)]
pub(super) enum Object {
    Struct(Vec<FieldType>),
    Array(FieldType),
}

impl Object {
    /// Its fields; those of an array are one.
    pub(super) fn fields(&self) -> &[FieldType] {
        match self {
            Object::Struct(fields) => fields,
            Object::Array(element) => std::slice::from_ref(element),
        }
    }

    fn has_null_everywhere(&self) -> bool {
        self.fields().iter().all(|field| has_default(&unpacked(field)))
    }
}

/// The heap type of this name.
pub(super) const fn heap(ty: AbstractHeapType) -> HeapType {
    HeapType::Abstract { shared: false, ty }
}

/// The heap types under `any` that have a name, other than that of nothing.
pub(super) const NAMED: [HeapType; 5] = [heap(Any), heap(Eq), heap(I31), heap(Struct), heap(Array)];

/// The type of a value that a field gives and takes.
pub(super) fn unpacked(field: &FieldType) -> ValType {
    match field.element_type {
        StorageType::I8 | StorageType::I16 => ValType::I32,
        StorageType::Val(ty) => ty,
    }
}

/// A reference that is not null.
pub(super) fn some(heap_type: HeapType) -> RefType {
    RefType { nullable: false, heap_type }
}

/// A reference that may be null.
pub(super) fn maybe(heap_type: HeapType) -> RefType {
    RefType { nullable: true, heap_type }
}

impl Maker {
    /// Whether `heap` is a type of objects, numbers as references, or what contains these.
    pub(super) fn is_object(&self, heap: HeapType) -> bool {
        match heap {
            HeapType::Concrete(index) => self.object(index).is_some(),
            HeapType::Abstract { ty, .. } => {
                matches!(ty, Any | Eq | I31 | Struct | Array | None)
            }
            HeapType::Exact(_) => false,
        }
    }

    /// What objects of a type consist of; none where it is a type of functions.
    pub(super) fn object(&self, index: u32) -> Option<&Object> {
        self.types.get(index as usize)?.object.as_ref()
    }

    /// The indices of the types of objects that are `fit`.
    pub(super) fn objects(&self, fit: impl Fn(&Object) -> bool) -> Vec<u32> {
        let all = 0..self.types.len() as u32;
        all.filter(|index| self.object(*index).is_some_and(&fit)).collect()
    }

    /// Chooses one of several, if there are any.
    pub(super) fn one_of<T: Copy>(&mut self, all: &[T]) -> Option<T> {
        (!all.is_empty()).then(|| all[self.below(all.len())])
    }

    /// Chooses a reference under `any`. If it is to objects of a type, that type is one of the first `known` types.
    pub(super) fn object_type(&mut self, known: usize) -> ValType {
        let heap_type = match self.below(8) {
            0 | 1 => NAMED[self.below(NAMED.len())],
            2 if self.one_in(4) => heap(None),
            _ if known == 0 => heap(Any),
            _ => HeapType::Concrete(self.below(known) as u32),
        };
        let some = self.one_in(6) && heap_type != heap(None);
        ValType::Ref(RefType { nullable: !some, heap_type })
    }

    /// Makes the first types of a module with objects.
    pub(super) fn make_first_objects(&mut self) {
        for array in [false, true] {
            let fields = (0..1 + self.below(3)).map(|_| self.plain_field()).collect::<Vec<_>>();
            let object = if array { Object::Array(fields[0]) } else { Object::Struct(fields) };
            self.types.push(Type { is_final: false, object: Some(object), ..Type::default() });
            self.groups.push(self.types.len());
        }
    }

    /// Chooses a field that refers to no type of the module.
    fn plain_field(&mut self) -> FieldType {
        let numbers = [ValType::I32, ValType::I64, ValType::F32, ValType::F64, ValType::V128];
        let element_type = match self.below(10) {
            0 => StorageType::I8,
            1 => StorageType::I16,
            2 => StorageType::Val(ValType::Ref(RefType::EXTERNREF)),
            3 if self.one_in(2) => StorageType::Val(ValType::Ref(RefType::FUNCREF)),
            3 => StorageType::Val(ValType::Ref(self.has.instead_of(RefType::EXNREF))),
            4 | 5 => StorageType::Val(ValType::Ref(maybe(NAMED[self.below(NAMED.len())]))),
            _ => {
                let number = numbers[self.below(numbers.len())];
                StorageType::Val(self.has.instead(number))
            }
        };
        FieldType { element_type, mutable: !self.one_in(4) }
    }

    /// Chooses a field, which may refer to the first `known` types, and may be to the first `settled` of them
    /// without null.
    fn field(&mut self, known: usize, settled: usize) -> FieldType {
        let mut field = self.plain_field();
        match self.below(8) {
            0..3 => {
                let index = self.below(known) as u32;
                field.element_type = StorageType::Val(nullable(index));
            }
            3 => {
                let all = 0..settled as u32;
                let small = |i: &u32| self.object(*i).is_some_and(Object::has_null_everywhere);
                let small: Vec<u32> = all.filter(small).collect();
                let ty = match self.one_of(&small) {
                    Some(index) if self.one_in(2) => non_null(index),
                    _ => ValType::Ref(some(NAMED[self.below(3)])),
                };
                field.element_type = StorageType::Val(ty);
            }
            _ => {}
        }
        field
    }

    /// Makes a type of objects in a group of `size` types that begins at `start`.
    pub(super) fn make_object(&mut self, start: usize, size: usize) -> Type {
        let known = start + size;
        let open = self.objects(|_| true);
        let open: Vec<u32> =
            open.into_iter().filter(|i| !self.types[*i as usize].is_final).collect();
        let up = self.one_of(&open).filter(|_| self.one_in(2));
        let object = match up.and_then(|up| self.object(up).cloned()) {
            Some(Object::Struct(mut fields)) => {
                for _ in 0..self.below(3) {
                    fields.push(self.field(known, start));
                }
                fields.iter_mut().for_each(|field| self.refine(field));
                Object::Struct(fields)
            }
            Some(Object::Array(mut element)) => {
                self.refine(&mut element);
                Object::Array(element)
            }
            Option::None if self.one_in(3) => Object::Array(self.field(known, start)),
            Option::None => {
                Object::Struct((0..self.below(6)).map(|_| self.field(known, start)).collect())
            }
        };
        let is_final = self.one_in(3);
        Type { supertype: up, is_final, object: Some(object), ..Type::default() }
    }

    /// Makes a field of a subtype that of a supertype, sometimes one that holds less.
    fn refine(&mut self, field: &mut FieldType) {
        let StorageType::Val(ValType::Ref(held)) = field.element_type else { return };
        if field.mutable || held.heap_type != heap(Any) || !self.one_in(2) {
            return;
        }
        let heap_type = NAMED[1 + self.below(2)];
        field.element_type =
            StorageType::Val(ValType::Ref(RefType { nullable: held.nullable, heap_type }));
    }

    /// Whether [`Maker::fresh`] can make a value of the heap type.
    pub(super) fn can_be_fresh(&self, heap: HeapType) -> bool {
        match heap {
            HeapType::Concrete(index) if self.object(index).is_none() => {
                self.funcs.iter().any(|ty| self.is_subtype(*ty, index))
            }
            HeapType::Abstract { ty, .. } => match ty {
                None | NoExtern | NoFunc | Exn | NoExn => false,
                Extern => self.has.gc,
                _ => true,
            },
            _ => true,
        }
    }

    /// Makes constant instructions that give a new value which is not null.
    pub(super) fn fresh(&mut self, wanted: HeapType, out: &mut Vec<Instruction<'static>>) {
        let structs = |object: &Object| matches!(object, Object::Struct(_));
        let index = match wanted {
            HeapType::Concrete(index) => index,
            HeapType::Abstract { ty: Func, .. } => {
                let some = self.below(self.funcs.len());
                return out.push(RefFunc(some as u32));
            }
            HeapType::Abstract { ty: Extern, .. } => {
                self.fresh(heap(Any), out);
                return out.push(ExternConvertAny);
            }
            HeapType::Abstract { ty: Any | Eq, .. } if self.one_in(2) => {
                let all = self.objects(|_| true);
                self.one_of(&all).expect("there are types of objects")
            }
            HeapType::Abstract { ty: ty @ (Struct | Array), .. } => {
                let all = self.objects(|object| structs(object) == (ty == Struct));
                self.one_of(&all).expect("there are types of both")
            }
            _ => {
                let number = self.random.number() as i32;
                let edges = [0, -1, 1, 0x3fff_ffff, 0x4000_0000, i32::MIN];
                let number = if self.one_in(2) { number } else { edges[self.below(6)] };
                return out.extend([I32Const(number), RefI31]);
            }
        };
        match self.object(index).cloned() {
            Some(object) => self.fresh_object(index, &object, out),
            Option::None => {
                let function = self.function_of(index).expect("it can be fresh");
                out.push(RefFunc(function));
            }
        }
    }

    fn fresh_object(&mut self, index: u32, object: &Object, out: &mut Vec<Instruction<'static>>) {
        let default = object.has_null_everywhere() && self.one_in(3);
        match object {
            Object::Struct(_) if default => out.push(StructNewDefault(index)),
            Object::Struct(fields) => {
                fields.iter().for_each(|field| self.fresh_field(field, out));
                out.push(StructNew(index));
            }
            Object::Array(element) => {
                let length = self.below(16) as i32 | i32::from(!self.one_in(8));
                if default {
                    return out.extend([I32Const(length), ArrayNewDefault(index)]);
                }
                if self.one_in(2) {
                    self.fresh_field(element, out);
                    return out.extend([I32Const(length), ArrayNew(index)]);
                }
                let array_size = self.below(4) as u32 | u32::from(!self.one_in(8));
                (0..array_size).for_each(|_| self.fresh_field(element, out));
                out.push(ArrayNewFixed { array_type_index: index, array_size });
            }
        }
    }

    fn fresh_field(&mut self, field: &FieldType, out: &mut Vec<Instruction<'static>>) {
        let bits = self.random.number();
        out.push(match unpacked(field) {
            ValType::I32 => I32Const(bits as i32),
            ValType::I64 => I64Const(bits as i64),
            ValType::F32 => F32Const(Ieee32::new((bits as u16).into())),
            ValType::F64 => F64Const(Ieee64::new(bits >> 12)),
            ValType::V128 => V128Const(i128::from(bits) << 32 | 0xff),
            ValType::Ref(RefType { nullable: true, heap_type }) => RefNull(heap_type),
            ValType::Ref(RefType { heap_type: HeapType::Concrete(index), .. }) => {
                let small = self.object(index).cloned().expect("a field without null");
                return self.fresh_object(index, &small, out);
            }
            ValType::Ref(_) => return out.extend([I32Const(bits as i32), RefI31]),
        });
    }
}
