//! Tests of the coalescing collector, each of one property.

use crate::gc::object::SIZE;
use crate::gc::space::POISON;
use crate::gc::tests::{
    BYTES, FIELDS, FIRST, NODE, REFERENCES, WIDE, enter, heap_of, log, read_bytes, read_reference,
};
use crate::gc::{Doubt, Heap, Kind, Marker};
use touchstone_cranelift_wasm::Collector;

fn heap(stress: bool) -> Heap {
    heap_of(Collector::Coalescing, stress)
}

/// Collects, when frames hold `frames` and globals hold `globals`.
fn collect_with(heap: &mut Heap, frames: &[u32], globals: &[u32], anew: bool) {
    let mark = |marker: &mut Marker<'_>| {
        frames.iter().try_for_each(|reference| marker.mark(*reference))?;
        Ok(frames.len() as u64)
    };
    let sure = heap.coalesce(mark, globals.iter().copied(), anew, |_, _| {});
    assert!(sure, "{:?}", heap.stats().last_doubt);
    check(heap, globals);
}

fn collect(heap: &mut Heap, frames: &[u32]) {
    collect_with(heap, frames, &[], false);
}

fn check(heap: &Heap, globals: &[u32]) {
    heap.verify(globals.iter().copied(), &|| false).expect("the heap is as it must be");
}

fn node(heap: &mut Heap) -> u32 {
    heap.allocate_struct(NODE).expect("there is room")
}

fn set(heap: &mut Heap, object: u32, field: usize, value: u32) {
    heap.write_reference(object, FIELDS[field], value);
    check(heap, &[]);
}

fn count(heap: &Heap, object: u32) -> u64 {
    let header = heap.space.region.read_short(object);
    heap.coalescing.as_ref().expect("it is of this collector").counts.of(object, header)
}

#[test]
fn the_young_dead_leave_their_space_and_nothing_else() {
    let mut heap = heap(false);
    let first: Vec<u32> = (0..1000).map(|_| node(&mut heap)).collect();
    assert_eq!(heap.stats().live, 1000);
    collect(&mut heap, &[]);
    assert_eq!((heap.stats().live, heap.stats().live_bytes), (0, 0));
    let again: Vec<u32> = (0..1000).map(|_| node(&mut heap)).collect();
    assert_eq!(first, again);
    assert_eq!(heap.stats().allocated_bytes, 2000 * 48);
}

#[test]
fn a_field_that_is_written_often_is_counted_once() {
    let mut heap = heap(false);
    let [holder, a, b] = [(); 3].map(|()| node(&mut heap));
    set(&mut heap, holder, 0, a);
    collect(&mut heap, &[holder, b]);
    assert_eq!((count(&heap, a), count(&heap, b)), (1, 1));
    for value in [b, a, 0, 3, holder, b, a, b] {
        set(&mut heap, holder, 0, value);
        assert_eq!((count(&heap, a), count(&heap, b)), (1, 1), "nothing is counted yet");
    }
    collect(&mut heap, &[holder]);
    assert_eq!(heap.stats().live, 2, "a died");
    assert_eq!(count(&heap, b), 1);
}

#[test]
fn a_logged_object_and_what_it_held_die_together() {
    let mut heap = heap(false);
    let nodes: Vec<u32> = (0..100).map(|_| node(&mut heap)).collect();
    for pair in nodes.windows(2) {
        set(&mut heap, pair[0], 0, pair[1]);
    }
    collect(&mut heap, &nodes[..1]);
    assert_eq!(heap.stats().live, 100);
    for (i, object) in nodes.iter().enumerate() {
        let young = node(&mut heap);
        set(&mut heap, *object, 1, if i % 2 == 0 { young } else { *object });
    }
    collect(&mut heap, &[]);
    // Those that hold themselves stay, and hold what follows.
    assert_eq!(heap.stats().live, 99 + 49);
    collect_with(&mut heap, &[], &[], true);
    assert_eq!(heap.stats().live, 0);
}

