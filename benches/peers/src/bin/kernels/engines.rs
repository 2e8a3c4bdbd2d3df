//! The two engines, behind one trait.

use std::hint::black_box;
use std::time::Duration;
use touchstone_peers::measure::timed;

/// An instance of a program in some engine. Its exports take a number of rounds and give what they
/// computed, both 64 bits.
pub(crate) trait Instance {
    /// Compiles and instantiates a program.
    fn new(wat: &str) -> Self
    where
        Self: Sized;
    /// Gives what the export `name` computes in `n` rounds.
    fn result(&mut self, name: &str, n: u64) -> i64;
    /// Gives how long the export `name` takes for `n` rounds.
    fn run(&mut self, name: &str, n: u64) -> Duration {
        timed(|| {
            black_box(self.result(name, n));
        })
    }
}

/// Our engine.
pub(crate) mod ours {
    use super::*;
    use touchstone_runtime as rt;
    use touchstone_runtime::{Config, Engine, Module, OptLevel, RegallocAlgorithm, Store};

    pub(crate) struct Ours {
        store: Store<()>,
        instance: rt::Instance,
    }

    impl Instance for Ours {
        fn new(wat: &str) -> Self {
            let mut config = Config::new();
            config.opt_level(OptLevel::Speed);
            config.regalloc_algorithm(RegallocAlgorithm::Backtracking);
            config.interruptible(false);
            let engine = Engine::new(&config).expect("an engine");
            let wasm = wat::parse_str(wat).expect("well-formed text");
            let module = Module::new(&engine, &wasm).expect("a valid module");
            let mut store = Store::new(&engine, ());
            let instance = rt::Instance::new(&mut store, &module, &[]).expect("no imports");
            Ours { store, instance }
        }

        fn result(&mut self, name: &str, n: u64) -> i64 {
            let store = &mut self.store;
            let run = self.instance.get_typed_func::<(i64,), i64>(&mut *store, name).expect("it");
            run.call(&mut *store, (n as i64,)).expect("no trap")
        }
    }
}

/// Wasmtime.
pub(crate) mod theirs {
    use super::*;
    use wasmtime::{Collector, Config, Engine, Module, OptLevel, RegallocAlgorithm, Store};

    pub(crate) struct Theirs {
        store: Store<()>,
        instance: wasmtime::Instance,
    }

    impl Instance for Theirs {
        fn new(wat: &str) -> Self {
            let mut config = Config::new();
            config.collector(Collector::DeferredReferenceCounting);
            config.wasm_reference_types(true).wasm_function_references(true).wasm_gc(true);
            config.wasm_exceptions(true).wasm_threads(true).shared_memory(true);
            config.cranelift_opt_level(OptLevel::Speed);
            config.cranelift_regalloc_algorithm(RegallocAlgorithm::Backtracking);
            let engine = Engine::new(&config).expect("an engine");
            let wasm = wat::parse_str(wat).expect("well-formed text");
            let module = Module::new(&engine, &wasm).expect("a valid module");
            let mut store = Store::new(&engine, ());
            let instance = wasmtime::Instance::new(&mut store, &module, &[]).expect("no imports");
            Theirs { store, instance }
        }

        fn result(&mut self, name: &str, n: u64) -> i64 {
            let store = &mut self.store;
            let run = self.instance.get_typed_func::<i64, i64>(&mut *store, name).expect("it");
            run.call(&mut *store, n as i64).expect("no trap")
        }
    }
}
