//! From a code address to what is known of it. One registry for the process.
//!
//! A code object is in it from its creation to its drop. A look-up is exact and takes
//! logarithmic time.

use crate::code::CodeObject;
use parking_lot::RwLock;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Weak};

/// By the address past the object's end.
static REGISTRY: RwLock<BTreeMap<usize, (usize, Weak<CodeObject>)>> = RwLock::new(BTreeMap::new());

/// Makes `object` findable.
pub(crate) fn register(object: CodeObject) -> Arc<CodeObject> {
    let object = Arc::new(object);
    let range = object.range();
    REGISTRY.write().insert(range.end, (range.start, Arc::downgrade(&object)));
    object
}

/// Takes the object with this range out.
pub(crate) fn unregister(range: Range<usize>) {
    let removed = REGISTRY.write().remove(&range.end);
    debug_assert!(removed.is_some_and(|(start, _)| start == range.start));
}

/// The code object that holds `pc`.
pub(crate) fn lookup(pc: usize) -> Option<Arc<CodeObject>> {
    let registry = REGISTRY.read();
    let (_, (start, object)) = registry.range(pc + 1..).next()?;
    if *start <= pc { object.upgrade() } else { None }
}

/// Whether `pc` lies in a code object. For the signal handler: takes a lock that a thread in
/// compiled code cannot hold, allocates nothing, drops nothing.
pub(crate) fn contains(pc: usize) -> bool {
    // A thread that faults in host code may hold the lock itself: give up after a while, and the
    // fault is reported as the host's.
    let registry = (0..1 << 20).find_map(|_| {
        std::hint::spin_loop();
        REGISTRY.try_read_recursive()
    });
    registry.is_some_and(|registry| {
        registry.range(pc + 1..).next().is_some_and(|(_, (start, _))| *start <= pc)
    })
}
