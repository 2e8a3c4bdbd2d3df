//! The one table between typed traps and the wording of the test suite.
//!
//! In: a typed trap and the text that a script expects. Out: whether they agree. A script gives a *prefix* of
//! what the reference interpreter prints ([`TrapKind::text`]), so a short text may stand for several traps
//! ("out of bounds" for three of them). Owners of other suites compare otherwise, which their dialects say.
//! Nothing here knows what an engine under test prints; a test in `engine/touchstone.rs` holds the texts of our
//! own engine to these.

use crate::engine::TrapKind;
use crate::index::dialect::{Compare, Messages};

/// The text that scripts expect of calls that never return.
pub const EXHAUSTION: &str = "call stack exhausted";

/// What dialects call an uncaught exception.
pub const EXCEPTION: &str = "uncaught exception";

/// Whether dialects may say that a text stands for a failure of that name: a trap, exhaustion, or an uncaught
/// exception.
pub fn is_failure(name: &str) -> bool {
    name == EXHAUSTION || name == EXCEPTION || TrapKind::of_text(name).is_some()
}

/// The names of failures that dialects may speak of.
pub fn failures() -> impl Iterator<Item = &'static str> {
    let traps = TrapKind::ALL.iter().map(|kind| match kind {
        TrapKind::Unreachable => "unreachable",
        kind => kind.text(),
    });
    traps.chain([EXHAUSTION, EXCEPTION]).filter(|name| is_failure(name))
}

/// Whether a script that expects `expected` is satisfied by this trap.
pub fn satisfies(kind: TrapKind, expected: &str) -> bool {
    satisfies_by(&Messages::default(), kind, expected)
}

/// The same, where texts are compared as `messages` says.
pub fn satisfies_by(messages: &Messages, kind: TrapKind, expected: &str) -> bool {
    if messages.compare == Compare::No {
        return true;
    }
    if kind == TrapKind::Other {
        return false;
    }
    if let Some(meant) = meaning(expected, messages) {
        return meant.iter().any(|name| TrapKind::of_text(name) == Some(kind));
    }
    let full = kind.text();
    says(full, expected, messages)
        // The reference interpreter adds the index of the table entry, which an engine's trap does not tell.
        || matches!(kind, TrapKind::UndefinedElement | TrapKind::UninitializedElement)
            && expected.strip_prefix(full).and_then(|rest| rest.strip_prefix(' ')).is_some_and(
                |index| index.bytes().all(|byte| byte.is_ascii_digit()),
            )
}

/// Whether a script that expects `expected` is satisfied by a failure which says `full`.
pub fn says(full: &str, expected: &str, messages: &Messages) -> bool {
    match messages.compare {
        Compare::Prefix => full.starts_with(expected),
        Compare::Within => full.contains(expected) || expected.contains(full),
        Compare::No => true,
    }
}

/// Whether the dialect says of a text that it stands for the failure of that name.
pub fn means(expected: &str, name: &str, messages: &Messages) -> bool {
    meaning(expected, messages).is_some_and(|meant| meant.iter().any(|other| other == name))
}

