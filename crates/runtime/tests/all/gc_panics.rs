//! Destructors that panic: nothing else is lost, the panic goes to whoever caused the drop, and
//! the store goes on.

use crate::gc_support::*;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use touchstone_runtime::*;

const TABLE: &str = r#"(module (import "h" "collect" (func $collect))
    (import "h" "mark" (func $mark (param i32)))
    (table (export "t") 8 externref) (global $g (export "g") (mut externref) (ref.null extern))
    (func (export "five") (param externref externref externref externref externref))
    (func (export "table.set")
      (call $mark (i32.const 1)) (table.set (i32.const 0) (ref.null extern)) (call $mark (i32.const 2)))
    (func (export "table.fill")
      (call $mark (i32.const 1))
      (table.fill (i32.const 0) (ref.null extern) (i32.const 8)) (call $mark (i32.const 2)))
    (func (export "global.set")
      (call $mark (i32.const 1)) (global.set $g (ref.null extern)) (call $mark (i32.const 2)))
    (func (export "collect")
      (call $mark (i32.const 1)) call $collect (call $mark (i32.const 2)))
    (func (export "held") (param externref) (result externref)
      (call $mark (i32.const 1)) call $collect (call $mark (i32.const 2)) (local.get 0)))"#;

/// A store, whose data are the marks that Wasm passed, with the instance of [`TABLE`].
fn table_store(engine: &Engine) -> (Store<Vec<i32>>, Instance) {
    let mut linker = Linker::<Vec<i32>>::new(engine);
    linker.func_wrap("h", "collect", |mut caller: Caller<'_, Vec<i32>>| caller.gc()).unwrap();
    let mark = |mut caller: Caller<'_, Vec<i32>>, mark: i32| caller.data_mut().push(mark);
    linker.func_wrap("h", "mark", mark).unwrap();
    let mut store = Store::new(engine, Vec::new());
    let instance = linker.instantiate(&mut store, &module(engine, TABLE)).unwrap();
    (store, instance)
}

fn call(store: &mut Store<Vec<i32>>, instance: Instance, name: &str) {
    instance.get_typed_func::<(), ()>(&mut *store, name).unwrap().call(store, ()).unwrap();
}

/// Puts values into the table, from element `at` on, and forgets them.
fn put<T: Send + Sync + 'static>(
    store: &mut Store<Vec<i32>>,
    instance: Instance,
    at: u64,
    values: impl IntoIterator<Item = T>,
) {
    let table = instance.get_table(&mut *store, "t").unwrap();
    for (i, value) in values.into_iter().enumerate() {
        let handle = ExternRef::new(&mut *store, value);
        table.set(&mut *store, at + i as u64, val(&handle)).unwrap();
    }
}

/// The store works: Wasm runs, values come and go.
fn assert_usable(store: &mut Store<Vec<i32>>, instance: Instance) {
    assert_sound(store);
    let drops = Drops::default();
    let f = instance.get_typed_func::<ExternRef, ExternRef>(&mut *store, "held").unwrap();
    let handle = ExternRef::new(&mut *store, drops.value());
    let back = f.call(&mut *store, handle.clone()).unwrap();
    assert!(ExternRef::ptr_eq(&handle, &back));
    drop((handle, back));
    store.gc();
    assert_eq!(drops.count(), 1);
    assert_sound(store);
}

/// A collection drops all that it found, and then panics.
#[test]
fn a_collection_drops_the_others_too() {
    in_every_mode(|_, engine| {
        let (mut store, instance) = table_store(engine);
        type Five = (ExternRef, ExternRef, ExternRef, ExternRef, ExternRef);
        let five = instance.get_typed_func::<Five, ()>(&mut store, "five").unwrap();
        for panicking in 0..5 {
            let drops = Drops::default();
            let mut value = |i| match i == panicking {
                true => ExternRef::new(&mut store, drops.panicking("no")),
                false => ExternRef::new(&mut store, drops.value()),
            };
            let values = (value(0), value(1), value(2), value(3), value(4));
            five.call(&mut store, values).unwrap();
            assert_eq!(drops.count(), 0);
            let message = panic_of(|| store.gc());
            assert_eq!(message, "no");
            assert_eq!(drops.count(), 5);
            assert_usable(&mut store, instance);
        }
    });
}

