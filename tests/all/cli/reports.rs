//! Tests of what a run prints and writes, and of its exit code.

use super::{folder, is_refused, run, script, text, touchstone};
use std::fs;
use std::process::{Command, Stdio};
use touchstone::report::json;

#[test]
fn a_report_that_cannot_be_written() {
    is_refused(
        &["run", "--suite", "wasm-1.0", "--json", "/no/such/folder/x"],
        &["/no/such/folder/x"],
    );
    is_refused(
        &["run", "--suite", "wasm-1.0", "--junit", "/no/such/folder/x"],
        &["/no/such/folder/x"],
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let output = touchstone(&["run", "--suite", "sign-extension-ops", "--json", "/dev/full"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("cannot write the report"), "{}", text(&output.stderr));
}

#[test]
fn a_reader_that_goes_away() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
    let mut child =
        command.arg("list").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn exit_codes_say_what_became_of_the_tests() {
    let green =
        script("green", "(module) (assert_invalid (module (func (result i32))) \"type mismatch\")");
    assert_eq!(touchstone(&["run", &green]).status.code(), Some(0));
    let red = script(
        "red",
        "(module (func (export \"f\") (result i32) i32.const 1)) (assert_return (invoke \"f\"))",
    );
    assert_eq!(touchstone(&["run", &red]).status.code(), Some(1));
    let empty = script("empty", "");
    assert_eq!(touchstone(&["run", &empty]).status.code(), Some(0));
}

#[test]
fn the_three_formats_tell_the_same() {
    let path = script(
        "formats",
        "(module (func (export \"f\") (result f32) f32.const -0))\n\
        (assert_return (invoke \"f\") (f32.const 0))\n(module (import \"no\" \"no\" (func)))\n(invoke \"f\")",
    );
    let pretty = text(&touchstone(&["run", &path]).stdout);
    assert!(
        pretty.contains("expected: f32:0.0 (0x00000000)\n       got: f32:-0.0 (0x80000000)"),
        "{pretty}"
    );
    assert!(pretty.contains("blocked 1 by local/"), "{pretty}");
    assert!(pretty.contains("FAILED: 2 passed, 2 failed, 1 blocked in "), "{pretty}");
    assert!(!pretty.contains('\u{1b}'), "{pretty}");
    let terse = text(&touchstone(&["run", "--format", "terse", &path]).stdout);
    assert_eq!(terse.lines().count(), 5, "{terse}");
    assert!(terse.contains("\n2 failures, 1 blocked by them, 2 causes\n"), "{terse}");
    let report = json::read(&*touchstone(&["run", "--format", "json", &path]).stdout).unwrap();
    let tally = report.closing.unwrap().totals;
    assert_eq!((tally.pass, tally.fail, tally.blocked, tally.total()), (2, 2, 1, 5));
    assert_eq!(report.lines.len(), report.header.selected);
}

#[test]
fn reports_are_written_beside_the_output() {
    let folder = folder("reports");
    let (json, junit) = (folder.join("x.json"), folder.join("x.xml"));
    let both = ["--json", json.to_str().unwrap(), "--junit", junit.to_str().unwrap()];
    let output =
        touchstone(&[&["run", "--suite", "sign-extension-ops", "--jobs", "2"][..], &both].concat());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    let report = json::read(&*fs::read(json).unwrap()).unwrap();
    assert_eq!(report.header.suites[0].name, "sign-extension-ops");
    let listed = text(&touchstone(&["list", "--suite", "sign-extension-ops"]).stdout);
    assert_eq!(listed.lines().count() as u64, report.closing.unwrap().totals.total());
    let junit = fs::read_to_string(junit).unwrap();
    assert_eq!(junit.matches("<testcase ").count(), report.lines.len());
    assert!(junit.trim_end().ends_with("</testsuites>"));
}

#[test]
fn control_characters_never_reach_the_terminal() {
    let (code, out) = run("escape", r#"(module) (assert_return (invoke "\1b]0;z\07"))"#);
    assert_eq!(code, Some(1));
    assert!(!out.contains('\u{1b}') && !out.contains('\u{7}'), "{out:?}");
}

/// What a report says of its engine is text that anybody may have written.
#[test]
fn control_characters_of_a_report_never_reach_the_terminal() {
    let script = script("escape-report", "(module) (invoke \"f\")");
    let folder = folder("escape-reports");
    let path = |name: &str| folder.join(name).to_str().expect("a name in UTF-8").to_owned();
    let (plain, wicked, history) = (path("plain.jsonl"), path("wicked.jsonl"), path("h.sqlite"));
    assert_eq!(touchstone(&["run", "--quiet", &script, "--json", &plain]).status.code(), Some(1));
    let lines = fs::read_to_string(&plain).expect("it was written");
    let escape = r"\u001b]0;z\u0007";
    let lines = lines.replace(r#""name":"touchstone""#, &format!(r#""name":"t{escape}""#));
    let lines = lines.replace("no exported function", escape);
    assert!(lines.matches(escape).count() > 1, "{lines}");
    fs::write(&wicked, &lines).expect("it can be written");
    let id = lines.split('"').find(|part| part.ends_with(":invoke:f")).expect("the test");
    let all: [&[&str]; 9] = [
        &["compare", &plain, &wicked],
        &["compare", "--table", &plain, &wicked],
        &["history", "--history", &history, "add", &wicked],
        &["history", "--history", &history, "list"],
        &["history", "--history", &history, "show", id],
        &["history", "--history", &history, "counts"],
        &["history", "--history", &history, "changes"],
        &["diff", &wicked, &wicked],
        &["report", &wicked, "--markdown", "-"],
    ];
    for arguments in all {
        let output = touchstone(arguments);
        let said = format!("{}{}", text(&output.stdout), text(&output.stderr));
        assert!(output.status.code() == Some(0) && said.contains("]0;z"), "{arguments:?}: {said}");
        assert!(!said.contains('\u{1b}') && !said.contains('\u{7}'), "{arguments:?}: {said:?}");
    }
}

/// The script has characters that no XML document may hold.
#[test]
fn junit_is_xml_whatever_a_script_says() {
    let path = script("not_xml", "(module) (invoke \"f\\ef\\bf\\be\\01\\ef\\bf\\bf\")");
    let report = folder("not_xml_report").join("report.xml");
    let output = touchstone(&["run", &path, "--junit", report.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let document = fs::read_to_string(report).unwrap();
    assert!(document.contains("no exported function"), "{document}");
    let forbidden =
        |c: char| matches!(c, '\u{0}'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    assert!(!document.contains(forbidden), "{document}");
}

/// Messages name what is missing, write types as in the text format, and give the tags of exceptions.
#[test]
fn messages_of_links_and_exceptions() {
    let path = script(
        "messages",
        r#"(module $m (func (export "f") (param i32)) (tag $e (export "e") (param i32))
             (func (export "throw") (throw $e (i32.const 3))))
           (module (import "M" "f" (func)))
           (register "M" $m)
           (module (import "M" "g" (memory i64 1)))
           (module (import "M" "f" (func (result (ref func)))))
           (assert_return (invoke $m "throw"))
           (assert_unlinkable (module (import "N" "f" (func))) "unknown import")
           (assert_unlinkable (module (import "M" "g" (func))) "unknown import")
           (assert_unlinkable (module (import "M" "f" (func))) "incompatible import type")"#,
    );
    let output = touchstone(&["run", &path]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let report = text(&output.stdout);
    for part in [
        r#"unknown import: nothing is registered under "M""#,
        r#"unknown import: "M" exports no "g"; wanted (memory i64 1)"#,
        r#"incompatible import type for "M" "f": wanted (func (result (ref func))), found (func (param i32))"#,
        "exception: uncaught exception of tag $e (param i32) with values (i32.const 3)",
    ] {
        assert!(report.contains(part), "{report} lacks {part:?}");
    }
}
