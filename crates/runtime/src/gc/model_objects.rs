//! Tests of structs and arrays against a naive model, in random histories, without compiled code.
//!
//! The model is a graph of which frames, slots (globals, table elements) and handles hold some nodes. After
//! every step, all counts are verified and everything that can be reached is as the model says. After a
//! collection exactly those nodes are alive that counts keep; after a backup mark, exactly those that can be
//! reached. Both collectors are driven through the same histories.
//!
//! `TOUCHSTONE_HISTORIES` sets how many histories are tried.

use super::coalescing::Planted;
use super::model::Random;
use super::tests::{BYTES, FIELDS, FIRST, NODE, REFERENCES, heap_of, read_bytes, read_reference};
use super::{Doubt, ExternRef, Heap, Kind, Marker, Rooted};
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use touchstone_cranelift_wasm::Collector;

/// What a place holds.
#[derive(Clone, Copy, PartialEq)]
enum Held {
    Null,
    /// A number of 31 bits, as a reference.
    Number(u32),
    /// The node with this number.
    Node(usize),
}

enum Content {
    Struct([Held; 2]),
    Array(Vec<Held>),
    Bytes(u32),
    /// Whether the host's value was dropped.
    External(Arc<AtomicBool>),
}

struct Node {
    reference: u32,
    content: Content,
    alive: bool,
    /// Whether it was there at the last collection.
    old: bool,
}

impl Node {
    fn held(&self) -> &[Held] {
        match &self.content {
            Content::Struct(fields) => fields,
            Content::Array(elements) => elements,
            _ => &[],
        }
    }
}

struct Value(Arc<AtomicBool>);

impl Drop for Value {
    fn drop(&mut self) {
        assert!(!self.0.swap(true, Ordering::Relaxed), "a value is dropped once");
    }
}

const SLOTS: usize = 4;

struct World {
    heap: Heap,
    random: Random,
    nodes: Vec<Node>,
    frames: Vec<usize>,
    slots: [Held; SLOTS],
    handles: Vec<(Rooted, usize)>,
}

