//! Whether a corpus of scripts is in order: what stands in it twice, what rests on the order of its directives,
//! and what a fault could do without being noticed.
//!
//! In: scripts and an engine that passes them. Out: findings, of which none is a failure of the engine. Nothing
//! here knows where scripts come from, or how findings are shown.

mod copies;
mod faults;
mod operators;
mod order;

pub use copies::{Copies, Lost, copies, lost};
pub use faults::{Fault, Outlook, Planting, Score, faults};
pub use order::{Dependent, order};
