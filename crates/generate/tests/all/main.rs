//! Tests of the generator: what it makes is valid, uses what it may use, and is always the same.
#![forbid(unsafe_code)]

use touchstone_generate::scene::{Part, scene};
use touchstone_generate::{FUEL, GENERATOR, Purpose, module, module_with};
use wasmparser::{ExternalKind, Parser, Payload, Validator, WasmFeatures};

/// The features that are left out, one after another.
const FEATURES: [WasmFeatures; 18] = [
    WasmFeatures::SIMD,
    WasmFeatures::RELAXED_SIMD,
    WasmFeatures::EXCEPTIONS,
    WasmFeatures::FUNCTION_REFERENCES,
    WasmFeatures::GC,
    WasmFeatures::THREADS,
    WasmFeatures::MEMORY64,
    WasmFeatures::MULTI_MEMORY,
    WasmFeatures::CUSTOM_PAGE_SIZES,
    WasmFeatures::TAIL_CALL,
    WasmFeatures::WIDE_ARITHMETIC,
    WasmFeatures::EXTENDED_CONST,
    WasmFeatures::BULK_MEMORY,
    WasmFeatures::REFERENCE_TYPES,
    WasmFeatures::MULTI_VALUE,
    WasmFeatures::SATURATING_FLOAT_TO_INT,
    WasmFeatures::SIGN_EXTENSION,
    WasmFeatures::COMPACT_IMPORTS,
];

fn all() -> WasmFeatures {
    let base = WasmFeatures::WASM3 | WasmFeatures::GC_TYPES;
    FEATURES.iter().fold(base, |all, feature| all | *feature)
}

/// Features as a set that has none without what it builds on.
fn without(left_out: WasmFeatures) -> WasmFeatures {
    let mut features = all().difference(left_out);
    if !features.contains(WasmFeatures::SIMD) {
        features.remove(WasmFeatures::RELAXED_SIMD);
    }
    if !features.contains(WasmFeatures::REFERENCE_TYPES) {
        features.remove(WasmFeatures::FUNCTION_REFERENCES | WasmFeatures::EXCEPTIONS);
    }
    if !features.contains(WasmFeatures::FUNCTION_REFERENCES) {
        features.remove(WasmFeatures::GC);
    }
    features
}

fn assert_valid(seed: u64, purpose: Purpose, features: WasmFeatures) {
    let wasm = module_with(seed, purpose, features);
    if let Err(error) = Validator::new_with_features(features).validate_all(&wasm) {
        panic!("seed {seed}, {purpose:?}, {features:?}: {error}");
    }
}

#[test]
fn a_module_needs_no_feature_that_it_may_not_use() {
    for left_out in FEATURES {
        for seed in 0..60 {
            assert_valid(seed, Purpose::Differential, without(left_out));
        }
    }
    let (mvp, second) = (WasmFeatures::MVP | WasmFeatures::MUTABLE_GLOBAL, WasmFeatures::WASM2);
    for seed in 0..100 {
        assert_valid(seed, Purpose::Differential, mvp);
        assert_valid(seed, Purpose::Differential, second);
        assert_valid(seed, Purpose::Alone, all());
    }
}

/// Each instruction on objects is made, and most of them often.
#[test]
fn modules_use_every_instruction_on_objects() {
    let mut used: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
    for seed in 0..100 {
        let wasm = module(2 * seed + 1, Purpose::Differential);
        for payload in Parser::new(0).parse_all(&wasm).map_while(Result::ok) {
            let Payload::CodeSectionEntry(body) = payload else { continue };
            let operators = body.get_operators_reader().expect("it is valid");
            for operator in operators.into_iter().flatten() {
                let name = format!("{operator:?}");
                let name = name.split([' ', '{', '(']).next().unwrap_or_default();
                *used.entry(name.to_owned()).or_default() += 1;
            }
        }
    }
    let wanted = [
        "StructNew",
        "StructNewDefault",
        "StructGet",
        "StructGetS",
        "StructGetU",
        "StructSet",
        "ArrayNew",
        "ArrayNewDefault",
        "ArrayNewFixed",
        "ArrayNewData",
        "ArrayNewElem",
        "ArrayGet",
        "ArrayGetS",
        "ArrayGetU",
        "ArraySet",
        "ArrayLen",
        "ArrayFill",
        "ArrayCopy",
        "ArrayInitData",
        "ArrayInitElem",
        "RefI31",
        "I31GetS",
        "I31GetU",
        "RefTestNonNull",
        "RefTestNullable",
        "RefCastNonNull",
        "RefCastNullable",
        "BrOnCast",
        "BrOnCastFail",
        "RefEq",
        "AnyConvertExtern",
        "ExternConvertAny",
    ];
    for name in wanted {
        let count = used.get(name).copied().unwrap_or(0);
        assert!(count >= 10, "{name}: {count}");
    }
}

