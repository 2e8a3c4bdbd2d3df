//! The ways in which a test fails, by the words of the exception list.
//!
//! In: nothing. Out: the closed set of classes, and what an exception asks for. Nothing here knows of tests.

use serde::{Deserialize, Serialize};

/// What an exception asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Expect {
    /// The test is run and must fail in that way; if it passes, that is an error.
    Fail(FailureClass),
    /// The test is not run.
    Skip,
}

macro_rules! classes {
    ($( $(#[$doc:meta])* $variant:ident = $word:literal; )*) => {
        /// How a test failed. A crash, a timeout or an error of the script is none of these classes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum FailureClass { $( $(#[$doc])* $variant, )* }

        impl FailureClass {
            /// Every class.
            pub const ALL: &'static [FailureClass] = &[ $( FailureClass::$variant, )* ];
            /// Its word in the list.
            pub fn name(self) -> &'static str {
                match self { $( FailureClass::$variant => $word, )* }
            }
            /// The classes that an exception may expect, which are those of failures of an engine.
            pub fn expectable() -> impl Iterator<Item = FailureClass> {
                let all = FailureClass::ALL.iter().copied();
                all.filter(|class| !matches!(class, FailureClass::TextParser | FailureClass::Resource))
            }
        }
    };
}

classes! {
    /// Returned other values than expected, or returned although it had to fail.
    Value = "value";
    /// Accepted a module that it had to reject.
    Accepted = "accepted";
    /// Rejected a module as malformed.
    Malformed = "malformed";
    /// Rejected a module as invalid.
    Invalid = "invalid";
    /// Failed to link.
    Link = "link";
    /// Trapped.
    Trap = "trap";
    /// Ran out of call stack.
    Exhaustion = "exhaustion";
    /// Threw an exception.
    Exception = "exception";
    /// Suspended.
    Suspension = "suspension";
    /// The heap was broken, or something was left alive.
    Heap = "heap";
    /// Reached a limit that the run sets on what a script may use: a verdict of the outcome `error`, which no
    /// exception covers.
    Resource = "resource";
    /// Failed in a way that the specification does not name.
    Other = "other";
    /// Was decided by the text parser of the harness, not by an engine: a verdict of the outcome `error`,
    /// which no exception covers.
    TextParser = "text-parser";
}

impl std::str::FromStr for FailureClass {
    type Err = String;
    fn from_str(word: &str) -> Result<Self, String> {
        FailureClass::expectable()
            .find(|class| class.name() == word)
            .ok_or_else(|| format!("unknown class `{word}`"))
    }
}
