//! The engine: settings, compiler, identities of types, trampolines. Shared by all threads.

use crate::compile;
use crate::config::{Config, OptLevel, PROPOSALS, RegallocAlgorithm, SUPPORTED};
use crate::error::{Error, Result};
use crate::signals;
use crate::trampolines::Trampolines;
use crate::type_registry::TypeRegistry;
use cranelift_codegen::isa::{OwnedTargetIsa, TargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use std::sync::Arc;
use wasmparser::WasmFeatures;

/// Compiles modules and holds what they share. Cloning is cheap and gives the same engine.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<EngineInner>,
}

struct EngineInner {
    config: Config,
    isa: OwnedTargetIsa,
    types: TypeRegistry,
    trampolines: Trampolines,
}

impl Default for Engine {
    /// An engine with the default settings.
    ///
    /// # Panics
    /// If Cranelift does not support the host.
    fn default() -> Self {
        Engine::new(&Config::new()).expect("the host is supported")
    }
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("config", &self.inner.config).finish_non_exhaustive()
    }
}

impl Engine {
    /// An engine with these settings. Installs the process's signal handlers, once.
    ///
    /// # Errors
    /// If Cranelift does not support the host, or the system refuses the handlers.
    pub fn new(config: &Config) -> Result<Self> {
        signals::install()?;
        let isa = host_isa(config)?;
        let trampolines = Trampolines::new(&*isa, config.exits)?;
        let config = config.clone();
        let inner = EngineInner { config, isa, types: TypeRegistry::default(), trampolines };
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

    pub(crate) fn types(&self) -> &TypeRegistry {
        &self.inner.types
    }

    pub(crate) fn trampolines(&self) -> &Trampolines {
        &self.inner.trampolines
    }

    /// The features to compile `wasm` with.
    ///
    /// # Errors
    /// If features are on that the engine lacks, and the module is malformed or invalid, or
    /// needs one of them.
    pub(crate) fn module_features(&self, wasm: &[u8]) -> Result<WasmFeatures> {
        let wanted = self.inner.config.features;
        let possible = wanted & SUPPORTED;
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
            .filter(|(_, flags)| wanted.contains(*flags) && !SUPPORTED.contains(*flags))
            .find(|(_, flags)| needed(*flags));
        let name = missing.map_or("a combination of proposals", |(name, _)| name);
        Err(Error::Unsupported(name.to_owned()))
    }
}

fn host_isa(config: &Config) -> Result<OwnedTargetIsa> {
    let unsupported = |e: &dyn std::fmt::Display| Error::Resource(format!("unsupported host: {e}"));
    let mut flags = settings::builder();
    let mut set = |name: &str, value: &str| {
        flags.set(name, value).expect("a setting of this version of Cranelift");
    };
    set(
        "opt_level",
        match config.opt_level {
            OptLevel::None => "none",
            OptLevel::Speed => "speed",
        },
    );
    set(
        "regalloc_algorithm",
        match config.regalloc {
            RegallocAlgorithm::SinglePass => "single_pass",
            RegallocAlgorithm::Backtracking => "backtracking",
        },
    );
    set("preserve_frame_pointers", "true");
    // Results that exceed the registers go through memory that the caller provides.
    set("enable_multi_ret_implicit_sret", "true");
    set("unwind_info", "false");
    // Frames larger than a page touch each page: no frame can jump over the stack's guard.
    set("enable_probestack", "true");
    set("probestack_strategy", "inline");
    set("enable_verifier", if config.verify_ir { "true" } else { "false" });
    let builder = cranelift_native::builder().map_err(|e| unsupported(&e))?;
    builder.finish(settings::Flags::new(flags)).map_err(|e| unsupported(&e))
}
