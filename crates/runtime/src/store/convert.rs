//! Values between the host and Wasm of a store.
//!
//! In: values as the host has them, with handles and counted references, or as Wasm has them, raw. Out:
//! the other. A reference joins the activations table when Wasm gets it.

use crate::gc::ExternRef;
use crate::store::StoreOpaque;
use crate::types::{HeapType, RefType, ValType};
use crate::value::address::TagAddr;
use crate::value::error::{Error, Result};
use crate::value::exception::{Data, ExnRef};
use crate::value::handles::{Func, Tag};
use crate::value::val::{Val, ValRaw};
use std::collections::HashSet;
use std::sync::OnceLock;

impl Val {
    /// Whether it is of type `ty` in `store`: what it refers to is looked at.
    pub(crate) fn is_of(&self, ty: ValType, store: &StoreOpaque) -> bool {
        let types = store.engine().types();
        let actual = match (self, ty) {
            (Val::FuncRef(None), ValType::Ref(ty)) => return ty.nullable && ty.is_func(),
            (Val::ExternRef(None), ValType::Ref(ty)) => {
                return ty.nullable && !ty.is_func() && !ty.is_exn();
            }
            (Val::ExnRef(None), ValType::Ref(ty)) => return ty.nullable && ty.is_exn(),
            (Val::ExnRef(Some(_)), ValType::Ref(_)) => {
                ValType::Ref(RefType { nullable: false, heap: HeapType::Exn })
            }
            (Val::FuncRef(Some(func)), ValType::Ref(ty)) => {
                // That it is of another store is found when it is converted.
                let id = func.type_id_in(store);
                return id.map_or(ty.heap == HeapType::Func, |id| types.is_func_of(id, ty.heap));
            }
            (Val::ExternRef(Some(_)), ValType::Ref(_)) => {
                ValType::Ref(RefType { nullable: false, heap: HeapType::Extern })
            }
            _ => self.ty(),
        };
        types.matches(actual, ty)
    }

    /// The value as Wasm of `store` sees it. A reference joins the activations table, where room
    /// was [reserved](StoreOpaque::reserve).
    ///
    /// # Errors
    /// Fails if it is a reference of another store, or to what was given back; or the heap is full.
    pub(crate) fn to_raw(&self, store: &mut StoreOpaque) -> Result<ValRaw> {
        Ok(match self {
            Val::I32(v) => ValRaw::u32(*v as u32),
            Val::I64(v) => ValRaw::u64(*v as u64),
            Val::F32(v) => ValRaw::u32(*v),
            Val::F64(v) => ValRaw::u64(*v),
            Val::V128(v) => ValRaw::v128(*v),
            Val::FuncRef(f) => ValRaw::func(f.map(|f| f.vm_in(store)).transpose()?),
            Val::ExternRef(None) | Val::ExnRef(None) => ValRaw::heap_ref(0),
            Val::ExternRef(Some(r)) => ValRaw::heap_ref(store.heap.enter(r.clone())?),
            Val::ExnRef(Some(exception)) => {
                exception.check_entry(store)?;
                ValRaw::heap_ref(store.heap.enter(exception.0.clone())?)
            }
        })
    }

    /// Whether `store` would take it.
    pub(crate) fn belongs_to(&self, store: &StoreOpaque) -> bool {
        match self {
            Val::FuncRef(Some(f)) => f.store == store.id(),
            Val::ExternRef(Some(r)) | Val::ExnRef(Some(ExnRef(r))) => r.store() == store.id(),
            _ => true,
        }
    }

    /// # Safety
    /// `raw` holds a value of type `ty` that belongs to `store`.
    pub(crate) unsafe fn from_raw(raw: ValRaw, ty: ValType, store: &StoreOpaque) -> Val {
        // SAFETY: as many bytes are initialised as the type has, and a function belongs to the store
        // (the caller's promise).
        unsafe {
            match ty {
                ValType::I32 => Val::I32(raw.get_u32() as i32),
                ValType::I64 => Val::I64(raw.get_u64() as i64),
                ValType::F32 => Val::F32(raw.get_u32()),
                ValType::F64 => Val::F64(raw.get_u64()),
                ValType::V128 => Val::V128(raw.get_v128()),
                ValType::Ref(ty) if ty.is_func() => {
                    Val::FuncRef(raw.get_func().map(|f| Func::from_vm(store, f)))
                }
                ValType::Ref(ty) => {
                    let reference = match raw.get_heap_ref() {
                        0 => None,
                        reference => Some(store.heap.value(reference).clone()),
                    };
                    match ty.is_exn() {
                        true => Val::ExnRef(reference.map(|r| ExnRef(r).seen_by_host(store))),
                        false => Val::ExternRef(reference),
                    }
                }
            }
        }
    }
}

impl ExnRef {
    pub(crate) fn in_store(store: &StoreOpaque, tag: Tag, values: Vec<Val>) -> Self {
        let about = OnceLock::new();
        let more = values.capacity() * size_of::<Val>();
        ExnRef(ExternRef::for_store(store.heap.values(), Data { tag, about, values }, more))
    }

    /// What the host gets: it can tell its tag without `store`, which it belongs to.
    pub(crate) fn seen_by_host(self, store: &StoreOpaque) -> Self {
        let data = self.data();
        data.about.get_or_init(|| data.tag.about(store));
        self
    }

    /// Refuses an exception that carries a function which was given back: Wasm would find it there.
    ///
    /// # Errors
    /// Fails if it carries one, or an exception among its values does, and so on.
    pub(crate) fn check_entry(&self, store: &StoreOpaque) -> Result<()> {
        // Wasm may have it already; then what it carries was not given back.
        if !store.has_given_back() || self.0.object().is_some() {
            return Ok(());
        }
        let (mut seen, mut work) = (HashSet::new(), vec![self]);
        while let Some(exception) = work.pop() {
            for value in exception.values() {
                match value {
                    Val::FuncRef(Some(func)) if func.is_given_back_in(store) => {
                        return Err(Error::Released("function"));
                    }
                    Val::ExnRef(Some(inner))
                        if inner.0.object().is_none() && seen.insert(inner.0.address()) =>
                    {
                        work.push(inner);
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

impl StoreOpaque {
    /// The tag of the exception that `reference` refers to.
    pub(crate) fn tag_of_exception(&self, reference: u32) -> TagAddr {
        let data: Option<&Data> = self.heap.value(reference).downcast_ref();
        data.expect("validated: a reference to an exception").tag.addr
    }

    /// The reference to an exception, which joins the activations table.
    pub(crate) fn enter_exception(&mut self, exception: ExnRef) -> Result<u32> {
        exception.check_entry(self)?;
        self.reserve(1);
        Ok(self.heap.enter(exception.0)?)
    }
}
