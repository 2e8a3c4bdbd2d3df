//! The runtime without compiled code: trampolines are a Rust function, so that everything else
//! (entering, leaving, nested calls, host functions, start functions, exceptions, destructors,
//! handles) can be run by an interpreter that checks every access. `tools/miri` does so; the same
//! tests run as ordinary ones, too.

#[path = "all/gc_support/mod.rs"]
mod gc_support;

use gc_support::{COLLECTORS, Drops};
use std::panic::{AssertUnwindSafe, catch_unwind};
use touchstone_runtime::*;

/// Engines without code: with each collector, with and without stress.
fn engines() -> impl Iterator<Item = Engine> {
    COLLECTORS.into_iter().flat_map(|collector| {
        [false, true].map(|stress| {
            let mut config = Config::new();
            config.without_code().collector(collector).gc_stress(stress);
            Engine::new(&config).unwrap()
        })
    })
}

fn module(engine: &Engine, wat: &str) -> Module {
    Module::new(engine, wat::parse_str(wat).unwrap()).unwrap()
}

#[test]
fn modules_with_functions_are_refused() {
    for engine in engines() {
        let wasm = wat::parse_str("(module (func))").unwrap();
        let error = Module::new(&engine, wasm).unwrap_err();
        assert!(error.to_string().contains("generates no code"), "{error}");
    }
}

#[test]
fn a_typed_host_function_uses_its_caller() {
    for engine in engines() {
        let mut store = Store::new(&engine, 0u32);
        let f = Func::wrap(&mut store, |mut c: Caller<'_, u32>, by: i32| -> i32 {
            *c.data_mut() += by as u32;
            let engine = c.engine().clone();
            assert!(Engine::same(&engine, c.as_context_mut().engine()));
            *c.data() as i32
        })
        .unwrap();
        let f = f.typed::<i32, i32>(&store).unwrap();
        assert_eq!(f.call(&mut store, 7).unwrap(), 7);
        *store.data_mut() += 1;
        assert_eq!(f.call(&mut store, 2).unwrap(), 10);
        assert_eq!(store.into_data(), 10);
    }
}

#[test]
fn a_typed_host_function_makes_a_reference_through_its_caller() {
    for engine in engines() {
        let mut store = Store::new(&engine, 0u32);
        let f = Func::wrap(&mut store, |mut c: Caller<'_, u32>, n: i32| -> ExternRef {
            *c.data_mut() += 1;
            let value = ExternRef::new(&mut c, n);
            c.gc();
            *c.data_mut() += 1;
            value
        });
        let f = f.unwrap().typed::<i32, ExternRef>(&store).unwrap();
        let values: Vec<_> = (0..5).map(|n| f.call(&mut store, n).unwrap()).collect();
        store.gc();
        store.verify_heap().unwrap();
        for (n, value) in values.iter().enumerate() {
            assert_eq!(value.downcast_ref::<i32>(), Some(&(n as i32)));
        }
        assert_eq!(*store.data(), 10);
        drop(store);
        assert_eq!(values[4].downcast_ref::<i32>(), Some(&4));
    }
}

#[test]
fn a_dynamic_host_function_has_arguments_and_results() {
    for engine in engines() {
        let mut store = Store::new(&engine, Vec::new());
        let types = [ValType::I32, ValType::I64, ValType::F64, ValType::Ref(RefType::EXTERN)];
        let ty = FuncType::new(types, types);
        let f = Func::new(&mut store, ty, |mut c: Caller<'_, Vec<i32>>, params, results| {
            let Val::I32(n) = params[0] else { panic!("a number") };
            c.data_mut().push(n);
            c.gc();
            results.clone_from_slice(params);
            Ok(())
        })
        .unwrap();
        let value = ExternRef::new(&mut store, "kept");
        let params = [Val::I32(3), Val::I64(-1), Val::F64(7), Val::ExternRef(Some(value.clone()))];
        let mut results = vec![Val::I32(0); 4];
        for _ in 0..3 {
            f.call(&mut store, &params, &mut results).unwrap();
            let Val::ExternRef(Some(result)) = &results[3] else { panic!("a reference") };
            assert!(ExternRef::ptr_eq(result, &value));
        }
        assert!(matches!(results[..3], [Val::I32(3), Val::I64(-1), Val::F64(7)]));
        assert_eq!(*store.data(), [3, 3, 3]);
        let wrong = f.call(&mut store, &[Val::I32(0)], &mut results);
        assert!(matches!(wrong, Err(Error::Mismatch(_))));
    }
}

