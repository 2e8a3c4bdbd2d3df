//! What users of other engines reach for first: each is used once, as docs/embedding.md lists it.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use touchstone_runtime::*;

const WAT: &str = r#"(module $named
    (memory (export "m") 1 3)
    (global (export "g") i32 (i32.const 7))
    (tag $t (export "t") (param i32))
    (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))
    (func (export "pass") (param exnref) (result exnref) (local.get 0))
    (@custom "extra" "one") (@custom "extra" "two") (@custom "other" ""))"#;

fn made() -> (Engine, Store<u32>, Instance) {
    let engine = Engine::default();
    let mut store = Store::new(&engine, 5);
    let module = Module::new(&engine, WAT).unwrap();
    let instance = Linker::new(&engine).instantiate(&mut store, &module).unwrap();
    (engine, store, instance)
}

#[test]
fn memories_lend_their_bytes() {
    let (_, mut store, instance) = made();
    let memory = instance.get_memory(&store, "m").unwrap();
    assert_eq!((memory.data_size(&store), memory.page_size(&store)), (65536, 65536));
    memory.data_mut(&mut store)[3] = 42;
    let (bytes, data) = memory.data_and_store_mut(&mut store);
    *data += u32::from(bytes[3]);
    bytes[4] = 1;
    assert_eq!(*store.data(), 47);
    assert_eq!(memory.data(&store)[3..6], [42, 1, 0]);
    let load = instance.get_typed_func::<i32, i32>(&store, "load").unwrap();
    assert_eq!(load.call(&mut store, 3).unwrap(), 42);
    memory.grow(&mut store, 1).unwrap();
    assert_eq!(memory.data(&store).len(), 2 * 65536);
    // From within a host function, too.
    let poke = Func::wrap(&mut store, move |mut caller: Caller<'_, u32>| {
        let (bytes, data) = memory.data_and_store_mut(&mut caller);
        bytes[0] = *data as u8;
    });
    poke.unwrap().call(&mut store, &[], &mut []).unwrap();
    assert_eq!(memory.data(&store)[0], 47);
    instance.release(&mut store);
    store.reclaim();
    assert!(memory.data(&store).is_empty() && memory.data_mut(&mut store).is_empty());
}

#[test]
#[should_panic(expected = "the bytes of a shared memory cannot be borrowed")]
fn bytes_of_shared_memories_cannot_be_borrowed() {
    let mut store = Store::new(&Engine::default(), ());
    let limits = Limits::new(1, Some(1));
    let ty = MemoryType::new(limits).with_shared();
    let memory = Memory::new(&mut store, ty).unwrap();
    memory.data(&store);
}

#[test]
fn shared_memories_are_used_without_a_store() {
    let engine = Engine::default();
    let wat = r#"(module (memory (export "m") 1 2 shared)
        (func (export "add") (result i32) (i32.atomic.rmw8.add_u (i32.const 9) (i32.const 1))))"#;
    let mut store = Store::new(&engine, ());
    let module = Module::new(&engine, wat).unwrap();
    let instance = Linker::new(&engine).instantiate(&mut store, &module).unwrap();
    let memory = instance.get_shared_memory(&store, "m").unwrap();
    assert_eq!((memory.size(), memory.data_size(), memory.page_size()), (1, 65536, 65536));
    assert_eq!(memory.grow(1).unwrap(), 1);
    assert!(memory.grow(1).is_err());
    let threads: Vec<_> = (0..2)
        .map(|_| {
            let memory = memory.clone();
            std::thread::spawn(move || {
                for _ in 0..10 {
                    memory.data()[9].fetch_add(1, Ordering::SeqCst);
                }
            })
        })
        .collect();
    let add = instance.get_typed_func::<(), i32>(&store, "add").unwrap();
    for _ in 0..10 {
        add.call(&mut store, ()).unwrap();
    }
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(memory.data()[9].load(Ordering::SeqCst), 30);
    assert_eq!(memory.data().len(), 2 * 65536);
}

