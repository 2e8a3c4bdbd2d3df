//! References as values of the host: typed and dynamic calls, host functions, globals, tables.

use crate::gc_support::*;
use touchstone_runtime::*;

const EXTERN: ValType = ValType::Ref(RefType::EXTERN);
const FUNC: ValType = ValType::Ref(RefType::FUNC);

const TURN: &str = r#"(module
    (func (export "extern") (param externref) (result externref) (local.get 0))
    (func $func (export "func") (param funcref) (result funcref) (local.get 0))
    (func (export "mixed") (param externref i64 funcref f32) (result f32 funcref i64 externref)
      (local.get 3) (local.get 2) (local.get 1) (local.get 0))
    (func (export "nulls") (result externref funcref) (ref.null extern) (ref.null func))
    (func (export "own") (result funcref) (ref.func $func)))"#;

#[test]
fn typed_calls_take_and_give_references() {
    in_every_mode(|_, engine| {
        let (mut store, instance) = instance(engine, TURN);
        let handle = ExternRef::new(&mut store, 5u8);
        let same = |a: &ExternRef| ExternRef::ptr_eq(a, &handle);
        let s = &mut store;
        type E = ExternRef;
        let strict = instance.get_typed_func::<E, E>(&mut *s, "extern").unwrap();
        assert!(same(&strict.call(&mut *s, handle.clone()).unwrap()));
        let lax = instance.get_typed_func::<Option<E>, Option<E>>(&mut *s, "extern").unwrap();
        assert!(same(&lax.call(&mut *s, Some(handle.clone())).unwrap().unwrap()));
        assert!(lax.call(&mut *s, None).unwrap().is_none());
        // Null where the static type admits none.
        let strict = instance.get_typed_func::<Option<E>, E>(&mut *s, "extern").unwrap();
        let error = strict.call(&mut *s, None).unwrap_err();
        assert!(matches!(&error, Error::Mismatch(text) if text.contains("null")), "{error}");

        let own = instance.get_func(&mut *s, "func").unwrap();
        let host = Func::wrap(&mut *s, || 9i32).unwrap();
        let strict = instance.get_typed_func::<Func, Func>(&mut *s, "func").unwrap();
        assert_eq!(strict.call(&mut *s, own).unwrap(), own);
        let back = strict.call(&mut *s, host).unwrap();
        assert_eq!(back.typed::<(), i32>(&*s).unwrap().call(&mut *s, ()).unwrap(), 9);
        let lax = instance.get_typed_func::<Option<Func>, Option<Func>>(&mut *s, "func").unwrap();
        assert_eq!(lax.call(&mut *s, Some(host)).unwrap(), Some(host));
        assert_eq!(lax.call(&mut *s, None).unwrap(), None);
        let strict = instance.get_typed_func::<Option<Func>, Func>(&mut *s, "func").unwrap();
        assert!(matches!(strict.call(&mut *s, None), Err(Error::Mismatch(_))));
        let own_ref = instance.get_typed_func::<(), Func>(&mut *s, "own").unwrap();
        assert_eq!(own_ref.call(&mut *s, ()).unwrap(), own);

        type Mixed = TypedFunc<(E, i64, Option<Func>, f32), (f32, Option<Func>, i64, E)>;
        let mixed: Mixed = instance.get_typed_func(&mut *s, "mixed").unwrap();
        let back = mixed.call(&mut *s, (handle.clone(), -3, Some(host), 0.5)).unwrap();
        assert_eq!((back.0, back.1, back.2), (0.5, Some(host), -3));
        assert!(same(&back.3));
        // One null among several results.
        let nulls = instance.get_typed_func::<(), (Option<E>, Func)>(&mut *s, "nulls").unwrap();
        assert!(matches!(nulls.call(&mut *s, ()), Err(Error::Mismatch(_))));
        // References of the two kinds are not each other.
        assert!(instance.get_typed_func::<Func, Func>(&mut *s, "extern").is_err());
        assert!(instance.get_typed_func::<E, E>(&mut *s, "func").is_err());
        assert!(instance.get_typed_func::<i32, i32>(&mut *s, "extern").is_err());
        drop(back);
        s.gc();
        assert_eq!((s.gc_stats().live, handle.strong_count()), (0, 1));
        assert_sound(s);
    });
}

