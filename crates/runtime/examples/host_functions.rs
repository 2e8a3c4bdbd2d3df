//! Host functions that read and write the caller's memory.
//!
//! `cargo run -p touchstone-runtime --example host_functions`

use touchstone_runtime::{Caller, Engine, Error, Extern, Linker, Module, Store};

const MODULE: &str = r#"(module
    (import "host" "log" (func $log (param i32 i32)))
    (import "host" "name" (func $name (param i32 i32) (result i32)))
    (memory (export "memory") 1)
    (data (i32.const 0) "hello, ")
    (func (export "greet")
        (call $log (i32.const 0)
            (i32.add (i32.const 7) (call $name (i32.const 7) (i32.const 100))))))"#;

/// What the store holds for the host.
struct Host {
    name: &'static str,
    logged: Vec<String>,
}

fn memory(caller: &mut Caller<'_, Host>) -> Result<touchstone_runtime::Memory, Error> {
    match caller.get_export("memory") {
        Some(Extern::Memory(memory)) => Ok(memory),
        _ => Err(Error::host("the caller exports no memory")),
    }
}

pub(crate) fn main() -> Result<(), Error> {
    let engine = Engine::default();
    let module = Module::new(&engine, MODULE)?;
    let mut linker = Linker::new(&engine);
    // An error of a host function ends the call of Wasm, and comes back as it was.
    linker.func_wrap("host", "log", |mut caller: Caller<'_, Host>, at: u32, length: u32| {
        let memory = memory(&mut caller)?;
        let (bytes, host) = memory.data_and_store_mut(&mut caller);
        let text = bytes.get(at as usize..).and_then(|rest| rest.get(..length as usize));
        let text = text.ok_or_else(|| Error::host("the text is not in the memory"))?;
        host.logged.push(String::from_utf8_lossy(text).into_owned());
        Ok::<(), Error>(())
    })?;
    linker.func_wrap("host", "name", |mut caller: Caller<'_, Host>, at: u32, room: u32| {
        let name = caller.data().name;
        if name.len() > room as usize {
            return Err(Error::host("the name is too long"));
        }
        memory(&mut caller)?.write(&mut caller, at as usize, name.as_bytes())?;
        Ok(name.len() as u32)
    })?;
    let mut store = Store::new(&engine, Host { name: "Wasm", logged: Vec::new() });
    let instance = linker.instantiate(&mut store, &module)?;
    instance.get_typed_func::<(), ()>(&store, "greet")?.call(&mut store, ())?;
    assert_eq!(store.data().logged, ["hello, Wasm"]);
    println!("{}", store.data().logged[0]);
    Ok(())
}
