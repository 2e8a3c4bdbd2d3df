//! The text of an exception list.
//!
//! In: text, and a target. Out: typed entries, whether they apply on the target or not; or what is wrong with
//! the list, where, and what to do. Nothing here looks for tests.

use super::class::{Expect, FailureClass};
use super::entry::{EngineGate, Exception};
use crate::suites::{ConfigError, Source};
use crate::target::Target;
use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::collections::HashMap;
use std::fmt;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawList {
    #[serde(default)]
    ignore: Vec<Spanned<RawEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    test: Option<Spanned<Names>>,
    target: Option<Spanned<String>>,
    engine: Option<Spanned<String>>,
    versions: Option<Spanned<String>>,
    #[serde(rename = "revoked-by")]
    revoked_by: Option<Spanned<String>>,
    expect: Option<Spanned<String>>,
    class: Option<Spanned<String>>,
    fingerprint: Option<Spanned<String>>,
    reason: Option<Spanned<String>>,
    fixme: Option<Spanned<String>>,
}

/// What an entry is about.
enum Names {
    One(String),
    Several(Vec<Spanned<String>>),
}

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct OneOrSeveral;
        impl<'de> Visitor<'de> for OneOrSeveral {
            type Value = Names;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a test, or a list of names")
            }
            fn visit_str<E: de::Error>(self, name: &str) -> Result<Names, E> {
                Ok(Names::One(name.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut names: A) -> Result<Names, A::Error> {
                let mut all = Vec::new();
                while let Some(name) = names.next_element()? {
                    all.push(name);
                }
                Ok(Names::Several(all))
            }
        }
        from.deserialize_any(OneOrSeveral)
    }
}

/// An entry that was checked, whether it applies or not. Where the list has one about several names, it is
/// one of several that are equal but for the name.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) exception: Exception,
    target: Option<String>,
    pub(crate) applies: bool,
    /// The offset of its `test` in the list.
    pub(crate) offset: usize,
}

const REMEDY: &str = "an `[[ignore]]` has `test`, `expect`, `reason` and `fixme`, with `expect = \"fail\"` also `class`, and maybe `fingerprint`, `target`, `engine`, `versions` and `revoked-by`";