#[test]
fn the_last_holder_is_overwritten_and_the_new_one_is_young() {
    let mut heap = heap(false);
    let [holder, held] = [(); 2].map(|()| node(&mut heap));
    set(&mut heap, holder, 0, held);
    collect(&mut heap, &[holder]);
    let young = node(&mut heap);
    set(&mut heap, young, 0, held);
    set(&mut heap, holder, 0, young);
    set(&mut heap, holder, 0, 0);
    collect(&mut heap, &[young]);
    assert_eq!(heap.kind(held), Kind::Struct(NODE));
    assert_eq!((heap.stats().live, count(&heap, held)), (2, 1));
}

#[test]
fn a_reference_moves_between_fields_and_frames() {
    let mut heap = heap(false);
    let [holder, held] = [(); 2].map(|()| node(&mut heap));
    set(&mut heap, holder, 0, held);
    collect(&mut heap, &[holder]);
    for round in 0..6 {
        set(&mut heap, holder, 0, 0);
        collect(&mut heap, &[holder, held]);
        if round % 2 == 0 {
            collect(&mut heap, &[held, holder, held]);
            assert_eq!(count(&heap, held), 2);
        }
        set(&mut heap, holder, round % 2, held);
        collect(&mut heap, &[holder]);
        assert_eq!(heap.stats().live, 2);
        set(&mut heap, holder, round % 2, 0);
        set(&mut heap, holder, 0, held);
    }
    collect_with(&mut heap, &[], &[0, 5, holder], false);
    assert_eq!(heap.stats().live, 2);
}

#[test]
fn rings_die_when_counts_are_made_anew() {
    for stress in [false, true] {
        let mut heap = heap(stress);
        let [a, b, kept] = [(); 3].map(|()| node(&mut heap));
        set(&mut heap, a, 0, b);
        set(&mut heap, b, 0, a);
        set(&mut heap, b, 1, kept);
        collect(&mut heap, &[a, kept]);
        collect(&mut heap, &[kept]);
        assert_eq!(heap.stats().live, 3, "counts alone do not free a ring");
        set(&mut heap, a, 1, kept);
        collect_with(&mut heap, &[], &[kept], true);
        assert_eq!((heap.stats().live, heap.stats().cycles, count(&heap, kept)), (1, 1, 1));
        collect_with(&mut heap, &[], &[], true);
        assert_eq!((heap.stats().live, heap.stats().freed), (0, 3));
    }
}

#[test]
fn an_array_of_a_million_is_logged_once() {
    const LENGTH: u32 = 1 << 20;
    let mut heap = heap(false);
    let array = heap.allocate_array(REFERENCES, LENGTH).expect("there is room");
    let held = node(&mut heap);
    heap.fill_references(array, 0, LENGTH, held);
    collect(&mut heap, &[array]);
    assert_eq!(count(&heap, held), LENGTH.into());
    heap.write_reference(array, FIRST + 4 * 7, 0);
    heap.fill_references(array, 100, 1000, 5);
    heap.copy_array(array, 500, array, 50, 1000);
    heap.init_references(array, LENGTH - 1, &[array]);
    let lost = &heap.coalescing.as_ref().expect("it is of this collector").lost;
    assert_eq!(*lost, [(held, LENGTH)], "equal references are noted once");
    check(&heap, &[]);
    collect(&mut heap, &[array]);
    assert_eq!(read_reference(&heap, array, FIRST + 4 * 549), held);
    assert_eq!(read_reference(&heap, array, FIRST + 4 * 550), 5);
    let left = u64::from(LENGTH - 1 - 1 - 1400 + 50);
    assert_eq!(count(&heap, held), left);
    collect_with(&mut heap, &[], &[], true);
    assert_eq!(heap.stats().live, 0);
}

#[test]
fn survivors_are_left_alone_by_holes() {
    let mut heap = heap(false);
    let nodes: Vec<u32> = (0..20_000).map(|_| node(&mut heap)).collect();
    let kept: Vec<u32> = nodes.iter().copied().step_by(40).collect();
    for (i, object) in kept.iter().enumerate() {
        heap.write_slice(*object, 16, &(i as u64).to_ne_bytes());
    }
    collect(&mut heap, &kept);
    let end = heap.space.end();
    for _ in 0..15_000 {
        let young = node(&mut heap);
        heap.write_slice(young, 16, &u64::MAX.to_ne_bytes());
    }
    assert_eq!(heap.space.end(), end, "the space between survivors is used");
    for (i, object) in kept.iter().enumerate() {
        assert_eq!(read_bytes(&heap, *object, 16), (i as u64).to_ne_bytes());
    }
    check(&heap, &[]);
}

