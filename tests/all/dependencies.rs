//! Tests that no crate of the workspace asks for a dependency that it does not use.
#![forbid(unsafe_code)]

use std::fs;
use std::path::{Path, PathBuf};

const TABLES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// The text of all Rust sources in a package, without those of packages inside it.
fn sources(package: &Path) -> String {
    let mut text = String::new();
    let mut work: Vec<PathBuf> =
        ["src", "tests", "examples", "benches"].iter().map(|folder| package.join(folder)).collect();
    text += &fs::read_to_string(package.join("build.rs")).unwrap_or_default();
    while let Some(path) = work.pop() {
        if path.is_dir() {
            // A folder that is a package of its own is read separately.
            if !path.join("Cargo.toml").exists() {
                let entries = fs::read_dir(&path).expect("a folder").map(|e| e.expect("an entry"));
                work.extend(entries.map(|entry| entry.path()));
            }
        } else if path.extension().is_some_and(|end| end == "rs") {
            text += &fs::read_to_string(&path).expect("text");
        }
    }
    text
}

/// The names of a manifest's dependencies, on every target.
fn dependencies(manifest: &toml::Table) -> Vec<String> {
    let targets = manifest.get("target").and_then(|targets| targets.as_table());
    let targets = targets.into_iter().flat_map(|targets| targets.values());
    let roots = targets.filter_map(|target| target.as_table()).chain([manifest]);
    let tables = roots.flat_map(|root| TABLES.iter().filter_map(|name| root.get(*name)));
    let names = tables.filter_map(|table| table.as_table()).flat_map(|table| table.keys());
    names.cloned().collect()
}

/// The dependencies whose names stand in no source.
fn unused(manifest: &str, sources: &str) -> Vec<String> {
    let manifest: toml::Table = manifest.parse().expect("a manifest");
    let spoken_of = |name: &String| {
        let name = name.replace('-', "_");
        sources.match_indices(&name).any(|(at, _)| {
            let before = sources[..at].chars().next_back();
            let after = sources[at + name.len()..].chars().next();
            let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
            !is_part(before) && !is_part(after)
        })
    };
    dependencies(&manifest).into_iter().filter(|name| !spoken_of(name)).collect()
}

#[test]
fn every_dependency_is_used() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("a manifest");
    let manifest: toml::Table = manifest.parse().expect("a manifest");
    let members = manifest["workspace"]["members"].as_array().expect("members");
    let members = members.iter().map(|member| member.as_str().expect("a path")).chain(["."]);
    let mut all = String::new();
    for member in members {
        let package = root.join(member);
        let manifest = fs::read_to_string(package.join("Cargo.toml")).expect("a manifest");
        all += &manifest;
        let unused = unused(&manifest, &sources(&package));
        assert!(unused.is_empty(), "{member} asks for {unused:?} and does not use it");
    }
    // Every dependency that the workspace lists for its packages is asked for by one of them.
    let shared = manifest["workspace"]["dependencies"].as_table().expect("a table");
    for name in shared.keys() {
        assert!(all.contains(&format!("{name}.workspace")), "no package asks for {name}");
    }
}

#[test]
fn a_dependency_that_is_not_used_is_found() {
    let manifest = "[dependencies]\nserde_json = '1'\nregex = '1'\n\
                    [target.'cfg(unix)'.dev-dependencies]\nlibc-extra = '1'\n";
    let sources = "use serde_json::Value;\nuse regex_lite as _;";
    assert_eq!(unused(manifest, sources), ["libc-extra", "regex"]);
}
