//! Pieces of Markdown, which nothing in a text can break out of.
//!
//! In: text of reports. Out: the same as code, or in a cell of a table. Nothing here knows what the text is about.

/// How many characters of what was said are shown of a test.
const LONGEST: usize = 160;

/// The first line of what was said, as code, which nothing in it can end.
pub fn code(said: &str) -> String {
    let first = said.lines().next().unwrap_or_default().replace('`', "'");
    match first.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", &first[..end]),
        None => format!("`{first}`"),
    }
}

/// Text in a cell of a table.
pub fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
