//! Signals that somebody sends are not traps, and do not take the trap handler away.

use std::os::unix::process::ExitStatusExt;
use std::process::Command;
use touchstone_runtime::*;

/// Runs this test binary again, with `role` in the environment.
fn again(role: &str) -> std::process::ExitStatus {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture"])
        .env("TOUCHSTONE_SIGNAL_CHILD", role)
        .stdout(std::process::Stdio::null())
        .status()
        .unwrap()
}

#[test]
fn a_sent_signal_ends_the_process_as_it_would_without_us() {
    for (name, number) in [("FPE", 8), ("ILL", 4)] {
        assert_eq!(again(name).signal(), Some(number), "{name}");
    }
}

/// Rust's runtime ignores the first of these that is sent; traps must go on working.
#[test]
fn a_sent_signal_does_not_take_the_trap_handler_away() {
    for name in ["SEGV", "BUS"] {
        assert_eq!(again(name).code(), Some(0), "{name}");
    }
}

/// Not a test by itself: what [`again`] runs.
#[test]
fn child() {
    let Ok(signal) = std::env::var("TOUCHSTONE_SIGNAL_CHILD") else { return };
    let engine = Engine::default();
    let wat = r#"(module (memory 1) (func (export "f") (result i32) (i32.load (i32.const -1))))"#;
    let module = Module::new(&engine, wat::parse_str(wat).unwrap()).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &module).unwrap();
    let f = instance.get_typed_func::<(), i32>(&mut store, "f").unwrap();
    let kill = format!("kill -{signal} {}", std::process::id());
    for _ in 0..2 {
        Command::new("sh").args(["-c", &kill]).status().unwrap();
        let error = f.call(&mut store, ()).unwrap_err();
        assert_eq!(error.trap().unwrap().code(), TrapCode::MemoryOutOfBounds);
    }
}

/// Functions whose results do not fit registers have one more argument than others: what a trap finds
/// out must not depend on that.
#[test]
fn functions_with_many_results_run_out_of_stack() {
    let results = " i64".repeat(20);
    let text = format!(
        "(module (func $f (export \"f\") (param i64) (result{results}) (call $f (local.get 0))))"
    );
    let engine = Engine::default();
    let module = Module::new(&engine, wat::parse_str(text).unwrap()).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = Linker::new(&engine).instantiate(&mut store, &module).unwrap();
    let f = instance.get_func(&mut store, "f").unwrap();
    let mut values = vec![Val::I64(0); 20];
    let error = f.call(&mut store, &[Val::I64(7)], &mut values).unwrap_err();
    assert_eq!(error.trap().unwrap().code(), TrapCode::StackOverflow);
}