#[test]
fn nested_calls_go_through_callers_that_are_used_again() {
    for engine in engines() {
        let mut store = Store::new(&engine, 0u32);
        let ty = FuncType::new([], []);
        let inner = Func::new(&mut store, ty.clone(), |mut c: Caller<'_, u32>, _, _| {
            *c.data_mut() += 1;
            c.gc();
            Ok(())
        })
        .unwrap();
        let middle =
            Func::wrap(&mut store, move |mut c: Caller<'_, u32>, again: i32| -> Result<()> {
                *c.data_mut() += 10;
                for _ in 0..again {
                    inner.call(&mut c, &[], &mut [])?;
                    inner.call(c.as_context_mut(), &[], &mut [])?;
                }
                *c.data_mut() += 10;
                Ok(())
            })
            .unwrap();
        let middle = middle.typed::<i32, ()>(&store).unwrap();
        let outer = Func::new(&mut store, ty, move |mut c: Caller<'_, u32>, _, _| {
            *c.data_mut() += 100;
            middle.call(&mut c, 2)?;
            *c.data_mut() += 100;
            middle.call(&mut c, 1)
        })
        .unwrap();
        outer.call(&mut store, &[], &mut []).unwrap();
        assert_eq!(*store.data(), 200 + 40 + 6);
        assert_eq!(store.gc_stats().skipped, 0);
    }
}

#[test]
fn recursion_through_the_host_alone() {
    for engine in engines() {
        let mut store = Store::new(&engine, None::<TypedFunc<(i32, ExternRef), i32>>);
        let f = |mut c: Caller<'_, Option<TypedFunc<_, _>>>, n: i32, v: ExternRef| -> Result<i32> {
            let again: TypedFunc<(i32, ExternRef), i32> = c.data().unwrap();
            assert_eq!(v.downcast_ref::<i32>(), Some(&n));
            if n == 0 {
                return Ok(0);
            }
            let next = ExternRef::new(&mut c, n - 1);
            let sum = again.call(&mut c, (n - 1, next))?;
            c.verify_heap().unwrap();
            Ok(sum + n)
        };
        let f = Func::wrap(&mut store, f).unwrap().typed(&store).unwrap();
        *store.data_mut() = Some(f);
        let value = ExternRef::new(&mut store, 20);
        assert_eq!(f.call(&mut store, (20, value)).unwrap(), 210);
        store.gc();
        assert_eq!(store.gc_stats().live, 0);
    }
}

#[test]
fn errors_and_panics_leave_nested_calls() {
    for engine in engines() {
        let mut store = Store::new(&engine, 0u32);
        let fails = Func::wrap(&mut store, |mut c: Caller<'_, u32>, panics: i32| -> Result<()> {
            *c.data_mut() += 1;
            assert!(panics == 0, "told to");
            Err(Error::host("told to"))
        });
        let fails = fails.unwrap().typed::<i32, ()>(&store).unwrap();
        let outer = Func::wrap(&mut store, move |mut c: Caller<'_, u32>, panics: i32| {
            let result = fails.call(&mut c, panics);
            *c.data_mut() += 10;
            result
        });
        let outer = outer.unwrap().typed::<i32, ()>(&store).unwrap();
        for _ in 0..2 {
            let error = outer.call(&mut store, 0).unwrap_err();
            assert_eq!(error.to_string(), "told to");
            let panic = catch_unwind(AssertUnwindSafe(|| outer.call(&mut store, 1)));
            assert!(panic.is_err());
            store.gc();
            store.verify_heap().unwrap();
        }
        assert_eq!(*store.data(), 2 * (11 + 1));
    }
}

#[test]
fn exceptions_of_host_functions() {
    for engine in engines() {
        let mut store = Store::new(&engine, ());
        let ty = FuncType::new([ValType::I32, ValType::Ref(RefType::EXTERN)], []);
        let tag = Tag::new(&mut store, ty).unwrap();
        let drops = Drops::default();
        let counted = drops.clone();
        let throws = Func::wrap(&mut store, move |mut c: Caller<'_, ()>| -> Result<()> {
            let value = ExternRef::new(&mut c, counted.value());
            let exception =
                ExnRef::new(&mut c, tag, vec![Val::I32(4), Val::ExternRef(Some(value))])?;
            Err(Exception::new(exception).into())
        });
        let throws = throws.unwrap().typed::<(), ()>(&store).unwrap();
        let outer = Func::wrap(&mut store, move |mut c: Caller<'_, ()>| throws.call(&mut c, ()));
        let outer = outer.unwrap().typed::<(), ()>(&store).unwrap();
        let Err(Error::Exception(exception)) = outer.call(&mut store, ()) else {
            panic!("it throws")
        };
        assert_eq!(exception.tag(), tag);
        assert!(matches!(exception.values()[0], Val::I32(4)));
        store.gc();
        assert_eq!(drops.count(), 0);
        drop(exception);
        store.gc();
        assert_eq!(drops.count(), 1);
    }
}

