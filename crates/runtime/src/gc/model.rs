//! Tests of the collector against a naive model, in random histories, without compiled code.
//!
//! A history is a sequence of operations of a program on references: make values, hold handles, pass them to
//! frames, read and write slots (globals, table elements), and call the collector with what the frames hold.
//! The model knows who holds what; after every step nothing that is held may have been dropped, and after
//! every collection nothing else may be alive.
//!
//! `TOUCHSTONE_HISTORIES` sets how many histories are tried.

use super::{Doubt, ExternRef, Heap, Marker, WeakExternRef};
use crate::sys::identity::StoreId;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use touchstone_cranelift_wasm::Collector;

/// A value that records when it is dropped. It may hold a handle, as a value of a host may.
struct Value {
    dropped: Arc<AtomicBool>,
    _next: Option<ExternRef>,
}

impl Drop for Value {
    fn drop(&mut self) {
        assert!(!self.dropped.swap(true, Ordering::Relaxed), "a value is dropped once");
    }
}

/// What the model knows of a value.
struct Known {
    dropped: Arc<AtomicBool>,
    weak: WeakExternRef,
    /// The value whose handle it holds.
    next: Option<usize>,
}

/// Splitmix64, by which histories are the same on every machine.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Random(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(super) fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

const SLOTS: usize = 6;

struct World {
    heap: Heap,
    random: Random,
    known: Vec<Known>,
    /// The host's handles, each with the number of its value.
    handles: Vec<(ExternRef, usize)>,
    /// The references into the heap that frames hold, each with the number of its value.
    frames: Vec<(u32, usize)>,
    /// The references that globals and tables hold.
    slots: [Option<(u32, usize)>; SLOTS],
    trace: Rc<RefCell<Vec<&'static str>>>,
}

impl World {
    fn new(
        seed: u64,
        collector: Collector,
        stress: bool,
        trace: Rc<RefCell<Vec<&'static str>>>,
    ) -> Self {
        World {
            heap: Heap::new(StoreId::of_tests(), collector, stress),
            random: Random::new(seed),
            known: Vec::new(),
            handles: Vec::new(),
            frames: Vec::new(),
            slots: [None; SLOTS],
            trace,
        }
    }

    fn step(&mut self) {
        let (name, step): (_, fn(&mut Self)) = match self.random.below(20) {
            0..=2 => ("new", Self::make),
            3..=5 => ("pass", Self::pass),
            6..=8 => ("read", Self::read),
            9..=11 => ("write", Self::write),
            12 => ("clear", Self::clear),
            13 | 14 => ("drop handle", Self::drop_handle),
            15 | 16 => ("return", Self::leave_frame),
            17 => ("to host", Self::hand_out),
            18 => ("doubt", Self::doubt),
            _ => ("collect", Self::collect),
        };
        self.trace.borrow_mut().push(name);
        step(self);
        self.drop_dead();
        self.check_held();
    }

    fn make(&mut self) {
        let dropped = Arc::new(AtomicBool::new(false));
        let next = match self.handles.is_empty() {
            false if self.random.below(3) == 0 => {
                let (handle, value) = &self.handles[self.random.below(self.handles.len())];
                Some((handle.clone(), *value))
            }
            _ => None,
        };
        let known = next.as_ref().map(|(_, value)| *value);
        let value = Value { dropped: dropped.clone(), _next: next.map(|(handle, _)| handle) };
        let handle = ExternRef::for_store(self.heap.values(), value, 0);
        self.known.push(Known { dropped, weak: handle.downgrade(), next: known });
        self.handles.push((handle, self.known.len() - 1));
    }

    /// Collects if room is lacking, as a store does.
    fn reserve(&mut self) {
        if !self.heap.has_room(1) {
            self.collect();
            self.heap.make_room(1);
        }
    }

    fn pass(&mut self) {
        if !self.handles.is_empty() {
            self.reserve();
            let (handle, value) = &self.handles[self.random.below(self.handles.len())];
            let reference = self.heap.enter(handle.clone()).expect("of this store");
            self.frames.push((reference, *value));
        }
    }

    fn read(&mut self) {
        if let Some((reference, value)) = self.slots[self.random.below(SLOTS)] {
            self.heap.make_room(1);
            self.heap.join(reference);
            self.frames.push((reference, value));
        }
    }

    fn write(&mut self) {
        if !self.frames.is_empty() {
            let (reference, value) = self.frames[self.random.below(self.frames.len())];
            let slot = self.random.below(SLOTS);
            self.heap.increment(reference, 1);
            if let Some((old, _)) = self.slots[slot].replace((reference, value)) {
                self.heap.decrement(old);
            }
        }
    }

    fn clear(&mut self) {
        let slot = self.random.below(SLOTS);
        if let Some((old, _)) = self.slots[slot].take() {
            self.heap.decrement(old);
        }
    }

    fn drop_handle(&mut self) {
        if !self.handles.is_empty() {
            let handle = self.random.below(self.handles.len());
            drop(self.handles.swap_remove(handle));
        }
    }

