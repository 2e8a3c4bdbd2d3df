//! The form of a dialect's file.
//!
//! In: the TOML text of a dialect. Out: a [`Dialect`], checked; or what is wrong, where, and what to do.
//! `docs/scripts.md` describes the form for users. Nothing here looks at scripts.

use super::header::{Form, Header};
use super::layout::Layout;
use super::pattern::{NAME, Pattern};
use super::rules::{Compare, HostModule, Messages, Rules};
use crate::exceptions::FailureClass;
use crate::nearest::nearest;
use crate::suites::{ConfigError, Sets, Source};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use toml::Spanned;
use touchstone_script::{Feature, FeatureSet, Kind};

/// How the owners of a suite run their scripts.
#[derive(Clone, Debug)]
pub struct Dialect {
    /// Its name.
    pub name: String,
    /// What it is for, in a sentence.
    pub about: String,
    pub(super) layouts: Vec<Layout>,
    pub(super) features: FeatureSet,
    pub(super) names: BTreeMap<String, Meaning>,
    pub(super) header: Option<Header>,
    pub(super) folders: Vec<Folder>,
    pub(super) skips: Vec<Skip>,
    pub(super) expectations: Vec<Expectation>,
    /// How its scripts are run and judged.
    pub rules: Arc<Rules>,
}

/// What a name of the owners means.
#[derive(Clone, Debug, Default)]
pub(super) struct Meaning {
    pub(super) change: Change,
    /// Why a script that asks for it is not run.
    pub(super) skip: Option<String>,
    /// Why a script that switches it off is not run.
    pub(super) off: Option<String>,
}

/// A change of features.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    /// Whether features from before are forgotten.
    pub(super) clears: bool,
    pub(super) add: FeatureSet,
    pub(super) remove: FeatureSet,
}

impl Change {
    pub(super) fn of(&self, before: FeatureSet, on: bool) -> FeatureSet {
        match (on, self.clears) {
            (true, true) => self.add,
            (true, false) => before.difference(self.remove).union(self.add),
            (false, _) => before.difference(self.add),
        }
    }
}

/// What holds below a folder.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    pub(super) path: Pattern,
    pub(super) change: Change,
    /// Whether what `{name}` stands for in the path is switched on.
    pub(super) adds_name: bool,
    /// The dialect of the scripts there.
    pub(super) dialect: Option<String>,
}

/// What is not run, and why.
#[derive(Clone, Debug)]
pub(super) struct Skip {
    pub(super) path: Option<Pattern>,
    /// The file beside it that makes it superfluous; `{name}` stands for what it stands for in the path.
    pub(super) beside: Option<String>,
    /// What a line of the comments at its top begins with.
    pub(super) line: Option<String>,
    /// The sorts of directive; all where there are none.
    pub(super) kinds: Vec<Kind>,
    pub(super) reason: String,
}

