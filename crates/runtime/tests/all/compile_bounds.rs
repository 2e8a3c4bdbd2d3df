//! Compiling takes time and memory in proportion to a module's size, whatever its shape; or it is
//! refused with an error that names the function.

use std::time::Duration;
use touchstone_runtime::{
    Collector, CompileControl, CompileStats, Config, Engine, Error, ExternRef, Instance, Module,
    OptLevel, RegallocAlgorithm, Store, Val,
};

/// Every way to compile, for the collector whose barriers are the largest.
fn engines() -> Vec<Engine> {
    let mut engines = Vec::new();
    for level in [OptLevel::None, OptLevel::Speed] {
        for regalloc in [RegallocAlgorithm::SinglePass, RegallocAlgorithm::Backtracking] {
            let mut config = Config::new();
            config.opt_level(level).regalloc_algorithm(regalloc).verify_ir(false);
            config.collector(Collector::Counting);
            engines.push(Engine::new(&config).expect("an engine"));
        }
    }
    engines
}

fn wasm(wat: &str) -> Vec<u8> {
    wat::parse_str(wat).expect("well-formed text")
}

/// Compiles, within the units that a module of its size has. How long a unit takes is measured by
/// `touchstone-shapes`.
fn compile(engine: &Engine, wasm: &[u8]) -> Result<Module, Error> {
    let module = Module::new(engine, wasm)?;
    let (units, bytes) = (module.compile_stats().units, wasm.len() as u64);
    assert!(units <= (1 << 21) + 40 * bytes, "{bytes} bytes took {units} units");
    Ok(module)
}

fn refusal(engine: &Engine, wasm: &[u8]) -> String {
    match compile(engine, wasm) {
        Err(Error::Resource(text)) => text,
        other => panic!("{other:?}"),
    }
}

/// A function in which each of `locals` differs at the head of each of `loops`, nested; it counts the
/// first local up once for each.
fn phis(locals: usize, loops: usize) -> String {
    let add = |i| format!("(local.set {i} (i32.add (local.get {i}) (i32.const 1)))");
    format!(
        "(func (export \"f\") (result i32) (local{}) {} {} {} (local.get 0))",
        " i32".repeat(locals),
        "(loop ".repeat(loops),
        (0..locals).map(add).collect::<String>(),
        "(br_if 0 (i32.gt_u (local.get 1) (i32.const 1000))))".repeat(loops),
    )
}

#[test]
fn locals_that_differ_in_nested_loops_are_allocated_in_one_pass() {
    let wasm = wasm(&format!("(module {})", phis(500, 100)));
    for engine in engines() {
        let module = compile(&engine, &wasm).expect("within what its size allows");
        let CompileStats { functions, simplified, units, .. } = module.compile_stats();
        let config = engine.config();
        // Already as simple as can be, where both settings say so.
        let simple = format!("{config:?}").contains("opt_level: None, regalloc: SinglePass");
        assert_eq!((functions, simplified), (1, usize::from(!simple)), "{config:?}");
        assert!(units > 50_000, "each local is passed to each loop: {units}");
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[]).expect("no imports");
        let f = instance.get_typed_func::<(), i32>(&mut store, "f").expect("exported");
        assert_eq!(f.call(&mut store, ()).expect("no trap"), 1);
    }
}

#[test]
fn ordinary_functions_are_compiled_as_configured() {
    // Like what compilers make: few values alive, many blocks.
    let step = "(if (i32.and (local.get 0) (i32.const 3))
        (then (local.set 1 (call $g (i32.add (local.get 1) (local.get 0)))))
        (else (local.set 2 (i32.load (local.get 1)))))
        (loop (br_if 0 (local.tee 0 (i32.shr_u (local.get 0) (i32.const 1)))))";
    let locals = "(local i32 i32 i32 i64 i64 f64)";
    let wat = format!(
        "(module (memory 1) (func $g (param i32) (result i32) (local.get 0))
            (func (param i32) {locals} {})
            (table 4 externref)
            (func (param externref) {}))",
        step.repeat(3000),
        "(table.set 0 (i32.const 1) (table.get 0 (i32.const 2)))
            (table.set 0 (i32.const 0) (local.get 0))"
            .repeat(300),
    );
    let wasm = wasm(&wat);
    for engine in engines() {
        let stats = compile(&engine, &wasm).expect("ordinary").compile_stats();
        assert_eq!((stats.functions, stats.simplified), (3, 0), "{stats:?}");
    }
}

