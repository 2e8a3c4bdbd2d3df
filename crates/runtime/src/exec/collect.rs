//! Collections of a store: when they happen, from which roots they trace, and what follows them.

use crate::exec::walk;
use crate::gc::{Dead, Doubt, GcStats, Heap, HeapError, Marker};
use crate::store::StoreOpaque;
use crate::value::exception;
use log::{Level, debug, log_enabled, warn};
use std::any::Any;
use std::panic::resume_unwind;
use std::time::{Duration, Instant};

/// Logs what a collection did, from the collector's statistics before and after it.
#[cold]
fn log_collection(before: &GcStats, after: &GcStats) {
    match after.last_doubt {
        Some(doubt) if after.skipped > before.skipped => {
            warn!(target: "touchstone::collect", "nothing was freed, as {doubt}");
        }
        _ => debug!(
            target: "touchstone::collect",
            "{} frames walked, {} objects freed, {} alive, {} that frames may hold",
            after.walked_frames - before.walked_frames,
            after.freed - before.freed,
            after.live,
            after.table_entries,
        ),
    }
}

/// Marks the references that frames hold, and `held`. Returns the number of frames.
///
/// # Safety
/// The thread borrows the store and runs host code. Of the store, `marker` borrows only the heap.
unsafe fn mark_frames(
    store: *const StoreOpaque,
    without_code: bool,
    held: &[u32],
    marker: &mut Marker<'_>,
) -> Result<u64, Doubt> {
    held.iter().try_for_each(|r| marker.mark(*r))?;
    if without_code {
        // Without compiled code there are no frames of Wasm.
        return Ok(0);
    }
    // SAFETY: this thread borrows the store and runs host code (the caller's promise). An activation is in the
    // store's list from when `activation::invoke` links it until `invoke` or `abandon_younger` unlinks it, and so
    // only while its frames are on a stack, on which no Wasm runs now. The walk reads the store's record, this
    // list and these stacks; `marker` borrows only the heap (the caller's promise).
    unsafe { walk::walk(store, |reference| marker.mark(reference)) }
}

impl StoreOpaque {
    /// Collects garbage, and drops the host values that were freed. `held` are references that the caller
    /// itself holds.
    ///
    /// # Panics
    /// Panics with the panic of a value's destructor, once all values are dropped.
    pub(crate) fn collect(&mut self, held: &[u32]) {
        self.collect_only(held);
        self.run_destructors();
        self.heap.note_values_left();
    }

    /// Collects all garbage, that in cycles of objects included, and drops the host values that were freed,
    /// with the objects that these had handles to, as exceptions have.
    ///
    /// # Panics
    /// Panics with the panic of a value's destructor, once all values are dropped.
    pub(crate) fn collect_all(&mut self) {
        loop {
            self.collect_with_cycles(&[]);
            self.run_destructors();
            let mut more = false;
            while self.heap.release_roots() {
                self.run_destructors();
                more = true;
            }
            // Cycles may hang on what was released.
            if !more {
                break;
            }
        }
        self.heap.note_values_left();
    }

    /// Collects garbage. Host values that were freed wait for [`StoreOpaque::run_destructors`].
    #[inline]
    pub(crate) fn collect_only(&mut self, held: &[u32]) {
        // With the coalescing collector, objects are made in line, and the budget for the young is used up by whoever
        // collects first. If that were always a call between the host and Wasm, nobody else would look for cycles.
        self.collect_and(held, |heap| heap.is_coalescing() && heap.wants_cycles());
    }

    /// Collects garbage before an object is made, and that in cycles if the heap has grown much. Host values
    /// that were freed wait for [`StoreOpaque::run_destructors`].
    pub(crate) fn collect_objects(&mut self, held: &[u32]) {
        self.collect_and(held, Heap::wants_cycles);
    }

    /// Collects all garbage, that in cycles of objects included. Host values that were freed wait for
    /// [`StoreOpaque::run_destructors`].
    pub(crate) fn collect_with_cycles(&mut self, held: &[u32]) {
        self.collect_and(held, Heap::may_have_cycles);
    }

    /// Collects garbage, and that in cycles if `with_cycles` says so and nothing was in doubt. The counting collector asks
    /// afterwards, the other one before.
    #[inline]
    fn collect_and(&mut self, held: &[u32], with_cycles: impl FnOnce(&Heap) -> bool) {
        let log = log_enabled!(target: "touchstone::collect", Level::Debug);
        let before = log.then(|| self.heap.stats());
        // Without any objects there are no frames to look at, which takes less time than to read clocks.
        let takes_time = !self.heap.is_unused() || self.heap.is_coalescing();
        let begun = takes_time.then(Instant::now);
        if self.heap.is_coalescing() {
            let anew = with_cycles(&self.heap);
            self.coalesce(held, anew);
        } else {
            let sure = self.collect_from_roots(held);
            if sure && with_cycles(&self.heap) {
                let counted: Vec<u32> = self.counted_references().collect();
                self.heap.free_cycles(&counted, exception::carried);
            }
        }
        self.heap.note_pause(begun.map_or(Duration::ZERO, |begun| begun.elapsed()));
        if let Some(before) = before {
            log_collection(&before, &self.heap.stats());
        }
    }