const STARTS: &str = r#"(module (import "h" "start" (func $start))
    (import "h" "add" (func $add (param i32 externref)))
    (table (export "t") 8 16 externref) (table (export "f") 4 funcref)
    (global (export "g") (mut externref) (ref.null extern))
    (global (export "n") (mut i64) (i64.const 5))
    (memory (export "m") 1) (data (i32.const 3) "abc")
    (elem (table 1) (i32.const 1) func $add $start)
    (elem declare func $add)
    (export "add" (func $add))
    (start $start))"#;

/// What the functions that `STARTS` imports do: they use the store and the calling instance.
fn linker(engine: &Engine) -> Linker<Vec<i32>> {
    let mut linker = Linker::new(engine);
    linker
        .func_wrap("h", "start", |mut c: Caller<'_, Vec<i32>>| {
            // The host itself calls an imported start function.
            assert!(c.get_export("m").is_none());
            c.data_mut().push(1);
            c.gc();
        })
        .unwrap();
    let ty = FuncType::new([ValType::I32, ValType::Ref(RefType::EXTERN)], []);
    linker
        .func_new("h", "add", ty, |mut c, params, _| {
            let Val::I32(n) = params[0] else { panic!("a number") };
            c.data_mut().push(n);
            Ok(())
        })
        .unwrap();
    linker
}

#[test]
fn start_functions_segments_and_exports() {
    for engine in engines() {
        let module = module(&engine, STARTS);
        let linker = linker(&engine);
        let mut stores: Vec<_> = (0..3).map(|_| Store::new(&engine, Vec::new())).collect();
        for store in &mut stores {
            let instance = linker.instantiate(&mut *store, &module).unwrap();
            assert_eq!(*store.data(), [1]);
            let mut bytes = [0; 5];
            let memory = instance.get_memory(&mut *store, "m").unwrap();
            memory.read(&*store, 2, &mut bytes).unwrap();
            assert_eq!(&bytes, b"\0abc\0");
            memory.write(&mut *store, 0, b"xy").unwrap();
            let table = instance.get_table(&mut *store, "f").unwrap();
            let Some(Val::FuncRef(Some(add))) = table.get(&mut *store, 1) else {
                panic!("a function")
            };
            let value = ExternRef::new(&mut *store, 8);
            add.call(&mut *store, &[Val::I32(2), Val::ExternRef(Some(value))], &mut []).unwrap();
            let add = instance.get_typed_func::<(i32, Option<ExternRef>), ()>(&mut *store, "add");
            add.unwrap().call(&mut *store, (3, None)).unwrap();
            assert_eq!(*store.data(), [1, 2, 3]);
            store.gc();
            store.verify_heap().unwrap();
            assert_eq!(store.gc_stats().live, 0);
        }
        // They may come and go on other threads.
        let lengths = stores
            .into_iter()
            .map(|store| std::thread::spawn(move || store.into_data().len()).join().unwrap());
        assert_eq!(lengths.sum::<usize>(), 9);
    }
}

#[test]
fn tables_and_globals_count_what_they_hold() {
    for engine in engines() {
        let module = module(&engine, STARTS);
        let mut store = Store::new(&engine, Vec::new());
        let instance = linker(&engine).instantiate(&mut store, &module).unwrap();
        let table = instance.get_table(&mut store, "t").unwrap();
        let global = instance.get_global(&mut store, "g").unwrap();
        let drops = Drops::default();
        let reference = |store: &mut Store<Vec<i32>>| {
            Val::ExternRef(Some(ExternRef::new(&mut *store, drops.value())))
        };
        for round in 0..3 {
            for i in 0..8 {
                let value = reference(&mut store);
                table.set(&mut store, i, value).unwrap();
            }
            let value = reference(&mut store);
            global.set(&mut store, value).unwrap();
            store.verify_heap().unwrap();
            store.gc();
            assert_eq!((drops.count(), store.gc_stats().live), (round * 9, 9));
            let value = table.get(&mut store, 3).unwrap();
            table.fill(&mut store, 0, value, 8).unwrap();
            Table::copy(&mut store, &table, 1, &table, 0, 4).unwrap();
            store.gc();
            store.verify_heap().unwrap();
            assert_eq!((drops.count(), store.gc_stats().live), (round * 9 + 7, 2));
            store.release_references();
            assert_eq!((drops.count(), store.gc_stats().live), (round * 9 + 9, 0));
        }
        let grown = reference(&mut store);
        assert_eq!(table.grow(&mut store, 4, grown).unwrap(), 8);
        store.verify_heap().unwrap();
        drop(store);
        assert_eq!(drops.count(), 28);
    }
}

