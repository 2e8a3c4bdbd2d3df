//! The one table between typed traps and the wording of the test suite.
//!
//! In: a typed trap and the text that a script expects. Out: whether they agree. A script gives a *prefix* of
//! what the reference interpreter prints ([`TrapKind::text`]), so a short text may stand for several traps
//! ("out of bounds" for three of them). Nothing here knows what an engine under test prints; a test in
//! `engine/touchstone.rs` holds the texts of our own engine to these.

use crate::engine::TrapKind;

/// The text that scripts expect of calls that never return.
pub const EXHAUSTION: &str = "call stack exhausted";

/// Texts in scripts of other engines that are no prefix of a text of the reference interpreter, with the
/// traps that they stand for. A script must give such a text whole; a part of it is not enough.
const ELSEWHERE: &[(&str, &[TrapKind])] = &[
    ("wasm `unreachable` instruction executed", &[TrapKind::Unreachable]),
    (
        "undefined element: out of bounds table access",
        &[TrapKind::UndefinedElement, TrapKind::TableOutOfBounds],
    ),
    ("atomic wait on non-shared memory", &[TrapKind::ExpectedSharedMemory]),
];

/// Whether a script that expects `expected` is satisfied by this trap.
pub fn satisfies(kind: TrapKind, expected: &str) -> bool {
    if kind == TrapKind::Other {
        return false;
    }
    if let Some((_, kinds)) = ELSEWHERE.iter().find(|(text, _)| *text == expected) {
        return kinds.contains(&kind);
    }
    let full = kind.text();
    full.starts_with(expected)
        // The reference interpreter adds the index of the table entry, which an engine's trap does not tell.
        || matches!(kind, TrapKind::UndefinedElement | TrapKind::UninitializedElement)
            && expected.strip_prefix(full).and_then(|rest| rest.strip_prefix(' ')).is_some_and(
                |index| index.bytes().all(|byte| byte.is_ascii_digit()),
            )
}

#[cfg(test)]
mod tests {
    use super::*;

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
        for (text, kinds) in EXPECTED.iter().chain(ELSEWHERE) {
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
