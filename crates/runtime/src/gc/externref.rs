//! Host values that Wasm can refer to.
//!
//! A handle is plain reference counting of the *value*: it needs no store to be cloned, read or
//! dropped, and outlives its store. The object that stands for the value in a store's heap holds
//! a handle like any other, for as long as Wasm refers to it.
//!
//! Unsafe code: the counts. A value and its counts are one allocation, dropped in two steps as
//! `std::sync::Arc` does it: the value when the last handle goes, the allocation when the last
//! weak handle goes (all handles together hold one weak count).

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
/// Cloning and dropping count, moving does not. Neither needs the store, and both are fine while
/// Wasm runs and after the store is gone. The value is dropped when no handle is left and Wasm
/// cannot reach it any more, which the store finds out when it [collects](crate::Store::gc), or
/// when Wasm overwrites the last place that held it.
///
/// Values whose last handle goes while another value is dropped on the same thread are dropped after it,
/// before the drop that began this returns. A destructor that switches stacks must therefore come back on
/// the thread that it began on: until it does, no other value is dropped on this thread, and if it never
/// does, or ends on another thread, none of them ever is.
///
/// A handle belongs to the store that it was made for: another refuses it with an error.
pub struct ExternRef {
    header: NonNull<Header>,
}

/// A handle that does not keep its value alive.
pub struct WeakExternRef {
    header: NonNull<Header>,
}

struct Header {
    /// Handles in the lower half; weak handles, and one for all the others, in the upper. One word, so
    /// that one look tells that there is a single handle, and a value that only its owner can reach is
    /// dropped without further atomic changes.
    counts: AtomicU64,
    /// Names the store; given back with the value, which weak handles do not keep counted.
    share: Share,
    /// Reference to the object in the store's heap, or 0. Changed only with the store borrowed.
    object: AtomicU32,
    vtable: &'static Vtable,
}

/// What depends on the value's type.
struct Vtable {
    value: unsafe fn(NonNull<Header>) -> NonNull<dyn Any + Send + Sync>,
    layout: Layout,
}

#[repr(C)]
struct Allocation<T> {
    /// First: a pointer to the header is one to the whole.
    header: Header,
    value: ManuallyDrop<T>,
}

impl<T: Any + Send + Sync> Allocation<T> {
    const VTABLE: Vtable = Vtable { value: Self::value, layout: Layout::new::<Self>() };

    /// # Safety
    /// `header` is that of an `Allocation<T>`.
    unsafe fn value(header: NonNull<Header>) -> NonNull<dyn Any + Send + Sync> {
        // SAFETY: the header is that of such an allocation (promised by whoever took the table of its
        // type); only an address is computed.
        let value = unsafe { &raw mut (*header.cast::<Self>().as_ptr()).value };
        NonNull::new(value.cast::<T>()).expect("a field of an allocation")
    }
}

// SAFETY: the value is `Send + Sync` (demanded by `new`), the counts are atomic.
unsafe impl Send for ExternRef {}
// SAFETY: a shared handle gives shared access to the value, which is `Sync` (demanded by `new`), and
// to counts, which are atomic.
unsafe impl Sync for ExternRef {}
// SAFETY: it gives access to the atomic counts alone, and can become an `ExternRef`, which is `Send`.
unsafe impl Send for WeakExternRef {}
// SAFETY: a shared weak handle gives access to the counts alone, which are atomic.
unsafe impl Sync for WeakExternRef {}

/// Bytes that the object of a value takes in its store's heap, with the entry for the value.
const OBJECT: usize = super::object::SIZE as usize + size_of::<Option<ExternRef>>();

/// A handle, and a weak handle, in [`Header::counts`].
const STRONG: u64 = 1;
const WEAK: u64 = 1 << 32;

/// More handles than this are a leak in a loop: the process ends before a count wraps.
const MAX_COUNT: u32 = i32::MAX as u32;

fn strong(counts: u64) -> u32 {
    counts as u32
}

fn weak(counts: u64) -> u32 {
    (counts >> 32) as u32
}

impl ExternRef {
    /// Bytes that a value of this type takes with its counts.
    pub(crate) const fn size_for<T>() -> usize {
        size_of::<Allocation<T>>()
    }

