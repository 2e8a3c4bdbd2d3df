//! Which features a module needs.
//!
//! In: Wasm bytes. Out: each feature without which `wasmparser` does not accept them while all other features
//! are on, and the oldest of those of which one is enough; none for a module that is not accepted at all, or that is plain WebAssembly 1.0. For a module
//! whose bodies take long to validate, the features are told from its declarations and its operators alone.
//! The caller tells from the text what the binary format does not show (annotations).

use crate::{ContentHash, Feature, FeatureSet};
use std::collections::HashMap;
use std::sync::Mutex;
use touchstone_validate::{Part, ValidateError, validate_part};
use wasmparser::{Operator, Parser, Payload, WasmFeatures};

/// Answers the question for modules, and remembers the answers by content, as the suites hold most modules
/// several times.
#[derive(Debug, Default)]
pub struct Inference {
    known: Mutex<HashMap<ContentHash, FeatureSet>>,
}

impl Inference {
    /// The features that a module needs.
    pub fn features(&self, wasm: &[u8]) -> FeatureSet {
        let hash = hash(&[wasm]);
        // A poisoned lock does no harm: entries are inserted in one step, so a panic elsewhere leaves the map
        // whole.
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
    let part = match validate(FeatureSet::EMPTY, wasm, Part::Whole) {
        Ok(()) => return FeatureSet::EMPTY,
        Err(_) => match validate(all, wasm, Part::Whole) {
            Ok(()) => Part::Whole,
            Err(ValidateError::TooLarge(_)) => Part::Declarations,
            Err(ValidateError::Validator(_)) => return FeatureSet::EMPTY,
        },
    };
    let operators = match part {
        // Validating the whole module finds the features of operators, too.
        Part::Whole => FeatureSet::EMPTY,
        Part::Declarations => operators(wasm),
    };
    let needs = |feature: &Feature| {
        operators.contains(*feature) || validate(all.without(*feature), wasm, part).is_err()
    };
    let shows = |feature: &Feature| !feature.flags().is_empty();
    let needed: FeatureSet = Feature::ALL.iter().copied().filter(shows).filter(needs).collect();
    match validate(needed, wasm, part) {
        Ok(()) => needed,
        Err(_) => with_either(needed, wasm, part),
    }
}

/// The same features, and one of those of which either is enough, such as `function-references` and `gc` for a
/// reference to a function's type: the oldest one.
fn with_either(needed: FeatureSet, wasm: &[u8], part: Part) -> FeatureSet {
    let all: FeatureSet = Feature::ALL.iter().copied().collect();
    let newest_first = Feature::ALL.iter().rev().filter(|feature| !needed.contains(**feature));
    newest_first.fold(all, |enough, feature| {
        let fewer = enough.without(*feature);
        if validate(fewer, wasm, part).is_ok() { fewer } else { enough }
    })
}

/// The number of operands that may be looked at to validate a module once, which takes some twenty
/// milliseconds. The modules of scripts stay far below this number, and modules are validated once for each
/// feature.
const OPERANDS: u64 = 1 << 20;

fn validate(features: FeatureSet, wasm: &[u8], part: Part) -> Result<(), ValidateError> {
    validate_part(wasm, features.wasm_features(), part, |_| OPERANDS)
}

/// The features of `candidates` that a module which is not valid makes use of.
///
/// With all features on, validation stops at the real defect of the module. The module makes use of a feature
///
/// * if validation without the feature stops elsewhere or for another reason, since it then stops at the use
///   of the feature before it reaches the real defect; or
/// * if a body holds one of the feature's operators, as far as the bytes can be decoded: an engine that lacks
///   the feature calls the module malformed, however far behind the real defect the operator stands.
///
/// So a module that has nothing of a feature never counts as a module that needs it.
pub fn made_use_of(wasm: &[u8], candidates: FeatureSet) -> FeatureSet {
    let all: FeatureSet = Feature::ALL.iter().copied().collect();
    let whole = stop(all, wasm);
    let operators = operators(wasm);
    let used = |feature: &Feature| {
        operators.contains(*feature)
            || (!feature.flags().is_empty() && stop(all.without(*feature), wasm) != whole)
    };
    candidates.iter().filter(used).collect()
}

/// Where and why validation of a module stops.
fn stop(features: FeatureSet, wasm: &[u8]) -> Option<(u64, String)> {
    match validate(features, wasm, Part::Whole).err()? {
        ValidateError::Validator(error) => Some((error.offset(), error.message().to_owned())),
        ValidateError::TooLarge(function) => Some((function.into(), "too large".to_owned())),
    }
}

/// The features whose operators stand in the bodies of a module, as far as it can be decoded.
fn operators(wasm: &[u8]) -> FeatureSet {
    let mut parser = Parser::new(0);
    parser.set_features(Feature::ALL.iter().copied().collect::<FeatureSet>().wasm_features());
    let bodies = parser.parse_all(wasm).map_while(Result::ok).filter_map(|payload| match payload {
        Payload::CodeSectionEntry(body) => body.get_operators_reader().ok(),
        _ => None,
    });
    bodies.flat_map(|body| body.into_iter().map_while(Result::ok)).filter_map(feature_of).collect()
}

macro_rules! define_feature_of {
    ($( @$proposal:ident $op:ident $({ $($arg:ident: $ty:ty),* })? => $visit:ident ($($arity:tt)*) )*) => {
        /// The feature that brought an operator.
        fn feature_of(operator: Operator<'_>) -> Option<Feature> {
            let proposal = match operator {
                $( Operator::$op { .. } => stringify!($proposal), )*
                // `Operator` is open to new variants, which belong to no feature here.
                _ => return None,
            };
            let flag = WasmFeatures::from_name(&proposal.to_uppercase())?;
            Feature::ALL.iter().find(|feature| feature.flags().contains(flag)).copied()
        }
    };
}
wasmparser::for_each_operator!(define_feature_of);

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

