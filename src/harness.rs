//! Which version of the harness this is.
//!
//! In: what the build script found out. Out: a version, and the revision that it was built from, where that is known.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A version of the harness.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Harness {
    /// Its version.
    pub version: String,
    /// The revision of its repository that was checked out when it was built with optimisations, or that its package
    /// was made of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
}

impl Harness {
    /// This one.
    pub fn this() -> Harness {
        let revision = option_env!("TOUCHSTONE_REVISION").filter(|revision| !revision.is_empty());
        Harness { version: env!("CARGO_PKG_VERSION").into(), revision: revision.map(str::to_owned) }
    }

    /// Whether it is known to be another one: where one of the two has no revision, only the versions tell.
    pub fn is_other_than(&self, other: &Harness) -> bool {
        let revisions = self.revision.as_ref().zip(other.revision.as_ref());
        self.version != other.version || revisions.is_some_and(|(one, other)| one != other)
    }
}

impl fmt::Display for Harness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.version)?;
        match &self.revision {
            // As much of it as people read.
            Some(revision) => write!(f, " ({})", revision.get(..12).unwrap_or(revision)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_revision_that_is_not_told_makes_no_other_harness() {
        let of = |version: &str, revision: Option<&str>| Harness {
            version: version.into(),
            revision: revision.map(str::to_owned),
        };
        assert!(!of("0.1.0", Some("a")).is_other_than(&of("0.1.0", None)));
        assert!(!of("0.1.0", None).is_other_than(&of("0.1.0", Some("a"))));
        assert!(of("0.1.0", Some("a")).is_other_than(&of("0.1.0", Some("b"))));
        assert!(of("0.1.0", None).is_other_than(&of("0.2.0", Some("a"))));
    }
}
