//! Hosts that use objects wrongly, or in unlikely ways: errors, never panics, and a sound heap.

use crate::gc_support::*;
use crate::host_objects::{arrays, equal, field, of, structs};
use std::sync::{Arc, Mutex};
use touchstone_runtime::*;

fn mismatch<T: std::fmt::Debug>(result: Result<T>) {
    assert!(matches!(result, Err(Error::Mismatch(_))), "{result:?}");
}

fn resource<T: std::fmt::Debug>(result: Result<T>) {
    assert!(matches!(result, Err(Error::Resource(_))), "{result:?}");
}

/// A type of lists that end with null.
fn list(engine: &Engine) -> StructType {
    StructType::recursive(engine, |own| {
        vec![of(ValType::Ref(RefType::new(true, own))), of(ValType::Ref(RefType::EXTERN))]
    })
    .unwrap()
}

const NULLS: [Val; 2] = [Val::AnyRef(None), Val::ExternRef(None)];

#[test]
fn wrong_uses_are_errors() {
    in_every_mode(|_, engine| {
        let mut store = Store::new(engine, ());
        let store = &mut store;
        let constant = FieldType::new(StorageType::Val(ValType::I32), Mutability::Const);
        let pre = structs(store, &[constant, of(ValType::Ref(RefType::new(false, HeapType::Eq)))]);
        let number = Val::from(I31::wrapping(4));
        for wrong in [
            vec![],
            vec![Val::I32(1)],
            vec![Val::I32(1), number.clone(), number.clone()],
            vec![Val::I64(1), number.clone()],
            vec![Val::I32(1), Val::AnyRef(None)],
            vec![Val::I32(1), Val::ExternRef(None)],
            vec![Val::I32(1), AnyRef::from_extern(ExternRef::new(&mut *store, 1)).into()],
        ] {
            mismatch(StructRef::new(&mut *store, &pre, &wrong));
        }
        let object = StructRef::new(&mut *store, &pre, &[Val::I32(1), number.clone()]).unwrap();
        mismatch(object.field(&mut *store, 2));
        mismatch(object.field(&mut *store, usize::MAX));
        mismatch(object.set_field(&mut *store, 2, number.clone()));
        mismatch(object.set_field(&mut *store, 0, Val::I32(2)));
        mismatch(object.set_field(&mut *store, 1, Val::AnyRef(None)));
        mismatch(object.set_field(&mut *store, 1, Val::I32(1)));
        let bytes = arrays(store, field(StorageType::I8));
        mismatch(ArrayRef::new(&mut *store, &bytes, &Val::I64(0), 1));
        mismatch(ArrayRef::new_fixed(&mut *store, &bytes, &[Val::I32(0), Val::F32(0)]));
        let array = ArrayRef::new(&mut *store, &bytes, &Val::I32(0), 3).unwrap();
        for index in [3, u32::MAX] {
            mismatch(array.get(&mut *store, index));
            mismatch(array.set(&mut *store, index, Val::I32(1)));
        }
        mismatch(array.set(&mut *store, 0, Val::FuncRef(None)));
        let fixed = arrays(store, constant);
        let fixed = ArrayRef::new(&mut *store, &fixed, &Val::I32(3), 1).unwrap();
        mismatch(fixed.set(&mut *store, 0, Val::I32(3)));
        assert_sound(store);
    });
}

