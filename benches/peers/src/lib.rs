//! The code that the measuring programs of this crate share.

pub mod measure;
