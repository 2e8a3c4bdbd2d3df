//! Makes values: the instructions of an expression of a given type.

use super::*;

impl Body<'_> {
    pub(super) fn make(maker: &mut Maker, function: u32) -> Function {
        let ty = &maker.types[maker.funcs[function as usize] as usize];
        let (params, results) = (ty.params.clone(), ty.results.clone());
        let mut locals = params.clone();
        let scratch = locals.len() as u32;
        locals.extend([F32, F64, maker.has.instead(V128)]);
        for _ in 0..maker.below(10) {
            let ty = maker.value_type(maker.groups.last().copied().unwrap_or(0));
            if has_default(&ty) {
                locals.push(ty);
            }
        }
        if maker.has.gc {
            locals.extend([I32, ValType::Ref(RefType::ANYREF), ValType::Ref(RefType::EQREF)]);
            locals.extend(maker.objects(|_| true).into_iter().map(nullable));
        }
        let budget = [30, 100, 300, 800][maker.below(4)];
        let mut body = Body {
            maker,
            function,
            locals,
            results: results.clone(),
            labels: vec![results.clone()],
            out: Vec::new(),
            budget,
            depth: 0,
            scratch,
        };
        body.fuel();
        body.fill_locals();
        while body.budget > 0 && !body.one_in(12) {
            body.statement();
        }
        results.iter().for_each(|ty| body.value(*ty));
        body.out.push(End);
        let mut made = Function::new_with_locals_types(body.locals[params.len()..].iter().copied());
        body.out.iter().for_each(|i| {
            made.instruction(i);
        });
        made
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.maker.below(bound)
    }

    pub(super) fn one_in(&mut self, count: u64) -> bool {
        self.maker.one_in(count)
    }

    pub(super) fn push(&mut self, instruction: Instruction<'static>) {
        self.budget -= 1;
        self.out.push(instruction);
    }

    /// Makes instructions that use up fuel, and that return if there is none left, or trap if a result has no
    /// default value.
    pub(super) fn fuel(&mut self) {
        let fuel = self.maker.fuel;
        self.out.extend([GlobalGet(fuel), I32Eqz, If(BlockType::Empty)]);
        let maker = &self.maker;
        let has_value = |ty: &ValType| match ty {
            ValType::Ref(ty) => ty.nullable || maker.is_object(ty.heap_type),
            _ => true,
        };
        if self.results.iter().all(has_value) {
            for ty in self.results.clone() {
                self.default_value(ty);
            }
            self.out.push(Return);
        } else {
            self.out.push(Unreachable);
        }
        self.out.extend([End, GlobalGet(fuel), I32Const(1), I32Sub, GlobalSet(fuel)]);
    }

    /// Makes instructions that put new objects into most locals that can hold them.
    fn fill_locals(&mut self) {
        for local in self.scratch..self.locals.len() as u32 {
            if let ValType::Ref(ty) = self.locals[local as usize]
                && self.maker.is_object(ty.heap_type)
                && self.maker.can_be_fresh(ty.heap_type)
                && !self.one_in(3)
            {
                self.maker.fresh(ty.heap_type, &mut self.out);
                self.out.push(LocalSet(local));
            }
        }
    }

    pub(super) fn default_value(&mut self, ty: ValType) {
        self.out.push(match ty {
            ValType::Ref(ty) if !ty.nullable => {
                return self.maker.fresh(ty.heap_type, &mut self.out);
            }
            I32 => I32Const(0),
            I64 => I64Const(0),
            F32 => F32Const(Ieee32::new(0)),
            F64 => F64Const(Ieee64::new(0)),
            V128 => V128Const(0),
            ValType::Ref(ty) => RefNull(ty.heap_type),
        });
    }

    pub(super) fn constant(&mut self, ty: ValType) {
        let bits = self.maker.random.number();
        let edges = [0, 1, -1, 2, 7, 31, 63, 255, 65_535, i64::MIN, i64::MAX, 1 << 31, 0x7fff_ffff];
        let edge = edges[self.below(edges.len())];
        let number = if self.one_in(3) { bits as i64 } else { edge };
        let floats = [0.0, -0.0, 1.0, -1.0, 0.5, 2.5, 1e10, -3e9, 1e300, f64::INFINITY, 5e-324];
        let float = floats[self.below(floats.len())];
        let (rarely, often) = (self.one_in(8), !self.one_in(3));
        let some = self.below(self.maker.funcs.len()) as u32;
        let constant = match ty {
            I32 => I32Const(number as i32),
            I64 => I64Const(number),
            F32 if rarely => NAN32,
            F64 if rarely => NAN64,
            F32 => F32Const((float as f32).into()),
            F64 => F64Const(float.into()),
            V128 => V128Const(i128::from(number) << 64 | i128::from(bits)),
            ValType::Ref(ty) if self.maker.has.gc && !(ty.nullable && rarely) => {
                if self.maker.can_be_fresh(ty.heap_type) {
                    self.budget -= 1;
                    return self.maker.fresh(ty.heap_type, &mut self.out);
                }
                self.push(RefNull(ty.heap_type));
                if ty.nullable {
                    return;
                }
                // There is no such value, so this expression traps.
                RefAsNonNull
            }
            ValType::Ref(RefType { nullable, heap_type: HeapType::Concrete(t) }) => {
                match self.maker.function_of(t) {
                    Some(f) if !nullable || often => RefFunc(f),
                    _ if nullable => RefNull(HeapType::Concrete(t)),
                    // There is no such function, so this expression traps.
                    _ => {
                        self.push(RefNull(HeapType::Concrete(t)));
                        RefAsNonNull
                    }
                }
            }
            ValType::Ref(RefType::FUNCREF) if often => RefFunc(some),
            ValType::Ref(t) => RefNull(t.heap_type),
        };
        self.push(constant);
    }

    pub(super) fn value(&mut self, ty: ValType) {
        if self.budget <= 0 || self.depth > 8 {
            return self.leaf(ty);
        }
        self.depth += 1;
        match self.below(20) {
            2..6 if self.maker.has.gc && self.held(ty) => {}
            0..4 => self.leaf(ty),
            4..12 => self.operation(ty),
            12 => self.call(Some(ty)),
            13 => self.block(ty),
            14 => self.conditional(ty),
            15 => self.choose(ty),
            16 => self.try_table(ty),
            17 => self.indirect(Some(ty)),
            18 => self.table_element(ty),
            _ => self.tee(ty),
        }
        self.depth -= 1;
    }

    pub(super) fn leaf(&mut self, ty: ValType) {
        let fits = |own: ValType| self.maker.matches(own, ty);
        let locals: Vec<u32> = (0..self.locals.len() as u32)
            .filter(|i| fits(self.locals[*i as usize]) && !self.is_scratch(*i))
            .collect();
        if let ValType::Ref(r) = ty
            && !r.nullable
            && self.maker.is_object(r.heap_type)
            && self.one_in(2)
        {
            return self.unless_null(r);
        }
        if !locals.is_empty() && !self.one_in(3) {
            let local = locals[self.below(locals.len())];
            return self.push(LocalGet(local));
        }
        let globals = &self.maker.globals;
        let globals: Vec<u32> = (0..globals.len() as u32)
            .filter(|i| self.is_read_as(globals[*i as usize].ty, ty))
            .collect();
        if !globals.is_empty() && self.one_in(2) {
            let global = globals[self.below(globals.len())];
            return self.push(GlobalGet(global));
        }
        self.constant(ty);
    }

    /// Whether a global of type `own` can be read as a value of type `ty`.
    fn is_read_as(&self, own: ValType, ty: ValType) -> bool {
        // A global becomes a number if there is no function of its type.
        let stays = match own {
            ValType::Ref(own) => own.nullable || self.maker.is_object(own.heap_type),
            _ => true,
        };
        stays && self.maker.matches(own, ty)
    }

    /// Makes a reference that a local holds, or a new one if that is null.
    fn unless_null(&mut self, ty: RefType) {
        let (some, maybe) = (ValType::Ref(ty), ValType::Ref(object_types::maybe(ty.heap_type)));
        match self.local_of(maybe) {
            Some(local) if self.one_in(48) => {
                self.push(LocalGet(local));
                self.push(RefAsNonNull);
            }
            Some(local) if self.maker.can_be_fresh(ty.heap_type) => {
                self.enter(Block(BlockType::Result(some)), vec![some]);
                self.push(LocalGet(local));
                self.push(BrOnNonNull(0));
                self.constant(some);
                self.leave();
            }
            _ => self.constant(some),
        }
    }

    pub(super) fn is_scratch(&self, local: u32) -> bool {
        (self.scratch..self.scratch + 3).contains(&local)
    }

    pub(super) fn local_of(&mut self, ty: ValType) -> Option<u32> {
        let all = 0..self.locals.len() as u32;
        let fit: Vec<u32> =
            all.filter(|i| self.locals[*i as usize] == ty && !self.is_scratch(*i)).collect();
        (!fit.is_empty()).then(|| fit[self.below(fit.len())])
    }

    pub(super) fn reference(&mut self, ty: ValType) {
        let ValType::Ref(r) = ty else { return self.constant(ty) };
        let null = ValType::Ref(RefType { nullable: true, ..r });
        let known = matches!(r.heap_type, HeapType::Concrete(_));
        let object = self.maker.is_object(r.heap_type) || r.heap_type == HeapType::EXTERN;
        match self.below(4) {
            _ if object && self.maker.has.gc && !self.one_in(6) => self.object_reference(r),
            // The value passes a null check that may trap.
            0 if !r.nullable && known && (!object || self.one_in(6)) => {
                self.value(null);
                self.push(RefAsNonNull);
            }
            // The value passes a null check that branches.
            1 if known => {
                let some = ValType::Ref(RefType { nullable: false, ..r });
                self.enter(Block(BlockType::Result(some)), vec![some]);
                self.value(null);
                self.push(BrOnNonNull(0));
                self.value(some);
                self.leave();
            }
            _ if r == RefType::FUNCREF && self.maker.has.references => {
                let grouped = 0..self.maker.groups.last().copied().unwrap_or(0) as u32;
                let fit: Vec<u32> = grouped.filter(|i| self.maker.object(*i).is_none()).collect();
                match self.maker.one_of(&fit) {
                    Some(index) => self.value(nullable(index)),
                    None => self.leaf(ty),
                }
            }
            _ => self.leaf(ty),
        }
    }

    pub(super) fn enter(&mut self, block: Instruction<'static>, label: Vec<ValType>) {
        self.labels.push(label);
        self.push(block);
    }

    pub(super) fn leave(&mut self) {
        self.labels.pop();
        self.push(End);
    }
}
