//! Scripts in the forms that runners of other engines read.
//!
//! In: a script and some of its directives. Out: text, as `.wast` or as the JSON of `wast2json`. [`links`] knows
//! what rests on what, [`json`] and [`wast`] write the two forms, and a [`Sheet`] is a script that is written
//! again and again with fewer directives. Nothing here knows of engines and verdicts.

pub mod json;
pub mod links;
mod sheet;
pub mod wast;

pub use sheet::{Form, GIVEN, Item, Part, Place, Sheet, Written};
