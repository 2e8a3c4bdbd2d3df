//! The command line, as a user meets it: the built binary, its output and exit codes.
#![forbid(unsafe_code)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use touchstone::report::json;

fn touchstone(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
    command
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the binary was built for this test")
}

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).expect("the target folder can be written");
    path
}

fn script(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder(name).join("script.wast");
    fs::write(&path, content).expect("the target folder can be written");
    path.to_str().expect("the target folder has a name in UTF-8").to_owned()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// One clear message that has all of `parts`, exit code 2, and nothing that looks like a report.
fn is_refused(arguments: &[&str], parts: &[&str]) {
    let output = touchstone(arguments);
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
    assert!(message.starts_with("error: ") && message.trim_end().lines().count() == 1, "{message}");
    for part in parts {
        assert!(message.contains(part), "{message:?} lacks {part:?}");
    }
    assert!(output.stdout.is_empty(), "{}", text(&output.stdout));
}

/// A file that is no script: an error of its own in the report, which has all of `parts`.
fn is_an_error(path: &str, parts: &[&str]) {
    let output = touchstone(&["run", path]);
    let report = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{report}{}", text(&output.stderr));
    assert!(report.contains("1 passed, 1 script errors"), "{report}");
    for part in parts {
        assert!(report.contains(part), "{report:?} lacks {part:?}");
    }
}

#[test]
fn a_missing_path() {
    is_refused(&["run", "no/such/file.wast"], &["no/such/file.wast", "does not exist"]);
}

#[test]
fn a_folder_without_scripts() {
    let folder = folder("without_scripts");
    is_refused(&["run", folder.to_str().unwrap()], &["without_scripts", ".wast"]);
}

#[cfg(unix)]
#[test]
fn an_unreadable_file() {
    use std::os::unix::fs::PermissionsExt;
    let path = script("unreadable", "(module)");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        eprintln!("this user may read everything, so nothing is unreadable");
        return;
    }
    is_an_error(&path, &["script.wast", "cannot read"]);
}

#[test]
fn a_file_that_is_not_text() {
    is_an_error(&script("not_text", b"(module)\xff\xfe"), &["script.wast", "UTF-8"]);
}

#[test]
fn unbalanced_parentheses() {
    is_an_error(&script("unclosed", "(module)\n  (module (func)"), &["script.wast:2:3"]);
    is_an_error(&script("unopened", "(module)\n)"), &["script.wast:2:1"]);
}

/// Neither a crash nor a hang, balanced or not.
#[test]
fn a_million_nested_parentheses() {
    let balanced = "(".repeat(1_000_000) + &")".repeat(1_000_000);
    is_an_error(&script("nested", balanced), &["script.wast:1:", "nested"]);
    is_an_error(&script("nested_unclosed", "(".repeat(1_000_000)), &["script.wast:1:"]);
    let quoted = "(".repeat(1_000_000);
    let path =
        script("nested_quoted", format!("(assert_malformed (module quote \"{quoted}\") \"\")"));
    assert_eq!(touchstone(&["run", &path]).status.code(), Some(0));
}

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
    assert_eq!(terse.lines().count(), 4, "{terse}");
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
fn explain_shows_source_bits_and_the_way_back() {
    let listed =
        text(&touchstone(&["list", "--suite", "wasm-1.0", "--filter", "/i32.wast:"]).stdout);
    let id = listed.lines().find(|id| id.contains("assert_return:add")).unwrap();
    let output = touchstone(&["explain", id]);
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{shown}");
    for part in [
        "(assert_return (invoke \"add\"",
        "outcome:  passed",
        "expected: i32:",
        "got:      i32:",
        &format!("touchstone explain {id}"),
    ] {
        assert!(shown.contains(part), "{shown}");
    }
    let path = script(
        "explain",
        "(module (func (export \"f\") (result i64) i64.const -1))\n\
        (assert_return (invoke \"f\")\n  (i64.const 1))",
    );
    let id = text(&touchstone(&["list", &path]).stdout).lines().nth(1).unwrap().to_owned();
    let output = touchstone(&["explain", &id, &path]);
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{shown}");
    let source = "     2 | (assert_return (invoke \"f\")\n     3 |   (i64.const 1))";
    let bits = "expected: i64:1 (0x0000000000000001)\ngot:      i64:-1 (0xffffffffffffffff)";
    assert!(shown.contains(source) && shown.contains(bits), "{shown}");
}

