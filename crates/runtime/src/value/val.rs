//! Values, in the form that the host sees and in the form in which they lie in memory.

use crate::gc::ExternRef;
use crate::types::{RefType, ValType};
use crate::value::anyref::{AnyRef, I31};
use crate::value::exception::ExnRef;
use crate::value::handles::Func;
use crate::value::objects::{ArrayRef, EqRef, StructRef};
use crate::value::vm::VmFuncRef;
use std::fmt;
use std::ptr::NonNull;

/// A value. Floats are kept as bits, so that every NaN is preserved.
#[derive(Clone, Debug)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum Val {
    I32(i32),
    I64(i64),
    F32(u32),
    F64(u64),
    /// Lane 0 is in the low bits.
    V128(u128),
    FuncRef(Option<Func>),
    ExternRef(Option<ExternRef>),
    ExnRef(Option<ExnRef>),
    /// A number of 31 bits, a structure, an array, or a converted value of the host.
    AnyRef(Option<AnyRef>),
}

impl Val {
    /// The type of the value. For a reference it is the top type of its hierarchy.
    pub fn ty(&self) -> ValType {
        match self {
            Val::I32(_) => ValType::I32,
            Val::I64(_) => ValType::I64,
            Val::F32(_) => ValType::F32,
            Val::F64(_) => ValType::F64,
            Val::V128(_) => ValType::V128,
            Val::FuncRef(_) => ValType::Ref(RefType::FUNC),
            Val::ExternRef(_) => ValType::Ref(RefType::EXTERN),
            Val::ExnRef(_) => ValType::Ref(RefType::EXN),
            Val::AnyRef(_) => ValType::Ref(RefType::ANY),
        }
    }

    /// The initial value of a local of this type, which is zero or null.
    pub fn default_for(ty: ValType) -> Val {
        match ty {
            ValType::I32 => Val::I32(0),
            ValType::I64 => Val::I64(0),
            ValType::F32 => Val::F32(0),
            ValType::F64 => Val::F64(0),
            ValType::V128 => Val::V128(0),
            ValType::Ref(ty) if ty.is_func() => Val::FuncRef(None),
            ValType::Ref(ty) if ty.is_exn() => Val::ExnRef(None),
            ValType::Ref(ty) if ty.is_extern() => Val::ExternRef(None),
            ValType::Ref(_) => Val::AnyRef(None),
        }
    }

    /// Whether the value can only be converted after room was reserved in the activations table.
    pub(crate) fn needs_room(&self) -> bool {
        match self {
            Val::AnyRef(Some(any)) => any.as_i31().is_none(),
            Val::ExternRef(Some(_)) | Val::ExnRef(Some(_)) => true,
            _ => false,
        }
    }

    /// How many of `values` need room in the activations table.
    pub(crate) fn room_for(values: &[Val]) -> u32 {
        values.iter().filter(|v| v.needs_room()).count() as u32
    }
}

