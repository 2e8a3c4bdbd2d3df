//! Tests that the order in which runs are added makes no difference, nor do runs that came and went.

use super::year::{Event, Scale, World, date};
use super::{real, told};
use std::collections::BTreeSet;
use touchstone::history::{Adding, History, Prune, Which};
use touchstone::report::json::Report;

const NIGHTS: usize = 14;

/// The reports of some nights, with one that is cut short, and one that selected less.
fn nights() -> Vec<Report> {
    let base = real(
        "order-base",
        &["--suite", "wasm-1.0", "--filter", "/i32.wast", "--filter", "/br_if.wast"],
    );
    let scale = Scale { nights: NIGHTS, version: 3, broken: 2, revision: 5, flaky: 3 };
    let mut world = World::new(&base, 2, scale);
    let mut reports: Vec<Report> = (0..NIGHTS).filter_map(|night| world.night(night)).collect();
    let lines = reports[4].lines.len();
    reports[4].lines.truncate(lines / 3);
    reports[4].closing = Err(touchstone::report::json::Partial::NoClosing(lines / 3));
    reports[7].lines.retain(|line| line.file == "i32.wast");
    let selection = reports[7].header.selection.as_mut().expect("it was written");
    selection.filters = vec!["/i32.wast".into()];
    reports
}

/// All that a history says of its nights.
fn story(history: &History) -> (BTreeSet<Event>, Vec<u64>, String) {
    let mut events = BTreeSet::new();
    let fresh = (0..NIGHTS).map(|night| told(history, &date(night), &mut events)).collect();
    let mut timelines = String::new();
    for event in &events {
        let found = history.timelines(&event.id, &Which::default());
        for mut timeline in found.expect("it is known") {
            // Runs are numbered as they were added.
            let last = timeline.first.iter_mut().chain(timeline.last.iter_mut());
            last.for_each(|run| run.run = 0);
            for step in &mut timeline.steps {
                step.at.run = 0;
                step.before.iter_mut().for_each(|run| run.run = 0);
            }
            if let Some(failing) = &mut timeline.failing {
                failing.first_bad.run = 0;
                failing.last_good.iter_mut().for_each(|run| run.run = 0);
            }
            timelines += &format!("{timeline:?}\n");
        }
    }
    (events, fresh, timelines)
}

fn add(history: &mut History, report: &Report) {
    let added = history.add(report, &Adding::default()).expect("it can be added");
    assert!(!added.was_there);
}

#[test]
fn runs_may_be_added_in_any_order_and_taken_out() {
    let reports = nights();
    let mut in_order = History::in_memory().expect("it can be made");
    reports.iter().for_each(|report| add(&mut in_order, report));
    let wanted = story(&in_order);
    assert!(wanted.0.len() > 10, "{:?}", wanted.0);
    // Steps that have no common factor with the number of nights make all orders that are used here.
    for step in [3, 5, 9, 11, 13] {
        let mut history = History::in_memory().expect("it can be made");
        for n in 0..NIGHTS {
            add(&mut history, &reports[(n * step + step) % NIGHTS]);
        }
        assert_eq!(history.check().expect("it is whole"), NIGHTS, "in steps of {step}");
        let found = story(&history);
        assert_eq!(found, wanted, "in steps of {step}");
        // Each run is taken out, and put in again.
        for run in history.runs(&Which::default()).expect("it can be read") {
            history.prune(&Prune::Run(run.id), true).expect("it can be taken out");
            assert_eq!(history.check().expect("it is whole"), NIGHTS - 1);
            let night = (0..NIGHTS).find(|night| date(*night) == run.night).expect("a night");
            add(&mut history, &reports[night]);
        }
        assert_eq!(story(&history), wanted, "in steps of {step}, put in again");
    }
}

