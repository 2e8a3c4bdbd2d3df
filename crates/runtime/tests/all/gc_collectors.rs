//! Both collectors run the same programs: whenever the host asks for a collection, what is alive and what was dropped
//! is the same. In between they may differ, as one frees at once what the other frees in its collections.
//!
//! `TOUCHSTONE_HISTORIES` sets how many programs are tried.

use crate::gc_support::*;
use std::sync::{Arc, Mutex};
use touchstone_runtime::*;

/// A table of structures and arrays, which hold each other and values of the host.
const PROGRAM: &str = r#"(module
    (import "host" "collect" (func $collect))
    (type $node (sub (struct
        (field $a (mut anyref)) (field $b (mut anyref)) (field $value (mut externref)))))
    (type $list (array (mut anyref)))
    (table $slots 8 anyref)
    (table $values 8 externref)
    (global $last (mut anyref) (ref.null any))
    (func $node (param i32) (result (ref null $node))
        (drop (block $no (result anyref)
            (return (br_on_cast_fail $no anyref (ref $node) (table.get $slots (local.get 0))))))
        (ref.null $node))
    (func $list (param i32) (result (ref null $list))
        (drop (block $no (result anyref)
            (return (br_on_cast_fail $no anyref (ref $list) (table.get $slots (local.get 0))))))
        (ref.null $list))
    (func (export "node") (param $to i32) (param $a i32) (param $value externref)
        (table.set $slots (local.get $to)
            (struct.new $node (table.get $slots (local.get $a)) (ref.null any) (local.get $value))))
    (func (export "default") (param $to i32) (param i32) (param externref)
        (table.set $slots (local.get $to) (struct.new_default $node)))
    (func (export "pair") (param $to i32) (param $a i32) (param $value externref)
        (table.set $slots (local.get $to)
            (array.new_fixed $list 3
                (table.get $slots (local.get $a))
                (any.convert_extern (local.get $value))
                (ref.i31 (local.get $a)))))
    (func (export "list") (param $to i32) (param $a i32) (param externref)
        (table.set $slots (local.get $to)
            (array.new $list (table.get $slots (local.get $a))
                (i32.shl (i32.const 1) (i32.shl (local.get $a) (i32.const 1))))))
    (func (export "link") (param $to i32) (param $a i32) (param $value externref)
        (local $node (ref null $node)) (local $list (ref null $list))
        (local.set $node (call $node (local.get $to)))
        (if (i32.eqz (ref.is_null (local.get $node)))
            (then
                (struct.set $node $a (local.get $node) (table.get $slots (local.get $a)))
                (struct.set $node $value (local.get $node) (local.get $value)))
            (else
                (local.set $list (call $list (local.get $to)))
                (if (i32.eqz (ref.is_null (local.get $list)))
                    (then
                        (array.set $list (local.get $list)
                            (i32.rem_u (local.get $a) (array.len (local.get $list)))
                            (table.get $slots (local.get $a))))))))
    (func (export "fill") (param $to i32) (param $a i32) (param $value externref)
        (local $list (ref null $list))
        (local.set $list (call $list (local.get $to)))
        (if (i32.eqz (ref.is_null (local.get $list)))
            (then
                (array.fill $list (local.get $list) (i32.const 0) (any.convert_extern (local.get $value))
                    (array.len (local.get $list))))))
    (func (export "cross") (param $to i32) (param $a i32) (param externref)
        (local $node (ref null $node))
        (local.set $node (call $node (local.get $a)))
        (if (i32.eqz (ref.is_null (local.get $node)))
            (then
                (struct.set $node $b (local.get $node) (table.get $slots (local.get $to)))
                (global.set $last (local.get $node)))))
    (func (export "let-go") (param $to i32) (param i32) (param externref)
        (table.set $slots (local.get $to) (ref.null any)))
    (func (export "forget") (param i32) (param i32) (param externref)
        (global.set $last (ref.null any)))
    (func (export "value") (param $to i32) (param i32) (param $value externref)
        (table.set $values (local.get $to) (local.get $value)))
    ;; The frame alone holds a list of young nodes while it collects, which then goes on to hold a slot's node.
    (func (export "collect") (param $to i32) (param $a i32) (param $value externref)
        (local $node (ref null $node))
        (local.set $node (struct.new $node
            (struct.new $node (table.get $slots (local.get $a)) (ref.null any) (local.get $value))
            (ref.null any) (ref.null extern)))
        (call $collect)
        (struct.set $node $b (local.get $node) (table.get $slots (local.get $to)))
        (table.set $slots (local.get $a) (local.get $node))))"#;

