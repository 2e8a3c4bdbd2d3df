//! What the compiler may assume of globals and memories: that they do not overlap each other, and
//! nothing more.

use touchstone_runtime::{Engine, Instance, Linker, Module, Result, Store, TrapCode, Val};

fn module(engine: &Engine, wat: &str) -> Module {
    Module::new(engine, wat::parse_str(wat).expect("well-formed text")).expect("valid")
}

fn trapped(result: Result<()>) {
    let error = result.expect_err("an address past the end");
    let code = error.trap().map(|trap| trap.code());
    assert_eq!(code, Some(TrapCode::MemoryOutOfBounds));
}

/// What was written before an access that traps stays written, though more would have been written
/// over it afterwards.
#[test]
fn writes_before_a_trap_are_seen_after_it() {
    let engine = Engine::default();
    let module = module(
        &engine,
        r#"(module
             (memory (export "m") 1)
             (global $g (export "g") (mut i32) (i32.const 0))
             (func (export "store") (param i32)
               (global.set $g (i32.const 1))
               (i32.store (local.get 0) (i32.const 7))
               (global.set $g (i32.const 2)))
             (func (export "load") (param i32)
               (global.set $g (i32.const 3))
               (drop (i32.load (local.get 0)))
               (global.set $g (i32.const 4)))
             (func (export "copy") (param i32)
               (global.set $g (i32.const 5))
               (memory.copy (local.get 0) (i32.const 0) (i32.const 4))
               (global.set $g (i32.const 6)))
             (func (export "twice") (param i32)
               (i32.store (i32.const 0) (i32.const 8))
               (global.set $g (i32.load (local.get 0)))
               (i32.store (i32.const 0) (i32.const 9))))"#,
    );
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).expect("no imports");
    let global = instance.get_global(&mut store, "g").expect("exported");
    let memory = instance.get_memory(&mut store, "m").expect("exported");
    for (name, before, after) in [("store", 1, 2), ("load", 3, 4), ("copy", 5, 6)] {
        let func = instance.get_typed_func::<(i32,), ()>(&mut store, name).expect("exported");
        trapped(func.call(&mut store, (-4,)));
        assert!(matches!(global.get(&mut store), Val::I32(v) if v == before), "{name} traps");
        func.call(&mut store, (16,)).expect("within the memory");
        assert!(matches!(global.get(&mut store), Val::I32(v) if v == after), "{name} does not");
    }
    let twice = instance.get_typed_func::<(i32,), ()>(&mut store, "twice").expect("exported");
    trapped(twice.call(&mut store, (-4,)));
    let mut bytes = [0; 4];
    memory.read(&store, 0, &mut bytes).expect("within");
    assert_eq!(bytes, [8, 0, 0, 0]);
}

/// One global, or one memory, by two names: what is written by one is read by the other.
#[test]
fn two_imports_may_be_one() {
    let engine = Engine::default();
    let exporter = module(
        &engine,
        r#"(module (memory (export "m") 1) (global (export "g") (mut i64) (i64.const 1)))"#,
    );
    let importer = module(
        &engine,
        r#"(module
             (import "a" "m" (memory $m 1))
             (import "b" "m" (memory $n 1))
             (import "a" "g" (global $g (mut i64)))
             (import "b" "g" (global $h (mut i64)))
             (func (export "globals") (param i64) (result i64) (local i64)
               (local.set 1 (global.get $h))
               (global.set $g (local.get 0))
               (i64.store $m (i32.const 0) (i64.const 5))
               (i64.add (local.get 1) (global.get $h)))
             (func (export "memories") (param i64) (result i64) (local i64)
               (local.set 1 (i64.load $n (i32.const 8)))
               (i64.store $m (i32.const 8) (local.get 0))
               (global.set $g (i64.const 5))
               (i64.add (local.get 1) (i64.load $n (i32.const 8)))))"#,
    );
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    let exports = Instance::new(&mut store, &exporter, &[]).expect("no imports");
    for name in ["a", "b"] {
        linker.instance(&mut store, name, exports).expect("new names");
    }
    let instance = linker.instantiate(&mut store, &importer).expect("its imports");
    for (name, before) in [("globals", 1), ("memories", 0)] {
        let func = instance.get_typed_func::<(i64,), i64>(&mut store, name).expect("exported");
        assert_eq!(func.call(&mut store, (40,)).expect("no trap"), before + 40, "{name}");
        assert_eq!(func.call(&mut store, (60,)).expect("no trap"), 100, "{name}");
    }
}
