//! Tests of limits of time and memory, and of what is large but legal.

use super::{script, text, touchstone};
use std::fs;
use std::io::Write;

/// The module is large but legal.
#[test]
fn a_module_of_a_hundred_thousand_functions() {
    let path = script("large", "");
    let mut file = std::io::BufWriter::new(fs::File::create(&path).unwrap());
    writeln!(file, "(module").unwrap();
    for number in 0..100_000 {
        writeln!(file, "  (func (result i32) i32.const {number})").unwrap();
    }
    writeln!(file, "  (func (export \"f\") (result i32) call 99999))").unwrap();
    writeln!(file, "(assert_return (invoke \"f\") (i32.const 99999))").unwrap();
    drop(file);
    let output = touchstone(&["run", &path]);
    assert_eq!(output.status.code(), Some(0), "{}{}", text(&output.stdout), text(&output.stderr));
}

/// The script is large but legal: it has 200 MB of directives. The test takes a while, so it runs only when
/// it is asked for.
#[test]
#[ignore = "writes 200 MB"]
fn a_script_of_two_hundred_megabytes() {
    let path = script("huge", "");
    let mut file = std::io::BufWriter::new(fs::File::create(&path).unwrap());
    writeln!(file, "(module (func (export \"f\") (param i32) (result i32) local.get 0))").unwrap();
    for number in 0..3_000_000u32 {
        writeln!(
            file,
            "(assert_return (invoke \"f\" (i32.const {number:10})) (i32.const {number:10}))"
        )
        .unwrap();
    }
    drop(file);
    let output = touchstone(&["run", "--format", "terse", &path]);
    fs::remove_file(&path).unwrap();
    assert_eq!(output.status.code(), Some(0), "{}{}", text(&output.stdout), text(&output.stderr));
}

#[test]
fn what_does_not_end_is_timed_out_and_the_file_goes_on() {
    let path = script(
        "endless",
        r#"(module (func (export "spin") (loop (br 0))) (func (export "ok")))
           (assert_return (invoke "spin"))
           (assert_return (invoke "ok"))
           (assert_trap (invoke "spin") "unreachable")"#,
    );
    let output = touchstone(&["run", &path, "--timeout", "1", "--format", "terse"]);
    assert_eq!(output.status.code(), Some(1));
    let report = text(&output.stdout);
    assert!(report.contains("3 passed, 2 timed out"), "{report}");
}

/// Each of 600 tables has ten million elements, which only the verification of the heap looks at.
#[test]
fn the_time_limit_counts_the_verification_of_the_heap() {
    let tables = "(table 10000000 externref) ".repeat(100);
    let instances: String = (0..6).map(|i| format!("(module instance $i{i} $m)\n")).collect();
    let path = script(
        "slow_verification",
        format!(
            "(module definition $m {tables})\n{instances}\
             (module (import \"touchstone\" \"new\" (func $new (param i32) (result externref)))\n\
               (global $g (mut externref) (ref.null extern))\n\
               (func (export \"make\") (global.set $g (call $new (i32.const 1)))))\n\
             (assert_return (invoke \"make\"))"
        ),
    );
    let arguments = ["run", &path, "--timeout", "1", "--memory-limit", "0", "--format", "terse"];
    let output = touchstone(&arguments);
    assert_eq!(output.status.code(), Some(1));
    let report = text(&output.stdout);
    assert!(report.contains("8 passed, 2 timed out"), "{report}");
    assert!(report.contains("while the heap was verified"), "{report}");
}

