//! Quoted modules where the parser of `wast` has no place for them.
//!
//! The grammar of scripts lets any module be quoted: with a name, as a definition, and under
//! assertions about instantiation. In: one form. Out: its parts, or nothing where the form is
//! not of this kind and the ordinary parser has the word.

use crate::text::Parens;
use wast::kw;
use wast::parser::{Parse, ParseBuffer, Parser, Result};
use wast::token::Id;

/// A form around a quoted module.
pub(crate) enum Quoted {
    /// `(module definition? $name? quote "…"*)`.
    Module { definition: bool, name: Option<String>, text: Vec<u8> },
    /// `(assert_trap (module $name? quote "…"*) "message")`.
    AssertTrap { text: Vec<u8>, message: String },
    /// `(assert_unlinkable (module $name? quote "…"*) "message")`.
    AssertUnlinkable { text: Vec<u8>, message: String },
}

impl Quoted {
    /// Parses a form of this kind, whose keyword is `keyword`.
    pub(crate) fn parse(keyword: &str, buffer: &ParseBuffer<'_>) -> Option<Self> {
        match keyword {
            "module" => {
                let Parens(Module { definition, name, text }) = wast::parser::parse(buffer).ok()?;
                Some(Quoted::Module { definition, name: name.map(|id| id.name().to_owned()), text })
            }
            "assert_trap" => {
                let Parens(Assertion::<kw::assert_trap> { text, message, .. }) =
                    wast::parser::parse(buffer).ok()?;
                Some(Quoted::AssertTrap { text, message })
            }
            "assert_unlinkable" => {
                let Parens(Assertion::<kw::assert_unlinkable> { text, message, .. }) =
                    wast::parser::parse(buffer).ok()?;
                Some(Quoted::AssertUnlinkable { text, message })
            }
            _ => None,
        }
    }
}

struct Module<'a> {
    definition: bool,
    name: Option<Id<'a>>,
    text: Vec<u8>,
}

impl<'a> Parse<'a> for Module<'a> {
    fn parse(parser: Parser<'a>) -> Result<Self> {
        parser.parse::<kw::module>()?;
        let definition = parser.parse::<Option<kw::definition>>()?.is_some();
        let name = parser.parse()?;
        parser.parse::<kw::quote>()?;
        let mut text = Vec::new();
        while !parser.is_empty() {
            text.extend_from_slice(parser.parse::<&[u8]>()?);
        }
        Ok(Module { definition, name, text })
    }
}

struct Assertion<K> {
    _keyword: K,
    text: Vec<u8>,
    message: String,
}

impl<'a, K: Parse<'a>> Parse<'a> for Assertion<K> {
    fn parse(parser: Parser<'a>) -> Result<Self> {
        let keyword = parser.parse()?;
        let module: Module<'_> = parser.parens(Module::parse)?;
        let message = parser.parse::<&str>()?.to_owned();
        Ok(Assertion { _keyword: keyword, text: module.text, message })
    }
}
