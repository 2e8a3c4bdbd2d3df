//! What a night does, as its file says.
//!
//! In: a file in TOML. Out: typed settings, or one message that names the line. Paths are relative to the folder of
//! the file. Whether suites and engines exist is not known here.

use crate::args::EngineChoice;
use crate::problem::Problem;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use touchstone::shard::{MOST, Shard};

/// What a night does.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(crate) struct Nightly {
    /// The folder for all that a night leaves.
    pub(crate) out: PathBuf,
    /// Whether the embedded scripts are judged.
    pub(crate) embedded: bool,
    /// Suites of the embedded scripts; all, if none is named.
    pub(crate) suites: Vec<String>,
    /// How many parts the run of each engine has. What is lost when a night is killed is at most one of them.
    pub(crate) shards: NonZeroUsize,
    /// How many files are run at the same time.
    pub(crate) jobs: Option<NonZeroUsize>,
    /// How many seconds a directive may take.
    pub(crate) timeout: Option<u64>,
    /// How much memory a script may have, such as `512MiB`.
    pub(crate) memory_limit: Option<String>,
    /// Exception lists.
    pub(crate) ignore_lists: Vec<PathBuf>,
    /// How many nights before the last one make a failure known.
    pub(crate) since: usize,
    /// How many nights keep the reports of their runs; all, if it is 0. The history keeps the rest.
    pub(crate) keep: usize,
    /// Engines by name, each as `--engine` takes it.
    pub(crate) engines: BTreeMap<String, String>,
    /// Engines by the names that the installer knows.
    pub(crate) installed: Vec<String>,
    /// A program that installs an engine and prints `--engine …` when it is called with `--flags NAME`.
    pub(crate) installer: Option<String>,
    /// Scripts on disk.
    pub(crate) checkouts: Vec<Checkout>,
}

/// Scripts on disk that are judged beside the embedded ones.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Checkout {
    /// Where they are.
    pub(crate) path: PathBuf,
    /// The dialect that they are judged by; recognised by the layout, if none is named.
    pub(crate) dialect: Option<String>,
    /// Suites under whose features they are judged.
    #[serde(default)]
    pub(crate) suites: Vec<String>,
}

impl Default for Nightly {
    fn default() -> Self {
        Nightly {
            out: "nightly".into(),
            embedded: true,
            suites: Vec::new(),
            shards: NonZeroUsize::MIN,
            jobs: None,
            timeout: None,
            memory_limit: None,
            ignore_lists: Vec::new(),
            since: 3,
            keep: 4,
            engines: BTreeMap::new(),
            installed: Vec::new(),
            installer: None,
            checkouts: Vec::new(),
        }
    }
}

impl Nightly {
    /// Reads the file.
    pub(crate) fn read(path: &Path) -> Result<Nightly, Problem> {
        let of = |error: String| Problem(format!("`{}`: {error}", path.display()));
        let text = std::fs::read_to_string(path).map_err(|error| of(error.to_string()))?;
        let config: Nightly =
            toml::from_str(&text).map_err(|error| of(crate::problem::in_a_line(&text, &error)))?;
        config.check().map_err(of)?;
        Ok(config)
    }

    fn check(&self) -> Result<(), String> {
        let mut names = BTreeSet::new();
        for name in self.engines.keys().chain(&self.installed) {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
            if !name.starts_with(|c: char| c.is_ascii_alphanumeric()) || !name.chars().all(is_plain)
            {
                return Err(format!(
                    "the engine `{name}` gives a file its name; take letters, digits, `.`, `_` and `-`"
                ));
            }
            // Some disks do not tell them apart.
            if !names.insert(name.to_lowercase()) {
                return Err(format!(
                    "there are two engines `{name}`; give one of them another name"
                ));
            }
        }
        let shards = self.shards.get();
        if !Shard::is_possible(1, shards) {
            return Err(format!("`shards` is {shards}, and a run has at most {MOST} parts"));
        }
        if names.is_empty() {
            return Err("there is no engine; name some in `[engines]`, or as `installed`".into());
        }
        if !self.installed.is_empty() && self.installer.is_none() {
            return Err("`installed` needs an `installer`, such as \"tools/engines\"".into());
        }
        if !self.embedded && self.checkouts.is_empty() {
            return Err(
                "there is nothing to judge: no embedded scripts, and no `[[checkouts]]`".into()
            );
        }
        Ok(())
    }

    /// The engines by name; those that the installer knows have no choice yet.
    pub(crate) fn engines(&self) -> Result<BTreeMap<String, Option<EngineChoice>>, Problem> {
        let mut engines = BTreeMap::new();
        for (name, spec) in &self.engines {
            let choice = EngineChoice::parse_in(spec, Path::new(".")).and_then(|choice| {
                choice.is_known()?;
                Ok(choice)
            });
            let choice =
                choice.map_err(|error| Problem(format!("the engine `{name}`: {error}")))?;
            engines.insert(name.clone(), Some(choice));
        }
        engines.extend(self.installed.iter().map(|name| (name.clone(), None)));
        Ok(engines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(text: &str) -> Result<(), String> {
        toml::from_str::<Nightly>(text).map_err(|error| error.to_string())?.check()
    }

    #[test]
    fn what_cannot_be_done_is_refused() {
        assert_eq!(checked("[engines]\nours = \"touchstone\""), Ok(()));
        let refused = |text: &str, part: &str| {
            let error = checked(text).expect_err(text);
            assert!(error.contains(part), "{error}");
        };
        refused("", "there is no engine");
        refused("installed = [\"wasmi\"]", "needs an `installer`");
        refused("[engines]\n\"../x\" = \"touchstone\"", "gives a file its name");
        refused("[engines]\na = \"touchstone\"\nA = \"touchstone\"", "two engines");
        refused("embedded = false\n[engines]\na = \"touchstone\"", "nothing to judge");
        refused("shards = 10001\n[engines]\na = \"touchstone\"", "at most 10000 parts");
        assert_eq!(checked("shards = 10000\n[engines]\na = \"touchstone\""), Ok(()));
        refused("shards = 0\n[engines]\na = \"touchstone\"", "nonzero");
    }
}
