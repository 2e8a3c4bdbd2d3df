//! A module that comes again is compiled once, and nothing but the time shows it.

use std::sync::Barrier;
use touchstone_runtime::{
    CompileControl, Config, Engine, Error, Linker, Module, ModuleCache, Result, Store, WasmFeatures,
};

/// A trap three frames deep, whose place and names the backtrace tells, in a module of the first standard.
pub(crate) const TEXT: &str = r#"(module $named
    (memory 1)
    (table 1 funcref) (elem (i32.const 0) $inner)
    (func $inner (param i32) (result i32) (i32.load offset=65532 (local.get 0)))
    (func $middle (param i32) (result i32)
        (i32.add (i32.const 1) (call_indirect (param i32) (result i32) (local.get 0) (i32.const 0))))
    (func (export "outer") (param i32) (result i32) (i32.sub (call $middle (local.get 0)) (i32.const 1))))"#;

/// Sets of features under which `TEXT` is valid.
pub(crate) fn sets() -> [WasmFeatures; 4] {
    [
        WasmFeatures::WASM1,
        WasmFeatures::WASM2,
        Config::supported_features() - WasmFeatures::MULTI_MEMORY,
        Config::supported_features(),
    ]
}

pub(crate) fn wasm(text: &str) -> Vec<u8> {
    wat::parse_str(text).expect("well-formed")
}

/// Calls the function in bounds and out of bounds, and gives all that can be known of it.
pub(crate) fn told(module: &Module) -> Result<(i32, String, usize)> {
    let engine = module.engine();
    let mut store = Store::new(engine, ());
    let instance = Linker::new(engine).instantiate(&mut store, module)?;
    let outer = instance.get_typed_func::<i32, i32>(&store, "outer")?;
    let result = outer.call(&mut store, 0)?;
    let error = outer.call(&mut store, 1).expect_err("it is out of bounds");
    let trap = error.trap().expect("a trap");
    assert_eq!(trap.backtrace().frames().len(), 3, "{}", trap.backtrace());
    Ok((result, format!("{}{}", trap.code(), trap.backtrace()), module.code_size()))
}

#[test]
fn it_does_not_matter_who_compiled_first() -> Result<()> {
    let wasm = wasm(TEXT);
    let mut seen = Vec::new();
    for features in sets() {
        // An engine with these features alone, and no cache.
        seen.push(told(&Module::new(&Engine::new(Config::new().features(features))?, &wasm)?)?);
    }
    for first in 0..sets().len() {
        let cache = ModuleCache::new(&Engine::default(), 1 << 20);
        let mut order = sets();
        order.rotate_left(first);
        for features in order.into_iter().chain(order) {
            seen.push(told(&cache.module(&wasm, features, &CompileControl::new())?)?);
        }
        let usage = cache.usage();
        assert_eq!((usage.modules, usage.compiled, usage.found), (1, 1, 7));
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:#?}");
    Ok(())
}

#[test]
fn what_is_valid_elsewhere_is_still_refused_here() -> Result<()> {
    let control = CompileControl::new();
    let texts = [
        "(module (memory 1) (memory 1))",
        "(module (func (param i32) (result i32) (i32.extend8_s (local.get 0))))",
        "(module (func (result v128) (v128.const i64x2 1 2)))",
        "(module (func (result externref) (ref.null extern)))",
    ];
    for text in texts {
        let wasm = wasm(text);
        let strict = Engine::new(Config::new().features(WasmFeatures::WASM1))?;
        let wanted = Module::new(&strict, &wasm).expect_err("not of this standard").to_string();
        for first in [false, true] {
            let cache = ModuleCache::new(&Engine::default(), 1 << 20);
            if first {
                cache.module(&wasm, Config::supported_features(), &control)?;
            }
            for _ in 0..2 {
                let refused = cache.module(&wasm, WasmFeatures::WASM1, &control);
                assert_eq!(refused.expect_err("refused").to_string(), wanted, "{text}");
            }
            cache.module(&wasm, Config::supported_features(), &control)?;
            assert_eq!(cache.usage().compiled, 1, "a refusal is not kept: {text}");
        }
    }
    Ok(())
}

#[test]
fn threads_that_want_the_same_module_at_once_compile_it_once() {
    let cache = ModuleCache::new(&Engine::default(), 1 << 20);
    let (wasm, barrier) = (wasm(TEXT), Barrier::new(8));
    std::thread::scope(|scope| {
        for n in 0..8 {
            let (cache, wasm, barrier) = (&cache, &wasm, &barrier);
            scope.spawn(move || {
                barrier.wait();
                let features = sets()[n % sets().len()];
                let module = cache.module(wasm, features, &CompileControl::new());
                told(&module.expect("valid")).expect("it runs");
            });
        }
    });
    assert_eq!((cache.usage().compiled, cache.usage().found), (1, 7));
}

#[test]
fn a_module_that_was_not_used_for_longest_leaves_first() -> Result<()> {
    let (control, features) = (CompileControl::new(), Config::supported_features());
    let wasm =
        |n: i32| wasm(&format!(r#"(module (func (export "f") (result i32) (i32.const {n})))"#));
    let cache = ModuleCache::new(&Engine::default(), 1 << 20);
    let held = cache.module(wasm(0), features, &control)?;
    let one = cache.usage().bytes;
    let cache = ModuleCache::new(&Engine::default(), 10 * one);
    for n in 0..1000 {
        cache.module(wasm(n), features, &control)?;
        // This one is used all the time, and stays.
        cache.module(wasm(0), features, &control)?;
        let usage = cache.usage();
        assert!(usage.modules <= 10 && usage.bytes <= 11 * one, "{usage:?}");
    }
    assert_eq!(cache.usage().compiled, 1000);
    // Whoever holds a module keeps it.
    drop(cache);
    let mut store = Store::new(held.engine(), ());
    let instance = Linker::new(held.engine()).instantiate(&mut store, &held)?;
    assert_eq!(instance.get_typed_func::<(), i32>(&store, "f")?.call(&mut store, ())?, 0);
    Ok(())
}

#[test]
fn one_that_is_cancelled_leaves_the_module_to_others() -> Result<()> {
    let cache = ModuleCache::new(&Engine::default(), 1 << 20);
    let cancelled = CompileControl::new();
    cancelled.cancel();
    for compiled in 0..2 {
        let error = cache.module(wasm(TEXT), WasmFeatures::WASM1, &cancelled);
        assert!(matches!(error, Err(Error::Cancelled)));
        assert_eq!(cache.usage().compiled, compiled);
        cache.module(wasm(TEXT), WasmFeatures::WASM1, &CompileControl::new())?;
    }
    Ok(())
}