#[test]
fn destructors_use_other_stores_and_panic() {
    struct Uses(Option<Store<u32>>, TypedFunc<(), i32>);
    impl Drop for Uses {
        fn drop(&mut self) {
            let mut store = self.0.take().unwrap();
            assert_eq!(self.1.call(&mut store, ()).unwrap(), 1);
            assert!(store.into_data() != 1, "told to");
        }
    }
    for engine in engines() {
        let mut store = Store::new(&engine, ());
        let keep = Func::wrap(&mut store, |_: Option<ExternRef>| ()).unwrap();
        let keep = keep.typed::<Option<ExternRef>, ()>(&store).unwrap();
        for first in [0, 1] {
            let mut other = Store::new(&engine, first);
            let f = Func::wrap(&mut other, |c: Caller<'_, u32>| -> i32 {
                assert!(*c.data() < 2);
                1
            });
            let f = f.unwrap().typed::<(), i32>(&other).unwrap();
            let value = ExternRef::new(&mut store, Sendable(Uses(Some(other), f)));
            let dropped = catch_unwind(AssertUnwindSafe(|| {
                keep.call(&mut store, Some(value)).unwrap();
                store.gc();
            }));
            assert_eq!(dropped.is_err(), first == 1);
            store.verify_heap().unwrap();
            assert_eq!(store.gc_stats().live, 0);
        }
    }
    struct Sendable(#[allow(dead_code, reason = "it is dropped")] Uses);
}

#[test]
fn weak_handles_and_handles_that_outlive_their_store() {
    for engine in engines() {
        let drops = Drops::default();
        let (weak, strong) = {
            let mut store = Store::new(&engine, ());
            let id = Func::wrap(&mut store, |value: Option<ExternRef>| value).unwrap();
            let id = id.typed::<Option<ExternRef>, Option<ExternRef>>(&store).unwrap();
            let weak = ExternRef::new(&mut store, drops.value()).downgrade();
            assert_eq!(drops.count(), 1);
            assert!(weak.upgrade().is_none());
            let value = ExternRef::new(&mut store, drops.value());
            let weak = value.downgrade();
            let back = id.call(&mut store, Some(value)).unwrap().unwrap();
            assert!(ExternRef::ptr_eq(&back, &weak.upgrade().unwrap()));
            (weak, back)
        };
        assert_eq!(drops.count(), 1);
        assert_eq!(strong.strong_count(), 1);
        let other = std::thread::spawn(move || drop(strong));
        other.join().unwrap();
        assert!(weak.upgrade().is_none());
        assert_eq!(drops.count(), 2);
    }
}

#[test]
fn failed_instantiations_and_failing_starts() {
    for engine in engines() {
        let mut store = Store::new(&engine, 0u32);
        let fails = Func::wrap(&mut store, |mut c: Caller<'_, u32>| -> Result<()> {
            *c.data_mut() += 1;
            Err(Error::host("at the start"))
        });
        let module = module(&engine, r#"(module (import "h" "s" (func $s)) (start $s))"#);
        for round in 1..4 {
            let error =
                Instance::new(&mut store, &module, &[fails.as_ref().unwrap().to_owned().into()]);
            assert_eq!(error.unwrap_err().to_string(), "at the start");
            assert_eq!(*store.data(), round);
            let unlinked = Linker::<u32>::new(&engine).instantiate(&mut store, &module);
            assert!(matches!(unlinked, Err(Error::Link(_))));
        }
    }
}

