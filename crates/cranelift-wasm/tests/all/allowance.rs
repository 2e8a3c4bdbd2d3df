//! A translation asks what it is allowed, and ends where that is nothing.

use cranelift_codegen::ir::Function;
use cranelift_codegen::isa::{CallConv, TargetFrontendConfig};
use std::cell::Cell;
use touchstone_cranelift_wasm::layout::ContextLayout;
use touchstone_cranelift_wasm::{Collector, FuncIdx, FuncTranslator, TranslateError, read_module};
use wasmparser::WasmFeatures;

/// Translates the only function of a module.
fn translate(wat: &str, allowance: &dyn Fn() -> Option<u64>) -> Result<(), TranslateError> {
    let wasm = wat::parse_str(wat).expect("well-formed text");
    let (info, mut bodies) =
        read_module(&wasm, WasmFeatures::default(), Collector::default()).expect("it is valid");
    let layout = ContextLayout::new(&info);
    let target = TargetFrontendConfig {
        default_call_conv: CallConv::SystemV,
        pointer_width: target_lexicon::PointerWidth::U64,
        page_size_align_log2: 12,
    };
    let body = bodies.pop().expect("one function");
    FuncTranslator::new().translate(
        &info,
        &layout,
        (FuncIdx::from_u32(0), body),
        target,
        allowance,
        &mut Function::new(),
    )
}

#[test]
fn one_function_is_cancelled_within() {
    let body = "(drop (i32.add (i32.const 1) (i32.const 2)))".repeat(10_000);
    let wat = format!("(module (func {body}))");
    let asked = Cell::new(0);
    let count = |last: u32| {
        asked.set(asked.get() + 1);
        (asked.get() < last).then_some(u64::MAX)
    };
    assert!(translate(&wat, &|| count(u32::MAX)).is_ok());
    assert!(asked.replace(0) >= 10, "40,000 operators");
    assert!(matches!(translate(&wat, &|| count(3)), Err(TranslateError::Cancelled)));
    assert_eq!(asked.get(), 3);
}

#[test]
fn what_is_allowed_can_shrink_meanwhile() {
    let body = "(drop (i32.add (i32.const 1) (i32.const 2)))".repeat(10_000);
    let wat = format!("(module (func {body}))");
    let asked = Cell::new(0);
    let shrinking = || {
        asked.set(asked.get() + 1);
        Some(if asked.get() < 4 { u64::MAX } else { 100 })
    };
    assert!(matches!(translate(&wat, &shrinking), Err(TranslateError::TooLarge)));
    assert_eq!(asked.get(), 4);
}
