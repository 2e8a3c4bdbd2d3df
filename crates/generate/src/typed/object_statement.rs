//! Makes statements that write objects.

use super::object_types::unpacked;
use super::*;

impl Body<'_> {
    pub(super) fn object_statement(&mut self) {
        let writable = |object: &Object| object.fields().iter().any(|field| field.mutable);
        let fit = self.maker.objects(writable);
        let Some(index) = self.maker.one_of(&fit) else { return };
        match self.maker.object(index).cloned() {
            Some(Object::Struct(fields)) => {
                let all = 0..fields.len() as u32;
                let fit: Vec<u32> = all.filter(|i| fields[*i as usize].mutable).collect();
                let at = fit[self.below(fit.len())];
                self.operand(index);
                self.value(unpacked(&fields[at as usize]));
                self.push(StructSet { struct_type_index: index, field_index: at });
            }
            Some(Object::Array(element)) => self.array_statement(index, &element),
            None => {}
        }
    }

    fn array_statement(&mut self, index: u32, element: &FieldType) {
        let ty = unpacked(element);
        match self.below(10) {
            0 | 1 => {
                self.element(index);
                self.value(ty);
                self.few(1);
                self.push(ArrayFill(index));
            }
            2..5 => {
                let maker = &self.maker;
                let from = |object: &Object| match object {
                    Object::Array(other) => match (other.element_type, element.element_type) {
                        (StorageType::Val(other), StorageType::Val(own)) => {
                            maker.matches(other, own)
                        }
                        (other, own) => other == own,
                    },
                    Object::Struct(_) => false,
                };
                let fit = maker.objects(from);
                let source = self.maker.one_of(&fit).unwrap_or(index);
                match self.local_of(nullable(index)) {
                    // One array overlaps itself.
                    Some(local) if source == index && self.one_in(2) => {
                        self.operand(index);
                        self.out.extend([LocalSet(local), LocalGet(local)]);
                        self.few(3);
                        self.out.push(LocalGet(local));
                        self.few(3);
                    }
                    _ => {
                        self.element(index);
                        self.element(source);
                    }
                }
                self.few(1);
                self.push(ArrayCopy { array_type_index_dst: index, array_type_index_src: source });
            }
            5 | 6 if self.one_in(2) => {
                let Some(segment) = self.segment_for(element) else { return };
                self.element(index);
                self.few(3);
                self.few(1);
                self.push(match ty {
                    ValType::Ref(_) => {
                        ArrayInitElem { array_type_index: index, array_elem_index: segment }
                    }
                    _ => ArrayInitData { array_type_index: index, array_data_index: segment },
                });
            }
            _ => {
                self.element(index);
                self.value(ty);
                self.push(ArraySet(index));
            }
        }
    }

    /// Makes a number of elements, mostly one of `0..=mask`.
    fn few(&mut self, mask: i32) {
        self.value(I32);
        if !self.one_in(24) {
            self.out.extend([I32Const(mask), I32And]);
        }
    }

    /// Makes a loop that puts one new object in front of another: a list, whose head is in a local.
    pub(super) fn list(&mut self) {
        let maker = &self.maker;
        let links = |i: &u32| match maker.object(*i) {
            Some(Object::Struct(fields)) => {
                fields.iter().any(|field| maker.matches(nullable(*i), unpacked(field)))
            }
            _ => false,
        };
        let fit: Vec<u32> = maker.objects(|_| true).into_iter().filter(links).collect();
        let Some(index) = self.maker.one_of(&fit) else { return };
        let Some(Object::Struct(fields)) = self.maker.object(index).cloned() else { return };
        let (Some(head), Some(count)) = (self.local_of(nullable(index)), self.local_of(I32)) else {
            return;
        };
        self.push(I32Const(0));
        self.push(LocalSet(count));
        self.enter(Loop(BlockType::Empty), Vec::new());
        self.fuel();
        for field in fields {
            let ty = unpacked(&field);
            match self.maker.matches(nullable(index), ty) {
                true => self.push(LocalGet(head)),
                false => self.leaf(ty),
            }
        }
        let length = 1 + self.below(40) as i32;
        self.push(StructNew(index));
        self.out.extend([LocalSet(head), LocalGet(count), I32Const(1), I32Add, LocalTee(count)]);
        self.out.extend([I32Const(length), I32LtU, BrIf(0)]);
        self.leave();
    }
}
