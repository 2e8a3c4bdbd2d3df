//! Tests of `touchstone nightly`: what it leaves, that nothing is lost when it is killed, and that two do not get in
//! each other's way.

use super::{folder, text, touchstone};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use touchstone::report::json::{self, Report};

const SCRIPT: &str = r#"(module (func (export "f") (result i32) (i32.const 1)))
(assert_return (invoke "f") (i32.const 1))"#;

/// A script of which a test takes a while.
fn slow(rounds: u32) -> String {
    format!(
        "(module (func (export \"f\") (result i32) (local i32) (loop (br_if 0 (i32.ne (i32.const {rounds})
          (local.tee 0 (i32.add (local.get 0) (i32.const 1)))))) (local.get 0)))
        (assert_return (invoke \"f\") (i32.const {rounds}))"
    )
}

/// A folder with a `nightly.toml` and scripts.
struct Case(PathBuf);

impl Case {
    fn new(name: &str, config: &str, scripts: &[(&str, &str)]) -> Case {
        let case = Case(folder(name));
        fs::create_dir(case.0.join("scripts")).expect("the target folder can be written");
        case.write("nightly.toml", config);
        scripts.iter().for_each(|(name, text)| case.write(&format!("scripts/{name}.wast"), text));
        case
    }

    fn write(&self, name: &str, content: &str) {
        fs::write(self.0.join(name), content).expect("the folder can be written");
    }

    fn command(&self, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
        command.arg("nightly").args(more).current_dir(&self.0).stdin(Stdio::null());
        command
    }

    fn night(&self, more: &[&str]) -> Output {
        self.command(more).output().expect("the binary was built for this test")
    }

    /// Begins a night that is not waited for.
    fn begin(&self, more: &[&str]) -> Child {
        let mut command = self.command(more);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().expect("the binary was built for this test")
    }

    fn out(&self, name: &str) -> PathBuf {
        self.0.join("nightly").join(name)
    }

    /// The nights that came to their end, in order.
    fn nights(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.out("nights")).expect("a night was here");
        let mut nights: Vec<PathBuf> =
            entries.map(|entry| entry.expect("an entry").path()).collect();
        nights.sort();
        nights
    }
}

fn read(path: &Path) -> Report {
    json::read(&*fs::read(path).expect("it was written")).expect("a report")
}

