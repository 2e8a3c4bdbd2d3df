//! How long a program runs on after it was asked to stop: 200 trials of each long operation, each
//! interrupted at some moment of it. Prints the median, the 99th percentile and the worst case in
//! milliseconds.
//!
//! ```text
//! cargo run --release -p touchstone-runtime --example interrupt_latency
//! ```

use std::sync::mpsc;
use std::time::{Duration, Instant};
use touchstone_runtime::{
    CompileControl, Config, Engine, Error, ExternRef, Linker, Module, Store, TrapCode, TypedFunc,
};

const TRIALS: u32 = 200;

/// Each function goes on without end; it is told to a value to put into tables.
const OPERATIONS: &str = r#"(module
    (memory $a 16384) (memory $b 16384) (memory $grown 0) (memory $shared 4096 4096 shared)
    (table $t 4000000 externref) (table $u 4000000 externref) (table $f 4000000 funcref)
    (data $d "DATA")
    (elem $e externref (ref.null extern))
    (func $g) (elem declare func $g)
    (func (export "memory.fill") (param externref)
        (loop $l (memory.fill $a (i32.const 0) (i32.const 1) (i32.const 0x40000000)) (br $l)))
    (func (export "memory.copy") (param externref)
        (loop $l (memory.copy $a $b (i32.const 0) (i32.const 0) (i32.const 0x40000000)) (br $l)))
    (func (export "memory.copy, overlapping") (param externref)
        (loop $l (memory.copy $a $a (i32.const 1) (i32.const 0) (i32.const 0x3fffffff)) (br $l)))
    (func (export "memory.init") (param externref)
        (loop $l (memory.init $a $d (i32.const 0) (i32.const 0) (i32.const 0x4000000)) (br $l)))
    (func (export "memory.grow") (param externref)
        (loop $l (br_if $l (i32.ne (i32.const -1) (memory.grow $grown (i32.const 1))))
            (br $l)))
    (func (export "memory.fill, shared") (param externref)
        (loop $l (memory.fill $shared (i32.const 1) (i32.const 1) (i32.const 0xffffffe)) (br $l)))
    (func (export "memory.copy, shared, unaligned") (param externref)
        (loop $l (memory.copy $shared $a (i32.const 1) (i32.const 0) (i32.const 0xffffffe)) (br $l)))
    (func (export "table.fill") (param externref)
        (loop $l (table.fill $t (i32.const 0) (local.get 0) (i32.const 4000000)) (br $l)))
    (func (export "table.fill, functions") (param externref)
        (loop $l (table.fill $f (i32.const 0) (ref.func $g) (i32.const 4000000)) (br $l)))
    (func (export "table.copy") (param externref)
        (table.fill $t (i32.const 0) (local.get 0) (i32.const 4000000))
        (loop $l (table.copy $u $t (i32.const 0) (i32.const 0) (i32.const 4000000)) (br $l)))
    (func (export "table.init") (param externref)
        (loop $l (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 1)) (br $l)))
    (func (export "memory.atomic.wait32") (param externref)
        (loop $l (drop (memory.atomic.wait32 $shared (i32.const 0) (i32.const 0) (i64.const -1)))
            (br $l))))"#;

/// A table that grows as far as it can at once; each trial has one of its own.
const GROWTH: &str = r#"(module (table $t 0 externref)
    (func (export "table.grow") (param externref)
        (drop (table.grow $t (local.get 0) (i32.const 10000000)))
        (loop $l (table.fill $t (i32.const 0) (local.get 0) (i32.const 10000000)) (br $l))))"#;

/// Instantiations, each with a table to be filled and a large data segment.
const INSTANCE: &str = r#"(module (func $f) (table 10000000 (ref func) (ref.func $f))
    (memory 1024) (data (i32.const 0) "DATA"))"#;

type Operation = TypedFunc<Option<ExternRef>, ()>;

