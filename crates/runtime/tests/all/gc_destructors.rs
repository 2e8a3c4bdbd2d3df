//! Destructors that do a lot: call into other stores, make and drop values, form long chains.

use crate::gc_support::*;
use std::sync::{Arc, Mutex};
use touchstone_runtime::*;

const OTHER: &str = r#"(module (global $n (export "n") (mut i32) (i32.const 0))
    (table (export "t") 64 externref)
    (func (export "visit") (param externref) (result i32)
      (table.set (i32.rem_u (global.get $n) (i32.const 64)) (local.get 0))
      (global.set $n (i32.add (global.get $n) (i32.const 1)))
      (global.get $n))
    (func (export "trap") unreachable))"#;

/// A store that destructors of another store's values use.
struct Other {
    store: Store<()>,
    instance: Instance,
}

impl Other {
    fn new(engine: &Engine) -> Arc<Mutex<Other>> {
        let (store, instance) = instance(engine, OTHER);
        Arc::new(Mutex::new(Other { store, instance }))
    }

    fn visits(&mut self) -> i32 {
        let global = self.instance.get_global(&mut self.store, "n").unwrap();
        let Val::I32(n) = global.get(&mut self.store) else { unreachable!() };
        n
    }
}

/// Its destructor runs Wasm of another store with a new value, lets it trap, and collects there.
struct Visitor {
    other: Arc<Mutex<Other>>,
    drops: Drops,
}

impl Drop for Visitor {
    fn drop(&mut self) {
        let mut other = self.other.lock().unwrap();
        let Other { store, instance } = &mut *other;
        let visit = instance.get_typed_func::<ExternRef, i32>(&mut *store, "visit").unwrap();
        let value = ExternRef::new(&mut *store, self.drops.value());
        assert!(visit.call(&mut *store, value).unwrap() > 0);
        let trap = instance.get_typed_func::<(), ()>(&mut *store, "trap").unwrap();
        assert_eq!(trap_code(trap.call(&mut *store, ())), TrapCode::Unreachable);
        store.gc();
        store.verify_heap().unwrap();
    }
}

const HOLDER: &str = r#"(module (import "h" "collect" (func $collect))
    (table (export "t") 64 externref)
    (func (export "put") (param i32 externref) (table.set (local.get 0) (local.get 1)))
    (func (export "clear") (param i32) (result i32)
      (table.set (local.get 0) (ref.null extern)) (i32.const 7))
    (func (export "collect") (result i32) call $collect (i32.const 7)))"#;

