//! Real programs in our engine and in Wasmtime: compiled by both in turns, and some of them called.
//!
//! ```text
//! programs [--pairs N] [--threads N] PATH…     .wasm files, or folders that hold some
//! programs [--pairs N] --calls PATH…           only the calls
//! programs --once ours|wasmtime LEVEL THREADS FILE
//! programs --scale ours|wasmtime FILE…         what more threads give
//! ```
//!
//! For each program, level of optimisation and number of threads it prints: medians of the times of whole
//! compilations (from bytes to a module that can be instantiated), ratios of pairs, size of the machine code,
//! and the most memory that a process needs which does nothing else. Then it calls the programs that
//! [`calls`] knows, checks the answers of both engines, and prints the times of the calls.
//!
//! The level `none` is no optimisation with single-pass register allocation; `speed` is optimisation for
//! speed with backtracking allocation. Both levels mean the same for both engines. Neither engine writes
//! tables for the system's unwinder. The number of threads of Wasmtime is that of its pool, taken from
//! `RAYON_NUM_THREADS`; our engine follows it.

mod calls;
mod engines;

use engines::{Engine, Level, Settings};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use touchstone_peers::measure::{Ratio, median};

/// Once the pairs took so long, no more are measured, though at least three are.
const ENOUGH: Duration = Duration::from_secs(40);

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.first().map(String::as_str) {
        Some("--once") => once(&args[1..]),
        Some("--scale") => scale(&args[1..]),
        _ => compare(args.into_iter()),
    }
}

/// Compiles once, in a process of its own, and prints the most memory that this took.
fn once(args: &[String]) {
    let [engine, level, threads, file] = args else { panic!("--once ENGINE LEVEL THREADS FILE") };
    let settings = Settings {
        level: Level::named(level),
        threads: threads.parse().expect("a number of threads"),
    };
    let compiled = Engine::named(engine, settings).compile(&read(Path::new(file)));
    println!("{}", peak_memory());
    drop(compiled);
}

/// The most memory that this process had, in kilobytes.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("the kernel says");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|l| l.split_whitespace().next()).and_then(|n| n.parse().ok());
    number.expect("a number of kilobytes")
}

/// Compares one thread with all threads, in one engine.
fn scale(args: &[String]) {
    let (engine, files) = args.split_first().expect("--scale ENGINE FILE…");
    println!("{:32} {:>6} {:>9} {:>9}  gain (min-max)", "", "level", "1 thread", "all");
    for file in files {
        let wasm = read(Path::new(file));
        for level in Level::ALL {
            let [one, all] = [1, all_threads()]
                .map(|threads| Engine::named(engine, Settings { level, threads }));
            let pairs = pairs(9, || one.time(&wasm), || all.time(&wasm));
            let [a, b] = [0, 1].map(|side| median(pairs.iter().map(|p| p[side]).collect()));
            let Ratio { median, min, max } = Ratio::of(&pairs);
            println!(
                "{:32} {level:>6} {a:9.1} {b:9.1}  {median:.2} ({min:.2}-{max:.2})",
                name(Path::new(file))
            );
        }
    }
}

fn compare(mut args: impl Iterator<Item = String>) {
    let (mut files, mut count, mut threads) = (Vec::new(), 9, vec![1, all_threads()]);
    while let Some(arg) = args.next() {
        let mut number = || args.next().and_then(|n| n.parse().ok()).expect("a number follows");
        match arg.as_str() {
            "--pairs" => count = number(),
            "--threads" => threads = vec![number()],
            "--calls" => threads = Vec::new(),
            path => find(Path::new(path), &mut files),
        }
    }
    threads.dedup();
    files.sort();
    if !threads.is_empty() {
        compile_all(&files, &threads, count);
    }
    println!("\n{:44} {:>9} {:>9}  ratio (min-max)", "called, ms", "ours", "Wasmtime");
    for file in &files {
        calls::compare(file, &read(file), count);
    }
}

fn compile_all(files: &[PathBuf], threads: &[usize], count: usize) {
    println!(
        "{:28} {:>6} {:>7} {:>9} {:>9}  {:19} {:>9} {:>6} {:>9} {:>6}",
        "compiled, ms",
        "level",
        "threads",
        "ours",
        "Wasmtime",
        "ratio (min-max)",
        "code, KB",
        "ratio",
        "peak, MB",
        "ratio"
    );
    for file in files {
        let wasm = read(file);
        for level in Level::ALL {
            for &threads in threads {
                compile_both(file, &wasm, Settings { level, threads }, count);
            }
        }
    }
}

fn compile_both(file: &Path, wasm: &[u8], settings: Settings, count: usize) {
    let engines = ["ours", "wasmtime"].map(|name| Engine::named(name, settings));
    let pairs = pairs(count, || engines[0].time(wasm), || engines[1].time(wasm));
    let [ours, theirs] = [0, 1].map(|side| median(pairs.iter().map(|p| p[side]).collect()));
    let Ratio { median, min, max } = Ratio::of(&pairs);
    let code = [0, 1].map(|side| engines[side].compile(wasm).code_size() as f64);
    let peak = ["ours", "wasmtime"].map(|engine| peak_of(engine, settings, file));
    println!(
        "{:28} {:>6} {:>7} {ours:9.1} {theirs:9.1}  {:19} {:9.0} {:6.3} {:9.0} {:6.3}",
        name(file),
        settings.level,
        settings.threads,
        format!("{median:.3} ({min:.2}-{max:.2})"),
        code[0] / 1e3,
        code[0] / code[1],
        peak[0] / 1e3,
        peak[0] / peak[1],
    );
}

/// Measures the two sides in turns; gives the milliseconds of each.
pub(crate) fn pairs(
    count: usize,
    mut a: impl FnMut() -> f64,
    mut b: impl FnMut() -> f64,
) -> Vec<[f64; 2]> {
    let start = Instant::now();
    let mut pairs = Vec::new();
    while pairs.len() < count && (pairs.len() < 3 || start.elapsed() < ENOUGH) {
        // The sides also take turns in coming first.
        pairs.push(match pairs.len() % 2 {
            0 => {
                let first = a();
                [first, b()]
            }
            _ => {
                let first = b();
                [a(), first]
            }
        });
    }
    pairs
}

fn peak_of(engine: &str, settings: Settings, file: &Path) -> f64 {
    let me = std::env::current_exe().expect("this program");
    let (level, threads) = (settings.level.to_string(), settings.threads.to_string());
    let args = ["--once", engine, &level, &threads];
    let output = Command::new(me).args(args).arg(file).output().expect("this program runs");
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim().parse().expect("a number of kilobytes")
}

fn all_threads() -> usize {
    let wanted = std::env::var("RAYON_NUM_THREADS").ok().and_then(|n| n.parse().ok());
    wanted.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
}

fn find(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let entries = std::fs::read_dir(path).expect("a folder that can be read");
        entries.for_each(|entry| find(&entry.expect("an entry").path(), files));
    } else if path.extension().is_some_and(|e| e == "wasm") {
        files.push(path.to_owned());
    }
}

fn read(file: &Path) -> Vec<u8> {
    std::fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The file's name without its ending.
fn name(file: &Path) -> String {
    file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
