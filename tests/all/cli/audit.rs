//! `touchstone audit`.

use super::{folder, touchstone};

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
    let folder = folder(name);
    for file in ["a.wast", "b.wast"] {
        std::fs::write(folder.join(file), SCRIPT).expect("it can be written");
    }
    let path = folder.display().to_string();
    let output = touchstone(&["audit", &path, "--json", "--only", what]);
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
