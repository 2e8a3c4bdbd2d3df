//! Splits text into parenthesised forms, without understanding them.
//!
//! In: text. Out: the forms at one level, as ranges with lines and columns; or the place where the text
//! cannot be split. This module knows strings, comments, annotations and parentheses, and nothing else of the
//! format. It does not recurse, so that no nesting exhausts the stack; text that is nested deeper than
//! [`MAX_DEPTH`] is refused for the sake of the parser that reads the forms afterwards, which may recurse.

use crate::infer::hash;
use crate::{Command, Directive, FeatureSet, Script, Span};

/// The deepest nesting of parentheses that is accepted.
pub(crate) const MAX_DEPTH: usize = 5_000;

/// The byte order mark, which some editors put at the beginning of a file. It is a part of the file, but not
/// of the text format.
pub(crate) const BYTE_ORDER_MARK: char = '\u{feff}';

/// Why a whole file cannot be lowered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {message}")]
pub struct LowerError {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in bytes, counted from 1.
    pub column: u32,
    /// What is wrong, and what to do about it.
    pub message: String,
}

impl LowerError {
    /// Makes a script of one directive, which is an error; it stands for a file that is not a script.
    pub fn into_script(self) -> Script {
        let LowerError { line, column, message } = self;
        let command = Command::ScriptError { message, defines: None, feature: None };
        let span = Span { start: 0, end: 0, line, column };
        let hash = hash(&[]);
        let directive = Directive { span, hash, proposals: FeatureSet::EMPTY, command };
        Script { directives: vec![directive], modules: Vec::new() }
    }
}

/// One of the parts that a text was split into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) shape: Shape,
    /// Byte range in the text.
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) line: u32,
    pub(crate) column: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `(…)`.
    Form,
    /// `(@…)`.
    Annotation,
    /// A word or a string outside of parentheses.
    Stray,
}

/// The position past the block comment that begins at `at`; comments nest. `None` if the comment is not
/// closed.
pub(crate) fn end_of_block_comment(text: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    loop {
        match (text.get(at)?, text.get(at + 1)) {
            (b'(', Some(b';')) => {
                depth += 1;
                at += 2;
            }
            (b';', Some(b')')) => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => at += 1,
        }
    }
}

/// A scanner, which is an iterator over pieces. It ends after an error.
pub(crate) struct Splitter<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
    /// Offset of the first byte of the current line.
    line_start: usize,
    failed: bool,
    too_deep: bool,
    max_depth: usize,
}

#[derive(Clone, Copy)]
struct Mark {
    at: usize,
    line: u32,
    column: u32,
}

