//! Static types for functions, and conversions between values of Rust and of Wasm.

use crate::exec::activation;
use crate::gc::ExternRef;
use crate::store::StoreOpaque;
use crate::store::context::AsContextMut;
use crate::types::{RefType, ValType};
use crate::value::anyref::AnyRef;
use crate::value::error::{Error, Result};
use crate::value::exception::ExnRef;
use crate::value::handles::Func;
use crate::value::val::ValRaw;
use std::marker::PhantomData;
use std::mem::MaybeUninit;

mod sealed {
    pub trait Sealed {}
}
use sealed::Sealed;

/// A Rust type that corresponds to a type of Wasm values.
pub trait WasmTy: Sealed + Sized + Send + Sync + 'static {
    #[doc(hidden)]
    const TYPE: ValType;
    /// 1 if a value of this type needs room in the activations table, else 0.
    #[doc(hidden)]
    const ROOM: u32 = 0;
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
            #[inline]
            #[allow(private_interfaces)]
            fn into_raw(self, $store: &mut StoreOpaque) -> Result<ValRaw> {
                match self {
                    None => Ok(ValRaw::ZERO),
                    Some($value) => Ok($into),
                }
            }
            #[inline]
            #[allow(private_interfaces)]
            unsafe fn from_raw($raw: ValRaw, $from_store: &mut StoreOpaque) -> Result<Self> {
                // SAFETY: `raw` holds a reference of this type that belongs to this store, or null (the
                // caller's promise).
                Ok(unsafe { $from })
            }
        }
        impl WasmTy for $ty {
            const TYPE: ValType = ValType::Ref(RefType::$ref);
            const ROOM: u32 = $room;
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

/// Rust types for a list of parameters: a type of values, or a tuple of such types.
pub trait WasmParams: Sealed {
    #[doc(hidden)]
    const COUNT: usize;
    #[doc(hidden)]
    fn matches(types: &[ValType]) -> bool;
    /// How many of the values need room in the activations table.
    #[doc(hidden)]
    const ROOM: u32;
    /// Converts the values, for which there is room in the activations table.
    ///
    /// # Errors
    /// Fails if a value belongs to another store, or the heap is full.
    #[doc(hidden)]
    #[allow(private_interfaces)]
    fn store(self, store: &mut StoreOpaque, to: &mut [MaybeUninit<ValRaw>]) -> Result<()>;
}

/// Rust types for a list of results: `()`, a type of values, or a tuple of such types.
pub trait WasmResults: Sealed {
    #[doc(hidden)]
    const COUNT: usize;
    #[doc(hidden)]
    fn matches(types: &[ValType]) -> bool;
    /// # Errors
    /// Fails if a value is null and its Rust type does not admit null.
    ///
    /// # Safety
    /// `from` holds values of these types that belong to `store`.
    #[doc(hidden)]
    #[allow(private_interfaces)]
    unsafe fn load(store: &mut StoreOpaque, from: &[MaybeUninit<ValRaw>]) -> Result<Self>
    where
        Self: Sized;
}

impl<A: WasmTy> WasmParams for A {
    const ROOM: u32 = A::ROOM;
    const COUNT: usize = 1;
    fn matches(types: &[ValType]) -> bool {
        types == [A::TYPE]
    }
    #[inline]
    #[allow(private_interfaces)]
    fn store(self, store: &mut StoreOpaque, to: &mut [MaybeUninit<ValRaw>]) -> Result<()> {
        to[0].write(self.into_raw(store)?);
        Ok(())
    }
}

impl<A: WasmTy> WasmResults for A {
    const COUNT: usize = 1;
    fn matches(types: &[ValType]) -> bool {
        types == [A::TYPE]
    }
    #[inline]
    #[allow(private_interfaces)]
    unsafe fn load(store: &mut StoreOpaque, from: &[MaybeUninit<ValRaw>]) -> Result<Self> {
        // SAFETY: the first element holds a value of this type that belongs to this store (the caller's
        // promise).
        unsafe { A::from_raw(from[0].assume_init(), store) }
    }
}

/// The most parameters or results of a typed call: the length of the longest tuple.
pub(crate) const MAX_ARITY: usize = 16;

macro_rules! tuples {
    ($($($name:ident)*;)*) => {$(
        impl<$($name: WasmTy),*> Sealed for ($($name,)*) {}
        impl<$($name: WasmTy),*> WasmParams for ($($name,)*) {
            const ROOM: u32 = 0 $( + $name::ROOM)*;
            const COUNT: usize = <[&str]>::len(&[$(stringify!($name)),*]);
            fn matches(types: &[ValType]) -> bool {
                types == [$($name::TYPE),*] as [ValType; _]
            }
            #[inline]
            #[allow(private_interfaces, non_snake_case, unused)]
            fn store(self, store: &mut StoreOpaque, to: &mut [MaybeUninit<ValRaw>]) -> Result<()> {
                let ($($name,)*) = self;
                let mut to = to.iter_mut();
                $( to.next().expect("room for all").write($name.into_raw(store)?); )*
                Ok(())
            }
        }
        impl<$($name: WasmTy),*> WasmResults for ($($name,)*) {
            const COUNT: usize = <[&str]>::len(&[$(stringify!($name)),*]);
            fn matches(types: &[ValType]) -> bool {
                types == [$($name::TYPE),*] as [ValType; _]
            }
            #[inline]
            #[allow(private_interfaces, unused, clippy::unused_unit)]
            unsafe fn load(store: &mut StoreOpaque, from: &[MaybeUninit<ValRaw>]) -> Result<Self> {
                let mut from = from.iter();
                // SAFETY: the first elements hold values of these types that belong to this store (the
                // caller's promise).
                unsafe { Ok(($( $name::from_raw(from.next().expect("all are there").assume_init(), store)?, )*)) }
            }
        }
    )*};
}

for_each_tuple!(tuples);

/// A function whose type the Rust compiler knows, so that calls check no types and allocate no memory for
/// values.
#[derive(Debug)]
pub struct TypedFunc<P, R> {
    func: Func,
    types: PhantomData<fn(P) -> R>,
}

impl<P, R> Clone for TypedFunc<P, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P, R> Copy for TypedFunc<P, R> {}

impl<P: WasmParams, R: WasmResults> TypedFunc<P, R> {
    pub(crate) fn new(func: Func) -> Self {
        TypedFunc { func, types: PhantomData }
    }

    /// The function without its static type.
    pub fn func(&self) -> Func {
        self.func
    }

    /// Calls the function with `params`, and gives its results.
    ///
    /// # Errors
    /// Fails if the call traps or a host function fails; if an argument belongs to another store; if a result
    /// is null and its Rust type does not admit null; or if the function or an argument was [given
    /// back](crate::Instance::release).
    ///
    /// # Panics
    /// Panics if the function belongs to another store, and with the panic of a host function.
    #[inline]
    pub fn call(&self, mut store: impl AsContextMut, params: P) -> Result<R> {
        const { assert!(P::COUNT <= MAX_ARITY && R::COUNT <= MAX_ARITY) };
        let mut context = store.as_context_mut();
        let store = context.opaque_mut();
        let vm = self.func.vm(store);
        let mut values = [const { MaybeUninit::<ValRaw>::uninit() }; MAX_ARITY];
        if P::ROOM > 0 {
            store.reserve(P::ROOM);
        }
        params.store(store, &mut values)?;
        // SAFETY: the record is the store's own (`Func::vm` checked), the arguments have the types of its
        // parameters (`Func::typed` checked), and `values` has room for the results, which the function
        // writes.
        unsafe {
            activation::invoke(&mut context.access(), vm, values.as_mut_ptr().cast())?;
            R::load(context.opaque_mut(), &values)
        }
    }
}