#[test]
fn a_seed_always_gives_the_same_module_whose_fuel_can_be_set() {
    for seed in 0..40 {
        let wasm = module(seed, Purpose::Alone);
        assert_eq!(wasm, module(seed, Purpose::Alone), "seed {seed}");
        let exports = Parser::new(0).parse_all(&wasm).find_map(|payload| match payload {
            Ok(Payload::ExportSection(exports)) => Some(exports),
            _ => None,
        });
        let mut exports = exports.expect("there are exports").into_iter().flatten();
        assert!(exports.any(|e| e.name == FUEL && e.kind == ExternalKind::Global), "seed {seed}");
    }
    assert_ne!(module(0, Purpose::Alone), module(2, Purpose::Alone));
}

#[test]
fn the_parts_of_a_scene_are_valid_and_the_same_each_time() {
    let mut acts = 0;
    for features in [all(), WasmFeatures::WASM2, WasmFeatures::WASM1] {
        for seed in 0..60 {
            let Some(made) = scene(seed, features) else { continue };
            assert_eq!(scene(seed, features).as_ref(), Some(&made), "seed {seed}");
            for part in Part::ALL {
                let Some(wasm) = made.wasm(part) else { continue };
                let validated = Validator::new_with_features(features).validate_all(wasm).map(drop);
                assert!(validated.is_ok(), "seed {seed}, {part:?}, {features:?}: {validated:?}");
            }
            acts += made.actions.len();
        }
    }
    assert!(acts > 3000, "only {acts} actions");
}

#[test]
fn the_version_of_the_generator_is_the_one_that_is_used() {
    let (_, version) = GENERATOR.split_once("wasm-smith ").expect("it is named");
    let manifest = include_str!("../../Cargo.toml");
    assert!(manifest.contains(&format!("wasm-smith = \"={version}\"")), "{version}");
}

/// What is left of a scene shows what it was made small for, and not much else.
#[test]
fn a_scene_becomes_small() {
    let features = WasmFeatures::WASM2;
    let has = |wasm: &[u8]| {
        let payloads = Parser::new(0).parse_all(wasm).map_while(Result::ok);
        let bodies = payloads.filter_map(|payload| match payload {
            Payload::CodeSectionEntry(body) => body.get_operators_reader().ok(),
            _ => None,
        });
        let mut operators = bodies.flat_map(|body| body.into_iter().map_while(Result::ok));
        operators.any(|operator| matches!(operator, wasmparser::Operator::I32Rotl))
    };
    let mut reduced = 0;
    for seed in 0..100 {
        let Some(made) = scene(seed, features).filter(|made| has(&made.module)) else { continue };
        let whole = made.module.len();
        let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
        let small =
            touchstone_generate::reduce::reduce(made, features, until, &mut |s| has(&s.module));
        assert!(has(&small.module), "seed {seed}");
        let valid = Validator::new_with_features(features).validate_all(&small.module).map(drop);
        assert!(valid.is_ok(), "seed {seed}: {valid:?}");
        let len = small.module.len();
        assert!(len * 4 < whole, "seed {seed}: {len} bytes of {whole}");
        assert_eq!(small.actions.len(), 1, "seed {seed}: the last one stays");
        reduced += 1;
        if reduced == 3 {
            break;
        }
    }
    assert_eq!(reduced, 3, "too few modules rotate");
}