macro_rules! conversions {
    ($($(#[$doc:meta])* $ty:ty, $variant:ident, $get:ident, $unwrap:ident, |$value:ident| $into:expr, $from:expr;)*) => {$(
        impl From<$ty> for Val {
            fn from($value: $ty) -> Val {
                Val::$variant($into)
            }
        }

        impl Val {
            $(#[$doc])*
            /// It is `None` if the value has another type.
            pub fn $get(&self) -> Option<$ty> {
                match self {
                    Val::$variant($value) => Some($from),
                    _ => None,
                }
            }

            $(#[$doc])*
            ///
            /// # Panics
            /// Panics if the value has another type.
            pub fn $unwrap(&self) -> $ty {
                self.$get().unwrap_or_else(|| panic!("{self} is no `{}`", stringify!($variant)))
            }
        }
    )*};
}

conversions! {
    /// The `i32`.
    i32, I32, i32, unwrap_i32, |value| value, *value;
    /// The `i64`.
    i64, I64, i64, unwrap_i64, |value| value, *value;
    /// The `f32`, whose bits are preserved even if it is a NaN.
    f32, F32, f32, unwrap_f32, |value| value.to_bits(), f32::from_bits(*value);
    /// The `f64`, whose bits are preserved even if it is a NaN.
    f64, F64, f64, unwrap_f64, |value| value.to_bits(), f64::from_bits(*value);
    /// The `v128`, whose lane 0 is in the low bits.
    u128, V128, v128, unwrap_v128, |value| value, *value;
    /// The reference to a function, which is `None` if it is null.
    Option<Func>, FuncRef, func_ref, unwrap_func_ref, |value| value, *value;
    /// The reference to a host value, which is `None` if it is null.
    Option<ExternRef>, ExternRef, extern_ref, unwrap_extern_ref, |value| value, value.clone();
    /// The reference to an exception, which is `None` if it is null.
    Option<ExnRef>, ExnRef, exn_ref, unwrap_exn_ref, |value| value, value.clone();
    /// The reference to something that belongs to `any`, which is `None` if it is null.
    Option<AnyRef>, AnyRef, any_ref, unwrap_any_ref, |value| value, value.clone();
}

impl From<Func> for Val {
    fn from(value: Func) -> Val {
        Val::FuncRef(Some(value))
    }
}

impl From<ExternRef> for Val {
    fn from(value: ExternRef) -> Val {
        Val::ExternRef(Some(value))
    }
}

impl From<ExnRef> for Val {
    fn from(value: ExnRef) -> Val {
        Val::ExnRef(Some(value))
    }
}

impl From<AnyRef> for Val {
    fn from(value: AnyRef) -> Val {
        Val::AnyRef(Some(value))
    }
}

macro_rules! any_refs {
    ($($ty:ty)*) => {$(
        impl From<$ty> for Val {
            fn from(value: $ty) -> Val {
                Val::AnyRef(Some(value.into()))
            }
        }

        impl From<Option<$ty>> for Val {
            fn from(value: Option<$ty>) -> Val {
                Val::AnyRef(value.map(AnyRef::from))
            }
        }
    )*};
}

any_refs!(I31 EqRef StructRef ArrayRef);

impl fmt::Display for Val {
    /// Writes the value as a constant of the text format, such as `(i32.const 7)` or `(ref.null func)`. The
    /// text does not show what a reference refers to.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Val::I32(v) => write!(f, "(i32.const {v})"),
            Val::I64(v) => write!(f, "(i64.const {v})"),
            Val::F32(bits) => match f32::from_bits(*bits) {
                nan if nan.is_nan() => {
                    let sign = if nan.is_sign_negative() { "-" } else { "" };
                    write!(f, "(f32.const {sign}nan:{:#x})", bits & 0x7f_ffff)
                }
                number => write!(f, "(f32.const {number:?})"),
            },
            Val::F64(bits) => match f64::from_bits(*bits) {
                nan if nan.is_nan() => {
                    let sign = if nan.is_sign_negative() { "-" } else { "" };
                    write!(f, "(f64.const {sign}nan:{:#x})", bits & 0xf_ffff_ffff_ffff)
                }
                number => write!(f, "(f64.const {number:?})"),
            },
            Val::V128(v) => {
                let [a, b, c, d] = [0, 32, 64, 96].map(|shift| (v >> shift) as u32);
                write!(f, "(v128.const i32x4 {a:#010x} {b:#010x} {c:#010x} {d:#010x})")
            }
            Val::FuncRef(None) => f.write_str("(ref.null func)"),
            Val::FuncRef(Some(_)) => f.write_str("(ref.func)"),
            Val::ExternRef(None) => f.write_str("(ref.null extern)"),
            Val::ExternRef(Some(_)) => f.write_str("(ref.extern)"),
            Val::ExnRef(None) => f.write_str("(ref.null exn)"),
            Val::ExnRef(Some(_)) => f.write_str("(ref.exn)"),
            Val::AnyRef(None) => f.write_str("(ref.null any)"),
            Val::AnyRef(Some(any)) => match any.as_i31() {
                Some(number) => write!(f, "(ref.i31 (i32.const {}))", number.get_i32()),
                None if any.is_struct() => f.write_str("(ref.struct)"),
                None if any.is_array() => f.write_str("(ref.array)"),
                None => f.write_str("(ref.any)"),
            },
        }
    }
}

/// Sixteen bytes that hold one value, little-endian on every target. Compiled code writes as
/// many of them as the value has; the rest may be uninitialised.
///
/// The alignment is that of compiled code's stack slots, which is eight bytes on s390x.
#[cfg_attr(target_arch = "s390x", repr(C, align(8)))]
#[cfg_attr(not(target_arch = "s390x"), repr(C, align(16)))]
#[derive(Clone, Copy)]
pub(crate) union ValRaw {
    u32: u32,
    u64: u64,
    bytes: [u8; 16],
}

impl ValRaw {
    pub(crate) const ZERO: ValRaw = ValRaw { bytes: [0; 16] };

    pub(crate) fn u32(value: u32) -> Self {
        Self::u64(u64::from(value))
    }

    pub(crate) fn u64(value: u64) -> Self {
        let mut raw = Self::ZERO;
        raw.u64 = value.to_le();
        raw
    }

    pub(crate) fn v128(value: u128) -> Self {
        ValRaw { bytes: value.to_le_bytes() }
    }

    /// # Safety
    /// All bytes are initialised.
    pub(crate) unsafe fn get_v128(self) -> u128 {
        // SAFETY: all bytes are initialised (the caller's promise), and any bits are a number.
        u128::from_le_bytes(unsafe { self.bytes })
    }

    pub(crate) fn func(value: Option<NonNull<VmFuncRef>>) -> Self {
        Self::u64(value.map_or(0, |f| f.as_ptr() as u64))
    }

    /// Makes the value of a reference into the heap; 0 is null.
    pub(crate) fn heap_ref(reference: u32) -> Self {
        Self::u32(reference)
    }

    /// # Safety
    /// The first four bytes are initialised.
    pub(crate) unsafe fn get_heap_ref(self) -> u32 {
        // SAFETY: four bytes are initialised (the caller's promise).
        unsafe { self.get_u32() }
    }

    /// # Safety
    /// The first four bytes are initialised.
    pub(crate) unsafe fn get_u32(self) -> u32 {
        // SAFETY: four bytes are initialised (the caller's promise), and any bits are a number.
        u32::from_le(unsafe { self.u32 })
    }

    /// # Safety
    /// The first eight bytes are initialised.
    pub(crate) unsafe fn get_u64(self) -> u64 {
        // SAFETY: eight bytes are initialised (the caller's promise), and any bits are a number.
        u64::from_le(unsafe { self.u64 })
    }

    /// # Safety
    /// The first eight bytes are initialised.
    pub(crate) unsafe fn get_func(self) -> Option<NonNull<VmFuncRef>> {
        // SAFETY: eight bytes are initialised (the caller's promise).
        NonNull::new(unsafe { self.get_u64() } as *mut VmFuncRef)
    }
}
