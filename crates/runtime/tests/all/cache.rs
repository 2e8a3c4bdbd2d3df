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
            for n in 0..3 {
                let refused = cache.module(&wasm, WasmFeatures::WASM1, &control);
                assert_eq!(refused.expect_err("refused").to_string(), wanted, "{text}");
                assert_eq!(cache.usage().refused, n, "the first time, it is looked at: {text}");
            }
            cache.module(&wasm, Config::supported_features(), &control)?;
            assert_eq!(cache.usage().compiled, 1, "it is refused under no other features: {text}");
            assert_eq!(cache.usage().refused, 2);
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
fn refusals_take_no_more_room_than_they_may() {
    let control = CompileControl::new();
    let wasm = |n: usize| [b"\0asm\x01\0\0\0\0", &[0; 100][..n]].concat();
    let refused = |cache: &ModuleCache, n| {
        let error = cache.module(wasm(n), WasmFeatures::WASM1, &control).expect_err("malformed");
        assert!(matches!(error, Error::Malformed(_)), "{error}");
        cache.usage().refused
    };
    // Those that are remembered are forgotten when they are too many, and then looked at again.
    let cache = ModuleCache::new(&Engine::default(), 1 << 14);
    assert_eq!((refused(&cache, 1), refused(&cache, 1)), (0, 1));
    (2..100).for_each(|n| assert_eq!(refused(&cache, n), 1));
    assert_eq!(refused(&cache, 1), 1);
    assert_eq!(refused(&cache, 1), 2);
    // Where there is no room at all, each is looked at each time.
    let cache = ModuleCache::new(&Engine::default(), 0);
    assert_eq!((refused(&cache, 1), refused(&cache, 1)), (0, 0));
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

#[test]
fn a_function_that_comes_again_has_the_same_code_and_places() -> Result<()> {
    let alone = Engine::default();
    let reusing = Engine::new(Config::new().reuse_functions(true))?;
    // The same functions, the second time further behind in their module and with another index, the third time with
    // other callees of which only the numbers differ, and at last in a module where they mean something else.
    let middle = "(func $middle (param i32) (result i32)
        (i32.add (i32.const 1) (call_indirect (param i32) (result i32) (local.get 0) (i32.const 0))))";
    let more = "(func $more (result i64) (i64.const 77)) (func $other (result f32) (f32.const 1))";
    let texts = [
        TEXT.to_owned(),
        TEXT.replace("(memory 1)", &format!("(memory 1) {more}")),
        TEXT.replace(middle, &format!("{more} {middle}")),
        TEXT.replace("(memory 1)", "(memory 1 1) (memory 2) (global (mut i32) (i32.const 1))"),
    ];
    for round in 0..2 {
        for text in &texts {
            let wasm = wasm(text);
            let module = Module::new(&reusing, &wasm)?;
            let wanted = Module::new(&alone, &wasm)?;
            assert_eq!(told(&module)?, told(&wanted)?);
            assert_eq!(module.serialize()?, wanted.serialize()?, "{text}");
            assert_eq!(module.compile_stats(), wanted.compile_stats());
        }
        // The second time, none is compiled: three functions in each module, and two more in two of them.
        let reused = reusing.reused_functions();
        if round == 1 {
            assert!(reused >= 16, "{reused}");
        }
        assert!(
            reused >= 4,
            "the second and the third module have functions of the first: {reused}"
        );
    }
    assert_eq!(alone.reused_functions(), 0);
    Ok(())
}

#[test]
fn what_a_module_costs_does_not_depend_on_those_before() -> Result<()> {
    let wasm = wasm(TEXT);
    let alone = Module::new(&Engine::default(), &wasm)?.compile_stats();
    let engine = Engine::default();
    let sum = |n: usize| "(local.get 0) ".repeat(n) + &"i32.add ".repeat(n - 1);
    for n in [1, 1000, 10] {
        let text = format!("(module (func (param i32) (result i32) {}))", sum(n));
        Module::new(&engine, wat::parse_str(&text).expect("well-formed"))?;
        assert!(Module::new(&engine, "(module (func (result i32)))").is_err());
        assert_eq!(Module::new(&engine, &wasm)?.compile_stats(), alone);
    }
    Ok(())
}
