//! Several engines beside each other.

use super::{example, folder, touchstone};

const SCRIPT: &str = r#"(module (func (export "exit") (result i32) (i32.const 7))
  (func (export "nan") (result f32) (f32.const nan)))
(assert_return (invoke "exit") (i32.const 7))
(assert_return (invoke "nan") (f32.const nan:canonical))
(assert_return (invoke "exit") (i32.const 8))
"#;

#[test]
fn a_run_of_several_engines_shows_where_they_disagree() {
    let folder = folder("several");
    let file = folder.join("script.wast");
    std::fs::write(&file, SCRIPT).expect("it can be written");
    let (file, reports) = (file.display().to_string(), folder.join("reports"));
    let bad = format!("cmd:{}", example("bad_engine").display());
    let json = reports.display().to_string();
    let junit = folder.join("junit.xml").display().to_string();
    let arguments = [
        "run",
        &file,
        "--engine=touchstone",
        "--engine=touchstone",
        "--engine",
        &bad,
        "--json",
        &json,
        "--junit",
        &junit,
    ];
    let output = touchstone(&arguments);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("1 one-alone: one engine fails, all others pass"), "{text}");
    assert!(text.contains("[2] crash: it exited with code 3"), "{text}");
    assert!(text.contains("1 suspect: no engine passes"), "{text}");
    // The reports that were written say the same.
    let written = ["0-touchstone.jsonl", "1-touchstone.jsonl", "2-touchstone.jsonl"]
        .map(|name| reports.join(name).display().to_string());
    let output = touchstone(&["compare", "--json", &written[0], &written[1], &written[2]]);
    let compared: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let junit = std::fs::read_to_string(junit).expect("it was written");
    let suites = junit.matches("<testsuite ").count();
    assert!(suites == 3 && junit.contains("message=\"it exited with code 3"), "{junit}");
    let classes = compared["disagreements"].as_array().expect("a list").iter();
    let classes: Vec<_> = classes.map(|one| one["class"].as_str().expect("a word")).collect();
    assert_eq!(classes, ["one-alone", "suspect"]);
    let output = touchstone(&["compare", "--class=suspect", &written[0], &written[2]]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && !text.contains("one-alone"), "{text}");
    let output = touchstone(&["compare", "--class=nothing", &written[0], &written[2]]);
    assert_eq!(output.status.code(), Some(2));
    let _ = std::fs::remove_dir_all(folder);
}

/// Scripts that show faults of other engines: ours does what the specification says.
#[test]
fn our_own_engine_has_none_of_the_faults_that_were_found() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/found");
    let output = touchstone(&["run", folder, "--format=terse"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let all_passed = text.starts_with("ok: ") && text.contains(" passed in ");
    assert!(output.status.success() && all_passed, "{text}");
    let table = std::fs::read_to_string(format!("{folder}/README.md")).expect("there is a table");
    for file in std::fs::read_dir(folder).expect("there is such a folder").flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        let listed = table.contains(&format!("| [{name}]({name}) |"));
        assert!(listed || name == "README.md", "{name} is not in the table");
    }
}

#[test]
fn our_own_adapter_keeps_to_the_protocol() {
    let output = touchstone(&["check-engine", "touchstone"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && text.contains(" checks, 0 wrong"), "{text}");
}

#[test]
fn an_adapter_that_breaks_the_protocol_is_told_so() {
    let bad = format!("cmd:{}", example("bad_engine").display());
    let output = touchstone(&["check-engine", &bad]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "what it is not asked for is no matter: {text}");
    let output = touchstone(&["check-engine", &format!("{bad} wrong")]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("WRONG  numbers arrive and come back"), "{text}");
    assert!(text.contains("WRONG  what failed to compile is `missing` afterwards"), "{text}");
    // Whose fault this is cannot be seen from outside.
    let output = touchstone(&["check-engine", &format!("{bad} credulous")]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && text.contains(" checks, 0 wrong"), "{text}");
    assert!(text.contains("note   a module that does not validate is invalid"), "{text}");
}
