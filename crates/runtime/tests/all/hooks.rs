//! Fuel, limiters and call hooks.

use std::panic::{AssertUnwindSafe, catch_unwind};
use touchstone_runtime::{
    CallHook, Config, Engine, Error, Linker, Module, ResourceLimiter, Result, Store, TrapCode,
};

fn with_fuel() -> Engine {
    Engine::new(Config::new().consume_fuel(true)).expect("a supported host")
}

/// Runs `f` of a module; gives how much fuel it consumed.
fn consumed(body: &str) -> Result<u64> {
    const FUEL: u64 = 1_000_000;
    let engine = with_fuel();
    let module = Module::new(
        &engine,
        format!("(module (memory 1) (func $nothing) (tag $t) (func (export \"f\") {body}))"),
    )?;
    let mut store = Store::new(&engine, ());
    store.set_fuel(FUEL)?;
    let instance = Linker::new(&engine).instantiate(&mut store, &module)?;
    instance.get_typed_func::<(), ()>(&store, "f")?.call(&mut store, ())?;
    Ok(FUEL - store.get_fuel()?)
}

/// One unit for the call, and one for each instruction that does something.
#[test]
fn each_instruction_consumes_one_unit() -> Result<()> {
    for (body, instructions) in [
        ("", 0),
        ("nop block nop end", 0),
        ("(drop (i32.add (i32.const 1) (i32.const 2)))", 3),
        ("(block (br 0) (unreachable))", 1),
        // The function that is called takes one for itself.
        ("(call $nothing) (call $nothing)", 4),
        ("(if (i32.const 1) (then (drop (i32.const 1))) (else (unreachable)))", 3),
        ("(if (i32.const 0) (then (unreachable)) (else (drop (i32.const 1))))", 3),
        ("(drop (i32.const 1)) return (drop (i32.const 1))", 2),
        ("(memory.fill (i32.const 0) (i32.const 0) (i32.const 65536))", 4),
        ("(block $h (try_table (catch_all $h) (throw $t)))", 2),
        (
            "(local $n i32) (local.set $n (i32.const 10))
             (loop $l (br_if $l (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))",
            2 + 10 * 5,
        ),
    ] {
        assert_eq!(consumed(body)?, 1 + instructions, "{body}");
    }
    Ok(())
}

#[test]
fn loops_and_recursion_end_when_fuel_does() -> Result<()> {
    let engine = with_fuel();
    let text = r#"(module
        (global $n (export "n") (mut i32) (i32.const 0))
        (func $count (global.set $n (i32.add (global.get $n) (i32.const 1))))
        (func (export "loop") (loop $l (call $count) (br $l)))
        (func $recurse (export "recurse") (call $count) (return_call $recurse)))"#;
    let module = Module::new(&engine, text)?;
    for name in ["loop", "recurse"] {
        let counted = |fuel| -> Result<i32> {
            let mut store = Store::new(&engine, ());
            store.set_fuel(fuel)?;
            let instance = Linker::new(&engine).instantiate(&mut store, &module)?;
            let f = instance.get_typed_func::<(), ()>(&store, name)?;
            let error = f.call(&mut store, ()).expect_err("it never ends");
            assert_eq!(error.trap().expect("a trap").code(), TrapCode::OutOfFuel);
            assert_eq!(store.get_fuel()?, 0);
            let n = instance.get_global(&store, "n").expect("it is exported");
            Ok(n.get(&mut store).unwrap_i32())
        };
        let few = counted(1_000)?;
        assert_eq!(few, counted(1_000)?, "it depends on nothing else");
        let many = counted(100_000)?;
        assert!(few > 50 && many > 90 * few && many < 110 * few, "{name}: {few} and {many}");
    }
    Ok(())
}

/// Without fuel nothing runs, a host function can add some, and another engine has none.
#[test]
fn the_host_gives_fuel() -> Result<()> {
    let engine = with_fuel();
    let mut linker = Linker::new(&engine);
    linker.func_wrap("host", "more", |mut caller: touchstone_runtime::Caller<'_, ()>| {
        assert!(caller.get_fuel()? < 10);
        caller.set_fuel(50)
    })?;
    let text = r#"(module (import "host" "more" (func $more))
        (func (export "f") (call $more) (drop (i32.const 1))))"#;
    let module = Module::new(&engine, text)?;
    let mut store = Store::new(&engine, ());
    let instance = linker.instantiate(&mut store, &module)?;
    let f = instance.get_typed_func::<(), ()>(&store, "f")?;
    let error = f.call(&mut store, ()).expect_err("there is no fuel");
    assert_eq!(error.trap().expect("a trap").code(), TrapCode::OutOfFuel);
    store.set_fuel(10)?;
    f.call(&mut store, ())?;
    assert_eq!(store.get_fuel()?, 49);
    store.set_fuel(u64::MAX)?;
    assert_eq!(store.get_fuel()?, i64::MAX as u64);

    let mut other = Store::new(&Engine::default(), ());
    assert!(matches!(other.set_fuel(1), Err(Error::Mismatch(_))));
    assert!(matches!(other.get_fuel(), Err(Error::Mismatch(_))));
    Ok(())
}