    fn leave_frame(&mut self) {
        let keep = self.random.below(self.frames.len() + 1);
        self.frames.truncate(keep);
    }

    fn hand_out(&mut self) {
        if !self.frames.is_empty() {
            let (reference, value) = self.frames[self.random.below(self.frames.len())];
            self.handles.push((self.heap.value(reference).clone(), value));
        }
    }

    /// Collects with a walk that fails somewhere, and so frees nothing.
    fn doubt(&mut self) {
        let freed = self.heap.stats().freed;
        let stop = self.random.below(self.frames.len() + 1);
        let frames = &self.frames;
        let mark = |marker: &mut Marker<'_>| {
            frames[..stop].iter().try_for_each(|(reference, _)| marker.mark(*reference))?;
            Err(Doubt::NoExit)
        };
        match self.heap.is_coalescing() {
            true => self.heap.coalesce(mark, std::iter::empty(), false, |_, _| {}),
            false => self.heap.collect(mark),
        };
        assert_eq!(self.heap.stats().freed, freed, "nothing is freed on a doubt");
    }

    fn collect(&mut self) {
        let frames = &self.frames;
        let skipped = self.heap.stats().skipped;
        let mark = |marker: &mut Marker<'_>| {
            frames.iter().try_for_each(|(reference, _)| marker.mark(*reference))?;
            Ok(frames.len() as u64)
        };
        let slots: Vec<u32> =
            self.slots.iter().flatten().map(|(reference, _)| *reference).collect();
        match self.heap.is_coalescing() {
            true => self.heap.coalesce(mark, slots.into_iter(), false, |_, _| {}),
            false => self.heap.collect(mark),
        };
        assert_eq!(self.heap.stats().skipped, skipped, "what frames hold is in the table");
        self.drop_dead();
        self.check_dropped();
    }

    fn drop_dead(&mut self) {
        let mut dead = self.heap.take_dead();
        assert!(dead.drop_all().is_none());
        self.heap.reuse(dead);
        let slots = self.slots.iter().flatten().map(|(reference, _)| *reference);
        if let Err(error) = self.heap.verify(slots, &|| false) {
            panic!("{error}");
        }
    }

    /// Whether each value is reachable: from a handle, a frame, a slot, or a reachable value.
    fn reachable(&self) -> Vec<bool> {
        let mut reachable = vec![false; self.known.len()];
        let handles = self.handles.iter().map(|(_, value)| *value);
        let references = self.frames.iter().chain(self.slots.iter().flatten()).map(|(_, v)| *v);
        let mut work: Vec<usize> = handles.chain(references).collect();
        while let Some(value) = work.pop() {
            if !std::mem::replace(&mut reachable[value], true) {
                work.extend(self.known[value].next);
            }
        }
        reachable
    }

    /// Checks that nothing that is held was dropped, and that no handle to a dropped value can be made.
    fn check_held(&self) {
        for (known, reachable) in self.known.iter().zip(self.reachable()) {
            let dropped = known.dropped.load(Ordering::Relaxed);
            assert!(!(reachable && dropped), "a value was dropped too early");
            assert_eq!(known.weak.upgrade().is_none(), dropped);
        }
    }

    /// Checks, after a collection, that only values that are held are alive.
    fn check_dropped(&self) {
        for (known, reachable) in self.known.iter().zip(self.reachable()) {
            assert!(reachable || known.dropped.load(Ordering::Relaxed), "a value leaked");
        }
    }

    fn end(mut self) {
        self.handles.clear();
        self.frames.clear();
        for slot in 0..SLOTS {
            if let Some((old, _)) = self.slots[slot].take() {
                self.heap.decrement(old);
            }
        }
        self.collect();
        assert_eq!(self.heap.stats().live, 0);
    }
}

/// Runs one history. If it fails, prints its seed and its operations.
fn history(seed: u64, collector: Collector) {
    let trace = Rc::new(RefCell::new(Vec::new()));
    let run = || {
        let mut world = World::new(seed, collector, seed.is_multiple_of(4), trace.clone());
        let steps = 8 + world.random.below(56);
        (0..steps).for_each(|_| world.step());
        if !seed.is_multiple_of(3) {
            return world.end();
        }
        // The heap is dropped first, then the handles, which keep their values until then.
        let World { heap, handles, known, .. } = world;
        drop(heap);
        for (handle, value) in &handles {
            assert!(handle.object().is_none());
            assert!(!known[*value].dropped.load(Ordering::Relaxed));
        }
        drop(handles);
        assert!(known.iter().all(|k| k.dropped.load(Ordering::Relaxed)), "the store is gone");
    };
    if std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).is_err() {
        panic!("history {seed}: {:?}", trace.borrow());
    }
}

#[test]
fn the_collector_agrees_with_a_naive_model() {
    let count = std::env::var("TOUCHSTONE_HISTORIES").ok().and_then(|n| n.parse().ok());
    let default = if cfg!(miri) { 50 } else { 100_000 };
    for collector in [Collector::Counting, Collector::Coalescing] {
        (0..count.unwrap_or(default)).for_each(|seed| history(seed, collector));
    }
}
