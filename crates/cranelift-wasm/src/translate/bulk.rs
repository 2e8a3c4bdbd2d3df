//! Memory instructions that act on many bytes. Functions of the host do the work, once the ranges are known
//! to be within their memories.

use super::BodyTranslator;
use super::memory::is_guarded;
use crate::POINTER;
use crate::builtin::{Builtin, Leaf};
use crate::index::{DataIdx, MemIdx};
use crate::layout::context;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, InstructionData, Opcode, TrapCode, Value, types};

/// The most bytes that are copied by loads and stores, if their number is a constant.
const FEW: u64 = 128;
/// The number of bytes above which an operation takes so long that it must be interruptible.
const MANY: u64 = 1 << 20;

impl BodyTranslator<'_, '_> {
    /// Widens an index into a memory, or a number of its bytes, to 64 bits.
    fn memory_index(&mut self, memory: MemIdx, value: Value) -> Value {
        let wide = self.info.memories[memory].memory64;
        self.widen(value, wide)
    }

    /// Translates `memory.copy`. The type of the number of bytes is the narrower of the two index types.
    ///
    /// ```text
    /// if interruptible and count > MANY { memory_copy(to, from, to_index, from_index, count) }
    /// else {
    ///     trap unless both ranges are within their memories
    ///     copy_bytes(&to[to_index], &from[from_index], count)     // few bytes: loads, then stores
    /// }
    /// ```
    pub(super) fn memory_copy(&mut self, to: MemIdx, from: MemIdx) {
        let (to_index, from_index, count) = self.pop3();
        let known = self.constant(count);
        let to_index = self.memory_index(to, to_index);
        let from_index = self.memory_index(from, from_index);
        let wide = |memory: MemIdx| self.info.memories[memory].memory64;
        let count = self.widen(count, wide(to) && wide(from));
        let shared = self.is_shared(to) || self.is_shared(from);
        let by_builtin = |this: &mut Self| {
            let (to, from) = (this.entity(to), this.entity(from));
            this.builtin(Builtin::MemoryCopy, &[to, from, to_index, from_index, count]);
        };
        let here = |this: &mut Self| {
            let from_address = this.bytes(from, from_index, count);
            let to_address = this.bytes(to, to_index, count);
            match known.filter(|n| *n <= FEW) {
                Some(count) => this.copy_few(to_address, from_address, count),
                None => this.leaf(Leaf::CopyBytes, [to_address, from_address, count]),
            }
        };
        match shared {
            true => by_builtin(self),
            false => self.by_number_of_bytes(count, known, by_builtin, here),
        }
    }

    /// Continues with `many` if the program can be interrupted and `count` is many bytes; else with `few`.
    /// `known` is the value of `count` if that is constant.
    fn by_number_of_bytes(
        &mut self,
        count: Value,
        known: Option<u64>,
        many: impl FnOnce(&mut Self),
        few: impl FnOnce(&mut Self),
    ) {
        if !self.options.interruptible || known.is_some_and(|n| n <= MANY) {
            return few(self);
        }
        let [many_block, few_block, done] = [(); 3].map(|()| self.builder.create_block());
        self.builder.set_cold_block(many_block);
        let limit = self.builder.ins().iconst(types::I64, MANY as i64);
        let is_many = self.builder.ins().icmp(IntCC::UnsignedGreaterThan, count, limit);
        self.builder.ins().brif(is_many, many_block, [], few_block, []);
        self.switch_and_seal(many_block);
        many(self);
        self.builder.ins().jump(done, []);
        self.switch_and_seal(few_block);
        few(self);
        self.builder.ins().jump(done, []);
        self.switch_and_seal(done);
    }

