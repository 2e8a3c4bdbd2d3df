//! Tests of structs and arrays, each of one property.

use super::object::SIZE;
use super::{AllocError, ExternRef, Heap, Holds, Kind, Rooted, Shape};
use crate::sys::identity::StoreId;
use std::sync::{Arc, Mutex};
use touchstone_cranelift_wasm::Collector;

/// A struct of an `i64` at 16, references at 24 and 28, and a function at 32.
pub(super) const NODE: u32 = 3;
pub(super) const FIELDS: [u32; 2] = [24, 28];
/// A struct of references at 16, at 20 and at 396, too far for the bits of small ones.
pub(super) const WIDE: u32 = 10;
/// Arrays of references, bytes and functions.
pub(super) const REFERENCES: u32 = 5;
pub(super) const BYTES: u32 = 6;
pub(super) const FUNCTIONS: u32 = 9;
/// Offset of the first element of arrays of references and of bytes.
pub(super) const FIRST: u32 = 20;

/// A heap that knows the types above.
pub(super) fn heap(stress: bool) -> Heap {
    heap_of(Collector::Counting, stress)
}

/// A heap of a collector that knows the types above.
pub(super) fn heap_of(collector: Collector, stress: bool) -> Heap {
    let mut heap = Heap::new(StoreId::of_tests(), collector, stress);
    let node = Shape::Struct { size: 40, references: FIELDS.into(), functions: [32].into() };
    let array = |first, element, holds| Shape::Array { first, element, holds };
    let types = [
        (NODE, node),
        (REFERENCES, array(FIRST, 4, Holds::References)),
        (BYTES, array(FIRST, 1, Holds::Plain)),
        (WIDE, Shape::Struct { size: 400, references: [16, 20, 396].into(), functions: [].into() }),
        (FUNCTIONS, array(24, 8, Holds::Functions)),
    ];
    for (id, shape) in types {
        heap.add_type(id, &[id], shape).expect("there is memory");
    }
    heap
}

/// Collects, when frames hold `held`.
fn collect(heap: &mut Heap, held: &[u32]) {
    let sure = heap.collect(|marker| {
        held.iter().try_for_each(|reference| marker.mark(*reference))?;
        Ok(held.len() as u64)
    });
    assert!(sure, "{:?}", heap.stats().last_doubt);
}

fn check(heap: &Heap) {
    heap.verify(std::iter::empty(), &|| false).expect("the heap is as it must be");
}

/// The reference in a field or an element.
pub(super) fn read_reference(heap: &Heap, object: u32, offset: u32) -> u32 {
    heap.space.region.read_u32(object + offset)
}

/// Bytes of an object.
pub(super) fn read_bytes<const N: usize>(heap: &Heap, object: u32, offset: u32) -> [u8; N] {
    let mut bytes = [0; N];
    heap.space.region.read_bytes(object + offset, &mut bytes);
    bytes
}

fn elements(heap: &Heap, array: u32) -> Vec<u32> {
    (0..heap.length(array)).map(|i| read_reference(heap, array, FIRST + 4 * i)).collect()
}

/// An empty list of numbers.
pub(super) fn log() -> Arc<Mutex<Vec<u32>>> {
    Arc::default()
}

/// Notes its number when it is dropped.
struct Noted(u32, Arc<Mutex<Vec<u32>>>);

impl Drop for Noted {
    fn drop(&mut self) {
        self.1.lock().expect("no test panics here").push(self.0);
    }
}

pub(super) fn enter(heap: &mut Heap, number: u32, log: &Arc<Mutex<Vec<u32>>>) -> u32 {
    let value = ExternRef::for_store(heap.values(), Noted(number, log.clone()), 0);
    heap.make_room(1);
    heap.enter(value).expect("there is room")
}

