//! Every suite's features fit its modules: what must be valid is, what must not be is not.
//!
//! A deviation means that the features in `suites.toml` are wrong, that a later standard
//! changed what is valid, or that the validator errs; each is listed here with its reason.

use std::collections::BTreeMap;
use std::path::Path;
use touchstone_index::{BuildOptions, Index, build};
use touchstone_script::{
    Action, Command, FeatureSet, Instantiation, ModuleIndex, ModuleSource, Script, parse_quote,
};

/// Tests whose module is judged otherwise than the suite says.
const KNOWN: &[&str] = &[
    // Revoked, and in `ignore-list.toml` for that: since reference types are part of the standard,
    // labels of a `br_table` in unreachable code need not agree.
    "reference-types/unreached-invalid.wast:539:",
    // The proposal now allows a type with a descriptor below one without; wasmparser does not yet.
    "custom-descriptors/br_on_cast_desc_eq.wast:456:",
    "custom-descriptors/br_on_cast_desc_eq_fail.wast:432:",
    "custom-descriptors/descriptors.wast:255:",
    "custom-descriptors/descriptors.wast:262:",
    "custom-descriptors/ref_cast_desc_eq.wast:168:",
];

/// What a script says of a module.
fn claim(command: &Command) -> Option<(ModuleIndex, bool)> {
    match command {
        Command::Module { module, .. }
        | Command::ModuleDefinition { module, .. }
        | Command::AssertUnlinkable { instance: Instantiation::Module(module), .. }
        | Command::AssertTrap {
            action: Action::Instantiate(Instantiation::Module(module)), ..
        } => Some((*module, true)),
        Command::AssertInvalid { module, .. } | Command::AssertMalformed { module, .. } => {
            Some((*module, false))
        }
        _ => None,
    }
}

fn check(script: &Script, module: ModuleIndex, features: FeatureSet) -> Result<(), String> {
    let wasm = match &script.modules[module.0 as usize] {
        ModuleSource::Binary(bytes) => bytes.clone(),
        ModuleSource::Quote(text) => parse_quote(text).map_err(|error| format!("text: {error}"))?,
    };
    let mut validator = wasmparser::Validator::new_with_features(features.wasm_features());
    validator.validate_all(&wasm).map(drop).map_err(|error| error.to_string())
}

#[test]
fn features_fit_the_suites() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let options = BuildOptions {
        suites: root.join("spec-tests/suites.toml"),
        exceptions: root.join("ignore-list.toml"),
        durations: None,
        extra_folders: vec![],
        cfg: BTreeMap::new(),
        threads: 2,
        root,
    };
    let index = Index::open(build(&options).unwrap().blob.leak()).unwrap();
    let mut deviations = Vec::new();
    for file in index.files() {
        let script = file.script();
        for (test, directive) in file.tests().iter().zip(script.tests()) {
            let Some((module, valid)) = claim(&directive.command) else { continue };
            let got = check(&script, module, file.suite().features);
            let known = KNOWN.iter().any(|known| test.id.starts_with(known));
            // A known deviation that is none any more is to be removed from the list.
            if (got.is_ok() != valid) != known {
                deviations.push(format!(
                    "{}: {}",
                    test.id,
                    got.err().unwrap_or_else(|| "accepted".into())
                ));
            }
        }
    }
    assert!(deviations.is_empty(), "{} deviations:\n{}", deviations.len(), deviations.join("\n"));
}