#[test]
fn large_objects_have_holes_of_their_own() {
    const LENGTH: u32 = 1 << 20;
    let mut heap = heap(false);
    let small = node(&mut heap);
    let large = heap.allocate_array(BYTES, LENGTH).expect("there is room");
    let next = node(&mut heap);
    assert_eq!(next, small + 48, "the hole goes on");
    heap.fill_array(large, 0, LENGTH, &[7]);
    collect(&mut heap, &[large, next]);
    assert_eq!(heap.stats().live, 2);
    let again = heap.allocate_array(BYTES, LENGTH).expect("there is room");
    heap.fill_array(again, 0, LENGTH, &[8]);
    for offset in [0, LENGTH / 2, LENGTH - 1] {
        assert_eq!(read_bytes(&heap, large, FIRST + offset), [7]);
    }
    let end = heap.space.end();
    for _ in 0..20 {
        collect(&mut heap, &[again]);
        heap.allocate_array(BYTES, LENGTH).expect("there is room");
    }
    assert_eq!(heap.space.end(), end, "space is used again");
    check(&heap, &[]);
}

#[test]
fn large_arrays_are_made_until_they_are_as_many_as_live_or_two() {
    const LENGTH: u32 = 5 << 20;
    let size = 16 + 4 + 4 * u64::from(LENGTH) + 12;
    let mut heap = heap(false);
    assert_eq!(heap.size_of_new(REFERENCES, LENGTH), size);
    let make = |heap: &mut Heap| {
        assert!(!heap.wants_collection(size) && !heap.wants_collection(48));
        heap.allocate_array(REFERENCES, LENGTH).expect("there is room")
    };
    let mut kept = vec![make(&mut heap), make(&mut heap)];
    assert!(heap.wants_collection(size), "two were made");
    assert!(!heap.wants_collection(48), "small objects do not matter to this");
    collect(&mut heap, &kept);
    for _ in 0..2 {
        kept.push(make(&mut heap));
    }
    assert!(heap.wants_collection(size), "there are as many as lived");
    collect(&mut heap, &kept);
    for _ in 0..4 {
        make(&mut heap);
    }
    assert!(heap.wants_collection(size), "four lived");
    collect(&mut heap, &[]);
    assert_eq!(heap.stats().live, 0);
    // Many arrays that are large, but not so much, are made in as many bytes as small objects.
    let mut made = 0u64;
    while !heap.wants_collection(1 << 20) {
        heap.allocate_array(BYTES, (1 << 20) - 20).expect("there is room");
        made += 1 << 20;
    }
    assert_eq!(made, super::YOUNG);
}

#[test]
fn counts_are_made_anew_more_seldom_if_that_frees_little() {
    let mut heap = heap(false);
    let nodes: Vec<u32> = (0..20).map(|_| node(&mut heap)).collect();
    for (pair, (a, b)) in nodes.iter().zip(&nodes[10..]).enumerate() {
        set(&mut heap, *a, 0, *b);
        set(&mut heap, *b, 0, if pair < 3 { *a } else { 0 });
    }
    collect(&mut heap, &nodes);
    let growth = |heap: &Heap| heap.growth().expect("it is of this collector");
    assert_eq!(growth(&heap), super::OFTEN);
    collect_with(&mut heap, &nodes, &[], true);
    assert_eq!((growth(&heap), heap.stats().live), (super::RARELY, 20));
    // Three rings are in the way of counting.
    collect(&mut heap, &nodes[3..10]);
    collect(&mut heap, &nodes[3..10]);
    assert_eq!(heap.stats().live, 20);
    collect_with(&mut heap, &nodes[3..10], &[], true);
    assert_eq!((growth(&heap), heap.stats().live), (super::OFTEN, 14));
}

