//! Code between the host and Wasm, as Cranelift IR.
//!
//! There are three kinds. An engine has one entry and one host call trampoline per signature, and one builtin
//! call trampoline per function of the runtime:
//!
//! * **entry**: the host calls it with arguments in memory; it calls a Wasm function with arguments in
//!   registers, and returns `false` if a trap or a host error ended the call;
//! * **host call**: Wasm calls it; it spills the arguments and calls the host's function;
//! * **builtin call**: Wasm calls it; it calls a function of the runtime.
//!
//! The last two record where Wasm was left, so that the stack can be walked from there, and clear this record
//! when Wasm continues. So a walk that finds no exit knows that one was not recorded.

use crate::builtin::Builtin;
use crate::layout::{self, VALUE_SIZE, context, entry_record, host_context, store};
use crate::{POINTER, ir_type, wasm_signature};
use cranelift_codegen::ir::{
    self, AbiParam, BlockArg, ExceptionTableData, ExceptionTableItem, InstBuilder, MemFlagsData,
    Signature, StackSlotData, StackSlotKind, Value, types,
};
use cranelift_codegen::isa::{CallConv, TargetFrontendConfig};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use wasmparser::FuncType;

/// The type of entry trampolines: `fn(callee_context, caller_context, code, values) -> bool`.
pub fn entry_signature(host: CallConv) -> Signature {
    let mut sig = Signature::new(host);
    sig.params.extend([POINTER; 4].map(AbiParam::new));
    // Some hosts' calling conventions require that the callee extends the result.
    sig.returns.push(AbiParam::new(types::I8).uext());
    sig
}

/// The type of the host's functions: `fn(callee_context, caller_context, values) -> bool`.
pub fn host_signature(host: CallConv) -> Signature {
    let mut sig = Signature::new(host);
    sig.params.extend([POINTER; 3].map(AbiParam::new));
    sig.returns.push(AbiParam::new(types::I8));
    sig
}

/// Flags for accesses to the host's memory. A trap there would be a defect, so the flags say that the
/// accesses cannot trap.
fn host_memory() -> MemFlagsData {
    MemFlagsData::trusted()
}

fn load_pointer(b: &mut FunctionBuilder<'_>, base: Value, offset: i32) -> Value {
    b.ins().load(POINTER, host_memory(), base, offset)
}

fn store_pointer(b: &mut FunctionBuilder<'_>, value: Value, base: Value, offset: i32) {
    b.ins().store(host_memory(), value, base, offset);
}

fn load_values(
    b: &mut FunctionBuilder<'_>,
    tys: &[wasmparser::ValType],
    values: Value,
) -> Vec<Value> {
    let load = |(i, ty): (usize, &wasmparser::ValType)| {
        b.ins().load(ir_type(*ty), value_flags(), values, i as i32 * VALUE_SIZE as i32)
    };
    tys.iter().enumerate().map(load).collect()
}

fn store_values(b: &mut FunctionBuilder<'_>, values: &[Value], to: Value) {
    for (i, value) in values.iter().enumerate() {
        b.ins().store(value_flags(), *value, to, i as i32 * VALUE_SIZE as i32);
    }
}

/// Flags for slots of 16 bytes, which hold values in little-endian order on every target.
fn value_flags() -> MemFlagsData {
    MemFlagsData::trusted().with_endianness(ir::Endianness::Little)
}

