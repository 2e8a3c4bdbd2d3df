//! Globals, as the host sees them.

use crate::store::StoreOpaque;
use crate::store::context::{AsContext, AsContextMut};
use crate::store::global::GlobalInstance;
use crate::types::{GlobalType, Mutability};
use crate::value::error::{Error, Result};
use crate::value::handles::Global;
use crate::value::val::Val;

impl Global {
    /// Makes a global in `store` with this initial value.
    ///
    /// # Errors
    /// Fails if the type refers to a type of another engine or to one that is no longer in use; or if the
    /// value has another type or belongs to another store.
    pub fn new(mut store: impl AsContextMut, ty: GlobalType, value: Val) -> Result<Self> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let types = store.engine().types().hold(ty.content)?;
        check_type(store, ty, &value)?;
        store.reserve(value.needs_room().into());
        let raw = value.to_raw(store)?;
        store.keep_types(types);
        let addr = store.add_host_global(ty, raw);
        Ok(Global { store: store.id(), addr })
    }

    fn instance<'a>(&self, store: &'a StoreOpaque) -> &'a GlobalInstance {
        store.check(self.store);
        store.global(self.addr)
    }

    /// The type of the global.
    pub fn ty(&self, store: impl AsContext) -> GlobalType {
        self.instance(store.as_context().opaque()).ty
    }

    /// The value of the global. If the global was [given back](crate::Instance::release), this is its last
    /// value, or null where that was a reference.
    pub fn get(&self, mut store: impl AsContextMut) -> Val {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let (cell, content) = (self.instance(store).cell, self.instance(store).ty.content);
        // SAFETY: the cell lives as long as the store, and every writer (`new` and `set` by `check_type`,
        // Wasm by validation) writes a value of the global's type that belongs to the store.
        unsafe { Val::from_raw(cell.read(), content, store) }
    }

    /// Changes the value of the global.
    ///
    /// # Errors
    /// Fails if the global is constant; if the value has another type or belongs to another store; or if the
    /// global or the value was given back.
    pub fn set(&self, mut store: impl AsContextMut, value: Val) -> Result<()> {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let &GlobalInstance { ty, given_back, .. } = self.instance(store);
        if given_back {
            return Err(Error::Released("global"));
        }
        if ty.mutability == Mutability::Const {
            return Err(Error::Mismatch("the global is constant".into()));
        }
        check_type(store, ty, &value)?;
        store.reserve(value.needs_room().into());
        let raw = value.to_raw(store)?;
        store.write_global(self.addr, raw);
        store.run_destructors();
        Ok(())
    }
}

fn check_type(store: &StoreOpaque, ty: GlobalType, value: &Val) -> Result<()> {
    if value.is_of(ty.content, store) {
        return Ok(());
    }
    Err(Error::Mismatch(format!(
        "the value is of type {}, the global of {}",
        value.ty(),
        ty.content
    )))
}
