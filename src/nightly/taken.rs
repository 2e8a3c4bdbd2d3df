//! Takes reports that were made elsewhere as those of this night.
//!
//! In: a folder with `NAME.jsonl`, or all of `NAME.I-of-N.jsonl`, for each engine. Out: reports of whole runs among
//! those of the night; or, for an engine, why there is none. Nothing here runs anything.

use super::judge::read;
use super::store::{Store, write};
use crate::problem::Problem;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use touchstone::merge::merge;
use touchstone::report::json::{self, Report};

/// Takes what the folder has of these engines.
pub(crate) fn taken(
    store: &Store,
    folder: &Path,
    engines: impl Iterator<Item = String>,
) -> Result<BTreeMap<String, Result<(), String>>, Problem> {
    let of = |error: io::Error| Problem(format!("`{}`: {error}", folder.display()));
    let entries = fs::read_dir(folder).map_err(of)?.collect::<io::Result<Vec<_>>>().map_err(of)?;
    let paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    let mut taken = BTreeMap::new();
    for name in engines {
        let report = whole(folder, &name, &paths);
        let outcome = match report {
            Err(why) => Err(why),
            Ok(report) => {
                let path = store.now(&format!("{name}.jsonl"));
                let written = write(&path, |out| json::write(out, &report));
                Ok(written.map_err(|error| {
                    Problem(format!("cannot write `{}`: {error}", path.display()))
                })?)
            }
        };
        taken.insert(name, outcome);
    }
    Ok(taken)
}

/// The report of the whole run of an engine.
fn whole(folder: &Path, name: &str, paths: &[PathBuf]) -> Result<Report, String> {
    let single = folder.join(format!("{name}.jsonl"));
    let shards: Vec<&PathBuf> = paths.iter().filter(|path| is_shard(path, name)).collect();
    match (single.is_file(), shards.len()) {
        (true, 0) => {
            let report = read(&single).map_err(|Problem(why)| why)?;
            let why = match (&report.closing, &report.header.shard) {
                (Err(partial), _) => partial.to_string(),
                (_, Some(part)) => format!("this is shard {} alone", part.in_words()),
                _ => return Ok(report),
            };
            Err(format!("`{}`: {why}", single.display()))
        }
        (true, _) => Err(format!(
            "`{}` has a report of its whole run, and of shards besides",
            folder.display()
        )),
        (false, 0) => {
            Err(format!("`{}` has no report `{name}.jsonl`, and none of shards", folder.display()))
        }
        (false, _) => {
            let named = shards.into_iter().map(|path| {
                read(path)
                    .map(|report| (path.display().to_string(), report))
                    .map_err(|Problem(why)| why)
            });
            merge(named.collect::<Result<_, _>>()?).map_err(|error| error.to_string())
        }
    }
}

/// Whether a file is called `NAME.I-of-N.jsonl`.
fn is_shard(path: &Path, name: &str) -> bool {
    let file = path.file_name().and_then(|file| file.to_str());
    let numbers = file
        .and_then(|file| file.strip_prefix(name)?.strip_prefix('.')?.strip_suffix(".jsonl"))
        .and_then(|numbers| numbers.split_once("-of-"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    numbers.is_some_and(|(number, of)| is_number(number) && is_number(of))
}
