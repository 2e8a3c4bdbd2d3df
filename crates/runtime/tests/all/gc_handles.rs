//! Handles: weak ones, identity, and use while Wasm runs and on other threads.

use crate::gc_support::*;
use std::cell::RefCell;
use std::sync::{Arc, Mutex, OnceLock, mpsc};
use touchstone_runtime::*;

const KEEPER: &str = r#"(module (table (export "t") 4 externref)
    (func (export "same") (param externref) (result externref) (local.get 0))
    (func (export "swap") (param externref) (result externref)
      (table.get (i32.const 0)) (table.set (i32.const 0) (local.get 0))))"#;

#[test]
fn a_weak_handle_keeps_nothing_alive() {
    in_every_mode(|_, engine| {
        let (mut store, instance) = instance(engine, KEEPER);
        let table = instance.get_table(&mut store, "t").unwrap();
        let drops = Drops::default();
        let handle = ExternRef::new(&mut store, drops.value());
        let weak = handle.downgrade();
        let other = weak.clone();
        assert!(ExternRef::ptr_eq(&weak.upgrade().unwrap(), &handle));
        table.set(&mut store, 0, val(&handle)).unwrap();
        drop(handle);
        store.gc();
        // Wasm alone holds it: it can be had back, and then lives without Wasm.
        let back = weak.upgrade().unwrap();
        assert!(same(table.get(&mut store, 0).unwrap(), &back));
        table.set(&mut store, 0, NULL).unwrap();
        store.gc();
        assert_eq!((drops.count(), store.gc_stats().live), (0, 0));
        drop(back);
        assert_eq!(drops.count(), 1);
        assert!(weak.upgrade().is_none());
        drop(weak);
        drop(store);
        assert!(other.upgrade().is_none() && other.clone().upgrade().is_none());
        assert_eq!(drops.count(), 1);
    });
}

/// A value that tries to get a handle of itself while it is dropped.
struct Phoenix {
    own: OnceLock<WeakExternRef>,
    rose: Arc<Mutex<Vec<bool>>>,
}

impl Drop for Phoenix {
    fn drop(&mut self) {
        let handle = self.own.get().unwrap().upgrade();
        self.rose.lock().unwrap().push(handle.is_some());
    }
}

/// A value that is being dropped cannot be had back, whoever drops it.
#[test]
fn nothing_rises_from_its_own_destructor() {
    where_counts_are_immediate(|_, engine| {
        let (mut store, instance) = instance(engine, KEEPER);
        let swap = instance
            .get_typed_func::<Option<ExternRef>, Option<ExternRef>>(&mut store, "swap")
            .unwrap();
        let table = instance.get_table(&mut store, "t").unwrap();
        let rose = Arc::new(Mutex::new(Vec::new()));
        let phoenix = |store: &mut Store<()>| {
            let handle =
                ExternRef::new(store, Phoenix { own: OnceLock::new(), rose: rose.clone() });
            let phoenix = handle.downcast_ref::<Phoenix>().unwrap();
            phoenix.own.set(handle.downgrade()).unwrap();
            handle
        };
        // By its last handle.
        drop(phoenix(&mut store));
        assert_eq!(*rose.lock().unwrap(), [false]);
        // By a collection.
        let value = phoenix(&mut store);
        swap.call(&mut store, Some(value)).unwrap();
        swap.call(&mut store, None).unwrap();
        store.gc();
        assert_eq!(rose.lock().unwrap().len(), 2);
        // By an instruction: the result of `swap` is the old element, so the host writes it.
        let value = phoenix(&mut store);
        table.set(&mut store, 1, val(&value)).unwrap();
        drop(value);
        store.gc();
        table.set(&mut store, 1, NULL).unwrap();
        assert_eq!(rose.lock().unwrap().len(), 3);
        // With its store.
        let value = phoenix(&mut store);
        table.set(&mut store, 1, val(&value)).unwrap();
        drop(value);
        drop(store);
        assert_eq!(*rose.lock().unwrap(), [false; 4]);
    });
}

/// A value is the same after a round trip, also when its object was freed and made anew.
#[test]
fn identity_survives_wasm_and_collections() {
    in_every_mode(|_, engine| {
        let (mut store, instance) = instance(engine, KEEPER);
        let f = instance.get_typed_func::<ExternRef, ExternRef>(&mut store, "same").unwrap();
        let one = ExternRef::new(&mut store, 1u32);
        let equal = ExternRef::new(&mut store, 1u32);
        assert!(!ExternRef::ptr_eq(&one, &equal));
        for freed in 0..5 {
            assert_eq!(store.gc_stats().freed, freed);
            let back = f.call(&mut store, one.clone()).unwrap();
            assert!(ExternRef::ptr_eq(&one, &back) && !ExternRef::ptr_eq(&one, &equal));
            assert_eq!(back.downcast_ref::<u32>(), Some(&1));
            assert!(back.downcast_ref::<i32>().is_none() && back.data().is::<u32>());
            assert_eq!(store.gc_stats().live, 1);
            store.gc();
            assert_eq!(store.gc_stats().live, 0, "handles are not in the heap");
            assert_eq!(one.strong_count(), 2);
        }
        assert_sound(&mut store);
    });
}

