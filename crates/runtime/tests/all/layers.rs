//! The folders of `src` are layers: each imports only itself and those below it. And unsafe code is where
//! `lib.rs` says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use touchstone_layers::{Modules, Upward};

/// From the top to the bottom.
const LAYERS: [&str; 9] =
    ["api", "exec", "store", "compile", "code", "value", "gc", "types", "sys"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")
}

/// What is imported from above, a line for each.
fn upward(modules: &Modules) -> Vec<String> {
    modules.upward(&LAYERS).iter().map(Upward::to_string).collect()
}

#[test]
fn each_folder_imports_only_those_below_it() {
    let modules = Modules::read(&root());
    assert!(modules.all().len() > 50, "the sources are elsewhere");
    for module in modules.all() {
        let folder = module.file.split('/').next().expect("a path has a first part");
        let name = &module.file;
        assert!(name == "lib.rs" || LAYERS.contains(&folder), "{name} is in no layer");
    }
    let found = upward(&modules);
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
    let modules = Modules::read(&root());
    let mut found = BTreeSet::new();
    for module in modules.all().iter().filter(|module| module.is_unsafe) {
        let mut parts = module.file.trim_end_matches(".rs").split('/');
        let folder = parts.next().expect("a folder");
        found.insert(match parts.next().expect("a module") {
            "mod" => folder.to_owned(),
            // What stands in for it under Miri.
            "mmap_miri" => "sys/mmap".to_owned(),
            module => format!("{folder}/{module}"),
        });
    }
    assert_eq!(found, listed(&fs::read_to_string(root()).expect("text")));
}

#[test]
fn an_import_from_above_is_found() {
    let text = "//! crate::api is not imported here.\nuse crate::sys::mmap::Mmap;\n\
                use crate::store::memory::MemoryInstance;\nfn f() { crate::api::func::g(crate::Error) }\n\
                use super::super::api;\nuse crate::{sys::mmap, compile::engine::Engine};\n\
                #[cfg(test)]\nmod tests {\n    use crate::api::func;\n}\n";
    let mut modules = Modules::read(&root());
    modules.plant("gc::planted", text);
    let wanted = [
        "gc/planted.rs:3: `gc` is below `crate::store::memory::MemoryInstance` (store/memory.rs)",
        "gc/planted.rs:4: `gc` is below `crate::api::func::g` (api/func.rs)",
        "gc/planted.rs:4: `gc` is below `crate::Error` (lib.rs)",
        "gc/planted.rs:5: write `crate::` and the folder",
        "gc/planted.rs:6: `gc` is below `crate::compile::engine::Engine` (compile/engine.rs)",
    ];
    assert_eq!(upward(&modules), wanted);
}
