//! Kinds of changes, and what changed beside a verdict.
//!
//! In: nothing. Out: the words for them, and which kinds make a run a failure.

use serde::Serialize;

macro_rules! kinds {
    ($( $(#[$doc:meta])* $kind:ident = $word:literal, $red:literal, $about:literal; )*) => {
        /// A kind of change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub enum Kind { $( $(#[$doc])* #[serde(rename = $word)] $kind, )* }

        impl Kind {
            /// Every kind, the worst first.
            pub const ALL: &'static [Kind] = &[ $( Kind::$kind, )* ];

            /// The word for it.
            pub const fn word(self) -> &'static str {
                match self { $( Kind::$kind => $word, )* }
            }

            /// What it means.
            pub const fn about(self) -> &'static str {
                match self { $( Kind::$kind => $about, )* }
            }

            /// Whether it makes the later run a failure, if the failure is not known.
            pub const fn is_red(self) -> bool {
                match self { $( Kind::$kind => $red, )* }
            }
        }
    };
}

kinds! {
    /// It passed, and fails.
    Regression = "regression", true, "it passed, and fails now";
    /// It passed, and is unsupported, skipped or blocked.
    Withheld = "withheld", true, "it passed, and is not judged any more";
    /// It is not there.
    Vanished = "vanished", true, "it was there, and is there no more";
    /// It is new, and fails.
    NewFailure = "new-failure", false, "it was not there, and fails";
    /// It was unsupported, skipped or blocked, and fails.
    Uncovered = "uncovered", false, "it was not judged, and fails now";
    /// It fails otherwise than before.
    Changed = "changed", false, "it failed, and fails in another way now";
    /// It failed, and is unsupported, skipped or blocked.
    Hidden = "hidden", false, "it failed, and is not judged any more";
    /// It failed, and passes.
    Fixed = "fixed", false, "it failed, and passes now";
    /// It was unsupported, skipped or blocked, and passes.
    Gained = "gained", false, "it was not judged, and passes now";
    /// It is new, and does not fail.
    New = "new", false, "it was not there, and does not fail";
}

/// What changed, so that the verdict did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mover {
    /// The test itself.
    Suite,
    /// The engine: another version, or another engine.
    Engine,
    /// How the engine was started: other flags, or another command.
    Flags,
    /// The exception lists that were given.
    Lists,
    /// The harness: another version, or built from another revision.
    Harness,
    /// Nothing that the reports know of: the machine, or chance.
    Nothing,
}

impl Mover {
    /// All of them.
    pub const ALL: &'static [Mover] =
        &[Mover::Suite, Mover::Engine, Mover::Flags, Mover::Lists, Mover::Harness, Mover::Nothing];

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Mover::Suite => "suite",
            Mover::Engine => "engine",
            Mover::Flags => "flags",
            Mover::Lists => "lists",
            Mover::Harness => "harness",
            Mover::Nothing => "nothing",
        }
    }

    /// What it is, in words.
    pub const fn in_words(self) -> &'static str {
        match self {
            Mover::Suite => "the suite changed",
            Mover::Engine => "the engine changed",
            Mover::Flags => "the engine was started otherwise",
            Mover::Lists => "the exception lists changed, and neither the engine nor the suite",
            Mover::Harness => "the harness changed, and neither the engine nor the suite",
            Mover::Nothing => "neither the engine nor the suite changed",
        }
    }
}