fn main() -> Result<(), Error> {
    let engine = Engine::new(Config::new().interruptible(true))?;
    let data = "a".repeat(64 << 20);
    let operations = module(&engine, &OPERATIONS.replace("DATA", &data))?;
    let names: Vec<String> = operations.exports().map(|export| export.name().to_owned()).collect();
    println!("{:32}{:>10}{:>10}{:>10}", "milliseconds", "median", "p99", "worst");
    for name in names {
        let mut store = Store::new(&engine, ());
        let instance = Linker::new(&engine).instantiate(&mut store, &operations)?;
        let value = ExternRef::new(&mut store, ());
        let operation: Operation = instance.get_typed_func(&mut store, &name)?;
        let call = |store: &mut Store<()>| operation.call(store, Some(value.clone()));
        report(&name, (0..TRIALS).map(|i| trial(&mut store, i, call)).collect());
    }
    let growth = module(&engine, GROWTH)?;
    let trials = (0..TRIALS).map(|i| {
        let mut store = Store::new(&engine, ());
        let value = ExternRef::new(&mut store, ());
        let instance = Linker::new(&engine).instantiate(&mut store, &growth).expect("it fits");
        let operation: Operation =
            instance.get_typed_func(&mut store, "table.grow").expect("it is there");
        trial(&mut store, i, |store| operation.call(store, Some(value.clone())))
    });
    report("table.grow", trials.collect());
    let instantiated = module(&engine, &INSTANCE.replace("DATA", &data[..32 << 20]))?;
    let trials = (0..TRIALS).map(|i| {
        let mut store = Store::new(&engine, ());
        trial(&mut store, i, |store| {
            loop {
                Linker::new(&engine).instantiate(&mut *store, &instantiated)?;
            }
        })
    });
    report("instantiation", trials.collect());
    // 2,000 functions of 4 KB, and one of 100 KB.
    for (name, functions, rounds) in [("compile", 2000, 400), ("compile, one function", 1, 10_000)]
    {
        let round = "(local.set 0 (i32.add (i32.load (local.get 0)) (local.get 1)))";
        let function = format!("(func (param i32 i32) {})", round.repeat(rounds));
        let text = format!("(module (memory 1) {})", function.repeat(functions));
        let wasm = wat::parse_str(text).expect("it is a module");
        report(name, (0..TRIALS).map(|i| compile_trial(&engine, i, &wasm)).collect());
    }
    Ok(())
}

/// Compiles again and again until that is cancelled, which happens after some milliseconds. Gives how
/// long after that it ended.
fn compile_trial(engine: &Engine, number: u32, wasm: &[u8]) -> Duration {
    let control = CompileControl::new();
    let (theirs, (begin, begins)) = (control.clone(), mpsc::channel());
    let other = std::thread::spawn(move || {
        begins.recv().expect("the trial begins");
        std::thread::sleep(delay(number));
        let asked = Instant::now();
        theirs.cancel();
        asked
    });
    begin.send(()).expect("the other thread waits");
    let error = loop {
        if let Err(error) = Module::new_with(engine, wasm, &control) {
            break error;
        }
    };
    let ended = Instant::now();
    assert!(matches!(error, Error::Cancelled), "{error}");
    ended.saturating_duration_since(other.join().expect("it only cancels"))
}

/// How long the trial with this number runs before it is interrupted.
fn delay(number: u32) -> Duration {
    Duration::from_micros(u64::from(500 + 97 * (number % 100)))
}

fn module(engine: &Engine, text: &str) -> Result<Module, Error> {
    Module::new(engine, wat::parse_str(text).expect("it is a module"))
}

/// Runs `call`, which goes on until it is interrupted, and interrupts it after some milliseconds. Gives
/// how long after that it ended.
fn trial(
    store: &mut Store<()>,
    number: u32,
    call: impl FnOnce(&mut Store<()>) -> Result<(), Error>,
) -> Duration {
    let handle = store.interrupt_handle();
    let (begin, begins) = mpsc::channel();
    let other = std::thread::spawn(move || {
        begins.recv().expect("the trial begins");
        std::thread::sleep(delay(number));
        let asked = Instant::now();
        handle.interrupt();
        asked
    });
    begin.send(()).expect("the other thread waits");
    let error = call(store).expect_err("it goes on until it is interrupted");
    let ended = Instant::now();
    let code = error.trap().map(|trap| trap.code());
    assert_eq!(code, Some(TrapCode::Interrupted), "{error}");
    ended.saturating_duration_since(other.join().expect("it only interrupts"))
}

fn report(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1e3;
    println!("{name:32}{:>10.2}{:>10.2}{:>10.2}", at(0.5), at(0.99), at(1.0));
}
