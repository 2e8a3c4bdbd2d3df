//! The barriers, which with `allocate` are the only part of code generation that knows which collector is in use.
//!
//! The counting collector does deferred reference counting. References that frames hold are not counted, but
//! over-approximated by the activations table. Every reference joins this table when it is read from a global,
//! a table or an object, when its object is made, or when it comes from the host. Only stores to globals,
//! tables and objects, which outlive the activation, change counts. Locals, operands, calls, branches and
//! returns need no barrier.
//!
//! With the coalescing collector, reads need no barrier, nor do stores to globals and tables, which are roots. A
//! store to an object tests one flag of the object, which is set in those that survived a collection and were not
//! written since.
//!
//! A reference is to an object unless it is null (0) or a number of 31 bits (bit 0 is set).
//!
//! Papers: Deutsch and Bobrow, *An efficient, incremental, automatic garbage collector*, 1976; Levanoni and
//! Petrank, *An on-the-fly reference-counting garbage collector for Java*, 2006.

use super::BodyTranslator;
use super::slot::Slot;
use crate::builtin::Builtin;
use crate::layout::{context, object, short_object, store, type_record};
use crate::{Collector, POINTER};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, InstBuilder, MemFlagsData, Value, types};

impl BodyTranslator<'_, '_> {
    /// The barrier for reads. It must be called with every reference into the heap that is read from a
    /// global, a table or an object.
    pub(super) fn read_barrier(&mut self, value: Value) {
        self.declare_reference(value);
        match self.info.collector {
            Collector::Counting => self.join_table(value),
            Collector::Coalescing => {}
        }
    }

    /// Adds a reference that was read to the activations table.
    ///
    /// ```text
    /// if value is an object and not in the table {
    ///     if room == 0 { join_table(value) }          // collects, then does the same
    ///     else { room -= 1; value.count += 1; value.next = head; head = value;
    ///            value.info |= IN_TABLE }
    /// }
    /// ```
    fn join_table(&mut self, value: Value) {
        let [check, join, link, full, done] = [(); 5].map(|()| self.builder.create_block());
        for cold in [join, link, full] {
            self.builder.set_cold_block(cold);
        }
        self.branch_if_object(value, check, done);

        self.switch_and_seal(check);
        let record = self.store_record();
        let address = self.object_address(record, value);
        let info = self.builder.ins().load(types::I32, fields(), address, object::INFO);
        let in_table = self.builder.ins().band_imm_u(info, i64::from(object::IN_TABLE));
        self.builder.ins().brif(in_table, done, [], join, []);

        self.switch_and_seal(join);
        let room = self.builder.ins().load(types::I32, fields(), record, store::TABLE_ROOM);
        self.builder.ins().brif(room, link, [], full, []);

        self.switch_and_seal(link);
        let room = self.builder.ins().iadd_imm_s(room, -1);
        self.builder.ins().store(fields(), room, record, store::TABLE_ROOM);
        self.count(address, 1);
        let head = self.builder.ins().load(types::I32, fields(), record, store::TABLE_HEAD);
        self.builder.ins().store(fields(), head, address, object::NEXT);
        self.builder.ins().store(fields(), value, record, store::TABLE_HEAD);
        let info = self.builder.ins().bor_imm_u(info, i64::from(object::IN_TABLE));
        self.builder.ins().store(fields(), info, address, object::INFO);
        self.builder.ins().jump(done, []);

        self.switch_and_seal(full);
        self.builtin(Builtin::JoinTable, &[value]);
        self.builder.ins().jump(done, []);

        self.switch_and_seal(done);
    }

    /// Stores a reference into the heap to a global or a table. `flags` are those of the access.
    pub(super) fn store_reference(
        &mut self,
        value: Value,
        base: Value,
        offset: i32,
        flags: MemFlagsData,
    ) {
        match self.info.collector {
            Collector::Counting => self.store_counted(value, base, offset, flags),
            // Globals and tables are roots of each collection.
            Collector::Coalescing => drop(self.builder.ins().store(flags, value, base, offset)),
        }
    }

    /// Stores a reference into the heap to an object. `flags` are those of the access.
    ///
    /// ```text
    /// if object is not logged { log(object) }   // never collects: the object stays logged until the store
    /// slot := value
    /// ```
    pub(super) fn store_in_object(&mut self, value: Value, slot: Slot, flags: MemFlagsData) {
        let Slot { object, header, address, offset, .. } = slot;
        if self.info.collector == Collector::Counting {
            return self.store_counted(value, address, offset, flags);
        }
        let [log, write] = [(); 2].map(|()| self.builder.create_block());
        self.builder.set_cold_block(log);
        let info = self.load_header_field(header, short_object::INFO);
        let unlogged = self.builder.ins().band_imm_u(info, i64::from(short_object::UNLOGGED));
        self.builder.ins().brif(unlogged, log, [], write, []);

        self.switch_and_seal(log);
        self.builtin(Builtin::LogObject, &[object]);
        self.builder.ins().jump(write, []);

        self.switch_and_seal(write);
        self.builder.ins().store(flags, value, address, offset);
    }

