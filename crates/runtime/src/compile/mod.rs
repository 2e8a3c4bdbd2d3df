//! The compiler. In: the bytes of a module. Out: its declarations and linked code. Reads, translates,
//! compiles and links.

pub(crate) mod budget;
pub(crate) mod cache;
pub(crate) mod config;
pub(crate) mod engine;
pub(crate) mod folder;
pub(crate) mod isa;
pub(crate) mod listing;
pub(crate) mod module;
mod places;
mod serialize;
mod stencils;
pub(crate) mod trampolines;

use crate::code::{CodeBuilder, CodeObject, CompiledFunction, FunctionKind};
use crate::compile::budget::{Budget, CompileControl};
use crate::compile::config::PlantedFailure;
use crate::compile::engine::Engine;
use crate::compile::stencils::Stencils;
use crate::value::backtrace::ModuleNames;
use crate::value::error::{Error, Result};
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::isa::TargetIsa;
use cranelift_codegen::print_errors::pretty_error;
use cranelift_codegen::{CodegenError, Context, ir};
use serde::{Deserialize, Serialize};
use std::any::Any;
use std::cmp::Reverse;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use touchstone_cranelift_wasm::layout::ContextLayout;
use touchstone_cranelift_wasm::{
    Body, CodeOptions, FuncIdx, FuncTranslator, ModuleInfo, ReadError, TranslateError, read_module,
};
use touchstone_validate::classify::classify;
use touchstone_validate::{ValidateError, validate_module};
use wasmparser::WasmFeatures;

/// The size in bytes from which several threads compile a module. A smaller one is compiled before a second
/// thread has started.
const LARGE: usize = 16 << 10;

/// A module's declarations and code.
pub(crate) struct Compiled {
    pub(crate) info: ModuleInfo,
    pub(crate) layout: ContextLayout,
    pub(crate) code: Arc<CodeObject>,
    /// The features with which it was compiled.
    pub(crate) features: WasmFeatures,
    pub(crate) stats: CompileStats,
    /// The budget that is left for trampolines.
    pub(crate) budget: Budget,
}

/// Statistics of the compilation of a module: see [`Module::compile_stats`](crate::Module::compile_stats).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CompileStats {
    /// Number of functions that the module defines.
    pub functions: usize,
    /// Number of functions that were compiled without optimisations and with one-pass register allocation,
    /// although the engine's configuration asks for more, because the configured way might have taken
    /// disproportionate time. If several threads compile, it can differ from run to run which functions these
    /// are.
    pub simplified: usize,
    /// The cost of all functions and of the code by which the host enters them, in the units of
    /// [`Config::compile_budget`](crate::Config::compile_budget).
    pub units: u64,
}

/// Reads and compiles `wasm`, and validates it with the features `wanted`.
pub(crate) fn compile(
    engine: &Engine,
    wasm: &Arc<[u8]>,
    wanted: WasmFeatures,
    control: &CompileControl,
) -> Result<Compiled> {
    control.check()?;
    let features = engine.module_features(wasm, wanted)?;
    compile_with(engine, wasm, features, control).map_err(|error| match error {
        // The compiler may have found an unsupported feature before it found that the module is invalid.
        Error::Unsupported(_) => validate(wasm, features).err().unwrap_or(error),
        other => other,
    })
}

fn compile_with(
    engine: &Engine,
    wasm: &Arc<[u8]>,
    features: WasmFeatures,
    control: &CompileControl,
) -> Result<Compiled> {
    let read = read_module(wasm, features, engine.config().collector);
    let (info, bodies) = read.map_err(|e| read_error(e, wasm, features))?;
    let layout = ContextLayout::new(&info);
    let config = engine.config();
    if config.without_code && !bodies.is_empty() {
        return Err(Error::Mismatch("the engine generates no code for functions".into()));
    }
    let compilation =
        ModuleCompilation::new(engine, (&info, &layout), &bodies, (wasm, features), control);
    let functions = match engine.config().compile_threads {
        threads if threads > 1 && bodies.len() > 1 && wasm.len() >= LARGE => {
            compilation.compile_on(threads, bodies)?
        }
        _ => compilation.compile_here(bodies)?,
    };
    let stats = CompileStats {
        functions: functions.len(),
        simplified: compilation.simplified.into_inner(),
        units: compilation.units.into_inner(),
    };
    let mut builder = CodeBuilder::default();
    functions.into_iter().for_each(|f| builder.push(f));
    let names = ModuleNames::new(wasm, info.name_section.clone());
    let code = builder.finish(names)?;
    Ok(Compiled { code, features, stats, budget: compilation.budget, info, layout })
}

