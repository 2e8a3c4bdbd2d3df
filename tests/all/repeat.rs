//! Tests that repetitions of a run find the tests which do not always have the same verdict.

use crate::audit::fake::FakeEngine;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use touchstone::change::{Change, Changes};
use touchstone::drive::{self, Conditions};
use touchstone::engine::touchstone::default_engine;
use touchstone::engine::{Description, Engine, Session};
use touchstone::index::{self, Selection};
use touchstone::page::gather::Gatherer;
use touchstone::page::junit::Document;
use touchstone::page::{badge, counts, markdown};
use touchstone::report::Reporter;
use touchstone::report::json::{self, JsonReporter, Report};
use touchstone::report::terminal::{Style, TerminalReporter};
use touchstone::select::Plan;
use touchstone_script::{Feature, FeatureSet};

/// Our engine, but for every third session, which is that of the fake one: it knows fewer exports.
struct Moody {
    ours: Box<dyn Engine>,
    sessions: AtomicUsize,
}

impl Engine for Moody {
    fn describe(&self) -> Description {
        Description::new("moody", "1", Feature::ALL.iter().copied())
    }

    fn has_host(&self, name: &str) -> bool {
        name == "spectest"
    }

    fn session(&self, features: FeatureSet) -> Box<dyn Session> {
        match self.sessions.fetch_add(1, Ordering::Relaxed) % 3 {
            2 => FakeEngine.session(features),
            _ => self.ours.session(features),
        }
    }
}

/// Runs a script so often; gives the report, what people read, and whether all was as it should be.
fn run(name: &str, conditions: &Conditions<'_>) -> (Report, String, bool) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("the target folder can be written");
    let path = folder.join("moody.wast");
    let script = r#"(module (func (export "one") (result i32) (i32.const 1))
          (func (export "two") (result i32) (i32.const 2)))
        (assert_return (invoke "one") (i32.const 1))
        (assert_return (invoke "two") (i32.const 2))"#;
    fs::write(&path, script).expect("the folder can be written");
    let files = index::load(&path, FeatureSet::EMPTY).expect("a script");
    let plan = Plan::of_files(files, &Selection::default());
    let engine = Moody { ours: default_engine(), sessions: AtomicUsize::new(0) };
    let (mut lines, mut words) = (Vec::new(), Vec::new());
    let mut reporters: Vec<Box<dyn Reporter + '_>> = vec![
        Box::new(JsonReporter::new(&mut lines)),
        Box::new(TerminalReporter::new(&mut words, Style::Terse, false)),
    ];
    let totals = drive::run_with(&engine, &plan, 1, &mut reporters, conditions);
    drop(reporters);
    let report = json::read(&lines[..]).expect("a report");
    let words = String::from_utf8(words).expect("UTF-8");
    (report, words, totals.expect("memory can be written to").is_red())
}

#[test]
fn what_passes_only_sometimes_is_found() {
    let (report, words, is_red) = run("moody", &Conditions { again: 5, ..Conditions::default() });
    // The verdicts are those of the first run, in which all passed.
    assert!(report.lines.iter().all(|line| line.outcome == "pass") && report.lines.len() == 4);
    let repeats = report.closing.expect("a whole run").repeats.expect("it was repeated");
    assert_eq!(repeats.runs, 6);
    let flaky: Vec<_> = repeats.flaky.iter().map(|it| (it.id.as_str(), it.in_words())).collect();
    let id = "local/moody.wast:4:assert_return:two";
    assert!(flaky.len() == 1 && flaky[0].0.ends_with(&id[6..]), "{flaky:?}");
    assert_eq!(flaky[0].1, "pass 4 times, error 2 times");
    assert!(
        is_red && words.contains("FAILED: 4 passed in ") && words.contains("; 1 flaky in 6 runs")
    );
    assert!(words.starts_with("flaky local/"), "{words}");
}

#[test]
fn two_runs_are_too_few_to_see_the_third() {
    let (report, words, is_red) =
        run("moody_twice", &Conditions { again: 1, ..Conditions::default() });
    let repeats = report.closing.expect("a whole run").repeats.expect("it was repeated");
    assert!(
        !is_red && repeats.flaky.is_empty() && words.contains("; 0 flaky in 2 runs"),
        "{words}"
    );
}

#[test]
fn the_first_failure_ends_the_repetitions() {
    let conditions = Conditions { again: 50, fail_fast: true, ..Conditions::default() };
    let (report, words, _) = run("moody_fast", &conditions);
    assert!(report.closing.is_err() && report.lines.len() == 4);
    assert!(words.contains("STOPPED at the first failure"), "{words}");
}

/// A run that was red because of its repetitions, or of its baseline, is no green one in what is made of its report.
#[test]
fn later_reports_say_what_made_a_run_red_beside_its_verdicts() {
    let (mut report, ..) = run("repeat-later", &Conditions { again: 5, ..Conditions::default() });
    // Each test passed at first.
    report.lines.iter_mut().for_each(|line| line.outcome = "pass".to_owned());
    let closing = report.closing.as_mut().expect("a whole run");
    let lost = Change {
        id: "s/gone.wast:1:module".to_owned(),
        now: None,
        edited: false,
        old: "pass".to_owned(),
        new: None,
        why: None,
        allowed: false,
    };
    let allowed =
        Change { id: "s/allowed.wast:1:module".to_owned(), allowed: true, ..lost.clone() };
    closing.baseline = Some(Changes { changes: vec![lost, allowed], ..Changes::default() });
    let flaky = &closing.repeats.as_ref().expect("it was repeated").flaky;
    let (id, flaky) = (flaky[0].id.clone(), flaky.len());
    let words = format!("{flaky} flaky in 6 runs; against the baseline 1 vanished, 0 lost");
    let mut gatherer = Gatherer::default();
    gatherer.add("r.jsonl", &report).expect("it fits");
    let table = gatherer.finish();
    let run = table.current().next().expect("one run");
    assert_eq!(run.failures.as_ref(), Some(&words));
    let mut badge = Vec::new();
    let counts = counts::of_run(&table, run);
    badge::write_badge(&mut badge, "moody", &counts, false, run.beside.as_deref()).expect("memory");
    let badge = String::from_utf8(badge).expect("it is UTF-8");
    assert!(badge.contains(&words) && badge.contains("#b42318"), "{badge}");
    let mut page = Vec::new();
    markdown::write_markdown(&mut page, &table).expect("memory can be written");
    let page = String::from_utf8(page).expect("it is UTF-8");
    assert!(page.contains(&words) && page.contains(&format!("`{id}`")), "{page}");
    let mut junit = Document::default();
    junit.add(&report);
    let mut out = Vec::new();
    junit.write(&mut out).expect("memory can be written");
    let junit = String::from_utf8(out).expect("it is UTF-8");
    assert_eq!(junit.matches("<failure ").count(), flaky + 1, "{junit}");
    let diff = touchstone::diff::diff(&report, &report, &[]);
    let mut out = Vec::new();
    touchstone::diff::text::write_changes(&mut out, &diff, 0).expect("memory can be written");
    let text = String::from_utf8(out).expect("it is UTF-8");
    assert!(text.contains(&format!("; {words}\n")), "{text}");
}
