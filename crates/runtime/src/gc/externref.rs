//! Host values to which Wasm can refer.
//!
//! A handle counts as a plain reference to the *value*. It can be cloned, read and dropped without a store,
//! and can outlive its store. The object that stands for the value in a store's heap holds a handle like any
//! other, for as long as Wasm refers to the object.
//!
//! The counts are unsafe code. A value and its counts are in one allocation, which is dropped in two steps,
//! as in `std::sync::Arc`: the value with the last handle, and the allocation with the last weak handle (all
//! handles together hold one weak count).

use super::count::{Share, ValueCount};
use crate::sys::identity::StoreId;
use std::alloc::{Layout, dealloc};
use std::any::{Any, TypeId};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// A reference to a value of the host that can be passed to Wasm as an `externref`
/// (specification, §2.3.4).
///
/// Cloning and dropping a handle change a count, and moving it does not. Neither needs the store, so they are
/// possible while Wasm runs and after the store was dropped. The value is dropped when no handle is left and
/// Wasm cannot reach it any more. The store notices this when it [collects](crate::Store::gc), or when Wasm
/// overwrites the last place that held the value.
///
/// If the last handle of a value is dropped while another value is being dropped on the same thread, the
/// value is dropped after the other one, but before the outermost drop returns. A destructor that switches
/// stacks must therefore return on the thread on which it began. Until it does, no other value is dropped on
/// this thread, and if it never does, or ends on another thread, none of them ever is.
///
/// A handle belongs to the store for which it was made, and other stores refuse it with an error.
pub struct ExternRef {
    header: NonNull<Header>,
}

/// A handle that does not keep its value alive.
pub struct WeakExternRef {
    header: NonNull<Header>,
}

struct Header {
    /// The number of handles is in the lower half; the number of weak handles, plus one for all handles
    /// together, is in the upper. As they are one word, a single load tells that there is only one handle,
    /// and a value that only its owner can reach is dropped without further atomic operations.
    counts: AtomicU64,
    /// The value's share of its store's count, which also names the store. It is given back when the value is
    /// dropped, even if weak handles remain.
    share: Share,
    /// The reference to the object in the store's heap, or 0. It is changed only while the store is borrowed.
    object: AtomicU32,
    vtable: &'static Vtable,
}

/// Everything that depends on the value's type.
struct Vtable {
    value: unsafe fn(NonNull<Header>) -> NonNull<dyn Any + Send + Sync>,
    layout: Layout,
}

#[repr(C)]
struct Allocation<T> {
    /// This field comes first, so that a pointer to the header is also a pointer to the whole.
    header: Header,
    value: ManuallyDrop<T>,
}

impl<T: Any + Send + Sync> Allocation<T> {
    const VTABLE: Vtable = Vtable { value: Self::value, layout: Layout::new::<Self>() };

    /// # Safety
    /// `header` is that of an `Allocation<T>`.
    unsafe fn value(header: NonNull<Header>) -> NonNull<dyn Any + Send + Sync> {
        // SAFETY: the header is that of an `Allocation<T>` (the caller's promise: it takes this function from
        // the header's own table, which `for_store` sets for `T`). Only an address is computed.
        let value = unsafe { &raw mut (*header.cast::<Self>().as_ptr()).value };
        NonNull::new(value.cast::<T>()).expect("a field of an allocation")
    }
}

// SAFETY: the value is `Send + Sync` (by the bound on `for_store`), and the counts are atomic.
unsafe impl Send for ExternRef {}
// SAFETY: a shared handle gives shared access to the value, which is `Sync` (by the bound on `for_store`),
// and to the counts, which are atomic.
unsafe impl Sync for ExternRef {}
// SAFETY: a weak handle gives access only to the counts, which are atomic, and can become an `ExternRef`,
// which is `Send`.
unsafe impl Send for WeakExternRef {}
// SAFETY: a shared weak handle gives access only to the counts, which are atomic, and can become an
// `ExternRef`, which is `Sync`.
unsafe impl Sync for WeakExternRef {}

/// Bytes that a value takes in its store's heap: its object, and the entry for the value.
const OBJECT: usize = super::object::SIZE as usize + size_of::<Option<ExternRef>>();

/// One handle and one weak handle in [`Header::counts`].
const STRONG: u64 = 1;
const WEAK: u64 = 1 << 32;

/// The most handles of either kind. More of them are only possible by leaks, and then the process aborts
/// before a count wraps.
const MAX_COUNT: u32 = i32::MAX as u32;

fn strong(counts: u64) -> u32 {
    counts as u32
}

fn weak(counts: u64) -> u32 {
    (counts >> 32) as u32
}

