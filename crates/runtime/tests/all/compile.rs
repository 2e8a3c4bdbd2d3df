//! Compiling on several threads, largest functions first, gives what one thread gives.

use touchstone_runtime::*;

fn engine(threads: usize) -> Engine {
    let mut config = Config::new();
    config.compile_threads(threads);
    Engine::new(&config).expect("an engine")
}

/// Functions of different sizes; `f I` adds numbers up to `I`. The body of some is replaced.
fn program(count: usize, replace: impl Fn(usize) -> Option<&'static str>) -> Vec<u8> {
    let function = |i: usize| {
        let sum =
            (0..i % 37).map(|k| format!("(local.set 0 (i32.add (local.get 0) (i32.const {k})))"));
        let body = format!("{} (local.get 0)", sum.collect::<String>());
        let body = replace(i).map_or(body, str::to_owned);
        format!("(func (export \"f {i}\") (result i32) (local i32) {body})\n")
    };
    let wat = format!("(module {})", (0..count).map(function).collect::<String>());
    wat::parse_str(wat).expect("well-formed text")
}

#[test]
fn threads_give_the_same_code() {
    let wasm = program(400, |_| None);
    let sizes = [1, 2, 5].map(|threads| {
        let engine = engine(threads);
        let module = Module::new(&engine, &wasm).expect("valid");
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[]).expect("no imports");
        for i in 0..400 {
            let name = format!("f {i}");
            let func = instance.get_typed_func::<(), i32>(&mut store, &name).expect("exported");
            let n = i % 37;
            assert_eq!(func.call(&mut store, ()).expect("no trap"), n * (n - 1) / 2, "{name}");
        }
        module.code_size()
    });
    assert!(sizes[0] > 0);
    assert_eq!(sizes, [sizes[0]; 3]);
}

#[test]
fn the_first_error_of_the_module_wins() {
    // The second is larger: it is compiled before.
    let wasm = program(400, |i| match i {
        90 => Some("(i64.const 1)"),
        200 => Some("(drop (i32.add (i32.const 1) (i32.const 2))) (f32.const 1)"),
        _ => None,
    });
    let errors = [1, 4].map(|threads| match Module::new(&engine(threads), &wasm) {
        Ok(_) => panic!("two bodies are invalid"),
        Err(error) => error.to_string(),
    });
    assert!(errors[0].contains("i64"), "{}", errors[0]);
    assert_eq!(errors[0], errors[1]);
}

#[test]
fn a_module_without_functions_has_no_code() {
    let module = Module::new(&engine(4), b"\0asm\x01\0\0\0").expect("valid");
    assert_eq!(module.code_size(), 0);
}

/// What the code generator does wrong is no fault of the module, and no want of a resource.
#[test]
fn failures_of_the_code_generator_are_internal_errors() {
    let wasm = wat::parse_str("(module (func (result i32) (i32.const 1)) (func))").unwrap();
    for (failure, text) in [
        (PlantedFailure::Panic, "compiling function 0 panicked: a planted failure"),
        (PlantedFailure::Verifier, "the code generator failed"),
    ] {
        for threads in [1, 2] {
            let mut config = Config::new();
            config.verify_ir(true).compile_threads(threads).plant_failure(Some(failure));
            let engine = Engine::new(&config).unwrap();
            match Module::new(&engine, &wasm) {
                Err(Error::Internal(what)) => assert!(what.contains(text), "{what}"),
                other => panic!("{failure:?}: {other:?}"),
            }
            // The engine goes on: what has no functions compiles.
            Module::new(&engine, b"\0asm\x01\0\0\0").unwrap();
        }
    }
}
