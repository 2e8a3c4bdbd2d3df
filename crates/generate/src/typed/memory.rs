//! Makes accesses to memories and tables: addresses, loads and stores, and bulk operations.

use super::*;

impl Body<'_> {
    /// Makes an index into something of `size`, which is mostly in bounds.
    pub(super) fn index(&mut self, is_64: bool, size: u64, align: u64) {
        let ty = if is_64 { I64 } else { I32 };
        match self.below(12) {
            0 => {
                let near = (size.saturating_sub(self.below(20) as u64)) & !(align - 1);
                self.push(if is_64 { I64Const(near as i64) } else { I32Const(near as i32) });
            }
            1 if self.one_in(if self.maker.has.gc { 30 } else { 3 }) => self.value(ty),
            _ => {
                self.value(ty);
                let mask = ((size / 2).next_power_of_two() / 2).saturating_sub(1) & !(align - 1);
                if is_64 {
                    self.out.extend([I64Const(mask as i64), I64And]);
                } else {
                    self.out.extend([I32Const(mask as i32), I32And]);
                }
            }
        }
    }

    /// Makes the address of an access of `1 << log2` bytes.
    pub(super) fn address(&mut self, log2: u32, atomic: bool) -> MemArg {
        let memory = self.below(self.maker.memories.len());
        let Memory { ty, bytes } = &self.maker.memories[memory];
        let (is_64, bytes) = (ty.memory64, *bytes);
        let aligned = atomic && !self.one_in(16);
        self.index(is_64, bytes, if aligned { 1 << log2 } else { 1 });
        // Modules with objects are rather about these, so that few of their accesses trap.
        let kinds = if self.maker.has.gc { 240 } else { 24 };
        let offset = match self.below(kinds) {
            0 => 0xffff_fff0,
            1 if is_64 => 1 << 40,
            2 if is_64 => u64::MAX - 15,
            3 => bytes - 8,
            4..12 => self.below(512) as u64 & !15,
            _ => 0,
        };
        let align = if atomic { log2 } else { self.below(log2 as usize + 1) as u32 };
        MemArg { offset, align, target: MemArgTarget::Memory(memory as u32), ordering: None }
    }

    pub(super) fn load(&mut self, ty: ValType) {
        let threads = self.maker.has.threads;
        let loads: Vec<_> = ops::LOADS.iter().filter(|l| l.0 == ty && (threads || !l.3)).collect();
        let (_, op, log2, atomic) = loads[self.below(loads.len())];
        let arg = self.address(*log2, *atomic);
        self.push(op(arg));
        // A float that is read may be any NaN. It is not made canonical, as all engines keep such NaNs as
        // they are.
    }

    pub(super) fn atomic(&mut self, ty: ValType) {
        let rmws: Vec<_> = ops::RMWS.iter().filter(|l| l.0 == ty).collect();
        match self.below(8) {
            0 if ty == I32 => {
                let arg = self.address(2, true);
                self.value(I32);
                self.push(MemoryAtomicNotify(arg));
            }
            1 if ty == I32 => {
                let wide = self.one_in(2);
                let arg = self.address(if wide { 3 } else { 2 }, true);
                self.value(if wide { I64 } else { I32 });
                self.push(I64Const(100));
                self.push(if wide { MemoryAtomicWait64(arg) } else { MemoryAtomicWait32(arg) });
            }
            2 | 3 => {
                let all: Vec<_> = ops::CMPXCHGS.iter().filter(|l| l.0 == ty).collect();
                let (_, op, log2) = all[self.below(all.len())];
                let arg = self.address(*log2, true);
                self.value(ty);
                self.value(ty);
                self.push(op(arg));
            }
            _ => {
                let (_, op, log2) = rmws[self.below(rmws.len())];
                let arg = self.address(*log2, true);
                self.value(ty);
                self.push(op(arg));
            }
        }
    }

    pub(super) fn store(&mut self) {
        let Has { simd, threads, .. } = self.maker.has;
        if self.one_in(10) && simd {
            let (log2, lane) = (self.below(4) as u32, self.below(16) as u8);
            let memarg = self.address(log2, false);
            let lane = lane % (16 >> log2);
            self.value(V128);
            return self.push(match log2 {
                0 => V128Store8Lane { memarg, lane },
                1 => V128Store16Lane { memarg, lane },
                2 => V128Store32Lane { memarg, lane },
                _ => V128Store64Lane { memarg, lane },
            });
        }
        let fits = |s: &&ops::Access| (simd || s.0 != V128) && (threads || !s.3);
        let stores: Vec<_> = ops::STORES.iter().filter(fits).collect();
        let (ty, op, log2, atomic) = stores[self.below(stores.len())];
        let arg = self.address(*log2, *atomic);
        self.value(*ty);
        self.push(op(arg));
    }

    pub(super) fn memory_index(&mut self, memory: usize) {
        let Memory { ty, bytes } = &self.maker.memories[memory];
        let (is_64, bytes) = (ty.memory64, *bytes);
        self.index(is_64, bytes, 1);
    }

    pub(super) fn length(&mut self, is_64: bool, most: i32) {
        let ty = if is_64 { I64 } else { I32 };
        self.value(ty);
        if self.one_in(24) {
            return;
        }
        match is_64 {
            true => self.out.extend([I64Const(most.into()), I64And]),
            false => self.out.extend([I32Const(most), I32And]),
        }
    }

    pub(super) fn memory_statement(&mut self) {
        let (a, b) = (self.below(self.maker.memories.len()), self.below(self.maker.memories.len()));
        let is_64 = |body: &Self, i: usize| body.maker.memories[i].ty.memory64;
        match self.below(4) {
            0 => {
                self.memory_index(a);
                self.value(I32);
                self.length(is_64(self, a), 255);
                self.push(MemoryFill(a as u32));
            }
            1 => {
                self.memory_index(a);
                self.memory_index(b);
                self.length(is_64(self, a) && is_64(self, b), 255);
                self.push(MemoryCopy { src_mem: b as u32, dst_mem: a as u32 });
            }
            2 => {
                let data_index = self.below(self.maker.data as usize) as u32;
                self.memory_index(a);
                self.length(false, 15);
                self.length(false, 15);
                self.push(MemoryInit { mem: a as u32, data_index });
            }
            _ if self.one_in(8) => {
                let data = self.below(self.maker.data as usize) as u32;
                self.push(DataDrop(data));
            }
            _ => {}
        }
    }

    pub(super) fn table_statement(&mut self) {
        let a = self.below(self.maker.tables.len());
        let TableType { element_type, table64, .. } = self.maker.tables[a].ty;
        match self.below(8) {
            0..3 => {
                self.table_index(a);
                self.value(ValType::Ref(element_type));
                self.push(TableSet(a as u32));
            }
            3 => {
                self.table_index(a);
                self.value(ValType::Ref(element_type));
                self.length(table64, 3);
                self.push(TableFill(a as u32));
            }
            4 | 5 => {
                let tables = &self.maker.tables;
                let fit: Vec<usize> = (0..tables.len())
                    .filter(|i| tables[*i].ty.element_type == element_type)
                    .collect();
                let b = fit[self.below(fit.len())];
                self.table_index(a);
                self.table_index(b);
                self.length(table64 && self.maker.tables[b].ty.table64, 3);
                self.push(TableCopy { src_table: b as u32, dst_table: a as u32 });
            }
            6 => {
                let elems = &self.maker.elems;
                let fit: Vec<usize> =
                    (0..elems.len()).filter(|i| elems[*i] == element_type).collect();
                if fit.is_empty() {
                    return;
                }
                let elem_index = fit[self.below(fit.len())] as u32;
                self.table_index(a);
                self.length(false, 3);
                self.length(false, 3);
                self.push(TableInit { elem_index, table: a as u32 });
            }
            _ if self.one_in(8) => {
                let elem = self.below(self.maker.elems.len()) as u32;
                self.push(ElemDrop(elem));
            }
            _ => {}
        }
    }
}
