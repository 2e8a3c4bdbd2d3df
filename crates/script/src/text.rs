//! Encodes the text of modules as Wasm bytes.
//!
//! In: the text format. Out: bytes of the binary format, or why the text is malformed. Nothing here asks
//! whether the bytes are valid.

use crate::grammar::{self, Dialect};
use crate::split::Splitter;
use wast::Wat;
use wast::lexer::Lexer;
use wast::parser::{Parse, ParseBuffer, Parser};

/// Why text is not a module. This is a matter of the text format, so no engine sees the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TextError {
    /// Byte offset in the text.
    pub offset: usize,
    /// What is wrong.
    pub message: String,
    /// Whether the reason is that the text exceeds a limit of this parser; then it may well be a module.
    pub limit: bool,
}

impl From<wast::Error> for TextError {
    fn from(error: wast::Error) -> Self {
        TextError { offset: error.span().offset(), message: error.message(), limit: false }
    }
}

/// Parses and encodes the text of a module, as `(module quote …)` gives it.
///
/// # Errors
/// Fails if the text is not UTF-8, cannot be split into forms, or is malformed, that is, refused by the
/// grammar of the specification or by the parser, whose limits `docs/text-parser.md` lists.
pub fn parse_quote(text: &[u8]) -> Result<Vec<u8>, TextError> {
    let text = std::str::from_utf8(text).map_err(|error| TextError {
        offset: error.valid_up_to(),
        message: "malformed UTF-8 encoding".into(),
        limit: false,
    })?;
    encode(text, Dialect::Specified)
}

/// Parses and encodes `(module …)`, or its fields, once the grammar accepts them.
pub(crate) fn encode(text: &str, dialect: Dialect) -> Result<Vec<u8>, TextError> {
    refuse_depth(text)?;
    // Text that has nothing but white space and comments is a module without fields.
    let text = if Splitter::new(text).next().is_none() { "(module)" } else { text };
    let checked = grammar::module(text, dialect)?;
    encode_checked(&checked.text).map_err(|error| checked.placed(error))
}

fn encode_checked(text: &str) -> Result<Vec<u8>, TextError> {
    let buffer = buffer(text)?;
    let mut wat: Wat<'_> = wast::parser::parse(&buffer)?;
    match wat {
        Wat::Module(_) => Ok(wat.encode()?),
        Wat::Component(_) => Err(TextError {
            offset: wat.span().offset(),
            message: "a component is not a module".into(),
            limit: false,
        }),
    }
}

/// Refuses the same nesting that our splitter refuses, as the parser that comes next may recurse. The parser
/// tells better about anything else that is wrong.
fn refuse_depth(text: &str) -> Result<(), TextError> {
    match Splitter::excessive_depth(text) {
        Some((error, limit)) => Err(TextError { offset: 0, message: error.to_string(), limit }),
        None => Ok(()),
    }
}

pub(crate) fn buffer(text: &str) -> Result<ParseBuffer<'_>, TextError> {
    let mut lexer = Lexer::new(text);
    lexer.allow_confusing_unicode(true);
    Ok(ParseBuffer::new_with_lexer(lexer)?)
}

/// Parses something in parentheses, with the annotations of the standard registered.
pub(crate) struct Parens<T>(pub(crate) T);

impl<'a, T: Parse<'a>> Parse<'a> for Parens<T> {
    fn parse(parser: Parser<'a>) -> wast::parser::Result<Self> {
        let _custom = parser.register_annotation("custom");
        let _producers = parser.register_annotation("producers");
        let _name = parser.register_annotation("name");
        let _dylink = parser.register_annotation("dylink.0");
        let _hint = parser.register_annotation("metadata.code.branch_hint");
        parser.parens(T::parse).map(Parens)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_text_is_checked() {
        assert_eq!(parse_quote(b"(module)").unwrap(), b"\0asm\x01\0\0\0");
        assert_eq!(parse_quote(b"(func)").unwrap()[..4], *b"\0asm");
        assert_eq!(parse_quote(b"\xff").unwrap_err().message, "malformed UTF-8 encoding");
        assert!(parse_quote(b"(func").is_err());
        assert!(parse_quote(b"(func (br $nowhere))").is_err());
        assert!(parse_quote(&b"(".repeat(1_000_000)).is_err());
        for nothing in ["", "  ", ";; only a comment", "(; one ;)\n"] {
            assert_eq!(parse_quote(nothing.as_bytes()).unwrap(), b"\0asm\x01\0\0\0");
        }
        assert!(parse_quote(b"(component)").is_err());
        let deep = format!("(func {}{})", "(block ".repeat(6000), ")".repeat(6000));
        assert!(parse_quote(deep.as_bytes()).unwrap_err().limit);
        assert!(!parse_quote(b"(func").unwrap_err().limit);
    }
}
