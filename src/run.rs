//! Runs the commands of scripts with an engine and gives verdicts.
//!
//! In: lowered scripts ([`mod@unit`]). Out: one verdict per test. [`pool`] hands files to threads,
//! [`mod@file`] runs one file, and [`script`] executes its directives; `slices` has whole scripts run by engines
//! that have only a runner of scripts. [`patterns`], [`failure`] and
//! [`messages`] decide which results and failures satisfy which expectations. Nothing here knows how scripts
//! are found or how verdicts are shown. No module here imports one that imports it (`tests/all/layers.rs`).

pub mod bindings;
mod directive;
mod expect;
pub mod failure;
pub mod file;
mod foresee;
pub mod messages;
pub(crate) mod panics;
pub mod patterns;
pub mod pool;
pub mod predict;
pub mod script;
mod slices;
mod source;
mod thread;
mod told;
pub mod unit;
mod whole;
