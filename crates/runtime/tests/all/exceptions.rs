//! Exceptions between Wasm and the host.

use touchstone_runtime::*;

const WAT: &str = r#"(module
    (import "h" "tag" (tag $t (param i32 externref)))
    (import "h" "f" (func $f (param externref)))
    (func (export "throw") (param i32 externref) (throw $t (local.get 0) (local.get 1)))
    (func (export "through") (param externref) (result i32 externref)
        (block $caught (result i32 externref)
            (try_table (catch $t $caught) (call $f (local.get 0)))
            (i32.const -1) (ref.null extern)))
    (func (export "past") (param externref) (call $f (local.get 0))))"#;

struct World {
    store: Store<()>,
    tag: Tag,
    instance: Instance,
}

/// An instance whose host function throws, in either mode of the collector.
fn world(stress: bool) -> World {
    let engine = Engine::new(Config::new().gc_stress(stress)).unwrap();
    let mut store = Store::new(&engine, ());
    let values = [ValType::I32, ValType::Ref(RefType::EXTERN)];
    let tag = Tag::new(&mut store, FuncType::new(values, [])).unwrap();
    let mut linker = Linker::new(&engine);
    linker.define("h", "tag", tag).unwrap();
    linker
        .func_wrap("h", "f", move |mut caller: Caller<'_, ()>, value: Option<ExternRef>| {
            let values = vec![Val::I32(7), Val::ExternRef(value)];
            let exception = ExnRef::new(&mut caller, tag, values)?;
            caller.gc();
            Err::<(), Error>(Exception::new(exception).into())
        })
        .unwrap();
    let module = Module::new(&engine, wat::parse_str(WAT).unwrap()).unwrap();
    let instance = linker.instantiate(&mut store, &module).unwrap();
    World { store, tag, instance }
}

fn in_every_mode(test: impl Fn(World)) {
    test(world(false));
    test(world(true));
}

#[test]
fn an_uncaught_exception_is_a_typed_error() {
    in_every_mode(|World { mut store, tag, instance }| {
        let value = ExternRef::new(&mut store, 5u8);
        let throw = instance.get_typed_func::<(i32, ExternRef), ()>(&mut store, "throw").unwrap();
        let error = throw.call(&mut store, (3, value.clone())).unwrap_err();
        let Error::Exception(exception) = error else { panic!("{error}") };
        assert_eq!(exception.tag(), tag);
        let [Val::I32(3), Val::ExternRef(Some(carried))] = exception.values() else {
            panic!("{:?}", exception.values())
        };
        assert!(ExternRef::ptr_eq(carried, &value));
        assert_eq!(exception.backtrace().frames().len(), 1);
        drop(exception);
        store.gc();
        assert_eq!(value.strong_count(), 1, "nothing else holds it");
        store.verify_heap().unwrap();
    });
}

#[test]
fn a_host_function_throws_into_wasm() {
    in_every_mode(|World { mut store, instance, .. }| {
        let value = ExternRef::new(&mut store, "host");
        let through = instance
            .get_typed_func::<ExternRef, (i32, Option<ExternRef>)>(&mut store, "through")
            .unwrap();
        let (number, caught) = through.call(&mut store, value.clone()).unwrap();
        assert_eq!(number, 7);
        assert!(ExternRef::ptr_eq(&caught.unwrap(), &value));
        let past = instance.get_typed_func::<ExternRef, ()>(&mut store, "past").unwrap();
        let error = past.call(&mut store, value.clone()).unwrap_err();
        assert!(matches!(error, Error::Exception(_)), "{error}");
        drop(error);
        store.gc();
        assert_eq!(value.strong_count(), 1);
    });
}

#[test]
fn what_does_not_fit_a_tag_is_refused() {
    let World { mut store, tag, .. } = world(false);
    for values in [vec![], vec![Val::I64(1), Val::ExternRef(None)], vec![Val::I32(1)]] {
        assert!(matches!(ExnRef::new(&mut store, tag, values), Err(Error::Mismatch(_))));
    }
    let mut other = Store::new(&Engine::default(), ());
    let foreign = ExternRef::new(&mut other, 1u8);
    let values = vec![Val::I32(1), Val::ExternRef(Some(foreign))];
    assert!(matches!(ExnRef::new(&mut store, tag, values), Err(Error::Mismatch(_))));
    let results = FuncType::new([], [ValType::I32]);
    assert!(matches!(Tag::new(&mut store, results), Err(Error::Mismatch(_))));
}
