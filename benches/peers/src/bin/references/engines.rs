//! The two engines, behind one trait: each method is one timed loop, written the way a user of
//! that engine would.

use std::hint::black_box;
use std::time::Duration;
use touchstone_peers::measure::timed;

/// The stack that Wasm may use, which is enough for 100,000 frames.
const WASM_STACK: usize = 256 << 20;
/// The type of the host's values.
type Payload = u64;

/// An instance of a program in some engine.
pub(crate) trait Instance {
    /// Compiles and instantiates a program, and calls its export `seed` if it has one.
    fn new(wat: &str) -> Self
    where
        Self: Sized;
    /// Calls the export `call` from the host, `n` times.
    fn call(&mut self, n: u64) -> Duration;
    /// Calls the export `name` once, to loop `n` times.
    fn run(&mut self, name: &str, n: u64) -> Duration;
    /// Makes a reference and passes it to the export `take`, `n` times.
    fn new_references(&mut self, n: u64) -> Duration;
    /// Collects `n` times, with no Wasm on the stack and nothing on the heap.
    fn collect(&mut self, n: u64) -> Duration;
    /// Collects `n` times, below `depth` frames of Wasm.
    fn collect_below(&mut self, depth: u32, n: u64) -> Duration;
    /// Makes a store with an instance and drops both, `n` times.
    fn stores(&mut self, n: u64) -> Duration;
}

/// The host's data: what `host.collect` is to do, and how long it took.
#[derive(Default)]
struct Data {
    collections: u64,
    took: Duration,
}

/// Our engine.
pub(crate) mod ours {
    use super::*;
    use touchstone_runtime as rt;
    use touchstone_runtime::{Caller, Config, Engine, ExternRef, Linker, Module, Store};

    pub(crate) struct Ours {
        store: Store<Data>,
        instance: rt::Instance,
        engine: Engine,
        module: Module,
        linker: Linker<Data>,
    }

    fn collect(mut caller: Caller<'_, Data>) {
        let n = caller.data().collections;
        caller.data_mut().took = timed(|| (0..n).for_each(|_| caller.gc()));
    }

    impl Instance for Ours {
        fn new(wat: &str) -> Self {
            let mut config = Config::new();
            config.max_wasm_stack(WASM_STACK);
            let engine = Engine::new(&config).expect("an engine");
            let wasm = wat::parse_str(wat).expect("well-formed text");
            let module = Module::new(&engine, &wasm).expect("a valid module");
            let mut linker = Linker::new(&engine);
            linker.func_wrap("host", "same", |x: i32| x).expect("a new name");
            linker.func_wrap("host", "collect", collect).expect("a new name");
            let mut store = Store::new(&engine, Data::default());
            let instance = linker.instantiate(&mut store, &module).expect("its imports");
            if let Ok(seed) =
                instance.get_typed_func::<(i32, Option<ExternRef>), ()>(&mut store, "seed")
            {
                for i in 0..64 {
                    let value = ExternRef::new(&mut store, Payload::from(i as u32));
                    seed.call(&mut store, (i, Some(value))).expect("no trap");
                }
            }
            Ours { store, instance, engine, module, linker }
        }

        fn call(&mut self, n: u64) -> Duration {
            let store = &mut self.store;
            let call =
                self.instance.get_typed_func::<(i32,), i32>(&mut *store, "call").expect("it");
            timed(|| {
                for i in 0..n {
                    black_box(call.call(&mut *store, (black_box(i as i32),)).expect("no trap"));
                }
            })
        }

        fn run(&mut self, name: &str, n: u64) -> Duration {
            let store = &mut self.store;
            let run = self.instance.get_typed_func::<(i32,), ()>(&mut *store, name).expect("it");
            timed(|| run.call(&mut *store, (n as i32,)).expect("no trap"))
        }

        fn new_references(&mut self, n: u64) -> Duration {
            let store = &mut self.store;
            let take =
                self.instance.get_typed_func::<(Option<ExternRef>,), ()>(&mut *store, "take");
            let take = take.expect("it");
            timed(|| {
                for i in 0..n {
                    let value = ExternRef::new(&mut *store, i as Payload);
                    take.call(&mut *store, (Some(value),)).expect("no trap");
                }
            })
        }

        fn collect(&mut self, n: u64) -> Duration {
            // The heap is one that was used and is empty again.
            self.new_references(1);
            self.store.gc();
            timed(|| (0..n).for_each(|_| self.store.gc()))
        }

        fn collect_below(&mut self, depth: u32, n: u64) -> Duration {
            self.store.data_mut().collections = n;
            self.run("descend", depth.into());
            self.store.data().took
        }

