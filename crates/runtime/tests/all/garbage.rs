//! Garbage in many shapes, each with cycles: after `gc()` nothing of it is alive, its host values are dropped once,
//! and memory does not grow however much of it is made. A large heap works, and its limit is an error. All of it is so
//! with each collector.
//!
//! The tests that are ignored do the same with 100 million allocations and with 3 GiB, and print figures:
//! `cargo test --release -p touchstone-runtime --test all garbage -- --ignored --nocapture --test-threads 1`.

use crate::gc_support::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use touchstone_runtime::*;

const SHAPES: [&str; 4] = ["ring", "chain", "tree", "graph"];

/// A store with the program, and how its host values fare.
struct Made {
    store: Store<()>,
    instance: Instance,
    made: Arc<AtomicUsize>,
    dropped: Drops,
}

fn made(engine: &Engine) -> Made {
    let (made, dropped) = (Arc::new(AtomicUsize::new(0)), Drops::default());
    let mut linker = Linker::new(engine);
    let (count, drops) = (made.clone(), dropped.clone());
    let value = move |mut caller: Caller<'_, ()>| -> Option<ExternRef> {
        count.fetch_add(1, Ordering::SeqCst);
        Some(ExternRef::new(&mut caller, drops.value()))
    };
    linker.func_wrap("host", "value", value).unwrap();
    let module = module(engine, include_str!("garbage.wat"));
    let mut store = Store::new(engine, ());
    let instance = linker.instantiate(&mut store, &module).unwrap();
    Made { store, instance, made, dropped }
}

impl Made {
    fn call<P: WasmParams, R: WasmResults>(&mut self, name: &str, args: P) -> Result<R> {
        let func = self.instance.get_typed_func::<P, R>(&mut self.store, name).unwrap();
        func.call(&mut self.store, args)
    }

    /// After a collection nothing is alive, and each host value was dropped.
    fn nothing_is_alive(&mut self, what: &str) {
        self.store.gc();
        let stats = self.store.gc_stats();
        assert_eq!((stats.live, stats.live_bytes), (0, 0), "{what}");
        assert_eq!(self.dropped.count(), self.made.load(Ordering::SeqCst), "{what}");
        assert_eq!((stats.skipped, stats.last_doubt), (0, None), "{what}");
        self.store.verify_heap().unwrap();
    }

    /// Makes all shapes, so many times, and says how many bytes the store has afterwards.
    fn churn(&mut self, rounds: i32, parts: i32) -> u64 {
        self.call::<_, ()>("all", (rounds, parts)).unwrap();
        self.store.memory_use().resident_bytes()
    }
}

#[test]
fn nothing_is_left_of_any_shape() {
    in_every_mode(|stress, engine| {
        let mut made = made(engine);
        for shape in SHAPES {
            // In stress mode each call of the host collects.
            let sizes: &[i32] = if stress { &[1, 2, 40] } else { &[1, 2, 3, 17, 1000, 5000] };
            for size in sizes {
                made.call::<_, ()>(shape, (*size,)).unwrap();
                made.nothing_is_alive(&format!("{shape} of {size}"));
            }
        }
    });
}

#[test]
fn cycles_do_not_accumulate() {
    COLLECTORS.into_iter().for_each(cycles_do_not_accumulate_with);
}

fn cycles_do_not_accumulate_with(collector: Collector) {
    let mut made = made(&engine_of(collector, false));
    let mut most = 0;
    for _ in 0..10 {
        most = most.max(made.churn(200, 100));
    }
    let allocated = made.store.gc_stats().allocated_bytes;
    assert!(allocated > 10 << 20, "{allocated} bytes are too few to tell");
    assert!(most < 48 << 20, "{most} bytes were alive although all is garbage");
    made.nothing_is_alive("all shapes");
}

#[test]
fn at_the_limit_allocation_fails_and_works_again() {
    COLLECTORS.into_iter().for_each(at_the_limit_allocation_fails_and_works_again_with);
}

