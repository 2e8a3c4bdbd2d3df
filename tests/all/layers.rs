//! Tests that no modules of the harness import each other in a circle, neither in the library nor in the
//! command line nor in the index.
#![forbid(unsafe_code)]

use std::path::Path;
use touchstone_layers::Modules;

/// The modules of the crate whose root is the file `root` of the project.
fn modules(root: &str) -> Modules {
    Modules::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(root))
}

#[test]
fn no_modules_import_each_other() {
    // The index, which is built for the build script, too, is read here: dependencies of tests of its own would change
    // the features by which the build script is built.
    for (root, least) in [("src/lib.rs", 25), ("src/main.rs", 5), ("crates/index/src/lib.rs", 10)] {
        let modules = modules(root);
        assert!(modules.all().len() > least, "the sources are elsewhere");
        if let Some(circle) = modules.circle() {
            panic!("modules of {root} import each other:\n{circle}");
        }
    }
}

#[test]
fn a_circle_is_found() {
    let mut modules = modules("src/lib.rs");
    // `run::script` imports `run::unit`, so an import in the other direction makes a circle.
    modules.plant("run::unit", "type Found = Vec<super::script::Interpreter>;");
    let circle = modules.circle().expect("a circle").to_string();
    assert!(circle.contains("run/unit.rs:1: `crate::run::unit` imports `crate::run::script`"));
    assert!(circle.contains("`crate::run::script` imports `crate::run::unit`"), "{circle}");
}

#[test]
fn a_circle_is_found_in_the_index() {
    let mut modules = modules("crates/index/src/lib.rs");
    modules.plant("place::planted", "use std::fmt;\nuse super::Place;");
    assert_eq!(modules.circle(), None);
    modules.plant("place", "use self::planted::Planted;");
    let circle = modules.circle().expect("a circle").to_string();
    assert_eq!(
        circle,
        "place.rs:1: `crate::place` imports `crate::place::planted`\n\
         place/planted.rs:2: `crate::place::planted` imports `crate::place`"
    );
}
