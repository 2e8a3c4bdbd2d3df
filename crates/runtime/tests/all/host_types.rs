//! Types of structures and arrays that the host declares: when they are equal, and which are refused.

use crate::gc_support::*;
use touchstone_runtime::*;

fn fresh() -> Engine {
    Engine::default()
}

const _: () = {
    const fn both<T: Send + Sync + 'static>() {}
    both::<(StructType, ArrayType, StructRef, ArrayRef, EqRef, StructRefPre, ArrayRefPre)>();
};

fn var(ty: ValType) -> FieldType {
    FieldType::new(StorageType::Val(ty), Mutability::Var)
}

fn constant(ty: ValType) -> FieldType {
    FieldType::new(StorageType::Val(ty), Mutability::Const)
}

fn null(heap: HeapType) -> ValType {
    ValType::Ref(RefType::new(true, heap))
}

/// The heap types of the parameters of the function that the module exports as `f`.
fn heaps(engine: &Engine, types: &str, params: &str) -> (Module, Vec<HeapType>) {
    let module =
        module(engine, &format!("(module {types} (func (export \"f\") (param {params})))"));
    let exports: Vec<ExportType> = module.exports().collect();
    let ExternType::Func(ty) = exports[0].ty().clone() else { panic!("a function") };
    let heap = |ty: &ValType| match ty {
        ValType::Ref(ty) => ty.heap_type(),
        _ => panic!("a reference"),
    };
    (module, ty.params().iter().map(heap).collect())
}

fn refused<T: std::fmt::Debug>(result: Result<T>, says: &str) {
    let error = result.unwrap_err();
    assert!(matches!(error, Error::Mismatch(_)), "{error:?}");
    assert!(error.to_string().contains(says), "{error} does not say {says}");
}

#[test]
fn a_type_of_the_host_is_that_of_a_module_in_an_equal_group() {
    let engine = fresh();
    let (_module, found) = heaps(
        &engine,
        "(type $pair (struct (field (mut i32)) (field i8)))
         (type $list (struct (field (mut (ref null $list)))))
         (type $bytes (array (mut i8)))
         (type $open (sub (struct (field (mut i32)) (field i8))))
         (type $sub (sub final $open (struct (field (mut i32)) (field i8) (field (ref $pair)))))
         (rec (type $grouped (struct (field (mut i32)) (field i8))) (type $other (struct)))",
        "(ref $pair) (ref null $list) (ref $bytes) (ref $open) (ref $sub) (ref $grouped)",
    );
    let [pair, list, bytes, open, sub, grouped] = found[..] else { panic!("six") };
    let byte = FieldType::new(StorageType::I8, Mutability::Const);

    let ours = StructType::new(&engine, [var(ValType::I32), byte]).unwrap();
    assert_eq!(ours.heap_type(), pair);
    assert_eq!(StructType::from_heap_type(&engine, pair), Some(ours.clone()));
    assert!(ours.heap_type() != open && ours.heap_type() != grouped);

    let recursive = StructType::recursive(&engine, |own| vec![var(null(own))]).unwrap();
    assert_eq!(recursive.heap_type(), list);
    assert_eq!(recursive.fields(), [var(null(list))]);

    let ours_open = StructType::with_finality_and_supertype(
        &engine,
        Finality::NonFinal,
        None,
        [var(ValType::I32), byte],
    )
    .unwrap();
    assert_eq!(ours_open.heap_type(), open);
    let to_pair = constant(ValType::Ref(RefType::new(false, pair)));
    let ours_sub = StructType::with_finality_and_supertype(
        &engine,
        Finality::Final,
        Some(&ours_open),
        [var(ValType::I32), byte, to_pair],
    )
    .unwrap();
    assert_eq!(ours_sub.heap_type(), sub);
    let read = StructType::from_heap_type(&engine, sub).unwrap();
    assert_eq!((read.finality(), read.supertype()), (Finality::Final, Some(ours_open.clone())));
    assert_eq!((ours_open.finality(), ours_open.supertype()), (Finality::NonFinal, None));
    assert!(read.matches(&ours_open) && !ours_open.matches(&read) && read.matches(&read));
    // A type within a group of several is read, though the host cannot declare it.
    assert_eq!(StructType::from_heap_type(&engine, grouped).unwrap().fields().len(), 2);

    let array = ArrayType::new(&engine, FieldType::new(StorageType::I8, Mutability::Var)).unwrap();
    assert_eq!(
        (array.heap_type(), array.finality(), array.supertype()),
        (bytes, Finality::Final, None)
    );
    assert_eq!(ArrayType::from_heap_type(&engine, bytes), Some(array));
    for (heap, is_struct, is_array) in [
        (pair, true, false),
        (bytes, false, true),
        (HeapType::Struct, false, false),
        (HeapType::Any, false, false),
    ] {
        assert_eq!(StructType::from_heap_type(&engine, heap).is_some(), is_struct);
        assert_eq!(ArrayType::from_heap_type(&engine, heap).is_some(), is_array);
    }
}

