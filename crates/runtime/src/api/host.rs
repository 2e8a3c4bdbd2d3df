//! Functions of the host, which Wasm calls.
//!
//! In: closures. Out: function records whose code is the host call trampoline of their type. The trampoline
//! calls a shim of this module, which converts values, calls the closure, and lets neither errors nor panics
//! unwind into compiled code.

use crate::api::caller::Caller;
use crate::api::host_signature::HostSignature;
use crate::api::wasm_ty::WasmTy;
use crate::compile::engine::Engine;
use crate::exec::activation;
use crate::gc;
use crate::store::activation::Activation;
use crate::store::context::{AsContextMut, StoreContextMut};
use crate::store::hooks::{CallHook, Hooks};
use crate::store::host_func::HostFuncBox;
use crate::store::{Pending, StoreInner, StoreOpaque};
use crate::types::{FuncType, ValType};
use crate::value::error::{Error, Result};
use crate::value::handles::Func;
use crate::value::val::{Val, ValRaw};
use crate::value::vm::{HostFn, VmContext, VmFuncRef, VmHostContext};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::NonNull;
use std::sync::Arc;
use touchstone_cranelift_wasm::layout::CONTEXT_MAGIC;

/// A host function's context, its record, and its closure.
#[repr(C)]
struct HostFunc<F> {
    /// This field comes first, so that compiled code's pointer to the context is also a pointer to the whole.
    context: VmHostContext,
    func_ref: VmFuncRef,
    /// The signature keeps the record's code and the identity of its type valid.
    _signature: Arc<HostSignature>,
    closure: F,
}

const _: () = {
    const fn both<T: Send + Sync>() {}
    both::<Arc<HostSignature>>();
};

/// Puts a host function into a store.
fn add<F: Send + Sync + 'static>(
    store: &mut StoreOpaque,
    signature: Arc<HostSignature>,
    shim: HostFn,
    closure: F,
) -> Result<Func> {
    let code = signature.code()?;
    let (wasm_call, array_call) = (code.host_call.code(), code.entry.code());
    let header = VmContext {
        magic: CONTEXT_MAGIC,
        store: store.root.cast(),
        builtins: store.engine().trampolines().builtins(),
        type_ids: std::ptr::null(),
        instance: std::ptr::null_mut(),
    };
    let type_id = signature.type_id();
    let context = std::ptr::null_mut();
    let func = Box::leak(Box::new(HostFunc {
        context: VmHostContext { header, func: shim },
        func_ref: VmFuncRef { wasm_call, array_call, context, type_id },
        _signature: signature,
        closure,
    }));
    let func = std::ptr::from_mut(func);
    unsafe fn drop_host_func<F>(func: NonNull<u8>) {
        // SAFETY: `add`, the only user of this function, passes it with a pointer that came from a box of
        // this type; `HostFuncBox` calls it once.
        drop(unsafe { Box::from_raw(func.cast::<HostFunc<F>>().as_ptr()) });
    }
    // SAFETY: `func` was leaked just now; nothing else refers to it.
    let record = unsafe {
        (*func).func_ref.context = func.cast();
        NonNull::from(&mut (*func).func_ref)
    };
    let func = NonNull::new(func.cast()).expect("a box is not null");
    // SAFETY: `func` came from a box, which the `HostFuncBox` owns from now on. The closure is `Send + Sync`
    // (by the bound on `F`), and so is the signature (asserted above); the rest is plain data.
    store.add_host_func(unsafe { HostFuncBox::new(func, drop_host_func::<F>) });
    // SAFETY: the record was added to this store just above.
    Ok(unsafe { Func::from_vm(store, record) })
}

