//! A deliberately bad engine: it segfaults, hangs, exits, talks nonsense, is late, allocates without end.

use super::{example, folder, outcomes, touchstone};
use rustix::process::Signal;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Misdeeds, with the outcome that each costs, and a part of what is said.
const MISDEEDS: &[(&str, &str, &str)] = &[
    ("signal", "crash", "it died of SIGSYS"),
    ("abort", "crash", "it died of SIGABRT"),
    ("exit", "crash", "it exited with code 3; its last words: the bad engine exits"),
    ("hang", "timeout", "time limit"),
    ("late", "timeout", "time limit"),
    ("allocate", "crash", "it used more than 64 MiB of memory"),
    ("nonsense", "crash", "the adapter is at fault: it wrote `what?`, which is not an answer"),
    ("half", "crash", "it exited with code 0"),
    ("twice", "crash", "the adapter is at fault: it answered request 0, but the answer to request"),
    ("novalue", "crash", "`minus one` is not a number of 32 bits"),
    ("widens", "crash", "it gave values of types (i64) where those of the results are (i32)"),
    ("unfound", "crash", "it answered `not-found`, but there is such an export"),
    ("orphan", "crash", "it died of SIGABRT"),
    ("hoard", "crash", "it used more than 64 MiB of memory"),
    ("flood", "pass", ""),
];

/// A script in which each misdeed stands between calls that change state, and calls that see it.
fn script() -> (String, Vec<(u32, &'static str, &'static str)>) {
    let mut text = String::from("(module $M (global (mut i32) (i32.const 0))\n");
    text += "(func (export \"bump\") (result i32) (global.set 0 (i32.add (global.get 0) (i32.const 1))) (global.get 0))";
    for (name, ..) in MISDEEDS {
        let _ = write!(text, "(func (export \"{name}\") (result i32) (i32.const 7))");
    }
    text += ")\n(register \"M\" $M)\n";
    let mut wanted = vec![(1, "pass", ""), (3, "pass", "")];
    let (mut line, mut bumps) = (4, 0);
    for (name, outcome, message) in MISDEEDS {
        bumps += 1;
        let _ = writeln!(text, "(assert_return (invoke \"bump\") (i32.const {bumps}))");
        let _ = writeln!(text, "(assert_return (invoke $M \"{name}\") (i32.const 7))");
        let _ = writeln!(text, "(module (import \"M\" \"bump\" (func (result i32))))");
        let _ = writeln!(text, "(assert_return (invoke $M \"bump\") (i32.const {}))", bumps + 1);
        let _ = writeln!(text, "(module definition $D) (module instance $M2 $D)");
        bumps += 1;
        wanted.extend([(line, "pass", ""), (line + 1, *outcome, *message)]);
        wanted.extend([(line + 2, "pass", ""), (line + 3, "pass", "")]);
        wanted.extend([(line + 4, "pass", ""), (line + 4, "pass", "")]);
        let _ = writeln!(
            text,
            "(module (import \"M\" \"bump\" (func $b (result i32))) (func (export \"bump\") (result i32) (call $b)))"
        );
        wanted.push((line + 5, "pass", ""));
        line += 6;
    }
    (text, wanted)
}

fn each_misdeed_costs_one_directive(how: &str) {
    let folder = folder(&format!("bad-{how}"));
    let (text, wanted) = script();
    let file = folder.join("bad.wast");
    std::fs::write(&file, text).expect("it can be written");
    let engine = format!("cmd:{} {how}", example("bad_engine").display());
    let began = Instant::now();
    let file = file.display().to_string();
    let arguments =
        ["run", &file, "--engine", &engine, "--timeout=2", "--memory-limit=64MiB", "--format=json"];
    let output = touchstone(&arguments);
    let report = String::from_utf8(output.stdout).expect("the report is text");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    let mut found = outcomes(&report);
    let end = found.pop().expect("the end of the file has a verdict");
    assert_eq!((end.0, &*end.1), (0, "pass"), "{}", end.2);
    assert_eq!(found.len(), wanted.len(), "{report}");
    for ((line, outcome, message), (wanted_line, wanted_outcome, text)) in found.iter().zip(wanted)
    {
        assert_eq!((*line, outcome.as_str()), (wanted_line, wanted_outcome), "{message}");
        assert!(message.contains(text), "{message} does not say {text}");
    }
    assert!(began.elapsed() < Duration::from_secs(60), "it took {:?}", began.elapsed());
    let _ = std::fs::remove_dir_all(folder);
}

