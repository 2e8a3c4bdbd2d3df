//! All tests of the text format and of scripts.

mod grammar;
mod lower;
