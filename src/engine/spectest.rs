//! The module `spectest`, as Wasm: no engine and no adapter has to make it.
//!
//! In: features. Out: modules whose exports, together, are those that the reference interpreter's script
//! runner defines. What they print is nobody's verdict, so they print nothing.

use touchstone_script::{Feature, FeatureSet, parse_quote};

const BASE: &str = r#"(module
    (global (export "global_i32") i32 (i32.const 666))
    (global (export "global_i64") i64 (i64.const 666))
    (global (export "global_f32") f32 (f32.const 666.6))
    (global (export "global_f64") f64 (f64.const 666.6))
    (table (export "table") 10 20 funcref)
    (memory (export "memory") 1 2)
    (func (export "print"))
    (func (export "print_i32") (param i32))
    (func (export "print_i64") (param i64))
    (func (export "print_f32") (param f32))
    (func (export "print_f64") (param f64))
    (func (export "print_i32_f32") (param i32 f32))
    (func (export "print_f64_f64") (param f64 f64)))"#;

const TABLE64: &str = r#"(module (table (export "table64") i64 10 20 funcref))"#;

const SHARED: &str = r#"(module (memory (export "shared_memory") 1 2 shared))"#;

/// The modules, of which the second and third add to the first.
pub fn modules(features: FeatureSet) -> impl Iterator<Item = Vec<u8>> {
    let table64 = features.contains(Feature::Memory64).then_some(TABLE64);
    let shared = features.contains(Feature::Threads).then_some(SHARED);
    let texts = [Some(BASE), table64, shared].into_iter().flatten();
    texts.map(|text| parse_quote(text.as_bytes()).expect("it is well-formed"))
}
