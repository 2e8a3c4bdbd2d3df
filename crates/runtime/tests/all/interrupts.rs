//! Interrupts reach into operations on many bytes or elements, and leave everything consistent.

use std::time::Duration;
use touchstone_runtime::*;

fn interruptible() -> Engine {
    Engine::new(Config::new().interruptible(true)).unwrap()
}

fn instance(engine: &Engine, store: &mut Store<()>, wat: &str) -> Instance {
    let module = Module::new(engine, wat::parse_str(wat).unwrap()).unwrap();
    Linker::new(engine).instantiate(store, &module).unwrap()
}

fn is_interrupt(error: &Error) -> bool {
    error.trap().is_some_and(|trap| trap.code() == TrapCode::Interrupted)
}

/// Each operation acts on so much that an interrupt, which is there before it begins to work, comes
/// between two of its pieces: the function looks at its entry only, before the host sets the word.
const LARGE: &str = r#"(module
    (import "" "interrupt" (func $interrupt))
    (memory $a 512) (memory $b 512) (memory $shared 512 512 shared)
    (table $t 1000000 externref) (table $u 1000000 externref) (table $f 1000000 funcref)
    (func $null (export "null"))
    (elem declare func $null)
    (func (export "memory.fill")
        (call $interrupt) (memory.fill $a (i32.const 0) (i32.const 7) (i32.const 0x1000000)))
    (func (export "memory.copy up")
        (call $interrupt) (memory.copy $a $a (i32.const 8) (i32.const 0) (i32.const 0x1000000)))
    (func (export "memory.copy down")
        (call $interrupt) (memory.copy $a $a (i32.const 0) (i32.const 8) (i32.const 0x1000000)))
    (func (export "memory.copy between")
        (call $interrupt) (memory.copy $a $b (i32.const 0) (i32.const 0) (i32.const 0x1000000)))
    (func (export "shared fill")
        (call $interrupt) (memory.fill $shared (i32.const 1) (i32.const 7) (i32.const 0x1000000)))
    (func (export "shared copy")
        (call $interrupt) (memory.copy $shared $a (i32.const 1) (i32.const 0) (i32.const 0x1000000)))
    (func (export "table.fill") (param externref)
        (call $interrupt) (table.fill $t (i32.const 0) (local.get 0) (i32.const 1000000)))
    (func (export "table.copy up") (param externref)
        (call $interrupt) (table.copy $t $t (i32.const 9) (i32.const 0) (i32.const 999000)))
    (func (export "table.copy down") (param externref)
        (call $interrupt) (table.copy $t $t (i32.const 0) (i32.const 9) (i32.const 999000)))
    (func (export "table.copy between") (param externref)
        (call $interrupt) (table.copy $u $t (i32.const 0) (i32.const 0) (i32.const 1000000)))
    (func (export "table.grow") (param externref)
        (call $interrupt) (drop (table.grow $t (local.get 0) (i32.const 1000000))))
    (func (export "funcs.fill")
        (call $interrupt) (table.fill $f (i32.const 0) (ref.func $null) (i32.const 1000000)))
    (func (export "funcs.grow")
        (call $interrupt) (drop (table.grow $f (ref.func $null) (i32.const 1000000))))
    (func (export "size") (result i32) (i32.add (table.size $t) (table.size $f)))
    (func (export "get") (param i32) (result externref) (table.get $t (local.get 0)))
    (func (export "byte") (param i32) (result i32) (i32.load8_u $a (local.get 0))))"#;

fn large(engine: &Engine, store: &mut Store<()>) -> Instance {
    let module = Module::new(engine, wat::parse_str(LARGE).unwrap()).unwrap();
    let mut linker = Linker::new(engine);
    let handle = store.interrupt_handle();
    linker.func_wrap("", "interrupt", move || handle.interrupt()).unwrap();
    linker.instantiate(store, &module).unwrap()
}

#[test]
fn memory_operations_are_interrupted_between_pieces() {
    let engine = interruptible();
    let mut store = Store::new(&engine, ());
    let instance = large(&engine, &mut store);
    let names = [
        "memory.fill",
        "memory.copy up",
        "memory.copy down",
        "memory.copy between",
        "shared fill",
        "shared copy",
        "funcs.fill",
        "funcs.grow",
    ];
    for name in names {
        let operation = instance.get_typed_func::<(), ()>(&mut store, name).unwrap();
        let error = operation.call(&mut store, ()).unwrap_err();
        assert!(is_interrupt(&error), "{name}: {error}");
        assert!(!store.interrupt_handle().withdraw(), "{name}: an interrupt happens once");
    }
    let byte = instance.get_typed_func::<u32, u32>(&mut store, "byte").unwrap();
    assert_eq!(byte.call(&mut store, 0).unwrap(), 7, "what came before the interrupt stays");
    assert_eq!(byte.call(&mut store, 0xff_ffff).unwrap(), 0, "what came after it is not done");
    let size = instance.get_typed_func::<(), u32>(&mut store, "size").unwrap();
    assert_eq!(size.call(&mut store, ()).unwrap(), 2_000_000, "no table has grown");
}

