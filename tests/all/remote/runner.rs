//! Engines that have only a runner of scripts: scripts are cut down until the runner comes to their end, and
//! nothing passes that it did not run.

use super::{example, folder, outcomes, touchstone};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A script that has something wrong in many places, and whose state shows what was run.
const SCRIPT: &str = r#"(module $M (global $n (mut i32) (i32.const 0))
  (func $b (export "bump") (result i32) (global.set $n (i32.add (global.get $n) (i32.const 1))) (global.get $n))
  (func (export "trap") unreachable) (func (export "same") (result i32) (i32.const 7))
  (func (export "abort") (result i32) (i32.const 7)) (func (export "hang") (result i32) (i32.const 7))
  (func (export "leave") (result i32) (i32.const 7)) (func (export "allocate") (result i32) (i32.const 7)))
(register "M" $M)
(assert_return (invoke "bump") (i32.const 1)) (assert_return (invoke "same") (i32.const 8))
(assert_return (invoke "bump")
  (i32.const 99))
(assert_return (invoke "bump") (i32.const 3))
(assert_return (invoke "trap") (i32.const 0))
(assert_return (invoke "bump") (i32.const 4))
(module $N (import "nowhere" "nothing" (func)) (func (export "f")))
(invoke "f")
(register "N" $N)
(module (import "N" "f" (func)))
(assert_return (invoke $M "bump") (i32.const 5))
(assert_trap (invoke $M "bump") "unreachable")
(assert_return (invoke $M "bump") (i32.const 7))
(assert_trap (invoke $M "trap") "integer overflow")
(assert_trap (invoke $M "trap") "unreachable")
(assert_invalid (module (func)) "type mismatch")
(assert_invalid (module (func (result i32))) "type mismatch")
(assert_malformed (module quote "(func") "unexpected token")
(assert_malformed (module quote "(func)") "unexpected token")
(module (import "M" "bump" (func $b (result i32))) (func (export "g") (result i32) (call $b)))
(assert_return (invoke "g") (i32.const 8))
(assert_unlinkable (module (import "M" "bump" (func))) "incompatible import type")
"#;

/// The lines of [`SCRIPT`] with their outcomes.
const WANTED: &[(u32, &str)] = &[
    (1, "pass"),
    (6, "pass"),
    (7, "pass"),
    (7, "fail"),
    (8, "fail"),
    (10, "pass"),
    (11, "fail"),
    (12, "pass"),
    (13, "fail"),
    (14, "blocked"),
    (15, "blocked"),
    (16, "blocked"),
    (17, "pass"),
    (18, "fail"),
    (19, "pass"),
    (20, "fail"),
    (21, "pass"),
    (22, "fail"),
    (23, "pass"),
    (24, "pass"),
    (25, "fail"),
    (26, "pass"),
    (27, "pass"),
    (28, "pass"),
    (0, "pass"),
];

/// What says how the example's words are to be read.
const PROFILE: &str = r#"
name = "the example"
begins = ['^directive on line (?<line>\d+)$']
failure = ['^{file}:(?<line>\d+): (?<message>.*)$']
counts = { pattern = '^(?<passed>\d+) of (?<total>\d+) are right$', uncounted = ["register"] }
"#;

struct Case {
    folder: PathBuf,
    script: PathBuf,
}

impl Case {
    fn new(name: &str, script: &str) -> Case {
        let folder = folder(&format!("runner-{name}"));
        let path = folder.join("some.wast");
        std::fs::write(&path, script).expect("it can be written");
        Case { script: path, folder }
    }

    /// The engine: the example with these manners, by a profile if one is given.
    fn engine(&self, manners: &str, profile: Option<&str>) -> String {
        let program = example("script_runner").display().to_string();
        let Some(text) = profile else { return format!("runner:{program} {manners} {{}}") };
        let path = self.folder.join("profile.toml");
        std::fs::write(&path, text).expect("it can be written");
        format!("runner:@{} {program} {manners}", path.display())
    }

