//! Hosts that switch stacks, and threads, while Wasm calls them: an activation belongs to its stack.

use crate::coroutine::{Moving, Routine, Suspend};
use crate::gc_support::*;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use touchstone_runtime::*;

/// Stack of a routine in bytes: the host's headroom, and some for Wasm.
const STACK: usize = 512 << 10;

/// `run N` goes down N levels of host and Wasm in turn, holding a reference in each frame, suspends
/// at every level, and ends there as it is told.
const PROGRAM: &str = r#"(module
    (import "h" "down" (func $down (param i32 externref) (result i32)))
    (tag $oops (export "oops") (param i32))
    (global $last (mut externref) (ref.null extern))
    (func $hold (export "run") (param i32 externref) (result i32)
      (i32.add (i32.const 1) (call $down (local.get 0) (local.get 1)))
      (global.set $last (local.get 1)))
    (func (export "trap") (result i32) unreachable)
    (func (export "divide") (param i32) (result i32) (i32.div_u (i32.const 7) (local.get 0)))
    (func (export "fault") (result i32) (i32.load (i32.const 0x7fff0000)))
    (func (export "throw") (result i32) (throw $oops (i32.const 5)))
    (func $deep (export "exhaust") (result i32) (i32.add (call $deep) (i32.const 1)))
    (func (export "catch") (result i32)
      (block $h (result i32) (try_table (catch $oops $h) (throw $oops (i32.const 9))) unreachable))
    (memory 1))"#;

/// How the innermost host function ends.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    Value,
    Error,
    Panic,
    Call(&'static str),
}

const ENDS: [End; 9] = [
    End::Value,
    End::Error,
    End::Panic,
    End::Call("trap"),
    End::Call("divide"),
    End::Call("fault"),
    End::Call("throw"),
    End::Call("exhaust"),
    End::Call("catch"),
];

struct Data {
    suspend: SuspendBox,
    end: End,
    drops: Drops,
}

struct SuspendBox(Suspend);

// SAFETY: the tests suspend a routine from its own stack only, on whichever thread that runs.
unsafe impl Send for SuspendBox {}
// SAFETY: an address that is only copied.
unsafe impl Sync for SuspendBox {}

fn call(caller: &mut Caller<'_, Data>, name: &str) -> Result<i32> {
    let func = caller.get_export(name).unwrap().into_func().unwrap();
    let mut results = [Val::I32(0)];
    let zero = [Val::I32(0)];
    let params = func.ty(&*caller).params().len();
    func.call(caller, &zero[..params], &mut results)?;
    let Val::I32(value) = results[0] else { panic!("a number") };
    Ok(value)
}

fn down(mut caller: Caller<'_, Data>, level: i32, value: ExternRef) -> Result<i32> {
    assert_eq!(value.downcast_ref::<(i32, Counted)>().unwrap().0, level);
    drop(value);
    caller.data().suspend.0.suspend();
    caller.gc();
    caller.verify_heap().unwrap();
    let result = if level > 0 {
        enter(&mut caller, level - 1)
    } else {
        match caller.data().end {
            End::Value => Ok(0),
            End::Error => Err(Error::host("as told")),
            End::Panic => panic!("as told"),
            End::Call(name) => call(&mut caller, name),
        }
    };
    caller.data().suspend.0.suspend();
    let stats = caller.gc_stats();
    assert_eq!(stats.skipped, 0, "{:?}", stats.last_doubt);
    result
}

fn enter(store: &mut Caller<'_, Data>, level: i32) -> Result<i32> {
    let run = store.get_export("run").unwrap().into_func().unwrap();
    let run = run.typed::<(i32, ExternRef), i32>(&*store).unwrap();
    let value = (level, store.data().drops.value());
    let value = ExternRef::new(&mut *store, value);
    run.call(store, (level, value))
}

