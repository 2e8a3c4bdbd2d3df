//! A circle of imports.
//!
//! In: modules. Out: a circle of modules that import each other, with the place of each import, if there is
//! one.

use crate::modules::Modules;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A circle of modules: each imports the next one, and the last one imports the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circle(pub Vec<Step>);

/// A step of a circle: one module imports another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The file that imports.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The module that imports.
    pub module: String,
    /// The module that it imports.
    pub imported: String,
}

impl fmt::Display for Circle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |path: &str| match path {
            "" => "crate".to_owned(),
            path => format!("crate::{path}"),
        };
        for (number, Step { file, line, module, imported }) in self.0.iter().enumerate() {
            let end = if number == 0 { "" } else { "\n" };
            let (module, imported) = (name(module), name(imported));
            write!(f, "{end}{file}:{line}: `{module}` imports `{imported}`")?;
        }
        Ok(())
    }
}

/// For each module, the modules that it imports, each with the first import of it.
type Graph = BTreeMap<String, BTreeMap<String, Step>>;

impl Modules {
    /// A circle of modules that import each other, if there is one. A module does not import another one
    /// merely because that one is inside it.
    pub fn circle(&self) -> Option<Circle> {
        let graph = self.graph();
        let mut done = BTreeSet::new();
        graph.keys().find_map(|name| visit(name, &graph, &mut Vec::new(), &mut done))
    }

    fn graph(&self) -> Graph {
        let mut graph = Graph::new();
        for module in self.all() {
            let imported = graph.entry(module.path.clone()).or_default();
            for import in self.imports(module) {
                imported.entry(import.module.clone()).or_insert_with(|| Step {
                    file: module.file.clone(),
                    line: import.line,
                    module: module.path.clone(),
                    imported: import.module,
                });
            }
        }
        graph
    }
}

/// A circle that can be reached from the module `name`, if there is one. `path` is the way to that module,
/// and the modules in `done` were visited before.
fn visit<'a>(
    name: &'a str,
    graph: &'a Graph,
    path: &mut Vec<&'a Step>,
    done: &mut BTreeSet<&'a str>,
) -> Option<Circle> {
    if let Some(at) = path.iter().position(|step| step.module == name) {
        return Some(Circle(path[at..].iter().copied().cloned().collect()));
    }
    if !done.insert(name) {
        return None;
    }
    graph.get(name)?.values().find_map(|step| {
        path.push(step);
        let found = visit(&step.imported, graph, path, done);
        path.pop();
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_found_with_its_imports() {
        let modules = Modules::of_texts([
            ("", "mod a {}"),
            ("b", "use crate::a;\nfn f() { crate::c::g() }"),
            ("c", "use crate::b::{X, self};"),
            ("d", "use crate::{b, c};"),
        ]);
        let circle = modules.circle().expect("a circle").to_string();
        let wanted = "b.rs:2: `crate::b` imports `crate::c`\nc.rs:1: `crate::c` imports `crate::b`";
        assert_eq!(circle, wanted);
    }

    #[test]
    fn no_circle_is_none() {
        let texts = [("a", "use crate::{b, c};"), ("b", "use crate::c;"), ("c", "use self::d::X;")];
        let modules = Modules::of_texts(texts.into_iter().chain([("c::d", "use std::fmt;")]));
        assert_eq!(modules.circle(), None);
    }

    #[test]
    fn a_parent_and_its_child_are_a_circle() {
        let modules = Modules::of_texts([("a", "use b::X;"), ("a::b", "use super::Y;")]);
        assert!(modules.circle().is_some());
    }
}
