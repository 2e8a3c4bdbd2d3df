//! Makes the types of a module, and says which type is a subtype of which.

use super::*;

impl Maker {
    /// Chooses a value type. If it is a reference to functions or objects of a type, that type is one of the first
    /// `known` types.
    pub(super) fn value_type(&mut self, known: usize) -> ValType {
        if self.has.gc && self.one_in(3) {
            return self.object_type(known);
        }
        let ty = match self.below(16) {
            0..3 => I32,
            3..6 => I64,
            6 | 7 => F32,
            8 | 9 => F64,
            10 | 11 => V128,
            12 => ValType::Ref(RefType::FUNCREF),
            13 => ValType::Ref(RefType::EXTERNREF),
            14 if self.one_in(2) => ValType::Ref(RefType::EXNREF),
            _ if known == 0 => ValType::Ref(RefType::EXTERNREF),
            _ => {
                let index = self.below(known) as u32;
                if self.one_in(4) { non_null(index) } else { nullable(index) }
            }
        };
        self.has.instead(ty)
    }

    pub(super) fn value_types(&mut self, most: usize, known: usize) -> Vec<ValType> {
        let count = self.below(most + 1);
        (0..count).map(|_| self.value_type(known)).collect()
    }

    pub(super) fn make_types(&mut self) {
        // These are types with references for which hosts can make functions.
        let externref = ValType::Ref(RefType::EXTERNREF);
        for (params, results) in
            [(vec![externref, I32, F64], vec![externref, I64]), (vec![I32, externref], vec![])]
        {
            self.types.push(Type { params, results, ..Type::default() });
            self.groups.push(self.types.len());
        }
        if self.has.gc {
            let anyref = ValType::Ref(RefType::ANYREF);
            let (params, results) = (vec![I32, anyref], vec![anyref]);
            self.types.push(Type { params, results, ..Type::default() });
            self.groups.push(self.types.len());
            self.make_first_objects();
        }
        let groups = if self.has.gc { 3 } else { 1 };
        for _ in 0..groups + self.below(4) {
            let mut size = if self.one_in(2) { 1 } else { 1 + self.below(3) };
            if !self.has.gc {
                size = 1;
            }
            let start = self.types.len();
            for _ in 0..size {
                if self.has.gc && !self.one_in(3) {
                    let ty = self.make_object(start, size);
                    self.types.push(ty);
                    continue;
                }
                let open = |i: &usize| !self.types[*i].is_final && self.types[*i].object.is_none();
                let open: Vec<usize> = (0..self.types.len()).filter(open).collect();
                let is_final = self.one_in(2) || !self.has.gc;
                let ty = if !open.is_empty() && self.one_in(3) {
                    // A type with the same signature is a subtype.
                    let i = open[self.below(open.len())];
                    let Type { params, results, .. } = &self.types[i];
                    let (params, mut results) = (params.clone(), results.clone());
                    for ty in &mut results {
                        if let ValType::Ref(ty) = ty
                            && matches!(ty.heap_type, HeapType::Concrete(_))
                            && !self.is_object(ty.heap_type)
                        {
                            ty.nullable = false;
                        }
                    }
                    Type { params, results, supertype: Some(i as u32), is_final, object: None }
                } else {
                    // Types of one group may refer to each other.
                    let known = if self.has.gc { start + size } else { start };
                    let params = self.value_types(4, known);
                    let results = self.value_types(3, known);
                    Type { params, results, is_final, ..Type::default() }
                };
                self.types.push(ty);
            }
            self.groups.push(self.types.len());
        }
    }

    /// The position of a type that stands alone; the type is made if there is none.
    pub(super) fn type_of(&mut self, params: Vec<ValType>, results: Vec<ValType>) -> u32 {
        let grouped = self.groups.last().copied().unwrap_or(0);
        let same = |t: &Type| t.params == params && t.results == results && t.object.is_none();
        if let Some(i) = self.types[grouped..].iter().position(same) {
            return (grouped + i) as u32;
        }
        self.types.push(Type { params, results, ..Type::default() });
        self.types.len() as u32 - 1
    }

    /// Whether the type `sub` is a declared subtype of the type `ty`, or that type.
    pub(super) fn is_subtype(&self, mut sub: u32, ty: u32) -> bool {
        loop {
            if sub == ty {
                return true;
            }
            match self.types[sub as usize].supertype {
                Some(up) => sub = up,
                None => return false,
            }
        }
    }

    /// Whether a value of type `sub` is one of type `ty`.
    pub(super) fn matches(&self, sub: ValType, ty: ValType) -> bool {
        match (sub, ty) {
            (ValType::Ref(sub), ValType::Ref(ty)) => {
                (ty.nullable || !sub.nullable) && self.is_under(sub.heap_type, ty.heap_type)
            }
            _ => sub == ty,
        }
    }

    /// Whether what `sub` refers to is what `ty` refers to.
    pub(super) fn is_under(&self, sub: HeapType, ty: HeapType) -> bool {
        use HeapType::{Abstract, Concrete};
        use wasm_encoder::AbstractHeapType::{Any, Array, Eq, Exn, Extern, Func, I31};
        use wasm_encoder::AbstractHeapType::{NoExn, NoExtern, NoFunc, None, Struct};
        if sub == ty {
            return true;
        }
        match (sub, ty) {
            (Concrete(sub), Concrete(ty)) => self.is_subtype(sub, ty),
            (Concrete(sub), Abstract { ty, .. }) => match self.object(sub) {
                Some(Object::Struct(_)) => matches!(ty, Struct | Eq | Any),
                Some(Object::Array(_)) => matches!(ty, Array | Eq | Any),
                Option::None => ty == Func,
            },
            (Abstract { ty: None, .. }, ty) => self.is_object(ty),
            (Abstract { ty: sub, .. }, Abstract { ty, .. }) => match sub {
                I31 | Struct | Array => matches!(ty, Eq | Any),
                Eq => ty == Any,
                NoExtern => ty == Extern,
                NoFunc => ty == Func,
                NoExn => ty == Exn,
                _ => false,
            },
            _ => false,
        }
    }
}