#[test]
fn types_live_as_long_as_something_uses_them() {
    let engine = fresh();
    let before = engine.usage().types;
    let inner = StructType::recursive(&engine, |own| vec![var(null(own))]).unwrap();
    let outer = ArrayType::new(&engine, var(null(inner.heap_type()))).unwrap();
    let again = outer.clone();
    assert_eq!(engine.usage().types, before + 2);
    let (inner_heap, outer_heap) = (inner.heap_type(), outer.heap_type());
    drop((inner, outer));
    // The clone keeps its type, and this the other.
    assert!(StructType::from_heap_type(&engine, inner_heap).is_some());
    drop(again);
    assert_eq!(engine.usage().types, before);
    assert!(StructType::from_heap_type(&engine, inner_heap).is_none());
    refused(ArrayType::new(&engine, var(null(outer_heap))), "exists no more");
    // A store keeps the types of objects that were made in it.
    let mut store = Store::new(&engine, ());
    let ty = StructType::new(&engine, []).unwrap();
    let heap = ty.heap_type();
    let pre = StructRefPre::new(&mut store, ty).unwrap();
    let object = StructRef::new(&mut store, &pre, &[]).unwrap();
    drop(pre);
    assert_eq!(object.to_anyref().ty(&store).unwrap(), heap);
    assert_eq!(object.ty(&store).unwrap().heap_type(), heap);
    drop(store);
    assert!(StructType::from_heap_type(&engine, heap).is_none());
    assert_eq!(engine.usage().types, before);
}

/// A type that is refused leaves nothing behind.
#[test]
fn subtypes_must_match_their_supertypes() {
    let engine = fresh();
    let open = |fields: Vec<FieldType>, above: Option<&StructType>| {
        StructType::with_finality_and_supertype(&engine, Finality::NonFinal, above, fields)
    };
    let any = open(vec![constant(null(HeapType::Any)), var(null(HeapType::Any))], None).unwrap();
    let types = engine.usage().types;
    // A constant field may become narrower, one that can be written may not.
    let (narrow, wide) = (null(HeapType::Struct), null(HeapType::Any));
    drop(open(vec![constant(narrow), var(wide), var(ValType::I32)], Some(&any)).unwrap());
    for (fields, says) in [
        (vec![constant(narrow)], "1 fields, but its supertype has 2"),
        (vec![constant(wide), var(narrow)], "field 1"),
        (vec![var(wide), var(wide)], "field 0"),
        (vec![constant(wide), constant(wide)], "field 1"),
        (vec![constant(ValType::I32), var(wide)], "field 0"),
        (vec![constant(null(HeapType::Func)), var(wide)], "field 0"),
        (vec![FieldType::new(StorageType::I8, Mutability::Const), var(wide)], "field 0"),
    ] {
        refused(open(fields, Some(&any)), says);
    }
    let closed = StructType::new(&engine, []).unwrap();
    refused(open(vec![], Some(&closed)), "is final");
    drop(closed);
    let theirs =
        StructType::with_finality_and_supertype(&fresh(), Finality::NonFinal, None, []).unwrap();
    refused(open(vec![], Some(&theirs)), "another engine");
    refused(open(vec![var(null(theirs.heap_type()))], None), "another engine");
    assert!(!theirs.matches(&any) && !any.matches(&theirs) && theirs != any);
    let array = |element, above: Option<&ArrayType>| {
        ArrayType::with_finality_and_supertype(&engine, Finality::NonFinal, above, element)
    };
    let elements = array(constant(wide), None).unwrap();
    assert!(array(constant(narrow), Some(&elements)).unwrap().matches(&elements));
    refused(array(var(wide), Some(&elements)), "field 0");
    drop(elements);
    refused(StructType::new(&engine, vec![var(ValType::I32); 10_001]), "10000 fields");
    assert_eq!(engine.usage().types, types);
    let mut deepest = open(vec![], None).unwrap();
    for _ in 0..63 {
        deepest = open(vec![], Some(&deepest)).unwrap();
    }
    refused(open(vec![], Some(&deepest)), "63 supertypes");
}

