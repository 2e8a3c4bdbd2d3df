//! The engines, each with the three functions of WASI that the programs import: output is kept, random bytes are
//! always the same, and there is nothing to wait for.
//!
//! Each run has a new instance. Only its export `_start` is timed, in processor time; that of node is of the whole
//! process.

use std::time::Duration;
use touchstone_peers::measure::thread_time;
use touchstone_runtime as rt;

/// What a program wrote, and how long it took.
pub(crate) struct Run {
    pub(crate) output: Vec<u8>,
    pub(crate) took: Duration,
}

const WASI: &str = "wasi_snapshot_preview1";
/// The error for what is not supported.
const NOT_SUPPORTED: i32 = 52;
const RANDOM: u8 = 7;

/// Appends what `fd_write` is to write, and notes how much that was.
fn write(memory: &mut [u8], output: &mut Vec<u8>, vectors: i32, count: i32, sum: i32) -> i32 {
    let word = |memory: &[u8], at: usize| {
        u32::from_le_bytes(memory[at..at + 4].try_into().expect("four bytes")) as usize
    };
    let before = output.len();
    for i in 0..count as usize {
        let vector = vectors as usize + 8 * i;
        let (at, length) = (word(memory, vector), word(memory, vector + 4));
        output.extend_from_slice(&memory[at..at + length]);
    }
    let written = (output.len() - before) as u32;
    memory[sum as usize..][..4].copy_from_slice(&written.to_le_bytes());
    0
}

/// A program in our engine.
pub(crate) struct Ours(rt::Module, rt::Linker<Vec<u8>>);

impl Ours {
    pub(crate) fn new(engine: &rt::Engine, wasm: &[u8]) -> Self {
        let mut linker = rt::Linker::new(engine);
        type Host<'a> = rt::Caller<'a, Vec<u8>>;
        let memory = |caller: &mut Host<'_>| {
            caller.get_export("memory").and_then(rt::Extern::into_memory).expect("a memory")
        };
        let fd_write = move |mut caller: Host<'_>, _fd: i32, vectors: i32, count: i32, sum: i32| {
            let (memory, output) = memory(&mut caller).data_and_store_mut(&mut caller);
            write(memory, output, vectors, count, sum)
        };
        let random = move |mut caller: Host<'_>, at: i32, length: i32| {
            memory(&mut caller).data_mut(&mut caller)[at as usize..][..length as usize]
                .fill(RANDOM);
            0
        };
        let poll = |_: i32, _: i32, _: i32, _: i32| NOT_SUPPORTED;
        linker.func_wrap(WASI, "fd_write", fd_write).expect("a new name");
        linker.func_wrap(WASI, "random_get", random).expect("a new name");
        linker.func_wrap(WASI, "poll_oneoff", poll).expect("a new name");
        Ours(rt::Module::new(engine, wasm).expect("our engine compiles it"), linker)
    }

    pub(crate) fn run(&self) -> (Run, rt::GcPauses) {
        let mut store = rt::Store::new(self.0.engine(), Vec::new());
        let instance = self.1.instantiate(&mut store, &self.0).expect("its imports");
        let start = instance.get_typed_func::<(), ()>(&mut store, "_start").expect("it");
        let before = thread_time();
        start.call(&mut store, ()).expect("no trap");
        let took = thread_time() - before;
        (Run { output: std::mem::take(store.data_mut()), took }, store.gc_pauses())
    }
}

/// A program in Wasmtime.
pub(crate) struct Wasmtime(wasmtime::Module, wasmtime::Linker<Vec<u8>>);

impl Wasmtime {
    pub(crate) fn engine(collector: wasmtime::Collector) -> wasmtime::Engine {
        let mut config = wasmtime::Config::new();
        config.wasm_reference_types(true).wasm_function_references(true).wasm_gc(true);
        config.wasm_exceptions(true).collector(collector);
        wasmtime::Engine::new(&config).expect("an engine")
    }

    pub(crate) fn new(engine: &wasmtime::Engine, wasm: &[u8]) -> Self {
        let mut linker = wasmtime::Linker::new(engine);
        type Host<'a> = wasmtime::Caller<'a, Vec<u8>>;
        let memory = |caller: &mut Host<'_>| {
            caller.get_export("memory").and_then(wasmtime::Extern::into_memory).expect("a memory")
        };
        let fd_write = move |mut caller: Host<'_>, _fd: i32, vectors: i32, count: i32, sum: i32| {
            let (memory, output) = memory(&mut caller).data_and_store_mut(&mut caller);
            write(memory, output, vectors, count, sum)
        };
        let random = move |mut caller: Host<'_>, at: i32, length: i32| {
            memory(&mut caller).data_mut(&mut caller)[at as usize..][..length as usize]
                .fill(RANDOM);
            0
        };
        let poll = |_: i32, _: i32, _: i32, _: i32| NOT_SUPPORTED;
        linker.func_wrap(WASI, "fd_write", fd_write).expect("a new name");
        linker.func_wrap(WASI, "random_get", random).expect("a new name");
        linker.func_wrap(WASI, "poll_oneoff", poll).expect("a new name");
        Wasmtime(wasmtime::Module::new(engine, wasm).expect("Wasmtime compiles it"), linker)
    }

    pub(crate) fn run(&self) -> Run {
        let mut store = wasmtime::Store::new(self.0.engine(), Vec::new());
        let instance = self.1.instantiate(&mut store, &self.0).expect("its imports");
        let start = instance.get_typed_func::<(), ()>(&mut store, "_start").expect("it");
        let before = thread_time();
        start.call(&mut store, ()).expect("no trap");
        let took = thread_time() - before;
        Run { output: store.into_data(), took }
    }
}
