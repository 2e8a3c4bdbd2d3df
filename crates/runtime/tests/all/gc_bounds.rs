//! Nobody asks for collections here: what is alive stays bounded all the same, and the same
//! program always does the same.

use crate::gc_support::*;
use std::sync::{Arc, Mutex};
use touchstone_runtime::*;

const COUNT: usize = 100_000;

const LOOPS: &str = r#"(module (import "h" "new" (func $new (result externref)))
    (table $t (export "t") 64 externref) (table $big (export "big") 20000 externref)
    (global $g (mut externref) (ref.null extern))
    (func (export "pass") (param externref) (result externref) (local.get 0))
    (func (export "keep") (param i32 externref)
      (table.set $t (i32.rem_u (local.get 0) (i32.const 64)) (local.get 1)))
    (func $make (export "make") (param i32)
      (loop $again
        (global.set $g (call $new))
        (table.set $t (i32.rem_u (local.get 0) (i32.const 64)) (global.get $g))
        (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
    (func (export "read") (param i32)
      (loop $again
        (drop (table.get $big (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (br_if $again (local.get 0))))
    (func $plain (export "plain") (param i32 i32)
      (if (local.get 0)
        (then (call $plain (i32.sub (local.get 0) (i32.const 1)) (local.get 1)))
        (else (call $make (local.get 1)))))
    (func $deep (export "deep") (param i32 i32 externref) (result externref)
      (if (local.get 0)
        (then (drop (call $deep (i32.sub (local.get 0) (i32.const 1)) (local.get 1) (call $new))))
        (else (call $make (local.get 1))))
      (local.get 2)))"#;

fn loops(engine: &Engine) -> (Store<Drops>, Instance, Drops) {
    let mut linker = Linker::<Drops>::new(engine);
    let new = |mut caller: Caller<'_, Drops>| {
        let value = caller.data().value();
        ExternRef::new(&mut caller, value)
    };
    linker.func_wrap("h", "new", new).unwrap();
    let drops = Drops::default();
    let mut store = Store::new(engine, drops.clone());
    let instance = linker.instantiate(&mut store, &module(engine, LOOPS)).unwrap();
    (store, instance, drops)
}

/// At most this many objects wait in the activations table where few are in use.
const BOUND: u64 = 2048;

/// At most this many host values wait for a collection, and so many collections there are at least and at most, with
/// `COUNT` values.
fn bounds(collector: Collector) -> (u64, std::ops::Range<u64>) {
    match collector {
        // Neither too few collections, nor one every few values.
        Collector::Counting => (BOUND + 64, 50..200),
        Collector::Coalescing => (8192 + 64, 10..20),
    }
}

/// The host makes a hundred thousand values, passes each to Wasm and forgets it.
#[test]
fn a_host_loop_stays_bounded() {
    for collector in COLLECTORS {
        let (most, often) = bounds(collector);
        let (mut store, instance, drops) = loops(&engine_of(collector, false));
        let pass = instance.get_typed_func::<ExternRef, ExternRef>(&mut store, "pass").unwrap();
        let keep = instance.get_typed_func::<(i32, ExternRef), ()>(&mut store, "keep").unwrap();
        for i in 0..COUNT {
            let handle = ExternRef::new(&mut store, drops.value());
            let back = pass.call(&mut store, handle).unwrap();
            if i % 2 == 0 {
                keep.call(&mut store, (i as i32, back)).unwrap();
            }
            assert!((i - drops.count()) as u64 <= most);
        }
        let stats = store.gc_stats();
        assert!(stats.live <= most && stats.table_high_water <= BOUND, "{stats:?}");
        assert!(often.contains(&stats.collections), "{stats:?}");
        store.release_references();
        assert_eq!((drops.count(), store.gc_stats().live), (COUNT, 0));
        assert_sound(&mut store);
    }
}

/// Wasm does it in one call, and never goes back to the host that called it.
#[test]
fn a_guest_loop_stays_bounded() {
    for collector in COLLECTORS {
        let (most, often) = bounds(collector);
        let (mut store, instance, drops) = loops(&engine_of(collector, false));
        let make = instance.get_typed_func::<i32, ()>(&mut store, "make").unwrap();
        make.call(&mut store, COUNT as i32).unwrap();
        let stats = store.gc_stats();
        assert!(stats.live <= most && stats.table_high_water <= BOUND, "{stats:?}");
        assert!(often.contains(&stats.collections), "{stats:?}");
        assert!((COUNT - drops.count()) as u64 <= most);
        store.release_references();
        assert_eq!(drops.count(), COUNT);
        assert_sound(&mut store);
    }
}

/// References that are only read join the activations table too, and leave it.
#[test]
fn reading_a_large_table_stays_bounded() {
    let (mut store, instance, drops) = loops(&engine(false));
    let big = instance.get_table(&mut store, "big").unwrap();
    for i in 0..20_000 {
        let handle = ExternRef::new(&mut store, drops.value());
        big.set(&mut store, i, val(&handle)).unwrap();
    }
    let read = instance.get_typed_func::<i32, ()>(&mut store, "read").unwrap();
    for _ in 0..10 {
        read.call(&mut store, 20_000).unwrap();
    }
    let stats = store.gc_stats();
    assert_eq!((stats.live, drops.count()), (20_000, 0));
    assert!(stats.table_high_water <= BOUND && stats.collections < 500, "{stats:?}");
    store.release_references();
    assert_eq!(drops.count(), 20_000);
    assert_sound(&mut store);
}

/// An engine whose stack holds 5000 frames wherever frames are largest.
fn roomy() -> Engine {
    Engine::new(Config::new().max_wasm_stack(3 << 19)).unwrap()
}

/// Where the stack is deep each collection costs more, so they come less often.
#[test]
fn a_deep_stack_does_not_make_collections_frequent() {
    let levels = 5000;
    let (mut store, instance, drops) = loops(&roomy());
    let deep = instance.get_typed_func::<(i32, i32, ExternRef), ExternRef>(&mut store, "deep");
    let handle = ExternRef::new(&mut store, drops.value());
    let back = deep.unwrap().call(&mut store, (levels, COUNT as i32, handle.clone())).unwrap();
    assert!(ExternRef::ptr_eq(&back, &handle));
    drop((back, handle));
    let stats = store.gc_stats();
    assert!(stats.table_high_water <= 4 * levels as u64, "{stats:?}");
    // Walking costs no more than a few frames for each value made.
    assert!(stats.walked_frames <= 4 * COUNT as u64, "{stats:?}");
    store.release_references();
    assert_eq!(drops.count(), COUNT + levels as usize + 1);
    assert_sound(&mut store);
}

/// The same where the frames hold no references: there is as much to walk.
#[test]
fn a_deep_stack_without_references_does_not_either() {
    let (mut store, instance, _) = loops(&roomy());
    let plain = instance.get_typed_func::<(i32, i32), ()>(&mut store, "plain").unwrap();
    plain.call(&mut store, (5000, COUNT as i32)).unwrap();
    let stats = store.gc_stats();
    assert!((5000..=4 * COUNT as u64).contains(&stats.walked_frames), "{stats:?}");
    assert_sound(&mut store);
}

/// Large values make collections come sooner: memory stays bounded, not only numbers.
#[test]
fn large_values_stay_bounded() {
    #[allow(dead_code, reason = "its size is what counts")]
    struct Large(Counted, [u8; 64 << 10]);
    let (mut store, instance, drops) = loops(&roomy());
    let pass = instance.get_typed_func::<ExternRef, ExternRef>(&mut store, "pass").unwrap();
    let count = 5000;
    for i in 0..count {
        let handle = ExternRef::new(&mut store, Large(drops.value(), [1; _]));
        pass.call(&mut store, handle).unwrap();
        let alive = i + 1 - drops.count();
        assert!(alive * size_of::<Large>() <= 20 << 20, "{alive} values");
    }
    let stats = store.gc_stats();
    assert!((10..100).contains(&stats.collections), "{stats:?}");
    store.gc();
    assert_eq!(drops.count(), count);
    // Values that Wasm never sees go with their handles: no collection is needed for them.
    let before = store.gc_stats();
    for _ in 0..100 {
        drop(ExternRef::new(&mut store, Large(drops.value(), [1; _])));
    }
    assert_eq!(drops.count(), count + 100);
    assert_eq!(store.gc_stats(), before);
    assert_sound(&mut store);
}

/// Notes in which order values are dropped.
struct Noted(u32, Arc<Mutex<Vec<u32>>>);

impl Drop for Noted {
    fn drop(&mut self) {
        self.1.lock().unwrap().push(self.0);
    }
}

/// Runs a program of `steps` pseudo-random steps; gives the order of drops, with a mark at each
/// step, and the collector's numbers.
fn program(engine: &Engine, steps: u32) -> (Vec<u32>, Vec<GcStats>) {
    const MARK: u32 = u32::MAX;
    let notes = Arc::new(Mutex::new(Vec::new()));
    let (mut store, instance, _) = loops(engine);
    let pass = instance.get_typed_func::<ExternRef, ExternRef>(&mut store, "pass").unwrap();
    let keep = instance.get_typed_func::<(i32, ExternRef), ()>(&mut store, "keep").unwrap();
    let make = instance.get_typed_func::<i32, ()>(&mut store, "make").unwrap();
    let [small, big] = ["t", "big"].map(|name| instance.get_table(&mut store, name).unwrap());
    let (mut handles, mut all) = (Vec::new(), Vec::new());
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for step in 0..steps {
        // A generator of pseudo-random numbers (xorshift).
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let (kind, at) = (random % 16, random >> 8 & 63);
        let handle = ExternRef::new(&mut store, Noted(step, notes.clone()));
        match kind {
            0..4 => drop(pass.call(&mut store, handle).unwrap()),
            4..7 => keep.call(&mut store, (at as i32, handle)).unwrap(),
            7 => handles.push(handle),
            8 => drop(handles.drain(..handles.len() / 2)),
            9 => small.fill(&mut store, at / 2, val(&handle), at / 2).unwrap(),
            10 => Table::copy(&mut store, &big, at * 7, &small, 0, 64).unwrap(),
            11 => Table::copy(&mut store, &small, 0, &big, at * 7, 64).unwrap(),
            12 => big.fill(&mut store, at * 7, NULL, 200).unwrap(),
            13 => make.call(&mut store, 20).unwrap(),
            14 if at == 0 => store.gc(),
            _ => drop(handle),
        }
        notes.lock().unwrap().push(MARK);
        if step % 100 == 0 {
            all.push(store.gc_stats());
        }
    }
    store.verify_heap().unwrap();
    all.push(store.gc_stats());
    drop(store);
    drop(handles);
    let order = std::mem::take(&mut *notes.lock().unwrap());
    assert_eq!(order.iter().filter(|n| **n != MARK).count(), steps as usize);
    (order, all)
}

/// The same program drops the same values in the same order at the same steps, and the collector
/// counts the same, in whatever engine and on whatever thread.
#[test]
fn collections_are_deterministic() {
    in_every_mode(|stress, engine| {
        let steps = if stress { 3000 } else { 30_000 };
        let first = program(engine, steps);
        assert!(first.1.last().unwrap().collections > 10);
        assert_eq!(program(engine, steps), first);
        let other = Engine::new(engine.config()).unwrap();
        let second = std::thread::spawn(move || program(&other, steps)).join().unwrap();
        assert_eq!(second, first);
    });
}
