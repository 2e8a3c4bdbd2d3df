//! What is kept of a script, and that what is kept behaves as it did in the whole of it.

use super::{exported, folder, only_folder, path, run, touchstone};
use std::fs;

const SCRIPT: &str = r#"(module $counter
  (global $n (mut i32) (i32.const 0))
  (func (export "next") (result i32)
    (global.set $n (i32.add (global.get $n) (i32.const 1))) (global.get $n)))
(module $apart (func (export "one") (result i32) (i32.const 1)))
(register "counter" $counter)
(assert_return (invoke $apart "one") (i32.const 1))
(assert_return (invoke $counter "next") (i32.const 1))
(module $user
  (import "counter" "next" (func $next (result i32)))
  (func (export "twice") (result i32) (drop (call $next)) (call $next)))
(assert_return (invoke $apart "one") (i32.const 1))
(assert_return (invoke "twice") (i32.const 3))
(assert_invalid (module (func (result i32))) "type mismatch")
(assert_return (invoke $counter "next") (i32.const 4))
(module $vectors (func (export "v") (result v128) (v128.const i64x2 1 2)))
(assert_return (invoke "v") (v128.const i64x2 1 2))
(module $mixed
  (import "counter" "next" (func $next (result i32)))
  (func (export "w") (result i32) (i32x4.extract_lane 0 (i32x4.splat (call $next)))))
(assert_return (invoke "w") (i32.const 5))
"#;

/// The lines on which directives begin.
fn lines(text: &str) -> Vec<usize> {
    let begins = |pair: &(usize, &str)| pair.1.starts_with('(');
    text.lines().enumerate().filter(begins).map(|(n, _)| n + 1).collect()
}

#[test]
fn a_slice_has_what_it_rests_on_and_nothing_behind_it() {
    let (place, printed) = exported("slice", SCRIPT, "--wast", &["--filter", "twice"]);
    let text = fs::read_to_string(place.with_extension("wast")).expect("it was written");
    // The counter, its registration, the call before, and the module that imports from it: all else is gone.
    assert_eq!(lines(&text), [1, 6, 8, 9, 13]);
    assert!(text.lines().nth(12).is_some_and(|line| line.contains("\"twice\"")), "{text}");
    assert!(printed.starts_with("5 directives of 1 script were written"), "{printed}");
    let found = run(&[path(&place.with_extension("wast"))]);
    assert!(found.values().all(|(outcome, _)| outcome == "pass"), "{found:?}");
    assert_eq!(found.len(), 6, "five directives, and the end");
}

#[test]
fn groups_that_need_other_features_are_left_out_whole() {
    let (place, printed) =
        exported("features", SCRIPT, "--wast", &["--features", "multi-value,mutable-global"]);
    let text = fs::read_to_string(place.with_extension("wast")).expect("it was written");
    // The counter goes with the module that uses it and needs vectors.
    assert_eq!(lines(&text), [5, 7, 12, 14]);
    assert!(printed.contains("\n10 were not, since they need other features"), "{printed}");
    let (place, _) = exported("feature", SCRIPT, "--wast", &["--features", "simd"]);
    let text = fs::read_to_string(place.with_extension("wast")).expect("it was written");
    assert_eq!(text, SCRIPT);
}

#[test]
fn an_exported_suite_has_the_same_verdicts() {
    for suite in ["wasm-1.0", "multi-memory"] {
        let out = folder(&format!("suite-{suite}"));
        touchstone(&["export", "--suite", suite, "--wast", path(&out)]);
        let whole = run(&["--suite", suite]);
        let exported = run(&[path(&only_folder(out)), "--suite", suite]);
        assert!(whole.len() > 400, "{suite} has {} tests", whole.len());
        assert_eq!(exported.len(), whole.len(), "{suite}");
        let first = whole
            .iter()
            .zip(&exported)
            .find(|((test, found), (other, again))| test != other || found.0 != again.0);
        assert!(first.is_none(), "{suite}: {first:?}");
    }
}

#[test]
fn a_part_of_a_suite_has_the_same_verdicts() {
    let out = folder("part");
    touchstone(&["export", "--suite=wasm-2.0", "--filter=grow", "--wast", path(&out)]);
    let whole = run(&["--suite", "wasm-2.0"]);
    let part = run(&[path(&only_folder(out)), "--suite", "wasm-2.0"]);
    assert!(part.len() > 100 && part.len() < whole.len() / 10, "{} tests", part.len());
    for (test, found) in &part {
        // The end of a file stands for itself.
        let same = whole.get(test).is_none_or(|before| before.0 == found.0);
        assert!(same && (whole.contains_key(test) || test.1 == 0), "{test:?}: {found:?}");
    }
}
