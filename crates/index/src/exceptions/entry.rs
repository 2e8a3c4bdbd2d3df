//! One entry of the exception list.
//!
//! In: what the list says. Out: a typed entry, for which engines it is, and which of several entries counts.
//! Nothing here reads a list, or looks for tests.

use super::class::Expect;
use super::versions;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One entry that applies on the target.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// The name of the test that it is about, or a glob for several names.
    pub test: String,
    /// What is to become of those tests.
    pub expect: Expect,
    /// The fingerprint of the failure that is expected; any failure of the class where `None`.
    pub fingerprint: Option<String>,
    /// Why the tests cannot pass.
    pub reason: String,
    /// What is to be done about it, as `FIXME(…): …`.
    pub fixme: String,
    /// The engine that the exception is for; for all engines where `None`.
    pub engine: Option<EngineGate>,
    /// The standard that revoked what the tests expect, where one did.
    pub revoked_by: Option<String>,
    /// Whether the list is the one that the index was built with.
    pub built_in: bool,
    /// The list that it is in: the path that was given, or the name of the file that the index was built with.
    pub list: String,
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

impl EngineGate {
    /// The gate for one version of an engine; for all of its versions where this is no version in the shape
    /// of `MAJOR.MINOR.PATCH`.
    pub fn exactly(name: &str, version: &str) -> EngineGate {
        EngineGate { name: name.to_owned(), versions: versions::alone(version) }
    }

    /// Whether the engine with that name and version may pass. What cannot be read as a version is in no
    /// range.
    pub fn admits(&self, name: &str, version: &str) -> bool {
        let within = |range: &String| versions::is_within(range, version);
        self.name == name && self.versions.as_ref().is_none_or(within)
    }
}

impl Exception {
    /// Whether the exception is for an engine of this name and version.
    pub fn is_for(&self, name: &str, version: &str) -> bool {
        self.engine.as_ref().is_none_or(|gate| gate.admits(name, version))
    }

    /// Which of the exceptions about one test counts for an engine. One of a list that was given goes before
    /// one that is built in; of these, one that names the engine goes before one that is for all engines.
    pub fn that_counts<'a>(
        exceptions: &'a [Arc<Exception>],
        name: &str,
        version: &str,
    ) -> Option<&'a Arc<Exception>> {
        let all = exceptions.iter().filter(|exception| exception.is_for(name, version));
        all.min_by_key(|exception| (exception.built_in, exception.engine.is_none()))
    }

    /// Whether it is not said which of both exceptions counts for a test of some engine.
    pub(crate) fn contends_with(&self, other: &Exception) -> bool {
        if self.built_in != other.built_in {
            return false;
        }
        match (&self.engine, &other.engine) {
            (None, None) => true,
            (Some(one), Some(other)) if one.name == other.name => {
                match (&one.versions, &other.versions) {
                    (Some(one), Some(other)) => versions::overlap(one, other),
                    _ => true,
                }
            }
            _ => false,
        }
    }

    /// Whether both say the same, wherever they stand.
    pub fn says_the_same_as(&self, other: &Exception) -> bool {
        let Exception { built_in, line, .. } = *other;
        Exception { built_in, line, list: other.list.clone(), ..self.clone() } == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exception(engine: Option<(&str, Option<&str>)>) -> Arc<Exception> {
        let gate = |(name, versions): (&str, Option<&str>)| EngineGate {
            name: name.into(),
            versions: versions.map(str::to_owned),
        };
        Arc::new(Exception {
            test: "t".into(),
            expect: Expect::Skip,
            fingerprint: None,
            reason: "r".into(),
            fixme: "FIXME(#1): f".into(),
            engine: engine.map(gate),
            revoked_by: None,
            built_in: false,
            list: "l".into(),
            line: 1,
        })
    }

    #[test]
    fn the_entry_that_names_the_engine_counts() {
        let (all, one) = (exception(None), exception(Some(("e", Some("=1.0.0")))));
        for list in [[all.clone(), one.clone()], [one.clone(), all.clone()]] {
            assert_eq!(Exception::that_counts(&list, "e", "1.0"), Some(&one));
            assert_eq!(Exception::that_counts(&list, "e", "1.1"), Some(&all));
            assert_eq!(Exception::that_counts(&list, "f", "1.0"), Some(&all));
        }
        assert_eq!(Exception::that_counts(std::slice::from_ref(&one), "f", "1.0"), None);
        // What is built in counts last.
        let built_in = Arc::new(Exception { built_in: true, ..(*one).clone() });
        let list = [built_in.clone(), all.clone()];
        assert_eq!(Exception::that_counts(&list, "e", "1.0"), Some(&all));
        assert!(!built_in.contends_with(&one) && built_in.says_the_same_as(&one));
    }

    #[test]
    fn entries_for_different_engines_do_not_contend() {
        let of = |name, versions| exception(Some((name, versions)));
        assert!(exception(None).contends_with(&exception(None)));
        assert!(!exception(None).contends_with(&of("e", None)));
        assert!(!of("e", None).contends_with(&of("f", None)));
        assert!(of("e", None).contends_with(&of("e", Some("=1.0.0"))));
        assert!(!of("e", Some("<1")).contends_with(&of("e", Some(">=1"))));
    }
}