/// What entries call the list that they are in.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Named<'a> {
    /// The list that the index is built with.
    BuiltIn(&'a str),
    /// A list that a user gave.
    Given(&'a str),
}

/// Reads the entries of a list.
pub(crate) fn entries(
    source: &Source<'_>,
    list: Named<'_>,
    target: &Target<'_>,
) -> Result<Vec<Entry>, ConfigError> {
    let raw: RawList =
        toml::from_str(source.text).map_err(|error| source.toml_error(&error, REMEDY))?;
    let mut entries = Vec::new();
    for entry in &raw.ignore {
        entries.extend(check(source, list, target, entry)?);
    }
    refuse_duplicates(source, &entries)?;
    Ok(entries)
}

fn check(
    source: &Source<'_>,
    list: Named<'_>,
    target: &Target<'_>,
    entry: &Spanned<RawEntry>,
) -> Result<Vec<Entry>, ConfigError> {
    let raw = entry.get_ref();
    let start = entry.span().start;
    let required = |field: &Option<Spanned<String>>, name: &str, what: &str| match field {
        Some(text) if !text.get_ref().trim().is_empty() => {
            Ok((text.get_ref().clone(), text.span().start))
        }
        Some(text) => Err(source.error(text.span().start, format!("`{name}` is empty; {what}"))),
        None => Err(source.error(start, format!("this entry has no `{name}`; {what}"))),
    };
    let names = names(source, start, raw.test.as_ref())?;
    let (reason, reason_at) = required(&raw.reason, "reason", "say why the test cannot pass")?;
    if reason.trim_start().starts_with("FIXME") {
        let message = "`reason` is still to be written; say why the test cannot pass";
        return Err(source.error(reason_at, message));
    }
    let (fixme, fixme_at) =
        required(&raw.fixme, "fixme", "say what is to be done, as `FIXME(#12): …`")?;
    if !fixme.starts_with("FIXME(") || !fixme.contains("):") {
        return Err(source
            .error(fixme_at, "`fixme` must read `FIXME(…): …`, with an issue in the parentheses"));
    }
    let expect = expect(source, raw, start, required(&raw.expect, "expect", EXPECT)?)?;
    let applies = match &raw.target {
        None => true,
        Some(text) => target
            .holds(text.get_ref())
            .map_err(|message| source.error(text.span().start, message))?,
    };
    let engine = engine_gate(source, raw)?;
    let revoked_by = raw.revoked_by.as_ref().map(|standard| standard.get_ref().clone());
    let fingerprint = raw.fingerprint.as_ref().map(|text| text.get_ref().clone());
    let (list, built_in) = match list {
        Named::BuiltIn(name) => (name.to_owned(), true),
        Named::Given(name) => (name.to_owned(), false),
    };
    let line = source.error(start, "").place.line;
    let target = raw.target.as_ref().map(|target| target.get_ref().clone());
    let test = String::new();
    let exception = Exception {
        test,
        expect,
        fingerprint,
        reason,
        fixme,
        engine,
        revoked_by,
        built_in,
        list,
        line,
    };
    let about = |(test, offset): (String, usize)| {
        let exception = Exception { test, ..exception.clone() };
        Entry { exception, target: target.clone(), applies, offset }
    };
    Ok(names.into_iter().map(about).collect())
}

/// The names that an entry is about, each with its offset. `start` is where the entry begins.
fn names(
    source: &Source<'_>,
    start: usize,
    test: Option<&Spanned<Names>>,
) -> Result<Vec<(String, usize)>, ConfigError> {
    const NAME: &str = "name a test, or several by a glob or a list";
    let Some(test) = test else {
        return Err(source.error(start, format!("this entry has no `test`; {NAME}")));
    };
    let at = test.span().start;
    let names = match test.get_ref() {
        Names::One(name) => vec![(name.clone(), at)],
        Names::Several(names) => {
            names.iter().map(|name| (name.get_ref().clone(), name.span().start)).collect()
        }
    };
    let empty = names.iter().find(|(name, _)| name.trim().is_empty()).map(|(_, at)| *at);
    match empty.or(names.is_empty().then_some(at)) {
        Some(at) => Err(source.error(at, format!("`test` is empty; {NAME}"))),
        None => Ok(names),
    }
}

const EXPECT: &str = "write \"fail\" or \"skip\"";

/// What an entry asks for. `start` is where the entry begins, and `word` is its `expect`, with its offset.
fn expect(
    source: &Source<'_>,
    raw: &RawEntry,
    start: usize,
    (word, word_at): (String, usize),
) -> Result<Expect, ConfigError> {
    match (word.as_str(), &raw.class, &raw.fingerprint) {
        ("skip", None, None) => Ok(Expect::Skip),
        ("skip", Some(class), _) => {
            Err(source.error(class.span().start, "what is skipped has no `class`; remove it"))
        }
        ("skip", None, Some(fingerprint)) => {
            let message = "what is skipped does not fail, so it has no `fingerprint`; remove it";
            Err(source.error(fingerprint.span().start, message))
        }
        ("fail", Some(class), _) => {
            Ok(Expect::Fail(class.get_ref().parse().map_err(|message: String| {
                let known: Vec<&str> = FailureClass::expectable().map(FailureClass::name).collect();
                source.error(
                    class.span().start,
                    format!("{message}; use one of {}", known.join(", ")),
                )
            })?))
        }
        ("fail", None, _) => Err(source.error(
            start,
            "this entry has no `class`; say how the test must fail, such as \"trap\"",
        )),
        _ => Err(source.error(word_at, format!("`expect` is `{word}`; {EXPECT}"))),
    }
}

fn engine_gate(source: &Source<'_>, raw: &RawEntry) -> Result<Option<EngineGate>, ConfigError> {
    let text = |field: &Option<Spanned<String>>| field.as_ref().map(|text| text.get_ref().clone());
    match (text(&raw.engine), &raw.versions) {
        (None, None) => Ok(None),
        (None, Some(versions)) => {
            let message = "`versions` are those of an `engine`; name it";
            Err(source.error(versions.span().start, message))
        }
        (Some(name), versions) => {
            if let Some(range) = versions
                && let Err(error) = range.get_ref().parse::<semver::VersionReq>()
            {
                let message = format!("`versions` is not a range such as \">=2, <2.1\": {error}");
                return Err(source.error(range.span().start, message));
            }
            Ok(Some(EngineGate { name, versions: text(versions) }))
        }
    }
}

fn refuse_duplicates(source: &Source<'_>, entries: &[Entry]) -> Result<(), ConfigError> {
    let mut seen: HashMap<_, Vec<&Exception>> = HashMap::new();
    for entry in entries {
        let same = seen.entry((&entry.exception.test, &entry.target)).or_default();
        if let Some(other) = same.iter().find(|other| other.contends_with(&entry.exception)) {
            let (test, line) = (&entry.exception.test, other.line);
            let message = format!("`{test}` is in line {line} already; remove one of them");
            return Err(source.error(entry.offset, message));
        }
        same.push(&entry.exception);
    }
    Ok(())
}
