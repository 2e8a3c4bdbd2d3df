//! Takes reports that were made elsewhere as those of this night.
//!
//! In: a folder with `NAME.jsonl`, or all of `NAME.I-of-N.jsonl`, for each engine. Out: reports of whole runs among
//! those of the night; or, for an engine, why there is none. A report that is of another engine, or of other scripts, than
//! that of the last night is no report of the engine. Nothing here runs anything.

use super::judge::read;
use super::store::{Store, write};
use crate::problem::Problem;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use touchstone::baseline::identity::same_tests;
use touchstone::merge::merge;
use touchstone::report::json::{self, Report};
use touchstone::report::sound;

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
        let report = report.and_then(|report| {
            is_like_before(store, &name, &report)?;
            Ok(report)
        });
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

/// Checks that a report is of the engine of which the last night had one by this name, and has some of its tests.
fn is_like_before(store: &Store, name: &str, report: &Report) -> Result<(), String> {
    let file = format!("{name}.jsonl");
    let of = |what: &str| format!("the report of `{name}` is none of it: {what}");
    sound::check(report).map_err(|unsound| of(&unsound.to_string()))?;
    let last = store.earlier(&file, 1).map_err(|error| error.to_string())?;
    // One that is damaged tells nothing.
    let Some(last) = last.first().and_then(|path| read(path).ok()) else { return Ok(()) };
    let (was, is) = (&last.header.engine.name, &report.header.engine.name);
    if was != is {
        return Err(of(&format!(
            "it is a run of the engine `{is}`, and in the last night it was one of `{was}`; another engine needs another \
             name in the settings"
        )));
    }
    if same_tests(&last.lines, &report.lines).iter().all(Option::is_none) {
        return Err(of(&format!(
            "none of its {} tests is among the {} of the last night; other scripts need another folder (`--out`)",
            report.lines.len(),
            last.lines.len()
        )));
    }
    Ok(())
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