fn store(engine: &Engine, suspend: Suspend, end: End) -> Store<Data> {
    Store::new(engine, Data { suspend: SuspendBox(suspend), end, drops: Drops::default() })
}

fn run(store: &mut Store<Data>, levels: i32) -> Result<i32> {
    let engine = store.engine().clone();
    let module = Module::new(&engine, wat::parse_str(PROGRAM).unwrap()).unwrap();
    let mut linker = Linker::new(&engine);
    linker.func_wrap("h", "down", down).unwrap();
    let instance = linker.instantiate(&mut *store, &module).unwrap();
    let run = instance.get_typed_func::<(i32, ExternRef), i32>(&mut *store, "run").unwrap();
    let value = (levels, store.data().drops.value());
    let value = ExternRef::new(&mut *store, value);
    run.call(store, (levels, value))
}

/// A whole run in words: what it gives, or how it ends.
fn outcome(engine: &Engine, suspend: Suspend, levels: i32, end: End) -> String {
    let mut store = store(engine, suspend, end);
    let drops = store.data().drops.clone();
    let result = catch_unwind(AssertUnwindSafe(|| run(&mut store, levels)));
    let text = match result {
        Ok(Ok(value)) => format!("{value}"),
        Ok(Err(Error::Trap(trap))) => format!("{:?}", trap.code()),
        Ok(Err(Error::Exception(exception))) => format!("thrown {:?}", exception.values()),
        Ok(Err(error)) => format!("error {error}"),
        Err(payload) => format!("panic {}", payload.downcast_ref::<&str>().unwrap()),
    };
    store.release_references();
    store.verify_heap().unwrap();
    let stats = store.gc_stats();
    assert_eq!((stats.live, stats.skipped), (0, 0), "{:?}", stats.last_doubt);
    assert_eq!(drops.count(), levels as usize + 1);
    text
}

fn expected(levels: i32, end: End) -> String {
    match end {
        End::Value => format!("{}", levels + 1),
        End::Error => "error as told".into(),
        End::Panic => "panic as told".into(),
        End::Call("trap") => "Unreachable".into(),
        End::Call("divide") => "IntegerDivideByZero".into(),
        End::Call("fault") => "MemoryOutOfBounds".into(),
        End::Call("throw") => "thrown [I32(5)]".into(),
        End::Call("exhaust") => "StackOverflow".into(),
        End::Call("catch") => format!("{}", levels + 1 + 9),
        End::Call(other) => unreachable!("{other}"),
    }
}

fn routine(engine: &Engine, levels: i32, end: End) -> Routine<String> {
    let engine = engine.clone();
    Routine::new(STACK, move |suspend| outcome(&engine, suspend, levels, end))
}

fn to_the_end(routine: &mut Routine<String>) -> String {
    loop {
        if let Some(result) = routine.resume() {
            return result;
        }
    }
}

/// Both orders of two stacks in memory, every pair of ends, every order of leaving.
fn interleaved(engine: &Engine) {
    for first in ENDS {
        for second in ENDS {
            for swap in [false, true] {
                let (mut a, mut b);
                if swap {
                    b = routine(engine, 0, second);
                    a = routine(engine, 0, first);
                } else {
                    a = routine(engine, 0, first);
                    b = routine(engine, 0, second);
                }
                assert_eq!(a.resume(), None);
                assert_eq!(b.resume(), None);
                // First in, first out.
                assert_eq!(to_the_end(&mut a), expected(0, first), "{first:?} before {second:?}");
                assert_eq!(to_the_end(&mut b), expected(0, second), "{second:?} after {first:?}");
            }
        }
    }
}

#[test]
fn two_stores_on_two_stacks_of_one_thread() {
    interleaved(&engine(false));
}

#[test]
fn two_stores_on_two_stacks_under_stress() {
    interleaved(&engine(true));
}

/// A generator of numbers that needs no crate (Marsaglia's xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