#[test]
fn dynamic_calls_take_and_give_references() {
    in_every_mode(|_, engine| {
        let (mut store, instance) = instance(engine, TURN);
        let handle = ExternRef::new(&mut store, 5u8);
        let s = &mut store;
        let mixed = instance.get_func(&mut *s, "mixed").unwrap();
        assert_eq!(
            mixed.ty(&*s).to_string(),
            "(func (param externref i64 funcref f32) (result f32 funcref i64 externref))"
        );
        let own = instance.get_func(&mut *s, "func").unwrap();
        let params =
            [val(&handle), Val::I64(1 << 40), Val::FuncRef(Some(own)), Val::F32(0x7fc0_0001)];
        // Whatever is in the results before is replaced, and dropped where it is a reference.
        let drops = Drops::default();
        let old = ExternRef::new(&mut *s, drops.value());
        let mut results = [0; 4].map(|_| val(&old));
        drop(old);
        mixed.call(&mut *s, &params, &mut results).unwrap();
        assert_eq!(drops.count(), 1);
        let [Val::F32(0x7fc0_0001), Val::FuncRef(f), Val::I64(n), Val::ExternRef(r)] = results
        else {
            panic!("{results:?}")
        };
        assert_eq!((f, n), (Some(own), 1 << 40));
        assert!(ExternRef::ptr_eq(&r.unwrap(), &handle));
        let nulls = instance.get_func(&mut *s, "nulls").unwrap();
        let mut results = [val(&handle), val(&handle)];
        nulls.call(&mut *s, &[], &mut results).unwrap();
        assert!(matches!(results, [Val::ExternRef(None), Val::FuncRef(None)]));
        let f = instance.get_func(&mut *s, "extern").unwrap();
        let mut results = [NULL];
        assert!(f.call(&mut *s, &[Val::FuncRef(None)], &mut results).is_err());
        assert!(f.call(&mut *s, &[Val::I32(0)], &mut results).is_err());
        f.call(&mut *s, &[Val::default_for(EXTERN)], &mut results).unwrap();
        assert!(matches!(results, [Val::ExternRef(None)]));
        assert_sound(s);
    });
}

/// Sixteen references at once, in registers and on the stack, each in its place.
#[test]
fn many_references_at_once() {
    in_every_mode(|_, engine| {
        let types = " externref".repeat(16);
        let gets: String = (0..16).rev().map(|i| format!("(local.get {i}) ")).collect();
        let wat = format!(
            r#"(module (import "h" "typed" (func $typed (param{types}) (result{types})))
                 (import "h" "dynamic" (func $dynamic (param{types}) (result{types})))
                 (func $reverse (export "reverse") (param{types}) (result{types}) {gets})
                 (func (export "all") (param{types}) (result{types})
                   {gets} call $typed call $reverse call $dynamic call $reverse))"#
        );
        let mut linker = Linker::<()>::new(engine);
        type E = ExternRef;
        type All = (E, E, E, E, E, E, E, E, E, E, E, E, E, E, E, E);
        #[rustfmt::skip]
        let typed = |mut caller: Caller<'_, ()>,
                     a: E, b: E, c: E, d: E, e: E, f: E, g: E, h: E,
                     i: E, j: E, k: E, l: E, m: E, n: E, o: E, p: E| {
            caller.gc();
            (p, o, n, m, l, k, j, i, h, g, f, e, d, c, b, a)
        };
        linker.func_wrap("h", "typed", typed).unwrap();
        let dynamic = |mut caller: Caller<'_, ()>, params: &[Val], results: &mut [Val]| {
            caller.gc();
            results.iter_mut().zip(params.iter().rev()).for_each(|(r, p)| *r = p.clone());
            Ok(())
        };
        linker
            .func_new("h", "dynamic", FuncType::new([EXTERN; 16], [EXTERN; 16]), dynamic)
            .unwrap();
        let mut store = Store::new(engine, ());
        let instance = linker.instantiate(&mut store, &module(engine, &wat)).unwrap();
        let drops = Drops::default();
        let handles: Vec<E> = (0..16).map(|_| E::new(&mut store, drops.value())).collect();
        let params: Vec<Val> = handles.iter().map(val).collect();
        let mut results = vec![NULL; 16];
        // `all` reverses five times.
        for name in ["reverse", "all"] {
            let func = instance.get_func(&mut store, name).unwrap();
            func.call(&mut store, &params, &mut results).unwrap();
            for (i, result) in results.iter().enumerate() {
                assert!(same(result.clone(), &handles[15 - i]), "{name} {i}");
            }
        }
        let reverse = instance.get_typed_func::<All, All>(&mut store, "reverse").unwrap();
        let mut i = handles.iter().cloned();
        let mut next = || i.next().unwrap();
        #[rustfmt::skip]
        let all = (
            next(), next(), next(), next(), next(), next(), next(), next(),
            next(), next(), next(), next(), next(), next(), next(), next(),
        );
        let all = reverse.call(&mut store, all).unwrap();
        assert!(E::ptr_eq(&all.0, &handles[15]) && E::ptr_eq(&all.15, &handles[0]));
        assert!(E::ptr_eq(&all.6, &handles[9]) && E::ptr_eq(&all.9, &handles[6]));
        drop((all, params, results, handles));
        store.gc();
        assert_eq!(drops.count(), 16);
        assert_sound(&mut store);
    });
}

