//! When exactly a value is dropped: with its last handle, or when Wasm loses it.

use crate::gc_support::*;
use touchstone_runtime::*;

/// What host functions of these tests know: the values, and what was seen step by step.
#[derive(Default)]
struct Seen {
    drops: Drops,
    /// At each step, how many values were dropped by then.
    steps: Vec<usize>,
}

/// A store whose instance can import `step` (notes the drops), `collect` (the same, after a
/// collection) and `see` (uses a reference).
fn stepping(engine: &Engine, wat: &str) -> (Store<Seen>, Instance, Drops) {
    let mut linker = Linker::new(engine);
    let step = |mut caller: Caller<'_, Seen>| {
        let count = caller.data().drops.count();
        caller.data_mut().steps.push(count);
    };
    linker.func_wrap("h", "step", step).unwrap();
    let collect = move |mut caller: Caller<'_, Seen>| {
        caller.gc();
        caller.verify_heap().unwrap();
        step(caller);
    };
    linker.func_wrap("h", "collect", collect).unwrap();
    linker.func_wrap("h", "see", |_: Option<ExternRef>| ()).unwrap();
    let mut store = Store::new(engine, Seen::default());
    let drops = store.data().drops.clone();
    let instance = linker.instantiate(&mut store, &module(engine, wat)).unwrap();
    (store, instance, drops)
}

/// Calls an export without results.
fn call(store: &mut Store<Seen>, instance: Instance, name: &str, params: &[Val]) {
    instance.get_func(&mut *store, name).unwrap().call(store, params, &mut []).unwrap();
}

#[test]
fn a_value_that_wasm_never_saw_goes_with_its_last_handle() {
    in_every_mode(|_, engine| {
        let mut store = Store::new(engine, ());
        let drops = Drops::default();
        let one = ExternRef::new(&mut store, drops.value());
        let two = one.clone();
        assert_eq!(one.strong_count(), 2);
        store.gc();
        drop(one);
        assert_eq!(drops.count(), 0);
        drop(two);
        assert_eq!(drops.count(), 1);
        store.gc();
        assert_eq!(drops.count(), 1);
        assert_sound(&mut store);
    });
}

/// A reference that was passed and forgotten is found by the next collection, not before.
#[test]
fn a_forgotten_argument_goes_with_the_next_collection() {
    in_every_mode(|stress, engine| {
        let (mut store, instance, drops) =
            stepping(engine, r#"(module (func (export "f") (param externref)))"#);
        let f = instance.get_typed_func::<ExternRef, ()>(&mut store, "f").unwrap();
        let value = ExternRef::new(&mut store, drops.value());
        f.call(&mut store, value).unwrap();
        assert_eq!((drops.count(), store.gc_stats().live), (0, 1));
        if !stress {
            let value = ExternRef::new(&mut store, drops.value());
            f.call(&mut store, value).unwrap();
            assert_eq!((drops.count(), store.gc_stats().live), (0, 2));
        }
        store.gc();
        assert_eq!(drops.count(), if stress { 1 } else { 2 });
        assert_eq!(store.gc_stats().live, 0);
        assert_sound(&mut store);
    });
}

/// A frame holds a reference as long as it still uses it, and no longer.
#[test]
fn a_frame_holds_what_it_still_needs() {
    in_every_mode(|_, engine| {
        let (mut store, instance, drops) = stepping(
            engine,
            r#"(module (import "h" "collect" (func $collect)) (import "h" "see" (func $see (param externref)))
                 (func (export "used") (param externref)
                   call $collect (call $see (local.get 0)) call $collect)
                 (func (export "overwritten") (param externref)
                   call $collect (call $see (local.get 0))
                   (local.set 0 (ref.null extern)) call $collect (call $see (local.get 0)))
                 (func (export "on the operand stack") (param externref)
                   (local.get 0) (local.set 0 (ref.null extern)) call $collect call $see call $collect)
                 (func (export "in a loop") (param externref) (local i32)
                   (loop $again
                     call $collect
                     (local.set 1 (i32.add (local.get 1) (i32.const 1)))
                     (call $see (local.get 0))
                     (br_if $again (i32.lt_u (local.get 1) (i32.const 3))))
                   call $collect)
                 (func $callee (param externref) call $collect (call $see (local.get 0)) call $collect)
                 (func (export "in a callee") (param externref)
                   (call $callee (local.get 0)) call $collect (call $see (local.get 0)) call $collect)
                 (func (export "in one arm") (param externref)
                   (if (ref.is_null (local.get 0))
                     (then call $collect (call $see (local.get 0)))
                     (else call $collect))))"#,
        );
        let cases: &[(&str, &[usize])] = &[
            ("used", &[0, 1]),
            ("overwritten", &[0, 1]),
            ("on the operand stack", &[0, 1]),
            ("in a loop", &[0, 0, 0, 1]),
            ("in a callee", &[0, 0, 0, 1]),
            ("in one arm", &[1]),
        ];
        for (name, steps) in cases {
            let before = drops.count();
            let f = instance.get_typed_func::<ExternRef, ()>(&mut store, name).unwrap();
            let value = ExternRef::new(&mut store, drops.value());
            f.call(&mut store, value).unwrap();
            let seen: Vec<_> = store.data_mut().steps.drain(..).map(|n| n - before).collect();
            assert_eq!(seen, *steps, "{name}");
            store.gc();
            assert_eq!(drops.count(), before + 1, "{name}");
            assert_sound(&mut store);
        }
    });
}

