//! Scripts in the forms that runners of other engines read.
//!
//! In: a script and some of its directives. Out: text, as `.wast`, as the JSON of `wast2json`, or as JavaScript.
//! [`links`] knows what rests on what; [`json`], [`wast`] and `js` write the forms. A [`Slice`] is a script cut down to
//! some of its tests, and a [`sheet`] one that is written again and again with fewer directives. Nothing here knows
//! of engines under test and verdicts.

pub mod js;
pub mod json;
pub mod links;
pub mod sheet;
mod slice;
pub mod wast;

pub use slice::Slice;
