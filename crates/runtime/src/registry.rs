//! From a code address to what is known of it. One registry for the process.
//!
//! A code object is in it from its creation to its drop. A look-up is exact and takes
//! logarithmic time.

use crate::code::CodeObject;
use parking_lot::{RwLock, RwLockReadGuard};
use std::collections::BTreeMap;
use std::ops::Range;
use std::ptr::NonNull;
use std::sync::{Arc, Weak};

/// By the address past the object's end.
static REGISTRY: RwLock<BTreeMap<usize, Entry>> = RwLock::new(BTreeMap::new());

struct Entry {
    start: usize,
    object: Weak<CodeObject>,
    /// The same object: valid while the entry is in the registry.
    pointer: NonNull<CodeObject>,
}

// SAFETY: `CodeObject` is `Send + Sync`, and the pointer is used only under the lock.
unsafe impl Send for Entry {}
// SAFETY: as above.
unsafe impl Sync for Entry {}

/// Makes `object` findable.
pub(crate) fn register(object: CodeObject) -> Arc<CodeObject> {
    let object = Arc::new(object);
    let range = object.range();
    let pointer = NonNull::from(&*object);
    let entry = Entry { start: range.start, object: Arc::downgrade(&object), pointer };
    REGISTRY.write().insert(range.end, entry);
    object
}

/// Takes the object with this range out.
pub(crate) fn unregister(range: Range<usize>) {
    let removed = REGISTRY.write().remove(&range.end);
    debug_assert!(removed.is_some_and(|e| e.start == range.start));
}

/// The code object that holds `pc`.
pub(crate) fn lookup(pc: usize) -> Option<Arc<CodeObject>> {
    let registry = REGISTRY.read();
    let (_, entry) = registry.range(pc + 1..).next()?;
    if entry.start <= pc { entry.object.upgrade() } else { None }
}

/// Looks up many addresses: takes the lock once, and remembers the latest object, as neighbours on
/// a stack mostly share one.
pub(crate) struct Reader {
    registry: RwLockReadGuard<'static, BTreeMap<usize, Entry>>,
    latest: Option<(Range<usize>, NonNull<CodeObject>)>,
}

impl Reader {
    pub(crate) fn new() -> Self {
        Reader { registry: REGISTRY.read(), latest: None }
    }

    /// The code object that holds `pc`.
    #[inline]
    pub(crate) fn lookup(&mut self, pc: usize) -> Option<&CodeObject> {
        let pointer = match &self.latest {
            Some((range, pointer)) if range.contains(&pc) => *pointer,
            _ => self.find(pc)?,
        };
        // SAFETY: an object leaves the registry before it is freed, and cannot while we read.
        Some(unsafe { pointer.as_ref() })
    }

    fn find(&mut self, pc: usize) -> Option<NonNull<CodeObject>> {
        let (end, entry) = self.registry.range(pc.checked_add(1)?..).next()?;
        if entry.start > pc {
            return None;
        }
        self.latest = Some((entry.start..*end, entry.pointer));
        Some(entry.pointer)
    }
}

/// Whether `pc` lies in a code object. For the signal handler: allocates nothing, drops nothing, and
/// takes a lock that a thread in compiled code cannot hold. Such a thread (`in_wasm`) waits for it;
/// one that faults in host code may hold it itself: it gives up after a while, and the fault is
/// reported as the host's.
pub(crate) fn contains(pc: usize, in_wasm: bool) -> bool {
    // Each takes the time of a system call, and more where other threads want to run.
    let attempts = if in_wasm { 1 << 26 } else { 1 << 16 };
    let registry = (0..attempts).find_map(|_| {
        // SAFETY: a system call that touches nothing.
        REGISTRY.try_read_recursive().or_else(|| unsafe {
            libc::sched_yield();
            None
        })
    });
    registry.is_some_and(|registry| {
        registry.range(pc + 1..).next().is_some_and(|(_, entry)| entry.start <= pc)
    })
}
