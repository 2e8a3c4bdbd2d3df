//! Instances that were released give their memories and tables back once nothing can reach them, and
//! handles to what was given back are errors.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use touchstone_runtime::*;

fn module(engine: &Engine, wat: &str) -> Module {
    Module::new(engine, wat::parse_str(wat).unwrap()).unwrap()
}

struct Fixture {
    engine: Engine,
    store: Store<()>,
}

impl Fixture {
    fn new() -> Self {
        Fixture::with(&Config::new())
    }

    fn with(config: &Config) -> Self {
        let engine = Engine::new(config).unwrap();
        let store = Store::new(&engine, ());
        Fixture { engine, store }
    }

    fn instance(&mut self, wat: &str, imports: &[Extern]) -> Instance {
        let module = module(&self.engine, wat);
        Instance::new(&mut self.store, &module, imports).unwrap()
    }

    /// A [`COUNTER`], and its function.
    fn counter(&mut self) -> (Instance, Func) {
        let instance = self.instance(COUNTER, &[]);
        (instance, self.func(instance, "count"))
    }

    fn export(&mut self, instance: Instance, name: &str) -> Extern {
        instance.get_export(&mut self.store, name).unwrap()
    }

    fn func(&mut self, instance: Instance, name: &str) -> Func {
        instance.get_func(&mut self.store, name).unwrap()
    }

    fn memory(&mut self, instance: Instance) -> Memory {
        instance.get_memory(&mut self.store, "m").unwrap()
    }

    /// A table of the host, of two functions.
    fn table(&mut self) -> Table {
        let ty = TableType::new(RefType::FUNC, Limits::new(2, None));
        Table::new(&mut self.store, ty, Val::FuncRef(None)).unwrap()
    }

    fn release(&mut self, instance: Instance) {
        instance.release(&mut self.store);
        self.store.reclaim();
        self.store.verify_heap().unwrap();
    }

    /// Calls a function without parameters and with one result.
    fn call(&mut self, func: Func) -> Result<i32> {
        let mut results = [Val::I32(0)];
        func.call(&mut self.store, &[], &mut results)?;
        match results {
            [Val::I32(result)] => Ok(result),
            _ => unreachable!(),
        }
    }
}

/// Has a memory, and functions that use it.
const COUNTER: &str =
    "(module (memory (export \"m\") 1) (global (export \"g\") (mut i32) (i32.const 7))
    (func (export \"count\") (result i32)
        (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))
        (i32.load (i32.const 0))))";

fn is_released<T: std::fmt::Debug>(result: Result<T>) -> bool {
    matches!(result, Err(Error::Released(_)))
}

#[test]
fn as_many_instances_as_ever_follow_each_other_in_one_store() {
    let Fixture { engine, mut store } = Fixture::new();
    let module = module(
        &engine,
        "(module (memory (export \"m\") 1) (table 10 funcref)
        (func $f) (elem (i32.const 0) $f))",
    );
    let mut last = None;
    for _ in 0..20_000 {
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        let memory = instance.get_memory(&mut store, "m").unwrap();
        memory.write(&mut store, 65_535, &[1]).unwrap();
        instance.release(&mut store);
        last = Some(memory);
    }
    store.reclaim();
    assert_eq!(last.unwrap().size(&store), 0);
}

#[test]
fn what_was_released_makes_room_for_an_instance_and_for_a_memory() {
    for others in [0, 100] {
        let mut f = Fixture::new();
        let limits = StoreLimits::new().total_bytes((others + 4) << 16);
        f.store.limit(limits);
        // What is kept makes the store look less often.
        for _ in 0..others {
            f.instance("(module (memory 1))", &[]);
        }
        let four = module(&f.engine, "(module (memory 4))");
        for _ in 0..5 {
            let instance = Instance::new(&mut f.store, &four, &[]).unwrap();
            let refused = Instance::new(&mut f.store, &four, &[]);
            assert!(matches!(refused, Err(Error::Resource(_))));
            instance.release(&mut f.store);
        }
        let ty = MemoryType::new(Limits::new(4, None));
        Memory::new(&mut f.store, ty).unwrap();
        assert!(Memory::new(&mut f.store, ty).is_err());
    }
}