    /// A value for the store with this count; `more` are bytes that the value owns elsewhere.
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
        // SAFETY: the allocation lives as long as a handle.
        unsafe { self.header.as_ref() }
    }

    /// The value.
    pub fn data(&self) -> &(dyn Any + Send + Sync) {
        // SAFETY: the table is the one for this allocation's type; the value lives, and is only
        // shared, as long as a handle.
        unsafe { (self.header().vtable.value)(self.header).as_ref() }
    }

    /// The value, where it is of type `T`.
    pub fn downcast_ref<T: Any>(&self) -> Option<&T> {
        self.data().downcast_ref()
    }

    /// Whether the value is of type `T`.
    pub fn is<T: Any>(&self) -> bool {
        self.data().type_id() == TypeId::of::<T>()
    }

    /// Whether both refer to the same value: not an equal one, the same.
    pub fn ptr_eq(a: &ExternRef, b: &ExternRef) -> bool {
        a.header == b.header
    }

    /// How many handles there are, that of the store's heap included.
    pub fn strong_count(&self) -> usize {
        strong(self.header().counts.load(Ordering::Relaxed)) as usize
    }

    /// A handle that does not keep the value alive.
    pub fn downgrade(&self) -> WeakExternRef {
        let old = self.header().counts.fetch_add(WEAK, Ordering::Relaxed);
        if weak(old) > MAX_COUNT {
            std::process::abort();
        }
        WeakExternRef { header: self.header }
    }

    pub(crate) fn store(&self) -> StoreId {
        // SAFETY: the share is given back with the value, which lives as long as a handle.
        unsafe { self.header().share.store() }
    }

    /// Where the value is: no other that lives is there.
    pub(crate) fn address(&self) -> usize {
        self.header.as_ptr() as usize
    }

    /// The object that stands for the value in its store's heap.
    pub(crate) fn object(&self) -> Option<u32> {
        match self.header().object.load(Ordering::Relaxed) {
            0 => None,
            reference => Some(reference),
        }
    }

    /// For the heap of the value's store alone.
    pub(crate) fn set_object(&self, reference: u32) {
        self.header().object.store(reference, Ordering::Relaxed);
    }

    /// For the heap of the value's store alone.
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
        // The only handle of any kind: nobody else can make another one. The counts may stay.
        let only = counts.load(Ordering::Acquire) == STRONG + WEAK;
        if only || strong(counts.fetch_sub(STRONG, Ordering::Release)) == 1 {
            // What other threads did with the value happened before it is dropped. A load, not a
            // fence: that is what ThreadSanitizer understands.
            counts.load(Ordering::Acquire);
            // SAFETY: this was the last handle.
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
    /// A handle, where the value has not been dropped and is not being dropped.
    pub fn upgrade(&self) -> Option<ExternRef> {
        // SAFETY: the allocation lives as long as a weak handle.
        let counts = unsafe { &self.header.as_ref().counts };
        let add = |n: u64| (1..=MAX_COUNT).contains(&strong(n)).then_some(n + STRONG);
        counts.fetch_update(Ordering::Acquire, Ordering::Relaxed, add).ok()?;
        Some(ExternRef { header: self.header })
    }
}

impl Clone for WeakExternRef {
    fn clone(&self) -> Self {
        // SAFETY: the allocation lives as long as a weak handle.
        let old = unsafe { self.header.as_ref().counts.fetch_add(WEAK, Ordering::Relaxed) };
        if weak(old) > MAX_COUNT {
            std::process::abort();
        }
        WeakExternRef { header: self.header }
    }
}

impl Drop for WeakExternRef {
    fn drop(&mut self) {
        // SAFETY: this weak handle's count is given up once, here.
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
    /// Values whose last handle went while another value was being dropped.
    static RETIRED: RefCell<Vec<NonNull<Header>>> = const { RefCell::new(Vec::new()) };
}

/// Drops a value that no handle is left of. Values that hold handles of others are dropped one
/// after the other: a list of a million of them needs no stack.
///
/// # Safety
/// No handle is left, and this is called once for the value.
unsafe fn retire(header: NonNull<Header>) {
    if RETIRING.get() {
        // Without the list (the thread ends), nested drops have to do.
        let queued = RETIRED.try_with(|retired| retired.borrow_mut().push(header));
        if queued.is_err() {
            // SAFETY: no handle is left, and this is the one call (promised by who dropped the last).
            unsafe { drop_value(header) };
        }
        return;
    }
    RETIRING.set(true);
    let mut next = Some(header);
    let mut panic = None;
    while let Some(header) = next {
        // SAFETY: no handle of this value is left, or of those that came into the list: each was
        // promised by who dropped the last one.
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
    /// Gives back the value's share, and gives up the handles' weak count, also where the value's
    /// destructor panics.
    struct Release(NonNull<Header>);
    impl Drop for Release {
        fn drop(&mut self) {
            // SAFETY: the handles' weak count still keeps the allocation. The share is given back once,
            // as the value is dropped once, and only handles, of which none is left, use it.
            unsafe { self.0.as_ref().share.give_back() };
            // SAFETY: this gives up the weak count that the handles held together. It is given up once, as
            // this runs once, after the last handle; the value is not touched again.
            unsafe { release_weak(self.0) }
        }
    }
    let release = Release(header);
    // SAFETY: no handle is left (promised to `retire`), so nobody else can reach the value; the table
    // is the one for its type.
    unsafe { (header.as_ref().vtable.value)(header).drop_in_place() };
    drop(release);
}

/// Gives up a weak count; with the last the allocation goes.
///
/// # Safety
/// The caller owns a weak count, and does not use it any more.
unsafe fn release_weak(header: NonNull<Header>) {
    // SAFETY: the allocation lives until its last weak count is given up; who gives up the last
    // is alone, and the layout is the allocation's own.
    unsafe {
        let counts = &header.as_ref().counts;
        // Whoever owns the only count is alone with the allocation: no handle can be made any more.
        let only = weak(counts.load(Ordering::Acquire)) == 1;
        if only || weak(counts.fetch_sub(WEAK, Ordering::Release)) == 1 {
            counts.load(Ordering::Acquire);
            let layout = header.as_ref().vtable.layout;
            dealloc(header.as_ptr().cast(), layout);
        }
    }
}
