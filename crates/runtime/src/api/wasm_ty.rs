//! Rust types that stand for types of Wasm values, and conversions between their values.

use crate::gc::ExternRef;
use crate::store::StoreOpaque;
use crate::types::{RefType, ValType};
use crate::value::anyref::{AnyRef, I31};
use crate::value::error::{Error, Result};
use crate::value::exception::ExnRef;
use crate::value::handles::Func;
use crate::value::objects::{ArrayRef, EqRef, StructRef};
use crate::value::val::{Val, ValRaw};

pub(crate) mod sealed {
    pub trait Sealed {}
}
use sealed::Sealed;

/// A Rust type that corresponds to a type of Wasm values.
///
/// | Rust | Wasm |
/// |---|---|
/// | `i32`, `u32` | `i32` |
/// | `i64`, `u64` | `i64` |
/// | `f32`, `f64`, `u128` | `f32`, `f64`, `v128` |
/// | [`Func`], [`ExternRef`], [`ExnRef`] | `funcref`, `externref`, `exnref` |
/// | [`AnyRef`], [`EqRef`], [`I31`] | `anyref`, `eqref`, `i31ref` |
/// | [`StructRef`], [`ArrayRef`] | `structref`, `arrayref` |
///
/// A type of references stands for the same type of Wasm within an `Option` and without. Within one, null is
/// `None`; without one, null is an error where the host receives it.
pub trait WasmTy: Sealed + Sized + Send + Sync + 'static {
    /// The type of the values where the host receives them.
    #[doc(hidden)]
    const TYPE: ValType;
    /// The type of the values where Wasm receives them, which does not have null if the Rust type has not.
    #[doc(hidden)]
    const GIVEN: ValType = Self::TYPE;
    /// 1 if a value of this type needs room in the activations table, else 0.
    #[doc(hidden)]
    const ROOM: u32 = 0;
    /// Whether the value, which has type `GIVEN`, has a narrower type. One of another store is refused later.
    #[doc(hidden)]
    #[allow(private_interfaces)]
    fn is_of(&self, _: ValType, _: &StoreOpaque) -> bool {
        true
    }
    /// # Errors
    /// Fails if the value belongs to another store, or the heap is full.
    #[doc(hidden)]
    #[allow(private_interfaces)]
    fn into_raw(self, store: &mut StoreOpaque) -> Result<ValRaw>;
    /// # Errors
    /// Fails if the value is null and the Rust type does not admit null.
    ///
    /// # Safety
    /// `raw` holds a value of type `TYPE` that belongs to `store`.
    #[doc(hidden)]
    #[allow(private_interfaces)]
    unsafe fn from_raw(raw: ValRaw, store: &mut StoreOpaque) -> Result<Self>;
}

macro_rules! wasm_ty {
    ($($ty:ty, $val:ident, |$value:ident| $into:expr, |$raw:ident| $from:expr;)*) => {$(
        impl Sealed for $ty {}
        impl WasmTy for $ty {
            const TYPE: ValType = ValType::$val;
            #[inline]
            #[allow(private_interfaces)]
            fn into_raw(self, _: &mut StoreOpaque) -> Result<ValRaw> {
                let $value = self;
                Ok($into)
            }
            #[inline]
            #[allow(private_interfaces)]
            unsafe fn from_raw($raw: ValRaw, _: &mut StoreOpaque) -> Result<Self> {
                // SAFETY: `raw` holds a value of type `TYPE`, so the bytes of this type are initialised (the
                // caller's promise).
                Ok(unsafe { $from })
            }
        }
    )*};
}

wasm_ty! {
    i32, I32, |v| ValRaw::u32(v as u32), |raw| raw.get_u32() as i32;
    u32, I32, |v| ValRaw::u32(v), |raw| raw.get_u32();
    i64, I64, |v| ValRaw::u64(v as u64), |raw| raw.get_u64() as i64;
    u64, I64, |v| ValRaw::u64(v), |raw| raw.get_u64();
    f32, F32, |v| ValRaw::u32(v.to_bits()), |raw| f32::from_bits(raw.get_u32());
    u128, V128, |v| ValRaw::v128(v), |raw| raw.get_v128();
    f64, F64, |v| ValRaw::u64(v.to_bits()), |raw| f64::from_bits(raw.get_u64());
}

