//! What failed instantiations leave behind: nothing, unless something may still refer to it.

use touchstone_runtime::*;

fn mappings() -> usize {
    std::fs::read_to_string("/proc/self/maps").unwrap().lines().count()
}

fn module(engine: &Engine, wat: &str) -> Module {
    Module::new(engine, wat::parse_str(wat).unwrap()).unwrap()
}

#[test]
fn failed_instantiations_leave_no_mappings() {
    let _alone = crate::alone();
    let engine = Engine::default();
    let failing = [
        // A segment that does not fit, after one that does.
        "(module (memory 1) (table 10 funcref) (func $f) (elem (i32.const 0) $f)
            (data (i32.const 0) \"a\") (data (i32.const 65536) \"b\"))",
        "(module (memory 1) (table 1 funcref) (func $f) (elem (i32.const 1) $f))",
        // The second memory is refused, when the first is there.
        "(module (memory 1) (memory 2000))",
        "(module (memory 1) (table 2000000 funcref))",
        // A link error, when the host function is made.
        "(module (import \"\" \"f\" (func)) (import \"\" \"g\" (func (param i32))) (memory 1))",
    ];
    for wat in failing {
        let module = module(&engine, wat);
        let mut store = Store::new(&engine, ());
        let limits = StoreLimits::new().memory_bytes(64 << 20).table_elements(1 << 20);
        store.limit(limits);
        let mut linker = Linker::new(&engine);
        linker.func_wrap("", "f", || ()).unwrap().func_wrap("", "g", || ()).unwrap();
        linker.instantiate(&mut store, &module).unwrap_err();
        let before = mappings();
        for _ in 0..2_000 {
            linker.instantiate(&mut store, &module).unwrap_err();
        }
        let after = mappings();
        assert!(after < before + 50, "{wat}: {before} mappings became {after}");
    }
}

#[test]
fn what_escaped_stays() {
    let _alone = crate::alone();
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    let ty = TableType::new(RefType::FUNC, Limits::new(2, None));
    let table = Table::new(&mut store, ty, Val::FuncRef(None)).unwrap();
    linker.define("", "t", table).unwrap();
    // Its function is in the table when the data segment turns out not to fit.
    let escaping = module(
        &engine,
        "(module (import \"\" \"t\" (table 2 funcref)) (memory 1)
            (func $f (result i32) (i32.load (i32.const 8)))
            (elem (i32.const 0) $f) (data (i32.const 8) \"\\2a\") (data (i32.const 65536) \"b\"))",
    );
    let error = linker.instantiate(&mut store, &escaping).unwrap_err();
    assert_eq!(error.trap().unwrap().code(), TrapCode::MemoryOutOfBounds);
    // Others come and go.
    let failing = module(&engine, "(module (memory 1) (data (i32.const 65536) \"b\"))");
    linker.instantiate(&mut store, &failing).unwrap_err();
    let calling = module(
        &engine,
        "(module (import \"\" \"t\" (table 2 funcref)) (type $t (func (result i32)))
            (func (export \"call\") (result i32) (call_indirect (type $t) (i32.const 0))))",
    );
    let instance = linker.instantiate(&mut store, &calling).unwrap();
    let call = instance.get_typed_func::<(), i32>(&mut store, "call").unwrap();
    assert_eq!(call.call(&mut store, ()).unwrap(), 42);
}

#[test]
fn references_of_a_failed_instantiation_are_given_back() {
    let _alone = crate::alone();
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    let value = ExternRef::new(&mut store, 7_u32);
    let ty = GlobalType::new(ValType::Ref(RefType::EXTERN), Mutability::Const);
    let global = Global::new(&mut store, ty, Val::ExternRef(Some(value.clone()))).unwrap();
    linker.define("", "g", global).unwrap();
    let module = module(
        &engine,
        "(module (import \"\" \"g\" (global externref)) (global externref (global.get 0))
            (table 10 externref (global.get 0)) (elem externref (global.get 0))
            (elem (i32.const 0) externref (global.get 0))
            (memory 1) (data (i32.const 65536) \"b\"))",
    );
    for _ in 0..3 {
        linker.instantiate(&mut store, &module).unwrap_err();
        store.gc();
        store.verify_heap().unwrap();
    }
    store.release_references();
    assert_eq!(store.gc_stats().live, 0);
    assert_eq!(value.strong_count(), 1);
}

#[test]
fn a_failed_instantiation_gives_its_share_of_the_limit_back() {
    let _alone = crate::alone();
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    store.limit(StoreLimits::new().total_bytes(3 << 16));
    let failing = module(&engine, "(module (memory 2) (data (i32.const 0x20000) \"b\"))");
    let fitting = module(&engine, "(module (memory 3))");
    for _ in 0..10 {
        let error = Linker::new(&engine).instantiate(&mut store, &failing).unwrap_err();
        assert_eq!(error.trap().unwrap().code(), TrapCode::MemoryOutOfBounds);
    }
    Linker::new(&engine).instantiate(&mut store, &fitting).unwrap();
}
