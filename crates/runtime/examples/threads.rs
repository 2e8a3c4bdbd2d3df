//! Threads that share a memory: each has a store and an instance of its own.
//!
//! `cargo run -p touchstone-runtime --example threads`

use std::sync::atomic::Ordering;
use touchstone_runtime::{
    Engine, Error, Extern, Limits, Linker, Memory, MemoryType, Module, SharedMemory, Store,
};

const MODULE: &str = r#"(module
    (import "host" "memory" (memory 1 1 shared))
    ;; Adds one to the counter at 0, so often.
    (func (export "count") (param $times i32)
        (loop $again
            (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
            (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))))"#;

pub(crate) fn main() -> Result<(), Error> {
    const THREADS: i32 = 4;
    const TIMES: i32 = 10_000;
    let engine = Engine::default();
    let module = Module::new(&engine, MODULE)?;
    let shared = SharedMemory::new(MemoryType::new(Limits::new(1, Some(1))).with_shared())?;
    let count = || -> Result<(), Error> {
        let mut store = Store::new(&engine, ());
        let memory = Memory::from_shared(&mut store, &shared)?;
        let mut linker = Linker::new(&engine);
        linker.define("host", "memory", Extern::Memory(memory))?;
        let instance = linker.instantiate(&mut store, &module)?;
        instance.get_typed_func::<i32, ()>(&store, "count")?.call(&mut store, TIMES)
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(count)).collect();
        threads.into_iter().try_for_each(|thread| thread.join().expect("it does not panic"))
    })?;
    // The host sees the bytes as atomics; Wasm's numbers are little-endian.
    let byte = |i: usize| shared.data()[i].load(Ordering::SeqCst);
    let counted = i32::from_le_bytes([byte(0), byte(1), byte(2), byte(3)]);
    assert_eq!(counted, THREADS * TIMES);
    println!("{THREADS} threads counted to {counted}");
    Ok(())
}