/// Several panics in one collection: the caller gets one of them, and all values are dropped.
#[test]
fn two_panics_in_one_collection_are_one() {
    where_counts_are_immediate(|_, engine| {
        let (mut store, instance) = table_store(engine);
        let drops = Drops::default();
        let clear = |store: &mut Store<Vec<i32>>| {
            instance.get_table(&mut *store, "t").unwrap().fill(store, 0, NULL, 8).unwrap();
        };
        put(&mut store, instance, 0, (0..3).map(|_| drops.value()));
        put(&mut store, instance, 3, (0..2).map(|_| drops.panicking("one of two")));
        put(&mut store, instance, 5, (0..3).map(|_| drops.value()));
        let message = panic_of(|| {
            clear(&mut store);
            store.gc();
        });
        // In stress mode `clear` panicked, and the last one is still in the activations table.
        store.gc();
        assert_eq!((message.as_str(), drops.count()), ("one of two", 8));
        assert_usable(&mut store, instance);
        // All at once, by one instruction.
        put(&mut store, instance, 0, (0..2).map(|_| drops.panicking("one of two")));
        put(&mut store, instance, 2, (0..6).map(|_| drops.value()));
        store.gc();
        let message = panic_of(|| call(&mut store, instance, "table.fill"));
        assert_eq!((message.as_str(), drops.count()), ("one of two", 16));
        assert_usable(&mut store, instance);
    });
}

/// In Wasm the activation ends where the value was dropped, and the write has happened.
#[test]
fn a_panic_passes_through_wasm() {
    where_counts_are_immediate(|_, engine| {
        let (mut store, instance) = table_store(engine);
        let table = instance.get_table(&mut store, "t").unwrap();
        let global = instance.get_global(&mut store, "g").unwrap();
        for name in ["table.set", "table.fill", "global.set"] {
            let drops = Drops::default();
            let handle = ExternRef::new(&mut store, drops.panicking("in Wasm"));
            match name {
                "global.set" => global.set(&mut store, val(&handle)).unwrap(),
                _ => table.set(&mut store, 0, val(&handle)).unwrap(),
            }
            drop(handle);
            store.gc();
            store.data_mut().clear();
            assert_eq!(panic_of(|| call(&mut store, instance, name)), "in Wasm");
            assert_eq!((drops.count(), &**store.data()), (1, &[1][..]), "{name}");
            assert!(matches!(global.get(&mut store), Val::ExternRef(None)));
            assert!(matches!(table.get(&mut store, 0), Some(Val::ExternRef(None))));
            assert_usable(&mut store, instance);
        }
    });
}

/// A host function that collects panics like any other: Wasm's frames are gone, what they held
/// is freed by the next collection.
#[test]
fn a_panic_in_a_host_function_passes_through_wasm() {
    in_every_mode(|stress, engine| {
        let (mut store, instance) = table_store(engine);
        let drops = Drops::default();
        let table = instance.get_table(&mut store, "t").unwrap();
        let f = instance.get_typed_func::<ExternRef, ExternRef>(&mut store, "held").unwrap();
        let held = ExternRef::new(&mut store, drops.value());
        let bad = ExternRef::new(&mut store, drops.panicking("in the host"));
        // In the table of activations, and nowhere else.
        table.set(&mut store, 0, val(&bad)).unwrap();
        table.set(&mut store, 0, NULL).unwrap();
        let message = panic_of(|| {
            drop(bad);
            f.call(&mut store, held)
        });
        assert_eq!(message, "in the host");
        if !stress {
            assert_eq!((drops.count(), &**store.data()), (1, &[1][..]));
        }
        store.gc();
        assert_eq!((drops.count(), store.gc_stats().live), (2, 0));
        assert_usable(&mut store, instance);
    });
}

/// A value that panics in the host's own hands: its handle's drop panics.
#[test]
fn a_panic_in_the_last_handles_drop() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let drops = Drops::default();
    let handle = ExternRef::new(&mut store, drops.panicking("host only"));
    let weak = handle.downgrade();
    assert_eq!(panic_of(|| drop(handle)), "host only");
    assert_eq!(drops.count(), 1);
    assert!(weak.upgrade().is_none());
    // In a list of values: the rest of the list is dropped all the same.
    #[allow(dead_code, reason = "held for their drops")]
    struct Link(Counted, Option<ExternRef>);
    #[allow(dead_code, reason = "held for their drops")]
    struct Bad(Panicking, Option<ExternRef>);
    let mut list = None;
    for i in 0..10 {
        list = Some(match i % 3 {
            0 => ExternRef::new(&mut store, Bad(drops.panicking("in a list"), list)),
            _ => ExternRef::new(&mut store, Link(drops.value(), list)),
        });
    }
    assert_eq!(panic_of(|| drop(list)), "in a list");
    assert_eq!(drops.count(), 11);
}

