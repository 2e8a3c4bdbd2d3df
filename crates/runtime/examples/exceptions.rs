//! Exceptions: thrown by Wasm and caught by the host, and the other way round.
//!
//! `cargo run -p touchstone-runtime --example exceptions`

use touchstone_runtime::{
    Caller, Engine, Error, Exception, ExnRef, Extern, FuncType, Linker, Module, Store, Tag, Val,
    ValType,
};

const MODULE: &str = r#"(module
    (import "host" "failed" (tag $failed (param i32)))
    (import "host" "open" (func $open (param i32) (result i32)))
    (func (export "throw") (param i32) (throw $failed (local.get 0)))
    ;; Gives what the host's function gives, or the negated number of its failure.
    (func (export "try") (param i32) (result i32)
        (i32.sub (i32.const 0)
            (block $caught (result i32)
                (return (try_table (result i32) (catch $failed $caught)
                    (call $open (local.get 0))))))))"#;

pub(crate) fn main() -> Result<(), Error> {
    let engine = Engine::default();
    let module = Module::new(&engine, MODULE)?;
    let mut store = Store::new(&engine, ());
    let failed = Tag::new(&mut store, FuncType::new([ValType::I32], []))?;
    let mut linker = Linker::new(&engine);
    linker.define("host", "failed", Extern::Tag(failed))?;
    linker.func_wrap("host", "open", move |mut caller: Caller<'_, ()>, number: i32| {
        if number >= 0 {
            return Ok(number);
        }
        // An exception as an error is thrown in Wasm, which may catch it.
        let exception = ExnRef::new(&mut caller, failed, vec![Val::from(number)])?;
        Err(Error::from(Exception::new(exception)))
    })?;
    let instance = linker.instantiate(&mut store, &module)?;
    let throw = instance.get_typed_func::<i32, ()>(&store, "throw")?;
    let attempt = instance.get_typed_func::<i32, i32>(&store, "try")?;

    let error = throw.call(&mut store, 7).expect_err("it throws");
    let Error::Exception(exception) = error else { return Err(error) };
    assert!(exception.tag() == failed);
    println!("Wasm threw {}", exception.values()[0].unwrap_i32());

    assert_eq!(attempt.call(&mut store, 8)?, 8);
    assert_eq!(attempt.call(&mut store, -5)?, 5);
    println!("Wasm caught what the host threw");
    Ok(())
}