#[test]
fn each_misdeed_of_an_adapter_that_answers_at_once_costs_one_directive() {
    each_misdeed_costs_one_directive("");
}

#[test]
fn each_misdeed_of_an_adapter_that_keeps_answers_back_costs_one_directive() {
    each_misdeed_costs_one_directive("buffers");
}

/// One that answers and then exits costs one directive: it is not asked again.
#[test]
fn an_adapter_that_exits_after_an_answer_costs_one_directive() {
    let mut text = String::from(
        "(module (global (mut i32) (i32.const 0)) (func (export \"leaves\") (result i32) (i32.const 7))
         (func (export \"bump\") (result i32) (global.set 0 (i32.add (global.get 0) (i32.const 1))) (global.get 0)))\n",
    );
    text += "(assert_return (invoke \"bump\") (i32.const 1))\n";
    text += "(assert_return (invoke \"leaves\") (i32.const 7))\n(invoke \"bump\")\n";
    (2..100).for_each(|n| {
        let _ = writeln!(text, "(assert_return (invoke \"bump\") (i32.const {n}))");
    });
    let found = judged("leaves", "", &[&text]);
    let crashed: Vec<_> = found.iter().filter(|test| test.1 != "pass").collect();
    assert!(crashed.len() == 1 && crashed[0].0 == 5 && crashed[0].1 == "crash", "{crashed:?}");
}

/// What goes wrong before the first directive is told by that.
#[test]
fn an_adapter_that_is_lost_before_the_first_directive_is_noticed() {
    let found = judged(
        "unhosted",
        "unhosted",
        &[
            "(module)\n(module)\n(assert_unlinkable (module (import \"spectest\" \"print_i32\" (func))) \"incompatible\")",
        ],
    );
    let when = "while `spectest` was prepared, it died of SIGABRT";
    for line in [1, 3] {
        let (_, outcome, message) = found.iter().find(|test| test.0 == line).expect("a verdict");
        assert!(outcome == "crash" && message.contains(when), "{outcome}: {message}");
    }
    assert_eq!(found[1].1, "pass");
    let checked =
        touchstone(&["check-engine", &format!("cmd:{} unhosted", example("bad_engine").display())]);
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(said.contains("WRONG  the host module `spectest` is taken"), "{said}");
    let found = judged("finishes", "finishes", &["(module)\n(module)", "(module)\n(module)"]);
    let late =
        found.iter().filter(|test| test.2.contains("after another script, it answered request"));
    assert!(late.count() == 1, "{found:?}");
    assert_eq!(found.iter().filter(|test| test.1 == "crash").count(), 1);
}

/// The verdicts of scripts on a bad engine.
fn judged(name: &str, how: &str, scripts: &[&str]) -> Vec<(u32, String, String)> {
    let folder = folder(&format!("judged-{name}"));
    for (n, text) in scripts.iter().enumerate() {
        std::fs::write(folder.join(format!("{n}.wast")), text).expect("it can be written");
    }
    let engine = format!("cmd:{} {how}", example("bad_engine").display());
    let folder = folder.display().to_string();
    let output = touchstone(&["run", &folder, "--engine", &engine, "--format=json", "--jobs=1"]);
    outcomes(&String::from_utf8(output.stdout).expect("the report is text"))
}

/// Nothing is judged where the adapter cannot be greeted.
#[test]
fn an_adapter_that_does_not_greet_is_refused_with_a_remedy() {
    let bad = example("bad_engine").display().to_string();
    for (engine, says) in [
        ("cmd:no-such-adapter".to_owned(), "cannot be started"),
        (
            format!("cmd:{bad} greet:exit"),
            "exited with code 3; its last words: the bad engine exits",
        ),
        (format!("cmd:{bad} greet:nonsense"), "which is not an answer"),
        (format!("cmd:{bad} greet:half"), "did not greet"),
        (format!("cmd:{bad} greet:version"), "speaks version 99 of the protocol"),
        (format!("cmd:{bad} greet:escape"), "greets with \"1\\u{1b}[2J\""),
        (format!("cmd:{bad} greet:silent"), "answered the greeting without `hello`"),
        (format!("cmd:{bad} greet:abort"), "SIGABRT"),
        ("cmd:/".to_owned(), "cannot be started"),
        ("cmd:".to_owned(), "followed by a program"),
        ("exe:x".to_owned(), "an engine is `cmd:"),
    ] {
        let output =
            touchstone(&["run", "--suite=wasm-1.0", "--filter=i32.wast", "--engine", &engine]);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{engine}: {errors}");
        assert!(errors.contains(says), "{engine}: {errors} does not say {says}");
        assert!(output.stdout.is_empty(), "{engine}: something was judged");
    }
}

/// Starts a run of a script that hangs, with engines whose program is a copy of `program` that has another name;
/// stops it by as many signals; gives what it wrote, after it was seen that no worker was left behind.
fn stopped(name: &str, program: &str, engines: &[&str], signals: usize) -> (PathBuf, Output) {
    let folder = folder(name);
    let file = folder.join("hangs.wast");
    let text = r#"(module (func (export "hang")) (func (export "f")))
        (assert_return (invoke "f")) (assert_return (invoke "hang")) (assert_return (invoke "f"))"#;
    std::fs::write(&file, text).expect("it can be written");
    let copy = folder.join(format!("{name}-engine"));
    std::fs::copy(example(program), &copy).expect("it can be copied");
    let copy = copy.display().to_string();
    let engines =
        engines.iter().map(|engine| format!("--engine={}", engine.replace("COPY", &copy)));
    let child = Command::new(env!("CARGO_BIN_EXE_touchstone"))
        .args(["run", &file.display().to_string()])
        .args(engines)
        .arg("--json")
        .arg(folder.join("report"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the harness runs");
    // The engine hangs by now, or soon.
    std::thread::sleep(Duration::from_millis(1000));
    let pid = rustix::process::Pid::from_child(&child);
    for _ in 0..signals {
        // After the first one the process may have ended already.
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::TERM);
    }
    let output = child.wait_with_output().expect("it ends");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(130), "{name}: {text}");
    // What was killed is gone in a moment.
    std::thread::sleep(Duration::from_millis(100));
    assert!(!signal_one(&copy, "", Signal::KILL), "{name}: a worker was left behind");
    (folder, output)
}

fn is_partial(report: &Path) -> bool {
    let report = std::io::BufReader::new(std::fs::File::open(report).expect("it was written"));
    touchstone::report::json::read(report).expect("it is a report").closing.is_err()
}

/// Ctrl-C and SIGTERM end a run with a report that says it is partial, and leave no worker behind.
#[test]
fn a_run_that_is_stopped_says_that_its_report_is_partial() {
    for (name, program, engine) in [
        ("stopped", "bad_engine", "cmd:COPY"),
        ("stopped-runner", "script_runner", "runner:COPY go-on misdeeds {}"),
    ] {
        let (folder, output) = stopped(name, program, &[engine], 1);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.contains("INTERRUPTED: this report is partial"), "{name}: {text}");
        assert!(is_partial(&folder.join("report")), "{name}: it is not partial");
        let _ = std::fs::remove_dir_all(folder);
    }
}

/// Of several engines, those that are left are not run, and are not in the reports.
#[test]
fn a_run_of_several_engines_can_be_stopped() {
    let (folder, output) = stopped("stopped-several", "bad_engine", &["cmd:COPY", "cmd:COPY"], 1);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("was not run: the run was stopped"), "{errors}");
    let reports = std::fs::read_dir(folder.join("report")).expect("it was made");
    let reports: Vec<_> = reports.map(|entry| entry.expect("it can be read").path()).collect();
    assert!(matches!(&reports[..], [report] if is_partial(report)), "{reports:?}");
    let _ = std::fs::remove_dir_all(folder);
}

