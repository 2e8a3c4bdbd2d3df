//! Engines in other processes: what an adapter does wrong costs one directive, and nothing is lost.

mod bad;
mod guide;
mod installed;
mod runner;
mod several;
mod threads;

pub(crate) use crate::built::example;
use std::path::PathBuf;
use std::process::{Command, Output};

/// Runs the harness.
pub(crate) fn touchstone(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
    command.args(arguments).output().expect("the harness runs")
}

/// A directory of this test's own.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder =
        std::env::temp_dir().join(format!("touchstone-remote-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

/// Outcomes and messages by line, from the report of a run.
fn outcomes(report: &str) -> Vec<(u32, String, String)> {
    let lines = report.lines().map(|line| {
        serde_json::from_str::<serde_json::Value>(line).expect("the report is JSON Lines")
    });
    let of = |line: serde_json::Value| {
        let number = line.get("line")?.as_u64()? as u32;
        let outcome = line.get("outcome")?.as_str()?.to_owned();
        let message = line.get("message").and_then(|text| text.as_str()).unwrap_or("").to_owned();
        Some((number, outcome, message))
    };
    lines.filter_map(of).collect()
}