impl World {
    fn step(&mut self) -> &'static str {
        let (name, step): (_, fn(&mut Self)) = match self.random.below(24) {
            0..=2 => ("struct", Self::make_struct),
            3 | 4 => ("array", Self::make_array),
            5 => ("bytes", Self::make_bytes),
            6 => ("external", Self::make_external),
            7..=10 => ("set", Self::set),
            11 | 12 => ("get", Self::get),
            13 => ("fill", Self::fill),
            14 | 15 => ("copy", Self::copy),
            16 => ("slot", Self::write_slot),
            17 => ("read slot", Self::read_slot),
            18 => ("root", Self::root),
            19 => ("drop handle", Self::drop_handle),
            20 => ("return", Self::leave_frame),
            21 => ("doubt", Self::doubt),
            22 => ("collect", Self::collect),
            _ => ("cycles", Self::free_cycles),
        };
        step(self);
        name
    }

    fn add(&mut self, reference: u32, content: Content) {
        self.frames.push(self.nodes.len());
        self.nodes.push(Node { reference, content, alive: true, old: false });
    }

    fn make_struct(&mut self) {
        let reference = self.heap.allocate_struct(NODE).expect("there is room");
        let tag = self.nodes.len() as u64;
        self.heap.write_slice(reference, 16, &tag.to_ne_bytes());
        self.add(reference, Content::Struct([Held::Null; 2]));
    }

    fn make_array(&mut self) {
        let values: Vec<Held> = (0..self.random.below(7)).map(|_| self.any()).collect();
        let length = values.len() as u32;
        let array = self.heap.allocate_array(REFERENCES, length).expect("there is room");
        let references: Vec<u32> = values.iter().map(|value| self.reference(*value)).collect();
        self.heap.init_references(array, 0, &references);
        self.add(array, Content::Array(values));
    }

    fn make_bytes(&mut self) {
        // Some are large, so that chunks of all sizes come to be.
        let bits = 4 + self.random.below(9);
        let length = self.random.below(1 << bits) as u32;
        let array = self.heap.allocate_array(BYTES, length).expect("there is room");
        self.heap.fill_array(array, 0, length, &[self.nodes.len() as u8]);
        self.add(array, Content::Bytes(length));
    }

    fn make_external(&mut self) {
        let dropped = Arc::new(AtomicBool::new(false));
        let value = ExternRef::for_store(self.heap.values(), Value(dropped.clone()), 0);
        self.heap.make_room(1);
        let reference = self.heap.enter(value).expect("there is room");
        self.add(reference, Content::External(dropped));
    }

    /// Null, a number, or something that a frame holds.
    fn any(&mut self) -> Held {
        match self.random.below(6) {
            0 => Held::Null,
            1 => Held::Number((self.random.next() as u32) | 1),
            _ => self.frame().map_or(Held::Null, Held::Node),
        }
    }

    fn frame(&mut self) -> Option<usize> {
        if self.frames.is_empty() {
            return None;
        }
        Some(self.frames[self.random.below(self.frames.len())])
    }

    fn reference(&self, held: Held) -> u32 {
        match held {
            Held::Null => 0,
            Held::Number(number) => number,
            Held::Node(node) => self.nodes[node].reference,
        }
    }

    /// Offset of a field or an element.
    fn offset(&self, node: usize, index: usize) -> u32 {
        match self.nodes[node].content {
            Content::Struct(_) => FIELDS[index],
            _ => FIRST + 4 * index as u32,
        }
    }

    fn set(&mut self) {
        let Some(node) = self.frame() else { return };
        let places = self.nodes[node].held().len();
        if places > 0 {
            let (index, value) = (self.random.below(places), self.any());
            let (offset, reference) = (self.offset(node, index), self.reference(value));
            self.heap.write_reference(self.nodes[node].reference, offset, reference);
            match &mut self.nodes[node].content {
                Content::Struct(fields) => fields[index] = value,
                Content::Array(elements) => elements[index] = value,
                _ => unreachable!("it has places"),
            }
        }
    }

    /// Reads something into a frame.
    fn read(&mut self, held: Held) {
        self.heap.make_room(1);
        self.heap.join(self.reference(held));
        if let Held::Node(node) = held {
            self.frames.push(node);
        }
    }

    fn get(&mut self) {
        let Some(node) = self.frame() else { return };
        let places = self.nodes[node].held().len();
        if places > 0 {
            let index = self.random.below(places);
            self.read(self.nodes[node].held()[index]);
        }
    }

    /// An array of references that a frame holds.
    fn array(&mut self) -> Option<(usize, usize)> {
        let node = self.frame()?;
        match &self.nodes[node].content {
            Content::Array(elements) => Some((node, elements.len())),
            _ => None,
        }
    }

    fn fill(&mut self) {
        let Some((node, length)) = self.array() else { return };
        let start = self.random.below(length + 1);
        let count = self.random.below(length - start + 1);
        let value = self.any();
        let (array, reference) = (self.nodes[node].reference, self.reference(value));
        self.heap.fill_references(array, start as u32, count as u32, reference);
        if let Content::Array(elements) = &mut self.nodes[node].content {
            elements[start..start + count].fill(value);
        }
    }

    fn copy(&mut self) {
        let Some((from, length)) = self.array() else { return };
        // Half of the copies are within one array.
        let other = self.array().filter(|_| self.random.below(2) == 0);
        let (to, room) = other.unwrap_or((from, length));
        let (s, d) = (self.random.below(length + 1), self.random.below(room + 1));
        let count = self.random.below((length - s).min(room - d) + 1);
        let (target, source) = (self.nodes[to].reference, self.nodes[from].reference);
        self.heap.copy_array(target, d as u32, source, s as u32, count as u32);
        let values = self.nodes[from].held()[s..s + count].to_vec();
        if let Content::Array(elements) = &mut self.nodes[to].content {
            elements[d..d + count].copy_from_slice(&values);
        }
    }

    fn write_slot(&mut self) {
        let (slot, value) = (self.random.below(SLOTS), self.any());
        self.heap.increment(self.reference(value), 1);
        let old = std::mem::replace(&mut self.slots[slot], value);
        self.heap.decrement(self.reference(old));
    }

    fn read_slot(&mut self) {
        let slot = self.random.below(SLOTS);
        self.read(self.slots[slot]);
    }

    fn root(&mut self) {
        if let Some(node) = self.frame() {
            let handle = self.heap.root(self.nodes[node].reference);
            if self.random.below(2) == 0 {
                self.handles.push((handle.clone(), node));
            }
            self.handles.push((handle, node));
        }
    }

    fn drop_handle(&mut self) {
        if !self.handles.is_empty() {
            let handle = self.random.below(self.handles.len());
            self.handles.swap_remove(handle);
        }
    }

    fn leave_frame(&mut self) {
        let keep = self.random.below(self.frames.len() + 1);
        self.frames.truncate(keep);
    }

    fn doubt(&mut self) {
        let freed = self.heap.stats().freed;
        if !self.frames.is_empty() {
            let sure = match self.heap.is_coalescing() {
                true => {
                    self.heap.coalesce(|_| Err(Doubt::NoExit), std::iter::empty(), false, |_, _| {})
                }
                false => self.heap.collect(|_| Err(Doubt::NoExit)),
            };
            assert!(!sure);
        }
        assert_eq!(self.heap.stats().freed, freed, "nothing is freed on a doubt");
    }

    /// Collects. `anew` is set if a backup mark follows, which is part of the collection if that coalesces.
    fn collect_only(&mut self, anew: bool) {
        self.heap.release_roots();
        let slots = self.slots.map(|held| self.reference(held));
        let (frames, nodes) = (&self.frames, &self.nodes);
        let mark = |marker: &mut Marker<'_>| {
            frames.iter().try_for_each(|node| marker.mark(nodes[*node].reference))?;
            Ok(frames.len() as u64)
        };
        let sure = match self.heap.is_coalescing() {
            true => self.heap.coalesce(mark, slots.into_iter(), anew, |_, _| {}),
            false => self.heap.collect(mark),
        };
        assert!(sure, "what frames hold is in the table");
    }

    fn collect(&mut self) {
        self.collect_only(false);
        if self.heap.is_coalescing() {
            // What is young dies if neither a root nor anything old leads to it.
            let mut roots = self.roots();
            let old = self.nodes.iter().filter(|node| node.alive && node.old);
            roots.extend(old.flat_map(|node| nodes_of(node.held())));
            let reached = self.reachable_from(roots);
            for (node, reached) in self.nodes.iter_mut().zip(reached) {
                node.alive &= node.old || reached;
            }
        }
        // Whatever no place holds dies, and with it what only it held.
        let mut counts = vec![0u32; self.nodes.len()];
        self.roots().into_iter().for_each(|node| counts[node] += 1);
        for node in self.nodes.iter().filter(|node| node.alive) {
            nodes_of(node.held()).for_each(|held| counts[held] += 1);
        }
        let mut work: Vec<usize> = (0..counts.len())
            .filter(|node| self.nodes[*node].alive && counts[*node] == 0)
            .collect();
        while let Some(node) = work.pop() {
            self.nodes[node].alive = false;
            for held in nodes_of(self.nodes[node].held()) {
                counts[held] -= 1;
                if counts[held] == 0 {
                    work.push(held);
                }
            }
        }
        self.check_alive();
    }

    fn free_cycles(&mut self) {
        self.collect_only(true);
        if !self.heap.is_coalescing() {
            let slots: Vec<u32> = self.slots.iter().map(|held| self.reference(*held)).collect();
            self.heap.free_cycles(&slots, |_, _| {});
        }
        for (node, reachable) in self.reachable().into_iter().enumerate() {
            self.nodes[node].alive &= reachable;
        }
        self.check_alive();
    }

    fn drop_dead(&mut self) {
        let mut dead = self.heap.take_dead();
        assert!(dead.drop_all().is_none());
        self.heap.reuse(dead);
    }

    /// Checks that exactly those nodes live that the model says, or at least those while others wait for their deaths.
    fn check_alive(&mut self) {
        self.drop_dead();
        self.nodes.iter_mut().for_each(|node| node.old = true);
        let alive = self.nodes.iter().filter(|node| node.alive).count();
        let (live, waits) = (self.heap.stats().live, self.heap.waits_for_deaths());
        assert!(live == alive as u64 || (waits && live > alive as u64), "{live}, not {alive}");
        for node in &self.nodes {
            if let Content::External(dropped) = &node.content {
                let dropped = dropped.load(Ordering::Relaxed);
                assert!(dropped != node.alive || (waits && !dropped));
            }
        }
    }

    fn roots(&self) -> Vec<usize> {
        let handles = self.handles.iter().map(|(_, node)| *node);
        self.frames.iter().copied().chain(nodes_of(&self.slots)).chain(handles).collect()
    }

    fn reachable(&self) -> Vec<bool> {
        self.reachable_from(self.roots())
    }

    fn reachable_from(&self, mut work: Vec<usize>) -> Vec<bool> {
        let mut reachable = vec![false; self.nodes.len()];
        while let Some(node) = work.pop() {
            if !std::mem::replace(&mut reachable[node], true) {
                work.extend(nodes_of(self.nodes[node].held()));
            }
        }
        reachable
    }

    /// Checks all counts, and that everything that can be reached is as it must be.
    fn check(&mut self) {
        self.drop_dead();
        let slots = self.slots.map(|held| self.reference(held));
        if let Err(error) = self.heap.verify(slots.into_iter(), &|| false) {
            panic!("{error}");
        }
        for (number, reachable) in self.reachable().into_iter().enumerate() {
            if reachable {
                assert!(self.nodes[number].alive);
                self.check_content(number);
            }
        }
    }

    fn check_content(&self, number: usize) {
        let node = &self.nodes[number];
        let kind = self.heap.kind(node.reference);
        match &node.content {
            Content::Struct(_) => {
                assert_eq!(kind, Kind::Struct(NODE));
                let tag = read_bytes(&self.heap, node.reference, 16);
                assert_eq!(u64::from_ne_bytes(tag), number as u64);
            }
            Content::Array(elements) => {
                assert_eq!(kind, Kind::Array(REFERENCES));
                assert_eq!(self.heap.length(node.reference) as usize, elements.len());
            }
            Content::Bytes(length) => {
                assert_eq!(kind, Kind::Array(BYTES));
                assert_eq!(self.heap.length(node.reference), *length);
                for offset in [0, length / 2, length.saturating_sub(1)] {
                    if offset < *length {
                        let byte = read_bytes(&self.heap, node.reference, FIRST + offset);
                        assert_eq!(byte, [number as u8]);
                    }
                }
            }
            Content::External(dropped) => {
                assert_eq!(kind, Kind::External);
                assert!(!dropped.load(Ordering::Relaxed), "a value was dropped too early");
            }
        }
        for (index, held) in node.held().iter().enumerate() {
            let found = read_reference(&self.heap, node.reference, self.offset(number, index));
            assert_eq!(found, self.reference(*held));
        }
    }

    fn end(mut self) {
        self.frames.clear();
        self.handles.clear();
        for slot in 0..SLOTS {
            let old = std::mem::replace(&mut self.slots[slot], Held::Null);
            self.heap.decrement(self.reference(old));
        }
        self.free_cycles();
        assert_eq!((self.heap.stats().live, self.heap.stats().live_bytes), (0, 0));
        self.check();
    }
}

