//! Types, and the code between the host and Wasm, last as long as what uses them.

use std::sync::atomic::{AtomicU32, Ordering};
use touchstone_runtime::*;

/// An engine that compiles fast.
fn engine() -> Engine {
    let mut config = Config::new();
    config.opt_level(OptLevel::None).regalloc_algorithm(RegallocAlgorithm::SinglePass);
    Engine::new(&config).expect("the host is supported")
}

fn module(engine: &Engine, wat: &str) -> Module {
    Module::new(engine, wat::parse_str(wat).expect("well-formed text")).expect("valid")
}

/// Parameters that no other `number` below 2^14 has.
fn params(number: usize) -> Vec<ValType> {
    (0..14).map(|bit| if number >> bit & 1 == 1 { ValType::I32 } else { ValType::I64 }).collect()
}

fn text(params: &[ValType]) -> String {
    params.iter().map(|ty| format!("{ty} ")).collect()
}

fn values(params: &[ValType]) -> Vec<Val> {
    params.iter().map(|ty| Val::default_for(*ty)).collect()
}

fn usage(engine: &Engine) -> (usize, usize) {
    let usage = engine.usage();
    (usage.types, usage.trampolines)
}

/// A module with types that only `number` has, in every place where types are: functions, a group that
/// refers to one, a table, a global, a tag, an import.
fn module_with_new_types(engine: &Engine, number: usize) -> Module {
    let params = text(&params(number));
    module(
        engine,
        &format!(
            r#"(module
                 (type $t (func (param {params}) (result i32)))
                 (rec (type $u (sub (func (param (ref null $t))))) (type (func (param (ref $u)))))
                 (import "h" "h" (func $h (param {params})))
                 (table (export "table") 1 (ref null $t))
                 (global (export "global") (mut (ref null $u)) (ref.null $u))
                 (tag (export "tag") (param {params}))
                 (func $f (export "f") (type $t) (i32.const {number}))
                 (elem (table 0) (i32.const 0) (ref null $t) (ref.func $f)))"#
        ),
    )
}

/// Resident memory of this process, in KiB.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("it is told");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
}

/// 10,000 modules, each with types that none before had, instantiated and called: what they used is
/// gone with them, and memory stays as it is. (It grew by 146 MiB when nothing went.)
#[test]
fn a_stream_of_modules_keeps_memory_flat() {
    let _alone = crate::alone();
    let engine = engine();
    let mut steady = 0;
    for number in 0..10_000 {
        let module = module_with_new_types(&engine, number);
        let mut store = Store::new(&engine, ());
        let ty = FuncType::new(params(number), []);
        let mut linker = Linker::new(&engine);
        linker.func_new("h", "h", ty, |_, _, _| Ok(())).expect("the name is free");
        let instance = linker.instantiate(&mut store, &module).expect("it links");
        let f = instance.get_func(&mut store, "f").expect("exported");
        let mut results = [Val::I32(-1)];
        f.call(&mut store, &values(&params(number)), &mut results).expect("it returns");
        assert!(matches!(results, [Val::I32(n)] if n == number as i32));
        // Of the module: four types; that of the tag and that of the import are one.
        assert_eq!(usage(&engine), (4, 3));
        drop((module, store, linker));
        assert_eq!(usage(&engine), (0, 0));
        if number == 1_000 {
            steady = resident();
        }
    }
    let grown = resident().saturating_sub(steady);
    // Sanitizers keep freed memory for a while.
    let sanitized = std::env::var_os("ASAN_OPTIONS").is_some();
    let bound = if sanitized { 512 } else { 48 };
    assert!(grown < bound << 10, "9,000 modules left {grown} KiB behind");
}

