//! The exception list: `ignore-list.toml`.
//!
//! In: its text, a target and all tests. Out: which entry speaks of which test on that target; or what is
//! wrong with the list, where, and what to do. Every entry must match a test on every target, whether it
//! applies there or not, so that no entry outlives the tests that it was about. Nothing here knows of
//! outcomes.

use crate::suites::{ConfigError, Source};
pub(crate) use crate::target::Target;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use toml::Spanned;
use touchstone_script::{Script, test_keys};

/// One entry that applies on the target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// The name of the test that it is about, or a glob for several names.
    pub test: String,
    /// What is to become of those tests.
    pub expect: Expect,
    /// Why the tests cannot pass.
    pub reason: String,
    /// What is to be done about it, as `FIXME(…): …`.
    pub fixme: String,
    /// The engine that the exception is for; for all engines where `None`.
    pub engine: Option<EngineGate>,
    /// The standard that revoked what the tests expect, where one did.
    pub revoked_by: Option<String>,
    /// Line in the list.
    pub line: u32,
}

/// Which engines an exception is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineGate {
    /// Name of the engine, as it names itself.
    pub name: String,
    /// Its versions, as Cargo writes ranges; all of them where `None`.
    pub versions: Option<String>,
}

impl Exception {
    /// Whether the exception is for an engine of this name and version. What cannot be read as a version is in
    /// no range.
    pub fn is_for(&self, name: &str, version: &str) -> bool {
        let Some(gate) = &self.engine else { return true };
        let within = |range: &String| {
            let range: Option<semver::VersionReq> = range.parse().ok();
            let version: Option<semver::Version> = full_version(version).parse().ok();
            range.zip(version).is_some_and(|(range, version)| range.matches(&version))
        };
        gate.name == name && gate.versions.as_ref().is_none_or(within)
    }
}

/// The first word of a version, with as many numbers as a full one has: `48.0` stands for `48.0.0`.
fn full_version(version: &str) -> String {
    let word = version.split_whitespace().next().unwrap_or_default().trim_start_matches('v');
    let numbers = word.split(['-', '+']).next().unwrap_or_default();
    let rest = &word[numbers.len()..];
    let mut numbers: Vec<&str> = numbers.split('.').collect();
    while numbers.len() < 3 {
        numbers.push("0");
    }
    format!("{}{rest}", numbers[..3].join("."))
}

/// What an exception asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Expect {
    /// The test is run and must fail in that way; if it passes, that is an error.
    Fail(FailureClass),
    /// The test is not run.
    Skip,
}

