//! Interrupts, and limits on what a store may allocate.

use std::time::Duration;
use touchstone_runtime::*;

fn instance(engine: &Engine, store: &mut Store<()>, wat: &str) -> Instance {
    let module = Module::new(engine, wat::parse_str(wat).unwrap()).unwrap();
    Linker::new(engine).instantiate(store, &module).unwrap()
}

fn code(error: &Error) -> TrapCode {
    error.trap().unwrap_or_else(|| panic!("{error}")).code()
}

const ENDLESS: &str = r#"(module
    (memory 1 1 shared)
    (func (export "loop") (loop $l (br $l)))
    (func $t (export "tail calls") (return_call $t))
    (func (export "wait") (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))
    (func (export "sum") (param i32) (result i32) (local $sum i32)
        (loop $l
            (local.set $sum (i32.add (local.get $sum) (local.get 0)))
            (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (local.get $sum)))"#;

#[test]
fn what_does_not_end_is_interrupted() {
    let _alone = crate::alone();
    let engine = Engine::new(Config::new().interruptible(true)).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = instance(&engine, &mut store, ENDLESS);
    for name in ["loop", "tail calls", "wait"] {
        let handle = store.interrupt_handle();
        let other = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(50));
            handle.interrupt();
        });
        let endless = instance.get_typed_func::<(), ()>(&mut store, name).unwrap();
        assert_eq!(code(&endless.call(&mut store, ()).unwrap_err()), TrapCode::Interrupted);
        other.join().unwrap();
    }
    let sum = instance.get_typed_func::<i32, i32>(&mut store, "sum").unwrap();
    assert_eq!(sum.call(&mut store, 100).unwrap(), 5050, "an interrupt happens once");
    // One that comes before the call; one that is taken back.
    store.interrupt_handle().interrupt();
    assert_eq!(code(&sum.call(&mut store, 1).unwrap_err()), TrapCode::Interrupted);
    store.interrupt_handle().interrupt();
    assert!(store.interrupt_handle().withdraw());
    assert_eq!(sum.call(&mut store, 2).unwrap(), 3);
}

#[test]
fn a_store_is_held_to_its_limits() {
    let _alone = crate::alone();
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let limits = StoreLimits::new()
        .instances(2)
        .memories(1)
        .tables(1)
        .memory_bytes(3 << 16)
        .table_elements(5);
    store.limit(limits);
    let grows = r#"(module (memory 1) (table 2 externref)
        (func (export "memory") (param i32) (result i32) (memory.grow (local.get 0)))
        (func (export "table") (param i32) (result i32)
            (table.grow (ref.null extern) (local.get 0))))"#;
    let instance = instance(&engine, &mut store, grows);
    for (name, wide, fits) in [("memory", 3, 2), ("table", 4, 3)] {
        let grow = instance.get_typed_func::<i32, i32>(&mut store, name).unwrap();
        assert_eq!(grow.call(&mut store, wide).unwrap(), -1, "{name}");
        assert!(grow.call(&mut store, fits).unwrap() > 0, "{name}");
        assert_eq!(grow.call(&mut store, 1).unwrap(), -1, "{name}");
    }
    let mut refused = |wat: &str| {
        let module = Module::new(&engine, wat::parse_str(wat).unwrap()).unwrap();
        let error = Linker::new(&engine).instantiate(&mut store, &module).unwrap_err();
        assert!(matches!(error, Error::Resource(_)), "{error}");
    };
    refused("(module (memory 1))");
    refused("(module (table 1 funcref))");
    let module = Module::new(&engine, wat::parse_str("(module)").unwrap()).unwrap();
    Linker::new(&engine).instantiate(&mut store, &module).unwrap();
    let error = Linker::new(&engine).instantiate(&mut store, &module).unwrap_err();
    assert!(error.to_string().contains("limited to 2 instances"), "{error}");
}

