//! Several stores on one thread, stores that move, and references that come to the wrong store.

use crate::gc_support::*;
use std::cell::Cell;
use std::sync::{Arc, Mutex};
use touchstone_runtime::*;

const LEVELS: &str = r#"(module (import "h" "next" (func $next (param i32)))
    (import "h" "check" (func $check (param externref i32)))
    (func (export "run") (param i32 externref)
      (call $next (local.get 0)) (call $check (local.get 1) (local.get 0))))"#;

thread_local! {
    /// Of each of two stores, the youngest borrow; null where it is not in use.
    static BORROWS: [Cell<*mut StoreContextMut<'static, Level>>; 2] =
        const { [const { Cell::new(std::ptr::null_mut()) }; 2] };
}

/// The data of a store that takes turns with another: its number, its function, and the values.
struct Level {
    run: Option<TypedFunc<(i32, ExternRef), ()>>,
    drops: Drops,
}

/// Lends `context`, the youngest borrow of store `which`, to whoever is called by `body`.
fn lend<R>(which: usize, mut context: StoreContextMut<'_, Level>, body: impl FnOnce() -> R) -> R {
    let pointer = (&raw mut context).cast::<StoreContextMut<'static, Level>>();
    let outer = BORROWS.with(|b| b[which].replace(pointer));
    let result = body();
    BORROWS.with(|b| b[which].set(outer));
    result
}

/// Uses store `which`, through its youngest borrow.
fn borrow<R>(which: usize, body: impl FnOnce(StoreContextMut<'_, Level>) -> R) -> R {
    let pointer = BORROWS.with(|b| b[which].get());
    // SAFETY: `lend` is on the stack of this thread and does not touch its borrow before `body`
    // is done; nobody else has the pointer while the store runs on from here.
    let context = unsafe { &mut *pointer };
    body(context.as_context_mut())
}

/// Calls `run` in the store whose turn it is at `level`, with a new value.
fn descend(level: i32) -> Result<()> {
    borrow(level as usize % 2, |mut store| {
        let (run, value) = (store.data().run.unwrap(), store.data().drops.value());
        let handle = ExternRef::new(&mut store, (level, value));
        run.call(&mut store, (level, handle))
    })
}

fn collect_both() {
    for which in [0, 1] {
        borrow(which, |mut store| {
            store.gc();
            store.verify_heap().unwrap();
            assert_eq!(store.gc_stats().skipped, 0);
        });
    }
}

/// Two stores whose functions call each other in turn, down to level 0, which does `bottom`.
fn taking_turns(
    engine: &Engine,
    bottom: impl Fn() -> Result<()> + Clone + Send + Sync + 'static,
) -> [Store<Level>; 2] {
    [0, 1].map(|which| {
        let mut linker = Linker::<Level>::new(engine);
        let bottom = bottom.clone();
        let next = move |mut caller: Caller<'_, Level>, level: i32| {
            lend(which, caller.as_context_mut(), || match level {
                0 => bottom(),
                _ => descend(level - 1),
            })
        };
        linker.func_wrap("h", "next", next).unwrap();
        let check = move |mut caller: Caller<'_, Level>, value: ExternRef, level: i32| {
            assert_eq!(value.downcast_ref::<(i32, Counted)>().unwrap().0, level);
            // All below have returned: they are dropped, the others are not.
            lend(which, caller.as_context_mut(), collect_both);
            assert_eq!(caller.data().drops.count(), level as usize);
        };
        linker.func_wrap("h", "check", check).unwrap();
        let level = Level { run: None, drops: Drops::default() };
        let mut store = Store::new(engine, level);
        let instance = linker.instantiate(&mut store, &module(engine, LEVELS)).unwrap();
        let run = instance.get_typed_func(&mut store, "run").unwrap();
        store.data_mut().run = Some(run);
        store
    })
}

fn share_drops([a, b]: &mut [Store<Level>; 2]) -> Drops {
    let drops = a.data().drops.clone();
    b.data_mut().drops = drops.clone();
    drops
}

fn run(stores: &mut [Store<Level>; 2], levels: i32) -> Result<()> {
    let [a, b] = stores;
    lend(0, a.as_context_mut(), || lend(1, b.as_context_mut(), || descend(levels)))
}

/// Wasm of one store calls Wasm of the other and so on; both are collected from the innermost
/// and at every return.
#[test]
fn two_stores_interleave() {
    in_every_mode(|_, engine| {
        let mut stores = taking_turns(engine, || {
            collect_both();
            Ok(())
        });
        let drops = share_drops(&mut stores);
        let levels = 20;
        run(&mut stores, levels).unwrap();
        for store in &mut stores {
            store.gc();
            assert_eq!(store.gc_stats().live, 0);
            assert_sound(store);
        }
        assert_eq!(drops.count(), levels as usize + 1);
    });
}

