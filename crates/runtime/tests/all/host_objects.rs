//! Structures and arrays that the host makes, reads and changes, alone and together with Wasm.

use crate::gc_support::*;
use touchstone_runtime::*;

pub(crate) fn field(storage: StorageType) -> FieldType {
    FieldType::new(storage, Mutability::Var)
}

pub(crate) fn of(ty: ValType) -> FieldType {
    field(StorageType::Val(ty))
}

pub(crate) fn structs(store: &mut Store<()>, fields: &[FieldType]) -> StructRefPre {
    let ty = StructType::new(store.engine(), fields.iter().copied()).unwrap();
    StructRefPre::new(store, ty).unwrap()
}

pub(crate) fn arrays(store: &mut Store<()>, element: FieldType) -> ArrayRefPre {
    let ty = ArrayType::new(store.engine(), element).unwrap();
    ArrayRefPre::new(store, ty).unwrap()
}

/// Whether both are the same number, or references to the same.
pub(crate) fn equal(a: &Val, b: &Val) -> bool {
    match (a, b) {
        (Val::AnyRef(Some(a)), Val::AnyRef(Some(b))) => AnyRef::ref_eq(a, b),
        (Val::ExternRef(Some(a)), Val::ExternRef(Some(b))) => ExternRef::ptr_eq(a, b),
        (Val::ExnRef(Some(a)), Val::ExnRef(Some(b))) => ExnRef::ptr_eq(a, b),
        (Val::FuncRef(Some(a)), Val::FuncRef(Some(b))) => a == b,
        (a, b) => a.to_string() == b.to_string(),
    }
}

/// Every storage type with a value and what is read back, and another value.
fn of_each_type(store: &mut Store<()>) -> Vec<(StorageType, Val, Val, Val)> {
    let func = |store: &mut Store<()>| Val::from(Func::wrap(store, || {}).unwrap());
    let host = |store: &mut Store<()>| Val::from(ExternRef::new(store, 1));
    let tag = Tag::new(&mut *store, FuncType::new([], [])).unwrap();
    let exn = |store: &mut Store<()>| Val::from(ExnRef::new(store, tag, vec![]).unwrap());
    let empty = structs(store, &[]);
    let object = |store: &mut Store<()>| Val::from(StructRef::new(store, &empty, &[]).unwrap());
    let packed =
        |storage, mask: i32| (storage, Val::I32(-2), Val::I32(-2 & mask), Val::I32(0x1234_5678));
    let plain = |ty, a: Val, b| (StorageType::Val(ty), a.clone(), a, b);
    vec![
        packed(StorageType::I8, 0xff),
        packed(StorageType::I16, 0xffff),
        plain(ValType::I32, Val::I32(-2), Val::I32(7)),
        plain(ValType::I64, Val::I64(-2), Val::I64(i64::MIN)),
        plain(ValType::F32, Val::F32(0x7fa0_0001), Val::F32(0)),
        plain(ValType::F64, Val::F64(0x7ff4_0000_0000_0001), Val::F64(1)),
        plain(ValType::V128, Val::V128(u128::MAX - 1), Val::V128(1 << 100)),
        plain(ValType::Ref(RefType::FUNC), func(store), Val::FuncRef(None)),
        plain(ValType::Ref(RefType::EXTERN), host(store), Val::ExternRef(None)),
        plain(ValType::Ref(RefType::EXN), exn(store), Val::ExnRef(None)),
        plain(ValType::Ref(RefType::ANY), object(store), I31::wrapping(5).into()),
        plain(ValType::Ref(RefType::EQ), I31::wrapping(u32::MAX).into(), object(store)),
        plain(ValType::Ref(RefType::STRUCT), object(store), object(store)),
        plain(ValType::Ref(RefType::I31), I31::wrapping(0).into(), Val::AnyRef(None)),
        plain(
            ValType::Ref(RefType::ANY),
            AnyRef::from_extern(ExternRef::new(&mut *store, 2)).into(),
            Val::AnyRef(None),
        ),
    ]
}

