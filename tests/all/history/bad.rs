//! Tests of runs that cannot be added, and of histories that cannot be used.

use super::{WAIT, fresh, real};
use rusqlite::Connection;
use std::fs;
use std::path::Path;
use std::time::Duration;
use touchstone::history::{Adding, History, Trouble, Unfit};
use touchstone::report::json::{Partial, Report};

fn base(name: &str) -> Report {
    real(name, &["--suite", "wasm-1.0", "--filter", "/i32.wast"])
}

/// Adds a run that cannot be, and checks that nothing is lost.
fn refused(path: &Path, report: &Report) -> Unfit {
    let before = fs::read(path).expect("it is there");
    let mut history = History::open(path, WAIT).expect("it can be opened");
    let error = history.add(report, &Adding::default()).expect_err("it cannot be added");
    let Trouble::Unfit(unfit) = error.what else { panic!("{error}") };
    drop(history);
    assert!(fs::read(path).expect("it is there") == before, "the file changed");
    unfit
}

#[test]
fn runs_that_are_none_are_refused() {
    let (path, good) = (fresh("bad-runs"), base("bad-runs-base"));
    let mut history = History::open_or_make(&path, WAIT).expect("it can be made");
    history.add(&good, &Adding::default()).expect("it can be added");
    drop(history);
    let with = |edit: &dyn Fn(&mut Report)| {
        let mut report = good.clone();
        report.header.started = "2030-01-01T00:00:00Z".into();
        edit(&mut report);
        report
    };
    let none = with(&|report| report.lines.clear());
    assert_eq!(refused(&path, &none), Unfit::Empty);
    let count = with(&|report| report.closing = Err(Partial::Count { claimed: 7, found: 6 }));
    assert!(matches!(refused(&path, &count), Unfit::Damaged(_)));
    let twice = with(&|report| report.lines.extend_from_within(5..6));
    assert_eq!(refused(&path, &twice), Unfit::Twice(good.lines[5].id.clone()));
    let newer = with(&|report| report.lines[3].outcome = "enlightened".into());
    assert_eq!(refused(&path, &newer), Unfit::Outcome("enlightened".into()));
    let time = with(&|report| report.header.started = "yesterday".into());
    assert_eq!(refused(&path, &time), Unfit::Started("yesterday".into()));
    let mut other = good.clone();
    other.lines[3].outcome = "crash".into();
    assert!(matches!(refused(&path, &other), Unfit::SameTime { .. }));
    // Scripts on disk, and other tests under the same name.
    let disk = with(&|report| {
        report.header.selection.as_mut().expect("it was written").paths = vec!["x.wast".into()];
    });
    assert!(matches!(refused(&path, &disk), Unfit::OtherCorpus { .. }));
    let foreign = with(&|report| {
        for line in &mut report.lines {
            line.id = line.id.replace("i32.wast", "my-i32.wast");
            line.file = line.file.replace("i32.wast", "my-i32.wast");
            line.hash =
                if line.hash.is_empty() { String::new() } else { format!("my{}", line.hash) };
        }
    });
    assert!(matches!(refused(&path, &foreign), Unfit::NothingInCommon { .. }));
    let mut history = History::open(&path, WAIT).expect("it can be opened");
    let named = Adding { corpus: Some("mine".into()), ..Adding::default() };
    history.add(&foreign, &named).expect("it can be added under a name");
}

#[test]
fn a_partial_run_gives_way_to_the_whole_one() {
    let (path, whole) = (fresh("resumed"), base("resumed-base"));
    let mut history = History::open_or_make(&path, WAIT).expect("it can be made");
    let mut partial = whole.clone();
    partial.lines.truncate(whole.lines.len() / 2);
    partial.closing = Err(Partial::CutOff(9));
    let first = history.add(&partial, &Adding::default()).expect("it can be added").run;
    assert!(first.partial.is_some());
    let added = history.add(&whole, &Adding::default()).expect("it can be added");
    assert_eq!((added.replaced, added.run.partial), (Some(first.id), None));
    assert_eq!(history.check().expect("it is whole"), 1);
}

fn open(path: &Path) -> Trouble {
    let before = fs::read(path).ok();
    let (opened, made) = (History::open(path, WAIT), History::open_or_make(path, WAIT));
    assert!(opened.is_err() && made.is_err());
    assert_eq!(fs::read(path).ok(), before, "a file that is no history is not touched");
    made.expect_err("it was looked at").what
}

#[test]
fn files_that_are_no_history_are_refused() {
    let path = fresh("no-history");
    let error = History::open(&path, WAIT).expect_err("it is missing");
    assert!(matches!(error.what, Trouble::Missing), "{error}");
    fs::write(&path, "{\"schema\":\"touchstone/1\"}\n".repeat(99)).expect("it can be written");
    assert!(matches!(open(&path), Trouble::NotSqlite));
    let other = path.with_file_name("other.sqlite");
    let connection = Connection::open(&other).expect("it can be made");
    connection.execute_batch("CREATE TABLE bookmarks (x)").expect("it can be written");
    drop(connection);
    assert!(matches!(open(&other), Trouble::Foreign));
    let newer = path.with_file_name("newer.sqlite");
    History::open_or_make(&newer, WAIT).expect("it can be made");
    let connection = Connection::open(&newer).expect("it can be opened");
    connection.pragma_update(None, "user_version", 99).expect("it can be written");
    drop(connection);
    assert!(matches!(open(&newer), Trouble::Newer { found: 99, known: 3 }));
}

