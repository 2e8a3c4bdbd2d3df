//! Forms of scripts that the parser of `wast` does not know.
//!
//! The grammar of scripts lets any module be quoted: with a name, as a definition, and under assertions about
//! instantiation; these assertions take `(module instance …)` as well. Scripts of Wasm 1.0 have directives of
//! their own to ask for results in a class of NaNs. In: one form. Out: its parts, or nothing if the form is
//! not of this kind, so that the ordinary parser has to read it.

use crate::text::Parens;
use crate::{FloatPattern, Pattern};
use wast::parser::{Parse, ParseBuffer, Parser, Result};
use wast::token::Id;
use wast::{WastExecute, kw};

/// A form that the parser of `wast` does not know.
pub(crate) enum Extra<'a> {
    /// `(module definition? $name? quote "…"*)`.
    Module { definition: bool, name: Option<String>, text: Vec<u8> },
    /// `(assert_trap subject "message")`.
    AssertTrap { subject: Subject, message: String },
    /// `(assert_unlinkable subject "message")`.
    AssertUnlinkable { subject: Subject, message: String },
    /// `(assert_return_canonical_nan action)` and similar directives, each an assertion about one result.
    AssertReturnNan { action: Box<WastExecute<'a>>, pattern: Pattern },
}

/// What an assertion about instantiation instantiates.
pub(crate) enum Subject {
    /// `(module $name? quote "…"*)`.
    Quote(Vec<u8>),
    /// `(module instance $instance? $module?)`, with the name of the definition.
    Instance(Option<String>),
}

impl<'a> Extra<'a> {
    /// Parses a form whose keyword is `keyword`, if it is of this kind.
    pub(crate) fn parse(keyword: &str, buffer: &'a ParseBuffer<'a>) -> Option<Self> {
        match keyword {
            "module" => {
                let Parens(Module { definition, name, text }) = wast::parser::parse(buffer).ok()?;
                Some(Extra::Module { definition, name: name.map(|id| id.name().to_owned()), text })
            }
            "assert_trap" => {
                let Parens(Assertion::<kw::assert_trap> { subject, message, .. }) =
                    wast::parser::parse(buffer).ok()?;
                Some(Extra::AssertTrap { subject, message })
            }
            "assert_unlinkable" => {
                let Parens(Assertion::<kw::assert_unlinkable> { subject, message, .. }) =
                    wast::parser::parse(buffer).ok()?;
                Some(Extra::AssertUnlinkable { subject, message })
            }
            keyword => {
                let pattern = nan(keyword)?;
                let Parens(AssertReturnNan { action }) = wast::parser::parse(buffer).ok()?;
                Some(Extra::AssertReturnNan { action: Box::new(action), pattern })
            }
        }
    }
}

/// The result that a directive about NaNs asks for. Wasm 1.0 has two such directives, about a scalar whose
/// type only the function tells; early scripts for SIMD have further directives for each shape.
fn nan(keyword: &str) -> Option<Pattern> {
    let canonical = |shape: &str| shape.starts_with("canonical");
    Some(match keyword.strip_prefix("assert_return_")? {
        "canonical_nan" => Pattern::CanonicalNan,
        "arithmetic_nan" => Pattern::ArithmeticNan,
        shape @ ("canonical_nan_f32x4" | "arithmetic_nan_f32x4") => Pattern::F32x4(
            [if canonical(shape) {
                FloatPattern::CanonicalNan
            } else {
                FloatPattern::ArithmeticNan
            }; 4],
        ),
        shape @ ("canonical_nan_f64x2" | "arithmetic_nan_f64x2") => Pattern::F64x2(
            [if canonical(shape) {
                FloatPattern::CanonicalNan
            } else {
                FloatPattern::ArithmeticNan
            }; 2],
        ),
        _ => return None,
    })
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

impl<'a> Parse<'a> for Subject {
    fn parse(parser: Parser<'a>) -> Result<Self> {
        if !parser.peek2::<kw::instance>()? {
            return Module::parse(parser).map(|module| Subject::Quote(module.text));
        }
        parser.parse::<kw::module>()?;
        parser.parse::<kw::instance>()?;
        let (first, second): (Option<Id<'_>>, Option<Id<'_>>) = (parser.parse()?, parser.parse()?);
        Ok(Subject::Instance(second.or(first).map(|id| id.name().to_owned())))
    }
}

struct Assertion<K> {
    _keyword: K,
    subject: Subject,
    message: String,
}

impl<'a, K: Parse<'a>> Parse<'a> for Assertion<K> {
    fn parse(parser: Parser<'a>) -> Result<Self> {
        let keyword = parser.parse()?;
        let subject = parser.parens(Subject::parse)?;
        let message = parser.parse::<&str>()?.to_owned();
        Ok(Assertion { _keyword: keyword, subject, message })
    }
}

struct AssertReturnNan<'a> {
    action: WastExecute<'a>,
}

impl<'a> Parse<'a> for AssertReturnNan<'a> {
    fn parse(parser: Parser<'a>) -> Result<Self> {
        // The caller has looked at the keyword already.
        parser.step(|cursor| match cursor.keyword()? {
            Some((_, rest)) => Ok(((), rest)),
            None => Err(cursor.error("expected a directive")),
        })?;
        let action = parser.parens(|parser| parser.parse())?;
        match action {
            WastExecute::Wat(_) => Err(parser.error("expected `(invoke …)` or `(get …)`")),
            action => Ok(AssertReturnNan { action }),
        }
    }
}