#[test]
fn code_out_of_proportion_is_refused() {
    let many = |n: usize| format!("(param{0}) (result{0})", " i32".repeat(n));
    let results = format!("(result{})", " i32".repeat(1000));
    let calls = format!(
        "(module (type $t (func {})) (func $f (type $t) unreachable)
            (func {results} {} {}))",
        many(1000),
        "(i32.const 0) ".repeat(1000),
        "(call $f) ".repeat(2000),
    );
    let values = " i32".repeat(1000);
    let catches = format!(
        "(module (tag $t (param{values})) (func $g) (func {results}
            (block {results} (try_table {} (call $g)) unreachable)))",
        "(catch $t 0) ".repeat(2000),
    );
    let throws = format!(
        "(module (tag $t (param{values})) (func $g {results} unreachable) (func (param i32) {}))",
        "(if (local.get 0) (then (call $g) (throw $t))) ".repeat(2500),
    );
    let references = format!(
        "(module (func $g) (func $r (result externref) (ref.null extern))
            (func (local{}) {} {} {}))",
        " externref".repeat(3000),
        (0..3000).map(|i| format!("(local.set {i} (call $r)) ")).collect::<String>(),
        "(call $g) ".repeat(12000),
        (0..3000).map(|i| format!("(drop (local.get {i})) ")).collect::<String>(),
    );
    let phis = format!("(module (func) (func) {})", phis(8000, 200));
    let set =
        |n: u32| (0..n).map(|i| format!("(local.set {i} (i32.const {i})) ")).collect::<String>();
    let get = |n: u32| (0..n).map(|i| format!("(drop (local.get {i})) ")).collect::<String>();
    let targets = format!(
        "(module (func (local{}) {} (block (br_table {} 0 (i32.const 0))) {}))",
        " i32".repeat(7000),
        set(7000),
        "0 ".repeat(30_000),
        get(7000),
    );
    // A table in the innermost of many blocks, while references are alive.
    let labels = format!(
        "(module (func $r (result externref) (ref.null extern)) (func $g)
            (func (param i32) (local{}) {} {} (br_table {} 0 (local.get 0)) {} {}))",
        " externref".repeat(200),
        (0..200).map(|i| format!("(local.set {} (call $r)) ", i + 1)).collect::<String>(),
        "block ".repeat(4000),
        (0..4000).map(|label| format!("{label} ")).collect::<String>(),
        "(call $g) end ".repeat(4000),
        (0..200).map(|i| format!("(drop (local.get {})) ", i + 1)).collect::<String>(),
    );
    let branches = format!(
        "(module (func (local{}) {} (block {}) {}))",
        " i32".repeat(3600),
        set(3600),
        "(br_if 0 (local.get 0)) ".repeat(13_600),
        get(3600),
    );
    let edges = format!(
        "(module (func $g) (func (local{}) {} (block (try_table (catch_all 0) {})) {}))",
        " i32".repeat(6000),
        set(6000),
        "(call $g) ".repeat(12_000),
        get(6000),
    );
    for (name, wat, function) in [
        ("calls", calls, 1),
        ("catches", catches, 1),
        ("throws", throws, 1),
        ("references", references, 2),
        ("phis", phis, 2),
        ("targets", targets, 0),
        ("labels", labels, 2),
        ("branches", branches, 0),
        ("edges", edges, 1),
    ] {
        let wasm = wasm(&wat);
        assert!(wasm.len() < 100_000, "{name}: {} bytes", wasm.len());
        for engine in engines() {
            let text = refusal(&engine, &wasm);
            let start = format!("function {function} is too large to compile");
            assert!(text.starts_with(&start), "{name}: {text}");
        }
    }
}

/// The optimiser looks at all loops around an instruction for one that it may leave.
#[test]
fn what_is_within_very_many_loops_is_not_optimised() {
    let function = |loops: usize| {
        let body = "(drop (i32.add (local.get 0) (i32.const 1))) ".repeat(1000);
        wasm(&format!(
            "(module (func (param i32) {} {body} {}))",
            "loop ".repeat(loops),
            "end ".repeat(loops)
        ))
    };
    let engine = Engine::new(Config::new().opt_level(OptLevel::Speed)).unwrap();
    assert_eq!(compile(&engine, &function(10)).unwrap().compile_stats().simplified, 0);
    assert_eq!(compile(&engine, &function(1000)).unwrap().compile_stats().simplified, 1);
}