impl<'a> Splitter<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Splitter {
            text: text.as_bytes(),
            at: 0,
            line: 1,
            line_start: 0,
            failed: false,
            too_deep: false,
            max_depth: MAX_DEPTH,
        }
    }

    /// Splits the text of a whole file, which may begin with a byte order mark.
    pub(crate) fn of_file(text: &'a str) -> Self {
        let at = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
        Splitter { at, line_start: at, ..Splitter::new(text) }
    }

    /// Splits the inside of a piece. `at` is the offset of the first byte to look at, which must be on the
    /// piece's first line.
    pub(crate) fn within(text: &'a str, piece: Piece, at: usize) -> Self {
        let line_start = piece.start + 1 - piece.column as usize;
        Splitter {
            text: &text.as_bytes()[..piece.end - 1],
            at,
            line: piece.line,
            line_start,
            failed: false,
            too_deep: false,
            max_depth: MAX_DEPTH,
        }
    }

    /// The error about text that is nested too deeply, if it is. The `bool` says whether the nesting is all
    /// that is wrong: text whose parentheses do not match is malformed, however deep it is nested.
    pub(crate) fn excessive_depth(text: &'a str) -> Option<(LowerError, bool)> {
        let mut splitter = Splitter::new(text);
        let error = splitter.find_map(Result::err)?;
        if !splitter.too_deep {
            return None;
        }
        let mut unlimited = Splitter { max_depth: usize::MAX, ..Splitter::new(text) };
        Some(match unlimited.find_map(Result::err) {
            Some(unbalanced) => (unbalanced, false),
            None => (error, true),
        })
    }

    fn mark(&self) -> Mark {
        Mark { at: self.at, line: self.line, column: (self.at - self.line_start + 1) as u32 }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.text.get(self.at + ahead).copied()
    }

    fn next_piece(&mut self) -> Result<Option<Piece>, LowerError> {
        self.skip_space()?;
        let Some(byte) = self.peek(0) else { return Ok(None) };
        let start = self.mark();
        let shape = match byte {
            b')' => {
                return Err(start.error("there is a `)` too many: no form is open here; remove it"));
            }
            b'(' if self.peek(1) == Some(b'@') => Shape::Annotation,
            b'(' => Shape::Form,
            _ => Shape::Stray,
        };
        match shape {
            Shape::Stray => self.word()?,
            _ => self.parentheses()?,
        }
        Ok(Some(Piece {
            shape,
            start: start.at,
            end: self.at,
            line: start.line,
            column: start.column,
        }))
    }

    /// Skips white space and comments.
    fn skip_space(&mut self) -> Result<(), LowerError> {
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some(b'\n' | b'\r'), _) => self.newline(),
                (Some(b' ' | b'\t'), _) => self.at += 1,
                (Some(b';'), Some(b';')) => self.line_comment(),
                (Some(b'('), Some(b';')) => self.block_comment()?,
                _ => return Ok(()),
            }
        }
    }

    /// Skips a line end, which is LF, CR or CRLF (text format, §6.3.3).
    fn newline(&mut self) {
        let both = (self.peek(0), self.peek(1)) == (Some(b'\r'), Some(b'\n'));
        self.at += if both { 2 } else { 1 };
        self.line += 1;
        self.line_start = self.at;
    }

    /// Skips a comment up to the end of the line, which is left for the caller.
    fn line_comment(&mut self) {
        while self.peek(0).is_some_and(|byte| byte != b'\n' && byte != b'\r') {
            self.at += 1;
        }
    }

    fn block_comment(&mut self) -> Result<(), LowerError> {
        let Some(end) = end_of_block_comment(self.text, self.at) else {
            return Err(self.mark().error("this comment is never closed; add `;)`"));
        };
        while self.at < end {
            match self.text[self.at] {
                b'\n' | b'\r' => self.newline(),
                _ => self.at += 1,
            }
        }
        Ok(())
    }

    fn string(&mut self) -> Result<(), LowerError> {
        let start = self.mark();
        self.at += 1;
        loop {
            match self.peek(0) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') if self.peek(1).is_some_and(|next| next != b'\n') => self.at += 2,
                None | Some(b'\n') => {
                    return Err(start.error("this string is not closed on its line; add `\"`, or write the line break as `\\n`"));
                }
                Some(_) => self.at += 1,
            }
        }
    }

    /// Skips a run of characters that are neither space nor parentheses.
    fn word(&mut self) -> Result<(), LowerError> {
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some(b'"'), _) => self.string()?,
                (Some(b';'), Some(b';')) => return Ok(()),
                (None | Some(b' ' | b'\t' | b'\r' | b'\n' | b'(' | b')'), _) => return Ok(()),
                (Some(_), _) => self.at += 1,
            }
        }
    }

    /// Skips everything from an opening parenthesis to its closing one, which is included.
    fn parentheses(&mut self) -> Result<(), LowerError> {
        let start = self.mark();
        let mut depth = 0usize;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some(b'"'), _) => self.string()?,
                (Some(b'('), Some(b';')) => self.block_comment()?,
                (Some(b'('), _) => {
                    depth += 1;
                    if depth > self.max_depth {
                        self.too_deep = true;
                        let message = format!(
                            "parentheses are nested deeper than {MAX_DEPTH}; split this form up"
                        );
                        return Err(self.mark().error(&message));
                    }
                    self.at += 1;
                }
                (Some(b')'), _) => {
                    depth -= 1;
                    self.at += 1;
                    if depth == 0 {
                        return Ok(());
                    }
                }
                (Some(b';'), Some(b';')) => self.line_comment(),
                (Some(b'\n' | b'\r'), _) => self.newline(),
                (Some(_), _) => self.at += 1,
                (None, _) => {
                    return Err(start.error("this form is never closed: a `)` is missing; add it"));
                }
            }
        }
    }
}