/// Runs a host function's body. Gives 1 if the call succeeded, else 0 with the reason in `pending`; the
/// trampoline tests this.
///
/// # Safety
/// `store` lives, and nothing but the body uses it meanwhile.
unsafe fn guard(store: *mut StoreOpaque, body: impl FnOnce() -> Result<()>) -> u8 {
    // SAFETY: the store lives, and nothing else uses it (the caller's promise).
    let (youngest, tells) = unsafe { ((*store).activations, (*store).hooks.tells_calls()) };
    let body = AssertUnwindSafe(|| match tells {
        false => body(),
        // SAFETY: the store lives, and nothing but the body uses it (the caller's promise).
        true => unsafe { tell_and_run(store, body) },
    });
    let pending = match catch_unwind(body) {
        // SAFETY: the body has finished with the store, and nothing else uses it (the caller's promise).
        Ok(Ok(())) if unsafe { (*store).activations } == youngest => return 1,
        Ok(Ok(())) => None,
        Ok(Err(error)) => Some(Pending::Error(error)),
        Err(payload) => Some(Pending::Panic(payload)),
    };
    // SAFETY: the body has finished with the store; `youngest` was its youngest activation before.
    unsafe { end(store, youngest, pending) };
    0
}

/// Runs a host function's body, and calls the store's call hook before and after it.
///
/// # Errors
/// Fails if the hook or the body fails. The body does not run after the hook has failed.
///
/// # Safety
/// The caller promises what [`guard`] asks for.
#[cold]
unsafe fn tell_and_run(store: *mut StoreOpaque, body: impl FnOnce() -> Result<()>) -> Result<()> {
    // SAFETY: the store lives, and nothing uses it before and after the body does (the caller's promise).
    unsafe {
        Hooks::tell_call(store, CallHook::CallingHost)?;
        let result = body();
        result.and(Hooks::tell_call(store, CallHook::ReturningFromHost))
    }
}

/// Records why the youngest activation ends: because of what its host function did, or because calls that the
/// function began are suspended on other stacks. Such calls are then abandoned.
///
/// # Safety
/// `store` lives, and nothing else uses it. `youngest` was the store's youngest activation when the host
/// function was called.
#[cold]
unsafe fn end(store: *mut StoreOpaque, youngest: *const Activation, pending: Option<Pending>) {
    // SAFETY: the store lives, and nothing else uses it (the caller's promise). Activations end in order,
    // except for those that the function abandoned, so `youngest` is still in the list.
    unsafe {
        let pending = match (*store).activations == youngest {
            true => pending,
            false => {
                let abandoned = activation::abandon_younger(store, youngest);
                // `pending` may panic when it is dropped, and no panic may unwind from here.
                gc::discard(pending);
                let text = format!(
                    "a host function ended while {abandoned} calls of Wasm that it began are \
                     suspended on other stacks"
                );
                Some(Pending::Panic(Box::new(text)))
            }
        };
        (*store).pending = pending;
    }
}

/// Makes a host function over dynamic values in a store.
pub(crate) fn dynamic<T: 'static>(
    mut store: StoreContextMut<'_, T>,
    ty: FuncType,
    func: impl Fn(Caller<'_, T>, &[Val], &mut [Val]) -> Result<()> + Send + Sync + 'static,
) -> Result<Func> {
    let signature = HostSignature::new(store.engine(), &ty)?;
    let (shim, closure) = dynamic_shim(ty, func);
    add(store.opaque_mut(), signature, shim, closure)
}

/// Makes a host function over native types in a store.
pub(crate) fn typed<T: 'static, P, R, F: IntoFunc<T, P, R>>(
    mut store: StoreContextMut<'_, T>,
    func: F,
) -> Result<Func> {
    let signature = HostSignature::new(store.engine(), &func.ty())?;
    add(store.opaque_mut(), signature, typed_shim::<T, P, R, F>, Arc::new(func))
}

