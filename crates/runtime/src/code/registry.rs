//! From a code address to what is known of it. One registry for the process.
//!
//! A code object is in it from its creation to its drop. A look-up is exact and takes
//! logarithmic time.

use crate::code::CodeObject;
use parking_lot::{RwLock, RwLockReadGuard};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::ptr::NonNull;
use std::sync::{Arc, Weak};

/// By the address past the object's end.
static REGISTRY: RwLock<BTreeMap<usize, Entry>> = RwLock::new(BTreeMap::new());

thread_local! {
    /// Whether this thread changes the registry just now. Compiled code never runs meanwhile.
    static CHANGING: Cell<bool> = const { Cell::new(false) };
}

/// Changes the registry. A signal handler that interrupts this knows that it must not wait for it.
fn change<R>(body: impl FnOnce(&mut BTreeMap<usize, Entry>) -> R) -> R {
    struct Changed;
    impl Drop for Changed {
        fn drop(&mut self) {
            CHANGING.set(false);
        }
    }
    CHANGING.set(true);
    // Dropped last, after the lock.
    let _changed = Changed;
    body(&mut REGISTRY.write())
}

struct Entry {
    start: usize,
    object: Weak<CodeObject>,
    /// The same object: valid while the entry is in the registry.
    pointer: NonNull<CodeObject>,
}

// SAFETY: `CodeObject` is `Send + Sync`, and the pointer is used only under the lock.
unsafe impl Send for Entry {}
// SAFETY: a shared entry gives a shared object, which is `Sync`, and that under the lock.
unsafe impl Sync for Entry {}

const _: () = {
    const fn both<T: Send + Sync>() {}
    both::<CodeObject>();
};

/// Makes `object` findable.
pub(crate) fn register(object: CodeObject) -> Arc<CodeObject> {
    let object = Arc::new(object);
    let range = object.range();
    let pointer = NonNull::from(&*object);
    let entry = Entry { start: range.start, object: Arc::downgrade(&object), pointer };
    change(|registry| registry.insert(range.end, entry));
    object
}

/// Takes the object with this range out.
pub(crate) fn unregister(range: Range<usize>) {
    let removed = change(|registry| registry.remove(&range.end));
    debug_assert!(removed.is_some_and(|e| e.start == range.start));
}

/// The code object that holds `pc`.
pub(crate) fn lookup(pc: usize) -> Option<Arc<CodeObject>> {
    let registry = REGISTRY.read();
    let (_, entry) = registry.range(pc.checked_add(1)?..).next()?;
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
/// takes a lock for reading, which compiled code never holds. Where this thread holds it for writing,
/// it runs no compiled code; another that does is waited for.
pub(crate) fn contains(pc: usize) -> bool {
    if CHANGING.get() {
        return false;
    }
    let registry = loop {
        match REGISTRY.try_read_recursive() {
            Some(registry) => break registry,
            // SAFETY: a system call that touches nothing.
            None => unsafe { libc::sched_yield() },
        };
    };
    registry.range(pc.saturating_add(1)..).next().is_some_and(|(_, entry)| entry.start <= pc)
}
