//! Compiled modules as bytes that outlast the process.
//!
//! In: a module. Out: bytes, in this order: [`MAGIC`]; the environment in which the module was compiled; the
//! module's Wasm, its code without addresses, and the statistics of its compilation; a digest of all that.
//! The digest does not protect against forgery, because a forger can compute it. Whoever reads such bytes
//! must trust their source.
//!
//! Bytes for a [folder](crate::compile::folder) are without the environment, the Wasm and the digest, because the
//! folder knows them by a key that was made of the former two, and has a digest that cannot be forged.

use crate::code::FunctionKind;
use crate::code::image::Image;
use crate::compile::budget::Budget;
use crate::compile::config::Config;
use crate::compile::engine::Engine;
use crate::compile::module::Module;
use crate::compile::{CompileStats, Compiled};
use crate::value::backtrace::ModuleNames;
use crate::value::error::{Error, Result};
use cranelift_codegen::isa::TargetIsa;
use serde::{Deserialize, Serialize};
use std::any::TypeId;
use std::sync::Arc;
use touchstone_cranelift_wasm::layout::ContextLayout;
use touchstone_cranelift_wasm::{FuncIdx, read_module};
use touchstone_validate::ValidateError;
use wasmparser::WasmFeatures;

/// The bytes with which serialized modules begin. The last byte is the version of the format that follows.
const MAGIC: &[u8; 16] = b"\0touchstone-mod\x01";

/// Size of the digest in bytes.
const DIGEST: usize = blake3::OUT_LEN;

/// Names and values of everything that must be the same where a module is compiled and where it is loaded.
#[derive(Serialize, Deserialize, PartialEq)]
struct Environment(Vec<(String, String)>);

#[derive(Serialize, Deserialize)]
struct Body<'a> {
    wasm: &'a [u8],
    /// The features with which the module was compiled.
    features: u64,
    stats: CompileStats,
    #[serde(borrow)]
    code: Image<'a>,
}

/// What a folder keeps of a module.
#[derive(Serialize, Deserialize)]
struct Kept<'a> {
    /// The features with which the module was compiled.
    features: u64,
    stats: CompileStats,
    #[serde(borrow)]
    code: Image<'a>,
}

impl Environment {
    fn of(engine: &Engine) -> Self {
        let config = engine.config();
        let isa = engine.isa();
        Environment(vec![
            ("version of the engine".into(), env!("CARGO_PKG_VERSION").into()),
            ("sources of the engine".into(), sources()),
            ("version of Cranelift".into(), cranelift_codegen::VERSION.into()),
            ("target".into(), isa.triple().to_string()),
            ("compiler settings".into(), isa.flags().to_string()),
            ("processor".into(), processor(isa)),
            ("configuration".into(), settings(config)),
        ])
    }

    /// The first difference: its name, the value where the module was compiled, and the value here.
    fn difference<'a>(&'a self, here: &'a Environment) -> Option<(&'a str, &'a str, &'a str)> {
        if self.0.len() != here.0.len() {
            return Some(("version of the engine", "unknown", env!("CARGO_PKG_VERSION")));
        }
        let mut pairs = self.0.iter().zip(&here.0);
        let ((_, there), (name, here)) = pairs.find(|(there, here)| there != here)?;
        Some((name, there, here))
    }
}

/// Identifies the sources from which the engine was built, because layouts may change without a new version.
fn sources() -> String {
    format!("{} {}", env!("TOUCHSTONE_SOURCES"), touchstone_cranelift_wasm::SOURCES)
}

fn processor(isa: &dyn TargetIsa) -> String {
    isa.isa_flags().iter().map(|flag| flag.to_string()).collect::<Vec<_>>().join(" ")
}

/// The part of the configuration on which compiled code depends, or which modules are accepted.
fn settings(config: &Config) -> String {
    let Config {
        features,
        opt_level: _,
        regalloc: _,
        max_wasm_stack: _,
        verify_ir: _,
        compile_threads: _,
        gc_stress,
        collector,
        exits,
        relaxed,
        interruptible,
        fuel,
        host_extensions,
        without_code,
        compile_budget: _,
        reuse_functions: _,
        planted: _,
        reload: _,
    } = config;
    format!(
        "features {:x}, gc_stress {gc_stress}, {collector:?} collector, {exits:?} exits, {relaxed:?} relaxed vectors, \
         interruptible {interruptible}, fuel {fuel}, host_extensions {host_extensions}, \
         without_code {without_code}",
        features.bits()
    )
}

/// Gives the bytes of a module.
pub(crate) fn serialize(module: &Module) -> Result<Vec<u8>> {
    let inner = module.inner();
    let body = Body {
        wasm: &inner.wasm,
        features: inner.features.bits(),
        stats: CompileStats { units: inner.compiled_units, ..module.compile_stats() },
        code: inner.code.image(),
    };
    let failed = |error| Error::Internal(format!("a module cannot be serialized: {error}"));
    let bytes = postcard::to_extend(&Environment::of(&inner.engine), MAGIC.to_vec());
    let bytes = postcard::to_extend(&body, bytes.map_err(failed)?);
    let mut bytes = bytes.map_err(failed)?;
    bytes.extend_from_slice(blake3::hash(&bytes).as_bytes());
    Ok(bytes)
}

