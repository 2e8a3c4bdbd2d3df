//! Encodes a module, and what of it is made only now: constant expressions and bytes.

use super::*;

impl Maker {
    pub(super) fn encode(&mut self) -> Vec<u8> {
        let bodies: Vec<Function> =
            (self.imported..self.funcs.len() as u32).map(|f| Body::make(self, f)).collect();
        let mut module = Module::new();
        let mut types = TypeSection::new();
        let sub = |t: &Type| SubType {
            is_final: t.is_final,
            supertype_idxs: t.supertype.into_iter().collect(),
            composite_type: CompositeType {
                inner: match &t.object {
                    None => CompositeInnerType::Func(FuncType::new(
                        t.params.iter().copied(),
                        t.results.iter().copied(),
                    )),
                    Some(Object::Struct(fields)) => {
                        CompositeInnerType::Struct(StructType { fields: fields.clone().into() })
                    }
                    Some(Object::Array(element)) => CompositeInnerType::Array(ArrayType(*element)),
                },
                shared: false,
                descriptor: None,
                describes: None,
            },
        };
        let mut start = 0;
        for end in self.groups.iter().copied() {
            let members: Vec<SubType> = self.types[start..end].iter().map(sub).collect();
            match &members[..] {
                [one] => types.ty().subtype(one),
                _ => types.ty().rec(members),
            }
            start = end;
        }
        self.types[start..].iter().for_each(|t| types.ty().subtype(&sub(t)));
        module.section(&types);
        let mut imports = ImportSection::new();
        for f in 0..self.imported {
            imports.import("h", &format!("f{f}"), EntityType::Function(self.funcs[f as usize]));
        }
        module.section(&imports);
        let mut functions = FunctionSection::new();
        self.funcs[self.imported as usize..].iter().for_each(|t| {
            functions.function(*t);
        });
        module.section(&functions);
        let mut tables = TableSection::new();
        for i in 0..self.tables.len() {
            let ty = self.tables[i].ty;
            match self.is_object(ty.element_type.heap_type) && self.one_in(2) {
                true => tables.table_with_init(ty, &self.constant_reference(ty.element_type)),
                false => tables.table(ty),
            };
        }
        module.section(&tables);
        let mut memories = MemorySection::new();
        self.memories.iter().for_each(|m| {
            memories.memory(m.ty);
        });
        module.section(&memories);
        let mut tags = TagSection::new();
        self.tags.iter().for_each(|t| {
            tags.tag(TagType { kind: TagKind::Exception, func_type_idx: *t });
        });
        if !tags.is_empty() {
            module.section(&tags);
        }
        self.encode_globals(&mut module);
        self.encode_exports(&mut module);
        self.encode_elements(&mut module);
        module.section(&DataCountSection { count: self.data + self.memories.len() as u32 });
        let mut code = CodeSection::new();
        bodies.iter().for_each(|b| {
            code.function(b);
        });
        module.section(&code);
        let mut data = DataSection::new();
        // Arrays are made of these.
        let least = if self.has.gc { 48 } else { 0 };
        for _ in 0..self.data {
            data.passive(
                (0..least + self.below(64)).map(|_| self.random.number() as u8).collect::<Vec<_>>(),
            );
        }
        for (i, memory) in self.memories.iter().enumerate() {
            let bytes: Vec<u8> =
                (0..200).flat_map(|_| self.random.number().to_le_bytes()).collect();
            let offset =
                if memory.ty.memory64 { ConstExpr::i64_const(3) } else { ConstExpr::i32_const(3) };
            data.active(i as u32, &offset, bytes);
        }
        module.section(&data);
        module.finish()
    }

