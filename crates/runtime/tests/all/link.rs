//! Imports, failed instantiations, handles of the wrong store, large and odd modules.

use touchstone_runtime::*;

fn module(engine: &Engine, wat: &str) -> Module {
    Module::new(engine, wat::parse_str(wat).unwrap()).unwrap()
}

#[test]
fn import_types_must_match() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let exporter = module(
        &engine,
        r#"(module (func (export "f") (param i32)) (memory (export "m") 1 4)
             (table (export "t") 2 funcref) (global (export "g") (mut i32) (i32.const 0)))"#,
    );
    let mut linker = Linker::new(&engine);
    let instance = linker.instantiate(&mut store, &exporter).unwrap();
    linker.instance(&mut store, "e", instance).unwrap();
    let fits = [
        r#"(func (param i32))"#,
        r#"(memory 1)"#,
        r#"(memory 0 5)"#,
        r#"(table 2 funcref)"#,
        r#"(global (mut i32))"#,
    ];
    let names = ["f", "m", "m", "t", "g"];
    for (name, ty) in names.iter().zip(fits) {
        let wat = format!(r#"(module (import "e" "{name}" {ty}))"#);
        linker.instantiate(&mut store, &module(&engine, &wat)).unwrap();
    }
    let fails = [
        ("f", "(func)"),
        ("f", "(memory 1)"),
        ("m", "(memory 2)"),
        ("m", "(memory 1 3)"),
        ("t", "(table 2 2 funcref)"),
        ("g", "(global i32)"),
        ("g", "(global (mut i64))"),
        ("nothing", "(func)"),
    ];
    for (name, ty) in fails {
        let wat = format!(r#"(module (import "e" "{name}" {ty}))"#);
        let error = linker.instantiate(&mut store, &module(&engine, &wat)).unwrap_err();
        assert!(matches!(error, Error::Link(_)), "{name} {ty}: {error}");
    }
    let error = linker.func_wrap("e", "f", || ()).unwrap_err();
    assert!(error.to_string().contains("defined already"));
}

/// Segments are written in order until one does not fit; what was written remains.
#[test]
fn a_segment_that_does_not_fit_traps() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    let owner =
        module(&engine, r#"(module (memory (export "m") 1) (table (export "t") 1 funcref))"#);
    let owner = linker.instantiate(&mut store, &owner).unwrap();
    linker.instance(&mut store, "o", owner).unwrap();
    let bad = module(
        &engine,
        r#"(module (import "o" "m" (memory 1)) (import "o" "t" (table 1 funcref)) (func $f)
             (elem (i32.const 0) $f) (data (i32.const 0) "x") (data (i32.const 65536) "y"))"#,
    );
    let error = linker.instantiate(&mut store, &bad).unwrap_err();
    assert_eq!(error.trap().unwrap().code(), TrapCode::MemoryOutOfBounds);
    let mut byte = [0];
    owner.get_memory(&mut store, "m").unwrap().read(&store, 0, &mut byte).unwrap();
    assert_eq!(&byte, b"x");
    let element = owner.get_table(&mut store, "t").unwrap().get(&mut store, 0);
    assert!(matches!(element, Some(Val::FuncRef(Some(_)))));
}

#[test]
fn a_failed_start_leaves_its_functions_alive() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let mut linker = Linker::new(&engine);
    let owner = module(
        &engine,
        r#"(module (table (export "t") 1 funcref)
             (func (export "call") (result i32) i32.const 0 call_indirect (result i32)))"#,
    );
    let owner = linker.instantiate(&mut store, &owner).unwrap();
    linker.instance(&mut store, "o", owner).unwrap();
    let failing = module(
        &engine,
        r#"(module (import "o" "t" (table 1 funcref)) (memory 1) (data (i32.const 0) "\2a")
             (func $f (result i32) (i32.load8_u (i32.const 0))) (elem (i32.const 0) $f)
             (func $start unreachable) (start $start))"#,
    );
    let error = linker.instantiate(&mut store, &failing).unwrap_err();
    assert_eq!(error.trap().unwrap().code(), TrapCode::Unreachable);
    drop(failing);
    let call = owner.get_typed_func::<(), i32>(&mut store, "call").unwrap();
    assert_eq!(call.call(&mut store, ()).unwrap(), 42);
}

