use super::*;
use serde_json::{Value, json};

/// A report of an engine, of a night of January: of each line its place, its content and its outcome.
fn report(engine: &str, night: &str, lines: &[(&str, &str, &str)]) -> Report {
    let started = format!("2026-01-0{night}T02:00:00Z");
    let header = json!({
        "schema": "touchstone/1", "engine": { "name": engine, "version": "1", "features": [] },
        "suites": [{ "name": "s", "revision": "r" }], "host": "h", "started": started, "selected": lines.len(),
    });
    let line = |(place, hash, outcome): &(&str, &str, &str)| {
        let mut object = json!({
            "id": format!("s/{place}"), "suite": "s", "file": place.split(':').next(), "column": 1, "kind": "invoke",
            "line": place.split(':').nth(1).and_then(|line| line.parse::<u32>().ok()), "proposals": [], "hash": hash,
            "outcome": outcome, "duration_ns": 1,
        });
        if *outcome == "fail" {
            object["message"] = "trap".into();
        }
        object
    };
    let objects: Vec<Value> = std::iter::once(header).chain(lines.iter().map(line)).collect();
    let text: String = objects.iter().map(|object| format!("{object}\n")).collect();
    crate::report::json::read(text.as_bytes()).expect("it is a report")
}

fn names(table: &Table) -> Vec<&str> {
    table.rows.iter().map(|row| row.id.as_str()).collect()
}

fn outcomes(table: &Table, run: usize) -> Vec<Option<&str>> {
    let rows = 0..table.rows.len();
    let outcome = |answer| table.answers.get(answer).outcome.as_str();
    rows.map(|row| table.runs[run].answer(row).map(outcome)).collect()
}

#[test]
fn tests_stand_in_order_whatever_the_order_of_the_runs() {
    let mut gatherer = Gatherer::default();
    let a = report("a", "1", &[("b:2:invoke", "x", "pass"), ("a:10:invoke", "y", "fail")]);
    let b = report("b", "1", &[("a:9:invoke", "z", "pass"), ("a:10:invoke", "y", "pass")]);
    gatherer.add("a", &a).expect("it fits");
    gatherer.add("b", &b).expect("it fits");
    let table = gatherer.finish();
    assert_eq!(names(&table), ["s/a:9:invoke", "s/a:10:invoke", "s/b:2:invoke"]);
    assert_eq!(outcomes(&table, 0), [None, Some("fail"), Some("pass")]);
    assert_eq!(outcomes(&table, 1), [Some("pass"), Some("pass"), None]);
    assert_eq!(table.rows[1].class, Some(crate::compare::Class::OneAlone));
    assert!(table.runs[0].partial.is_some());
}

#[test]
fn a_test_that_moved_has_its_earlier_verdict_and_one_that_vanished_a_row() {
    let now = report("a", "2", &[("a:5:invoke", "x", "fail"), ("a:7:invoke", "new text", "pass")]);
    let before =
        [("a:1:invoke", "x", "pass"), ("a:7:invoke", "text", "fail"), ("b:1:invoke", "y", "pass")];
    let before = report("a", "1", &before);
    let mut gatherer = Gatherer::default();
    let at = gatherer.add("now", &now).expect("it fits");
    gatherer.add_earlier("before", &before, at, &now).expect("it fits");
    let table = gatherer.finish();
    assert_eq!(names(&table), ["s/a:5:invoke", "s/a:7:invoke", "s/b:1:invoke"]);
    assert_eq!(outcomes(&table, 0), [Some("fail"), Some("pass"), None]);
    assert_eq!(outcomes(&table, 1), [Some("pass"), Some("fail"), Some("pass")]);
    assert_eq!(table.runs[1].edited, [1]);
    assert_eq!(table.rows[0].class, None, "an engine's own past is no other engine");
}

#[test]
fn what_does_not_fit_is_refused_and_adds_nothing() {
    let a = report("a", "1", &[("a:1:invoke", "x", "pass")]);
    let mut gatherer = Gatherer::default();
    gatherer.add("first", &a).expect("it fits");
    assert!(matches!(gatherer.add("again", &a), Err(Unfit::Twice(first, _)) if first == "first"));
    assert_eq!(gatherer.add("none", &report("b", "1", &[])), Err(Unfit::Empty));
    let twice = report("b", "1", &[("a:1:invoke", "x", "pass"), ("a:1:invoke", "x", "fail")]);
    assert_eq!(gatherer.add("twice", &twice), Err(Unfit::MixedUp("s/a:1:invoke".into())));
    let other = report("b", "1", &[("a:1:invoke", "another", "pass")]);
    let unfit =
        Unfit::OtherCorpus { with: "first".into(), count: 1, example: "s/a:1:invoke".into() };
    assert_eq!(gatherer.add("other", &other), Err(unfit));
    assert_eq!(gatherer.finish().runs.len(), 1);
}