#[test]
fn a_dozen_stores_in_any_order() {
    for stress in [false, true] {
        let engine = engine(stress);
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        let rounds = if stress { 10 } else { 60 };
        for round in 0..rounds {
            let mut running: Vec<_> = (0..12)
                .map(|_| {
                    let (levels, end) = (random.below(4) as i32, ENDS[random.below(ENDS.len())]);
                    (routine(&engine, levels, end), expected(levels, end))
                })
                .collect();
            while !running.is_empty() {
                let next = random.below(running.len());
                if let Some(result) = running[next].0.resume() {
                    assert_eq!(result, running.swap_remove(next).1, "round {round}");
                }
            }
        }
    }
}

#[test]
fn a_call_goes_on_on_another_thread() {
    let engine = engine(false);
    for end in ENDS {
        let mut moving = Moving(routine(&engine, 2, end));
        let result = loop {
            let (result, back) = std::thread::spawn(move || {
                let mut here = moving;
                (here.0.resume(), here)
            })
            .join()
            .unwrap();
            moving = back;
            if let Some(result) = result {
                break result;
            }
        };
        assert_eq!(result, expected(2, end), "{end:?}");
    }
}

/// Calls `body` with a pointer to the caller on a stack of its own, to its end.
fn on_another_stack<R: 'static>(
    caller: Caller<'_, ()>,
    size: usize,
    body: impl FnOnce(&mut Caller<'_, ()>) -> R + 'static,
) -> R {
    let mut caller = caller;
    let address = (&raw mut caller) as usize;
    let mut routine = Routine::new(size, move |_| {
        // SAFETY: the function that owns the caller waits for this one, and does not use it.
        body(unsafe { &mut *(address as *mut Caller<'_, ()>) })
    });
    routine.resume().expect("it does not suspend itself")
}

const RECURSIVE: &str = r#"(module (import "h" "h" (func $h (result i32)))
    (func $r (export "r") (param i32) (result i32)
      (if (result i32) (local.get 0)
        (then (i32.add (call $r (i32.sub (local.get 0) (i32.const 1))) (i32.const 1)))
        (else (i32.const 0))))
    (func (export "f") (result i32) (call $h)))"#;

#[test]
fn limits_are_those_of_the_stack_that_wasm_is_entered_on() {
    let code = |error: Error| error.trap().map(Trap::code);
    for size in [256 << 10, 1 << 20, 16 << 20] {
        let mut config = Config::new();
        config.max_wasm_stack(1 << 20);
        let engine = Engine::new(&config).unwrap();
        let module = Module::new(&engine, wat::parse_str(RECURSIVE).unwrap()).unwrap();
        let mut store = Store::new(&engine, ());
        let mut linker = Linker::new(&engine);
        linker
            .func_wrap("h", "h", move |caller: Caller<'_, ()>| {
                on_another_stack(caller, size, move |caller| {
                    let r = caller.get_export("r").unwrap().into_func().unwrap();
                    let r = r.typed::<i32, i32>(&*caller).unwrap();
                    // Some depth is there, all of it is not, and what was used is there again.
                    for _ in 0..3 {
                        assert_eq!(r.call(&mut *caller, 100).unwrap(), 100);
                        let error = r.call(&mut *caller, i32::MAX).unwrap_err();
                        assert_eq!(code(error), Some(TrapCode::StackOverflow));
                    }
                    r.call(caller, 200).unwrap()
                })
            })
            .unwrap();
        let instance = linker.instantiate(&mut store, &module).unwrap();
        let f = instance.get_typed_func::<(), i32>(&mut store, "f").unwrap();
        assert_eq!(f.call(&mut store, ()).unwrap(), 200);
        // The limit of the thread's own stack holds again.
        let r = instance.get_typed_func::<i32, i32>(&mut store, "r").unwrap();
        assert_eq!(r.call(&mut store, 5000).unwrap(), 5000);
        let error = r.call(&mut store, i32::MAX).unwrap_err();
        assert_eq!(code(error), Some(TrapCode::StackOverflow));
    }
}

#[test]
fn a_stack_with_no_more_than_the_hosts_headroom_has_no_room_for_wasm() {
    let engine = engine(false);
    let wat = r#"(module (func $f (export "f") (param i32)
        (if (local.get 0) (then (call $f (i32.const 0)) (call $f (i32.const 0))))))"#;
    let wasm = wat::parse_str(wat).unwrap();
    let module = Module::new(&engine, wasm).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &module).unwrap();
    let f = instance.get_typed_func::<i32, ()>(&mut store, "f").unwrap();
    f.call(&mut store, 1).unwrap();
    let code = |error: Error| error.trap().unwrap().code();
    let mut routine = Routine::new(128 << 10, move |_| f.call(&mut store, 1).map_err(code));
    assert_eq!(routine.resume(), Some(Err(TrapCode::StackOverflow)));
}

