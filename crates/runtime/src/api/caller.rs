//! What a host function sees of its caller.

use crate::compile::engine::Engine;
use crate::store::context::{AsContext, AsContextMut, StoreContext, StoreContextMut};
use crate::store::instance::InstanceData;
use crate::value::error::Result;
use crate::value::handles::{Extern, Instance};
use crate::value::vm::VmContext;

/// What a host function sees of its caller: the store, and the instance that called.
pub struct Caller<'a, T: 'static> {
    pub(crate) store: StoreContextMut<'a, T>,
    pub(crate) context: *mut VmContext,
}

impl<T: 'static> Caller<'_, T> {
    /// The host's data in the store.
    pub fn data(&self) -> &T {
        self.store.data()
    }

    /// The host's data in the store.
    pub fn data_mut(&mut self) -> &mut T {
        self.store.data_mut()
    }

    /// The store's engine.
    pub fn engine(&self) -> &Engine {
        self.store.engine()
    }

    /// Sets the fuel of the store, as [`Store::set_fuel`](crate::Store::set_fuel) does.
    ///
    /// # Errors
    /// Fails as [`Store::set_fuel`](crate::Store::set_fuel) does.
    pub fn set_fuel(&mut self, units: u64) -> Result<()> {
        self.store.set_fuel(units)
    }

    /// The fuel that is left in the store, as [`Store::get_fuel`](crate::Store::get_fuel) gives it.
    ///
    /// # Errors
    /// Fails as [`Store::get_fuel`](crate::Store::get_fuel) does.
    pub fn get_fuel(&self) -> Result<u64> {
        self.store.get_fuel()
    }

    /// The export called `name` of the calling instance. It is `None` where the instance has no such export,
    /// and where the host itself called the function.
    pub fn get_export(&mut self, name: &str) -> Option<Extern> {
        // SAFETY: the shim that made this value (`api::host`) got the context of its caller: compiled code
        // passes its own, and the host (`activation::invoke`) that of the callee. A context lives as long as
        // its store, which is borrowed.
        let addr = unsafe { (*self.context).instance.cast::<InstanceData>().as_ref()?.addr };
        let instance = Instance { store: self.store.opaque_mut().id(), addr };
        instance.get_export(&mut self.store, name)
    }
}

impl<T: 'static> AsContext for Caller<'_, T> {
    type Data = T;
    fn as_context(&self) -> StoreContext<'_, T> {
        self.store.as_context()
    }
}

impl<T: 'static> AsContextMut for Caller<'_, T> {
    fn as_context_mut(&mut self) -> StoreContextMut<'_, T> {
        self.store.as_context_mut()
    }
}
