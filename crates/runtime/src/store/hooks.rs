//! Hooks by which the host is asked about growth, and told of calls, while Wasm runs in its store.
//!
//! In: closures over the host's data. Out: closures over the store, by its address, so that the parts of
//! the runtime that do not know the type of the data can call them.

use crate::store::{Store, StoreInner, StoreOpaque};
use crate::value::error::Result;

/// Decides whether memories and tables may grow: see [`Store::limiter`].
///
/// The limiter is asked before a memory or table grows, and before one is made for a module, which counts as
/// growth from nothing. Sizes are in bytes for memories, and in elements for tables.
pub trait ResourceLimiter {
    /// Whether a memory may grow from `current` to `desired` bytes; `maximum` is the maximum of its type, if
    /// it has one.
    fn memory_growing(&mut self, current: u64, desired: u64, maximum: Option<u64>) -> bool;

    /// Whether a table may grow from `current` to `desired` elements; `maximum` is the maximum of its type,
    /// if it has one.
    fn table_growing(&mut self, current: u64, desired: u64, maximum: Option<u64>) -> bool;
}

/// The event of which a [call hook](Store::call_hook) is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallHook {
    /// The host is about to call a function through a handle, or to start an instance.
    CallingWasm,
    /// That call has returned, trapped or thrown.
    ReturningFromWasm,
    /// Wasm, or the host through a handle, is about to call a function of the host.
    CallingHost,
    /// That function has returned, with or without an error. The hook is not told of a panic.
    ReturningFromHost,
}

/// What is about to grow, and how much.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Growth {
    /// A memory; sizes are in bytes.
    Memory { current: u64, desired: u64, maximum: Option<u64> },
    /// A table; sizes are in elements.
    Table { current: u64, desired: u64, maximum: Option<u64> },
}

type Limiter = Box<dyn FnMut(*mut StoreOpaque, Growth) -> bool + Send + Sync>;
type Hook = Box<dyn FnMut(*mut StoreOpaque, CallHook) -> Result<()> + Send + Sync>;

/// The closures of a store. Each takes the store's address, and while it runs borrows the host's data in the
/// store and nothing else of it.
#[derive(Default)]
pub(crate) struct Hooks {
    limiter: Option<Limiter>,
    call: Option<Hook>,
}

impl<T> Store<T> {
    /// Lets memories and tables grow only if a limiter allows it, in addition to the fixed
    /// [limits](Store::limit). The closure finds the limiter in the store's data each time. Growth that the
    /// limiter refuses fails: `memory.grow` and `table.grow` give −1, and instantiation fails with
    /// [`Error::Resource`](crate::Error::Resource).
    ///
    /// The limiter is not asked when a [`SharedMemory`](crate::SharedMemory) grows through its own handle,
    /// which belongs to no store. A panic of the limiter continues in the caller of Wasm.
    ///
    /// ```
    /// use touchstone_runtime::{Engine, Linker, Module, ResourceLimiter, Store};
    ///
    /// struct Most(u64);
    /// impl ResourceLimiter for Most {
    ///     fn memory_growing(&mut self, _: u64, desired: u64, _: Option<u64>) -> bool {
    ///         desired <= self.0
    ///     }
    ///     fn table_growing(&mut self, _: u64, _: u64, _: Option<u64>) -> bool {
    ///         true
    ///     }
    /// }
    /// let engine = Engine::default();
    /// let text = r#"(module (memory 1)
    ///     (func (export "grow") (result i32) (memory.grow (i32.const 1))))"#;
    /// let module = Module::new(&engine, text)?;
    /// let mut store = Store::new(&engine, Most(100_000));
    /// store.limiter(|most| most);
    /// let instance = Linker::new(&engine).instantiate(&mut store, &module)?;
    /// let grow = instance.get_typed_func::<(), i32>(&store, "grow")?;
    /// assert_eq!(grow.call(&mut store, ())?, -1);
    /// # Ok::<(), touchstone_runtime::Error>(())
    /// ```
    pub fn limiter(
        &mut self,
        mut limiter: impl Send + Sync + 'static + FnMut(&mut T) -> &mut dyn ResourceLimiter,
    ) {
        let ask = move |store: *mut StoreOpaque, growth: Growth| {
            // SAFETY: only `may_grow` calls this, with the address of the store that owns the closure, whose
            // data have type `T`. `may_grow` borrows the store exclusively, and nobody borrows the data of a
            // store without borrowing the store, so nobody else borrows the data now.
            let data = unsafe { &mut (*store.cast::<StoreInner<T>>()).data };
            let limiter = limiter(data);
            match growth {
                Growth::Memory { current, desired, maximum } => {
                    limiter.memory_growing(current, desired, maximum)
                }
                Growth::Table { current, desired, maximum } => {
                    limiter.table_growing(current, desired, maximum)
                }
            }
        };
        self.context_mut().opaque_mut().hooks.limiter = Some(Box::new(ask));
    }

    /// Calls a closure at every call between the host and Wasm in this store, for example to measure where
    /// time is spent. The closure can use the store's data, but not the store.
    ///
    /// An error of the closure before a call becomes the result of the call, which is then not made. An error
    /// after a call that returned replaces its results. If the call itself failed, its own error is kept.
    pub fn call_hook(
        &mut self,
        mut hook: impl FnMut(&mut T, CallHook) -> Result<()> + Send + Sync + 'static,
    ) {
        let tell = move |store: *mut StoreOpaque, what: CallHook| {
            // SAFETY: only `tell_call` calls this, with the address of the store that owns the closure, whose
            // data have type `T`; nothing else uses the store meanwhile (the promise of the caller of
            // `tell_call`).
            let data = unsafe { &mut (*store.cast::<StoreInner<T>>()).data };
            hook(data, what)
        };
        self.context_mut().opaque_mut().hooks.call = Some(Box::new(tell));
    }
}

impl Hooks {
    /// Whether there is a call hook.
    #[inline(always)]
    pub(crate) fn tells_calls(&self) -> bool {
        self.call.is_some()
    }

    /// Calls the call hook of the store at `store`, if there is one.
    ///
    /// # Errors
    /// Fails if the host's closure fails.
    ///
    /// # Safety
    /// The store lives, `store` is a pointer to all of it, including its data, and nothing else uses the
    /// store meanwhile.
    #[cold]
    pub(crate) unsafe fn tell_call(store: *mut StoreOpaque, what: CallHook) -> Result<()> {
        // SAFETY: the store lives and nothing else uses it (the caller's promise). The closure reaches the
        // store's data by the address of the whole store; the data are not part of what is borrowed here.
        match unsafe { &mut (*store).hooks.call } {
            Some(hook) => hook(store, what),
            None => Ok(()),
        }
    }
}

impl StoreOpaque {
    /// Whether the host's limiter allows the growth. Without a limiter, everything may grow.
    pub(crate) fn may_grow(&mut self, growth: Growth) -> bool {
        let root = self.root;
        match &mut self.hooks.limiter {
            None => true,
            // `self` borrows the store exclusively, so nobody else borrows its data, which the limiter
            // reaches by the address of the whole store.
            Some(limiter) => limiter(root, growth),
        }
    }
}
