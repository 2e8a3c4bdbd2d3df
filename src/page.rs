//! The verdicts of several engines, shown to people: as one page that needs no network, as Markdown, as JUnit, as a
//! badge, and as rows of the community's table of features.
//!
//! In: reports. Out: text in each of these forms. Nothing here knows how runs are made, or where files are.
//!
//! 1. [`gather`] puts the lines of reports side by side: one row per test, one column per run ([`table`]).
//! 2. [`sources`] finds the text of the tests.
//! 3. [`pack`] writes columns as compressed bytes, [`data`] says which, and [`html`] puts them into a page with the
//!    script and the style in `assets`, which read them.
//! 4. [`markdown`], [`badge`], [`features`] and [`junit`] say less, and need no script.

pub mod badge;
pub mod bundle;
pub mod counts;
pub mod data;
pub mod features;
pub mod gather;
pub mod html;
pub mod junit;
pub mod markdown;
pub mod pack;
pub mod sources;
pub mod table;
