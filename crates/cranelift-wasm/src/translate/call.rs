//! Calls: direct, imported and indirect ones, and calls of the runtime's functions.

use super::BodyTranslator;
use crate::builtin::Builtin;
use crate::index::{FuncIdx, TableIdx, TypeIdx};
use crate::layout::{context, func_import, func_ref};
use crate::{POINTER, trap};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    ExtFuncData, ExternalName, FuncRef, InstBuilder, MemFlagsData, SigRef, UserExternalName, Value,
    types,
};

/// The callee of a call, with the arguments.
enum Callee {
    /// A function of this module.
    Direct(FuncRef, Vec<Value>),
    /// Code at an address.
    Indirect(SigRef, Value, Vec<Value>),
}

impl BodyTranslator<'_, '_> {
    pub(super) fn call(&mut self, function: FuncIdx) {
        let callee = self.callee(function);
        self.make_call(self.info.functions[function], callee);
    }

    /// Calls the callee, and replaces the arguments on the operand stack by the results.
    fn make_call(&mut self, ty: TypeIdx, callee: Callee) {
        let func_type = self.info.func_type(ty);
        let results = match callee {
            Callee::Direct(callee, args) => match self.landing() {
                Some(landing) => {
                    let sig = self.sig(ty);
                    self.landing_call(sig, landing, func_type.results(), |this, table| {
                        this.builder.ins().try_call(callee, &args, table)
                    })
                }
                None => {
                    let inst = self.builder.ins().call(callee, &args);
                    self.builder.inst_results(inst).to_vec()
                }
            },
            Callee::Indirect(sig, code, args) => {
                self.call_or_land(sig, code, &args, func_type.results())
            }
        };
        self.meter.kept += results.len();
        self.drop_top(func_type.params().len());
        for (value, ty) in results.into_iter().zip(func_type.results()) {
            self.declare(value, *ty);
            self.push(value);
        }
    }

    pub(super) fn return_call(&mut self, function: FuncIdx) {
        let callee = self.callee(function);
        self.finish_return_call(callee);
    }

    pub(super) fn call_indirect(&mut self, ty: TypeIdx, table: TableIdx) {
        let callee = self.indirect_callee(ty, table);
        self.make_call(ty, callee);
    }

    pub(super) fn return_call_indirect(&mut self, ty: TypeIdx, table: TableIdx) {
        let callee = self.indirect_callee(ty, table);
        self.finish_return_call(callee);
    }

    /// Makes a tail call, which replaces this function's own frame.
    fn finish_return_call(&mut self, callee: Callee) {
        match callee {
            Callee::Direct(callee, args) => self.builder.ins().return_call(callee, &args),
            Callee::Indirect(sig, code, args) => {
                self.builder.ins().return_call_indirect(sig, code, &args)
            }
        };
        self.reachable = false;
    }

    /// The callee for a function index, with its arguments, which stay on the operand stack.
    fn callee(&mut self, function: FuncIdx) -> Callee {
        let params = self.info.type_of(function).params().len();
        if self.info.defined_index(function).is_some() {
            let args = self.call_args(self.context, params);
            return Callee::Direct(self.func_ref(function), args);
        }
        let entry = self.layout.func_import(function);
        let code = self.load_constant_pointer(self.context, entry + func_import::WASM_CALL);
        let callee = self.load_constant_pointer(self.context, entry + func_import::CONTEXT);
        let args = self.call_args(callee, params);
        Callee::Indirect(self.sig(self.info.functions[function]), code, args)
    }

    /// The callee for a function in a table. Bounds, null and type are checked in this order, each with its
    /// own trap.
    fn indirect_callee(&mut self, ty: TypeIdx, table: TableIdx) -> Callee {
        let index = self.pop();
        let record = self.table_element(table, index, trap::UNDEFINED_ELEMENT);
        let record = self.builder.ins().load(POINTER, record.flags, record.address, 0);
        self.builder.ins().trapz(record, trap::UNINITIALIZED_ELEMENT);
        let flags = MemFlagsData::trusted();
        let actual = self.builder.ins().load(types::I32, flags, record, func_ref::TYPE_ID);
        let expected = self.type_id(ty);
        self.check_type(ty, actual, expected);
        self.referenced_callee(ty, record)
    }

