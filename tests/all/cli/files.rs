//! Tests of files and folders that are no scripts, or that are hard to read.

use super::{folder, is_refused, run, script, text, touchstone};
use std::fs;
use touchstone::report::json;

/// Checks that a file which is no script is an error of its own in the report, and that the report has all of
/// `parts`.
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

/// The harness neither crashes nor hangs, whether the parentheses are balanced or not.
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
fn a_line_comment_ends_at_a_carriage_return() {
    let module = r#"(module (func (export "x") (result i32) i32.const 1))"#;
    let red = format!("{module}\r;; note\r(assert_return (invoke \"x\") (i32.const 2))\r");
    let (code, out) = run("carriage_return", &red);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("script.wast:3:assert_return:x"), "{out}");
    let (code, out) = run("carriage_return_line_feed", &red.replace('\r', "\r\n"));
    assert!(code == Some(1) && out.contains("script.wast:3:assert_return:x"), "{out}");
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

/// If files of each kind that is no script are among scripts, each is an error in every report and does not
/// affect the others.
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
    // Each error can be explained, although it has no text of its own.
    for id in &errors {
        let output = touchstone(&["explain", &format!("{path}{id}")]);
        assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
        assert!(text(&output.stdout).contains("message:"), "{}", text(&output.stdout));
    }
    // If one of the paths does not exist, nothing is run.
    is_refused(&["run", path, "no/such/file.wast"], &["no/such/file.wast", "does not exist"]);
}