#[test]
fn a_list_of_a_million_dies_without_recursion() {
    let mut heap = heap(false);
    let mut head = 0;
    for _ in 0..1_000_000 {
        let node = heap.allocate_struct(NODE).expect("there is room");
        heap.write_reference(node, FIELDS[0], head);
        head = node;
    }
    collect(&mut heap, &[head]);
    assert_eq!(heap.stats().live, 1_000_000);
    assert!(heap.wants_cycles());
    heap.free_cycles(&[], |_, _| {});
    assert_eq!(heap.stats().live, 1_000_000);
    assert!(!heap.wants_cycles());
    collect(&mut heap, &[]);
    assert_eq!((heap.stats().live, heap.stats().live_bytes), (0, 0));
    assert!(!heap.has_objects());
    check(&heap);
}

#[test]
fn values_of_rings_are_dropped_once_in_the_order_in_which_they_entered() {
    for stress in [false, true] {
        let mut heap = heap(stress);
        let log = Arc::new(Mutex::new(Vec::new()));
        // Of the freed places, those of higher addresses are used first.
        let holes: Vec<u32> = (0..50).map(|i| enter(&mut heap, 1000 + i, &log)).collect();
        collect(&mut heap, &holes[12..]);
        collect(&mut heap, &holes[25..]);
        for ring in 0..20 {
            let nodes: Vec<u32> =
                (0..3).map(|_| heap.allocate_struct(NODE).expect("there is room")).collect();
            for i in 0..3 {
                heap.write_reference(nodes[i], FIELDS[0], nodes[(i + 1) % 3]);
                let value = enter(&mut heap, 3 * ring + i as u32, &log);
                heap.write_reference(nodes[i], FIELDS[1], value);
            }
        }
        collect(&mut heap, &[]);
        let mut dead = heap.take_dead();
        assert!(dead.drop_all().is_none());
        log.lock().expect("not poisoned").clear();
        assert_eq!(heap.stats().live, 120, "counts do not free rings");
        heap.free_cycles(&[], |_, _| {});
        assert!(heap.take_dead().drop_all().is_none());
        assert_eq!(*log.lock().expect("not poisoned"), (0..60).collect::<Vec<_>>());
        assert_eq!(heap.stats().live, 0);
        check(&heap);
    }
}

#[test]
fn a_ring_that_dies_gives_back_what_it_held_of_the_living() {
    let mut heap = heap(false);
    let kept = heap.allocate_struct(NODE).expect("there is room");
    let ring = heap.allocate_struct(NODE).expect("there is room");
    heap.write_reference(ring, FIELDS[0], ring);
    heap.write_reference(ring, FIELDS[1], kept);
    collect(&mut heap, &[kept]);
    heap.free_cycles(&[], |_, _| {});
    assert_eq!(heap.stats().live, 1);
    check(&heap);
    collect(&mut heap, &[]);
    assert_eq!(heap.stats().live, 0);
    check(&heap);
}

#[test]
fn free_neighbours_become_one_chunk() {
    let mut heap = heap(false);
    let fill = |heap: &mut Heap| {
        for _ in 0..10_000 {
            heap.allocate_struct(NODE).expect("there is room");
        }
    };
    fill(&mut heap);
    let end = heap.space.end();
    collect(&mut heap, &[]);
    heap.free_cycles(&[], |_, _| {});
    let array = heap.allocate_array(BYTES, 9_000 * 48).expect("there is room");
    check(&heap);
    collect(&mut heap, &[array]);
    collect(&mut heap, &[]);
    heap.free_cycles(&[], |_, _| {});
    fill(&mut heap);
    assert_eq!(heap.space.end(), end, "the space is used again");
    check(&heap);
}

#[test]
fn used_space_is_zeroed() {
    let mut heap = heap(false);
    let array = heap.allocate_array(BYTES, 1000).expect("there is room");
    heap.fill_array(array, 0, 1000, &[0xff]);
    collect(&mut heap, &[]);
    let again = heap.allocate_array(REFERENCES, 250).expect("there is room");
    assert_eq!(array, again);
    assert_eq!(elements(&heap, again), [0; 250]);
}