        fn stores(&mut self, n: u64) -> Duration {
            timed(|| {
                for _ in 0..n {
                    let mut store = Store::new(&self.engine, Data::default());
                    let instance = self.linker.instantiate(&mut store, &self.module);
                    black_box(instance.expect("no imports"));
                }
            })
        }
    }
}

/// Wasmtime, with its deferred reference-counting collector.
pub(crate) mod theirs {
    use super::*;
    use wasmtime::{
        Caller, Collector, Config, Engine, ExternRef, InstancePre, Linker, Module, OptLevel,
        RegallocAlgorithm, RootScope, Rooted, Store,
    };

    pub(crate) struct Theirs {
        store: Store<Data>,
        instance: wasmtime::Instance,
        engine: Engine,
        pre: InstancePre<Data>,
    }

    fn collect(mut caller: Caller<'_, Data>) {
        let n = caller.data().collections;
        caller.data_mut().took =
            timed(|| (0..n).for_each(|_| caller.gc(None).expect("no limiter")));
    }

    impl Instance for Theirs {
        fn new(wat: &str) -> Self {
            let mut config = Config::new();
            config.collector(Collector::DeferredReferenceCounting);
            config.wasm_reference_types(true).wasm_function_references(true).wasm_gc(true);
            config.cranelift_opt_level(OptLevel::Speed);
            config.cranelift_regalloc_algorithm(RegallocAlgorithm::Backtracking);
            // The stack of asynchronous calls is not used, but must not be smaller than the stack of Wasm.
            config.async_stack_size(2 * WASM_STACK);
            config.max_wasm_stack(WASM_STACK);
            let engine = Engine::new(&config).expect("an engine");
            let wasm = wat::parse_str(wat).expect("well-formed text");
            let module = Module::new(&engine, &wasm).expect("a valid module");
            let mut linker = Linker::new(&engine);
            linker.func_wrap("host", "same", |x: i32| x).expect("a new name");
            linker.func_wrap("host", "collect", collect).expect("a new name");
            let pre = linker.instantiate_pre(&module).expect("its imports");
            let mut store = Store::new(&engine, Data::default());
            let instance = pre.instantiate(&mut store).expect("no trap");
            type Reference = Option<Rooted<ExternRef>>;
            if let Ok(seed) = instance.get_typed_func::<(i32, Reference), ()>(&mut store, "seed") {
                for i in 0..64 {
                    let mut scope = RootScope::new(&mut store);
                    let value = ExternRef::new(&mut scope, Payload::from(i as u32)).expect("room");
                    seed.call(&mut scope, (i, Some(value))).expect("no trap");
                }
            }
            Theirs { store, instance, engine, pre }
        }

        fn call(&mut self, n: u64) -> Duration {
            let store = &mut self.store;
            let call =
                self.instance.get_typed_func::<(i32,), i32>(&mut *store, "call").expect("it");
            timed(|| {
                for i in 0..n {
                    black_box(call.call(&mut *store, (black_box(i as i32),)).expect("no trap"));
                }
            })
        }

        fn run(&mut self, name: &str, n: u64) -> Duration {
            let store = &mut self.store;
            let run = self.instance.get_typed_func::<(i32,), ()>(&mut *store, name).expect("it");
            timed(|| run.call(&mut *store, (n as i32,)).expect("no trap"))
        }

        fn new_references(&mut self, n: u64) -> Duration {
            let store = &mut self.store;
            type Reference = Option<Rooted<ExternRef>>;
            let take = self.instance.get_typed_func::<(Reference,), ()>(&mut *store, "take");
            let take = take.expect("it");
            timed(|| {
                for i in 0..n {
                    let mut scope = RootScope::new(&mut *store);
                    let value = ExternRef::new(&mut scope, i as Payload).expect("room");
                    take.call(&mut scope, (Some(value),)).expect("no trap");
                }
            })
        }

        fn collect(&mut self, n: u64) -> Duration {
            self.new_references(1);
            self.store.gc(None).expect("no limiter");
            timed(|| (0..n).for_each(|_| self.store.gc(None).expect("no limiter")))
        }

        fn collect_below(&mut self, depth: u32, n: u64) -> Duration {
            self.store.data_mut().collections = n;
            self.run("descend", depth.into());
            self.store.data().took
        }

        fn stores(&mut self, n: u64) -> Duration {
            timed(|| {
                for _ in 0..n {
                    let mut store = Store::new(&self.engine, Data::default());
                    black_box(self.pre.instantiate(&mut store).expect("no trap"));
                }
            })
        }
    }
}