#[test]
fn a_suspended_call_that_is_dropped_unwinds() {
    if cfg!(target_arch = "s390x") {
        // Nothing unwinds a context of the C library.
        return;
    }
    let engine = engine(false);
    let drops = Rc::new(RefCell::new(0));
    struct Guard(Rc<RefCell<i32>>);
    impl Drop for Guard {
        fn drop(&mut self) {
            *self.0.borrow_mut() += 1;
        }
    }
    let guard = Guard(drops.clone());
    let mut routine = {
        let engine = engine.clone();
        Routine::new(STACK, move |suspend| {
            let _guard = guard;
            // Nothing here catches what unwinds the stack.
            run(&mut store(&engine, suspend, End::Value), 3).map(|_| ()).unwrap();
        })
    };
    for _ in 0..3 {
        assert!(routine.resume().is_none());
    }
    drop(routine);
    assert_eq!(*drops.borrow(), 1);
    assert_eq!(to_the_end(&mut self::routine(&engine, 1, End::Call("trap"))), "Unreachable");
}

const ABANDON: &str = r#"(module (import "h" "inner" (func $inner)) (import "h" "outer" (func $outer))
    (func (export "inner") (call $inner)) (func (export "outer") (call $outer))
    (func (export "trap") unreachable))"#;

#[test]
fn a_call_that_is_abandoned_on_another_stack_ends_the_one_that_began_it() {
    for stress in [false, true] {
        let engine = engine(stress);
        let module = Module::new(&engine, wat::parse_str(ABANDON).unwrap()).unwrap();
        let mut store = Store::new(&engine, SuspendCell(RefCell::new(None)));
        let mut linker = Linker::<SuspendCell>::new(&engine);
        linker
            .func_wrap("h", "inner", |caller: Caller<'_, SuspendCell>| -> Result<()> {
                let suspend = caller.data().0.borrow().unwrap();
                suspend.suspend();
                panic!("never resumed");
            })
            .unwrap();
        linker
            .func_wrap("h", "outer", |mut caller: Caller<'_, SuspendCell>| {
                let address = (&raw mut caller) as usize;
                let mut routine = Routine::new(STACK, move |suspend| {
                    // SAFETY: the function that owns the caller waits while this runs.
                    let caller = unsafe { &mut *(address as *mut Caller<'_, SuspendCell>) };
                    *caller.data().0.borrow_mut() = Some(suspend);
                    // Typed: nothing that it holds is lost with the stack.
                    let inner = caller.get_export("inner").unwrap().into_func().unwrap();
                    let inner = inner.typed::<(), ()>(&*caller).unwrap();
                    inner.call(caller, ()).unwrap();
                });
                assert!(routine.resume().is_none());
                // As safe code may, where a coroutine borrows the caller.
                std::mem::forget(routine);
            })
            .unwrap();
        let instance = linker.instantiate(&mut store, &module).unwrap();
        let outer = instance.get_typed_func::<(), ()>(&mut store, "outer").unwrap();
        let trap = instance.get_typed_func::<(), ()>(&mut store, "trap").unwrap();
        for _ in 0..3 {
            let result = catch_unwind(AssertUnwindSafe(|| outer.call(&mut store, ())));
            let payload = result.unwrap_err();
            let text = payload.downcast_ref::<String>().unwrap();
            assert!(text.contains("1 calls of Wasm that it began are suspended"), "{text}");
            // Nothing was touched: the store goes on.
            store.gc();
            store.verify_heap().unwrap();
            assert_eq!(store.gc_stats().skipped, 0);
            let error = trap.call(&mut store, ()).unwrap_err();
            assert_eq!(error.trap().unwrap().code(), TrapCode::Unreachable);
        }
    }
}

