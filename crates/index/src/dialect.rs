//! Dialects: how the owners of suites run their scripts, as data.
//!
//! In: files of TOML. Out: dialects by name, which dialect a folder on disk has, and what it makes of a
//! script. A script that is run under its dialect gets the verdicts that its owners meant. `docs/scripts.md`
//! describes the form of the files.

mod apply;
mod form;
mod header;
mod layout;
mod pattern;
mod rules;

pub(crate) use apply::Judged;
pub use form::Dialect;
pub use rules::{Compare, HostModule, Messages, Rules};

use crate::suites::{ConfigError, Sets};
use std::path::{Path, PathBuf};
use touchstone_script::LowerError;

/// Dialects that are known by name.
#[derive(Debug, Default)]
pub struct Dialects {
    sets: Sets,
    all: Vec<Dialect>,
}

impl Dialects {
    /// Reads dialects: their places and their texts. A folder is recognised by the first one that fits.
    ///
    /// # Errors
    /// Says what is wrong with one of them.
    pub fn read(sets: Sets, files: &[(&str, &str)]) -> Result<Dialects, ConfigError> {
        let mut all = Vec::new();
        for (path, text) in files {
            all.push(Dialect::parse(Path::new(path), text, &sets)?);
        }
        Ok(Dialects { sets, all })
    }

    /// Reads one more dialect, which may speak of these.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn read_another(&self, path: &Path, text: &str) -> Result<Dialect, ConfigError> {
        Dialect::parse(path, text, &self.sets)
    }

    /// All of them.
    pub fn all(&self) -> &[Dialect] {
        &self.all
    }

    /// The one of that name.
    pub fn named(&self, name: &str) -> Option<&Dialect> {
        self.all.iter().find(|dialect| dialect.name == name)
    }

    /// The dialect of what is at a path, if that lies in a checkout of a suite, or is one.
    pub fn recognise(&self, path: &Path) -> Option<Use<'_>> {
        let path = path.canonicalize().ok()?;
        path.ancestors().find_map(|folder| self.all.iter().find_map(|d| self.at(d, folder)))
    }

    /// `dialect` for what is at a path. Where that does not lie in a checkout of its suite, paths are taken
    /// to begin there.
    pub fn chosen<'d>(&'d self, dialect: &'d Dialect, path: &Path) -> Use<'d> {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let found = path.ancestors().find_map(|folder| self.at(dialect, folder));
        let is_file = path.is_file();
        let root = if is_file { path.parent().unwrap_or(&path).to_owned() } else { path };
        Use { by: None, ..found.unwrap_or(Use { dialects: self, dialect, root, at: "", by: None }) }
    }

    fn at<'d>(&'d self, dialect: &'d Dialect, folder: &Path) -> Option<Use<'d>> {
        dialect.layouts.iter().find_map(|layout| {
            let by = Some(layout.of(folder)?);
            Some(Use { dialects: self, dialect, root: folder.to_owned(), at: &layout.at, by })
        })
    }
}

/// A dialect as it is used for what is below a folder.
#[derive(Clone, Debug)]
pub struct Use<'d> {
    dialects: &'d Dialects,
    /// The dialect.
    pub dialect: &'d Dialect,
    /// The folder from which on paths are looked at.
    root: PathBuf,
    /// Where in the checkout that folder lies.
    at: &'d str,
    /// By what the dialect was recognised, if it was.
    by: Option<String>,
}

impl Use<'_> {
    /// The dialect, and by what it was recognised, in words.
    pub fn words(&self) -> String {
        match &self.by {
            Some(by) => format!("{}, recognised by {by}", self.dialect.name),
            None => format!("{}, as it was asked for", self.dialect.name),
        }
    }

    /// How the script at a path on disk is judged; `text` is its text.
    ///
    /// # Errors
    /// Says where the comments at its top cannot be read.
    pub(crate) fn judge(&self, path: &Path, text: &str) -> Result<Judged<'_>, LowerError> {
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        let parts = below.iter().map(|part| part.to_string_lossy().into_owned());
        let at = self.at.split('/').filter(|part| !part.is_empty()).map(str::to_owned);
        let mut place = at.chain(parts).collect::<Vec<_>>().join("/");
        let mut dialect = self.dialect;
        // A dialect that is spoken of is one of those that are known by name, and those do not speak of each
        // other in a circle; the bound keeps a mistake from never ending.
        for _ in 0..=self.dialects.all.len() {
            let Some((other, rest)) = self.delegated(dialect, &place) else { break };
            (dialect, place) = (other, rest);
        }
        let is_beside = |name: &str| path.with_file_name(name).is_file();
        dialect.judge(&place, text, &is_beside)
    }

    /// The dialect that scripts in a folder of another have, and the place below that folder.
    fn delegated(&self, dialect: &Dialect, place: &str) -> Option<(&Dialect, String)> {
        let folders = dialect.folders.iter().filter(|folder| folder.dialect.is_some());
        folders.filter(|folder| folder.path.find(place).is_some()).find_map(|folder| {
            let other = self.dialects.named(folder.dialect.as_deref()?)?;
            // The shortest beginning of the place that matches is the folder.
            let parts: Vec<&str> = place.split('/').collect();
            let end =
                (1..=parts.len()).find(|n| folder.path.find(&parts[..*n].join("/")).is_some())?;
            Some((other, parts[end..].join("/")))
        })
    }
}