/// A value that only a table holds is passed to Wasm, which then clears the table: the frame's
/// reference is a new one. The same for a value that Wasm reads from the table itself.
#[test]
fn a_frame_holds_what_a_table_held_before() {
    in_every_mode(|_, engine| {
        let (mut store, instance, drops) = stepping(
            engine,
            r#"(module (import "h" "collect" (func $collect)) (import "h" "see" (func $see (param externref)))
                 (table (export "t") 1 externref)
                 (func (export "given") (param externref)
                   (table.set (i32.const 0) (ref.null extern))
                   call $collect (call $see (local.get 0)) call $collect)
                 (func (export "read") (local externref)
                   (local.set 0 (table.get (i32.const 0))) (table.set (i32.const 0) (ref.null extern))
                   call $collect (call $see (local.get 0)) call $collect))"#,
        );
        let table = instance.get_table(&mut store, "t").unwrap();
        let given = instance.get_typed_func::<ExternRef, ()>(&mut store, "given").unwrap();
        let read = instance.get_typed_func::<(), ()>(&mut store, "read").unwrap();
        for pass in [true, false] {
            let before = drops.count();
            let handle = ExternRef::new(&mut store, drops.value());
            table.set(&mut store, 0, val(&handle)).unwrap();
            store.gc();
            assert_eq!(store.gc_stats().table_entries, 0);
            if pass {
                given.call(&mut store, handle).unwrap();
            } else {
                drop(handle);
                read.call(&mut store, ()).unwrap();
            }
            let seen: Vec<_> = store.data_mut().steps.drain(..).map(|n| n - before).collect();
            assert_eq!(seen, [0, 1]);
            assert_sound(&mut store);
        }
    });
}

/// Every instruction that overwrites the last counted reference drops the value on the spot,
/// in the middle of a function.
#[test]
fn wasm_drops_what_it_overwrites_on_the_spot() {
    where_counts_are_immediate(|_, engine| {
        let (mut store, instance, drops) = stepping(
            engine,
            r#"(module (import "h" "step" (func $step))
                 (global $g (export "g") (mut externref) (ref.null extern))
                 (table $t (export "t") 4 8 externref) (table $u 4 externref)
                 (elem $nulls externref (item ref.null extern) (item ref.null extern))
                 (func (export "put") (param externref)
                   (global.set $g (local.get 0)) (table.set $t (i32.const 1) (local.get 0)))
                 (func (export "global.set") call $step (global.set $g (ref.null extern)) call $step)
                 (func (export "table.set")
                   call $step (table.set $t (i32.const 1) (ref.null extern)) call $step)
                 (func (export "table.fill") call $step
                   (table.fill $t (i32.const 0) (ref.null extern) (i32.const 4)) call $step)
                 (func (export "table.copy") call $step
                   (table.copy $t $u (i32.const 0) (i32.const 0) (i32.const 2)) call $step)
                 (func (export "table.copy within") call $step
                   (table.copy $t $t (i32.const 1) (i32.const 2) (i32.const 2)) call $step)
                 (func (export "table.init") call $step
                   (table.init $t $nulls (i32.const 1) (i32.const 0) (i32.const 2)) call $step))"#,
        );
        let tables = ["table.set", "table.fill", "table.copy", "table.copy within", "table.init"];
        for last in tables {
            // The global goes first and the table last, and the other way round.
            for order in [["global.set", last], [last, "global.set"]] {
                let before = drops.count();
                let value = Val::ExternRef(Some(ExternRef::new(&mut store, drops.value())));
                call(&mut store, instance, "put", &[value]);
                store.gc();
                assert_eq!(drops.count(), before);
                call(&mut store, instance, order[0], &[]);
                store.gc();
                assert_eq!(drops.count(), before, "{order:?}");
                call(&mut store, instance, order[1], &[]);
                let seen: Vec<_> = store.data_mut().steps.drain(..).map(|n| n - before).collect();
                assert_eq!(seen, [0, 0, 0, 1], "{order:?}");
                assert_sound(&mut store);
            }
        }
    });
}