    /// Returns whether the collection had no doubt about the roots.
    fn collect_from_roots(&mut self, held: &[u32]) -> bool {
        let store: *const StoreOpaque = self;
        let without_code = self.engine.config().without_code;
        // SAFETY: this thread borrows the store and runs host code, and `mark_frames` is called while it does.
        self.heap.collect(|marker| unsafe { mark_frames(store, without_code, held, marker) })
    }

    /// Collects with the coalescing collector.
    fn coalesce(&mut self, held: &[u32], anew: bool) {
        let counted: Vec<u32> = self.counted_references().filter(|r| Heap::is_object(*r)).collect();
        let store: *const StoreOpaque = self;
        let without_code = self.engine.config().without_code;
        // SAFETY: this thread borrows the store and runs host code, and `mark_frames` is called while it does.
        let frames =
            |marker: &mut Marker<'_>| unsafe { mark_frames(store, without_code, held, marker) };
        self.heap.coalesce(frames, counted.into_iter(), anew, exception::carried);
    }

    /// The references that frames hold, where the collector has no table of them.
    pub(crate) fn references_of_frames(&self) -> Vec<u32> {
        let mut references = Vec::new();
        if self.heap.is_coalescing() && !self.engine.config().without_code {
            let add = |reference: u32| -> Result<(), Doubt> {
                references.push(reference);
                Ok(())
            };
            // SAFETY: this thread borrows the store and runs host code, so that no Wasm of the store runs: the frames
            // of its activations are on this thread's stack or on suspended ones. Nothing is changed.
            let walked = unsafe { walk::walk(self, add) };
            debug_assert!(walked.is_ok(), "the stack is as it must be");
        }
        references
    }

    /// Drops the host values whose objects were freed.
    ///
    /// # Panics
    /// Panics with the panic of a value's destructor, once all values are dropped.
    pub(crate) fn run_destructors(&mut self) {
        if self.heap.has_dead()
            && let Some(panic) = self.drop_dead()
        {
            resume_unwind(panic);
        }
    }

    /// Drops the host values whose objects were freed; returns the first panic of their destructors.
    pub(crate) fn drop_dead(&mut self) -> Option<Box<dyn Any + Send>> {
        let mut dead: Dead = self.heap.take_dead();
        let panic = dead.drop_all();
        self.heap.reuse(dead);
        panic
    }

    /// Makes sure that `count` references can join the activations table without a collection in between,
    /// which could free some of them before Wasm holds them all. If host values exceed their limit, those
    /// that Wasm cannot reach any more are dropped.
    #[inline]
    pub(crate) fn reserve(&mut self, count: u32) {
        if count != 0 {
            self.refresh_limit_of_values();
        }
        if !self.heap.has_room(count) || (count != 0 && self.heap.wants_values_back()) {
            self.collect_for_values();
            self.heap.make_room(count);
        }
    }

    /// Records that the host made a value of `bytes` bytes, and collects garbage if many values were made.
    pub(crate) fn note_allocation(&mut self, bytes: usize) {
        self.refresh_limit_of_values();
        if self.heap.note_allocation(bytes) || self.heap.outgrew_values_left() {
            self.collect_for_values();
        }
    }

    /// Collects garbage. If host values exceed their limit nevertheless, also those are dropped that only a cycle of
    /// objects or an exception holds that nothing else does.
    fn collect_for_values(&mut self) {
        self.collect(&[]);
        if self.heap.exceeds_limit_of_values() {
            self.collect_all();
        }
    }

    /// Collects garbage if the engine is in stress mode.
    #[inline]
    pub(crate) fn stress(&mut self) {
        if self.heap.stress() {
            self.collect(&[]);
        }
    }

    /// Verifies the heap: see [`Store::verify_heap`](crate::Store::verify_heap).
    pub(crate) fn verify_heap(&self) -> Result<(), HeapError> {
        if self.heap.is_unused() {
            return Ok(());
        }
        self.heap.verify(self.counted_references(), &|| self.poll().is_set())
    }

    /// Drops the references to host values: see
    /// [`Store::release_references`](crate::Store::release_references).
    pub(crate) fn release_references(&mut self) {
        let null = crate::value::val::ValRaw::heap_ref(0);
        for index in self.heap_globals().to_vec() {
            self.write_global(index, null);
        }
        for index in self.heap_tables().to_vec() {
            let (table, heap, _) = self.table_heap_poll(index);
            table.clear(heap);
        }
        self.drop_segments();
        self.collect_all();
    }
}
