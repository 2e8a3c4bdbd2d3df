//! Shows and clears the folder of compiled modules.
//!
//! In: flags. Out, on standard output: where the folder is, and how much is in it, or was.

use crate::args::{Cache, CacheVerb};
use crate::problem::Problem;
use std::io::Write as _;
use std::process::ExitCode;
use touchstone::engine::touchstone::{CACHE_DIR, Cache as Folder, DEFAULT_CACHE_SIZE};
use touchstone::report::stdout;
use touchstone::report::words::number_of;
use touchstone_runtime::{CacheFolder, Error};

pub(crate) fn cache(arguments: &Cache) -> Result<ExitCode, Problem> {
    let named = arguments.cache_dir.clone();
    let named = named.map(|folder| Folder { folder, size: DEFAULT_CACHE_SIZE });
    let Some(Folder { folder, size }) = named.or_else(Folder::usual) else {
        return Err(Problem(format!(
            "no folder for compiled modules is known; name one by `--cache-dir` or {CACHE_DIR}"
        )));
    };
    let problem = |error: Error| Problem(error.to_string());
    let mut out = stdout();
    match arguments.what {
        CacheVerb::Show if !folder.exists() => {
            writeln!(out, "{}: nothing is kept there yet", folder.display())?;
        }
        CacheVerb::Show => {
            let usage = CacheFolder::open(&folder, size).map_err(problem)?.usage();
            let (modules, size) = (number_of(usage.modules, "module"), usage.bytes);
            writeln!(out, "{}: {modules}, {size} bytes", folder.display())?;
        }
        CacheVerb::Clear => {
            let removed = CacheFolder::clear(&folder).map_err(problem)?;
            writeln!(out, "{}: {removed} bytes were removed", folder.display())?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
