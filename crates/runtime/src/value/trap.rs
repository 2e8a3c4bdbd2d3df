//! Traps and the reasons for them.

use crate::value::backtrace::Backtrace;
use cranelift_codegen::ir::TrapCode as IrTrapCode;
use std::fmt;
use touchstone_cranelift_wasm::trap as codes;

/// Declares the reasons for traps, each with its text.
macro_rules! trap_codes {
    ($( $(#[$doc:meta])* $code:ident = $text:literal, )*) => {
        /// The reason for a trap (specification, §4.4 and appendix A.2).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum TrapCode { $( $(#[$doc])* $code, )* }

        impl TrapCode {
            /// Every reason.
            pub const ALL: &'static [TrapCode] = &[ $( TrapCode::$code, )* ];

            /// The message for the trap. If the specification names the trap, this is what its reference
            /// interpreter prints.
            pub const fn text(self) -> &'static str {
                match self { $( TrapCode::$code => $text, )* }
            }
        }
    };
}

trap_codes! {
    /// An `unreachable` instruction was executed.
    Unreachable = "unreachable executed",
    /// An integer was divided by zero.
    IntegerDivideByZero = "integer divide by zero",
    /// The result of a signed division, or of a conversion from a float, does not fit its type.
    IntegerOverflow = "integer overflow",
    /// A NaN was converted to an integer.
    InvalidConversionToInteger = "invalid conversion to integer",
    /// A memory access or a data segment reaches past the end.
    MemoryOutOfBounds = "out of bounds memory access",
    /// A table access or an element segment reaches past the end.
    TableOutOfBounds = "out of bounds table access",
    /// A `call_indirect` used an index past the end of its table.
    UndefinedElement = "undefined element",
    /// A `call_indirect` used a null element.
    UninitializedElement = "uninitialized element",
    /// A `call_indirect` used a function of another type.
    IndirectCallTypeMismatch = "indirect call type mismatch",
    /// A reference was null where null is not allowed.
    NullReference = "null reference",
    /// A `call_ref` used a null reference.
    NullFunctionReference = "null function reference",
    /// A `throw_ref` used a null reference.
    NullExceptionReference = "null exception reference",
    /// A field of a null reference was accessed.
    NullStructReference = "null structure reference",
    /// An element of a null reference was accessed.
    NullArrayReference = "null array reference",
    /// The number of a null reference was read.
    NullI31Reference = "null i31 reference",
    /// A descriptor was null.
    NullDescriptorReference = "null descriptor reference",
    /// An array was accessed past its end.
    ArrayOutOfBounds = "out of bounds array access",
    /// A `ref.cast_desc_eq` was applied to a reference that has another descriptor.
    DescriptorCastFailure = "descriptor cast failure",
    /// A `ref.cast` was applied to a reference that has another type.
    CastFailure = "cast failure",
    /// An atomic access used an address that is not a multiple of its size.
    UnalignedAtomic = "unaligned atomic",
    /// A `memory.atomic.wait` used a memory that is not shared.
    ExpectedSharedMemory = "expected shared memory",
    /// The host interrupted the program ([`InterruptHandle`](crate::InterruptHandle)).
    Interrupted = "interrupted by the host",
    /// The store's fuel is consumed ([`Config::consume_fuel`](crate::Config::consume_fuel)).
    OutOfFuel = "all fuel consumed",
    /// The stack is exhausted.
    StackOverflow = "call stack exhausted",
}

impl TrapCode {
    /// The reason that compiled code encodes as `code`, or `None` if the engine has no such code, which is a
    /// defect.
    pub(crate) fn from_ir(code: IrTrapCode) -> Option<TrapCode> {
        Some(match code {
            IrTrapCode::STACK_OVERFLOW => TrapCode::StackOverflow,
            IrTrapCode::INTEGER_OVERFLOW => TrapCode::IntegerOverflow,
            IrTrapCode::HEAP_OUT_OF_BOUNDS => TrapCode::MemoryOutOfBounds,
            IrTrapCode::INTEGER_DIVISION_BY_ZERO => TrapCode::IntegerDivideByZero,
            IrTrapCode::BAD_CONVERSION_TO_INTEGER => TrapCode::InvalidConversionToInteger,
            codes::NULL_REFERENCE => TrapCode::NullReference,
            codes::NULL_FUNCTION_REFERENCE => TrapCode::NullFunctionReference,
            codes::NULL_EXCEPTION_REFERENCE => TrapCode::NullExceptionReference,
            codes::NULL_STRUCTURE_REFERENCE => TrapCode::NullStructReference,
            codes::NULL_ARRAY_REFERENCE => TrapCode::NullArrayReference,
            codes::NULL_I31_REFERENCE => TrapCode::NullI31Reference,
            codes::NULL_DESCRIPTOR_REFERENCE => TrapCode::NullDescriptorReference,
            codes::ARRAY_OUT_OF_BOUNDS => TrapCode::ArrayOutOfBounds,
            codes::DESCRIPTOR_CAST_FAILURE => TrapCode::DescriptorCastFailure,
            codes::CAST_FAILURE => TrapCode::CastFailure,
            codes::UNALIGNED_ATOMIC => TrapCode::UnalignedAtomic,
            codes::INTERRUPTED => TrapCode::Interrupted,
            codes::OUT_OF_FUEL => TrapCode::OutOfFuel,
            codes::UNREACHABLE => TrapCode::Unreachable,
            codes::TABLE_OUT_OF_BOUNDS => TrapCode::TableOutOfBounds,
            codes::UNDEFINED_ELEMENT => TrapCode::UndefinedElement,
            codes::UNINITIALIZED_ELEMENT => TrapCode::UninitializedElement,
            codes::INDIRECT_CALL_TYPE_MISMATCH => TrapCode::IndirectCallTypeMismatch,
            _ => return None,
        })
    }
}

impl fmt::Display for TrapCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

/// A trap, with its reason and the frames in which it happened.
#[derive(Debug)]
pub struct Trap {
    code: TrapCode,
    backtrace: Backtrace,
}

impl Trap {
    pub(crate) fn new(code: TrapCode, backtrace: Backtrace) -> Self {
        Trap { code, backtrace }
    }

    /// The reason for the trap.
    pub fn code(&self) -> TrapCode {
        self.code
    }

    /// The Wasm frames that were on the stack, youngest first.
    pub fn backtrace(&self) -> &Backtrace {
        &self.backtrace
    }
}

impl fmt::Display for Trap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.code, self.backtrace)
    }
}

impl std::error::Error for Trap {}

impl From<TrapCode> for crate::value::error::Error {
    /// Makes a trap that happened in the host, without frames of Wasm.
    fn from(code: TrapCode) -> Self {
        Trap::new(code, Backtrace::default()).into()
    }
}
