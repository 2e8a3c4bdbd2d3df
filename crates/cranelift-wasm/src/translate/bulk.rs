//! Memory instructions that act on many bytes: functions of the host do the work, once the ranges
//! are known to be within their memories.

use super::BodyTranslator;
use super::memory::is_guarded;
use crate::POINTER;
use crate::builtin::{Builtin, Leaf};
use crate::layout::context;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, InstructionData, Opcode, TrapCode, Value, types};

/// So many bytes, where their number is known, are copied by loads and stores.
const FEW: u64 = 128;

impl BodyTranslator<'_, '_> {
    /// An index of, or a number of bytes for, a memory, in 64 bits.
    fn memory_index(&mut self, memory: u32, value: Value) -> Value {
        let wide = self.info.memories[memory as usize].memory64;
        self.widen(value, wide)
    }

    /// The number of bytes is of the narrower index type of the two.
    ///
    /// ```text
    /// trap unless both ranges are within their memories
    /// copy_bytes(&to[to_index], &from[from_index], count)     // few bytes: loads, then stores
    /// ```
    pub(super) fn memory_copy(&mut self, to: u32, from: u32) {
        let (to_index, from_index, count) = self.pop3();
        let few = self.constant(count).filter(|n| *n <= FEW);
        let to_index = self.memory_index(to, to_index);
        let from_index = self.memory_index(from, from_index);
        let wide = |memory: u32| self.info.memories[memory as usize].memory64;
        let count = self.widen(count, wide(to) && wide(from));
        if self.is_shared(to) || self.is_shared(from) {
            let (to, from) = (self.entity(to), self.entity(from));
            self.builtin(Builtin::MemoryCopy, &[to, from, to_index, from_index, count]);
            return;
        }
        let from_address = self.bytes(from, from_index, count);
        let to_address = self.bytes(to, to_index, count);
        match few {
            Some(count) => self.copy_few(to_address, from_address, count),
            None => self.leaf(Leaf::CopyBytes, [to_address, from_address, count]),
        }
    }

    pub(super) fn memory_fill(&mut self, memory: u32) {
        let (index, value, count) = self.pop3();
        let index = self.memory_index(memory, index);
        let count = self.memory_index(memory, count);
        if self.is_shared(memory) {
            let name = self.entity(memory);
            self.builtin(Builtin::MemoryFill, &[name, index, value, count]);
            return;
        }
        let address = self.bytes(memory, index, count);
        let value = self.widen(value, false);
        self.leaf(Leaf::FillBytes, [address, value, count]);
    }

    /// Whether other threads may write to the memory: then its bytes are the runtime's affair.
    fn is_shared(&self, memory: u32) -> bool {
        self.info.memories[memory as usize].shared
    }

    /// Address of `count` bytes from `index` on; traps where they reach past the end.
    fn bytes(&mut self, memory: u32, index: Value, count: Value) -> Value {
        let length = self.memory_length(memory);
        let end = self.builder.ins().iadd(index, count);
        let mut outside = self.builder.ins().icmp(IntCC::UnsignedGreaterThan, end, length);
        if self.info.memories[memory as usize].memory64 {
            // Two numbers of 32 bits do not overflow.
            let overflows = self.builder.ins().icmp(IntCC::UnsignedLessThan, end, index);
            outside = self.builder.ins().bor(outside, overflows);
        }
        self.builder.ins().trapnz(outside, TrapCode::HEAP_OUT_OF_BOUNDS);
        let base = self.memory_base(memory);
        let address = self.builder.ins().iadd(base, index);
        if is_guarded(&self.info.memories[memory as usize]) {
            // What a mispredicted check reaches is reserved for the memory.
            return address;
        }
        // A mispredicted check must not read past the end.
        let zero = self.builder.ins().iconst(POINTER, 0);
        self.builder.ins().select_spectre_guard(outside, zero, address)
    }

    /// Copies bytes that are there. Everything is read before anything is written: they may overlap.
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

    /// The number that an operand is known to be.
    pub(super) fn constant(&self, value: Value) -> Option<u64> {
        let dfg = &self.builder.func.dfg;
        match dfg.insts[dfg.value_def(value).inst()?] {
            InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => Some(imm.bits() as u64),
            _ => None,
        }
    }

    /// Calls a function of the host that needs no exit.
    fn leaf(&mut self, leaf: Leaf, args: [Value; 3]) {
        let table = self.load_constant_pointer(self.context, context::BUILTINS as u32);
        let code = self.load_constant_pointer(table, leaf.offset() as u32);
        let sig = self.builder.import_signature(Leaf::signature(self.host));
        self.builder.ins().call_indirect(sig, code, &args);
    }

    pub(super) fn memory_init(&mut self, memory: u32, segment: u32) {
        let (to_index, from_index, count) = self.pop3();
        let to_index = self.memory_index(memory, to_index);
        let (from_index, count) = (self.widen(from_index, false), self.widen(count, false));
        let (memory, segment) = (self.entity(memory), self.entity(segment));
        self.builtin(Builtin::MemoryInit, &[memory, segment, to_index, from_index, count]);
    }

    pub(super) fn data_drop(&mut self, segment: u32) {
        let segment = self.entity(segment);
        self.builtin(Builtin::DataDrop, &[segment]);
    }
}
