//! Splits text into tokens (specification, "Text Format", *Lexical Format* and *Values*).
//!
//! In: text. Out: its tokens, or the place where the characters do not form a token. White space, comments
//! and annotations (appendix "Custom Annotations") separate tokens and are left out. Nothing here knows which
//! token may follow which.

use crate::split::end_of_block_comment;
use crate::text::TextError;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// `"…"`.
    String,
    /// `$x` or `$"…"`.
    Id,
    /// A word that begins with a small letter.
    Keyword,
    /// An integer without a sign.
    Natural,
    /// An integer with a sign.
    Signed,
    /// A number that is no integer, or `inf` or `nan`.
    Float,
    /// Any other run of characters that is separated like a token.
    Reserved,
    /// The end of the text.
    End,
}

/// A token and the bytes that it covers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// All tokens of a text, of which the last one is [`Kind::End`]; and the places where annotations hold a `$`
/// alone. The parser refuses such a `$`, although it is a reserved token and reserved tokens may stand in
/// annotations.
pub(super) fn tokens(text: &str) -> Result<(Vec<Token>, Vec<usize>), TextError> {
    let mut lexer = Lexer { text: text.as_bytes(), at: 0, dollars: Vec::new() };
    // Scripts have about one token for every five bytes.
    let mut tokens = Vec::with_capacity(text.len() / 5 + 1);
    loop {
        let token = lexer.next()?;
        tokens.push(token);
        if token.kind == Kind::End {
            return Ok((tokens, lexer.dollars));
        }
    }
}

fn error(offset: usize, message: impl Into<String>) -> TextError {
    TextError { offset, message: message.into(), limit: false }
}

struct Lexer<'a> {
    text: &'a [u8],
    at: usize,
    /// The places where annotations hold a `$` alone.
    dollars: Vec<usize>,
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> Option<u8> {
        self.text.get(self.at + ahead).copied()
    }

    fn next(&mut self) -> Result<Token, TextError> {
        loop {
            self.skip_space()?;
            if (self.peek(0), self.peek(1)) != (Some(b'('), Some(b'@')) {
                let token = self.token()?;
                if self.is_dollar(token) {
                    return Err(error(token.start, "empty identifier"));
                }
                return Ok(token);
            }
            self.skip_annotation()?;
        }
    }

    /// Skips white space and comments.
    fn skip_space(&mut self) -> Result<(), TextError> {
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some(b' ' | b'\t' | b'\n' | b'\r'), _) => self.at += 1,
                (Some(b';'), Some(b';')) => {
                    let rest = &self.text[self.at..];
                    let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
                    self.at += end.unwrap_or(rest.len());
                }
                (Some(b'('), Some(b';')) => {
                    let end = end_of_block_comment(self.text, self.at);
                    self.at = end.ok_or_else(|| error(self.at, "unclosed comment"))?;
                }
                _ => return Ok(()),
            }
        }
    }

    /// Skips `(@id token*)`. It may hold any tokens, as long as parentheses match.
    fn skip_annotation(&mut self) -> Result<(), TextError> {
        let start = self.at;
        self.at += 1;
        let id = self.token()?;
        if id.end - id.start == 1 || &self.text[id.start..id.end] == b"@\"\"" {
            return Err(error(start, "empty annotation id"));
        }
        let mut depth = 1usize;
        while depth > 0 {
            self.skip_space()?;
            let token = self.token()?;
            if self.is_dollar(token) {
                self.dollars.push(token.start);
            }
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close => depth -= 1,
                Kind::End => return Err(error(start, "unclosed annotation")),
                _ => {}
            }
        }
        Ok(())
    }

    fn is_dollar(&self, token: Token) -> bool {
        token.kind == Kind::Reserved && &self.text[token.start..token.end] == b"$"
    }

    /// Reads the token that begins here.
    fn token(&mut self) -> Result<Token, TextError> {
        let start = self.at;
        let kind = match self.peek(0) {
            None => Kind::End,
            Some(b'(') => self.single(Kind::Open),
            Some(b')') => self.single(Kind::Close),
            Some(b',' | b';' | b'[' | b']' | b'{' | b'}') => self.single(Kind::Reserved),
            Some(byte) if byte == b'"' || is_id_character(byte) => self.word()?,
            Some(byte) => {
                return Err(error(start, format!("illegal character {:?}", char::from(byte))));
            }
        };
        Ok(Token { kind, start, end: self.at })
    }

    fn single(&mut self, kind: Kind) -> Kind {
        self.at += 1;
        kind
    }

    /// Reads the longest run of identifier characters and strings, which is one token, whatever is in it.
    fn word(&mut self) -> Result<Kind, TextError> {
        let start = self.at;
        let (mut characters, mut strings) = (0usize, 0usize);
        loop {
            match self.peek(0) {
                Some(b'"') => {
                    self.string()?;
                    strings += 1;
                }
                Some(byte) if is_id_character(byte) => {
                    self.at += 1;
                    characters += 1;
                }
                _ => break,
            }
        }
        let word = &self.text[start..self.at];
        Ok(match (characters, strings, word[0]) {
            (0, 1, _) => Kind::String,
            (1, 1, b'$') => Kind::Id,
            (_, 0, b'$') if word.len() > 1 => Kind::Id,
            (_, 0, b'$') => Kind::Reserved,
            (_, 0, _) => number(word).unwrap_or(if word[0].is_ascii_lowercase() {
                Kind::Keyword
            } else {
                Kind::Reserved
            }),
            _ => Kind::Reserved,
        })
    }

    fn string(&mut self) -> Result<(), TextError> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.peek(0) {
                None | Some(b'\n') => return Err(error(start, "unclosed string literal")),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.escape()?,
                Some(0..=0x1f | 0x7f) => {
                    return Err(error(self.at, "illegal control character in string literal"));
                }
                Some(_) => self.at += 1,
            }
        }
    }

    fn escape(&mut self) -> Result<(), TextError> {
        let illegal = error(self.at, "illegal escape in string literal");
        match (self.peek(1), self.peek(2)) {
            (Some(b't' | b'n' | b'r' | b'"' | b'\'' | b'\\'), _) => self.at += 2,
            (Some(b'u'), Some(b'{')) => {
                let rest = &self.text[self.at + 3..];
                let length = rest.iter().position(|byte| *byte == b'}').ok_or(illegal.clone())?;
                let digits = &rest[..length];
                if !is_digits(digits, |byte| byte.is_ascii_hexdigit()) {
                    return Err(illegal);
                }
                let point = super::numbers::natural(digits, 16).and_then(|n| u32::try_from(n).ok());
                point.and_then(char::from_u32).ok_or(illegal)?;
                self.at += 3 + length + 1;
            }
            (Some(high), Some(low)) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                self.at += 3;
            }
            _ => return Err(illegal),
        }
        Ok(())
    }
}