/// Builds the entry trampoline of `ty`.
///
/// ```text
/// record := { ENTRY_CANARY ^ &record, store }
/// store.entry_{fp, sp, handler, canary} := this frame's
/// try   results := code(callee, caller, values…); values := results; return true
/// catch return false
/// ```
///
/// The caller saves and restores the store's entry and exit fields around the call. The record is the
/// function's only stack slot, so that its place in the frame is known without the store.
pub fn entry(
    func: &mut ir::Function,
    ctx: &mut FunctionBuilderContext,
    ty: &FuncType,
    target: TargetFrontendConfig,
) {
    func.signature = entry_signature(target.default_call_conv);
    let mut b = FunctionBuilder::new(func, ctx);
    let block = start_block(&mut b);
    let [callee, caller, code, values] = *b.block_params(block) else { unreachable!() };
    // The block that ends in the call must not be the function's first, because the address of the call's
    // handler is taken by naming that block.
    let body = b.create_block();
    let normal = b.create_block();
    let handler = b.create_block();
    b.set_cold_block(handler);
    b.ins().jump(body, []);
    b.switch_to_block(body);

    let record = load_pointer(&mut b, callee, context::STORE);
    let slot = StackSlotData::new(StackSlotKind::ExplicitSlot, entry_record::SIZE, 3);
    let slot = b.create_sized_stack_slot(slot);
    let canary = b.ins().stack_addr(POINTER, slot, 0);
    let word = b.ins().iconst(types::I64, layout::ENTRY_CANARY as i64);
    let word = b.ins().bxor(word, canary);
    b.ins().store(host_memory(), word, canary, entry_record::CANARY);
    store_pointer(&mut b, record, canary, entry_record::STORE);
    store_pointer(&mut b, canary, record, store::ENTRY_CANARY);
    let fp = b.ins().get_frame_pointer(POINTER);
    store_pointer(&mut b, fp, record, store::ENTRY_FP);
    let sp = b.ins().get_stack_pointer(POINTER);
    store_pointer(&mut b, sp, record, store::ENTRY_SP);
    let resume = b.ins().get_exception_handler_address(POINTER, body, 0);
    store_pointer(&mut b, resume, record, store::ENTRY_HANDLER);

    let mut args = vec![callee, caller];
    args.extend(load_values(&mut b, ty.params(), values));
    let sig = b.import_signature(wasm_signature(ty));
    let results: Vec<BlockArg> = (0..ty.results().len() as u32).map(BlockArg::TryCallRet).collect();
    for result in ty.results() {
        b.append_block_param(normal, ir_type(*result));
    }
    let pool = &mut b.func.dfg.value_lists;
    let normal_call = ir::BlockCall::new(normal, results, pool);
    let handler_call = ir::BlockCall::new(handler, [], pool);
    let table =
        ExceptionTableData::new(sig, normal_call, [ExceptionTableItem::Default(handler_call)]);
    let table = b.func.dfg.exception_tables.push(table);
    b.ins().try_call_indirect(code, &args, table);

    b.switch_to_block(normal);
    let results = b.block_params(normal).to_vec();
    store_values(&mut b, &results, values);
    let one = b.ins().iconst(types::I8, 1);
    b.ins().return_(&[one]);

    b.switch_to_block(handler);
    let zero = b.ins().iconst(types::I8, 0);
    b.ins().return_(&[zero]);
    b.seal_all_blocks();
    b.finalize(target);
}

/// Whether host call trampolines record where Wasm was left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Exits {
    /// The trampolines record it.
    #[default]
    Recorded,
    /// The trampolines do not record it, which is a defect that is made on purpose.
    Unrecorded,
}