fn dynamic_shim<T: 'static, F>(ty: FuncType, func: F) -> (HostFn, (FuncType, F))
where
    F: Fn(Caller<'_, T>, &[Val], &mut [Val]) -> Result<()> + Send + Sync + 'static,
{
    unsafe extern "C" fn shim<T: 'static, F>(
        callee: *mut VmContext,
        caller: *mut VmContext,
        values: *mut ValRaw,
    ) -> u8
    where
        F: Fn(Caller<'_, T>, &[Val], &mut [Val]) -> Result<()>,
    {
        // SAFETY: the trampoline passes the context that `add` made for this shim, whose store has data of
        // type `T`, lives, and is used by nothing else while Wasm waits; `values` has room for arguments and
        // results, and holds arguments of the function's type.
        unsafe {
            let (ty, func) = &(*callee.cast::<HostFunc<(FuncType, F)>>()).closure;
            let store = NonNull::new_unchecked((*callee).store.cast::<StoreInner<T>>());
            guard(store.as_ptr().cast(), || {
                let mut context = StoreContextMut::new(store);
                let opaque = context.opaque_mut();
                let load = |(i, t): (usize, &ValType)| Val::from_raw(*values.add(i), *t, opaque);
                let params: Vec<Val> = ty.params().iter().enumerate().map(load).collect();
                opaque.stress();
                let mut results: Vec<Val> =
                    ty.results().iter().map(|t| Val::default_for(*t)).collect();
                let lent = Caller { store: context.as_context_mut(), context: caller };
                func(lent, &params, &mut results)?;
                drop(params);
                let opaque = context.opaque_mut();
                opaque.reserve(Val::room_for(&results));
                for (i, (result, ty)) in results.iter().zip(ty.results()).enumerate() {
                    if !result.is_of(*ty, opaque) {
                        let actual = result.ty();
                        let text =
                            format!("host function: result {i} is of type {actual}, not {ty}");
                        return Err(Error::Mismatch(text));
                    }
                    *values.add(i) = result.to_raw(opaque)?;
                }
                Ok(())
            })
        }
    }
    (shim::<T, F>, (ty, func))
}

/// A definition of a host function, from which the function can be made in any number of stores.
pub(crate) type Definition = dyn Fn(&mut StoreOpaque) -> Result<Func> + Send + Sync;

/// Makes a definition from a closure over dynamic values.
///
/// # Errors
/// Fails as [`HostSignature::new`] does.
pub(crate) fn define_dynamic<T: 'static>(
    engine: &Engine,
    ty: FuncType,
    func: impl Fn(Caller<'_, T>, &[Val], &mut [Val]) -> Result<()> + Send + Sync + 'static,
) -> Result<Arc<Definition>> {
    let signature = HostSignature::new(engine, &ty)?;
    let func = Arc::new(func);
    Ok(Arc::new(move |store: &mut StoreOpaque| {
        let func = func.clone();
        let call = move |c: Caller<'_, T>, p: &[Val], r: &mut [Val]| func(c, p, r);
        let (shim, closure) = dynamic_shim(ty.clone(), call);
        add(store, signature.clone(), shim, closure)
    }))
}

/// Makes a definition from a closure over native types.
///
/// # Errors
/// Fails as [`HostSignature::new`] does.
pub(crate) fn define_typed<T: 'static, P, R, F: IntoFunc<T, P, R>>(
    engine: &Engine,
    func: F,
) -> Result<Arc<Definition>> {
    let signature = HostSignature::new(engine, &func.ty())?;
    let func = Arc::new(func);
    let shim: HostFn = typed_shim::<T, P, R, F>;
    Ok(Arc::new(move |store: &mut StoreOpaque| add(store, signature.clone(), shim, func.clone())))
}

/// A type that a host function may return: `()`, a type of values, a tuple of such types, or a `Result` of
/// one of these whose error converts into an [`Error`].
pub trait HostResult {
    #[doc(hidden)]
    fn types() -> Vec<ValType>;
    /// How many of the values need room in the activations table.
    #[doc(hidden)]
    const ROOM: u32;
    /// # Safety
    /// `to` has room for the results, and the activations table has room for [`HostResult::ROOM`] references.
    #[doc(hidden)]
    #[allow(private_interfaces)]
    unsafe fn store(self, store: &mut StoreOpaque, to: *mut ValRaw) -> Result<()>;
}

impl<A: WasmTy> HostResult for A {
    const ROOM: u32 = A::ROOM;
    fn types() -> Vec<ValType> {
        vec![A::TYPE]
    }
    #[inline]
    #[allow(private_interfaces)]
    unsafe fn store(self, store: &mut StoreOpaque, to: *mut ValRaw) -> Result<()> {
        // SAFETY: there is room for the value (the caller's promise).
        unsafe { *to = self.into_raw(store)? };
        Ok(())
    }
}

impl<A: HostResult, E: Into<Error>> HostResult for Result<A, E> {
    const ROOM: u32 = A::ROOM;
    fn types() -> Vec<ValType> {
        A::types()
    }
    #[inline]
    #[allow(private_interfaces)]
    unsafe fn store(self, store: &mut StoreOpaque, to: *mut ValRaw) -> Result<()> {
        match self {
            // SAFETY: there is room for the values (the caller's promise).
            Ok(value) => unsafe { value.store(store, to) },
            Err(error) => Err(error.into()),
        }
    }
}

