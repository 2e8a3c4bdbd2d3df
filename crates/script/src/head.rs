//! What a form says in its first words, if the rest of it cannot be parsed.
//!
//! In: the text of a form. Out: what it was to define, so that no directive that follows takes an older
//! definition for it; and whether it is about components.

use crate::convert;
use crate::split::{Shape, Splitter, keyword};
use crate::{Command, Defines};
use wast::lexer::{Lexer, TokenKind};

/// The command of a form that cannot be lowered, for the reason that `message` tells.
pub(crate) fn error(form: &str, message: String) -> Command {
    let of_components = speaks_of_components(form) || message.ends_with(convert::OF_COMPONENTS);
    let feature = of_components.then(|| "component-model".to_owned());
    Command::ScriptError { message, defines: defines(form), feature }
}

/// What a form was to define.
pub(crate) fn defines(form: &str) -> Option<Defines> {
    let mut words = Words::of(form);
    match words.next()? {
        Word::Keyword("module" | "component") => {}
        Word::Keyword("register") => match words.next()? {
            Word::String(name) => return Some(Defines::Registration(name)),
            _ => return None,
        },
        Word::Keyword("thread") => match words.next()? {
            Word::Name(name) => return Some(Defines::Thread(name)),
            _ => return None,
        },
        _ => return None,
    }
    let mut word = words.next();
    if let Some(Word::Keyword("instance")) = word {
        // If there is only one name, it is that of the definition.
        return Some(Defines::Instance(match (words.next(), words.next()) {
            (Some(Word::Name(name)), Some(Word::Name(_))) => Some(name),
            _ => None,
        }));
    }
    let kind: fn(Option<String>) -> Defines = match word {
        Some(Word::Keyword("definition")) => Defines::Definition,
        _ => Defines::Module,
    };
    if let Some(Word::Keyword("definition")) = word {
        word = words.next();
    }
    Some(kind(match word {
        Some(Word::Name(name)) => Some(name),
        _ => None,
    }))
}

/// Whether a form is a component, or about one.
fn speaks_of_components(form: &str) -> bool {
    let inside = || {
        let inner = form.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or("");
        let mut pieces = Splitter::new(inner).map_while(Result::ok);
        pieces.any(|p| p.shape == Shape::Form && keyword(&inner[p.start..p.end]) == "component")
    };
    keyword(form) == "component" || (keyword(form).starts_with("assert_") && inside())
}

enum Word<'a> {
    Keyword(&'a str),
    Name(String),
    String(String),
}

/// The words of a form up to its first inner parenthesis, or up to characters that form no token.
struct Words<'a> {
    lexer: Lexer<'a>,
    at: usize,
}

impl<'a> Words<'a> {
    fn of(form: &'a str) -> Self {
        let mut lexer = Lexer::new(form);
        lexer.allow_confusing_unicode(true);
        Words { lexer, at: usize::from(form.starts_with('(')) }
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;
    fn next(&mut self) -> Option<Word<'a>> {
        let form = self.lexer.input();
        loop {
            let token = self.lexer.parse(&mut self.at).ok()??;
            return match token.kind {
                TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment => {
                    continue;
                }
                TokenKind::Keyword => Some(Word::Keyword(token.keyword(form))),
                TokenKind::Id => Some(Word::Name(token.id(form).ok()?.into_owned())),
                TokenKind::String => {
                    let bytes = token.string(form).into_owned();
                    Some(Word::String(String::from_utf8(bytes).ok()?))
                }
                _ => None,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_a_module_tells_what_it_defines() {
        let name = |name: &str| Some(name.to_owned());
        for (form, wanted) in [
            ("(module (oops))", Some(Defines::Module(None))),
            ("( (; a ;) module\n;; b\n$m (oops))", Some(Defines::Module(name("m")))),
            ("(module $\"a b\" quote", Some(Defines::Module(name("a b")))),
            ("(module definition $d oops)", Some(Defines::Definition(name("d")))),
            ("(module definition)", Some(Defines::Definition(None))),
            ("(module instance $i $d oops)", Some(Defines::Instance(name("i")))),
            ("(module instance $d oops)", Some(Defines::Instance(None))),
            ("(module instance oops)", Some(Defines::Instance(None))),
            ("(register \"a b\" $m oops)", Some(Defines::Registration("a b".into()))),
            ("(register $m)", None),
            ("(thread $t (oops))", Some(Defines::Thread("t".into()))),
            ("(component $c)", Some(Defines::Module(name("c")))),
            ("(assert_invalid (module $m) 7)", None),
            ("(invoke \"f\" oops)", None),
            ("(", None),
            ("é", None),
            ("", None),
        ] {
            assert_eq!(defines(form), wanted, "{form}");
        }
    }

    #[test]
    fn components_are_told_from_modules() {
        for (form, wanted) in [
            ("(component)", true),
            ("(assert_invalid (component (core module)) \"x\")", true),
            ("(assert_invalid (module (component)) \"x\")", false),
            ("(module $component oops)", false),
            ("é component", false),
        ] {
            assert_eq!(speaks_of_components(form), wanted, "{form}");
        }
    }
}