/// The same run twice is one run; what a run says is what its report said.
#[test]
fn a_run_is_there_once_and_can_be_read_again() {
    let reports = nights();
    let mut history = History::in_memory().expect("it can be made");
    reports.iter().for_each(|report| add(&mut history, report));
    let before = story(&history);
    for (n, report) in reports.iter().enumerate() {
        let again = history.add(report, &Adding::default()).expect("it is there");
        assert!(again.was_there && again.run.tests == report.lines.len() as u64);
        let kept = history.report(again.run.id).expect("it can be read");
        assert_eq!(kept.header, report.header);
        assert_eq!(kept.closing.is_ok(), report.closing.is_ok());
        let words = |report: &Report| {
            let word = |line: &touchstone::report::json::Line| {
                let fingerprint = line.fingerprint();
                (
                    line.id.clone(),
                    line.hash.clone(),
                    line.outcome.clone(),
                    fingerprint,
                    line.feature.clone(),
                )
            };
            report.lines.iter().map(word).collect::<BTreeSet<_>>()
        };
        assert_eq!(words(&kept), words(report), "night {n}");
    }
    assert_eq!(story(&history), before);
    // Of fewer nights the history tells the same.
    let pruned = history.prune(&Prune::Before(date(6)), true).expect("it can be pruned");
    assert_eq!(pruned.runs, 6);
    assert_eq!(history.check().expect("it is whole"), NIGHTS - 6);
    let mut events = BTreeSet::new();
    for night in 6..NIGHTS {
        told(&history, &date(night), &mut events);
    }
    let later = before.0.into_iter().filter(|event| event.night > date(6)).collect::<Vec<_>>();
    let is_later = |event: &Event| (event.night.clone(), event.id.clone(), event.kind, event.mover);
    // What was flaky before is forgotten.
    assert_eq!(
        events.iter().map(is_later).collect::<Vec<_>>(),
        later.iter().map(is_later).collect::<Vec<_>>()
    );
}

/// A verdict is kept as it was when it was first seen, and a report made of it has the names that its own run has, of
/// what tests wait for, too.
#[test]
fn what_blocks_a_test_has_the_name_that_the_run_gives_it() {
    let mut report = real("blocked-base", &["--suite", "wasm-1.0", "--filter", "/nop.wast"]);
    let first = report.lines[0].id.clone();
    let waiting = report.lines.last().expect("it has tests").id.clone();
    for line in &mut report.lines {
        if line.id == first {
            line.outcome = "fail".into();
            line.actual = Some("unreachable".into());
            line.fingerprint = line.fingerprint();
        } else if line.id == waiting {
            line.outcome = "blocked".into();
            line.blocked_by = Some(first.clone());
        }
    }
    let called = |night: usize, file: &str| {
        let mut report = report.clone();
        report.header.started = format!("{}T02:00:00Z", date(night));
        for line in &mut report.lines {
            line.file = line.file.replace("nop.wast", file);
            line.id = line.id.replace("nop.wast", file);
            line.blocked_by = line.blocked_by.as_ref().map(|by| by.replace("nop.wast", file));
        }
        report
    };
    let reports: Vec<Report> = ["nop.wast", "nop.wast", "zop.wast", "nap.wast"]
        .into_iter()
        .zip(0..)
        .map(|(f, n)| called(n, f))
        .collect();
    // In order, and so that the first run that is added is of the last names.
    for order in [[0, 1, 2, 3], [3, 1, 0, 2]] {
        let mut history = History::in_memory().expect("it can be made");
        for at in order {
            let added = history.add(&reports[at], &Adding::default()).expect("it can be added");
            assert!(!added.was_there);
        }
        for run in history.runs(&Which::default()).expect("it can be read") {
            let again = history.report(run.id).expect("it can be read");
            let wanted = reports.iter().find(|report| report.header.started == run.started);
            let blocked = |report: &Report| {
                let line = report.lines.iter().find(|line| line.outcome == "blocked");
                line.and_then(|line| line.blocked_by.clone()).expect("one is blocked")
            };
            assert_eq!(blocked(&again), blocked(wanted.expect("it was added")), "{}", run.night);
        }
    }
}