    /// Stores a reference, and counts it.
    ///
    /// The increment comes first, because the object that loses a reference may be the one that keeps the new
    /// object alive.
    ///
    /// ```text
    /// old := slot
    /// if value != old {
    ///     if value is an object { value.count += 1 }
    ///     slot := value
    ///     if old is an object { old.count -= 1; if old.count == 0 { free(old) } }
    /// }
    /// ```
    fn store_counted(&mut self, value: Value, base: Value, offset: i32, flags: MemFlagsData) {
        let [differ, increment, write, decrement, free, done] =
            [(); 6].map(|()| self.builder.create_block());
        self.builder.set_cold_block(free);
        let old = self.builder.ins().load(types::I32, flags, base, offset);
        let same = self.builder.ins().icmp(IntCC::Equal, value, old);
        self.builder.ins().brif(same, done, [], differ, []);

        self.switch_and_seal(differ);
        let record = self.store_record();
        self.branch_if_object(value, increment, write);

        self.switch_and_seal(increment);
        let address = self.object_address(record, value);
        self.count(address, 1);
        self.builder.ins().jump(write, []);

        self.switch_and_seal(write);
        self.builder.ins().store(flags, value, base, offset);
        self.branch_if_object(old, decrement, done);

        self.switch_and_seal(decrement);
        let address = self.object_address(record, old);
        let count = self.count(address, -1);
        self.builder.ins().brif(count, done, [], free, []);

        self.switch_and_seal(free);
        self.builtin(Builtin::Free, &[old]);
        self.builder.ins().jump(done, []);

        self.switch_and_seal(done);
    }

    /// Counts a reference that is about to be written to a new object, whose slots are null.
    pub(super) fn count_new_reference(&mut self, value: Value) {
        if self.info.collector == Collector::Coalescing {
            // The object is young, and what it holds is counted if it survives.
            return;
        }
        let [increment, done] = [(); 2].map(|()| self.builder.create_block());
        self.branch_if_object(value, increment, done);
        self.switch_and_seal(increment);
        let record = self.store_record();
        let address = self.object_address(record, value);
        self.count(address, 1);
        self.builder.ins().jump(done, []);
        self.switch_and_seal(done);
    }

    /// Branches by whether a reference is to an object: it is not null and not a number of 31 bits.
    pub(super) fn branch_if_object(&mut self, value: Value, object: Block, other: Block) {
        let there = self.builder.create_block();
        self.builder.ins().brif(value, there, [], other, []);
        self.switch_and_seal(there);
        let is_number = self.builder.ins().band_imm_u(value, 1);
        self.builder.ins().brif(is_number, other, [], object, []);
    }

    /// The address of an object of a type that this module has.
    pub(super) fn address_of(&mut self, reference: Value) -> Value {
        let record = self.store_record();
        self.object_address(record, reference)
    }

    /// The address of an object that another module may have made. The base of the heap may not be fixed yet
    /// when this function begins.
    pub(super) fn address_of_any(&mut self, reference: Value) -> Value {
        let record = self.store_record();
        let base = self.builder.ins().load(POINTER, fields(), record, store::HEAP_BASE);
        let offset = self.builder.ins().uextend(POINTER, reference);
        self.builder.ins().iadd(base, offset)
    }

    /// Loads four bytes of an object without a barrier.
    pub(super) fn load_header_field(&mut self, address: Value, offset: i32) -> Value {
        self.builder.ins().load(types::I32, fields(), address, offset)
    }

    /// The entry at `depth` of the display of a type, which is given by its engine-wide identity, and of
    /// which the store has objects.
    pub(super) fn display_entry(&mut self, ty: Value, depth: u32) -> Value {
        let record = self.store_record();
        let records = self.builder.ins().load(POINTER, fields(), record, store::TYPES);
        let ty = self.builder.ins().uextend(POINTER, ty);
        let offset = self.builder.ins().ishl_imm_u(ty, i64::from(type_record::SIZE_LOG2));
        let entry = self.builder.ins().iadd(records, offset);
        let offset = type_record::DISPLAY + 4 * depth as i32;
        self.builder.ins().load(types::I32, fields(), entry, offset)
    }

    pub(super) fn store_record(&mut self) -> Value {
        self.load_constant_pointer(self.context, context::STORE as u32)
    }

    /// The address of an object. The base of the heap is fixed before an instance with [places for
    /// references](crate::ModuleInfo::has_heap_slots), or with types of objects, runs.
    fn object_address(&mut self, record: Value, reference: Value) -> Value {
        let base = self.load_constant_pointer(record, store::HEAP_BASE as u32);
        let offset = self.builder.ins().uextend(POINTER, reference);
        self.builder.ins().iadd(base, offset)
    }

    /// Adds `delta` to an object's count, and gives the new count.
    fn count(&mut self, address: Value, delta: i64) -> Value {
        let count = self.builder.ins().load(types::I64, fields(), address, object::COUNT);
        let count = self.builder.ins().iadd_imm_s(count, delta);
        self.builder.ins().store(fields(), count, address, object::COUNT);
        count
    }
}

/// The flags of accesses to fields of headers and of the store's record, which are always accessible, and
/// which collections rewrite.
pub(super) fn fields() -> MemFlagsData {
    MemFlagsData::trusted()
}
