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
