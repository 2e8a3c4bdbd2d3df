//! Tests of the verdicts of directives: which failures satisfy which assertions, and what becomes of
//! directives that depend on something missing.

use super::{run, script, text, touchstone};
use touchstone::report::json;

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

/// A form that cannot be parsed defines nothing, and directives that refer to what it was to define do not
/// get an older definition instead.
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

/// A wrong verdict is not excused if the module has nothing of a proposal that the engine lacks, or fails for
/// another reason.
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

/// A module that exceeds a limit of the validator is neither valid nor invalid nor malformed.
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
    // A module that is just at a limit is accepted, and a module beyond a limit of the specification is not
    // excused.
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
