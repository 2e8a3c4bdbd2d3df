//! Tests of histories that older versions made.

use super::{WAIT, fresh};
use rusqlite::Connection;
use touchstone::diff::{Kind, Mover};
use touchstone::harness::Harness;
use touchstone::history::{Adding, History, LAST, Which};

/// A history of form 1 gets the present one when it is opened; what is in it stays, and more can be added.
#[test]
fn a_history_of_form_1_is_renewed_with_all_that_is_in_it() {
    let path = fresh("form-1");
    let connection = Connection::open(&path).expect("it can be made");
    connection.execute_batch(include_str!("form-1.sql")).expect("it is as it was");
    drop(connection);

    let mut history = History::open(&path, WAIT).expect("it can be opened");
    let runs = history.runs(&Which::default()).expect("it can be read");
    assert_eq!(runs.len(), 2);
    assert!(runs.iter().all(|run| run.flags.is_none() && run.harness.is_none()));
    assert_eq!(history.check().expect("it is whole"), 2);

    // What an older report does not say is no change.
    let mut report = history.report(runs[1].id).expect("it can be read");
    assert_eq!((&report.header.flags, &report.header.harness), (&None, &None));
    let harness = |version: &str| {
        Some(Harness { version: version.into(), revision: Some("0123456789abcdef".into()) })
    };
    let mut add = |started: &str, outcome: &str, flags: &str, of: &str| {
        report.header.started = started.into();
        (report.header.flags, report.header.harness) = (Some(flags.into()), harness(of));
        let line = report.lines.iter_mut().find(|line| line.id.contains(":one")).expect("a test");
        line.outcome = outcome.into();
        line.fingerprint = Some("other".into()).filter(|_| outcome == "fail");
        let how = Adding { corpus: Some("c".into()), ..Adding::default() };
        let added = history.add(&report, &how).expect("it can be added");
        assert_eq!((&added.run.flags, &added.run.harness), (&Some(flags.into()), &harness(of)));
    };
    add("2026-01-03T02:00:00Z", "fail", "--engine=touchstone", "1");
    add("2026-01-04T02:00:00Z", "pass", "--engine=touchstone --opt-level=speed", "1");
    add("2026-01-05T02:00:00Z", "fail", "--engine=touchstone --opt-level=speed", "2");
    drop(history);

    let history = History::open(&path, WAIT).expect("it can be opened");
    assert_eq!(history.check().expect("it is whole"), 5);
    let of = |night: &str| {
        let night = history.night(Some(night), LAST).expect("there is a run");
        let diff = night.runs[0].diff.clone().expect("it is not the first");
        diff.changes.iter().map(|change| (change.kind, change.mover)).collect::<Vec<_>>()
    };
    assert_eq!(of("2026-01-02"), [(Kind::Regression, Mover::Suite)]);
    assert_eq!(of("2026-01-03"), [(Kind::Regression, Mover::Nothing)]);
    assert_eq!(of("2026-01-04"), [(Kind::Fixed, Mover::Flags)]);
    assert_eq!(of("2026-01-05"), [(Kind::Regression, Mover::Harness)]);
    let again = history.report(5).expect("it can be read");
    assert_eq!(again.header.harness, harness("2"));
}

/// The same of form 2, the runs of which do not say what their exception lists are.
#[test]
fn a_history_of_form_2_is_renewed_and_a_change_of_the_lists_is_a_cause_of_its_own() {
    let path = fresh("form-2");
    let connection = Connection::open(&path).expect("it can be made");
    connection.execute_batch(include_str!("form-2.sql")).expect("it is as it was");
    drop(connection);

    let mut history = History::open(&path, WAIT).expect("it can be opened");
    let runs = history.runs(&Which::default()).expect("it can be read");
    assert!(runs.len() == 2 && runs.iter().all(|run| run.exception_lists.is_none()));
    assert_eq!(history.check().expect("it is whole"), 2);
    let mut report = history.report(runs[0].id).expect("it can be read");
    let mut add = |started: &str, outcome: &str, lists: &str| {
        report.header.started = started.into();
        report.header.exception_lists = Some(lists.into());
        let line = report.lines.iter_mut().find(|line| line.id.contains(":one")).expect("a test");
        line.outcome = outcome.into();
        let how = Adding { corpus: Some("c".into()), ..Adding::default() };
        let added = history.add(&report, &how).expect("it can be added");
        assert_eq!(added.run.exception_lists.as_deref(), Some(lists));
    };
    add("2026-01-03T02:00:00Z", "pass", "none");
    add("2026-01-04T02:00:00Z", "skip", "0123456789abcdef");
    add("2026-01-05T02:00:00Z", "pass", "0123456789abcdef");
    drop(history);

    let history = History::open(&path, WAIT).expect("it can be opened");
    assert_eq!(history.check().expect("it is whole"), 5);
    let of = |night: &str| {
        let night = history.night(Some(night), LAST).expect("there is a run");
        let diff = night.runs[0].diff.clone().expect("it is not the first");
        let changes = diff.changes.iter();
        let changes = changes.filter(|change| change.id.contains(":one"));
        changes.map(|change| (change.kind, change.mover)).collect::<Vec<_>>()
    };
    assert_eq!(of("2026-01-04"), [(Kind::Withheld, Mover::Lists)]);
    let flaky = history.flaky(&Which::default()).expect("it can be read");
    assert!(flaky.iter().all(|test| test.first == "2026-01-05"), "{flaky:#?}");
    assert_eq!(of("2026-01-05"), [(Kind::Gained, Mover::Nothing)]);
    let again = history.report(4).expect("it can be read");
    assert_eq!(again.header.exception_lists.as_deref(), Some("0123456789abcdef"));
}
