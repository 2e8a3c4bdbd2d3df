//! Words as a shell takes them.
//!
//! In: a word. Out: the same word, quoted where it has to be.

/// Quotes a word so that a shell takes it as it is.
pub(crate) fn quoted(word: &str) -> String {
    let plain = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '/' | '.' | '-' | '_' | ':' | '%' | '@' | '+' | ',' | '=')
    };
    if !word.is_empty() && word.chars().all(plain) {
        word.into()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