#[test]
fn arrays_that_no_heap_can_hold_are_refused_before_memory_is_touched() {
    let mut heap = heap(false);
    for (id, length) in [(REFERENCES, 1 << 30), (FUNCTIONS, u32::MAX), (BYTES, u32::MAX)] {
        let refused = heap.allocate_array(id, length);
        assert!(matches!(refused, Err(AllocError::Full(_))), "{refused:?}");
    }
    assert_eq!(heap.space.region.len(), 0);
    let large = heap.allocate_array(BYTES, 64 << 20).expect("there is room");
    assert_eq!(read_bytes(&heap, large, FIRST + (64 << 20) - 4), [0; 4]);
    assert!(heap.wants_collection(16));
    check(&heap);
}

#[test]
fn writes_to_freed_objects_are_noticed_under_stress() {
    for offset in [0, 8, 12, 16, 24, 44] {
        let mut heap = heap(true);
        let node = heap.allocate_struct(NODE).expect("there is room");
        collect(&mut heap, &[]);
        check(&heap);
        let again = heap.allocate_struct(NODE).expect("there is room");
        assert_ne!(node, again, "freed space waits");
        let was: [u8; 4] = read_bytes(&heap, node, offset);
        heap.space.region.write_bytes(node + offset, &was.map(|byte| !byte));
        let noticed = heap.verify(std::iter::empty(), &|| false).is_err();
        // The link of a chunk that waits in no list means nothing.
        assert_eq!(noticed, offset != 8, "a write at {offset}");
    }
}

#[test]
fn waiting_space_is_bounded_under_stress() {
    let mut heap = heap(true);
    for _ in 0..20 {
        heap.allocate_array(BYTES, 10 << 20).expect("there is room");
        collect(&mut heap, &[]);
    }
    assert!(heap.space.end() < 100 << 20, "{}", heap.space.end());
    check(&heap);
}

#[test]
fn overlapping_copies_keep_counts_exact() {
    const LENGTH: u32 = 1500;
    for (d, s, count) in [(0, 1, 1499), (1, 0, 1499), (300, 0, 1200), (0, 300, 1200), (7, 7, 900)] {
        let mut heap = heap(false);
        let array = heap.allocate_array(REFERENCES, LENGTH).expect("there is room");
        let mut expected = Vec::new();
        for i in 0..LENGTH {
            let value = match i % 3 {
                0 => heap.allocate_struct(NODE).expect("there is room"),
                1 => i << 1 | 1,
                _ => 0,
            };
            heap.write_reference(array, FIRST + 4 * i, value);
            expected.push(value);
        }
        collect(&mut heap, &[array]);
        heap.copy_array(array, d, array, s, count);
        expected.copy_within(s as usize..(s + count) as usize, d as usize);
        assert_eq!(elements(&heap, array), expected);
        check(&heap);
        let mut kept: Vec<u32> = expected.into_iter().filter(|r| Heap::is_object(*r)).collect();
        kept.sort_unstable();
        kept.dedup();
        assert_eq!(heap.stats().live, 1 + kept.len() as u64);
    }
}

#[test]
fn elements_are_filled_and_initialised() {
    let mut heap = heap(false);
    let functions = heap.allocate_array(FUNCTIONS, 9).expect("there is room");
    heap.fill_array(functions, 1, 7, &0x1234_5678_u64.to_ne_bytes());
    heap.init_bytes(functions, 2, &7u64.to_ne_bytes());
    let mut found = Vec::new();
    heap.functions_of(functions, &mut |function| found.push(function));
    let same = 0x1234_5678;
    assert_eq!(found, [0, same, 7, same, same, same, same, same, 0]);
    let node = heap.allocate_struct(NODE).expect("there is room");
    heap.write_slice(node, 32, &5u64.to_ne_bytes());
    heap.functions_of(node, &mut |function| assert_eq!(function, 5));
    let array = heap.allocate_array(REFERENCES, 4).expect("there is room");
    heap.init_references(array, 1, &[node, 3, node]);
    heap.fill_references(array, 2, 1, node);
    assert_eq!(elements(&heap, array), [0, node, node, node]);
    let mut held = 0;
    heap.references_of(array, &mut |reference| held += u32::from(reference == node));
    assert_eq!(held, 3);
    check(&heap);
    heap.fill_references(array, 0, 4, array);
    collect(&mut heap, &[array]);
    assert_eq!(heap.stats().live, 1);
    check(&heap);
}

