//! The folder in which compiled modules outlast the process.
//!
//! In: an environment variable, or the conventions of the platform. Out: the folder, and how much it may take.

use etcetera::base_strategy::{BaseStrategy as _, choose_native_strategy};
use std::io::Write as _;
use std::path::PathBuf;
use touchstone_runtime as rt;

/// The variable that names the folder. If it is empty, there is none.
pub const CACHE_DIR: &str = "TOUCHSTONE_CACHE_DIR";

/// How many bytes the folder may take, where nobody says otherwise.
pub const DEFAULT_CACHE_SIZE: u64 = 256 << 20;

/// A folder for compiled modules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cache {
    /// The folder, which need not be there yet.
    pub folder: PathBuf,
    /// How many bytes it may take. What was not used for long leaves it first.
    pub size: u64,
}

impl Cache {
    /// The folder that the variable [`CACHE_DIR`] names; or else one of this project where the platform has caches of
    /// the user. There is none if the variable is empty, or nobody knows where the user has a home.
    pub fn usual() -> Option<Cache> {
        let folder = match std::env::var_os(CACHE_DIR) {
            Some(folder) => Some(PathBuf::from(folder)).filter(|it| !it.as_os_str().is_empty())?,
            None => {
                let strategy = choose_native_strategy().ok()?;
                strategy.cache_dir().join("wasm-touchstone").join("modules")
            }
        };
        Some(Cache { folder, size: DEFAULT_CACHE_SIZE })
    }

    /// Opens the folder. If it cannot be used, that is said on standard error, and modules are compiled.
    pub(super) fn open(&self) -> Option<rt::CacheFolder> {
        let opened = rt::CacheFolder::open(&self.folder, self.size);
        let warn = |error: &rt::Error| {
            let _ = writeln!(
                std::io::stderr(),
                "warning: compiled modules are not kept for the next run: {error}"
            );
        };
        opened.inspect_err(warn).ok()
    }
}
