//! Modules that are serialized and loaded again do what they did.

use touchstone_runtime::{
    Collector, Config, Engine, Error, ExternRef, Func, Linker, Module, OptLevel, Result, Store,
    TrapCode, Val,
};

/// Serializes a module and loads it again.
fn reload(module: &Module) -> Result<Module> {
    let bytes = module.serialize()?;
    // SAFETY: `serialize` gave the bytes just now.
    unsafe { Module::deserialize(module.engine(), bytes) }
}

/// Loads bytes that `serialize` gave and that were damaged since, or not.
fn load(engine: &Engine, bytes: &[u8]) -> Result<Module> {
    // SAFETY: `serialize` gave the bytes; what the tests change in them is damage that is noticed, so that
    // none of it is executed.
    unsafe { Module::deserialize(engine, bytes) }
}

const TEXT: &str = r#"(module $named
    (import "host" "collect" (func $collect (result externref)))
    (memory (export "memory") 1) (data (i32.const 0) "\01\02\03\04")
    (table (export "table") 2 funcref) (elem (i32.const 0) $divide)
    (tag $tag (param i32))
    (func $divide (export "divide") (param i32 i32) (result i32)
        (i32.div_s (local.get 0) (local.get 1)))
    (func (export "round") (param f64) (result f64) (f64.nearest (local.get 0)))
    (func (export "indirect") (param i32 i32) (result i32)
        (call_indirect (param i32 i32) (result i32) (local.get 0) (local.get 1) (i32.const 0)))
    (func $thrower (param i32) (throw $tag (local.get 0)))
    (func (export "catch") (param i32) (result i32)
        (block $caught (result i32)
            (try_table (result i32) (catch $tag $caught)
                (call $thrower (local.get 0)) (i32.const 0))))
    (func (export "keep") (param externref) (result externref externref)
        (local.get 0) (call $collect))
    (func (export "load") (result i32) (i32.load (i32.const 0)))
    (func (export "start?") (result i32) (global.get $started))
    (global $started (mut i32) (i32.const 0))
    (func $start (global.set $started (i32.const 1)))
    (start $start))"#;

/// Runs all of it, in both forms.
fn run(module: &Module) -> Result<()> {
    let engine = module.engine();
    let mut linker = Linker::new(engine);
    linker.func_wrap("host", "collect", |mut caller: touchstone_runtime::Caller<'_, ()>| {
        use touchstone_runtime::AsContextMut;
        caller.as_context_mut().gc();
        Some(ExternRef::new(&mut caller, 2u64))
    })?;
    let mut store = Store::new(engine, ());
    let instance = linker.instantiate(&mut store, module)?;
    let divide = instance.get_typed_func::<(i32, i32), i32>(&store, "divide")?;
    assert_eq!(divide.call(&mut store, (7, 2))?, 3);
    let error = divide.call(&mut store, (7, 0)).expect_err("a division by zero");
    let trap = error.trap().expect("a trap");
    assert_eq!(trap.code(), TrapCode::IntegerDivideByZero);
    assert!(trap.backtrace().to_string().contains("divide at 0x"), "{}", trap.backtrace());
    let round = instance.get_typed_func::<f64, f64>(&store, "round")?;
    assert_eq!(round.call(&mut store, 2.5)?, 2.0);
    let indirect = instance.get_typed_func::<(i32, i32), i32>(&store, "indirect")?;
    assert_eq!(indirect.call(&mut store, (9, 3))?, 3);
    let catch = instance.get_typed_func::<i32, i32>(&store, "catch")?;
    assert_eq!(catch.call(&mut store, 5)?, 5);
    let load = instance.get_typed_func::<(), i32>(&store, "load")?;
    assert_eq!(load.call(&mut store, ())?, 0x0403_0201);
    let started = instance.get_typed_func::<(), i32>(&store, "start?")?;
    assert_eq!(started.call(&mut store, ())?, 1);
    // What lies in a frame survives a collection: the stack maps are there.
    type Kept = (Option<ExternRef>, Option<ExternRef>);
    let keep = instance.get_typed_func::<Option<ExternRef>, Kept>(&store, "keep")?;
    let one = ExternRef::new(&mut store, 1u64);
    let (kept, made) = keep.call(&mut store, Some(one))?;
    let number =
        |value: Option<ExternRef>| *value.expect("not null").downcast_ref::<u64>().unwrap();
    assert_eq!((number(kept), number(made)), (1, 2));
    let table = instance.get_table(&store, "table").expect("it is exported");
    let Some(Val::FuncRef(Some(f))) = table.get(&mut store, 0) else { panic!("a function") };
    let mut results = [Val::I32(0)];
    Func::call(&f, &mut store, &[Val::I32(8), Val::I32(2)], &mut results)?;
    assert_eq!(results[0].unwrap_i32(), 4);
    store.verify_heap().expect("the heap is as it must be");
    Ok(())
}

