//! Types, modules and linkers of another engine, and types that exist no more: each is an error,
//! wherever the API takes one, and never another type that happens to have the same number.

use touchstone_runtime::*;

fn module(engine: &Engine, wat: &str) -> Module {
    Module::new(engine, wat::parse_str(wat).expect("well-formed text")).expect("valid")
}

const USER: &str = r#"(module (type $t (func (param i64 i64)))
    (func (export "f") (param (ref null $t)) (result (ref null $t)) local.get 0)
    (table (export "t") 1 (ref null $t))
    (global (export "g") (ref null $t) (ref.null $t))
    (tag (export "e") (param (ref null $t))))"#;

/// The types of what `USER` exports: each refers to a function type of its engine.
struct Types {
    func: FuncType,
    table: TableType,
    global: GlobalType,
    tag: FuncType,
}

fn types(user: &Module) -> Types {
    let mut types = user.exports().map(|export| export.ty().clone());
    let mut next = || types.next().expect("four exports");
    let (func, table, global, tag) = (next(), next(), next(), next());
    let (ExternType::Func(func), ExternType::Table(table)) = (func, table) else {
        panic!("a function, then a table")
    };
    let (ExternType::Global(global), ExternType::Tag(tag)) = (global, tag) else {
        panic!("a global, then a tag")
    };
    Types { func, table, global, tag }
}

/// An engine with `count` types of its own, so that numbers of other engines' types mean others here,
/// or none.
fn engine_with(count: usize) -> (Engine, Vec<Module>) {
    let engine = Engine::default();
    let declare =
        |i| module(&engine, &format!("(module (type (func (param {}))))", "f64 ".repeat(i)));
    let modules = (0..count).map(|i| declare(i + 1)).collect();
    (engine, modules)
}

fn refused<T>(result: Result<T>, why: &str) {
    let Err(Error::Mismatch(text)) = result.map(drop) else {
        panic!("it should be refused as a mismatch: {why}")
    };
    assert!(text.contains(why), "{text}");
}

/// Every function that takes a type, with types that `engine` does not know.
fn check_all(engine: &Engine, Types { func, table, global, tag }: &Types, why: &str) {
    let before = engine.usage();
    let mut store = Store::new(engine, ());
    let body = |_: Caller<'_, ()>, _: &[Val], _: &mut [Val]| Ok(());
    refused(Func::new(&mut store, func.clone(), body), why);
    refused(Func::new(&mut store, FuncType::new([], func.results().to_vec()), body), why);
    let mut linker = Linker::new(engine);
    refused(linker.func_new("m", "f", func.clone(), body), why);
    linker.func_new("m", "f", FuncType::new([], []), body).expect("the name is still free");
    refused(Table::new(&mut store, *table, Val::FuncRef(None)), why);
    refused(Global::new(&mut store, *global, Val::FuncRef(None)), why);
    refused(Tag::new(&mut store, tag.clone()), why);
    // Values are matched against types of what is in the store alone; so also a function is refused.
    let any = Func::wrap(&mut store, || ()).expect("memory");
    refused(Table::new(&mut store, *table, Val::FuncRef(Some(any))), why);
    refused(Global::new(&mut store, *global, Val::FuncRef(Some(any))), why);
    assert!(matches!(Val::default_for(global.content()), Val::FuncRef(None)));
    refused(any.typed::<i32, ()>(&store), "(func)");
    drop((store, linker));
    assert_eq!(engine.usage(), before, "what was refused left nothing");
}

#[test]
fn types_of_another_engine_are_errors() {
    let (ours, _modules) = engine_with(50);
    let user = module(&ours, USER);
    let types = types(&user);
    // Where the number means nothing, and where it means another type.
    for count in [0, 200] {
        let (theirs, _modules) = engine_with(count);
        check_all(&theirs, &types, "another engine");
    }
    let mut store = Store::new(&ours, ());
    Func::new(&mut store, types.func.clone(), |_, p, r| {
        r[0] = p[0].clone();
        Ok(())
    })
    .expect("its own engine knows it");
    Table::new(&mut store, types.table, Val::FuncRef(None)).expect("its own engine knows it");
}

