//! Maps each operator to the method that translates it, by wasmparser's visitors. If an operator is neither
//! translated nor refused, this module does not compile.
//!
//! Unreachable code is not translated; only its nesting is tracked.

mod core;
mod vector;

use super::{BodyTranslator, Translate};
use touchstone_validate::proposals;
use wasmparser::{Operator, VisitOperator, VisitSimdOperator};

/// The result of translating an operator, which is nothing, or a `Result` if the translation can fail.
trait Outcome {
    fn outcome(self) -> Translate;
}

impl Outcome for () {
    fn outcome(self) -> Translate {
        Ok(self)
    }
}

impl Outcome for Translate {
    fn outcome(self) -> Translate {
        self
    }
}

/// Generates methods of a visitor. Each row has operators, their immediates, and the expression that
/// translates them.
macro_rules! methods {
    ($this:ident $($($visit:ident)|+ ($($immediates:tt)*) => $translated:expr;)*) => {
        $(methods! { @row $this [$($visit)+] ($($immediates)*) $translated })*
    };
    (@row $this:ident [$($visit:ident)+] $immediates:tt $translated:expr) => {
        $(methods! { @one $this $visit $immediates $translated })+
    };
    (@one $this:ident $visit:ident ($($immediate:ident: $ty:ty),*) $translated:expr) => {
        fn $visit(&mut $this $(, $immediate: $ty)*) -> Translate {
            Outcome::outcome($translated)
        }
    };
}
use methods;

/// Generates the methods of the visitor that refuse operators of proposals which are not translated.
/// Operators of proposals that are not named here must be translated.
macro_rules! refuse {
    ($(@$proposal:ident $op:ident $({ $($immediate:ident: $ty:ty),* })? => $visit:ident $arity:tt)*) => {
        $(refuse! { @one $proposal $op $visit ($($($ty),*)?) })*
    };
    // This operator is not translated, though others of its proposal are.
    (@one reference_types TypedSelectMulti $visit:ident $immediates:tt) => {
        refuse! { @method reference_types $visit $immediates }
    };
    // The operators of these proposals are refused.
    (@one memory_control $op:ident $visit:ident $immediates:tt) => {
        refuse! { @method memory_control $visit $immediates }
    };
    (@one legacy_exceptions $op:ident $visit:ident $immediates:tt) => {
        refuse! { @method legacy_exceptions $visit $immediates }
    };
    (@one shared_everything_threads $op:ident $visit:ident $immediates:tt) => {
        refuse! { @method shared_everything_threads $visit $immediates }
    };
    (@one stack_switching $op:ident $visit:ident $immediates:tt) => {
        refuse! { @method stack_switching $visit $immediates }
    };
    (@one acquire_release_atomics $op:ident $visit:ident $immediates:tt) => {
        refuse! { @method acquire_release_atomics $visit $immediates }
    };
    (@one $proposal:ident $op:ident $visit:ident $immediates:tt) => {};
    (@method $proposal:ident $visit:ident ($($ty:ty),*)) => {
        fn $visit(&mut self $(, _: $ty)*) -> Translate {
            const PROPOSAL: &str = $crate::translate::operator::proposal(stringify!($proposal));
            Err($crate::TranslateError::Unsupported(PROPOSAL))
        }
    };
}
use refuse;

/// The name of a proposal's repository, from wasmparser's name for its operators.
const fn proposal(operators: &str) -> &'static str {
    match proposals::of_operators(operators) {
        Some(proposal) => proposal.name,
        None => "WebAssembly 1.0",
    }
}

macro_rules! define_visit {
    ($(@$proposal:ident $op:ident $({ $($immediate:ident: $ty:ty),* })? => $visit:ident $arity:tt)*) => {
        /// Calls the method for an operator.
        fn visit(translator: &mut BodyTranslator<'_, '_>, op: Operator<'_>) -> Translate {
            match op {
                $(Operator::$op $({ $($immediate),* })? => translator.$visit($($($immediate),*)?),)*
                // The list contains all operators. The type is non-exhaustive only for later versions.
                _ => unreachable!("wasmparser lists its operators"),
            }
        }
    };
}
wasmparser::for_each_operator!(define_visit);

impl BodyTranslator<'_, '_> {
    /// Translates an operator that was validated already.
    pub(super) fn operator(&mut self, op: Operator<'_>) -> Translate {
        match self.reachable {
            true => visit(self, op),
            false => {
                self.skip(&op);
                Ok(())
            }
        }
    }

    /// Skips an operator in unreachable code, and tracks the nesting.
    fn skip(&mut self, op: &Operator<'_>) {
        use Operator as O;
        match op {
            O::Block { .. } | O::Loop { .. } | O::If { .. } | O::TryTable { .. } => {
                self.push_unreachable_frame();
            }
            O::Else => self.else_(),
            O::End => self.end(),
            _ => {}
        }
    }
}