#[test]
#[should_panic(expected = "a store that is not its own")]
fn a_handle_of_another_store_is_refused() {
    let engine = Engine::default();
    let mut one = Store::new(&engine, ());
    let mut other = Store::new(&engine, ());
    let func = Func::wrap(&mut one, || 1i32).unwrap();
    let _ = func.call(&mut other, &[], &mut [Val::I32(0)]);
}

#[test]
fn stores_move_between_threads() {
    let engine = Engine::default();
    let module = module(
        &engine,
        r#"(module (memory 1) (func (export "f") (param i32) (result i32) local.get 0 i32.load))"#,
    );
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &module).unwrap();
    let f = instance.get_typed_func::<i32, i32>(&mut store, "f").unwrap();
    for _ in 0..4 {
        store = std::thread::spawn(move || {
            assert_eq!(f.call(&mut store, 0).unwrap(), 0);
            let error = f.call(&mut store, 65536).unwrap_err();
            assert_eq!(error.trap().unwrap().code(), TrapCode::MemoryOutOfBounds);
            store
        })
        .join()
        .unwrap();
    }
}

#[test]
fn many_parameters_and_results() {
    let engine = Engine::default();
    let count = 1000;
    let (ty, gets) = (" i64".repeat(count), (0..count).rev().map(|i| format!("local.get {i} ")));
    let wat = format!(
        "(module (func $r (export \"reverse\") (param{ty}) (result{ty}) {})
           (func (export \"twice\") (param{ty}) (result{ty}) {} call $r call $r))",
        gets.collect::<String>(),
        (0..count).map(|i| format!("local.get {i} ")).collect::<String>(),
    );
    let module = module(&engine, &wat);
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &module).unwrap();
    let params: Vec<_> = (0..count).map(|i| Val::I64(i as i64)).collect();
    let mut results = vec![Val::I64(0); count];
    for (name, reversed) in [("reverse", true), ("twice", false)] {
        let func = instance.get_func(&mut store, name).unwrap();
        func.call(&mut store, &params, &mut results).unwrap();
        for (i, result) in results.iter().enumerate() {
            let wanted = if reversed { count - 1 - i } else { i };
            assert!(matches!(result, Val::I64(v) if *v == wanted as i64), "{name} {i}: {result:?}");
        }
    }
}

#[test]
fn a_module_of_a_hundred_thousand_functions() {
    let mut config = Config::new();
    config.opt_level(OptLevel::None).regalloc_algorithm(RegallocAlgorithm::SinglePass);
    config.compile_threads(2).verify_ir(false);
    let engine = Engine::new(&config).unwrap();
    let count = 100_000;
    let mut wat = String::from("(module (func $f0 (param i32) (result i32) local.get 0)\n");
    for i in 1..count {
        wat += &format!("(func $f{i} (param i32) (result i32) local.get 0 call $f{})\n", i / 2);
    }
    wat += &format!("(export \"last\" (func $f{})))", count - 1);
    let module = module(&engine, &wat);
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &module).unwrap();
    let last = instance.get_typed_func::<i32, i32>(&mut store, "last").unwrap();
    assert_eq!(last.call(&mut store, 7).unwrap(), 7);
}

