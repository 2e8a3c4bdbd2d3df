//! Parts of scripts as text.
//!
//! In: the text of a script, and where its directives stand. Out: text with fewer of them.

use touchstone_script::Directive;

/// A script without what is not wanted. What is left stands on the lines where it stood.
pub fn cut(text: &str, directives: &[Directive], wanted: &[bool]) -> String {
    let (mut cut, mut at) = (String::with_capacity(text.len()), 0);
    for (directive, wanted) in directives.iter().zip(wanted) {
        let (start, end) = (directive.span.start as usize, directive.span.end as usize);
        if *wanted || start < at {
            continue;
        }
        cut.push_str(text.get(at..start).unwrap_or_default());
        let lost = text.get(start..end).unwrap_or_default();
        cut.extend(lost.chars().filter(|c| *c == '\n'));
        at = end;
    }
    cut.push_str(text.get(at..).unwrap_or_default());
    cut
}

/// Forms, each on lines that it shares with no other, and on those where it stood if there is room.
#[derive(Debug, Default)]
pub(super) struct Layout {
    text: String,
    /// How many lines were ended.
    ended: u32,
}

impl Layout {
    /// Adds a form that stood on a line, counted from 1. Gives the line on which it begins now.
    pub(super) fn add(&mut self, form: &str, stood: u32) -> u32 {
        while self.ended + 1 < stood {
            self.text.push('\n');
            self.ended += 1;
        }
        let begins = self.ended + 1;
        self.text.push_str(form);
        self.text.push('\n');
        self.ended += 1 + form.bytes().filter(|byte| *byte == b'\n').count() as u32;
        begins
    }

    pub(super) fn text(self) -> String {
        self.text
    }
}

/// The first form inside a form, such as the action of an assertion.
pub(super) fn first_inside(form: &str) -> Option<&str> {
    let bytes = form.as_bytes();
    let mut depth = 0_usize;
    let (mut at, mut begins) = (0, None);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = past_string(bytes, at),
            b';' if bytes.get(at + 1) == Some(&b';') => {
                at += bytes[at..].iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
            }
            b'(' if bytes.get(at + 1) == Some(&b';') => at = past_comment(bytes, at),
            b'(' => {
                depth += 1;
                if depth == 2 {
                    begins.get_or_insert(at);
                }
                at += 1;
            }
            b')' => {
                depth = depth.checked_sub(1)?;
                at += 1;
                if depth == 1 {
                    return form.get(begins?..at);
                }
            }
            _ => at += 1,
        }
    }
    None
}

/// Where the string that begins at `at` is over.
fn past_string(bytes: &[u8], mut at: usize) -> usize {
    at += 1;
    while at < bytes.len() && bytes[at] != b'"' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

/// Where the block comment that begins at `at` is over; they nest.
fn past_comment(bytes: &[u8], mut at: usize) -> usize {
    let mut depth = 0_usize;
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'(', Some(b';')) => (depth, at) = (depth + 1, at + 2),
            (b';', Some(b')')) => {
                (depth, at) = (depth.saturating_sub(1), at + 2);
                if depth == 0 {
                    return at;
                }
            }
            _ => at += 1,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_action_of_an_assertion_is_found() {
        let plain = r#"(assert_return (invoke "f" (i32.const 1)) (i32.const 2))"#;
        assert_eq!(first_inside(plain), Some(r#"(invoke "f" (i32.const 1))"#));
        let odd = "(assert_return (; (invoke ;; (; ;) ;) ;; (get\n (invoke $m \"a)\\\"(\"\n) )";
        assert_eq!(first_inside(odd), Some("(invoke $m \"a)\\\"(\"\n)"));
        for none in ["", "(module)", "(assert_return", "(assert_return (invoke \"f\"", ")"] {
            assert_eq!(first_inside(none), None, "{none}");
        }
    }

    #[test]
    fn forms_keep_their_lines_if_there_is_room() {
        let mut layout = Layout::default();
        assert_eq!(layout.add("(module\n)", 2), 2);
        assert_eq!(layout.add("(register \"a\")", 3), 4, "the module ends on the line before");
        assert_eq!(layout.add("(invoke \"f\")", 6), 6);
        assert_eq!(layout.text(), "\n(module\n)\n(register \"a\")\n\n(invoke \"f\")\n");
    }
}
