//! The folders of `src` are layers: each imports only itself and those below it. And unsafe code is where
//! `lib.rs` says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From the top to the bottom.
const LAYERS: [&str; 9] =
    ["api", "exec", "store", "compile", "code", "value", "gc", "types", "sys"];

/// The height of the layer that a path below `src` is in.
fn height(folder: &str) -> Option<usize> {
    LAYERS.iter().rev().position(|layer| *layer == folder)
}

/// What a line of a file imports, as paths that begin behind `crate::`.
fn imports(line: &str) -> impl Iterator<Item = &str> {
    let code = if line.trim_start().starts_with("//") { "" } else { line };
    code.match_indices("crate::").map(|(at, found)| {
        let path = &code[at + found.len()..];
        let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        path.split(|c| !is_path(c)).next().unwrap_or_default().trim_end_matches(':')
    })
}

/// The file that defines what a path names: that of its last module.
fn file_of(src: &Path, path: &str) -> PathBuf {
    let mut file = src.to_owned();
    for part in path.split("::") {
        if !file.join(part).is_dir() {
            let module = file.join(part).with_extension("rs");
            return if module.is_file() { module } else { file.join("mod.rs") };
        }
        file.push(part);
    }
    file.join("mod.rs")
}

/// What a file imports from above, each with the file that it comes from. `name` is the path of the file
/// below `src`.
fn upward(src: &Path, name: &str, text: &str) -> Vec<String> {
    let folder = name.split('/').next().expect("a path has a first part");
    let Some(own) = height(folder) else { return Vec::new() };
    // Tests of a module may use what they like.
    let tests = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    let mut found = Vec::new();
    for (number, line) in text[..tests].lines().enumerate() {
        // From a file of the folder itself this leaves the folder.
        let leaves = name.matches('/').count() == 1 && line.contains("super::super::");
        if leaves && !line.trim_start().starts_with("//") {
            found.push(format!("{name}:{}: write `crate::` and the folder", number + 1));
        }
        for path in imports(line) {
            let other = path.split("::").next().unwrap_or_default();
            // What is not in a folder is what all of the crate gives away.
            if height(other).is_none_or(|other| other > own) {
                let above = file_of(src, path);
                let above = above.strip_prefix(src).expect("it is below").display();
                let number = number + 1;
                found.push(format!(
                    "{name}:{number}: `{folder}` is below `crate::{path}` ({above})"
                ));
            }
        }
    }
    found
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|end| end == "rs") {
            into.push(path);
        }
    }
}

#[test]
fn each_folder_imports_only_those_below_it() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut found = Vec::new();
    for file in &files {
        let name = file.strip_prefix(&src).expect("it is below").to_str().expect("a plain name");
        let name = name.replace('\\', "/");
        // Models and tests of a module, in files of their own.
        let is_test = name.ends_with("/tests.rs") || name == "gc/model.rs";
        assert!(name == "lib.rs" || name.contains('/'), "{name} is in no layer");
        if name != "lib.rs" && !is_test {
            found.extend(upward(&src, &name, &fs::read_to_string(file).expect("text")));
        }
    }
    assert!(files.len() > 50, "the sources are elsewhere");
    assert!(found.is_empty(), "imports from above:\n{}", found.join("\n"));
}

/// The modules that `lib.rs` lists, as `folder` and `folder/module`.
fn listed(lib: &str) -> BTreeSet<String> {
    let list = lib.split("Unsafe code is in these modules alone").nth(1).expect("a list");
    let list = list.split("\n\n").next().expect("its end").replace("\n//!   ", " ");
    let mut listed = BTreeSet::new();
    for line in list.lines().filter_map(|line| line.strip_prefix("//! - ")) {
        let (folder, modules) = line.split_once(':').expect("a folder, then its modules");
        let folder = folder.trim_matches('`');
        for module in modules.split(',').map(str::trim) {
            listed.insert(match module.strip_prefix('`') {
                Some(module) => format!("{folder}/{}", module.trim_end_matches('`')),
                None => folder.to_owned(),
            });
        }
    }
    listed
}

#[test]
fn the_list_of_unsafe_modules_is_true() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut found = BTreeSet::new();
    for file in files {
        let name = file.strip_prefix(&src).expect("it is below").to_str().expect("a plain name");
        let name = name.replace('\\', "/");
        if name == "lib.rs" || name.ends_with("/tests.rs") || name == "gc/model.rs" {
            continue;
        }
        let text = fs::read_to_string(&file).expect("text");
        let tests = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
        let code = text[..tests].lines().filter(|line| !line.trim_start().starts_with("//"));
        let words = |line: &str| line.split(|c: char| !c.is_alphanumeric()).any(|w| w == "unsafe");
        if code.into_iter().any(words) {
            let mut parts = name.trim_end_matches(".rs").split('/');
            let folder = parts.next().expect("a folder");
            found.insert(match parts.next().expect("a module") {
                "mod" => folder.to_owned(),
                // What stands in for it under Miri.
                "mmap_miri" => "sys/mmap".to_owned(),
                module => format!("{folder}/{module}"),
            });
        }
    }
    assert_eq!(found, listed(&fs::read_to_string(src.join("lib.rs")).expect("text")));
}

#[test]
fn an_import_from_above_is_found() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let text = "//! crate::api is not imported here.\nuse crate::sys::mmap::Mmap;\n\
                use crate::store::memory::MemoryInstance;\nfn f() { crate::api::func::g(crate::Error) }\n\
                use super::super::api;\n\
                #[cfg(test)]\nmod tests {\n    use crate::api::func;\n}\n";
    let found = upward(&src, "gc/planted.rs", text);
    let wanted = [
        "gc/planted.rs:3: `gc` is below `crate::store::memory::MemoryInstance` (store/memory.rs)",
        "gc/planted.rs:4: `gc` is below `crate::api::func::g` (api/func.rs)",
        "gc/planted.rs:4: `gc` is below `crate::Error` (mod.rs)",
        "gc/planted.rs:5: write `crate::` and the folder",
    ];
    assert_eq!(found, wanted);
}
