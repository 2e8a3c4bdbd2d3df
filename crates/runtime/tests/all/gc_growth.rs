//! What the coalescing collector does where a heap grows, or seems to.

use crate::gc_support::*;
use touchstone_runtime::*;

fn engine() -> Engine {
    Engine::new(Config::new().collector(Collector::Coalescing)).expect("the host is supported")
}

/// Objects in circles die though it is always a call from the host that begins collections.
#[test]
fn circles_are_freed_though_the_host_calls_often() -> Result<()> {
    let engine = engine();
    let mut store = Store::new(&engine, ());
    let module = module(
        &engine,
        r#"(module
            (type $n (struct (field $other (mut (ref null $n))) (field i64) (field i64) (field i64)))
            (table $t 131072 (ref null $n))
            (global $i (mut i32) (i32.const 0))
            (func (export "pairs") (param externref) (local $a (ref null $n)) (local $k i32)
                (local.set $k (i32.const 8))
                (loop $again
                    (local.set $a
                        (struct.new $n (ref.null $n) (i64.const 1) (i64.const 1) (i64.const 1)))
                    (struct.set $n $other (local.get $a)
                        (struct.new $n (local.get $a) (i64.const 1) (i64.const 1) (i64.const 1)))
                    ;; It survives a collection, and is garbage only later.
                    (table.set $t (i32.and (global.get $i) (i32.const 131071)) (local.get $a))
                    (global.set $i (i32.add (global.get $i) (i32.const 1)))
                    (br_if $again (local.tee $k (i32.sub (local.get $k) (i32.const 1)))))))"#,
    );
    let instance = Linker::new(&engine).instantiate(&mut store, &module)?;
    let pairs = instance.get_typed_func::<Option<ExternRef>, ()>(&store, "pairs")?;
    let mut most = 0;
    for n in 0..200_000u32 {
        // A value that is new joins the heap, so that the call may collect.
        let value = ExternRef::new(&mut store, n);
        pairs.call(&mut store, Some(value))?;
        if n % 1024 == 0 {
            most = most.max(store.gc_stats().live_bytes);
        }
    }
    store.verify_heap().expect("the heap is sound");
    // The table holds 12 MiB; all 3,200,000 objects of 48 bytes are 146 MiB.
    assert!(most < 80 << 20, "{most} bytes were alive");
    Ok(())
}

/// A large array that is written all the time is not looked at each time that a little was made.
#[test]
fn a_large_array_is_counted_seldom() -> Result<()> {
    let engine = engine();
    let mut store = Store::new(&engine, ());
    let module = module(
        &engine,
        r#"(module
            (type $s (struct (field i64)))
            (type $a (array (mut (ref null $s))))
            (global $a (mut (ref null $a)) (ref.null $a))
            (func (export "make") (param i32)
                (global.set $a (array.new $a (struct.new $s (i64.const 1)) (local.get 0))))
            (func (export "write") (param $n i32)
                (loop $again
                    (array.set $a (global.get $a) (local.get $n) (struct.new $s (i64.const 2)))
                    (br_if $again
                        (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))"#,
    );
    let instance = Linker::new(&engine).instantiate(&mut store, &module)?;
    let make = instance.get_typed_func::<u32, ()>(&store, "make")?;
    make.call(&mut store, (4 << 20) + 1000)?;
    store.gc();
    let before = store.gc_stats().collections;
    let write = instance.get_typed_func::<u32, ()>(&store, "write")?;
    write.call(&mut store, 60_000)?;
    let collections = store.gc_stats().collections - before;
    assert!(collections <= 4, "{collections} collections for 2 MiB of objects");
    store.verify_heap().expect("the heap is sound");
    Ok(())
}

/// What only a frame holds is shown as held.
#[test]
fn what_a_frame_holds_is_not_said_to_be_garbage() -> Result<()> {
    for collector in [Collector::Counting, Collector::Coalescing] {
        let engine = Engine::new(Config::new().collector(collector))?;
        let mut linker = Linker::new(&engine);
        linker.func_wrap("host", "look", |mut caller: Caller<'_, ()>| {
            for collect in [false, true] {
                if collect {
                    caller.gc();
                }
                let live = caller.live_types();
                assert_eq!(live.len(), 1, "{live:?}");
                assert!(live[0].path.is_some(), "{live:?}");
            }
        })?;
        let module = module(
            &engine,
            r#"(module
                (import "host" "look" (func $look))
                (type $s (struct (field i32)))
                (func (export "f") (result i32) (local $x (ref null $s))
                    (local.set $x (struct.new $s (i32.const 1)))
                    (call $look)
                    (struct.get $s 0 (local.get $x))))"#,
        );
        let mut store = Store::new(&engine, ());
        let instance = linker.instantiate(&mut store, &module)?;
        let f = instance.get_typed_func::<(), i32>(&store, "f")?;
        assert_eq!(f.call(&mut store, ())?, 1);
    }
    Ok(())
}