#[test]
fn damage_is_told_and_nothing_panics() {
    let (path, report) = (fresh("damaged"), base("damaged-base"));
    let mut history = History::open_or_make(&path, WAIT).expect("it can be made");
    history.add(&report, &Adding::default()).expect("it can be added");
    let mut later = report.clone();
    later.header.started = "2030-01-01T00:00:00Z".into();
    later.lines[7].outcome = "crash".into();
    history.add(&later, &Adding::default()).expect("it can be added");
    drop(history);
    // Without what is left of pages that were filled otherwise before.
    let connection = Connection::open(&path).expect("it can be opened");
    connection.execute_batch("VACUUM").expect("nobody else has it");
    drop(connection);
    let whole = fs::read(&path).expect("it is there");
    let (mut tried, mut untold) = (0, Vec::new());
    let cuts = (1..20).map(|n| (whole.len() * n / 20, 0));
    // Where there is something, and no room that is free.
    let is_full = |at: &usize| {
        let free = unallocated(&whole, *at);
        let beside = *at + 64 <= free.start || *at >= free.end;
        beside && whole[*at..*at + 64].iter().filter(|byte| **byte != 0).count() > 48
    };
    let full: Vec<usize> = (0..whole.len() - 64).step_by(97).filter(is_full).collect();
    let spoilt = full.iter().step_by(full.len() / 60).map(|at| (*at, at % 251 + 1));
    for (at, with) in cuts.chain(spoilt) {
        let mut bytes = whole.clone();
        match with {
            0 => bytes.truncate(at),
            with => (at..(at + 64).min(whole.len())).for_each(|at| bytes[at] ^= with as u8),
        }
        fs::write(&path, &bytes).expect("it can be written");
        tried += 1;
        let Err(error) = History::open(&path, WAIT).and_then(|mut history| {
            history.night(None, 30)?;
            history.timelines(&report.lines[7].id, &Default::default())?;
            history.add(&later, &Adding::default())?;
            history.check()
        }) else {
            untold.push(at);
            continue;
        };
        let said = error.to_string();
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    assert!(
        tried > 75 && untold.len() * 20 < tried,
        "of {tried} untold {untold:?} in {}",
        path.display()
    );
}

/// The part of the page at this place that holds nothing, between its list of cells and the cells, as SQLite's
/// documentation of its file format describes pages of trees. What stood there once may be there still.
fn unallocated(file: &[u8], at: usize) -> std::ops::Range<usize> {
    let size = usize::from(u16::from_be_bytes([file[16], file[17]]));
    let page = at / size * size;
    let header = if page == 0 { 100 } else { page };
    let number = |at: usize| usize::from(u16::from_be_bytes([file[at], file[at + 1]]));
    let of_header = match file[header] {
        2 | 5 => 12,
        10 | 13 => 8,
        // Not a page of a tree.
        _ => return page..page,
    };
    header + of_header + 2 * number(header + 3)..page + number(header + 5)
}

/// Two that add at once wait for each other; who waits for too long is told.
#[test]
fn one_changes_a_history_at_a_time() {
    let (path, report) = (fresh("locked"), base("locked-base"));
    History::open_or_make(&path, WAIT).expect("it can be made");
    let holder = Connection::open(&path).expect("it can be opened");
    holder.execute_batch("BEGIN IMMEDIATE").expect("nobody else has it");
    let mut history = History::open(&path, Duration::from_millis(50)).expect("it can be opened");
    let error = history.add(&report, &Adding::default()).expect_err("it is locked");
    assert!(matches!(error.what, Trouble::Locked(_)), "{error}");
    assert!(error.to_string().contains("another process"), "{error}");
    holder.execute_batch("ROLLBACK").expect("it began");
    drop(holder);
    let threads: Vec<_> = (0..4)
        .map(|thread| {
            let (path, report) = (path.clone(), report.clone());
            std::thread::spawn(move || {
                let mut history = History::open_or_make(&path, WAIT).expect("it can be opened");
                for minute in 0..6 {
                    let mut report = report.clone();
                    report.header.engine.name = format!("engine-{}", thread % 2);
                    report.header.started = format!("2030-01-0{}T00:0{minute}:00Z", thread + 1);
                    report.lines[minute].outcome = "crash".into();
                    history.add(&report, &Adding::default()).expect("it can be added");
                }
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().expect("it did not panic"));
    let history = History::open(&path, WAIT).expect("it can be opened");
    assert_eq!(history.check().expect("it is whole"), 24);
}