    fn encode_globals(&mut self, module: &mut Module) {
        let mut globals = GlobalSection::new();
        for i in 0..self.globals.len() {
            let Global { ty, mutable } = self.globals[i];
            let bits = self.random.number();
            let init = match ty {
                I32 if self.one_in(2) && self.has.extended_const => {
                    ConstExpr::i32_const(bits as i32).with_i32_const(77).with_i32_mul()
                }
                I32 => ConstExpr::i32_const(bits as i32),
                I64 if self.one_in(2) && self.has.extended_const => {
                    ConstExpr::i64_const(bits as i64).with_i64_const(-9).with_i64_sub()
                }
                I64 => ConstExpr::i64_const(bits as i64),
                F32 => ConstExpr::f32_const(Ieee32::new((bits as u16).into())),
                F64 => ConstExpr::f64_const(Ieee64::new(bits >> 12)),
                V128 => ConstExpr::v128_const(i128::from(bits) << 32),
                ValType::Ref(t) if self.is_object(t.heap_type) => self.constant_reference(t),
                ValType::Ref(RefType { nullable, heap_type: HeapType::Concrete(t) }) => {
                    match self.function_of(t) {
                        Some(f) if !nullable || self.one_in(2) => ConstExpr::ref_func(f),
                        None if !nullable => {
                            // There is no such function, so the global becomes a number; any number will do.
                            self.globals[i] = Global { ty: I32, mutable };
                            ConstExpr::i32_const(1)
                        }
                        _ => ConstExpr::ref_null(HeapType::Concrete(t)),
                    }
                }
                ValType::Ref(t) => ConstExpr::ref_null(t.heap_type),
            };
            let Global { ty, mutable } = self.globals[i];
            globals.global(GlobalType { val_type: ty, mutable, shared: false }, &init);
        }
        let fuel = if self.one_in(8) { 10 * self.full } else { self.full };
        let ty = GlobalType { val_type: I32, mutable: true, shared: false };
        globals.global(ty, &ConstExpr::i32_const(fuel));
        module.section(&globals);
    }

    fn encode_exports(&mut self, module: &mut Module) {
        let mut exports = ExportSection::new();
        for f in 0..self.funcs.len() as u32 {
            exports.export(&format!("f{f}"), ExportKind::Func, f);
        }
        for i in 0..self.tables.len() as u32 {
            exports.export(&format!("t{i}"), ExportKind::Table, i);
        }
        for i in 0..self.memories.len() as u32 {
            exports.export(&format!("m{i}"), ExportKind::Memory, i);
        }
        for i in 0..self.globals.len() as u32 {
            exports.export(&format!("g{i}"), ExportKind::Global, i);
        }
        exports.export(FUEL, ExportKind::Global, self.fuel);
        module.section(&exports);
    }

    fn encode_elements(&mut self, module: &mut Module) {
        let mut elements = ElementSection::new();
        for i in 0..self.elems.len() {
            let ty = self.elems[i];
            let least = if self.has.gc { 4 } else { 0 };
            let exprs: Vec<ConstExpr> = (0..least + self.below(8))
                .map(|_| match ty == RefType::FUNCREF {
                    true => ConstExpr::ref_func(self.below(self.funcs.len()) as u32),
                    false => self.constant_reference(ty),
                })
                .collect();
            elements.passive(Elements::Expressions(ty, exprs.into()));
        }
        for (i, table) in self.tables.iter().enumerate() {
            if table.elements.is_empty() {
                continue;
            }
            let offset = match table.ty.table64 {
                true => ConstExpr::i64_const(0),
                false => ConstExpr::i32_const(0),
            };
            let exprs: Vec<ConstExpr> =
                table.elements.iter().map(|f| ConstExpr::ref_func(*f)).collect();
            let exprs = Elements::Expressions(table.ty.element_type, exprs.into());
            elements.active(Some(i as u32), &offset, exprs);
        }
        let all: Vec<u32> = (0..self.funcs.len() as u32).collect();
        elements.declared(Elements::Functions(all.into()));
        module.section(&elements);
    }

    /// A constant expression for a reference; null unless it is to objects.
    fn constant_reference(&mut self, ty: RefType) -> ConstExpr {
        let fresh = self.has.gc && self.can_be_fresh(ty.heap_type);
        if !fresh || ty.nullable && self.one_in(3) {
            return ConstExpr::ref_null(ty.heap_type);
        }
        let mut out = Vec::new();
        self.fresh(ty.heap_type, &mut out);
        ConstExpr::extended(out)
    }
}