/// When the store goes, all its values go, its data too, and then the panic goes on.
#[test]
fn a_panic_when_the_store_is_dropped() {
    in_every_mode(|_, engine| {
        let drops = Drops::default();
        let fill = || {
            let mut store = Store::new(engine, drops.value());
            let limits = Limits::new(5, None);
            let ty = TableType::new(RefType::EXTERN, limits);
            let table = Table::new(&mut store, ty, NULL).unwrap();
            for i in 0..5 {
                let handle = match i {
                    1 | 3 => ExternRef::new(&mut store, drops.panicking("at the end")),
                    _ => ExternRef::new(&mut store, drops.value()),
                };
                table.set(&mut store, i, val(&handle)).unwrap();
            }
            store
        };
        let store = fill();
        assert_eq!(panic_of(|| drop(store)), "at the end");
        assert_eq!(drops.count(), 6);
        // While another panic unwinds, that one goes on; the process does not abort.
        let mut store = fill();
        let message = panic_of(|| {
            let _store = &mut store;
            let _owned = fill();
            panic!("first");
        });
        assert_eq!((message.as_str(), drops.count()), ("first", 12));
        let mut other = fill();
        let unwinding = catch_unwind(AssertUnwindSafe(|| {
            struct Collect<'a>(&'a mut Store<Counted>);
            impl Drop for Collect<'_> {
                fn drop(&mut self) {
                    self.0.release_references();
                }
            }
            let _collect = Collect(&mut other);
            panic!("second");
        }));
        assert_eq!(message_of(unwinding), "second");
        assert_eq!(drops.count(), 17);
        assert_sound(&mut other);
        drop(other);
        assert_eq!(drops.count(), 18);
        assert_eq!(panic_of(|| drop(store)), "at the end");
    });
}

/// The data that a store would have given back go too, where a destructor panics.
#[test]
fn a_panic_when_a_store_is_taken_apart() {
    in_every_mode(|_, engine| {
        let (data, drops) = (Drops::default(), Drops::default());
        let mut store = Store::new(engine, data.value());
        let ty = GlobalType::new(ValType::Ref(RefType::EXTERN), Mutability::Var);
        let handle = ExternRef::new(&mut store, drops.panicking("taken apart"));
        Global::new(&mut store, ty, val(&handle)).unwrap();
        drop(handle);
        assert_eq!(panic_of(|| store.into_data()), "taken apart");
        assert_eq!((drops.count(), data.count()), (1, 1));
    });
}

fn message_of(result: std::thread::Result<()>) -> String {
    message(&*result.unwrap_err())
}

/// A handle with a panicking value is dropped while a host function's panic unwinds.
#[test]
fn a_panic_while_the_thread_unwinds() {
    in_every_mode(|_, engine| {
        let drops = Drops::default();
        let mut store = Store::new(engine, ());
        let made = drops.clone();
        let f = Func::wrap(&mut store, move |mut caller: Caller<'_, ()>| {
            let value = made.panicking("second");
            let _handle = ExternRef::new(&mut caller, value);
            if true {
                panic!("first");
            }
        });
        let f = f.unwrap().typed::<(), ()>(&store).unwrap();
        assert_eq!(panic_of(|| f.call(&mut store, ())), "first");
        assert_eq!(drops.count(), 1);
        assert_sound(&mut store);
    });
}

/// Payloads whose own destructors panic: one comes out, the process does not abort. The engine may
/// have to forget the others, so they own no memory.
#[test]
fn payloads_that_panic_themselves() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic_any(());
        }
    }
    struct Bomber(#[allow(dead_code)] Counted);
    impl Drop for Bomber {
        fn drop(&mut self) {
            panic_any(Bomb);
        }
    }
    where_counts_are_immediate(|_, engine| {
        let (mut store, instance) = table_store(engine);
        let drops = Drops::default();
        put(&mut store, instance, 0, (0..4).map(|_| Bomber(drops.value())));
        store.gc();
        let payload = catch_unwind(AssertUnwindSafe(|| call(&mut store, instance, "table.fill")));
        let bomb = payload.unwrap_err().downcast::<Bomb>().unwrap();
        std::mem::forget(bomb);
        assert_eq!(drops.count(), 4);
        assert_usable(&mut store, instance);
    });
}