/// Large but legal.
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

/// Large but legal: 200 MB of directives. Takes a while, so it is run when asked for.
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

/// Runs a script; gives exit code and standard output.
fn run(name: &str, content: &str) -> (Option<i32>, String) {
    let output = touchstone(&["run", &script(name, content)]);
    (output.status.code(), text(&output.stdout))
}

#[test]
fn a_line_comment_ends_at_a_carriage_return() {
    let module = r#"(module (func (export "x") (result i32) i32.const 1))"#;
    let red = format!("{module}\r;; note\r(assert_return (invoke \"x\") (i32.const 2))\r");
    let (code, out) = run("carriage_return", &red);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("script.wast:3:assert_return:x"), "{out}");
    let (code, out) = run("carriage_return_line_feed", &red.replace('\r', "\r\n"));
    assert!(code == Some(1) && out.contains("script.wast:3:assert_return:x"), "{out}");
}

#[test]
fn a_limit_of_the_harness_satisfies_no_assertion() {
    let deep = format!("(func {}{})", "(block ".repeat(6000), ")".repeat(6000));
    let (code, out) = run("deep", &format!("(assert_malformed (module quote \"{deep}\") \"x\")"));
    assert!(code == Some(1) && out.contains("nested deeper"), "{out}");
}

#[test]
fn text_without_fields_is_a_module_and_a_component_is_none() {
    let green = r#"
        (module quote "")
        (module quote ";; only a comment")
        (assert_malformed (module quote "(component)") "unexpected token")
        (assert_malformed (module binary "\00asm\0d\00\01\00") "unknown binary version")"#;
    let (code, out) = run("empty_quotes", green);
    assert_eq!(code, Some(0), "{out}");
    let red = r#"
        (assert_malformed (module quote "") "x")
        (assert_invalid (module quote "(component)") "x")
        (assert_invalid (module binary "\00asm\0d\00\01\00") "x")"#;
    let (code, out) = run("empty_quotes_red", red);
    assert!(code == Some(1) && out.contains(" 1 failed, 2 script errors"), "{out}");
}

#[test]
fn exhaustion_has_a_text_too() {
    let module = r#"(module (func $f (export "f") (call $f)))"#;
    let with = |text| format!("{module} (assert_exhaustion (invoke \"f\") \"{text}\")");
    assert_eq!(run("exhausted", &with("call stack")).0, Some(0));
    assert_eq!(run("exhausted_otherwise", &with("banana")).0, Some(1));
}

