//! Tests that every layout that the translation promises is one that this crate asserts at compile time.

use std::fs;
use std::path::{Path, PathBuf};

/// The text of all sources of this crate.
fn sources() -> String {
    let mut work = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    let mut text = String::new();
    while let Some(path) = work.pop() {
        match path.is_dir() {
            true => work.extend(entries(&path)),
            false => text += &fs::read_to_string(&path).expect("text"),
        }
    }
    text
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of sources");
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

/// The constants of `layout` that are in modules of their own, as `module::NAME`: offsets and sizes of
/// records.
fn promised() -> Vec<String> {
    let layout = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cranelift-wasm/src/layout.rs");
    let text = fs::read_to_string(layout).expect("text");
    let (mut module, mut found) = (None, Vec::new());
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("pub mod ").and_then(|l| l.strip_suffix(" {")) {
            module = Some(name);
        } else if line == "}" {
            module = None;
        } else if let (Some(module), Some(rest)) = (module, line.strip_prefix("    pub const ")) {
            let name = rest.split(':').next().expect("a name");
            found.push(format!("{module}::{name}"));
        }
    }
    found
}

/// If a record gained a field in only one of the crates, it would be read where it was not written.
#[test]
fn every_promise_about_records_is_asserted() {
    // The records that trampolines keep in frames, which no type mirrors; and bits and numbers, which have no
    // offset.
    let not_mirrored = ["entry_record::CANARY", "entry_record::STORE", "entry_record::SIZE"];
    let not_places = [
        "object::IN_TABLE",
        "object::KIND",
        "object::EXTERNAL",
        "object::STRUCT",
        "object::ARRAY",
        "object::PAYLOAD_SHIFT",
        "short_object::UNLOGGED",
        "short_object::COUNT_SHIFT",
        "short_object::PAYLOAD_SHIFT",
        "type_record::DEPTH",
        "type_record::SIZE_LOG2",
    ];
    let sources = sources();
    let promised = promised();
    assert!(promised.len() > 35, "the constants are written otherwise: {promised:?}");
    for constant in promised {
        if not_mirrored.contains(&&*constant) || not_places.contains(&&*constant) {
            continue;
        }
        // `gc` imports the module of objects under the name `layout`.
        let other = constant.replace("object::", "layout::");
        let asserted = sources.lines().any(|line| {
            let line = line.trim_start();
            let names = [&constant, &other]
                .iter()
                .any(|name| line.contains(&format!("== {name} as usize")));
            line.starts_with("assert!(") && names
        });
        assert!(asserted, "no assertion compares a type with `layout::{constant}`");
    }
}