/// A local that no loop sets goes by another name in each; where references are looked for, all names of
/// what is read are followed.
#[test]
fn reads_in_nested_loops_count_where_there_are_references() {
    let function = |loops: usize, before: &str| {
        wasm(&format!(
            "(module (table 1 externref) (func (param i32) {before} {} {}))",
            "(loop ".repeat(loops),
            "(br_if 0 (local.get 0)))".repeat(loops)
        ))
    };
    let engine = Engine::default();
    let units = |wasm: &[u8]| compile(&engine, wasm).unwrap().compile_stats().units;
    let reference = "(drop (table.get 0 (i32.const 0)))";
    let more = units(&function(2000, reference)) - units(&function(2000, ""));
    assert!(more > 2000 * 2000 / 2 / 16, "{more}");
    refusal(&engine, &function(16_000, reference));
    compile(&engine, &function(16_000, "")).unwrap();
}

/// What is out of proportion in one respect only, and is compiled in little time.
#[test]
fn code_with_much_that_is_cheap_is_compiled() {
    let results = format!("(result{})", " i32".repeat(1000));
    let branches = format!(
        "(module (func {results} {} {}))",
        "(i32.const 0) ".repeat(1000),
        "(br_if 0 (i32.const 1)) ".repeat(2000),
    );
    let operands = format!(
        "(module (table 10 externref) (func $take (param externref)) (func {} {}))",
        "(table.get 0 (i32.const 1)) ".repeat(600),
        "(call $take) ".repeat(600),
    );
    let references = format!(
        "(module (func $g) (func $r (result externref) (ref.null extern))
            (func (local{}) {} {} {}))",
        " externref".repeat(1024),
        (0..1024).map(|i| format!("(local.set {i} (call $r)) ")).collect::<String>(),
        "(call $g) ".repeat(2048),
        (0..1024).map(|i| format!("(drop (local.get {i})) ")).collect::<String>(),
    );
    for (name, wat) in [("branches", branches), ("operands", operands), ("references", references)]
    {
        let wasm = wasm(&wat);
        for engine in engines() {
            let made = compile(&engine, &wasm);
            assert!(made.is_ok(), "{name}: {}", made.unwrap_err());
        }
    }
}

/// A call that cannot be reached is checked like any other, and so is each target of a branch table.
#[test]
fn operands_that_are_only_checked_are_counted() {
    let values = " i32".repeat(1000);
    let calls = format!(
        "(module (func $f (param{values}) (result{values}) unreachable) (func unreachable {} unreachable))",
        "(call $f) ".repeat(48_000),
    );
    // A label is looked at once in each table.
    let labels: String = (0..200).map(|label| format!("{label} ")).collect();
    let targets = format!(
        "(module (func (result{values}) {} unreachable {} {}))",
        format!("block (result{values}) ").repeat(200),
        format!("(br_table {labels} 0 (i32.const 0)) ").repeat(280),
        "end ".repeat(200),
    );
    // One has 10,000 clauses at most.
    let catches = format!("(try_table {}) ", "(catch $t 0) ".repeat(8000));
    let catches = format!(
        "(module (tag $t (param{values})) (func (result{values}) unreachable {}))",
        format!("{catches} unreachable ").repeat(4),
    );
    for (name, wat) in [("calls", calls), ("targets", targets), ("catches", catches)] {
        let wasm = wasm(&wat);
        assert!(wasm.len() < 103_000, "{name}: {} bytes", wasm.len());
        let engine = Engine::default();
        let text = refusal(&engine, &wasm);
        assert!(text.contains("is too large to compile"), "{name}: {text}");
        let validated = Module::validate(&engine, &wasm);
        assert!(
            matches!(&validated, Err(Error::Resource(text)) if text.contains("too large to validate")),
            "{name}: {validated:?}"
        );
    }
    // One label, however often it stands in a table, costs little where no values are alive.
    let same = |before: &str| {
        wasm(&format!(
            "(module (func $f (result{values}) unreachable)
                (func (result{values}) {before} (call $f) (br_table {} 0 (i32.const 0))))",
            "0 ".repeat(90_000),
        ))
    };
    let engine = Engine::default();
    Module::validate(&engine, &same("")).unwrap();
    assert!(refusal(&engine, &same("")).contains("is too large to compile"));
    compile(&engine, &same("unreachable")).unwrap();
    // What is little of it is valid.
    let few = wasm(&format!(
        "(module (func $f (param{values}) (result{values}) unreachable) (func unreachable {} unreachable))",
        "(call $f) ".repeat(480),
    ));
    assert!(Module::validate(&Engine::default(), &few).is_ok());
    assert!(Module::new(&Engine::default(), &few).is_ok());
}

