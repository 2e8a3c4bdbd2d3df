//! Collections that the host asks for, and what the host can learn about them.

use crate::api::caller::Caller;
use crate::gc::{GcPauses, GcStats, HeapError, HeapOccupancy};
use crate::store::Store;
use crate::store::census::LiveType;
use crate::store::context::{AsContext, StoreContextMut};

macro_rules! collector {
    ($($handle:ty, |$this:ident| $shared:expr, $opaque:expr;)*) => {$(
        impl<T: 'static> $handle {
            /// Collects garbage: frees the objects that Wasm cannot reach any more and that no handle refers to,
            /// those in cycles included, and drops the host values of which this is true. Frames of Wasm may be on the stack; the values that they still need are kept.
            ///
            /// # Panics
            /// Panics with the panic of a value's destructor, once all values are dropped.
            pub fn gc(&mut self) {
                let $this = self;
                $opaque.collect_all();
            }

            /// The collector's statistics since the store was made.
            pub fn gc_stats(&self) -> GcStats {
                let $this = self;
                $shared.heap.stats()
            }

            /// What is alive in the heap, by type, most bytes first, each with a path to one object. This takes as
            /// long as a collection of cycles, and changes nothing: call [`gc`](Self::gc) before, so that no garbage
            /// is in it.
            ///
            /// ```
            /// use touchstone_runtime::{Engine, Linker, Module, Store};
            ///
            /// let engine = Engine::default();
            /// let module = Module::new(&engine, r#"(module
            ///     (type $leaf (struct (field i64)))
            ///     (type $tree (struct (field i32) (field (ref $leaf))))
            ///     (global (export "root") (ref $tree)
            ///         (struct.new $tree (i32.const 1) (struct.new_default $leaf))))"#)?;
            /// let mut store = Store::new(&engine, ());
            /// Linker::new(&engine).instantiate(&mut store, &module)?;
            /// store.gc();
            /// let live = store.live_types();
            /// let leaf = live.iter().find(|live| live.ty.ends_with("(struct (field i64))")).unwrap();
            /// assert_eq!((leaf.count, leaf.bytes), (1, 16));
            /// let path = "global 0 of instance 0, exported as \"root\" → field 1";
            /// assert_eq!(leaf.path.as_deref(), Some(path));
            /// # Ok::<(), touchstone_runtime::Error>(())
            /// ```
            pub fn live_types(&self) -> Vec<LiveType> {
                let $this = self;
                let frames = $shared.references_of_frames();
                $shared.live_types(&frames)
            }

            /// How the objects of the heap lie in it. This looks at each of them; garbage is among them unless
            /// [`gc`](Self::gc) was called right before.
            pub fn heap_occupancy(&self) -> HeapOccupancy {
                let $this = self;
                $shared.heap.occupancy()
            }

            /// How long collections took since the store was made.
            pub fn gc_pauses(&self) -> GcPauses {
                let $this = self;
                $shared.heap.pauses()
            }

            /// Recomputes the reference count of every object from a full trace of globals, tables, segments
            /// and the activations table, and compares it with the recorded count.
            ///
            /// # Errors
            /// Fails if a count or a record is wrong, which is a defect of the engine and which the error
            /// describes. Fails also if the store was [interrupted](crate::InterruptHandle) before or during
            /// the check; the request then stays, for the Wasm that runs next or for whoever
            /// [withdraws](crate::InterruptHandle::withdraw) it.
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
    /// Overwrites every reference to a host value in the store's globals, tables and segments with null, as
    /// Wasm would, and then collects garbage. Afterwards Wasm can reach no such value: [`GcStats::live`] is
    /// 0, unless counts have drifted.
    pub fn release_references(&mut self) {
        self.context_mut().opaque_mut().release_references();
    }
}