#[test]
fn what_was_released_is_given_back() {
    for engine in engines() {
        let mut store = Store::new(&engine, ());
        let drops = Drops::default();
        let host = Func::wrap(&mut store, || 42i32).unwrap();
        let ty = GlobalType::new(ValType::Ref(RefType::EXTERN), Mutability::Var);
        let value = Val::ExternRef(Some(ExternRef::new(&mut store, drops.value())));
        let global = Global::new(&mut store, ty, value).unwrap();
        let defining = module(
            &engine,
            "(module (import \"\" \"f\" (func $f (result i32)))
                    (memory (export \"m\") 1) (table (export \"t\") 2 externref)
                    (table (export \"u\") 2 funcref) (elem (table 1) (i32.const 0) func $f)
                    (elem $e funcref (ref.func $f))
                    (global (export \"g\") (mut externref) (ref.null extern)) (export \"f\" (func $f)))",
        );
        let a = Instance::new(&mut store, &defining, &[host.into()]).unwrap();
        let [m, t, u, g, f] =
            ["m", "t", "u", "g", "f"].map(|name| a.get_export(&mut store, name).unwrap());
        let importing = module(
            &engine,
            "(module (import \"\" \"m\" (memory 1)) (import \"\" \"u\" (table 2 funcref)))",
        );
        let b = Instance::new(&mut store, &importing, &[m, u]).unwrap();
        let value = global.get(&mut store);
        t.into_table().unwrap().set(&mut store, 1, value.clone()).unwrap();
        g.into_global().unwrap().set(&mut store, value).unwrap();
        global.set(&mut store, Val::ExternRef(None)).unwrap();
        store.gc();
        assert_eq!(drops.count(), 0);
        a.release(&mut store);
        store.reclaim();
        store.verify_heap().unwrap();
        // One collector frees at once, the other when it collects.
        if format!("{:?}", engine.config()).contains("collector: Coalescing") {
            store.gc();
        }
        assert_eq!(drops.count(), 1);
        let (m, t, u) =
            (m.into_memory().unwrap(), t.into_table().unwrap(), u.into_table().unwrap());
        assert_eq!((m.size(&store), t.size(&store), u.size(&store)), (1, 0, 2));
        m.write(&mut store, 0, &[1]).unwrap();
        let error = t.set(&mut store, 0, Val::ExternRef(None)).unwrap_err();
        assert!(matches!(error, Error::Released(_)));
        b.release(&mut store);
        store.reclaim();
        assert_eq!((m.size(&store), u.size(&store)), (0, 0));
        assert!(matches!(m.write(&mut store, 0, &[1]), Err(Error::Released(_))));
        assert!(matches!(g.into_global().unwrap().get(&mut store), Val::ExternRef(None)));
        // The function is the host's.
        let mut result = [Val::I32(0)];
        f.into_func().unwrap().call(&mut store, &[], &mut result).unwrap();
        assert!(matches!(result, [Val::I32(42)]));
        // Many, with what they leave.
        for _ in 0..40 {
            let a = Instance::new(&mut store, &defining, &[host.into()]).unwrap();
            a.release(&mut store);
        }
    }
}

/// A host makes structures and arrays in stores that run no code.
#[test]
fn a_host_makes_objects() {
    for engine in engines() {
        let mut store = Store::new(&engine, ());
        let drops = Drops::default();
        let any = |ty| FieldType::new(StorageType::Val(ValType::Ref(ty)), Mutability::Var);
        let fields = [any(RefType::ANY), any(RefType::EXTERN), any(RefType::FUNC)];
        let ty = StructType::new(&engine, fields).unwrap();
        let pre = StructRefPre::new(&mut store, ty).unwrap();
        let arrays = ArrayType::new(&engine, any(RefType::EQ)).unwrap();
        let arrays = ArrayRefPre::new(&mut store, arrays).unwrap();
        let func = Func::wrap(&mut store, || {}).unwrap();
        let value = ExternRef::new(&mut store, drops.value());
        let fields = [Val::AnyRef(None), value.into(), func.into()];
        let object = StructRef::new(&mut store, &pre, &fields).unwrap();
        let array = ArrayRef::new(&mut store, &arrays, &object.clone().into(), 10).unwrap();
        array.set(&mut store, 3, I31::wrapping(3).into()).unwrap();
        object.set_field(&mut store, 0, array.clone().into()).unwrap();
        assert_eq!(object.field(&mut store, 2).unwrap().unwrap_func_ref(), Some(func));
        assert_eq!(array.elems(&mut store).unwrap().len(), 10);
        drop(fields);
        store.gc();
        store.verify_heap().unwrap();
        assert_eq!((drops.count(), store.gc_stats().live), (0, 3));
        drop((object, array));
        store.gc();
        store.verify_heap().unwrap();
        assert_eq!((drops.count(), store.gc_stats().live), (1, 0));
    }
}