/// Optimisations and the allocator that backtracks serve as many units as real programs have.
#[test]
fn what_real_programs_do_not_have_is_compiled_in_the_simplest_way() {
    // Some 350 units for ten bytes.
    let uses = "(table.set 0 (i32.const 1) (table.get 0 (i32.const 2)))";
    let function = format!("(func {})", uses.repeat(40));
    let module = |n: usize| wasm(&format!("(module (table 4 externref) {})", function.repeat(n)));
    for engine in engines() {
        let simple = format!("{:?}", engine.config());
        let simple = simple.contains("opt_level: None, regalloc: SinglePass");
        let few = compile(&engine, &module(5)).expect("ordinary").compile_stats();
        assert_eq!(few.simplified, 0, "{few:?}");
        let many = compile(&engine, &module(200)).expect("in proportion").compile_stats();
        assert_eq!(many.simplified > 100, !simple, "{many:?}");
        assert!(many.simplified < 190, "the first are compiled as configured: {many:?}");
    }
}

#[test]
fn many_calls_with_one_handler_are_allocated_in_one_pass() {
    let calls = "(call $g) ".repeat(6000);
    let wat = format!("(module (func $g) (func (block (try_table (catch_all 0) {calls}))))");
    let wasm = wasm(&wat);
    for engine in engines() {
        let simple = format!("{:?}", engine.config());
        let simple = simple.contains("opt_level: None, regalloc: SinglePass");
        let stats = compile(&engine, &wasm).expect("in proportion").compile_stats();
        assert_eq!(stats.simplified, usize::from(!simple), "{stats:?}");
    }
}

/// The code by which the host enters a function is compiled for each of its types.
#[test]
fn trampolines_are_counted() {
    let value = |i: u32, bit: u32| if i >> bit & 1 == 0 { " i32" } else { " f64" };
    let one = |i: u32| {
        let some = (0..8).map(|bit| value(i, bit)).collect::<String>();
        let many = " i64".repeat(900);
        format!("(func (export \"{i}\") (param{some}{many}) (result{many}) unreachable)")
    };
    let wasm = wasm(&format!("(module {})", (0..40).map(one).collect::<String>()));
    let engine = Engine::default();
    let units = compile(&engine, &wasm).expect("in proportion").compile_stats().units;
    assert!(units > 40 * 8 * 1808, "{units}");
    let mut config = Config::new();
    config.compile_budget(Some(units - 1));
    let engine = Engine::new(&config).expect("an engine");
    let text = refusal(&engine, &wasm);
    assert!(text.contains("exhausted at function "), "{text}");
}

/// Many functions, each with what one alone may have, are too much together.
#[test]
fn functions_share_what_a_module_may_cost() {
    let module = |n: usize| {
        let call = "(call $f) ".repeat(150);
        let push = "(i32.const 0) ".repeat(1000);
        let results = " i32".repeat(1000);
        let one = format!("(func (result{results}) {push} {call})");
        let f = format!("(func $f (param{results}) (result{results}) unreachable)");
        wasm(&format!("(module {f} {})", one.repeat(n)))
    };
    for engine in engines() {
        let stats = compile(&engine, &module(1)).expect("one alone").compile_stats();
        assert!(stats.units > 300_000, "{stats:?}");
        let text = refusal(&engine, &module(20));
        assert!(text.contains("is too large to compile"), "{text}");
    }
}