impl ExternRef {
    /// Bytes that a value of type `T` takes together with its counts.
    pub(crate) const fn size_for<T>() -> usize {
        size_of::<Allocation<T>>()
    }

    /// Makes a value for the store with this count. `more` is how many bytes the value owns elsewhere.
    pub(crate) fn for_store<T: Any + Send + Sync>(
        count: &ValueCount,
        value: T,
        more: usize,
    ) -> Self {
        let share = count.take(size_of::<Allocation<T>>() + OBJECT + more);
        let allocation = Box::new(Allocation {
            header: Header {
                counts: AtomicU64::new(STRONG + WEAK),
                share,
                object: AtomicU32::new(0),
                vtable: const { &Allocation::<T>::VTABLE },
            },
            value: ManuallyDrop::new(value),
        });
        ExternRef { header: NonNull::from(Box::leak(allocation)).cast() }
    }

    fn header(&self) -> &Header {
        // SAFETY: the allocation lives as long as any handle to it, and `self` is one.
        unsafe { self.header.as_ref() }
    }

    /// The value to which the handle refers.
    pub fn data(&self) -> &(dyn Any + Send + Sync) {
        // SAFETY: the table is the one for this allocation's type (set by `for_store`). As long as there is a
        // handle, the value lives and is only accessed by shared references.
        unsafe { (self.header().vtable.value)(self.header).as_ref() }
    }

    /// The value, if it is of type `T`.
    pub fn downcast_ref<T: Any>(&self) -> Option<&T> {
        self.data().downcast_ref()
    }

    /// Whether the value is of type `T`.
    pub fn is<T: Any>(&self) -> bool {
        self.data().type_id() == TypeId::of::<T>()
    }

    /// Whether both refer to the same value. Two values that are merely equal are not the same.
    pub fn ptr_eq(a: &ExternRef, b: &ExternRef) -> bool {
        a.header == b.header
    }

    /// Number of handles to the value, including the one that the store's heap may hold.
    pub fn strong_count(&self) -> usize {
        strong(self.header().counts.load(Ordering::Relaxed)) as usize
    }

    /// Makes a handle that does not keep the value alive.
    pub fn downgrade(&self) -> WeakExternRef {
        let old = self.header().counts.fetch_add(WEAK, Ordering::Relaxed);
        if weak(old) > MAX_COUNT {
            std::process::abort();
        }
        WeakExternRef { header: self.header }
    }

    pub(crate) fn store(&self) -> StoreId {
        // SAFETY: the share is given back only when the value is dropped (`drop_value`), and the value lives
        // as long as any handle.
        unsafe { self.header().share.store() }
    }

    /// The address of the value, by which it differs from all other live values.
    pub(crate) fn address(&self) -> usize {
        self.header.as_ptr() as usize
    }

    /// The object that stands for the value in its store's heap, if there is one.
    pub(crate) fn object(&self) -> Option<u32> {
        match self.header().object.load(Ordering::Relaxed) {
            0 => None,
            reference => Some(reference),
        }
    }

    /// Sets the object that stands for the value. Only the heap of the value's store calls this.
    pub(crate) fn set_object(&self, reference: u32) {
        self.header().object.store(reference, Ordering::Relaxed);
    }

    /// Records that no object stands for the value. Only the heap of the value's store calls this.
    pub(crate) fn clear_object(&self) {
        self.set_object(0);
    }
}

impl Clone for ExternRef {
    fn clone(&self) -> Self {
        let old = self.header().counts.fetch_add(STRONG, Ordering::Relaxed);
        if strong(old) > MAX_COUNT {
            std::process::abort();
        }
        ExternRef { header: self.header }
    }
}

impl Drop for ExternRef {
    fn drop(&mut self) {
        let counts = &self.header().counts;
        // If this is the only handle of any kind, nobody else can make another one, so the counts need not
        // change.
        let only = counts.load(Ordering::Acquire) == STRONG + WEAK;
        if only || strong(counts.fetch_sub(STRONG, Ordering::Release)) == 1 {
            // This acquires what other threads did with the value, so that it happens before the drop. It is
            // a load, not a fence, because ThreadSanitizer understands only that.
            counts.load(Ordering::Acquire);
            // SAFETY: this was the last handle, and only one drop can find that it was the last.
            unsafe { retire(self.header) };
        }
    }
}

impl fmt::Debug for ExternRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ExternRef").field(&self.header).finish()
    }
}

