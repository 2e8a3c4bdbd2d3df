//! `suites.toml`: which suites there are, in which order, and what each needs.
//!
//! In: the text of that file. Out: suites, or what is wrong, where it is, and what to do. Nothing here looks
//! for scripts.

use crate::place::Place;
use serde::{Deserialize, Serialize};
use std::path::Path;
use toml::Spanned;
use touchstone_script::{Feature, FeatureSet};

/// A suite: scripts that are judged under the same features.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suite {
    /// Its name, which is the first part of the names of its tests.
    pub name: String,
    /// Features that are on while it runs; all others are off.
    pub features: FeatureSet,
    /// The proposal that it is about, by name.
    proposal: Option<String>,
    /// The revision of the scripts.
    pub revision: String,
    /// Where its scripts are.
    pub origin: Origin,
    /// The dialect of its scripts, and how that was found out, in words.
    pub dialect: Option<String>,
}

/// Where the scripts of a suite are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// They are in the embedded copy of the official suite, in the group of that name.
    Embedded(String),
    /// They are below that folder.
    Folder(String),
}

impl Suite {
    /// A suite of scripts below a folder.
    pub fn of_folder(name: String, folder: &Path, features: FeatureSet) -> Suite {
        let origin = Origin::Folder(folder.to_string_lossy().into_owned());
        let (proposal, dialect) = (None, None);
        Suite { name, features, proposal, revision: "on disk".into(), origin, dialect }
    }

    /// The proposal that it is about.
    pub fn proposal(&self) -> Option<Feature> {
        self.proposal.as_deref().and_then(|name| name.parse().ok())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    set: Vec<RawSet>,
    #[serde(default)]
    suite: Vec<Spanned<RawSuite>>,
}

/// A name for a list of features. The list may use sets that are defined before it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSet {
    name: Spanned<String>,
    features: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSuite {
    name: Spanned<String>,
    embedded: Option<Spanned<String>>,
    folder: Option<Spanned<String>>,
    #[serde(default)]
    features: Vec<Spanned<String>>,
    proposal: Option<Spanned<String>>,
    #[serde(default)]
    revision: String,
}

/// What is wrong with a configuration file.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {message}")]
pub struct ConfigError {
    /// Where it is wrong.
    pub place: Place,
    /// What is wrong, and what to do.
    pub message: String,
}

/// A configuration file, about which errors can be made.
pub(crate) struct Source<'a> {
    pub(crate) path: &'a Path,
    pub(crate) text: &'a str,
}

impl Source<'_> {
    pub(crate) fn error(&self, offset: usize, message: impl Into<String>) -> ConfigError {
        ConfigError { place: Place::at(self.path, self.text, offset), message: message.into() }
    }

    pub(crate) fn toml_error(&self, error: &toml::de::Error, remedy: &str) -> ConfigError {
        let offset = error.span().map_or(0, |span| span.start);
        self.error(offset, format!("{}; {remedy}", error.message().trim()))
    }
}

const REMEDY: &str = "each `[[suite]]` has a `name`, either `embedded` or `folder`, `features`, and maybe `proposal` and `revision`";

/// Reads `suites.toml`. Folders in it are relative to the folder `root`.
pub(crate) fn parse(source: &Source<'_>, root: &Path) -> Result<Vec<Suite>, ConfigError> {
    let raw: RawFile =
        toml::from_str(source.text).map_err(|error| source.toml_error(&error, REMEDY))?;
    let sets = sets_of(source, &raw)?;
    let mut suites: Vec<Suite> = Vec::new();
    for entry in &raw.suite {
        let suite = suite(source, entry, root, &sets)?;
        if suites.iter().any(|other| other.name == suite.name) {
            let message =
                format!("the suite `{}` is there twice; rename or remove one", suite.name);
            return Err(source.error(entry.get_ref().name.span().start, message));
        }
        suites.push(suite);
    }
    Ok(suites)
}

