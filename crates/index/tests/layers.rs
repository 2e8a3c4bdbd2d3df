//! No modules of this crate import each other in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What a module imports of the others.
fn imports(text: &str, modules: &BTreeSet<String>) -> BTreeSet<String> {
    // Tests of a module may use what they like.
    let tests = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    let code = text[..tests].lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut found = BTreeSet::new();
    for line in code {
        for (at, path) in line.match_indices("crate::") {
            let name = line[at + path.len()..].split(|c: char| !(c.is_alphanumeric() || c == '_'));
            let name = name.into_iter().next().unwrap_or_default();
            assert!(modules.contains(name), "{line}: name the module that `{name}` is from");
            found.insert(name.to_owned());
        }
    }
    found
}

/// Modules that import each other, the first once more at the end; nothing where there is no circle.
fn circle(graph: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    fn visit(
        name: &str,
        graph: &BTreeMap<String, BTreeSet<String>>,
        path: &mut Vec<String>,
        done: &mut BTreeSet<String>,
    ) -> Option<Vec<String>> {
        if let Some(at) = path.iter().position(|other| other == name) {
            return Some(path[at..].iter().cloned().chain([name.to_owned()]).collect());
        }
        if !done.insert(name.to_owned()) {
            return None;
        }
        path.push(name.to_owned());
        let found = graph[name].iter().find_map(|other| visit(other, graph, path, done));
        path.pop();
        found
    }
    let mut done = BTreeSet::new();
    graph.keys().find_map(|name| visit(name, graph, &mut Vec::new(), &mut done))
}

#[test]
fn no_modules_import_each_other() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut texts = BTreeMap::new();
    for entry in fs::read_dir(&src).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_str().expect("a plain name").to_owned();
        if name != "lib" && !name.ends_with("_tests") {
            texts.insert(name, fs::read_to_string(&path).expect("text"));
        }
    }
    let modules: BTreeSet<String> = texts.keys().cloned().collect();
    let imported = |(name, text): (&String, &String)| (name.clone(), imports(text, &modules));
    let graph: BTreeMap<String, BTreeSet<String>> = texts.iter().map(imported).collect();
    assert!(graph.len() > 10, "the sources are elsewhere");
    if let Some(circle) = circle(&graph) {
        panic!("modules import each other: {}.rs", circle.join(".rs -> "));
    }
}

#[test]
fn a_circle_is_found() {
    let modules = ["a", "b", "c"].map(str::to_owned).into();
    let texts =
        [("a", "use crate::b::X;"), ("b", "fn f() { crate::c::g() }"), ("c", "use crate::b;")];
    let graph = texts.map(|(name, text)| (name.to_owned(), imports(text, &modules))).into();
    assert_eq!(circle(&graph), Some(["b", "c", "b"].map(str::to_owned).to_vec()));
}