#[test]
fn handles_keep_objects_until_all_clones_are_gone() {
    let mut heap = heap(false);
    let node = heap.allocate_struct(NODE).expect("there is room");
    let handle = heap.root(node);
    let clone = handle.clone();
    drop(handle);
    collect(&mut heap, &[]);
    heap.free_cycles(&[], |_, _| {});
    assert_eq!(heap.kind(clone.reference()), Kind::Struct(NODE));
    assert_eq!(heap.rooted().collect::<Vec<_>>(), [node]);
    check(&heap);
    drop(clone);
    heap.release_roots();
    assert_eq!((heap.stats().live, heap.rooted().count()), (0, 0));
    let other = heap.allocate_struct(NODE).expect("there is room");
    let outlives = heap.root(other);
    drop(heap);
    const fn both<T: Send + Sync>(_: &T) {}
    both::<Rooted>(&outlives);
    assert_eq!(outlives.store(), StoreId::of_tests());
}

#[test]
fn a_doubt_frees_nothing_and_is_told() {
    let mut heap = heap(false);
    let node = heap.allocate_struct(NODE).expect("there is room");
    drop(heap.root(node));
    assert!(!heap.collect(|_| Err(super::Doubt::NoExit)));
    assert_eq!(heap.stats().live, 1);
    check(&heap);
    assert!(heap.collect(|_| Ok(0)));
    heap.release_roots();
    assert_eq!(heap.stats().live, 0);
}

#[test]
fn null_and_numbers_are_no_objects() {
    let mut heap = heap(false);
    for reference in [0, 1, 3, u32::MAX] {
        heap.increment(reference, 2);
        heap.decrement(reference);
        heap.join(reference);
        collect(&mut heap, &[reference]);
        let node = heap.allocate_struct(NODE).expect("there is room");
        heap.write_reference(node, FIELDS[0], reference);
        heap.write_reference(node, FIELDS[0], node);
        heap.write_reference(node, FIELDS[0], reference);
        collect(&mut heap, &[node, reference]);
        heap.free_cycles(&[reference], |_, _| {});
        heap.verify([reference].into_iter(), &|| false).expect("the heap is as it must be");
        collect(&mut heap, &[]);
        assert_eq!(heap.stats().live, 0);
    }
}

#[test]
fn types_are_added_once_and_found_by_compiled_code() {
    let mut heap = heap(false);
    let many = 1000;
    let shape = || Shape::Struct { size: 16, references: [].into(), functions: [].into() };
    let display: Vec<u32> = (many - 9..=many).collect();
    for _ in 0..2 {
        heap.add_type(many, &display, shape()).expect("there is memory");
        assert_eq!(heap.vm.types, heap.types.records());
    }
    let empty = heap.allocate_struct(many).expect("there is room");
    assert_eq!(heap.kind(empty), Kind::Struct(many));
    assert_eq!(heap.stats().live_bytes, SIZE.into());
    check(&heap);
}

#[test]
#[should_panic(expected = "start")]
fn copies_outside_of_an_array_panic() {
    let mut heap = heap(false);
    let array = heap.allocate_array(REFERENCES, 4).expect("there is room");
    heap.copy_array(array, 2, array, 0, 3);
}
