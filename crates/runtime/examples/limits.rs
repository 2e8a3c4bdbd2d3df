//! Limits on what a guest may use, and two ways to stop it: fuel, and an interrupt from another thread.
//!
//! `cargo run -p touchstone-runtime --example limits`

use std::time::Duration;
use touchstone_runtime::{Config, Engine, Error, Linker, Module, Store, StoreLimits, TrapCode};

const MODULE: &str = r#"(module
    (memory 1)
    (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
    (func (export "spin") (loop $again (br $again))))"#;

pub(crate) fn main() -> Result<(), Error> {
    let engine = Engine::new(Config::new().consume_fuel(true).interruptible(true))?;
    let module = Module::new(&engine, MODULE)?;
    let mut store = Store::new(&engine, ());
    store.limit(StoreLimits::new().instances(1).total_bytes(3 << 16));
    store.set_fuel(1_000_000)?;
    let instance = Linker::new(&engine).instantiate(&mut store, &module)?;
    let grow = instance.get_typed_func::<i32, i32>(&store, "grow")?;
    let spin = instance.get_typed_func::<(), ()>(&store, "spin")?;

    // The limit leaves room for two more pages of 64 KiB.
    assert_eq!(grow.call(&mut store, 2)?, 1);
    assert_eq!(grow.call(&mut store, 1)?, -1);

    let code = |error: Error| error.trap().map(|trap| trap.code());
    let error = spin.call(&mut store, ()).expect_err("it never returns");
    assert_eq!(code(error), Some(TrapCode::OutOfFuel));
    println!("out of fuel");

    store.set_fuel(u64::MAX)?;
    let handle = store.interrupt_handle();
    let timer = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(20));
        handle.interrupt();
    });
    let error = spin.call(&mut store, ()).expect_err("it never returns");
    assert_eq!(code(error), Some(TrapCode::Interrupted));
    timer.join().expect("it does not panic");
    println!("interrupted; the store can be used further");
    assert_eq!(grow.call(&mut store, 0)?, 3);
    Ok(())
}
