//! What the tests of the collector share: values that tell when they are dropped, and engines.

#![allow(dead_code, reason = "every test crate uses a part of it")]

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use touchstone_runtime::*;

/// Counts the values made by it that were dropped.
#[derive(Clone, Default)]
pub(crate) struct Drops(Arc<AtomicUsize>);

impl Drops {
    /// How many values were dropped so far.
    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    /// A value whose drop is counted.
    pub(crate) fn value(&self) -> Counted {
        Counted(self.clone())
    }

    /// A value whose drop is counted, and then panics with `message`.
    pub(crate) fn panicking(&self, message: &'static str) -> Panicking {
        Panicking { _counted: self.value(), message }
    }

    /// Counts one.
    pub(crate) fn increment(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// A value whose drop is counted.
pub(crate) struct Counted(Drops);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.increment();
    }
}

/// A value whose drop is counted, and panics.
pub(crate) struct Panicking {
    _counted: Counted,
    message: &'static str,
}

impl Drop for Panicking {
    fn drop(&mut self) {
        panic!("{}", self.message);
    }
}

/// An engine with the default collector, with or without stress.
pub(crate) fn engine(stress: bool) -> Engine {
    Engine::new(Config::new().gc_stress(stress)).unwrap()
}

/// The collectors.
pub(crate) const COLLECTORS: [Collector; 2] = [Collector::Counting, Collector::Coalescing];

/// An engine with a collector, with or without stress.
pub(crate) fn engine_of(collector: Collector, stress: bool) -> Engine {
    Engine::new(Config::new().collector(collector).gc_stress(stress)).unwrap()
}

/// Runs `test` with each collector, without and with stress.
pub(crate) fn in_every_mode(mut test: impl FnMut(bool, &Engine)) {
    for collector in COLLECTORS {
        for stress in [false, true] {
            eprintln!("collector: {collector:?}, stress: {stress}");
            test(stress, &engine_of(collector, stress));
        }
    }
}

/// Runs `test` with the collector that frees at once what nothing counts any more, without and with stress.
pub(crate) fn where_counts_are_immediate(mut test: impl FnMut(bool, &Engine)) {
    for stress in [false, true] {
        eprintln!("stress: {stress}");
        test(stress, &engine_of(Collector::Counting, stress));
    }
}

/// Compiles text.
pub(crate) fn module(engine: &Engine, wat: &str) -> Module {
    Module::new(engine, wat::parse_str(wat).unwrap()).unwrap()
}

/// A store with one instance, without imports.
pub(crate) fn instance(engine: &Engine, wat: &str) -> (Store<()>, Instance) {
    let mut store = Store::new(engine, ());
    let instance = Linker::new(engine).instantiate(&mut store, &module(engine, wat)).unwrap();
    (store, instance)
}

/// A null external reference.
pub(crate) const NULL: Val = Val::ExternRef(None);

/// A reference as a dynamic value.
pub(crate) fn val(reference: &ExternRef) -> Val {
    Val::ExternRef(Some(reference.clone()))
}

/// The reference in a dynamic value.
pub(crate) fn reference(value: Val) -> Option<ExternRef> {
    match value {
        Val::ExternRef(reference) => reference,
        other => panic!("{other:?} is no external reference"),
    }
}

/// Whether both are the same value.
pub(crate) fn same(value: Val, wanted: &ExternRef) -> bool {
    reference(value).is_some_and(|r| ExternRef::ptr_eq(&r, wanted))
}

/// The code of the trap that a call ended with.
pub(crate) fn trap_code<T: std::fmt::Debug>(result: Result<T>) -> TrapCode {
    result.unwrap_err().trap().expect("a trap").code()
}

/// The message of the panic that `body` ends with.
pub(crate) fn panic_of<R>(body: impl FnOnce() -> R) -> String {
    let payload = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(_) => panic!("this was to panic"),
        Err(payload) => payload,
    };
    message(&*payload)
}

/// The message of a panic.
pub(crate) fn message(payload: &(dyn Any + Send)) -> String {
    let string = payload.downcast_ref::<String>().cloned();
    string.or_else(|| payload.downcast_ref::<&str>().map(|s| s.to_string())).expect("a message")
}

/// Asserts that the heap is as it must be and no collection was skipped.
pub(crate) fn assert_sound<T: 'static>(store: &mut Store<T>) {
    store.verify_heap().unwrap();
    let stats = store.gc_stats();
    assert_eq!((stats.skipped, stats.last_doubt), (0, None));
}
