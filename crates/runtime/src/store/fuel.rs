//! Fuel, which limits how much Wasm may do in a store.
//!
//! In: units from the host. Out: the count from which compiled code subtracts, in the store's record. Knows
//! nothing of what each instruction consumes, which the translation decides.

use crate::store::context::{AsContext, StoreContextMut};
use crate::store::{Store, StoreOpaque};
use crate::value::error::{Error, Result};

impl<T: 'static> StoreContextMut<'_, T> {
    /// Sets the fuel of the store, as [`Store::set_fuel`] does.
    ///
    /// # Errors
    /// Fails as [`Store::set_fuel`] does.
    pub fn set_fuel(&mut self, units: u64) -> Result<()> {
        self.opaque_mut().set_fuel(units)
    }

    /// The fuel that is left in the store, as [`Store::get_fuel`] gives it.
    ///
    /// # Errors
    /// Fails as [`Store::get_fuel`] does.
    pub fn get_fuel(&self) -> Result<u64> {
        self.as_context().opaque().get_fuel()
    }
}

impl<T> Store<T> {
    /// Sets how many units of fuel Wasm may consume from now on in this store. A new store has none. More
    /// than 2^63 − 1 units count as 2^63 − 1.
    ///
    /// ```
    /// use touchstone_runtime::{Config, Engine, Linker, Module, Store, TrapCode};
    ///
    /// let engine = Engine::new(Config::new().consume_fuel(true))?;
    /// let text = r#"(module (func (export "spin") (loop $l (br $l))))"#;
    /// let module = Module::new(&engine, text)?;
    /// let mut store = Store::new(&engine, ());
    /// store.set_fuel(10_000)?;
    /// let instance = Linker::new(&engine).instantiate(&mut store, &module)?;
    /// let spin = instance.get_typed_func::<(), ()>(&store, "spin")?;
    /// let error = spin.call(&mut store, ()).unwrap_err();
    /// assert_eq!(error.trap().map(|trap| trap.code()), Some(TrapCode::OutOfFuel));
    /// assert_eq!(store.get_fuel()?, 0);
    /// # Ok::<(), touchstone_runtime::Error>(())
    /// ```
    ///
    /// # Errors
    /// Fails if code of the engine [consumes no fuel](crate::Config::consume_fuel).
    pub fn set_fuel(&mut self, units: u64) -> Result<()> {
        self.context_mut().set_fuel(units)
    }

    /// How many units of fuel are left. The number is exact if Wasm has returned or calls the host. If Wasm
    /// trapped, instructions since the last branch or call may not have been counted.
    ///
    /// # Errors
    /// Fails if code of the engine [consumes no fuel](crate::Config::consume_fuel).
    pub fn get_fuel(&self) -> Result<u64> {
        self.inner().opaque.get_fuel()
    }
}

impl StoreOpaque {
    fn consumes_fuel(&self) -> Result<()> {
        match self.engine().config().fuel {
            true => Ok(()),
            false => Err(Error::Mismatch("the engine's configuration has no fuel consumed".into())),
        }
    }

    fn set_fuel(&mut self, units: u64) -> Result<()> {
        self.consumes_fuel()?;
        self.vm.fuel = i64::try_from(units).unwrap_or(i64::MAX);
        Ok(())
    }

    fn get_fuel(&self) -> Result<u64> {
        self.consumes_fuel()?;
        Ok(self.vm.fuel.max(0).unsigned_abs())
    }
}