    /// The engine-wide identity of a type of this module.
    pub(super) fn type_id(&mut self, ty: TypeIdx) -> Value {
        let ids = self.load_constant_pointer(self.context, context::TYPE_IDS as u32);
        let constant = MemFlagsData::trusted().with_readonly().with_can_move();
        self.builder.ins().load(types::I32, constant, ids, ty.as_u32() as i32 * 4)
    }

    /// Traps unless `actual` is the expected type or a subtype of it.
    fn check_type(&mut self, ty: TypeIdx, actual: Value, expected: Value) {
        let code = trap::INDIRECT_CALL_TYPE_MISMATCH;
        let same = self.builder.ins().icmp(IntCC::Equal, actual, expected);
        if self.info.types[ty].is_final {
            self.builder.ins().trapz(same, code);
            return;
        }
        let [differ, done] = [(); 2].map(|()| self.builder.create_block());
        self.builder.set_cold_block(differ);
        self.builder.ins().brif(same, done, [], differ, []);
        self.switch_and_seal(differ);
        let subtype = self.builtin(Builtin::IsSubtype, &[actual, expected]);
        self.builder.ins().trapz(subtype.expect("it has a result"), code);
        self.builder.ins().jump(done, []);
        self.switch_and_seal(done);
    }

    /// The callee for a function record, which is not null.
    fn referenced_callee(&mut self, ty: TypeIdx, record: Value) -> Callee {
        let params = self.info.func_type(ty).params().len();
        let flags = MemFlagsData::trusted();
        let code = self.builder.ins().load(POINTER, flags, record, func_ref::WASM_CALL);
        let callee = self.builder.ins().load(POINTER, flags, record, func_ref::CONTEXT);
        let args = self.call_args(callee, params);
        Callee::Indirect(self.sig(ty), code, args)
    }

    fn callee_on_stack(&mut self, ty: TypeIdx) -> Callee {
        let record = self.pop();
        self.builder.ins().trapz(record, trap::NULL_FUNCTION_REFERENCE);
        self.referenced_callee(ty, record)
    }

    pub(super) fn call_ref(&mut self, ty: TypeIdx) {
        let callee = self.callee_on_stack(ty);
        self.make_call(ty, callee);
    }

    pub(super) fn return_call_ref(&mut self, ty: TypeIdx) {
        let callee = self.callee_on_stack(ty);
        self.finish_return_call(callee);
    }

    fn call_args(&mut self, callee: Value, params: usize) -> Vec<Value> {
        let mut args = Vec::with_capacity(params + 2);
        args.extend([callee, self.context]);
        args.extend_from_slice(self.top(params));
        self.meter.kept += params;
        self.meter.call(self.stack.len());
        args
    }

    fn sig(&mut self, ty: TypeIdx) -> SigRef {
        let (info, builder) = (self.info, &mut self.builder);
        let import = || builder.import_signature(info.signature(info.func_type(ty)));
        *self.sigs.entry(ty).or_insert_with(import)
    }

    /// The reference to a function of this module, by the name that the linker resolves.
    fn func_ref(&mut self, function: FuncIdx) -> FuncRef {
        if let Some(func) = self.funcs.get(&function) {
            return *func;
        }
        let signature = self.sig(self.info.functions[function]);
        let name = UserExternalName { namespace: 0, index: function.as_u32() };
        let name = self.builder.func.declare_imported_user_function(name);
        let data = ExtFuncData {
            name: ExternalName::user(name),
            signature,
            colocated: true,
            patchable: false,
        };
        let func = self.builder.import_function(data);
        self.funcs.insert(function, func);
        func
    }

    /// Calls a function of the runtime with the context and `args`.
    pub(super) fn builtin(&mut self, builtin: Builtin, args: &[Value]) -> Option<Value> {
        let (code, args) = self.builtin_callee(builtin, args);
        let sig = self.builder.import_signature(builtin.wasm_signature());
        let inst = self.builder.ins().call_indirect(sig, code, &args);
        self.builder.inst_results(inst).first().copied()
    }

    /// The address of a function of the runtime, and its arguments after the context.
    pub(super) fn builtin_callee(
        &mut self,
        builtin: Builtin,
        args: &[Value],
    ) -> (Value, Vec<Value>) {
        let table = self.load_constant_pointer(self.context, context::BUILTINS as u32);
        let code = self.load_constant_pointer(table, builtin.offset() as u32);
        let mut all = vec![self.context];
        all.extend_from_slice(args);
        self.meter.call(self.stack.len());
        (code, all)
    }
}