/// A second signal ends the harness at once, which takes its workers with it.
#[test]
fn a_run_that_is_stopped_twice_leaves_no_worker_behind() {
    let (folder, _) = stopped("stopped-twice", "bad_engine", &["cmd:COPY"], 2);
    let _ = std::fs::remove_dir_all(folder);
}

/// Workers are killed at random while scripts run: no verdict is lost, doubled or changed.
#[test]
fn workers_that_are_killed_change_no_verdict() {
    let bad = example("bad_engine").display().to_string();
    let run = |engine: &str| {
        let arguments =
            ["run", "--suite=wasm-1.0", "--filter=/f", "--format=json", "--engine", engine];
        let output = touchstone(&arguments);
        let report = String::from_utf8(output.stdout).expect("the report is text");
        let mut found: Vec<_> = report
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON Lines"))
            .filter_map(|line| {
                Some((line.get("id")?.to_string(), line.get("outcome")?.to_string()))
            })
            .collect();
        found.sort();
        found
    };
    let quiet = run(&format!("cmd:{bad}"));
    assert!(quiet.len() > 1000, "{}", quiet.len());
    // The name of the program differs, so that only workers of this test are killed.
    let folder = folder("killed");
    let copy = folder.join("killed-engine");
    std::fs::copy(&bad, &copy).expect("it can be copied");
    for how in ["", "buffers"] {
        let (done, copied) =
            (std::sync::atomic::AtomicBool::new(false), copy.display().to_string());
        std::thread::scope(|scope| {
            let killer = scope.spawn(|| {
                let mut killed = 0;
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    // Less and less often, so that also a busy machine comes to repeat a script between two of
                    // them.
                    std::thread::sleep(Duration::from_millis(40 + killed * killed * 7));
                    killed += u64::from(signal_one(&copied, "", Signal::KILL));
                }
                killed
            });
            let disturbed = run(&format!("cmd:{copied} {how}"));
            done.store(true, std::sync::atomic::Ordering::Relaxed);
            let killed = killer.join().expect("the killer ends");
            assert!(killed > 0, "nothing was killed");
            let lost: Vec<_> = quiet.iter().filter(|v| !disturbed.contains(v)).take(5).collect();
            let new: Vec<_> = disturbed.iter().filter(|v| !quiet.contains(v)).take(5).collect();
            assert!(lost.is_empty() && new.is_empty(), "{killed} killed: {lost:?} became {new:?}");
            assert_eq!(quiet.len(), disturbed.len());
        });
    }
    let _ = std::fs::remove_dir_all(folder);
}