/// Whether a byte is an `idchar` of the specification.
fn is_id_character(byte: u8) -> bool {
    byte.is_ascii_graphic()
        && !matches!(byte, b'"' | b'(' | b')' | b',' | b';' | b'[' | b']' | b'{' | b'}')
}

/// The kind of a word if it is a number.
pub(super) fn number(word: &[u8]) -> Option<Kind> {
    let (signed, rest) = match word {
        [b'+' | b'-', rest @ ..] => (true, rest),
        _ => (false, word),
    };
    if matches!(rest, b"inf" | b"nan") {
        return Some(Kind::Float);
    }
    let hex_digit = |byte: u8| byte.is_ascii_hexdigit();
    let digit = |byte: u8| byte.is_ascii_digit();
    if let Some(payload) = rest.strip_prefix(b"nan:0x") {
        return is_digits(payload, hex_digit).then_some(Kind::Float);
    }
    let (digits, is_digit, marks): (_, fn(u8) -> bool, _) = match rest.strip_prefix(b"0x") {
        Some(digits) => (digits, hex_digit, b"pP"),
        None => (rest, digit, b"eE"),
    };
    if is_digits(digits, is_digit) {
        return Some(if signed { Kind::Signed } else { Kind::Natural });
    }
    let (mantissa, exponent) = match digits.iter().position(|byte| marks.contains(byte)) {
        Some(at) => (&digits[..at], Some(&digits[at + 1..])),
        None => (digits, None),
    };
    let (integer, fraction) = match mantissa.iter().position(|byte| *byte == b'.') {
        Some(at) => (&mantissa[..at], &mantissa[at + 1..]),
        None => (mantissa, &b""[..]),
    };
    let exponent = exponent.map(|digits| match digits {
        [b'+' | b'-', rest @ ..] => rest,
        _ => digits,
    });
    (is_digits(integer, is_digit)
        && (fraction.is_empty() || is_digits(fraction, is_digit))
        && exponent.is_none_or(|digits| is_digits(digits, digit)))
    .then_some(Kind::Float)
}

/// Whether a word consists of at least one digit, with single underscores only between digits.
fn is_digits(word: &[u8], is_digit: impl Fn(u8) -> bool) -> bool {
    let mut after_digit = false;
    for byte in word {
        match *byte {
            b'_' if after_digit => after_digit = false,
            byte if is_digit(byte) => after_digit = true,
            _ => return false,
        }
    }
    after_digit
}