/// Validates `wasm` without generating code. Checking operands may take as much time as compiling the module
/// may.
pub(crate) fn validate(wasm: &[u8], features: WasmFeatures) -> Result<()> {
    /// Half the number of operands that are checked in the time of a unit. It is half because a compilation
    /// may have checked as many before.
    const OPERANDS: u64 = 4;
    let allowed = |bytes| budget::allowed(bytes) * OPERANDS;
    validate_module(wasm, features, allowed).map_err(|error| match error {
        ValidateError::Validator(error) => classify(&error, wasm, features).into(),
        ValidateError::TooLarge(function) => Error::Resource(format!(
            "function {function} is too large to validate: its instructions, with those of the \
             functions before it, pass operands out of proportion to the size of the functions"
        )),
    })
}

fn read_error(error: ReadError, wasm: &[u8], features: WasmFeatures) -> Error {
    match error {
        ReadError::Validator(error) => classify(&error, wasm, features).into(),
        ReadError::Unsupported(feature) => Error::Unsupported(feature.into()),
    }
}

/// The state that the threads which compile a module share.
struct ModuleCompilation<'a> {
    engine: &'a Engine,
    info: &'a ModuleInfo,
    layout: &'a ContextLayout,
    wasm: &'a [u8],
    features: WasmFeatures,
    options: CodeOptions,
    control: &'a CompileControl,
    budget: Budget,
    /// The same as in [`CompileStats`].
    simplified: AtomicUsize,
    units: AtomicU64,
}

impl<'a> ModuleCompilation<'a> {
    fn new(
        engine: &'a Engine,
        (info, layout): (&'a ModuleInfo, &'a ContextLayout),
        bodies: &[Body<'_>],
        (wasm, features): (&'a [u8], WasmFeatures),
        control: &'a CompileControl,
    ) -> Self {
        let config = engine.config();
        let options = CodeOptions {
            relaxed: config.relaxed,
            interruptible: config.interruptible,
            fuel: config.fuel,
            vectors: !isa::lacking(engine.isa()).contains(WasmFeatures::SIMD),
            wide_compare: isa::compares_wide(engine.isa()),
        };
        let bytes: u64 = bodies.iter().map(|(_, body)| body.range().end - body.range().start).sum();
        ModuleCompilation {
            engine,
            info,
            layout,
            wasm,
            features,
            options,
            control,
            budget: Budget::new(bytes + info.type_bytes(), config.compile_budget),
            simplified: AtomicUsize::new(0),
            units: AtomicU64::new(0),
        }
    }

    fn compile_here(&self, bodies: Vec<Body<'_>>) -> Result<Vec<CompiledFunction>> {
        let isa = self.engine.isa();
        let mut compiler = match self.engine.spare_compilers().take() {
            Some((translator, context)) => FunctionCompiler::with(isa, translator, context),
            None => FunctionCompiler::with_options(isa, self.options),
        };
        let compile = |(function, body)| self.compile_one(&mut compiler, function, body);
        let compiled = self.info.defined_functions().zip(bodies).map(compile).collect();
        if self.wasm.len() < LARGE {
            self.engine.spare_compilers().give_back(compiler.translator, compiler.context);
        }
        compiled
    }

    /// Compiles the bodies on `threads` threads. They take bodies from one queue, the largest first, so that
    /// all finish at about the same time. If several functions fail, the error of the first one in the module
    /// is returned.
    fn compile_on(&self, threads: usize, bodies: Vec<Body<'_>>) -> Result<Vec<CompiledFunction>> {
        let mut bodies: Vec<_> = self.info.defined_functions().zip(bodies).collect();
        bodies.sort_by_key(|(_, (_, body))| Reverse(body.range().end - body.range().start));
        let queue = Mutex::new(bodies.into_iter());
        let work = || {
            let mut compiler = FunctionCompiler::with_options(self.engine.isa(), self.options);
            let mut compiled = Vec::new();
            loop {
                let next = queue.lock().expect("no panic holds it").next();
                let Some((function, body)) = next else { break compiled };
                compiled.push((function, self.compile_one(&mut compiler, function, body)));
            }
        };
        let mut results = std::thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut results = work();
            for other in others {
                match other.join() {
                    Ok(compiled) => results.extend(compiled),
                    Err(panic) => resume_unwind(panic),
                }
            }
            results
        });
        results.sort_unstable_by_key(|(function, _)| *function);
        results.into_iter().map(|(_, result)| result).collect()
    }

