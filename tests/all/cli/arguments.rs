//! Tests of flags, names and selections.

use super::{is_refused, script, text, touchstone};
use touchstone::report::json;

#[test]
fn unknown_names_suggest_the_nearest() {
    is_refused(&["run", "--suite", "lates"], &["no suite `lates`", "did you mean `latest`?"]);
    is_refused(&["list", "--suite", "wasm-1"], &["did you mean `wasm-1.0`?"]);
    is_refused(
        &["run", "--proposal", "tail-calls"],
        &["no proposal `tail-calls`", "did you mean `tail-call`?"],
    );
    is_refused(&["explain", "wasm-1.0/i33.wast:37:module"], &["did you mean `wasm-1.0/i32.wast`?"]);
    is_refused(&["explain", "wasm-9.9/i32.wast:37:module"], &["no suite `wasm-9.9`"]);
    is_refused(
        &["explain", "wasm-1.0/i32.wast:37:assert_return:ad"],
        &["did you mean `wasm-1.0/i32.wast:37:"],
    );
    is_refused(&["explain", ""], &["no suite ``"]);
}

#[test]
fn a_selection_of_nothing() {
    is_refused(&["run", "--filter", "no test is called that"], &["no test is selected"]);
}

#[test]
fn wrong_flags() {
    for arguments in
        [&["run", "--jobs", "0"][..], &["run", "--format", "html"], &["explain"], &["fly"], &[]]
    {
        let output = touchstone(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn selections_are_the_same_for_run_and_list() {
    let selection = ["--suite", "wasm-1.0", "--filter", "/i32.wast:3"];
    let listed = text(&touchstone(&[&["list"][..], &selection].concat()).stdout);
    let output = touchstone(&[&["run", "--format", "json"][..], &selection].concat());
    let mut ran: Vec<String> =
        json::read(&*output.stdout).unwrap().lines.into_iter().map(|line| line.id).collect();
    let mut listed: Vec<&str> = listed.lines().collect();
    listed.sort_unstable();
    ran.sort_unstable();
    assert!(listed.len() > 10 && listed.iter().all(|id| id.contains("/i32.wast:3")));
    assert_eq!(listed, ran);
}

#[test]
fn sizes_are_numbers_of_bytes() {
    let path = script("sizes", "(module (func (export \"f\"))) (assert_return (invoke \"f\"))");
    for size in ["0", "1", "4096", "64KiB", "1MiB", "3GiB"] {
        let output = touchstone(&["run", &path, "--memory-limit", size]);
        assert_eq!(output.status.code(), Some(0), "{size}: {}", text(&output.stderr));
    }
    for size in ["", "MiB", "1MB", "-1", "99999999999GiB", "1.5GiB"] {
        let output = touchstone(&["run", &path, &format!("--memory-limit={size}")]);
        assert_eq!(output.status.code(), Some(2), "{size}");
        assert!(text(&output.stderr).contains("size"), "{size}: {}", text(&output.stderr));
    }
}

#[test]
fn a_host_module_under_another_name() {
    let path = script(
        "host_alias",
        r#"(module (import "their" "gc" (func $gc)) (func (export "f") (call $gc)))
           (assert_return (invoke "f"))"#,
    );
    let alone = touchstone(&["run", &path]);
    assert_eq!(alone.status.code(), Some(1), "{}", text(&alone.stdout));
    let aliased = touchstone(&["run", &path, "--host-alias", "their=touchstone"]);
    assert_eq!(aliased.status.code(), Some(0), "{}", text(&aliased.stdout));
    for (wrong, part) in [("their", "NAME=touchstone"), ("their=spectest", "spectest")] {
        let output = touchstone(&["run", &path, "--host-alias", wrong]);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(part), "{}", text(&output.stderr));
    }
}
