//! Tests of the history of runs, as a library.

mod bad;
mod old;
mod order;
mod year;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use touchstone::history::{Adding, History, LAST, Which};
use touchstone::report::json::{Report, read};
use year::{Event, Scale, World, date, is_absent};

const WAIT: Duration = Duration::from_secs(30);

/// The name of a file that is not there, in a folder for one test alone.
fn fresh(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("history").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the target folder can be written");
    folder.join("history.sqlite")
}

/// A report of our own engine. Tests that run beside each other may ask for the same name.
fn real(name: &str, arguments: &[&str]) -> Report {
    static ASKED: AtomicUsize = AtomicUsize::new(0);
    let name = format!("{name}-{}", ASKED.fetch_add(1, Ordering::Relaxed));
    let path = fresh(&name).with_file_name("run.jsonl");
    let output = Command::new(env!("CARGO_BIN_EXE_touchstone"))
        .args(["run", "--format=terse", "--json"])
        .arg(&path)
        .args(arguments)
        .output()
        .expect("the binary was built for this test");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let file = fs::File::open(path).expect("it was written");
    read(std::io::BufReader::new(file)).expect("it is a report")
}

/// What a history says of a night, in the words of what was planted.
fn told(history: &History, night: &str, events: &mut BTreeSet<Event>) -> u64 {
    let mut fresh = 0;
    let found = history.night(Some(night), LAST).expect("there are runs of that night");
    for run in found.runs {
        let Some(diff) = run.diff else { continue };
        fresh += diff.counts.get(&touchstone::diff::Kind::New).copied().unwrap_or_default();
        for change in diff.changes {
            let event = Event {
                night: night.to_owned(),
                engine: run.run.series.engine.clone(),
                flaky: run.flaky.contains(&change.id),
                id: change.id,
                kind: change.kind,
                mover: change.mover,
            };
            assert!(events.insert(event), "told twice");
        }
    }
    fresh
}

/// Every event that was planted in a year is told in its night, with its kind and who is at fault, and nothing else.
#[test]
fn what_happens_in_a_year_is_told_and_nothing_else() {
    let base = real("year-base", &["--suite", "wasm-1.0"]);
    assert!(base.lines.len() > 10_000, "{} tests", base.lines.len());
    let mut base = base;
    // Some scripts are enough for a year that takes seconds.
    let mut scripts: Vec<String> = base.lines.iter().map(|line| line.file.clone()).collect();
    scripts.sort_unstable();
    scripts.dedup();
    let kept: BTreeSet<String> = scripts.into_iter().step_by(9).collect();
    base.lines.retain(|line| kept.contains(&line.file));
    assert!(base.lines.len() > 1_000, "{} tests", base.lines.len());

    let scale = Scale { nights: 365, version: 30, broken: 4, revision: 45, flaky: 3 };
    let mut worlds: Vec<World> = (0..3).map(|number| World::new(&base, number, scale)).collect();
    let mut history = History::in_memory().expect("it can be made");
    for night in 0..scale.nights {
        for world in &mut worlds {
            if let Some(report) = world.night(night) {
                let added = history.add(&report, &Adding::default()).expect("it can be added");
                assert!(!added.was_there && added.replaced.is_none() && added.later == 0);
            }
        }
    }

    let (mut events, mut planted) = (BTreeSet::new(), BTreeSet::new());
    for night in 0..scale.nights {
        let fresh = told(&history, &date(night), &mut events);
        let planted = worlds.iter().filter_map(|world| world.fresh.get(&date(night))).sum::<u64>();
        assert_eq!(fresh, planted, "new tests in the night {}", date(night));
    }
    planted.extend(worlds.iter().flat_map(|world| world.events.iter().cloned()));
    assert!(planted.len() > 500, "{} events", planted.len());
    let untold: Vec<_> = planted.difference(&events).collect();
    let unplanted: Vec<_> = events.difference(&planted).collect();
    assert!(
        untold.is_empty() && unplanted.is_empty(),
        "untold {untold:#?}\nnot planted {unplanted:#?}"
    );

    // The engine that was not there for a week. Later nights tell nothing of it.
    for night in (0..160).chain(scale.nights - 9..scale.nights) {
        let found = history.night(Some(&date(night)), LAST).expect("there are runs of that night");
        let absent: Vec<_> =
            found.absent.iter().map(|a| (a.series.engine.as_str(), a.nights)).collect();
        let missed: usize = found.runs.iter().map(|run| run.missed).sum();
        match is_absent(1, night) {
            true => assert_eq!(absent, [("engine-1", night - 100)]),
            false => assert!(absent.is_empty(), "{absent:?}"),
        }
        assert_eq!(missed, if night == 108 { 7 } else { 0 });
        let partial = found.runs.iter().filter(|run| run.run.partial.is_some()).count();
        assert_eq!(partial, usize::from(night == 137));
    }

    // Since when what broke fails.
    let mut checked = 0;
    for world in &worlds {
        let which = Which { engine: Some(world.engine.clone()), ..Which::default() };
        for (content, (first_bad, last_good)) in &world.broken {
            let id = world.id(content).expect("it is there");
            let timelines = history.timelines(&id, &which).expect("it is known");
            let [timeline] = &timelines[..] else { panic!("{timelines:?}") };
            let failing = timeline.failing.as_ref().expect("it fails");
            assert_eq!(failing.first_bad.night, *first_bad, "{timeline:#?}");
            let good = failing.last_good.as_ref().expect("it passed");
            assert_eq!(good.night, *last_good, "{timeline:#?}");
            assert_ne!(good.version, failing.first_bad.version);
            checked += 1;
        }
    }
    assert!(checked > 100, "{checked}");
    let flaky = history.flaky(&Which::default()).expect("it can be read");
    assert_eq!(flaky.len(), 9, "{flaky:#?}");
    assert_eq!(history.check().expect("it is whole"), 3 * 365 - 7);
    let size = history.size().expect("it can be read");
    assert!(size < 8 << 20, "{size} bytes");
}
