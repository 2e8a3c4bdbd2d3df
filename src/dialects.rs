//! The dialects that are part of this library, and those in files.
//!
//! In: names, paths. Out: how the owners of a suite run their scripts ([`Dialect`]), and which dialect what is at
//! a path has. Nothing here runs a script. `docs/scripts.md` describes the form of a dialect's file.

use crate::index::dialect::{Dialect, Dialects};
use crate::index::{Sets, nearest};
use crate::run::messages;
use std::path::Path;
use std::sync::OnceLock;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$((
            concat!("dialects/", $name, ".toml"),
            include_str!(concat!("../dialects/", $name, ".toml")),
        )),*]
    };
}

/// The files in the folder `dialects`. What is at a path is recognised as of the first dialect that fits.
const FILES: &[(&str, &str)] = files![
    "wasmtime",
    "wasm-tools",
    "wizard",
    "stack-switching",
    "custom-descriptors",
    "threads",
    "shared-everything-threads",
    "spec",
    "testsuite",
    "testsuite-2.0",
];

/// The sets of features, which dialects speak of as suites do.
const SETS: (&str, &str) = ("spec-tests/suites.toml", include_str!("../spec-tests/suites.toml"));

/// The dialects that are part of this library.
///
/// # Panics
/// Panics if one of their files is wrong, which a test of this library excludes.
pub fn embedded() -> &'static Dialects {
    static DIALECTS: OnceLock<Dialects> = OnceLock::new();
    DIALECTS.get_or_init(|| {
        let sets = Sets::read(Path::new(SETS.0), SETS.1);
        let read = sets.and_then(|sets| Dialects::read(sets, FILES));
        read.unwrap_or_else(|error| panic!("{error}"))
    })
}

/// The dialect in a file.
///
/// # Errors
/// Says why the file cannot be read, or what is wrong in it.
pub fn read(path: &Path) -> Result<Dialect, String> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        format!("cannot read the dialect `{}`: {error}; check its path", path.display())
    })?;
    let dialect = embedded().read_another(path, &text).map_err(|error| error.to_string())?;
    match check(&dialect, embedded()) {
        Ok(()) => Ok(dialect),
        Err(problem) => Err(format!("{}: {problem}", path.display())),
    }
}

/// Checks what the form of a dialect does not show: that what it speaks of exists.
fn check(dialect: &Dialect, others: &Dialects) -> Result<(), String> {
    for (text, meant) in &dialect.rules.messages.meanings {
        if let Some(name) = meant.iter().find(|name| !messages::is_failure(name)) {
            let near = nearest(name, messages::failures());
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            return Err(format!(
                "the text `{text}` is to stand for `{name}`, which is no failure that the specification's tests name{hint}"
            ));
        }
    }
    let names = || others.all().iter().map(|dialect| dialect.name.as_str());
    match dialect.others().find(|name| others.named(name).is_none()) {
        None => Ok(()),
        Some(name) => {
            let known = names().collect::<Vec<_>>().join(", ");
            Err(format!("there is no dialect `{name}`; there are: {known}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_the_folder_are_embedded_and_right() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dialects");
        let mut files = Vec::new();
        for entry in folder.read_dir().unwrap() {
            files.push(format!("dialects/{}", entry.unwrap().file_name().to_string_lossy()));
        }
        files.sort();
        let mut embedded_files: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
        embedded_files.sort();
        assert_eq!(files, embedded_files);
        for dialect in embedded().all() {
            check(dialect, embedded()).unwrap();
            assert_eq!(embedded().named(&dialect.name).unwrap().about, dialect.about);
            assert!(dialect.about.ends_with('.'), "{}", dialect.about);
            assert!(
                FILES.iter().any(|(path, _)| *path == format!("dialects/{}.toml", dialect.name))
            );
            // None speaks of one that speaks of others, so that there is no circle.
            for other in dialect.others() {
                assert_eq!(embedded().named(other).unwrap().others().count(), 0, "{other}");
            }
        }
    }
}
