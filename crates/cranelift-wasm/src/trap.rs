//! Trap codes that compiled code carries beyond those of Cranelift itself.
//!
//! A code is metadata of a trapping instruction. The runtime converts it to its own type of traps.

use cranelift_codegen::ir::TrapCode;

/// An `unreachable` instruction was executed.
pub const UNREACHABLE: TrapCode = TrapCode::unwrap_user(1);
/// A table was accessed past its end.
pub const TABLE_OUT_OF_BOUNDS: TrapCode = TrapCode::unwrap_user(2);
/// A `call_indirect` used an index past the end of its table.
pub const UNDEFINED_ELEMENT: TrapCode = TrapCode::unwrap_user(3);
/// A `call_indirect` used a null element.
pub const UNINITIALIZED_ELEMENT: TrapCode = TrapCode::unwrap_user(4);
/// A `call_indirect` used a function of another type.
pub const INDIRECT_CALL_TYPE_MISMATCH: TrapCode = TrapCode::unwrap_user(5);
/// A reference was null where null is not allowed.
pub const NULL_REFERENCE: TrapCode = TrapCode::unwrap_user(7);
/// A `call_ref` used a null reference.
pub const NULL_FUNCTION_REFERENCE: TrapCode = TrapCode::unwrap_user(8);
/// A `throw_ref` used a null reference.
pub const NULL_EXCEPTION_REFERENCE: TrapCode = TrapCode::unwrap_user(9);
/// An atomic access used an address that is not a multiple of its size.
pub const UNALIGNED_ATOMIC: TrapCode = TrapCode::unwrap_user(10);
/// The host interrupted the program.
pub const INTERRUPTED: TrapCode = TrapCode::unwrap_user(11);
/// A `ref.cast` was applied to a reference that has another type.
pub const CAST_FAILURE: TrapCode = TrapCode::unwrap_user(12);
/// The store's fuel is consumed.
pub const OUT_OF_FUEL: TrapCode = TrapCode::unwrap_user(13);
/// A field of a null reference was accessed.
pub const NULL_STRUCTURE_REFERENCE: TrapCode = TrapCode::unwrap_user(14);
/// An element of a null reference was accessed.
pub const NULL_ARRAY_REFERENCE: TrapCode = TrapCode::unwrap_user(15);
/// The number of a null reference was read.
pub const NULL_I31_REFERENCE: TrapCode = TrapCode::unwrap_user(16);
/// An array was accessed past its end.
pub const ARRAY_OUT_OF_BOUNDS: TrapCode = TrapCode::unwrap_user(17);
/// A descriptor was null.
pub const NULL_DESCRIPTOR_REFERENCE: TrapCode = TrapCode::unwrap_user(18);
/// A `ref.cast_desc_eq` was applied to a reference that has another descriptor.
pub const DESCRIPTOR_CAST_FAILURE: TrapCode = TrapCode::unwrap_user(19);
/// Control reached a point that must be unreachable, which is a defect of the engine.
pub const ENGINE_BUG: TrapCode = TrapCode::unwrap_user(6);
