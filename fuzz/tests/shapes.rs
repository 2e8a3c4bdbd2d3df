//! Every dimension of a module, doubled a few times, as a test.

use std::process::Command;

#[test]
fn every_dimension_a_few_times() {
    let shapes = env!("CARGO_BIN_EXE_touchstone-shapes");
    let listed = Command::new(shapes).arg("no-such-dimension").output().unwrap();
    assert_eq!(listed.status.code(), Some(2));
    let listed = String::from_utf8(listed.stderr).unwrap();
    let (_, names) = listed.split_once("dimensions:\n").unwrap();
    let names: Vec<&str> = names.lines().map(str::trim).collect();
    assert!(names.len() > 40, "{names:?}");
    let run = Command::new(shapes)
        .args(["--setting", "none-single", "--most", "256", "--minutes", "5"])
        .args(&names)
        .output()
        .unwrap();
    let text = String::from_utf8(run.stdout).unwrap();
    assert_eq!(run.status.code(), Some(0), "{text}");
    for name in names {
        let line = text.lines().find(|line| line.split_whitespace().next() == Some(name));
        let line = line.unwrap_or_else(|| panic!("nothing of {name}: {text}"));
        assert!(line.contains(" ok"), "{line}");
    }
}
