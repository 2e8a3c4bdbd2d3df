//! Writes the index of tests.
//!
//! In: the scripts and lists of this folder, `TOUCHSTONE_SUITES`, the revision that is
//! checked out, and Cargo's description of the target. Out: `index.bin` in `OUT_DIR`,
//! and the revision for the compiler. All work is done by
//! `touchstone-index`; `cfg!` here would tell of the host, so it is not used.

use std::path::PathBuf;
use std::process::ExitCode;
use touchstone_index::{BuildOptions, build};

fn main() -> ExitCode {
    let folder = |name: &str| PathBuf::from(std::env::var_os(name).unwrap_or_default());
    let root = folder("CARGO_MANIFEST_DIR");
    let options = BuildOptions {
        suites: root.join("spec-tests/suites.toml"),
        exceptions: root.join("ignore-list.toml"),
        durations: Some(root.join("spec-tests/durations.tsv")),
        extra_folders: std::env::var_os("TOUCHSTONE_SUITES")
            .map(|list| {
                std::env::split_paths(&list).filter(|path| !path.as_os_str().is_empty()).collect()
            })
            .unwrap_or_default(),
        cfg: std::env::vars().filter(|(name, _)| name.starts_with("CARGO_CFG_")).collect(),
        threads: std::thread::available_parallelism().map_or(1, usize::from),
        root,
    };
    println!("cargo::rerun-if-env-changed=TOUCHSTONE_SUITES");
    println!("cargo::rerun-if-changed=build.rs");
    // On failure too: what is repaired must be looked at again.
    for input in touchstone_index::inputs(&options) {
        println!("cargo::rerun-if-changed={}", input.display());
    }
    // A build without optimisations would have to be made anew after each commit.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release")
        && let Some(found) = touchstone_index::checked_out(&options.root)
    {
        println!("cargo::rustc-env=TOUCHSTONE_REVISION={}", found.revision);
        for file in found.files {
            println!("cargo::rerun-if-changed={}", file.display());
        }
    }
    let written = build(&options).map_err(|error| error.to_string()).and_then(|built| {
        std::fs::write(folder("OUT_DIR").join("index.bin"), built.blob).map_err(|e| e.to_string())
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            println!("cargo::error={}", message.replace('\n', " "));
            ExitCode::FAILURE
        }
    }
}
