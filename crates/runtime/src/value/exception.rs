//! Exceptions, as the host sees them, and how they find their handlers.
//!
//! An exception is a value of the host like any other: it holds handles of the references among its
//! values, and a `exnref` is a reference to it. So it needs nothing of the collector that external
//! references do not need.

use crate::api::context::AsContextMut;
use crate::exec::activation;
use crate::gc::ExternRef;
use crate::store::tag::{Tag, TagInfo};
use crate::store::{Pending, StoreOpaque};
use crate::value::backtrace::Backtrace;
use crate::value::error::{Error, Result};
use crate::value::val::Val;
use std::collections::HashSet;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

/// A reference to an exception (specification, §2.3.4: `exnref`). Cloning counts, as for
/// [`ExternRef`].
#[derive(Clone, Debug)]
pub struct ExnRef(pub(crate) ExternRef);

struct Data {
    tag: Tag,
    /// Known to every exception that the host has seen. Those that Wasm throws and catches do without.
    about: OnceLock<Arc<TagInfo>>,
    values: Vec<Val>,
}

impl ExnRef {
    /// An exception that carries `values`.
    ///
    /// # Errors
    /// If the values are not those that the tag takes, or belong to another store.
    pub fn new(mut store: impl AsContextMut, tag: Tag, values: Vec<Val>) -> Result<Self> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let ty = tag.ty_in(store);
        let fits = values.iter().zip(ty.params()).all(|(value, ty)| value.is_of(*ty, store));
        if !fits || values.len() != ty.params().len() {
            return Err(Error::Mismatch(format!("the tag takes values of types {ty}")));
        }
        if values.iter().any(|value| !value.belongs_to(store)) {
            return Err(Error::Mismatch("a value belongs to another store".into()));
        }
        Ok(Self::in_store(store, tag, values).seen_by_host(store))
    }

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
    /// If it carries one, or an exception among its values does, and so on.
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

    fn data(&self) -> &Data {
        self.0.downcast_ref().expect("made by this module alone")
    }

    /// Its tag.
    pub fn tag(&self) -> Tag {
        self.data().tag
    }

    /// Its values.
    pub fn values(&self) -> &[Val] {
        &self.data().values
    }

    /// Whether both are the same exception: not an equal one, the same.
    pub fn ptr_eq(a: &ExnRef, b: &ExnRef) -> bool {
        ExternRef::ptr_eq(&a.0, &b.0)
    }
}

/// The values of an exception, where `value` is one.
pub(crate) fn values_of(value: &ExternRef) -> Option<&[Val]> {
    value.downcast_ref::<Data>().map(|data| &*data.values)
}

/// An exception that nothing in Wasm caught. A host function that returns it as its error throws it
/// in the Wasm that called.
#[derive(Debug)]
pub struct Exception {
    exception: ExnRef,
    backtrace: Backtrace,
}

impl Exception {
    /// To be thrown by a host function.
    pub fn new(exception: ExnRef) -> Self {
        Exception { exception, backtrace: Backtrace::default() }
    }

    /// The exception.
    pub fn exn_ref(&self) -> &ExnRef {
        &self.exception
    }

    /// Its tag.
    pub fn tag(&self) -> Tag {
        self.exception.tag()
    }

    /// Its values.
    pub fn values(&self) -> &[Val] {
        self.exception.values()
    }

    /// The Wasm frames that were on the stack where it was thrown last, youngest first.
    pub fn backtrace(&self) -> &Backtrace {
        &self.backtrace
    }
}

impl fmt::Display for Exception {
    /// Names the tag as the module that defines it does: `tag $e (param i32)`, by its name, by an
    /// export or by its index.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("uncaught exception")?;
        if let Some(about) = self.exception.data().about.get() {
            write!(f, " of {about}")?;
        }
        if !self.values().is_empty() {
            f.write_str(" with values")?;
            self.values().iter().try_for_each(|value| write!(f, " {value}"))?;
        }
        write!(f, "{}", self.backtrace)
    }
}

impl std::error::Error for Exception {}

/// Throws the exception that `reference` refers to: continues in the youngest handler of the
/// activation, or ends the activation with an error.
///
/// # Safety
/// `store` has an activation on this thread's stack, whose exit is recorded; no frame of the host
/// since then has anything left to drop. `reference` is to an exception in the activations table.
pub(crate) unsafe fn throw(store: *mut StoreOpaque, reference: u32) -> ! {
    // SAFETY: the store has an activation whose exit is recorded, `reference` is to an exception, and
    // no frame of the host has anything left to drop (the caller's promise); the references to the
    // store end before Wasm goes on.
    unsafe {
        if let Some(handler) = activation::find_handler(store) {
            activation::resume_at(store, handler, reference);
        }
        {
            let exception = ExnRef((*store).heap.value(reference).clone()).seen_by_host(&*store);
            let backtrace = activation::backtrace(store, None);
            (*store).pending = Some(Pending::Error(Exception { exception, backtrace }.into()));
        }
        activation::raise(store)
    }
}

/// Ends a host call that failed: throws where it failed with an exception, else ends the activation.
///
/// # Safety
/// As [`throw`]; the store's `pending` says why the call failed.
pub(crate) unsafe fn fail(store: *mut StoreOpaque) -> ! {
    // SAFETY: the store has an activation whose exit is recorded, and no frame of the host has
    // anything left to drop (the caller's promise); the reference to the store ends before Wasm goes on.
    unsafe {
        let thrown = match (*store).pending.take() {
            Some(Pending::Error(Error::Exception(exception))) => {
                let store = &mut *store;
                // A collection may run destructors, and these may panic.
                let enter = || store.enter_exception(exception.exception);
                let entered = match catch_unwind(AssertUnwindSafe(enter)) {
                    Ok(Ok(reference)) => Ok(reference),
                    Ok(Err(error)) => Err(Pending::Error(error)),
                    Err(payload) => Err(Pending::Panic(payload)),
                };
                entered.map_err(|why| store.pending = Some(why)).ok()
            }
            other => {
                (*store).pending = other;
                None
            }
        };
        match thrown {
            Some(reference) => throw(store, reference),
            None => activation::raise(store),
        }
    }
}

impl StoreOpaque {
    /// Identity of the tag of the exception that `reference` refers to.
    pub(crate) fn tag_of_exception(&self, reference: u32) -> u32 {
        let data: Option<&Data> = self.heap.value(reference).downcast_ref();
        data.expect("validated: a reference to an exception").tag.index
    }

    /// The reference to an exception, which joins the activations table.
    pub(crate) fn enter_exception(&mut self, exception: ExnRef) -> Result<u32> {
        exception.check_entry(self)?;
        self.reserve(1);
        self.heap.enter(exception.0)
    }
}
