//! Pieces of Markdown, which nothing in a text can break out of.
//!
//! In: text of reports. Out: the same as prose, which may stand in a cell of a table, or as code. Nothing here
//! knows what the text is about.

/// How many characters of what was said are shown of a test.
const LONGEST: usize = 160;

/// Text that Markdown takes as it is, in one line.
pub fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // An escaped `@` still calls whoever is named after it, so the name is not directly after it.
            '@' => out.push_str("@&#8203;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The beginning of a text that may be long, as [`prose`].
pub fn brief(said: &str) -> String {
    prose(&clipped(said))
}

/// Text in a span of code, in one line.
pub fn code(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// The beginning of the first line of what was said, as [`code`].
pub fn brief_code(said: &str) -> String {
    code(&clipped(said.lines().next().unwrap_or_default()))
}

fn clipped(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markdown() {
        assert_eq!(prose("a|b <img> *c*\n`d`"), "a\\|b &lt;img&gt; \\*c\\* \\`d\\`");
        assert_eq!(prose("[x](y) @z\r\r# A"), "\\[x\\](y) @&#8203;z  \\# A");
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("``a`"), "``` ``a` ```");
        assert_eq!(brief_code("a`b\nc"), "``a`b``");
    }

    #[test]
    fn what_is_long_is_cut() {
        let long = "ä".repeat(500);
        assert_eq!(brief(&long), format!("{}…", "ä".repeat(LONGEST)));
        assert_eq!(brief_code(&long), format!("`{}…`", "ä".repeat(LONGEST)));
    }
}
