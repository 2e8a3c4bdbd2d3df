//! The programs, which are files beside this crate's sources, and how large they are run.
//!
//! In: the folder `objects`. Out: modules in binary form, with sizes and results. Knows nothing of engines.

use std::path::{Path, PathBuf};

/// A program whose export `run` takes a size and gives a result that depends on all that it did.
pub(crate) struct Program {
    pub(crate) name: String,
    pub(crate) wasm: Vec<u8>,
    /// The size at which it is measured.
    pub(crate) full: i32,
    /// The size at which it is tested, and its result then.
    pub(crate) small: i32,
    pub(crate) small_result: Option<i64>,
}

/// The folder of the programs.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("objects")
}

/// All programs, in the order of their list.
pub(crate) fn all() -> Vec<Program> {
    let list = std::fs::read_to_string(folder().join("sizes.txt")).expect("the list of programs");
    let lines = list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines.map(program).collect()
}

fn program(line: &str) -> Program {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [name, full, small, result] = words[..] else { panic!("four columns: {line}") };
    let wasm = wat::parse_file(folder().join(format!("{name}.wat"))).expect("well-formed text");
    Program {
        name: name.to_owned(),
        wasm,
        full: full.parse().expect("a number"),
        small: small.parse().expect("a number"),
        small_result: result.parse().ok(),
    }
}
