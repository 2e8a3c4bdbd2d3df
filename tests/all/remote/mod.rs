//! Engines in other processes: what an adapter does wrong costs one directive, and nothing is lost.

mod bad;
mod guide;
mod several;
mod threads;

use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The program of an example.
pub(super) fn example(name: &str) -> PathBuf {
    static BUILT: OnceLock<()> = OnceLock::new();
    let bin = PathBuf::from(env!("CARGO_BIN_EXE_touchstone"));
    let path = bin.with_file_name("examples").join(name);
    BUILT.get_or_init(|| {
        // `cargo test` builds examples, but `cargo test --test all` does not.
        if !path.exists() {
            let built = Command::new(env!("CARGO"))
                .args(["build", "--quiet", "--example", name])
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .status();
            assert!(built.is_ok_and(|status| status.success()), "the example {name} is not built");
        }
    });
    path
}

/// Runs the harness.
pub(super) fn touchstone(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_touchstone"));
    command.args(arguments).output().expect("the harness runs")
}

/// A directory of this test's own.
pub(super) fn folder(name: &str) -> PathBuf {
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
