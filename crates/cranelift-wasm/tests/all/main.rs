//! All tests of the translation.

mod allowance;
mod ir;