#[test]
fn a_loaded_module_does_what_it_did() -> Result<()> {
    let mut configs = vec![Config::new(), Config::new(), Config::new(), Config::new()];
    configs[1].host_extensions(false);
    configs[2].opt_level(OptLevel::None).interruptible(true);
    configs[3].gc_stress(true).collector(Collector::Coalescing);
    for config in configs {
        let engine = Engine::new(&config)?;
        let module = Module::new(&engine, TEXT)?;
        run(&module)?;
        let again = reload(&module)?;
        drop(module);
        run(&again)?;
        assert_eq!(again.name(), Some("named"));
        let third = reload(&again)?;
        assert_eq!(again.serialize()?, third.serialize()?, "it says all that it is");
        assert_eq!(again.compile_stats(), third.compile_stats());
        assert_eq!(again.code_size(), third.code_size());
        run(&third)?;
    }
    reload(&Module::new(&Engine::default(), "(module)")?)?;
    Ok(())
}

#[test]
fn damage_is_noticed_wherever_it_is() -> Result<()> {
    let engine = Engine::default();
    let whole = Module::new(&engine, r#"(module (func (export "f")))"#)?.serialize()?;
    load(&engine, &whole)?;
    for i in 0..whole.len() {
        for bit in [0, 7] {
            let mut damaged = whole.clone();
            damaged[i] ^= 1 << bit;
            let error = load(&engine, &damaged).expect_err("one bit differs");
            assert!(matches!(error, Error::Malformed(_)), "byte {i}: {error}");
        }
        let error = load(&engine, &whole[..i]).expect_err("the end is missing");
        assert!(matches!(error, Error::Malformed(_)), "{i} bytes: {error}");
    }
    let longer = [&whole[..], &[0]].concat();
    assert!(matches!(load(&engine, &longer), Err(Error::Malformed(_))));
    for other in [&b""[..], b"\0asm\x01\0\0\0", b"(module)", &[0; 1000]] {
        assert!(matches!(load(&engine, other), Err(Error::Malformed(_))), "{other:?}");
    }
    Ok(())
}

#[test]
fn what_was_compiled_otherwise_is_refused() -> Result<()> {
    let config = || Config::new().collector(Collector::Counting).clone();
    let bytes = Module::new(&Engine::new(&config())?, TEXT)?.serialize()?;
    type Change = fn(&mut Config) -> &mut Config;
    let changes: [(Change, &str); 7] = [
        (|c| c.consume_fuel(true), "fuel"),
        (|c| c.interruptible(true), "interruptible"),
        (|c| c.relaxed_simd_deterministic(true), "relaxed"),
        (|c| c.gc_stress(true), "gc_stress"),
        (|c| c.collector(Collector::Coalescing), "collector"),
        (|c| c.wasm_tail_call(false), "features"),
        (|c| c.opt_level(OptLevel::None), "compiler settings"),
    ];
    for (change, what) in changes {
        let mut config = config();
        change(&mut config);
        match load(&Engine::new(&config)?, &bytes) {
            Err(Error::Mismatch(text)) => assert!(text.contains(what), "{text}"),
            other => panic!("{what}: {other:?}"),
        }
    }
    // What code does not depend on may differ.
    let mut config = config();
    config.max_wasm_stack(1 << 20).compile_threads(2);
    run(&load(&Engine::new(&config)?, &bytes)?)
}

#[test]
fn files_are_loaded_and_missing_ones_named() -> Result<()> {
    let engine = Engine::default();
    let path = std::env::temp_dir().join(format!("touchstone-serialize-{}", std::process::id()));
    std::fs::write(&path, Module::new(&engine, TEXT)?.serialize()?).expect("it can be written");
    // SAFETY: the file holds what `serialize` gave.
    let loaded = unsafe { Module::deserialize_file(&engine, &path) };
    std::fs::remove_file(&path).expect("it can be removed");
    run(&loaded?)?;
    // SAFETY: there is no such file.
    let missing = unsafe { Module::deserialize_file(&engine, &path) };
    let error = missing.expect_err("it was removed").to_string();
    assert!(error.contains("cannot read") && error.contains("touchstone-serialize"), "{error}");
    Ok(())
}