fn holder(engine: &Engine) -> (Store<()>, Instance) {
    let mut linker = Linker::new(engine);
    linker.func_wrap("h", "collect", |mut caller: Caller<'_, ()>| caller.gc()).unwrap();
    let mut store = Store::new(engine, ());
    let instance = linker.instantiate(&mut store, &module(engine, HOLDER)).unwrap();
    (store, instance)
}

/// By an instruction, by a collection within Wasm, by one of the host, and with the store.
#[test]
fn a_destructor_runs_wasm_of_another_store() {
    where_counts_are_immediate(|_, engine| {
        let other = Other::new(engine);
        let drops = Drops::default();
        let (mut store, instance) = holder(engine);
        let put = instance.get_typed_func::<(i32, ExternRef), ()>(&mut store, "put").unwrap();
        let clear = instance.get_typed_func::<i32, i32>(&mut store, "clear").unwrap();
        let collect = instance.get_typed_func::<(), i32>(&mut store, "collect").unwrap();
        let fill = |store: &mut Store<()>| {
            for i in 0..64 {
                let visitor = Visitor { other: other.clone(), drops: drops.clone() };
                let handle = ExternRef::new(&mut *store, visitor);
                put.call(&mut *store, (i, handle)).unwrap();
            }
            store.gc();
        };
        fill(&mut store);
        for i in 0..64 {
            assert_eq!(other.lock().unwrap().visits(), i);
            assert_eq!(clear.call(&mut store, i).unwrap(), 7);
        }
        assert_eq!(other.lock().unwrap().visits(), 64);
        assert_eq!(drops.count(), 0);
        fill(&mut store);
        let table = instance.get_table(&mut store, "t").unwrap();
        // All of them go to the activations table, which nothing keeps them in.
        for i in 0..64 {
            let value = table.get(&mut store, i).unwrap();
            table.set(&mut store, i, value).unwrap();
        }
        table.fill(&mut store, 0, NULL, 64).unwrap();
        assert_eq!(collect.call(&mut store, ()).unwrap(), 7);
        assert_eq!(other.lock().unwrap().visits(), 128);
        assert_eq!(drops.count(), 64, "those that the second half displaced");
        fill(&mut store);
        drop(store);
        let mut other = other.lock().unwrap();
        assert_eq!((other.visits(), drops.count()), (192, 128));
        assert_sound(&mut other.store);
        other.store.release_references();
        assert_eq!(drops.count(), 192);
    });
}

/// A value that owns a whole store, whose table holds the next such value.
#[allow(dead_code, reason = "held for its drop")]
struct Nested(Counted, Store<()>);

#[test]
fn a_destructor_drops_a_store_within_a_store() {
    in_every_mode(|_, engine| {
        let drops = Drops::default();
        let mut outer = Store::new(engine, ());
        for _ in 0..10 {
            let mut store = Store::new(engine, ());
            let ty = GlobalType::new(ValType::Ref(RefType::EXTERN), Mutability::Var);
            let handle = ExternRef::new(&mut store, Nested(drops.value(), outer));
            Global::new(&mut store, ty, val(&handle)).unwrap();
            outer = store;
        }
        outer.gc();
        assert_eq!(drops.count(), 0);
        drop(outer);
        assert_eq!(drops.count(), 10);
    });
}

/// A value that holds others.
#[allow(dead_code, reason = "held for its drop")]
struct Node(Counted, Vec<ExternRef>);

/// Runs `body` on a thread with little stack.
fn with_small_stack<R: Send + 'static>(body: impl FnOnce() -> R + Send + 'static) -> R {
    let thread = std::thread::Builder::new().stack_size(256 << 10);
    thread.spawn(body).unwrap().join().unwrap()
}

/// A chain of `length` values, each held by the one before.
fn chain(store: &mut Store<()>, drops: &Drops, length: usize) -> ExternRef {
    let mut head = ExternRef::new(&mut *store, Node(drops.value(), Vec::new()));
    for _ in 1..length {
        head = ExternRef::new(&mut *store, Node(drops.value(), vec![head]));
    }
    head
}

const LONG: usize = 1_000_000;

/// A million values, each of which holds the next, are dropped without recursion: by the last
/// handle, by an instruction of Wasm, by a collection, and with the store.
#[test]
fn a_long_chain_needs_no_stack() {
    where_counts_are_immediate(|_, engine| {
        let (mut store, instance) = holder(engine);
        let table = instance.get_table(&mut store, "t").unwrap();
        let clear = instance.get_typed_func::<i32, i32>(&mut store, "clear").unwrap();
        let drops = Drops::default();
        let head = chain(&mut store, &drops, LONG);
        with_small_stack(move || drop(head));
        assert_eq!(drops.count(), LONG);

        let head = chain(&mut store, &drops, LONG);
        table.set(&mut store, 0, val(&head)).unwrap();
        drop(head);
        store.gc();
        let counter = drops.clone();
        let mut store = with_small_stack(move || {
            assert_eq!(counter.count(), LONG);
            assert_eq!(clear.call(&mut store, 0).unwrap(), 7);
            assert_eq!(counter.count(), 2 * LONG);
            store
        });

        let head = chain(&mut store, &drops, LONG);
        table.set(&mut store, 0, val(&head)).unwrap();
        table.set(&mut store, 0, NULL).unwrap();
        drop(head);
        let mut store = with_small_stack(move || {
            store.gc();
            store
        });
        assert_eq!(drops.count(), 3 * LONG);

        let head = chain(&mut store, &drops, LONG);
        table.set(&mut store, 0, val(&head)).unwrap();
        drop(head);
        with_small_stack(move || drop(store));
        assert_eq!(drops.count(), 4 * LONG);
    });
}

