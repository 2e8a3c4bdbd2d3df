//! Functions, Wasm's and the host's.

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
    /// Makes a function of the host from a closure over dynamic values. The closure gets the
    /// arguments and a slice for the results, which holds zeros and nulls at first.
    ///
    /// # Errors
    /// If the type refers to a type of another engine or to one that is used no more, or has more than
    /// 1,000 parameters or results; or if memory for its trampolines is exhausted.
    pub fn new<T: 'static>(
        mut store: impl AsContextMut<Data = T>,
        ty: FuncType,
        func: impl Fn(Caller<'_, T>, &[Val], &mut [Val]) -> Result<()> + Send + Sync + 'static,
    ) -> Result<Self> {
        host::dynamic(store.as_context_mut(), ty, func)
    }

    /// Makes a function of the host from a closure over native types, such as
    /// `|a: i32, b: i64| -> f64`, with a [`Caller`] before them where wanted.
    ///
    /// # Errors
    /// If memory for its trampoline is exhausted.
    pub fn wrap<T: 'static, P, R>(
        mut store: impl AsContextMut<Data = T>,
        func: impl IntoFunc<T, P, R>,
    ) -> Result<Self> {
        host::typed(store.as_context_mut(), func)
    }

    /// # Safety
    /// `vm` is a record of `store`.
    pub(crate) unsafe fn from_vm(store: &StoreOpaque, vm: NonNull<VmFuncRef>) -> Self {
        Func { store: store.id(), vm }
    }

    /// Its record.
    ///
    /// # Panics
    /// If it belongs to another store.
    pub(crate) fn vm(&self, store: &StoreOpaque) -> NonNull<VmFuncRef> {
        store.check(self.store);
        self.vm
    }

    /// Its record, to be kept by `store`, or to be given to its Wasm.
    ///
    /// # Errors
    /// If it belongs to another store, or was given back.
    pub(crate) fn vm_in(&self, store: &StoreOpaque) -> Result<NonNull<VmFuncRef>> {
        match store.id() == self.store {
            true if self.is_given_back() => Err(Error::Released("function")),
            true => Ok(self.vm),
            false => {
                Err(Error::Mismatch("a function was used with a store that is not its own".into()))
            }
        }
    }

    /// Whether it was given back: then Wasm must not get it again.
    pub(crate) fn is_given_back_in(&self, store: &StoreOpaque) -> bool {
        store.id() == self.store && self.is_given_back()
    }

    /// To be asked where its store is borrowed.
    fn is_given_back(&self) -> bool {
        // SAFETY: the record lives as long as its store, which is borrowed (so it was asked for).
        unsafe { (*self.vm.as_ptr()).is_given_back() }
    }

    /// Identity of its type; `None` where it belongs to another store.
    pub(crate) fn type_id_in(&self, store: &StoreOpaque) -> Option<TypeId> {
        match store.id() == self.store {
            // SAFETY: the record lives as long as its store, which is borrowed.
            true => Some(unsafe { self.vm.as_ref().type_id }),
            false => None,
        }
    }

    pub(crate) fn ty_in(&self, store: &StoreOpaque) -> FuncType {
        // SAFETY: the record lives as long as its store, which is checked and borrowed.
        let id = unsafe { self.vm(store).as_ref().type_id };
        store.engine().types().get(id)
    }

    /// Its type.
    pub fn ty(&self, store: impl AsContext) -> FuncType {
        self.ty_in(store.as_context().opaque())
    }

    /// Calls it. `results` must have the length of its type's.
    ///
    /// # Errors
    /// Arguments or results that do not fit; a trap; an error of a host function; a function or an argument
    /// that was [given back](crate::Instance::release).
    ///
    /// # Panics
    /// If it belongs to another store; or with the panic of a host function.
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
        let mut values = vec![ValRaw::ZERO; params.len().max(results.len())];
        store.reserve(Val::room_for(params));
        for (raw, value) in values.iter_mut().zip(params) {
            *raw = value.to_raw(store)?;
        }
        // SAFETY: the record is the store's own (`ty_in` checked), the arguments have the types that
        // the function wants (`check_arguments`), and `values` has room for its results.
        unsafe { activation::invoke(&mut context.access(), self.vm, values.as_mut_ptr())? };
        let store = context.opaque_mut();
        for ((result, raw), ty) in results.iter_mut().zip(values).zip(ty.results()) {
            // SAFETY: the function's entry trampoline wrote its results over the arguments, and they are of
            // the types that `ty_in` read from its record.
            *result = unsafe { Val::from_raw(raw, *ty, store) };
        }
        Ok(())
    }

    /// Gives it a static type, checked once.
    ///
    /// # Errors
    /// If its type is another.
    pub fn typed<P: WasmParams, R: WasmResults>(
        &self,
        store: impl AsContext,
    ) -> Result<TypedFunc<P, R>> {
        let ty = self.ty(store);
        if P::matches(ty.params()) && R::matches(ty.results()) {
            return Ok(TypedFunc::new(*self));
        }
        Err(Error::Mismatch(format!("the function is of type {ty}")))
    }
}

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
