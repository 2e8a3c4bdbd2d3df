//! Threads of a script, in adapters.

use super::{example, folder, outcomes, touchstone};

/// A script whose thread calls `export`, which gives 7; the script does something meanwhile, and afterwards.
fn script(export: &str) -> String {
    format!(
        r#"(module $M (memory (export "m") 1 1 shared)
  (func (export "load") (result i32) (i32.atomic.load (i32.const 0))))
(thread $T (shared (module $M))
  (register "mem" $M)
  (module (import "mem" "m" (memory 1 1 shared))
    (func (export "{export}") (result i32) (i32.const 7))
    (func (export "add") (result i32) (i32.atomic.rmw.add (i32.const 0) (i32.const 1))))
  (assert_return (invoke "add") (i32.const 0))
  (assert_return (invoke "{export}") (i32.const 7))
  (assert_return (invoke "add") (i32.const 1)))
(module $N (func (export "f") (result i32) (i32.const 3)))
(assert_return (invoke $N "f") (i32.const 3))
(wait $T)
(assert_return (invoke $M "load") (i32.const 2))
(assert_return (invoke $N "f") (i32.const 3))
(assert_invalid (module (func (result i32))) "type mismatch")"#
    )
}

fn judged(export: &str, engine: &str, name: &str) -> Vec<(u32, String, String)> {
    let folder = folder(name);
    let file = folder.join("threads.wast");
    std::fs::write(&file, script(export)).expect("it can be written");
    let file = file.display().to_string();
    let output = touchstone(&["run", &file, "--engine", engine, "--timeout=2", "--format=json"]);
    let mut found = outcomes(&String::from_utf8(output.stdout).expect("the report is text"));
    // Those of a thread come when it ends.
    found.sort_by_key(|(line, ..)| if *line == 0 { u32::MAX } else { *line });
    let _ = std::fs::remove_dir_all(folder);
    found
}

#[test]
fn a_thread_runs_in_an_adapter() {
    let bad = example("bad_engine").display().to_string();
    let serve = format!("cmd:{} serve", env!("CARGO_BIN_EXE_touchstone"));
    for (n, engine) in
        [serve, format!("cmd:{bad}"), format!("cmd:{bad} buffers")].iter().enumerate()
    {
        let found = judged("same", engine, &format!("threads-{n}"));
        assert_eq!(found.len(), 14, "{found:?}");
        for (line, outcome, message) in found {
            assert_eq!(outcome, "pass", "{engine}, line {line}: {message}");
        }
    }
}

/// What a thread does that ends the worker costs the thread. The rest of the script is judged in a fresh worker,
/// as far as it does not rest on what the thread was to do.
#[test]
fn a_worker_that_is_lost_with_a_thread_costs_the_thread() {
    let bad = example("bad_engine").display().to_string();
    for how in ["", "buffers"] {
        for (misdeed, outcome, says) in [
            ("abort", "crash", "SIGABRT"),
            ("exit", "crash", "exited with code 3"),
            ("hang", "timeout", "time limit"),
        ] {
            let found =
                judged(misdeed, &format!("cmd:{bad} {how}"), &format!("lost-{misdeed}-{how}"));
            let of = |line: u32| found.iter().find(|found| found.0 == line).expect("it is judged");
            assert_eq!(found.len(), 14, "{found:?}");
            for line in [1, 3, 11, 12, 16] {
                assert_eq!(of(line).1, "pass", "{misdeed}, {how}: {:?}", of(line));
            }
            assert_eq!(of(4).1, outcome, "{misdeed}, {how}: {:?}", of(4));
            assert!(of(4).2.contains(says), "{misdeed}, {how}: {:?}", of(4));
            for line in [5, 8, 9, 10, 13, 14, 15] {
                assert_eq!(of(line).1, "blocked", "{misdeed}, {how}: {:?}", of(line));
            }
        }
    }
}

/// What is called after a thread that cannot be started may wait for it for ever.
#[test]
fn an_adapter_without_threads_is_not_called_after_one() {
    let folder = folder("single");
    let file = folder.join("threads.wast");
    std::fs::write(
        &file,
        script("mark").replace("(wait $T)", r#"(assert_return (invoke $N "mark"))"#),
    )
    .expect("it can be written");
    let mark = folder.join("mark");
    let engine =
        format!("cmd:env MARK={} {} single", mark.display(), example("bad_engine").display());
    let run = |path: &str| {
        let output = touchstone(&["run", path, "--engine", &engine, "--format=json"]);
        String::from_utf8(output.stdout).expect("the report is text")
    };
    let report = run(&file.display().to_string());
    // Of what is left alive, such an adapter says nothing.
    let weakened: Vec<_> =
        report.lines().filter(|line| line.contains(r#""weakened":"heap""#)).collect();
    assert!(matches!(weakened[..], [end] if end.contains(":end:nothing_alive")), "{weakened:?}");
    let found = outcomes(&report);
    for (line, outcome, message) in &found {
        let wanted = match line {
            0 | 1 | 11 | 16 => "pass",
            _ => "unsupported",
        };
        assert_eq!(outcome, wanted, "line {line}: {message}");
    }
    assert!(!mark.exists(), "the adapter was called although the thread never ran");
    // Without the thread it is called, and leaves its mark.
    std::fs::write(&file, r#"(module (func (export "mark"))) (invoke "mark")"#)
        .expect("it can be written");
    run(&file.display().to_string());
    assert!(mark.exists());
    let _ = std::fs::remove_dir_all(folder);
}