impl WeakExternRef {
    /// Makes a handle, unless the value was dropped or is being dropped.
    pub fn upgrade(&self) -> Option<ExternRef> {
        // SAFETY: the allocation lives as long as any weak handle to it, and `self` is one.
        let counts = unsafe { &self.header.as_ref().counts };
        let add = |n: u64| (1..=MAX_COUNT).contains(&strong(n)).then_some(n + STRONG);
        counts.fetch_update(Ordering::Acquire, Ordering::Relaxed, add).ok()?;
        Some(ExternRef { header: self.header })
    }
}

impl Clone for WeakExternRef {
    fn clone(&self) -> Self {
        // SAFETY: the allocation lives as long as any weak handle to it, and `self` is one.
        let old = unsafe { self.header.as_ref().counts.fetch_add(WEAK, Ordering::Relaxed) };
        if weak(old) > MAX_COUNT {
            std::process::abort();
        }
        WeakExternRef { header: self.header }
    }
}

impl Drop for WeakExternRef {
    fn drop(&mut self) {
        // SAFETY: `self` owns a weak count, which is given up once, here.
        unsafe { release_weak(self.header) }
    }
}

impl fmt::Debug for WeakExternRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("WeakExternRef").field(&self.header).finish()
    }
}

thread_local! {
    /// Whether values are being dropped on this thread.
    static RETIRING: Cell<bool> = const { Cell::new(false) };
    /// Values whose last handle was dropped while another value was being dropped.
    static RETIRED: RefCell<Vec<NonNull<Header>>> = const { RefCell::new(Vec::new()) };
}

/// Drops a value to which no handle is left. Values that hold handles to others are dropped one after the
/// other, so that even a linked list of a million values needs little stack.
///
/// # Safety
/// No handle to the value is left, and this is called once for the value.
unsafe fn retire(header: NonNull<Header>) {
    if RETIRING.get() {
        // The list is not available while the thread ends. Drops are nested then.
        let queued = RETIRED.try_with(|retired| retired.borrow_mut().push(header));
        if queued.is_err() {
            // SAFETY: no handle is left, and this is the only call for the value (the caller's promise).
            unsafe { drop_value(header) };
        }
        return;
    }
    RETIRING.set(true);
    let mut next = Some(header);
    let mut panic = None;
    while let Some(header) = next {
        // SAFETY: the value is this call's own, or one that another call of `retire` put into the list. For
        // each, the caller promised that no handle is left and that the call is the only one.
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| unsafe { drop_value(header) })) {
            match panic {
                None => panic = Some(payload),
                Some(_) => super::discard(payload),
            }
        }
        next = RETIRED.try_with(|retired| retired.borrow_mut().pop()).ok().flatten();
    }
    RETIRING.set(false);
    if let Some(payload) = panic {
        if std::thread::panicking() {
            super::discard(payload);
        } else {
            resume_unwind(payload);
        }
    }
}

/// # Safety
/// The caller promises what [`retire`] asks for.
unsafe fn drop_value(header: NonNull<Header>) {
    /// Gives back the value's share, and gives up the handles' weak count, even if the value's destructor
    /// panics.
    struct Release(NonNull<Header>);
    impl Drop for Release {
        fn drop(&mut self) {
            // SAFETY: the handles' weak count still keeps the allocation alive. The share is given back once,
            // as the value is dropped once, and only handles use it, of which none is left.
            unsafe { self.0.as_ref().share.give_back() };
            // SAFETY: this gives up the weak count that all handles held together. It is given up once, as
            // this runs once, after the last handle; the value is not accessed again.
            unsafe { release_weak(self.0) }
        }
    }
    let release = Release(header);
    // SAFETY: no handle is left (promised to `retire`), so nobody else can reach the value; the table is the
    // one for its type (set by `for_store`).
    unsafe { (header.as_ref().vtable.value)(header).drop_in_place() };
    drop(release);
}

/// Gives up a weak count, and frees the allocation with the last.
///
/// # Safety
/// The caller owns a weak count, and does not use it any more.
unsafe fn release_weak(header: NonNull<Header>) {
    // SAFETY: the allocation lives until its last weak count is given up, and the caller owns one (the
    // caller's promise). The call that gives up the last one is the only user, and the layout is the one with
    // which `for_store` allocated.
    unsafe {
        let counts = &header.as_ref().counts;
        // The owner of the only count is the only user of the allocation, because no handle can be made any
        // more.
        let only = weak(counts.load(Ordering::Acquire)) == 1;
        if only || weak(counts.fetch_sub(WEAK, Ordering::Release)) == 1 {
            counts.load(Ordering::Acquire);
            let layout = header.as_ref().vtable.layout;
            dealloc(header.as_ptr().cast(), layout);
        }
    }
}
