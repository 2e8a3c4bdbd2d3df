//! Makes values by instructions on objects: objects themselves, what they hold, and what casts say of them.
//!
//! Most of it does not trap: where a reference may be null or a cast may fail, a branch mostly leads to a fresh
//! object instead, and most indices are taken modulo the number of elements.

use super::object_types::{NAMED, maybe, some, unpacked};
use super::*;

impl Body<'_> {
    /// Makes a value of the type that an object holds; says whether there are such objects.
    pub(super) fn held(&mut self, ty: ValType) -> bool {
        let maker = &self.maker;
        let fits = |field: &FieldType| maker.matches(unpacked(field), ty);
        let fit = maker.objects(|object| object.fields().iter().any(fits));
        let Some(index) = self.maker.one_of(&fit) else { return false };
        let maker = &self.maker;
        match maker.object(index) {
            Some(Object::Struct(fields)) => {
                let all = 0..fields.len() as u32;
                let fit: Vec<u32> =
                    all.filter(|i| maker.matches(unpacked(&fields[*i as usize]), ty)).collect();
                let at = fit[self.below(fit.len())];
                self.operand(index);
                self.get_field(index, at);
            }
            _ => {
                self.element(index);
                self.get_element(index);
            }
        }
        true
    }

    fn field(&self, index: u32, at: u32) -> FieldType {
        let object = self.maker.object(index);
        object.expect("a type of objects").fields()[at as usize]
    }

    fn get_field(&mut self, struct_type_index: u32, field_index: u32) {
        let signed = self.one_in(2);
        let field = self.field(struct_type_index, field_index);
        self.push(match field.element_type {
            StorageType::Val(_) => StructGet { struct_type_index, field_index },
            _ if signed => StructGetS { struct_type_index, field_index },
            _ => StructGetU { struct_type_index, field_index },
        });
    }

    fn get_element(&mut self, index: u32) {
        let signed = self.one_in(2);
        self.push(match self.field(index, 0).element_type {
            StorageType::Val(_) => ArrayGet(index),
            _ if signed => ArrayGetS(index),
            _ => ArrayGetU(index),
        });
    }

    /// Makes a reference to an object of the type, which is mostly not null.
    pub(super) fn operand(&mut self, index: u32) {
        let ty = if self.one_in(64) { nullable(index) } else { non_null(index) };
        self.value(ty);
    }

    /// Makes an array and an index, mostly of one of its elements.
    pub(super) fn element(&mut self, index: u32) {
        self.operand(index);
        match self.local_of(nullable(index)) {
            Some(local) if !self.one_in(12) => {
                self.push(LocalTee(local));
                self.value(I32);
                // The value may have written the local.
                self.out.extend([LocalGet(local), RefIsNull, If(BlockType::Result(I32))]);
                self.out.extend([I32Const(1), Else, LocalGet(local), ArrayLen, I32Const(1), I32Or]);
                self.out.extend([End, I32RemU]);
            }
            _ => {
                self.value(I32);
                self.out.extend([I32Const(3), I32And]);
            }
        }
    }

    /// Makes a new object whose fields are any values.
    pub(super) fn new_object(&mut self, index: u32) {
        let element = match self.maker.object(index) {
            Some(Object::Struct(fields)) => {
                for field in fields.clone() {
                    self.value(unpacked(&field));
                }
                return self.push(StructNew(index));
            }
            Some(Object::Array(element)) => *element,
            None => return self.constant(non_null(index)),
        };
        match self.below(8) {
            0..2 => {
                let array_size = 1 + self.below(5) as u32;
                (0..array_size).for_each(|_| self.value(unpacked(&element)));
                self.push(ArrayNewFixed { array_type_index: index, array_size });
            }
            2..5 if self.new_of_segment(index, &element) => {}
            _ => {
                self.value(unpacked(&element));
                self.value(I32);
                // Few arrays are large, and even fewer are too large.
                let most = if self.one_in(24) { 0xfff } else { 15 };
                self.out.extend([I32Const(most), I32And, I32Const(1), I32Or]);
                self.push(ArrayNew(index));
            }
        }
    }

    /// Makes an array of a passive segment; says whether there is one that fits.
    fn new_of_segment(&mut self, array_type_index: u32, element: &FieldType) -> bool {
        let segment = self.segment_for(element);
        let Some(segment) = segment else { return false };
        self.value(I32);
        self.out.extend([I32Const(1), I32And]);
        self.value(I32);
        self.out.extend([I32Const(if self.maker.one_in(16) { 63 } else { 1 }), I32And]);
        self.push(match matches!(unpacked(element), ValType::Ref(_)) {
            false => ArrayNewData { array_type_index, array_data_index: segment },
            true => ArrayNewElem { array_type_index, array_elem_index: segment },
        });
        true
    }

    /// Chooses a passive segment of which elements can be made.
    pub(super) fn segment_for(&mut self, element: &FieldType) -> Option<u32> {
        let ty = unpacked(element);
        if !matches!(ty, ValType::Ref(_)) {
            return Some(self.below(self.maker.data as usize) as u32);
        }
        let maker = &self.maker;
        let all = 0..maker.elems.len() as u32;
        let fits = |i: &u32| maker.matches(ValType::Ref(maker.elems[*i as usize]), ty);
        let fit: Vec<u32> = all.filter(fits).collect();
        self.maker.one_of(&fit)
    }

    /// Makes a reference under `any` or to an external value by an instruction on objects.
    pub(super) fn object_reference(&mut self, ty: RefType) {
        let wanted = ty.heap_type;
        match self.below(12) {
            0 | 1 => match self.under(wanted) {
                Some(heap_type) => self.value(ValType::Ref(RefType { heap_type, ..ty })),
                None => self.leaf(ValType::Ref(ty)),
            },
            2..4 if self.held(ValType::Ref(ty)) => {}
            4..7 if self.new_under(wanted) => {}
            7 | 8 if self.maker.is_object(wanted) => self.cast(ty),
            9 if wanted == HeapType::ANY => {
                let external = RefType { heap_type: HeapType::EXTERN, ..ty };
                self.value(ValType::Ref(external));
                self.push(AnyConvertExtern);
            }
            9 | 10 if wanted == HeapType::EXTERN => {
                self.value(ValType::Ref(RefType { heap_type: HeapType::ANY, ..ty }));
                self.push(ExternConvertAny);
            }
            9..11 if wanted == HeapType::I31 || wanted == HeapType::ANY => {
                self.value(I32);
                self.push(RefI31);
            }
            _ => self.leaf(ValType::Ref(ty)),
        }
    }

    /// Chooses a heap type that contains less than this one.
    fn under(&mut self, ty: HeapType) -> Option<HeapType> {
        let maker = &self.maker;
        let count = maker.groups.last().copied().unwrap_or(0) as u32;
        let all = NAMED.into_iter().chain((0..count).map(HeapType::Concrete));
        let fit: Vec<HeapType> = all.filter(|sub| *sub != ty && maker.is_under(*sub, ty)).collect();
        self.maker.one_of(&fit)
    }

    /// Makes a new object of a type under this one; says whether there are such types.
    fn new_under(&mut self, ty: HeapType) -> bool {
        let maker = &self.maker;
        let fit = maker.objects(|_| true).into_iter();
        let fit: Vec<u32> = fit.filter(|i| maker.is_under(HeapType::Concrete(*i), ty)).collect();
        let index = self.maker.one_of(&fit);
        index.into_iter().for_each(|index| self.new_object(index));
        index.is_some()
    }

    /// Chooses a type from which references can be cast to this one.
    pub(super) fn above(&mut self, ty: HeapType) -> RefType {
        let maker = &self.maker;
        let count = maker.groups.last().copied().unwrap_or(0) as u32;
        let all = NAMED.into_iter().chain((0..count).map(HeapType::Concrete));
        let fit: Vec<HeapType> = all.filter(|up| maker.is_under(ty, *up)).collect();
        let heap_type = self.maker.one_of(&fit).unwrap_or(HeapType::ANY);
        RefType { nullable: !self.one_in(4), heap_type }
    }

    /// Makes a reference by a cast, which mostly branches where it fails.
    fn cast(&mut self, to: RefType) {
        let from = self.above(to.heap_type);
        // What is not null cannot be cast to what may be.
        let to_ref_type = RefType { nullable: to.nullable && from.nullable, ..to };
        let (result, from_ref_type) = (ValType::Ref(to_ref_type), from);
        let rest = if to_ref_type.nullable { some(from.heap_type) } else { from };
        let can_be_made = to_ref_type.nullable || self.maker.can_be_fresh(to.heap_type);
        match self.below(8) {
            _ if !can_be_made || self.one_in(if to_ref_type.nullable { 6 } else { 20 }) => {
                self.value(ValType::Ref(from));
                self.push(match to_ref_type.nullable {
                    true => RefCastNullable(to.heap_type),
                    false => RefCastNonNull(to.heap_type),
                });
            }
            0..4 => {
                self.enter(Block(BlockType::Result(result)), vec![result]);
                self.value(ValType::Ref(from));
                self.push(BrOnCast { relative_depth: 0, from_ref_type, to_ref_type });
                self.keep(rest);
                self.constant(result);
                self.leave();
            }
            _ => {
                let rest_type = ValType::Ref(rest);
                self.enter(Block(BlockType::Result(result)), vec![result]);
                self.enter(Block(BlockType::Result(rest_type)), vec![rest_type]);
                self.value(ValType::Ref(from));
                self.push(BrOnCastFail { relative_depth: 0, from_ref_type, to_ref_type });
                self.push(Br(1));
                self.leave();
                self.keep(rest);
                self.constant(result);
                self.leave();
            }
        }
    }

    /// Takes a reference from the stack, into a local if there is one.
    pub(super) fn keep(&mut self, ty: RefType) {
        match self.local_of(ValType::Ref(maybe(ty.heap_type))) {
            Some(local) => self.push(LocalSet(local)),
            None => self.push(Drop),
        }
    }

    /// Makes a number that tells something about references.
    pub(super) fn number_of_objects(&mut self) {
        let number = ValType::Ref(some(HeapType::I31));
        match self.below(8) {
            0 | 1 => {
                let (null, signed) = (self.one_in(48), self.one_in(2));
                self.value(if null { ValType::Ref(RefType::I31REF) } else { number });
                self.push(if signed { I31GetS } else { I31GetU });
            }
            2 => {
                let array = some(NAMED[4]);
                self.value(ValType::Ref(array));
                self.push(ArrayLen);
            }
            3 | 4 => {
                let eq = ValType::Ref(RefType::EQREF);
                self.value(eq);
                match self.local_of(eq) {
                    // Equal references are rare otherwise.
                    Some(local) if self.one_in(2) => {
                        self.out.extend([LocalTee(local), LocalGet(local)])
                    }
                    _ => self.value(eq),
                }
                self.push(RefEq);
            }
            _ => {
                let count = self.maker.groups.last().copied().unwrap_or(0);
                let ty = match self.maker.object_type(count) {
                    ValType::Ref(ty) if self.maker.is_object(ty.heap_type) => ty,
                    _ => RefType::EQREF,
                };
                let from = self.above(ty.heap_type);
                self.value(ValType::Ref(from));
                self.push(match ty.nullable {
                    true => RefTestNullable(ty.heap_type),
                    false => RefTestNonNull(ty.heap_type),
                });
            }
        }
    }
}