#[test]
fn counts_are_exact_after_an_interrupt() {
    let engine = interruptible();
    let mut store = Store::new(&engine, ());
    let instance = large(&engine, &mut store);
    let names =
        ["table.fill", "table.copy up", "table.copy down", "table.copy between", "table.grow"];
    let get = instance.get_typed_func::<u32, Option<ExternRef>>(&mut store, "get").unwrap();
    for (i, name) in names.iter().enumerate() {
        let value = ExternRef::new(&mut store, i);
        let operation = instance.get_typed_func::<Option<ExternRef>, ()>(&mut store, name).unwrap();
        let error = operation.call(&mut store, Some(value)).unwrap_err();
        assert!(is_interrupt(&error), "{name}: {error}");
        store.gc();
        store.verify_heap().unwrap_or_else(|e| panic!("{name}: {e}"));
        let first = get.call(&mut store, 0).unwrap();
        assert!(first.is_some_and(|v| v.downcast_ref() == Some(&0_usize)), "{name}");
        assert!(get.call(&mut store, 999_999).unwrap().is_none(), "{name}");
    }
    let size = instance.get_typed_func::<(), u32>(&mut store, "size").unwrap();
    assert_eq!(size.call(&mut store, ()).unwrap(), 2_000_000, "no table has grown");
    store.release_references();
    assert_eq!(store.gc_stats().live, 0);
}

#[test]
fn what_a_growth_that_was_interrupted_wrote_is_null_again() {
    let engine = interruptible();
    let mut store = Store::new(&engine, ());
    let wat = r#"(module
        (import "" "interrupt" (func $interrupt))
        (table $t (export "t") 0 externref)
        (func (export "grow") (param externref)
            (call $interrupt) (drop (table.grow $t (local.get 0) (i32.const 1000000)))))"#;
    let module = Module::new(&engine, wat::parse_str(wat).unwrap()).unwrap();
    let mut linker = Linker::new(&engine);
    let handle = store.interrupt_handle();
    linker.func_wrap("", "interrupt", move || handle.interrupt()).unwrap();
    let instance = linker.instantiate(&mut store, &module).unwrap();
    let grow = instance.get_typed_func::<Option<ExternRef>, ()>(&mut store, "grow").unwrap();
    let value = ExternRef::new(&mut store, ());
    assert!(is_interrupt(&grow.call(&mut store, Some(value)).unwrap_err()));
    let table = instance.get_table(&mut store, "t").unwrap();
    assert_eq!(table.size(&store), 0);
    table.grow(&mut store, 1_000_000, Val::ExternRef(None)).unwrap();
    let is_null = |i| matches!(table.get(&mut store, i), Some(Val::ExternRef(None)));
    assert!((0..1_000_000).step_by(997).all(is_null));
    store.gc();
    store.verify_heap().unwrap();
    assert_eq!(store.gc_stats().live, 0);
}

#[test]
fn instantiation_is_interrupted() {
    let engine = interruptible();
    let mut store = Store::new(&engine, ());
    let modules = [
        "(module (func $f) (table 1000000 (ref func) (ref.func $f)))",
        "(module (memory 1) (data (i32.const 0) \"a\"))",
        "(module (table 1 funcref) (func $f) (elem (i32.const 0) $f))",
    ];
    for wat in modules {
        let module = Module::new(&engine, wat::parse_str(wat).unwrap()).unwrap();
        store.interrupt_handle().interrupt();
        let error = Linker::new(&engine).instantiate(&mut store, &module).unwrap_err();
        assert!(is_interrupt(&error), "{wat}: {error}");
        Linker::new(&engine).instantiate(&mut store, &module).unwrap();
    }
}

/// Nobody waits for the end of what was interrupted. The bound is far from what is measured (see the
/// example `interrupt_latency`): the operation alone would take several times as long.
#[test]
fn an_interrupt_does_not_wait_for_the_end() {
    let engine = interruptible();
    let mut store = Store::new(&engine, ());
    let wat = r#"(module (memory i64 0x40000)
        (func (export "fill") (param i64)
            (loop $l
                (memory.fill (i64.const 0) (i32.const 1) (i64.const 0x400000000))
                (br_if $l (i64.ne (local.tee 0 (i64.sub (local.get 0) (i64.const 1))) (i64.const 0))))))"#;
    let instance = instance(&engine, &mut store, wat);
    let fill = instance.get_typed_func::<i64, ()>(&mut store, "fill").unwrap();
    let handle = store.interrupt_handle();
    let other = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(100));
        handle.interrupt();
    });
    // Else it would go on for centuries; how soon it ends, the example `interrupt_latency` measures.
    assert!(is_interrupt(&fill.call(&mut store, i64::MAX).unwrap_err()));
    other.join().unwrap();
}

/// An engine without interrupts does all of it, whatever is asked.
#[test]
fn without_interrupts_nothing_is_cut_short() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let instance = large(&engine, &mut store);
    let fill = instance.get_typed_func::<(), ()>(&mut store, "memory.fill").unwrap();
    fill.call(&mut store, ()).unwrap();
    let byte = instance.get_typed_func::<u32, u32>(&mut store, "byte").unwrap();
    assert_eq!(byte.call(&mut store, 0xff_ffff).unwrap(), 7);
}

/// A verification looks at all that tables and globals hold, which may be a lot.
#[test]
fn a_verification_of_the_heap_can_be_interrupted() {
    let engine = interruptible();
    let mut store = Store::new(&engine, ());
    let wat = r#"(module (table (export "t") 1000000 externref) (func (export "f")))"#;
    let instance = instance(&engine, &mut store, wat);
    let table = instance.get_table(&mut store, "t").unwrap();
    let value = Val::ExternRef(Some(ExternRef::new(&mut store, 7)));
    table.set(&mut store, 0, value).unwrap();
    let handle = store.interrupt_handle();
    handle.interrupt();
    let error = store.verify_heap().unwrap_err();
    assert!(error.is_interrupted(), "{error}");
    assert!(store.verify_heap().unwrap_err().is_interrupted(), "the request stays");
    assert!(handle.withdraw());
    store.verify_heap().unwrap();
    let f = instance.get_typed_func::<(), ()>(&mut store, "f").unwrap();
    f.call(&mut store, ()).unwrap();
}