impl Mark {
    fn error(self, message: &str) -> LowerError {
        LowerError { line: self.line, column: self.column, message: message.to_owned() }
    }
}

impl Iterator for Splitter<'_> {
    type Item = Result<Piece, LowerError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let piece = self.next_piece().transpose();
        self.failed = matches!(piece, Some(Err(_)));
        piece
    }
}

/// The first word of a form, after spaces and comments; it is empty for text that is not a form.
pub(crate) fn keyword(form: &str) -> &str {
    if !form.starts_with('(') {
        return "";
    }
    let mut splitter = Splitter::new(form);
    splitter.at = 1;
    if splitter.skip_space().is_err() {
        return "";
    }
    let start = splitter.at;
    let length = form[start..].bytes().take_while(|byte| is_id_byte(*byte)).count();
    &form[start..start + length]
}

fn is_id_byte(byte: u8) -> bool {
    byte.is_ascii_graphic()
        && !matches!(byte, b'"' | b'(' | b')' | b',' | b';' | b'[' | b']' | b'{' | b'}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Result<Vec<(Shape, &str, u32, u32)>, LowerError> {
        Splitter::new(text)
            .map(|piece| piece.map(|p| (p.shape, &text[p.start..p.end], p.line, p.column)))
            .collect()
    }

    #[test]
    fn splits_forms_among_comments_strings_and_annotations() {
        let text = ";; one (\n(a \")\\\"\" (; ( (; ;) ;) (b ;; )\n))(@x ())\n  word \"str\\\\\"(c)";
        let want = vec![
            (Shape::Form, "(a \")\\\"\" (; ( (; ;) ;) (b ;; )\n))", 2, 1),
            (Shape::Annotation, "(@x ())", 3, 3),
            (Shape::Stray, "word", 4, 3),
            (Shape::Stray, "\"str\\\\\"", 4, 8),
            (Shape::Form, "(c)", 4, 15),
        ];
        assert_eq!(split(text).unwrap(), want);
    }

    #[test]
    fn legal_nothings() {
        for text in ["", "\n\n", ";; only a comment", "(; (; nested ;) ;)"] {
            assert_eq!(split(text), Ok(vec![]));
        }
    }

    #[test]
    fn tells_where_it_cannot_split() {
        let place = |text: &str| split(text).map_err(|e| (e.line, e.column)).unwrap_err();
        assert_eq!(place("(a)\n (b (c)"), (2, 2));
        assert_eq!(place("(a))"), (1, 4));
        assert_eq!(place("(a \"b\n\")"), (1, 4));
        assert_eq!(place("\n(; (; ;)"), (2, 1));
        assert_eq!(place("(a \"\\"), (1, 4));
        assert_eq!(place("(;"), (1, 1));
    }

    #[test]
    fn a_million_parentheses_are_refused() {
        let deep = "(".repeat(1_000_000);
        let error = split(&deep).unwrap_err();
        assert_eq!((error.line, error.column as usize), (1, MAX_DEPTH + 1));
        let balanced = deep + &")".repeat(1_000_000);
        assert!(split(&balanced).unwrap_err().message.contains("nested deeper"));
        let comment = "(;".repeat(500_000);
        assert!(split(&comment).is_err());
        let close = ")".repeat(1_000_000);
        assert!(split(&close).is_err());
    }

    #[test]
    fn finds_the_keyword() {
        assert_eq!(keyword("(module $x)"), "module");
        assert_eq!(keyword("( (; c ;) assert_return(invoke))"), "assert_return");
        assert_eq!(keyword("()"), "");
        assert_eq!(keyword("(\"x\")"), "");
    }
}