#[test]
fn control_characters_never_reach_the_terminal() {
    let (code, out) = run("escape", r#"(module) (assert_return (invoke "\1b]0;z\07"))"#);
    assert_eq!(code, Some(1));
    assert!(!out.contains('\u{1b}') && !out.contains('\u{7}'), "{out:?}");
}

#[cfg(unix)]
#[test]
fn a_link_back_into_its_own_folder_is_not_followed() {
    let folder = folder("link_loop");
    fs::write(folder.join("good.wast"), "(module)").unwrap();
    fs::create_dir(folder.join("sub")).unwrap();
    std::os::unix::fs::symlink("..", folder.join("sub/loop")).unwrap();
    let output = touchstone(&["run", folder.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
}

#[test]
fn modules_can_be_quoted_wherever_a_module_stands() {
    let green = r#"
        (module $a quote "(func (export \"q\") (result i32) i32." "const 7)")
        (assert_return (invoke $a "q") (i32.const 7))
        (module definition $b quote "(func (export \"r\") (result i32) i32.const 8)")
        (assert_return (invoke "q") (i32.const 7))
        (module instance $c $b)
        (assert_return (invoke $c "r") (i32.const 8))
        (module definition quote "(func)")
        (assert_trap (module quote "(func unreachable) (start 0)") "unreachable")
        (assert_unlinkable (module quote "(import \"x\" \"y\" (func))") "unknown import")"#;
    let (code, out) = run("quoted_everywhere", green);
    assert_eq!(code, Some(0), "{out}");
    let red = r#"
        (assert_trap (module quote "(func) (start 0)") "unreachable")
        (assert_unlinkable (module quote "(func unreachable) (start 0)") "unknown import")
        (assert_unlinkable (module quote "(func") "unknown import")"#;
    let (code, out) = run("quoted_everywhere_red", red);
    assert!(code == Some(1) && out.contains(" 2 failed, 1 script errors"), "{out}");
}

#[test]
fn every_collection_point_is_tried_in_stress_mode() {
    let suites = ["wasm-2.0", "reference-types", "bulk-memory", "reference-types-tests"];
    let mut arguments = vec!["run", "--gc-stress", "--format", "terse"];
    arguments.extend(suites.iter().flat_map(|suite| ["--suite", suite]));
    let output = touchstone(&arguments);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
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

#[test]
fn collections_after_directives_can_be_left_out() {
    let path = script(
        "no_gc_check",
        r#"(module
             (import "touchstone" "live" (func $live (result i32)))
             (func (export "live") (result i32) (call $live))
             (func (export "take") (param externref)))
           (assert_return (invoke "take" (ref.extern 1)))
           (assert_return (invoke "live") (i32.const 1))"#,
    );
    let left_out = touchstone(&["run", &path, "--no-gc-check"]);
    assert_eq!(left_out.status.code(), Some(0), "{}", text(&left_out.stdout));
    let checked = touchstone(&["run", &path]);
    assert_eq!(checked.status.code(), Some(1), "the collection dropped it");
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

#[test]
fn relaxed_vector_instructions_can_be_the_same_everywhere() {
    let path = script(
        "deterministic",
        r#"(module
             (func (export "swizzle") (param v128 v128) (result v128)
               (i8x16.relaxed_swizzle (local.get 0) (local.get 1)))
             (func (export "trunc") (param v128) (result v128)
               (i32x4.relaxed_trunc_f32x4_s (local.get 0)))
             (func (export "select") (param v128 v128 v128) (result v128)
               (i8x16.relaxed_laneselect (local.get 0) (local.get 1) (local.get 2)))
             (func (export "dot") (param v128 v128) (result v128)
               (i16x8.relaxed_dot_i8x16_i7x16_s (local.get 0) (local.get 1)))
             (func (export "dot-add") (param v128 v128 v128) (result v128)
               (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get 0) (local.get 1) (local.get 2)))
             (func (export "min") (param v128 v128) (result v128)
               (f32x4.relaxed_min (local.get 0) (local.get 1))))
           (assert_return
             (invoke "swizzle" (v128.const i8x16 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16)
                               (v128.const i8x16 0 15 16 17 31 32 127 128 255 1 2 3 4 5 6 7))
             (v128.const i8x16 1 16 0 0 0 0 0 0 0 2 3 4 5 6 7 8))
           (assert_return (invoke "trunc" (v128.const f32x4 nan inf -inf 1.5))
             (v128.const i32x4 0 0x7fffffff 0x80000000 1))
           (assert_return
             (invoke "select" (v128.const i8x16 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1 -1)
                              (v128.const i8x16 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0)
                              (v128.const i8x16 0x7f 0x80 1 0 0 0 0 0 0 0 0 0 0 0 0 0))
             (v128.const i8x16 0x7f 0x80 1 0 0 0 0 0 0 0 0 0 0 0 0 0))
           (assert_return
             (invoke "dot" (v128.const i8x16 -128 -128 -128 -128 127 -128 1 0 0 0 0 0 0 0 0 0)
                           (v128.const i8x16 -128 -128 -128 -127 127 -1 2 0 0 0 0 0 0 0 0 0))
             (v128.const i16x8 32767 32640 16257 2 0 0 0 0))
           (assert_return
             (invoke "dot-add" (v128.const i8x16 -128 -128 -128 -128 1 1 1 1 0 0 0 0 0 0 0 0)
                               (v128.const i8x16 -128 -128 -128 -128 2 2 2 2 0 0 0 0 0 0 0 0)
                               (v128.const i32x4 1 2 3 0x7fffffff))
             (v128.const i32x4 65535 10 3 0x7fffffff))
           (assert_return (invoke "min" (v128.const f32x4 nan 1 0 -0) (v128.const f32x4 1 nan -0 0))
             (v128.const f32x4 nan:canonical nan:canonical -0 -0))"#,
    );
    for flags in [&["--opt-level", "speed"][..], &["--regalloc", "backtracking"], &["--baseline"]] {
        let mut arguments = vec!["run", &path, "--relaxed-simd", "deterministic"];
        arguments.extend(flags);
        let output = touchstone(&arguments);
        assert_eq!(output.status.code(), Some(0), "{flags:?}: {}", text(&output.stdout));
    }
}

/// Without extensions of the processor, some instructions are calls of functions. The baseline of
/// RISC-V has no vectors.
#[test]
fn the_baseline_of_a_processor_is_enough() {
    for flags in [&[][..], &["--opt-level=speed", "--regalloc=backtracking"]] {
        let mut arguments = vec!["run", "--baseline", "--format", "terse"];
        arguments.extend(["--suite", "bulk-memory", "--suite", "wasm-1.0", "--suite", "memory64"]);
        if !cfg!(target_arch = "riscv64") {
            arguments.extend(["--suite", "simd", "--suite", "relaxed-simd"]);
        }
        arguments.extend(flags);
        let output = touchstone(&arguments);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    }
}

#[test]
fn a_thread_whose_name_is_taken_again_keeps_its_verdicts() {
    let path = script(
        "thread_names",
        r#"(thread $T (module (func (export "f") (result i32) (i32.const 1)))
                      (assert_return (invoke "f") (i32.const 2)))
           (thread $T (module))
           (wait $T)"#,
    );
    let output = touchstone(&["run", &path, "--format", "terse"]);
    let report = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{report}");
    assert!(report.contains("6 passed, 1 failed"), "{report}");
}

#[test]
fn what_waits_for_a_thread_that_never_started_is_blocked() {
    let path = script(
        "no_thread",
        r#"(module $M (import "no" "such" (func)))
           (thread $T (shared (module $M)) (module))
           (wait $T)
           (thread $T (module))
           (wait $T)
           (wait $T)"#,
    );
    let report = text(&touchstone(&["run", &path, "--format", "terse"]).stdout);
    assert!(report.contains("4 passed, 1 failed, 3 blocked, 1 script errors"), "{report}");
}

/// A form that cannot be parsed defines nothing, and what was there before is not what its users mean.
#[test]
fn nothing_older_stands_for_what_could_not_be_parsed() {
    let path = script(
        "unparsable",
        r#"(module $m (func (export "f") (result i32) (i32.const 1)))
           (module $m (func (export "f") (result i32) (i32.conts 2)))
           (assert_return (invoke "f") (i32.const 1))
           (assert_return (invoke $m "f") (i32.const 1))
           (module definition $d (func (oops)))
           (module instance $i $d)
           (register "i" $i)
           (module (import "i" "f" (func)))
           (module $n (func (export "f") (result i32) (i32.const 1)))
           (register "n" $n)
           (register "n" $n oops)
           (module (import "n" "f" (func (result i32))))
           (thread $T (module))
           (thread $T (shared (oops)) (module))
           (wait $T)"#,
    );
    let report = text(&touchstone(&["run", &path, "--format", "terse"]).stdout);
    assert!(report.contains("6 passed, 7 blocked, 4 script errors"), "{report}");
}

#[test]
fn components_and_proposals_that_nobody_here_knows_are_unsupported() {
    let path = script(
        "beyond",
        r#"(module (func (export "f")))
           (component $c (core module))
           (invoke "f")
           (assert_invalid (component (import "a" (func)) (oops)) "oops")
           (module $s (type $f (func)) (type (cont $f)))
           (invoke $s "f")
           (module (func (export "g")))
           (assert_return (invoke "g"))"#,
    );
    let output = touchstone(&["run", &path, "--format", "terse"]);
    let report = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{report}");
    assert!(report.contains("4 passed, 5 unsupported"), "{report}");
}

/// Characters that no XML document may hold.
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

/// Memories with 64-bit indices and no maximum reserve address space, but not all there is.
#[test]
fn a_thousand_memories_without_a_maximum_fit_a_process() {
    let module = "(module (memory i64 1) (func (export \"f\") (result i64) (memory.size)))\n\
                  (assert_return (invoke \"f\") (i64.const 1))\n";
    let path = script("many_memories", module.repeat(1000));
    let output = touchstone(&["run", &path, "--format", "terse"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
}

/// What is missing is named, types are written as in the text format, exceptions name their tags.
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

/// Files that are no scripts, of each kind, among others: each costs itself, in every report.
#[test]
fn one_bad_file_among_many_costs_itself() {
    let folder = folder("bad_among_good");
    for (name, content) in [
        ("bare.wast", &b"(func) (memory 1)"[..]),
        ("empty.wast", b""),
        ("good1.wast", b"(module (func (export \"f\")))\n(assert_return (invoke \"f\"))"),
        ("good2.wast", b"\xef\xbb\xbf;; a comment\n(module)"),
        ("not-utf8.wast", b"(module)\n\xff\xfe"),
        ("sub/unclosed.wast", b"(module)\n(module"),
        ("sub/unopened.wast", b"(module)\n\n )"),
    ] {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    let path = folder.to_str().unwrap();
    let junit = folder.join("report.xml");
    let output = touchstone(&["run", path, "--format", "json", "--junit", junit.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let report = json::read(&*output.stdout).unwrap();
    let tally = report.closing.unwrap().totals;
    assert_eq!((tally.pass, tally.error, tally.total()), (4 + 7, 3, 14));
    let errors: Vec<String> = report
        .lines
        .iter()
        .filter(|line| line.outcome == "error")
        .map(|line| line.id.strip_prefix(path).unwrap().to_owned())
        .collect();
    for id in [
        "/not-utf8.wast:1:script_error",
        "/sub/unclosed.wast:2:script_error",
        "/sub/unopened.wast:3:script_error",
    ] {
        assert!(errors.iter().any(|error| error == id), "{errors:?} lacks {id}");
    }
    let document = fs::read_to_string(junit).unwrap();
    assert_eq!(document.matches("<error ").count(), 3, "{document}");
    assert!(document.contains("is not UTF-8 from byte 9 on"), "{document}");
    let pretty = text(&touchstone(&["run", path]).stdout);
    assert!(pretty.contains("FAILED: 11 passed, 3 script errors"), "{pretty}");
    assert!(pretty.contains("unclosed.wast:2:1: this form is never closed"), "{pretty}");
    // Each can be explained, though it has no text of its own.
    for id in &errors {
        let output = touchstone(&["explain", &format!("{path}{id}")]);
        assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
        assert!(text(&output.stdout).contains("message:"), "{}", text(&output.stdout));
    }
    // A path that does not exist is nothing to run.
    is_refused(&["run", path, "no/such/file.wast"], &["no/such/file.wast", "does not exist"]);
}

#[test]
fn invalid_modules_of_proposals_that_the_engine_lacks_are_unsupported() {
    let path = script(
        "lacking",
        r#"(module (type $f (func)) (type $c (cont $f)) (func (param (ref $c)) (resume $c (local.get 0))))
           (assert_invalid (module (type $f (func)) (type $c (cont $f)) (func (resume $c (i32.const 0)))) "type mismatch")
           (assert_invalid (module (func (drop (i32.add (i64.const 0) (i32.const 0)))) (tag $e) (func (suspend $e) (drop))) "x")
           (assert_invalid (module (tag $e) (func (result i32) try catch $e end)) "type mismatch")
           (assert_invalid (module (memory 1) (func (memory.discard (i64.const 0) (i32.const 0)))) "type mismatch")
           (assert_invalid (component (core module) (oops)) "x")
           (assert_malformed (component quote "oops") "x")
           (assert_invalid (module (type $f (func)) (type $c (cont $f)) (func (result i32) (i64.const 0))) "type mismatch")"#,
    );
    let output = touchstone(&["run", &path]);
    let report = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{report}");
    let json = json::read(&*touchstone(&["run", "--format", "json", &path]).stdout).unwrap();
    let features: Vec<Option<String>> =
        json.lines.iter().map(|line| line.feature.clone()).collect();
    let some = |name: &str| Some(name.to_owned());
    assert_eq!(
        features[..7],
        [
            some("stack-switching"),
            some("stack-switching"),
            some("stack-switching"),
            some("legacy-exceptions"),
            some("memory-control"),
            some("component-model"),
            some("component-model"),
        ],
        "{report}"
    );
}

/// What has nothing of a proposal that the engine lacks, or fails for another reason, is not excused.
#[test]
fn a_wrong_verdict_is_no_matter_of_proposals() {
    let path = script(
        "not_excused",
        r#"(assert_malformed (module (func (result i32) (i64.const 0))) "x")
           (assert_invalid (module binary "\00asm\02\00\00\00") "x")
           (assert_invalid (module (type $f (func)) (type (cont $f))) "x")
           (assert_malformed (module (type $s (struct)) (func (result (ref $s)) (i32.const 0))) "x")
           (assert_invalid (module quote "(type $f (func)) (type (cont $f)) (func (oops))") "x")"#,
    );
    let report = text(&touchstone(&["run", &path]).stdout);
    assert!(report.contains("FAILED: 2 passed, 1 failed, 3 script errors in"), "{report}");
}

/// What exceeds a limit of the validator is neither valid nor invalid nor malformed.
#[test]
fn limits_of_the_validator_satisfy_nothing() {
    let many = |what: &str, number: usize| what.repeat(number);
    let params = many("i32 ", 1001);
    let modules = [
        (
            "limit:memories",
            format!("{} (func (result i32) (i64.const 0))", many("(memory 0)", 101)),
        ),
        ("limit:memories", many("(memory 0)", 101)),
        ("limit:tables", many("(table 0 funcref)", 100_001)),
        ("limit:locals", format!("(func (local {}))", many("i32 ", 50_001))),
        ("limit:function-params", format!("(type (func (param {params})))")),
        ("limit:function-returns", format!("(type (func (result {params})))")),
        ("limit:string-size", format!("(func (export \"{}\"))", many("x", 100_001))),
        ("limit:struct-fields", format!("(type (struct (field {})))", many("i32 ", 10_001))),
        ("limit:data-segments", many("(data \"\")", 100_001)),
        ("limit:element-segments", many("(elem)", 100_001).replace("(elem)", "(elem func)")),
        ("limit:subtyping-depth", {
            let sub = |n: usize| format!("(type $t{} (sub $t{n} (struct)))", n + 1);
            "(type $t0 (sub (struct)))".to_owned() + &(0..64).map(sub).collect::<String>()
        }),
    ];
    let mut content = String::new();
    let mut features = Vec::new();
    for (feature, fields) in &modules {
        for directive in [
            format!("(module {fields})\n"),
            format!("(assert_invalid (module {fields}) \"\")\n"),
            format!("(assert_malformed (module {fields}) \"\")\n"),
        ] {
            content.push_str(&directive);
            features.push(Some((*feature).to_owned()));
        }
    }
    let path = script("limits", content);
    let output = touchstone(&["run", "--format", "json", &path]);
    let report = json::read(&*output.stdout).unwrap();
    let told: Vec<Option<String>> =
        report.lines.iter().map(|line| line.feature.clone()).take(features.len()).collect();
    assert_eq!(told, features);
    assert_eq!(output.status.code(), Some(0));
    // At the limit, all is well; and beyond a limit of the specification, nothing is excused.
    let path = script(
        "at_the_limits",
        format!(
            "(module {}) (module (func (local {}))) (module (type (func (param {}))))\n\
             (assert_malformed (module binary \"\\00asm\\01\\00\\00\\00\\01\\04\\01\\60\\00\\00\\03\\02\\01\\00\\0a\\0c\\01\\0a\\02\\ff\\ff\\ff\\ff\\0f\\7f\\02\\7e\\0b\") \"too many locals\")\n\
             (assert_malformed (module binary \"\\00asm\\01\\00\\00\\00\\02\\08\\01\\ff\\ff\\ff\\7f\\61\\00\\00\") \"unexpected end\")\n\
             (assert_invalid (module (func (drop (select (result {}) (i32.const 0) (i32.const 0) (i32.const 0))))) \"invalid result arity\")",
            many("(memory 0)", 100),
            many("i32 ", 50_000),
            many("i32 ", 1000),
            many("i32 ", 11),
        ),
    );
    let output = touchstone(&["run", &path]);
    let report = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{report}");
    assert!(report.contains("7 passed"), "{report}");
}

/// What a run prints can be pasted, whatever was run and from where; so can a file with a line.
#[test]
fn explain_takes_what_a_run_prints() {
    let folder = folder("pasted");
    let content = "(module (func (export \"f\") (result i32) (i32.const 1)))\n\
        (assert_return (invoke \"f\")\n  ;; two lines on\n  (i32.const 2))\n\
        (invoke \"f\") (invoke \"f\")\n\n\
        (thread $T (module)\n  (module)\n)\n(wait $T)\n";
    fs::create_dir_all(folder.join("my scripts/sub")).unwrap();
    fs::write(folder.join("my scripts/sub/a:b.wast"), content).unwrap();
    fs::write(folder.join("plain.wast"), content).unwrap();
    let inside = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
        command.current_dir(&folder).args(arguments).stdin(Stdio::null()).output().unwrap()
    };
    let absolute = folder.join("plain.wast");
    for run in [
        "my scripts",
        "./my scripts/",
        "my scripts/sub/a:b.wast",
        "plain.wast",
        ".",
        absolute.to_str().unwrap(),
    ] {
        let terse = text(&inside(&["run", "--format", "terse", run]).stdout);
        let printed = terse.lines().find(|line| line.contains(":assert_return:f")).unwrap();
        let id = printed.split(' ').find(|word| word.contains(":assert_return:f")).unwrap();
        let id = id.trim_end_matches(':');
        let output = inside(&["explain", id]);
        let shown = text(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{run}: {id}: {}", text(&output.stderr));
        assert!(shown.starts_with(&format!("{id}\n")) && shown.contains("i32:2"), "{shown}");
        assert!(!shown.contains("cargo test"), "{shown}");
    }
    for (place, test, code) in [
        ("plain.wast:1", "plain.wast:1:module", 0),
        ("plain.wast:2", "plain.wast:2:assert_return:f", 1),
        ("plain.wast:3", "plain.wast:2:assert_return:f", 1),
        ("./plain.wast:4", "./plain.wast:2:assert_return:f", 1),
        ("my scripts/sub/a:b.wast:4", "my scripts/sub/a:b.wast:2:assert_return:f", 1),
        ("local/plain.wast:4", "local/plain.wast:2:assert_return:f", 1),
        ("plain.wast:5:14", "plain.wast:5:14:invoke:f", 0),
        ("plain.wast:8", "plain.wast:8:module", 0),
        ("plain.wast:9", "plain.wast:7:1:thread", 0),
        ("plain.wast:end:nothing_alive", "plain.wast:end:nothing_alive", 0),
    ] {
        let output = inside(&["explain", place]);
        let shown = text(&output.stdout);
        assert_eq!(output.status.code(), Some(code), "{place}: {shown}{}", text(&output.stderr));
        assert!(shown.starts_with(&format!("{test}\n")), "{place}: {shown}");
        // What it says of itself leads back to it.
        assert_eq!(inside(&["explain", test]).status.code(), Some(code), "{test}");
    }
    // With the script beside it, as before.
    let both = inside(&["explain", "plain.wast:3", "plain.wast"]);
    assert_eq!(both.status.code(), Some(1), "{}", text(&both.stderr));
    for (place, parts) in [
        (
            "plain.wast:5",
            &["several tests", "plain.wast:5:1:invoke:f", "plain.wast:5:14:invoke:f"][..],
        ),
        ("plain.wast:6", &["no directive stands at plain.wast:6", "plain.wast:7:1:thread"]),
        ("plain.wast:5:2", &["no directive stands at plain.wast:5:2"]),
        ("plain.wast:99", &["no directive stands at"]),
        ("plain.wast:2:assert_return:g", &["did you mean `plain.wast:2:assert_return:f`"]),
        ("gone.wast:2", &["no suite `gone.wast:2`", "nor is there such a script on disk"]),
    ] {
        let output = inside(&["explain", place]);
        let message = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{place}: {message}");
        for part in parts {
            assert!(message.contains(part), "{place}: {message:?} lacks {part:?}");
        }
    }
}

#[test]
fn explain_finds_lines_of_embedded_files() {
    let listed =
        text(&touchstone(&["list", "--suite", "wasm-1.0", "--filter", "/i32.wast:"]).stdout);
    let id = listed.lines().find(|id| id.contains("assert_return:add")).unwrap();
    let line = id.split(":assert_return").next().unwrap();
    let output = touchstone(&["explain", line]);
    let shown = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{shown}");
    assert!(shown.starts_with(&format!("{id}\n")), "{shown}");
    assert!(shown.contains(&format!("--exact {id}")), "{shown}");
    // Inside the module that the file begins with.
    let shown = text(&touchstone(&["explain", "wasm-1.0/i32.wast:9"]).stdout);
    assert!(shown.lines().next().is_some_and(|id| id.ends_with(":module")), "{shown}");
}

/// A script that takes ever more memory ends with an error of class `resource`, and not the process,
/// nor the machine. Each way of taking it is a script of its own.
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
    for (name, module) in scripts {
        let path = script(
            name,
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
        // What took the memory is given up for the next module.
        let ok = report.lines().find(|l| l.contains(":assert_return:ok")).unwrap_or_default();
        assert!(ok.contains("\"pass\""), "{name}: {report}");
    }
}

/// Many short calls and instantiations take memory as one long call does, whatever it is for.
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
    for (name, module, then) in scripts {
        // The script can speak of all of them.
        let instance = |i| format!("(module instance $i{i} $m){then}\n");
        let instances: String = (0..1500).map(instance).collect();
        let path = script(name, format!("{module}\n{instances}"));
        let output = touchstone(&["run", &path, "--memory-limit", "64MiB", "--format", "json"]);
        let report = text(&output.stdout);
        assert_eq!(output.status.code(), Some(1), "{name}: {}", text(&output.stderr));
        let passed = report.lines().filter(|line| line.contains("\"pass\"")).count();
        let refused =
            report.lines().filter(|line| line.contains("uses more than 67108864")).count();
        // All 1,500 would take gigabytes.
        assert!(passed > 2 && refused > 500, "{name}: {passed} passed, {refused} were refused");
    }
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
fn as_many_modules_with_memories_as_ever_follow_each_other_in_a_script() {
    // Together they would reserve more address space than a process has.
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