/// The heap type that stands for the type being declared stands for nothing elsewhere.
#[test]
fn what_stands_for_the_type_itself_does_so_nowhere_else() {
    let engine = fresh();
    let mut escaped = HeapType::Any;
    let ty = StructType::recursive(&engine, |own| {
        escaped = own;
        vec![var(null(own)), constant(ValType::Ref(RefType::new(true, own)))]
    });
    let ty = ty.unwrap();
    assert!(escaped != ty.heap_type());
    assert!(StructType::from_heap_type(&engine, escaped).is_none());
    refused(ArrayType::new(&engine, var(null(escaped))), "exists no more");
    let mut store = Store::new(&engine, ());
    let func = Func::new(&mut store, FuncType::new([null(escaped)], []), |_, _, _| Ok(()));
    refused(func, "exists no more");
    refused(
        Global::new(&mut store, GlobalType::new(null(escaped), Mutability::Var), Val::AnyRef(None)),
        "exists",
    );
    assert!(!AnyRef::from(I31::wrapping(0)).matches_ty(&store, escaped).unwrap());
    // Arrays can hold arrays of their own type.
    let nested = ArrayType::recursive(&engine, |own| var(null(own))).unwrap();
    assert_eq!(nested.element(), var(null(nested.heap_type())));
    let pre = ArrayRefPre::new(&mut store, nested).unwrap();
    let inner = ArrayRef::new(&mut store, &pre, &Val::AnyRef(None), 2).unwrap();
    inner.set(&mut store, 0, inner.clone().into()).unwrap();
    let outer = ArrayRef::new(&mut store, &pre, &inner.into(), 3).unwrap();
    store.verify_heap().unwrap();
    let found = outer.get(&mut store, 2).unwrap().unwrap_any_ref().unwrap().unwrap_array();
    assert_eq!(found.len(&store).unwrap(), 2);
}

/// Structures that have descriptors are made by Wasm alone, and the host cannot declare subtypes of their types.
#[test]
fn descriptors_are_left_to_wasm() {
    let engine = fresh();
    let wat = "(module
        (rec (type $a (sub (descriptor $d) (struct))) (type $d (sub (describes $a) (struct))))
        (func (export \"f\") (param (ref null $a) (ref null $d)))
        (func (export \"make\") (result (ref $a)) (struct.new_default_desc $a (struct.new_default $d))))";
    let module = module(&engine, wat);
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &module).unwrap();
    let ty = instance.get_func(&mut store, "f").unwrap().ty(&store);
    let heap = |i: usize| match ty.params()[i] {
        ValType::Ref(ty) => ty.heap_type(),
        _ => panic!("a reference"),
    };
    let [described, descriptor] =
        [0, 1].map(|i| StructType::from_heap_type(&engine, heap(i)).unwrap());
    refused(StructRefPre::new(&mut store, described.clone()), "descriptors");
    for above in [&described, &descriptor] {
        let sub =
            StructType::with_finality_and_supertype(&engine, Finality::Final, Some(above), []);
        refused(sub, "declare the subtype in a module");
    }
    // A descriptor is an ordinary structure.
    let pre = StructRefPre::new(&mut store, descriptor.clone()).unwrap();
    assert_eq!(StructRef::new(&mut store, &pre, &[]).unwrap().ty(&store).unwrap(), descriptor);
    let make = instance.get_typed_func::<(), StructRef>(&mut store, "make").unwrap();
    assert_eq!(make.call(&mut store, ()).unwrap().fields(&mut store).unwrap().len(), 0);
}
