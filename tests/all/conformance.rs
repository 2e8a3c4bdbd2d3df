//! `cargo test` of another project: names, selection by code and by the user, its own exception list.
//!
//! The project is `examples/other_engine.rs`: an engine that has a defect in exports named `add`, no tail calls
//! and no host modules, and tests of four suites.

use crate::built::example;
use std::process::{Command, Output};

/// A test that the defect fails.
const ADD: &str = "wasm-1.0/i32.wast:37:assert_return:add";

fn tests(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(example("other_engine"));
    for variable in ["TOUCHSTONE_GRANULARITY", "TOUCHSTONE_ONLY_SUITES", "NEXTEST"] {
        command.env_remove(variable);
    }
    let variables = variables.iter().copied();
    command.args(arguments).envs(variables).output().expect("the example runs")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The names in the list that nextest would ask for.
fn listed(arguments: &[&str], variables: &[(&str, &str)]) -> Vec<String> {
    let all: Vec<&str> = ["--list", "--format", "terse"].iter().chain(arguments).copied().collect();
    let output = tests(&all, variables);
    assert!(output.status.success(), "{output:?}");
    let listed = text(&output);
    let name = |line: &str| line.strip_suffix(": test").map(str::to_owned);
    listed.lines().map(|line| name(line).expect("as libtest lists tests")).collect()
}

/// The only line about a test.
fn line(output: &Output) -> String {
    let text = text(output);
    let is_test = |line: &&str| line.starts_with("test ") && !line.starts_with("test result:");
    let mut lines = text.lines().filter(is_test);
    let line = lines.next().expect("a line about a test").to_owned();
    assert_eq!(lines.next(), None, "{text}");
    line
}

/// Writes an exception list with this entry, and gives its path.
fn list(name: &str, entry: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.toml"));
    let text = format!("[[ignore]]\n{entry}\nreason = \"a defect\"\nfixme = \"FIXME(#1): mend\"\n");
    std::fs::write(&path, text).expect("the target folder can be written");
    path.to_str().expect("the target folder has a name in UTF-8").to_owned()
}

/// Runs one test in the presence of an exception list.
fn exact(test: &str, list: &str) -> Output {
    let arguments = ["--exact", test, "--format", "pretty"];
    tests(&arguments, &[("IGNORE_LIST", list)])
}

#[test]
fn names_are_those_of_the_suites_that_the_author_names() {
    let names = listed(&[], &[]);
    assert!(names.len() > 20_000 && names.iter().any(|name| name == ADD), "{}", names.len());
    let suites: std::collections::BTreeSet<&str> =
        names.iter().map(|name| name.split('/').next().expect("a suite")).collect();
    let named = ["mutable-global", "reference-types-tests", "tail-call", "wasm-1.0"];
    assert!(suites.into_iter().eq(named));
    assert_eq!(listed(&["--exact", ADD], &[]), [ADD]);
    assert!(listed(&["--exact", "wasm-2.0/i32.wast:37:assert_return:add"], &[]).is_empty());
}

#[test]
fn the_user_narrows_what_the_author_names() {
    let only = |variable, value| listed(&[], &[(variable, value)]);
    let names = only("TOUCHSTONE_ONLY_SUITES", "tail-call, wasm-2.0");
    assert!(!names.is_empty() && names.iter().all(|name| name.starts_with("tail-call/")));
    let names = only("TOUCHSTONE_ONLY_PROPOSALS", "tail-call");
    assert!(names.iter().any(|name| name.starts_with("tail-call/return_call.wast:")));
    assert!(!names.is_empty() && names.iter().all(|name| !name.starts_with("wasm-1.0/")));
    let files = listed(&["i32"], &[("TOUCHSTONE_GRANULARITY", "file")]);
    assert!(files.contains(&"wasm-1.0/i32.wast".to_owned()), "{files:?}");
}

#[test]
fn what_cannot_be_selected_is_an_error() {
    for (variable, value, parts) in [
        ("TOUCHSTONE_ONLY_SUITES", "wasm-1.O", ["no suite (named in", "did you mean `wasm-1.0`?"]),
        ("TOUCHSTONE_ONLY_SUITES", "wasm-2.0", ["no test is selected", "TOUCHSTONE_ONLY_SUITES"]),
        ("TOUCHSTONE_ONLY_PROPOSALS", "tailcall", ["no proposal", "did you mean `tail-call`?"]),
        ("TOUCHSTONE_GRANULARITY", "line", ["TOUCHSTONE_GRANULARITY is `line`", "`file`"]),
        ("IGNORE_LIST", "no/such/list.toml", ["cannot read `", "no/such/list.toml`"]),
    ] {
        let output = tests(&[], &[(variable, value)]);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.starts_with("error: ") && output.stdout.is_empty(), "{message}");
        assert!(parts.iter().all(|part| message.contains(part)), "{message}");
    }
}

