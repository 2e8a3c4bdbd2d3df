//! Structures, arrays and numbers of 31 bits in functions with static types, of Wasm and of the host.

use crate::gc_support::*;
use crate::host_objects::{arrays, field, of, structs};
use touchstone_runtime::*;

const SAME: &str = r#"(module
    (type $s (struct (field (mut i32)))) (type $t (struct (field (mut i64))))
    (type $a (array (mut i8)))
    (func (export "any") (param anyref) (result anyref) (local.get 0))
    (func (export "eq") (param eqref) (result eqref) (local.get 0))
    (func (export "i31") (param i31ref) (result i31ref) (local.get 0))
    (func (export "struct") (param structref) (result structref) (local.get 0))
    (func (export "array") (param arrayref) (result arrayref) (local.get 0))
    (func (export "$s") (param (ref null $s)) (result (ref null $s)) (local.get 0))
    (func (export "$a") (param (ref $a)) (result (ref $a)) (local.get 0))
    (func (export "full") (param (ref struct)) (result (ref struct)) (local.get 0))
    (func (export "none") (param nullref) (result nullref) (local.get 0)))"#;

/// Whether the function called `name` has the static type `P -> R`.
fn has<P: WasmParams, R: WasmResults>(
    store: &mut Store<()>,
    instance: Instance,
    name: &str,
) -> bool {
    match instance.get_typed_func::<P, R>(&mut *store, name) {
        Ok(_) => true,
        Err(Error::Mismatch(_)) => false,
        Err(error) => panic!("{error:?}"),
    }
}

#[test]
fn static_types_are_checked_when_a_function_is_typed() {
    let engine = Engine::default();
    let (mut store, instance) = instance(&engine, SAME);
    let s = &mut store;
    // Arguments may be narrower than the parameters, results wider than those of the function.
    assert!(has::<AnyRef, Option<AnyRef>>(s, instance, "any"));
    assert!(has::<StructRef, AnyRef>(s, instance, "any"));
    assert!(has::<(I31,), (Option<AnyRef>,)>(s, instance, "any"));
    assert!(!has::<AnyRef, EqRef>(s, instance, "any"));
    assert!(!has::<ExternRef, AnyRef>(s, instance, "any"));
    assert!(!has::<Func, AnyRef>(s, instance, "any"));
    assert!(!has::<AnyRef, ()>(s, instance, "any"));
    assert!(has::<Option<ArrayRef>, EqRef>(s, instance, "eq"));
    assert!(!has::<AnyRef, EqRef>(s, instance, "eq"));
    assert!(has::<I31, EqRef>(s, instance, "i31"));
    assert!(!has::<StructRef, I31>(s, instance, "i31"));
    assert!(has::<StructRef, EqRef>(s, instance, "struct"));
    assert!(!has::<StructRef, ArrayRef>(s, instance, "struct"));
    assert!(!has::<ArrayRef, StructRef>(s, instance, "struct"));
    // Where a parameter has no null, the argument must not have it; a result may be given as if it had it.
    assert!(has::<StructRef, Option<StructRef>>(s, instance, "full"));
    assert!(!has::<Option<StructRef>, StructRef>(s, instance, "full"));
    // A declared type takes what may be of it.
    assert!(has::<Option<StructRef>, StructRef>(s, instance, "$s"));
    assert!(has::<EqRef, EqRef>(s, instance, "$s"));
    assert!(!has::<ArrayRef, StructRef>(s, instance, "$s"));
    assert!(!has::<I31, StructRef>(s, instance, "$s"));
    assert!(has::<AnyRef, ArrayRef>(s, instance, "$a"));
    assert!(!has::<Option<ArrayRef>, ArrayRef>(s, instance, "$a"));
    // Nothing but null belongs to the bottom type.
    assert!(!has::<Option<StructRef>, Option<StructRef>>(s, instance, "none"));
}

