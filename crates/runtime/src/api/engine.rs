//! Making engines. An engine joins the compiler to the functions of the runtime that compiled code calls.

use crate::compile::config::Config;
use crate::compile::engine::Engine;
use crate::exec::{builtins, signals};
use crate::value::error::Result;

impl Engine {
    /// Makes an engine with these settings. The first engine that compiles also installs the signal handlers
    /// of the process.
    ///
    /// # Errors
    /// Fails if Cranelift does not support the host, if the system refuses the signal handlers, or if the
    /// process made 2^32 engines before.
    pub fn new(config: &Config) -> Result<Self> {
        if !config.without_code {
            signals::install()?;
        }
        Engine::with_runtime(config, &builtins::RUNTIME)
    }
}

impl Default for Engine {
    /// Makes an engine with the default settings.
    ///
    /// # Panics
    /// Panics if Cranelift does not support the host.
    fn default() -> Self {
        Engine::new(&Config::new()).expect("the host is supported")
    }
}