/// Processes of our own engine that judge whole files are killed: by others, which changes no verdict, and by a
/// signal of their own, which costs one directive that the report names.
#[test]
fn killed_workers_of_our_own_engine_cost_one_directive_at_most() {
    let folder = folder("killed-own");
    let copy = folder.join("killed-touchstone");
    std::fs::copy(env!("CARGO_BIN_EXE_touchstone"), &copy).expect("it can be copied");
    let run = || {
        let output = Command::new(&copy)
            .args(["run", "--suite=wasm-1.0", "--format=json", "--isolate", "--jobs=1"])
            .output()
            .expect("it can be run");
        let found = outcomes(&String::from_utf8(output.stdout).expect("the report is text"));
        let crashes: Vec<_> =
            found.iter().filter(|(_, word, _)| word == "crash").cloned().collect();
        let others = found.iter().filter(|(_, word, _)| word != "pass" && word != "crash").count();
        (found.len(), crashes, others)
    };
    let (all, crashes, others) = run();
    assert!(all > 15_000, "{all}");
    assert_eq!((crashes.len(), others), (0, 0));
    for (signal, most) in [(Signal::KILL, usize::MAX), (Signal::SEGV, 1)] {
        let done = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            let killer = scope.spawn(|| {
                let program = copy.display().to_string();
                let mut sent = 0;
                while !done.load(std::sync::atomic::Ordering::Relaxed) && sent < most {
                    std::thread::sleep(Duration::from_millis(100));
                    sent += usize::from(signal_one(&program, "--files", signal));
                }
                sent
            });
            let (found, crashes, others) = run();
            done.store(true, std::sync::atomic::Ordering::Relaxed);
            let sent = killer.join().expect("the killer ends");
            assert!(sent > 0, "nothing was killed");
            assert_eq!((found, others), (all, 0), "after {sent} times {signal:?}");
            if signal == Signal::KILL {
                assert_eq!(crashes, []);
            }
            for (_, _, message) in &crashes {
                assert!(message.contains("SIGSEGV"), "{message}");
                assert!(message.contains("not again when the script was repeated"), "{message}");
            }
            assert!(crashes.len() <= 1, "{crashes:?}");
        });
    }
    let _ = std::fs::remove_dir_all(folder);
}

/// Sends a signal to a process that runs this program with a word like this among its arguments.
fn signal_one(program: &str, word: &str, signal: Signal) -> bool {
    let Ok(processes) = std::fs::read_dir("/proc") else { return false };
    let of = |process: &std::fs::DirEntry| {
        let is = std::fs::read_link(process.path().join("exe"))
            .is_ok_and(|exe| exe.to_string_lossy() == program);
        is && std::fs::read_to_string(process.path().join("cmdline"))
            .is_ok_and(|words| words.contains(word))
    };
    let Some(process) = processes.flatten().find(of) else { return false };
    let number = process.file_name().to_string_lossy().parse().ok();
    let number = number.and_then(rustix::process::Pid::from_raw);
    number.is_some_and(|pid| rustix::process::kill_process(pid, signal).is_ok())
}