macro_rules! classes {
    ($( $(#[$doc:meta])* $variant:ident = $word:literal; )*) => {
        /// How a test failed. A crash, a timeout or an error of the script is none of these classes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum FailureClass { $( $(#[$doc])* $variant, )* }

        impl FailureClass {
            /// Every class.
            pub const ALL: &'static [FailureClass] = &[ $( FailureClass::$variant, )* ];
            /// Its word in the list.
            pub fn name(self) -> &'static str {
                match self { $( FailureClass::$variant => $word, )* }
            }
            /// The classes that an exception may expect, which are those of failures of an engine.
            pub fn expectable() -> impl Iterator<Item = FailureClass> {
                let all = FailureClass::ALL.iter().copied();
                all.filter(|class| !matches!(class, FailureClass::TextParser | FailureClass::Resource))
            }
        }
    };
}

classes! {
    /// Returned other values than expected, or returned although it had to fail.
    Value = "value";
    /// Accepted a module that it had to reject.
    Accepted = "accepted";
    /// Rejected a module as malformed.
    Malformed = "malformed";
    /// Rejected a module as invalid.
    Invalid = "invalid";
    /// Failed to link.
    Link = "link";
    /// Trapped.
    Trap = "trap";
    /// Ran out of call stack.
    Exhaustion = "exhaustion";
    /// Threw an exception.
    Exception = "exception";
    /// Suspended.
    Suspension = "suspension";
    /// The heap was broken, or something was left alive.
    Heap = "heap";
    /// Reached a limit that the run sets on what a script may use: a verdict of the outcome `error`, which no
    /// exception covers.
    Resource = "resource";
    /// Failed in a way that the specification does not name.
    Other = "other";
    /// Was decided by the text parser of the harness, not by an engine: a verdict of the outcome `error`,
    /// which no exception covers.
    TextParser = "text-parser";
}

impl std::str::FromStr for FailureClass {
    type Err = String;
    fn from_str(word: &str) -> Result<Self, String> {
        FailureClass::expectable()
            .find(|class| class.name() == word)
            .ok_or_else(|| format!("unknown class `{word}`"))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawList {
    #[serde(default)]
    ignore: Vec<Spanned<RawEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    test: Option<Spanned<String>>,
    target: Option<Spanned<String>>,
    engine: Option<Spanned<String>>,
    versions: Option<Spanned<String>>,
    #[serde(rename = "revoked-by")]
    revoked_by: Option<Spanned<String>>,
    expect: Option<Spanned<String>>,
    class: Option<Spanned<String>>,
    reason: Option<Spanned<String>>,
    fixme: Option<Spanned<String>>,
}

/// An entry that was checked, whether it applies or not.
struct Entry {
    exception: Exception,
    target: Option<String>,
    applies: bool,
    /// The offset of its `test` in the list.
    offset: usize,
}

/// The exceptions that apply, and the tests that they apply to.
#[derive(Debug, Default)]
pub(crate) struct Attached {
    pub(crate) exceptions: Vec<Arc<Exception>>,
    /// For each file, pairs of the position of a test and a position in `exceptions`, sorted by test.
    pub(crate) by_file: Vec<Vec<(u32, u32)>>,
}

const REMEDY: &str = "an `[[ignore]]` has `test`, `expect`, `reason` and `fixme`, with `expect = \"fail\"` also `class`, and maybe `target`, `engine`, `versions` and `revoked-by`";

/// Reads the list and attaches its entries to tests. `files` holds the names of files with their scripts.
pub(crate) fn attach(
    source: &Source<'_>,
    target: &Target<'_>,
    files: &[(String, &Script)],
) -> Result<Attached, ConfigError> {
    let raw: RawList =
        toml::from_str(source.text).map_err(|error| source.toml_error(&error, REMEDY))?;
    let entries = raw
        .ignore
        .iter()
        .map(|entry| check(source, target, entry))
        .collect::<Result<Vec<_>, _>>()?;
    refuse_duplicates(source, &entries)?;
    let mut attached =
        Attached { by_file: files.iter().map(|_| Vec::new()).collect(), exceptions: Vec::new() };
    // For each file and test, the applicable entry that is about the test already.
    let mut taken: HashMap<(usize, u32), u32> = HashMap::new();
    for entry in &entries {
        let number = attached.exceptions.len() as u32;
        let mut matched = false;
        for (file, test) in matches(&entry.exception.test, files) {
            matched = true;
            if !entry.applies {
                break;
            }
            if let Some(other) = taken.insert((file, test), number) {
                let message = format!(
                    "`{}` speaks of a test that the entry in line {} speaks of already; remove one, or narrow it",
                    entry.exception.test, attached.exceptions[other as usize].line
                );
                return Err(source.error(entry.offset, message));
            }
            attached.by_file[file].push((test, number));
        }
        if !matched {
            return Err(source.error(entry.offset, unknown_test(&entry.exception.test, files)));
        }
        if entry.applies {
            attached.exceptions.push(Arc::new(entry.exception.clone()));
        }
    }
    attached.by_file.iter_mut().for_each(|pairs| pairs.sort_unstable());
    Ok(attached)
}

fn check(
    source: &Source<'_>,
    target: &Target<'_>,
    entry: &Spanned<RawEntry>,
) -> Result<Entry, ConfigError> {
    let raw = entry.get_ref();
    let start = entry.span().start;
    let required = |field: &Option<Spanned<String>>, name: &str, what: &str| match field {
        Some(text) if !text.get_ref().trim().is_empty() => {
            Ok((text.get_ref().clone(), text.span().start))
        }
        Some(text) => Err(source.error(text.span().start, format!("`{name}` is empty; {what}"))),
        None => Err(source.error(start, format!("this entry has no `{name}`; {what}"))),
    };
    let (test, offset) = required(&raw.test, "test", "name a test, or several by a glob")?;
    let (reason, _) = required(&raw.reason, "reason", "say why the test cannot pass")?;
    let (fixme, fixme_at) =
        required(&raw.fixme, "fixme", "say what is to be done, as `FIXME(#12): …`")?;
    if !fixme.starts_with("FIXME(") || !fixme.contains("):") {
        return Err(source
            .error(fixme_at, "`fixme` must read `FIXME(…): …`, with an issue in the parentheses"));
    }
    let (word, word_at) = required(&raw.expect, "expect", "write \"fail\" or \"skip\"")?;
    let expect = match (word.as_str(), &raw.class) {
        ("skip", None) => Expect::Skip,
        ("skip", Some(class)) => {
            return Err(
                source.error(class.span().start, "what is skipped has no `class`; remove it")
            );
        }
        ("fail", Some(class)) => {
            Expect::Fail(class.get_ref().parse().map_err(|message: String| {
                let known: Vec<&str> = FailureClass::expectable().map(FailureClass::name).collect();
                source.error(
                    class.span().start,
                    format!("{message}; use one of {}", known.join(", ")),
                )
            })?)
        }
        ("fail", None) => {
            return Err(source.error(
                start,
                "this entry has no `class`; say how the test must fail, such as \"trap\"",
            ));
        }
        _ => {
            return Err(
                source.error(word_at, format!("`expect` is `{word}`; write \"fail\" or \"skip\""))
            );
        }
    };
    let applies = match &raw.target {
        None => true,
        Some(text) => target
            .holds(text.get_ref())
            .map_err(|message| source.error(text.span().start, message))?,
    };
    let engine = engine_gate(source, raw)?;
    let revoked_by = raw.revoked_by.as_ref().map(|standard| standard.get_ref().clone());
    let line = source.error(start, "").place.line;
    let target = raw.target.as_ref().map(|target| target.get_ref().clone());
    Ok(Entry {
        exception: Exception { test, expect, reason, fixme, engine, revoked_by, line },
        target,
        applies,
        offset,
    })
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
    let mut seen = HashMap::new();
    for entry in entries {
        if let Some(line) =
            seen.insert((&entry.exception.test, &entry.target), entry.exception.line)
        {
            let message =
                format!("`{}` is in line {line} already; remove one of them", entry.exception.test);
            return Err(source.error(entry.offset, message));
        }
    }
    Ok(())
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

/// Whether names of tests of a file can match. Only what precedes the first wildcard is looked at.
fn may_match(pattern: &str, file: &str) -> bool {
    let fixed = pattern.split(['*', '?']).next().unwrap_or_default();
    file.starts_with(fixed) || fixed.strip_prefix(file).is_some_and(|rest| rest.starts_with(':'))
}

fn unknown_test(pattern: &str, files: &[(String, &Script)]) -> String {
    let file = pattern.split(':').next().unwrap_or_default();
    let hint = match files.iter().find(|(name, _)| name == file) {
        Some((name, _)) => format!("`{name}` is indexed, but has no such test; list its tests"),
        None => match crate::nearest::nearest(file, files.iter().map(|(name, _)| name.as_str())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "see the list of tests".into(),
        },
    };
    format!("no test matches `{pattern}`; {hint}, correct the name or remove the entry")
}

/// Whether `text` matches: `*` stands for any characters, `?` for one.
fn glob(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), text.chars().collect());
    let (mut p, mut t) = (0, 0);
    // The positions from which to go on if a guess about the last `*` was wrong.
    let mut retry: Option<(usize, usize)> = None;
    while t < text.len() {
        if p < pattern.len() && pattern[p] == '*' {
            retry = Some((p + 1, t));
            p += 1;
        } else if p < pattern.len() && (pattern[p] == '?' || pattern[p] == text[t]) {
            p += 1;
            t += 1;
        } else if let Some((after, from)) = retry {
            retry = Some((after, from + 1));
            p = after;
            t = from + 1;
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
#[path = "exceptions_tests.rs"]
mod tests;