    /// Outcomes by line, and messages.
    fn judge(&self, engine: &str, more: &[&str]) -> Vec<(u32, String, String)> {
        let script = self.script.display().to_string();
        let mut arguments = vec!["run", &script, "--engine", engine, "--format=json"];
        arguments.extend(more);
        let output = touchstone(&arguments);
        let report = String::from_utf8(output.stdout).expect("the report is text");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{errors}{report}");
        assert!(report.contains(r#""judged_by":"runner""#), "{report}");
        outcomes(&report)
    }

    /// Why an engine is not taken.
    fn refused(&self, engine: &str) -> String {
        let script = self.script.display().to_string();
        let output = touchstone(&["run", &script, "--engine", engine]);
        let errors = String::from_utf8(output.stderr).expect("it is text");
        assert_eq!(output.status.code(), Some(2), "{errors}");
        assert!(output.stdout.is_empty(), "there are verdicts");
        errors
    }
}

impl Drop for Case {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn lines(found: &[(u32, String, String)]) -> Vec<(u32, &str)> {
    found.iter().map(|(line, outcome, _)| (*line, outcome.as_str())).collect()
}

#[test]
fn every_manner_of_complaining_gives_the_same_verdicts() {
    let case = Case::new("manners", SCRIPT);
    let totals = PROFILE;
    let begins = &PROFILE.replace("failure = ", "# ").replace("counts = ", "# ");
    for (manners, profile) in [
        ("stop", None),
        ("go-on", None),
        ("stop placeless", None),
        ("go-on totals", Some(totals)),
        ("stop begins", Some(begins.as_str())),
    ] {
        let found = case.judge(&case.engine(manners, profile), &[]);
        assert_eq!(lines(&found), WANTED, "{manners}: {found:#?}");
        let said = |line: u32| &found.iter().find(|one| one.0 == line).expect("a line").2;
        assert!(said(8).contains("expected i32:99 "), "{manners}: {}", said(8));
        assert!(said(8).contains("got i32:2 "), "{manners}: {}", said(8));
        assert!(said(14).contains("some.wast:13:module"), "{manners}: {}", said(14));
    }
}

#[test]
fn each_misdeed_costs_one_directive() {
    let mut script = SCRIPT.to_owned();
    let mut wanted: Vec<(u32, &str)> = WANTED[..WANTED.len() - 1].to_vec();
    let misdeeds = [
        ("abort", "crash", "SIGABRT"),
        ("hang", "timeout", "the time limit ran out"),
        ("leave", "fail", "as if all were well"),
        ("allocate", "crash", "more than 256 MiB"),
    ];
    let mut line = 29;
    for (n, (export, outcome, _)) in misdeeds.iter().enumerate() {
        script += &format!("(assert_return (invoke $M \"{export}\") (i32.const 7))\n");
        script += &format!("(assert_return (invoke $M \"bump\") (i32.const {}))\n", 9 + n);
        wanted.extend([(line, *outcome), (line + 1, "pass")]);
        line += 2;
    }
    wanted.push((0, "pass"));
    let case = Case::new("misdeeds", &script);
    let begins = PROFILE.replace("failure = ", "# ").replace("counts = ", "# ");
    let limits = ["--timeout=2", "--memory-limit=256MiB"];
    for (manners, profile) in [
        ("stop misdeeds", None),
        ("go-on misdeeds", None),
        ("stop begins misdeeds", Some(&*begins)),
    ] {
        let began = Instant::now();
        let found = case.judge(&case.engine(manners, profile), &limits);
        assert_eq!(lines(&found), wanted, "{manners}: {found:#?}");
        for (n, (export, _, words)) in misdeeds.iter().enumerate() {
            let said = &found[WANTED.len() - 1 + 2 * n].2;
            assert!(said.contains(words), "{manners}, {export}: {said}");
        }
        assert!(began.elapsed() < Duration::from_secs(120), "it took {:?}", began.elapsed());
    }
}

#[test]
fn a_form_that_the_runner_cannot_read_costs_one_directive() {
    let script = "(module $m (func (export \"strange\")) (func (export \"f\")))\n\
        (invoke \"strange\")\n\
        (invoke \"f\")\n\
        (module $strange)\n\
        (register \"s\" $strange)\n\
        (assert_malformed (module quote \"strange\") \"x\")\n\
        (invoke $m \"f\")\n";
    let case = Case::new("refusals", script);
    let wanted = [
        (1, "unsupported"),
        (2, "unsupported"),
        (3, "unsupported"),
        (4, "unsupported"),
        (5, "unsupported"),
        (6, "fail"),
        (7, "unsupported"),
        (0, "unsupported"),
    ];
    // A runner that the harness knows nothing of, and one of which it is known how it refuses a file.
    let known = "refusal = ['^(?<message>the form .* is unknown here)$']";
    for profile in [None, Some(known)] {
        let found = case.judge(&case.engine("stop refuse:strange", profile), &[]);
        assert_eq!(lines(&found), wanted, "{found:#?}");
        assert!(found[0].2.contains("cannot read this: the form `strange`"), "{}", found[0].2);
    }
    let case = Case::new("forms", &script.replace("(func (export \"strange\"))", ""));
    let found = case.judge(&case.engine("go-on refuse:strange", None), &[]);
    let wanted = [
        (1, "pass"),
        (2, "unsupported"),
        (3, "pass"),
        (4, "unsupported"),
        (5, "unsupported"),
        (6, "fail"),
        (7, "pass"),
        (0, "pass"),
    ];
    assert_eq!(lines(&found), wanted, "{found:#?}");
}

/// As of an adapter, nobody asks of a runner that it has the host module of this harness.
#[test]
fn a_script_that_imports_our_host_module_is_unsupported() {
    let script = "(module (import \"touchstone\" \"gc\" (func $gc)) (func (export \"f\") (call $gc)))\n\
        (assert_return (invoke \"f\"))\n\
        (module (func (export \"g\") (result i32) (i32.const 1)))\n\
        (assert_return (invoke \"g\") (i32.const 2))\n";
    let case = Case::new("host", script);
    let found = case.judge(&case.engine("stop refuse:touchstone", None), &[]);
    let wanted = [(1, "unsupported"), (2, "unsupported"), (3, "pass"), (4, "fail"), (0, "pass")];
    assert_eq!(lines(&found), wanted, "{found:#?}");
    assert!(found[0].2.contains("host module touchstone"), "{}", found[0].2);
}

#[test]
fn a_runner_that_passes_what_is_wrong_is_not_used() {
    let case = Case::new("liars", "(module)");
    for (manners, profile, words) in [
        ("lie", None, "what is right passes: the runner ended as if all were well"),
        // It does not even notice the ending.
        ("stop careless", None, "what is right passes: the runner ended as if all were well"),
        ("go-on placeless", None, "it passes what is wrong"),
        (
            "go-on miscount",
            Some(PROFILE),
            "6 of 7 passed, but it was given 8 and complained about 1",
        ),
        ("go-on", Some(PROFILE), "the runner printed no totals"),
    ] {
        let said = case.refused(&case.engine(manners, profile));
        assert!(said.contains(words), "{manners}: {said}");
    }
}

#[test]
fn what_cannot_be_run_is_said() {
    let case = Case::new("unusable", "(module)");
    let said = case.refused("runner:/nowhere/nothing {}");
    assert!(said.contains("cannot be started"), "{said}");
    let said = case.refused("runner:@/nowhere/nothing.toml");
    assert!(said.contains("cannot read the profile"), "{said}");
    let profile = case.folder.join("wrong.toml");
    std::fs::write(&profile, "failure = ['line']").expect("it can be written");
    let said = case.refused(&format!("runner:@{} sh", profile.display()));
    assert!(said.contains("has no group `(?<message>…)`"), "{said}");
    std::fs::write(&profile, "name = 'x'").expect("it can be written");
    let said = case.refused(&format!("runner:@{}", profile.display()));
    assert!(said.contains("has no `command`"), "{said}");
}

#[test]
fn a_runner_is_checked_in_words_for_its_author() {
    let case = Case::new("check", "(module)");
    let output = touchstone(&["check-engine", &case.engine("stop", None)]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("ok     a wrong i64 is noticed"), "{said}");
    assert!(said.contains("cannot tell: nothing"), "{said}");
    let output = touchstone(&["check-engine", &case.engine("lie", None)]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("WRONG  what is right passes"), "{said}");
}

/// Where a program is, if the machine has it.
fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| Path::is_file(path))
}

#[test]
fn wabt_judges_itself() {
    let Some(program) = program("spectest-interp") else {
        println!("skipped: `spectest-interp` of WABT is not on this machine");
        return;
    };
    let engine = format!("runner:{}", program.display());
    let case = Case::new("wabt", SCRIPT);
    let found = case.judge(&engine, &[]);
    assert_eq!(lines(&found), WANTED, "{found:#?}");
}