/// Names for sets of features, as `suites.toml` defines them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sets(Vec<(String, FeatureSet)>);

impl Sets {
    /// Reads the sets of `suites.toml`, of which `text` is the text and `path` the place.
    ///
    /// # Errors
    /// Fails if that file is wrong.
    pub fn read(path: &Path, text: &str) -> Result<Sets, ConfigError> {
        let source = Source { path, text };
        let raw: RawFile =
            toml::from_str(text).map_err(|error| source.toml_error(&error, REMEDY))?;
        sets_of(&source, &raw)
    }

    /// The features that are meant by a name, which is that of a set or of a proposal.
    pub(crate) fn named(&self, name: &str) -> Option<FeatureSet> {
        let set = self.0.iter().find(|(set, _)| set == name).map(|(_, set)| *set);
        set.or_else(|| name.parse().ok().map(|feature| FeatureSet::EMPTY.with(feature)))
    }

    /// All names of sets.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }
}

fn sets_of(source: &Source<'_>, raw: &RawFile) -> Result<Sets, ConfigError> {
    let mut sets = Sets::default();
    for RawSet { name, features } in &raw.set {
        if sets.named(name.get_ref()).is_some() {
            let message = format!(
                "`{}` is the name of a proposal or of another set; choose another",
                name.get_ref()
            );
            return Err(source.error(name.span().start, message));
        }
        let set = resolve(source, features, &sets)?;
        sets.0.push((name.get_ref().clone(), set));
    }
    Ok(sets)
}

fn suite(
    source: &Source<'_>,
    entry: &Spanned<RawSuite>,
    root: &Path,
    sets: &Sets,
) -> Result<Suite, ConfigError> {
    let raw = entry.get_ref();
    let name = raw.name.get_ref();
    if !is_name(name) {
        let message = format!(
            "`{name}` cannot be the name of a suite: use letters, digits, `-`, `_` and `.`"
        );
        return Err(source.error(raw.name.span().start, message));
    }
    let origin = match (&raw.embedded, &raw.folder) {
        (Some(group), None) if crate::embedded::is_group(group.get_ref()) => {
            Origin::Embedded(group.get_ref().clone())
        }
        (Some(group), None) => {
            let near = crate::nearest::nearest(group.get_ref(), crate::embedded::groups());
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let message = format!("the embedded copy has no group `{}`{hint}", group.get_ref());
            return Err(source.error(group.span().start, message));
        }
        (None, Some(folder)) => {
            Origin::Folder(root.join(folder.get_ref()).to_string_lossy().into_owned())
        }
        _ => {
            let message =
                format!("the suite `{name}` needs either `embedded = \"…\"` or `folder = \"…\"`");
            return Err(source.error(entry.span().start, message));
        }
    };
    if let Some(proposal) = &raw.proposal {
        feature(source, proposal)?;
    }
    Ok(Suite {
        name: name.clone(),
        features: resolve(source, &raw.features, sets)?,
        proposal: raw.proposal.as_ref().map(|proposal| proposal.get_ref().clone()),
        revision: raw.revision.clone(),
        origin,
        dialect: None,
    })
}

/// The features of a list, which names proposals and sets that are defined before it.
fn resolve(
    source: &Source<'_>,
    names: &[Spanned<String>],
    sets: &Sets,
) -> Result<FeatureSet, ConfigError> {
    names.iter().try_fold(FeatureSet::EMPTY, |all, name| match sets.named(name.get_ref()) {
        Some(set) => Ok(all.union(set)),
        None => Ok(all.with(feature(source, name)?)),
    })
}

fn feature(source: &Source<'_>, name: &Spanned<String>) -> Result<Feature, ConfigError> {
    name.get_ref().parse().map_err(|message: String| {
        let near = crate::nearest::nearest(name.get_ref(), Feature::ALL.iter().map(|f| f.name()));
        let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        source.error(name.span().start, format!("{message}{hint}"))
    })
}

/// Whether a suite may have this name, with which the names of its tests will begin.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}
