//! Code between the host and Wasm, compiled once per engine and signature.
//!
//! In: function types. Out: trampolines, which live as long as somebody holds them: the modules whose
//! functions are entered by them, and the signatures of host functions. Types that differ only in what their
//! references refer to share one trampoline.
//!
//! The engine itself also holds the few that were made last. If many short-lived stores or modules follow one
//! another, most have the same signatures, and their trampolines would otherwise be compiled again each time.
//!
//! Nothing unmaps a trampoline while it runs or is on a stack. A call comes from a function's record. The
//! record belongs to an instance, whose module holds the trampoline, or to a host function, whose signature
//! holds it. The store owns both until it is dropped, and a call borrows the store of its Wasm exclusively.

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

/// The functions of the runtime that the code of an engine calls.
pub(crate) struct Runtime {
    /// Gives the address of each function that may trap, collect or call the host.
    pub(crate) builtin: fn(Builtin) -> usize,
    /// Gives the address of each function that does none of these.
    pub(crate) leaf: fn(Leaf) -> usize,
    /// The function that takes the place of entry trampolines in an engine that generates no code.
    pub(crate) enter: ArrayCall,
}

/// The trampolines of an engine. Those to functions of the runtime live as long as the engine.
pub(crate) struct Trampolines {
    builtins: Box<[usize]>,
    /// The code of the trampolines to functions of the runtime; `None` in an engine that generates no code.
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
    /// The function that takes the place of the trampoline if there is no code.
    enter: ArrayCall,
}

/// The trampoline by which Wasm calls host functions of a type.
pub(crate) struct HostCallTrampoline(Arc<Trampoline>);

/// The most trampolines of one kind that an engine keeps for later users. Each takes a page and a little
/// more.
const SPARE: usize = 64;

/// The trampolines of one kind, which are shared.
#[derive(Default)]
struct Directory {
    inner: Mutex<Made>,
}

#[derive(Default)]
struct Made {
    /// All trampolines that exist.
    by_type: HashMap<FuncType, Weak<Trampoline>>,
    /// The trampolines that were made last, kept for later users; oldest first.
    spare: VecDeque<Arc<Trampoline>>,
}

struct Trampoline {
    /// The erased type, which refers to no function type and so does not need one to stay in use.
    ty: FuncType,
    /// The code of the trampoline; `None` in an engine that generates no code.
    code: Option<Arc<CodeObject>>,
    /// The directory that lists the trampoline, as long as the engine lives.
    directory: Weak<Directory>,
}

impl Trampolines {
    /// Compiles the trampolines to the runtime's functions, if the engine generates code.
    ///
    /// # Errors
    /// Fails if memory for the trampolines is exhausted.
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

    /// The table of the addresses of the runtime's functions, to which contexts point.
    pub(crate) fn builtins(&self) -> *const usize {
        self.builtins.as_ptr()
    }

    /// Number of entry trampolines and host call trampolines in use.
    pub(crate) fn count(&self) -> usize {
        self.entries.count() + self.host_calls.count()
    }

    /// The trampoline by which the host enters functions of type `ty`.
    ///
    /// # Errors
    /// Fails if memory for the trampoline is exhausted.
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
    /// Fails if memory for the trampoline is exhausted.
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

    /// Compiles the function that `build` makes. Gives `None` in an engine that generates no code.
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
    /// The code of the trampoline, which must not be called once nobody holds the trampoline.
    pub(crate) fn code(&self) -> ArrayCall {
        let Some(code) = &self.trampoline.code else { return self.enter };
        let code = code.function(0);
        // SAFETY: `Trampolines::entry`, the only maker of this type, generated the code with the signature of
        // `ArrayCall`.
        unsafe { std::mem::transmute::<*const u8, ArrayCall>(code) }
    }
}

impl HostCallTrampoline {
    /// The code of the trampoline, which must not be called once nobody holds the trampoline. It is null in
    /// an engine that generates no code, where no Wasm can call it.
    pub(crate) fn code(&self) -> *const u8 {
        self.0.code.as_ref().map_or(std::ptr::null(), |code| code.function(0))
    }
}

impl Directory {
    /// The trampoline for `ty`, which `compile` makes if there is none.
    fn find_or(
        self: &Arc<Self>,
        ty: &FuncType,
        compile: impl FnOnce(&FuncType) -> Result<Option<Arc<CodeObject>>>,
    ) -> Result<Arc<Trampoline>> {
        let ty = ty.erased();
        if let Some(found) = self.find(&ty) {
            return Ok(found);
        }
        // The lock is not held here, as other threads may look for other types meanwhile.
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
        // Dropping a trampoline takes the lock, so the lock is released first.
        drop(made);
        drop(oldest);
        Ok(theirs.unwrap_or(ours))
    }

    fn find(&self, ty: &FuncType) -> Option<Arc<Trampoline>> {
        self.inner.lock().by_type.get(ty)?.upgrade()
    }

    /// Number of trampolines that others than the directory hold.
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
        // Another trampoline may have been made for the type meanwhile; that one lives and stays listed.
        if by_type.get(&self.ty).is_some_and(|weak| weak.strong_count() == 0) {
            by_type.remove(&self.ty);
            if by_type.capacity() / 8 > by_type.len().max(SPARE) {
                by_type.shrink_to(2 * by_type.len());
            }
        }
    }
}