/// Reads a module's Wasm and its compiled form from bytes.
///
/// # Errors
/// Fails with [`Malformed`](Error::Malformed) if the bytes are; with [`Mismatch`](Error::Mismatch) if they
/// were made in another environment; with [`Resource`](Error::Resource) if memory is exhausted.
pub(crate) fn deserialize(engine: &Engine, bytes: &[u8]) -> Result<(Arc<[u8]>, Compiled)> {
    let rest = bytes
        .strip_prefix(MAGIC)
        .ok_or_else(|| damaged("it does not begin as one of this version of the engine does"))?;
    let length = rest.len().checked_sub(DIGEST).ok_or_else(|| damaged("it is too short"))?;
    let (rest, digest) = rest.split_at(length);
    if blake3::hash(&bytes[..MAGIC.len() + length]).as_bytes() != digest {
        return Err(damaged("its digest differs: it is damaged or cut short"));
    }
    let decode = |_| damaged("it does not decode");
    let (there, rest) = postcard::take_from_bytes::<Environment>(rest).map_err(decode)?;
    if let Some((what, there, here)) = there.difference(&Environment::of(engine)) {
        let text =
            format!("the module was compiled elsewhere: {what}: `{there}` there, `{here}` here");
        return Err(Error::Mismatch(text));
    }
    let Body { wasm, features, stats, code } = postcard::from_bytes(rest).map_err(decode)?;
    let wasm: Arc<[u8]> = wasm.into();
    let compiled = load(engine, &wasm, Kept { features, stats, code })?;
    Ok((wasm, compiled))
}

fn damaged(what: &str) -> Error {
    Error::Malformed(format!("serialized module: {what}"))
}

/// Makes code of what was kept of a module. The code itself is not checked.
fn load(engine: &Engine, wasm: &Arc<[u8]>, kept: Kept<'_>) -> Result<Compiled> {
    let Kept { features, stats, code } = kept;
    let features = WasmFeatures::from_bits_truncate(features);
    let read = read_module(wasm, features, engine.config().collector);
    let (info, bodies) = read.map_err(|_| damaged("its Wasm is not valid"))?;
    let range = |(_, body): &(_, wasmparser::FunctionBody<'_>)| body.range();
    let length: u64 = bodies.iter().map(range).map(|range| range.end - range.start).sum();
    let is_of = |(function, kind): (FuncIdx, FunctionKind)| match kind {
        FunctionKind::Wasm { index, .. } => index == function.as_u32(),
        _ => false,
    };
    let defined = info.defined_functions();
    if code.functions().len() != defined.len() || !defined.zip(code.functions()).all(is_of) {
        return Err(damaged("its code is that of other functions"));
    }
    let names = ModuleNames::new(wasm, info.name_section.clone());
    let code = code.load(names)?.ok_or_else(|| damaged("its code is inconsistent"))?;
    let budget = Budget::new(length + info.type_bytes(), engine.config().compile_budget);
    let layout = ContextLayout::new(&info);
    Ok(Compiled { info, layout, code, features, stats, budget })
}

/// Gives the bytes of a module for a folder.
pub(crate) fn to_kept(module: &Module) -> Result<Vec<u8>> {
    let inner = module.inner();
    let kept = Kept {
        features: inner.features.bits(),
        stats: CompileStats { units: inner.compiled_units, ..module.compile_stats() },
        code: inner.code.image(),
    };
    let failed = |error| Error::Internal(format!("a module cannot be kept: {error}"));
    postcard::to_allocvec(&kept).map_err(failed)
}

/// Makes the compiled form of `wasm` of the bytes that [`to_kept`] gave.
///
/// # Errors
/// Fails with [`Malformed`](Error::Malformed) if the bytes are others; with [`Resource`](Error::Resource) if memory
/// is exhausted.
pub(crate) fn from_kept(engine: &Engine, wasm: &Arc<[u8]>, bytes: &[u8]) -> Result<Compiled> {
    load(engine, wasm, postcard::from_bytes(bytes).map_err(|_| damaged("it does not decode"))?)
}

/// A digest of everything that must be the same where a module is compiled and where a folder gives it, and where it
/// is found valid and not looked at again. It is `None` if modules of the engine are not to be kept.
pub(crate) fn environment(engine: &Engine) -> Option<[u8; blake3::OUT_LEN]> {
    let config = engine.config();
    // What is planted or reloaded is to be compiled, and without code there is nothing to keep.
    if config.planted.is_some() || config.reload || config.without_code {
        return None;
    }
    let Environment(mut all) = Environment::of(engine);
    // The identity of a type is another one in each version of its crate.
    let validator = (TypeId::of::<wasmparser::Validator>(), TypeId::of::<ValidateError>());
    all.push(("validator".into(), format!("{} {validator:?}", touchstone_validate::SOURCES)));
    all.push(("budget".into(), format!("{:?}", config.compile_budget)));
    all.push(("threads".into(), format!("{}", config.compile_threads)));
    let bytes = postcard::to_allocvec(&Environment(all)).ok()?;
    Some(*blake3::hash(&bytes).as_bytes())
}