macro_rules! wasm_ref {
    ($($ty:ty, $ref:ident, $room:literal,
        |$value:ident, $store:ident| $into:expr,
        |$raw:ident, $from_store:ident| $from:expr;)*) => {$(
        impl Sealed for $ty {}
        impl Sealed for Option<$ty> {}
        impl WasmTy for Option<$ty> {
            const TYPE: ValType = ValType::Ref(RefType::$ref);
            const ROOM: u32 = $room;
            #[allow(private_interfaces)]
            fn is_of(&self, ty: ValType, store: &StoreOpaque) -> bool {
                // Null has every nullable type of its hierarchy.
                self.as_ref().is_none_or(|value| value.is_of(ty, store))
            }
            #[inline]
            #[allow(private_interfaces, unused_variables)]
            fn into_raw(self, $store: &mut StoreOpaque) -> Result<ValRaw> {
                match self {
                    None => Ok(ValRaw::ZERO),
                    Some($value) => Ok($into),
                }
            }
            #[inline]
            #[allow(private_interfaces, unused_variables)]
            unsafe fn from_raw($raw: ValRaw, $from_store: &mut StoreOpaque) -> Result<Self> {
                // SAFETY: `raw` holds a reference of this type that belongs to this store, or null (the
                // caller's promise).
                Ok(unsafe { $from })
            }
        }
        impl WasmTy for $ty {
            const TYPE: ValType = ValType::Ref(RefType::$ref);
            const GIVEN: ValType = ValType::Ref(RefType::new(false, RefType::$ref.heap_type()));
            const ROOM: u32 = $room;
            #[allow(private_interfaces)]
            fn is_of(&self, ty: ValType, store: &StoreOpaque) -> bool {
                Val::from(self.clone()).is_of(ty, store)
            }
            #[inline]
            #[allow(private_interfaces)]
            fn into_raw(self, store: &mut StoreOpaque) -> Result<ValRaw> {
                Some(self).into_raw(store)
            }
            #[inline]
            #[allow(private_interfaces)]
            unsafe fn from_raw(raw: ValRaw, store: &mut StoreOpaque) -> Result<Self> {
                // SAFETY: `raw` holds a reference of this type that belongs to this store, or null (the
                // caller's promise).
                let value: Option<Self> = unsafe { WasmTy::from_raw(raw, store)? };
                value.ok_or_else(|| Error::Mismatch("a reference is null where none may be".into()))
            }
        }
    )*};
}

wasm_ref! {
    Func, FUNC, 0,
        |func, store| ValRaw::func(Some(func.vm_in(store)?)),
        |raw, store| raw.get_func().map(|f| Func::from_vm(store, f));
    ExternRef, EXTERN, 1,
        |value, store| ValRaw::heap_ref(store.enter_extern(value)?),
        |raw, store| store.extern_of(raw.get_heap_ref());
    AnyRef, ANY, 1,
        |value, store| ValRaw::heap_ref(store.enter_any(&value)?),
        |raw, store| store.any_of(raw.get_heap_ref());
    EqRef, EQ, 1,
        |value, store| ValRaw::heap_ref(store.enter_any(value.any())?),
        |raw, store| store.any_of(raw.get_heap_ref()).map(|any| any.unwrap_eqref());
    I31, I31, 0,
        |number, store| ValRaw::heap_ref(number.to_reference()),
        |raw, store| I31::of_reference(raw.get_heap_ref());
    StructRef, STRUCT, 1,
        |value, store| ValRaw::heap_ref(store.enter_object(value.object())?),
        |raw, store| store.any_of(raw.get_heap_ref()).map(|any| any.unwrap_struct());
    ArrayRef, ARRAY, 1,
        |value, store| ValRaw::heap_ref(store.enter_object(value.object())?),
        |raw, store| store.any_of(raw.get_heap_ref()).map(|any| any.unwrap_array());
    ExnRef, EXN, 1,
        |value, store| {
            value.check_entry(store)?;
            ValRaw::heap_ref(store.heap.enter(value.0)?)
        },
        |raw, store| match raw.get_heap_ref() {
            0 => None,
            reference => Some(ExnRef(store.heap.value(reference).clone()).seen_by_host(store)),
        };
}
