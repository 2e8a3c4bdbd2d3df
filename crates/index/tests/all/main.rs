//! All tests of the index.

mod bad_input;
mod embedded;
mod features;
mod many;
