//! The index of tests that was built into this library, and scripts from disk in the same shape.
//!
//! In: the blob that the build script wrote. Out: [`Index`], [`IndexedFile`] and
//! [`TestInfo`], which are the same for [`load`]ed scripts. Nothing here knows of
//! engines or outcomes.
//!
//! * [`embedded`]`().files()` lists files; [`IndexedFile::tests`] lists the tests of a file, one [`TestInfo`]
//!   per directive in the order of `Script::tests`: directives in source order, each `(thread …)` followed by
//!   those inside it. In a script without threads the position in that list is the position in
//!   `Script::directives`.
//! * [`Index::find`] finds one test by its exact name and decodes one file at most.
//! * [`Selection`] filters by suite, proposal, file, line, kind and text.

pub use touchstone_index::{
    ConfigError, EngineGate, Exception, ExceptionList, Expect, FailureClass, Index, IndexedFile,
    JudgedBy, ListError, LoadError, Origin, Selection, Sets, SourceError, Suite, TestInfo,
    TestView, dialect, glob, load, load_as, load_by, may_match, nearest,
};

use std::sync::OnceLock;

static BLOB: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/index.bin"));

/// The index that was built into this library.
pub fn embedded() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        Index::open(BLOB).expect("the index is written by the build script of this very library")
    })
}