/// A closure that can be a host function of a store with data `T`.
pub trait IntoFunc<T: 'static, P, R>: Send + Sync + Sized + 'static {
    #[doc(hidden)]
    fn ty(&self) -> FuncType;
    /// # Safety
    /// `values` holds arguments of the closure's types, belonging to the caller's store, and
    /// has room for its results.
    #[doc(hidden)]
    #[allow(private_interfaces)]
    unsafe fn call(&self, caller: Caller<'_, T>, values: *mut ValRaw) -> Result<()>;
}

unsafe extern "C" fn typed_shim<T: 'static, P, R, F: IntoFunc<T, P, R>>(
    callee: *mut VmContext,
    caller: *mut VmContext,
    values: *mut ValRaw,
) -> u8 {
    // SAFETY: the trampoline passes the context that `add` made for this shim, whose store has data of type
    // `T`, lives, and is used by nothing else while Wasm waits; `values` has room for arguments and results,
    // and holds arguments of the function's type.
    unsafe {
        let func = &(*callee.cast::<HostFunc<Arc<F>>>()).closure;
        let store = NonNull::new_unchecked((*callee).store.cast::<StoreInner<T>>());
        guard(store.as_ptr().cast(), || {
            let context = Caller { store: StoreContextMut::new(store), context: caller };
            func.call(context, values)
        })
    }
}

macro_rules! host_functions {
    ($($($name:ident)*;)*) => {$(
        impl<$($name: WasmTy),*> HostResult for ($($name,)*) {
            const ROOM: u32 = 0 $( + $name::ROOM)*;
            fn types() -> Vec<ValType> {
                vec![$($name::TYPE),*]
            }
            #[inline]
            #[allow(private_interfaces, non_snake_case, unused)]
            unsafe fn store(self, store: &mut StoreOpaque, to: *mut ValRaw) -> Result<()> {
                let ($($name,)*) = self;
                let mut i = 0;
                // SAFETY: `to` has room for as many values as the tuple has (the caller's promise).
                unsafe { $( *to.add(i) = $name.into_raw(store)?; i += 1; )* }
                Ok(())
            }
        }
        host_functions!(@into (Caller<'static, T>, $($name,)*) (Caller<'_, T>, $($name),*) caller pass $($name)*);
        host_functions!(@into ($($name,)*) ($($name),*) caller skip $($name)*);
    )*};
    (@into ($($params:tt)*) ($($arg:tt)*) $caller:ident $mode:ident $($name:ident)*) => {
        impl<T: 'static, FN, RET, $($name: WasmTy),*> IntoFunc<T, ($($params)*), RET> for FN
        where
            FN: Fn($($arg)*) -> RET + Send + Sync + 'static,
            RET: HostResult,
        {
            fn ty(&self) -> FuncType {
                FuncType::new([$($name::TYPE),*] as [ValType; _], RET::types())
            }
            #[inline]
            #[allow(private_interfaces, non_snake_case, unused)]
            unsafe fn call(&self, $caller: Caller<'_, T>, values: *mut ValRaw) -> Result<()> {
                let mut whole = $caller;
                let opaque = whole.store.opaque_mut();
                // SAFETY: `values` holds the arguments, and has room for the results (the caller's
                // promise).
                unsafe {
                    let mut i = 0;
                    $( let $name = $name::from_raw(*values.add(i), opaque)?; i += 1; )*
                    opaque.stress();
                    let $caller = Caller { store: whole.store.as_context_mut(), context: whole.context };
                    let result = host_functions!(@call $mode self $caller $($name)*);
                    let opaque = whole.store.opaque_mut();
                    if RET::ROOM > 0 {
                        opaque.reserve(RET::ROOM);
                    }
                    result.store(opaque, values)
                }
            }
        }
    };
    (@call pass $self:ident $caller:ident $($name:ident)*) => { $self($caller $(, $name)*) };
    (@call skip $self:ident $caller:ident $($name:ident)*) => { $self($($name),*) };
}

for_each_tuple!(host_functions);