#[test]
fn stores_share_a_memory() {
    let _alone = crate::alone();
    let engine = Engine::default();
    let limits = Limits::new(1, Some(4));
    let memory = SharedMemory::new(MemoryType::new(limits).with_shared()).unwrap();
    let wat = r#"(module (import "m" "m" (memory 1 4 shared))
        (func (export "add") (param i32)
            (loop $l
                (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))
                (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
        (func (export "fill") (memory.fill (i32.const 64) (i32.const 7) (i32.const 4096)))
        (func (export "grow") (result i32) (memory.grow (i32.const 1))))"#;
    let module = Module::new(&engine, wat::parse_str(wat).unwrap()).unwrap();
    let work = |memory: SharedMemory| {
        let mut store = Store::new(&engine, ());
        let memory = Memory::from_shared(&mut store, &memory).unwrap();
        let mut linker = Linker::new(&engine);
        linker.define("m", "m", memory).unwrap();
        let instance = linker.instantiate(&mut store, &module).unwrap();
        let add = instance.get_typed_func::<i32, ()>(&mut store, "add").unwrap();
        add.call(&mut store, 100_000).unwrap();
        let fill = instance.get_typed_func::<(), ()>(&mut store, "fill").unwrap();
        (0..100).for_each(|_| fill.call(&mut store, ()).unwrap());
        let grow = instance.get_typed_func::<(), i32>(&mut store, "grow").unwrap();
        grow.call(&mut store, ()).unwrap()
    };
    let mut grown: Vec<i32> = std::thread::scope(|scope| {
        let threads = [(); 2].map(|()| scope.spawn(|| work(memory.clone())));
        threads.map(|thread| thread.join().unwrap()).to_vec()
    });
    grown.sort();
    assert_eq!(grown, [1, 2], "each grew it once");
    let mut store = Store::new(&engine, ());
    let memory = Memory::from_shared(&mut store, &memory).unwrap();
    let mut sum = [0; 4];
    memory.read(&store, 8, &mut sum).unwrap();
    assert_eq!(u32::from_le_bytes(sum), 200_000);
    assert_eq!(memory.size(&store), 3);
    assert!(memory.as_shared(&store).is_some());
    let unshared = Memory::new(&mut store, MemoryType::new(limits)).unwrap();
    assert!(unshared.as_shared(&store).is_none());
}

/// What is there stays, and can be grown by nothing.
#[test]
fn a_limit_below_what_is_there_leaves_it_there() {
    let _alone = crate::alone();
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let wat = r#"(module (memory 2) (table 9 externref)
        (func (export "memory") (param i32) (result i32) (memory.grow (local.get 0)))
        (func (export "table") (param i32) (result i32)
            (table.grow (ref.null extern) (local.get 0))))"#;
    let instance = instance(&engine, &mut store, wat);
    store.limit(StoreLimits::new().memory_bytes(1).table_elements(1));
    for (name, size) in [("memory", 2), ("table", 9)] {
        let grow = instance.get_typed_func::<i32, i32>(&mut store, name).unwrap();
        assert_eq!(grow.call(&mut store, 0).unwrap(), size, "{name}");
        assert_eq!(grow.call(&mut store, 1).unwrap(), -1, "{name}");
    }
}

/// A memory that no host can have, though its type is one.
#[test]
fn a_memory_of_all_addresses_cannot_be_made() {
    let _alone = crate::alone();
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    for ty in ["i64 0xffff_ffff_ffff_ffff (pagesize 1)", "i64 0x1_0000_0000_0000"] {
        let module =
            Module::new(&engine, wat::parse_str(format!("(module (memory {ty}))")).unwrap());
        let error = Linker::new(&engine).instantiate(&mut store, &module.unwrap()).unwrap_err();
        assert!(matches!(error, Error::Resource(_)), "{ty}: {error}");
    }
    let ty = MemoryType::new(Limits::new(0, Some(1 << 32))).with_page_size_log2(0);
    assert!(matches!(Memory::new(&mut store, ty).unwrap_err(), Error::Mismatch(_)));
}

