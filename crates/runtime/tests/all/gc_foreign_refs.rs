//! References of another store are refused with an error, wherever they come in, and then
//! nothing has changed.

use crate::gc_support::*;
use touchstone_runtime::*;

const TAKER: &str = r#"(module
    (import "h" "give" (func $give (result externref)))
    (import "h" "give func" (func $give_func (result funcref)))
    (import "h" "give two" (func $give_two (result externref externref)))
    (table (export "t") 2 4 externref) (table (export "f") 2 4 funcref)
    (global (export "g") (mut externref) (ref.null extern))
    (global (export "h") (mut funcref) (ref.null func))
    (func (export "take") (param externref) unreachable)
    (func (export "take two") (param externref externref) unreachable)
    (func (export "take func") (param funcref) unreachable)
    (func (export "give") call $give unreachable)
    (func (export "give func") call $give_func unreachable)
    (func (export "give two") call $give_two unreachable))"#;

/// What the host functions give: values of whatever store.
#[derive(Default)]
struct Given {
    reference: Option<ExternRef>,
    func: Option<Func>,
    own: Option<ExternRef>,
}

fn taker(engine: &Engine, dynamic: bool) -> (Store<Given>, Instance) {
    let mut linker = Linker::<Given>::new(engine);
    let (extern_ty, func_ty) = (ValType::Ref(RefType::EXTERN), ValType::Ref(RefType::FUNC));
    if dynamic {
        let give = |caller: Caller<'_, Given>, _: &[Val], results: &mut [Val]| {
            results[0] = Val::ExternRef(caller.data().reference.clone());
            Ok(())
        };
        linker.func_new("h", "give", FuncType::new([], [extern_ty]), give).unwrap();
        let give = |caller: Caller<'_, Given>, _: &[Val], results: &mut [Val]| {
            results[0] = Val::FuncRef(caller.data().func);
            Ok(())
        };
        linker.func_new("h", "give func", FuncType::new([], [func_ty]), give).unwrap();
        let give = |caller: Caller<'_, Given>, _: &[Val], results: &mut [Val]| {
            results[0] = Val::ExternRef(caller.data().own.clone());
            results[1] = Val::ExternRef(caller.data().reference.clone());
            Ok(())
        };
        linker.func_new("h", "give two", FuncType::new([], [extern_ty; 2]), give).unwrap();
    } else {
        let give = |caller: Caller<'_, Given>| caller.data().reference.clone();
        linker.func_wrap("h", "give", give).unwrap();
        linker.func_wrap("h", "give func", |c: Caller<'_, Given>| c.data().func).unwrap();
        let give = |c: Caller<'_, Given>| (c.data().own.clone(), c.data().reference.clone());
        linker.func_wrap("h", "give two", give).unwrap();
    }
    let mut store = Store::new(engine, Given::default());
    let instance = linker.instantiate(&mut store, &module(engine, TAKER)).unwrap();
    (store, instance)
}

fn assert_refused<T>(result: Result<T>, what: &str) {
    match result {
        Err(Error::Mismatch(text)) => assert!(text.contains("not its own"), "{what}: {text}"),
        Err(other) => panic!("{what}: {other}"),
        Ok(_) => panic!("{what} was accepted"),
    }
}

/// Every way in for an external reference.
#[test]
fn an_external_reference_of_another_store_is_refused() {
    in_every_mode(|_, engine| {
        for dynamic in [false, true] {
            let drops = Drops::default();
            let mut other = Store::new(engine, ());
            let foreign = ExternRef::new(&mut other, drops.value());
            let (mut store, instance) = taker(engine, dynamic);
            let table = instance.get_table(&mut store, "t").unwrap();
            let global = instance.get_global(&mut store, "g").unwrap();
            let own = ExternRef::new(&mut store, drops.value());
            table.set(&mut store, 0, val(&own)).unwrap();
            global.set(&mut store, val(&own)).unwrap();
            *store.data_mut() = Given {
                reference: Some(foreign.clone()),
                own: Some(own.clone()),
                ..Given::default()
            };
            let s = &mut store;
            let ty = GlobalType::new(ValType::Ref(RefType::EXTERN), Mutability::Var);
            assert_refused(Global::new(&mut *s, ty, val(&foreign)), "a new global");
            assert_refused(global.set(&mut *s, val(&foreign)), "global.set");
            let limits = Limits::new(1, None);
            let ty = TableType::new(RefType::EXTERN, limits);
            assert_refused(Table::new(&mut *s, ty, val(&foreign)), "a new table");
            assert_refused(table.set(&mut *s, 0, val(&foreign)), "table.set");
            assert_refused(table.set(&mut *s, 99, val(&foreign)), "table.set past the end");
            assert_refused(table.fill(&mut *s, 0, val(&foreign), 2), "table.fill");
            assert_refused(table.grow(&mut *s, 1, val(&foreign)), "table.grow");

            let take = instance.get_func(&mut *s, "take").unwrap();
            assert_refused(take.call(&mut *s, &[val(&foreign)], &mut []), "an argument");
            let typed = take.typed::<ExternRef, ()>(&*s).unwrap();
            assert_refused(typed.call(&mut *s, foreign.clone()), "a typed argument");
            let typed = take.typed::<Option<ExternRef>, ()>(&*s).unwrap();
            assert_refused(typed.call(&mut *s, Some(foreign.clone())), "an optional argument");
            let take = instance.get_func(&mut *s, "take two").unwrap();
            for two in [[&own, &foreign], [&foreign, &own]] {
                let refused = take.call(&mut *s, &two.map(val), &mut []);
                assert_refused(refused, "one of two arguments");
                let typed = take.typed::<(ExternRef, ExternRef), ()>(&*s).unwrap();
                let [a, b] = two.map(ExternRef::clone);
                assert_refused(typed.call(&mut *s, (a, b)), "one of two typed arguments");
            }
            for name in ["give", "give two"] {
                let give = instance.get_typed_func::<(), ()>(&mut *s, name).unwrap();
                assert_refused(give.call(&mut *s, ()), "a result of a host function");
            }

            // Nothing has changed.
            assert_eq!((table.size(&*s), drops.count()), (2, 0));
            assert!(same(table.get(&mut *s, 0).unwrap(), &own) && same(global.get(&mut *s), &own));
            assert!(matches!(table.get(&mut *s, 1), Some(Val::ExternRef(None))));
            *store.data_mut() = Given::default();
            store.gc();
            assert_sound(&mut store);
            assert_eq!((store.gc_stats().live, other.gc_stats().live), (1, 0));
            assert_eq!((own.strong_count(), foreign.strong_count()), (2, 1));
            drop(store);
            drop(own);
            assert_eq!(drops.count(), 1);
            drop(foreign);
            assert_eq!(drops.count(), 2);
        }
    });
}

