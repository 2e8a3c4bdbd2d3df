//! Structures, arrays and numbers of 31 bits in the hands of the host, and the limits on them.

use crate::gc_support::*;
use touchstone_runtime::*;

const OBJECTS: &str = r#"(module
    (type $node (struct (field (mut (ref null $node))) (field (mut externref))))
    (type $bytes (array (mut i8)))
    (global $kept (export "kept") (mut anyref) (ref.null any))
    (table (export "table") 2 structref)
    (global $list (mut (ref null $node)) (ref.null $node))
    (func (export "node") (param externref) (result anyref)
      (struct.new $node (ref.null $node) (local.get 0)))
    (func (export "ring") (param externref)
      (local $n (ref null $node))
      (local.set $n (struct.new $node (ref.null $node) (local.get 0)))
      (struct.set $node 0 (local.get $n) (local.get $n)))
    (func (export "held") (param (ref null $node)) (result externref)
      (struct.get $node 1 (local.get 0)))
    (func (export "bytes") (param i32) (result anyref) (array.new_default $bytes (local.get 0)))
    (func (export "same") (param anyref) (result anyref) (local.get 0))
    (func (export "out") (param anyref) (result externref) (extern.convert_any (local.get 0)))
    (func (export "in") (param externref) (result anyref) (any.convert_extern (local.get 0)))
    (func (export "garbage") (param i32)
      (loop $more
        (drop (struct.new_default $node))
        (br_if $more (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
    (func (export "rings") (param i32)
      (local $n (ref null $node))
      (loop $more
        (local.set $n (struct.new_default $node))
        (struct.set $node 0 (local.get $n) (local.get $n))
        (br_if $more (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
    (func (export "grow") (loop $more
        (global.set $list (struct.new $node (global.get $list) (ref.null extern)))
        (br $more)))
    (func (export "let-go") (global.set $list (ref.null $node))))"#;

fn made(engine: &Engine) -> (Store<()>, Instance) {
    let module = Module::new(engine, wat::parse_str(OBJECTS).unwrap()).unwrap();
    let mut store = Store::new(engine, ());
    let instance = Linker::new(engine).instantiate(&mut store, &module).unwrap();
    (store, instance)
}

fn call(store: &mut Store<()>, instance: Instance, name: &str, args: &[Val]) -> Result<Val> {
    let func = instance.get_func(&mut *store, name).unwrap();
    let mut results = [Val::I32(0)];
    let results = &mut results[..func.ty(&*store).results().len()];
    func.call(&mut *store, args, results)?;
    Ok(results.first().cloned().unwrap_or(Val::I32(0)))
}

/// A handle, and every clone of it, keeps an object and what that holds, though nothing in Wasm does.
#[test]
fn handles_keep_objects() {
    in_every_mode(|_, engine| {
        let (mut store, instance) = made(engine);
        let drops = Drops::default();
        let value = Val::from(ExternRef::new(&mut store, drops.value()));
        let node = call(&mut store, instance, "node", &[value]).unwrap();
        let any = node.unwrap_any_ref().unwrap();
        drop(node);
        assert!(any.is_struct() && !any.is_array() && any.as_i31().is_none());
        let clone = any.clone();
        drop(any);
        store.gc();
        assert_eq!((drops.count(), store.gc_stats().live), (0, 2));
        let held = call(&mut store, instance, "held", &[clone.clone().into()]).unwrap();
        assert!(held.unwrap_extern_ref().unwrap().is::<Counted>());
        drop(held);
        store.verify_heap().unwrap();
        drop(clone);
        store.gc();
        assert_eq!((drops.count(), store.gc_stats().live), (1, 0));
        // A handle that outlives its store says so when another store is given it.
        let orphan = call(&mut store, instance, "bytes", &[Val::I32(3)]).unwrap();
        let (mut other, there) = made(engine);
        let error = call(&mut other, there, "same", std::slice::from_ref(&orphan)).unwrap_err();
        assert!(matches!(error, Error::Mismatch(_)), "{error}");
        drop(store);
        let error = call(&mut other, there, "same", &[orphan]).unwrap_err();
        assert!(matches!(error, Error::Mismatch(_)), "{error}");
    });
}

/// More handles than are looked after at once are given back, whether a collection comes or not.
#[test]
fn handles_that_are_gone_do_not_pile_up() {
    where_counts_are_immediate(|_, engine| {
        let (mut store, instance) = made(engine);
        let get = instance.get_typed_func::<i32, AnyRef>(&mut store, "bytes").unwrap();
        let kept: Vec<AnyRef> = (0..10).map(|n| get.call(&mut store, n).unwrap()).collect();
        for _ in 0..20_000 {
            get.call(&mut store, 16).unwrap();
        }
        assert!(store.gc_stats().live < 5_000, "{:?}", store.gc_stats());
        store.gc();
        assert_eq!(store.gc_stats().live, 10);
        drop(kept);
        store.gc();
        assert_eq!(store.gc_stats().live, 0);
    });
}

#[test]
fn cycles_are_freed_by_a_collection_that_is_asked_for() {
    in_every_mode(|_, engine| {
        let (mut store, instance) = made(engine);
        let drops = Drops::default();
        for _ in 0..3 {
            let value = Val::from(ExternRef::new(&mut store, drops.value()));
            call(&mut store, instance, "ring", &[value]).unwrap();
        }
        store.gc();
        assert_eq!((drops.count(), store.gc_stats().live), (3, 0));
    });
}

#[test]
fn values_must_be_of_their_places_types() {
    in_every_mode(|_, engine| {
        let (mut store, instance) = made(engine);
        let number = Val::from(AnyRef::from_i31(I31::new_i32(-5).unwrap()));
        let node = call(&mut store, instance, "node", &[Val::ExternRef(None)]).unwrap();
        let bytes = call(&mut store, instance, "bytes", &[Val::I32(1)]).unwrap();
        for wrong in [&number, &bytes, &Val::ExternRef(None), &Val::FuncRef(None)] {
            let error =
                call(&mut store, instance, "held", std::slice::from_ref(wrong)).unwrap_err();
            assert!(matches!(error, Error::Mismatch(_)), "{wrong}: {error}");
        }
        let kept = instance.get_global(&mut store, "kept").unwrap();
        for right in [&number, &node, &bytes, &Val::AnyRef(None)] {
            kept.set(&mut store, right.clone()).unwrap();
            store.gc();
            let found = kept.get(&mut store);
            match (right.any_ref().unwrap(), found.any_ref().unwrap()) {
                (Some(right), Some(found)) => assert!(AnyRef::ref_eq(&right, &found)),
                (right, found) => assert!(right.is_none() && found.is_none()),
            }
        }
        assert!(kept.set(&mut store, Val::ExternRef(None)).is_err());
        let table = instance.get_table(&mut store, "table").unwrap();
        table.set(&mut store, 1, node.clone()).unwrap();
        assert!(table.set(&mut store, 0, bytes).is_err());
        assert!(table.set(&mut store, 0, number).is_err());
        assert!(table.get(&mut store, 0).unwrap().unwrap_any_ref().is_none());
        let found = table.get(&mut store, 1).unwrap().unwrap_any_ref().unwrap();
        assert!(AnyRef::ref_eq(&found, &node.unwrap_any_ref().unwrap()));
        store.verify_heap().unwrap();
    });
}

/// What Wasm converts comes back as what it was.
#[test]
fn conversions_are_inverse() {
    in_every_mode(|_, engine| {
        let (mut store, instance) = made(engine);
        let value = ExternRef::new(&mut store, 7_u8);
        let inside = call(&mut store, instance, "in", &[value.clone().into()]).unwrap();
        let inside = inside.unwrap_any_ref().unwrap();
        assert!(ExternRef::ptr_eq(inside.as_extern().unwrap(), &value));
        let outside = call(&mut store, instance, "out", &[inside.into()]).unwrap();
        assert!(ExternRef::ptr_eq(&outside.unwrap_extern_ref().unwrap(), &value));
        for object in [
            call(&mut store, instance, "node", &[Val::ExternRef(None)]).unwrap(),
            Val::from(AnyRef::from(I31::wrapping(u32::MAX))),
        ] {
            let outside = call(&mut store, instance, "out", std::slice::from_ref(&object)).unwrap();
            store.gc();
            let of_host = AnyRef::from_extern(outside.unwrap_extern_ref().unwrap());
            let back = call(&mut store, instance, "in", &[outside]).unwrap();
            let [object, back] = [object, back].map(|value| value.unwrap_any_ref().unwrap());
            assert!(AnyRef::ref_eq(&object, &back) && AnyRef::ref_eq(&object, &of_host));
        }
    });
}

#[test]
fn numbers_have_31_bits() {
    assert_eq!(I31::wrapping(u32::MAX).get_i32(), -1);
    assert_eq!(I31::wrapping(u32::MAX).get_u32(), 0x7fff_ffff);
    assert_eq!(I31::new_i32(-0x4000_0000).unwrap().get_i32(), -0x4000_0000);
    assert!(I31::new_i32(0x4000_0000).is_none() && I31::new_i32(-0x4000_0001).is_none());
    assert!(I31::new_u32(0x8000_0000).is_none());
    assert_eq!(I31::new_u32(0x7fff_ffff).unwrap().get_i32(), -1);
}

/// Garbage is collected before a limit is reached; what lives runs into it, and the store goes on.
#[test]
fn objects_count_toward_the_limit() {
    let engine = Engine::default();
    let (mut store, instance) = made(&engine);
    store.limit(StoreLimits::new().total_bytes(4 << 20));
    for garbage in ["garbage", "rings"] {
        call(&mut store, instance, garbage, &[Val::I32(1_000_000)]).unwrap();
    }
    let error = call(&mut store, instance, "grow", &[]).unwrap_err();
    assert!(matches!(error, Error::Resource(_)), "{error}");
    assert!(store.gc_stats().live_bytes > 3 << 20, "{:?}", store.gc_stats());
    for length in [8 << 20, -1] {
        let error = call(&mut store, instance, "bytes", &[Val::I32(length)]).unwrap_err();
        assert!(matches!(error, Error::Resource(_)), "{error}");
    }
    call(&mut store, instance, "let-go", &[]).unwrap();
    let bytes = call(&mut store, instance, "bytes", &[Val::I32(3 << 20)]).unwrap();
    assert!(bytes.unwrap_any_ref().unwrap().is_array());
    store.verify_heap().unwrap();
}

/// Without a limit, cycles that are never asked for are freed as the heap grows.
#[test]
fn cycles_are_freed_as_the_heap_grows() {
    for collector in COLLECTORS {
        let (mut store, instance) = made(&engine_of(collector, false));
        call(&mut store, instance, "rings", &[Val::I32(5_000_000)]).unwrap();
        let stats = store.gc_stats();
        assert!(stats.live_bytes < 64 << 20, "{collector:?}: {stats:?}");
        // With the other collector, cycles die young.
        assert!(stats.cycles > 0 || collector == Collector::Coalescing, "{stats:?}");
    }
}