fn at_the_limit_allocation_fails_and_works_again_with(collector: Collector) {
    let mut made = made(&engine_of(collector, false));
    made.store.limit(StoreLimits::new().total_bytes(4 << 20));
    let error = made.call::<_, ()>("keep", (1 << 20,)).unwrap_err();
    assert!(matches!(error, Error::Resource(_)), "{error:?}");
    assert!(made.call::<_, i64>("kept", ()).unwrap() > 0, "what was made before is there");
    made.call::<_, ()>("let-go", ()).unwrap();
    made.call::<_, ()>("keep", (10_000,)).unwrap();
    assert_eq!(made.call::<_, i64>("kept", ()).unwrap(), 10_000 * 10_001 / 2);
    made.call::<_, ()>("let-go", ()).unwrap();
    made.nothing_is_alive("the list");
}

/// The kilobytes of this process that are in memory, now or at most, as the kernel says.
#[cfg(target_os = "linux")]
fn kilobytes(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap();
    line.trim_start_matches(':').trim_end_matches("kB").trim().parse().unwrap()
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "makes 100 million objects, which takes a minute in a release build"]
fn a_hundred_million_objects_of_garbage() {
    a_hundred_million_objects_of_garbage_with(Collector::Counting);
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "makes 100 million objects, which takes a minute in a release build"]
fn a_hundred_million_objects_of_garbage_coalescing() {
    a_hundred_million_objects_of_garbage_with(Collector::Coalescing);
}

#[cfg(target_os = "linux")]
fn a_hundred_million_objects_of_garbage_with(collector: Collector) {
    println!("{collector:?}");
    let mut made = made(&engine_of(collector, false));
    let mut most = 0;
    for tenth in 1..=10 {
        // A round of 1,000 parts makes more than 5,000 objects, host values not counted.
        most = most.max(made.churn(2000, 1000));
        let stats = made.store.gc_stats();
        println!(
            "{tenth:2} tenths: {:5} MB allocated, {} objects freed, {:4} MB of objects before a collection, process {} MB (at most {} MB)",
            stats.allocated_bytes / 1_000_000,
            stats.freed,
            most / 1_000_000,
            kilobytes("VmRSS") / 1000,
            kilobytes("VmHWM") / 1000,
        );
    }
    assert!(most < 64 << 20, "{most}");
    made.nothing_is_alive("all shapes");
    let stats = made.store.gc_stats();
    match collector {
        Collector::Counting => assert!(stats.freed >= 100_000_000, "{stats:?}"),
        // It does not count what dies young. A hundred million objects have 31 bytes each, as above.
        Collector::Coalescing => assert!(stats.allocated_bytes >= 3_100_000_000, "{stats:?}"),
    }
    println!("pauses: {:?}", made.store.gc_pauses());
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs 4 GiB of memory"]
fn three_gibibytes_are_alive() {
    three_gibibytes_are_alive_with(Collector::Counting);
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "needs 4 GiB of memory"]
fn three_gibibytes_are_alive_coalescing() {
    three_gibibytes_are_alive_with(Collector::Coalescing);
}

#[cfg(target_os = "linux")]
fn three_gibibytes_are_alive_with(collector: Collector) {
    println!("{collector:?}");
    let mut made = made(&engine_of(collector, false));
    let (mut cells, mut sum) = (0_i64, 0_i64);
    while made.store.gc_stats().live_bytes < 3 << 30 {
        made.call::<_, ()>("keep", (1 << 20,)).unwrap();
        cells += 1 << 20;
        sum += (1 << 20) * ((1 << 20) + 1) / 2;
    }
    made.store.gc();
    let stats = made.store.gc_stats();
    println!(
        "{cells} cells, {} bytes alive, process {} MB",
        stats.live_bytes,
        kilobytes("VmRSS") / 1000
    );
    assert!(stats.live_bytes >= 3 << 30);
    assert_eq!(made.call::<_, i64>("kept", ()).unwrap(), sum);
    // All that 32 bits can tell apart is 4 GiB: the heap is full before the list has so many cells more.
    let error = made.call::<_, ()>("keep", (1 << 28,)).unwrap_err();
    println!("{error}; {} bytes alive then", made.store.gc_stats().live_bytes);
    assert!(matches!(error, Error::Resource(_)), "{error:?}");
    made.call::<_, ()>("let-go", ()).unwrap();
    made.nothing_is_alive("the list");
    made.call::<_, ()>("keep", (1000,)).unwrap();
    assert_eq!(made.call::<_, i64>("kept", ()).unwrap(), 500_500);
    println!("pauses: {:?}", made.store.gc_pauses());
}
