//! The registry of code objects, which finds the code object of an address. There is one for the process.
//!
//! A code object is in the registry from its creation to its drop. A look-up is exact and takes logarithmic
//! time.

use crate::code::CodeObject;
use parking_lot::{RwLock, RwLockReadGuard};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::ptr::NonNull;
use std::sync::{Arc, Weak};

/// The entries, by the address past the end of the object.
static REGISTRY: RwLock<BTreeMap<usize, Entry>> = RwLock::new(BTreeMap::new());

thread_local! {
    /// Whether this thread is changing the registry. Compiled code never runs on the thread meanwhile.
    static CHANGING: Cell<bool> = const { Cell::new(false) };
}

/// Changes the registry. A signal handler that interrupts this function sees `CHANGING`, and so does not wait
/// for the lock.
fn change<R>(body: impl FnOnce(&mut BTreeMap<usize, Entry>) -> R) -> R {
    struct Changed;
    impl Drop for Changed {
        fn drop(&mut self) {
            CHANGING.set(false);
        }
    }
    CHANGING.set(true);
    // This is dropped last, after the lock is released.
    let _changed = Changed;
    body(&mut REGISTRY.write())
}

struct Entry {
    start: usize,
    object: Weak<CodeObject>,
    /// A pointer to the same object, which is valid while the entry is in the registry.
    pointer: NonNull<CodeObject>,
}

// SAFETY: `CodeObject` is `Send + Sync` (asserted below), and the pointer is used only under the lock.
unsafe impl Send for Entry {}
// SAFETY: a shared entry gives, under the lock, a shared reference to the object, which is `Sync` (asserted
// below).
unsafe impl Sync for Entry {}

const _: () = {
    const fn both<T: Send + Sync>() {}
    both::<CodeObject>();
};

/// Adds `object` to the registry.
pub(crate) fn register(object: CodeObject) -> Arc<CodeObject> {
    let object = Arc::new(object);
    let range = object.range();
    let pointer = NonNull::from(&*object);
    let entry = Entry { start: range.start, object: Arc::downgrade(&object), pointer };
    change(|registry| registry.insert(range.end, entry));
    object
}

/// Removes the object with this range from the registry.
pub(crate) fn unregister(range: Range<usize>) {
    let removed = change(|registry| registry.remove(&range.end));
    debug_assert!(removed.is_some_and(|e| e.start == range.start));
}

/// The code object that contains the address `pc`.
pub(crate) fn lookup(pc: usize) -> Option<Arc<CodeObject>> {
    let registry = REGISTRY.read();
    let (_, entry) = registry.range(pc.checked_add(1)?..).next()?;
    if entry.start <= pc { entry.object.upgrade() } else { None }
}

/// Looks up many addresses. It takes the lock once, and remembers the object that was found last, because
/// neighbouring frames on a stack mostly share one.
pub(crate) struct Reader {
    registry: RwLockReadGuard<'static, BTreeMap<usize, Entry>>,
    latest: Option<(Range<usize>, NonNull<CodeObject>)>,
}

impl Reader {
    pub(crate) fn new() -> Self {
        Reader { registry: REGISTRY.read(), latest: None }
    }

    /// The code object that contains the address `pc`.
    #[inline]
    pub(crate) fn lookup(&mut self, pc: usize) -> Option<&CodeObject> {
        let pointer = match &self.latest {
            Some((range, pointer)) if range.contains(&pc) => *pointer,
            _ => self.find(pc)?,
        };
        // SAFETY: an object leaves the registry before it is freed (`CodeObject::drop` calls `unregister`),
        // and cannot leave it while this reader holds the lock.
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

/// Whether `pc` lies in a code object. The signal handler calls this function: it allocates nothing, drops
/// nothing, and takes the lock only for reading, which compiled code never holds. If this thread holds the
/// lock for writing, it runs no compiled code, and the answer is no. If another thread holds it for writing,
/// this waits.
pub(crate) fn contains(pc: usize) -> bool {
    if CHANGING.get() {
        return false;
    }
    let registry = loop {
        match REGISTRY.try_read_recursive() {
            Some(registry) => break registry,
            // SAFETY: this system call takes no arguments and accesses no memory.
            None => unsafe { libc::sched_yield() },
        };
    };
    registry.range(pc.saturating_add(1)..).next().is_some_and(|(_, entry)| entry.start <= pc)
}
