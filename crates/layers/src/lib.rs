//! Reads which modules of a crate import which others.
//!
//! In: the file of a crate's root. Out: a circle of imports, if there is one
//! ([`Modules::circle`]), and, where folders are layers, what is imported from above
//! ([`Modules::upward`]). Tests of other crates use it; nothing that is built for users does.
//!
//! An import is what a `use` names, or a path in an expression, a type or a macro's tokens that names a
//! module of the crate, whether by `crate::`, `self::`, `super::`, the name of a child, or a name that a
//! `use` brought into scope. Code that is compiled for tests alone (`#[cfg(test)]`) is not read.
#![forbid(unsafe_code)]

mod circle;
mod imports;
mod modules;
mod upward;

pub use circle::{Circle, Step};
pub use modules::{Import, Module, Modules};
pub use upward::Upward;
