//! Which features a module needs.
//!
//! In: Wasm bytes. Out: the features without which `wasmparser` does not accept them,
//! while all others are on; none for a module that is not accepted at all, or that is
//! plain WebAssembly 1.0. What the binary format does not show (annotations) is told
//! from the text by the caller.

use crate::{ContentHash, Feature, FeatureSet};
use std::collections::HashMap;
use std::sync::Mutex;
use wasmparser::Validator;

/// Answers, remembered by content: the suites hold most modules several times.
#[derive(Debug, Default)]
pub struct Inference {
    known: Mutex<HashMap<ContentHash, FeatureSet>>,
}

impl Inference {
    /// The features that a module needs.
    pub fn features(&self, wasm: &[u8]) -> FeatureSet {
        let hash = hash(&[wasm]);
        // A panic elsewhere leaves the map whole: entries are inserted in one step.
        let lock = || self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(features) = lock().get(&hash) {
            return *features;
        }
        let features = infer(wasm);
        lock().insert(hash, features);
        features
    }
}

fn infer(wasm: &[u8]) -> FeatureSet {
    let all: FeatureSet = Feature::ALL.iter().copied().collect();
    if accepts(FeatureSet::EMPTY, wasm) || !accepts(all, wasm) {
        return FeatureSet::EMPTY;
    }
    let shows = |feature: &Feature| !feature.flags().is_empty();
    Feature::ALL
        .iter()
        .copied()
        .filter(shows)
        .filter(|feature| !accepts(all.without(*feature), wasm))
        .collect()
}

/// Whether a module is valid with exactly these features.
pub(crate) fn accepts(features: FeatureSet, wasm: &[u8]) -> bool {
    // A validator must not be used again after it failed.
    Validator::new_with_features(features.wasm_features()).validate_all(wasm).is_ok()
}

/// The digest of some bytes, one part after another.
pub(crate) fn hash(parts: &[&[u8]]) -> ContentHash {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut cut = [0; 16];
    cut.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    ContentHash(cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(wat: &str) -> FeatureSet {
        Inference::default().features(&crate::parse_quote(wat.as_bytes()).unwrap())
    }

    fn set(features: &[Feature]) -> FeatureSet {
        features.iter().copied().collect()
    }

    #[test]
    fn tells_what_a_module_needs() {
        assert_eq!(features("(func (result i32) i32.const 1)"), FeatureSet::EMPTY);
        assert_eq!(features("(func (result i32) i64.const 1)"), FeatureSet::EMPTY);
        assert_eq!(
            features("(func (result i32 i32) i32.const 1 i32.const 1)"),
            set(&[Feature::MultiValue])
        );
        assert_eq!(features("(func (param v128))"), set(&[Feature::Simd]));
        assert_eq!(features("(memory i64 1)"), set(&[Feature::Memory64]));
        assert_eq!(features("(table 1 externref)"), set(&[Feature::ReferenceTypes]));
        assert!(features("(type (struct))").contains(Feature::Gc));
        let both = features("(memory 1) (memory 1) (func return_call 0)");
        assert_eq!(both, set(&[Feature::MultiMemory, Feature::TailCall]));
    }
}
