//! No modules of this crate import each other in a circle.

use std::path::Path;
use touchstone_layers::Modules;

fn modules() -> Modules {
    Modules::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs"))
}

#[test]
fn no_modules_import_each_other() {
    let modules = modules();
    assert!(modules.all().len() > 10, "the sources are elsewhere");
    if let Some(circle) = modules.circle() {
        panic!("modules import each other:\n{circle}");
    }
}

#[test]
fn a_circle_is_found() {
    let mut modules = modules();
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
