//! What the command line tells a user who cannot have what was asked for.

/// Why what was asked for could not be done: one message, with the place and the remedy.
#[derive(Debug)]
pub(crate) struct Problem(pub(crate) String);

impl<E: std::error::Error> From<E> for Problem {
    fn from(error: E) -> Self {
        Problem(error.to_string())
    }
}
