//! Static types for functions: lists of Rust types that stand for types of Wasm values.

use crate::api::wasm_ty::WasmTy;
use crate::api::wasm_ty::sealed::Sealed;
use crate::exec::activation;
use crate::store::StoreOpaque;
use crate::store::context::AsContextMut;
use crate::types::registry::TypeRegistry;
use crate::types::{FuncType, RefType, ValType};
use crate::value::error::{Error, Result};
use crate::value::handles::Func;
use crate::value::val::ValRaw;
use std::marker::PhantomData;
use std::mem::MaybeUninit;

/// Rust types for a list of parameters: a type of values, or a tuple of such types.
pub trait WasmParams: Sealed {
    /// The types of the values.
    #[doc(hidden)]
    const TYPES: &'static [ValType];
    /// Whether the values have types that are narrower than `TYPES`.
    #[doc(hidden)]
    #[allow(private_interfaces)]
    fn are_of(&self, types: &[ValType], store: &StoreOpaque) -> bool;
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
    /// The widest types of values that are accepted.
    #[doc(hidden)]
    const TYPES: &'static [ValType];
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
    const TYPES: &'static [ValType] = &[A::GIVEN];
    #[allow(private_interfaces)]
    fn are_of(&self, types: &[ValType], store: &StoreOpaque) -> bool {
        self.is_of(types[0], store)
    }
    #[inline]
    #[allow(private_interfaces)]
    fn store(self, store: &mut StoreOpaque, to: &mut [MaybeUninit<ValRaw>]) -> Result<()> {
        to[0].write(self.into_raw(store)?);
        Ok(())
    }
}

impl<A: WasmTy> WasmResults for A {
    const TYPES: &'static [ValType] = &[A::TYPE];
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
            const TYPES: &'static [ValType] = &[$($name::GIVEN),*];
            #[allow(private_interfaces, non_snake_case, unused)]
            fn are_of(&self, types: &[ValType], store: &StoreOpaque) -> bool {
                let ($($name,)*) = self;
                let mut types = types.iter();
                true $( && types.next().is_some_and(|ty| $name.is_of(*ty, store)) )*
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
            const TYPES: &'static [ValType] = &[$($name::TYPE),*];
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

/// How values of Rust types fit the parameters of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    Never,
    /// Some parameters are of declared types, and it is found out with each call whether the values are.
    IfTheyAre,
    Always,
}

impl Fit {
    /// How values of the types `given` fit `params`.
    fn of(given: &[ValType], params: &[ValType], types: &TypeRegistry) -> Fit {
        if given.len() != params.len() {
            return Fit::Never;
        }
        let mut fit = Fit::Always;
        for (given, param) in given.iter().zip(params) {
            match (given, param) {
                _ if given == param || types.matches(*given, *param) => {}
                // A parameter of a declared type takes some of the values.
                (ValType::Ref(given), ValType::Ref(param))
                    if param.heap_type().index().is_some()
                        && (param.is_nullable() || !given.is_nullable())
                        && types.ref_matches(
                            RefType::new(false, param.heap_type()),
                            RefType::new(false, given.heap_type()),
                        ) =>
                {
                    fit = Fit::IfTheyAre;
                }
                _ => return Fit::Never,
            }
        }
        fit
    }
}

/// A function whose type the Rust compiler knows, so that calls check no types and allocate no memory for
/// values. Only where a parameter is of a declared type, such as `(ref null $list)`, each call finds out whether
/// its argument is.
#[derive(Debug)]
pub struct TypedFunc<P, R> {
    func: Func,
    fit: Fit,
    types: PhantomData<fn(P) -> R>,
}

impl<P, R> Clone for TypedFunc<P, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P, R> Copy for TypedFunc<P, R> {}

impl<P: WasmParams, R: WasmResults> TypedFunc<P, R> {
    /// The function with these static types, if it has them.
    pub(crate) fn new(func: Func, ty: &FuncType, types: &TypeRegistry) -> Option<Self> {
        let fit = Fit::of(P::TYPES, ty.params(), types);
        let (found, wanted) = (ty.results(), R::TYPES);
        let fits = found.len() == wanted.len()
            && found.iter().zip(wanted).all(|(found, wanted)| types.matches(*found, *wanted));
        (fits && fit != Fit::Never).then_some(TypedFunc { func, fit, types: PhantomData })
    }

    /// The function without its static type.
    pub fn func(&self) -> Func {
        self.func
    }

    /// Calls the function with `params`, and gives its results.
    ///
    /// # Errors
    /// Fails if the call traps or a host function fails; if an argument belongs to another store, or is not of
    /// the declared type of its parameter; if a result is null and its Rust type does not admit null; or if the function or an argument was [given
    /// back](crate::Instance::release).
    ///
    /// # Panics
    /// Panics if the function belongs to another store, and with the panic of a host function.
    #[inline]
    pub fn call(&self, mut store: impl AsContextMut, params: P) -> Result<R> {
        const { assert!(P::TYPES.len() <= MAX_ARITY && R::TYPES.len() <= MAX_ARITY) };
        let mut context = store.as_context_mut();
        let store = context.opaque_mut();
        let vm = self.func.vm(store);
        if self.fit == Fit::IfTheyAre {
            let ty = self.func.ty_in(store);
            if !params.are_of(ty.params(), store) {
                let text = format!("an argument is not of its parameter's type: {ty}");
                return Err(Error::Mismatch(text));
            }
        }
        let mut values = [const { MaybeUninit::<ValRaw>::uninit() }; MAX_ARITY];
        if P::ROOM > 0 {
            store.reserve(P::ROOM);
        }
        params.store(store, &mut values)?;
        // SAFETY: the record is the store's own (`Func::vm` checked), the arguments have the types of its
        // parameters (`TypedFunc::new` checked, and `are_of` above), and `values` has room for the results, which the function
        // writes.
        unsafe {
            activation::invoke(&mut context.access(), vm, values.as_mut_ptr().cast())?;
            R::load(context.opaque_mut(), &values)
        }
    }
}
