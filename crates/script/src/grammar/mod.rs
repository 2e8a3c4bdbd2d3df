//! Checks text against the grammar of the text format, where the parser that we use accepts more than the
//! grammar.
//!
//! In: the text of a module. Out: an error if the text is not in the grammar of the specification ("Text
//! Format"), else the parts of it that must be written differently so that the parser reads them right. The
//! parser goes over the text afterwards; it checks which words are instructions or types, what identifiers
//! stand for and whether inline types agree. Nothing here encodes anything.
//!
//! The check takes time that is linear in the size of the text, and does not recurse.

mod fields;
mod instructions;
mod numbers;
mod reader;
mod tokens;

use crate::text::TextError;
use reader::Reader;
use std::borrow::Cow;
use tokens::Kind;

/// How closely a text is held to the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// A quoted module, which the grammar is to judge.
    Specified,
    /// A module that is written out in a script. No verdict depends on its being refused, so forms of
    /// proposals that nothing else here knows are left to the parser, and so is `+` before an unsigned
    /// integer, which the reference interpreter accepts.
    Tolerant,
}

/// A part of a text that is to be written differently.
#[derive(Debug)]
struct Edit {
    start: usize,
    end: usize,
    text: Cow<'static, str>,
}

/// A text for the parser, and how its offsets relate to those of the text as it was written.
#[derive(Debug)]
pub(crate) struct Checked<'a> {
    /// What the parser is to read.
    pub(crate) text: Cow<'a, str>,
    edits: Vec<Edit>,
}

impl Checked<'_> {
    /// An error of the parser, with its place in the text as it was written. An error in a part that was
    /// replaced has its place at the beginning of that part.
    pub(crate) fn placed(&self, error: TextError) -> TextError {
        let (mut added, mut removed) = (0, 0);
        for edit in &self.edits {
            let start = edit.start + added - removed;
            if error.offset < start {
                break;
            }
            if error.offset < start + edit.text.len() {
                return TextError { offset: edit.start, ..error };
            }
            added += edit.text.len();
            removed += edit.end - edit.start;
        }
        TextError { offset: error.offset + removed - added, ..error }
    }
}

/// Checks `(module …)`, or fields of a module, against the grammar.
///
/// # Errors
/// Fails if the text is not in the grammar.
pub(crate) fn module(text: &str, dialect: Dialect) -> Result<Checked<'_>, TextError> {
    let (tokens, dollars) = tokens::tokens(text)?;
    let mut reader = Reader::new(text, tokens, dialect);
    reader.module()?;
    Ok(apply(text, reader.edits, dollars))
}

/// Checks the module that is written out in a directive of a script against the grammar, and rewrites the
/// floats among the arguments and results of any other directive. Whether anything is wrong with other
/// directives is left to the parser.
///
/// # Errors
/// Fails if the characters form no tokens, or if the module is not in the grammar.
pub(crate) fn directive(form: &str) -> Result<Checked<'_>, TextError> {
    let (tokens, dollars) = tokens::tokens(form)?;
    let keyword = tokens.get(1).map_or("", |token| &form[token.start..token.end]);
    let at = match keyword {
        "module" => 0,
        // The module of an assertion comes first.
        _ if keyword.starts_with("assert_") => 2,
        _ => return Ok(apply(form, floats(form, &tokens), dollars)),
    };
    let mut reader = Reader::new(form, tokens, Dialect::Tolerant);
    reader.skip(at);
    if reader.form() != Some("module") {
        return Ok(apply(form, floats(form, reader.tokens()), dollars));
    }
    reader.module_of_script()?;
    Ok(apply(form, reader.edits, dollars))
}

/// The edits for the floats in a text that the parser would round wrongly or refuse.
fn floats(text: &str, tokens: &[tokens::Token]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut format = None;
    for token in tokens {
        let word = &text[token.start..token.end];
        match (token.kind, format) {
            (Kind::Keyword, _) => {
                format = match word {
                    "f32.const" | "f32x4" => Some(numbers::F32),
                    "f64.const" | "f64x2" => Some(numbers::F64),
                    // A NaN pattern may stand between the lanes of a vector; more lanes may follow it.
                    "nan:canonical" | "nan:arithmetic" => format,
                    _ => None,
                };
            }
            (Kind::Natural | Kind::Signed | Kind::Float, Some(format)) => {
                let text: Cow<'static, str> = match numbers::float(word, format) {
                    numbers::Float::AsIs => continue,
                    numbers::Float::Rewritten(text) => text.into(),
                    // The parser might read the float as a small number; it refuses this text in both
                    // formats.
                    numbers::Float::OutOfRange => "1e999".into(),
                };
                edits.push(Edit { start: token.start, end: token.end, text });
            }
            _ => {}
        }
    }
    edits
}

/// Applies the edits to the text. A `$` that stands alone in an annotation is replaced by another reserved
/// token.
fn apply(text: &str, mut edits: Vec<Edit>, dollars: Vec<usize>) -> Checked<'_> {
    if !dollars.is_empty() {
        edits.extend(dollars.into_iter().map(|at| Edit {
            start: at,
            end: at + 1,
            text: "=".into(),
        }));
        edits.sort_by_key(|edit| edit.start);
    }
    if edits.is_empty() {
        return Checked { text: text.into(), edits };
    }
    let mut written = String::with_capacity(text.len() + 16 * edits.len());
    let mut at = 0;
    for edit in &edits {
        written.push_str(&text[at..edit.start]);
        written.push_str(&edit.text);
        at = edit.end;
    }
    written.push_str(&text[at..]);
    Checked { text: written.into(), edits }
}
