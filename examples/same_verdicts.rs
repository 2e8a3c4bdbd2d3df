//! Compares two reports, of one suite on two targets, test by test.
//!
//! `cargo run --example same_verdicts -- ONE.jsonl OTHER.jsonl`
//!
//! Both must hold the same tests with the same outcomes, but for tests that `ignore-list.toml`
//! gates by target: those it names. Exit code 0 where they agree, 1 where not, 2 where a report
//! cannot be read or is partial.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::process::ExitCode;
use touchstone::report::json::{self, Report};

fn main() -> ExitCode {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let [one, other] = &paths[..] else {
        eprintln!("usage: same_verdicts ONE.jsonl OTHER.jsonl");
        return ExitCode::from(2);
    };
    let reports = read(one).and_then(|first| Ok((first, read(other)?)));
    match reports {
        Ok((first, second)) => compare(&outcomes(&first), &outcomes(&second)),
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn read(path: &str) -> Result<Report, String> {
    let file = File::open(path).map_err(|e| format!("{path}: {e}"))?;
    let report = json::read(BufReader::new(file)).map_err(|e| format!("{path}: {e}"))?;
    match &report.closing {
        Ok(_) => Ok(report),
        Err(partial) => Err(format!("{path}: {partial}")),
    }
}

fn outcomes(report: &Report) -> BTreeMap<&str, &str> {
    report.lines.iter().map(|line| (line.id.as_str(), line.outcome.as_str())).collect()
}

fn compare(one: &BTreeMap<&str, &str>, other: &BTreeMap<&str, &str>) -> ExitCode {
    let (mut same, mut gated, mut different) = (0, 0, 0);
    let all = one.keys().chain(other.keys().filter(|id| !one.contains_key(**id)));
    for id in all {
        match (one.get(id), other.get(id)) {
            (Some(a), Some(b)) if a == b => same += 1,
            (Some(a), Some(b)) if is_gated(a, b) || is_gated(b, a) => {
                gated += 1;
                println!("gated {id}: {a} / {b}");
            }
            (a, b) => {
                different += 1;
                let show = |outcome: Option<&&str>| outcome.map_or("absent", |o| o).to_owned();
                println!("different {id}: {} / {}", show(a), show(b));
            }
        }
    }
    println!("{same} the same, {gated} gated, {different} different");
    ExitCode::from(u8::from(different > 0))
}

/// Whether an entry of the exception list gave one outcome, and the other target passes: a crash
/// or a failure there is a difference, whatever is listed here.
fn is_gated(listed: &str, other: &str) -> bool {
    matches!(listed, "xfail" | "skip") && matches!(other, "pass" | "xfail" | "skip")
}