#[test]
fn structures_with_far_references_live_and_die_with_what_they_hold() {
    let mut heap = heap(false);
    let wide = heap.allocate_struct(WIDE).expect("there is room");
    let held = [(); 3].map(|()| node(&mut heap));
    for (offset, held) in [16, 20, 396].into_iter().zip(held) {
        heap.write_reference(wide, offset, held);
    }
    for anew in [false, true, false] {
        collect_with(&mut heap, &[wide], &[], anew);
        assert_eq!((heap.stats().live, held.map(|held| count(&heap, held))), (4, [1; 3]));
    }
    let young = node(&mut heap);
    heap.write_reference(wide, 396, young);
    collect(&mut heap, &[wide]);
    assert_eq!((heap.stats().live, count(&heap, young)), (4, 1));
    collect(&mut heap, &[]);
    assert_eq!(heap.stats().live, 0);
}

#[test]
fn host_values_are_dropped_in_the_order_in_which_they_entered() {
    for (stress, anew) in [(false, false), (false, true), (true, false), (true, true)] {
        let mut heap = heap(stress);
        let dropped = log();
        let values: Vec<u32> = (0..6).map(|i| enter(&mut heap, i, &dropped)).collect();
        let [holder, other] = [(); 2].map(|()| node(&mut heap));
        set(&mut heap, holder, 0, values[4]);
        set(&mut heap, holder, 1, values[1]);
        collect(&mut heap, &[holder, other, values[5], values[3]]);
        assert!(heap.take_dead().drop_all().is_none());
        assert_eq!(*dropped.lock().expect("not poisoned"), [0, 2]);
        enter(&mut heap, 6, &dropped);
        let young = enter(&mut heap, 7, &dropped);
        set(&mut heap, holder, 0, young);
        collect_with(&mut heap, &[other], &[], anew);
        assert!(heap.take_dead().drop_all().is_none());
        assert_eq!(*dropped.lock().expect("not poisoned"), [0, 2, 1, 3, 4, 5, 6, 7]);
        assert_eq!(heap.stats().live, 1);
    }
}

#[test]
fn handles_are_roots() {
    let mut heap = heap(false);
    let object = node(&mut heap);
    let handle = heap.root(object);
    for anew in [false, true, false] {
        collect_with(&mut heap, &[], &[], anew);
        assert_eq!(heap.stats().live, 1);
    }
    drop(handle);
    collect_with(&mut heap, &[], &[], true);
    assert_eq!((heap.stats().live, heap.rooted().count()), (0, 0));
}

#[test]
fn a_doubt_changes_nothing() {
    let mut heap = heap(false);
    let [old, young] = [(); 2].map(|()| node(&mut heap));
    collect(&mut heap, &[old]);
    for bad in [old + 4, old + SIZE * 1000, u32::MAX - 15] {
        let sure = heap.coalesce(
            |marker| marker.mark(old).and_then(|()| marker.mark(bad)).map(|()| 1),
            std::iter::empty(),
            true,
            |_, _| {},
        );
        assert!(!sure);
        assert_eq!(heap.stats().last_doubt, Some(Doubt::NotAReference(bad)));
    }
    assert_eq!((heap.stats().skipped, heap.stats().live), (3, 1));
    let again = node(&mut heap);
    assert_eq!(again, young);
    collect(&mut heap, &[]);
    assert_eq!(heap.stats().live, 0);
}

#[test]
fn freed_space_waits_under_stress_and_is_watched() {
    let mut heap = heap(true);
    let [dead, kept] = [(); 2].map(|()| node(&mut heap));
    collect(&mut heap, &[kept]);
    let again = node(&mut heap);
    assert!(again > kept);
    assert_dead(&heap, dead);
    let marked = heap.coalesce(|m| m.mark(dead).map(|()| 1), std::iter::empty(), false, |_, _| {});
    assert!(!marked, "a frame cannot hold what was freed");
    // The byte of the header with the kind and the count. A changed type would not be noticed.
    let info = if cfg!(target_endian = "little") { 0 } else { 3 };
    for place in [info, 11, 12, 20, 47] {
        let before: [u8; 1] = read_bytes(&heap, dead, place);
        heap.space.region.write_bytes(dead + place, &[1]);
        assert!(heap.verify(std::iter::empty(), &|| false).is_err());
        heap.space.region.write_bytes(dead + place, &before);
        check(&heap, &[]);
    }
}