/// Every way in for a function.
#[test]
fn a_function_of_another_store_is_refused() {
    let engine = Engine::default();
    for dynamic in [false, true] {
        let mut other = Store::new(&engine, ());
        let foreign = Func::wrap(&mut other, || ()).unwrap();
        let value = Val::FuncRef(Some(foreign));
        let (mut store, instance) = taker(&engine, dynamic);
        store.data_mut().func = Some(foreign);
        let s = &mut store;
        let table = instance.get_table(&mut *s, "f").unwrap();
        let global = instance.get_global(&mut *s, "h").unwrap();
        let ty = GlobalType::new(ValType::Ref(RefType::FUNC), Mutability::Var);
        assert_refused(Global::new(&mut *s, ty, value.clone()), "a new global");
        assert_refused(global.set(&mut *s, value.clone()), "global.set");
        let limits = Limits::new(1, None);
        let ty = TableType::new(RefType::FUNC, limits);
        assert_refused(Table::new(&mut *s, ty, value.clone()), "a new table");
        assert_refused(table.set(&mut *s, 0, value.clone()), "table.set");
        assert_refused(table.fill(&mut *s, 0, value.clone(), 2), "table.fill");
        assert_refused(table.grow(&mut *s, 1, value.clone()), "table.grow");
        let take = instance.get_func(&mut *s, "take func").unwrap();
        assert_refused(take.call(&mut *s, &[value], &mut []), "an argument");
        let typed = take.typed::<Func, ()>(&*s).unwrap();
        assert_refused(typed.call(&mut *s, foreign), "a typed argument");
        let typed = take.typed::<Option<Func>, ()>(&*s).unwrap();
        assert_refused(typed.call(&mut *s, Some(foreign)), "an optional argument");
        let give = instance.get_typed_func::<(), ()>(&mut *s, "give func").unwrap();
        assert_refused(give.call(&mut *s, ()), "a result of a host function");
        assert_eq!(table.size(&*s), 2);
        for value in
            [table.get(&mut *s, 0).unwrap(), table.get(&mut *s, 1).unwrap(), global.get(&mut *s)]
        {
            assert!(matches!(value, Val::FuncRef(None)));
        }
    }
}

/// A value given to its own store and to another at once stays with its own.
#[test]
fn a_refused_reference_still_works_at_home() {
    in_every_mode(|_, engine| {
        let wat = r#"(module (global $g (mut externref) (ref.null extern))
            (func (export "swap") (param externref) (result externref)
              (global.get $g) (global.set $g (local.get 0))))"#;
        let (mut home, at_home) = instance(engine, wat);
        let (mut away, abroad) = instance(engine, wat);
        type Swap = TypedFunc<Option<ExternRef>, Option<ExternRef>>;
        let swap: Swap = at_home.get_typed_func(&mut home, "swap").unwrap();
        let swap_away: Swap = abroad.get_typed_func(&mut away, "swap").unwrap();
        let drops = Drops::default();
        let handle = ExternRef::new(&mut home, drops.value());
        for _ in 0..3 {
            assert!(swap.call(&mut home, Some(handle.clone())).is_ok());
            assert_refused(swap_away.call(&mut away, Some(handle.clone())), "abroad");
            home.gc();
            away.gc();
        }
        assert!(swap_away.call(&mut away, None).unwrap().is_none());
        let back = swap.call(&mut home, None).unwrap().unwrap();
        assert!(ExternRef::ptr_eq(&back, &handle));
        drop((back, handle));
        home.gc();
        assert_eq!(drops.count(), 1);
        assert_sound(&mut home);
        assert_sound(&mut away);
    });
}
