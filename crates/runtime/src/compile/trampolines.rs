//! Code between the host and Wasm, compiled once per engine and signature.
//!
//! In: function types. Out: trampolines, which last as long as somebody holds them: the modules whose
//! functions are entered by them, and the signatures of the host's functions. Types that differ only
//! in what their references refer to share one.
//!
//! The engine holds a few itself, the latest that were made: where one store or module after the other
//! comes and goes, most have the same signatures, which would be compiled again each time.
//!
//! Nothing unmaps a trampoline while it runs or is on a stack. A call comes from a function's record.
//! The record belongs to an instance, whose module holds the trampoline, or to a function of the host,
//! whose signature does; both are owned by their store until it ends, and a store that runs Wasm is
//! exclusively borrowed by the call.

use crate::code::{CodeBuilder, CodeObject, FunctionKind};
use crate::compile::FunctionCompiler;
use crate::compile::config::Config;
use crate::types::FuncType;
use crate::value::backtrace::ModuleNames;
use crate::value::error::Result;
use crate::value::vm::ArrayCall;
use cranelift_codegen::isa::TargetIsa;
use parking_lot::Mutex;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Weak};
use touchstone_cranelift_wasm::builtin::{Builtin, Leaf};
use touchstone_cranelift_wasm::trampoline::{self, Exits};

/// The functions of the runtime that code of an engine calls.
pub(crate) struct Runtime {
    /// The address of each that may trap, collect or call the host.
    pub(crate) builtin: fn(Builtin) -> usize,
    /// The address of each that does neither.
    pub(crate) leaf: fn(Leaf) -> usize,
    /// What stands for entry trampolines in an engine that generates no code.
    pub(crate) enter: ArrayCall,
}

/// Trampolines of an engine. Those to functions of the runtime live as long as it does.
pub(crate) struct Trampolines {
    builtins: Box<[usize]>,
    /// None in an engine that generates no code.
    builtin_code: Option<Arc<CodeObject>>,
    entries: Arc<Directory>,
    host_calls: Arc<Directory>,
    exits: Exits,
    enter: ArrayCall,
}

/// The trampoline by which the host enters functions of a type.
#[derive(Clone)]
pub(crate) struct EntryTrampoline {
    trampoline: Arc<Trampoline>,
    /// What stands for it where there is no code.
    enter: ArrayCall,
}

/// The trampoline by which Wasm calls host functions of a type.
pub(crate) struct HostCallTrampoline(Arc<Trampoline>);

/// How many trampolines of a kind an engine holds for whoever may want them next. Each takes a page and
/// a little more.
const SPARE: usize = 64;

/// Trampolines of one kind, to be shared.
#[derive(Default)]
struct Directory {
    inner: Mutex<Made>,
}

#[derive(Default)]
struct Made {
    /// All that there are.
    by_type: HashMap<FuncType, Weak<Trampoline>>,
    /// The latest made, held for the next users; oldest first.
    spare: VecDeque<Arc<Trampoline>>,
}

struct Trampoline {
    /// Erased: it refers to no function type, and so needs none to stay in use.
    ty: FuncType,
    /// None in an engine that generates no code.
    code: Option<Arc<CodeObject>>,
    /// Where it is to be found, as long as the engine lives.
    directory: Weak<Directory>,
}

impl Trampolines {
    /// Compiles those to the runtime's functions, where the engine generates code.
    ///
    /// # Errors
    /// Fails if memory for them is exhausted.
    pub(crate) fn new(isa: &dyn TargetIsa, config: &Config, runtime: &Runtime) -> Result<Self> {
        let mut trampolines = Trampolines {
            builtins: Box::default(),
            builtin_code: None,
            entries: Arc::default(),
            host_calls: Arc::default(),
            exits: config.exits,
            enter: runtime.enter,
        };
        if config.without_code {
            return Ok(trampolines);
        }
        let mut compiler = FunctionCompiler::new(isa);
        let mut builder = CodeBuilder::default();
        for builtin in Builtin::ALL {
            compiler.context.clear();
            let func = &mut compiler.context.func;
            let ctx = compiler.translator.builder_context();
            let host = (runtime.builtin)(*builtin);
            trampoline::builtin_call(func, ctx, *builtin, host, isa.frontend_config());
            builder.push(compiler.finish(FunctionKind::Trampoline)?);
        }
        let code = builder.finish(ModuleNames::default())?;
        let address = |i| code.function(i) as usize;
        let leaves = Leaf::ALL.iter().map(|leaf| (runtime.leaf)(*leaf));
        trampolines.builtins = (0..Builtin::ALL.len()).map(address).chain(leaves).collect();
        trampolines.builtin_code = Some(code);
        Ok(trampolines)
    }

    /// The table of the runtime's functions, as contexts hold it.
    pub(crate) fn builtins(&self) -> *const usize {
        self.builtins.as_ptr()
    }

    /// How many trampolines to functions and to host functions are in use.
    pub(crate) fn count(&self) -> usize {
        self.entries.count() + self.host_calls.count()
    }