    pub(super) fn memory_fill(&mut self, memory: MemIdx) {
        let (index, value, count) = self.pop3();
        let known = self.constant(count);
        let index = self.memory_index(memory, index);
        let count = self.memory_index(memory, count);
        let by_builtin = |this: &mut Self| {
            let name = this.entity(memory);
            this.builtin(Builtin::MemoryFill, &[name, index, value, count]);
        };
        let here = |this: &mut Self| {
            let address = this.bytes(memory, index, count);
            let value = this.widen(value, false);
            this.leaf(Leaf::FillBytes, [address, value, count]);
        };
        match self.is_shared(memory) {
            true => by_builtin(self),
            false => self.by_number_of_bytes(count, known, by_builtin, here),
        }
    }

    /// Whether other threads may write to the memory. If so, functions of the runtime access its bytes.
    fn is_shared(&self, memory: MemIdx) -> bool {
        self.info.memories[memory].shared
    }

    /// The address of `count` bytes from `index` on. Traps if they reach past the end.
    fn bytes(&mut self, memory: MemIdx, index: Value, count: Value) -> Value {
        let length = self.memory_length(memory);
        let end = self.builder.ins().iadd(index, count);
        let mut outside = self.builder.ins().icmp(IntCC::UnsignedGreaterThan, end, length);
        if self.info.memories[memory].memory64 {
            // The sum of two 32-bit numbers does not overflow, so this is only needed for 64 bits.
            let overflows = self.builder.ins().icmp(IntCC::UnsignedLessThan, end, index);
            outside = self.builder.ins().bor(outside, overflows);
        }
        self.builder.ins().trapnz(outside, TrapCode::HEAP_OUT_OF_BOUNDS);
        let base = self.memory_base(memory);
        let address = self.builder.ins().iadd(base, index);
        if is_guarded(&self.info.memories[memory]) {
            // Everything that an access after a mispredicted check can reach is reserved for the memory.
            return address;
        }
        // A mispredicted check must not lead to a read past the end.
        let zero = self.builder.ins().iconst(POINTER, 0);
        self.builder.ins().select_spectre_guard(outside, zero, address)
    }

    /// Copies bytes that are within their memories. Everything is read before anything is written, because
    /// the ranges may overlap.
    fn copy_few(&mut self, to: Value, from: Value, count: u64) {
        let flags = self.memory_flags();
        let mut parts = Vec::new();
        let mut offset = 0;
        let widest = usize::from(!self.options.vectors);
        let widths = [types::I8X16, types::I64, types::I32, types::I16, types::I8];
        for ty in widths.into_iter().skip(widest) {
            while count - offset >= u64::from(ty.bytes()) {
                let value = self.builder.ins().load(ty, flags, from, offset as i32);
                parts.push((offset as i32, value));
                offset += u64::from(ty.bytes());
            }
        }
        for (offset, value) in parts {
            self.builder.ins().store(flags, value, to, offset);
        }
    }

    /// The value of an operand, if it is a constant.
    pub(super) fn constant(&self, value: Value) -> Option<u64> {
        let dfg = &self.builder.func.dfg;
        match dfg.insts[dfg.value_def(value).inst()?] {
            InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => Some(imm.bits() as u64),
            _ => None,
        }
    }

    /// Calls a function of the host that needs no recorded exit.
    fn leaf(&mut self, leaf: Leaf, args: [Value; 3]) {
        let table = self.load_constant_pointer(self.context, context::BUILTINS as u32);
        let code = self.load_constant_pointer(table, leaf.offset() as u32);
        let sig = self.builder.import_signature(Leaf::signature(self.host));
        self.builder.ins().call_indirect(sig, code, &args);
    }

    pub(super) fn memory_init(&mut self, memory: MemIdx, segment: DataIdx) {
        let (to_index, from_index, count) = self.pop3();
        let to_index = self.memory_index(memory, to_index);
        let (from_index, count) = (self.widen(from_index, false), self.widen(count, false));
        let (memory, segment) = (self.entity(memory), self.entity(segment));
        self.builtin(Builtin::MemoryInit, &[memory, segment, to_index, from_index, count]);
    }

    pub(super) fn data_drop(&mut self, segment: DataIdx) {
        let segment = self.entity(segment);
        self.builtin(Builtin::DataDrop, &[segment]);
    }
}