#[test]
fn a_failure_says_what_was_expected() {
    let output = tests(&["--exact", ADD, "--format", "pretty"], &[]);
    assert_eq!(output.status.code(), Some(101));
    assert_eq!(line(&output), format!("test {ADD} ... FAILED"));
    let text = text(&output);
    assert!(
        text.contains("expected: i32:-2 (0xfffffffe)") && text.contains("got: i32:-1 ("),
        "{text}"
    );
}

#[test]
fn the_list_of_another_engine_has_precedence_and_knows_its_versions() {
    let fail = |name, test: &str, gate| {
        list(name, &format!("test = \"{test}\"\n{gate}expect = \"fail\"\nclass = \"value\""))
    };
    let output = exact(ADD, &fail("fails", ADD, ""));
    assert!(output.status.success(), "{output:?}");
    assert_eq!(line(&output), format!("test [expected failure] {ADD} ... ok"));
    let gate = "engine = \"other\"\nversions = \">=1.2, <2\"\n";
    assert!(exact(ADD, &fail("fails-in-1.2", ADD, gate)).status.success());
    for gate in ["engine = \"other\"\nversions = \">=2\"\n", "engine = \"another\"\n"] {
        assert_eq!(exact(ADD, &fail("fails-elsewhere", ADD, gate)).status.code(), Some(101));
    }
    // What passes although it is expected to fail is an error.
    let passes = "wasm-1.0/i32.wast:44:assert_return:sub";
    let output = exact(passes, &fail("passes", passes, ""));
    assert_eq!(output.status.code(), Some(101));
    assert!(text(&output).contains("xpass: passed, but the exception list says"), "{output:?}");
    let skip = list("skips", &format!("test = \"{ADD}\"\nexpect = \"skip\""));
    let output = exact(ADD, &skip);
    assert!(output.status.success() && line(&output).contains("ignored"), "{output:?}");
    assert!(text(&output).contains("a defect"), "{output:?}");
    // This project's list is about this test, too.
    let revoked = "mutable-global/linking.wast:206:assert_unlinkable";
    let output = exact(revoked, &list("own", &format!("test = \"{revoked}\"\nexpect = \"skip\"")));
    assert!(output.status.success() && line(&output).contains("ignored"), "{output:?}");
    assert!(exact(revoked, &skip).status.success());
}

#[test]
fn an_entry_that_speaks_of_no_test_is_an_error() {
    let dead = list("dead", "test = \"wasm-1.0/i32.wast:38:module\"\nexpect = \"skip\"");
    let output = tests(&["--list"], &[("IGNORE_LIST", &dead)]);
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(message.contains("dead.toml:2:8: no test matches `wasm-1.0/i32.wast:38:module`"));
    // A test that runs in a process of its own does not pay for looking at all others.
    assert!(exact("wasm-1.0/i32.wast:44:assert_return:sub", &dead).status.success());
}

#[test]
fn what_the_engine_lacks_is_ignored_and_listed_so() {
    let ignored = listed(&["--ignored"], &[]);
    let of = |suite| ignored.iter().filter(move |name: &&String| name.starts_with(suite)).count();
    let counts = ["tail-call/", "reference-types-tests/", "wasm-1.0/"].map(of);
    assert!(counts[0] > 50 && counts[1] > 500 && counts[2] == 0, "{counts:?}");
    let output = tests(&["reference-types-tests/host", "--format", "pretty"], &[]);
    let text = text(&output);
    assert!(output.status.success() && text.contains("host module touchstone"), "{text}");
}

#[test]
fn spectest_is_there_for_an_engine_that_does_not_have_it() {
    for file in ["wasm-1.0/imports.wast", "wasm-1.0/linking.wast"] {
        let output = tests(&[file], &[]);
        let passed = format!("{} passed; 0 failed; 0 ignored", listed(&[file], &[]).len());
        assert!(output.status.success() && text(&output).contains(&passed), "{output:?}");
    }
}
