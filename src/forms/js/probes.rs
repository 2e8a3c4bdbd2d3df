//! Modules that only engines with a feature accept.
//!
//! In: nothing. Out: for each feature that the binary format shows, such a module. JavaScript has no other way
//! to ask.

use touchstone_script::{Feature, parse_quote};

/// What shows that an engine has a feature.
pub(super) enum Probe {
    /// It accepts this module.
    Accepts(Vec<u8>),
    /// Nothing: the feature is a matter of the text format or of custom sections, so that every engine has it.
    Nothing,
}

/// The probe of a feature; `None` for a feature that no engine is asked for.
pub(super) fn probe(feature: Feature) -> Option<Probe> {
    let text = match feature {
        Feature::MutableGlobal => r#"(global (export "g") (mut i32) (i32.const 0))"#,
        Feature::SignExtensionOps => "(func (drop (i32.extend8_s (i32.const 0))))",
        Feature::NontrappingFloatToInt => "(func (drop (i32.trunc_sat_f32_s (f32.const 0))))",
        Feature::MultiValue => "(func (result i32 i32) (i32.const 0) (i32.const 0))",
        Feature::BulkMemory => {
            "(memory 1) (func (memory.fill (i32.const 0) (i32.const 0) (i32.const 0)))"
        }
        Feature::ReferenceTypes => "(func (result externref) (ref.null extern))",
        Feature::Simd => "(func (result v128) (i8x16.splat (i32.const 0)))",
        Feature::RelaxedSimd => {
            "(func (param v128) (result v128)
                (i8x16.relaxed_swizzle (local.get 0) (local.get 0)))"
        }
        Feature::TailCall => "(func $f (return_call $f))",
        Feature::ExtendedConst => "(global i32 (i32.add (i32.const 0) (i32.const 0)))",
        Feature::MultiMemory => "(memory 1) (memory 1)",
        Feature::Memory64 => "(memory i64 1)",
        Feature::Threads => {
            "(memory 1 1 shared) (func (result i32) (i32.atomic.load (i32.const 0)))"
        }
        Feature::Exceptions => "(func (try_table))",
        Feature::FunctionReferences => "(type $f (func)) (func (param (ref $f)))",
        Feature::Gc => "(type (struct (field i32)))",
        Feature::CustomPageSizes => "(memory 1 (pagesize 1))",
        Feature::WideArithmetic => {
            "(func (result i64 i64) (i64.mul_wide_s (i64.const 0) (i64.const 0)))"
        }
        // Two types: one with a descriptor, and the one that describes it.
        Feature::CustomDescriptors => {
            let group = [0x4e, 2, 0x4d, 1, 0x5f, 0, 0x4c, 0, 0x5f, 0];
            return Some(Probe::Accepts(with_section(1, &group)));
        }
        // A group of no imports from the module "m".
        Feature::CompactImports => {
            return Some(Probe::Accepts(with_section(2, &[1, b'm', 0, 0x7f, 0])));
        }
        Feature::Annotations | Feature::BranchHinting => return Some(Probe::Nothing),
        _ => return None,
    };
    Some(Probe::Accepts(parse_quote(text.as_bytes()).expect("the text is well-formed")))
}

/// A module with one section, which has one entry.
fn with_section(id: u8, entry: &[u8]) -> Vec<u8> {
    let mut wasm = b"\0asm\x01\0\0\0".to_vec();
    wasm.extend([id, entry.len() as u8 + 1, 1]);
    wasm.extend(entry);
    wasm
}

#[cfg(test)]
mod tests {
    use super::*;
    use touchstone_script::FeatureSet;
    use wasmparser::Validator;

    #[test]
    fn a_probe_is_valid_with_its_feature_alone() {
        let all: FeatureSet = Feature::ALL.iter().copied().collect();
        let is_valid = |wasm: &[u8], features: FeatureSet| {
            Validator::new_with_features(features.wasm_features()).validate_all(wasm).is_ok()
        };
        for feature in Feature::ALL.iter().copied() {
            let Some(Probe::Accepts(wasm)) = probe(feature) else { continue };
            assert!(is_valid(&wasm, all), "{feature:?}");
            // A reference to a type of functions is in either of two proposals.
            let without = match feature {
                Feature::FunctionReferences => all.without(feature).without(Feature::Gc),
                _ => all.without(feature),
            };
            assert!(!is_valid(&wasm, without), "{feature:?}");
        }
    }
}