    #[test]
    fn a_module_that_takes_long_to_validate_is_told_from_what_it_declares() {
        let types = " i32".repeat(1000);
        let values = "i32.const 0 ".repeat(1000);
        let calls = "call $f ".repeat(2000);
        let text = format!(
            "(func $f (param{types}) (result{types}) unreachable) (memory i64 1)
             (func {values} {calls} (drop (i32.extend8_s)) unreachable)"
        );
        let wasm = crate::parse_quote(text.as_bytes()).unwrap();
        let all = Feature::ALL.iter().copied().collect();
        let result = validate(all, &wasm, Part::Whole);
        assert!(matches!(result, Err(ValidateError::TooLarge(1))), "{result:?}");
        let expected = set(&[Feature::MultiValue, Feature::Memory64, Feature::SignExtensionOps]);
        assert_eq!(Inference::default().features(&wasm), expected);
    }

    /// Which features of later proposals a module makes use of that is wrong even with all features on.
    fn used(wat: &str) -> FeatureSet {
        let wasm = crate::parse_quote(wat.as_bytes()).unwrap();
        let all = Feature::ALL.iter().copied().collect();
        assert!(validate(all, &wasm, Part::Whole).is_err(), "{wat}");
        let later = [
            Feature::StackSwitching,
            Feature::SharedEverythingThreads,
            Feature::MemoryControl,
            Feature::LegacyExceptions,
            Feature::CustomDescriptors,
            Feature::Gc,
        ];
        made_use_of(&wasm, set(&later))
    }

    #[test]
    fn tells_what_an_invalid_module_makes_use_of() {
        let wrong = "(func (result i32) (i64.const 0))";
        assert_eq!(used(wrong), FeatureSet::EMPTY);
        for (uses, feature) in [
            (
                "(type $f (func)) (type $c (cont $f)) (func (resume $c (i32.const 0)))",
                Feature::StackSwitching,
            ),
            ("(type $f (func)) (type (cont $f))", Feature::StackSwitching),
            ("(type $f (shared (func)))", Feature::SharedEverythingThreads),
            (
                "(memory 1) (func (memory.discard (i32.const 0) (i32.const 0)))",
                Feature::MemoryControl,
            ),
            ("(tag $e) (func try catch $e end)", Feature::LegacyExceptions),
            ("(type $s (struct (field i32))) (func (drop (struct.new_default $s)))", Feature::Gc),
        ] {
            // The use of the feature stands before the defect, and after it.
            for text in [format!("{uses} {wrong}"), format!("{wrong} {uses}")] {
                assert!(used(&text).contains(feature), "{text}: {:?}", used(&text));
            }
        }
        // The use of the feature stands in the same body as the defect, after it.
        assert_eq!(
            used(
                "(type $f (func)) (tag $e) (func (drop (i32.add (i64.const 0) (i32.const 0))) (suspend $e))"
            ),
            set(&[Feature::StackSwitching])
        );
    }
}