/// What the program can do. A third of its steps makes something.
const STEPS: [&str; 12] = [
    "node", "default", "pair", "list", "link", "fill", "cross", "let-go", "forget", "value",
    "collect", "node",
];

/// Notes its number when it is dropped.
struct Numbered(u32, Arc<Mutex<Vec<u32>>>);

impl Drop for Numbered {
    fn drop(&mut self) {
        self.1.lock().unwrap().push(self.0);
    }
}

/// One collector with the program.
struct Side {
    collector: Collector,
    store: Store<()>,
    instance: Instance,
    dropped: Arc<Mutex<Vec<u32>>>,
}

impl Side {
    fn new(collector: Collector, engine: &Engine) -> Side {
        let mut linker = Linker::new(engine);
        linker.func_wrap("host", "collect", |mut caller: Caller<'_, ()>| caller.gc()).unwrap();
        let mut store = Store::new(engine, ());
        let instance = linker.instantiate(&mut store, &module(engine, PROGRAM)).unwrap();
        Side { collector, store, instance, dropped: Arc::default() }
    }

    fn step(&mut self, name: &str, to: i32, from: i32, number: Option<u32>) {
        let func = self
            .instance
            .get_typed_func::<(i32, i32, Option<ExternRef>), ()>(&mut self.store, name);
        let value = number
            .map(|number| ExternRef::new(&mut self.store, Numbered(number, self.dropped.clone())));
        func.unwrap().call(&mut self.store, (to, from, value)).unwrap();
        self.store.verify_heap().unwrap();
    }

    /// Collects, and says how many objects are alive and which values were dropped until now.
    fn collected(&mut self) -> (u64, Vec<u32>) {
        let before = self.dropped.lock().unwrap().len();
        self.store.gc();
        self.store.verify_heap().unwrap();
        let stats = self.store.gc_stats();
        assert_eq!((stats.skipped, stats.last_doubt), (0, None));
        let mut dropped = self.dropped.lock().unwrap().clone();
        if self.collector == Collector::Coalescing {
            assert!(dropped[before..].is_sorted(), "values are dropped in the order they entered");
        }
        dropped.sort_unstable();
        (stats.live, dropped)
    }
}

/// Runs one program of random steps with both collectors.
fn history(engines: &[Engine; 2], seed: u64) {
    let [counting, coalescing] = engines;
    let mut sides =
        [Side::new(Collector::Counting, counting), Side::new(Collector::Coalescing, coalescing)];
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut random = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) % below
    };
    for number in 0..60 {
        let step = STEPS[random(STEPS.len() as u64) as usize];
        let (to, from) = (random(8) as i32, random(8) as i32);
        let number = (random(3) > 0).then_some(number);
        sides.iter_mut().for_each(|side| side.step(step, to, from, number));
        if random(6) == 0 {
            let [counting, coalescing] = sides.each_mut().map(Side::collected);
            assert_eq!(counting, coalescing, "history {seed}");
        }
    }
    sides.iter_mut().for_each(|side| side.store.release_references());
    let [counting, coalescing] = sides.each_mut().map(Side::collected);
    assert_eq!(counting, coalescing, "history {seed}");
    assert_eq!(counting.0, 0);
}