#[test]
fn types_that_exist_no_more_are_errors() {
    for reuse in [false, true] {
        let engine = Engine::default();
        let user = module(&engine, USER);
        let types = types(&user);
        drop(user);
        assert_eq!(engine.usage().types, 0);
        // Other types take the numbers.
        let others =
            "(type (func (param f32))) (type (func (result f32))) (type (func (param f64)))";
        let _other = reuse.then(|| module(&engine, &format!("(module {others} {others})")));
        check_all(&engine, &types, "exists no more");
        // The same type, declared anew, is another one to those who hold the old index.
        let _again = module(&engine, USER);
        check_all(&engine, &types, "exists no more");
    }
}

/// Equal numbers of two engines are unequal indices.
#[test]
fn indices_know_their_engine() {
    let (one, other) = (Engine::default(), Engine::default());
    let (a, b) = (module(&one, USER), module(&other, USER));
    assert_ne!(types(&a).func, types(&b).func);
    assert_eq!(types(&a).func, types(&module(&one, USER)).func);
    assert_eq!(types(&a).func.to_string(), types(&b).func.to_string());
}

#[test]
fn modules_and_linkers_of_another_engine_are_errors() {
    let (ours, theirs) = (Engine::default(), Engine::default());
    let [our_module, their_module] =
        [&ours, &theirs].map(|engine| module(engine, "(module (func (export \"f\")))"));
    let (mut our_store, mut their_store) = (Store::new(&ours, ()), Store::new(&theirs, ()));
    let mut linker = Linker::new(&ours);
    linker.func_wrap("m", "f", || ()).expect("the name is free");
    refused(
        linker.instantiate(&mut our_store, &their_module),
        "the module belongs to another engine",
    );
    refused(
        linker.instantiate(&mut their_store, &our_module),
        "the store belongs to another engine",
    );
    refused(
        linker.instantiate(&mut their_store, &their_module),
        "the store belongs to another engine",
    );
    refused(
        Instance::new(&mut our_store, &their_module, &[]),
        "the module belongs to another engine",
    );
    let theirs = Instance::new(&mut their_store, &their_module, &[]).expect("of one engine");
    refused(linker.instance(&mut their_store, "n", theirs), "the store belongs to another engine");
    let ours = linker.instantiate(&mut our_store, &our_module).expect("of one engine");
    linker.instance(&mut our_store, "n", ours).expect("of one engine");
}

/// A shared memory's type refers to nothing: it belongs to no engine.
#[test]
fn shared_memories_pass_between_engines() {
    let limits = Limits::new(1, Some(2));
    let memory = SharedMemory::new(MemoryType::new(limits).with_shared());
    let memory = memory.expect("memory");
    let stores = [Engine::default(), Engine::default()].map(|engine| Store::new(&engine, ()));
    let [mut first, mut second] = stores;
    let (a, b) = (
        Memory::from_shared(&mut first, &memory).unwrap(),
        Memory::from_shared(&mut second, &memory).unwrap(),
    );
    a.write(&mut first, 7, b"shared").expect("within the memory");
    let mut bytes = [0; 6];
    b.read(&second, 7, &mut bytes).expect("within the memory");
    assert_eq!(&bytes, b"shared");
}

/// A function of another store is of no type here.
#[test]
fn functions_of_other_stores_are_refused_as_values() {
    let (ours, theirs) = (Engine::default(), Engine::default());
    let user = module(&ours, USER);
    let types = types(&user);
    let mut store = Store::new(&ours, ());
    for engine in [&ours, &theirs] {
        let mut other = Store::new(engine, ());
        let foreign = Func::wrap(&mut other, |_: i64, _: i64| ()).expect("memory");
        let foreign = || Val::FuncRef(Some(foreign));
        for element in [RefType::FUNC, types.table.element()] {
            let table = types.table.with_element(element);
            assert!(matches!(Table::new(&mut store, table, foreign()), Err(Error::Mismatch(_))));
            let global = GlobalType::new(ValType::Ref(element), types.global.mutability());
            assert!(matches!(Global::new(&mut store, global, foreign()), Err(Error::Mismatch(_))));
            let takes = FuncType::new([ValType::Ref(element)], []);
            let takes = Func::new(&mut store, takes, |_, _, _| Ok(())).expect("memory");
            assert!(matches!(
                takes.call(&mut store, &[foreign()], &mut []),
                Err(Error::Mismatch(_))
            ));
        }
    }
}
