//! Threads whose stacks the standard library did not make, or made tiny; recursion through stores; and
//! what thousands of stores leave behind.

use touchstone_runtime::*;

fn module(engine: &Engine, wat: &str) -> Module {
    Module::new(engine, wat::parse_str(wat).expect("well-formed text")).expect("valid")
}

fn code<T: std::fmt::Debug>(result: Result<T>) -> TrapCode {
    let error = result.expect_err("it traps");
    error.trap().unwrap_or_else(|| panic!("a trap, not {error}")).code()
}

const WAT: &str = r#"(module (import "h" "h" (func $h (result i32))) (memory 1)
    (func (export "load") (result i32) (i32.load (i32.const -1)))
    (func (export "host") (result i32) (call $h))
    (func $deep (export "deep") (result i32) (i32.add (call $deep) (i32.const 1)))
    (func (export "leaf") (result i32) i32.const 1))"#;

/// What each export of `WAT` gives in a fresh store on this thread.
fn run_all(engine: &Engine, module: &Module) -> [Result<i32>; 4] {
    let mut store = Store::new(engine, ());
    let mut linker = Linker::new(engine);
    linker.func_wrap("h", "h", || 5).expect("the name is free");
    let instance = linker.instantiate(&mut store, module).expect("it links");
    ["load", "host", "deep", "leaf"].map(|name| {
        let f = instance.get_typed_func::<(), i32>(&mut store, name).expect("exported");
        f.call(&mut store, ())
    })
}

/// A host function needs more stack than some threads have: then the call is a typed trap. What needs
/// none runs everywhere.
#[test]
fn threads_with_tiny_stacks() {
    let _alone = crate::alone();
    let engine = Engine::default();
    let module = module(&engine, WAT);
    // What is compiled is compiled here.
    let [load, host, deep, leaf] = run_all(&engine, &module);
    assert_eq!((code(load), code(deep)), (TrapCode::MemoryOutOfBounds, TrapCode::StackOverflow));
    assert_eq!((host.expect("there is room"), leaf.expect("a number")), (5, 1));
    for kib in [64, 128, 192, 256, 512] {
        let (engine, module) = (engine.clone(), module.clone());
        let thread = std::thread::Builder::new().stack_size(kib << 10);
        let results = thread.spawn(move || run_all(&engine, &module)).expect("a thread").join();
        let [load, host, deep, leaf] = results.expect("no panic");
        assert_eq!(code(load), TrapCode::MemoryOutOfBounds, "{kib} KiB");
        assert_eq!(code(deep), TrapCode::StackOverflow, "{kib} KiB");
        assert_eq!(leaf.expect("it needs no stack"), 1, "{kib} KiB");
        match host {
            Ok(result) => assert_eq!(result, 5),
            Err(error) => {
                assert!(kib < 512, "there is room");
                assert_eq!(code::<()>(Err(error)), TrapCode::StackOverflow, "{kib} KiB");
            }
        }
    }
}

/// A thread that the standard library knows nothing of has no stack for signals of its own.
#[test]
fn a_thread_that_rust_did_not_make() {
    let _alone = crate::alone();
    extern "C" fn run(_: *mut libc::c_void) -> *mut libc::c_void {
        let engine = Engine::default();
        let [load, host, deep, leaf] = run_all(&engine, &module(&engine, WAT));
        let right = code(load) == TrapCode::MemoryOutOfBounds
            && code(deep) == TrapCode::StackOverflow
            && matches!((host, leaf), (Ok(5), Ok(1)));
        if right { std::ptr::dangling_mut() } else { std::ptr::null_mut() }
    }
    let mut result = std::ptr::null_mut();
    // SAFETY: the attributes are initialised before they are used; the thread takes no argument, does
    // not unwind out of `run` without aborting, and is joined once.
    unsafe {
        let mut attributes = std::mem::zeroed();
        assert_eq!(libc::pthread_attr_init(&mut attributes), 0);
        assert_eq!(libc::pthread_attr_setstacksize(&mut attributes, 4 << 20), 0);
        let mut thread = std::mem::zeroed();
        let made = libc::pthread_create(&mut thread, &attributes, run, std::ptr::null_mut());
        assert_eq!(made, 0);
        assert_eq!(libc::pthread_join(thread, &mut result), 0);
        assert_eq!(libc::pthread_attr_destroy(&mut attributes), 0);
    }
    assert!(!result.is_null(), "each export did what it should");
}

/// Each level of the recursion makes a store of its own: it ends with a typed trap all the same, which
/// passes through all of them.
#[test]
fn recursion_through_many_stores_ends() {
    let _alone = crate::alone();
    fn level(engine: &Engine, module: &Module, depth: i32) -> Result<()> {
        let mut store = Store::new(engine, ());
        let mut linker = Linker::new(engine);
        let (next_engine, next_module) = (engine.clone(), module.clone());
        let next = move |depth: i32| level(&next_engine, &next_module, depth + 1);
        linker.func_wrap("h", "f", next)?;
        let instance = linker.instantiate(&mut store, module)?;
        instance.get_typed_func::<i32, ()>(&mut store, "g")?.call(&mut store, depth)
    }
    let engine = Engine::default();
    let module = module(
        &engine,
        r#"(module (import "h" "f" (func $f (param i32)))
             (func (export "g") (param i32) (call $f (local.get 0))))"#,
    );
    assert_eq!(code(level(&engine, &module, 0)), TrapCode::StackOverflow);
}

/// Mappings of this process.
fn mappings() -> usize {
    std::fs::read_to_string("/proc/self/maps").expect("Linux").lines().count()
}

/// Stores with memories, tables, globals and values, and modules, leave no mapping behind.
#[test]
fn stores_and_modules_are_given_back() {
    let _alone = crate::alone();
    let engine = Engine::default();
    let user = module(
        &engine,
        r#"(module (memory 1) (table $t 10 externref) (table 100 funcref)
             (global $g (mut externref) (ref.null extern))
             (func (export "keep") (param externref)
               (global.set $g (local.get 0))
               (table.set $t (i32.const 0) (local.get 0))))"#,
    );
    let mut before = 0;
    for round in 0..2_000 {
        let mut store = Store::new(&engine, ());
        let instance = Linker::new(&engine).instantiate(&mut store, &user).expect("no imports");
        let keep = instance.get_typed_func::<ExternRef, ()>(&mut store, "keep").expect("exported");
        let value = ExternRef::new(&mut store, round);
        keep.call(&mut store, value).expect("it returns");
        let wat = format!("(module (func (export \"f\") (result i32) (i32.const {round})))");
        drop(module(&engine, &wat));
        if round == 100 {
            before = mappings();
        }
    }
    // Other tests of this process run at the same time.
    assert!(mappings() < before + 200, "{before} mappings became {}", mappings());
    drop(user);
    assert_eq!(engine.usage(), EngineUsage::default());
}
