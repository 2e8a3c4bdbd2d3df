//! Exceptions: throwing them, catching them, and calls that may throw.
//!
//! An exception is a reference into the heap. A call within a `try_table` has a landing block, where control
//! continues with the exception if the call throws. The landing block compares the exception's tag and
//! branches, or throws the exception again. If nothing is thrown, none of this runs.

use super::{BodyTranslator, cost};
use crate::builtin::Builtin;
use crate::index::TagIdx;
use crate::layout::VALUE_SIZE;
use crate::{POINTER, trap};
use cranelift_codegen::ir::{
    Block, BlockArg, BlockCall, Endianness, ExceptionTableData, ExceptionTableItem, Inst,
    InstBuilder, MemFlagsData, SigRef, StackSlotData, StackSlotKind, Value, types,
};
use wasmparser::{Catch, TryTable, ValType};

impl BodyTranslator<'_, '_> {
    /// Enters a `try_table`. Its handlers are translated first, because their labels are counted from outside
    /// of it.
    pub(super) fn try_table(&mut self, table: &TryTable) {
        let body = self.builder.create_block();
        self.builder.ins().jump(body, []);
        let landing = self.builder.create_block();
        self.builder.set_cold_block(landing);
        let payload = self.builder.append_block_param(landing, POINTER);
        self.builder.switch_to_block(landing);
        let exception = self.builder.ins().ireduce(types::I32, payload);
        self.declare_reference(exception);
        self.dispatch(&table.catches, exception);
        self.reachable = true;
        self.switch_and_seal(body);
        self.push_try_frame(table.ty, landing);
    }

    /// Branches to the first clause that catches `exception`, or throws it again.
    fn dispatch(&mut self, catches: &[Catch], exception: Value) {
        for catch in catches {
            match *catch {
                Catch::All { label } => return self.catch(label, &[]),
                Catch::AllRef { label } => return self.catch(label, &[exception]),
                Catch::One { tag, label } => self.catch_tag(exception, tag, label, false),
                Catch::OneRef { tag, label } => self.catch_tag(exception, tag, label, true),
            }
        }
        self.raise(Builtin::ThrowRef, &[exception]);
    }

    fn catch(&mut self, label: u32, values: &[Value]) {
        let (block, _) = self.target(label);
        let args: Vec<BlockArg> = values.iter().map(|v| BlockArg::Value(*v)).collect();
        self.builder.ins().jump(block, &args);
    }

    /// Branches to a label if the exception has this tag. Translation continues with the case of another tag.
    fn catch_tag(&mut self, exception: Value, tag: u32, label: u32, with_reference: bool) {
        let tag = TagIdx::from_u32(tag);
        let [matches, next] = [(); 2].map(|()| self.builder.create_block());
        let identity = self.tag(tag);
        let same = self.builtin(Builtin::HasTag, &[exception, identity]);
        self.builder.ins().brif(same.expect("it has a result"), matches, [], next, []);
        self.switch_and_seal(matches);
        let tys = self.info.tag_type(tag).params();
        let mut values = self.unpack(exception, tys);
        values.extend(with_reference.then_some(exception));
        self.catch(label, &values);
        self.switch_and_seal(next);
    }

    /// The values that an exception carries.
    fn unpack(&mut self, exception: Value, tys: &[ValType]) -> Vec<Value> {
        if tys.is_empty() {
            return Vec::new();
        }
        let values = self.values_slot(tys.len());
        self.builtin(Builtin::Unpack, &[exception, values]);
        let mut loaded = Vec::with_capacity(tys.len());
        for (i, ty) in tys.iter().enumerate() {
            let offset = i as i32 * VALUE_SIZE as i32;
            let value =
                self.builder.ins().load(self.info.ir_type(*ty), slot_flags(), values, offset);
            self.declare(value, *ty);
            loaded.push(value);
        }
        loaded
    }

