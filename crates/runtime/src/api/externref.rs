//! References to values of the host, for a store.

use crate::gc::ExternRef;
use crate::store::context::AsContextMut;
use std::any::Any;

impl ExternRef {
    /// Wraps a value of the host, so that Wasm in `store` can hold it. This may collect garbage in the store,
    /// if many values were made since the last collection.
    pub fn new<T: Any + Send + Sync>(mut store: impl AsContextMut, value: T) -> Self {
        let mut store = store.as_context_mut();
        let store = store.opaque_mut();
        let value = Self::for_store(store.heap.values(), value, 0);
        store.note_allocation(Self::size_for::<T>());
        value
    }
}
