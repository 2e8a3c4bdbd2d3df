//! Verdicts do not depend on what an earlier process left in the folder of compiled modules, nor on what became of it
//! since.

use crate::compiled_once::{FILES, Judged, judge};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use touchstone::engine::touchstone::{Cache, DEFAULT_CACHE_SIZE, Options, TouchstoneEngine};
use touchstone::index::Selection;

fn empty(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("kept").join(name);
    let _ = fs::remove_dir_all(&folder);
    folder
}

fn with_folder(folder: &Path) -> TouchstoneEngine {
    let cache = Cache { folder: folder.to_owned(), size: DEFAULT_CACHE_SIZE };
    TouchstoneEngine::new(Options { cache: Some(cache), ..Options::limited() })
}

/// Random numbers that are the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

/// Changes, cuts or lengthens one file of the folder.
fn damage(folder: &Path, random: &mut Random) {
    let files =
        fs::read_dir(folder).expect("it is there").map(|file| file.expect("readable").path());
    let mut files: Vec<PathBuf> =
        files.filter(|file| file.metadata().is_ok_and(|m| m.len() > 0)).collect();
    files.sort();
    let file = &files[random.below(files.len())];
    let mut bytes = fs::read(file).expect("readable");
    for _ in 0..1 + random.below(30) {
        let at = random.below(bytes.len());
        match random.below(20) {
            0 => bytes.truncate(at + 1),
            1 => bytes.push(random.below(256) as u8),
            _ => bytes[at] ^= 1 + random.below(255) as u8,
        }
    }
    fs::write(file, bytes).expect("writable");
}

/// Judges a selection without a folder, with an empty one, with what that left, and then with damage, `times` times.
fn cold_warm_damaged(name: &str, selection: &Selection, times: usize) {
    let folder = empty(name);
    let alone: Judged = judge(&TouchstoneEngine::limited(), selection);
    assert!(alone.len() > 500);
    let (mut compiled, mut loaded, mut damaged) = (0, 0, 0);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for n in 0..times + 2 {
        let engine = with_folder(&folder);
        assert!(judge(&engine, selection) == alone, "run {n} differs");
        let usage = engine.compiled();
        match n {
            0 => assert!(usage.loaded == 0 && usage.compiled > 10, "{usage:?}"),
            1 => assert!(usage.compiled == 0 && usage.loaded > 10, "{usage:?}"),
            _ => {
                (compiled, loaded, damaged) =
                    (compiled + usage.compiled, loaded + usage.loaded, damaged + usage.damaged)
            }
        }
        if n > 0 {
            damage(&folder, &mut random);
        }
    }
    // A third of the damage is to the secret, after which everything is compiled.
    let counts = [compiled, loaded, damaged];
    assert!(counts.iter().all(|count| *count as usize > times), "{counts:?}");
}

#[test]
fn verdicts_are_the_same_cold_warm_and_after_damage() {
    let files = FILES.map(str::to_owned).to_vec();
    let selection =
        Selection { suites: vec!["wasm-3.0".to_owned()], files, ..Selection::default() };
    cold_warm_damaged("files", &selection, 30);
}

/// A thousand times all that is embedded: ten minutes with optimisations.
#[test]
#[ignore = "takes ten minutes"]
fn all_verdicts_are_the_same_after_a_thousand_damages() {
    cold_warm_damaged("all", &Selection::default(), 1000);
}

/// Starts a run that writes its report to standard output.
fn start(folder: &Path, selected: &[&str], more: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_touchstone"))
        .args(["run", "--no-config", "--format", "json", "--jobs", "1", "--cache-dir"])
        .arg(folder)
        .args(selected)
        .args(more)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary was built for this test")
}

/// The lines of a report about tests, without times, in order.
fn verdicts(child: Child) -> Vec<String> {
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    let report = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    let mut lines = Vec::new();
    for line in report.lines() {
        let mut line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let Some(fields) = line.as_object_mut().filter(|line| line.contains_key("outcome")) else {
            continue;
        };
        fields.remove("duration_ns").expect("each test has its time");
        lines.push(line.to_string());
    }
    lines.sort();
    lines
}

/// Tests of many small modules.
const SELECTED: [&str; 4] = ["--suite", "wasm-2.0", "--filter", "/binary"];

#[test]
fn eight_processes_may_have_one_folder() {
    let folder = empty("eight");
    let alone = verdicts(start(&folder, &SELECTED, &["--cache-size", "0"]));
    assert!(alone.len() > 100 && !folder.exists());
    for size in ["64MiB", "64KiB"] {
        for _ in ["cold", "warm"] {
            let all: Vec<Child> =
                (0..8).map(|_| start(&folder, &SELECTED, &["--cache-size", size])).collect();
            for child in all {
                assert!(verdicts(child) == alone);
            }
        }
    }
}

#[test]
fn a_folder_that_cannot_be_used_costs_a_line() {
    let file = empty("not-a-folder");
    fs::create_dir_all(file.parent().expect("it has one"))
        .expect("the target folder can be written");
    fs::write(&file, "").expect("the target folder can be written");
    let child = start(&file, &SELECTED, &[]);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    let warning = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(warning.starts_with("warning: compiled modules are not kept"), "{warning}");
    assert_eq!(warning.lines().count(), 1, "{warning}");
    let _ = fs::remove_file(file);
}

#[test]
fn a_folder_is_shown_and_cleared() {
    let folder = empty("shown");
    let cache = |what: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
        let output = command.args(["cache", what, "--cache-dir"]).arg(&folder).output();
        let output = output.expect("the binary was built for this test");
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert!(cache("show").ends_with(": nothing is kept there yet\n"));
    assert!(!folder.exists());
    verdicts(start(&folder, &SELECTED, &[]));
    let shown = cache("show");
    assert!(shown.contains(" modules, ") && !shown.contains(": 0 modules"), "{shown}");
    assert!(cache("clear").contains(" bytes were removed"));
    assert!(cache("show").ends_with(": 0 modules, 0 bytes\n"));
    // The variable names the folder as well, and none if it is empty.
    let run = |folder: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
        command.args(["run", "--no-config", "--quiet"]).args(SELECTED);
        let output = command.env("TOUCHSTONE_CACHE_DIR", folder).output();
        assert_eq!(output.expect("the binary was built for this test").status.code(), Some(0));
    };
    run(&folder);
    let shown = cache("show");
    assert!(!shown.contains(": 0 modules"), "{shown}");
    cache("clear");
    run(Path::new(""));
    assert!(cache("show").ends_with(": 0 modules, 0 bytes\n"));
}
