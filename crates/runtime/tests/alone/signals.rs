//! Signals that somebody sends are not traps, and do not take the trap handler away.

use std::os::unix::process::ExitStatusExt;
use std::process::Command;
use touchstone_runtime::*;

/// Runs [`child`] in a process of its own, in which it sends itself the signal `number`.
fn again(number: i32) -> std::process::ExitStatus {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "signals::child", "--nocapture", "--test-threads=1"])
        .env("TOUCHSTONE_SIGNAL_CHILD", number.to_string())
        .stdout(std::process::Stdio::null())
        .status()
        .unwrap()
}

#[test]
fn a_sent_signal_ends_the_process_as_it_would_without_us() {
    let _alone = crate::alone();
    for number in [libc::SIGFPE, libc::SIGILL] {
        assert_eq!(again(number).signal(), Some(number));
    }
}

/// Rust's runtime ignores the first of these that is sent; traps must go on working.
#[test]
fn a_sent_signal_does_not_take_the_trap_handler_away() {
    let _alone = crate::alone();
    for number in [libc::SIGSEGV, libc::SIGBUS] {
        assert_eq!(again(number).code(), Some(0), "signal {number}");
    }
}

/// Not a test by itself: what [`again`] runs.
///
/// The signal is sent to the thread that traps. One that is sent to the process may be handled by another,
/// and Rust's handler takes the action away for all threads until ours puts it back: who traps in between
/// is lost, as without us.
#[test]
fn child() {
    let Ok(signal) = std::env::var("TOUCHSTONE_SIGNAL_CHILD") else { return };
    let signal: i32 = signal.parse().unwrap();
    let engine = Engine::default();
    let wat = r#"(module (memory 1) (func (export "f") (result i32) (i32.load (i32.const -1))))"#;
    let module = Module::new(&engine, wat::parse_str(wat).unwrap()).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &module).unwrap();
    let f = instance.get_typed_func::<(), i32>(&mut store, "f").unwrap();
    for _ in 0..2 {
        // SAFETY: `raise` takes any number. What handles the signal, if anything does, is Rust's handler and
        // the engine's, which are there to be called.
        assert_eq!(unsafe { libc::raise(signal) }, 0);
        let error = f.call(&mut store, ()).unwrap_err();
        assert_eq!(error.trap().unwrap().code(), TrapCode::MemoryOutOfBounds);
    }
}

/// Where the stack ran out, a trap finds its store by the function's context, which is in the register
/// of first arguments only where no area for results is: every number of parameters and results, of
/// every type, with every way to compile.
#[test]
fn functions_of_many_types_run_out_of_stack() {
    let _alone = crate::alone();
    let types = ["i32", "i64", "f32", "f64", "v128", "externref", "funcref", "exnref"];
    let mut lists: Vec<Vec<&str>> = types.iter().map(|t| vec![*t]).collect();
    lists.extend((0..20).map(|n| types.iter().cycle().take(n).copied().collect()));
    lists.extend([vec!["i64"; 20], vec!["v128"; 20]]);
    let value = |t: &str| match t {
        "v128" => "(v128.const i64x2 0 0)".to_string(),
        "externref" => "(ref.null extern)".to_string(),
        "funcref" => "(ref.null func)".to_string(),
        "exnref" => "(ref.null exn)".to_string(),
        number => format!("({number}.const 7)"),
    };
    let recursive = |i: usize, params: &[&str], results: &[&str]| {
        let values: String = params.iter().map(|t| value(t)).collect();
        let drops = "(drop)".repeat(results.len());
        let (params, results) = (params.join(" "), results.join(" "));
        // Not a tail call, for it is in another function's block and its results are dropped.
        format!(
            "(func $f{i} (param {params}) (result {results}) (call $f{i} {values}) (call $g))
             (export \"f{i}\" (func $h{i})) (func $h{i} (call $f{i} {values}) {drops})\n"
        )
    };
    let mut functions = String::from("(module (func $g)\n");
    let few = vec!["i32", "externref"];
    let many: Vec<&str> = types.iter().cycle().take(20).copied().collect();
    let params = [&[][..], &few, &many];
    let mut count = 0;
    for list in &lists {
        for params in params {
            functions += &recursive(count, params, list);
            count += 1;
        }
    }
    let wasm = wat::parse_str(functions + ")").unwrap();
    for (level, allocator) in [
        (OptLevel::None, RegallocAlgorithm::SinglePass),
        (OptLevel::Speed, RegallocAlgorithm::Backtracking),
    ] {
        let mut config = Config::new();
        config.opt_level(level).regalloc_algorithm(allocator);
        let engine = Engine::new(&config).unwrap();
        let module = Module::new(&engine, &wasm).unwrap();
        let mut store = Store::new(&engine, ());
        let instance = Linker::new(&engine).instantiate(&mut store, &module).unwrap();
        for i in 0..count {
            let f = instance.get_typed_func::<(), ()>(&mut store, &format!("f{i}")).unwrap();
            let error = f.call(&mut store, ()).unwrap_err();
            assert_eq!(error.trap().unwrap().code(), TrapCode::StackOverflow, "f{i}");
        }
    }
}