/// What it is asked, in order; it refuses what is above its limit.
#[derive(Default)]
struct Limiter {
    asked: Vec<String>,
    most: u64,
    panics: bool,
}

impl ResourceLimiter for Limiter {
    fn memory_growing(&mut self, current: u64, desired: u64, maximum: Option<u64>) -> bool {
        assert!(!self.panics, "refused by a panic");
        self.asked.push(format!("memory {current} {desired} {maximum:?}"));
        desired <= self.most
    }

    fn table_growing(&mut self, current: u64, desired: u64, maximum: Option<u64>) -> bool {
        self.asked.push(format!("table {current} {desired} {maximum:?}"));
        desired <= self.most
    }
}

const GROWS: &str = r#"(module (memory (export "memory") 1 5) (table (export "table") 2 funcref)
    (func (export "memory.grow") (param i32) (result i32) (memory.grow (local.get 0)))
    (func (export "table.grow") (param i32) (result i32)
        (table.grow (ref.null func) (local.get 0))))"#;

#[test]
fn a_limiter_is_asked_before_anything_grows() -> Result<()> {
    const PAGE: u64 = 65536;
    let engine = Engine::default();
    let module = Module::new(&engine, GROWS)?;
    let mut store = Store::new(&engine, Limiter { most: 3 * PAGE, ..Limiter::default() });
    store.limiter(|limiter| limiter);
    let instance = Linker::new(&engine).instantiate(&mut store, &module)?;
    let memory = instance.get_typed_func::<i32, i32>(&store, "memory.grow")?;
    let table = instance.get_typed_func::<i32, i32>(&store, "table.grow")?;
    assert_eq!(memory.call(&mut store, 1)?, 1);
    assert_eq!(memory.call(&mut store, 2)?, -1);
    assert_eq!(memory.call(&mut store, 0)?, 2);
    assert_eq!(memory.call(&mut store, -1)?, -1);
    assert_eq!(table.call(&mut store, 3)?, 2);
    assert_eq!(table.call(&mut store, 3 * PAGE as i32)?, -1);
    let exported = instance.get_memory(&store, "memory").expect("it is exported");
    assert!(exported.grow(&mut store, 2).is_err(), "the host's own growth is asked for, too");
    assert_eq!(
        store.data_mut().asked.split_off(0),
        [
            "memory 0 65536 Some(327680)",
            "table 0 2 None",
            "memory 65536 131072 Some(327680)",
            "memory 131072 262144 Some(327680)",
            "memory 131072 281474976776192 Some(327680)",
            "table 2 5 None",
            "table 5 196613 None",
            "memory 131072 262144 Some(327680)",
        ]
    );
    store.data_mut().most = 1;
    let refused = Linker::new(&engine).instantiate(&mut store, &module);
    assert!(matches!(refused, Err(Error::Resource(text)) if text.contains("limiter refused")));
    Ok(())
}

#[test]
fn a_limiter_that_panics_does_so_at_the_caller() -> Result<()> {
    let engine = Engine::default();
    let module = Module::new(&engine, GROWS)?;
    let mut store = Store::new(&engine, Limiter { most: u64::MAX, ..Limiter::default() });
    store.limiter(|limiter| limiter);
    let instance = Linker::new(&engine).instantiate(&mut store, &module)?;
    let memory = instance.get_typed_func::<i32, i32>(&store, "memory.grow")?;
    store.data_mut().panics = true;
    let called = catch_unwind(AssertUnwindSafe(|| memory.call(&mut store, 1)));
    assert!(called.is_err());
    let linker = Linker::new(&engine);
    let made = catch_unwind(AssertUnwindSafe(|| linker.instantiate(&mut store, &module)));
    assert!(made.is_err());
    store.data_mut().panics = false;
    assert_eq!(memory.call(&mut store, 1)?, 1, "nothing has grown, and the store is as it was");
    linker.instantiate(&mut store, &module)?;
    store.verify_heap().expect("the heap is as it must be");
    Ok(())
}