/// The failures that the dialect says a text stands for.
fn meaning<'m>(expected: &str, messages: &'m Messages) -> Option<&'m [String]> {
    let found = messages.meanings.iter().find(|(text, _)| text == expected);
    found.map(|(_, meant)| meant.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dialects_compare_otherwise() {
        let kind = TrapKind::IntegerDivideByZero;
        let meanings = vec![("division".to_owned(), vec![kind.text().to_owned()])];
        let messages = Messages { compare: Compare::Within, meanings };
        for (text, wanted) in
            [("divide by zero", true), ("the trap: integer divide by zero", true), ("zero!", false)]
        {
            assert_eq!(satisfies_by(&messages, kind, text), wanted, "{text}");
            assert!(!satisfies(kind, text), "{text}");
        }
        for kind in TrapKind::ALL {
            assert_eq!(
                satisfies_by(&messages, *kind, "division"),
                *kind == TrapKind::IntegerDivideByZero
            );
            let none = Messages { compare: Compare::No, ..Messages::default() };
            assert!(satisfies_by(&none, *kind, "whatever"), "{kind:?}");
        }
        assert!(is_failure("unreachable") && is_failure(EXHAUSTION) && is_failure(EXCEPTION));
        assert!(!is_failure("whatever") && !is_failure(TrapKind::Other.text()));
    }

    /// Every text of `assert_trap` in the embedded suites, with the traps it stands for.
    const EXPECTED: &[(&str, &[TrapKind])] = &[
        ("unreachable", &[TrapKind::Unreachable]),
        ("integer divide by zero", &[TrapKind::IntegerDivideByZero]),
        ("integer overflow", &[TrapKind::IntegerOverflow]),
        ("invalid conversion to integer", &[TrapKind::InvalidConversionToInteger]),
        ("out of bounds memory access", &[TrapKind::MemoryOutOfBounds]),
        ("out of bounds table access", &[TrapKind::TableOutOfBounds]),
        ("out of bounds array access", &[TrapKind::ArrayOutOfBounds]),
        (
            "out of bounds",
            &[TrapKind::MemoryOutOfBounds, TrapKind::TableOutOfBounds, TrapKind::ArrayOutOfBounds],
        ),
        ("undefined element", &[TrapKind::UndefinedElement]),
        ("undefined", &[TrapKind::UndefinedElement]),
        ("uninitialized element", &[TrapKind::UninitializedElement]),
        ("uninitialized element 2", &[TrapKind::UninitializedElement]),
        ("uninitialized element 7", &[TrapKind::UninitializedElement]),
        ("uninitialized", &[TrapKind::UninitializedElement]),
        ("indirect call type mismatch", &[TrapKind::IndirectCallTypeMismatch]),
        ("indirect call", &[TrapKind::IndirectCallTypeMismatch]),
        ("null reference", &[TrapKind::NullReference]),
        ("null function reference", &[TrapKind::NullFunctionReference]),
        ("null i31 reference", &[TrapKind::NullI31Reference]),
        ("null structure reference", &[TrapKind::NullStructReference]),
        ("null array reference", &[TrapKind::NullArrayReference]),
        ("null descriptor reference", &[TrapKind::NullDescriptorReference]),
        ("cast failure", &[TrapKind::CastFailure]),
        ("descriptor cast failure", &[TrapKind::DescriptorCastFailure]),
        ("unaligned atomic", &[TrapKind::UnalignedAtomic]),
    ];

    #[test]
    fn each_text_stands_for_its_traps_and_no_other() {
        for (text, kinds) in EXPECTED {
            for kind in TrapKind::ALL {
                assert_eq!(
                    satisfies(*kind, text),
                    kinds.contains(kind),
                    "{kind:?} against {text:?}"
                );
            }
        }
    }

    #[test]
    fn no_two_traps_have_one_text() {
        let texts: std::collections::HashSet<&str> =
            TrapKind::ALL.iter().map(|kind| kind.text()).collect();
        assert_eq!(texts.len(), TrapKind::ALL.len());
    }

    #[test]
    fn every_trap_that_has_a_name_satisfies_the_empty_text() {
        for kind in TrapKind::ALL {
            assert_eq!(satisfies(*kind, ""), *kind != TrapKind::Other, "{kind:?}");
        }
    }

    #[test]
    fn an_index_follows_the_whole_text() {
        let kind = TrapKind::UninitializedElement;
        for text in ["uninitialized element", "uninitialized element ", "uninitialized element 12"]
        {
            assert!(satisfies(kind, text), "{text}");
        }
        for text in
            ["un 3", "uninitialized 3", "uninitialized element3", "uninitialized element 3 "]
        {
            assert!(!satisfies(kind, text), "{text}");
        }
        assert!(!satisfies(TrapKind::Unreachable, "unreachable executed 3"));
    }

    #[test]
    fn no_trap_satisfies_exhaustion() {
        for kind in TrapKind::ALL {
            assert!(!satisfies(*kind, EXHAUSTION));
            assert!(!satisfies(*kind, "uninitialized element x"));
        }
    }
}