/// An object was freed and written over, all but what it was.
fn assert_dead(heap: &Heap, object: u32) {
    assert_eq!(read_bytes(heap, object, 8), [POISON; 40]);
    let second = match heap.space.region.kind(object) {
        Some(Kind::Array(_)) => [0; 4],
        Some(Kind::Struct(_)) => [POISON; 4],
        other => panic!("{other:?}"),
    };
    assert_eq!(read_bytes(heap, object, 4), second);
}

#[test]
fn large_objects_wait_under_stress_too() {
    const LENGTH: u32 = 1 << 16;
    let mut heap = heap(true);
    let mut arrays = Vec::new();
    for _ in 0..3 {
        let array = heap.allocate_array(BYTES, LENGTH).expect("there is room");
        assert!(arrays.iter().all(|earlier| *earlier < array), "space is not used again at once");
        arrays.push(array);
        collect(&mut heap, &[]);
        assert_dead(&heap, array);
    }
    heap.space.region.write_bytes(arrays[1] + LENGTH, &[1]);
    assert!(heap.verify(std::iter::empty(), &|| false).is_err());
}

#[test]
fn holes_have_room_for_several_objects_under_stress() {
    let mut heap = heap(true);
    let mut rooms = Vec::new();
    for _ in 0..6 {
        node(&mut heap);
        let (at, end) = (heap.vm.hole, heap.vm.hole_end);
        rooms.push((end - at) / 48);
        assert!(heap.space.region.is_filled(at, end - at, POISON));
        // Compiled code makes the next object.
        if at < end {
            heap.vm.hole += 48;
            heap.space.region.copy(at, at - 48, 48);
        }
        collect(&mut heap, &[]);
    }
    rooms.sort_unstable();
    assert_eq!(rooms, [0, 0, 0, 1, 2, 3]);
    node(&mut heap);
    node(&mut heap);
    collect(&mut heap, &[]);
    let hole = heap.space.end();
    heap.space.region.write_bytes(hole - 1, &[1]);
    assert!(heap.verify(std::iter::empty(), &|| false).is_err(), "the rest of a hole is watched");
}

/// Collects with these roots, and expects the doubt that this is no object.
fn doubted(heap: &mut Heap, frames: &[u32], globals: &[u32], bad: u32) {
    let mark = |marker: &mut Marker<'_>| {
        frames.iter().try_for_each(|reference| marker.mark(*reference)).map(|()| 1)
    };
    assert!(!heap.coalesce(mark, globals.iter().copied(), false, |_, _| {}));
    assert_eq!(heap.stats().last_doubt, Some(Doubt::NotAnObject(bad)));
}

#[test]
fn stale_references_are_noticed_under_stress_before_they_are_followed() {
    let mut heap = heap(true);
    let [dead, old] = [(); 2].map(|()| node(&mut heap));
    collect(&mut heap, &[old]);
    doubted(&mut heap, &[], &[old, dead], dead);
    let inner = old + SIZE;
    doubted(&mut heap, &[], &[inner], inner);
    heap.write_reference(old, FIELDS[0], dead);
    doubted(&mut heap, &[old], &[], dead);
    heap.write_reference(old, FIELDS[0], 0);
    let young = node(&mut heap);
    heap.write_reference(young, FIELDS[1], dead);
    doubted(&mut heap, &[old], &[], dead);
    heap.write_reference(young, FIELDS[1], young);
    collect(&mut heap, &[old, young]);
    assert_eq!((heap.stats().live, heap.stats().skipped), (2, 4));
    // What looks like an object is none if it is within one.
    heap.space.region.copy(inner, old, SIZE);
    let handle = heap.root(inner);
    doubted(&mut heap, &[old], &[], inner);
    drop(handle);
}

#[test]
fn a_limit_is_kept() {
    let mut heap = heap(false);
    heap.limit_values(10_000);
    let mut made = 0u64;
    while heap.allocate_struct(NODE).is_ok() {
        made += 48;
        assert_eq!(heap.value_bytes(), made);
    }
    assert_eq!(made, 10_000 / 48 * 48);
    collect_with(&mut heap, &[], &[], true);
    assert_eq!(heap.value_bytes(), 0);
    let object = node(&mut heap);
    collect(&mut heap, &[object]);
    assert_eq!(heap.value_bytes(), 48);
    node(&mut heap);
    heap.limit_values(200);
    assert!(heap.vm.hole_end - heap.vm.hole <= 104, "the hole is no larger than what is left");
    check(&heap, &[]);
}

