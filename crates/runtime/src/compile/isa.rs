//! The compiler for this host, which is Cranelift with the settings of a [`Config`].

use crate::compile::config::{Config, OptLevel, RegallocAlgorithm};
use crate::value::error::{Error, Result};
use cranelift_codegen::isa::{OwnedTargetIsa, TargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use wasmparser::WasmFeatures;

/// The features that cannot be compiled for this processor: vector instructions on a RISC-V without the
/// vector extension.
pub(crate) fn lacking(isa: &dyn TargetIsa) -> WasmFeatures {
    match cfg!(target_arch = "riscv64") && !has(isa, "has_v") {
        true => WasmFeatures::SIMD | WasmFeatures::RELAXED_SIMD,
        false => WasmFeatures::empty(),
    }
}

/// Whether a 32-bit compare-and-swap compares whole registers. Cranelift's loop for AArch64 does, which it
/// generates for processors that lack such an instruction.
pub(crate) fn compares_wide(isa: &dyn TargetIsa) -> bool {
    cfg!(target_arch = "aarch64") && !has(isa, "has_lse")
}

/// Whether code may use the processor feature that Cranelift calls by this name.
fn has(isa: &dyn TargetIsa, name: &str) -> bool {
    isa.isa_flags().iter().any(|flag| flag.name == name && flag.as_bool() == Some(true))
}

/// The features that cannot be compiled for this host with any settings.
pub(crate) fn host_lacks() -> WasmFeatures {
    let builder = cranelift_native::builder().ok();
    let isa = builder.and_then(|b| b.finish(settings::Flags::new(settings::builder())).ok());
    isa.map_or(WasmFeatures::empty(), |isa| lacking(&*isa))
}

/// Makes a compiler for this host without optimisations and with one-pass register allocation, so that its
/// time is linear in the size of the IR.
///
/// # Errors
/// Fails as [`host`] does.
pub(crate) fn linear(config: &Config) -> Result<OwnedTargetIsa> {
    let mut config = config.clone();
    config.opt_level(OptLevel::None).regalloc_algorithm(RegallocAlgorithm::SinglePass);
    host(&config)
}

/// Makes a compiler for this host.
///
/// # Errors
/// Fails if Cranelift does not support the host.
pub(crate) fn host(config: &Config) -> Result<OwnedTargetIsa> {
    let unsupported = |e: &dyn std::fmt::Display| Error::Resource(format!("unsupported host: {e}"));
    let mut flags = settings::builder();
    let mut set = |name: &str, value: &str| {
        flags.set(name, value).expect("a setting of this version of Cranelift");
    };
    set(
        "opt_level",
        match config.opt_level {
            OptLevel::None => "none",
            OptLevel::Speed => "speed",
        },
    );
    set(
        "regalloc_algorithm",
        match config.regalloc {
            RegallocAlgorithm::SinglePass => "single_pass",
            RegallocAlgorithm::Backtracking => "backtracking",
        },
    );
    set("preserve_frame_pointers", "true");
    // Results that do not fit registers are returned in memory that the caller provides.
    set("enable_multi_ret_implicit_sret", "true");
    set("unwind_info", "false");
    // Frames larger than a page touch each of their pages, so that no frame can jump over the stack's guard
    // page.
    set("enable_probestack", "true");
    set("probestack_strategy", "inline");
    set("enable_verifier", if config.verify_ir { "true" } else { "false" });
    let builder = cranelift_native::builder_with_options(config.host_extensions);
    let builder = builder.map_err(|e| unsupported(&e))?;
    builder.finish(settings::Flags::new(flags)).map_err(|e| unsupported(&e))
}
