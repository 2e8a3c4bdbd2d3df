//! The exception list: `ignore-list.toml`.
//!
//! In: the text of a list, a target and tests. Out: which entry speaks of which test on that target; or what
//! is wrong with the list, where, and what to do. Every entry of the list that is built in must match a test
//! on every target, whether it applies there or not, so that no entry outlives the tests that it was about.
//! Nothing here knows of outcomes.

mod class;
mod entry;
mod glob;
mod list;
mod versions;

use crate::suites::{ConfigError, Source};
pub(crate) use crate::target::Target;
pub use class::{Expect, FailureClass};
pub use entry::{EngineGate, Exception};
pub use glob::{glob, may_match};
pub(crate) use list::{Entry, Named, entries};
use std::collections::HashMap;
use std::sync::Arc;
use touchstone_script::{Script, test_keys};

/// The exceptions that apply, and the tests that they apply to.
#[derive(Debug, Default)]
pub(crate) struct Attached {
    pub(crate) exceptions: Vec<Arc<Exception>>,
    /// For each file, pairs of the position of a test and a position in `exceptions`, sorted by test.
    pub(crate) by_file: Vec<Vec<(u32, u32)>>,
}

/// Reads the list and attaches its entries to tests. `files` holds the names of files with their scripts.
pub(crate) fn attach(
    source: &Source<'_>,
    target: &Target<'_>,
    files: &[(String, &Script)],
) -> Result<Attached, ConfigError> {
    let name = source.path.file_name().unwrap_or_default().to_string_lossy();
    let entries = entries(source, Named::BuiltIn(&name), target)?;
    let mut attached =
        Attached { by_file: files.iter().map(|_| Vec::new()).collect(), exceptions: Vec::new() };
    // For each file and test, the applicable entries that are about the test already.
    let mut taken: HashMap<(usize, u32), Vec<u32>> = HashMap::new();
    for entry in &entries {
        let number = attached.exceptions.len() as u32;
        let mut matched = false;
        for (file, test) in matches(&entry.exception.test, files) {
            matched = true;
            if !entry.applies {
                break;
            }
            let others = taken.entry((file, test)).or_default();
            let mut others_of_it = others.iter().map(|other| &attached.exceptions[*other as usize]);
            if let Some(other) = others_of_it.find(|other| other.contends_with(&entry.exception)) {
                return Err(source.error(entry.offset, contention(&entry.exception, other)));
            }
            others.push(number);
            attached.by_file[file].push((test, number));
        }
        if !matched {
            let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
            return Err(source.error(entry.offset, unknown_test(&entry.exception.test, &names)));
        }
        if entry.applies {
            attached.exceptions.push(Arc::new(entry.exception.clone()));
        }
    }
    attached.by_file.iter_mut().for_each(|pairs| pairs.sort_unstable());
    Ok(attached)
}

/// The message about two entries that would both count for one test.
pub(crate) fn contention(exception: &Exception, other: &Exception) -> String {
    let place = match exception.list == other.list {
        true => format!("in line {}", other.line),
        false => format!("in line {} of `{}`", other.line, other.list),
    };
    let test = &exception.test;
    format!(
        "`{test}` speaks of a test that the entry {place} speaks of already; remove one, or narrow it"
    )
}

/// The tests that a name or glob matches, each as the positions of its file and of the test in it.
fn matches<'a>(
    pattern: &'a str,
    files: &'a [(String, &'a Script)],
) -> impl Iterator<Item = (usize, u32)> + 'a {
    let candidates = files.iter().enumerate().filter(|(_, (name, _))| may_match(pattern, name));
    candidates.flat_map(move |(number, (name, script))| {
        let mut id = String::new();
        test_keys(script).into_iter().enumerate().filter_map(move |(test, key)| {
            id.clear();
            id.push_str(name);
            id.push(':');
            key.write(&mut id);
            (id == pattern || glob(pattern, &id)).then_some((number, test as u32))
        })
    })
}

/// The message about an entry that speaks of no test in files with these names.
pub(crate) fn unknown_test(pattern: &str, files: &[String]) -> String {
    let file = pattern.split(':').next().unwrap_or_default();
    let hint = match files.iter().any(|name| name == file) {
        true => format!("`{file}` is indexed, but has no such test; list its tests"),
        false => match crate::nearest::nearest(file, files.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "see the list of tests".into(),
        },
    };
    format!("no test matches `{pattern}`; {hint}, correct the name or remove the entry")
}

#[cfg(test)]
#[path = "exceptions_tests.rs"]
mod tests;