/// An expectation that the owners' engine does not meet, or that a later standard revoked.
#[derive(Clone, Debug)]
pub(super) struct Expectation {
    /// Names of tests without their suites, from the root of the checkout on; a glob.
    pub(super) test: Option<String>,
    /// The content hash of the test.
    pub(super) hash: Option<String>,
    pub(super) class: FailureClass,
    pub(super) reason: String,
    pub(super) revoked_by: Option<String>,
    pub(super) line: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawDialect {
    name: Spanned<String>,
    about: String,
    #[serde(default)]
    features: Vec<Spanned<String>>,
    #[serde(default)]
    names: BTreeMap<String, RawMeaning>,
    header: Option<RawHeader>,
    #[serde(default)]
    layout: Vec<Spanned<RawLayout>>,
    #[serde(default)]
    folder: Vec<RawFolder>,
    #[serde(default)]
    skip: Vec<Spanned<RawSkip>>,
    #[serde(default)]
    expect: Vec<Spanned<RawExpectation>>,
    #[serde(default)]
    host: Vec<RawHost>,
    #[serde(default)]
    scripts: RawScripts,
    #[serde(default)]
    messages: RawMessages,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMeaning {
    only: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    add: Vec<Spanned<String>>,
    skip: Option<String>,
    off: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHeader {
    form: Spanned<String>,
    prefix: Spanned<String>,
    #[serde(default)]
    flags: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLayout {
    named: Option<String>,
    #[serde(default)]
    has: Vec<String>,
    #[serde(default)]
    at: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFolder {
    path: Spanned<String>,
    features: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    add: Vec<Spanned<String>>,
    dialect: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSkip {
    path: Option<Spanned<String>>,
    beside: Option<Spanned<String>>,
    line: Option<String>,
    #[serde(default)]
    kinds: Vec<Spanned<String>>,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawExpectation {
    test: Option<String>,
    hash: Option<String>,
    class: Spanned<String>,
    reason: String,
    revoked_by: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHost {
    module: String,
    text: Spanned<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawScripts {
    names_are_importable: Option<bool>,
    instantiated: Option<bool>,
    refusals_are_alike: Option<bool>,
    traps_are_link_errors: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMessages {
    compare: Option<Spanned<String>>,
    #[serde(default)]
    meanings: BTreeMap<String, Vec<String>>,
}

const REMEDY: &str = "docs/scripts.md lists the keys of a dialect";

impl Dialect {
    /// Reads the dialect in `text`, whose place is `path`. Its features may be named by `sets`.
    ///
    /// # Errors
    /// Says what is wrong, where, and what to do.
    pub fn parse(path: &Path, text: &str, sets: &Sets) -> Result<Dialect, ConfigError> {
        let reader = Reader { source: Source { path, text }, sets };
        let raw: RawDialect =
            toml::from_str(text).map_err(|error| reader.source.toml_error(&error, REMEDY))?;
        if !crate::suites::is_name(raw.name.get_ref()) {
            let message = "a dialect's name has letters, digits, `-`, `_` and `.`";
            return Err(reader.error(&raw.name, message));
        }
        let mut features = FeatureSet::EMPTY;
        for item in &raw.features {
            features = reader.change(None, std::slice::from_ref(item))?.of(features, true);
        }
        let mut names = BTreeMap::new();
        for (name, RawMeaning { only, add, skip, off }) in &raw.names {
            let change = reader.change(only.as_deref(), add)?;
            let (skip, off) = (skip.clone(), off.clone());
            names.insert(name.clone(), Meaning { change, skip, off });
        }
        let RawScripts { names_are_importable, instantiated, .. } = raw.scripts;
        let rules = Rules {
            names_are_importable: names_are_importable.unwrap_or(false),
            instantiates: instantiated.unwrap_or(true),
            refusals_are_alike: raw.scripts.refusals_are_alike.unwrap_or(false),
            traps_are_link_errors: raw.scripts.traps_are_link_errors.unwrap_or(false),
            messages: reader.messages(&raw.messages)?,
            hosts: raw.host.iter().map(|host| reader.host(host)).collect::<Result<_, _>>()?,
        };
        Ok(Dialect {
            name: raw.name.get_ref().clone(),
            about: raw.about,
            layouts: raw.layout.iter().map(|l| reader.layout(l)).collect::<Result<_, _>>()?,
            features,
            names,
            header: raw.header.as_ref().map(|header| reader.header(header)).transpose()?,
            folders: raw.folder.iter().map(|f| reader.folder(f)).collect::<Result<_, _>>()?,
            skips: raw.skip.iter().map(|skip| reader.skip(skip)).collect::<Result<_, _>>()?,
            expectations: raw.expect.iter().map(|e| reader.expect(e)).collect::<Result<_, _>>()?,
            rules: Arc::new(rules),
        })
    }

    /// The dialects that scripts in folders of this one have.
    pub fn others(&self) -> impl Iterator<Item = &str> {
        self.folders.iter().filter_map(|folder| folder.dialect.as_deref())
    }
}

/// Checks the parts of one file.
struct Reader<'a> {
    source: Source<'a>,
    sets: &'a Sets,
}

impl Reader<'_> {
    fn error<T>(&self, at: &Spanned<T>, message: impl Into<String>) -> ConfigError {
        self.source.error(at.span().start, message)
    }

    /// A change by the names of `only`, if that is given, and of `add`; `-` before a name removes.
    fn change(
        &self,
        only: Option<&[Spanned<String>]>,
        add: &[Spanned<String>],
    ) -> Result<Change, ConfigError> {
        let mut change = Change { clears: only.is_some(), ..Change::default() };
        for item in only.unwrap_or_default().iter().chain(add) {
            let name = item.get_ref().as_str();
            let off = name.strip_prefix('-');
            let features = self.sets.named(off.unwrap_or(name)).ok_or_else(|| {
                let known = Feature::ALL.iter().map(|f| f.name()).chain(self.sets.names());
                let near = nearest(off.unwrap_or(name), known);
                let hint = near.map(|near| format!("; did you mean `{near}`?"));
                let hint = hint.unwrap_or_default();
                self.error(item, format!("`{name}` is no proposal and no set{hint}"))
            })?;
            (change.add, change.remove) = match off {
                None => (change.add.union(features), change.remove.difference(features)),
                Some(_) => (change.add.difference(features), change.remove.union(features)),
            };
        }
        Ok(change)
    }

    fn header(&self, raw: &RawHeader) -> Result<Header, ConfigError> {
        let form = match raw.form.get_ref().as_str() {
            "toml" => Form::Toml,
            "command-line" => Form::CommandLine,
            other => {
                let message =
                    format!("a header's `form` is `toml` or `command-line`, not `{other}`");
                return Err(self.error(&raw.form, message));
            }
        };
        if !raw.prefix.get_ref().starts_with(";;") {
            return Err(
                self.error(&raw.prefix, "a header is in comments: its prefix begins with `;;`")
            );
        }
        if (form == Form::CommandLine) == raw.flags.is_empty() {
            let message = "`flags` are those of a command line whose values are names: give them for `form = \"command-line\"` alone";
            return Err(self.error(&raw.form, message));
        }
        Ok(Header { form, prefix: raw.prefix.get_ref().clone(), flags: raw.flags.clone() })
    }

    fn layout(&self, raw: &Spanned<RawLayout>) -> Result<Layout, ConfigError> {
        let RawLayout { named, has, at } = raw.get_ref();
        if named.is_none() && has.is_empty() {
            return Err(self.error(raw, "a layout has `has`, paths that are there, or `named`"));
        }
        let at = at.trim_matches('/').to_owned();
        Ok(Layout { named: named.clone(), has: has.clone(), at })
    }

    fn pattern(&self, raw: &Spanned<String>) -> Result<Pattern, ConfigError> {
        Pattern::parse(raw.get_ref()).map_err(|message| self.error(raw, message))
    }

    fn folder(&self, raw: &RawFolder) -> Result<Folder, ConfigError> {
        let path = self.pattern(&raw.path)?;
        let (name, add): (Vec<_>, Vec<_>) =
            raw.add.iter().cloned().partition(|item| item.get_ref() == NAME);
        let change = self.change(raw.features.as_deref(), &add)?;
        if !name.is_empty() && !path.has_name() {
            return Err(
                self.error(&raw.path, format!("`add` speaks of `{NAME}`, but the path does not"))
            );
        }
        if raw.dialect.is_some() && (change != Change::default() || !name.is_empty()) {
            let message = "a folder has either a `dialect` or `features` and `add`";
            return Err(self.error(&raw.path, message));
        }
        Ok(Folder { path, change, adds_name: !name.is_empty(), dialect: raw.dialect.clone() })
    }

    fn skip(&self, raw: &Spanned<RawSkip>) -> Result<Skip, ConfigError> {
        let RawSkip { path, beside, line, kinds, reason } = raw.get_ref();
        if path.is_none() && line.is_none() && kinds.is_empty() {
            return Err(self.error(raw, "say what to skip: `path`, `line` or `kinds`"));
        }
        if reason.trim().is_empty() {
            return Err(self.error(raw, "`reason` is empty; say why this is not run"));
        }
        if let Some(beside) = beside
            && path.is_none()
        {
            return Err(self.error(beside, "`beside` needs a `path`"));
        }
        let kind = |word: &Spanned<String>| {
            word.get_ref().parse::<Kind>().map_err(|message: String| {
                let near = nearest(word.get_ref(), Kind::ALL.iter().map(|kind| kind.name()));
                let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                self.error(word, format!("{message}{hint}"))
            })
        };
        Ok(Skip {
            path: path.as_ref().map(|path| self.pattern(path)).transpose()?,
            beside: beside.as_ref().map(|beside| beside.get_ref().clone()),
            line: line.clone(),
            kinds: kinds.iter().map(kind).collect::<Result<_, _>>()?,
            reason: reason.clone(),
        })
    }

    fn expect(&self, raw: &Spanned<RawExpectation>) -> Result<Expectation, ConfigError> {
        let RawExpectation { test, hash, class, reason, revoked_by } = raw.get_ref();
        if test.is_some() == hash.is_some() {
            return Err(self.error(raw, "an expectation has either a `test` or a `hash`"));
        }
        if reason.trim().is_empty() {
            return Err(self.error(raw, "`reason` is empty; say why the test fails"));
        }
        let known = || FailureClass::expectable().map(FailureClass::name).collect::<Vec<_>>();
        Ok(Expectation {
            test: test.clone(),
            hash: hash.clone(),
            class: class.get_ref().parse().map_err(|message: String| {
                self.error(class, format!("{message}; use one of {}", known().join(", ")))
            })?,
            reason: reason.clone(),
            revoked_by: revoked_by.clone(),
            line: self.error(raw, "").place.line,
        })
    }

    fn messages(&self, raw: &RawMessages) -> Result<Messages, ConfigError> {
        let compare = match &raw.compare {
            None => Compare::Prefix,
            Some(word) => match word.get_ref().as_str() {
                "prefix" => Compare::Prefix,
                "within" => Compare::Within,
                "no" => Compare::No,
                other => {
                    let message = format!("`compare` is `prefix`, `within` or `no`, not `{other}`");
                    return Err(self.error(word, message));
                }
            },
        };
        let meanings = raw.meanings.iter().map(|(text, of)| (text.clone(), of.clone())).collect();
        Ok(Messages { compare, meanings })
    }

    fn host(&self, raw: &RawHost) -> Result<HostModule, ConfigError> {
        let wasm = touchstone_script::parse_quote(raw.text.get_ref().as_bytes());
        let wasm = wasm.map_err(|error| {
            let message = format!("the text of the host module `{}`: {error}", raw.module);
            self.error(&raw.text, message)
        })?;
        Ok(HostModule { name: raw.module.clone(), wasm })
    }
}
