//! What the `touchstone` host module exports: the collector, for scripts to drive and to judge.
//!
//! In: a store. Out: functions by name. `docs/scripts.md` describes them for authors of scripts.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use touchstone_runtime::{Caller, Error, Extern, ExternRef, Func, Store, TypedFunc};

/// The counts of the host values that a script made and dropped.
#[derive(Clone, Debug, Default)]
pub(super) struct HostValues(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    made: AtomicU32,
    dropped: AtomicU32,
}

impl HostValues {
    /// How many host values were made and not dropped.
    pub(super) fn live(&self) -> u32 {
        self.0.made.load(Ordering::Relaxed) - self.dropped()
    }

    fn dropped(&self) -> u32 {
        self.0.dropped.load(Ordering::Relaxed)
    }
}

/// A value such as `(ref.extern 7)`.
struct HostValue {
    number: u32,
    counts: Arc<Counts>,
}

impl Drop for HostValue {
    fn drop(&mut self) {
        self.counts.dropped.fetch_add(1, Ordering::Relaxed);
    }
}

/// A new host value that carries `number`.
pub(super) fn make(
    store: impl touchstone_runtime::AsContextMut<Data = HostValues>,
    number: u32,
) -> ExternRef {
    let counts = store.as_context().data().0.clone();
    counts.made.fetch_add(1, Ordering::Relaxed);
    ExternRef::new(store, HostValue { number, counts })
}

/// The number that a host value carries.
pub(super) fn number(value: &ExternRef) -> Option<u32> {
    value.downcast_ref::<HostValue>().map(|v| v.number)
}

type HostCaller<'a> = Caller<'a, HostValues>;

/// Makes the module's exports in `store`.
///
/// # Errors
/// Fails if the system has no memory for the exports.
pub(super) fn exports(
    store: &mut Store<HostValues>,
) -> Result<HashMap<&'static str, Extern>, Error> {
    let functions = [
        ("gc", Func::wrap(&mut *store, |mut c: HostCaller<'_>| c.gc())?),
        ("new", Func::wrap(&mut *store, |c: HostCaller<'_>, n: u32| make(c, n))?),
        ("value", Func::wrap(&mut *store, value)?),
        ("live", Func::wrap(&mut *store, |c: HostCaller<'_>| c.data().live())?),
        ("dropped", Func::wrap(&mut *store, |c: HostCaller<'_>| c.data().dropped())?),
        (
            "collections",
            Func::wrap(&mut *store, |c: HostCaller<'_>| c.gc_stats().collections as u32)?,
        ),
        ("skipped", Func::wrap(&mut *store, |c: HostCaller<'_>| c.gc_stats().skipped as u32)?),
        ("walked", Func::wrap(&mut *store, |c: HostCaller<'_>| c.gc_stats().walked_frames as u32)?),
        ("table", Func::wrap(&mut *store, |c: HostCaller<'_>| c.gc_stats().table_entries as u32)?),
        ("call", Func::wrap(&mut *store, call)?),
        ("pass", Func::wrap(&mut *store, pass)?),
        ("catch", Func::wrap(&mut *store, catch)?),
    ];
    Ok(functions.into_iter().map(|(name, func)| (name, func.into())).collect())
}

/// The number that a value carries; −1 for null.
fn value(value: Option<ExternRef>) -> Result<i32, Error> {
    match value {
        None => Ok(-1),
        Some(value) => number(&value)
            .map(|n| n as i32)
            .ok_or_else(|| Error::host("the reference is to no value of this module")),
    }
}

/// Calls a function without parameters and results.
fn call(mut caller: HostCaller<'_>, func: Func) -> Result<(), Error> {
    let func: TypedFunc<(), ()> = func.typed(&caller)?;
    func.call(&mut caller, ())
}

/// Passes a reference through a function.
fn pass(
    mut caller: HostCaller<'_>,
    func: Func,
    value: Option<ExternRef>,
) -> Result<Option<ExternRef>, Error> {
    let func: TypedFunc<Option<ExternRef>, Option<ExternRef>> = func.typed(&caller)?;
    func.call(&mut caller, value)
}

/// Calls a function without parameters and results; gives 1 if it trapped.
fn catch(caller: HostCaller<'_>, func: Func) -> Result<u32, Error> {
    match call(caller, func) {
        Ok(()) => Ok(0),
        Err(Error::Trap(_)) => Ok(1),
        Err(other) => Err(other),
    }
}
