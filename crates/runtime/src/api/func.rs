//! Functions of Wasm and of the host, as the host uses them.

use crate::api::caller::Caller;
use crate::api::host::{self, IntoFunc};
use crate::api::typed::{TypedFunc, WasmParams, WasmResults};
use crate::exec::activation;
use crate::store::StoreOpaque;
use crate::store::context::{AsContext, AsContextMut};
use crate::types::FuncType;
use crate::types::registry::TypeId;
use crate::value::error::{Error, Result};
use crate::value::handles::Func;
use crate::value::val::{Val, ValRaw};
use crate::value::vm::VmFuncRef;
use std::ptr::NonNull;

impl Func {
    /// Makes a function of the host from a closure over dynamic values. The closure receives the arguments
    /// and a slice for the results, which initially holds zeros and nulls.
    ///
    /// # Errors
    /// Fails if the type refers to a type of another engine or to one that is no longer in use, or has more
    /// than 1,000 parameters or results; or if memory for the trampolines is exhausted.
    pub fn new<T: 'static>(
        mut store: impl AsContextMut<Data = T>,
        ty: FuncType,
        func: impl Fn(Caller<'_, T>, &[Val], &mut [Val]) -> Result<()> + Send + Sync + 'static,
    ) -> Result<Self> {
        host::dynamic(store.as_context_mut(), ty, func)
    }

    /// Makes a function of the host from a closure over native types, such as `|a: i32, b: i64| -> f64`,
    /// whose first parameter may be a [`Caller`].
    ///
    /// # Errors
    /// Fails if memory for the trampolines is exhausted.
    pub fn wrap<T: 'static, P, R>(
        mut store: impl AsContextMut<Data = T>,
        func: impl IntoFunc<T, P, R>,
    ) -> Result<Self> {
        host::typed(store.as_context_mut(), func)
    }

    /// # Safety
    /// `vm` is the record of a function of `store`.
    pub(crate) unsafe fn from_vm(store: &StoreOpaque, vm: NonNull<VmFuncRef>) -> Self {
        Func { store: store.id(), vm }
    }

    /// The record of the function, which compiled code reads.
    ///
    /// # Panics
    /// Panics if the function belongs to another store.
    pub(crate) fn vm(&self, store: &StoreOpaque) -> NonNull<VmFuncRef> {
        store.check(self.store);
        self.vm
    }

    /// The record of the function, for a caller that lets `store` keep it or gives it to Wasm in `store`.
    ///
    /// # Errors
    /// Fails if the function belongs to another store, or was given back.
    pub(crate) fn vm_in(&self, store: &StoreOpaque) -> Result<NonNull<VmFuncRef>> {
        match store.id() == self.store {
            true if self.is_given_back() => Err(Error::Released("function")),
            true => Ok(self.vm),
            false => {
                Err(Error::Mismatch("a function was used with a store that is not its own".into()))
            }
        }
    }

    /// Whether the function was given back. If so, Wasm must not receive it again.
    pub(crate) fn is_given_back_in(&self, store: &StoreOpaque) -> bool {
        store.id() == self.store && self.is_given_back()
    }

    /// Whether the function was given back. The caller borrows the function's store.
    fn is_given_back(&self) -> bool {
        // SAFETY: the record lives as long as its store, which both callers (`vm_in`, `is_given_back_in`)
        // borrow.
        unsafe { (*self.vm.as_ptr()).is_given_back() }
    }

    /// Identity of the function's type, or `None` where the function belongs to another store.
    pub(crate) fn type_id_in(&self, store: &StoreOpaque) -> Option<TypeId> {
        match store.id() == self.store {
            // SAFETY: the record lives as long as its store, which is `store` (checked) and so is borrowed.
            true => Some(unsafe { self.vm.as_ref().type_id }),
            false => None,
        }
    }

    pub(crate) fn ty_in(&self, store: &StoreOpaque) -> FuncType {
        // SAFETY: the record lives as long as its store, which `vm` checks to be `store`, and which is
        // borrowed.
        let id = unsafe { self.vm(store).as_ref().type_id };
        store.engine().types().get(id)
    }

    /// The type of the function.
    pub fn ty(&self, store: impl AsContext) -> FuncType {
        self.ty_in(store.as_context().opaque())
    }

    /// Calls the function with `params`, and writes its results to `results`, which must be as long as the
    /// result types of the function.
    ///
    /// # Errors
    /// Fails if the arguments or the length of `results` do not fit the type; if the call traps or a host
    /// function fails; or if the function or an argument was [given back](crate::Instance::release).
    ///
    /// # Panics
    /// Panics if the function belongs to another store, and with the panic of a host function.
    pub fn call(
        &self,
        mut store: impl AsContextMut,
        params: &[Val],
        results: &mut [Val],
    ) -> Result<()> {
        let mut context = store.as_context_mut();
        let store = context.opaque_mut();
        let ty = self.ty_in(store);
        check_arguments(store, &ty, params, results.len())?;
        // Few values are on the stack: an allocation takes as long as much of a short call.
        let (mut few, mut many) = ([ValRaw::ZERO; FEW], Vec::new());
        let count = params.len().max(results.len());
        let values = match few.get_mut(..count) {
            Some(values) => values,
            None => {
                many.resize(count, ValRaw::ZERO);
                &mut many[..]
            }
        };
        store.reserve(Val::room_for(params));
        for (raw, value) in values.iter_mut().zip(params) {
            *raw = value.to_raw(store)?;
        }
        // SAFETY: the record is the store's own (`ty_in` checked it), the arguments have the types of the
        // function's parameters (`check_arguments`), and `values` has room for its results.
        unsafe { activation::invoke(&mut context.access(), self.vm, values.as_mut_ptr())? };
        let store = context.opaque_mut();
        for ((result, raw), ty) in results.iter_mut().zip(values.iter()).zip(ty.results()) {
            // SAFETY: the function's entry trampoline wrote its results over the arguments, and they are of
            // the types that `ty_in` read from its record.
            *result = unsafe { Val::from_raw(*raw, *ty, store) };
        }
        Ok(())
    }

    /// Gives the function a static type, which is checked here once: the arguments must be of the parameters'
    /// types, and the results of the Rust types. A parameter of a declared type, such as `(ref null $list)`, may be
    /// given as a wider one, such as a [`StructRef`](crate::StructRef); then each call checks its argument.
    ///
    /// # Errors
    /// Fails if the function has another type.
    pub fn typed<P: WasmParams, R: WasmResults>(
        &self,
        store: impl AsContext,
    ) -> Result<TypedFunc<P, R>> {
        let store = store.as_context();
        let ty = self.ty_in(store.opaque());
        let typed = TypedFunc::new(*self, &ty, store.opaque().engine().types());
        typed.ok_or_else(|| Error::Mismatch(format!("the function is of type {ty}")))
    }
}

/// How many arguments or results of a call are few.
const FEW: usize = 8;

fn check_arguments(
    store: &StoreOpaque,
    ty: &FuncType,
    params: &[Val],
    results: usize,
) -> Result<()> {
    let (wanted, given) = (ty.params().len(), params.len());
    if wanted != given {
        return Err(Error::Mismatch(format!("the function takes {wanted} arguments, not {given}")));
    }
    for (i, (param, ty)) in params.iter().zip(ty.params()).enumerate() {
        if !param.is_of(*ty, store) {
            let actual = param.ty();
            return Err(Error::Mismatch(format!("argument {i} is of type {actual}, not {ty}")));
        }
    }
    let wanted = ty.results().len();
    if wanted != results {
        return Err(Error::Mismatch(format!("the function has {wanted} results, not {results}")));
    }
    Ok(())
}
