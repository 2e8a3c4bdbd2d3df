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
        let (some, maybe) = (ValType::Ref(ty), ValType::Ref(objects::maybe(ty.heap_type)));
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

    pub(super) fn operation(&mut self, ty: ValType) {
        if matches!(ty, ValType::Ref(_)) {
            return self.reference(ty);
        }
        match self.below(8) {
            _ if ty == I32 && self.maker.has.gc && self.one_in(6) => {
                return self.number_of_objects();
            }
            0 | 1 => return self.load(ty),
            2 if ty == I32 || ty == I64 => return self.number_of(ty),
            3 if (ty == I32 || ty == I64) && self.maker.has.threads => return self.atomic(ty),
            4 if ty == V128 => return self.lanes(),
            5 if ty == I64 && self.maker.has.wide_arithmetic => return self.wide(),
            _ => {}
        }
        let Has { relaxed, simd, .. } = self.maker.has;
        let fits = |r: &&ops::Row| {
            r.result == ty && (relaxed || !r.relaxed) && (simd || !r.operands.contains(&V128))
        };
        let rows: Vec<&ops::Row> = ops::ROWS.iter().filter(fits).collect();
        let total: usize = rows.iter().map(|r| r.ops.len()).sum();
        let mut pick = self.below(total);
        for row in rows {
            if pick >= row.ops.len() {
                pick -= row.ops.len();
                continue;
            }
            row.operands.iter().for_each(|ty| self.value(*ty));
            let op = row.ops[pick].clone();
            // Most divisions are not by zero.
            if matches!(op, I32DivS | I32DivU | I32RemS | I32RemU) && !self.one_in(8) {
                self.out.extend([I32Const(1), I32Or]);
            }
            if matches!(op, I64DivS | I64DivU | I64RemS | I64RemU) && !self.one_in(8) {
                self.out.extend([I64Const(1), I64Or]);
            }
            self.push(op);
            self.canonical(row.floats);
            return;
        }
    }

    /// Makes instructions that make NaNs on top of the stack canonical.
    pub(super) fn canonical(&mut self, floats: ops::Floats) {
        let (s, v) = (self.scratch, self.scratch + 2);
        match floats {
            ops::Floats::None => {}
            ops::Floats::F32 => {
                self.out.extend([LocalSet(s), LocalGet(s), NAN32]);
                self.out.extend([LocalGet(s), LocalGet(s), F32Eq, Select]);
            }
            ops::Floats::F64 => {
                let s = s + 1;
                self.out.extend([LocalSet(s), LocalGet(s), NAN64]);
                self.out.extend([LocalGet(s), LocalGet(s), F64Eq, Select]);
            }
            ops::Floats::F32x4 => {
                self.out.extend([LocalSet(v), LocalGet(v), NAN32, F32x4Splat]);
                self.out.extend([LocalGet(v), LocalGet(v), F32x4Eq, V128Bitselect]);
            }
            ops::Floats::F64x2 => {
                self.out.extend([LocalSet(v), LocalGet(v), NAN64, F64x2Splat]);
                self.out.extend([LocalGet(v), LocalGet(v), F64x2Eq, V128Bitselect]);
            }
        }
    }

    /// Makes an instruction that puts a lane into a vector or takes one out.
    pub(super) fn lanes(&mut self) {
        let lane = self.below(16) as u8;
        match self.below(8) {
            0 => {
                self.value(V128);
                self.value(V128);
                let lanes = std::array::from_fn(|_| self.below(32) as u8);
                self.push(I8x16Shuffle(lanes));
            }
            1..4 => {
                self.value(V128);
                let (ty, op) = match self.below(6) {
                    0 => (I32, I8x16ReplaceLane(lane)),
                    1 => (I32, I16x8ReplaceLane(lane % 8)),
                    2 => (I32, I32x4ReplaceLane(lane % 4)),
                    3 => (I64, I64x2ReplaceLane(lane % 2)),
                    4 => (F32, F32x4ReplaceLane(lane % 4)),
                    _ => (F64, F64x2ReplaceLane(lane % 2)),
                };
                self.value(ty);
                self.push(op);
            }
            _ => {
                let log2 = self.below(4) as u32;
                let arg = self.address(log2, false);
                self.value(V128);
                let lane = lane % (16 >> log2);
                self.push(match log2 {
                    0 => V128Load8Lane { memarg: arg, lane },
                    1 => V128Load16Lane { memarg: arg, lane },
                    2 => V128Load32Lane { memarg: arg, lane },
                    _ => V128Load64Lane { memarg: arg, lane },
                });
            }
        }
    }

    pub(super) fn wide(&mut self) {
        let local = self.local_of(I64);
        let add = self.one_in(2);
        for _ in 0..if add { 4 } else { 2 } {
            self.value(I64);
        }
        let first = self.one_in(2);
        self.push(match (add, first) {
            (true, true) => I64Add128,
            (true, false) => I64Sub128,
            (false, true) => I64MulWideS,
            (false, false) => I64MulWideU,
        });
        match local {
            Some(local) => self.out.extend([LocalSet(local), LocalGet(local), I64Xor]),
            None => self.out.push(I64Xor),
        }
    }

    pub(super) fn local_of(&mut self, ty: ValType) -> Option<u32> {
        let all = 0..self.locals.len() as u32;
        let fit: Vec<u32> =
            all.filter(|i| self.locals[*i as usize] == ty && !self.is_scratch(*i)).collect();
        (!fit.is_empty()).then(|| fit[self.below(fit.len())])
    }

    /// Makes a number by an instruction that has to do with something other than numbers.
    pub(super) fn number_of(&mut self, ty: ValType) {
        let is_64 = ty == I64;
        let memory = self.below(self.maker.memories.len());
        let table = self.below(self.maker.tables.len());
        let lane = self.below(16) as u8;
        let (memory64, table64) =
            (self.maker.memories[memory].ty.memory64, self.maker.tables[table].ty.table64);
        match self.below(6) {
            0 if memory64 == is_64 => {
                self.push(if is_64 { I64Const(1) } else { I32Const(1) });
                self.push(MemoryGrow(memory as u32));
            }
            0 | 1 if memory64 == is_64 => self.push(MemorySize(memory as u32)),
            2 if table64 == is_64 => {
                let element = self.maker.tables[table].ty.element_type;
                self.value(ValType::Ref(element));
                let count = self.below(3) as i32;
                self.push(if is_64 { I64Const(count.into()) } else { I32Const(count) });
                self.push(TableGrow(table as u32));
            }
            3 if table64 == is_64 => self.push(TableSize(table as u32)),
            4 if !is_64 => {
                let known = self.maker.groups.last().copied().unwrap_or(0);
                let ty = match self.below(4) {
                    0 => ValType::Ref(RefType::EXTERNREF),
                    1 => ValType::Ref(RefType::FUNCREF),
                    2 => ValType::Ref(RefType::EXNREF),
                    _ => nullable(self.below(known) as u32),
                };
                self.value(self.maker.has.instead(ty));
                self.push(RefIsNull);
            }
            _ if !self.maker.has.simd => self.leaf(ty),
            _ => {
                self.value(V128);
                let op = match (is_64, self.below(5)) {
                    (true, _) => I64x2ExtractLane(lane % 2),
                    (false, 0) => I8x16ExtractLaneS(lane),
                    (false, 1) => I8x16ExtractLaneU(lane),
                    (false, 2) => I16x8ExtractLaneS(lane % 8),
                    (false, 3) => I16x8ExtractLaneU(lane % 8),
                    (false, _) => I32x4ExtractLane(lane % 4),
                };
                self.push(op);
            }
        }
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