/// Host functions take handles out of Wasm and give them up while Wasm's frames wait.
#[test]
fn handles_come_and_go_while_wasm_runs() {
    in_every_mode(|_, engine| {
        let drops = Drops::default();
        let mut linker = Linker::<Vec<ExternRef>>::new(engine);
        let keep = |mut caller: Caller<'_, Vec<ExternRef>>, r: ExternRef| {
            caller.data_mut().push(r.clone());
            caller.data_mut().push(r);
        };
        linker.func_wrap("h", "keep", keep).unwrap();
        let forget = |mut caller: Caller<'_, Vec<ExternRef>>| {
            caller.data_mut().clear();
            caller.gc();
        };
        linker.func_wrap("h", "forget", forget).unwrap();
        let counter = drops.clone();
        linker.func_wrap("h", "drops", move || counter.count() as u32).unwrap();
        let make = drops.clone();
        let new = move |mut caller: Caller<'_, Vec<ExternRef>>| {
            let value = make.value();
            ExternRef::new(&mut caller, value)
        };
        linker.func_wrap("h", "new", new).unwrap();
        let wat = r#"(module (import "h" "keep" (func $keep (param externref)))
            (import "h" "forget" (func $forget)) (import "h" "drops" (func $drops (result i32)))
            (import "h" "new" (func $new (result externref)))
            (func (export "f") (result i32 i32 i32) (local $r externref)
              (local.set $r (call $new))
              (call $keep (local.get $r))
              ;; The host's handles go, the frame's reference stays.
              call $forget call $drops
              ;; The frame's reference goes, the host's handles stay.
              (call $keep (local.get $r)) (local.set $r (ref.null extern)) call $drops
              (call $keep (call $new)) call $forget call $drops))"#;
        let mut store = Store::new(engine, Vec::new());
        let instance = linker.instantiate(&mut store, &module(engine, wat)).unwrap();
        let f = instance.get_typed_func::<(), (u32, u32, u32)>(&mut store, "f").unwrap();
        assert_eq!(f.call(&mut store, ()).unwrap(), (0, 0, 2));
        assert_eq!(store.gc_stats().live, 0);
        assert_sound(&mut store);
    });
}

/// The last handle may go on any thread, and the store need not know.
#[test]
fn handles_go_on_other_threads() {
    in_every_mode(|_, engine| {
        let (mut store, instance) = instance(engine, KEEPER);
        let f = instance.get_typed_func::<ExternRef, ExternRef>(&mut store, "same").unwrap();
        let drops = Drops::default();
        let (send, receive) = mpsc::channel::<(ExternRef, WeakExternRef)>();
        let other = std::thread::spawn(move || receive.into_iter().for_each(drop));
        for _ in 0..1000 {
            let handle = ExternRef::new(&mut store, drops.value());
            let back = f.call(&mut store, handle.clone()).unwrap();
            send.send((back, handle.downgrade())).unwrap();
        }
        drop(send);
        other.join().unwrap();
        store.gc();
        assert_eq!((drops.count(), store.gc_stats().live), (1000, 0));
        // One that was never in the heap, made here and dropped there.
        let handle = ExternRef::new(&mut store, drops.value());
        std::thread::spawn(move || drop(handle)).join().unwrap();
        assert_eq!(drops.count(), 1001);
        assert_sound(&mut store);
    });
}

/// Threads clone, upgrade and drop handles while the store passes them around and collects:
/// each value is dropped once.
#[test]
fn handles_are_counted_right_under_contention() {
    in_every_mode(|stress, engine| {
        let (mut store, instance) = instance(engine, KEEPER);
        let f = instance.get_typed_func::<ExternRef, ExternRef>(&mut store, "same").unwrap();
        let drops = Drops::default();
        let handles: Vec<_> = (0..8).map(|_| ExternRef::new(&mut store, drops.value())).collect();
        let weak: Vec<_> = handles.iter().map(ExternRef::downgrade).collect();
        let rounds = if stress { 500 } else { 5000 };
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    for i in 0..rounds {
                        let handle = handles[i % 8].clone();
                        let again = weak[i % 8].clone().upgrade().unwrap();
                        assert!(ExternRef::ptr_eq(&handle, &again));
                    }
                });
            }
            for i in 0..rounds {
                let back = f.call(&mut store, handles[i % 8].clone()).unwrap();
                assert!(ExternRef::ptr_eq(&back, &handles[i % 8]));
                if i % 64 == 0 {
                    store.gc();
                }
            }
        });
        assert_eq!(drops.count(), 0);
        // All threads give up at once.
        std::thread::scope(|scope| {
            for handle in handles {
                let [weak, other] = [handle.downgrade(), handle.downgrade()];
                let clone = handle.clone();
                scope.spawn(move || drop(handle));
                scope.spawn(move || drop(clone));
                scope.spawn(move || while weak.upgrade().is_some() {});
                scope.spawn(move || drop(other.upgrade()));
            }
            // The heap's own handles go with the collection.
            store.gc();
        });
        assert_eq!(drops.count(), 8);
        assert!(weak.iter().all(|w| w.upgrade().is_none()));
        assert_sound(&mut store);
    });
}

thread_local! {
    static HELD: RefCell<Vec<ExternRef>> = const { RefCell::new(Vec::new()) };
}

/// A value that holds another.
struct Holder(#[allow(dead_code)] Counted, #[allow(dead_code)] Option<ExternRef>);

/// Handles in a thread's own storage go with the thread, and take others with them.
#[test]
fn handles_go_when_their_thread_ends() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let drops = Drops::default();
    // Held before and after the thread first drops a value.
    for early in [true, false] {
        let before = drops.count();
        let mut chain = None;
        for _ in 0..10 {
            chain = Some(ExternRef::new(&mut store, Holder(drops.value(), chain)));
        }
        let other = ExternRef::new(&mut store, Holder(drops.value(), None));
        let use_thread = move || {
            if early {
                HELD.with_borrow_mut(|held| held.extend(chain));
                drop(other);
            } else {
                drop(other);
                HELD.with_borrow_mut(|held| held.extend(chain));
            }
        };
        std::thread::spawn(use_thread).join().unwrap();
        assert_eq!(drops.count() - before, 11);
    }
}
