//! Reads tokens one after another.
//!
//! In: a text and its tokens. Out: what stands next, or an error that says what was expected and what was
//! found. The parts of the grammar that several kinds of field share (indices, types, names) are read here.
//! Nothing here knows what a field or an instruction is.

use super::numbers;
use super::tokens::{Kind, Token};
use super::{Dialect, Edit};
use crate::text::TextError;

pub(super) type Result<T = ()> = std::result::Result<T, TextError>;

pub(super) struct Reader<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    pub(super) dialect: Dialect,
    /// The parts of the text that are to be written differently before the parser reads it, in order.
    pub(super) edits: Vec<Edit>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, tokens: Vec<Token>, dialect: Dialect) -> Self {
        Reader { text, tokens, at: 0, dialect, edits: Vec::new() }
    }

    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// Skips `count` tokens.
    pub(super) fn skip(&mut self, count: usize) {
        self.at += count;
    }

    /// Goes back by one token.
    pub(super) fn retreat(&mut self) {
        self.at -= 1;
    }

    /// The token that comes `ahead` tokens after the next one, or the end.
    fn ahead(&self, ahead: usize) -> Token {
        // The last token is the end of the text, and nothing reads past it.
        self.tokens[(self.at + ahead).min(self.tokens.len() - 1)]
    }

    pub(super) fn kind(&self) -> Kind {
        self.ahead(0).kind
    }

    pub(super) fn offset(&self) -> usize {
        self.ahead(0).start
    }

    fn text_of(&self, token: Token) -> &'a str {
        &self.text[token.start..token.end]
    }

    /// The next word, whatever it is.
    pub(super) fn word(&self) -> &'a str {
        self.text_of(self.ahead(0))
    }

    pub(super) fn advance(&mut self) -> &'a str {
        let word = self.word();
        self.at += 1;
        word
    }

    /// Whether the next token is this keyword.
    pub(super) fn is_keyword(&self, keyword: &str) -> bool {
        self.kind() == Kind::Keyword && self.word() == keyword
    }

    pub(super) fn skip_keyword(&mut self, keyword: &str) -> bool {
        let is = self.is_keyword(keyword);
        self.at += usize::from(is);
        is
    }

    /// The keyword after the next token, if that is an opening parenthesis.
    pub(super) fn form(&self) -> Option<&'a str> {
        let (open, keyword) = (self.ahead(0), self.ahead(1));
        (open.kind == Kind::Open && keyword.kind == Kind::Keyword).then(|| self.text_of(keyword))
    }

    /// Reads `(keyword` if that stands here; says whether it did.
    pub(super) fn skip_form(&mut self, keyword: &str) -> bool {
        let is = self.form() == Some(keyword);
        self.at += 2 * usize::from(is);
        is
    }

    pub(super) fn open(&mut self, keyword: &str) -> Result {
        match self.skip_form(keyword) {
            true => Ok(()),
            false => self.unexpected(&format!("`({keyword} …)`")),
        }
    }

    pub(super) fn close(&mut self) -> Result {
        self.expect(Kind::Close, "`)`")
    }

    pub(super) fn expect(&mut self, kind: Kind, what: &str) -> Result {
        if self.kind() != kind {
            return self.unexpected(what);
        }
        self.at += 1;
        Ok(())
    }

    pub(super) fn unexpected<T>(&self, wanted: &str) -> Result<T> {
        let found = match self.kind() {
            Kind::End => "the end of the text".to_owned(),
            _ => format!("`{}`", crate::lower::cut(self.word())),
        };
        self.fail(format!("unexpected token: expected {wanted}, found {found}"))
    }

    pub(super) fn fail<T>(&self, message: impl Into<String>) -> Result<T> {
        Err(TextError { offset: self.offset(), message: message.into(), limit: false })
    }

    /// Asks for `text` to be inserted before the next token.
    pub(super) fn insert(&mut self, text: &'static str) {
        let at = self.offset();
        self.edits.push(Edit { start: at, end: at, text: text.into() });
    }

    /// Asks for `text` to be inserted after the last token read.
    pub(super) fn append(&mut self, text: &'static str) {
        let at = self.tokens[self.at - 1].end;
        self.edits.push(Edit { start: at, end: at, text: text.into() });
    }

    // The parts of the grammar that many productions share.

    pub(super) fn is_index(&self) -> bool {
        matches!(self.kind(), Kind::Natural | Kind::Id)
    }

    pub(super) fn index(&mut self) -> Result {
        match self.kind() {
            Kind::Id => {
                self.at += 1;
                Ok(())
            }
            Kind::Natural => self.natural(32),
            _ => self.unexpected("an index without sign, or an identifier"),
        }
    }

    pub(super) fn indices(&mut self) -> Result {
        while self.is_index() {
            self.index()?;
        }
        Ok(())
    }

    /// Reads an unsigned integer.
    pub(super) fn natural(&mut self, bits: u32) -> Result {
        if self.kind() != Kind::Natural {
            return self.unexpected("an integer without sign");
        }
        if !numbers::is_unsigned(self.word(), bits) {
            return self.fail(format!("u{bits} constant out of range"));
        }
        self.at += 1;
        Ok(())
    }

    pub(super) fn identifier(&mut self) -> bool {
        let is = self.kind() == Kind::Id;
        self.at += usize::from(is);
        is
    }

    /// Reads a string. The parser checks whether a name is UTF-8.
    pub(super) fn string(&mut self) -> Result {
        self.expect(Kind::String, "a string")
    }

    pub(super) fn strings(&mut self) {
        while self.kind() == Kind::String {
            self.at += 1;
        }
    }

    /// Reads an unsigned or signed integer, or a float.
    pub(super) fn number(&mut self, number: Number) -> Result {
        let (kind, word) = (self.kind(), self.word());
        match (number, kind) {
            (Number::Integer(bits), Kind::Natural | Kind::Signed) => {
                let strict = self.dialect == Dialect::Specified;
                if !numbers::is_uninterpreted(word, bits, strict) {
                    return self.fail(format!("i{bits} constant out of range"));
                }
            }
            (Number::Integer(_), _) => return self.unexpected("an integer"),
            (Number::Float(format), Kind::Natural | Kind::Signed | Kind::Float) => {
                let Token { start, end, .. } = self.ahead(0);
                match numbers::float(word, format) {
                    numbers::Float::AsIs => {}
                    numbers::Float::Rewritten(text) => {
                        self.edits.push(Edit { start, end, text: text.into() });
                    }
                    numbers::Float::OutOfRange => return self.fail("constant out of range"),
                }
            }
            (Number::Float(_), _) => return self.unexpected("a number"),
        }
        self.at += 1;
        Ok(())
    }

    /// Reads a value type or a storage type. Only the parser knows which keywords are types.
    pub(super) fn value_type(&mut self) -> Result {
        match self.form() {
            Some("ref") => {
                self.at += 2;
                self.skip_keyword("null");
                self.heap_type()?;
                self.close()
            }
            Some("shared") => {
                self.at += 2;
                self.expect(Kind::Keyword, "a type")?;
                self.close()
            }
            _ => self.expect(Kind::Keyword, "a type"),
        }
    }

    pub(super) fn value_types(&mut self) -> Result {
        while self.kind() != Kind::Close {
            self.value_type()?;
        }
        Ok(())
    }

    pub(super) fn heap_type(&mut self) -> Result {
        match self.form() {
            Some("exact") => {
                self.at += 2;
                self.index()?;
                self.close()
            }
            Some("shared") => {
                self.at += 2;
                self.expect(Kind::Keyword, "a heap type")?;
                self.close()
            }
            _ if self.is_index() => self.index(),
            _ => self.expect(Kind::Keyword, "a heap type"),
        }
    }

    /// Reads `(param …)* (result …)*`.
    pub(super) fn function_type(&mut self, names: Names) -> Result {
        while self.skip_form("param") {
            match names {
                Names::Allowed if self.identifier() => self.value_type()?,
                Names::Allowed | Names::Refused => self.value_types()?,
            }
            self.close()?;
        }
        while self.skip_form("result") {
            self.value_types()?;
            self.close()?;
        }
        match self.form() {
            Some("param") => self.fail("unexpected token: result before parameter"),
            _ => Ok(()),
        }
    }

    /// Reads `(type x)? (param …)* (result …)*`.
    pub(super) fn type_use(&mut self, names: Names) -> Result {
        if self.skip_form("type") {
            self.index()?;
            self.close()?;
        }
        self.function_type(names)
    }
}

/// Whether parameters may have identifiers here.
#[derive(Clone, Copy)]
pub(super) enum Names {
    Allowed,
    Refused,
}

/// The type of a literal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    /// An uninterpreted integer of that many bits.
    Integer(u32),
    Float(numbers::Format),
}
