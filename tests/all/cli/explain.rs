//! Tests of `explain`, which leads from what a run prints back to one directive.

use super::{folder, script, text, touchstone};
use std::fs;
use std::process::{Command, Stdio};

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

/// The names that a run prints can be pasted, whatever was run and from whichever folder; so can a file with
/// a line.
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
        // The name that is shown leads back to the same test.
        assert_eq!(inside(&["explain", test]).status.code(), Some(code), "{test}");
    }
    // The name may also be given with the path of its script.
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
    // This line is inside the module that the file begins with.
    let shown = text(&touchstone(&["explain", "wasm-1.0/i32.wast:9"]).stdout);
    assert!(shown.lines().next().is_some_and(|id| id.ends_with(":module")), "{shown}");
}

#[test]
fn explain_shows_what_is_alive() {
    let path = script(
        "explain-heap",
        "(module $list\n\
           (type $node (struct (field i32) (field (ref null $node)) (field externref)))\n\
           (global $first (export \"first\") (mut (ref null $node)) (ref.null $node))\n\
           (func (export \"push\") (param externref)\n\
             (global.set $first (struct.new $node (i32.const 1) (global.get $first) (local.get 0)))))\n\
         (invoke \"push\" (ref.extern 7))\n\
         (assert_return (invoke \"push\" (ref.extern 8)))\n",
    );
    for (line, count, bytes) in [(1, 0, 0), (6, 2, 32), (7, 4, 64)] {
        let output = touchstone(&["explain", &format!("{path}:{line}"), "--heap"]);
        let shown = text(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{shown}{}", text(&output.stderr));
        let heap = format!("heap after the directive: {count} objects, {bytes} bytes\n");
        assert!(shown.contains(&heap), "{shown}");
        let list = " bytes in all: $0 (struct (field i32) (field (ref null $0)) (field externref))\n         \
                    global 0 of instance 0 (list), exported as \"first\"\n";
        let host = "in all: host value\n         global 0 of instance 0 (list), exported as \"first\" → field 2\n";
        assert_eq!(shown.contains(list) && shown.contains(host), count != 0, "{shown}");
        let lies = " in 1 lines of 256 bytes and 1 blocks of 32 KiB; ";
        assert_eq!(shown.contains(lies), count != 0, "{shown}");
    }
    let other = touchstone(&["explain", &format!("{path}:1"), "--heap", "--engine", "cmd:true"]);
    assert_eq!(other.status.code(), Some(2));
    assert!(text(&other.stderr).contains("the heap of our own engine"));
}
