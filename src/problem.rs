//! What the command line tells a user who cannot have what was asked for.

/// Why what was asked for could not be done: one message, with the place and the remedy.
#[derive(Debug)]
pub(crate) struct Problem(pub(crate) String);

impl<E: std::error::Error> From<E> for Problem {
    fn from(error: E) -> Self {
        Problem(error.to_string())
    }
}

/// What is wrong with TOML, in one line with its place.
pub(crate) fn in_a_line(text: &str, error: &toml::de::Error) -> String {
    let line =
        error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
    let place = line.map(|line| format!("line {line}: ")).unwrap_or_default();
    format!("{place}{}", error.message().trim().replace('\n', " "))
}