/// Memories with 64-bit indices and no maximum reserve address space, but not all of the address space.
#[test]
fn a_thousand_memories_without_a_maximum_fit_a_process() {
    let module = "(module (memory i64 1) (func (export \"f\") (result i64) (memory.size)))\n\
                  (assert_return (invoke \"f\") (i64.const 1))\n";
    let path = script("many_memories", module.repeat(1000));
    let output = touchstone(&["run", &path, "--format", "terse"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
}

#[test]
fn as_many_modules_with_memories_as_ever_follow_each_other_in_a_script() {
    // Together these memories would reserve more address space than a process has.
    let module = "(module (memory 1) (func (export \"f\") (result i32) (memory.size)))\n";
    let mut content = module.replace("module", "module $first").replace("memory 1", "memory 7");
    content.push_str(&module.repeat(20_000));
    content.push_str("(assert_return (invoke \"f\") (i32.const 1))\n");
    content.push_str("(assert_return (invoke $first \"f\") (i32.const 7))\n");
    let output = touchstone(&["run", &script("many-memories", content)]);
    let report = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{report}{}", text(&output.stderr));
    assert!(report.contains("20004 passed"), "{report}");
}

/// A script that takes ever more memory ends with an error of class `resource`; neither the process nor the
/// machine comes to an end. Each way of taking memory has a script of its own.
#[test]
fn a_script_that_takes_too_much_memory_is_interrupted() {
    let tables = "(table 10000000 funcref) ".repeat(100);
    let fills: String = (0..100)
        .map(|i| format!("(table.fill {i} (i32.const 0) (ref.func $f) (i32.const 10000000))\n"))
        .collect();
    let scripts = [
        (
            "hostile_memory",
            "(module (memory i64 0x100000) (func (export \"take\")
                (memory.fill (i64.const 0) (i32.const 1) (i64.const 0x1000000000))))"
                .to_owned(),
        ),
        (
            "hostile_growth",
            "(module (memory 0) (func (export \"take\") (loop $l
                (drop (memory.grow (i32.const 1)))
                (i32.store (i32.mul (i32.sub (memory.size) (i32.const 1)) (i32.const 65536))
                    (i32.const 1))
                (br $l))))"
                .to_owned(),
        ),
        (
            "hostile_tables",
            format!(
                "(module {tables} (func $f) (elem declare func $f)
                    (func (export \"take\") {fills}))"
            ),
        ),
        (
            "hostile_exceptions",
            "(module (tag $e (param exnref))
                (func $wrap (param exnref) (result exnref) (local exnref)
                    (block $h (result exnref exnref)
                        (try_table (catch_ref $e $h) (throw $e (local.get 0))) (unreachable))
                    (local.set 1) (drop) (local.get 1))
                (func (export \"take\") (local $x exnref)
                    (loop $l (local.set $x (call $wrap (local.get $x))) (br $l))))"
                .to_owned(),
        ),
        (
            "hostile_host_values",
            "(module (import \"touchstone\" \"new\" (func $new (param i32) (result externref)))
                (table $t 0 externref)
                (func (export \"take\") (loop $l
                    (drop (table.grow $t (call $new (i32.const 1)) (i32.const 1))) (br $l))))"
                .to_owned(),
        ),
    ];
    // An instance without a name is given up when the next module is instantiated; an instance that has a
    // name is held.
    let kept = scripts.each_ref().map(|(name, module)| {
        (format!("{name}_held"), module.replacen("(module", "(module $held", 1), true)
    });
    let given_up = scripts.map(|(name, module)| (name.to_owned(), module, false));
    for (name, module, held) in given_up.into_iter().chain(kept) {
        let path = script(
            &name,
            format!(
                "{module}\n(assert_return (invoke \"take\"))\n\
                 (module (func (export \"ok\")))\n(assert_return (invoke \"ok\"))"
            ),
        );
        let output = touchstone(&["run", &path, "--memory-limit", "64MiB", "--format", "json"]);
        let report = text(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{name}: {report} {}", text(&output.stderr));
        let taken: Vec<&str> =
            report.lines().filter(|l| l.contains(":assert_return:take")).collect();
        let [taken] = taken[..] else { panic!("{name}: one directive takes memory: {report}") };
        for part in ["\"error\"", "\"resource\"", "uses more than 67108864 bytes"] {
            assert!(taken.contains(part), "{name}: {taken}");
        }
        // Memory of an instance that is held stays in use, so nothing more may begin; memory of an instance
        // that was given up is free again. The exceptions are in locals of a call that ended, so they are
        // free in either case.
        let ok = report.lines().find(|l| l.contains(":assert_return:ok")).unwrap_or_default();
        let freed = !held || name.starts_with("hostile_exceptions");
        assert_eq!(ok.contains("\"pass\""), freed, "{name}: {report}");
        let refused = report.lines().filter(|line| line.contains("uses more than")).count();
        assert_eq!(refused == 1, freed, "{name}: {report}");
    }
}

/// Memory that a start function filled belongs to no instance after the instantiation failed, so the file
/// goes on.
#[test]
fn a_start_function_that_takes_too_much_memory_takes_it_from_nobody_else() {
    let start = "(module (memory i64 0x100000) (start $take) (func $take
        (memory.fill (i64.const 0) (i32.const 1) (i64.const 0x1000000000))))";
    let path = script(
        "hostile_start",
        format!(
            "(module $ok (func (export \"ok\")))\n{start}\n(assert_return (invoke $ok \"ok\"))\n\
             (assert_trap {start} \"unreachable\")\n(assert_return (invoke $ok \"ok\"))"
        ),
    );
    let output = touchstone(&["run", &path, "--memory-limit", "64MiB"]);
    let report = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{report}");
    assert!(report.contains("4 passed, 2 script errors"), "{report}");
    let said = report.matches("\n  the script uses more than 67108864 bytes");
    assert_eq!(said.count(), 2, "{report}");
}

/// Memory that many short calls and instantiations take counts like memory that one long call takes, whatever
/// it is used for.
#[test]
fn memory_that_comes_in_small_pieces_is_counted() {
    let globals = "(global i64 (i64.const 1))".repeat(20_000);
    let items = "(item (ref.null func))".repeat(50_000);
    let scripts = [
        ("small_globals", format!("(module definition $m {globals})"), ""),
        ("small_segments", format!("(module definition $m (elem funcref {items}))"), ""),
        (
            "small_fills",
            "(module definition $m (memory 80) (func (export \"f\")
                (memory.fill (i32.const 0) (i32.const 1) (i32.const 0x500000))))"
                .to_owned(),
            "(invoke \"f\")",
        ),
    ];
    let run = |name: &str, module: &str, instances: String| {
        let path = script(name, format!("{module}\n{instances}"));
        let output = touchstone(&["run", &path, "--memory-limit", "64MiB", "--format", "json"]);
        let report = text(&output.stdout);
        let count = |part| report.lines().filter(|line| line.contains(part)).count();
        (output.status.code(), count("\"pass\""), count("uses more than 67108864"))
    };
    for (name, module, then) in scripts {
        let held = (0..1500).map(|i| format!("(module instance $i{i} $m){then}\n")).collect();
        let (code, passed, refused) = run(name, &module, held);
        // All 1,500 instances together would take gigabytes.
        assert_eq!(code, Some(1), "{name}");
        assert!(passed > 2 && refused > 500, "{name}: {passed} passed, {refused} were refused");
        // The globals of instances that were given up stay in memory.
        if name != "small_globals" {
            let name = format!("{name}_given_up");
            let instances = format!("(module instance $i $m){then}\n").repeat(1500);
            let (code, _, refused) = run(&name, &module, instances);
            assert_eq!((code, refused), (Some(0), 0), "{name}");
        }
    }
}