fn nodes_of(held: &[Held]) -> impl Iterator<Item = usize> + '_ {
    held.iter().filter_map(|held| match held {
        Held::Node(node) => Some(*node),
        _ => None,
    })
}

/// Runs one history, and notes its operations. Panics if something is not as the model says.
fn run(seed: u64, collector: Collector, planted: Option<Planted>, trace: &RefCell<Vec<&str>>) {
    let mut world = World {
        heap: heap_of(collector, seed.is_multiple_of(4)),
        random: Random::new(seed),
        nodes: Vec::new(),
        frames: Vec::new(),
        slots: [Held::Null; SLOTS],
        handles: Vec::new(),
    };
    if let Some(planted) = planted {
        world.heap.plant(planted);
    }
    if collector == Collector::Coalescing && seed % 3 == 1 {
        world.heap.die_slowly((seed % 7) as u32);
    }
    for _ in 0..16 + world.random.below(112) {
        let name = world.step();
        trace.borrow_mut().push(name);
        world.check();
    }
    world.end();
}

/// Runs one history. If it fails, prints its seed and its operations.
fn history(seed: u64, collector: Collector) {
    let trace = Rc::new(RefCell::new(Vec::new()));
    let run = AssertUnwindSafe(|| run(seed, collector, None, &trace));
    if catch_unwind(run).is_err() {
        panic!("history {seed} of {collector:?}: {:?}", trace.borrow());
    }
}

fn histories() -> u64 {
    let count = std::env::var("TOUCHSTONE_HISTORIES").ok().and_then(|n| n.parse().ok());
    count.unwrap_or(if cfg!(miri) { 20 } else { 20_000 })
}

#[test]
fn structs_and_arrays_agree_with_a_naive_model() {
    (0..histories()).for_each(|seed| history(seed, Collector::Counting));
}

#[test]
fn structs_and_arrays_that_coalesce_agree_with_a_naive_model() {
    (0..histories()).for_each(|seed| history(seed, Collector::Coalescing));
}

/// The model and the verification notice each fault that the collector could have.
#[test]
fn planted_faults_are_noticed() {
    let faults = [
        Planted::Arm,
        Planted::Log,
        Planted::Lost,
        Planted::Rooted,
        Planted::Again,
        Planted::Used,
        Planted::Dying,
    ];
    for fault in faults {
        let noticed = (0..200).any(|seed| {
            let trace = RefCell::new(Vec::new());
            let run = || run(seed, Collector::Coalescing, Some(fault), &trace);
            catch_unwind(AssertUnwindSafe(run)).is_err()
        });
        assert!(noticed, "{fault:?}");
    }
}