    /// The address of the slot for the values of an exception, which has room for `count` values. All throws
    /// and catches of a function share the slot: between the first write and the last read of the values
    /// nothing else throws or catches in this frame. Nothing collects either, so no stack map needs to name
    /// the slot.
    fn values_slot(&mut self, count: usize) -> Value {
        let size = count.max(1) as u32 * VALUE_SIZE;
        let data = StackSlotData::new(StackSlotKind::ExplicitSlot, size, 4);
        let slot = match self.values_slot {
            Some(slot) => slot,
            None => self.builder.create_sized_stack_slot(data),
        };
        self.values_slot = Some(slot);
        let shared = &mut self.builder.func.sized_stack_slots[slot];
        shared.size = shared.size.max(size);
        self.builder.ins().stack_addr(POINTER, slot, 0)
    }

    /// The identity of a tag in the store.
    fn tag(&mut self, tag: TagIdx) -> Value {
        let flags = MemFlagsData::trusted().with_readonly().with_can_move();
        let offset = self.layout.tag(tag) as i32;
        self.builder.ins().load(types::I32, flags, self.context, offset)
    }

    pub(super) fn throw(&mut self, tag: TagIdx) {
        let count = self.info.tag_type(tag).params().len();
        let values = self.values_slot(count);
        // Stores of results of calls are slower, and larger, than other instructions.
        self.meter.kept += count;
        for (i, value) in self.top(count).to_vec().into_iter().enumerate() {
            let offset = i as i32 * VALUE_SIZE as i32;
            self.builder.ins().store(slot_flags(), value, values, offset);
        }
        self.drop_top(count);
        let tag = self.tag(tag);
        self.raise(Builtin::Throw, &[tag, values]);
    }

    pub(super) fn throw_ref(&mut self) {
        let exception = self.pop();
        self.builder.ins().trapz(exception, trap::NULL_EXCEPTION_REFERENCE);
        self.raise(Builtin::ThrowRef, &[exception]);
    }

    /// Calls a function of the runtime that does not return, but may continue in a handler of this function.
    fn raise(&mut self, builtin: Builtin, args: &[Value]) {
        let (code, args) = self.builtin_callee(builtin, args);
        let sig = self.builder.import_signature(builtin.wasm_signature());
        self.call_or_land(sig, code, &args, &[]);
        self.builder.ins().trap(trap::ENGINE_BUG);
        self.reachable = false;
    }

    /// Calls `code`, and gives the results. If the call is within a `try_table` and throws, control continues
    /// in the landing block of that.
    pub(super) fn call_or_land(
        &mut self,
        sig: SigRef,
        code: Value,
        args: &[Value],
        results: &[ValType],
    ) -> Vec<Value> {
        let Some(landing) = self.landing() else {
            let inst = self.builder.ins().call_indirect(sig, code, args);
            return self.builder.inst_results(inst).to_vec();
        };
        self.landing_call(sig, landing, results, |this, table| {
            this.builder.ins().try_call_indirect(code, args, table)
        })
    }

    /// Makes a call that continues in `landing` if it throws, and in a new block if it returns.
    pub(super) fn landing_call(
        &mut self,
        sig: SigRef,
        landing: Block,
        results: &[ValType],
        call: impl FnOnce(&mut Self, cranelift_codegen::ir::ExceptionTable) -> Inst,
    ) -> Vec<Value> {
        self.meter.edges(1, self.stack.len());
        self.meter.landings += 1;
        self.meter.kept += cost::LANDING_RESULT * results.len();
        let normal = self.block_with(results);
        let returned: Vec<BlockArg> = (0..results.len() as u32).map(BlockArg::TryCallRet).collect();
        let pool = &mut self.builder.func.dfg.value_lists;
        let normal_call = BlockCall::new(normal, returned, pool);
        let landing_call = BlockCall::new(landing, [BlockArg::TryCallExn(0)], pool);
        let handlers = [ExceptionTableItem::Default(landing_call)];
        let table = ExceptionTableData::new(sig, normal_call, handlers);
        let table = self.builder.func.dfg.exception_tables.push(table);
        call(self, table);
        self.switch_and_seal(normal);
        self.builder.block_params(normal).to_vec()
    }
}

/// The flags for values in memory, which are in little-endian order on every target.
fn slot_flags() -> MemFlagsData {
    MemFlagsData::trusted().with_endianness(Endianness::Little)
}