/// Everything of another store is refused, whether that store lives or not, and nothing is left half done.
#[test]
fn handles_of_other_stores_are_refused() {
    in_every_mode(|_, engine| {
        let mut theirs = Store::new(engine, ());
        let any = of(ValType::Ref(RefType::ANY));
        let their_pre = structs(&mut theirs, &[any]);
        let their_arrays = arrays(&mut theirs, any);
        let object = StructRef::new(&mut theirs, &their_pre, &[Val::AnyRef(None)]).unwrap();
        let array =
            ArrayRef::new_fixed(&mut theirs, &their_arrays, &[object.clone().into()]).unwrap();
        let host = AnyRef::from_extern(ExternRef::new(&mut theirs, 1));
        let func = Func::wrap(&mut theirs, || {}).unwrap();

        let mut ours = Store::new(engine, ());
        let pre = structs(&mut ours, &[any]);
        let arrays = arrays(&mut ours, any);
        let functions = structs(&mut ours, &[of(ValType::Ref(RefType::FUNC))]);
        let own = StructRef::new(&mut ours, &pre, &[I31::wrapping(1).into()]).unwrap();
        let check = |ours: &mut Store<()>| {
            mismatch(StructRef::new(&mut *ours, &their_pre, &[Val::AnyRef(None)]));
            mismatch(ArrayRef::new(&mut *ours, &their_arrays, &Val::AnyRef(None), 1));
            mismatch(ArrayRef::new_fixed(&mut *ours, &their_arrays, &[]));
            for foreign in [object.to_anyref(), array.to_anyref(), host.clone()].map(Val::from) {
                mismatch(StructRef::new(&mut *ours, &pre, std::slice::from_ref(&foreign)));
                mismatch(ArrayRef::new(&mut *ours, &arrays, &foreign, 3));
                let elems = [own.clone().into(), foreign.clone()];
                mismatch(ArrayRef::new_fixed(&mut *ours, &arrays, &elems));
                mismatch(own.set_field(&mut *ours, 0, foreign.clone()));
                let foreign = foreign.unwrap_any_ref().unwrap();
                mismatch(foreign.ty(&*ours));
                mismatch(foreign.matches_ty(&*ours, HeapType::Any));
            }
            mismatch(StructRef::new(&mut *ours, &functions, &[func.into()]));
            mismatch(object.ty(&*ours));
            mismatch(object.matches_ty(&*ours, pre.ty()));
            mismatch(object.field(&mut *ours, 0));
            mismatch(object.fields(&mut *ours).map(|fields| fields.len()));
            mismatch(object.set_field(&mut *ours, 0, Val::AnyRef(None)));
            mismatch(array.len(&*ours));
            mismatch(array.get(&mut *ours, 0));
            mismatch(array.elems(&mut *ours).map(|elems| elems.len()));
            mismatch(array.set(&mut *ours, 0, Val::AnyRef(None)));
            assert_eq!(
                own.field(&mut *ours, 0).unwrap().unwrap_any_ref().unwrap().unwrap_i31().get_u32(),
                1
            );
            assert_sound(ours);
        };
        check(&mut ours);
        drop(theirs);
        check(&mut ours);
        // What needs no store still works.
        assert!(object.to_anyref().is_struct() && array.to_eqref().is_array());
        ours.gc();
        assert_eq!(ours.gc_stats().live, 1);
        // A type of another engine.
        let foreign = StructType::new(&Engine::default(), []).unwrap();
        mismatch(StructRefPre::new(&mut ours, foreign));
    });
}

/// Garbage that a host function makes in a loop stays below the limit; what it keeps runs into the limit, and
/// afterwards there is room again.
#[test]
fn a_host_function_allocates_under_a_limit() {
    in_every_mode(|stress, engine| {
        let mut store = Store::new(engine, ());
        let pre = StructRefPre::new(&mut store, list(engine)).unwrap();
        let bytes = arrays(&mut store, field(StorageType::I8));
        store.limit(StoreLimits::new().total_bytes(1 << 20));
        let rounds = if stress { 2_000 } else { 200_000 };
        let body = move |mut caller: Caller<'_, ()>| -> Result<()> {
            for _ in 0..rounds {
                let ring = StructRef::new(&mut caller, &pre, &NULLS)?;
                ring.set_field(&mut caller, 0, ring.clone().into())?;
            }
            for _ in 0..100 {
                ArrayRef::new(&mut caller, &bytes, &Val::I32(7), 900 << 10)?;
            }
            for len in [2 << 20, u32::MAX] {
                resource(ArrayRef::new(&mut caller, &bytes, &Val::I32(7), len));
            }
            let mut kept = Val::AnyRef(None);
            let most = if stress { 1_000 } else { u32::MAX };
            for _ in 0..most {
                match StructRef::new(&mut caller, &pre, &[kept.clone(), Val::ExternRef(None)]) {
                    Ok(next) => kept = next.into(),
                    Err(error) => {
                        assert!(matches!(error, Error::Resource(_)), "{error:?}");
                        break;
                    }
                }
            }
            assert!(stress || caller.gc_stats().live_bytes > 900 << 10);
            drop(kept);
            ArrayRef::new(&mut caller, &bytes, &Val::I32(7), 900 << 10)?;
            caller.verify_heap().unwrap();
            Ok(())
        };
        let func = Func::wrap(&mut store, body).unwrap();
        func.typed::<(), ()>(&store).unwrap().call(&mut store, ()).unwrap();
        assert_sound(&mut store);
        store.gc();
        assert_eq!(store.gc_stats().live, 0);
    });
}