/// Builds the trampoline by which Wasm calls a host function of type `ty`.
///
/// ```text
/// store.exit_{fp, pc} := this frame's, the caller's
/// slots := arguments
/// if !host(callee, caller, slots) { raise() }
/// store.exit_fp := 0
/// return slots
/// ```
///
/// With [`Exits::Unrecorded`] the trampoline does not write the store's fields, as a defect might. Tests use
/// this to show that a walk notices.
pub fn host_call(
    func: &mut ir::Function,
    ctx: &mut FunctionBuilderContext,
    ty: &FuncType,
    target: TargetFrontendConfig,
    exits: Exits,
) {
    func.signature = wasm_signature(ty);
    let mut b = FunctionBuilder::new(func, ctx);
    let block = start_block(&mut b);
    let params = b.block_params(block).to_vec();
    let (callee, caller) = (params[0], params[1]);
    if exits == Exits::Recorded {
        record_exit(&mut b, callee);
    }

    let slots = ty.params().len().max(ty.results().len()).max(1) as u32;
    let slot = StackSlotData::new(StackSlotKind::ExplicitSlot, slots * VALUE_SIZE, 4);
    let slot = b.create_sized_stack_slot(slot);
    let values = b.ins().stack_addr(POINTER, slot, 0);
    store_values(&mut b, &params[2..], values);
    let host = load_pointer(&mut b, callee, host_context::FUNC);
    let sig = b.import_signature(host_signature(target.default_call_conv));
    let call = b.ins().call_indirect(sig, host, &[callee, caller, values]);
    let ok = b.inst_results(call)[0];

    let normal = b.create_block();
    let raise = b.create_block();
    b.set_cold_block(raise);
    b.ins().brif(ok, normal, [], raise, []);
    b.switch_to_block(raise);
    let builtins = load_pointer(&mut b, callee, context::BUILTINS);
    let raise_fn = load_pointer(&mut b, builtins, Builtin::Raise.offset());
    let sig = b.import_signature(Builtin::Raise.wasm_signature());
    b.ins().call_indirect(sig, raise_fn, &[callee]);
    b.ins().trap(crate::trap::ENGINE_BUG);

    b.switch_to_block(normal);
    if exits == Exits::Recorded {
        forget_exit(&mut b, callee);
    }
    let results = load_values(&mut b, ty.results(), values);
    b.ins().return_(&results);
    b.seal_all_blocks();
    b.finalize(target);
}

/// Builds the trampoline by which Wasm calls `builtin`, whose address is `host`.
pub fn builtin_call(
    func: &mut ir::Function,
    ctx: &mut FunctionBuilderContext,
    builtin: Builtin,
    host: usize,
    target: TargetFrontendConfig,
) {
    func.signature = builtin.wasm_signature();
    let mut b = FunctionBuilder::new(func, ctx);
    let block = start_block(&mut b);
    let params = b.block_params(block).to_vec();
    if builtin != Builtin::Raise {
        record_exit(&mut b, params[0]);
    }
    let host = b.ins().iconst(POINTER, host as i64);
    let sig = b.import_signature(builtin.host_signature(target.default_call_conv));
    let params: Vec<Value> = params.into_iter().map(|value| widened(&mut b, value)).collect();
    let call = b.ins().call_indirect(sig, host, &params);
    let results = b.inst_results(call).to_vec();
    if builtin != Builtin::Raise {
        forget_exit(&mut b, params[0]);
    }
    b.ins().return_(&results);
    b.seal_all_blocks();
    b.finalize(target);
}

/// Widens an integer to 64 bits.
fn widened(b: &mut FunctionBuilder<'_>, value: Value) -> Value {
    match b.func.dfg.value_type(value) {
        types::I64 => value,
        _ => b.ins().uextend(types::I64, value),
    }
}

fn start_block(b: &mut FunctionBuilder<'_>) -> ir::Block {
    let block = b.create_block();
    b.append_block_params_for_function_params(block);
    b.switch_to_block(block);
    block
}

/// Records this frame as the one through which Wasm was left.
fn record_exit(b: &mut FunctionBuilder<'_>, context: Value) {
    let record = load_pointer(b, context, context::STORE);
    let fp = b.ins().get_frame_pointer(POINTER);
    store_pointer(b, fp, record, store::EXIT_FP);
    let pc = b.ins().get_return_address(POINTER);
    store_pointer(b, pc, record, store::EXIT_PC);
}

/// Clears the recorded exit, because Wasm continues.
fn forget_exit(b: &mut FunctionBuilder<'_>, context: Value) {
    let record = load_pointer(b, context, context::STORE);
    let zero = b.ins().iconst(POINTER, 0);
    store_pointer(b, zero, record, store::EXIT_FP);
}
