//! The engine: settings, compiler, identities of types, trampolines. Shared by all threads.

use crate::compile;
use crate::compile::config::{Config, OptLevel, RegallocAlgorithm};
use crate::compile::isa;
use crate::compile::trampolines::{Runtime, Trampolines};
use crate::types::registry::TypeRegistry;
use crate::value::error::{Error, Result};
use cranelift_codegen::isa::{OwnedTargetIsa, TargetIsa};
use std::sync::{Arc, OnceLock};
use touchstone_validate::proposals::PROPOSALS;
use wasmparser::WasmFeatures;

/// Compiles modules and holds what they share. Cloning is cheap and gives the same engine.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<EngineInner>,
}

/// What an engine keeps for those who use it, and only for them: see [`Engine::usage`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EngineUsage {
    /// Types: those of modules, those of host functions in stores and linkers, those of tags, tables
    /// and globals in stores, and those that they refer to. Equal ones are one.
    pub types: usize,
    /// Pieces of code between the host and Wasm: one for each signature of functions that the host can
    /// enter, and one for each of host functions that Wasm can call. Beside these the engine holds up to
    /// 128 that nobody uses, the latest made, so that they need not be compiled for every store anew.
    pub trampolines: usize,
}

struct EngineInner {
    config: Config,
    isa: OwnedTargetIsa,
    /// For functions that the compiler above may take long for; made for the first one.
    linear: OnceLock<OwnedTargetIsa>,
    types: Arc<TypeRegistry>,
    trampolines: Trampolines,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("config", &self.inner.config).finish_non_exhaustive()
    }
}

impl Engine {
    /// An engine with these settings, whose code calls these functions of the runtime.
    ///
    /// # Errors
    /// Fails if Cranelift does not support the host; or if the process made 2^32 engines before.
    pub(crate) fn with_runtime(config: &Config, runtime: &Runtime) -> Result<Self> {
        let isa = isa::host(config)?;
        let trampolines = Trampolines::new(&*isa, config, runtime)?;
        let config = config.clone();
        let (linear, types) = (OnceLock::new(), TypeRegistry::new()?);
        let inner = EngineInner { config, isa, linear, types, trampolines };
        Ok(Engine { inner: Arc::new(inner) })
    }

    /// Its settings.
    pub fn config(&self) -> &Config {
        &self.inner.config
    }

    /// Whether both are the same engine.
    pub fn same(a: &Engine, b: &Engine) -> bool {
        Arc::ptr_eq(&a.inner, &b.inner)
    }

    pub(crate) fn isa(&self) -> &dyn TargetIsa {
        &*self.inner.isa
    }

    /// The compiler for functions whose [cost](touchstone_cranelift_wasm::Cost::is_steep) is steep;
    /// `None` where the engine's own is that one.
    pub(crate) fn linear_isa(&self) -> Result<Option<&dyn TargetIsa>> {
        let EngineInner { config, linear, .. } = &*self.inner;
        if config.opt_level == OptLevel::None && config.regalloc == RegallocAlgorithm::SinglePass {
            return Ok(None);
        }
        if linear.get().is_none() {
            // Where another thread was faster, its compiler is as good.
            drop(linear.set(isa::linear(config)?));
        }
        Ok(linear.get().map(|isa| &**isa))
    }

    /// What modules, stores and host functions use of the engine now.
    pub fn usage(&self) -> EngineUsage {
        let EngineInner { types, trampolines, .. } = &*self.inner;
        EngineUsage { types: types.count(), trampolines: trampolines.count() }
    }

    pub(crate) fn types(&self) -> &Arc<TypeRegistry> {
        &self.inner.types
    }

    pub(crate) fn trampolines(&self) -> &Trampolines {
        &self.inner.trampolines
    }

    /// The features to compile `wasm` with.
    ///
    /// # Errors
    /// Fails if features are on that the engine lacks, and the module is malformed or invalid, or needs one
    /// of them.
    pub(crate) fn module_features(&self, wasm: &[u8]) -> Result<WasmFeatures> {
        let wanted = self.inner.config.features;
        let supported = Config::supported_features() - isa::lacking(self.isa());
        let possible = wanted & supported;
        if wanted == possible {
            return Ok(wanted);
        }
        compile::validate(wasm, wanted)?;
        if compile::validate(wasm, possible).is_ok() {
            return Ok(possible);
        }
        let needed = |flags: WasmFeatures| compile::validate(wasm, wanted - flags).is_err();
        let missing = PROPOSALS
            .iter()
            .filter(|proposal| !proposal.flags.is_empty())
            .filter(|proposal| (wanted - supported).contains(proposal.flags))
            .find(|proposal| needed(proposal.flags));
        let name = missing.map_or("a combination of proposals", |proposal| proposal.name);
        Err(Error::Unsupported(name.to_owned()))
    }
}