#[test]
fn limits_on_how_many_count_what_there_is() {
    let mut f = Fixture::new();
    f.store.limit(StoreLimits::new().memories(1).tables(1));
    for _ in 0..10 {
        let instance = f.instance("(module (memory 1) (table 1 funcref))", &[]);
        instance.release(&mut f.store);
    }
}

#[test]
fn what_is_imported_stays_until_the_importer_goes_too() {
    let mut f = Fixture::new();
    let a = f.instance(COUNTER, &[]);
    let (m, g) = (f.export(a, "m"), f.export(a, "g"));
    let b = f.instance(
        "(module (import \"\" \"m\" (memory 1)) (import \"\" \"g\" (global $g (mut i32)))
            (func (export \"get\") (result i32) (i32.add (i32.load (i32.const 0)) (global.get $g))))",
        &[m, g],
    );
    let (count, get) = (f.func(a, "count"), f.func(b, "get"));
    assert_eq!(f.call(count).unwrap(), 1);
    f.release(a);
    // The memory and the global are there, the function is not.
    assert!(is_released(f.call(count)));
    assert_eq!(f.call(get).unwrap(), 8);
    let memory = m.into_memory().unwrap();
    memory.write(&mut f.store, 0, &[34]).unwrap();
    g.into_global().unwrap().set(&mut f.store, Val::I32(8)).unwrap();
    assert_eq!(f.call(get).unwrap(), 42);
    f.release(b);
    assert_eq!(memory.size(&f.store), 0);
    assert!(is_released(memory.write(&mut f.store, 0, &[1])));
    assert!(is_released(f.call(get)));
}

#[test]
fn a_function_in_a_table_keeps_all_that_it_needs_until_it_is_overwritten() {
    let mut f = Fixture::new();
    let a = f.instance(COUNTER, &[]);
    let (count, memory) = (f.func(a, "count"), f.memory(a));
    // In a table of the host, and in one of another instance that Wasm writes to.
    let host = f.table();
    host.set(&mut f.store, 1, Val::FuncRef(Some(count))).unwrap();
    let b = f.instance(
        "(module (table $t 2 funcref) (type $t (func (result i32)))
            (func (export \"set\") (param funcref) (table.set $t (i32.const 1) (local.get 0)))
            (func (export \"call\") (result i32) (call_indirect (type $t) (i32.const 1))))",
        &[],
    );
    let (set, call) = (f.func(b, "set"), f.func(b, "call"));
    set.call(&mut f.store, &[Val::FuncRef(Some(count))], &mut []).unwrap();
    f.release(a);
    assert_eq!(f.call(count).unwrap(), 1);
    host.set(&mut f.store, 1, Val::FuncRef(None)).unwrap();
    f.store.reclaim();
    assert_eq!(f.call(call).unwrap(), 2);
    assert_eq!(memory.size(&f.store), 1);
    set.call(&mut f.store, &[Val::FuncRef(None)], &mut []).unwrap();
    f.store.reclaim();
    assert_eq!(memory.size(&f.store), 0);
    assert!(is_released(f.call(count)));
}

#[test]
fn globals_segments_and_imports_of_functions_are_ways_too() {
    let holders = [
        "(module (import \"\" \"f\" (func $f (result i32))) (func (export \"x\")))",
        "(module (import \"\" \"f\" (func $f (result i32))) (global funcref (ref.func $f)))",
        "(module (import \"\" \"f\" (func $f (result i32))) (elem funcref (ref.func $f)))",
    ];
    for wat in holders {
        let mut f = Fixture::new();
        let (a, count) = f.counter();
        let holder = f.instance(wat, &[count.into()]);
        f.release(a);
        assert_eq!(f.call(count).unwrap(), 1, "{wat}");
        f.release(holder);
        assert!(is_released(f.call(count)), "{wat}");
    }
    // By the record alone: a global of the host.
    let mut f = Fixture::new();
    let (a, count) = f.counter();
    let ty = GlobalType::new(ValType::Ref(RefType::FUNC), Mutability::Var);
    let global = Global::new(&mut f.store, ty, Val::FuncRef(Some(count))).unwrap();
    f.release(a);
    assert_eq!(f.call(count).unwrap(), 1);
    global.set(&mut f.store, Val::FuncRef(None)).unwrap();
    f.store.reclaim();
    assert!(is_released(f.call(count)));
}

#[test]
fn a_global_of_an_instance_keeps_a_function_until_it_is_overwritten() {
    let mut f = Fixture::new();
    let (a, count) = f.counter();
    let b = f.instance("(module (global (export \"g\") (mut funcref) (ref.null func)))", &[]);
    let global = f.export(b, "g").into_global().unwrap();
    global.set(&mut f.store, Val::FuncRef(Some(count))).unwrap();
    f.release(a);
    assert_eq!(f.call(count).unwrap(), 1);
    global.set(&mut f.store, Val::FuncRef(None)).unwrap();
    f.store.reclaim();
    assert!(is_released(f.call(count)));
}

#[test]
fn a_function_that_came_to_a_segment_by_a_global_stays_as_long_as_the_global() {
    let mut f = Fixture::new();
    let (a, count) = f.counter();
    let ty = GlobalType::new(ValType::Ref(RefType::FUNC), Mutability::Const);
    // The function comes to the segment by a global, which goes before it.
    let global = f.instance(
        "(module (import \"\" \"f\" (func $f (result i32))) (global (export \"g\") funcref (ref.func $f)))",
        &[count.into()],
    );
    let g = f.export(global, "g");
    assert_eq!(g.into_global().unwrap().ty(&f.store).content(), ty.content());
    let holder = f.instance(
        "(module (import \"\" \"g\" (global $g funcref)) (elem $e funcref (global.get $g))
            (table 1 funcref) (type $t (func (result i32)))
            (func (export \"call\") (result i32)
                (table.init $e (i32.const 0) (i32.const 0) (i32.const 1))
                (call_indirect (type $t) (i32.const 0)))
            (func (export \"drop\") (elem.drop $e) (table.set (i32.const 0) (ref.null func))))",
        &[g],
    );
    let (call, drop) = (f.func(holder, "call"), f.func(holder, "drop"));
    f.release(a);
    f.release(global);
    assert_eq!(f.call(call).unwrap(), 1);
    drop.call(&mut f.store, &[], &mut []).unwrap();
    f.store.reclaim();
    // The global, which is imported, still refers to the function.
    assert_eq!(f.call(count).unwrap(), 2);
    f.release(holder);
    assert!(is_released(f.call(count)));
}

#[test]
fn chains_and_cycles_go_together() {
    let mut f = Fixture::new();
    let b = f.instance(
        "(module (memory (export \"m\") 1) (table (export \"t\") 1 funcref)
            (func (export \"f\") (result i32) (i32.const 5)))",
        &[],
    );
    let (t, g) = (f.export(b, "t"), f.export(b, "f"));
    // It imports a function of the first, whose table has one of its own.
    let a = f.instance(
        "(module (import \"\" \"f\" (func $f (result i32))) (import \"\" \"t\" (table 1 funcref))
            (memory (export \"m\") 1)
            (func $own (export \"f\") (result i32) (call $f)) (elem (i32.const 0) $own))",
        &[g, t],
    );
    let own = f.func(a, "f");
    let chain = f.instance(
        "(module (import \"\" \"f\" (func $f (result i32))) (memory (export \"m\") 1)
            (func (export \"f\") (result i32) (call $f)))",
        &[own.into()],
    );
    let last = f.func(chain, "f");
    let memories = [f.memory(a), f.memory(b), f.memory(chain)];
    f.release(b);
    f.release(a);
    assert_eq!(f.call(last).unwrap(), 5);
    assert!(memories.iter().all(|memory| memory.size(&f.store) == 1));
    f.release(chain);
    assert!(memories.iter().all(|memory| memory.size(&f.store) == 0));
    assert!(is_released(f.call(last)) && is_released(f.call(own)));
    assert_eq!(t.into_table().unwrap().size(&f.store), 0);
}

#[test]
fn handles_to_what_was_given_back_are_errors() {
    let mut f = Fixture::new();
    let a = f.instance(
        "(module (memory (export \"m\") 1) (table (export \"t\") 3 funcref)
            (global (export \"g\") (mut i32) (i32.const 7)) (tag (export \"e\") (param i32))
            (global (export \"r\") (mut funcref) (ref.func $f))
            (func $f (export \"f\") (param i32) (result i32) (i32.load (local.get 0))))",
        &[],
    );
    let func = f.func(a, "f");
    let typed = func.typed::<i32, i32>(&f.store).unwrap();
    let [memory, table, global, reference] = ["m", "t", "g", "r"].map(|name| f.export(a, name));
    let tag = f.export(a, "e").into_tag().unwrap();
    let host = f.table();
    let take = f.instance("(module (func (export \"take\") (param funcref)))", &[]);
    let take = f.func(take, "take");
    f.release(a);
    f.release(a);
    let store = &mut f.store;

    // Functions: calls, and every way back to Wasm.
    let mut results = [Val::I32(0)];
    assert!(is_released(func.call(&mut *store, &[Val::I32(0)], &mut results)));
    assert!(is_released(typed.call(&mut *store, 0)));
    assert_eq!(func.ty(&*store).params(), [ValType::I32]);
    let value = Val::FuncRef(Some(func));
    assert!(is_released(take.call(&mut *store, std::slice::from_ref(&value), &mut [])));
    let typed = take.typed::<Func, ()>(&*store).unwrap();
    assert!(is_released(typed.call(&mut *store, func)));
    assert!(is_released(host.set(&mut *store, 0, value.clone())));
    assert!(is_released(host.grow(&mut *store, 1, value.clone())));
    assert!(is_released(host.fill(&mut *store, 0, value.clone(), 1)));
    let funcs = TableType::new(RefType::FUNC, Limits::new(2, None));
    assert!(is_released(Table::new(&mut *store, funcs, value.clone())));
    let ty = GlobalType::new(ValType::Ref(RefType::FUNC), Mutability::Var);
    assert!(is_released(Global::new(&mut *store, ty, value.clone())));
    let own = Global::new(&mut *store, ty, Val::FuncRef(None)).unwrap();
    assert!(is_released(own.set(&mut *store, value.clone())));
    let give = Func::wrap(&mut *store, move || func).unwrap();
    assert!(is_released(give.call(&mut *store, &[], &mut [Val::FuncRef(None)])));

    // Parts.
    let (m, t) = (memory.into_memory().unwrap(), table.into_table().unwrap());
    assert_eq!((m.size(&*store), m.ty(&*store).limits().min()), (0, 0));
    assert!(is_released(m.read(&*store, 0, &mut [])));
    assert!(is_released(m.write(&mut *store, 0, &[1])));
    assert!(is_released(m.grow(&mut *store, 0)));
    assert!(is_released(m.grow(&mut *store, 1)));
    assert!(t.get(&mut *store, 0).is_none() && t.size(&*store) == 0);
    assert!(is_released(t.set(&mut *store, 0, Val::FuncRef(None))));
    assert!(is_released(t.fill(&mut *store, 0, Val::FuncRef(None), 0)));
    assert!(is_released(t.grow(&mut *store, 1, Val::FuncRef(None))));
    assert!(is_released(Table::copy(&mut *store, &host, 0, &t, 0, 0)));
    assert!(is_released(Table::copy(&mut *store, &t, 0, &host, 0, 0)));
    let (g, r) = (global.into_global().unwrap(), reference.into_global().unwrap());
    assert!(matches!(g.get(&mut *store), Val::I32(7)));
    assert!(matches!(r.get(&mut *store), Val::FuncRef(None)));
    assert!(is_released(g.set(&mut *store, Val::I32(1))));
    assert!(is_released(r.set(&mut *store, Val::FuncRef(None))));

    // Imports, directly and by name.
    let imports: [(&str, Extern); 5] = [
        ("(func (param i32) (result i32))", func.into()),
        ("(memory 0)", memory),
        ("(table 0 funcref)", table),
        ("(global (mut i32))", global),
        ("(global (mut funcref))", reference),
    ];
    for (ty, given) in imports {
        let importing = module(&f.engine, &format!("(module (import \"\" \"x\" {ty}))"));
        assert!(is_released(Instance::new(&mut *store, &importing, &[given])), "{ty}");
        let mut linker = Linker::new(&f.engine);
        linker.define("", "x", given).unwrap();
        assert!(is_released(linker.instantiate(&mut *store, &importing)), "{ty}");
    }
    // The instance itself, and what is an identity alone.
    assert_eq!(a.exports(&mut *store).len(), 6);
    assert_eq!(a.func_index(&mut *store, func), Some(0));
    ExnRef::new(&mut *store, tag, vec![Val::I32(1)]).unwrap();
    let importing = module(&f.engine, "(module (import \"\" \"x\" (tag (param i32))))");
    Instance::new(&mut *store, &importing, &[tag.into()]).unwrap();
}

#[test]
fn it_may_be_released_while_it_runs() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, None::<Instance>);
    let release = Func::wrap(&mut store, |mut caller: Caller<'_, Option<Instance>>| {
        let instance = caller.data().unwrap();
        for _ in 0..100 {
            instance.release(&mut caller);
        }
        // Others come and go meanwhile.
        let module = module(caller.engine(), "(module (memory 1))");
        for _ in 0..100 {
            let other = Instance::new(&mut caller, &module, &[]).unwrap();
            other.release(&mut caller);
        }
        caller.as_context_mut().reclaim();
    })
    .unwrap();
    let module = module(
        &engine,
        "(module (import \"\" \"release\" (func $release)) (memory (export \"m\") 1)
            (table 1 funcref) (type $t (func (result i32))) (elem (i32.const 0) $after)
            (func $after (result i32) (i32.load (i32.const 4)))
            (func (export \"f\") (result i32)
                (i32.store (i32.const 4) (i32.const 42)) (call $release)
                (call_indirect (type $t) (i32.const 0))))",
    );
    let instance = Instance::new(&mut store, &module, &[release.into()]).unwrap();
    *store.data_mut() = Some(instance);
    let f = instance.get_typed_func::<(), i32>(&mut store, "f").unwrap();
    let memory = instance.get_memory(&mut store, "m").unwrap();
    assert_eq!(f.call(&mut store, ()).unwrap(), 42);
    // It goes on until somebody looks.
    assert_eq!(memory.size(&store), 1);
    store.reclaim();
    assert_eq!(memory.size(&store), 0);
    assert!(is_released(f.call(&mut store, ())));
}

#[test]
fn references_in_what_is_given_back_are_dropped() {
    [Collector::Counting, Collector::Coalescing].into_iter().for_each(references_are_dropped_with);
}

fn references_are_dropped_with(collector: Collector) {
    struct Counted(Arc<AtomicUsize>);
    impl Drop for Counted {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
    let mut f = Fixture::with(Config::new().collector(collector));
    // One collector frees at once, the other when it collects.
    let collect = |f: &mut Fixture| match collector {
        Collector::Counting => {}
        Collector::Coalescing => f.store.gc(),
    };
    let dropped = Arc::new(AtomicUsize::new(0));
    let a = f.instance(
        "(module (memory 1) (table $t (export \"t\") 5000 externref)
            (global $g (export \"g\") (mut externref) (ref.null extern))
            (func (export \"f\") (param externref externref)
                (table.set $t (i32.const 4999) (local.get 0)) (global.set $g (local.get 1))))",
        &[],
    );
    let keeper = f.export(a, "g");
    let keeper = f.instance("(module (import \"\" \"g\" (global (mut externref))))", &[keeper]);
    let func = f.func(a, "f");
    let values = [0, 1].map(|_| {
        let value = ExternRef::new(&mut f.store, Counted(dropped.clone()));
        Val::ExternRef(Some(value))
    });
    func.call(&mut f.store, &values, &mut []).unwrap();
    drop(values);
    f.store.gc();
    assert_eq!(f.store.gc_stats().live, 2);
    f.release(a);
    collect(&mut f);
    // The global is another instance's, too.
    assert_eq!(dropped.load(Ordering::Relaxed), 1);
    assert_eq!(f.store.gc_stats().live, 1);
    f.release(keeper);
    collect(&mut f);
    assert_eq!(dropped.load(Ordering::Relaxed), 2);
    assert_eq!(f.store.gc_stats().live, 0);
    f.store.release_references();
    f.store.verify_heap().unwrap();
}

#[test]
fn exceptions_carry_functions() {
    let mut f = Fixture::new();
    let (a, count) = f.counter();
    let tag = Tag::new(&mut f.store, FuncType::new([ValType::Ref(RefType::FUNC)], [])).unwrap();
    let outer = Tag::new(&mut f.store, FuncType::new([ValType::Ref(RefType::EXN)], [])).unwrap();
    let holder = f.instance(
        "(module (import \"\" \"e\" (tag $e (param funcref))) (import \"\" \"o\" (tag $o (param exnref)))
            (type $t (func (result i32))) (table $t 1 exnref) (global $g (mut exnref) (ref.null exn))
            (table $f 1 funcref)
            (func (export \"hold\") (param exnref)
                (table.set $t (i32.const 0) (local.get 0)) (global.set $g (local.get 0)))
            (func (export \"call\") (result i32)
                (table.set $f (i32.const 0)
                    (block $h (result funcref)
                        (try_table (result funcref) (catch $e $h)
                            (throw_ref (block $i (result exnref)
                                (try_table (catch $o $i) (throw_ref (table.get $t (i32.const 0))))
                                unreachable)))))
                (call_indirect $f (type $t) (i32.const 0))
                (table.set $f (i32.const 0) (ref.null func))))",
        &[tag.into(), outer.into()],
    );
    let (hold, call) = (f.func(holder, "hold"), f.func(holder, "call"));
    let inner = ExnRef::new(&mut f.store, tag, vec![Val::FuncRef(Some(count))]).unwrap();
    let nested = ExnRef::new(&mut f.store, outer, vec![Val::ExnRef(Some(inner.clone()))]).unwrap();
    hold.call(&mut f.store, &[Val::ExnRef(Some(nested.clone()))], &mut []).unwrap();
    f.store.gc();
    f.release(a);
    assert_eq!(f.call(call).unwrap(), 1);
    // From here on only the host has it, which is no reason for it to stay.
    hold.call(&mut f.store, &[Val::ExnRef(None)], &mut []).unwrap();
    f.store.gc();
    f.store.reclaim();
    assert!(is_released(f.call(count)));
    for exception in [inner, nested] {
        let value = Val::ExnRef(Some(exception.clone()));
        assert!(is_released(hold.call(&mut f.store, &[value], &mut [])));
        // As what a host function throws.
        let throw = Func::wrap(&mut f.store, move || -> Result<()> {
            Err(Exception::new(exception.clone()).into())
        })
        .unwrap();
        let caller = f.instance(
            "(module (import \"\" \"f\" (func $f)) (func (export \"f\") (call $f)))",
            &[throw.into()],
        );
        let caller = f.func(caller, "f");
        assert!(is_released(caller.call(&mut f.store, &[], &mut [])));
    }
    f.store.gc();
    f.store.verify_heap().unwrap();
}

#[test]
fn what_came_to_nothing_is_given_back_when_nothing_holds_it() {
    let mut f = Fixture::new();
    let table = f.table();
    // Room for two of them, and the table.
    let limits = StoreLimits::new().total_bytes((2 << 16) + 16);
    f.store.limit(limits);
    let failing = [
        // Its function is in the table, when a data segment does not fit.
        "(module (import \"\" \"t\" (table 2 funcref)) (memory 1) (func $f (result i32) (i32.const 3))
            (elem (i32.const 0) $f) (data (i32.const 65536) \"b\"))",
        // Or when the start function traps.
        "(module (import \"\" \"t\" (table 2 funcref)) (memory 1) (func $f (result i32) (i32.const 3))
            (elem (i32.const 0) $f) (func $s unreachable) (start $s))",
    ];
    for wat in failing {
        let module = module(&f.engine, wat);
        for _ in 0..100 {
            // Each overwrites what the one before left.
            let error = Instance::new(&mut f.store, &module, &[table.into()]).unwrap_err();
            assert!(error.trap().is_some(), "{error}");
            let Some(Val::FuncRef(Some(left))) = table.get(&mut f.store, 0) else { panic!() };
            assert_eq!(f.call(left).unwrap(), 3);
        }
    }
}

#[test]
fn what_a_panic_left_is_given_back() {
    struct Angry;
    impl Drop for Angry {
        fn drop(&mut self) {
            panic!("dropped");
        }
    }
    // The destructor runs where the value is overwritten.
    let mut f = Fixture::with(Config::new().collector(Collector::Counting));
    // Room for two of them, and the table.
    let limits = StoreLimits::new().total_bytes((2 << 16) + 4096);
    f.store.limit(limits);
    let table = TableType::new(RefType::EXTERN, Limits::new(1, None));
    let table = Table::new(&mut f.store, table, Val::ExternRef(None)).unwrap();
    let host = Func::wrap(&mut f.store, || -> () { panic!("called") }).unwrap();
    let starting =
        module(&f.engine, "(module (import \"\" \"f\" (func $f)) (memory 1) (start $f))");
    let writing = module(
        &f.engine,
        "(module (import \"\" \"t\" (table 1 externref)) (memory 1)
            (elem (i32.const 0) externref (ref.null extern)))",
    );
    for _ in 0..20 {
        let value = ExternRef::new(&mut f.store, Angry);
        table.set(&mut f.store, 0, Val::ExternRef(Some(value))).unwrap();
        f.store.gc();
        for (module, import, text) in
            [(&starting, host.into(), "called"), (&writing, table.into(), "dropped")]
        {
            let make = || Instance::new(&mut f.store, module, &[import]).map(drop);
            let payload = catch_unwind(AssertUnwindSafe(make)).unwrap_err();
            assert_eq!(payload.downcast_ref::<&str>(), Some(&text));
        }
        f.store.verify_heap().unwrap();
    }
}

#[test]
fn shared_memories_stay_where_others_have_them() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let module = module(&engine, "(module (memory (export \"m\") 1 2 shared))");
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let memory = instance.get_memory(&mut store, "m").unwrap();
    let shared = memory.as_shared(&store).unwrap();
    let mut other = Store::new(&engine, ());
    let there = Memory::from_shared(&mut other, &shared).unwrap();
    let again = Memory::from_shared(&mut store, &shared).unwrap();
    store.limit(StoreLimits::new().total_bytes(1 << 16));
    memory.write(&mut store, 0, &[9]).unwrap();
    instance.release(&mut store);
    store.reclaim();
    assert!(is_released(memory.write(&mut store, 0, &[1])) && memory.as_shared(&store).is_none());
    let mut byte = [0];
    there.read(&other, 0, &mut byte).unwrap();
    assert_eq!(byte, [9]);
    // The store has it still, by another handle, and it counts.
    again.read(&store, 0, &mut byte).unwrap();
    assert_eq!(byte, [9]);
    assert!(Memory::new(&mut store, MemoryType::new(Limits::new(1, None))).is_err());
}

#[test]
fn what_is_given_back_is_used_no_more() {
    let mut f = Fixture::new();
    let handle = f.store.memory_use();
    let before = handle.resident_bytes();
    let a = f.instance(
        "(module (memory 64) (table $t 100000 funcref) (table $small 1000 funcref) (func $f)
            (elem $e func $f $f $f $f)
            (func (export \"fill\") (memory.fill (i32.const 0) (i32.const 1) (i32.const 0x400000))
                (table.fill $t (i32.const 0) (ref.func $f) (i32.const 100000))))",
        &[],
    );
    let fill = f.func(a, "fill");
    fill.call(&mut f.store, &[], &mut []).unwrap();
    assert!(handle.resident_bytes() > before + (4 << 20) + 800_000 + 8_000);
    f.release(a);
    assert!(handle.resident_bytes() < before + 4_000, "{}", handle.resident_bytes() - before);
}

#[test]
#[should_panic = "not its own"]
fn another_store_is_refused() {
    let mut f = Fixture::new();
    let instance = f.instance("(module)", &[]);
    instance.release(&mut Store::new(&f.engine, ()));
}

/// An instance as the model knows it: what its context refers to, by the number of who defined it.
struct Modelled {
    instance: Instance,
    func: Func,
    memory: Memory,
    table: Table,
    imports: [Option<usize>; 3],
    elements: [Option<usize>; 2],
    released: bool,
}

/// Of instances, tables and memories: which of them can be reached.
fn reachable(all: &[Modelled], host: &[Option<usize>; 2]) -> [Vec<bool>; 3] {
    let mut reached = [const { Vec::new() }; 3];
    reached.iter_mut().for_each(|r| r.resize(all.len(), false));
    let roots = (0..all.len()).filter(|i| !all[*i].released);
    let mut work: Vec<usize> = roots.chain(host.iter().flatten().copied()).collect();
    let [instances, tables, memories] = &mut reached;
    while let Some(i) = work.pop() {
        if std::mem::replace(&mut instances[i], true) {
            continue;
        }
        let [func, table, memory] = all[i].imports;
        work.extend(func);
        for table in [Some(i), table].into_iter().flatten() {
            tables[table] = true;
            work.extend(all[table].elements.iter().flatten());
        }
        memories[i] = true;
        memory.into_iter().for_each(|memory| memories[memory] = true);
    }
    reached
}

#[test]
fn what_is_given_back_is_what_a_model_cannot_reach() {
    for stress in [false, true] {
        hold_against_model(&Engine::new(Config::new().gc_stress(stress)).unwrap());
    }
}

fn hold_against_model(engine: &Engine) {
    // Imports a function, a table and a memory, or not.
    let modules: Vec<Module> = (0..8)
        .map(|mask| {
            let import = |bit: u32, text: &str| {
                if mask >> bit & 1 == 1 {
                    format!("(import \"\" \"\" {text})")
                } else {
                    String::new()
                }
            };
            let imports = [
                import(0, "(func (result i32))"),
                import(1, "(table 2 funcref)"),
                import(2, "(memory 1)"),
            ]
            .concat();
            let wat = format!(
                "(module {imports} (memory $m (export \"m\") 1) (table (export \"t\") 2 funcref)
                    (func (export \"f\") (result i32) (i32.load $m (i32.const 0))))"
            );
            module(engine, &wat)
        })
        .collect();
    let mut given_back = 0;
    for seed in 1..=60_u64 {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut random = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as usize % below
        };
        let mut store = Store::new(engine, ());
        let ty = TableType::new(RefType::FUNC, Limits::new(2, None));
        let host = Table::new(&mut store, ty, Val::FuncRef(None)).unwrap();
        let mut host_elements = [None; 2];
        let mut all: Vec<Modelled> = Vec::new();
        for _ in 0..150 {
            let [instances, tables, memories] = reachable(&all, &host_elements);
            let mut pick = |from: &[bool]| {
                let there: Vec<usize> = (0..from.len()).filter(|i| from[*i]).collect();
                (!there.is_empty()).then(|| there[random(there.len())])
            };
            let [f, t, m] = [pick(&instances), pick(&tables), pick(&memories)];
            match random(8) {
                0..=2 => {
                    let given = [f, t, m].map(|import| import.filter(|_| random(2) == 0));
                    let mask =
                        given.iter().rev().fold(0, |mask, g| mask << 1 | usize::from(g.is_some()));
                    let mut imports: Vec<Extern> = Vec::new();
                    imports.extend(given[0].map(|i| Extern::from(all[i].func)));
                    imports.extend(given[1].map(|i| Extern::from(all[i].table)));
                    imports.extend(given[2].map(|i| Extern::from(all[i].memory)));
                    let instance = Instance::new(&mut store, &modules[mask], &imports).unwrap();
                    let memory = instance.get_memory(&mut store, "m").unwrap();
                    memory.write(&mut store, 0, &[all.len() as u8]).unwrap();
                    all.push(Modelled {
                        instance,
                        func: instance.get_func(&mut store, "f").unwrap(),
                        memory,
                        table: instance.get_table(&mut store, "t").unwrap(),
                        imports: given,
                        elements: [None; 2],
                        released: false,
                    });
                }
                3 | 4 => {
                    let (place, function) = (random(2), f.filter(|_| random(3) != 0));
                    let value = Val::FuncRef(function.map(|i| all[i].func));
                    let (table, elements) = match t.filter(|_| random(4) != 0) {
                        Some(i) => (all[i].table, &mut all[i].elements),
                        None => (host, &mut host_elements),
                    };
                    table.set(&mut store, place as u64, value).unwrap();
                    elements[place] = function;
                }
                5 | 6 if !all.is_empty() => {
                    let i = random(all.len());
                    all[i].released = true;
                    all[i].instance.release(&mut store);
                }
                _ => store.reclaim(),
            }
        }
        store.reclaim();
        let [instances, tables, memories] = reachable(&all, &host_elements);
        for (i, one) in all.iter().enumerate() {
            let mut result = [Val::I32(-1)];
            let called = one.func.call(&mut store, &[], &mut result);
            match instances[i] {
                true => assert!(called.is_ok() && matches!(result, [Val::I32(n)] if n == i as i32)),
                false => assert!(is_released(called), "seed {seed}, instance {i}"),
            }
            assert_eq!(one.table.size(&store) != 0, tables[i], "seed {seed}, table {i}");
            assert_eq!(one.memory.size(&store) != 0, memories[i], "seed {seed}, memory {i}");
            given_back += usize::from(!instances[i]);
        }
    }
    assert!(given_back > 500, "{given_back}");
}