    /// Compiles a function. A panic of the code generator becomes an error, like its other failures.
    fn compile_one<'c>(
        &'c self,
        compiler: &mut FunctionCompiler<'c>,
        function: FuncIdx,
        body: Body<'_>,
    ) -> Result<CompiledFunction> {
        let compile = AssertUnwindSafe(|| self.translate_and_compile(compiler, function, body));
        catch_unwind(compile).unwrap_or_else(|payload| {
            // The compiler may be in an inconsistent state after a panic, so it is replaced.
            *compiler = FunctionCompiler::with_options(self.engine.isa(), self.options);
            let text = panic_text(&*payload);
            Err(Error::Internal(format!("compiling {function} panicked: {text}")))
        })
    }

    fn translate_and_compile(
        &self,
        compiler: &mut FunctionCompiler<'_>,
        function: FuncIdx,
        body: Body<'_>,
    ) -> Result<CompiledFunction> {
        let target = self.engine.isa().frontend_config();
        let FunctionCompiler { translator, context, .. } = compiler;
        let allowance = || (!self.control.is_cancelled()).then(|| self.budget.left());
        context.clear();
        let func = &mut context.func;
        match translator.translate(
            self.info,
            self.layout,
            (function, body),
            target,
            &allowance,
            func,
        ) {
            Ok(()) => {
                match self.engine.config().planted {
                    // The failure of stack maps is planted later, when they are made.
                    None | Some(PlantedFailure::StackMaps) => {}
                    Some(PlantedFailure::Panic) => panic!("a planted failure"),
                    Some(PlantedFailure::Verifier) => unterminate(func),
                }
                self.finish(compiler, function)
            }
            Err(TranslateError::Validator(error)) => {
                Err(classify(&error, self.wasm, self.features).into())
            }
            Err(TranslateError::Unsupported(feature)) => Err(Error::Unsupported(feature.into())),
            Err(TranslateError::Cancelled) => Err(Error::Cancelled),
            Err(TranslateError::TooLarge) => Err(self.budget.exhausted(function)),
        }
    }

    /// Compiles the translated function with the compiler that its cost allows.
    fn finish(
        &self,
        compiler: &mut FunctionCompiler<'_>,
        function: FuncIdx,
    ) -> Result<CompiledFunction> {
        let cost = compiler.translator.cost();
        self.budget.take(cost.units, function)?;
        self.control.check()?;
        self.units.fetch_add(cost.units, Ordering::Relaxed);
        let rich = !cost.is_steep() && self.budget.take_rich(cost.units);
        let linear = if rich { None } else { self.engine.linear_isa()? };
        self.simplified.fetch_add(linear.is_some().into(), Ordering::Relaxed);
        let isa = linear.unwrap_or(self.engine.isa());
        let mut compiled = compiler.finish_or_reuse(
            (isa, linear.is_some().into()),
            function,
            self.engine.stencils(),
        )?;
        if self.engine.config().planted == Some(PlantedFailure::StackMaps) {
            compiled.forget_last_references();
        }
        Ok(compiled)
    }
}

/// Removes the last instruction of the first block, so that the block lacks a terminator and the verifier
/// refuses the function.
fn unterminate(func: &mut ir::Function) {
    let last = func.layout.entry_block().and_then(|block| func.layout.last_inst(block));
    last.into_iter().for_each(|inst| func.layout.remove_inst(inst));
}

fn panic_text(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("with no text")
}