/// Host functions with references, strict and lax, of all kinds.
#[test]
fn host_functions_take_and_give_references() {
    in_every_mode(|_, engine| {
        let mut linker = Linker::<()>::new(engine);
        linker.func_wrap("h", "strict", |r: ExternRef, f: Func| (f, r)).unwrap();
        let lax = |r: Option<ExternRef>, f: Option<Func>| (f, r);
        linker.func_wrap("h", "lax", lax).unwrap();
        let fails = |r: Option<ExternRef>| r.ok_or_else(|| Error::host("was null"));
        linker.func_wrap("h", "fails", fails).unwrap();
        let wrong = |_: Caller<'_, ()>, _: &[Val], results: &mut [Val]| {
            results[0] = Val::FuncRef(None);
            Ok(())
        };
        linker.func_new("h", "wrong", FuncType::new([], [EXTERN]), wrong).unwrap();
        let ty = FuncType::new([EXTERN, FUNC], [FUNC, EXTERN]);
        let dynamic = |_: Caller<'_, ()>, params: &[Val], results: &mut [Val]| {
            // Nulls of the right type are there at first.
            assert!(matches!(results, [Val::FuncRef(None), Val::ExternRef(None)]));
            results.clone_from_slice(&[params[1].clone(), params[0].clone()]);
            Ok(())
        };
        linker.func_new("h", "dynamic", ty, dynamic).unwrap();
        let names = ["strict", "lax", "dynamic"];
        let mut wat = String::from("(module ");
        for name in names {
            wat += &format!(
                r#"(import "h" "{name}" (func ${name} (param externref funcref) (result funcref externref)))"#
            );
        }
        wat += r#"(import "h" "fails" (func $fails (param externref) (result externref)))
            (import "h" "wrong" (func $wrong (result externref)))
            (func (export "fails") (param externref) (result externref) (call $fails (local.get 0)))
            (func (export "wrong") (result externref) (call $wrong))"#;
        for name in names {
            wat += &format!(
                r#"(func (export "{name}") (param externref funcref) (result funcref externref)
                     (call ${name} (local.get 0) (local.get 1)))"#
            );
        }
        wat += ")";
        let mut store = Store::new(engine, ());
        let instance = linker.instantiate(&mut store, &module(engine, &wat)).unwrap();
        let s = &mut store;
        let handle = ExternRef::new(&mut *s, "value");
        let func = Func::wrap(&mut *s, || ()).unwrap();
        type Params = (Option<ExternRef>, Option<Func>);
        type Results = (Option<Func>, Option<ExternRef>);
        for name in names {
            let f = instance.get_typed_func::<Params, Results>(&mut *s, name).unwrap();
            let (back, value) = f.call(&mut *s, (Some(handle.clone()), Some(func))).unwrap();
            assert_eq!(back, Some(func), "{name}");
            assert!(ExternRef::ptr_eq(&value.unwrap(), &handle), "{name}");
            for params in [(None, None), (Some(handle.clone()), None), (None, Some(func))] {
                match (name, f.call(&mut *s, params)) {
                    ("strict", Err(Error::Mismatch(text))) => assert!(text.contains("null")),
                    ("strict", other) => panic!("{other:?}"),
                    (_, result) => drop(result.unwrap()),
                }
            }
        }
        let fails = instance.get_typed_func::<Option<ExternRef>, ExternRef>(&mut *s, "fails");
        let fails = fails.unwrap();
        assert_eq!(fails.call(&mut *s, None).unwrap_err().to_string(), "was null");
        assert!(fails.call(&mut *s, Some(handle.clone())).is_ok());
        let wrong = instance.get_typed_func::<(), Option<ExternRef>>(&mut *s, "wrong").unwrap();
        assert!(matches!(wrong.call(&mut *s, ()), Err(Error::Mismatch(_))));
        s.gc();
        assert_eq!((s.gc_stats().live, handle.strong_count()), (0, 1));
        assert_sound(s);
    });
}