/// The panic of a host function that abandons calls gives way to another; that its payload panics when
/// it is dropped does not end the process.
#[test]
fn a_payload_that_is_replaced_may_panic_when_it_is_dropped() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            std::panic::panic_any(Again);
        }
    }
    struct Again;
    impl Drop for Again {
        fn drop(&mut self) {
            panic!("the payload of a destructor's panic is forgotten");
        }
    }
    let engine = engine(false);
    let module = Module::new(&engine, wat::parse_str(ABANDON).unwrap()).unwrap();
    let mut store = Store::new(&engine, SuspendCell(RefCell::new(None)));
    let mut linker = Linker::<SuspendCell>::new(&engine);
    linker
        .func_wrap("h", "inner", |caller: Caller<'_, SuspendCell>| {
            let suspend = caller.data().0.borrow().unwrap();
            suspend.suspend();
        })
        .unwrap();
    linker
        .func_wrap("h", "outer", |mut caller: Caller<'_, SuspendCell>| -> Result<()> {
            let address = (&raw mut caller) as usize;
            let mut routine = Routine::new(STACK, move |suspend| {
                // SAFETY: the function that owns the caller waits while this runs.
                let caller = unsafe { &mut *(address as *mut Caller<'_, SuspendCell>) };
                *caller.data().0.borrow_mut() = Some(suspend);
                let inner = caller.get_export("inner").unwrap().into_func().unwrap();
                let inner = inner.typed::<(), ()>(&*caller).unwrap();
                inner.call(caller, ()).unwrap();
            });
            assert!(routine.resume().is_none());
            std::mem::forget(routine);
            std::panic::panic_any(Bomb)
        })
        .unwrap();
    let instance = linker.instantiate(&mut store, &module).unwrap();
    let outer = instance.get_typed_func::<(), ()>(&mut store, "outer").unwrap();
    for _ in 0..3 {
        let result = catch_unwind(AssertUnwindSafe(|| outer.call(&mut store, ())));
        let payload = result.unwrap_err();
        let text = payload.downcast_ref::<String>().unwrap();
        assert!(text.contains("1 calls of Wasm that it began are suspended"), "{text}");
    }
}

/// What is dropped on a thread while a destructor is suspended there waits for it, and is not lost.
#[test]
fn values_wait_for_a_destructor_that_is_suspended() {
    struct Suspending(Suspend, #[allow(dead_code)] Counted);
    impl Drop for Suspending {
        fn drop(&mut self) {
            self.0.suspend();
        }
    }
    let mut store = Store::new(&engine(false), ());
    let drops = Drops::default();
    let others = [0; 3].map(|_| ExternRef::new(&mut store, drops.value()));
    let counted = drops.value();
    let mut routine = Routine::new(STACK, move |suspend| {
        drop(ExternRef::new(&mut store, Suspending(suspend, counted)));
    });
    assert!(routine.resume().is_none());
    drop(others);
    assert_eq!(drops.count(), 0);
    assert!(routine.resume().is_some());
    assert_eq!(drops.count(), 4);
}

struct SuspendCell(RefCell<Option<Suspend>>);