/// All throws and catches of a function share a place for values. References among them stay alive,
/// whatever is collected in between.
#[test]
fn values_of_tags_share_a_slot() {
    let wat = r#"(module
        (tag $one (param externref)) (tag $two (param externref i64 externref))
        (import "" "gc" (func $gc))
        (func (export "f") (param externref externref) (result externref i64 externref externref)
            (local $kept externref)
            (local.set $kept (block $h1 (result externref)
                (try_table (catch $one $h1) (call $gc) (throw $one (local.get 0)))
                unreachable))
            (call $gc)
            (block $h2 (result externref i64 externref)
                (try_table (catch $two $h2)
                    (try_table (throw $two (local.get 1) (i64.const 7) (local.get $kept)))
                    unreachable)
                unreachable)
            (call $gc)
            (local.get $kept)))"#;
    let wasm = wasm(wat);
    let mut config = Config::new();
    let engine = Engine::new(config.gc_stress(true)).expect("an engine");
    let module = Module::new(&engine, &wasm).expect("valid");
    let mut store = Store::new(&engine, ());
    let mut linker = touchstone_runtime::Linker::new(&engine);
    linker.func_wrap("", "gc", || ()).expect("a new name");
    let instance = linker.instantiate(&mut store, &module).expect("its import is there");
    let f = instance.get_func(&mut store, "f").expect("exported");
    let [a, b] = [1u32, 2].map(|n| Val::ExternRef(Some(ExternRef::new(&mut store, n))));
    let mut results = [const { Val::I32(0) }; 4];
    f.call(&mut store, &[a, b], &mut results).expect("all is caught");
    let number = |value: &Val| match value {
        Val::ExternRef(Some(value)) => *value.data().downcast_ref::<u32>().expect("ours"),
        other => panic!("{other:?}"),
    };
    assert_eq!([0, 2, 3].map(|i| number(&results[i])), [2, 1, 1]);
    assert!(matches!(results[1], Val::I64(7)), "{:?}", results[1]);
}

#[test]
fn a_budget_names_the_function_where_it_ends() {
    let one = format!("(func {})", "(drop (i32.add (i32.const 1) (i32.const 2)))".repeat(100));
    let wasm = wasm(&format!("(module (func) (func) {})", one.repeat(10)));
    let all = Module::new(&Engine::default(), &wasm).expect("no budget").compile_stats().units;
    let with = |units| {
        let mut config = Config::new();
        let engine = Engine::new(config.compile_budget(Some(units))).expect("an engine");
        Module::new(&engine, &wasm)
    };
    assert_eq!(with(all).expect("just enough").compile_stats().units, all);
    let text = match with(all / 2) {
        Err(Error::Resource(text)) => text,
        other => panic!("{other:?}"),
    };
    let number = text.rsplit(' ').next().expect("a last word").parse::<u32>();
    let number = number.unwrap_or_else(|e| panic!("{text}: {e}"));
    assert!(text.contains("compile budget"), "{text}");
    assert!((5..9).contains(&number), "half of ten, behind two that are empty: {text}");
}

#[test]
fn compiling_can_be_cancelled() {
    let engine = Engine::default();
    let body = "(drop (i32.add (i32.const 1) (i32.const 2)))".repeat(200);
    let wasm = wasm(&format!("(module {})", format!("(func {body})").repeat(20_000)));
    let control = CompileControl::new();
    let other = std::thread::spawn({
        let control = control.clone();
        move || {
            std::thread::sleep(Duration::from_millis(50));
            control.cancel();
        }
    });
    let result = Module::new_with(&engine, &wasm, &control);
    other.join().expect("it does not panic");
    assert!(matches!(result, Err(Error::Cancelled)), "{result:?}");
    // And what is cancelled before it starts.
    assert!(matches!(Module::new_with(&engine, &wasm, &control), Err(Error::Cancelled)));

    let store = Store::new(&engine, ());
    let control = CompileControl::with_interrupts(store.interrupt_handle());
    let small = b"\0asm\x01\0\0\0";
    assert!(Module::new_with(&engine, small, &control).is_ok());
    store.interrupt_handle().interrupt();
    assert!(matches!(Module::new_with(&engine, small, &control), Err(Error::Cancelled)));
    assert!(store.interrupt_handle().withdraw(), "compiling leaves the request");
    assert!(Module::new_with(&engine, small, &control).is_ok());
}
