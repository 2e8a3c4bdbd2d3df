//! Making one object, in line where the collector allows it.
//!
//! In: the type and the size of the object. Out: a reference to it, whose header is written. With the coalescing
//! collector a small object is made in the hole that the heap handed out, and the runtime is asked only when that
//! is used up:
//!
//! ```text
//! end := hole + size
//! if end <= hole_end { hole := end; object.info := type and kind, no count; length or zeros }
//! else               { object := make(type) }      // may collect
//! ```
//!
//! The values that the object is to hold stay on the operand stack meanwhile, where a collection finds them. Between
//! this and the writes of its fields nothing collects, so that the object is still young, which is why these writes
//! need no barrier.

use super::BodyTranslator;
use super::barrier::fields;
use crate::Collector;
use crate::builtin::Builtin;
use crate::layout::{object, short_object, store};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{BlockArg, InstBuilder, Value, types};

/// The most bytes of an object that is made in line, which are few enough for a loop of the program to make many of
/// them in one hole.
const MOST: u64 = 1 << 10;
/// The most bytes that are set to zero in line.
const MOST_ZEROED: u64 = 128;

/// What is made. Types are given by their engine-wide identities.
#[derive(Clone, Copy)]
pub(super) enum Made {
    Struct {
        id: Value,
    },
    /// An array, of which the number of elements is known.
    Array {
        id: Value,
        length: Value,
    },
}

impl BodyTranslator<'_, '_> {
    /// Makes an object of `size` bytes, which are rounded up to the alignment of objects. If `zeroed` is not set,
    /// the caller writes every field or element before anything can collect or reads them.
    pub(super) fn allocate(&mut self, made: Made, size: u64, zeroed: bool) -> Value {
        let size = size.next_multiple_of(object::SIZE.into());
        let most = if zeroed { MOST_ZEROED } else { MOST };
        let object = match self.info.collector {
            Collector::Coalescing if size <= most => self.allocate_in_hole(made, size, zeroed),
            _ => self.allocate_by_runtime(made),
        };
        self.declare_reference(object);
        object
    }

    fn allocate_by_runtime(&mut self, made: Made) -> Value {
        let object = match made {
            Made::Struct { id } => self.builtin(Builtin::StructNew, &[id]),
            Made::Array { id, length } => self.builtin(Builtin::ArrayNew, &[id, length]),
        };
        object.expect("it has a result")
    }

    fn allocate_in_hole(&mut self, made: Made, size: u64, zeroed: bool) -> Value {
        let [fits, full, done] = [(); 3].map(|()| self.builder.create_block());
        self.builder.set_cold_block(full);
        let result = self.builder.append_block_param(done, types::I32);
        let record = self.store_record();
        let start = self.builder.ins().uload32(fields(), record, store::HOLE);
        let end = self.builder.ins().iadd_imm_u(start, size as i64);
        let limit = self.builder.ins().uload32(fields(), record, store::HOLE_END);
        let has_room = self.builder.ins().icmp(IntCC::UnsignedLessThanOrEqual, end, limit);
        self.builder.ins().brif(has_room, fits, [], full, []);

        self.switch_and_seal(fits);
        self.builder.ins().istore32(fields(), end, record, store::HOLE);
        let base = self.load_constant_pointer(record, store::HEAP_BASE as u32);
        let address = self.builder.ins().iadd(base, start);
        if zeroed {
            // The header is written over it.
            let zero = self.builder.ins().iconst(types::I64, 0);
            for offset in (0..size as i32).step_by(8) {
                self.builder.ins().store(fields(), zero, address, offset);
            }
        }
        let (id, kind) = match made {
            Made::Struct { id } => (id, object::STRUCT),
            Made::Array { id, .. } => (id, object::ARRAY),
        };
        let payload = self.builder.ins().ishl_imm_u(id, i64::from(short_object::PAYLOAD_SHIFT));
        let info = self.builder.ins().bor_imm_u(payload, i64::from(kind));
        self.builder.ins().store(fields(), info, address, short_object::INFO);
        if let Made::Array { length, .. } = made {
            self.builder.ins().store(fields(), length, address, short_object::ARRAY_LENGTH);
        }
        let object = self.builder.ins().ireduce(types::I32, start);
        self.builder.ins().jump(done, &[BlockArg::Value(object)]);

        self.switch_and_seal(full);
        let object = self.allocate_by_runtime(made);
        self.builder.ins().jump(done, &[BlockArg::Value(object)]);

        self.switch_and_seal(done);
        result
    }
}