#[test]
fn bad_modules_are_classed() {
    let engine = Engine::default();
    let class = |wasm: &[u8]| {
        Module::new(&engine, wasm).map(|_| "valid").unwrap_or_else(|e| match e {
            Error::Malformed(_) => "malformed",
            Error::Invalid(_) => "invalid",
            Error::Unsupported(_) => "unsupported",
            _ => "other",
        })
    };
    assert_eq!(class(b""), "malformed");
    assert_eq!(class(b"\0asm\x02\0\0\0"), "malformed");
    assert_eq!(class(b"\0asm\x0d\0\x01\0"), "malformed");
    assert_eq!(class(b"\0asm\x01\0\0\0"), "valid");
    assert_eq!(class(b"\0asm\x01\0\0\0\x03\x02\x01\0"), "malformed");
    let invalid = wat::parse_str("(module (func (result i32)))").unwrap();
    assert_eq!(class(&invalid), "invalid");
    // Both at once: the malformed body decides.
    let mut both = invalid.clone();
    let end = both.len() - 1;
    both[end] = 0x41;
    assert_eq!(class(&both), "malformed");
}

#[test]
fn what_is_missing_is_named() {
    let mut config = Config::new();
    config.features(wasmparser::WasmFeatures::all());
    let engine = Engine::new(&config).unwrap();
    let cases = [
        ("(module (type $f (func)) (type $c (cont $f)))", "stack-switching"),
        ("(module (func (param (ref null (shared any)))))", "shared-everything-threads"),
        ("(module (table (export \"t\") 1 (ref null (shared eq))))", "shared-everything-threads"),
        ("(module (type $s (shared (struct))))", "shared-everything-threads"),
    ];
    for (wat, feature) in cases {
        match Module::new(&engine, wat::parse_str(wat).unwrap()) {
            Err(Error::Unsupported(named)) => assert_eq!(named, feature),
            other => panic!("{wat}: {other:?}"),
        }
    }
    Module::new(&engine, wat::parse_str("(module (memory 1) (func nop))").unwrap()).unwrap();
}

#[test]
#[should_panic(expected = "a store that is not its own")]
fn the_type_of_another_stores_memory_is_refused() {
    let engine = Engine::default();
    let mut one = Store::new(&engine, ());
    let mut other = Store::new(&engine, ());
    let ty = MemoryType::new(Limits::new(1, None));
    let memory = Memory::new(&mut one, ty).unwrap();
    Memory::new(&mut other, ty).unwrap();
    let _ = Extern::from(memory).ty(&other);
}

#[test]
fn contradictions_and_excesses_are_refused() {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let limits = Limits::new(2, Some(1));
    let memory = Memory::new(&mut store, MemoryType::new(limits));
    assert!(matches!(memory, Err(Error::Mismatch(_))));
    let table = TableType::new(RefType::FUNC, limits);
    assert!(matches!(Table::new(&mut store, table, Val::FuncRef(None)), Err(Error::Mismatch(_))));
    let wide = FuncType::new([], vec![ValType::I64; 1001]);
    assert!(matches!(Func::new(&mut store, wide, |_, _, _| Ok(())), Err(Error::Mismatch(_))));
}

/// Entries of a `br_table` that carry operands share what passes them on.
#[test]
fn a_wide_br_table_with_many_operands_compiles() {
    let results = " i32".repeat(1000);
    let operands = "i32.const 1 ".repeat(1000);
    let targets = "0 1 ".repeat(20_000);
    let drops = "drop ".repeat(999);
    let wat = format!(
        "(module (func (export \"f\") (param i32) (result i32)
           (block (result{results}) (block (result{results})
             {operands} local.get 0 br_table {targets} 0)
           ) {drops}))"
    );
    let engine = Engine::default();
    let module = module(&engine, &wat);
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &module).unwrap();
    let f = instance.get_typed_func::<i32, i32>(&mut store, "f").unwrap();
    for index in [0, 1, 39_999, -1] {
        assert_eq!(f.call(&mut store, index).unwrap(), 1);
    }
}

