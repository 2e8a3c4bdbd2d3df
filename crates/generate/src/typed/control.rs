//! Makes calls, blocks, branches and exceptions.

use super::*;

impl Body<'_> {
    /// Chooses a function to call that has these results, mostly one that comes later.
    pub(super) fn callee(&mut self, results: &[ValType]) -> Option<u32> {
        let maker = &self.maker;
        let fits = |f: &u32| maker.types[maker.funcs[*f as usize] as usize].results == results;
        let all: Vec<u32> = (0..maker.funcs.len() as u32).filter(fits).collect();
        let later: Vec<u32> = all.iter().copied().filter(|f| *f > self.function).collect();
        let from = if later.is_empty() || self.one_in(4) { all } else { later };
        (!from.is_empty()).then(|| from[self.below(from.len())])
    }

    pub(super) fn arguments(&mut self, ty: u32) {
        for ty in self.maker.types[ty as usize].params.clone() {
            self.value(ty);
        }
    }

    pub(super) fn call(&mut self, ty: Option<ValType>) {
        let results: Vec<ValType> = ty.into_iter().collect();
        match self.callee(&results) {
            Some(f) => {
                self.arguments(self.maker.funcs[f as usize]);
                self.push(Call(f));
            }
            None => results.into_iter().for_each(|ty| self.leaf(ty)),
        }
    }

    /// Makes a call through a table or a reference.
    pub(super) fn indirect(&mut self, ty: Option<ValType>) {
        let results: Vec<ValType> = ty.into_iter().collect();
        let Some(f) = self.callee(&results) else {
            return results.into_iter().for_each(|ty| self.leaf(ty));
        };
        let ty = self.maker.funcs[f as usize];
        self.arguments(ty);
        self.callee_operand(f, ty, false);
    }

    /// Makes the callee on top of arguments of `ty`, and the call.
    pub(super) fn callee_operand(&mut self, f: u32, ty: u32, tail: bool) {
        let found = self.maker.tables.iter().enumerate().find_map(|(i, t)| {
            t.elements.iter().position(|e| *e == f).map(|at| (i as u32, at, t.ty.table64))
        });
        match found {
            Some((table_index, at, is_64)) if self.one_in(2) => {
                if self.one_in(16) {
                    self.value(if is_64 { I64 } else { I32 });
                } else {
                    self.push(if is_64 { I64Const(at as i64) } else { I32Const(at as i32) });
                }
                self.push(match tail {
                    true => ReturnCallIndirect { type_index: ty, table_index },
                    false => CallIndirect { type_index: ty, table_index },
                });
            }
            _ if !self.maker.has.references => {
                self.push(if tail { ReturnCall(f) } else { Call(f) });
            }
            _ => {
                if self.one_in(4) {
                    self.value(nullable(ty));
                } else {
                    self.push(RefFunc(f));
                }
                self.push(if tail { ReturnCallRef(ty) } else { CallRef(ty) });
            }
        }
    }

    pub(super) fn block_type(&mut self, results: Vec<ValType>) -> BlockType {
        match &results[..] {
            [] => BlockType::Empty,
            [one] => BlockType::Result(*one),
            _ => BlockType::FunctionType(self.maker.type_of(Vec::new(), results)),
        }
    }

    pub(super) fn block(&mut self, ty: ValType) {
        match self.below(3) {
            0 => {
                // This block has two results, of which one is used.
                let other = [I32, I64, F64, self.maker.has.instead(V128)][self.below(4)];
                let block = self.block_type(vec![ty, other]);
                self.enter(Block(block), vec![ty, other]);
                self.statements();
                self.value(ty);
                self.value(other);
                self.branch_with(&[ty, other]);
                self.leave();
                self.push(Drop);
            }
            1 => {
                // This is a loop with a parameter.
                let index = self.maker.type_of(vec![I32], vec![ty]);
                self.value(I32);
                self.enter(Loop(BlockType::FunctionType(index)), vec![I32]);
                self.fuel();
                self.value(I32);
                self.push(I32Add);
                let small = self.below(1000) as i32;
                match self.local_of(I32) {
                    Some(local) => {
                        self.push(LocalTee(local));
                        self.out.extend([LocalGet(local), I32Const(small), I32LtU, BrIf(0)]);
                        self.push(Drop);
                    }
                    None => self.push(Drop),
                }
                self.statements();
                self.value(ty);
                self.leave();
            }
            _ => {
                self.enter(Block(BlockType::Result(ty)), vec![ty]);
                self.statements();
                self.value(ty);
                self.branch_with(&[ty]);
                self.leave();
            }
        }
    }

    /// Makes a branch that may or may not be taken, with what is on the stack.
    pub(super) fn branch_with(&mut self, types: &[ValType]) {
        let count = self.labels.len();
        let fit: Vec<u32> =
            (0..count).filter(|i| self.labels[count - 1 - i] == types).map(|i| i as u32).collect();
        if fit.is_empty() {
            return;
        }
        let target = fit[self.below(fit.len())];
        if self.one_in(3) {
            let targets: Vec<u32> =
                (0..self.below(5)).map(|_| fit[self.below(fit.len())]).collect();
            self.value(I32);
            self.push(BrTable(Cow::Owned(targets), target));
            types.iter().for_each(|ty| self.value(*ty));
        } else {
            self.value(I32);
            self.push(BrIf(target));
        }
    }

    pub(super) fn conditional(&mut self, ty: ValType) {
        self.value(I32);
        self.enter(If(BlockType::Result(ty)), vec![ty]);
        self.statements();
        self.value(ty);
        self.push(Else);
        self.statements();
        self.value(ty);
        self.leave();
    }

    pub(super) fn choose(&mut self, ty: ValType) {
        self.value(ty);
        self.value(ty);
        self.value(I32);
        let typed = matches!(ty, ValType::Ref(_)) || self.one_in(4);
        self.push(if typed { TypedSelect(ty) } else { Select });
    }

    pub(super) fn tee(&mut self, ty: ValType) {
        self.value(ty);
        if let Some(local) = self.local_of(ty) {
            self.push(LocalTee(local));
        }
    }

    pub(super) fn table_element(&mut self, ty: ValType) {
        let ValType::Ref(r) = ty else { return self.operation(ty) };
        let tables = &self.maker.tables;
        let fit: Vec<usize> =
            (0..tables.len()).filter(|i| tables[*i].ty.element_type == r).collect();
        if fit.is_empty() {
            return self.reference(ty);
        }
        let table = fit[self.below(fit.len())];
        self.table_index(table);
        self.push(TableGet(table as u32));
    }

    pub(super) fn table_index(&mut self, table: usize) {
        let TableType { table64, minimum, .. } = self.maker.tables[table].ty;
        self.index(table64, minimum, 1);
    }

    /// Makes a value that comes out of a block whose exceptions are caught.
    pub(super) fn try_table(&mut self, ty: ValType) {
        if !self.maker.has.exceptions {
            return self.block(ty);
        }
        let exn = ValType::Ref(RefType::EXNREF);
        let tag = self.below(self.maker.tags.len()) as u32;
        let (with_ref, all) = (self.one_in(2), self.one_in(4));
        let mut caught = match all {
            true => Vec::new(),
            false => self.maker.types[self.maker.tags[tag as usize] as usize].params.clone(),
        };
        caught.extend(with_ref.then_some(exn));
        let catch = match (all, with_ref) {
            (true, true) => Catch::AllRef { label: 0 },
            (true, false) => Catch::All { label: 0 },
            (false, true) => Catch::OneRef { tag, label: 0 },
            (false, false) => Catch::One { tag, label: 0 },
        };
        self.enter(Block(BlockType::Result(ty)), vec![ty]);
        let handler = self.block_type(caught.clone());
        self.enter(Block(handler), caught.clone());
        let mut catches = vec![catch.clone()];
        let empty = self.labels.iter().rev().position(Vec::is_empty);
        if let Some(label) = empty
            && self.one_in(3)
        {
            catches.push(Catch::All { label: label as u32 });
        }
        self.enter(TryTable(BlockType::Result(ty), Cow::Owned(catches)), vec![ty]);
        self.statements();
        if !self.one_in(3) {
            self.throw(tag);
        }
        self.value(ty);
        self.leave();
        self.push(Br(1));
        self.leave();
        // The values that were caught are on the stack.
        for ty in caught.into_iter().rev() {
            match self.local_of(ty) {
                Some(local) => self.push(LocalSet(local)),
                None if ty == exn && self.one_in(4) => {
                    // The instructions after this one are dead code.
                    self.push(ThrowRef);
                }
                None => self.push(Drop),
            }
        }
        if with_ref
            && let Some(local) = self.local_of(exn)
            && self.one_in(3)
        {
            self.value(I32);
            self.enter(If(BlockType::Empty), Vec::new());
            self.out.extend([LocalGet(local), ThrowRef]);
            self.leave();
        }
        self.value(ty);
        self.leave();
    }

    pub(super) fn throw(&mut self, tag: u32) {
        let always = self.one_in(3);
        if !always {
            self.value(I32);
            self.enter(If(BlockType::Empty), Vec::new());
        }
        self.arguments(self.maker.tags[tag as usize]);
        self.push(Throw(tag));
        if !always {
            self.leave();
        }
    }
}