/// What modules of one engine were compiled with, for the modules that come next: a small module would need more time to
/// allocate than to compile.
#[derive(Default)]
pub(crate) struct SpareCompilers(Mutex<Vec<(FuncTranslator, Context)>>);

impl SpareCompilers {
    /// How many are kept: about as many as threads that compile at once.
    const MOST: usize = 8;

    fn take(&self) -> Option<(FuncTranslator, Context)> {
        let (translator, mut context) = self.0.lock().expect("no panic holds it").pop()?;
        // What a function costs is told from how this grows, and must not depend on the modules before.
        context.func.dfg.value_lists = ir::ValueListPool::new();
        Some((translator, context))
    }

    /// Keeps what a module was compiled with, whether or not it could be compiled. It must not have been a large one, as
    /// allocations stay as large as they were.
    fn give_back(&self, translator: FuncTranslator, context: Context) {
        let mut spare = self.0.lock().expect("no panic holds it");
        if spare.len() < SpareCompilers::MOST {
            spare.push((translator, context));
        }
    }
}

/// Compiles one function after another, reusing allocations.
pub(crate) struct FunctionCompiler<'a> {
    isa: &'a dyn TargetIsa,
    pub(crate) translator: FuncTranslator,
    pub(crate) context: Context,
    control: ControlPlane,
    /// The IR and the machine code of the function that was compiled last, if a listing is wanted.
    listed: Option<(String, String)>,
    /// What was hashed last, for its allocation.
    hashed: Vec<u8>,
}

impl<'a> FunctionCompiler<'a> {
    pub(crate) fn new(isa: &'a dyn TargetIsa) -> Self {
        Self::with_options(isa, CodeOptions::default())
    }

    fn with_options(isa: &'a dyn TargetIsa, options: CodeOptions) -> Self {
        FunctionCompiler::with(isa, FuncTranslator::with_options(options), Context::new())
    }

    fn with(isa: &'a dyn TargetIsa, translator: FuncTranslator, context: Context) -> Self {
        FunctionCompiler {
            isa,
            translator,
            context,
            control: ControlPlane::default(),
            listed: None,
            hashed: Vec::new(),
        }
    }

    /// Compiles the function that is in the context.
    pub(crate) fn finish(&mut self, kind: FunctionKind) -> Result<CompiledFunction> {
        self.finish_with(self.isa, kind)
    }

    /// Compiles the function that is in the context with another compiler for the same target.
    fn finish_with(&mut self, isa: &dyn TargetIsa, kind: FunctionKind) -> Result<CompiledFunction> {
        if let Some((clif, _)) = &mut self.listed {
            self.context.set_disasm(true);
            *clif = self.context.func.display().to_string();
        }
        let compiled = self.context.compile_stencil(isa, &mut self.control);
        let compiled = compiled.map_err(|error| {
            let limit =
                matches!(error, CodegenError::ImplLimitExceeded | CodegenError::CodeTooLarge);
            let text = pretty_error(&self.context.func, error);
            let text = format!("the code generator failed: {text}");
            if limit { Error::Resource(text) } else { Error::Internal(text) }
        })?;
        let mut compiled = compiled.apply_params(&self.context.func.params);
        if let Some((_, asm)) = &mut self.listed {
            *asm = compiled.vcode.take().unwrap_or_default();
        }
        Ok(CompiledFunction::new(kind, &compiled, &self.context.func))
    }

    /// Does the same with the function at `index` of a module, or takes the code of one with the same IR from `kept`.
    /// `compiler` tells `isa` from others of the engine.
    fn finish_or_reuse(
        &mut self,
        (isa, compiler): (&dyn TargetIsa, u8),
        index: FuncIdx,
        kept: Option<&Stencils>,
    ) -> Result<CompiledFunction> {
        let index = index.as_u32();
        let kind = FunctionKind::Wasm { index, context_leads: false };
        let Some(kept) = kept.filter(|_| self.listed.is_none()) else {
            return self.finish_with(isa, kind);
        };
        let digest = stencils::digest(&self.context.func, compiler, &mut self.hashed);
        if let Some(function) = kept.get(&digest, index, &self.context.func) {
            return Ok(function);
        }
        let function = self.finish_with(isa, kind)?;
        kept.keep(digest, &self.context.func, &function);
        Ok(function)
    }
}