/// A store keeps the types and the code of its instances, though the modules are dropped, and of
/// functions that a failed instantiation left in a table.
#[test]
fn a_store_keeps_what_it_uses() {
    let _alone = crate::alone();
    let engine = engine();
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    let exporter = module(
        &engine,
        r#"(module (table (export "t") 1 funcref)
        (func (export "call") (param i32 f32) (result i64)
          (call_indirect (param i32 f32) (result i64) (local.get 0) (local.get 1) (i32.const 0))))"#,
    );
    let owner = linker.instantiate(&mut store, &exporter).expect("it links");
    drop(exporter);
    linker.instance(&mut store, "o", owner).expect("the name is free");
    let before = usage(&engine);
    // It fails after its first segment was written.
    let failing = module(
        &engine,
        r#"(module (import "o" "t" (table 1 funcref)) (memory 1)
        (type $new (func (param f64 f64 f64))) (func (export "other") (type $new))
        (func $f (param i32 f32) (result i64) (i64.const 9))
        (elem (i32.const 0) func $f) (data (i32.const 70000) "x"))"#,
    );
    assert!(linker.instantiate(&mut store, &failing).is_err());
    drop(failing);
    // One of its two signatures is also the owner's.
    assert_eq!(usage(&engine), (before.0 + 1, before.1 + 1));
    let call = owner.get_typed_func::<(i32, f32), i64>(&mut store, "call").expect("exported");
    assert_eq!(call.call(&mut store, (1, 1.0)).expect("it returns"), 9);
    let Some(Val::FuncRef(Some(left))) =
        owner.get_table(&mut store, "t").expect("exported").get(&mut store, 0)
    else {
        panic!("a function was left in the table")
    };
    assert_eq!(left.ty(&store).to_string(), "(func (param i32 f32) (result i64))");
    let mut results = [Val::I64(0)];
    left.call(&mut store, &[Val::I32(1), Val::F32(0)], &mut results).expect("it returns");
    drop((store, linker));
    assert_eq!(usage(&engine), (0, 0));
}

/// What the host makes holds its types, one by one.
#[test]
fn what_the_host_makes_holds_its_types() {
    let _alone = crate::alone();
    let engine = engine();
    let user = r#"(module (type $t (func (param i64 f64)))
        (import "h" "h" (func (param (ref null $t))))
        (table (export "t") 1 (ref null $t)) (global (export "g") (ref null $t) (ref.null $t)))"#;
    let types: fn(&Module) -> (FuncType, TableType, GlobalType) = |user| {
        let Some(ExternType::Func(func)) = user.imports().next().map(|i| i.ty().clone()) else {
            panic!("it imports a function")
        };
        let exports: Vec<_> = user.exports().map(|export| export.ty().clone()).collect();
        let [ExternType::Table(table), ExternType::Global(global)] = exports[..] else {
            panic!("it exports a table and a global")
        };
        (func, table, global)
    };
    let body = |_: Caller<'_, ()>, _: &[Val], _: &mut [Val]| Ok(());
    type Make = fn(&mut Store<()>, (FuncType, TableType, GlobalType)) -> Result<()>;
    let makes: [(Make, (usize, usize)); 4] = [
        (|store, (_, table, _)| Table::new(store, table, Val::FuncRef(None)).map(drop), (1, 0)),
        (|store, (_, _, global)| Global::new(store, global, Val::FuncRef(None)).map(drop), (1, 0)),
        (|store, (func, ..)| Tag::new(store, func).map(drop), (2, 0)),
        (|store, (func, ..)| Func::new(store, func, |_, _, _| Ok(())).map(drop), (2, 2)),
    ];
    for (make, used) in makes {
        let module = module(&engine, user);
        let mut store = Store::new(&engine, ());
        make(&mut store, types(&module)).expect("the module's types are in use");
        let (func, table, _) = types(&module);
        drop(module);
        assert_eq!(usage(&engine), used);
        // The type that it refers to is still there, by the same index.
        Table::new(&mut store, table, Val::FuncRef(None)).expect("in use by what was made");
        let held = Func::new(&mut store, func, body);
        held.expect("what it refers to is in use");
        drop(store);
        assert_eq!(usage(&engine), (0, 0));
    }
    // A linker holds the types of its definitions, and their code once it is needed, so that it need
    // not be compiled again for each store.
    let module = module(&engine, user);
    let mut linker = Linker::new(&engine);
    linker.func_new("h", "h", types(&module).0, body).expect("the name is free");
    assert_eq!(usage(&engine), (2, 0));
    for _ in 0..3 {
        linker.instantiate(&mut Store::new(&engine, ()), &module).expect("it links");
        assert_eq!(usage(&engine), (2, 2));
    }
    drop(module);
    assert_eq!(usage(&engine), (2, 2));
    drop(linker);
    assert_eq!(usage(&engine), (0, 0));
}

/// Equal types of several modules are one, and go with the last.
#[test]
fn equal_types_go_with_their_last_user() {
    let _alone = crate::alone();
    let engine = engine();
    let wat = r#"(module (func (export "f") (param i32)) (func (export "g") (param i64)))"#;
    let modules: Vec<_> = (0..3).map(|_| module(&engine, wat)).collect();
    for module in modules {
        assert_eq!(usage(&engine), (2, 2));
        drop(module);
    }
    assert_eq!(usage(&engine), (0, 0));
    // What does not compile leaves nothing.
    let invalid = wat::parse_str("(module (func (export \"f\") (param i32) (result i32)))");
    assert!(Module::new(&engine, invalid.expect("well-formed text")).is_err());
    assert_eq!(usage(&engine), (0, 0));
}