/// Work grows with a body's length, not with its square: neither depth nor the number of calls is
/// looked through at each call.
#[test]
fn many_calls_within_many_blocks() {
    let (depth, calls) = (100_000, 100_000);
    let mut wat = String::from("(module (func $f) (func (export \"f\") ");
    wat.extend(std::iter::repeat_n("block ", depth));
    wat.extend(std::iter::repeat_n("call $f ", calls));
    wat.extend(std::iter::repeat_n("end ", depth));
    wat.push_str("))");
    let mut config = Config::new();
    config.opt_level(OptLevel::None).regalloc_algorithm(RegallocAlgorithm::SinglePass);
    let engine = Engine::new(config.verify_ir(false)).unwrap();
    let module = module(&engine, &wat);
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &module).unwrap();
    instance.get_typed_func::<(), ()>(&mut store, "f").unwrap().call(&mut store, ()).unwrap();
}

/// Half a megabyte that would take gigabytes to compile.
#[test]
fn a_small_body_that_is_large_is_refused() {
    let params = "i32 ".repeat(1000);
    let mut wat =
        format!("(module (type $t (func (param {params}) (result {params}))) (func (type $t) ");
    wat.extend((0..1000).map(|i| format!("local.get {i} ")));
    wat.extend(std::iter::repeat_n("block (type $t) end ", 100_000));
    wat.push_str("))");
    let engine = Engine::default();
    let error = Module::new(&engine, wat::parse_str(&wat).unwrap()).unwrap_err();
    assert!(matches!(&error, Error::Resource(_)), "{error}");
    assert!(error.to_string().contains("function 0 is too large"), "{error}");
}

/// There can be places for objects wherever there are values.
#[test]
fn places_for_objects() {
    let engine = Engine::default();
    let types = "(type $s (struct (field i32))) (type $a (sub (array i8)))";
    module(
        &engine,
        &format!("(module {types} (rec (type (func)) (type (struct (field (ref $s))))))"),
    );
    for place in [
        "(func (param (ref null $s)))",
        "(func (result (ref null $a)) unreachable)",
        "(func (local (ref null $s)))",
        "(func (local anyref) (local.set 0 (ref.null $s)))",
        "(func (drop (ref.null $a)))",
        "(func (block (result anyref) (ref.null $s)) drop)",
        "(table 1 (ref null $s))",
        "(global (ref null $s) (ref.null $s))",
        "(elem (ref null $s) (ref.null $s))",
        "(tag (param (ref null $s)))",
        "(func (drop (struct.new $s (i32.const 1))))",
        "(func (param externref) (drop (any.convert_extern (local.get 0))))",
    ] {
        let wasm = wat::parse_str(format!("(module {types} {place})")).unwrap();
        let module = Module::new(&engine, wasm).unwrap_or_else(|error| panic!("{place}: {error}"));
        let mut store = Store::new(&engine, ());
        let made = Linker::new(&engine).instantiate(&mut store, &module);
        made.unwrap_or_else(|error| panic!("{place}: {error}"));
    }
    module(&engine, &format!("(module {types} (import \"m\" \"g\" (global (ref null $s))))"));
}

/// The same where it is locals that are passed: each branch to a label passes all that differ there.
#[test]
fn many_locals_that_differ_at_a_label_are_refused() {
    use std::fmt::Write;
    let (branches, locals) = (12_000, 6_000);
    let mut wat = format!("(module (func (param i32) (local {}) (block $b ", "i32 ".repeat(locals));
    for i in 0..branches {
        write!(wat, "(br_if $b (local.get 0)) (local.set {} (local.get 0))", 1 + i % locals)
            .unwrap();
    }
    wat.push(')');
    (1..=locals).for_each(|i| write!(wat, "(drop (local.get {i}))").unwrap());
    wat.push_str("))");
    let engine = Engine::default();
    let error = Module::new(&engine, wat::parse_str(&wat).unwrap()).unwrap_err();
    assert!(error.to_string().contains("function 0 is too large"), "{error}");
    // What was refused leaves the next function alone.
    module(&engine, "(module (func (param i32) (result i32) (local.get 0)))");
}
