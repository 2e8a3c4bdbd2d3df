//! The index of all tests: how it is built, and how it is read.
//!
//! In: the official suite, scripts on disk, `suites.toml`, `ignore-list.toml` and a
//! target described as data. Out: one compact blob, and typed views of it (or of
//! scripts that were loaded from disk). Nothing here executes a directive, and
//! nothing here looks at the machine it runs on: the build script runs on the host,
//! the tests it describes do not.
#![forbid(unsafe_code)]

mod build;
mod cost;
pub mod dialect;
mod discover;
mod embedded;
mod exception_list;
mod exceptions;
mod file;
mod format;
mod index;
mod load;
mod nearest;
mod place;
mod revision;
mod select;
mod spool;
mod suites;
mod target;

pub use build::{BuildError, BuildOptions, Built, build, inputs};
pub use exception_list::{ExceptionList, ListError};
pub use exceptions::{EngineGate, Exception, Expect, FailureClass, glob, may_match};
pub use file::{IndexedFile, SourceError, TestInfo, TestView};
pub use index::Index;
pub use load::{JudgedBy, LoadError, load, load_as, load_by};
pub use nearest::nearest;
pub use place::Place;
pub use revision::{CheckedOut, checked_out};
pub use select::Selection;
pub use suites::{ConfigError, Origin, Sets, Suite};
