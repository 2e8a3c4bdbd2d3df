//! The engine, which holds the settings, the compiler, the identities of types and the trampolines. All
//! threads share it.

use crate::compile::config::{Config, OptLevel, RegallocAlgorithm};
use crate::compile::isa;
use crate::compile::stencils::Stencils;
use crate::compile::trampolines::{Runtime, Trampolines};
use crate::compile::{self, SpareCompilers};
use crate::types::registry::TypeRegistry;
use crate::value::error::{Error, Result};
use cranelift_codegen::isa::{OwnedTargetIsa, TargetIsa};
use std::sync::{Arc, OnceLock};
use touchstone_validate::proposals::PROPOSALS;
use wasmparser::WasmFeatures;

/// Compiles modules, and holds what they share. Cloning is cheap and gives a handle to the same engine.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<EngineInner>,
}

/// What an engine keeps only as long as something uses it: see [`Engine::usage`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EngineUsage {
    /// Number of types: those of modules, those of host functions in stores and linkers, those of tags,
    /// tables, globals and objects in stores, those that the host declared and holds, and those to which these
    /// refer. Equal types count once.
    pub types: usize,
    /// Number of pieces of code between the host and Wasm: one for each signature of functions that the host
    /// can enter, and one for each signature of host functions that Wasm can call. In addition, the engine
    /// keeps up to 128 unused ones, those made last, so that they need not be compiled anew for every store.
    pub trampolines: usize,
}

struct EngineInner {
    config: Config,
    isa: OwnedTargetIsa,
    /// A second compiler, for functions on which `isa` may take long. It is made when the first such function
    /// comes.
    linear: OnceLock<OwnedTargetIsa>,
    types: Arc<TypeRegistry>,
    trampolines: Trampolines,
    spare_compilers: SpareCompilers,
    /// The code of functions, if it is to be used for others that are the same.
    stencils: Option<Stencils>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("config", &self.inner.config).finish_non_exhaustive()
    }
}

impl Engine {
    /// Makes an engine with these settings, whose code calls these functions of the runtime.
    ///
    /// # Errors
    /// Fails if Cranelift does not support the host; or if the process made 2^32 engines before.
    pub(crate) fn with_runtime(config: &Config, runtime: &Runtime) -> Result<Self> {
        let isa = isa::host(config)?;
        let trampolines = Trampolines::new(&*isa, config, runtime)?;
        let config = config.clone();
        let (linear, types) = (OnceLock::new(), TypeRegistry::new(config.collector)?);
        let spare_compilers = SpareCompilers::default();
        let stencils = config.reuse_functions.then(Stencils::default);
        let inner =
            EngineInner { config, isa, linear, types, trampolines, spare_compilers, stencils };
        Ok(Engine { inner: Arc::new(inner) })
    }

    /// The settings of the engine.
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

    /// The compiler for functions whose [cost](touchstone_cranelift_wasm::Cost::is_steep) is steep, or `None`
    /// if the engine's own compiler serves them.
    pub(crate) fn linear_isa(&self) -> Result<Option<&dyn TargetIsa>> {
        let EngineInner { config, linear, .. } = &*self.inner;
        if config.opt_level == OptLevel::None && config.regalloc == RegallocAlgorithm::SinglePass {
            return Ok(None);
        }
        if linear.get().is_none() {
            // If another thread has set its compiler first, that one is used; they are alike.
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

    /// How many functions were not compiled because others are the same: see [`Config::reuse_functions`].
    pub fn reused_functions(&self) -> u64 {
        self.inner.stencils.as_ref().map_or(0, Stencils::reused)
    }

    pub(crate) fn stencils(&self) -> Option<&Stencils> {
        self.inner.stencils.as_ref()
    }

    pub(crate) fn spare_compilers(&self) -> &SpareCompilers {
        &self.inner.spare_compilers
    }

    /// The features with which to compile `wasm`, where `wanted` are those with which it may be valid.
    ///
    /// # Errors
    /// Fails if features are wanted that the engine lacks, and the module is malformed or invalid or needs one of
    /// these features.
    pub(crate) fn module_features(
        &self,
        wasm: &[u8],
        wanted: WasmFeatures,
    ) -> Result<WasmFeatures> {
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
