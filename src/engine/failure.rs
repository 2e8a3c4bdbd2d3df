//! Why what an engine was asked for did not succeed.
//!
//! In: nothing. Out: failures, which are typed, with the traps that the specification names. Nothing here
//! knows which failure a script wants.

use std::fmt;

/// Why a heap was not found to be sound in time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsound {
    /// What is broken, or what is alive although nothing may be alive.
    Broken(String),
    /// Nothing broken was found before the time limit of the directive ran out.
    Timeout,
    /// The engine crashed, or its process was lost, before anything was found.
    Crash(String),
}

/// Why an operation did not succeed. One class of failure never satisfies an assertion about another. The texts
/// are the engine's own, for whoever reads a report: nothing depends on them, but on the names of features.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Failure {
    /// The engine lacks this feature, which is named after its proposal.
    Unsupported(String),
    /// The bytes do not decode.
    Malformed(String),
    /// The module does not validate.
    Invalid(String),
    /// The bytes do not decode, or the module does not validate: the adapter cannot tell which.
    Rejected(String),
    /// An import is missing or of another type.
    Link(String),
    /// A trap other than exhaustion.
    Trap(TrapKind),
    /// One of these traps, or any where there are none: the adapter cannot tell which.
    TrapOf(Vec<TrapKind>, String),
    /// The adapter of the engine cannot pass or see something, which is named.
    CannotTell(String),
    /// The call stack (or another resource the assertion `assert_exhaustion` speaks of) ran out.
    Exhaustion(String),
    /// An exception was thrown and not caught.
    Exception(String),
    /// A suspension reached the host unhandled.
    Suspension(String),
    /// There is no such export, it is of another kind, or the arguments do not fit: the script is wrong.
    NotFound(String),
    /// The time limit of the directive ran out.
    Timeout,
    /// A limit on what a script may use was reached, or the system had no more to give.
    Resource(String),
    /// The engine found a defect of its own, and can go on.
    Crash(String),
    /// Anything else: an error of the host.
    Other(String),
}

macro_rules! trap_kinds {
    ($( $(#[$doc:meta])* $kind:ident = $text:literal, )*) => {
        /// Traps of the specification, typed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs)]
        #[non_exhaustive]
        pub enum TrapKind { $( $(#[$doc])* $kind, )* }

        impl TrapKind {
            /// Every kind.
            pub const ALL: &'static [TrapKind] = &[ $( TrapKind::$kind, )* ];

            /// What the reference interpreter prints for the trap, in full.
            pub fn text(self) -> &'static str {
                match self { $( TrapKind::$kind => $text, )* }
            }
        }
    };
}

trap_kinds! {
    Unreachable = "unreachable executed",
    IntegerDivideByZero = "integer divide by zero",
    IntegerOverflow = "integer overflow",
    InvalidConversionToInteger = "invalid conversion to integer",
    MemoryOutOfBounds = "out of bounds memory access",
    TableOutOfBounds = "out of bounds table access",
    /// `call_indirect` past the end of the table.
    UndefinedElement = "undefined element",
    /// `call_indirect` of a null entry.
    UninitializedElement = "uninitialized element",
    IndirectCallTypeMismatch = "indirect call type mismatch",
    NullReference = "null reference",
    NullFunctionReference = "null function reference",
    NullI31Reference = "null i31 reference",
    NullStructReference = "null structure reference",
    NullArrayReference = "null array reference",
    NullExceptionReference = "null exception reference",
    NullDescriptorReference = "null descriptor reference",
    CastFailure = "cast failure",
    DescriptorCastFailure = "descriptor cast failure",
    ArrayOutOfBounds = "out of bounds array access",
    UnalignedAtomic = "unaligned atomic",
    ExpectedSharedMemory = "expected shared memory",
    AllocationTooLarge = "allocation size too large",
    /// A typed trap of the engine that the specification does not name.
    Other = "a trap that the specification does not name",
}

impl TrapKind {
    /// The trap that the specification's tests call so.
    pub fn of_text(text: &str) -> Option<TrapKind> {
        let is = |kind: &TrapKind| kind.text() == text && *kind != TrapKind::Other;
        match text {
            // The reference interpreter says more than tests ask for.
            "unreachable" => Some(TrapKind::Unreachable),
            _ => TrapKind::ALL.iter().copied().find(is),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Unsupported(feature) => write!(f, "unsupported: {feature}"),
            Failure::Malformed(text) => write!(f, "malformed: {text}"),
            Failure::Invalid(text) => write!(f, "invalid: {text}"),
            Failure::Rejected(text) => write!(f, "malformed or invalid: {text}"),
            Failure::Link(text) => write!(f, "link error: {text}"),
            Failure::Trap(kind) => write!(f, "trap: {}", kind.text()),
            Failure::TrapOf(kinds, text) if kinds.is_empty() => write!(f, "trap: {text}"),
            Failure::TrapOf(kinds, text) => {
                let kinds: Vec<_> = kinds.iter().map(|kind| kind.text()).collect();
                write!(f, "trap: {} ({text})", kinds.join(" or "))
            }
            Failure::CannotTell(limit) => write!(f, "cannot tell: {limit}"),
            Failure::Exhaustion(text) => write!(f, "exhaustion: {text}"),
            Failure::Exception(text) => write!(f, "exception: {text}"),
            Failure::Suspension(text) => write!(f, "suspension: {text}"),
            Failure::NotFound(text) => write!(f, "not found: {text}"),
            Failure::Timeout => f.write_str("timeout"),
            Failure::Crash(text) => write!(f, "crash: {text}"),
            Failure::Resource(text) => write!(f, "resource: {text}"),
            Failure::Other(text) => write!(f, "error: {text}"),
        }
    }
}
