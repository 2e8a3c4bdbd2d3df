//! Makes numbers and vectors by instructions on numbers, memories, tables and references.

use super::*;

impl Body<'_> {
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
}
