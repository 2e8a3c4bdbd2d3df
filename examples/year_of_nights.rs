//! Fills a history with a year of nights, made from one real report, and says what it takes.
//!
//! ```console
//! $ touchstone run --json run.jsonl
//! $ cargo run --release --example year_of_nights -- run.jsonl year.sqlite 12 365
//! ```
//!
//! In each night some tests of each engine change for no reason; each month an engine has a new version, which
//! breaks tests and repairs others, and every six weeks the suite has a new revision.
#![forbid(unsafe_code)]

#[path = "../tests/all/history/year.rs"]
#[allow(dead_code)]
mod year;

use std::error::Error;
use std::fs::{self, File};
use std::io::BufReader;
use std::time::{Duration, Instant};
use touchstone::history::{About, Adding, History, LAST, Which};
use touchstone::report::json::read;
use year::{Scale, World, date};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [report, path, engines, nights] = &arguments[..] else {
        return Err("usage: year_of_nights REPORT HISTORY ENGINES NIGHTS".into());
    };
    let (engines, nights): (usize, usize) = (engines.parse()?, nights.parse()?);
    let (base, reading) =
        timed(|| read(BufReader::new(File::open(report)?)).map_err(Box::<dyn Error>::from));
    let base = base?;
    println!("a report of {} tests, read in {reading:?}", base.lines.len());
    let scale = Scale { nights, version: 30, broken: 150, revision: 45, flaky: 20 };
    let wait = Duration::from_secs(60);
    let mut history = History::open_or_make(path, wait)?;
    let (mut added, mut events) = (Vec::new(), 0);
    let begin = Instant::now();
    for number in 0..engines {
        let mut world = World::new(&base, number, scale);
        for night in 0..nights {
            let Some(report) = world.night(night) else { continue };
            let (done, time) = timed(|| history.add(&report, &Adding::default()));
            done?;
            added.push(time);
        }
        events += world.events.len();
        println!(
            "{} engines, {} runs after {:?}: {} bytes",
            number + 1,
            added.len(),
            begin.elapsed(),
            fs::metadata(path)?.len()
        );
    }
    drop(history);
    println!("{events} changes of verdicts were planted");
    let tests = added.len() * base.lines.len();
    let size = fs::metadata(path)?.len();
    println!("{tests} verdicts in {size} bytes, {:.1} MiB", size as f64 / f64::from(1 << 20));
    added.sort_unstable();
    let (middle, last) = (added[added.len() / 2], added[added.len() - 1]);
    println!("add: median {middle:?}, slowest {last:?}");

    let all = Which::default();
    let one = Which { engine: Some("engine-0".into()), ..Which::default() };
    let open = || History::open(path, wait);
    let test = base.lines[base.lines.len() / 3].id.clone();
    let runs = measure("list", || Ok(open()?.runs(&all)?.len()))?;
    println!("      {runs} runs");
    measure("list --engine", || Ok(open()?.runs(&one)?.len()))?;
    measure("changes, last night", || Ok(open()?.night(None, LAST)?.runs.len()))?;
    let suite = date(nights / scale.revision * scale.revision);
    let name = format!("changes, {suite}: the suite changed");
    measure(&name, || Ok(open()?.night(Some(&suite), LAST)?.runs.len()))?;
    measure("changes, the second night", || Ok(open()?.night(Some(&date(1)), LAST)?.runs.len()))?;
    measure("show", || Ok(open()?.timelines(&test, &all)?.len()))?;
    measure("flaky", || Ok(open()?.flaky(&all)?.len()))?;
    measure("counts", || Ok(open()?.counts(&all, About::All)?.len()))?;
    measure("counts --proposal", || Ok(open()?.counts(&all, About::Proposal("gc"))?.len()))?;
    measure("counts --suite", || Ok(open()?.counts(&all, About::Suite("wasm-3.0"))?.len()))?;
    let mut header = base.header.clone();
    (header.engine.name, header.started) = ("engine-0".into(), "2999-01-01T00:00:00Z".into());
    measure("diff --history: what was seen", || {
        let _ = open()?.seen(&header, None, LAST)?;
        Ok(0)
    })?;
    let last = open()?.runs(&one)?;
    let (first, last) = (last[0].id, last[last.len() - 1].id);
    measure("report, the last run", || Ok(open()?.report(last)?.lines.len()))?;
    measure("report, the first run", || Ok(open()?.report(first)?.lines.len()))?;
    measure("check", || Ok(open()?.check()?))?;
    Ok(())
}

fn timed<T>(what: impl FnOnce() -> T) -> (T, Duration) {
    let begin = Instant::now();
    let done = what();
    (done, begin.elapsed())
}

/// Does something three times, and says how long the fastest took.
fn measure(
    name: &str,
    what: impl Fn() -> Result<usize, Box<dyn Error>>,
) -> Result<usize, Box<dyn Error>> {
    let mut best = Duration::MAX;
    let mut found = 0;
    for _ in 0..3 {
        let (done, time) = timed(&what);
        found = done?;
        best = best.min(time);
    }
    println!("{name}: {best:?}");
    Ok(found)
}
