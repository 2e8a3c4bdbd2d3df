//! Programs that tests run.

use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// The program of an example.
pub(crate) fn example(name: &str) -> PathBuf {
    static BUILDING: Mutex<()> = Mutex::new(());
    let bin = PathBuf::from(env!("CARGO_BIN_EXE_touchstone"));
    let path = bin.with_file_name("examples").join(name);
    let _building = BUILDING.lock().unwrap_or_else(PoisonError::into_inner);
    // `cargo test` builds examples, but `cargo test --test all` does not.
    if !path.exists() {
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--example", name])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .status();
        assert!(built.is_ok_and(|status| status.success()), "the example {name} is not built");
    }
    path
}
