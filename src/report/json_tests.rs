use super::*;
use crate::engine::Description;
use crate::harness::Harness;
use crate::outcome::{FailureClass, Verdict};
use std::time::Duration;
use touchstone_script::{Feature, FeatureSet};

fn written(verdicts: Vec<Verdict>, ended: bool) -> String {
    let mut out = Vec::new();
    let mut reporter = JsonReporter::new(&mut out);
    let engine = Description::new("e", "1", []);
    let suites = vec![("wasm-1.0".into(), "r".into())];
    let selected = verdicts.len();
    let info = RunInfo {
        engine,
        harness: Harness { version: "2".into(), revision: Some("0123456789abcdef".into()) },
        flags: Some("--engine=cmd:e --timeout=5".into()),
        judged_by_runner: true,
        suites,
        dialects: Vec::new(),
        scope: None,
        exception_lists: Some("none".into()),
        part: None,
        selected,
        runs: 1,
        host: "x86_64-linux".into(),
        started: 1_769_860_800,
    };
    reporter.event(&Event::Started(Box::new(info))).unwrap();
    for (line, verdict) in (1..).zip(verdicts) {
        let record = Record {
            id: format!("wasm-1.0/a.wast:{line}:module").into(),
            suite: "wasm-1.0".into(),
            file: "a.wast".into(),
            line,
            column: 1,
            kind: "module",
            proposals: FeatureSet::EMPTY.with(Feature::Gc),
            hash: None,
            verdict,
        };
        reporter.event(&Event::Finished(record)).unwrap();
    }
    if ended {
        reporter.event(&Event::Ended { duration: Duration::from_secs(1) }).unwrap();
    }
    String::from_utf8(out).unwrap()
}

fn some_verdicts() -> Vec<Verdict> {
    vec![
        Verdict::pass(),
        Verdict::fail(FailureClass::Trap, "m").comparing("e", "a"),
        Verdict::of(Outcome::Blocked { by: "b".into() }),
        Verdict::of(Outcome::Unsupported { feature: "gc".into() }),
        Verdict::of(Outcome::Skip { reason: "r".into() }),
    ]
}

#[test]
fn what_is_written_is_read_back() {
    let report = read(written(some_verdicts(), true).as_bytes()).unwrap();
    assert_eq!(report.header.started, "2026-01-31T12:00:00Z");
    let words: Vec<&str> = report.lines.iter().map(|line| line.outcome.as_str()).collect();
    assert_eq!(words, ["pass", "fail", "blocked", "unsupported", "skip"]);
    assert_eq!(report.lines[1].class.as_deref(), Some("trap"));
    assert_eq!(report.lines[2].blocked_by.as_deref(), Some("b"));
    assert_eq!(report.lines[3].feature.as_deref(), Some("gc"));
    assert_eq!(report.lines[4].message.as_deref(), Some("r"));
    let closing = report.closing.unwrap();
    assert_eq!((closing.totals.pass, closing.totals.total()), (1, 5));
    assert_eq!(closing.proposals["gc"].unsupported, 1);
}

#[test]
fn every_cut_is_noticed() {
    let whole = written(some_verdicts(), true);
    let header_end = whole.find('\n').unwrap();
    for cut in header_end..whole.len() - 1 {
        let report = read(&whole.as_bytes()[..cut]).unwrap();
        let complete = report.closing.is_ok();
        // A report that lacks only its last line break has lost nothing.
        assert_eq!(complete, cut == whole.len() - 1, "cut at {cut}");
    }
    assert!(read(&whole.as_bytes()[..header_end / 2]).is_err());
    let partial = read(written(some_verdicts(), false).as_bytes()).unwrap();
    assert_eq!(partial.closing, Err(Partial::NoClosing(5)));
}

#[test]
fn a_lost_line_is_noticed() {
    let whole = written(some_verdicts(), true);
    let lines: Vec<&str> = whole.lines().collect();
    let without = [&lines[..2], &lines[3..]].concat().join("\n");
    let report = read(without.as_bytes()).unwrap();
    assert_eq!(report.closing, Err(Partial::Count { claimed: 5, found: 4 }));
}

#[test]
fn other_files_are_refused() {
    for text in ["", "\n", "{}", "[1]", "not json", r#"{"schema":"touchstone/0"}"#] {
        assert!(matches!(read(text.as_bytes()), Err(ReadError::NoHeader(_))), "{text}");
    }
    let whole = written(vec![], true);
    assert!(matches!(
        read(whole.replace("touchstone/1", "touchstone/9").as_bytes()),
        Err(ReadError::Schema(_))
    ));
    let garbage = written(some_verdicts(), true).replacen("{\"id\"", "{\"di\"", 1);
    assert!(matches!(read(garbage.as_bytes()), Err(ReadError::Line(2, _))));
}

#[test]
fn dates() {
    assert_eq!(rfc3339(0), "1970-01-01T00:00:00Z");
    assert_eq!(rfc3339(951_782_399), "2000-02-28T23:59:59Z");
    assert_eq!(rfc3339(951_782_400), "2000-02-29T00:00:00Z");
    assert_eq!(rfc3339(1_735_689_599), "2024-12-31T23:59:59Z");
}