/// The code of a call that is on the stack stays, whatever is dropped meanwhile: here a host function
/// drops every other user of the signature, and others take the place of what was unmapped.
#[test]
fn code_on_the_stack_stays() {
    let _alone = crate::alone();
    let engine = engine();
    let wat = r#"(module (import "h" "h" (func $h (param i32 i64) (result f64)))
        (func (export "f") (param i32 i64) (result f64) (call $h (local.get 0) (local.get 1))))"#;
    let mut linker = Linker::<Vec<Store<()>>>::new(&engine);
    linker
        .func_wrap("h", "h", |mut caller: Caller<'_, Vec<Store<()>>>, a: i32, b: i64| -> f64 {
            caller.data_mut().clear();
            let engine = caller.engine().clone();
            for number in 0..20 {
                drop(module_with_new_types(&engine, number));
            }
            f64::from(a) + b as f64
        })
        .expect("the name is free");
    // The user of the signature that came first, and so had the code compiled.
    let first = module(&engine, wat);
    let mut others = Linker::new(&engine);
    others.func_wrap("h", "h", |_: i32, _: i64| 0.0f64).expect("the name is free");
    let mut other = Store::new(&engine, ());
    others.instantiate(&mut other, &first).expect("it links");
    let module = module(&engine, wat);
    let mut store = Store::new(&engine, vec![other]);
    let instance = linker.instantiate(&mut store, &module).expect("it links");
    drop((first, others, linker, module));
    let f = instance.get_typed_func::<(i32, i64), f64>(&mut store, "f").expect("exported");
    assert_eq!(f.call(&mut store, (40, 2)).expect("it returns"), 42.0);
    assert!(store.data().is_empty());
    drop(store);
    assert_eq!(usage(&engine), (0, 0));
}

/// Threads that make and drop users of the same few signatures: whether code is there, going or made
/// anew, each call takes the right way.
#[test]
fn signatures_come_and_go_on_many_threads() {
    let _alone = crate::alone();
    let engine = engine();
    let calls = AtomicU32::new(0);
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let (engine, calls) = (&engine, &calls);
            scope.spawn(move || {
                for round in 0..100 {
                    let params = ["i32", "i64"][(thread + round) % 2];
                    let module = module(
                        engine,
                        &format!(
                            r#"(module (import "h" "h" (func $h (param {params}) (result i32)))
                             (func (export "f") (param {params}) (result i32)
                               (i32.add (call $h (local.get 0)) (i32.const 1))))"#
                        ),
                    );
                    let mut store = Store::new(engine, ());
                    let ty = if params == "i32" { ValType::I32 } else { ValType::I64 };
                    let h =
                        Func::new(&mut store, FuncType::new([ty], [ValType::I32]), |_, p, r| {
                            r[0] = Val::I32(match p[0] {
                                Val::I32(n) => n,
                                Val::I64(n) => n as i32,
                                ref other => panic!("{other}"),
                            });
                            Ok(())
                        });
                    let h = h.expect("memory").into();
                    let instance = Instance::new(&mut store, &module, &[h]).expect("it links");
                    drop(module);
                    let f = instance.get_func(&mut store, "f").expect("exported");
                    let argument = if params == "i32" { Val::I32(6) } else { Val::I64(6) };
                    let mut results = [Val::I32(0)];
                    f.call(&mut store, &[argument], &mut results).expect("it returns");
                    assert!(matches!(results, [Val::I32(7)]));
                    calls.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    assert_eq!(calls.into_inner(), 400);
    assert_eq!(usage(&engine), (0, 0));
}

/// Subtypes are told apart as before where their supertypes' module is gone.
#[test]
fn supertypes_last_as_long_as_subtypes() {
    let _alone = crate::alone();
    let engine = engine();
    let wat = r#"(module (type $a (sub (func))) (type $b (sub $a (func))) (type $c (sub $b (func)))
        (table 1 funcref) (func $f (type $c)) (elem (i32.const 0) func $f)
        (func (export "a") (call_indirect (type $a) (i32.const 0)))
        (func (export "c") (call_indirect (type $c) (i32.const 0))))"#;
    let first = module(&engine, wat);
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &first).expect("it links");
    drop(first);
    drop(module(&engine, "(module (type (sub (func))) (type (sub (func (param i32)))))"));
    for name in ["a", "c"] {
        let f = instance.get_typed_func::<(), ()>(&mut store, name).expect("exported");
        f.call(&mut store, ()).expect("a subtype is called");
    }
}