#[test]
fn every_storage_type_holds_its_values() {
    in_every_mode(|_, engine| {
        let mut store = Store::new(engine, ());
        let cases = of_each_type(&mut store);
        let fields: Vec<FieldType> = cases.iter().map(|case| field(case.0)).collect();
        let values: Vec<Val> = cases.iter().map(|case| case.1.clone()).collect();
        let pre = structs(&mut store, &fields);
        let object = StructRef::new(&mut store, &pre, &values).unwrap();
        store.gc();
        let read: Vec<Val> = object.fields(&mut store).unwrap().collect();
        assert_eq!(read.len(), cases.len());
        for (read, (storage, _, wanted, _)) in read.iter().zip(&cases) {
            assert!(equal(read, wanted), "{storage:?}: {read} is not {wanted}");
        }
        for (i, (storage, first, wanted, second)) in cases.iter().enumerate() {
            object.set_field(&mut store, i, second.clone()).unwrap();
            store.verify_heap().unwrap();
            object.set_field(&mut store, i, first.clone()).unwrap();
            let pre = arrays(&mut store, field(*storage));
            let array = ArrayRef::new(&mut store, &pre, first, 5).unwrap();
            array.set(&mut store, 3, second.clone()).unwrap();
            array.set(&mut store, 4, Val::default_for(storage.unpacked())).unwrap();
            store.gc();
            for (j, found) in array.elems(&mut store).unwrap().enumerate().take(3) {
                assert!(equal(&found, wanted), "{storage:?}, element {j}: {found}");
            }
            let fixed = ArrayRef::new_fixed(&mut store, &pre, &[second.clone(), first.clone()]);
            let found = fixed.unwrap().get(&mut store, 1).unwrap();
            assert!(equal(&found, wanted), "{storage:?}: {found}");
        }
        assert_sound(&mut store);
        drop((cases, values, read, object));
        store.gc();
        assert_eq!(store.gc_stats().live, 0);
    });
}

const SHARED: &str = r#"(module
    (type $pair (sub (struct (field (mut i32)) (field (mut anyref)))))
    (type $triple (sub $pair (struct (field (mut i32)) (field (mut anyref)) (field i8))))
    (type $bytes (array (mut i8)))
    (type $f (func (result i32)))
    (type $code (struct (field (ref $f))))
    (func (export "sum") (param (ref null $pair)) (result i32)
      (i32.add (struct.get $pair 0 (local.get 0))
        (struct.get $pair 0 (ref.cast (ref $pair) (struct.get $pair 1 (local.get 0))))))
    (func (export "is-pair") (param anyref) (result i32) (ref.test (ref $pair) (local.get 0)))
    (func (export "is-triple") (param anyref) (result i32) (ref.test (ref $triple) (local.get 0)))
    (func (export "total") (param (ref $bytes)) (result i32) (local i32 i32)
      (block $end (loop $more
        (br_if $end (i32.eq (local.get 1) (array.len (local.get 0))))
        (local.set 2 (i32.add (local.get 2) (array.get_s $bytes (local.get 0) (local.get 1))))
        (local.set 1 (i32.add (local.get 1) (i32.const 1)))
        (br $more)))
      (local.get 2))
    (func (export "run") (param (ref $code)) (result i32)
      (call_ref $f (struct.get $code 0 (local.get 0))))
    (func (export "seven") (result i32) (i32.const 7)))"#;

