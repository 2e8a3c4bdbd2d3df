//! The two engines: how they compile a program, and how its exports are called.
//!
//! All imports are functions. [`import`] says what they give, which is the same in both engines, and their
//! calls are recorded with their arguments.

use std::fmt;
use std::time::Instant;
use touchstone_runtime as rt;

/// How much code is optimised.
#[derive(Clone, Copy)]
pub(crate) enum Level {
    None,
    Speed,
}

impl Level {
    pub(crate) const ALL: [Level; 2] = [Level::None, Level::Speed];

    pub(crate) fn named(name: &str) -> Self {
        let found = Level::ALL.into_iter().find(|level| level.to_string() == name);
        found.expect("a level is `none` or `speed`")
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Level::None => "none",
            Level::Speed => "speed",
        })
    }
}

/// How programs are compiled.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) level: Level,
    pub(crate) threads: usize,
}

/// One of the two engines.
pub(crate) enum Engine {
    Ours(rt::Engine),
    Theirs(wasmtime::Engine),
}

/// A module that an engine compiled.
pub(crate) enum Compiled {
    Ours(rt::Module),
    Theirs(wasmtime::Module),
}

impl Engine {
    pub(crate) fn named(name: &str, settings: Settings) -> Self {
        match name {
            "ours" => Engine::Ours(ours(settings)),
            "wasmtime" => Engine::Theirs(theirs(settings)),
            other => panic!("no engine is called {other}"),
        }
    }

    pub(crate) fn compile(&self, wasm: &[u8]) -> Compiled {
        match self {
            Engine::Ours(engine) => {
                Compiled::Ours(rt::Module::new(engine, wasm).expect("our engine compiles it"))
            }
            Engine::Theirs(engine) => {
                Compiled::Theirs(wasmtime::Module::new(engine, wasm).expect("Wasmtime compiles it"))
            }
        }
    }

    /// The milliseconds that a compilation takes.
    pub(crate) fn time(&self, wasm: &[u8]) -> f64 {
        let start = Instant::now();
        let compiled = self.compile(wasm);
        let took = start.elapsed();
        drop(compiled);
        took.as_secs_f64() * 1e3
    }
}

impl Compiled {
    /// The number of bytes of machine code.
    pub(crate) fn code_size(&self) -> usize {
        match self {
            Compiled::Ours(module) => module.code_size(),
            Compiled::Theirs(module) => module.text().len(),
        }
    }
}

fn ours(Settings { level, threads }: Settings) -> rt::Engine {
    let mut config = rt::Config::new();
    match level {
        Level::None => {
            config.opt_level(rt::OptLevel::None);
            config.regalloc_algorithm(rt::RegallocAlgorithm::SinglePass);
        }
        Level::Speed => {
            config.opt_level(rt::OptLevel::Speed);
            config.regalloc_algorithm(rt::RegallocAlgorithm::Backtracking);
        }
    }
    config.compile_threads(threads);
    rt::Engine::new(&config).expect("an engine")
}

fn theirs(Settings { level, threads }: Settings) -> wasmtime::Engine {
    let mut config = wasmtime::Config::new();
    match level {
        Level::None => {
            config.cranelift_opt_level(wasmtime::OptLevel::None);
            config.cranelift_regalloc_algorithm(wasmtime::RegallocAlgorithm::SinglePass);
        }
        Level::Speed => {
            config.cranelift_opt_level(wasmtime::OptLevel::Speed);
            config.cranelift_regalloc_algorithm(wasmtime::RegallocAlgorithm::Backtracking);
        }
    }
    config.native_unwind_info(false);
    config.parallel_compilation(threads > 1);
    wasmtime::Engine::new(&config).expect("an engine")
}

/// A call of an import: its name and arguments, as bits.
pub(crate) type Call = (String, Vec<u64>);

/// What the import `name` gives, as bits. This is enough for programs that work in memory; files, for
/// instance, do not exist.
fn import(name: &str) -> u64 {
    match name {
        // This is a day in November, in milliseconds.
        "emscripten_date_now" => 1_763_000_000_000f64.to_bits(),
        "emscripten_get_now" => 1f64.to_bits(),
        // There are no environment variables, the user is number 0, and the time never changes.
        "environ_sizes_get" | "environ_get" | "__syscall_geteuid32" | "clock_time_get" => 0,
        // These are handles of the host's objects.
        name if name.starts_with("__wb") => 1,
        // This is the error `ENOSYS`.
        _ => u64::from(-52i32 as u32),
    }
}

/// An instance of a program, whose exports take and give numbers of 32 bits.
pub(crate) trait Guest {
    fn new(compiled: &Compiled) -> Self
    where
        Self: Sized;
    /// Calls an export; gives its result, or 0 if it has none.
    fn call(&mut self, name: &str, args: &[i32]) -> i32;
    fn write(&mut self, at: i32, bytes: &[u8]);
    fn read(&mut self, at: i32, length: usize) -> Vec<u8>;
    /// The calls of imports since this was last asked.
    fn imports(&mut self) -> Vec<Call>;
}

pub(crate) struct OurGuest {
    store: rt::Store<Vec<Call>>,
    instance: rt::Instance,
    memory: rt::Memory,
}

