//! Making engines: the compiler below, with the functions of the runtime that its code calls.

use crate::compile::config::Config;
use crate::compile::engine::Engine;
use crate::exec::{builtins, signals};
use crate::value::error::Result;

impl Engine {
    /// An engine with these settings. Installs the process's signal handlers, once.
    ///
    /// # Errors
    /// If Cranelift does not support the host, or the system refuses the handlers; or if the process
    /// made 2^32 engines before.
    pub fn new(config: &Config) -> Result<Self> {
        if !config.without_code {
            signals::install()?;
        }
        Engine::with_runtime(config, &builtins::RUNTIME)
    }
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