#[test]
fn a_call_hook_sees_both_sides_of_each_call() -> Result<()> {
    use CallHook::{CallingHost, CallingWasm, ReturningFromHost, ReturningFromWasm};
    let engine = Engine::default();
    let mut linker = Linker::new(&engine);
    linker.func_wrap("host", "f", |fails: i32| match fails {
        0 => Ok(()),
        _ => Err(Error::host("it fails")),
    })?;
    let text = r#"(module (import "host" "f" (func $f (param i32)))
        (func (export "call") (param i32) (call $f (local.get 0)) (call $f (local.get 0)))
        (func (export "trap") unreachable))"#;
    let module = Module::new(&engine, text)?;
    // The calls, and which of them is refused.
    let mut store = Store::new(&engine, (Vec::new(), None));
    store.call_hook(|(calls, refused), call| {
        calls.push(call);
        match *refused == Some(call) {
            true => Err(Error::host("refused")),
            false => Ok(()),
        }
    });
    let instance = linker.instantiate(&mut store, &module)?;
    let call = instance.get_typed_func::<i32, ()>(&store, "call")?;
    let trap = instance.get_typed_func::<(), ()>(&store, "trap")?;
    let seen = |store: &mut Store<(Vec<CallHook>, _)>| store.data_mut().0.split_off(0);
    assert_eq!(seen(&mut store), [], "there is no start function");

    call.call(&mut store, 0)?;
    let once = [CallingHost, ReturningFromHost];
    let whole = [&[CallingWasm][..], &once, &once, &[ReturningFromWasm]].concat();
    assert_eq!(seen(&mut store), whole);

    assert!(call.call(&mut store, 1).is_err());
    let failed = [CallingWasm, CallingHost, ReturningFromHost, ReturningFromWasm];
    assert_eq!(seen(&mut store), failed);

    assert!(trap.call(&mut store, ()).is_err());
    assert_eq!(seen(&mut store), [CallingWasm, ReturningFromWasm]);

    for (refused, until) in
        [(CallingWasm, 1), (CallingHost, 2), (ReturningFromHost, 3), (ReturningFromWasm, 6)]
    {
        store.data_mut().1 = Some(refused);
        let error = call.call(&mut store, 0).expect_err("the hook refuses");
        assert_eq!(error.to_string(), "refused", "{refused:?}");
        let mut calls = seen(&mut store);
        // Wasm that was entered is left, whatever ended it.
        if until == 2 || until == 3 {
            assert_eq!(calls.pop(), Some(ReturningFromWasm));
        }
        assert_eq!(calls, whole[..until], "{refused:?}");
    }
    Ok(())
}

/// One method for each proposal: a module is refused where its proposal is off.
#[test]
fn proposals_are_switched_one_by_one() -> Result<()> {
    type Switch = fn(&mut Config, bool) -> &mut Config;
    let cases: [(Switch, &str); 17] = [
        (Config::wasm_mutable_global, r#"(global (export "") (mut i32) (i32.const 0))"#),
        (Config::wasm_sign_extension, "(func (drop (i32.extend8_s (i32.const 0))))"),
        (Config::wasm_saturating_float_to_int, "(func (drop (i32.trunc_sat_f32_s (f32.const 0))))"),
        (Config::wasm_multi_value, "(func (result i32 i32) (i32.const 0) (i32.const 0))"),
        (Config::wasm_bulk_memory, "(memory 0) (data \"\") (func (data.drop 0))"),
        (Config::wasm_reference_types, "(func (drop (ref.null extern)))"),
        (Config::wasm_simd, "(func (param v128))"),
        (
            Config::wasm_relaxed_simd,
            "(func (param v128) (drop (i32x4.relaxed_trunc_f32x4_s (local.get 0))))",
        ),
        (Config::wasm_tail_call, "(func (return_call 0))"),
        (Config::wasm_extended_const, "(global i32 (i32.add (i32.const 1) (i32.const 1)))"),
        (Config::wasm_multi_memory, "(memory 0) (memory 0)"),
        (Config::wasm_memory64, "(memory i64 0)"),
        (Config::wasm_threads, "(memory 1 1 shared)"),
        (Config::wasm_exceptions, "(tag)"),
        (Config::wasm_function_references, "(func (param (ref func)))"),
        (Config::wasm_custom_page_sizes, "(memory 1 (pagesize 1))"),
        (
            Config::wasm_wide_arithmetic,
            "(func (param i64 i64) (result i64 i64) (i64.mul_wide_s (local.get 0) (local.get 1)))",
        ),
    ];
    let all = Engine::default();
    for (switch, fields) in cases {
        let text = format!("(module {fields})");
        if !cfg!(target_arch = "riscv64") {
            Module::new(&all, &text)?;
        }
        let mut config = Config::new();
        switch(&mut config, false);
        let refused = Module::new(&Engine::new(&config)?, &text);
        assert!(
            matches!(refused, Err(Error::Invalid(_) | Error::Malformed(_))),
            "{text}: {refused:?}"
        );
    }
    Ok(())
}