impl Guest for OurGuest {
    fn new(compiled: &Compiled) -> Self {
        let Compiled::Ours(module) = compiled else { panic!("compiled by the other engine") };
        let mut store = rt::Store::new(module.engine(), Vec::new());
        let mut imports = Vec::new();
        for wanted in module.imports() {
            let rt::ExternType::Func(ty) = wanted.ty().clone() else {
                panic!("imports are functions")
            };
            let (name, result) = (wanted.name().to_owned(), ty.results().first().copied());
            let func = move |mut caller: rt::Caller<'_, Vec<Call>>,
                             args: &[rt::Val],
                             results: &mut [rt::Val]| {
                let args = args.iter().map(|arg| match arg {
                    rt::Val::I32(v) => u64::from(*v as u32),
                    rt::Val::I64(v) => *v as u64,
                    rt::Val::F64(bits) => *bits,
                    other => panic!("an argument {other:?}"),
                });
                let call = (name.clone(), args.collect());
                caller.data_mut().push(call);
                let bits = import(&name);
                match result {
                    None => {}
                    Some(rt::ValType::I32) => results[0] = rt::Val::I32(bits as i32),
                    Some(rt::ValType::F64) => results[0] = rt::Val::F64(bits),
                    Some(other) => panic!("a result of type {other:?}"),
                }
                Ok(())
            };
            imports.push(rt::Func::new(&mut store, ty, func).expect("memory").into());
        }
        let instance = rt::Instance::new(&mut store, module, &imports).expect("its imports");
        let memory = instance.get_memory(&mut store, "memory").expect("a memory");
        OurGuest { store, instance, memory }
    }

    fn call(&mut self, name: &str, args: &[i32]) -> i32 {
        let func = self.instance.get_func(&mut self.store, name).expect("an export");
        let args: Vec<_> = args.iter().map(|v| rt::Val::I32(*v)).collect();
        let results = func.ty(&self.store).results().len();
        let mut results = vec![rt::Val::I32(0); results];
        func.call(&mut self.store, &args, &mut results).expect("no trap");
        match results.first() {
            None => 0,
            Some(rt::Val::I32(v)) => *v,
            Some(other) => panic!("a result {other:?}"),
        }
    }

    fn write(&mut self, at: i32, bytes: &[u8]) {
        self.memory.write(&mut self.store, at as u32 as usize, bytes).expect("within the memory");
    }

    fn read(&mut self, at: i32, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.memory.read(&self.store, at as u32 as usize, &mut bytes).expect("within the memory");
        bytes
    }

    fn imports(&mut self) -> Vec<Call> {
        std::mem::take(self.store.data_mut())
    }
}

pub(crate) struct TheirGuest {
    store: wasmtime::Store<Vec<Call>>,
    instance: wasmtime::Instance,
    memory: wasmtime::Memory,
}

impl Guest for TheirGuest {
    fn new(compiled: &Compiled) -> Self {
        let Compiled::Theirs(module) = compiled else { panic!("compiled by the other engine") };
        let mut store = wasmtime::Store::new(module.engine(), Vec::new());
        let mut imports = Vec::new();
        for wanted in module.imports() {
            let name = wanted.name().to_owned();
            let ty = wanted.ty().func().expect("imports are functions").clone();
            let result = ty.results().next();
            let func = move |mut caller: wasmtime::Caller<'_, Vec<Call>>,
                             args: &[wasmtime::Val],
                             results: &mut [wasmtime::Val]| {
                let args = args.iter().map(|arg| match arg {
                    wasmtime::Val::I32(v) => u64::from(*v as u32),
                    wasmtime::Val::I64(v) => *v as u64,
                    wasmtime::Val::F64(bits) => *bits,
                    other => panic!("an argument {other:?}"),
                });
                let call = (name.clone(), args.collect());
                caller.data_mut().push(call);
                let bits = import(&name);
                match result {
                    None => {}
                    Some(wasmtime::ValType::I32) => results[0] = wasmtime::Val::I32(bits as i32),
                    Some(wasmtime::ValType::F64) => results[0] = wasmtime::Val::F64(bits),
                    Some(ref other) => panic!("a result of type {other:?}"),
                }
                Ok(())
            };
            imports.push(wasmtime::Func::new(&mut store, ty, func).into());
        }
        let instance = wasmtime::Instance::new(&mut store, module, &imports).expect("its imports");
        let memory = instance.get_memory(&mut store, "memory").expect("a memory");
        TheirGuest { store, instance, memory }
    }

    fn call(&mut self, name: &str, args: &[i32]) -> i32 {
        let func = self.instance.get_func(&mut self.store, name).expect("an export");
        let args: Vec<_> = args.iter().map(|v| wasmtime::Val::I32(*v)).collect();
        let results = func.ty(&self.store).results().len();
        let mut results = vec![wasmtime::Val::I32(0); results];
        func.call(&mut self.store, &args, &mut results).expect("no trap");
        match results.first() {
            None => 0,
            Some(wasmtime::Val::I32(v)) => *v,
            Some(other) => panic!("a result {other:?}"),
        }
    }

    fn write(&mut self, at: i32, bytes: &[u8]) {
        self.memory.write(&mut self.store, at as u32 as usize, bytes).expect("within the memory");
    }

    fn read(&mut self, at: i32, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        self.memory.read(&self.store, at as u32 as usize, &mut bytes).expect("within the memory");
        bytes
    }

    fn imports(&mut self) -> Vec<Call> {
        std::mem::take(self.store.data_mut())
    }
}