/// Values of the host count toward the limit, also those that would enter by a field.
#[test]
fn values_of_the_host_in_objects_run_into_the_limit() {
    let engine = engine(false);
    let mut store = Store::new(&engine, ());
    let pre = StructRefPre::new(&mut store, list(&engine)).unwrap();
    let object = StructRef::new(&mut store, &pre, &NULLS).unwrap();
    store.limit(StoreLimits::new().total_bytes(4096));
    let values: Vec<ExternRef> = (0..200).map(|_| ExternRef::new(&mut store, [0_u8; 64])).collect();
    resource(object.set_field(&mut store, 1, values[0].clone().into()));
    resource(StructRef::new(&mut store, &pre, &[Val::AnyRef(None), values[1].clone().into()]));
    assert!(object.field(&mut store, 1).unwrap().unwrap_extern_ref().is_none());
    drop(values);
    let value = ExternRef::new(&mut store, 1);
    object.set_field(&mut store, 1, value.clone().into()).unwrap();
    assert!(equal(&object.field(&mut store, 1).unwrap(), &value.into()));
    assert_sound(&mut store);
}

/// Cycles of structures, arrays and values, which the host builds and lets go.
#[test]
fn cycles_of_the_host_are_reclaimed() {
    in_every_mode(|_, engine| {
        let mut store = Store::new(engine, ());
        let drops = Drops::default();
        let pre = StructRefPre::new(&mut store, list(engine)).unwrap();
        let any = arrays(&mut store, of(ValType::Ref(RefType::ANY)));
        let nodes: Vec<StructRef> = (0..20)
            .map(|_| {
                let value = ExternRef::new(&mut store, drops.value());
                StructRef::new(&mut store, &pre, &[Val::AnyRef(None), value.into()]).unwrap()
            })
            .collect();
        for (i, node) in nodes.iter().enumerate() {
            node.set_field(&mut store, 0, nodes[(i + 1) % 20].clone().into()).unwrap();
        }
        let array = ArrayRef::new(&mut store, &any, &nodes[0].clone().into(), 100).unwrap();
        array.set(&mut store, 0, array.clone().into()).unwrap();
        drop(nodes);
        store.gc();
        assert_eq!((drops.count(), store.gc_stats().live), (0, 41));
        // A handle to one node of the ring keeps all.
        let node = array.get(&mut store, 50).unwrap().unwrap_any_ref().unwrap().unwrap_struct();
        drop(array);
        store.gc();
        assert_eq!((drops.count(), store.gc_stats().live), (0, 40));
        assert_sound(&mut store);
        drop(node);
        store.gc();
        assert_eq!((drops.count(), store.gc_stats().live), (20, 0));
    });
}

/// Its destructor makes objects in another store, and drops the handles that it holds, one of them to the store
/// of the value itself.
struct Maker {
    other: Arc<Mutex<(Store<()>, StructRefPre)>>,
    _held: AnyRef,
    drops: Drops,
}

impl Drop for Maker {
    fn drop(&mut self) {
        let (store, pre) = &mut *self.other.lock().unwrap();
        let mut last = Val::AnyRef(None);
        for _ in 0..50 {
            let value = ExternRef::new(&mut *store, self.drops.value());
            last = StructRef::new(&mut *store, pre, &[last, value.into()]).unwrap().into();
        }
        store.verify_heap().unwrap();
    }
}

