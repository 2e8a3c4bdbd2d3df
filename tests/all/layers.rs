//! Tests that no modules of the harness import each other in a circle, neither in the library nor in the
//! command line.
#![forbid(unsafe_code)]

use std::path::Path;
use touchstone_layers::Modules;

/// The modules of the crate whose root is the file `root` in `src`.
fn modules(root: &str) -> Modules {
    Modules::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(root))
}

#[test]
fn no_modules_import_each_other() {
    for (root, least) in [("lib.rs", 25), ("main.rs", 5)] {
        let modules = modules(root);
        assert!(modules.all().len() > least, "the sources are elsewhere");
        if let Some(circle) = modules.circle() {
            panic!("modules of src/{root} import each other:\n{circle}");
        }
    }
}

#[test]
fn a_circle_is_found() {
    let mut modules = modules("lib.rs");
    // `run::script` imports `run::unit`, so an import in the other direction makes a circle.
    modules.plant("run::unit", "type Found = Vec<super::script::Interpreter>;");
    let circle = modules.circle().expect("a circle").to_string();
    assert!(circle.contains("run/unit.rs:1: `crate::run::unit` imports `crate::run::script`"));
    assert!(circle.contains("`crate::run::script` imports `crate::run::unit`"), "{circle}");
}
