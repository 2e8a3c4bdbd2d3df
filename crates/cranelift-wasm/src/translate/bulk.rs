//! Memory instructions that act on many bytes: functions of the runtime do the work.

use super::BodyTranslator;
use crate::builtin::Builtin;
use cranelift_codegen::ir::Value;

impl BodyTranslator<'_, '_> {
    /// An index of, or a number of bytes for, a memory, in 64 bits.
    fn memory_index(&mut self, memory: u32, value: Value) -> Value {
        let wide = self.info.memories[memory as usize].memory64;
        self.widen(value, wide)
    }

    /// The number of bytes is of the narrower index type of the two.
    pub(super) fn memory_copy(&mut self, to: u32, from: u32) {
        let (to_index, from_index, count) = self.pop3();
        let to_index = self.memory_index(to, to_index);
        let from_index = self.memory_index(from, from_index);
        let wide = |memory: u32| self.info.memories[memory as usize].memory64;
        let count = self.widen(count, wide(to) && wide(from));
        let (to, from) = (self.entity(to), self.entity(from));
        self.builtin(Builtin::MemoryCopy, &[to, from, to_index, from_index, count]);
    }

    pub(super) fn memory_fill(&mut self, memory: u32) {
        let (index, value, count) = self.pop3();
        let index = self.memory_index(memory, index);
        let count = self.memory_index(memory, count);
        let name = self.entity(memory);
        self.builtin(Builtin::MemoryFill, &[name, index, value, count]);
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