#[test]
fn references_pass_through_functions_with_static_types() {
    in_every_mode(|_, engine| {
        let (mut store, instance) = instance(engine, SAME);
        let s = structs(&mut store, &[of(ValType::I32)]);
        let t = structs(&mut store, &[of(ValType::I64)]);
        let a = arrays(&mut store, field(StorageType::I8));
        let object = StructRef::new(&mut store, &s, &[Val::I32(1)]).unwrap();
        let other = StructRef::new(&mut store, &t, &[Val::I64(1)]).unwrap();
        let array = ArrayRef::new_fixed(&mut store, &a, &[Val::I32(3)]).unwrap();

        let same = instance.get_typed_func::<AnyRef, StructRef>(&mut store, "$s").unwrap();
        assert!(StructRef::ref_eq(&same.call(&mut store, object.to_anyref()).unwrap(), &object));
        for wrong in [other.to_anyref(), array.to_anyref(), I31::wrapping(1).into()] {
            let error = same.call(&mut store, wrong).unwrap_err();
            assert!(matches!(error, Error::Mismatch(_)), "{error}");
        }
        let same =
            instance.get_typed_func::<Option<StructRef>, StructRef>(&mut store, "$s").unwrap();
        let error = same.call(&mut store, None).unwrap_err();
        assert!(error.to_string().contains("null"), "{error}");
        let same = instance.get_typed_func::<ArrayRef, EqRef>(&mut store, "$a").unwrap();
        let found = same.call(&mut store, array.clone()).unwrap();
        assert!(ArrayRef::ref_eq(&found.unwrap_array(), &array));
        let same = instance.get_typed_func::<I31, Option<I31>>(&mut store, "i31").unwrap();
        for number in [0, 1, u32::MAX, 1 << 30] {
            let number = I31::wrapping(number);
            assert_eq!(same.call(&mut store, number).unwrap(), Some(number));
        }
        let same = instance.get_typed_func::<Option<I31>, Option<I31>>(&mut store, "i31").unwrap();
        assert_eq!(same.call(&mut store, None).unwrap(), None);
        let same =
            instance.get_typed_func::<Option<EqRef>, Option<EqRef>>(&mut store, "eq").unwrap();
        assert!(same.call(&mut store, None).unwrap().is_none());
        let found = same.call(&mut store, Some(other.to_eqref())).unwrap().unwrap();
        assert!(EqRef::ref_eq(&found, &other.into()));
        assert_sound(&mut store);
    });
}

const CALLS: &str = r#"(module
    (type $s (struct (field (mut i32))))
    (import "h" "next" (func $next (param structref) (result structref)))
    (import "h" "len" (func $len (param arrayref i31ref) (result i31ref)))
    (import "h" "pick" (func $pick (param eqref anyref) (result eqref)))
    (func (export "run") (result i32)
      (local $s (ref null $s)) (local $i i32)
      (local.set $s (struct.new $s (i32.const 0)))
      (loop $more
        (local.set $s (ref.cast (ref $s) (call $next (local.get $s))))
        (br_if $more (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 50))))
      (struct.get $s 0 (ref.cast (ref $s) (call $pick (local.get $s) (ref.i31 (i32.const 1))))))
    (func (export "len") (result i32)
      (i31.get_s (call $len (array.new_fixed $bytes 2 (i32.const 1) (i32.const 2)) (ref.i31 (i32.const -5)))))
    (type $bytes (array i8))
    (func (export "null") (drop (call $next (ref.null struct)))))"#;

/// Functions of the host make objects while frames of Wasm hold others.
#[test]
fn functions_of_the_host_take_and_give_objects() {
    in_every_mode(|_, engine| {
        let module = module(engine, CALLS);
        let mut store = Store::new(engine, ());
        let pre = structs(&mut store, &[of(ValType::I32)]);
        let mut linker = Linker::new(engine);
        let next = move |mut caller: Caller<'_, ()>, s: StructRef| -> Result<StructRef> {
            let n = s.field(&mut caller, 0)?.unwrap_i32();
            for _ in 0..10 {
                StructRef::new(&mut caller, &pre, &[Val::I32(-1)])?;
            }
            caller.gc();
            StructRef::new(&mut caller, &pre, &[Val::I32(n + 1)])
        };
        linker.func_wrap("h", "next", next).unwrap();
        let len = |mut caller: Caller<'_, ()>, array: ArrayRef, more: I31| -> Result<I31> {
            let len = array.len(&caller)? as i32;
            assert_eq!(array.elems(&mut caller)?.map(|e| e.unwrap_i32()).sum::<i32>(), 3);
            Ok(I31::wrapping((len + more.get_i32()) as u32))
        };
        linker.func_wrap("h", "len", len).unwrap();
        let pick = |eq: Option<EqRef>, any: AnyRef| if any.is_i31() { eq } else { any.as_eqref() };
        linker.func_wrap("h", "pick", pick).unwrap();
        let instance = linker.instantiate(&mut store, &module).unwrap();
        let run = instance.get_typed_func::<(), i32>(&mut store, "run").unwrap();
        assert_eq!(run.call(&mut store, ()).unwrap(), 50);
        let len = instance.get_typed_func::<(), i32>(&mut store, "len").unwrap();
        assert_eq!(len.call(&mut store, ()).unwrap(), -3);
        let null = instance.get_typed_func::<(), ()>(&mut store, "null").unwrap();
        assert!(null.call(&mut store, ()).unwrap_err().to_string().contains("null"));
        assert_sound(&mut store);
        store.gc();
        assert_eq!(store.gc_stats().live, 0);
    });
}
