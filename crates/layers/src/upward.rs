//! Imports from above, in a crate whose folders are layers.
//!
//! In: modules, and the layers from the top to the bottom. Out: what a layer imports that is neither in
//! itself nor in a layer below. A module that is in no folder, such as the root, is above all layers.

use crate::modules::Modules;
use std::fmt;

/// An import from above, or one that leaves its folder by `super`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upward {
    /// The file that imports.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The layer that the file is in.
    pub layer: String,
    /// The path of what is imported, starting at the root.
    pub path: String,
    /// The file that the imported item comes from.
    pub from: String,
    /// Whether `super` leaves the folder, so that the import does not show the layer that it imports from.
    pub leaves: bool,
}

impl fmt::Display for Upward {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Upward { file, line, layer, path, from, leaves } = self;
        match leaves {
            true => write!(f, "{file}:{line}: write `crate::` and the folder"),
            false => write!(f, "{file}:{line}: `{layer}` is below `crate::{path}` ({from})"),
        }
    }
}

impl Modules {
    /// The imports from above in the modules of `layers`, which are given from the top to the bottom.
    pub fn upward(&self, layers: &[&str]) -> Vec<Upward> {
        let height = |path: &str| {
            let folder = path.split("::").next().unwrap_or_default();
            layers.iter().rev().position(|layer| *layer == folder)
        };
        let mut found = Vec::new();
        for module in self.all() {
            let Some(own) = height(&module.path) else { continue };
            let depth = module.path.split("::").count();
            for import in self.imports(module) {
                let leaves = import.supers >= depth;
                if leaves || height(&import.path).is_none_or(|other| other > own) {
                    found.push(Upward {
                        file: module.file.clone(),
                        line: import.line,
                        layer: layers[layers.len() - 1 - own].to_owned(),
                        from: self.file_of(&import.module).to_owned(),
                        path: import.path,
                        leaves,
                    });
                }
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_from_above_are_found() {
        let modules = Modules::of_texts([
            ("", ""),
            ("top", ""),
            ("top::a", "use crate::bottom::b; fn f() { super::g() }"),
            ("bottom", "pub use b::X;"),
            (
                "bottom::b",
                "use crate::{\n    Error, bottom::c,\n    top::a::Y,\n};\nuse super::super::top::Z;",
            ),
        ]);
        let found: Vec<String> =
            modules.upward(&["top", "bottom"]).iter().map(Upward::to_string).collect();
        let wanted = [
            "bottom/b.rs:2: `bottom` is below `crate::Error` (lib.rs)",
            "bottom/b.rs:3: `bottom` is below `crate::top::a::Y` (top/a.rs)",
            "bottom/b.rs:5: write `crate::` and the folder",
        ];
        assert_eq!(found, wanted);
    }
}