/// Waits until something is there.
fn await_file(path: &Path) {
    let begun = Instant::now();
    while !path.exists() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{} does not come", path.display());
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Checks that an exit code is this one.
fn ends_with(output: &Output, code: i32) -> String {
    let said = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

const TWO: &str = "embedded = false\nshards = 2\n[engines]\na = \"touchstone\"\nb = \"touchstone\"\n\
                   [[checkouts]]\npath = \"scripts\"\n";

#[test]
fn a_lost_test_makes_the_night_red_once() {
    let case = Case::new("night_red", TWO, &[("a", SCRIPT), ("b", SCRIPT)]);
    let said = ends_with(&case.night(&[]), 0);
    assert!(
        said.contains("a (touchstone ") && said.contains("there is no earlier night"),
        "{said}"
    );
    let said = ends_with(&case.night(&[]), 0);
    assert!(said.contains(": nothing that passed is lost\n"), "{said}");
    case.write("scripts/b.wast", &SCRIPT.replace("\"f\") (i32.const 1)", "\"f\") (i32.const 2)"));
    let said = ends_with(&case.night(&[]), 1);
    assert!(said.contains("1 regression: it passed, and fails now\n  scripts/b.wast:2:"), "{said}");
    assert!(said.contains(": 2 changes for the worse\n"), "{said}");
    let nights = case.nights();
    let summary = fs::read_to_string(nights[2].join("summary.md")).expect("it was written");
    assert!(
        summary.contains("| a | touchstone ") && summary.contains("1 failed | 1 |"),
        "{summary}"
    );
    assert_eq!(fs::read_to_string(case.out("site/summary.md")).expect("it was written"), summary);
    assert!(case.out("site/index.html").is_file() && !case.out("now").exists());
    assert!(case.out("site/a.svg").is_file() && case.out("site/features.json").is_file());
    let history = case.out("history.sqlite").to_str().expect("UTF-8").to_owned();
    let changes = touchstone(&["history", "--history", &history, "list"]);
    assert!(ends_with(&changes, 0).contains("touchstone"));
    // What failed last night is no news.
    ends_with(&case.night(&["--quiet"]), 0);
    // Names of tests do not depend on where the night was begun.
    let config = case.0.join("nightly.toml");
    let elsewhere =
        touchstone(&["nightly", "--config", config.to_str().expect("UTF-8"), "--quiet"]);
    assert_eq!(ends_with(&elsewhere, 0), "");
    assert_eq!(case.nights().len(), 5);
    let report = read(&case.nights()[4].join("a.jsonl"));
    assert!(report.closing.is_ok() && report.header.shard.is_none() && report.lines.len() == 6);
    // Reports of old nights are removed, and nothing else of them.
    assert!(!nights[0].join("a.jsonl").exists() && nights[0].join("summary.md").exists());
    assert!(nights[1].join("a.jsonl").exists());
}

#[test]
fn what_is_no_site_is_not_replaced_by_one() {
    let case = Case::new("night_site", TWO, &[("a", SCRIPT)]);
    ends_with(&case.night(&[]), 0);
    fs::remove_dir_all(case.out("site")).expect("it was written");
    fs::write(case.out("site"), "kept").expect("it can be written");
    let said = ends_with(&case.night(&[]), 2);
    assert!(said.contains("site` is not a folder") && said.contains("move it away"), "{said}");
    assert_eq!(fs::read_to_string(case.out("site")).expect("it stayed"), "kept");
    fs::remove_file(case.out("site")).expect("it is a file");
    ends_with(&case.night(&[]), 0);
    assert!(case.out("site/index.html").is_file());
}

#[test]
fn embedded_scripts_and_checkouts_are_one_run() {
    let config = "suites = [\"sign-extension-ops\"]\nshards = 3\n[engines]\na = \"touchstone\"\n\
                  [[checkouts]]\npath = \"scripts\"\n";
    let case = Case::new("night_both", config, &[("a", SCRIPT)]);
    ends_with(&case.night(&[]), 0);
    let night = case.nights().remove(0);
    let report = read(&night.join("a.jsonl"));
    let has = |suite: &str| report.lines.iter().any(|line| line.suite == suite);
    assert!(has("sign-extension-ops") && has("scripts"));
    let scope = report.header.selection.expect("it is known");
    assert!(scope.beside && scope.paths == ["scripts"] && scope.suites == ["sign-extension-ops"]);
    // The same as a run of each.
    let listed =
        text(&touchstone(&["list", "--suite", "sign-extension-ops"]).stdout).lines().count();
    assert_eq!(report.lines.len(), listed + 3);
    let left: Vec<String> = fs::read_dir(&night)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains("-of-") || name.ends_with(".part"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_killed_night_goes_on_and_loses_nothing() {
    let scripts =
        [("a", &slow(1)[..]), ("b", &slow(2)), ("c", &slow(400_000_000)), ("d", &slow(3))];
    let case =
        Case::new("night_killed", &TWO.replace("shards = 2", "shards = 4\njobs = 1"), &scripts);
    // Killed while the first engine is judged: with what is cheapest done, and the slow script begun.
    let mut child = case.begin(&[]);
    let shards = |engine: &str| -> Vec<PathBuf> {
        (1..=4).map(|n| case.out(&format!("now/{engine}.{n}-of-4.jsonl"))).collect()
    };
    let begun = Instant::now();
    let done = loop {
        let done: Vec<PathBuf> = shards("a").into_iter().filter(|path| path.exists()).collect();
        if !done.is_empty() || case.out("now/a.jsonl").exists() {
            break done;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing comes");
        std::thread::sleep(Duration::from_millis(2));
    };
    child.kill().expect("it runs");
    child.wait().expect("it is ended");
    let kept: Vec<_> =
        done.iter().map(|path| (path, fs::read(path).expect("it is there"))).collect();
    assert!(!case.out("now/a.jsonl").exists(), "the test came too late");
    // Killed again while the second one is judged.
    let mut child = case.begin(&[]);
    await_file(&case.out("now/a.jsonl"));
    child.kill().expect("it runs");
    child.wait().expect("it is ended");
    let first = fs::read(case.out("now/a.jsonl")).expect("it is there");
    for (path, bytes) in &kept {
        // The time that a clock gave is in the merged report, so the shard was not run again.
        let shard = json::read(&bytes[..]).expect("a report");
        let merged = json::read(&first[..]).expect("a report");
        for line in &shard.lines {
            assert!(merged.lines.contains(line), "{} was run again", path.display());
        }
    }
    // What a process was writing is worth nothing; neither is a report of other tests.
    fs::write(case.out("now/b.jsonl.part"), "half a line").expect("writable");
    let said = ends_with(&case.night(&[]), 0);
    assert!(said.contains("going on with the night of "), "{said}");
    assert!(said.contains("a (touchstone ") && said.contains(" was judged already\n"), "{said}");
    assert!(said.contains("b (touchstone ") && said.contains(" is judged\n"), "{said}");
    let nights = case.nights();
    assert_eq!(nights.len(), 1);
    assert_eq!(fs::read(nights[0].join("a.jsonl")).expect("it is there"), first);
    let (a, b) = (read(&nights[0].join("a.jsonl")), read(&nights[0].join("b.jsonl")));
    assert!(b.closing.is_ok() && a.lines.len() == 12 && b.lines.len() == 12);
    assert!(!nights[0].join("b.jsonl.part").exists());
}

#[test]
fn what_is_told_to_stop_goes_on_later_and_changed_scripts_are_run_again() {
    let case = Case::new("night_stopped", &TWO.replace("shards = 2", ""), &[("a", SCRIPT)]);
    case.write("scripts/slow.wast", &slow(2_000_000_000));
    let child = case.begin(&[]);
    await_file(&case.out("now/a.jsonl.part"));
    let told = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
    assert!(told.is_ok_and(|status| status.success()));
    let said = ends_with(&child.wait_with_output().expect("it ends"), 130);
    assert!(said.contains("stopped; the same command goes on with this night"), "{said}");
    assert!(!case.out("now/a.jsonl").exists() && !case.out("now/a.jsonl.part").exists());
    assert!(case.nights().is_empty());
    case.write("scripts/slow.wast", &slow(10));
    // A report of the same number of tests with another content does not count.
    let folder = case.0.join("elsewhere");
    fs::create_dir(&folder).expect("the folder can be written");
    ends_with(&case.night(&["--out", "elsewhere"]), 0);
    let night = fs::read_dir(folder.join("nights"))
        .expect("nights")
        .next()
        .expect("one")
        .expect("an entry");
    fs::copy(night.path().join("a.jsonl"), case.out("now/a.jsonl")).expect("it can be copied");
    fs::copy(night.path().join("b.jsonl"), case.out("now/b.jsonl")).expect("it can be copied");
    case.write("scripts/slow.wast", &slow(11));
    let said = ends_with(&case.night(&[]), 0);
    assert!(!said.contains("already") && said.matches(" is judged\n").count() == 2, "{said}");
}

#[test]
fn two_at_once_do_not_get_in_each_others_way() {
    let case = Case::new("night_twice", TWO, &[("slow", &slow(800_000_000))]);
    let first = case.begin(&[]);
    await_file(&case.out("now/night.json"));
    let said = ends_with(&case.night(&[]), 2);
    assert!(said.starts_with("error: another nightly is at work in `nightly` (process "), "{said}");
    assert!(said.contains(&format!("process {}, since ", first.id())), "{said}");
    let patient = case.begin(&["--wait"]);
    ends_with(&first.wait_with_output().expect("it ends"), 0);
    let said = ends_with(&patient.wait_with_output().expect("it ends"), 0);
    assert!(
        !said.contains("going on with") && said.contains("nothing that passed is lost"),
        "{said}"
    );
    assert_eq!(case.nights().len(), 2);
}

#[test]
fn engines_that_cannot_be_had_are_told_and_the_others_are_judged() {
    let config = "embedded = false\ninstalled = [\"good\", \"bad\"]\ninstaller = \"sh install\"\n\
                  [engines]\ngone = \"cmd:./no-such-program\"\n[[checkouts]]\npath = \"scripts\"\n";
    let case = Case::new("night_installed", config, &[("a", SCRIPT)]);
    let own = env!("CARGO_BIN_EXE_touchstone");
    case.write(
        "install",
        &format!(
            "[ \"$1\" = --flags ] || exit 9\ncase $2 in\n\
             good) echo \"--engine 'cmd:{own} serve' \" ;;\n\
             bad) echo 'bad is LEFT OUT: it is not to be had' >&2; echo ;;\nesac\n"
        ),
    );
    let said = ends_with(&case.night(&[]), 2);
    assert!(said.contains("bad is NOT JUDGED: ") && said.contains("it is not to be had"), "{said}");
    assert!(said.contains("gone is NOT JUDGED: ") && said.contains("no-such-program"), "{said}");
    assert!(
        said.contains("good: touchstone ") && said.contains("; 2 engines were not judged\n"),
        "{said}"
    );
    let summary = fs::read_to_string(case.nights()[0].join("summary.md")).expect("it was written");
    assert!(summary.contains("| bad | **not judged**: "), "{summary}");
}

#[test]
fn shards_that_were_run_elsewhere_make_a_night() {
    let case = Case::new("night_runs", TWO, &[("a", SCRIPT), ("b", SCRIPT), ("c", SCRIPT)]);
    let shard = |shard: &str, more: &[&str]| {
        let arguments = [&["--shard", shard, "--parts", "parts"][..], more].concat();
        ends_with(&case.night(&arguments), 0)
    };
    shard("1/2", &[]);
    shard("2/2", &["--only", "a"]);
    // One engine lacks a shard; the other one is judged.
    let said = ends_with(&case.night(&["--runs", "parts"]), 2);
    assert!(said.contains("b is NOT JUDGED: this shard is lacking: 2/2"), "{said}");
    let night = case.nights().remove(0);
    let a = read(&night.join("a.jsonl"));
    assert!(a.lines.len() == 9 && a.header.shard.is_none() && !night.join("b.jsonl").exists());
    shard("2/2", &["--only", "b"]);
    ends_with(&case.night(&["--runs", "parts"]), 0);
    // The report of a whole run is taken as it is.
    fs::create_dir(case.0.join("runs")).expect("the folder can be written");
    for name in ["a.jsonl", "b.jsonl"] {
        fs::copy(case.nights()[1].join(name), case.0.join("runs").join(name)).expect("it is there");
    }
    ends_with(&case.night(&["--runs", "runs"]), 0);
    assert_eq!(read(&case.nights()[2].join("a.jsonl")).lines.len(), 9);
    for (from, why) in [
        ("parts/a.1-of-2.jsonl", "this is shard 1/2 alone"),
        ("nightly.toml", "this is not a report of touchstone"),
    ] {
        fs::copy(case.0.join(from), case.0.join("runs/b.jsonl")).expect("it is there");
        let said = ends_with(&case.night(&["--runs", "runs"]), 2);
        assert!(said.contains("b is NOT JUDGED: `") && said.contains(why), "{said}");
    }
    let said = ends_with(&case.night(&["--shard", "1/2", "--parts", "parts", "--only", "c"]), 2);
    assert!(said.contains("there is no engine `c`"), "{said}");
    let said = ends_with(&case.night(&["--runs", "gone"]), 2);
    assert!(said.contains("gone`: No such file"), "{said}");
}

/// A report that was put into the folder by mistake does not become a night, and does not come into the history.
#[test]
fn a_report_of_another_engine_or_of_other_scripts_is_refused() {
    let config =
        "embedded = false\n[engines]\na = \"touchstone\"\n[[checkouts]]\npath = \"scripts\"\n";
    let case = Case::new("night_foreign", config, &[("a", SCRIPT)]);
    ends_with(&case.night(&[]), 0);
    let runs = case.0.join("runs");
    fs::create_dir(&runs).expect("the folder can be written");
    let own = fs::read_to_string(case.nights()[0].join("a.jsonl")).expect("it was written");
    let history = || fs::read(case.out("history.sqlite")).expect("it was written");
    let before = history();
    let engine = own.replacen("\"name\":\"touchstone\"", "\"name\":\"other\"", 1);
    let scripts = own.replace("a.wast", "z.wast").replace("\"hash\":\"", "\"hash\":\"f");
    let twice = own.replacen(":2:assert_return:f", ":1:module", 1);
    for (report, part) in [
        (
            engine,
            "it is a run of the engine `other`, and in the last night it was one of `touchstone`",
        ),
        (scripts, "none of its 3 tests is among the 3 of the last night"),
        (twice, "two verdicts on `"),
    ] {
        fs::write(runs.join("a.jsonl"), report).expect("the folder can be written");
        let said = ends_with(&case.night(&["--runs", "runs"]), 2);
        assert!(said.contains("a is NOT JUDGED: the report of `a` is none of it: "), "{said}");
        assert!(said.contains(part) && said.contains("no engine was judged"), "{said}");
        assert!(history() == before, "the history changed");
    }
    // The same run again is told, since the history does not have it twice.
    fs::write(runs.join("a.jsonl"), &own).expect("the folder can be written");
    fs::remove_dir_all(case.out("now")).expect("it is there");
    let said = ends_with(&case.night(&["--runs", "runs"]), 0);
    assert!(said.contains("a.jsonl` is in the history already, as run 1"), "{said}");
}

/// However short nights are, the history has each of them.
#[test]
fn no_two_nights_begin_in_one_second() {
    let config =
        "embedded = false\n[engines]\na = \"touchstone\"\n[[checkouts]]\npath = \"scripts\"\n";
    let case = Case::new("night_seconds", config, &[("a", SCRIPT)]);
    (0..3).for_each(|_| drop(ends_with(&case.night(&["--quiet"]), 0)));
    let history = case.out("history.sqlite").to_str().expect("UTF-8").to_owned();
    let list = touchstone(&["history", "--history", &history, "list"]);
    assert!(ends_with(&list, 0).ends_with("\n3 runs\n"));
}

/// What a `site` shows of two engines that call themselves the same, and began in one second.
#[test]
fn engines_that_call_themselves_the_same_are_told_apart_by_their_names_in_the_settings() {
    let case = Case::new("night_same", TWO, &[("a", SCRIPT)]);
    ends_with(&case.night(&["--out", "first"]), 0);
    let first = fs::read_dir(case.0.join("first/nights")).expect("a night was here").next();
    let first = first.expect("one").expect("an entry").path();
    let report = fs::read_to_string(first.join("a.jsonl")).expect("it was written");
    fs::create_dir(case.0.join("runs")).expect("the folder can be written");
    case.write("runs/a.jsonl", &report);
    case.write("runs/b.jsonl", &report);
    let said = ends_with(&case.night(&["--runs", "runs"]), 0);
    assert!(!said.contains("is not on the page"), "{said}");
    let site = |name: &str| fs::read_to_string(case.out("site").join(name)).expect(name);
    let features: serde_json::Value = serde_json::from_str(&site("features.json")).expect("JSON");
    let engines: Vec<&String> = features["browsers"].as_object().expect("a table").keys().collect();
    assert_eq!(engines, ["touchstone (a)", "touchstone (b)"]);
    for (badge, label) in [("a.svg", "touchstone (a)"), ("b.svg", "touchstone (b)")] {
        assert!(site(badge).contains(label), "{badge}");
        assert!(site("report.md").contains(&format!("| {label} ")), "{}", site("report.md"));
    }
    assert!(site("index.html").len() > 1_000);
    // Each has its own past.
    let history = case.out("history.sqlite").to_str().expect("UTF-8").to_owned();
    let list = ends_with(&touchstone(&["history", "--history", &history, "list"]), 0);
    assert!(list.contains(", nightly of a\n") && list.contains(", nightly of b\n"), "{list}");
}

/// Where a night of the engine is not there by its name, the history has its last run.
#[test]
fn what_breaks_in_the_night_of_another_name_is_told_all_the_same() {
    let config = |name: &str| {
        format!(
            "embedded = false\n[engines]\n{name} = \"touchstone\"\n[[checkouts]]\npath = \"scripts\"\n"
        )
    };
    let case = Case::new("night_renamed", &config("old"), &[("a", SCRIPT)]);
    ends_with(&case.night(&[]), 0);
    case.write("nightly.toml", &config("new"));
    case.write("scripts/a.wast", &SCRIPT.replace("\"f\") (i32.const 1)", "\"f\") (i32.const 2)"));
    let said = ends_with(&case.night(&[]), 1);
    assert!(said.contains("1 regression: it passed, and fails now"), "{said}");
    assert!(said.contains("`old` was judged in the last night, and the settings do not"), "{said}");
    assert!(said.contains("there is no earlier night of `new`; it is compared with "), "{said}");
    let summary = fs::read_to_string(case.nights()[1].join("summary.md")).expect("it was written");
    assert!(summary.contains("old\\` was judged in the last night"), "{summary}");
    // It is told once, and what failed is known.
    let said = ends_with(&case.night(&[]), 0);
    assert!(!said.contains("`old`") && !said.contains("in the history"), "{said}");

    // The reports are gone, and the history is there.
    case.write("scripts/a.wast", SCRIPT);
    ends_with(&case.night(&[]), 0);
    for night in case.nights() {
        fs::remove_dir_all(night).expect("it is there");
    }
    case.write("scripts/a.wast", &SCRIPT.replace("\"f\") (i32.const 1)", "\"f\") (i32.const 3)"));
    let said = ends_with(&case.night(&[]), 1);
    assert!(said.contains("1 regression: it passed, and fails now"), "{said}");
    assert!(said.contains("the last run of touchstone in the history, run 4 of"), "{said}");

    // Another engine that calls itself the same has no part in it.
    case.write(
        "nightly.toml",
        &config("new").replace("[engines]", "[engines]\nmore = \"touchstone\""),
    );
    let said = ends_with(&case.night(&[]), 0);
    let of_more = said.split("\nmore: ").nth(1).expect("it was judged");
    let of_more = of_more.split("\nnew: ").next().expect("it comes first");
    assert!(of_more.contains("there is no earlier night to compare with"), "{said}");
}

/// An engine that calls itself otherwise than last night, or of which the last report is spoilt, is an engine all the
/// same; and the site of others does not depend on it.
#[test]
fn the_trouble_of_one_engine_is_none_of_the_others_and_of_the_site() {
    let own = env!("CARGO_BIN_EXE_touchstone");
    let config = "embedded = false\n[engines]\na = \"cmd:sh {dir}/adapter\"\nb = \"touchstone\"\n\
                  [[checkouts]]\npath = \"scripts\"\n";
    let case = Case::new("night_trouble", config, &[("a", SCRIPT)]);
    let adapter = format!("'{own}' serve | sed -u \"s/\\\"touchstone\\\"/\\\"$(cat name)\\\"/\"\n");
    case.write("adapter", &adapter);
    let page = |engine: &str| {
        let site = case.out("site");
        let report = fs::read_to_string(site.join("report.md")).expect("it was written");
        assert!(report.contains(&format!("| {engine} ")), "{report}");
        for file in ["index.html", "features.json", "summary.md", "a.svg", "b.svg"] {
            assert!(site.join(file).is_file(), "{file} is not there");
        }
    };
    for name in ["one", "two", "one"] {
        case.write("name", name);
        let said = ends_with(&case.night(&[]), 0);
        assert!(said.contains(&format!("a ({name} ")) && !said.contains("--before"), "{said}");
        page(name);
    }
    // The last report is empty; the one before is of the other name.
    let last = |nights: &[PathBuf]| nights[nights.len() - 1].join("a.jsonl");
    for spoilt in ["", "nonsense"] {
        fs::write(last(&case.nights()), spoilt).expect("it can be written");
        let said = ends_with(&case.night(&[]), 0);
        assert!(said.contains("; it is left out"), "{said}");
        assert!(said.contains(": nothing that passed is lost\n"), "{said}");
        page("one");
    }
    // A run that does not fit beside the others on a page is left out, and told.
    let night = last(&case.nights());
    let night = night.parent().expect("a folder");
    fs::create_dir(case.0.join("runs")).expect("the folder can be written");
    let report = |name: &str| fs::read_to_string(night.join(name)).expect("it was written");
    case.write("runs/a.jsonl", &report("a.jsonl"));
    case.write("runs/b.jsonl", &report("b.jsonl").replace("\"hash\":\"", "\"hash\":\"0"));
    let said = ends_with(&case.night(&["--runs", "runs"]), 2);
    assert!(
        said.contains("`b` is not on the page: ") && said.contains("of another corpus"),
        "{said}"
    );
    let site = case.out("site");
    assert!(site.join("a.svg").is_file() && !site.join("b.svg").exists());
    let summary = fs::read_to_string(site.join("summary.md")).expect("it was written");
    assert!(summary.contains("b\\` is not on the page"), "{summary}");
}

/// A night that goes on with another exception list has no report by the one before.
#[test]
fn a_changed_exception_list_is_noticed_by_a_night_that_goes_on() {
    let config = "embedded = false\nignore-lists = [\"list.toml\"]\n[engines]\na = \"touchstone\"\n\
                  [[checkouts]]\npath = \"scripts\"\n";
    let case = Case::new("night_lists", config, &[("a", SCRIPT)]);
    case.write("list.toml", "");
    // What a night leaves that is killed when its only engine is judged.
    ends_with(&case.night(&[]), 0);
    let resume = || {
        let last = case.nights().pop().expect("a night was here");
        fs::rename(last, case.out("now")).expect("it can be renamed");
        let said = ends_with(&case.night(&[]), 0);
        assert!(said.contains("going on with the night of "), "{said}");
        said
    };
    assert!(resume().contains(" was judged already\n"));
    let entry = "[[ignore]]\ntest = \"scripts/a.wast:2:*\"\nexpect = \"skip\"\nreason = \"r\"\n\
                 fixme = \"FIXME(#1): f\"\n";
    case.write("list.toml", entry);
    assert!(resume().contains(") is judged\n"));
    let report = read(&case.nights()[0].join("a.jsonl"));
    assert!(report.lines.iter().any(|line| line.outcome == "skip"), "{report:#?}");
    // Where the entry stands is no matter.
    case.write("list.toml", &format!("\n# A comment.\n{entry}"));
    assert!(resume().contains(" was judged already\n"));
}

/// Whoever has just taken the lock has not said yet who it is.
#[test]
fn a_lock_without_a_name_is_told_without_one() {
    let case = Case::new("night_lock", TWO, &[("a", SCRIPT)]);
    fs::create_dir(case.out("")).expect("the folder can be written");
    let lock = fs::File::create(case.out("lock")).expect("it can be made");
    lock.lock().expect("nobody else has it");
    let said = ends_with(&case.night(&[]), 2);
    assert!(said.starts_with("error: another nightly is at work in `nightly`; nothing "), "{said}");
}

#[test]
fn a_wrong_file_is_refused() {
    let case = Case::new("night_wrong", "", &[]);
    for (config, part) in [
        ("", "`nightly.toml`: there is no engine"),
        ("[engines]\na = \"touchstone\"\nb = 1", "`nightly.toml`: line 3: "),
        ("\n[engine]\na = \"touchstone\"", "`nightly.toml`: line 2: unknown field `engine`"),
        (
            "shards = 100000\n[engines]\na = \"touchstone\"",
            "`shards` is 100000, and a run has at most",
        ),
        ("[engines]\na = \"mine\"", "the engine `a`: there is no engine `mine`"),
        ("timeout = 1\nmemory-limit = \"1MB\"\n[engines]\na = \"touchstone\"", "a size ends with"),
        ("suites = [\"lates\"]\n[engines]\na = \"touchstone\"", "did you mean `latest`?"),
        ("[engines]\na = \"touchstone\"\n[[checkouts]]\npath = \"gone\"", "`gone` does not exist"),
    ] {
        case.write("nightly.toml", config);
        let output = case.night(&[]);
        let said = ends_with(&output, 2);
        assert!(
            said.contains(part) && text(&output.stderr).lines().count() == 1,
            "{config}: {said}"
        );
    }
    let output = case.night(&["--config", "gone.toml"]);
    assert!(ends_with(&output, 2).contains("`gone.toml`: "));
}