#[test]
fn instances_and_statistics_are_read_through_a_shared_borrow() {
    let (_, store, instance) = made();
    let store = &store;
    let names: Vec<String> = instance.exports(store).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["m", "g", "t", "load", "pass"]);
    assert!(instance.get_tag(store, "t").is_some() && instance.get_tag(store, "g").is_none());
    assert!(instance.get_shared_memory(store, "m").is_none());
    assert!(instance.get_global(store, "g").is_some());
    assert!(instance.get_table(store, "m").is_none());
    let load = instance.get_func(store, "load").unwrap();
    assert_eq!(instance.func_index(store, load), Some(0));
    assert_eq!(instance.module(store).exports().len(), 5);
    assert_eq!(store.gc_stats().live, 0);
    store.as_context();
}

#[test]
fn modules_tell_what_is_in_them() {
    let engine = Engine::default();
    let module = Module::new(&engine, WAT).unwrap();
    assert_eq!(module.name(), Some("named"));
    assert!(matches!(module.get_export("m"), Some(ExternType::Memory(_))));
    assert!(module.get_export("n").is_none());
    let sections: Vec<&[u8]> = module.custom_sections("extra").collect();
    assert_eq!(sections, [b"one", b"two"]);
    assert_eq!(Module::new(&engine, "(module)").unwrap().name(), None);

    let path = std::env::temp_dir().join(format!("touchstone-api-{}.wat", std::process::id()));
    std::fs::write(&path, WAT).unwrap();
    assert_eq!(Module::from_file(&engine, &path).unwrap().name(), Some("named"));
    std::fs::remove_file(&path).unwrap();
    let missing = Module::from_file(&engine, &path).unwrap_err().to_string();
    assert!(missing.contains("cannot read") && missing.contains("touchstone-api"), "{missing}");

    let text = Module::new(&engine, "(module (func").unwrap_err();
    assert!(matches!(&text, Error::Malformed(text) if text.contains("1:")), "{text}");
    assert!(matches!(Module::from_binary(&engine, WAT), Err(Error::Malformed(_))));
    assert!(Module::from_binary(&engine, b"\0asm\x01\0\0\0").is_ok());
}

#[test]
fn linkers_can_be_asked_and_copied() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, 0u32);
    let mut linker = Linker::new(&engine);
    linker
        .func_wrap("host", "add", |mut caller: Caller<'_, u32>, n: i32| {
            *caller.data_mut() += n as u32;
        })
        .unwrap();
    let library = Module::new(
        &engine,
        r#"(module (import "host" "add" (func $add (param i32)))
            (func (export "twice") (param i32) (call $add (local.get 0)) (call $add (local.get 0))))"#,
    )
    .unwrap();
    linker.module(&mut store, "lib", &library).unwrap();
    linker.alias_module("lib", "alias").unwrap();
    assert!(linker.alias_module("lib", "alias").is_err(), "it is defined already");
    assert!(linker.alias_module("nothing", "alias").is_err());
    let names: BTreeSet<(&str, &str)> = linker.names().collect();
    assert_eq!(names, BTreeSet::from([("host", "add"), ("lib", "twice"), ("alias", "twice")]));
    assert_eq!(linker.iter(&mut store).unwrap().count(), 3);
    let twice = linker.get(&mut store, "alias", "twice").unwrap().unwrap().into_func().unwrap();
    twice.call(&mut store, &[Val::from(4)], &mut []).unwrap();
    assert_eq!(*store.data(), 8);
    assert!(linker.get(&mut store, "alias", "thrice").unwrap().is_none());

    let user = Module::new(
        &engine,
        r#"(module (import "host" "add" (func $add (param i32)))
            (func (export "run") (call $add (i32.const 1))))"#,
    )
    .unwrap();
    let pre = linker.instantiate_pre(&user).unwrap();
    assert_eq!(pre.module().imports().len(), 1);
    for _ in 0..3 {
        let mut store = Store::new(&engine, 10u32);
        let instance = pre.clone().instantiate(&mut store).unwrap();
        instance.get_typed_func::<(), ()>(&store, "run").unwrap().call(&mut store, ()).unwrap();
        assert_eq!(*store.data(), 11);
    }
    let other = Engine::default();
    assert!(pre.instantiate(Store::new(&other, 0)).is_err(), "a store of another engine");

    let needy = Module::new(
        &engine,
        r#"(module (import "a" "f" (func $f (param i64) (result i32))) (import "host" "add" (func (param i32)))
            (func (export "run") (drop (call $f (i64.const 1)))))"#,
    )
    .unwrap();
    assert!(matches!(linker.instantiate_pre(&needy), Err(Error::Link(_))));
    linker.define_unknown_imports_as_traps(&needy).unwrap();
    let instance = linker.instantiate(&mut store, &needy).unwrap();
    let run = instance.get_typed_func::<(), ()>(&store, "run").unwrap();
    let error = run.call(&mut store, ()).unwrap_err().to_string();
    assert!(error.contains("\"a\" \"f\""), "{error}");
}