/// Globals and tables, of the host's making and imported by Wasm.
#[test]
fn globals_and_tables_of_the_host() {
    in_every_mode(|_, engine| {
        let mut store = Store::new(engine, ());
        let s = &mut store;
        let drops = Drops::default();
        let handle = ExternRef::new(&mut *s, drops.value());
        let ty = |mutability| GlobalType::new(EXTERN, mutability);
        let constant = Global::new(&mut *s, ty(Mutability::Const), val(&handle)).unwrap();
        let variable = Global::new(&mut *s, ty(Mutability::Var), NULL).unwrap();
        assert!(Global::new(&mut *s, ty(Mutability::Var), Val::FuncRef(None)).is_err());
        assert!(constant.set(&mut *s, NULL).is_err());
        assert!(variable.set(&mut *s, Val::I32(0)).is_err());
        let limits = Limits::new(3, Some(5));
        let ty = TableType::new(RefType::EXTERN, limits);
        assert!(Table::new(&mut *s, ty, Val::FuncRef(None)).is_err());
        let table = Table::new(&mut *s, ty, val(&handle)).unwrap();
        let mut linker = Linker::new(engine);
        linker.define("h", "constant", constant).unwrap();
        linker.define("h", "variable", variable).unwrap();
        linker.define("h", "table", table).unwrap();
        let wat = r#"(module (import "h" "constant" (global $c externref))
            (import "h" "variable" (global $v (mut externref)))
            (import "h" "table" (table $t 3 5 externref))
            (global (export "copy") externref (global.get $c))
            (func (export "set") (param i32) (global.set $v (table.get $t (local.get 0))))
            (func (export "put") (param i32) (table.set $t (local.get 0) (global.get $c)))
            (func (export "size") (result i32) (table.size $t)))"#;
        let instance = linker.instantiate(&mut *s, &module(engine, wat)).unwrap();
        let copy = instance.get_global(&mut *s, "copy").unwrap();
        let [set, put] =
            ["set", "put"].map(|n| instance.get_typed_func::<i32, ()>(&mut *s, n).unwrap());
        let other = ExternRef::new(&mut *s, drops.value());
        assert_eq!(table.grow(&mut *s, 2, val(&other)).unwrap(), 3);
        assert!(matches!(table.grow(&mut *s, 1, val(&other)), Err(Error::Resource(_))));
        s.gc();
        assert_eq!(s.gc_stats().live, 2);
        set.call(&mut *s, 4).unwrap();
        put.call(&mut *s, 4).unwrap();
        assert_eq!(trap_code(put.call(&mut *s, 5)), TrapCode::TableOutOfBounds);
        assert!(same(variable.get(&mut *s), &other) && same(copy.get(&mut *s), &handle));
        assert!(same(table.get(&mut *s, 4).unwrap(), &handle) && table.get(&mut *s, 5).is_none());
        assert!(table.set(&mut *s, 5, NULL).is_err());
        assert_eq!(trap_code(table.fill(&mut *s, 4, NULL, 2)), TrapCode::TableOutOfBounds);
        assert!(same(table.get(&mut *s, 4).unwrap(), &handle), "nothing was written");
        let funcs = TableType::new(RefType::FUNC, limits);
        let funcs = Table::new(&mut *s, funcs, Val::FuncRef(None)).unwrap();
        assert!(Table::copy(&mut *s, &table, 0, &funcs, 0, 1).is_err());
        drop((handle, other));
        s.gc();
        assert_sound(s);
        assert_eq!(drops.count(), 0);
        s.release_references();
        assert_eq!((drops.count(), s.gc_stats().live), (2, 0));
        assert_sound(s);
    });
}

/// A collection between the conversion of two arguments, or of two results, would lose the first:
/// there is none.
#[test]
fn arguments_are_safe_from_each_other() {
    in_every_mode(|_, engine| {
        let drops = Drops::default();
        let mut linker = Linker::<()>::new(engine);
        let make = drops.clone();
        let two = move |mut caller: Caller<'_, ()>| {
            let [a, b] = [make.value(), make.value()];
            (ExternRef::new(&mut caller, a), ExternRef::new(&mut caller, b))
        };
        linker.func_wrap("h", "two", two).unwrap();
        let see = |a: ExternRef, b: ExternRef, c: ExternRef, d: ExternRef| {
            [a, b, c, d].iter().for_each(|r| assert!(r.is::<Counted>()));
        };
        linker.func_wrap("h", "see", see).unwrap();
        let wat = r#"(module (import "h" "two" (func $two (result externref externref)))
            (import "h" "see" (func $see (param externref externref externref externref)))
            (func (export "f") (param externref externref)
              (local.get 0) (local.get 1) call $two call $see))"#;
        let mut store = Store::new(engine, ());
        let instance = linker.instantiate(&mut store, &module(engine, wat)).unwrap();
        let f = instance.get_typed_func::<(ExternRef, ExternRef), ()>(&mut store, "f").unwrap();
        // Around every size of the activations table at which a collection is due.
        for _ in 0..3000 {
            let [a, b] = [drops.value(), drops.value()].map(|v| ExternRef::new(&mut store, v));
            f.call(&mut store, (a, b)).unwrap();
        }
        store.gc();
        assert_eq!((drops.count(), store.gc_stats().live), (12_000, 0));
        assert_sound(&mut store);
    });
}