/// Everything together, in one store: what is left for one kind depends on the others.
#[test]
fn a_store_is_held_to_a_total() {
    let _alone = crate::alone();
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    store.limit(StoreLimits::new().total_bytes(5 << 16));
    let grows = r#"(module (memory 1) (table 0 externref) (table $f 0 funcref)
        (func (export "memory") (param i32) (result i32) (memory.grow (local.get 0)))
        (func (export "table") (param i32) (result i32)
            (table.grow (ref.null extern) (local.get 0)))
        (func (export "funcs") (param i32) (result i32)
            (table.grow $f (ref.null func) (local.get 0))))"#;
    let instance = instance(&engine, &mut store, grows);
    // A page for the memory is taken; two for the table, one for the functions.
    for (name, wide, fits) in
        [("table", 0x10001, 0x8000), ("funcs", 0x4001, 0x2000), ("memory", 2, 1)]
    {
        let grow = instance.get_typed_func::<i32, i32>(&mut store, name).unwrap();
        assert_eq!(grow.call(&mut store, wide).unwrap(), -1, "{name}");
        assert!(grow.call(&mut store, fits).unwrap() >= 0, "{name}");
    }
    let mut refused = |wat: &str| {
        let module = Module::new(&engine, wat::parse_str(wat).unwrap()).unwrap();
        let error = Linker::new(&engine).instantiate(&mut store, &module).unwrap_err();
        assert!(matches!(&error, Error::Resource(_)), "{error}");
        assert!(error.to_string().contains("327680 bytes in all"), "{error}");
    };
    refused("(module (memory 2))");
    refused("(module (table 0x8000 externref))");
    let limits = Limits::new(2, Some(4));
    let shared = SharedMemory::new(MemoryType::new(limits).with_shared()).unwrap();
    let error = Memory::from_shared(&mut store, &shared).unwrap_err();
    assert!(matches!(error, Error::Resource(_)), "{error}");
}

#[test]
fn a_shared_memory_counts_once() {
    let _alone = crate::alone();
    let engine = Engine::default();
    let limits = Limits::new(2, Some(4));
    let shared = SharedMemory::new(MemoryType::new(limits).with_shared()).unwrap();
    let mut store = Store::new(&engine, ());
    store.limit(StoreLimits::new().memories(2).total_bytes(3 << 16));
    let memory = Memory::from_shared(&mut store, &shared).unwrap();
    Memory::from_shared(&mut store, &shared).unwrap();
    let error = Memory::from_shared(&mut store, &shared).unwrap_err();
    assert!(error.to_string().contains("limited to 2 memories"), "{error}");
    assert_eq!(memory.grow(&mut store, 1).unwrap(), 2);
    memory.grow(&mut store, 1).unwrap_err();
    // Another store, without limits, makes it grow: here, nothing is left then.
    let mut other = Store::new(&engine, ());
    Memory::from_shared(&mut other, &shared).unwrap().grow(&mut other, 1).unwrap();
    Memory::new(&mut store, MemoryType::new(Limits::new(0, None))).unwrap_err();
    assert_eq!(memory.size(&store), 4);
}

/// A value counts no longer when it is dropped, also where a weak handle keeps its allocation.
#[test]
fn a_weak_handle_keeps_no_value_counted() {
    let _alone = crate::alone();
    let mut store = Store::new(&Engine::default(), ());
    let before = store.memory_use().resident_bytes();
    let value = ExternRef::new(&mut store, [0_u8; 100_000]);
    let weak = value.downgrade();
    assert!(store.memory_use().resident_bytes() > before + 100_000);
    drop(value);
    assert!(weak.upgrade().is_none());
    assert_eq!(store.memory_use().resident_bytes(), before);
    // The record of the count may go before the weak handle does.
    let value = ExternRef::new(&mut store, [0_u8; 100_000]);
    let another = value.downgrade();
    drop((store, value));
    assert!(another.upgrade().is_none());
    drop((weak, another));
}

const TAKE: &str = r#"(module (table (export "t") 1 externref)
    (func (export "take") (param externref) (table.set (i32.const 0) (local.get 0))))"#;

/// What another store lets a shared memory grow by leaves less for host values at once.
#[test]
fn a_shared_memory_that_grows_elsewhere_leaves_less_for_values() {
    let _alone = crate::alone();
    let engine = Engine::default();
    let limits = Limits::new(1, Some(4));
    let shared = SharedMemory::new(MemoryType::new(limits).with_shared()).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = instance(&engine, &mut store, TAKE);
    let take = instance.get_typed_func::<Option<ExternRef>, ()>(&mut store, "take").unwrap();
    store.limit(StoreLimits::new().total_bytes(3 << 16));
    Memory::from_shared(&mut store, &shared).unwrap();
    let value = ExternRef::new(&mut store, [0_u8; 1000]);
    take.call(&mut store, Some(value)).unwrap();
    let value = ExternRef::new(&mut store, [0_u8; 1000]);
    let mut other = Store::new(&engine, ());
    Memory::from_shared(&mut other, &shared).unwrap().grow(&mut other, 3).unwrap();
    let error = take.call(&mut store, Some(value)).unwrap_err();
    assert!(matches!(error, Error::Resource(_)), "{error}");
}

