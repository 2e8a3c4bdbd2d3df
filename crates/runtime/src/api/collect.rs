//! Collections that the host asks for, and what it can learn of them.

use crate::api::caller::Caller;
use crate::gc::{GcStats, HeapError};
use crate::store::Store;
use crate::store::context::{AsContext, StoreContextMut};

macro_rules! collector {
    ($($handle:ty, |$this:ident| $shared:expr, $opaque:expr;)*) => {$(
        impl<T: 'static> $handle {
            /// Collects garbage: drops the host values that Wasm cannot reach any more and no
            /// handle refers to. Wasm may be on the stack: what its frames still need stays.
            ///
            /// # Panics
            /// With the panic of a value's destructor, once all values are dropped.
            pub fn gc(&mut self) {
                let $this = self;
                $opaque.collect(&[]);
            }

            /// Numbers of the collector since the store was made.
            pub fn gc_stats(&self) -> GcStats {
                let $this = self;
                $shared.heap.stats()
            }

            /// Recomputes the count of every object from a full trace of globals, tables,
            /// segments and the activations table, and compares.
            ///
            /// # Errors
            /// What is not as it must be: a defect of the engine. Or that the store was
            /// [interrupted](crate::InterruptHandle), before or meanwhile: the request stays, for the
            /// Wasm that runs next or for whoever [withdraws](crate::InterruptHandle::withdraw) it.
            pub fn verify_heap(&mut self) -> Result<(), HeapError> {
                let $this = self;
                $opaque.verify_heap()
            }
        }
    )*};
}

collector! {
    Store<T>, |this| this.as_context().opaque(), this.context_mut().opaque_mut();
    StoreContextMut<'_, T>, |this| this.as_context().opaque(), this.opaque_mut();
    Caller<'_, T>, |this| this.store.as_context().opaque(), this.store.opaque_mut();
}

impl<T: 'static> Store<T> {
    /// Overwrites every reference to a host value in the store's globals, tables and segments
    /// with null, the way Wasm would, and collects. Afterwards no such value is reachable from
    /// Wasm: [`GcStats::live`] is 0, unless counts have drifted.
    pub fn release_references(&mut self) {
        self.context_mut().opaque_mut().release_references();
    }
}