/// What the host makes of a module's types is what the module makes, for reads, casts and calls.
#[test]
fn wasm_uses_what_the_host_made() {
    in_every_mode(|_, engine| {
        let (mut store, instance) = instance(engine, SHARED);
        let pair = StructType::with_finality_and_supertype(
            engine,
            Finality::NonFinal,
            None,
            [of(ValType::I32), of(ValType::Ref(RefType::ANY))],
        )
        .unwrap();
        let byte = FieldType::new(StorageType::I8, Mutability::Const);
        let triple = StructType::with_finality_and_supertype(
            engine,
            Finality::NonFinal,
            Some(&pair),
            pair.fields().iter().copied().chain([byte]),
        )
        .unwrap();
        let pairs = StructRefPre::new(&mut store, pair.clone()).unwrap();
        let triples = StructRefPre::new(&mut store, triple.clone()).unwrap();
        let low = StructRef::new(&mut store, &pairs, &[Val::I32(40), Val::AnyRef(None)]).unwrap();
        let fields = [Val::I32(2), low.clone().into(), Val::I32(-1)];
        let high = StructRef::new(&mut store, &triples, &fields).unwrap();
        assert!(
            high.matches_ty(&store, &pair).unwrap() && !low.matches_ty(&store, &triple).unwrap()
        );
        let sum = instance.get_typed_func::<StructRef, i32>(&mut store, "sum").unwrap();
        assert_eq!(sum.call(&mut store, high.clone()).unwrap(), 42);
        for (name, object, is) in [
            ("is-pair", low.to_anyref(), 1),
            ("is-triple", low.to_anyref(), 0),
            ("is-pair", high.to_anyref(), 1),
            ("is-triple", high.to_anyref(), 1),
            ("is-pair", I31::wrapping(3).into(), 0),
        ] {
            let test = instance.get_typed_func::<AnyRef, i32>(&mut store, name).unwrap();
            assert_eq!(test.call(&mut store, object).unwrap(), is, "{name}");
        }
        let bytes = arrays(&mut store, field(StorageType::I8));
        let array = ArrayRef::new(&mut store, &bytes, &Val::I32(-3), 100).unwrap();
        let total = instance.get_typed_func::<ArrayRef, i32>(&mut store, "total").unwrap();
        assert_eq!(total.call(&mut store, array).unwrap(), -300);
        let seven = instance.get_func(&mut store, "seven").unwrap();
        let run = instance.get_func(&mut store, "run").unwrap();
        let ValType::Ref(code) = run.ty(&store).params()[0] else { panic!("a reference") };
        let code = StructType::from_heap_type(engine, code.heap_type()).unwrap();
        let pre = StructRefPre::new(&mut store, code).unwrap();
        let code = StructRef::new(&mut store, &pre, &[seven.into()]).unwrap();
        let run = run.typed::<StructRef, i32>(&store).unwrap();
        assert_eq!(run.call(&mut store, code).unwrap(), 7);
        // A function of another type is refused before Wasm could call it.
        let wrong = Func::wrap(&mut store, |_: i32| {}).unwrap();
        assert!(StructRef::new(&mut store, &pre, &[wrong.into()]).is_err());
        assert_sound(&mut store);
    });
}

