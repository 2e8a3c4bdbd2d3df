//! What the host wants to be asked or told while Wasm runs in its store: growth and calls.
//!
//! In: closures over the host's data. Out: closures over the store, by its address, so that the parts of
//! the runtime that do not know the type of the data can call them.

use crate::store::{Store, StoreInner, StoreOpaque};
use crate::value::error::Result;

/// Decides whether memories and tables may grow: see [`Store::limiter`].
///
/// It is asked before something grows, and before a module gets a memory or a table of its own, which
/// then grows from nothing. Sizes are in bytes for memories, and in elements for tables.
pub trait ResourceLimiter {
    /// Whether a memory may grow from `current` to `desired` bytes; `maximum` is what its type allows.
    fn memory_growing(&mut self, current: u64, desired: u64, maximum: Option<u64>) -> bool;

    /// Whether a table may grow from `current` to `desired` elements; `maximum` is what its type allows.
    fn table_growing(&mut self, current: u64, desired: u64, maximum: Option<u64>) -> bool;
}

/// What happens when a [call hook](Store::call_hook) is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallHook {
    /// The host is about to call a function through a handle, or to start an instance.
    CallingWasm,
    /// That call has returned, trapped or thrown.
    ReturningFromWasm,
    /// Wasm, or the host through a handle, is about to call a function of the host.
    CallingHost,
    /// That function has returned, with or without an error. It is not told of a panic.
    ReturningFromHost,
}

/// What is growing.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Growth {
    /// A memory; sizes are in bytes.
    Memory { current: u64, desired: u64, maximum: Option<u64> },
    /// A table; sizes are in elements.
    Table { current: u64, desired: u64, maximum: Option<u64> },
}

type Limiter = Box<dyn FnMut(*mut StoreOpaque, Growth) -> bool + Send + Sync>;
type Hook = Box<dyn FnMut(*mut StoreOpaque, CallHook) -> Result<()> + Send + Sync>;

/// The closures of a store. Each takes the store's address, and borrows the host's data, and only these,
/// while it runs.
#[derive(Default)]
pub(crate) struct Hooks {
    limiter: Option<Limiter>,
    call: Option<Hook>,
}

impl<T> Store<T> {
    /// Has memories and tables grow only where a limiter allows it, beside [limits](Store::limit) that are
    /// fixed. It is found in the store's data each time. Growth that it refuses fails: `memory.grow` and
    /// `table.grow` give −1, and instantiation gives [`Error::Resource`](crate::Error::Resource).
    ///
    /// It is not asked where a [`SharedMemory`](crate::SharedMemory) grows through its own handle, which
    /// belongs to no store. A panic of the limiter continues at whoever called Wasm.
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
            // SAFETY: `may_grow` alone calls this, with the address of the store that the closure was given
            // to, whose data are of type `T`. It borrows the store exclusively, and nobody borrows the data
            // of a store without borrowing the store: so nobody else does now.
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

    /// Tells a closure of every call between the host and Wasm in this store, for example to measure
    /// where time is spent. It can use the store's data, but not the store.
    ///
    /// An error of the closure ends what is going on: before a call, it is the result of the call, which
    /// is not made; after a call that returned, it replaces the results. The errors of calls themselves
    /// are kept.
    pub fn call_hook(
        &mut self,
        mut hook: impl FnMut(&mut T, CallHook) -> Result<()> + Send + Sync + 'static,
    ) {
        let tell = move |store: *mut StoreOpaque, what: CallHook| {
            // SAFETY: `tell_call` alone calls this, with the address of the store that the closure was given
            // to, whose data are of type `T`; nothing else uses the store meanwhile (its caller's promise).
            let data = unsafe { &mut (*store.cast::<StoreInner<T>>()).data };
            hook(data, what)
        };
        self.context_mut().opaque_mut().hooks.call = Some(Box::new(tell));
    }
}

impl Hooks {
    /// Whether there is somebody to be told of calls.
    #[inline(always)]
    pub(crate) fn tells_calls(&self) -> bool {
        self.call.is_some()
    }

    /// Tells of a call in the store at `store`, where there is somebody to be told.
    ///
    /// # Errors
    /// Those of the host's closure.
    ///
    /// # Safety
    /// The store lives, its address is one of all of it with its data, and nothing else uses it meanwhile.
    #[cold]
    pub(crate) unsafe fn tell_call(store: *mut StoreOpaque, what: CallHook) -> Result<()> {
        // SAFETY: the store lives and nothing else uses it (the caller's promise). The closure borrows the
        // store's data, which are not part of what is borrowed here, by the address of all of it.
        match unsafe { &mut (*store).hooks.call } {
            Some(hook) => hook(store, what),
            None => Ok(()),
        }
    }
}

impl StoreOpaque {
    /// Whether the host's limiter allows something to grow. Where there is none, everything may.
    pub(crate) fn may_grow(&mut self, growth: Growth) -> bool {
        let root = self.root;
        match &mut self.hooks.limiter {
            None => true,
            // Whoever grows something in a store has borrowed it exclusively, so that nobody borrows its
            // data, which the limiter reaches by the address of all of the store.
            Some(limiter) => limiter(root, growth),
        }
    }
}