#[test]
fn a_list_of_a_million_lives_and_dies_without_recursion() {
    let mut heap = heap(false);
    let mut head = 0;
    for _ in 0..1_000_000 {
        let object = node(&mut heap);
        heap.write_reference(object, FIELDS[0], head);
        head = object;
        if heap.wants_collection(48) {
            collect_with(&mut heap, &[], &[head], false);
        }
    }
    collect(&mut heap, &[head]);
    assert_eq!(heap.stats().live, 1_000_000);
    collect(&mut heap, &[]);
    assert_eq!((heap.stats().live, heap.stats().live_bytes), (0, 0));
}

/// A list of nodes, of which a root holds the first.
fn list(heap: &mut Heap, nodes: u32) -> u32 {
    let mut head = 0;
    for _ in 0..nodes {
        let object = node(heap);
        heap.write_reference(object, FIELDS[0], head);
        head = object;
    }
    collect(heap, &[head]);
    assert_eq!(heap.stats().live, nodes.into());
    head
}

#[test]
fn what_dies_at_once_may_take_several_collections() {
    const MOST: u32 = 100;
    let mut heap = heap(false);
    heap.die_slowly(MOST);
    let nodes = 2 * MOST + 10;
    list(&mut heap, nodes);
    for left in [nodes - MOST, nodes - 2 * MOST, 0] {
        collect(&mut heap, &[]);
        assert_eq!(heap.stats().live, left.into());
    }
    assert_eq!(heap.stats().freed, nodes.into());
    // In stress mode and where a limit is set, nothing waits.
    list(&mut heap, nodes);
    heap.limit_values(1 << 20);
    collect(&mut heap, &[]);
    assert_eq!(heap.stats().live, 0);
    heap.limit_values(u64::MAX);
    // All of them die when counts are made anew.
    list(&mut heap, nodes);
    collect(&mut heap, &[]);
    collect_with(&mut heap, &[], &[], true);
    assert_eq!((heap.stats().live, heap.stats().freed), (0, 3 * u64::from(nodes)));
}

#[test]
fn where_the_dying_are_without_end_counts_are_made_anew() {
    const MOST: u32 = 100;
    let mut heap = heap(false);
    heap.die_slowly(MOST);
    list(&mut heap, 10 * MOST);
    // After two of ten parts, a quarter as many died as are left.
    for wants in [false, true] {
        assert!(!heap.wants_cycles());
        collect(&mut heap, &[]);
        assert_eq!(heap.wants_cycles(), wants);
    }
    collect_with(&mut heap, &[], &[], true);
    assert_eq!((heap.stats().live, heap.wants_cycles()), (0, false));
    // After four of twenty parts it is so again; but then most of the rest lives. From then on as many must have died as
    // are left, until that is of use.
    for (dead, needed) in [(4 * MOST + 10, 4), (15 * MOST, 10), (15 * MOST, 4)] {
        let head = list(&mut heap, 20 * MOST);
        let next = |node, _| read_reference(&heap, node, FIELDS[0]);
        let rest = (0..dead).fold(head, next);
        let mut collections = 0;
        while !heap.wants_cycles() {
            collect(&mut heap, &[rest]);
            collections += 1;
        }
        assert_eq!(collections, needed);
        collect_with(&mut heap, &[rest], &[], true);
        while heap.stats().live != 0 {
            collect(&mut heap, &[]);
        }
    }
}

#[test]
fn an_array_of_many_dies_in_parts() {
    const MOST: u32 = 100;
    let mut heap = heap(false);
    heap.die_slowly(MOST);
    let array = heap.allocate_array(REFERENCES, 3 * MOST).expect("there is room");
    for element in 0..3 * MOST {
        let object = node(&mut heap);
        heap.write_reference(array, FIRST + 4 * element, object);
    }
    collect(&mut heap, &[array]);
    let mut before = heap.stats().live;
    for _ in 0..3 {
        collect(&mut heap, &[]);
        let live = heap.stats().live;
        assert_eq!(before - live, MOST.into());
        before = live;
    }
    collect(&mut heap, &[]);
    assert_eq!((before, heap.stats().live), (1, 0));
}