#[test]
fn references_tell_what_they_are_to() {
    in_every_mode(|_, engine| {
        let mut store = Store::new(engine, ());
        let pre = structs(&mut store, &[]);
        let object = StructRef::new(&mut store, &pre, &[]).unwrap();
        let bytes = arrays(&mut store, field(StorageType::I8));
        let array = ArrayRef::new_fixed(&mut store, &bytes, &[]).unwrap();
        let number = I31::wrapping(9);
        let host = AnyRef::from_extern(ExternRef::new(&mut store, ()));
        let all = [object.to_anyref(), array.to_anyref(), number.into(), host.clone()];
        let kinds: Vec<[bool; 4]> = all
            .iter()
            .map(|any| [any.is_struct(), any.is_array(), any.is_i31(), any.is_eqref()])
            .collect();
        let (yes, no) = (true, false);
        assert_eq!(
            kinds,
            [[yes, no, no, yes], [no, yes, no, yes], [no, no, yes, yes], [no, no, no, no]]
        );
        for any in &all[..3] {
            let eq = any.unwrap_eqref();
            assert!(AnyRef::ref_eq(any, &eq.to_anyref()));
            assert_eq!(
                [eq.is_struct(), eq.is_array(), eq.is_i31()],
                [any.is_struct(), any.is_array(), any.is_i31()]
            );
            assert!(
                any.matches_ty(&store, HeapType::Eq).unwrap()
                    && eq.matches_ty(&store, HeapType::Any).unwrap()
            );
            assert!(!any.matches_ty(&store, HeapType::None).unwrap());
        }
        assert_eq!(host.ty(&store).unwrap(), HeapType::Any);
        assert!(!host.matches_ty(&store, HeapType::Eq).unwrap());
        assert_eq!(object.to_eqref().ty(&store).unwrap(), pre.ty().heap_type());
        assert_eq!(array.ty(&store).unwrap(), *bytes.ty());
        assert!(array.matches_ty(&store, bytes.ty()).unwrap());
        assert!(StructRef::ref_eq(&object, &all[0].unwrap_struct()));
        assert!(ArrayRef::ref_eq(&array, &all[1].unwrap_eqref().unwrap_array()));
        assert_eq!(EqRef::from(number).unwrap_i31(), number);
        assert!(panic_of(|| all[0].unwrap_array()).contains("is not an array"));
        assert!(panic_of(|| host.unwrap_eqref()).contains("compared"));
        assert!(panic_of(|| EqRef::from(number).unwrap_struct()).contains("is not a structure"));
        assert!(panic_of(|| host.unwrap_i31()).contains("31 bits"));
    });
}

/// Every byte of an object counts once as made, and every collection as a pause.
#[test]
fn statistics_tell_what_was_made_and_how_long_collections_took() {
    // With the other collector, the structure has 16 bytes.
    let mut store = Store::new(&engine_of(Collector::Counting, false), ());
    let pre = structs(&mut store, &[of(ValType::I64)]);
    assert_eq!((store.gc_stats().allocated_bytes, store.gc_pauses().count), (0, 0));
    StructRef::new(&mut store, &pre, &[Val::I64(1)]).unwrap();
    let size = store.gc_stats().allocated_bytes;
    assert_eq!((size, store.gc_stats().live_bytes), (32, 32));
    for _ in 1..100_000 {
        StructRef::new(&mut store, &pre, &[Val::I64(1)]).unwrap();
    }
    store.gc();
    let (stats, pauses) = (store.gc_stats(), store.gc_pauses());
    assert_eq!((stats.allocated_bytes, stats.live_bytes), (100_000 * size, 0));
    assert_eq!(pauses.count, stats.collections);
    assert!(pauses.median <= pauses.percentile_99 && pauses.percentile_99 <= pauses.worst);
    assert!(pauses.worst <= pauses.total);
}

/// What survives a collection is counted once, and where it lies is told.
#[test]
fn statistics_tell_what_survived_and_where_objects_lie() {
    let mut store = Store::new(&engine_of(Collector::Coalescing, false), ());
    assert_eq!(store.heap_occupancy(), HeapOccupancy::default());
    let pre = structs(&mut store, &[of(ValType::I64)]);
    let make = |store: &mut Store<()>| StructRef::new(store, &pre, &[Val::I64(1)]).unwrap();
    // Every sixteenth structure of 16 bytes is kept: one in each line of 256 bytes, or in the next one.
    let kept: Vec<_> = (0..16 * 1024)
        .filter_map(|number| Some(make(&mut store)).filter(|_| number % 16 == 0))
        .collect();
    store.gc();
    store.gc();
    let stats = store.gc_stats();
    assert_eq!((stats.survived_bytes, stats.live_bytes), (16 * 1024, 16 * 1024));
    let found = store.heap_occupancy();
    assert_eq!((found.used_bytes, found.lines, found.blocks), (16 * 1024, 1024, 8), "{found:?}");
    assert_eq!((found.holes, found.largest_hole_bytes), (1023, 15 * 16), "{found:?}");
    drop(kept);
    store.gc();
    assert_eq!(store.heap_occupancy(), HeapOccupancy::default());
    assert_eq!(store.gc_stats().survived_bytes, 16 * 1024);
}
