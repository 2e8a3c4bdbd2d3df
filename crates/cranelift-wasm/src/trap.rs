//! Trap codes that compiled code carries beyond those of Cranelift itself.
//!
//! A code is metadata of a trapping instruction; the runtime turns it into its typed trap.

use cranelift_codegen::ir::TrapCode;

/// An `unreachable` instruction was executed.
pub const UNREACHABLE: TrapCode = TrapCode::unwrap_user(1);
/// A table access past the end.
pub const TABLE_OUT_OF_BOUNDS: TrapCode = TrapCode::unwrap_user(2);
/// A `call_indirect` past the end of its table.
pub const UNDEFINED_ELEMENT: TrapCode = TrapCode::unwrap_user(3);
/// A `call_indirect` of a null entry.
pub const UNINITIALIZED_ELEMENT: TrapCode = TrapCode::unwrap_user(4);
/// A `call_indirect` of a function of another type.
pub const INDIRECT_CALL_TYPE_MISMATCH: TrapCode = TrapCode::unwrap_user(5);
/// A reference is null where none may be.
pub const NULL_REFERENCE: TrapCode = TrapCode::unwrap_user(7);
/// A `call_ref` of a null reference.
pub const NULL_FUNCTION_REFERENCE: TrapCode = TrapCode::unwrap_user(8);
/// A `throw_ref` of a null reference.
pub const NULL_EXCEPTION_REFERENCE: TrapCode = TrapCode::unwrap_user(9);
/// An atomic access to an address that is not a multiple of its size.
pub const UNALIGNED_ATOMIC: TrapCode = TrapCode::unwrap_user(10);
/// The host interrupted the program.
pub const INTERRUPTED: TrapCode = TrapCode::unwrap_user(11);
/// A `ref.cast` of a reference that is of another type.
pub const CAST_FAILURE: TrapCode = TrapCode::unwrap_user(12);
/// The store's fuel is consumed.
pub const OUT_OF_FUEL: TrapCode = TrapCode::unwrap_user(13);
/// Control reached what the engine promises to be unreachable: a defect of ours.
pub const ENGINE_BUG: TrapCode = TrapCode::unwrap_user(6);
