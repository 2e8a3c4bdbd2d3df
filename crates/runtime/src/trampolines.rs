//! Code between the host and Wasm, compiled once per engine and signature.

use crate::backtrace::ModuleNames;
use crate::builtins;
use crate::code::{CodeBuilder, CodeObject, FunctionKind};
use crate::compile::FunctionCompiler;
use crate::error::Result;
use crate::types::FuncType;
use crate::vm::ArrayCall;
use cranelift_codegen::isa::TargetIsa;
use parking_lot::Mutex;
use std::collections::HashMap;
use std::sync::Arc;
use touchstone_cranelift_wasm::builtin::{Builtin, Leaf};
use touchstone_cranelift_wasm::trampoline::{self, Exits};

/// Trampolines of an engine. They live as long as it does.
pub(crate) struct Trampolines {
    builtins: Box<[usize]>,
    _builtin_code: Arc<CodeObject>,
    entries: Mutex<HashMap<FuncType, (ArrayCall, Arc<CodeObject>)>>,
    host_calls: Mutex<HashMap<FuncType, (usize, Arc<CodeObject>)>>,
    exits: Exits,
}

impl Trampolines {
    /// Compiles those of the runtime's functions.
    pub(crate) fn new(isa: &dyn TargetIsa, exits: Exits) -> Result<Self> {
        let mut compiler = FunctionCompiler::new(isa);
        let mut builder = CodeBuilder::default();
        for builtin in Builtin::ALL {
            compiler.context.clear();
            let func = &mut compiler.context.func;
            let ctx = compiler.translator.builder_context();
            let host = builtins::address(*builtin);
            trampoline::builtin_call(func, ctx, *builtin, host, isa.frontend_config());
            builder.push(compiler.finish(FunctionKind::Trampoline)?);
        }
        let code = builder.finish(ModuleNames::default())?;
        let address = |i| code.function(i) as usize;
        let leaves = Leaf::ALL.iter().map(|leaf| builtins::leaf_address(*leaf));
        let builtins = (0..Builtin::ALL.len()).map(address).chain(leaves).collect();
        Ok(Trampolines {
            builtins,
            _builtin_code: code,
            entries: Mutex::default(),
            host_calls: Mutex::default(),
            exits,
        })
    }

    /// The table of the runtime's functions, as contexts hold it.
    pub(crate) fn builtins(&self) -> *const usize {
        self.builtins.as_ptr()
    }

    /// The trampoline by which the host enters functions of type `ty`.
    pub(crate) fn entry(&self, isa: &dyn TargetIsa, ty: &FuncType) -> Result<ArrayCall> {
        let ty = &ty.erased();
        if let Some((entry, _)) = self.entries.lock().get(ty) {
            return Ok(*entry);
        }
        let kind = FunctionKind::Entry { record: 0 };
        let code = Self::compile(isa, kind, |compiler| {
            let ctx = compiler.translator.builder_context();
            let func = &mut compiler.context.func;
            trampoline::entry(func, ctx, &ty.to_wasm(), isa.frontend_config());
        })?;
        // SAFETY: the code was generated with the signature of `ArrayCall`, and the object is
        // kept below for as long as the engine lives.
        let entry = unsafe { std::mem::transmute::<*const u8, ArrayCall>(code.function(0)) };
        Ok(self.entries.lock().entry(ty.clone()).or_insert((entry, code)).0)
    }

    /// The trampoline by which Wasm calls host functions of type `ty`.
    pub(crate) fn host_call(&self, isa: &dyn TargetIsa, ty: &FuncType) -> Result<*const u8> {
        let ty = &ty.erased();
        if let Some((call, _)) = self.host_calls.lock().get(ty) {
            return Ok(*call as *const u8);
        }
        let code = Self::compile(isa, FunctionKind::Trampoline, |compiler| {
            let ctx = compiler.translator.builder_context();
            let func = &mut compiler.context.func;
            trampoline::host_call(func, ctx, &ty.to_wasm(), isa.frontend_config(), self.exits);
        })?;
        let call = code.function(0) as usize;
        Ok(self.host_calls.lock().entry(ty.clone()).or_insert((call, code)).0 as *const u8)
    }

    fn compile(
        isa: &dyn TargetIsa,
        kind: FunctionKind,
        build: impl FnOnce(&mut FunctionCompiler<'_>),
    ) -> Result<Arc<CodeObject>> {
        let mut compiler = FunctionCompiler::new(isa);
        build(&mut compiler);
        let mut builder = CodeBuilder::default();
        builder.push(compiler.finish(kind)?);
        builder.finish(ModuleNames::default())
    }
}