/// Values that share others, each of which goes once, with its last holder.
#[test]
fn a_shared_value_goes_with_its_last_holder() {
    where_counts_are_immediate(|_, engine| {
        let (mut store, instance) = holder(engine);
        let table = instance.get_table(&mut store, "t").unwrap();
        let [leaves, holders] = [Drops::default(), Drops::default()];
        let leaf = ExternRef::new(&mut store, leaves.value());
        for i in 0..64 {
            let held = vec![leaf.clone(), leaf.clone()];
            let holder = ExternRef::new(&mut store, Node(holders.value(), held));
            table.set(&mut store, i, val(&holder)).unwrap();
        }
        table.set(&mut store, 1, val(&leaf)).unwrap();
        drop(leaf);
        store.gc();
        assert_eq!((leaves.count(), holders.count()), (0, 1));
        table.set(&mut store, 0, NULL).unwrap();
        table.fill(&mut store, 2, NULL, 62).unwrap();
        store.gc();
        assert_eq!((leaves.count(), holders.count()), (0, 64));
        table.set(&mut store, 1, NULL).unwrap();
        assert_eq!((leaves.count(), holders.count()), (1, 64));
        assert_sound(&mut store);
    });
}

/// Its destructor makes a value for another store that is like itself, until none is left.
struct Reborn {
    lives: u32,
    other: Arc<Mutex<Other>>,
    drops: Drops,
}

impl Drop for Reborn {
    fn drop(&mut self) {
        self.drops.increment();
        if self.lives > 0 {
            let mut other = self.other.lock().unwrap();
            let Other { store, instance } = &mut *other;
            let next = Reborn {
                lives: self.lives - 1,
                other: self.other.clone(),
                drops: self.drops.clone(),
            };
            let handle = ExternRef::new(&mut *store, next);
            let table = instance.get_table(&mut *store, "t").unwrap();
            table.set(&mut *store, u64::from(self.lives) % 64, val(&handle)).unwrap();
        }
    }
}

#[test]
fn a_destructor_makes_values_for_another_store() {
    let engine = Engine::default();
    let other = Other::new(&engine);
    let drops = Drops::default();
    let mut store = Store::new(&engine, ());
    let first = Reborn { lives: 40, other: other.clone(), drops: drops.clone() };
    drop(ExternRef::new(&mut store, first));
    for born in 1..=40 {
        assert_eq!(drops.count(), born);
        // The value is taken out first: its destructor wants the other store for itself.
        let handle = {
            let mut other = other.lock().unwrap();
            let Other { store, instance } = &mut *other;
            let table = instance.get_table(&mut *store, "t").unwrap();
            let index = (41 - born as u64) % 64;
            let handle = reference(table.get(&mut *store, index).unwrap()).unwrap();
            table.set(&mut *store, index, NULL).unwrap();
            store.gc();
            assert_eq!(store.gc_stats().live, 0);
            handle
        };
        drop(handle);
    }
    assert_eq!(drops.count(), 41);
}

/// What a destructor drops in another store is dropped before the destructor's caller goes on.
#[test]
fn drops_within_destructors_are_done_when_the_outermost_is() {
    struct Clear(Arc<Mutex<Other>>);
    impl Drop for Clear {
        fn drop(&mut self) {
            let mut other = self.0.lock().unwrap();
            let Other { store, instance } = &mut *other;
            let table = instance.get_table(&mut *store, "t").unwrap();
            table.fill(&mut *store, 0, NULL, 64).unwrap();
            store.gc();
            assert_eq!(store.gc_stats().live, 0);
        }
    }
    where_counts_are_immediate(|_, engine| {
        let other = Other::new(engine);
        let drops = Drops::default();
        {
            let mut other = other.lock().unwrap();
            let Other { store, instance } = &mut *other;
            let table = instance.get_table(&mut *store, "t").unwrap();
            for i in 0..64 {
                let handle = ExternRef::new(&mut *store, drops.value());
                table.set(&mut *store, i, val(&handle)).unwrap();
            }
        }
        let (mut store, instance) = holder(engine);
        let table = instance.get_table(&mut store, "t").unwrap();
        let handle = ExternRef::new(&mut store, Clear(other));
        table.set(&mut store, 0, val(&handle)).unwrap();
        drop(handle);
        store.gc();
        assert_eq!(drops.count(), 0);
        let clear = instance.get_typed_func::<i32, i32>(&mut store, "clear").unwrap();
        assert_eq!(clear.call(&mut store, 0).unwrap(), 7);
        assert_eq!(drops.count(), 64);
    });
}
