//! What is alive in a heap by type, with a path to one object of each.

use crate::gc_support::*;
use crate::host_objects::{arrays, of};
use touchstone_runtime::*;

const MODULE: &str = r#"(module $holder
    (type $node (struct (field i32) (field (mut (ref null $node))) (field (mut anyref))))
    (type $list (array (mut anyref)))
    (global (mut i32) (i32.const 0))
    (global $kept (mut (ref null $list)) (ref.null $list))
    (table $t (export "t") 4 anyref)
    (elem $e anyref (ref.i31 (i32.const 1)) (array.new_default $list (i32.const 2)))
    (func (export "node") (param anyref) (result (ref $node))
      (struct.new $node (i32.const 1) (ref.null $node) (local.get 0)))
    (func (export "keep") (param anyref)
      (global.set $kept (array.new $list (local.get 0) (i32.const 3))))
    (func (export "ring") (local $n (ref null $node))
      (local.set $n (struct.new $node (i32.const 1) (ref.null $node) (ref.null any)))
      (struct.set $node 1 (local.get $n) (local.get $n))))"#;

fn find<'a>(live: &'a [LiveType], starts: &str) -> &'a LiveType {
    let text =
        |live: &LiveType| live.ty.split_once(' ').is_some_and(|(_, text)| text.starts_with(starts));
    live.iter()
        .find(|found| text(found) || found.ty == starts)
        .unwrap_or_else(|| panic!("{live:?}"))
}

#[test]
fn each_type_has_its_objects_and_a_path() {
    in_every_mode(|_, engine| {
        let (mut store, instance) = instance(engine, MODULE);
        assert_eq!(
            find(&store.live_types(), "(array").path.as_deref(),
            Some("element 1 of element segment 0 of instance 0 (holder)")
        );
        let node = instance.get_typed_func::<AnyRef, StructRef>(&mut store, "node").unwrap();
        let keep = instance.get_typed_func::<AnyRef, ()>(&mut store, "keep").unwrap();
        let value = AnyRef::from_extern(ExternRef::new(&mut store, 1));
        let inner = node.call(&mut store, value).unwrap();
        let outer = node.call(&mut store, inner.into()).unwrap();
        keep.call(&mut store, outer.into()).unwrap();
        store.gc();
        let live = store.live_types();
        assert_eq!(live.len(), 3);
        assert_eq!(live.iter().map(|live| live.count).sum::<u64>(), store.gc_stats().live);
        assert_eq!(live.iter().map(|live| live.bytes).sum::<u64>(), store.gc_stats().live_bytes);
        let nodes = find(&live, "(struct (field i32)");
        let global = "global 1 of instance 0 (holder)";
        assert_eq!((nodes.count, nodes.path.clone()), (2, Some(format!("{global} → element 0"))));
        let host = find(&live, "host value").path.clone().unwrap();
        assert_eq!(host, format!("{global} → element 0 → field 2 → field 2"));
        let array = find(&live, "(array");
        assert_eq!((array.count, array.path.as_deref()), (2, Some(global)));
        // A path from a table, one from a global of the host, and one from a handle.
        keep.call(&mut store, I31::wrapping(0).into()).unwrap();
        let host = Val::from(ExternRef::new(&mut store, 2));
        let ty = GlobalType::new(ValType::Ref(RefType::EXTERN), Mutability::Var);
        let global = Global::new(&mut store, ty, host).unwrap();
        let lonely = node.call(&mut store, I31::wrapping(0).into()).unwrap();
        store.gc();
        let live = store.live_types();
        assert_eq!(find(&live, "host value").path.as_deref(), Some("a global of the host"));
        assert_eq!(find(&live, "(struct").path.as_deref(), Some("a handle of the host"));
        let table = instance.get_table(&mut store, "t").unwrap();
        table.set(&mut store, 2, lonely.into()).unwrap();
        global.set(&mut store, Val::ExternRef(None)).unwrap();
        store.gc();
        let live = store.live_types();
        let path = "element 2 of table 0 of instance 0 (holder), exported as \"t\"";
        assert_eq!(find(&live, "(struct").path.as_deref(), Some(path));
        assert_eq!(live.len(), 2);
        assert_sound(&mut store);
    });
}

/// What nothing reaches is shown until it is collected; an empty heap has nothing to show.
#[test]
fn garbage_has_no_path() {
    let engine = engine(false);
    let mut store = Store::new(&engine, ());
    assert_eq!(store.live_types(), []);
    let any = arrays(&mut store, of(ValType::Ref(RefType::ANY)));
    let ring = ArrayRef::new(&mut store, &any, &Val::AnyRef(None), 1).unwrap();
    ring.set(&mut store, 0, ring.clone().into()).unwrap();
    let tag = Tag::new(&mut store, FuncType::new([], [])).unwrap();
    let exception = ExnRef::new(&mut store, tag, vec![]).unwrap();
    let exn = arrays(&mut store, of(ValType::Ref(RefType::EXN)));
    let exn = ArrayRef::new_fixed(&mut store, &exn, &[exception.into()]).unwrap();
    store.gc();
    let path = find(&store.live_types(), "exception").path.clone();
    assert_eq!(path.as_deref(), Some("a handle of the host → element 0"));
    drop((ring, exn));
    store.gc();
    assert_eq!(store.live_types(), []);
    let (mut store, instance) = instance(&engine_of(Collector::Counting, false), MODULE);
    instance.get_typed_func::<(), ()>(&mut store, "ring").unwrap().call(&mut store, ()).unwrap();
    // A collection that is not asked for leaves the ring, as it only looks at what frames held.
    while store.gc_stats().collections == 0 {
        ExternRef::new(&mut store, [0_u8; 1 << 16]);
    }
    assert_eq!(find(&store.live_types(), "(struct").path, None);
    store.gc();
    assert_eq!(store.live_types().len(), 1);
}

/// A list of many nodes takes no deep stack, and its nearest node is the one that is shown.
#[test]
fn long_lists_have_short_paths() {
    let engine = engine(false);
    let (mut store, instance) = instance(&engine, MODULE);
    let node = instance.get_typed_func::<AnyRef, StructRef>(&mut store, "node").unwrap();
    let mut last = node.call(&mut store, I31::wrapping(0).into()).unwrap();
    for _ in 0..100_000 {
        last = node.call(&mut store, last.into()).unwrap();
    }
    store.gc();
    let live = store.live_types();
    let nodes = find(&live, "(struct");
    assert_eq!((nodes.count, nodes.path.as_deref()), (100_001, Some("a handle of the host")));
}
