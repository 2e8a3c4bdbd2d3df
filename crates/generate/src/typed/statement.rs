//! Makes statements, which leave nothing on the stack.

use super::*;

impl Body<'_> {
    pub(super) fn statements(&mut self) {
        while self.budget > 0 && self.depth < 8 && self.one_in(2) {
            self.statement();
        }
    }

    pub(super) fn statement(&mut self) {
        self.depth += 1;
        match self.below(22) {
            4..12 if self.maker.has.gc && !self.one_in(3) => match self.one_in(12) {
                true => self.list(),
                false => self.object_statement(),
            },
            0 | 1 => self.set_global(),
            2 | 3 => {
                let local = self.below(self.locals.len()) as u32;
                if !self.is_scratch(local) {
                    self.value(self.locals[local as usize]);
                    self.push(LocalSet(local));
                }
            }
            4..8 => self.store(),
            8 | 9 => self.table_statement(),
            10 | 11 => self.memory_statement(),
            12 => {
                let known = self.maker.groups.last().copied().unwrap_or(0);
                let ty = self.maker.value_type(known);
                self.value(ty);
                self.push(Drop);
            }
            13 => self.call(None),
            14 => self.indirect(None),
            15 => {
                self.value(I32);
                self.enter(If(BlockType::Empty), Vec::new());
                self.statements();
                if self.one_in(2) {
                    self.push(Else);
                    self.statements();
                }
                self.leave();
            }
            16 if self.maker.has.exceptions => {
                let tag = self.below(self.maker.tags.len()) as u32;
                if self.one_in(4) {
                    self.value(I32);
                    self.enter(If(BlockType::Empty), Vec::new());
                    self.throw(tag);
                    self.leave();
                }
            }
            17 => self.end_early(),
            18 => {
                self.enter(Block(BlockType::Empty), Vec::new());
                self.statements();
                self.branch_with(&[]);
                self.leave();
            }
            19 if self.maker.has.references => {
                // This is a null check that branches.
                let known = self.maker.groups.last().copied().unwrap_or(0);
                let index = self.below(known) as u32;
                self.enter(Block(BlockType::Empty), Vec::new());
                self.value(nullable(index));
                self.push(BrOnNull(0));
                match self.local_of(nullable(index)) {
                    Some(local) => self.push(LocalSet(local)),
                    None => self.push(Drop),
                }
                self.leave();
            }
            20 => self.call_many(),
            21 if self.maker.has.threads => self.push(AtomicFence(Ordering::SeqCst)),
            _ => {}
        }
        self.depth -= 1;
    }

    /// Makes a call with any number of results.
    pub(super) fn call_many(&mut self) {
        let f = self.below(self.maker.funcs.len()) as u32;
        if f <= self.function && !self.one_in(6) {
            return;
        }
        let ty = self.maker.funcs[f as usize];
        self.arguments(ty);
        if self.one_in(2) {
            self.push(Call(f));
        } else {
            self.callee_operand(f, ty, false);
        }
        for ty in self.maker.types[ty as usize].results.clone().into_iter().rev() {
            match self.local_of(ty) {
                Some(local) => self.push(LocalSet(local)),
                None => self.push(Drop),
            }
        }
    }

    /// Makes a condition under which the function ends early.
    pub(super) fn end_early(&mut self) {
        self.value(I32);
        self.enter(If(BlockType::Empty), Vec::new());
        match self.below(6) {
            0 => {
                for ty in self.results.clone() {
                    self.value(ty);
                }
                self.push(Return);
            }
            1 if self.one_in(4) => self.push(Unreachable),
            1 => {}
            _ => {
                let results = self.results.clone();
                if let Some(f) = self.callee(&results) {
                    let ty = self.maker.funcs[f as usize];
                    self.arguments(ty);
                    if !self.maker.has.tail_call {
                        self.out.extend([Call(f), Return]);
                    } else if self.one_in(2) {
                        self.push(ReturnCall(f));
                    } else {
                        self.callee_operand(f, ty, true);
                    }
                }
            }
        }
        // These statements may be dead code.
        if self.one_in(4) {
            self.statements();
        }
        self.leave();
    }

    pub(super) fn set_global(&mut self) {
        let global = self.below(self.maker.globals.len());
        let Global { ty, mutable } = self.maker.globals[global];
        if mutable {
            self.value(ty);
            self.push(GlobalSet(global as u32));
        }
    }
}