#[test]
fn both_collectors_free_the_same() {
    let count = std::env::var("TOUCHSTONE_HISTORIES").ok().and_then(|n| n.parse().ok());
    for stress in [false, true] {
        let engines = COLLECTORS.map(|collector| engine_of(collector, stress));
        let count = count.unwrap_or(if stress { 50 } else { 300 });
        (0..count).for_each(|seed| history(&engines, seed));
    }
}

/// Code that was compiled for one collector is not used with the other.
#[test]
fn modules_are_for_one_collector() {
    let [counting, coalescing] = COLLECTORS.map(|collector| engine_of(collector, false));
    let bytes = module(&counting, PROGRAM).serialize().unwrap();
    // SAFETY: the bytes are those of a module that this engine's build serialized.
    let refused = unsafe { Module::deserialize(&coalescing, &bytes) };
    assert!(refused.is_err());
}

/// An allocating loop whose objects all die never makes the heap larger than what is young.
#[test]
fn the_young_dead_cost_no_memory() {
    let engine = engine_of(Collector::Coalescing, false);
    let (mut store, instance) = instance(
        &engine,
        r#"(module
            (type $pair (struct (field (mut (ref null $pair))) (field (mut i32))))
            (func (export "churn") (param $n i32) (result i32)
                (local $last (ref null $pair)) (local $sum i32)
                (loop $more
                    (local.set $last (struct.new $pair (ref.null $pair) (local.get $n)))
                    (local.set $sum (i32.add (local.get $sum)
                        (struct.get $pair 1 (local.get $last))))
                    (br_if $more (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                (local.get $sum)))"#,
    );
    let churn = instance.get_typed_func::<i32, i32>(&mut store, "churn").unwrap();
    assert_eq!(churn.call(&mut store, 6_000_000).unwrap(), (6_000_000u64 * 6_000_001 / 2) as i32);
    let stats = store.gc_stats();
    assert_eq!(stats.allocated_bytes, 6_000_000 * 16);
    assert!(stats.collections >= 5 && stats.live_bytes <= 17 << 20, "{stats:?}");
    assert!(store.memory_use().resident_bytes() < 32 << 20);
    store.gc();
    assert_eq!(store.gc_stats().live, 0);
}

/// In stress mode, every second hole has room for several objects, which compiled code makes by itself.
#[test]
fn compiled_code_makes_objects_under_stress_too() {
    let engine = engine_of(Collector::Coalescing, true);
    let (mut store, instance) = instance(
        &engine,
        r#"(module
            (type $pair (struct (field (ref null $pair)) (field i32)))
            (func (export "make") (param $n i32) (result i32)
                (local $last (ref null $pair)) (local $sum i32)
                (loop $more
                    (local.set $last (struct.new_default $pair))
                    (local.set $sum (i32.add (local.get $sum) (struct.get $pair 1 (local.get $last))))
                    (local.set $last (struct.new $pair (struct.get $pair 0 (local.get $last)) (i32.const 1)))
                    (local.set $sum (i32.add (local.get $sum) (struct.get $pair 1 (local.get $last))))
                    (br_if $more (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                (local.get $sum)))"#,
    );
    let make = instance.get_typed_func::<i32, i32>(&mut store, "make").unwrap();
    assert_eq!(make.call(&mut store, 600).unwrap(), 600);
    store.verify_heap().unwrap();
    let stats = store.gc_stats();
    assert_eq!((stats.allocated_bytes, stats.skipped), (1200 * 16, 0));
    // The runtime collects twice before it makes an object.
    let by_runtime = stats.collections / 2;
    assert!((400..=700).contains(&by_runtime), "{stats:?}");
}

/// A reference that a stack map lacks is noticed, although compiled code casts it, reads it and passes it on.
#[test]
fn a_stale_reference_is_a_doubt_and_no_crash() {
    let mut config = Config::new();
    config.collector(Collector::Coalescing).gc_stress(true);
    config.plant_failure(Some(PlantedFailure::StackMaps));
    let engine = Engine::new(&config).unwrap();
    let (mut store, instance) = instance(
        &engine,
        r#"(module
            (type $base (sub (struct (field (mut (ref null any))) (field i32))))
            (type $pair (sub $base (struct (field (mut (ref null any))) (field i32))))
            (global $kept (mut anyref) (ref.null any))
            (func (export "keep") (result i32)
                (local $a (ref $base)) (local $b (ref null $base)) (local $kind i32)
                (local.set $a (struct.new $pair (ref.null any) (i32.const 7)))
                (loop $more
                    (local.set $b (struct.new $base (local.get $b) (i32.const 8)))
                    (br_if $more (i32.lt_u
                        (local.tee $kind (i32.add (local.get $kind) (i32.const 1))) (i32.const 9))))
                (local.set $kind (i32.add
                    (ref.test (ref $pair) (local.get $a)) (ref.test (ref $pair) (local.get $b))))
                (drop (ref.test (ref $pair) (struct.get $base 0 (local.get $a))))
                (struct.set $base 0 (local.get $a) (local.get $b))
                (global.set $kept (local.get $a))
                (local.get $kind)))"#,
    );
    let keep = instance.get_typed_func::<(), i32>(&mut store, "keep").unwrap();
    keep.call(&mut store, ()).unwrap();
    store.gc();
    let stats = store.gc_stats();
    assert!(stats.skipped > 0 && stats.last_doubt.is_some(), "{stats:?}");
    assert!(store.verify_heap().is_err());
}

/// What compiled code and the runtime do with a stale reference ends a call at most, and is no crash: reading far beyond
/// what was an array, calling what is left of a function reference, and throwing what was an exception.
#[test]
fn stale_references_end_calls_and_not_the_process() {
    const WAT: &str = r#"(module
        (type $numbers (array (mut i32)))
        (type $f (func (result i32)))
        (type $holder (struct (field (ref null $f))))
        (tag $tag)
        (func $one (result i32) (i32.const 1))
        (elem declare func $one)
        (func $many
            (local $n i32)
            (loop $more
                (drop (array.new $numbers (i32.const 0) (i32.const 9)))
                (br_if $more (i32.lt_u
                    (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 9)))))
        (func (export "element") (param $at i32) (result i32)
            (local $a (ref $numbers))
            (local.set $a (array.new $numbers (i32.const 5) (i32.const 8)))
            (call $many)
            (array.get $numbers (local.get $a) (local.get $at)))
        (func (export "function") (result i32)
            (local $a (ref $holder))
            (local.set $a (struct.new $holder (ref.func $one)))
            (call $many)
            (call_ref $f (struct.get $holder 0 (local.get $a))))
        (func (export "exception") (result i32)
            (local $e exnref)
            (block $caught (result exnref)
                (try_table (catch_all_ref $caught) (throw $tag))
                (unreachable))
            (local.set $e)
            (call $many)
            (throw_ref (local.get $e))))"#;
    for collector in COLLECTORS {
        for stress in [true, false] {
            let mut config = Config::new();
            config.collector(collector).gc_stress(stress);
            config.plant_failure(Some(PlantedFailure::StackMaps));
            let engine = Engine::new(&config).unwrap();
            for (name, args) in [
                ("element", &[Val::I32(0x3000_0000)][..]),
                ("element", &[Val::I32(0x7000_0000)]),
                ("element", &[Val::I32(-1)]),
                ("function", &[]),
                ("exception", &[]),
            ] {
                let (mut store, instance) = instance(&engine, WAT);
                let function = instance.get_func(&mut store, name).unwrap();
                let call = || function.call(&mut store, args, &mut [Val::I32(0)]);
                let called = std::panic::catch_unwind(std::panic::AssertUnwindSafe(call));
                eprintln!("{collector:?}, stress {stress}, {name}: {called:?}");
                store.gc();
                let stats = store.gc_stats();
                let noticed = stats.skipped > 0 || store.verify_heap().is_err();
                let ended = called.map_or(true, |result| result.is_err());
                assert!(noticed || ended || !stress);
            }
        }
    }
}