#[test]
fn destructors_make_objects_elsewhere() {
    in_every_mode(|_, engine| {
        let drops = Drops::default();
        let mut other = Store::new(engine, ());
        let pre = StructRefPre::new(&mut other, list(engine)).unwrap();
        let other = Arc::new(Mutex::new((other, pre)));
        let mut store = Store::new(engine, ());
        let pre = StructRefPre::new(&mut store, list(engine)).unwrap();
        for round in 0..4 {
            let held = StructRef::new(&mut store, &pre, &NULLS).unwrap();
            let maker = Maker { other: other.clone(), _held: held.into(), drops: drops.clone() };
            let value = ExternRef::new(&mut store, maker);
            let object =
                StructRef::new(&mut store, &pre, &[Val::AnyRef(None), value.into()]).unwrap();
            match round % 2 {
                // The value dies by an overwritten field, or with its structure.
                0 => object.set_field(&mut store, 1, Val::ExternRef(None)).unwrap(),
                _ => drop(object),
            }
            store.gc();
        }
        store.gc();
        assert_eq!(store.gc_stats().live, 0);
        other.lock().unwrap().0.gc();
        assert_eq!((drops.count(), other.lock().unwrap().0.gc_stats().live), (200, 0));
        assert_sound(&mut store);
    });
}

/// The panic of a destructor comes out where the field was overwritten, and the heap is sound afterwards.
#[test]
fn a_destructor_panics_while_a_field_is_written() {
    where_counts_are_immediate(|_, engine| {
        let mut store = Store::new(engine, ());
        let drops = Drops::default();
        let pre = StructRefPre::new(&mut store, list(engine)).unwrap();
        let value = ExternRef::new(&mut store, drops.panicking("on purpose"));
        let object = StructRef::new(&mut store, &pre, &[Val::AnyRef(None), value.into()]).unwrap();
        store.gc();
        let message = panic_of(|| object.set_field(&mut store, 1, Val::ExternRef(None)));
        assert_eq!((message.as_str(), drops.count()), ("on purpose", 1));
        assert!(object.field(&mut store, 1).unwrap().unwrap_extern_ref().is_none());
        assert_sound(&mut store);
    });
}

/// A function that was given back cannot be put into an object; one in an object that the host holds is not given
/// back.
#[test]
fn functions_in_objects_keep_their_instances() {
    in_every_mode(|_, engine| {
        let mut store = Store::new(engine, ());
        let code = module(engine, "(module (func (export \"f\") (result i32) (i32.const 7)))");
        let pre = structs(&mut store, &[of(ValType::Ref(RefType::FUNC))]);
        let held = Instance::new(&mut store, &code, &[]).unwrap();
        let func = held.get_func(&mut store, "f").unwrap();
        let object = StructRef::new(&mut store, &pre, &[func.into()]).unwrap();
        held.release(&mut store);
        store.reclaim();
        let found = object.field(&mut store, 0).unwrap().unwrap_func_ref().unwrap();
        let typed = found.typed::<(), i32>(&store).unwrap();
        assert_eq!(typed.call(&mut store, ()).unwrap(), 7);
        object.set_field(&mut store, 0, Val::FuncRef(None)).unwrap();
        store.reclaim();
        let result = object.set_field(&mut store, 0, func.into());
        assert!(matches!(result, Err(Error::Released(_))), "{result:?}");
        let result = StructRef::new(&mut store, &pre, &[func.into()]);
        assert!(matches!(result, Err(Error::Released(_))), "{result:?}");
        assert_sound(&mut store);
    });
}

/// Handles are dropped and cloned by other threads while the store collects.
#[test]
fn handles_go_to_other_threads() {
    in_every_mode(|_, engine| {
        let mut store = Store::new(engine, ());
        let pre = StructRefPre::new(&mut store, list(engine)).unwrap();
        let (send, receive) = std::sync::mpsc::channel::<StructRef>();
        let thread =
            std::thread::spawn(move || receive.iter().filter(|h| h.to_eqref().is_struct()).count());
        for i in 0..2_000 {
            let object = StructRef::new(&mut store, &pre, &NULLS).unwrap();
            send.send(object).unwrap();
            if i % 100 == 0 {
                store.gc();
            }
        }
        drop(send);
        assert_eq!(thread.join().unwrap(), 2_000);
        store.gc();
        assert_eq!(store.gc_stats().live, 0);
        assert_sound(&mut store);
    });
}
