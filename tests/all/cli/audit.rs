//! `touchstone audit`.

use super::{folder, text, touchstone};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use touchstone::corpus::{Planting, faults};
use touchstone::engine::touchstone::default_engine;
use touchstone::index::{self, IndexedFile};
use touchstone_script::Feature;

/// A script of which two assertions rest on their order, and which would not notice `i32.sub` in place of
/// `i32.shl`, as nothing calls that.
const SCRIPT: &str = r#"(module
  (global $g (mut i32) (i32.const 0))
  (func (export "set") (param i32) (result i32) (global.set $g (local.get 0)) (i32.const 1))
  (func (export "get") (result i32) (global.get $g))
  (func (export "add") (result i32) (i32.add (i32.const 2) (i32.const 3)))
  (func (export "shift") (result i32) (i32.shl (i32.const 1) (i32.const 3))))
(assert_return (invoke "get") (i32.const 0))
(assert_return (invoke "set" (i32.const 7)) (i32.const 1))
(assert_return (invoke "get") (i32.const 7))
(assert_return (invoke "add") (i32.const 5))
"#;

fn audited(name: &str, what: &str) -> serde_json::Value {
    audited_with(name, SCRIPT, &["--only", what])
}

fn audited_with(name: &str, script: &str, flags: &[&str]) -> serde_json::Value {
    let folder = folder(name);
    for file in ["a.wast", "b.wast"] {
        std::fs::write(folder.join(file), script).expect("it can be written");
    }
    let path = folder.display().to_string();
    let output = touchstone(&[&["audit", &path, "--json"][..], flags].concat());
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{errors}");
    let _ = std::fs::remove_dir_all(&folder);
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

#[test]
fn the_same_text_in_two_files_is_a_copy() {
    let found = audited("audit-copies", "copies");
    let same = found["copies"]["same"].as_array().expect("there is a list");
    assert_eq!(same.len(), 1, "{found}");
    assert_eq!(same[0]["files"].as_array().map(Vec::len), Some(2), "{found}");
    assert!(found["order"].is_null() && found["faults"].is_null(), "{found}");
}

#[test]
fn assertions_that_rest_on_their_order_are_told() {
    let found = audited("audit-order", "order");
    let ids: Vec<&str> = found["order"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| one["id"].as_str())
        .collect();
    for (line, dependent) in [(7, true), (8, false), (9, true), (10, false)] {
        let is = ids.iter().any(|id| id.contains(&format!("a.wast:{line}:")));
        assert_eq!(is, dependent, "line {line}: {ids:?}");
    }
}

#[test]
fn a_fault_that_nothing_shows_is_told() {
    let found = audited("audit-faults", "faults");
    let fault = |operator: &str| {
        let mut all = found["faults"].as_array().into_iter().flatten();
        all.find(|fault| fault["operator"] == operator)
            .unwrap_or_else(|| panic!("no {operator}: {found}"))
    };
    assert!(fault("I32Shl")["shown_by"].is_null(), "{found}");
    let shown = fault("I32Add")["shown_by"].as_str().expect("it is shown");
    assert!(shown.contains(":10:"), "{shown}");
    let lost = fault("GlobalSet")["shown_by"].as_str().expect("it is shown");
    assert!(lost.contains(":9:"), "{lost}");
}

/// A script that never ends where `local.set` has no effect. What waits is told first, so it has an operator on atomic
/// memory, too.
const ENDLESS: &str = r#"(module
  (memory 1 1 shared)
  (func (export "count") (param i32) (result i32)
    (loop (local.set 0 (i32.sub (local.get 0) (i32.const 1))) (br_if 0 (local.get 0)))
    (local.get 0))
  (func (export "add") (result i32)
    (i32.add (i32.const 1) (i32.atomic.rmw.add (i32.const 0) (i32.const 5)))))
(assert_return (invoke "count" (i32.const 3)) (i32.const 0))
(assert_return (invoke "count" (i32.const 4)) (i32.const 0))
(assert_return (invoke "add") (i32.const 1))
(assert_return (invoke "add") (i32.const 6))
"#;

#[test]
fn a_fault_that_never_ends_is_shown_by_that() {
    let flags = ["--only", "faults", "--fault-time", "1"];
    let found = audited_with("audit-endless", ENDLESS, &flags);
    let mut all = found["faults"].as_array().into_iter().flatten();
    let fault = all.find(|fault| fault["operator"] == "LocalSet").expect("it was planted");
    assert_eq!(fault["by_time"], true, "{found}");
    assert!(fault["shown_by"].as_str().is_some_and(|test| test.contains(":8:")), "{found}");
    // The others are shown by what they give.
    let mut all = found["faults"].as_array().into_iter().flatten();
    let add = all.find(|fault| fault["operator"] == "I32Add").expect("it was planted");
    assert_eq!((&add["by_time"], add["shown_by"].is_string()), (&false.into(), true), "{found}");
    assert_eq!((&found["interrupted"], &found["faults_planted"]), (&false.into(), &4.into()));

    let folder = folder("audit-endless-text");
    std::fs::write(folder.join("a.wast"), ENDLESS).expect("it can be written");
    let path = folder.display().to_string();
    let output = touchstone(&[&["audit", &path][..], &flags].concat());
    let words = text(&output.stdout);
    let scores: Vec<&str> = words.lines().filter(|line| line.contains("planted faults")).collect();
    assert_eq!(
        scores,
        [
            "threads: 1 of 1 planted faults are shown",
            "WebAssembly 1.0: 3 of 3 planted faults are shown, 2 of these because a test took too long"
        ],
        "{words}"
    );
    assert!(words.ends_with("4 faults were planted; 0 of them turn no test red\n"), "{words}");
}

/// What was found stays when it is stopped, and a fault that was not looked for everywhere is not called unseen.
#[test]
fn an_audit_that_is_stopped_has_what_it_found_until_then() {
    let folder = folder("audit-stopped");
    std::fs::write(folder.join("a.wast"), ENDLESS).expect("it can be written");
    let features = Feature::ALL.iter().copied().collect();
    let files: Vec<IndexedFile> = index::load(&folder, features).expect("a script");
    let (engine, stop) = (default_engine(), AtomicBool::new(false));
    let how = Planting { workers: 2, limit: Duration::from_secs(60), stop: &stop };
    let mut told = Vec::new();
    let outlook = faults(&*engine, &files, &how, &mut |proposal, score| {
        told.push((proposal, score.planted, score.shown));
        stop.store(true, Ordering::Relaxed);
        Ok::<_, std::convert::Infallible>(())
    });
    let Ok(outlook) = outlook;
    assert_eq!(told, [("threads", 1, 1)]);
    assert_eq!((outlook.faults.len(), outlook.of), (1, 4), "{outlook:?}");
}