/// The same through the host's handles, and for the segments of an instance.
#[test]
fn the_host_drops_what_it_overwrites_on_the_spot() {
    where_counts_are_immediate(|_, engine| {
        let (mut store, instance, drops) = stepping(
            engine,
            r#"(module (global (export "g") (mut externref) (ref.null extern))
                 (table (export "t") 4 8 externref) (table (export "u") 4 externref))"#,
        );
        let global = instance.get_global(&mut store, "g").unwrap();
        let table = instance.get_table(&mut store, "t").unwrap();
        let other = instance.get_table(&mut store, "u").unwrap();
        type Clear<'a> = &'a dyn Fn(&mut Store<Seen>);
        let clear: &[(&str, Clear<'_>)] = &[
            ("set", &|s| table.set(s, 1, NULL).unwrap()),
            ("fill", &|s| table.fill(s, 0, NULL, 4).unwrap()),
            ("copy", &|s| Table::copy(s, &table, 0, &other, 0, 4).unwrap()),
            ("copy within", &|s| Table::copy(s, &table, 1, &table, 2, 2).unwrap()),
            ("replace", &|s| {
                let new = ExternRef::new(&mut *s, ());
                table.set(s, 1, val(&new)).unwrap();
            }),
        ];
        for (name, clear) in clear {
            let before = drops.count();
            let value = ExternRef::new(&mut store, drops.value());
            global.set(&mut store, val(&value)).unwrap();
            table.set(&mut store, 1, val(&value)).unwrap();
            drop(value);
            store.gc();
            clear(&mut store);
            assert_eq!(drops.count(), before, "{name}: the global still holds it");
            global.set(&mut store, NULL).unwrap();
            assert_eq!(drops.count(), before + 1, "{name}");
            assert_sound(&mut store);
        }
        let value = ExternRef::new(&mut store, drops.value());
        let before = drops.count();
        assert_eq!(table.grow(&mut store, 3, val(&value)).unwrap(), 4);
        drop(value);
        store.gc();
        assert_eq!(store.gc_stats().live, 2, "and the one that `replace` wrote");
        table.fill(&mut store, 4, NULL, 2).unwrap();
        assert_eq!(drops.count(), before);
        table.set(&mut store, 6, NULL).unwrap();
        assert_eq!(drops.count(), before + 1);
        assert_sound(&mut store);
    });
}

/// A passive segment holds its references until it is dropped.
#[test]
fn a_segment_holds_until_it_is_dropped() {
    in_every_mode(|_, engine| {
        let mut store = Store::new(engine, ());
        let drops = Drops::default();
        let ty = GlobalType::new(ValType::Ref(RefType::EXTERN), Mutability::Const);
        let value = Val::ExternRef(Some(ExternRef::new(&mut store, drops.value())));
        let mut linker = Linker::new(engine);
        let global = Global::new(&mut store, ty, value).unwrap();
        linker.define("h", "g", global).unwrap();
        let wat = r#"(module (import "h" "g" (global $g externref)) (table (export "t") 2 externref)
            (elem $e externref (item global.get $g) (item global.get $g))
            (func (export "init") (table.init $e (i32.const 0) (i32.const 0) (i32.const 2)))
            (func (export "drop") (elem.drop $e)))"#;
        let instance = linker.instantiate(&mut store, &module(engine, wat)).unwrap();
        let [init, elem_drop] =
            ["init", "drop"].map(|n| instance.get_typed_func::<(), ()>(&mut store, n).unwrap());
        let table = instance.get_table(&mut store, "t").unwrap();
        store.gc();
        assert_sound(&mut store);
        init.call(&mut store, ()).unwrap();
        let value = reference(table.get(&mut store, 1).unwrap()).unwrap();
        let weak = value.downgrade();
        assert_eq!(value.strong_count(), 2, "this handle and the heap's");
        drop(value);
        elem_drop.call(&mut store, ()).unwrap();
        assert_sound(&mut store);
        table.fill(&mut store, 0, NULL, 2).unwrap();
        store.gc();
        assert!(weak.upgrade().is_some(), "the constant global holds it");
        store.release_references();
        assert_eq!((drops.count(), store.gc_stats().live), (1, 0));
        assert_sound(&mut store);
    });
}

/// With the store go its own references; handles that outlive it keep their values.
#[test]
fn handles_outlive_their_store() {
    in_every_mode(|_, engine| {
        let (mut store, instance) = instance(
            engine,
            r#"(module (table (export "t") 3 externref)
                 (global (export "g") (mut externref) (ref.null extern)))"#,
        );
        let (kept, lost) = (Drops::default(), Drops::default());
        let table = instance.get_table(&mut store, "t").unwrap();
        let global = instance.get_global(&mut store, "g").unwrap();
        let handle = ExternRef::new(&mut store, kept.value());
        table.set(&mut store, 0, val(&handle)).unwrap();
        global.set(&mut store, val(&handle)).unwrap();
        let value = ExternRef::new(&mut store, lost.value());
        table.set(&mut store, 1, val(&value)).unwrap();
        drop(value);
        assert_eq!((kept.count(), lost.count()), (0, 0));
        drop(store);
        assert_eq!((kept.count(), lost.count()), (0, 1));
        assert_eq!(handle.strong_count(), 1);
        assert!(handle.is::<Counted>());
        // Another store refuses it, also now.
        let mut other = Store::new(engine, ());
        let ty = GlobalType::new(ValType::Ref(RefType::EXTERN), Mutability::Var);
        assert!(Global::new(&mut other, ty, val(&handle)).is_err());
        let again = handle.clone();
        drop(handle);
        assert_eq!(kept.count(), 0);
        drop(again);
        assert_eq!(kept.count(), 1);
    });
}