/// The same, with an error, and a panic, at the bottom: each store ends its own activations.
#[test]
fn errors_and_panics_cross_interleaved_stores() {
    in_every_mode(|_, engine| {
        for panics in [false, true] {
            let mut stores = taking_turns(engine, move || {
                collect_both();
                assert!(!panics, "at the bottom");
                Err(Error::host("at the bottom"))
            });
            let drops = share_drops(&mut stores);
            let message = match panics {
                // A panic unwinds the borrows, too.
                true => panic_of(|| run(&mut stores, 20)),
                false => run(&mut stores, 20).unwrap_err().to_string(),
            };
            BORROWS.with(|b| b.iter().for_each(|b| b.set(std::ptr::null_mut())));
            assert_eq!(message, "at the bottom");
            for store in &mut stores {
                store.gc();
                assert_eq!(store.gc_stats().live, 0);
                assert_sound(store);
            }
            assert_eq!(drops.count(), 21);
        }
    });
}

/// A host function of one store uses another as a whole, in the ways that need no unsafe code.
#[test]
fn a_store_within_a_host_function_of_another() {
    in_every_mode(|_, engine| {
        let wat = r#"(module (import "h" "f" (func $f (result externref)))
            (import "h" "same" (func $same (param externref externref) (result i32)))
            (func (export "run") (param externref) (result i32)
              call $f drop (call $same (local.get 0) (local.get 0))))"#;
        let (inner_drops, outer_drops) = (Drops::default(), Drops::default());
        let mut linker = Linker::<()>::new(engine);
        let made = inner_drops.clone();
        let new = move |mut caller: Caller<'_, ()>| {
            let handle = ExternRef::new(&mut caller, made.value());
            caller.gc();
            handle
        };
        linker.func_wrap("h", "f", new).unwrap();
        let same = |a: ExternRef, b: ExternRef| i32::from(ExternRef::ptr_eq(&a, &b));
        linker.func_wrap("h", "same", same).unwrap();
        let mut inner = Store::new(engine, ());
        let module = module(engine, wat);
        let instance = linker.instantiate(&mut inner, &module).unwrap();
        let run = instance.get_typed_func::<ExternRef, i32>(&mut inner, "run").unwrap();
        let inner = Arc::new(Mutex::new(inner));
        let (shared, made) = (inner.clone(), inner_drops.clone());
        linker.allow_shadowing(true);
        let nested = move |mut caller: Caller<'_, ()>| {
            let mut inner = shared.lock().unwrap();
            let handle = ExternRef::new(&mut *inner, made.value());
            assert_eq!(run.call(&mut *inner, handle).unwrap(), 1);
            caller.gc();
            inner.gc();
            ExternRef::new(&mut caller, ())
        };
        linker.func_wrap("h", "f", nested).unwrap();
        let mut outer = Store::new(engine, ());
        let instance = linker.instantiate(&mut outer, &module).unwrap();
        let run = instance.get_typed_func::<ExternRef, i32>(&mut outer, "run").unwrap();
        let handle = ExternRef::new(&mut outer, outer_drops.value());
        assert_eq!(run.call(&mut outer, handle).unwrap(), 1);
        assert_eq!(inner_drops.count(), 2);
        outer.gc();
        assert_eq!((outer_drops.count(), outer.gc_stats().live), (1, 0));
        assert_sound(&mut outer);
        assert_sound(&mut inner.lock().unwrap());
    });
}

/// A store moves: into a box, between boxes, to other threads. References stay where they are.
#[test]
fn stores_move_with_their_references() {
    in_every_mode(|_, engine| {
        let drops = Drops::default();
        let (mut store, instance) = instance(
            engine,
            r#"(module (table (export "t") 10 externref)
                 (global $g (export "g") (mut externref) (ref.null extern))
                 (func (export "put") (param i32 externref)
                   (table.set (local.get 0) (local.get 1)) (global.set $g (local.get 1)))
                 (func (export "get") (param i32) (result externref) (table.get (local.get 0))))"#,
        );
        let put = instance.get_typed_func::<(i32, ExternRef), ()>(&mut store, "put").unwrap();
        let get = instance.get_typed_func::<i32, Option<ExternRef>>(&mut store, "get").unwrap();
        let global = instance.get_global(&mut store, "g").unwrap();
        let mut handles = Vec::new();
        for i in 0..10 {
            let handle = ExternRef::new(&mut store, drops.value());
            put.call(&mut store, (i, handle.clone())).unwrap();
            handles.push(handle);
            let use_store = move |mut store: Box<Store<()>>| {
                store.gc();
                store.verify_heap().unwrap();
                assert!(get.call(&mut *store, i).unwrap().is_some());
                store
            };
            store = match i % 3 {
                0 => *use_store(Box::new(store)),
                1 => *std::thread::spawn(move || use_store(Box::new(store))).join().unwrap(),
                _ => vec![store].pop().unwrap(),
            };
            for (i, handle) in handles.iter().enumerate() {
                let back = get.call(&mut store, i as i32).unwrap().unwrap();
                assert!(ExternRef::ptr_eq(&back, handle));
            }
        }
        assert!(same(global.get(&mut store), &handles[9]));
        drop(handles);
        assert_eq!(drops.count(), 0);
        store.release_references();
        assert_eq!((drops.count(), store.gc_stats().live), (10, 0));
        assert_sound(&mut store);
    });
}