/// A host that makes values above the limit, and keeps them, does not pay for a collection each.
#[test]
fn values_above_the_limit_are_made_with_few_collections() {
    let _alone = crate::alone();
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let instance = instance(&engine, &mut store, TAKE);
    let take = instance.get_typed_func::<Option<ExternRef>, ()>(&mut store, "take").unwrap();
    store.limit(StoreLimits::new().total_bytes(1 << 16));
    let made: Vec<_> = (0..10_000).map(|i: u64| ExternRef::new(&mut store, i)).collect();
    let collections = store.gc_stats().collections;
    assert!((1..40).contains(&collections), "{collections}");
    // What enters is refused, until there is room again.
    let value = ExternRef::new(&mut store, ());
    take.call(&mut store, Some(value.clone())).unwrap_err();
    drop(made);
    take.call(&mut store, Some(value)).unwrap();
}

const CHAIN: &str = r#"(module
    (import "" "make" (func $make (result externref)))
    (tag $e (param exnref)) (table $t 0 externref)
    (global $last (mut exnref) (ref.null exn))
    (func $wrap (param exnref) (result exnref) (local exnref)
        (block $h (result exnref exnref)
            (try_table (catch_ref $e $h) (throw $e (local.get 0))) (unreachable))
        (local.set 1) (drop) (local.get 1))
    (func (export "chain")
        (loop $l (global.set $last (call $wrap (global.get $last))) (br $l)))
    (func (export "garbage") (param i32)
        (loop $l
            (drop (call $wrap (ref.null exn)))
            (drop (call $make))
            (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
    (func (export "keep")
        (loop $l (drop (table.grow $t (call $make) (i32.const 1))) (br $l)))
    (func (export "forget")
        (global.set $last (ref.null exn))
        (table.fill $t (i32.const 0) (ref.null extern) (table.size $t))))"#;

/// Host values and exceptions that Wasm holds on to end the call; what it lets go is collected first.
#[test]
fn host_values_and_exceptions_count() {
    for collector in [Collector::Counting, Collector::Coalescing] {
        let _alone = crate::alone();
        host_values_and_exceptions_count_with(collector);
    }
}

fn host_values_and_exceptions_count_with(collector: Collector) {
    let engine = Engine::new(Config::new().collector(collector)).unwrap();
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    let make = |caller: Caller<'_, ()>| ExternRef::new(caller, [0_u8; 1000]);
    linker.func_wrap("", "make", make).unwrap();
    let module = Module::new(&engine, wat::parse_str(CHAIN).unwrap()).unwrap();
    let instance = linker.instantiate(&mut store, &module).unwrap();
    store.limit(StoreLimits::new().total_bytes(1 << 20));
    let garbage = instance.get_typed_func::<i32, ()>(&mut store, "garbage").unwrap();
    let forget = instance.get_typed_func::<(), ()>(&mut store, "forget").unwrap();
    for name in ["chain", "keep"] {
        let endless = instance.get_typed_func::<(), ()>(&mut store, name).unwrap();
        let error = endless.call(&mut store, ()).unwrap_err();
        assert!(matches!(&error, Error::Resource(_)), "{name}: {error}");
        let used = store.memory_use().resident_bytes();
        assert!((1 << 19..2 << 20).contains(&used), "{name}: {used}");
        forget.call(&mut store, ()).unwrap();
        // Twenty times the limit, of which nothing is kept.
        garbage.call(&mut store, 20_000).unwrap();
        store.verify_heap().unwrap();
    }
    store.gc();
    assert_eq!(store.gc_stats().live, 0);
    let memory_use = store.memory_use();
    let value = ExternRef::new(&mut store, [0_u8; 100_000]);
    drop(store);
    assert!(memory_use.resident_bytes() > 100_000, "a value that outlives its store counts");
    drop(value);
    assert_eq!(memory_use.resident_bytes(), 0);
}

/// Host values that only dead cycles of objects hold make room for others.
#[test]
fn host_values_in_dead_cycles_make_room() {
    let _alone = crate::alone();
    for collector in [Collector::Counting, Collector::Coalescing] {
        let engine = Engine::new(Config::new().collector(collector)).unwrap();
        let mut store = Store::new(&engine, ());
        let text = "(module
            (type $ring (struct (field (mut (ref null $ring))) (field externref)))
            (func (export \"ring\") (param externref) (local (ref null $ring))
                (local.set 1 (struct.new $ring (ref.null $ring) (local.get 0)))
                (struct.set $ring 0 (local.get 1) (local.get 1))))";
        let module = Module::new(&engine, wat::parse_str(text).unwrap()).unwrap();
        let instance = Linker::new(&engine).instantiate(&mut store, &module).unwrap();
        store.limit(StoreLimits::new().total_bytes(1 << 20));
        let ring = instance.get_typed_func::<ExternRef, ()>(&mut store, "ring").unwrap();
        for _ in 0..20_000 {
            let value = ExternRef::new(&mut store, [0_u8; 1000]);
            ring.call(&mut store, value).unwrap();
        }
        assert!(store.gc_stats().collections < 1000, "{:?}", store.gc_stats());
        store.verify_heap().unwrap();
        store.gc();
        assert_eq!(store.gc_stats().live, 0);
    }
}

/// What is declared costs nothing; what is written does.
#[test]
fn tables_and_memories_are_resident_as_far_as_they_are_written() {
    let _alone = crate::alone();
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let tables = "(table 10000000 funcref) (table 10000000 externref)".repeat(45);
    let wat = format!(
        r#"(module {tables} (table $f 10000000 funcref) (table $r 10000000 (ref null extern))
            (memory 65536) (memory i64 0x80000)
            (func $g) (elem declare func $g)
            (func (export "null") (param externref)
                (table.fill $f (i32.const 0) (ref.null func) (i32.const 1000000))
                (table.set $r (i32.const 9999999) (local.get 0)))
            (func (export "write")
                (table.fill $f (i32.const 0) (ref.func $g) (i32.const 1000000))
                (memory.fill (i32.const 0x10000000) (i32.const 1) (i32.const 8000000))))"#
    );
    let instance = instance(&engine, &mut store, &wat);
    let memory_use = store.memory_use();
    assert!(memory_use.resident_bytes() < 1 << 20, "{}", memory_use.resident_bytes());
    let before = resident();
    let null = instance.get_typed_func::<Option<ExternRef>, ()>(&mut store, "null").unwrap();
    let value = ExternRef::new(&mut store, ());
    null.call(&mut store, Some(value)).unwrap();
    store.gc();
    store.verify_heap().unwrap();
    let after = resident();
    // Tables of references have 1.8 GB, of which each is looked at. Other tests run beside this one.
    assert!(after < before + (512 << 20), "looking at nulls took {} bytes", after - before);
    let before = memory_use.resident_bytes();
    instance.get_typed_func::<(), ()>(&mut store, "write").unwrap().call(&mut store, ()).unwrap();
    let written = memory_use.resident_bytes() - before;
    assert!((7_900_000..17_000_000).contains(&written), "{written}");
    drop(store);
    assert_eq!(memory_use.resident_bytes(), 0);
}

/// Bytes of this process that are in memory.
fn resident() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    let pages: u64 = statm.split(' ').nth(1).unwrap().parse().unwrap();
    pages * host_page_size()
}

#[test]
fn a_shared_memory_from_elsewhere_is_held_to_the_limit_of_a_memory() {
    let _alone = crate::alone();
    let mut store = Store::new(&Engine::default(), ());
    store.limit(StoreLimits::new().memory_bytes(1 << 16));
    let shared = |pages| {
        let limits = Limits::new(pages, Some(10));
        SharedMemory::new(MemoryType::new(limits).with_shared()).unwrap()
    };
    let result = Memory::from_shared(&mut store, &shared(2));
    assert!(matches!(result, Err(Error::Resource(_))), "{result:?}");
    Memory::from_shared(&mut store, &shared(1)).unwrap();
}