#[test]
fn what_a_linker_found_is_checked_where_it_is_instantiated() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let ty = GlobalType::new(ValType::I32, Mutability::Const);
    let global = Global::new(&mut store, ty, Val::from(1)).unwrap();
    let mut linker = Linker::new(&engine);
    linker.define("a", "g", global).unwrap();
    let module = Module::new(&engine, r#"(module (import "a" "g" (global i64)))"#).unwrap();
    let pre = linker.instantiate_pre(&module).unwrap();
    assert!(matches!(pre.instantiate(&mut store), Err(Error::Link(_))));
}

#[test]
fn values_convert_from_and_to_those_of_rust() {
    let (_, mut store, instance) = made();
    assert_eq!(Val::from(-1i32).unwrap_i32(), -1);
    assert_eq!(Val::from(1i64 << 40).i64(), Some(1 << 40));
    assert_eq!(Val::from(1.5f32).f32(), Some(1.5));
    assert_eq!(Val::from(f64::MIN).unwrap_f64(), f64::MIN);
    assert_eq!(Val::from(7u128).v128(), Some(7));
    assert_eq!(Val::from(7u128).i32(), None);
    let func = instance.get_func(&store, "load").unwrap();
    assert_eq!(Val::from(func).unwrap_func_ref(), Some(func));
    let value = ExternRef::new(&mut store, "text");
    let back = Val::from(value.clone()).unwrap_extern_ref().unwrap();
    assert!(ExternRef::ptr_eq(&value, &back));
    assert!(Val::from(None::<ExternRef>).extern_ref().unwrap().is_none());
    // Exceptions, also in functions of static type.
    let tag = instance.get_tag(&store, "t").unwrap();
    let exception = ExnRef::new(&mut store, tag, vec![Val::from(3)]).unwrap();
    let pass = instance.get_typed_func::<Option<ExnRef>, Option<ExnRef>>(&store, "pass").unwrap();
    let passed = pass.call(&mut store, Some(exception.clone())).unwrap().unwrap();
    assert!(ExnRef::ptr_eq(&passed, &exception));
    assert_eq!(passed.values()[0].unwrap_i32(), 3);
    assert!(pass.call(&mut store, None).unwrap().is_none());
    assert!(Val::from(exception).exn_ref().is_some());
}

#[test]
fn errors_of_host_functions_come_back_as_they_were() {
    let (_, mut store, _) = made();
    let fail = |_: Caller<'_, u32>| -> Result<(), Error> {
        Err(Error::host(std::io::Error::from_raw_os_error(28)))
    };
    let func = Func::wrap(&mut store, fail).unwrap();
    let error = func.call(&mut store, &[], &mut []).unwrap_err();
    let cause = error.downcast_ref::<std::io::Error>().unwrap();
    assert_eq!(cause.raw_os_error(), Some(28));
    assert!(std::error::Error::source(&error).is_some());
}