    /// The trampoline by which the host enters functions of type `ty`.
    ///
    /// # Errors
    /// Fails if memory for it is exhausted.
    pub(crate) fn entry(&self, isa: &dyn TargetIsa, ty: &FuncType) -> Result<EntryTrampoline> {
        let trampoline = self.entries.find_or(ty, |ty| {
            self.compile(isa, FunctionKind::Entry { record: 0 }, |compiler| {
                let ctx = compiler.translator.builder_context();
                let func = &mut compiler.context.func;
                trampoline::entry(func, ctx, &ty.to_wasm(), isa.frontend_config());
            })
        });
        let enter = self.enter;
        trampoline.map(|trampoline| EntryTrampoline { trampoline, enter })
    }

    /// The trampoline by which Wasm calls host functions of type `ty`.
    ///
    /// # Errors
    /// Fails if memory for it is exhausted.
    pub(crate) fn host_call(
        &self,
        isa: &dyn TargetIsa,
        ty: &FuncType,
    ) -> Result<HostCallTrampoline> {
        let trampoline = self.host_calls.find_or(ty, |ty| {
            self.compile(isa, FunctionKind::Trampoline, |compiler| {
                let ctx = compiler.translator.builder_context();
                let func = &mut compiler.context.func;
                trampoline::host_call(func, ctx, &ty.to_wasm(), isa.frontend_config(), self.exits);
            })
        });
        trampoline.map(HostCallTrampoline)
    }

    /// What `build` makes, compiled; nothing in an engine that generates no code.
    fn compile(
        &self,
        isa: &dyn TargetIsa,
        kind: FunctionKind,
        build: impl FnOnce(&mut FunctionCompiler<'_>),
    ) -> Result<Option<Arc<CodeObject>>> {
        if self.builtin_code.is_none() {
            return Ok(None);
        }
        let mut compiler = FunctionCompiler::new(isa);
        build(&mut compiler);
        let mut builder = CodeBuilder::default();
        builder.push(compiler.finish(kind)?);
        builder.finish(ModuleNames::default()).map(Some)
    }
}

impl EntryTrampoline {
    /// Its code, which must not be called once nobody holds the trampoline.
    pub(crate) fn code(&self) -> ArrayCall {
        let Some(code) = &self.trampoline.code else { return self.enter };
        let code = code.function(0);
        // SAFETY: `Trampolines::entry`, which alone makes this type, generated the code with the
        // signature of `ArrayCall`.
        unsafe { std::mem::transmute::<*const u8, ArrayCall>(code) }
    }
}

impl HostCallTrampoline {
    /// Its code, which must not be called once nobody holds the trampoline; null in an engine that
    /// generates no code, where there is no Wasm to call it.
    pub(crate) fn code(&self) -> *const u8 {
        self.0.code.as_ref().map_or(std::ptr::null(), |code| code.function(0))
    }
}

impl Directory {
    /// The trampoline for `ty`; one that `compile` makes where there is none.
    fn find_or(
        self: &Arc<Self>,
        ty: &FuncType,
        compile: impl FnOnce(&FuncType) -> Result<Option<Arc<CodeObject>>>,
    ) -> Result<Arc<Trampoline>> {
        let ty = ty.erased();
        if let Some(found) = self.find(&ty) {
            return Ok(found);
        }
        // Without the lock: others may want other types meanwhile.
        let code = compile(&ty)?;
        let directory = Arc::downgrade(self);
        let ours = Arc::new(Trampoline { ty: ty.clone(), code, directory });
        let mut made = self.inner.lock();
        let theirs = made.by_type.get(&ty).and_then(Weak::upgrade);
        let mut oldest = None;
        if theirs.is_none() {
            made.by_type.insert(ty, Arc::downgrade(&ours));
            if made.spare.len() == SPARE {
                oldest = made.spare.pop_front();
            }
            made.spare.push_back(ours.clone());
        }
        // What is dropped takes the lock.
        drop(made);
        drop(oldest);
        Ok(theirs.unwrap_or(ours))
    }

    fn find(&self, ty: &FuncType) -> Option<Arc<Trampoline>> {
        self.inner.lock().by_type.get(ty)?.upgrade()
    }

    /// How many are held by others than the directory.
    fn count(&self) -> usize {
        let made = self.inner.lock();
        let idle = made.spare.iter().filter(|spare| Arc::strong_count(spare) == 1).count();
        made.by_type.len() - idle
    }
}

impl Drop for Trampoline {
    fn drop(&mut self) {
        let Some(directory) = self.directory.upgrade() else { return };
        let by_type = &mut directory.inner.lock().by_type;
        // Another may have been made in its place meanwhile, which lives.
        if by_type.get(&self.ty).is_some_and(|weak| weak.strong_count() == 0) {
            by_type.remove(&self.ty);
            if by_type.capacity() / 8 > by_type.len().max(SPARE) {
                by_type.shrink_to(2 * by_type.len());
            }
        }
    }
}
